package rdf

import (
	"slices"
	"strings"

	"dialograph/graph/vocab"
)

// Without gives a unit without what a source alone supports: the statements in
// its graph or in those of its passages, and its description. The second result
// tells whether the unit cites the source at all.
func Without(base Base, u Unit, source string) (Unit, bool) {
	if !slices.Contains(u.Cites, source) {
		return u, false
	}
	ofSource := map[string]bool{source: true}
	for _, q := range u.Quads {
		if (q.Predicate == vocab.HasSource || q.Predicate == vocab.Source) && q.Object.Value == source {
			ofSource[q.Subject] = true // its passages and citations
		}
	}
	rest := Unit{Key: u.Key}
	for _, c := range u.Cites {
		if c != source {
			rest.Cites = append(rest.Cites, c)
		}
	}
	for _, q := range u.Quads {
		if !ofSource[q.Graph] && !(q.Graph == base.Provenance() && ofSource[q.Subject]) {
			rest.Quads = append(rest.Quads, q)
		}
	}
	rest.Quads = withoutOrphans(base, rest.Quads)
	return rest, true
}

// withoutOrphans drops what is left of nodes whose type is no longer stated,
// such as the editors' marks on a value that no source gives any more, and the
// provisional entries that nothing names any more.
func withoutOrphans(base Base, quads []Quad) []Quad {
	typed, named, provisional := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, q := range quads {
		switch {
		case q.Predicate == vocab.Type:
			typed[q.Subject] = true
		case q.Predicate == vocab.Provisional:
			provisional[q.Subject] = true
		case !q.Object.Literal:
			named[q.Object.Value] = true
		}
	}
	return slices.DeleteFunc(quads, func(q Quad) bool {
		ours := strings.HasPrefix(q.Subject, string(base))
		return ours && (!typed[q.Subject] || provisional[q.Subject] && !named[q.Subject])
	})
}
