package index

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/graphtest"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const base = rdf.Base(vocab.DefaultBase)

// plain is a source of quads without any index.
type plain []rdf.Quad

func (p plain) Quads(_ context.Context, visit func(rdf.Quad) error) error {
	for _, q := range p {
		if err := visit(q); err != nil {
			return err
		}
	}
	return nil
}

// scan is the answer that needs no index.
func (p plain) scan(w Pattern) []rdf.Quad {
	var out []rdf.Quad
	for _, q := range p {
		if (w.Subject == "" || w.Subject == q.Subject) && (w.Predicate == "" || w.Predicate == q.Predicate) &&
			(w.Graph == "" || w.Graph == q.Graph) && (w.Object == nil || *w.Object == q.Object) {
			out = append(out, q)
		}
	}
	slices.SortFunc(out, rdf.Compare)
	return slices.Compact(out)
}

// The index answers every pattern as a plain scan of the quads does.
func TestMatchAgreesWithScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quads := plain(rdf.FromRecord(base, graphtest.Record(t)))
		quads = append(quads, rapid.SampledFrom(quads).Draw(t, "twice"))
		q, err := ReadQuads(context.Background(), quads.Quads)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			p := pattern(t, quads)
			if diff := cmp.Diff(quads.scan(p), q.Match(p)); diff != "" {
				t.Fatalf("%+v (-scan +index):\n%s", p, diff)
			}
			if p.Subject != "" && p.Predicate != "" {
				checkStated(t, quads, q, p)
			}
		}
	})
}

// pattern draws which positions are bound, to what stands in some quads.
func pattern(t *rapid.T, quads plain) Pattern {
	some := func() rdf.Quad { return rapid.SampledFrom(quads).Draw(t, "quad") }
	bound := func() bool { return rapid.Bool().Draw(t, "bound") }
	var p Pattern
	q := some()
	if bound() {
		p.Subject = q.Subject
	}
	if bound() {
		p.Predicate = q.Predicate
	}
	if bound() {
		p.Object = &q.Object
	}
	if bound() {
		p.Graph = some().Graph
	}
	if rapid.IntRange(0, 9).Draw(t, "absent") == 0 {
		p.Subject = "https://example.org/absent"
	}
	return p
}

func checkStated(t *rapid.T, quads plain, q *Quads, p Pattern) {
	var want []rdf.Stated
	for _, x := range quads.scan(Pattern{Subject: p.Subject, Predicate: p.Predicate}) {
		want = append(want, rdf.Stated{Object: x.Object, Graph: x.Graph})
	}
	got := q.Stated(p.Subject, p.Predicate)
	if len(want)+len(got) > 0 && !slices.Equal(want, got) {
		t.Fatalf("Stated(%s, %s): got %v, want %v", p.Subject, p.Predicate, got, want)
	}
	for _, s := range want {
		if !s.Object.Literal && !slices.Contains(q.Subjects(p.Predicate, s.Object.Value), p.Subject) {
			t.Fatalf("Subjects(%s, %s) lacks %s", p.Predicate, s.Object.Value, p.Subject)
		}
	}
}

// A snapshot of a record's quads shows what the record says.
func TestSnapshotShowsTheRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		record := graphtest.Record(t)
		s := build(t, rdf.FromRecord(base, record))
		e, ok := Get[*Event](s, graph.NewID(graph.KindEvent, record.ID))
		if !ok {
			t.Fatal("the event is missing")
		}
		n := len(record.Participants)
		for _, d := range record.Delegations {
			n += len(d.Participants)
		}
		if len(e.Participations) != n || len(e.Topics) != len(record.Topics) || len(e.References) != len(record.References) || len(e.Conflicts) != len(record.Claims) {
			t.Fatalf("got %d participations, %d topics, %d references, %d conflicts of %+v", len(e.Participations), len(e.Topics), len(e.References), len(e.Conflicts), record)
		}
		if faults := s.Faults(); len(faults) > 0 {
			t.Fatalf("faults: %v", faults)
		}
	})
}

func build(t interface{ Fatal(...any) }, quads []rdf.Quad) *Snapshot {
	s, err := Build(context.Background(), base, plain(quads), time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Readers see one snapshot or the other, whole, while it is swapped.
func TestSwapWhileReading(t *testing.T) {
	make := func(id string) *Snapshot {
		r := &graph.Record{Schema: graph.RecordSchema, ID: id, Review: "reviewed", Event: graph.Event{Name: id, Kind: "dialogue", Status: "held"}, Sources: []graph.Source{{ID: "s1", URL: "https://example.org/"}}}
		return build(t, rdf.FromRecord(base, r))
	}
	a, b := make("a"), make("b")
	var h Holder
	h.Swap(a)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 500 {
				s := h.Current()
				if len(s.Events) != 1 || s.Node(s.Events[0].ID) != s.Events[0] || len(s.Search(s.Events[0].Name, nil)) == 0 {
					t.Error("a reader saw half a snapshot")
				}
			}
		})
	}
	for i := range 500 {
		h.Swap([]*Snapshot{a, b}[i%2])
	}
	wg.Wait()
}
