package loaders_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/export"
	"dialograph/graph/graphtest"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/seeds"

	"github.com/rs/zerolog"
	"pgregory.net/rapid"
)

// quadsOf gives all quads of a store as N-Quads.
func quadsOf(t interface{ Fatal(...any) }, s *store.Store) []byte {
	var list []rdf.Quad
	if err := s.Quads(context.Background(), func(q rdf.Quad) error { list = append(list, q); return nil }); err != nil {
		t.Fatal(err)
	}
	return asNQuads(list)
}

func asNQuads(list []rdf.Quad) []byte {
	slices.SortFunc(list, rdf.Compare)
	var out []byte
	for _, q := range slices.Compact(list) {
		out = rdf.AppendNQuad(out, q)
	}
	return out
}

func loadInto(t interface{ Fatal(...any) }, inputs []loaders.Input) (*store.Store, loaders.Report) {
	s, err := store.Open(context.Background(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	report, err := newLoaderOf(s).Load(context.Background(), inputs)
	if err != nil {
		t.Fatal(err)
	}
	return s, report
}

func newLoaderOf(s *store.Store) *loaders.Loader {
	return &loaders.Loader{Store: s, Base: vocab.DefaultBase, Log: zerolog.Nop()}
}

// The quads of the built-in graph, loaded into an empty store, are the same
// graph, with the same records and entries; loading them again changes nothing.
func TestAGraphComesBack(t *testing.T) {
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	s, first := loadInto(t, inputs)
	want := quadsOf(t, s)
	snap, err := index.Build(context.Background(), vocab.DefaultBase, s, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"nq", "trig", "jsonld"} {
		t.Run(format, func(t *testing.T) { comesBack(t, format, snap, first, want) })
	}
}

func comesBack(t *testing.T, format string, snap *index.Snapshot, first loaders.Report, want []byte) {
	path := filepath.Join(t.TempDir(), "graph."+format)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	request, err := export.ParseName(filepath.Base(path))
	if err == nil {
		_, err = export.Write(context.Background(), f, export.Whole(snap), request, "test")
	}
	if err != nil {
		t.Fatal(err)
	}
	back, report := loadInto(t, loaders.Files(path))
	if report.Rejected > 0 || report.Records != first.Records || report.Entries != first.Entries {
		t.Errorf("got %+v, want the records and entries of %+v; %v", report, first, report.Problems)
	}
	if !bytes.Equal(quadsOf(t, back), want) {
		t.Error("the graph that came back is another")
	}
	again, err := newLoaderOf(back).Load(context.Background(), loaders.Files(path))
	if err != nil || again.Unchanged != again.Records+again.Entries {
		t.Errorf("loading it again: %+v, %v", again, err)
	}
}

// So do the quads of any record.
func TestAnyRecordComesBack(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		r := graphtest.Record(t)
		want := asNQuads(rdf.FromRecord(vocab.DefaultBase, r))
		path := filepath.Join(dir, "graph.nq")
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
		s, report := loadInto(t, loaders.Files(path))
		if report.Records == 0 && report.Rejected > 0 && len(graphErrors(r)) > 0 {
			return // not a valid record
		}
		if got := quadsOf(t, s); !bytes.Equal(got, want) || report.Rejected > 0 {
			t.Fatalf("%v\ngot\n%s\nwant\n%s", report.Problems, got, want)
		}
	})
}

func graphErrors(r *graph.Record) []graph.Problem {
	var out []graph.Problem
	for _, p := range r.Problems() {
		if p.Severity == graph.Error {
			out = append(out, p)
		}
	}
	return out
}

// What is not ours is named and left out; what cannot be read is named with its
// line.
func TestForeignQuadsAreNamed(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ text, want string }{
		"foreign":   {"<http://a.example/x> <http://a.example/p> \"v\" <http://a.example/g> .\n", "error: says nothing that has a place here, in 1 statement"},
		"no graph":  {"<http://a.example/x> <http://a.example/p> \"v\" .\n", "error: says nothing that has a place here, in 1 statement"},
		"lost part": {"<https://dialograph.example/id/event/x> <https://schema.org/name> \"v\" <https://dialograph.example/id/record/x> .\n", "1 of 1 quads are not part of a record or authority entry and were left out; the first is <https://dialograph.example/id/event/x>"},
		"broken":    {"\n\n<http://a.example/x <p> .\n", "line 3"},
		"not there": {"", "does not exist"},
	} {
		path := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".nq")
		if c.text != "" {
			if err := os.WriteFile(path, []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, report := loadInto(t, loaders.Files(path))
		if report.Rejected == 0 || s.Len() > 0 || len(report.Problems) == 0 || !strings.Contains(report.Problems[0].String(), c.want) || !strings.HasPrefix(report.Problems[0].String(), path) {
			t.Errorf("%s: got %+v %v, want %q", name, report, report.Problems, c.want)
		}
	}
}
