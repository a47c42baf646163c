package source

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

// show writes a document as the expectations in testdata do: what it says of
// itself, then each passage with the kind of its block.
func show(d *Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title     %s\npublisher %s\npublished %s\nlanguage  %s\nurl       %s\n\n", d.Title, d.Publisher, d.Published, d.Language, d.URL)
	for _, p := range d.Passages() {
		words := strings.ReplaceAll(d.Text[p.Start:p.End], "\u00a0", "␣")
		fmt.Fprintf(&b, "%-9s %s\n", d.Blocks[p.Block].Kind, strings.ReplaceAll(words, "\n", "⏎"))
	}
	return emptyValue.ReplaceAllString(b.String(), "\n")
}

var emptyValue = regexp.MustCompile(` +\n`)

func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Read("page.html", a.Files[0].Data)
			if err != nil {
				t.Fatal(err)
			}
			checkDocument(t, d)
			got := show(d)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 {
				t.Fatal("expects nothing yet: run with -update")
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// checkDocument holds for every document: blocks and passages lie in the text in
// order, and spans count to the same words as bytes.
func checkDocument(t testing.TB, d *Document) {
	t.Helper()
	end := 0
	for i, b := range d.Blocks {
		if b.Start < end || b.End <= b.Start || b.End > len(d.Text) {
			t.Fatalf("block %d at %d–%d, after %d, in a text of %d bytes", i, b.Start, b.End, end, len(d.Text))
		}
		end = b.End
	}
	end = 0
	for i, p := range d.Passages() {
		if p.Start < end || p.End <= p.Start {
			t.Fatalf("passage %d at %d–%d, after %d", i, p.Start, p.End, end)
		}
		b := d.Blocks[p.Block]
		if p.Start < b.Start || p.End > b.End {
			t.Fatalf("passage %d at %d–%d is not in its block at %d–%d", i, p.Start, p.End, b.Start, b.End)
		}
		if got, want := d.Slice(p.Span), d.Text[p.Start:p.End]; got != want {
			t.Fatalf("passage %d: slice %q, text %q", i, got, want)
		}
		end = p.End
	}
}
