package record

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dialograph/graph"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected problems")

// TestProblems reads the first file of each archive in testdata/problems and
// compares what is wrong with it with the file "problems".
func TestProblems(t *testing.T) {
	archives, err := filepath.Glob("testdata/problems/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("found no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) != 2 || archive.Files[1].Name != "problems" {
				t.Fatal(`want an input and "problems"`)
			}
			input, want := archive.Files[0], &archive.Files[1]
			_, problems := Read(input.Name, bytes.NewReader(input.Data))
			var got strings.Builder
			for _, p := range problems {
				got.WriteString(p.String() + "\n")
			}
			if *update {
				want.Data = []byte(got.String())
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got.String()); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// A document that came from no file may lack its schema; Read refuses such a
// file before anything else is looked at.
func TestSchemaIsChecked(t *testing.T) {
	record := (&graph.Record{Schema: "dialograph/record/v0"}).Problems()
	if got, want := record[0].String(), `schema: error: "dialograph/record/v0" is not dialograph/record/v1`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	authority := (&graph.Authority{}).Problems()
	if got, want := authority[0].String(), `schema: error: "" is not dialograph/authority/v1`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
