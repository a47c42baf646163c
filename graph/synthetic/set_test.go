package synthetic_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/synthetic"
	"dialograph/graph/vocab"
	"dialograph/loaders"
)

func set(t testing.TB, events int, seed uint64) *synthetic.Set {
	t.Helper()
	s, err := synthetic.New(events, seed)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func nquads(t testing.TB, s *synthetic.Set) []byte {
	t.Helper()
	var quads []rdf.Quad
	if err := s.Units(vocab.DefaultBase, func(u rdf.Unit) error { quads = append(quads, u.Quads...); return nil }); err != nil {
		t.Fatal(err)
	}
	return lines(quads)
}

func lines(quads []rdf.Quad) []byte {
	slices.SortFunc(quads, rdf.Compare)
	var out []byte
	for _, q := range slices.Compact(quads) {
		out = rdf.AppendNQuad(out, q)
	}
	return out
}

// The same number and seed give the same set, others another.
func TestASetIsMadeAgain(t *testing.T) {
	first := nquads(t, set(t, 300, 7))
	if !bytes.Equal(first, nquads(t, set(t, 300, 7))) {
		t.Error("two sets of the same number and seed differ")
	}
	if bytes.Equal(first, nquads(t, set(t, 300, 8))) {
		t.Error("another seed gives the same set")
	}
}

// The set as files goes through reading, checking and resolving like any
// record, without a complaint, and gives the quads that Units gives.
func TestASetIsLoadedLikeAnyRecord(t *testing.T) {
	s := set(t, 200, 1)
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	if err := s.Authorities(func(a *graph.Authority) error { return enc.Encode(a) }); err != nil {
		t.Fatal(err)
	}
	for i := range s.Len() {
		if err := enc.Encode(s.Record(i)); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "set.jsonl")
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b := loaders.Read(loaders.Files(file))
	b.Resolve(loaders.Known{})
	if faults := append(b.Problems, b.Notes()...); len(faults) > 0 {
		t.Errorf("%d faults; the first is %s", len(faults), faults[0])
	}
	var quads []rdf.Quad
	editors := rdf.EditorsUnit(vocab.DefaultBase).Key
	for u := range b.Units(vocab.DefaultBase) {
		if u.Key != editors {
			quads = append(quads, u.Quads...)
		}
	}
	if !bytes.Equal(lines(quads), nquads(t, s)) {
		t.Error("the quads differ from those of the loader")
	}
}

// What the set promises: so many of each, six participations with two chairs,
// four topics, a passage for every edge.
func TestWhatASetHolds(t *testing.T) {
	s := set(t, 800, 1)
	quads, err := index.ReadQuads(t.Context(), s.Quads(vocab.DefaultBase))
	if err != nil {
		t.Fatal(err)
	}
	snap := index.New(vocab.DefaultBase, quads, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	for kind, want := range map[graph.Kind]int{graph.KindEvent: 800, graph.KindSeries: 100, graph.KindPerson: 400, graph.KindActor: 80, graph.KindTopic: 200, graph.KindInstrument: 50, graph.KindParticipation: 4800, graph.KindDiscussion: 3200} {
		if got := snap.Counts[kind]; got != want {
			t.Errorf("%s: %d, want %d", kind, got, want)
		}
	}
	if refs := snap.Counts[graph.KindReference]; refs < 1100 || refs > 1300 {
		t.Errorf("references: %d, want about 1200", refs)
	}
	for _, e := range snap.Events {
		chairs := 0
		for _, p := range e.Participations {
			if p.As.Role == "chair" {
				chairs++
			}
			if p.Person == nil || p.Actor == nil || p.Side == nil || len(p.Evidence.Passages()) != 1 {
				t.Fatalf("%s: a participation lacks something: %+v", e.ID, p)
			}
		}
		if chairs != 2 || e.Date.IsZero() || e.City == nil || e.Country == nil || e.Series == nil {
			t.Fatalf("%s lacks something: %d chairs, %s, %v", e.ID, chairs, e.Date.Value, e.City)
		}
	}
	most := slices.MaxFunc(snap.Actors, func(a, b *index.Actor) int { return len(snap.EventsOf(a)) - len(snap.EventsOf(b)) })
	if n := len(snap.EventsOf(most)); n < 200 {
		t.Errorf("the most popular actor was at %d of 800 events; that is no super-node", n)
	}
	if s := snap.Conflicts; len(s) > 0 {
		t.Errorf("%d conflicts in a set that has none", len(s))
	}
}

func TestOfNoEvents(t *testing.T) {
	for _, n := range []int{-1, 0, 10_000_001} {
		if _, err := synthetic.New(n, 1); err == nil {
			t.Errorf("a set of %d events is made", n)
		}
	}
	for _, n := range []int{1, 2, 9, 21} { // the smallest are whole
		nquads(t, set(t, n, 3))
	}
}

// Units are made one at a time: a larger set takes no more memory at once.
func BenchmarkUnits(b *testing.B) {
	s, quads := set(b, 1000, 1), 0
	for b.Loop() {
		quads = 0
		if err := s.Units(vocab.DefaultBase, func(u rdf.Unit) error { quads += len(u.Quads); return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(quads*b.N)/b.Elapsed().Seconds(), "quads/s")
	b.ReportMetric(float64(quads)/1000, "quads/event")
}
