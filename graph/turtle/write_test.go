package turtle_test

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/rdf/rdftest"
	"dialograph/graph/turtle"
	"dialograph/graph/vocab"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const example = `@base <https://dialograph.example/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dg: <https://dialograph.example/ns#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<event/a>
  schema:url "https://example.org/é"^^xsd:anyURI .

<passage/x.0-9> {
  <event/a>
    a schema:Event ;
    dg:ordinal 7 ;
    schema:name "7th \"Dialogue\"\n", "사이버"@ko .

  <event/b>
    dg:provisional true ;
    schema:superEvent <https://dialograph.example/id/?q>, <event/a> .
}

<source/s> {
  <event/a>
    dg:date "2020-11-24"^^edtf:EDTF .
}
`

func exampleQuads() []rdf.Quad {
	a, b, passage := rdftest.Base.IRI("event/a"), rdftest.Base.IRI("event/b"), rdftest.Base.IRI("passage/x.0-9")
	return rdftest.Sorted([]rdf.Quad{
		{Subject: a, Predicate: vocab.URL, Object: rdf.Typed("https://example.org/é", vocab.AnyURI)},
		{Subject: a, Predicate: vocab.Type, Object: rdf.IRI(vocab.Event), Graph: passage},
		{Subject: a, Predicate: vocab.Ordinal, Object: rdf.Typed("7", vocab.Integer), Graph: passage},
		{Subject: a, Predicate: vocab.Name, Object: rdf.Text("7th \"Dialogue\"\n"), Graph: passage},
		{Subject: a, Predicate: vocab.Name, Object: rdf.LangText("사이버", "ko"), Graph: passage},
		{Subject: b, Predicate: vocab.SuperEvent, Object: rdf.IRI(a), Graph: passage},
		{Subject: b, Predicate: vocab.SuperEvent, Object: rdf.IRI(vocab.DefaultBase + "?q"), Graph: passage},
		{Subject: b, Predicate: vocab.Provisional, Object: rdf.Typed("true", vocab.Boolean), Graph: passage},
		{Subject: a, Predicate: vocab.Date, Object: rdf.Typed("2020-11-24", vocab.EDTF), Graph: rdftest.Base.IRI("source/s")},
	})
}

func TestWriteTriG(t *testing.T) {
	got := triG(t, vocab.DefaultBase, exampleQuads())
	if diff := cmp.Diff(example, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What cannot be written is refused: quads out of order, terms that no reader
// would take, a base to which nothing is relative.
func TestWriteRefuses(t *testing.T) {
	q := rdf.Quad{Subject: "http://a/s", Predicate: "http://a/p", Object: rdf.Text("x")}
	with := func(change func(*rdf.Quad)) rdf.Quad { c := q; change(&c); return c }
	for _, x := range []struct {
		base, want string
		quads      []rdf.Quad
	}{
		{"", "not sorted", []rdf.Quad{q, with(func(q *rdf.Quad) { q.Subject = "http://a/r" })}},
		{"", "not an absolute IRI", []rdf.Quad{with(func(q *rdf.Quad) { q.Predicate = "p" })}},
		{"", "holds the character '>'", []rdf.Quad{with(func(q *rdf.Quad) { q.Graph = "http://a/>" })}},
		{"", "language tag", []rdf.Quad{with(func(q *rdf.Quad) { q.Object.Lang = "en us" })}},
		{"", "not UTF-8", []rdf.Quad{with(func(q *rdf.Quad) { q.Object.Value = "\xff" })}},
		{"http://a/s", "ends in a slash", nil},
		{"a/", "ends in a slash", nil},
	} {
		err := turtle.WriteTriG(io.Discard, x.base, slices.Values(x.quads))
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%v: got %v, want %q", x.quads, err, x.want)
		}
	}
}

// Whatever is written is read as it was.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { roundTrip(t, rdftest.Quads(t)) })
}

func FuzzRoundTrip(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { roundTrip(t, rdftest.Quads(t)) }))
}

func TestSeedsRoundTrip(t *testing.T) {
	roundTrip(t, rdftest.Sorted(append(rdftest.Seeds(t), rdftest.Odd(true)...)))
}

func roundTrip(t rdftest.Fataler, quads []rdf.Quad) {
	for _, base := range []string{"", vocab.DefaultBase} {
		if diff := rdftest.Diff(quads, read(t, turtle.TriG, triG(t, base, quads))); diff != "" {
			t.Fatal("TriG:", diff)
		}
		if diff := rdftest.Diff(triples(quads), read(t, turtle.Turtle, asTurtle(t, base, quads))); diff != "" {
			t.Fatal("Turtle:", diff)
		}
	}
}

// Readers that no one here wrote read exactly the quads that were written.
func TestOthersReadTheSeeds(t *testing.T) {
	seeds := rdftest.Seeds(t)
	sample := rdftest.Sorted(append(rdftest.Sample(seeds), rdftest.Odd(false)...))
	seeds = rdftest.Sorted(append(seeds, rdftest.Odd(false)...))
	for _, reader := range []struct {
		name  string
		read  func(*testing.T, string, []byte) []rdf.Quad
		quads []rdf.Quad
	}{{"rapper", rdftest.Rapper, seeds}, {"rdflib", rdftest.RDFLib, sample}} {
		t.Run(reader.name+"/trig", func(t *testing.T) {
			got := reader.read(t, "trig", triG(t, vocab.DefaultBase, reader.quads))
			if diff := rdftest.Diff(reader.quads, got); diff != "" {
				t.Error(diff)
			}
		})
		t.Run(reader.name+"/turtle", func(t *testing.T) {
			got := reader.read(t, "turtle", asTurtle(t, vocab.DefaultBase, reader.quads))
			if diff := rdftest.Diff(triples(reader.quads), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// triples drops the graphs of quads.
func triples(quads []rdf.Quad) []rdf.Quad {
	quads = slices.Clone(quads)
	for i := range quads {
		quads[i].Graph = ""
	}
	return rdftest.Sorted(quads)
}

func triG(t rdftest.Fataler, base string, quads []rdf.Quad) []byte {
	return written(t, turtle.WriteTriG, base, quads)
}

func asTurtle(t rdftest.Fataler, base string, quads []rdf.Quad) []byte {
	return written(t, turtle.WriteTurtle, base, slices.SortedFunc(slices.Values(quads), rdf.Compare))
}

func written(t rdftest.Fataler, write func(io.Writer, string, iter.Seq[rdf.Quad]) error, base string, quads []rdf.Quad) []byte {
	var out bytes.Buffer
	if err := write(&out, base, slices.Values(quads)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t rdftest.Fataler, syntax turtle.Syntax, text []byte) []rdf.Quad {
	return rdftest.Collect(t, func(visit func(rdf.Statement) error) error {
		return turtle.Read(bytes.NewReader(text), "", syntax, visit)
	})
}
