package participations

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// docs/records.md has the columns as they are; -update writes them.
func TestDocumentedColumnsAreCurrent(t *testing.T) {
	const path, head = "../../docs/records.md", "| column | also | |\n|---|---|---|\n"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), head)
	got, after, end := strings.Cut(rest, "\n\n")
	if !ok || !end {
		t.Fatalf("%s has no table that begins with %q", path, head)
	}
	var want []string
	for _, c := range Columns() {
		var also []string
		for _, a := range c.Also {
			also = append(also, "`"+a+"`")
		}
		want = append(want, fmt.Sprintf("| `%s` | %s | %s |", c.Name, strings.Join(also, ", "), c.Doc))
	}
	rows := strings.Join(want, "\n")
	if got == rows {
		return
	}
	if !*update {
		t.Fatalf("%s is not current; go test ./loaders/participations -update rewrites it", path)
	}
	if err := os.WriteFile(path, []byte(before+head+rows+"\n\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// No two columns have a header in common, and none is of contact details.
func TestHeadersAreOfOneColumn(t *testing.T) {
	of := map[string]string{}
	for _, c := range Columns() {
		for _, header := range append([]string{c.Name}, c.Also...) {
			if first, twice := of[fold(header)]; twice {
				t.Errorf("%q is a header of %s and of %s", header, first, c.Name)
			}
			if isContact(header) {
				t.Errorf("%q of %s is refused as contact details", header, c.Name)
			}
			of[fold(header)] = c.Name
		}
	}
}

// The example of docs/records.md has no fault.
func TestDocumentedTableIsInOrder(t *testing.T) {
	page, err := os.ReadFile("../../docs/records.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```\nevent,date")
	example, _, ok := strings.Cut("event,date"+rest, "```")
	docs, problems := Read("example.csv", strings.NewReader(example), nil)
	if !ok || len(docs) != 1 || len(problems) > 0 || len(docs[0].Record.Delegations) != 2 {
		t.Errorf("%d records, %v, of\n%s", len(docs), problems, example)
	}
}
