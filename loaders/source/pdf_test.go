package source

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// statement.pdf was printed by Chromium from a page of this text, with a running
// head on each of three pages; tiny.pdf was written by hand.
func TestPDF(t *testing.T) {
	for _, file := range []string{"statement.pdf", "tiny.pdf"} {
		d, err := ReadFile("testdata/" + file)
		if err != nil {
			t.Error(err)
			continue
		}
		checkDocument(t, d)
		golden := "testdata/" + strings.TrimSuffix(file, ".pdf") + ".want"
		if *update {
			if err := os.WriteFile(golden, []byte(show(d)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		want := string(data)
		if diff := cmp.Diff(want, show(d)); diff != "" {
			t.Errorf("%s: want -, got +:\n%s", file, diff)
		}
	}
}

func TestHostilePDF(t *testing.T) {
	encrypted, err := os.ReadFile("testdata/encrypted.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ data, want string }{
		"encrypted": {string(encrypted), "encrypted"},
		"nothing":   {"%PDF-1.4\n", "damaged"},
		"torn":      {string(encrypted[:300]), "damaged"},
	} {
		if _, err := Read(name, []byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// The time of a caller ends the engine, also in the middle of a page that it
// would read for seconds.
func TestPDFTimeout(t *testing.T) {
	page := "BT /F1 11 Tf 1 0 0 1 72 700 Tm " + strings.Repeat("(a) Tj 0 1 Td\n", 1_000_000) + "ET"
	ctx, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := read(ctx, "a.pdf", pdfOf(page), "")
	if err == nil || !strings.Contains(err.Error(), "takes too long") {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

// pdfOf makes a PDF of what draws its only page.
func pdfOf(page string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(page), page),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	b.WriteString("xref\n0 6\n0000000000 65535 f \n")
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}
