package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"dialograph/graph/index"
	"dialograph/graph/jsonld"
	"dialograph/graph/rdf"
	"dialograph/graph/turtle"
)

// Format is a way to write a selection.
type Format struct {
	Name      string // also the ending of file names: nq, csv …
	MediaType string
	About     string
	Of        Shape

	quads   func(io.Writer, *Selection) error
	table   func(io.Writer, *Table) error
	network func(io.Writer, *Network) error
}

// Shape is what a format writes.
type Shape string

// The shapes of exports.
const (
	Quads       Shape = "quads"
	TableShape  Shape = "table"
	NetShape    Shape = "network"
	WholeTables Shape = "tables"
	Entities    Shape = "entities" // things in the terms of others
)

// Formats are all formats, in the order of the documentation.
func Formats() []Format {
	return []Format{
		{Name: "nq", MediaType: "application/n-quads", About: "N-Quads: the graph itself, nothing lost", Of: Quads, quads: writeNQuads},
		{Name: "nt", MediaType: "application/n-triples", About: "N-Triples: the graph without what says what", Of: Quads, quads: writeNTriples},
		{Name: "trig", MediaType: "application/trig", About: "TriG: the graph, nothing lost, to be read by people", Of: Quads, quads: writeTriG},
		{Name: "ttl", MediaType: "text/turtle; charset=utf-8", About: "Turtle: the graph without what says what, to be read by people", Of: Quads, quads: writeTurtle},
		{Name: "jsonld", MediaType: "application/ld+json", About: "JSON-LD 1.1: the graph, nothing lost", Of: Quads, quads: writeJSONLD},
		{Name: "schema.jsonld", MediaType: `application/ld+json;profile="https://schema.org"`, About: "events as schema.org has them, with who attended", Of: Entities, quads: writeSchemaOrg},
		{Name: "csv", MediaType: "text/csv; charset=utf-8", About: "one table, for spreadsheets and data frames", Of: TableShape, table: writeCSV},
		{Name: "parquet", MediaType: "application/vnd.apache.parquet", About: "one table, typed and compressed", Of: TableShape, table: writeParquet},
		{Name: "arrow", MediaType: "application/vnd.apache.arrow.file", About: "one table, as Arrow IPC", Of: TableShape, table: writeArrow},
		{Name: "xlsx", MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", About: "a workbook with a sheet for each table", Of: WholeTables},
		{Name: "graphml", MediaType: "application/graphml+xml", About: "a network, for networkx, igraph, Gephi, yEd", Of: NetShape, network: writeGraphML},
		{Name: "gexf", MediaType: "application/gexf+xml", About: "a network with its time, for Gephi", Of: NetShape, network: writeGEXF},
		{Name: "json", MediaType: "application/json", About: "a network as node-link JSON, for networkx and D3", Of: NetShape, network: writeNodeLink},
		{Name: "cyjs", MediaType: "application/vnd.cytoscape+json", About: "a network for Cytoscape", Of: NetShape, network: writeCytoscape},
		{Name: "ftm.json", MediaType: "application/x-ndjson", About: "FollowTheMoney entities, one a line", Of: Entities, quads: writeFTM},
	}
}

// FormatOf finds a format by its name.
func FormatOf(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("there is no format %q; there are %s", name, strings.Join(names, ", "))
}

// Request says what to write.
type Request struct {
	Format Format
	Table  string // of a table format; "" means participations
	View   View   // of a network, and of the tables nodes and edges
}

// CheckView says why a network cannot be chosen for what is written, if it cannot.
func (r Request) CheckView() error {
	if r.Format.Of == NetShape || r.Format.Of == WholeTables || r.Table == "nodes" || r.Table == "edges" {
		return nil
	}
	return fmt.Errorf("%s is no network; those are graph.graphml, graph.gexf, graph.json, graph.cyjs, graph.nodes.csv, graph.edges.csv, and a part of graph.xlsx", r.Name())
}

// Name is what a file of the request is called.
func (r Request) Name() string {
	switch {
	case r.Format.Of == TableShape && (r.Table == "nodes" || r.Table == "edges"):
		return "graph." + r.Table + "." + r.Format.Name
	case r.Format.Of == TableShape:
		return r.Table + "." + r.Format.Name
	}
	return "graph." + r.Format.Name
}

// ParseName reads the name of an export file: graph.nq, participations.csv,
// graph.edges.parquet.
func ParseName(file string) (Request, error) {
	stem, ending, ok := strings.Cut(file, ".")
	if rest, isGraph := strings.CutPrefix(file, "graph."); isGraph {
		for _, table := range []string{"nodes", "edges"} {
			if format, ok := strings.CutPrefix(rest, table+"."); ok {
				return tableRequest(format, table)
			}
		}
		r, err := request(rest, "")
		if err == nil && r.Format.Of == TableShape {
			err = fmt.Errorf("%s holds one table: ask for participations.%s, graph.nodes.%s …; there are %s", r.Format.Name, r.Format.Name, r.Format.Name, strings.Join(TableNames(), ", "))
		}
		return r, err
	}
	if !ok || !slices.Contains(TableNames(), stem) {
		return Request{}, fmt.Errorf("there is no export %q; names are graph.nq, graph.graphml, participations.csv …; tables are %s", file, strings.Join(TableNames(), ", "))
	}
	return tableRequest(ending, stem)
}

func tableRequest(format, table string) (Request, error) {
	r, err := request(format, table)
	if err == nil && r.Format.Of != TableShape {
		err = fmt.Errorf("a table is not written as %s; tables are csv, parquet and arrow", format)
	}
	return r, err
}

func request(format, table string) (Request, error) {
	f, err := FormatOf(format)
	return Request{Format: f, Table: table}, err
}

// Manifest tells of what an export is, for a file beside it.
type Manifest struct {
	File      string         `json:"file"`
	Format    string         `json:"format"`
	MediaType string         `json:"media_type"`
	Table     string         `json:"table,omitempty"`
	Network   string         `json:"network,omitempty"`
	Columns   []string       `json:"columns,omitempty"`
	Rows      *int           `json:"rows,omitempty"`
	RowsOf    string         `json:"rows_of,omitempty"` // which list of an answer the rows are
	Total     *int           `json:"total,omitempty"`   // how many items that list has, of which the rows are those asked for
	Nodes     *int           `json:"nodes,omitempty"`
	Edges     *int           `json:"edges,omitempty"`
	Quads     *int           `json:"quads,omitempty"`
	Counts    map[string]int `json:"counts,omitempty"`
	Notes     []string       `json:"notes,omitempty"` // of an answer: names that fit nothing or several things
	Snapshot  string         `json:"snapshot"`
	BaseIRI   string         `json:"base_iri"`
	Filter    string         `json:"filter,omitempty"`
	Bytes     int64          `json:"bytes"`
	SHA256    string         `json:"sha256"`
	Generator string         `json:"generator"`
	Licence   string         `json:"licence"`
}

// Licence is under which exports may be used.
const Licence = "Apache-2.0; facts are those of the cited sources, quotations are theirs"

// Write writes a selection and tells what it wrote. The generator is the name
// and version of the program. It ends early with the context's error.
func Write(ctx context.Context, w io.Writer, x *Selection, r Request, generator string) (Manifest, error) {
	m := Manifest{File: r.Name(), Format: r.Format.Name, MediaType: r.Format.MediaType, Counts: x.Counts(), Filter: x.Filter}
	return m.Seal(ctx, w, x.Snapshot, generator, func(w io.Writer, m *Manifest) error {
		switch r.Format.Of {
		case TableShape:
			return x.writeTable(w, r, m)
		case NetShape:
			return x.writeNetwork(w, r, m)
		case WholeTables:
			return x.writeWorkbook(w, r)
		case Entities:
			return r.Format.quads(w, x)
		}
		counted := *x
		counted.seen = new(int)
		m.Quads = counted.seen
		return r.Format.quads(w, &counted)
	})
}

// WriteTable writes one table in a format of tables, and completes what the
// manifest says of it.
func (f Format) WriteTable(w io.Writer, t *Table, m *Manifest) error {
	if f.table == nil {
		return fmt.Errorf("%s is no format of tables", f.Name)
	}
	m.Format, m.MediaType = f.Name, f.MediaType
	m.Table, m.Rows = t.Name, new(int)
	for _, c := range t.Columns {
		m.Columns = append(m.Columns, c.Name)
	}
	counted := *t
	counted.Each = func(visit func([]any) error) error {
		return t.Each(func(row []any) error { *m.Rows++; return visit(row) })
	}
	return f.table(w, &counted)
}

// Seal writes something of a snapshot and completes the manifest with where it
// is from, its size and hash. It ends early with the context's error.
func (m Manifest) Seal(ctx context.Context, w io.Writer, s *index.Snapshot, generator string, write func(io.Writer, *Manifest) error) (Manifest, error) {
	m.Snapshot, m.BaseIRI, m.Generator, m.Licence = s.Hash, string(s.Base), generator, Licence
	sum := sha256.New()
	c := &counting{ctx: ctx, w: io.MultiWriter(w, sum)}
	err := write(c, &m)
	m.Bytes, m.SHA256 = c.n, hex.EncodeToString(sum.Sum(nil))
	return m, err
}

func (x *Selection) writeTable(w io.Writer, r Request, m *Manifest) error {
	if r.Table == "" {
		r.Table = "participations"
	}
	t, err := x.Table(r.Table, r.View)
	if err != nil {
		return err
	}
	if r.Table == "nodes" || r.Table == "edges" {
		m.Network = string(r.View)
	}
	return r.Format.WriteTable(w, t, m)
}

func (x *Selection) writeNetwork(w io.Writer, r Request, m *Manifest) error {
	n := x.Network(r.View)
	nodes := len(n.Nodes)
	m.Network, m.Nodes, m.Edges = string(n.View), &nodes, new(int)
	each := n.each
	n.each = func(visit func(*Edge) error) error {
		return each(func(e *Edge) error { *m.Edges++; return visit(e) })
	}
	return r.Format.network(w, n)
}

// writeWorkbook writes all tables but the statements, which repeat them.
func (x *Selection) writeWorkbook(w io.Writer, r Request) error {
	var tables []*Table
	for _, name := range TableNames() {
		if name == "statements" {
			continue
		}
		t, err := x.Table(name, r.View)
		if err != nil {
			return err
		}
		tables = append(tables, t)
	}
	return writeXLSX(w, tables)
}

// counting counts bytes and ends with the context.
type counting struct {
	ctx context.Context
	w   io.Writer
	n   int64
}

func (c *counting) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// sequence hands quads on as the writers of syntaxes take them; err tells at the
// end what the visits met.
func sequence(each func(func(rdf.Quad) error) error, err *error) iter.Seq[rdf.Quad] {
	return func(yield func(rdf.Quad) bool) {
		*err = each(func(q rdf.Quad) error {
			if !yield(q) {
				return errEnough
			}
			return nil
		})
		if errors.Is(*err, errEnough) {
			*err = nil
		}
	}
}

var errEnough = errors.New("no more is wanted")

func writeTriG(w io.Writer, x *Selection) error {
	var err error
	return errors.Join(turtle.WriteTriG(w, string(x.Snapshot.Base), sequence(x.EachQuadByGraph, &err)), err)
}

func writeTurtle(w io.Writer, x *Selection) error {
	var err error
	return errors.Join(turtle.WriteTurtle(w, string(x.Snapshot.Base), sequence(x.EachQuad, &err)), err)
}

func writeJSONLD(w io.Writer, x *Selection) error {
	var err error
	return errors.Join(jsonld.Write(w, sequence(x.EachQuadByGraph, &err)), err)
}

func writeNQuads(w io.Writer, x *Selection) error {
	b := bufio.NewWriterSize(w, 256<<10)
	var line []byte
	err := x.EachQuad(func(q rdf.Quad) error {
		line = rdf.AppendNQuad(line[:0], q)
		_, err := b.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	return b.Flush()
}

// writeNTriples writes each triple once, whatever says it.
func writeNTriples(w io.Writer, x *Selection) error {
	b := bufio.NewWriterSize(w, 256<<10)
	var line []byte
	var last rdf.Quad
	uncounted := *x
	uncounted.seen = nil
	err := uncounted.EachQuad(func(q rdf.Quad) error {
		if q.Graph = ""; q == last {
			return nil
		}
		if last = q; x.seen != nil {
			*x.seen++
		}
		line = rdf.AppendNQuad(line[:0], q)
		_, err := b.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	return b.Flush()
}
