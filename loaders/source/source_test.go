package source

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Every document at hand keeps what passages promise.
func TestDocumentsAtHand(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../../../shared/seeds/*.txt", "../../../shared/statements/texts/*.txt"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("no ../shared/seeds and ../shared/statements beside this repository")
	}
	for _, file := range files {
		d, err := ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		checkDocument(t, d)
		if len(d.Passages()) < 3 {
			t.Errorf("%s has %d passages", file, len(d.Passages()))
		}
	}
}

// A hostile page ends soon, and with little memory.
func TestHostilePages(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("large pages take long")
	}
	wide := strings.Repeat("word ", 6<<20)
	for name, c := range map[string]struct{ page, want string }{
		"deep":             {strings.Repeat("<div>", 600) + "text", "nodes"},
		"deep, many":       {strings.Repeat("<div>", 200_000), "nodes"},
		"many tags":        {strings.Repeat("<p>a", 7<<20), "tags"},
		"one long tag":     {"<p " + strings.Repeat("a=b ", 7<<20) + ">text", "buffer"},
		"one long line":    {"<p>" + wide + "</p>", "buffer"},
		"long lines":       {strings.Repeat("<p>"+wide[:1<<20]+"</p>", 30), ""},
		"open formatting":  {manyFonts(300) + strings.Repeat("<p>a", 100_000), "not closed"},
		"tiny elements":    {"<p>text" + strings.Repeat("<b></b>", 249_000), ""},
		"deep and wide":    {strings.Repeat("<div>", 400) + wide[:3<<20] + strings.Repeat("<p>a, b", 50_000), ""},
		"nested lists":     {strings.Repeat("<ul><li>a", 240), ""},
		"misnested":        {strings.Repeat("<b><p>a</b>", 400), ""},
		"table in table":   {strings.Repeat("<table><tr><td>", 120) + "text", ""},
		"a million breaks": {"<p>" + strings.Repeat("a<br>", 400_000), ""},
		"many links":       {"<div>" + strings.Repeat(`<a href="x">y</a> `, 200_000), ""},
		"just affordable":  {strings.Repeat("<div><p>Some words, and some more.</p>", 200) + strings.Repeat("<p>Some words, and some more of them.</p>", 12_000), ""},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			d, err := Read("a.html", []byte("<!doctype html>"+c.page))
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			switch {
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %q", err, c.want)
			case c.want == "" && err != nil:
				t.Error(err)
			case err == nil:
				checkDocument(t, d)
			}
			t.Logf("%v, %d MiB allocated", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
			if took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func manyFonts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<font size=%d>", i)
	}
	return b.String()
}

func TestHostileText(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("large texts take long")
	}
	for name, text := range map[string]string{
		"one line":   strings.Repeat("word ", 2<<20),
		"many lines": strings.Repeat("a\n", 1<<20),
		"full stops": strings.Repeat(". ", 1<<20),
		"letters":    strings.Repeat("A. ", 1<<19),
	} {
		start := time.Now()
		d, err := Read("a.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		n := len(d.Passages())
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %d passages took %v", name, n, took)
		} else {
			t.Logf("%s: %d passages took %v", name, n, took)
		}
	}
}

var sizes = []struct {
	name string
	n    int
}{{"1KB", 1 << 10}, {"10KB", 10 << 10}, {"100KB", 100 << 10}, {"1MB", 1 << 20}, {"10MB", 10 << 20}}

const statement = "On November 24, the European Union and the Republic of Korea held their 6th Cyber Dialogue. Mr. Kim of the U.S. team, and others, shared their views on recent developments.\n\n"

func BenchmarkPassages(b *testing.B) {
	for _, s := range sizes {
		text := strings.Repeat(statement, s.n/len(statement)+1)
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			d, err := Read("a.txt", []byte(text))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				d.Passages()
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, kind := range []string{"txt", "html", "docx"} {
		for _, s := range sizes {
			data := []byte(strings.Repeat(statement, s.n/len(statement)+1))
			switch kind {
			case "html":
				data = []byte("<html><body><article>" + strings.Repeat("<p>"+statement+"</p>", s.n/(len(statement)+7)+1) + "</article></body></html>")
			case "docx":
				data = docx(b, strings.Repeat(para("", strings.TrimSpace(statement)), s.n/len(statement)+1))
			}
			b.Run(kind+"/"+s.name, func(b *testing.B) {
				b.SetBytes(int64(s.n))
				for b.Loop() {
					if _, err := Read("a."+kind, data); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	data, err := os.ReadFile("testdata/statement.pdf")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("pdf/3 pages", func(b *testing.B) {
		for b.Loop() {
			if _, err := Read("a.pdf", data); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func fuzz(f *testing.F, name string, fits func([]byte) bool) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 || !fits(data) {
			return
		}
		if d, err := Read(name, data); err == nil {
			checkDocument(t, d)
		}
	})
}

func isPDF(data []byte) bool { return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) }

func notPDF(data []byte) bool { return !isPDF(data) }

func FuzzText(f *testing.F) {
	f.Add([]byte(statement + "• an item\n(1) another\n< a caption of a picture >\n"))
	f.Add([]byte(korean + japanese))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := Text(data)
		if err != nil {
			return
		}
		if again, err := Text([]byte(text)); err != nil || again != text && !strings.HasPrefix(text, "\ufeff") {
			t.Fatalf("%q again gives %q, %v", text, again, err)
		}
		checkDocument(t, &Document{Text: text, Blocks: blocksOf(text)})
	})
}

func FuzzHTML(f *testing.F) {
	files, _ := filepath.Glob("testdata/pages/*.txtar")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("<ol><li>a<br>b<table><tr><td>c<td>d</table><pre>\n e\n\nf</pre><h1>g<p>\u00a0h"))
	fuzz(f, "a.html", notPDF)
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(para("", "words") + para(`<w:pStyle w:val="1"/>`, "heading")))
	f.Add([]byte(`<w:tbl><w:tr><w:tc>` + para("", "Head") + para(`<w:numPr><w:numId w:val="1"/></w:numPr>`, "item") + `</w:tc></w:tr></w:tbl>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 64<<10 {
			return
		}
		if d, err := Read("a.docx", docx(t, string(body), "word/styles.xml", docxStyles, "word/numbering.xml", docxNumbers)); err == nil {
			checkDocument(t, d)
		}
	})
}

// FuzzPDF starts an engine for each file, so it is slow; only what has the
// frame of a PDF comes so far.
func FuzzPDF(f *testing.F) {
	for _, file := range []string{"testdata/statement.pdf", "testdata/tiny.pdf"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	fuzz(f, "a.pdf", func(data []byte) bool {
		return isPDF(data) && bytes.Contains(data, []byte("trailer")) && bytes.Contains(data, []byte("/Page"))
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(statement))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Add(encoded(f, korean, "euc-kr"))
	fuzz(f, "a", notPDF)
}
