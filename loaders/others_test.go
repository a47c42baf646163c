package loaders_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/loaders/record"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestOthers reads the RDF of each archive in testdata/others, in order of the
// names, beside the authority file known.yaml if there is one. "loaded" is what
// it becomes, as a person could have written it; "report" what load says, and
// "left" what --left writes.
func TestOthers(t *testing.T) {
	eachArchive(t, "testdata/others", func(t *testing.T, archive *txtar.Archive) map[string]string {
		dir := t.TempDir()
		var paths []string
		for _, f := range archive.Files {
			if !loaders.IsGraph(f.Name) && f.Name != "known.yaml" {
				continue
			}
			paths = append(paths, filepath.Join(dir, f.Name))
			if err := os.WriteFile(paths[len(paths)-1], f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b, r := loaders.ReadAll(vocab.DefaultBase, loaders.Files(paths...))
		var loaded, report, left bytes.Buffer
		docs := slices.DeleteFunc(slices.Clone(b.Documents), func(d record.Document) bool { return !loaders.IsGraph(d.File) })
		if len(docs) > 0 {
			if err := record.Write(&loaded, docs...); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range append(r.Problems, r.Notes...) {
			fmt.Fprintln(&report, strings.TrimPrefix(p.String(), dir+string(filepath.Separator)))
		}
		fmt.Fprintf(&report, "%d rejected, %d left\n", r.Rejected, r.Left)
		if err := r.WriteLeft(&left); err != nil {
			t.Fatal(err)
		}
		loadsAgain(t, paths, r.Rejected)
		return map[string]string{"loaded": loaded.String(), "report": report.String(), "left": left.String()}
	})
}

// loadsAgain wants a second load to change nothing.
func loadsAgain(t *testing.T, paths []string, rejected int) {
	t.Helper()
	s, first := loadInto(t, loaders.Files(paths...))
	if first.Rejected != rejected {
		t.Errorf("load rejects %d, want %d: %v", first.Rejected, rejected, first.Problems)
	}
	want := quadsOf(t, s)
	again, err := newLoaderOf(s).Load(context.Background(), loaders.Files(paths...))
	if err != nil || again.Added+again.Replaced > 0 || again.Unchanged != first.Added+first.Unchanged {
		t.Errorf("loading it again: %+v, %v; first %+v", again, err, first)
	}
	if !bytes.Equal(quadsOf(t, s), want) {
		t.Error("loading it again changed the graph")
	}
	for _, p := range again.Problems {
		if p.Severity == graph.Error && rejected == 0 {
			t.Error(p)
		}
	}
}
