package index

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"dialograph/graph/rdf"
)

// readQuads builds the set from whatever hands quads out, in any order. Terms are
// numbered beside the reading, by as many as there are cores, each with numbers of
// its own.
func readQuads(ctx context.Context, each func(context.Context, func(rdf.Quad) error) error) (*quadSet, error) {
	const size = 1024
	list := make([]*numbering, min(runtime.GOMAXPROCS(0), 4))
	most := 2 * len(list)
	full, empty := make(chan []rdf.Quad, most), make(chan []rdf.Quad, most)
	for range most {
		empty <- make([]rdf.Quad, 0, size)
	}
	var numbered sync.WaitGroup
	for i := range list {
		n := newNumbering()
		list[i] = n
		numbered.Go(func() {
			for batch := range full {
				for i := range batch {
					n.add(&batch[i])
				}
				empty <- batch[:0]
			}
		})
	}
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
	return setOf(list), nil
}

// numbering numbers terms as they come. It keeps their values, and nothing of what
// they are parts of.
type numbering struct {
	terms    []numbered
	iris     map[string]uint32
	literals map[kind]*sameKind
	rows     [][]row         // in blocks
	text     strings.Builder // the last stretch of values

	subject, graph string // of the last row: they often come again
	last           row
}

// numbered is a term and the number that it has so far.
type numbered struct {
	term
	number uint32
}

// sameKind numbers literals of one kind.
type sameKind struct {
	kind
	numbers map[string]uint32
}

func newNumbering() *numbering {
	return &numbering{iris: map[string]uint32{}, literals: map[kind]*sameKind{}}
}

// block is how many rows are kept in one piece.
const block = 1 << 14

func (n *numbering) add(x *rdf.Quad) {
	first := n.rows == nil
	r := row{s: n.last.s, g: n.last.g, p: n.iri(x.Predicate), o: n.object(&x.Object)}
	if first || x.Subject != n.subject {
		r.s = n.iri(x.Subject)
	}
	if first || x.Graph != n.graph {
		r.g = n.iri(x.Graph)
	}
	n.subject, n.graph, n.last = x.Subject, x.Graph, r
	at := len(n.rows) - 1
	if first || len(n.rows[at]) == block {
		n.rows = append(n.rows, nil)
		at++
	}
	n.rows[at] = append(n.rows[at], r)
}

func (n *numbering) iri(iri string) uint32 {
	number, ok := n.iris[iri]
	if !ok {
		number = n.enter(term{value: iri}, n.iris)
	}
	return number
}

func (n *numbering) object(t *rdf.Term) uint32 {
	if !t.Literal {
		return n.iri(t.Value)
	}
	same, ok := n.literals[kind{t.Datatype, t.Lang}]
	if !ok {
		same = &sameKind{kind{strings.Clone(t.Datatype), strings.Clone(t.Lang)}, map[string]uint32{}}
		n.literals[same.kind] = same
	}
	number, ok := same.numbers[t.Value]
	if !ok {
		number = n.enter(term{t.Value, &same.kind}, same.numbers)
	}
	return number
}

// enter gives a term the next number. Its value is copied to the end of a stretch of
// text.
func (n *numbering) enter(t term, numbers map[string]uint32) uint32 {
	const stretch = 1 << 18
	if n.text.Cap()-n.text.Len() < len(t.value) {
		n.text = strings.Builder{}
		n.text.Grow(max(min(stretch, 64*len(n.terms)), len(t.value)))
	}
	at := n.text.Len()
	n.text.WriteString(t.value)
	t.value = n.text.String()[at:]
	number := uint32(len(n.terms))
	n.terms = append(n.terms, numbered{t, number})
	numbers[t.value] = number
	return number
}

// setOf makes the set of all rows, with terms numbered in their order.
func setOf(list []*numbering) *quadSet {
	var each sync.WaitGroup
	for _, n := range list {
		n.iris, n.literals = nil, nil // all are met
		each.Go(func() { slices.SortFunc(n.terms, func(a, b numbered) int { return a.compare(b.term) }) })
	}
	each.Wait()
	ordered, numbers := merged(list)
	for i, n := range list {
		n.terms = nil
		each.Go(func() {
			for _, rows := range n.rows {
				for k, r := range rows {
					rows[k] = r.renumbered(numbers[i])
				}
			}
		})
	}
	q := &quadSet{terms: textOfTerms(nil, ordered)}
	each.Wait()
	each.Go(func() { q.terms.hash(nil) })
	q.sort(list)
	q.orders(nil)
	each.Wait()
	return q
}

// merged gives the terms of all in one order, and of each the new numbers.
func merged(list []*numbering) (ordered []term, numbers [][]uint32) {
	numbers = make([][]uint32, len(list))
	rest := make([][]numbered, len(list))
	most := 0
	for i, n := range list {
		numbers[i], rest[i] = make([]uint32, len(n.terms)), n.terms
		most += len(n.terms)
	}
	ordered = make([]term, 0, most)
	for {
		first := -1
		for i, r := range rest {
			if len(r) > 0 && (first < 0 || r[0].compare(rest[first][0].term) < 0) {
				first = i
			}
		}
		if first < 0 {
			return ordered, numbers
		}
		next := rest[first][0]
		if last := len(ordered) - 1; last < 0 || ordered[last].compare(next.term) != 0 {
			ordered = append(ordered, next.term)
		}
		numbers[first][next.number] = uint32(len(ordered) - 1)
		rest[first] = rest[first][1:]
	}
}

// sort puts the rows in order, each once.
func (q *quadSet) sort(list []*numbering) {
	next := make([]uint32, q.terms.len()+1)
	all := 0
	for _, n := range list {
		for _, rows := range n.rows {
			all += len(rows)
			for _, r := range rows {
				next[r.s+1]++
			}
		}
	}
	for s := range len(next) - 1 {
		next[s+1] += next[s]
	}
	rows := make([]row, all)
	for _, n := range list {
		for _, some := range n.rows {
			for _, r := range some {
				rows[next[r.s]] = r
				next[r.s]++
			}
		}
		n.rows = nil
	}
	inParts(rows, func(some []row) {
		for len(some) > 0 {
			n := 1
			for n < len(some) && some[n].s == some[0].s {
				n++
			}
			if same := some[:n]; !slices.IsSortedFunc(same, row.compare) {
				slices.SortFunc(same, row.compare)
			}
			some = some[n:]
		}
	})
	q.rows = slices.Compact(rows)
	q.findSubjects()
}

// inParts does something with parts of rows that are in the order of subjects, side
// by side; no two parts have a subject in common.
func inParts(rows []row, do func([]row)) {
	var parts sync.WaitGroup
	for left := runtime.GOMAXPROCS(0); left > 0; left-- {
		end := len(rows) / left
		for end > 0 && end < len(rows) && rows[end].s == rows[end-1].s {
			end++
		}
		some := rows[:end]
		rows = rows[end:]
		parts.Go(func() { do(some) })
	}
	parts.Wait()
}

// findSubjects finds where the rows of each subject begin.
func (q *quadSet) findSubjects() {
	n := q.terms.len()
	q.first = make([]uint32, n+1)
	at := 0
	for s := range n {
		for at < len(q.rows) && q.rows[at].s < uint32(s) {
			at++
		}
		q.first[s] = uint32(at)
	}
	q.first[n] = uint32(len(q.rows))
}

// orders makes the other orders of the sorted rows. Each is one counting sort of an
// order that has the later positions right: by object, those in the order of subject,
// predicate, object and graph become object, subject, predicate, graph.
func (q *quadSet) orders(p *pace) {
	var beside sync.WaitGroup
	byGraph := func() { q.gsp = q.by(nil, row.graph) }
	if p == nil {
		beside.Go(byGraph)
	} else {
		byGraph() // the other core is for queries
	}
	p.rest()
	q.osp = q.by(nil, row.object)
	p.rest()
	q.pos = q.by(q.osp, row.predicate)
	p.rest()
	beside.Wait()
}

// by puts all rows, which have an order, in that of their terms at one position;
// where these are equal, they stay in order. A nil order is that of the rows.
func (q *quadSet) by(order []uint32, key func(row) uint32) []uint32 {
	next := make([]uint32, q.terms.len()+1)
	for _, r := range q.rows {
		next[key(r)+1]++
	}
	for k := range len(next) - 1 {
		next[k+1] += next[k]
	}
	out := make([]uint32, len(q.rows))
	for i := range uint32(len(q.rows)) {
		if order != nil {
			i = order[i]
		}
		k := key(q.rows[i])
		out[next[k]] = i
		next[k]++
	}
	return out
}
