package index

import (
	"context"
	"slices"
	"sort"
	"strings"

	"dialograph/graph/rdf"
)

// Quads is an immutable set of quads: a large one that was read as a whole, and
// those that were added since, of which it has none.
type Quads struct {
	main  *quadSet
	added *quadSet // nil where none were
}

// ReadQuads builds the set from whatever hands quads out, in any order.
func ReadQuads(ctx context.Context, each func(context.Context, func(rdf.Quad) error) error) (*Quads, error) {
	set, err := readQuads(ctx, each)
	if err != nil {
		return nil, err
	}
	return &Quads{main: set}, nil
}

// with gives the set with quads added, and those that it did not have.
func (q *Quads) with(quads []rdf.Quad) (*Quads, *quadSet) {
	var fresh []rdf.Quad
	for _, x := range quads {
		if !q.main.has(x) && (q.added == nil || !q.added.has(x)) {
			fresh = append(fresh, x)
		}
	}
	if len(fresh) == 0 {
		return q, nil
	}
	set := setOf(fresh)
	if q.added == nil {
		return &Quads{q.main, set}, set
	}
	q.added.Each(func(x rdf.Quad) { fresh = append(fresh, x) })
	return &Quads{q.main, setOf(fresh)}, set
}

func setOf(quads []rdf.Quad) *quadSet {
	n := newNumbering()
	for i := range quads {
		if n.add(&quads[i]); i%1024 == 1023 {
			giveWay()
		}
	}
	set := n.quads()
	giveWay()
	set.sort()
	return set
}

// Len is the number of quads.
func (q *Quads) Len() int {
	if q.added == nil {
		return q.main.Len()
	}
	return q.main.Len() + q.added.Len()
}

// Each visits all quads in order.
func (q *Quads) Each(visit func(rdf.Quad)) {
	if q.added == nil {
		q.main.Each(visit)
		return
	}
	at := func(s *quadSet, i int) rdf.Quad { return s.quad(s.rows[i]) }
	q.merge(at, rdf.Compare, visit)
}

// EachByGraph visits all quads by graph, then subject, predicate and object.
func (q *Quads) EachByGraph(visit func(rdf.Quad)) {
	if q.added == nil {
		q.main.EachByGraph(visit)
		return
	}
	at := func(s *quadSet, i int) rdf.Quad { return s.quad(s.rows[s.gsp[i]]) }
	q.merge(at, rdf.CompareInGraph, visit)
}

// merge visits the quads of both sets in one order, that of at. Where the added
// ones belong among the others is searched for, not each compared with each.
func (q *Quads) merge(at func(*quadSet, int) rdf.Quad, compare func(a, b rdf.Quad) int, visit func(rdf.Quad)) {
	i, n := 0, q.main.Len()
	for k := range q.added.Len() {
		x := at(q.added, k)
		to := i + sort.Search(n-i, func(j int) bool { return compare(at(q.main, i+j), x) > 0 })
		for ; i < to; i++ {
			visit(at(q.main, i))
		}
		visit(x)
	}
	for ; i < n; i++ {
		visit(at(q.main, i))
	}
}

// Pattern selects quads; what is "" or nil matches all.
type Pattern struct {
	Subject, Predicate, Graph string
	Object                    *rdf.Term
}

// Match gives the quads that fit a pattern, in order.
func (q *Quads) Match(p Pattern) []rdf.Quad {
	out := q.main.Match(p)
	if q.added != nil {
		out = append(out, q.added.Match(p)...)
	}
	slices.SortFunc(out, rdf.Compare)
	return out
}

// About implements rdf.Described.
func (q *Quads) About(subject string) []rdf.Quad { return q.Match(Pattern{Subject: subject}) }

// Linking implements rdf.Described.
func (q *Quads) Linking(object string) []rdf.Quad {
	term := rdf.IRI(object)
	return q.Match(Pattern{Object: &term})
}

// Stated implements rdf.View.
func (q *Quads) Stated(subject, predicate string) []rdf.Stated {
	out := q.main.Stated(subject, predicate)
	if q.added == nil {
		return out
	}
	more := q.added.Stated(subject, predicate)
	if len(out) == 0 || len(more) == 0 {
		return append(out, more...)
	}
	out = append(out, more...)
	slices.SortFunc(out, func(a, b rdf.Stated) int {
		if c := rdf.CompareTerms(a.Object, b.Object); c != 0 {
			return c
		}
		return strings.Compare(a.Graph, b.Graph)
	})
	return out
}

// Subjects implements rdf.View.
func (q *Quads) Subjects(predicate, object string) []string {
	out := q.main.Subjects(predicate, object)
	if q.added == nil {
		return out
	}
	out = append(out, q.added.Subjects(predicate, object)...)
	slices.Sort(out)
	return slices.Compact(out)
}

// reading gives a view for one reader.
func (q *Quads) reading() rdf.View {
	if q.added == nil {
		return newReading(q.main)
	}
	return q
}

// isSubject tells whether anything is said of an IRI.
func (q *Quads) isSubject(iri string) bool {
	return q.main.isSubject(iri) || q.added != nil && q.added.isSubject(iri)
}

// graphs visits the graphs, some more than once.
func (q *Quads) graphs(visit func(iri string)) {
	q.main.graphs(visit)
	if q.added != nil {
		q.added.graphs(visit)
	}
}
