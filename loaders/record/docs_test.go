package record

import (
	"os"
	"strings"
	"testing"
)

// The examples of docs/records.md have the form that Read wants: every key in
// them is known. Their content is abridged, so it is not looked at.
func TestDocumentedExamplesAreUnderstood(t *testing.T) {
	examples := documented(t)
	if len(examples) != 2 {
		t.Fatalf("docs/records.md has %d examples, want a record and an authority file", len(examples))
	}
	for _, text := range examples {
		docs, problems := Read("docs/records.md.yaml", strings.NewReader(text))
		if len(docs) != 1 {
			t.Errorf("read %d documents: %v\n%s", len(docs), problems, text)
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
