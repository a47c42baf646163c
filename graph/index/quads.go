package index

import (
	"cmp"
	"slices"
	"sort"

	"dialograph/graph/rdf"
)

// quadSet is an immutable set of quads, dictionary encoded: each term is a number
// and numbers are in the order of terms, so that sorting numbers sorts quads.
type quadSet struct {
	terms *terms
	rows  []row    // by subject, predicate, object, graph
	first []uint32 // of each term, the first row of which it is the subject
	pos   []uint32 // rows by predicate, object, subject, graph
	osp   []uint32 // rows by object, subject, predicate, graph
	gsp   []uint32 // rows by graph, subject, predicate, object
}

type row struct{ s, p, o, g uint32 }

func (r row) predicate() uint32 { return r.p }
func (r row) object() uint32    { return r.o }
func (r row) graph() uint32     { return r.g }

func (r row) renumbered(to []uint32) row { return row{to[r.s], to[r.p], to[r.o], to[r.g]} }

func (r row) compare(x row) int {
	switch {
	case r.s != x.s:
		return cmp.Compare(r.s, x.s)
	case r.p != x.p:
		return cmp.Compare(r.p, x.p)
	case r.o != x.o:
		return cmp.Compare(r.o, x.o)
	}
	return cmp.Compare(r.g, x.g)
}

// Len is the number of quads.
func (q *quadSet) Len() int { return len(q.rows) }

func (q *quadSet) quad(r row) rdf.Quad {
	t := q.terms
	return rdf.Quad{Subject: t.value(r.s), Predicate: t.value(r.p), Object: t.term(r.o), Graph: t.value(r.g)}
}

// Each visits all quads in order.
func (q *quadSet) Each(visit func(rdf.Quad)) {
	for _, r := range q.rows {
		visit(q.quad(r))
	}
}

// EachByGraph visits all quads by graph, then subject, predicate and object.
func (q *quadSet) EachByGraph(visit func(rdf.Quad)) {
	for _, i := range q.gsp {
		visit(q.quad(q.rows[i]))
	}
}

const anyTerm = ^uint32(0)

// Match gives the quads that fit a pattern, in no order.
func (q *quadSet) Match(p Pattern) []rdf.Quad {
	var want row
	ok := true
	set := func(to *uint32, given bool, t rdf.Term) {
		if *to = anyTerm; given {
			n, known := q.terms.number(t)
			*to, ok = n, ok && known
		}
	}
	set(&want.s, p.Subject != "", rdf.IRI(p.Subject))
	set(&want.p, p.Predicate != "", rdf.IRI(p.Predicate))
	set(&want.g, p.Graph != "", rdf.IRI(p.Graph))
	if want.o = anyTerm; p.Object != nil {
		set(&want.o, true, *p.Object)
	}
	if !ok {
		return nil
	}
	var out []rdf.Quad
	for _, r := range q.candidates(want) {
		if fits(r, want) {
			out = append(out, q.quad(r))
		}
	}
	return out
}

func fits(r, want row) bool {
	is := func(have, want uint32) bool { return want == anyTerm || have == want }
	return is(r.s, want.s) && is(r.p, want.p) && is(r.o, want.o) && is(r.g, want.g)
}

// candidates chooses the order whose first positions are bound.
func (q *quadSet) candidates(w row) []row {
	switch {
	case w.s != anyTerm:
		return q.subject(w.s, w.p)
	case w.o != anyTerm && w.p != anyTerm:
		return q.at(q.with(w.p, w.o))
	case w.o != anyTerm:
		return q.at(q.span(q.osp, func(r row) uint64 { return uint64(r.o) }, uint64(w.o)))
	case w.g != anyTerm:
		return q.at(q.span(q.gsp, func(r row) uint64 { return uint64(r.g) }, uint64(w.g)))
	case w.p != anyTerm:
		return q.at(q.span(q.pos, func(r row) uint64 { return uint64(r.p) }, uint64(w.p)))
	default:
		return q.rows
	}
}

// subject gives the rows of a subject, and of one predicate where p is given.
func (q *quadSet) subject(s, p uint32) []row {
	rows := q.rows[q.first[s]:q.first[s+1]]
	if p == anyTerm {
		return rows
	}
	low, _ := slices.BinarySearchFunc(rows, p, func(r row, p uint32) int { return cmp.Compare(r.p, p) })
	high := low
	for high < len(rows) && rows[high].p == p {
		high++
	}
	return rows[low:high]
}

// with gives where the rows of a predicate and an object are.
func (q *quadSet) with(p, o uint32) []uint32 {
	return q.span(q.pos, func(r row) uint64 { return uint64(r.p)<<32 | uint64(r.o) }, uint64(p)<<32|uint64(o))
}

// span gives the part of an order whose rows have a key.
func (q *quadSet) span(order []uint32, key func(row) uint64, want uint64) []uint32 {
	first := sort.Search(len(order), func(i int) bool { return key(q.rows[order[i]]) >= want })
	end := first
	for end < len(order) && key(q.rows[order[end]]) == want {
		end++
	}
	return order[first:end]
}

func (q *quadSet) at(numbers []uint32) []row {
	out := make([]row, len(numbers))
	for i, n := range numbers {
		out[i] = q.rows[n]
	}
	return out
}

// Stated implements rdf.View.
func (q *quadSet) Stated(subject, predicate string) []rdf.Stated {
	s, ok1 := q.terms.iri(subject, "")
	p, ok2 := q.terms.iri(predicate, "")
	if !ok1 || !ok2 {
		return nil
	}
	return q.stated(nil, q.subject(s, p))
}

func (q *quadSet) stated(out []rdf.Stated, rows []row) []rdf.Stated {
	for _, r := range rows {
		out = append(out, rdf.Stated{Object: q.terms.term(r.o), Graph: q.terms.value(r.g)})
	}
	return out
}

// Subjects implements rdf.View.
func (q *quadSet) Subjects(predicate, object string) []string {
	p, ok1 := q.terms.iri(predicate, "")
	o, ok2 := q.terms.iri(object, "")
	if !ok1 || !ok2 {
		return nil
	}
	var out []string
	last := anyTerm
	for _, i := range q.with(p, o) {
		if s := q.rows[i].s; s != last {
			last = s
			out = append(out, q.terms.value(s))
		}
	}
	return out
}

func (q *quadSet) isSubject(iri string) bool {
	n, ok := q.terms.iri(iri, "")
	return ok && q.first[n] < q.first[n+1]
}

func (q *quadSet) has(x rdf.Quad) bool {
	s, ok1 := q.terms.iri(x.Subject, "")
	p, ok2 := q.terms.iri(x.Predicate, "")
	g, ok3 := q.terms.iri(x.Graph, "")
	o, ok4 := q.terms.number(x.Object)
	return ok1 && ok2 && ok3 && ok4 && slices.Contains(q.subject(s, p), row{s, p, o, g})
}

// graphs visits the graphs, each once.
func (q *quadSet) graphs(visit func(iri string)) {
	last := anyTerm
	for _, i := range q.gsp {
		if g := q.rows[i].g; g != last {
			visit(q.terms.value(g))
			last = g
		}
	}
}
