package index

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"dialograph/graph/vocab"
)

// Faults lists what is wrong in the quads themselves: graphs that nothing
// describes, and quotations that cannot be right.
func (s *Snapshot) Faults() []string {
	var out []string
	s.Quads.graphs(func(iri string) {
		if iri != s.Base.Provenance() && len(s.Quads.Stated(iri, vocab.Type)) == 0 {
			out = append(out, fmt.Sprintf("graph %s is not described", iri))
		}
	})
	slices.Sort(out)
	out = slices.Compact(out)
	for p := range s.Passages() {
		if said := s.Quads.Stated(s.Base.IRI(p.ID), vocab.Exact); len(said) > 1 {
			out = append(out, fmt.Sprintf("%s is quoted with different words: %q, %q", p.ID, said[0].Object.Value, said[1].Object.Value))
		}
	}
	for _, source := range s.Sources {
		out = append(out, quotationFaults(s.OfSource(source).Passages)...)
	}
	return out
}

// quotationFaults compares the passages of one source, in order of their start.
func quotationFaults(list []*Passage) []string {
	var out []string
	for i, p := range list {
		if n := utf8.RuneCountInString(p.Exact); n != p.End-p.Start {
			out = append(out, fmt.Sprintf("%s: has %d code points, its range %d", p.ID, n, p.End-p.Start))
			continue
		}
		for _, q := range list[i+1:] {
			if q.Start >= p.End {
				break
			}
			if !agree(p, q) {
				out = append(out, fmt.Sprintf("%s and %s overlap but quote different words", p.ID, q.ID))
			}
		}
	}
	return out
}

// agree compares the common stretch of two passages, the first of which starts
// first.
func agree(p, q *Passage) bool {
	a, b := []rune(p.Exact), []rune(q.Exact)
	end := min(p.End, q.End)
	if len(b) != q.End-q.Start {
		return true // reported by itself
	}
	return string(a[q.Start-p.Start:end-p.Start]) == string(b[:end-q.Start])
}
