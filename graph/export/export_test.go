package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/graph/jsonld"
	"dialograph/graph/rdf"
	"dialograph/graph/synthetic"
	"dialograph/graph/vocab"
	"dialograph/seeds/seedstest"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"go.yaml.in/yaml/v4"
)

func whole(t testing.TB) *export.Selection {
	t.Helper()
	snap := seedstest.Snapshot(t)
	return export.Whole(snap)
}

// awkward is a selection of talks among people whose names are hard to write,
// those of testdata/names.yaml; the names of the talks and their source are no
// better.
func awkward(t testing.TB) *export.Selection {
	t.Helper()
	r := &graph.Record{Schema: graph.RecordSchema, ID: "talks-01", Review: "reviewed",
		Event:   graph.Event{Name: "=1+1 사이버 \"Talks\" <&> 日本,\nline two | pipe \\ \u0001 end", Kind: "dialogue", Status: "held", Date: "2020-05~"},
		Sources: []graph.Source{{ID: "s1", URL: "https://example.org/a|b", Title: "@title"}}}
	made := &graph.Authority{Sources: r.Sources}
	for i, name := range hardNames(t) {
		id := graph.NewID(graph.KindPerson, fmt.Sprint("person-", i+1))
		r.Participants = append(r.Participants, graph.Participant{Person: name, Role: "member", PersonRef: graph.Ref{ID: id}})
		made.People = append(made.People, graph.Person{Entry: graph.Entry{ID: id.Slug(), Name: name, Provisional: true, Aliases: []graph.Name{{Text: "a|b"}, {Text: `c\d`}}}})
	}
	snap, err := index.Build(context.Background(), vocab.DefaultBase, rdf.Units{rdf.RecordUnit(vocab.DefaultBase, r, made)}, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return export.Whole(snap)
}

// hardNames are the names of testdata/names.yaml.
func hardNames(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "names.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ About, Name string }
	if err := yaml.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, n := range list {
		names = append(names, n.Name)
	}
	return names
}

// requests are all exports there are.
func requests() []export.Request {
	var out []export.Request
	for _, f := range export.Formats() {
		switch f.Of {
		case export.TableShape:
			for _, table := range export.TableNames() {
				out = append(out, export.Request{Format: f, Table: table, View: export.Full})
			}
		case export.NetShape:
			for _, v := range export.Views() {
				out = append(out, export.Request{Format: f, View: v})
			}
		default:
			out = append(out, export.Request{Format: f, View: export.Full})
		}
	}
	return out
}

func write(t testing.TB, x *export.Selection, r export.Request) ([]byte, export.Manifest) {
	t.Helper()
	var b bytes.Buffer
	m, err := export.Write(context.Background(), &b, x, r, "test")
	if err != nil {
		t.Fatalf("%s %s: %v", r.Name(), r.View, err)
	}
	if int(m.Bytes) != b.Len() {
		t.Errorf("%s: the manifest says %d bytes, there are %d", r.Name(), m.Bytes, b.Len())
	}
	return b.Bytes(), m
}

// Every export, of fifty events and of awkward names, is the same twice.
func TestTheSameBytesTwice(t *testing.T) {
	all := whole(t)
	part := export.Part(all.Snapshot, all.Events[:50], all.Participations[:100], "fifty events")
	for name, x := range map[string]*export.Selection{"fifty events": part, "awkward": awkward(t)} {
		for _, r := range requests() {
			first, _ := write(t, x, r)
			if again, _ := write(t, x, r); !bytes.Equal(first, again) {
				t.Errorf("%s: %s (%s) is not the same twice", name, r.Name(), r.View)
			}
		}
	}
}

// All formats of one table or network hold as many rows, nodes and edges.
func TestCountsAgree(t *testing.T) {
	x := whole(t)
	rows, nets := map[string]int{}, map[export.View][2]int{}
	for _, r := range requests() {
		body, m := write(t, x, r)
		switch r.Format.Of {
		case export.TableShape:
			if old, ok := rows[r.Table]; ok && old != *m.Rows {
				t.Errorf("%s has %d rows, another format %d", r.Name(), *m.Rows, old)
			}
			rows[r.Table] = *m.Rows
			if n := counted(t, r, body, *m.Rows); n != *m.Rows {
				t.Errorf("%s has %d rows, the manifest says %d", r.Name(), n, *m.Rows)
			}
		case export.NetShape:
			if old, ok := nets[r.View]; ok && old != [2]int{*m.Nodes, *m.Edges} {
				t.Errorf("%s %s has %d nodes and %d edges, another format %v", r.Name(), r.View, *m.Nodes, *m.Edges, old)
			}
			nets[r.View] = [2]int{*m.Nodes, *m.Edges}
		}
	}
	s := x.Snapshot
	for table, want := range map[string]int{"events": len(s.Events), "participations": len(x.Participations), "actors": len(s.Actors), "people": len(s.People), "topics": len(s.Topics),
		"instruments": len(s.Instruments), "passages": s.Counts[graph.KindPassage], "sources": len(s.Sources), "nodes": nets[export.Full][0], "edges": nets[export.Full][1]} {
		if rows[table] != want || want == 0 {
			t.Errorf("%s has %d rows, the graph %d", table, rows[table], want)
		}
	}
}

// counted counts the rows of a table as another reader sees them; Arrow is read by
// pyarrow in another test.
func counted(t *testing.T, r export.Request, body []byte, rows int) int {
	t.Helper()
	switch r.Format.Name {
	case "csv":
		list, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return len(list) - 1
	case "parquet":
		f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		return int(f.NumRows())
	}
	return rows
}

// Identifiers of nodes and edges are unique, and edges join nodes that are
// there, in every network; the relations with a story have the identifier that
// they have in the graph.
func TestNetworksAreWhole(t *testing.T) {
	x := whole(t)
	for _, view := range export.Views() {
		n := x.Network(view)
		ids := map[graph.ID]bool{}
		for _, node := range n.Nodes {
			if ids[node.Thing.NodeID()] {
				t.Errorf("%s: %s is twice", view, node.Thing.NodeID())
			}
			ids[node.Thing.NodeID()] = true
		}
		seen, things := map[string]bool{}, 0
		err := n.EachEdge(func(e *export.Edge) error {
			if seen[e.ID] {
				t.Errorf("%s: the edge %s is twice", view, e.ID)
			}
			seen[e.ID] = true
			if !ids[e.Source] || !ids[e.Target] {
				t.Errorf("%s: %s joins %s and %s, one of which is no node", view, e.ID, e.Source, e.Target)
			}
			if x.Snapshot.Node(graph.ID(e.ID)) != nil {
				things++
			}
			return nil
		})
		if err != nil || len(seen) == 0 {
			t.Errorf("%s: %d edges, %v", view, len(seen), err)
		}
		if view == export.Attendance && things < len(x.Participations)/2 {
			t.Errorf("%s: only %d of %d edges are participations of the graph", view, things, len(seen))
		}
	}
}

// Names in every script, quotes and lines survive CSV; nothing in it is a
// formula, and taking one apostrophe off gives the text back.
func TestCSVKeepsTexts(t *testing.T) {
	x := awkward(t)
	body, _ := write(t, x, export.Request{Format: format(t, "csv"), Table: "people"})
	list, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range list[1:] {
		name := row[slices.Index(list[0], "name")]
		if strings.ContainsRune("=+-@\t\r", rune(name[0])) {
			t.Errorf("%q would be a formula", name)
		}
		got = append(got, strings.TrimPrefix(name, "'"))
		if aliases := row[slices.Index(list[0], "aliases")]; aliases != `a\|b|c\\d` {
			t.Errorf("the aliases are %q", aliases)
		}
	}
	var want []string
	for _, p := range x.Snapshot.People {
		want = append(want, strings.ReplaceAll(p.Name, "\r\n", "\n")) // encoding/csv does so
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A record may have an identifier in place of a name; a column of names has the name.
func TestNamesAreNames(t *testing.T) {
	x, checked := whole(t), 0
	for _, table := range export.TableNames() {
		body, _ := write(t, x, export.Request{Format: format(t, "csv"), Table: table, View: export.Full})
		rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, column := range rows[0] {
			if column != "name" && column != "label" && !strings.HasSuffix(column, "_name") {
				continue
			}
			checked++
			for _, row := range rows[1:] {
				if x.Snapshot.Node(graph.ID(row[i])) != nil {
					t.Errorf("%s: %s of %s is the identifier %s", table, column, row[0], row[i])
				}
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d columns of names", checked)
	}
}

func format(t testing.TB, name string) export.Format {
	t.Helper()
	f, err := export.FormatOf(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// XML and JSON are well formed whatever names hold, and keep them but for signs
// that XML cannot hold.
func TestAwkwardNamesSurvive(t *testing.T) {
	x := awkward(t)
	for _, name := range []string{"graphml", "gexf"} {
		body, _ := write(t, x, export.Request{Format: format(t, name), View: export.Full})
		d := xml.NewDecoder(bytes.NewReader(body))
		found := false
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if start, ok := token.(xml.StartElement); ok {
				for _, a := range start.Attr {
					found = found || strings.Contains(a.Value, "사이버 \"Talks\" <&> 日本,\nline two")
				}
			}
			if text, ok := token.(xml.CharData); ok {
				found = found || strings.Contains(string(text), "사이버 \"Talks\" <&> 日本,\nline two")
			}
		}
		if !found {
			t.Errorf("%s does not keep the name", name)
		}
	}
	for _, name := range []string{"json", "cyjs"} {
		body, _ := write(t, x, export.Request{Format: format(t, name), View: export.Full})
		if !json.Valid(body) {
			t.Errorf("%s is not JSON", name)
		}
	}
	body, _ := write(t, x, export.Request{Format: format(t, "xlsx")})
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	name, _ := f.GetCellValue("events", "B2")
	if formula, _ := f.GetCellFormula("events", "B2"); formula != "" || !strings.HasPrefix(name, "=1+1 사이버") {
		t.Errorf("the workbook has %q (formula %q)", name, formula)
	}
}

// N-Quads are the graph: read again they are the same set, and a part of them is
// part of it.
func TestNQuadsAreTheGraph(t *testing.T) {
	x := whole(t)
	all := map[rdf.Quad]bool{}
	x.Snapshot.Quads.Each(func(q rdf.Quad) { all[q] = true })
	read := func(x *export.Selection) int {
		body, m := write(t, x, export.Request{Format: format(t, "nq")})
		n := 0
		err := rdf.ReadNQuads(string(body), func(q rdf.Quad) error {
			n++
			if !all[q] {
				t.Errorf("%v is not in the graph", q)
			}
			return nil
		})
		if err != nil || n != *m.Quads {
			t.Errorf("%d quads, the manifest says %d; %v", n, *m.Quads, err)
		}
		return n
	}
	if n := read(x); n != len(all) {
		t.Errorf("got %d quads, the graph has %d", n, len(all))
	}
	events := x.Snapshot.Events[:10]
	part := export.Part(x.Snapshot, events, events[3].Participations, "ten events")
	if n := read(part); n < 500 || n > len(all)/2 {
		t.Errorf("ten events have %d quads", n)
	}
}

// The view of schema.org is JSON-LD that says of each event what it is and who
// attended.
func TestSchemaOrg(t *testing.T) {
	x := whole(t)
	body, _ := write(t, x, export.Request{Format: format(t, "schema.jsonld")})
	events, attendees := 0, 0
	err := jsonld.Read(bytes.NewReader(body), "", func(s rdf.Statement) error {
		q, err := s.Quad()
		if errors.Is(err, rdf.ErrBlank) {
			return nil // an address has no identifier
		}
		switch {
		case q.Predicate == vocab.Type && q.Object.Value == vocab.Event:
			events++
		case q.Predicate == vocab.Schema+"attendee":
			attendees++
		}
		return err
	})
	if err != nil || events != len(x.Events) || attendees < len(x.Participations)/2 {
		t.Errorf("%d events, %d attendees, %v", events, attendees, err)
	}
}

func TestNamesOfFiles(t *testing.T) {
	for name, want := range map[string]string{
		"graph.nq": "nq", "graph.ftm.json": "ftm.json", "graph.nodes.csv": "csv nodes", "graph.edges.parquet": "parquet edges", "participations.arrow": "arrow participations", "graph.xlsx": "xlsx",
	} {
		r, err := export.ParseName(name)
		if got := strings.TrimSpace(r.Format.Name + " " + r.Table); err != nil || got != want || r.Name() != name {
			t.Errorf("%s: got %q (%s), %v", name, got, r.Name(), err)
		}
	}
	for _, name := range []string{"graph", "graph.csv", "graph.xls", "people.nq", "nobody.csv", "", "../graph.nq", "graph.nodes.nq"} {
		if r, err := export.ParseName(name); err == nil {
			t.Errorf("%q is taken for %+v", name, r)
		}
	}
}

// A client that goes away ends the writing.
func TestWritingEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := export.Write(ctx, io.Discard, whole(t), export.Request{Format: format(t, "nq")}, "test"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkExport writes the built-in graph in each format.
// BenchmarkExport writes every format of graphs of about ten thousand, a hundred
// thousand and a million quads. MB-more is by how much the heap grew meanwhile.
func BenchmarkExport(b *testing.B) {
	for _, events := range []int{30, 400, 4400} {
		x := syntheticSelection(b, events)
		for _, f := range export.Formats() {
			r := export.Request{Format: f, View: export.Full}
			if f.Of == export.TableShape {
				r.Table = "participations"
			}
			quads := x.Snapshot.Quads.Len()
			b.Run(fmt.Sprintf("quads=%dk/%s", quads/1000, f.Name), func(b *testing.B) {
				for b.Loop() {
					if _, err := export.Write(b.Context(), io.Discard, x, r, "bench"); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
				w := &watching{} // not timed
				if _, err := export.Write(b.Context(), w, x, r, "bench"); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(w.most-w.least)/(1<<20), "MB-more")
			})
		}
	}
}

// watching looks at the heap now and then while something is written.
type watching struct {
	written     int
	least, most uint64
}

func (w *watching) Write(p []byte) (int, error) {
	if w.written>>24 != (w.written+len(p))>>24 || w.written == 0 { // each 16 MB
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if w.least == 0 {
			w.least = m.HeapAlloc
		}
		w.least, w.most = min(w.least, m.HeapAlloc), max(w.most, m.HeapAlloc)
	}
	w.written += len(p)
	return len(p), nil
}

func syntheticSelection(b *testing.B, events int) *export.Selection {
	b.Helper()
	set, err := synthetic.New(events, 1)
	if err != nil {
		b.Fatal(err)
	}
	quads, err := index.ReadQuads(b.Context(), set.Quads(vocab.DefaultBase))
	if err != nil {
		b.Fatal(err)
	}
	return export.Whole(index.New(vocab.DefaultBase, quads, time.Time{}))
}
