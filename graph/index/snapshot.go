package index

import (
	"context"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"dialograph/graph"
	"dialograph/graph/multiset"
	"dialograph/graph/rdf"
)

// Snapshot is everything readers see, at one moment.
type Snapshot struct {
	Base  rdf.Base
	Hash  string // of the quads: the same quads have the same hash
	sum   multiset.Sum
	Built time.Time
	Quads *Quads

	Events      []*Event // by date, then identifier
	Series      []*Series
	Actors      []*Actor
	People      []*Person
	Topics      []*Topic
	Instruments []*Instrument
	Initiatives []*Initiative
	Places      []*Place
	Sources     []*Source
	Conflicts   []*Conflict
	Judgements  []*Judgement

	Counts map[graph.Kind]int // of all nodes

	nodes     []Thing                  // by the number of their IRI in the main set of quads
	moreNodes layered[graph.ID, Thing] // of records that were added
	links     links
	names     *nameIndex
	moreNames []*nameIndex // of records that were added
	networks  map[graph.Kind]*lazyNetwork
	keeper    keeper

	words     wordTable               // numbers of the words of events
	moreWords layered[string, uint32] // of records that were added

	latest, earliest []int64 // days; see builder.bounds
}

// QuadSource hands out quads, in any order; store.Store does.
type QuadSource interface {
	Quads(ctx context.Context, visit func(rdf.Quad) error) error
}

// Build makes a snapshot of the quads of a source.
func Build(ctx context.Context, base rdf.Base, source QuadSource, now time.Time) (*Snapshot, error) {
	quads, err := ReadQuads(ctx, source.Quads)
	if err != nil {
		return nil, err
	}
	return New(base, quads, now), nil
}

// New makes a snapshot of quads that were read before.
func New(base rdf.Base, quads *Quads, now time.Time) *Snapshot {
	s := &Snapshot{Base: base, Built: now, Quads: quads, nodes: make([]Thing, quads.main.terms.iris())}
	var hashing sync.WaitGroup
	hashing.Go(func() {
		s.sum = quads.main.sum()
		s.Hash = s.sum.String()
	})
	b := &builder{Snapshot: s, wordNumbers: numbers{of: map[string]uint32{}}, before: &Snapshot{}}
	b.build()
	s.words = b.wordNumbers.table()
	s.names = namesOf(nil, s, s.everyNamed())
	hashing.Wait()
	s.networks = newNetworks()
	s.Counts = map[graph.Kind]int{}
	for _, x := range s.nodes {
		if x != nil {
			s.Counts[x.NodeID().Kind()]++
		}
	}
	return s
}

func newNetworks() map[graph.Kind]*lazyNetwork {
	return map[graph.Kind]*lazyNetwork{graph.KindActor: {}, graph.KindPerson: {}}
}

// Node gives the thing of an identifier, or nil.
func (s *Snapshot) Node(id graph.ID) Thing {
	return s.node(string(s.Base), string(id))
}

// named gives the thing of an IRI, or nil.
func (s *Snapshot) named(iri string) Thing { return s.node(iri, "") }

// node gives the thing of an IRI, of which two parts are given.
func (s *Snapshot) node(a, b string) Thing {
	if n, ok := s.Quads.main.terms.iri(a, b); ok && s.nodes[n] != nil {
		return s.nodes[n]
	}
	if len(s.moreNodes) == 0 {
		return nil
	}
	x, _ := s.moreNodes.get(s.Base.ID(a + b))
	return x
}

// Get gives the thing of an identifier if it is of type T.
func Get[T Thing](s *Snapshot, id graph.ID) (T, bool) {
	x, ok := s.Node(id).(T)
	return x, ok
}

// Passages visits all passages, by source and place in it.
func (s *Snapshot) Passages() iter.Seq[*Passage] {
	return func(yield func(*Passage) bool) {
		for _, source := range s.Sources {
			for _, p := range s.OfSource(source).Passages {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// Statement is what is said of a subject, once, with everything that says it.
type Statement struct {
	Subject   graph.ID
	Predicate string
	Object    rdf.Term
	Evidence  Evidence
}

// Statements gives all that is said of a thing, each with its evidence.
func (s *Snapshot) Statements(id graph.ID, predicate string) []Statement {
	var out []Statement
	var graphs []string
	quads := s.Quads.Match(Pattern{Subject: s.Base.IRI(id), Predicate: predicate})
	for i, q := range quads {
		graphs = append(graphs, q.Graph)
		if i+1 < len(quads) && quads[i+1].Predicate == q.Predicate && quads[i+1].Object == q.Object {
			continue
		}
		out = append(out, Statement{Subject: id, Predicate: q.Predicate, Object: q.Object, Evidence: s.EvidenceOf(graphs)})
		graphs = nil
	}
	return out
}

// EvidenceOf gives the passages and sources that graphs name.
func (s *Snapshot) EvidenceOf(graphs []string) Evidence {
	var b backing
	for _, g := range graphs {
		b.addThing(s.named(g))
	}
	return b.evidence()
}

// Mentions gives the passages that say something of a thing, by source and
// place in it.
func (s *Snapshot) Mentions(id graph.ID) []*Passage {
	iri := s.Base.IRI(id)
	object := rdf.IRI(iri)
	var b backing
	for _, q := range append(s.Quads.Match(Pattern{Subject: iri}), s.Quads.Match(Pattern{Object: &object})...) {
		if p, ok := s.named(q.Graph).(*Passage); ok {
			b.add(p)
		}
	}
	slices.SortFunc(b.passages, byPlace)
	return b.passages
}

// Holder keeps the current snapshot. Readers that took one keep it; the next
// ones get the new one.
type Holder struct{ current atomic.Pointer[Snapshot] }

// Current gives the snapshot to read; nil before the first Swap.
func (h *Holder) Current() *Snapshot { return h.current.Load() }

// Swap makes a snapshot the current one.
func (h *Holder) Swap(s *Snapshot) { h.current.Store(s) }
