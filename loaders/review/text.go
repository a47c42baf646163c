package review

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// Text writes for a terminal each sentence of the document with what it gave,
// then what no passage backs. What a person changed has a star. Control
// characters of the document are shown, not sent.
func Text(w io.Writer, item Item) error {
	d := documentOf(item)
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n%s\n", item.Name, item.State, item.Record.Event.Name)
	sections := sectionsOf(item, d)
	for _, s := range d.sentence {
		fmt.Fprintf(&b, "\n%s\n", strings.Join(strings.Fields(d.text[s.start:s.end]), " "))
		given := rowsWhere(sections, func(r row) bool { return d.beginsIn(r, s) })
		if given == "" {
			given = "    -\n"
		}
		b.WriteString(given)
	}
	if rest := rowsWhere(sections, func(r row) bool { return len(r.Cites) == 0 }); rest != "" {
		b.WriteString("\nwithout a passage of this text\n" + rest)
	}
	_, err := io.WriteString(w, visible(b.String()))
	return err
}

// beginsIn tells whether the sentence holds the beginning of a passage of the row.
func (d *document) beginsIn(r row, s stretch) bool {
	return slices.ContainsFunc(r.Cites, func(n int) bool {
		p := d.passages[n-1]
		return p.start >= s.start && p.start < s.end
	})
}

func rowsWhere(sections []section, holds func(row) bool) string {
	var b strings.Builder
	for _, s := range sections {
		for _, r := range s.Rows {
			if !holds(r) {
				continue
			}
			sign := " "
			if len(r.Changes) > 0 {
				sign = "*"
			}
			line := fmt.Sprintf("  %s %s / %s: %s", sign, s.Title, r.Label, r.Value)
			for _, more := range append(slices.Clone(r.Details), r.Changes...) {
				line += "; " + more
			}
			b.WriteString(strings.Join(strings.Split(line, "\n"), " ") + "\n")
		}
	}
	return b.String()
}

// visible shows what a terminal would obey or turn around.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return '\uFFFD'
		}
		return r
	}, text)
}
