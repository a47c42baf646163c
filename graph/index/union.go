package index

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"

	"dialograph/graph/rdf"
)

// Quads is an immutable set of quads: a large one that was read as a whole, and
// those that were added since, in layers. No two have a quad in common.
type Quads struct {
	main  *quadSet
	added []*quadSet
}

// ReadQuads builds the set from whatever hands quads out, in any order.
func ReadQuads(ctx context.Context, each func(context.Context, func(rdf.Quad) error) error) (*Quads, error) {
	set, err := readQuads(ctx, each)
	if err != nil {
		return nil, err
	}
	return &Quads{main: set}, nil
}

// with gives the set with quads added, and those that it did not have; nil where
// it had them all.
func (q *Quads) with(p *pace, quads []rdf.Quad) (*Quads, *quadSet) {
	n := newNumbering()
	for i := range quads {
		if !q.has(quads[i]) {
			n.add(&quads[i])
		}
		p.rest()
	}
	if n.rows == nil {
		return q, nil
	}
	fresh := setOf([]*numbering{n})
	p.rest()
	join := func(a, b *quadSet) *quadSet { return a.join(p, b) }
	return &Quads{q.main, withLayer(q.added, fresh, (*quadSet).Len, join)}, fresh
}

func (q *Quads) has(x rdf.Quad) bool {
	return q.main.has(x) || slices.ContainsFunc(q.added, func(s *quadSet) bool { return s.has(x) })
}

// join gives the quads of two sets that have none in common.
func (q *quadSet) join(p *pace, other *quadSet) *quadSet {
	a, b := q.terms, other.terms
	terms := make([]term, 0, a.len()+b.len())
	of, ofOther := make([]uint32, a.len()), make([]uint32, b.len())
	for i, k := 0, 0; i < len(of) || k < len(ofOther); p.rest() {
		first := -1
		switch {
		case i == len(of):
			first = 1
		case k < len(ofOther):
			first = a.typed(uint32(i)).compare(b.typed(uint32(k)))
		}
		number := uint32(len(terms))
		if first > 0 {
			terms = append(terms, b.typed(uint32(k)))
		} else {
			terms = append(terms, a.typed(uint32(i)))
			of[i] = number
			i++
		}
		if first >= 0 {
			ofOther[k] = number
			k++
		}
	}
	out := &quadSet{terms: newTerms(p, terms), rows: make([]row, 0, len(q.rows)+len(other.rows))}
	i := 0
	for _, r := range other.rows {
		r = r.renumbered(ofOther)
		for ; i < len(q.rows) && q.rows[i].renumbered(of).compare(r) < 0; i++ {
			out.rows = append(out.rows, q.rows[i].renumbered(of))
			p.rest()
		}
		out.rows = append(out.rows, r)
		p.rest()
	}
	for ; i < len(q.rows); i++ {
		out.rows = append(out.rows, q.rows[i].renumbered(of))
		p.rest()
	}
	out.findSubjects()
	out.orders(p)
	return out
}

// Len is the number of quads.
func (q *Quads) Len() int { return q.main.Len() + q.addedLen() }

// addedLen is the number of quads that were added.
func (q *Quads) addedLen() int {
	n := 0
	for _, s := range q.added {
		n += s.Len()
	}
	return n
}

// Each visits all quads in order.
func (q *Quads) Each(visit func(rdf.Quad)) {
	q.merge((*quadSet).Each, func(i int) row { return q.main.rows[i] }, rdf.Compare, visit)
}

// EachByGraph visits all quads by graph, then subject, predicate and object.
func (q *Quads) EachByGraph(visit func(rdf.Quad)) {
	q.merge((*quadSet).EachByGraph, func(i int) row { return q.main.rows[q.main.gsp[i]] }, rdf.CompareInGraph, visit)
}

// merge visits the quads of all sets in one order, in which each visits those of
// one. Where the added ones belong among the others is searched for, not each
// compared with each.
func (q *Quads) merge(each func(*quadSet, func(rdf.Quad)), at func(int) row, compare func(a, b rdf.Quad) int, visit func(rdf.Quad)) {
	if len(q.added) == 0 {
		each(q.main, visit)
		return
	}
	added := make([]rdf.Quad, 0, q.addedLen())
	for _, s := range q.added {
		each(s, func(x rdf.Quad) { added = append(added, x) })
	}
	slices.SortFunc(added, compare)
	i, n := 0, q.main.Len()
	for _, x := range added {
		to := i + sort.Search(n-i, func(j int) bool { return compare(q.main.quad(at(i+j)), x) > 0 })
		for ; i < to; i++ {
			visit(q.main.quad(at(i)))
		}
		visit(x)
	}
	for ; i < n; i++ {
		visit(q.main.quad(at(i)))
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
	for _, s := range q.added {
		out = append(out, s.Match(p)...)
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
	mixed := false
	for _, s := range q.added {
		more := s.Stated(subject, predicate)
		mixed = mixed || len(out) > 0 && len(more) > 0
		out = append(out, more...)
	}
	if mixed {
		slices.SortFunc(out, func(a, b rdf.Stated) int {
			return cmp.Or(rdf.CompareTerms(a.Object, b.Object), strings.Compare(a.Graph, b.Graph))
		})
	}
	return out
}

// Subjects implements rdf.View.
func (q *Quads) Subjects(predicate, object string) []string {
	out := q.main.Subjects(predicate, object)
	for _, s := range q.added {
		out = append(out, s.Subjects(predicate, object)...)
	}
	if len(q.added) > 0 {
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}

// View gives a view for one reader, which is quicker than the quads themselves
// where much is asked of one subject after the other.
func (q *Quads) View() rdf.View {
	if len(q.added) == 0 {
		return newReading(q.main)
	}
	return q
}

// isSubject tells whether anything is said of an IRI.
func (q *Quads) isSubject(iri string) bool {
	return q.main.isSubject(iri) || slices.ContainsFunc(q.added, func(s *quadSet) bool { return s.isSubject(iri) })
}

// graphs visits the graphs, some more than once.
func (q *Quads) graphs(visit func(iri string)) {
	q.main.graphs(visit)
	for _, s := range q.added {
		s.graphs(visit)
	}
}
