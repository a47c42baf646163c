package index

import "dialograph/graph/rdf"

// reading is a view for one reader, which asks much of one subject, then of the
// next.
type reading struct {
	*quadSet
	predicates map[string]uint32
	subject    string
	about      []row // of the subject
	out        []rdf.Stated
	found      []uint32 // the subjects that were last found
	next       int      // of them, which may be asked for
}

func newReading(q *quadSet) *reading { return &reading{quadSet: q, predicates: map[string]uint32{}} }

// Stated implements rdf.View. What it gives holds until the next call.
func (r *reading) Stated(subject, predicate string) []rdf.Stated {
	rows := r.said(subject, predicate)
	to := 0
	for to < len(rows) && rows[to].p == rows[0].p {
		to++
	}
	r.out = r.stated(r.out[:0], rows[:to])
	return r.out
}

// Value implements rdf.Valued.
func (r *reading) Value(subject, predicate string) string {
	if rows := r.said(subject, predicate); len(rows) > 0 {
		return r.terms.value(rows[0].o)
	}
	return ""
}

// Subjects implements rdf.View.
func (r *reading) Subjects(predicate, object string) []string {
	p, known := r.predicate(predicate)
	o, ok := r.terms.iri(object, "")
	if !known || !ok {
		return nil
	}
	var out []string
	r.found, r.next = r.found[:0], 0
	for _, i := range r.with(p, o) {
		if s := r.quadSet.rows[i].s; len(r.found) == 0 || r.found[len(r.found)-1] != s {
			r.found = append(r.found, s)
			out = append(out, r.terms.value(s))
		}
	}
	return out
}

// said gives the rows of a subject that begin with a predicate, and what follows.
func (r *reading) said(subject, predicate string) []row {
	if subject != r.subject {
		r.subject, r.about = subject, nil
		if s, ok := r.number(subject); ok {
			r.about = r.quadSet.subject(s, anyTerm)
		}
	}
	p, known := r.predicate(predicate)
	if !known {
		return nil
	}
	for i, x := range r.about {
		if x.p == p {
			return r.about[i:]
		}
	}
	return nil
}

// number finds the number of an IRI: it may be the next of those that were last found.
func (r *reading) number(iri string) (uint32, bool) {
	for range min(len(r.found), 2) {
		if r.next == len(r.found) {
			r.next = 0
		}
		n := r.found[r.next]
		r.next++
		if r.terms.value(n) == iri {
			return n, true
		}
	}
	return r.terms.iri(iri, "")
}

func (r *reading) predicate(iri string) (uint32, bool) {
	p, known := r.predicates[iri]
	if !known {
		n, ok := r.terms.iri(iri, "")
		if p = anyTerm; ok {
			p = n
		}
		r.predicates[iri] = p
	}
	return p, p != anyTerm
}
