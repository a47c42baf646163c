package review

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"dialograph/graph"
	"dialograph/graph/graphtest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// example is an item whose statement has every kind of thing on the page.
func example(t *testing.T) Item {
	t.Helper()
	text := fileOf(t, "testdata/page/statement.txt")
	base := read(t, fileOf(t, "testdata/page/proposed.yaml"))
	mine := read(t, fileOf(t, "testdata/page/record.yaml"))
	return Item{Name: mine.ID, File: mine.ID + ".yaml", State: mine.Review, Record: mine, Proposed: base, Text: text, Changes: Changes(base, mine)}
}

// The page and the text of testdata/page are as they were; -update rewrites them.
func TestPage(t *testing.T) {
	var page, text bytes.Buffer
	if err := Page(&page, example(t)); err != nil {
		t.Fatal(err)
	}
	if err := Text(&text, example(t)); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"page.html": page.String(), "page.txt": text.String()} {
		path := filepath.Join("testdata/page", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(fileOf(t, path), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if size := len(pageCSS) + len(pageJS); size > 10<<10 {
		t.Errorf("style and script have %d bytes, want fewer than 10 KB", size)
	}
}

// The list leads to every page, tells what a person did, and runs nothing,
// whatever a record is called.
func TestIndex(t *testing.T) {
	item := example(t)
	named := Item{Name: "index", State: "reviewed", Record: proposed(hostile, "https://example.org/a", "a")}
	named.Record.Event.Name = hostile
	var page bytes.Buffer
	if err := Index(&page, []Item{item, named}); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for node := range doc.Descendants() {
		if node.Type == html.ElementNode && (node.Data == "script" || node.Data == "img") {
			t.Errorf("the list has <%s>", node.Data)
		}
		for _, a := range node.Attr {
			if a.Key == "href" {
				links = append(links, a.Val)
			}
		}
	}
	want := []string{item.Name + ".html", "index_.html"}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if text := wordsOf(doc); !strings.Contains(text, "1 reviewed") || !strings.Contains(text, fmt.Sprintf("%d changes by a person", len(item.Changes))) {
		t.Errorf("the list says %q", text)
	}
}

// hostile is written where a text, a name, an address can be.
const hostile = `</mark></span><script>alert(1)</script><img src=x onerror=alert(2)>"' onmouseover='alert(3)` + "\u202e\x1b[2J"

// A hostile document and record add no element and no attribute, and send no
// control characters to a terminal.
func TestNothingEscapes(t *testing.T) {
	r := proposed(hostile, "https://example.org/a", "a")
	n := utf8.RuneCountInString(hostile)
	r.Event.Name = hostile
	r.Event.Support = map[string][]string{"city": {fmt.Sprintf("s1#char=0,%d", n)}, "name": {"s1#char=2,30", hostile}}
	r.Topics = []graph.Mention{{Name: hostile, Stance: hostile, AsWritten: hostile}}
	r.Sources[0].Passages = []graph.Passage{{Char: fmt.Sprintf("0,%d", n), Exact: hostile}, {Char: "2,30", Exact: hostile}}
	r.Sources = append(r.Sources, graph.Source{ID: "s2", URL: "javascript:alert(4)", Title: hostile})
	plain := proposed("Riga", "https://example.org/a", "a")
	item := Item{Name: hostile, State: hostile, Record: r, Proposed: plain, Text: hostile + "\n\n" + hostile, Changes: Changes(plain, r)}
	item.Problems = append(item.Problems, put1(t, Folder{t.TempDir()}, plain).Problems...)
	var page, text bytes.Buffer
	if err := Page(&page, item); err != nil {
		t.Fatal(err)
	}
	if err := Text(&text, item); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(text.String(), "\x1b\u202e") {
		t.Errorf("the terminal gets control characters: %q", text.String())
	}
	doc, err := html.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for node := range doc.Descendants() {
		if node.Type == html.ElementNode && node.Data == "script" {
			scripts++
		}
		if node.Type == html.ElementNode && node.Data == "img" {
			t.Error("the page has a picture")
		}
		for _, a := range node.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(a.Val, "javascript:") {
				t.Errorf("<%s> has %s=%q", node.Data, a.Key, a.Val)
			}
		}
	}
	if scripts != 1 {
		t.Errorf("the page has %d scripts, want its own only", scripts)
	}
}

// The words of the text are all on the page, in order, whatever is marked in
// them, and every number leads somewhere.
func TestPageShowsTheWholeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := graphtest.Record(t)
		text := strings.Join(rapid.SliceOfN(rapid.Custom(graphtest.Text), 0, 8).Draw(t, "text"), ". ")
		var page bytes.Buffer
		if err := Page(&page, Item{Name: r.ID, State: r.Review, Record: r, Text: text}); err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(&page)
		if err != nil {
			t.Fatal(err)
		}
		ids, shown := map[string]bool{}, ""
		var links []string
		for node := range doc.Descendants() {
			for _, a := range node.Attr {
				if a.Key == "id" {
					if ids[a.Val] {
						t.Fatalf("two things are called %s", a.Val)
					}
					ids[a.Val] = true
				}
				if link, ok := strings.CutPrefix(a.Val, "#"); ok && a.Key == "href" {
					links = append(links, link)
				}
				if a.Key == "class" && a.Val == "words" {
					shown = wordsOf(node)
				}
			}
		}
		for _, l := range links {
			if !ids[l] {
				t.Fatalf("#%s leads nowhere", l)
			}
		}
		if strings.Join(strings.Fields(shown), " ") != strings.Join(strings.Fields(text), " ") {
			t.Fatalf("got %q, want %q", shown, text)
		}
	})
}

// wordsOf gives the text of an element without the numbers in it.
func wordsOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Type == html.ElementNode && n.Data == "a" {
		return ""
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(wordsOf(c))
	}
	return b.String()
}
