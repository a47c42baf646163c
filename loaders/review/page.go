package review

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"dialograph/graph"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

// page is what the template shows.
type page struct {
	Item      Item
	CSS       template.CSS
	JS        template.JS
	Policy    string // the page runs its own script and loads nothing
	Title     string
	Sources   []graph.Source
	Sentences []sentence
	Sections  []section
	Misses    []string
	Cited     int
	Silent    int // sentences that gave nothing
	Changed   int
}

// sentence is one of the text, with the white space before it.
type sentence struct {
	Before string
	Runs   []run
	Cited  bool
}

// Page writes an HTML page that shows a document on the left, with each passage
// that the record cites marked and numbered, and the record on the right. It is
// one file that needs nothing else; without JavaScript its numbers are links.
func Page(w io.Writer, item Item) error {
	d := documentOf(item)
	p := page{Item: item, CSS: template.CSS(pageCSS), JS: template.JS(pageJS), Title: item.Record.Event.Name, Sources: item.Record.Sources,
		Sections: sectionsOf(item, d), Misses: d.misses, Cited: len(d.passages), Changed: len(item.Changes),
		Policy: fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src %s; script-src %s", hash(pageCSS), hash(pageJS))}
	p.Sentences, p.Silent = sentencesShown(d)
	t, err := template.New("page").Funcs(template.FuncMap{"list": numbers, "first": firstRows(p.Sections), "web": isWeb}).Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("parse the page's template: %w", err)
	}
	if err := t.Execute(w, p); err != nil {
		return fmt.Errorf("write the page of %s: %w", item.Name, err)
	}
	return nil
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func sentencesShown(d *document) (out []sentence, silent int) {
	last := 0
	for _, s := range d.sentence {
		shown := sentence{Before: d.text[last:s.start], Runs: d.runs(s)}
		for _, r := range shown.Runs {
			shown.Cited = shown.Cited || len(r.Covers) > 0
		}
		if !shown.Cited {
			silent++
		}
		out = append(out, shown)
		last = s.end
	}
	return out, silent
}

func numbers(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " ")
}

// firstRows finds the row that a passage's number leads to: "2-5" is the sixth
// row of the third section.
func firstRows(sections []section) func(number int) string {
	rows := map[int]string{}
	for i, s := range sections {
		for j, r := range s.Rows {
			for _, n := range r.Cites {
				if rows[n] == "" {
					rows[n] = fmt.Sprintf("%d-%d", i, j)
				}
			}
		}
	}
	return func(number int) string { return rows[number] }
}

func isWeb(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}
