package index

import "dialograph/graph/rdf"

// reading is a view for one reader, which asks much of one subject, then of the
// next.
type reading struct {
	*quadSet
	predicates map[string]uint32
	subject    string
	rows       []row // of the subject
	out        []rdf.Stated
}

func newReading(q *quadSet) *reading { return &reading{quadSet: q, predicates: map[string]uint32{}} }

// Stated implements rdf.View. What it gives holds until the next call.
func (r *reading) Stated(subject, predicate string) []rdf.Stated {
	if subject != r.subject {
		r.subject, r.rows = subject, nil
		if s, ok := r.terms.iri(subject, ""); ok {
			r.rows = r.quadSet.subject(s, anyTerm)
		}
	}
	p, known := r.predicates[predicate]
	if !known {
		n, ok := r.terms.iri(predicate, "")
		if p = anyTerm; ok {
			p = n
		}
		r.predicates[predicate] = p
	}
	from := 0
	for from < len(r.rows) && r.rows[from].p < p {
		from++
	}
	to := from
	for to < len(r.rows) && r.rows[to].p == p {
		to++
	}
	r.out = r.stated(r.out[:0], r.rows[from:to])
	return r.out
}
