package index

import (
	"cmp"
	"context"
	"slices"
	"sync"

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

// readQuads builds the set from whatever hands quads out, in any order. Terms are
// numbered beside the reading.
func readQuads(ctx context.Context, each func(context.Context, func(rdf.Quad) error) error) (*quadSet, error) {
	n := newNumbering()
	const size, most = 1024, 4
	full, empty := make(chan []rdf.Quad, most), make(chan []rdf.Quad, most)
	for range most {
		empty <- make([]rdf.Quad, 0, size)
	}
	var numbered sync.WaitGroup
	numbered.Go(func() {
		for batch := range full {
			for i := range batch {
				n.add(&batch[i])
			}
			empty <- batch[:0]
		}
	})
	batch := <-empty
	err := each(ctx, func(x rdf.Quad) error {
		if batch = append(batch, x); len(batch) == size {
			full <- batch
			batch = <-empty
		}
		return nil
	})
	full <- batch
	close(full)
	numbered.Wait()
	if err != nil {
		return nil, err
	}
	q := n.quads()
	q.sort()
	return q, nil
}

// sort orders the rows, drops those that stand twice, and makes the other orders.
// Each is one counting sort of an order that has the later positions right: by
// object, those in the order of subject, predicate, object and graph become
// object, subject, predicate, graph.
func (q *quadSet) sort() {
	inserted := make([]uint32, len(q.rows))
	for i := range inserted {
		inserted[i] = uint32(i)
	}
	by := q.by
	order := by(by(by(by(inserted, row.graph), row.object), row.predicate), row.subject)
	rows := make([]row, 0, len(order))
	for _, i := range order {
		if r := q.rows[i]; len(rows) == 0 || rows[len(rows)-1] != r {
			rows = append(rows, r)
		}
	}
	q.rows = rows
	q.orders(nil)
}

// orders makes the other orders of the sorted rows, and where each subject is.
func (q *quadSet) orders(p *pace) {
	rows, n := q.rows, q.terms.len()
	spog := make([]uint32, len(rows))
	for i := range spog {
		spog[i] = uint32(i)
	}
	by := q.by
	var beside sync.WaitGroup
	byGraph := func() { q.gsp = by(spog, row.graph) }
	if p == nil {
		beside.Go(byGraph)
	} else {
		byGraph() // the other core is for queries
	}
	p.rest()
	q.osp = by(spog, row.object)
	p.rest()
	q.pos = by(q.osp, row.predicate)
	p.rest()
	q.first = make([]uint32, n+1)
	at := 0
	for s := range n {
		for at < len(rows) && rows[at].s < uint32(s) {
			at++
		}
		q.first[s] = uint32(at)
	}
	q.first[n] = uint32(len(rows))
	beside.Wait()
}

// by sorts rows by one position.
func (q *quadSet) by(order []uint32, key func(row) uint32) []uint32 {
	return countingSort(order, q.terms.len(), func(i uint32) uint32 { return key(q.rows[i]) })
}

func (r row) subject() uint32   { return r.s }
func (r row) predicate() uint32 { return r.p }
func (r row) object() uint32    { return r.o }
func (r row) graph() uint32     { return r.g }

// countingSort puts items in the order of their keys, which are below n; equal
// ones stay as they were.
func countingSort(items []uint32, n int, key func(uint32) uint32) []uint32 {
	next := make([]uint32, n+1)
	for _, x := range items {
		next[key(x)+1]++
	}
	for k := range n {
		next[k+1] += next[k]
	}
	out := make([]uint32, len(items))
	for _, x := range items {
		k := key(x)
		out[next[k]] = x
		next[k]++
	}
	return out
}

// numbering numbers terms as they come.
type numbering struct {
	terms    []rdf.Term
	iris     map[string]uint32
	literals map[kind]map[string]uint32
	rows     []row

	subject, graph string // of the last row: they often come again
}

func newNumbering() *numbering {
	return &numbering{iris: map[string]uint32{}, literals: map[kind]map[string]uint32{}}
}

func (n *numbering) add(x *rdf.Quad) {
	var r row
	if len(n.rows) > 0 {
		r = n.rows[len(n.rows)-1]
	}
	if len(n.rows) == 0 || x.Subject != n.subject {
		r.s = n.iri(x.Subject)
	}
	if len(n.rows) == 0 || x.Graph != n.graph {
		r.g = n.iri(x.Graph)
	}
	r.p = n.iri(x.Predicate)
	r.o = n.term(x.Object)
	n.rows = append(n.rows, r)
	n.subject, n.graph = x.Subject, x.Graph
}

func (n *numbering) iri(iri string) uint32 {
	number, ok := n.iris[iri]
	if !ok {
		number = uint32(len(n.terms))
		n.terms = append(n.terms, rdf.IRI(iri))
		n.iris[iri] = number
	}
	return number
}

func (n *numbering) term(t rdf.Term) uint32 {
	if !t.Literal {
		return n.iri(t.Value)
	}
	k := kind{t.Datatype, t.Lang}
	same, ok := n.literals[k]
	if !ok {
		same = map[string]uint32{}
		n.literals[k] = same
	}
	number, ok := same[t.Value]
	if !ok {
		number = uint32(len(n.terms))
		n.terms = append(n.terms, t)
		same[t.Value] = number
	}
	return number
}

// quads gives the rows, not sorted yet, with terms numbered in their order.
func (n *numbering) quads() *quadSet {
	order := make([]uint32, len(n.terms))
	for i := range order {
		order[i] = uint32(i)
	}
	order = sortedInHalves(order, func(a, b uint32) int { return rdf.CompareTerms(n.terms[a], n.terms[b]) })
	ordered, to := make([]rdf.Term, len(order)), make([]uint32, len(order))
	for i, old := range order {
		ordered[i], to[old] = n.terms[old], uint32(i)
	}
	for i, r := range n.rows {
		n.rows[i] = row{to[r.s], to[r.p], to[r.o], to[r.g]}
	}
	return &quadSet{terms: newTerms(nil, ordered), rows: n.rows}
}

// sortedInHalves sorts two halves of a list side by side, and merges them.
func sortedInHalves(list []uint32, compare func(a, b uint32) int) []uint32 {
	a, b := list[:len(list)/2], list[len(list)/2:]
	var half sync.WaitGroup
	half.Go(func() { slices.SortFunc(a, compare) })
	slices.SortFunc(b, compare)
	half.Wait()
	out := make([]uint32, 0, len(list))
	for len(a) > 0 && len(b) > 0 {
		if compare(b[0], a[0]) < 0 {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
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
		return q.pick(q.pos, func(r row) [2]uint32 { return [2]uint32{r.p, r.o} }, [2]uint32{w.p, w.o})
	case w.o != anyTerm:
		return q.pick(q.osp, func(r row) [2]uint32 { return [2]uint32{r.o} }, [2]uint32{w.o})
	case w.g != anyTerm:
		return q.pick(q.gsp, func(r row) [2]uint32 { return [2]uint32{r.g} }, [2]uint32{w.g})
	case w.p != anyTerm:
		return q.pick(q.pos, func(r row) [2]uint32 { return [2]uint32{r.p} }, [2]uint32{w.p})
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

func (q *quadSet) pick(order []uint32, key func(row) [2]uint32, want [2]uint32) []row {
	compare := func(i uint32, want [2]uint32) int {
		have := key(q.rows[i])
		return cmp.Or(cmp.Compare(have[0], want[0]), cmp.Compare(have[1], want[1]))
	}
	first, _ := slices.BinarySearchFunc(order, want, compare)
	var out []row
	for _, i := range order[first:] {
		if compare(i, want) != 0 {
			break
		}
		out = append(out, q.rows[i])
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
	for _, r := range q.pick(q.pos, func(r row) [2]uint32 { return [2]uint32{r.p, r.o} }, [2]uint32{p, o}) {
		if s := q.terms.value(r.s); len(out) == 0 || out[len(out)-1] != s {
			out = append(out, s)
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
