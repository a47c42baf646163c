package docs_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/loaders/foreign"
	"dialograph/schema/exporthttp"
	"dialograph/seeds/seedstest"
)

const exportsHead = `# Exports

The graph, or a part of it, for notebooks and other tools: from the command line (` + "`dialograph export`" + `) and from a running server by a
URL that ends in the name of a file. [notebooks.md](notebooks.md) shows how to read them. A test writes this page from the code.

` + "```" + `
dialograph export --format csv --table participations -o participations.csv
dialograph export --format graphml --network co-attendance -o met.graphml
dialograph export -o eu-japan.nq --where '{"series": {"name": "EU-Japan Cyber Dialogue"}}'
` + "```" + `

Over HTTP the same: ` + "`/export/participations.csv`, `/export/graph.graphml?network=co-attendance`, `/export/graph.edges.parquet`" + `; and
` + "`/export/graph`" + ` chooses by the Accept header. ` + "`/export/`" + ` lists what there is. ` + "`/q/NAME.csv`" + ` (or json, parquet, arrow) is the answer of a
known query, with the parameters of the URL as variables ([below](#answers-of-queries)).

## What holds for all of them

* The same graph and selection give the same bytes. Identifiers of nodes and edges are those of the graph, the same in every format.
* Beside each stands a manifest (` + "`FILE.manifest.json`" + `; over HTTP, also of ` + "`/q/`" + `, the same name with that ending, named in the Link header): counts, the
  hash of the snapshot, the filter, size and SHA-256 of the file, the program, the licence. Quote the snapshot when you publish.
* Evidence travels on edges and rows: identifiers of passages, their words, the addresses of sources. N-Quads carry it as the graph of
  each statement, and so do TriG and JSON-LD; N-Triples and Turtle cannot.
* Over HTTP: entity tags and 304, HEAD, ranges, gzip and zstd; the file is called as in its URL.
* A list in a cell of CSV or Excel is joined with "|"; a "|" or backslash within an item has a backslash before it. A text that a spreadsheet would
  take for a formula (it begins with = + - @, a tab or an apostrophe) has an apostrophe before it in CSV; in Excel all texts are texts.
* Names of every script, and such as could be taken for a formula, a number or markup, come back as they were. Signs that XML cannot hold
  (control characters, U+FFFE, U+FFFF) become U+FFFD in GraphML, GEXF and Excel. Cells of Excel end after 32,767 signs.
* ` + "`dialograph load graph.nq` (or graph.trig, graph.jsonld)" + ` brings a graph back: loaded into an empty store and exported again, it is the same byte for byte.
* ` + "`dialograph load participations.csv`" + ` brings that table back as unreviewed records of events: who took part, in which role, for whom, and what says so,
  but not what the table has no column for ([records.md](records.md#a-table-of-participations)).
* A graph without graphs (` + "`.ttl`, `.nt`" + `) comes back without the source of each statement: its records as unreviewed, its entries as said by the file, and
  neither takes the place of what the graph holds with its sources. What ` + "`schema.jsonld`" + ` tells comes back as RDF of others does (below).

A selection takes records whole in RDF, with the entries that they speak of and the members of these. In tables and networks, filters on participations
(actor, person, side, role, position) also leave other participations of the same events out.

## Answers of queries

` + "`/q/NAME.FORMAT`" + ` is the answer of a known query: one of [queries.md](queries.md), or ` + "`DIR/NAME.graphql` of `serve --queries DIR`" + `.

As a table (` + "`.csv`, `.parquet`, `.arrow`" + `) it has a row for each item of one list: the first ` + "`nodes` or `edges`" + ` with several items, else the longest list; an
answer without any is one row. ` + "`?rows=event.participations.nodes`" + ` takes another; rows of a list in a list have what stands around them before their
own values. A column is called by its path (` + "`actor.name`" + `). Lists within a row are lists: ` + "`values.value` and `values.preferred`" + ` agree item by item, but where
lists lie in lists all values stand one after the other; ` + "`?rows=`" + ` with the inner one keeps them apart. The manifest says which list the rows are
(` + "`rows_of`" + `), how many items each list of the answer has (` + "`counts`" + `), and how many there are in the graph where the query asks for that (` + "`total`" + `): most queries
ask for the first few only.

In the formats of graphs (` + "`/q/NAME.nq`, `.ttl`, `.graphml`, `.graph.json` …, with `?network=`" + ` for networks) it is the things that the answer was made of, with
what holds between them: ask for all of an event's participations and their people and bodies are in it, for an event and one body, only the part of
that body in it. Of bodies or people that met, the events are in it; where an answer has bodies or people but no event, all their events count in the
networks of co-attendance.

## Read by others

Tests read the exports with tools that nobody here wrote, and compare rows, names, identifiers, weights, evidence and quads with the graph:
pandas, pyarrow, DuckDB and openpyxl the tables; networkx, igraph and graphology the networks; rdflib the RDF; the followthemoney package its
entities. json-gold and rdf-canonize make the canonical form (RDFC-1.0) of the RDF, which is the same in N-Quads, TriG and JSON-LD; the lines of
our N-Quads are those of that form. What these tools showed:

* igraph takes one end of an edge for its identifier in GraphML. The identifier therefore also stands in the data of the edge; igraph warns of
  it and then has it right in ` + "`g.es[\"id\"]`" + `. Nodes have theirs in ` + "`g.vs[\"id\"]`" + `.
* GraphML is as its XML schema wants it, but for the identifiers of nodes and edges: the schema allows no "/" or "~" there (NMTOKEN). No reader
  minds.
* GEXF 1.3 was compared with the schema of 1.2draft, in whose namespace it is the same but for timerepresentation; networkx, too, knows that
  namespace only.
* graphology takes the direction of GEXF from its edges: a network without one is neither directed nor undirected to it.
* encoding/csv of Go reads the two signs that end a line on Windows as one, and openpyxl leaves escapes of Excel (_x005F_) to its own unescape.
* The followthemoney package makes one space of several, takes control characters away and composes letters when it reads.
`

const othersHead = `
## RDF of others, loaded

` + "`dialograph load FILE`" + ` also takes RDF that others wrote, as N-Quads, N-Triples, Turtle, TriG or JSON-LD, with blank nodes: an organiser's page as
schema.org, an organigram in the Organization Ontology, a SKOS thesaurus. What the tables below name becomes records and authority entries,
where the meaning agrees, and goes the way of all others: through the linter, the names, the protection of what a person reviewed. The
rest is counted by property, with the first example and its line, and ` + "`--left FILE`" + ` writes it as N-Quads. A file of which nothing has a place
is an error; that some of it has none is not.

* The source of a statement is its named graph, where that is an address of the web; else the page of the event (` + "`schema:url`" + `), what the thing is
  derived from, or the only work that an event cites; else the file, by its title and SHA-256.
* Who is meant: an entry with the same address (` + "`schema:sameAs`, `owl:sameAs`" + `, or the thing's own), else the one entry of that name; a name that any state could
  use needs a body above it, and an entry that stands below another body than the file says is not meant. What a file says of an entry that the graph holds from elsewhere changes nothing. A new entry keeps its address
  in ` + "`same_as`" + `. A thing without an address that only lends its name to an event gets no entry: its name resolves as in any record.
* An event that is called scheduled, or has no status, is planned, whatever its day: the page does not say that it was held. A person who
  reviews the record can. Two named graphs that differ on the day or the status make a claim.
* Dates of schema.org are cut to days. An event with a first day and no last one is of that day, with a note.
* Contact details – e-mail, telephone, contact points, addresses of people, and any text that holds one – are left out and not repeated anywhere.
* http://schema.org/ and https://schema.org/ are the same. JSON-LD contexts are never fetched: that of schema.org is known, others must be in the file.
* Loading a file again changes nothing. A record that the graph holds from another source is not replaced.

Without a place, among others: offers, images, sponsors, street addresses, nationalities, the sites and purposes of organisations, all that hangs on them.
` + "`org:headOf`" + ` names no office. A class not listed makes no entry; a thing without one is what the property that leads to it demands.
`

// docs/exports.md lists every format, table, column and parameter; -update
// writes it.
func TestExportsPageIsCurrent(t *testing.T) {
	var b strings.Builder
	b.WriteString(exportsHead)
	b.WriteString("\n## Formats\n\n| name | media type | |\n|---|---|---|\n")
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", f.Name, f.MediaType, f.About)
	}
	b.WriteString("\n## Parameters\n\nOf a URL. Names are any alias in any script, or kind/slug. A parameter that is not known, or a name that nothing has, is an error: a slip\nwould give the whole graph, or nothing.\n\n| name | |\n|---|---|\n")
	holder := &index.Holder{}
	holder.Swap(seedstest.Snapshot(t))
	w := httptest.NewRecorder()
	(&exporthttp.Handler{Holder: holder}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/export/", nil))
	var listed struct {
		Parameters []struct{ Name, About string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &listed); err != nil || len(listed.Parameters) < 15 {
		t.Fatalf("%v: %s", err, w.Body)
	}
	for _, p := range listed.Parameters {
		fmt.Fprintf(&b, "| `%s` | %s |\n", p.Name, p.About)
	}
	b.WriteString("\n## Networks\n\n`full` is everything that has a name and every relation; `attendance` who took part in what; `co-attendance` which bodies met, weighted\nby the events; `co-attendance-people` the same of people; `topics` what events took up.\n")
	x := export.Whole(holder.Current())
	for _, name := range export.TableNames() {
		table, err := x.Table(name, export.Full)
		if err != nil {
			t.Fatal(err)
		}
		about := strings.ReplaceAll(table.Doc, "the network full", "a network")
		fmt.Fprintf(&b, "\n## Table %s\n\n%s\n\n| column | type | |\n|---|---|---|\n", name, about)
		for _, c := range table.Columns {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Name, []string{"text", "integer", "number", "boolean", "list of texts"}[c.Type], c.Doc)
		}
	}
	b.WriteString(othersHead)
	b.WriteString("\n| class | becomes | kind |\n|---|---|---|\n")
	for _, c := range foreign.Classes() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.IRI, c.Kind, c.Detail)
	}
	b.WriteString("\n| on | property | becomes |\n|---|---|---|\n")
	for _, r := range foreign.Rules() {
		var of []string
		for _, kind := range r.Of {
			of = append(of, string(kind))
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s |\n", strings.Join(of, ", "), strings.Join(r.Terms, "` `"), r.Becomes)
	}
	current(t, "exports.md", b.String())
}
