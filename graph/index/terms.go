package index

import (
	"cmp"
	"sort"
	"strings"

	"dialograph/graph/rdf"
)

// terms are numbered in their order, IRIs first. Their values stand one after
// the other in one text, of which everything that is read is a part.
type terms struct {
	text   string
	starts []uint64 // where each value begins; one more than terms
	kindOf []uint32 // of literals: number of a kind
	kinds  []kind
	table  table // of IRIs
}

// kind is what makes literals of the same value differ.
type kind struct{ datatype, lang string }

// term is a value and, of a literal, its kind.
type term struct {
	value string
	kind  *kind // nil for an IRI
}

// compare orders as rdf.CompareTerms does.
func (t term) compare(x term) int {
	switch {
	case t.kind == nil && x.kind != nil:
		return -1
	case t.kind != nil && x.kind == nil:
		return 1
	case t.kind == x.kind:
		return strings.Compare(t.value, x.value)
	}
	return cmp.Or(strings.Compare(t.value, x.value), strings.Compare(t.kind.datatype, x.kind.datatype), strings.Compare(t.kind.lang, x.kind.lang))
}

// newTerms takes terms in their order.
func newTerms(p *pace, ordered []term) *terms {
	t := textOfTerms(p, ordered)
	t.hash(p)
	return t
}

// textOfTerms is newTerms without the table.
func textOfTerms(p *pace, ordered []term) *terms {
	t := &terms{starts: make([]uint64, 0, len(ordered)+1)}
	size := 0
	for _, x := range ordered {
		size += len(x.value)
	}
	var text strings.Builder
	text.Grow(size)
	known := map[kind]uint32{}
	for _, x := range ordered {
		p.rest()
		t.starts = append(t.starts, uint64(text.Len()))
		text.WriteString(x.value)
		if x.kind == nil {
			continue
		}
		n, ok := known[*x.kind]
		if !ok {
			n = uint32(len(t.kinds))
			known[*x.kind] = n
			t.kinds = append(t.kinds, *x.kind)
		}
		t.kindOf = append(t.kindOf, n)
	}
	t.starts = append(t.starts, uint64(text.Len()))
	t.text = text.String()
	return t
}

// hash makes the table of IRIs.
func (t *terms) hash(p *pace) {
	t.table = newTable(t.iris(), func(n uint32) uint64 {
		p.rest()
		return hashOf(t.value(n), "")
	})
}

func (t *terms) len() int { return len(t.starts) - 1 }

// iris is the number of IRIs, which is also that of the first literal.
func (t *terms) iris() int { return t.len() - len(t.kindOf) }

func (t *terms) value(n uint32) string { return t.text[t.starts[n]:t.starts[n+1]] }

func (t *terms) term(n uint32) rdf.Term {
	k := t.kind(n)
	if k == nil {
		return rdf.IRI(t.value(n))
	}
	return rdf.Term{Value: t.value(n), Datatype: k.datatype, Lang: k.lang, Literal: true}
}

func (t *terms) typed(n uint32) term { return term{t.value(n), t.kind(n)} }

// kind is nil for an IRI.
func (t *terms) kind(n uint32) *kind {
	iris := uint32(t.iris())
	if n < iris {
		return nil
	}
	return &t.kinds[t.kindOf[n-iris]]
}

// iri finds the number of an IRI, of which two parts are given.
func (t *terms) iri(a, b string) (uint32, bool) {
	return t.table.find(hashOf(a, b), func(n uint32) bool {
		v := t.value(n)
		return len(v) == len(a)+len(b) && v[:len(a)] == a && v[len(a):] == b
	})
}

// number finds the number of a term.
func (t *terms) number(x rdf.Term) (uint32, bool) {
	if !x.Literal {
		return t.iri(x.Value, "")
	}
	first := t.iris()
	i := sort.Search(len(t.kindOf), func(i int) bool { return rdf.CompareTerms(t.term(uint32(first+i)), x) >= 0 })
	n := uint32(first + i)
	return n, i < len(t.kindOf) && t.term(n) == x
}
