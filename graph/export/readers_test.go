package export_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/export"
	"dialograph/graph/index"

	gocmp "github.com/google/go-cmp/cmp"
)

// The tools that nobody here wrote lie in testdata/readers: `npm ci` there installs
// those for Node; those for Python are in requirements.txt.
var readersDir = filepath.Join("testdata", "readers")

// reader is what such tools find in one file; tables and networks are by the
// name of the tool, or of the sheet.
type reader struct {
	Tables                   map[string]tableRead
	Networks                 map[string]networkRead
	Quads, Entities, Unknown int
	Names                    []string
	Lost                     []any
}

// tableRead is a table as a tool has it. Names are those of the column name,
// sorted.
type tableRead struct {
	Columns, Names []string
	Rows           int
}

// networkRead is a network as a tool has it: labels by the identifiers of nodes,
// what is looked at of edges by theirs.
type networkRead struct {
	Directed    bool
	Order, Size int
	Nodes       map[string]string
	Edges       map[string]edgeRead
}

type edgeRead struct {
	Source, Target    string
	Weight            float64
	Evidence, Sources string // lists as XML has them
}

func (e *edgeRead) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&e.Source, &e.Target, &e.Weight, &e.Evidence, &e.Sources})
}

// pandas, pyarrow, DuckDB, openpyxl, networkx, igraph, rdflib and FollowTheMoney
// read every export and find what the graph has: the rows, the names in every
// script, nodes and edges with their identifiers, weights and evidence, quads.
func TestOtherToolsReadExports(t *testing.T) {
	python := pythonReaders(t)
	dir := t.TempDir()
	written := map[string]file{}
	for prefix, x := range map[string]*export.Selection{"": whole(t), "awkward-": awkward(t), "part-": part(t, 10)} {
		for _, r := range requests() {
			if rdf := r.Format.Of == export.Quads; r.Format.Name == "schema.jsonld" || rdf == (prefix == "") && prefix != "awkward-" {
				continue // rdflib takes minutes for the whole; graph/turtle and graph/jsonld compare quad by quad
			}
			f := writeFile(t, dir, prefix, x, r)
			written[f.name] = f
		}
	}
	found := runReader(t, exec.Command(python, filepath.Join(readersDir, "read.py"), dir))
	for name, f := range written {
		got, ok := found[name]
		if !ok {
			t.Errorf("%s was not read", name)
			continue
		}
		f.check(t, got)
		if f.request.Format.Of == export.Quads {
			f.checkQuads(t, filepath.Join(dir, name+".nquads"), got)
		}
	}
}

// graphology reads the networks and finds the same in them.
func TestGraphologyReadsNetworks(t *testing.T) {
	dir := t.TempDir()
	var written []file
	for prefix, x := range map[string]*export.Selection{"": whole(t), "awkward-": awkward(t)} {
		for _, r := range requests() {
			if slices.Contains([]string{"graphml", "gexf", "json"}, r.Format.Name) {
				written = append(written, writeFile(t, dir, prefix, x, r))
			}
		}
	}
	found := runReader(t, node(t, "networks.mjs", dir))
	for _, f := range written {
		if _, ok := found[f.name].Networks["graphology"]; !ok {
			t.Errorf("%s was not read", f.name)
		}
		f.check(t, found[f.name])
	}
}

// pythonReaders gives a Python that has the packages of testdata/readers.
func pythonReaders(t *testing.T) string {
	t.Helper()
	python := os.Getenv("DIALOGRAPH_TEST_READERS")
	if python == "" {
		python = filepath.Join("..", "..", "notebooks", ".venv", "bin", "python")
	}
	if out, err := exec.Command(python, "-c", "import pandas, pyarrow, networkx, igraph, openpyxl, duckdb, followthemoney, rdflib").CombinedOutput(); err != nil {
		t.Skipf("the Python packages of graph/export/testdata/readers are not at hand (DIALOGRAPH_TEST_READERS, or notebooks/.venv): %v %s", err, out)
	}
	return python
}

// node makes a command of a script of testdata/readers.
func node(t *testing.T, script string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join(readersDir, "node_modules", "graphology")); err != nil {
		t.Skip("the npm packages are not installed: run `npm ci` in graph/export/testdata/readers")
	}
	return exec.Command(path, append([]string{filepath.Join(readersDir, script)}, args...)...)
}

// output runs a command and gives what it prints.
func output(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run %s: %v\n%s", cmd, err, stderr.String())
	}
	return out
}

func runReader(t *testing.T, cmd *exec.Cmd) map[string]reader {
	t.Helper()
	var found map[string]reader
	if err := json.Unmarshal(output(t, cmd), &found); err != nil {
		t.Fatalf("read what %s printed: %v", cmd, err)
	}
	return found
}

// part is a selection of the first events.
func part(t *testing.T, n int) *export.Selection {
	t.Helper()
	s := whole(t).Snapshot
	var present []*index.Participation
	for _, e := range s.Events[:n] {
		present = append(present, e.Participations...)
	}
	return export.Part(s, s.Events[:n], present, fmt.Sprint(n, " events"))
}

// file is an export that was written for tools to read.
type file struct {
	name      string
	selection *export.Selection
	request   export.Request
	manifest  export.Manifest
}

func writeFile(t *testing.T, dir, prefix string, x *export.Selection, r export.Request) file {
	t.Helper()
	f := file{prefix + string(r.View) + "-" + r.Name(), x, r, export.Manifest{}}
	var body []byte
	body, f.manifest = write(t, x, r)
	if err := os.WriteFile(filepath.Join(dir, f.name), body, 0o644); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f file) check(t *testing.T, got reader) {
	t.Helper()
	switch f.request.Format.Of {
	case export.TableShape:
		want := tableOf(t, f.selection, f.request.Table, f.request.View)
		for tool, g := range got.Tables {
			f.compare(t, tool, want, g)
		}
	case export.WholeTables:
		for sheet, g := range got.Tables {
			want := tableOf(t, f.selection, sheet, f.request.View)
			for i, name := range want.Names {
				want.Names[i] = inXML(name)
			}
			slices.Sort(want.Names)
			f.compare(t, sheet, want, g)
		}
		if len(got.Tables) != len(export.TableNames())-1 {
			t.Errorf("%s has %d sheets, want one for each table but statements", f.name, len(got.Tables))
		}
	case export.NetShape:
		want := networkOf(t, f.selection, f.request)
		for tool, g := range got.Networks {
			if want.Size == 0 {
				g.Directed = want.Directed // graphology asks the edges of GEXF
			}
			if !g.Directed {
				for id, e := range g.Edges {
					e.Source, e.Target = min(e.Source, e.Target), max(e.Source, e.Target)
					g.Edges[id] = e
				}
			}
			f.compare(t, tool, want, g)
		}
	case export.Entities:
		var people []string
		for _, p := range f.selection.Snapshot.People {
			people = append(people, p.Name)
		}
		slices.Sort(people)
		f.compare(t, "FollowTheMoney", people, got.Names)
		if got.Entities == 0 || got.Unknown > 0 || len(got.Lost) > 0 {
			t.Errorf("%s: %d entities, %d unknown ends, lost %v", f.name, got.Entities, got.Unknown, got.Lost)
		}
	}
}

func (f file) compare(t *testing.T, tool string, want, got any) {
	t.Helper()
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("%s, as %s has it (-want +got):\n%.4000s", f.name, tool, diff)
	}
}

// tableOf is what a tool should see of a table.
func tableOf(t *testing.T, x *export.Selection, name string, view export.View) tableRead {
	t.Helper()
	table, err := x.Table(name, view)
	if err != nil {
		t.Fatal(err)
	}
	out := tableRead{Names: []string{}}
	for _, c := range table.Columns {
		out.Columns = append(out.Columns, c.Name)
	}
	column := slices.Index(out.Columns, "name")
	err = table.Each(func(row []any) error {
		out.Rows++
		if column >= 0 {
			out.Names = append(out.Names, cmp.Or(row[column], any("")).(string))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out.Names)
	return out
}

// networkOf is what a tool should see of a network: what the tables of its nodes
// and edges have.
func networkOf(t *testing.T, x *export.Selection, r export.Request) networkRead {
	t.Helper()
	out := networkRead{Directed: r.View != export.CoAttendance && r.View != export.CoAttendancePeople, Nodes: map[string]string{}, Edges: map[string]edgeRead{}}
	text := joined
	if r.Format.Name == "graphml" || r.Format.Name == "gexf" {
		text = func(cell any) string { return inXML(joined(cell)) }
	}
	each := func(name string, visit func(of func(column string) any)) {
		table, err := x.Table(name, r.View)
		if err != nil {
			t.Fatal(err)
		}
		err = table.Each(func(row []any) error {
			visit(func(column string) any {
				return row[slices.IndexFunc(table.Columns, func(c export.Column) bool { return c.Name == column })]
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	each("nodes", func(of func(string) any) {
		out.Order++
		out.Nodes[of("id").(string)] = text(of("label"))
	})
	each("edges", func(of func(string) any) {
		out.Size++
		out.Edges[of("id").(string)] = edgeRead{of("source").(string), of("target").(string), float64(of("weight").(int)), text(of("evidence")), text(of("sources"))}
	})
	return out
}

// joined is a cell as text.
func joined(cell any) string {
	switch cell := cell.(type) {
	case string:
		return cell
	case []string:
		var items []string
		for _, i := range cell {
			items = append(items, strings.ReplaceAll(strings.ReplaceAll(i, `\`, `\\`), "|", `\|`))
		}
		return strings.Join(items, export.ListSeparator)
	}
	return ""
}

// inXML is a text as XML can hold it: other signs are U+FFFD there.
func inXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && !strings.ContainsRune("\t\n\r", r) || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s)
}

// checkQuads compares what rdflib read, and wrote as N-Quads, with the graph.
func (f file) checkQuads(t *testing.T, nQuads string, got reader) {
	t.Helper()
	data, err := os.ReadFile(nQuads)
	if err != nil {
		t.Fatal(err)
	}
	want := quadsOf(t, f.selection, f.request.Format.Name == "nt" || f.request.Format.Name == "ttl")
	if f.compare(t, "rdflib", lines(want), lines(readNQuads(t, data))); got.Quads != len(want) {
		t.Errorf("%s: rdflib finds %d quads, want %d", f.name, got.Quads, len(want))
	}
}
