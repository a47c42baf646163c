package index

import (
	"encoding/binary"

	"dialograph/graph/multiset"
)

// sum sums up the subjects of a set, each with all that is said of it. So the sum of
// two sets that have no subject in common is that of their union.
func (q *quadSet) sum() multiset.Sum {
	var out multiset.Sum
	var all []byte // of a subject
	none := row{p: anyTerm, g: anyTerm}
	for i := 0; i < len(q.rows); {
		s, last := q.rows[i].s, none
		all = appendValue(all[:0], q.terms.value(s))
		for ; i < len(q.rows) && q.rows[i].s == s; i++ {
			all = q.appendSaid(all, q.rows[i], last)
			last = q.rows[i]
		}
		out = out.Plus(multiset.Of(all))
	}
	return out
}

// appendSaid appends predicate, graph and object of a row, after the row before it.
func (q *quadSet) appendSaid(b []byte, r, last row) []byte {
	b = q.appendTerm(b, r.p, last.p)
	b = q.appendTerm(b, r.g, last.g)
	b = appendValue(b, q.terms.value(r.o))
	if k := q.terms.kind(r.o); k != nil {
		return appendValue(appendValue(append(b, 1), k.datatype), k.lang)
	}
	return append(b, 0)
}

// appendTerm appends the value of a term, or a zero where it is the one before.
func (q *quadSet) appendTerm(b []byte, n, last uint32) []byte {
	if n == last {
		return append(b, 0)
	}
	return appendValue(b, q.terms.value(n))
}

// appendValue appends a value after its length plus one.
func appendValue(b []byte, value string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))+1), value...)
}
