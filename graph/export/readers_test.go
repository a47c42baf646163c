package export_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"dialograph/graph/export"
	"dialograph/graph/index"
)

// reader is what tools that no one here wrote find in a file.
type reader struct {
	Rows, Nodes, Edges, Entities, Unknown, Quads int
	DuckDB                                       *int
	Columns, Names                               []string
	Directed                                     bool
	IGraph                                       []int
	Sheets                                       map[string]int
	Lost                                         []any
}

// pandas, pyarrow, DuckDB, openpyxl, networkx, igraph and FollowTheMoney read
// every export, find what the manifest says, and the same names in each format.
func TestOtherToolsReadExports(t *testing.T) {
	python := os.Getenv("DIALOGRAPH_TEST_READERS")
	if python == "" {
		python = filepath.Join("..", "..", "notebooks", ".venv", "bin", "python")
	}
	if out, err := exec.Command(python, "-c", "import pandas, pyarrow, networkx, igraph, openpyxl, duckdb, followthemoney, rdflib").CombinedOutput(); err != nil {
		t.Skipf("the Python packages of graph/export/testdata/readers are not at hand (DIALOGRAPH_TEST_READERS, or notebooks/.venv): %v %s", err, out)
	}
	dir := t.TempDir()
	manifests := map[string]export.Manifest{}
	events := whole(t).Snapshot.Events[:10]
	var present []*index.Participation
	for _, e := range events {
		present = append(present, e.Participations...)
	}
	for prefix, x := range map[string]*export.Selection{"": whole(t), "awkward-": awkward(t), "part-": export.Part(whole(t).Snapshot, events, present, "ten events")} {
		for _, r := range requests() {
			if rdf := r.Format.Of == export.Quads; r.Format.Name == "schema.jsonld" || rdf == (prefix == "") && prefix != "awkward-" {
				continue // rdflib takes minutes for the whole; graph/turtle and graph/jsonld compare quad by quad
			}
			name := prefix + string(r.View) + "-" + r.Name()
			body, m := write(t, x, r)
			manifests[name] = m
			if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd := exec.Command(python, filepath.Join("testdata", "readers", "read.py"), dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var found map[string]reader
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	for name, m := range manifests {
		got, ok := found[name]
		if !ok {
			t.Errorf("%s was not read", name)
		}
		check(t, name, m, got, found)
	}
}

func check(t *testing.T, name string, m export.Manifest, got reader, all map[string]reader) {
	t.Helper()
	switch m.Format {
	case "csv", "parquet", "arrow":
		if got.Rows != *m.Rows || !slices.Equal(got.Columns, m.Columns) {
			t.Errorf("%s: %d rows with %v, want %d with %v", name, got.Rows, got.Columns, *m.Rows, m.Columns)
		}
		if got.DuckDB != nil && *got.DuckDB != *m.Rows {
			t.Errorf("%s: DuckDB finds %d rows, want %d", name, *got.DuckDB, *m.Rows)
		}
		parquet := name[:len(name)-len(m.Format)] + "parquet"
		if !slices.Equal(got.Names, all[parquet].Names) {
			t.Errorf("%s: the names are others than in %s", name, parquet)
		}
	case "nq", "trig", "jsonld":
		if got.Quads != *m.Quads {
			t.Errorf("%s: rdflib finds %d quads, want %d", name, got.Quads, *m.Quads)
		}
	case "nt", "ttl":
		if triples := all[name[:len(name)-len(m.Format)]+"nt"].Quads; got.Quads != triples || triples == 0 || triples > *m.Quads {
			t.Errorf("%s: rdflib finds %d triples, want %d", name, got.Quads, triples)
		}
	case "graphml", "gexf", "json", "cyjs":
		undirected := m.Network == "co-attendance" || m.Network == "co-attendance-people"
		if got.Nodes != *m.Nodes || got.Edges != *m.Edges || got.Directed == undirected {
			t.Errorf("%s: %d nodes, %d edges, directed %v; want %d and %d", name, got.Nodes, got.Edges, got.Directed, *m.Nodes, *m.Edges)
		}
		if got.IGraph != nil && !slices.Equal(got.IGraph, []int{*m.Nodes, *m.Edges}) {
			t.Errorf("%s: igraph finds %v", name, got.IGraph)
		}
	case "xlsx":
		for table, want := range map[string]int{"events": m.Counts["events"], "participations": m.Counts["participations"], "passages": m.Counts["passages"]} {
			if got.Sheets[table] != want {
				t.Errorf("%s: %d rows of %s, want %d", name, got.Sheets[table], table, want)
			}
		}
	case "ftm.json":
		if got.Entities == 0 || got.Unknown > 0 || len(got.Lost) > 0 {
			t.Errorf("%s: %d entities, %d unknown ends, lost %v", name, got.Entities, got.Unknown, got.Lost)
		}
	}
}
