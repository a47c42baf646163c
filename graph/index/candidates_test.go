package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/index"
	"dialograph/seeds/seedstest"
)

// What a filter selects of all events, where it looks at a few only, is what it
// selects of a list that is not known to be all events.
func TestCandidatesMissNothing(t *testing.T) {
	s := seedstest.Snapshot(t)
	all := slices.Clone(s.Events)
	r := rand.New(rand.NewPCG(1, 1))
	found := 0
	for range 3000 {
		f := randomFilter(r, s, 2)
		got := s.Select(context.Background(), s.Events, f)
		want := s.Select(context.Background(), all, f)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v selects %d events, of a list %d", f, len(got), len(want))
		}
		found += len(got)
	}
	if found < 1000 {
		t.Errorf("the filters select %d events in all; they try little", found)
	}
}

func oneOf[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func randomFilter(r *rand.Rand, s *index.Snapshot, depth int) *index.EventFilter {
	f := &index.EventFilter{Claims: oneOf(r, []index.Claims{"", index.AllClaims, index.PreferredClaims, index.MajorityClaims, index.Undisputed})}
	for range 1 + r.IntN(2) {
		switch r.IntN(9) {
		case 0:
			for range r.IntN(4) {
				f.IDs = append(f.IDs, oneOf(r, s.Events).ID)
			}
		case 1:
			x := oneOf(r, s.Series)
			f.Series = oneOf(r, []index.Ref{{ID: x.ID}, {Name: x.Name}, {ID: "series/none"}})
		case 2, 3:
			x := oneOf(r, s.Topics)
			f.Topics = append(f.Topics, index.TopicFilter{Topic: oneOf(r, []index.Ref{{ID: x.ID}, {Name: x.Name}}), IncludeNarrower: r.IntN(2) == 0})
		case 4:
			f.References = append(f.References, index.ReferenceFilter{Target: index.Ref{ID: oneOf(r, s.Instruments).ID}})
		case 5:
			f.Kinds = []string{oneOf(r, graph.EventKinds)}
		default:
			d, err := edtf.Parse(oneOf(r, []string{fmt.Sprint(2010 + r.IntN(16)), fmt.Sprintf("%d-%02d", 2010+r.IntN(16), 1+r.IntN(12)), fmt.Sprintf("%d/..", 2010+r.IntN(16)), fmt.Sprintf("../%d", 2010+r.IntN(16)), "2014~", "201X"}))
			if err != nil {
				panic(err)
			}
			f.Date.Windows = append(f.Date.Windows, d)
			f.Date.Certain = r.IntN(2) == 0
		}
	}
	if depth > 0 && r.IntN(3) == 0 {
		f.And = append(f.And, *randomFilter(r, s, depth-1))
	}
	if depth > 0 && r.IntN(4) == 0 {
		f.Not = randomFilter(r, s, depth-1)
	}
	return f
}

// Events stand by the days that their dates mean, then by identifier.
func TestDaysAgreeWithTheOrder(t *testing.T) {
	s := seedstest.Snapshot(t)
	for i, e := range s.Events[1:] {
		before := s.Events[i]
		a, known1 := before.Days()
		b, known2 := e.Days()
		if e.Order() != i+1 || a > b || !known1 && known2 || a == b && before.ID >= e.ID {
			t.Errorf("%s (%d %t) stands before %s (%d %t)", before.ID, a, known1, e.ID, b, known2)
		}
	}
}
