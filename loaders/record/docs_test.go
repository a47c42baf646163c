package record

import (
	"os"
	"strings"
	"testing"
)

// The examples of docs/records.md have the form that Read wants: every key in
// them is known. The first, a small record, has no fault at all; the content of
// the others is abridged, so it is not looked at.
func TestDocumentedExamplesAreUnderstood(t *testing.T) {
	examples := documented(t)
	if len(examples) != 3 {
		t.Fatalf("docs/records.md has %d examples, want two records and an authority file", len(examples))
	}
	for i, text := range examples {
		docs, problems := Read("docs/records.md.yaml", strings.NewReader(text))
		if len(docs) != 1 {
			t.Errorf("read %d documents: %v\n%s", len(docs), problems, text)
		}
		if i == 0 && len(problems) > 0 {
			t.Errorf("the small record has problems: %v", problems)
		}
	}
}

// documented gives the YAML examples of docs/records.md.
func documented(t testing.TB) []string {
	page, err := os.ReadFile("../../docs/records.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i, part := range strings.Split(string(page), "```yaml\n") {
		if text, _, ok := strings.Cut(part, "```"); i > 0 && ok {
			out = append(out, text)
		}
	}
	return out
}
