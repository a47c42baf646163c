package citation

import (
	"encoding/json"
	"strings"
	"testing"

	"dialograph/graph"

	"pgregory.net/rapid"
)

var sources = []Source{
	{"source/b", graph.Source{URL: "https://example.org/{b} c", Title: "Cyber & Talks: 100 % of $ #1_2", Publisher: "외교부", Published: "2025-05-27", Retrieved: "2026-11", Language: "ko"}},
	{"source/a", graph.Source{URL: "https://example.org/a", Published: "2020~"}},
}

func TestBibTeX(t *testing.T) {
	const want = `@online{a,
  title = {https://example.org/a},
  date = {2020~},
  url = {https://example.org/a},
}

@online{b,
  author = {{외교부}},
  title = {Cyber \& Talks: 100 \% of \$ \#1\_2},
  date = {2025-05-27},
  url = {https://example.org/%7Bb%7D%20c},
  urldate = {2026-11},
  langid = {ko},
}
`
	if got := BibTeX(sources); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCSL(t *testing.T) {
	var items []struct {
		ID, Type, Title, URL string
		Author               []struct{ Literal string }
		Issued, Accessed     struct {
			Parts [][]int `json:"date-parts"`
			Raw   string
		}
	}
	if err := json.Unmarshal([]byte(CSL(sources)), &items); err != nil {
		t.Fatal(err)
	}
	a, b := items[0], items[1]
	if a.ID != "a" || a.Title != "https://example.org/a" || a.Issued.Raw != "2020~" || a.Author != nil {
		t.Errorf("got %+v", a)
	}
	if b.Author[0].Literal != "외교부" || len(b.Issued.Parts[0]) != 3 || len(b.Accessed.Parts[0]) != 2 || !strings.Contains(b.Title, "&") {
		t.Errorf("got %+v", b)
	}
}

// Whatever a source is called, braces are balanced, so that no entry swallows
// the next.
func TestBracesBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`{}\%&$#_~^ a가é`+"\n"))).Draw(t, "text")
		out := BibTeX([]Source{{"source/x", graph.Source{Title: text, Publisher: text, URL: text}}})
		depth, escaped := 0, false
		for _, r := range out {
			switch {
			case escaped:
				escaped = false
			case r == '\\':
				escaped = true
			case r == '{':
				depth++
			case r == '}':
				depth--
			}
			if depth < 0 {
				t.Fatalf("unbalanced: %s", out)
			}
		}
		if depth != 0 {
			t.Fatalf("unbalanced: %s", out)
		}
	})
}
