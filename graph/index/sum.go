package index

import (
	"encoding/binary"

	"dialograph/graph/multiset"
)

// sum sums up the subjects of a set, each with all that is said of it. So two sets
// that have no subject in common have as their union the sum of both.
func (q *quadSet) sum() multiset.Sum {
	var out multiset.Sum
	var all []byte // of a subject
	for i := 0; i < len(q.rows); {
		s := q.rows[i].s
		all = appendValue(all[:0], q.terms.value(s))
		for last := (row{p: anyTerm, g: anyTerm}); i < len(q.rows) && q.rows[i].s == s; i++ {
			last = q.appendSaid(&all, q.rows[i], last)
		}
		out = out.Plus(multiset.Of(all))
	}
	return out
}

// appendSaid appends predicate, object and graph of a row; what is as in the row
// before is a zero.
func (q *quadSet) appendSaid(to *[]byte, r, last row) row {
	b := *to
	for _, x := range [2][2]uint32{{r.p, last.p}, {r.g, last.g}} {
		if x[0] == x[1] {
			b = append(b, 0)
		} else {
			b = appendValue(b, q.terms.value(x[0]))
		}
	}
	b = appendValue(b, q.terms.value(r.o))
	b = append(b, 0)
	if k := q.terms.kind(r.o); k != nil {
		b = appendValue(appendValue(append(b[:len(b)-1], 1), k.datatype), k.lang)
	}
	*to = b
	return r
}

// appendValue appends a value after its length plus one.
func appendValue(b []byte, value string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(value))+1), value...)
}
