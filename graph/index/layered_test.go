package index

import (
	"maps"
	"slices"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/graph/synthetic"
	"dialograph/graph/vocab"
)

// Records that are added one at a time, until layers of all sizes have been
// joined, give what a snapshot of all of them gives.
func TestLayers(t *testing.T) {
	set, err := synthetic.New(80, 1)
	if err != nil {
		t.Fatal(err)
	}
	var units, late []rdf.Unit
	if err := set.Units(vocab.DefaultBase, func(u rdf.Unit) error {
		if graph.ID(u.Key).Kind() == graph.KindRecord && len(late) < 39 {
			late = append(late, u)
		} else {
			units = append(units, u)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s := snapshotOf(t, units)
	for i, u := range late {
		more, ok := s.With([]rdf.Unit{u}, time.Time{})
		if !ok {
			t.Fatalf("%s cannot be added", u.Key)
		}
		s = more
		for k := range len(s.Quads.added) - 1 {
			if a, b := s.Quads.added[k].Len(), s.Quads.added[k+1].Len(); a <= b {
				t.Errorf("after %d additions, a layer of %d quads is before one of %d", i+1, a, b)
			}
		}
	}
	if len(s.Quads.added) < 2 || len(s.moreNodes) < 2 || len(s.moreNames) < 2 || len(s.moreWords) < 2 {
		t.Fatalf("there are %d layers of quads, %d of nodes, %d of names and %d of words: nothing is tried", len(s.Quads.added), len(s.moreNodes), len(s.moreNames), len(s.moreWords))
	}
	whole := snapshotOf(t, append(units, late...))
	if s.Hash != whole.Hash || s.Quads.Len() != whole.Quads.Len() {
		t.Errorf("the hash is %s of %d quads, want %s of %d", s.Hash, s.Quads.Len(), whole.Hash, whole.Quads.Len())
	}
	if !slices.Equal(inSequenceOf(s.Quads.Each), inSequenceOf(whole.Quads.Each)) {
		t.Error("the quads are others, or in another order")
	}
	if !slices.Equal(inSequenceOf(s.Quads.EachByGraph), inSequenceOf(whole.Quads.EachByGraph)) {
		t.Error("the quads by graph are others, or in another order")
	}
	if !slices.Equal(s.latest, whole.latest) || !slices.Equal(s.earliest, whole.earliest) {
		t.Errorf("days are\n%v\n%v, want\n%v\n%v", s.latest, s.earliest, whole.latest, whole.earliest)
	}
	if !maps.Equal(s.Counts, whole.Counts) {
		t.Errorf("counts are %v, want %v", s.Counts, whole.Counts)
	}
	last := ""
	whole.Quads.Each(func(q rdf.Quad) {
		if q.Subject != last {
			last = q.Subject
			if !slices.Equal(s.Quads.About(last), whole.Quads.About(last)) || !slices.Equal(s.Quads.Linking(last), whole.Quads.Linking(last)) {
				t.Errorf("<%s> has other quads", last)
			}
		}
		if !slices.Equal(s.Quads.Stated(q.Subject, q.Predicate), whole.Quads.Stated(q.Subject, q.Predicate)) {
			t.Errorf("<%s> <%s> is stated otherwise", q.Subject, q.Predicate)
		}
		if !q.Object.Literal && !slices.Equal(s.Quads.Subjects(q.Predicate, q.Object.Value), whole.Quads.Subjects(q.Predicate, q.Object.Value)) {
			t.Errorf("other things have <%s> <%s>", q.Predicate, q.Object.Value)
		}
	})
	for _, n := range whole.everyNamed() {
		if s.Node(n.NodeID()) == nil {
			t.Errorf("%s is not there", n.NodeID())
		}
		for _, text := range []string{n.Self().Name, n.Self().Name[:3]} {
			mine, theirs := s.Find(text, nil, Window{First: 5, Last: -1}), whole.Find(text, nil, Window{First: 5, Last: -1})
			if mine.Total != theirs.Total || !slices.EqualFunc(mine.Hits, theirs.Hits, func(a, b Hit) bool { return a.Rank() == b.Rank() && a.Matched == b.Matched }) {
				t.Errorf("%q finds %v, want %v", text, mine, theirs)
			}
		}
	}
	for i, w := range whole.words.words {
		n, ok := s.wordNumber(w)
		if !ok || int(n) >= len(whole.words.words) {
			t.Errorf("the word %q, number %d, has number %d (%t)", w, i, n, ok)
		}
	}
}

func inSequenceOf(each func(func(rdf.Quad))) []rdf.Quad {
	var out []rdf.Quad
	each(func(q rdf.Quad) { out = append(out, q) })
	return out
}

func snapshotOf(t *testing.T, units []rdf.Unit) *Snapshot {
	t.Helper()
	s, err := Build(t.Context(), vocab.DefaultBase, rdf.Units(units), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
