// Package citation writes sources as reference managers read them: BibLaTeX
// entries (biblatex manual, 2.1.1, @online) and CSL-JSON items (Citation Style
// Language 1.0.2). Nothing is made up: what a source does not say is left out.
package citation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/edtf"
)

// Source is a document to cite. ID is its identifier in the graph.
type Source struct {
	ID graph.ID
	graph.Source
}

// BibTeX writes one @online entry a source, in the order of their identifiers.
// Names and titles keep their script; characters that TeX gives a meaning are
// escaped.
func BibTeX(sources []Source) string {
	var b strings.Builder
	for i, s := range ordered(sources) {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "@online{%s,\n", s.ID.Slug())
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
			}
		}
		if s.Publisher != "" {
			field("author", "{"+escape(s.Publisher)+"}") // braces: a body, not a person
		}
		field("title", escape(titleOf(s)))
		field("date", s.Published)
		field("url", address.Replace(s.URL))
		field("urldate", s.Retrieved)
		field("langid", s.Language)
		b.WriteString("}\n")
	}
	return b.String()
}

// CSL writes a JSON list of CSL items, in the order of their identifiers.
func CSL(sources []Source) string {
	items := []item{}
	for _, s := range ordered(sources) {
		x := item{ID: s.ID.Slug(), Type: "webpage", Title: titleOf(s), URL: s.URL, Language: s.Language, Issued: dateOf(s.Published), Accessed: dateOf(s.Retrieved)}
		if s.Publisher != "" {
			x.Author = []author{{s.Publisher}}
		}
		items = append(items, x)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(items); err != nil {
		panic(err) // of texts and numbers
	}
	return b.String()
}

// item is a CSL-JSON item, as far as we fill it.
type item struct {
	ID       string   `json:"id"`
	Type     string   `json:"type"`
	Title    string   `json:"title"`
	Author   []author `json:"author,omitempty"`
	Issued   *date    `json:"issued,omitempty"`
	URL      string   `json:"URL,omitempty"`
	Accessed *date    `json:"accessed,omitempty"`
	Language string   `json:"language,omitempty"`
}

type author struct {
	Literal string `json:"literal"`
}

type date struct {
	Parts [][]int `json:"date-parts,omitempty"`
	Raw   string  `json:"raw,omitempty"`
}

// dateOf writes a plain day, month or year as numbers, and any other EDTF date
// as it is.
func dateOf(text string) *date {
	if text == "" {
		return nil
	}
	d, err := edtf.Parse(text)
	first, ok := d.Earliest()
	if err != nil || !ok || d.Approximate() || d.Uncertain() {
		return &date{Raw: text}
	}
	parts := []int{first.Year(), int(first.Month()), first.Day()}
	switch text {
	case first.Format("2006"):
		parts = parts[:1]
	case first.Format("2006-01"):
		parts = parts[:2]
	case first.Format("2006-01-02"):
	default:
		return &date{Raw: text}
	}
	return &date{Parts: [][]int{parts}}
}

func titleOf(s Source) string {
	for _, title := range []string{s.Title, s.URL} {
		if title != "" {
			return title
		}
	}
	return s.ID.Slug()
}

func ordered(sources []Source) []Source {
	out := slices.Clone(sources)
	slices.SortFunc(out, func(a, b Source) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

// escape writes text for a field of BibLaTeX.
func escape(text string) string { return tex.Replace(strings.Join(strings.Fields(text), " ")) }

var tex = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`)

// address keeps a URL from ending the field that it stands in.
var address = strings.NewReplacer("{", "%7B", "}", "%7D", " ", "%20", `\`, "%5C")
