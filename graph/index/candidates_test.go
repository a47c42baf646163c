package index_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/seeds/seedstest"
)

// What a filter selects of all events, where it looks at a few only, is what it
// selects of a list that is not known to be all events.
func TestCandidatesMissNothing(t *testing.T) {
	for name, s := range map[string]*index.Snapshot{"built-in": seedstest.Snapshot(t), "disputed": disputed(t, 0), "disputed, most of them added": disputed(t, 57)} {
		t.Run(name, func(t *testing.T) {
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
		})
	}
}

// disputed is a graph of events about whose dates sources disagree, some by far,
// and of which some are open, unknown or of far years. The last so many are added
// to a snapshot of the others, a few at a time.
func disputed(t *testing.T, late int) *index.Snapshot {
	t.Helper()
	r := rand.New(rand.NewPCG(2, 2))
	dates := []string{"", "2012", "2014-05", "2014-05-01", "2014-05-01/2014-05-03", "../2013", "2018/..", "/2015", "2016/", "../..", "201X", "-0044", "Y12000", "2020~", "2025"}
	var units []rdf.Unit
	for i := range 60 {
		x := &graph.Record{Schema: graph.RecordSchema, ID: fmt.Sprintf("talks-%02d", i), Review: "reviewed", Event: graph.Event{Name: fmt.Sprint("Talks ", i), Kind: "dialogue", Status: "held", Date: oneOf(r, dates), Ordinal: r.IntN(9)},
			Sources: []graph.Source{{ID: "s1", URL: "https://example.org/1"}, {ID: "s2", URL: "https://example.org/2"}}}
		if r.IntN(2) == 0 {
			values := []graph.Value{{Value: oneOf(r, dates[1:]), Preferred: true, Support: []string{"s1"}}, {Value: oneOf(r, []string{"in spring", "1990", "2030", "2014"}), Support: []string{"s2"}}}
			x.Claims = append(x.Claims, graph.Claim{Field: "event.date", Values: values})
		}
		units = append(units, rdf.RecordUnit(vocab.DefaultBase, x, &graph.Authority{Sources: x.Sources}))
	}
	units, added := units[:len(units)-late], units[len(units)-late:]
	// The built-in ones have series, topics and the like to ask for.
	s, err := index.Build(t.Context(), vocab.DefaultBase, rdf.Units(slices.Concat(units, seedstest.Units(t))), time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for len(added) > 0 {
		n := 1 + r.IntN(len(added))
		more, ok := s.With(added[:n], time.Unix(0, 0))
		if !ok {
			t.Fatalf("%s and %d more cannot be added", added[0].Key, n-1)
		}
		s, added = more, added[n:]
	}
	if len(s.Conflicts) < 20 {
		t.Fatalf("only %d conflicts", len(s.Conflicts))
	}
	return s
}

func oneOf[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func randomFilter(r *rand.Rand, s *index.Snapshot, depth int) *index.EventFilter {
	f := &index.EventFilter{Claims: oneOf(r, []index.Claims{"", index.AllClaims, index.PreferredClaims, index.MajorityClaims, index.Undisputed})}
	for range 1 + r.IntN(2) {
		switch r.IntN(12) {
		case 0:
			f.IDs = []graph.ID{} // of none, none
			for range r.IntN(4) {
				f.IDs = append(f.IDs, oneOf(r, []graph.ID{oneOf(r, s.Events).ID, s.Topics[0].ID, "event/none", "topic/none"}))
			}
		case 1:
			x := oneOf(r, s.Series)
			f.Series = oneOf(r, []index.Ref{{ID: x.ID}, {Name: x.Name}, {ID: "series/none"}})
		case 2, 3:
			x := oneOf(r, s.Topics)
			f.Topics = append(f.Topics, index.TopicFilter{Topic: oneOf(r, []index.Ref{{ID: x.ID}, {Name: x.Name}, {ID: "topic/none"}, {Name: "no such topic"}, {ID: s.Series[0].ID}, {}}), IncludeNarrower: r.IntN(2) == 0})
		case 4:
			x := oneOf(r, s.Instruments)
			f.References = append(f.References, index.ReferenceFilter{Target: oneOf(r, []index.Ref{{ID: x.ID}, {ID: x.ID}, {Name: x.Name}, {ID: "instrument/none"}, {ID: oneOf(r, s.Initiatives).ID}, {ID: oneOf(r, s.Events).ID}, {}})})
		case 5:
			f.Kinds = []string{oneOf(r, graph.EventKinds)}
		case 6:
			f.Ordinal = &index.Range{Least: 1 + r.IntN(4), Most: 2 + r.IntN(6)}
		case 7:
			f.Attended = append(f.Attended, index.Attendance{Entity: index.Ref{ID: oneOf(r, s.Actors).ID}, IncludeUnits: r.IntN(2) == 0})
		default:
			d, err := edtf.Parse(oneOf(r, []string{fmt.Sprint(2010 + r.IntN(16)), fmt.Sprintf("%d-%02d", 2010+r.IntN(16), 1+r.IntN(12)), fmt.Sprintf("%d/..", 2010+r.IntN(16)), fmt.Sprintf("../%d", 2010+r.IntN(16)), "2014~", "201X", "../..", "/2015", "2020/", "XXXX-11-24", "-0044", "Y12000", cmp.Or(oneOf(r, s.Events).Date.Value.String(), "2020")}))
			if err != nil {
				panic(err)
			}
			f.Date.Windows = append(f.Date.Windows, d)
			f.Date.Certain = r.IntN(2) == 0
		}
	}
	for depth > 0 && r.IntN(3) == 0 {
		f.And = append(f.And, *randomFilter(r, s, depth-1))
	}
	for depth > 0 && r.IntN(4) == 0 {
		f.Or = append(f.Or, *randomFilter(r, s, depth-1))
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
		if c := index.CompareDays(before, e); c > 0 || !before.Dated() && e.Dated() || c == 0 && before.ID >= e.ID {
			t.Errorf("%s (%s) stands before %s (%s)", before.ID, before.Date.Value, e.ID, e.Date.Value)
		}
	}
}
