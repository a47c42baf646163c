package evaluate

import (
	"slices"

	"dialograph/graph"
)

// mentions scores topics or references. One that stands in gold's other list
// counts neither way.
func (t *statement) mentions(field string, threshold float64, found []graph.Mention, gold, other, optional []value) {
	near := overlapsBy(threshold)
	pairs, extra, missed := match(found, gold, func(m graph.Mention, g value) bool {
		return anyOf(forms(m.Name, m.AsWritten), []string{g.name()}, func(a, b string) bool { return near(a, b) || sameText(a, b) })
	})
	excused := namesOf(slices.Concat(optional, other, gold))
	extra = without(extra, func(m graph.Mention) bool { return anyOf(forms(m.Name, m.AsWritten), excused, near) })
	t.score.count(field, len(pairs), len(extra), len(missed))
	for _, m := range extra {
		t.note(field+"+", m.Name)
	}
	for _, g := range missed {
		t.note(field+"-", g.String())
	}
}
