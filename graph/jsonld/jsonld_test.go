package jsonld_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/jsonld"
	"dialograph/graph/rdf"
	"dialograph/graph/rdf/rdftest"
	"dialograph/graph/vocab"

	"github.com/google/go-cmp/cmp"
	"github.com/piprate/json-gold/ld"
	"pgregory.net/rapid"
)

func write(t rdftest.Fataler, quads []rdf.Quad) []byte {
	var out bytes.Buffer
	if err := jsonld.Write(&out, slices.Values(quads)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t rdftest.Fataler, text []byte) []rdf.Quad {
	return rdftest.Collect(t, func(visit func(rdf.Statement) error) error {
		return jsonld.Read(bytes.NewReader(text), "", visit)
	})
}

func TestWrite(t *testing.T) {
	a, b, passage := rdftest.Base.IRI("event/a"), rdftest.Base.IRI("event/b"), rdftest.Base.IRI("passage/x.0-9")
	got := write(t, rdftest.Sorted([]rdf.Quad{
		{Subject: a, Predicate: vocab.URL, Object: rdf.Typed("https://example.org/é", vocab.AnyURI)},
		{Subject: a, Predicate: vocab.Type, Object: rdf.IRI(vocab.Event), Graph: passage},
		{Subject: a, Predicate: vocab.Ordinal, Object: rdf.Typed("7", vocab.Integer), Graph: passage},
		{Subject: a, Predicate: vocab.Name, Object: rdf.Text("7th \"Dialogue\"\n"), Graph: passage},
		{Subject: a, Predicate: vocab.Name, Object: rdf.LangText("사이버", "ko"), Graph: passage},
		{Subject: b, Predicate: vocab.SuperEvent, Object: rdf.IRI(a), Graph: passage},
		{Subject: b, Predicate: vocab.Provisional, Object: rdf.Typed("true", vocab.Boolean), Graph: passage},
		{Subject: b, Predicate: vocab.Name, Object: rdf.IRI(a), Graph: passage},
		{Subject: a, Predicate: vocab.Date, Object: rdf.Typed("2020-11-24", vocab.EDTF), Graph: rdftest.Base.IRI("source/s")},
		{Subject: a, Predicate: vocab.Date, Object: rdf.Text("later"), Graph: rdftest.Base.IRI("source/s")},
	}))
	const want = `"@graph": [
{"@id": "https://dialograph.example/id/event/a", "schema:url": "https://example.org/é"},
{"@id": "https://dialograph.example/id/passage/x.0-9", "@graph": [
{"@id": "https://dialograph.example/id/event/a", "@type": "schema:Event", "dg:ordinal": 7, "schema:name": ["7th \"Dialogue\"\n", {"@language": "ko", "@value": "사이버"}]},
{"@id": "https://dialograph.example/id/event/b", "dg:provisional": true, "schema:name": {"@id": "https://dialograph.example/id/event/a"}, "schema:superEvent": "https://dialograph.example/id/event/a"}
]},
{"@id": "https://dialograph.example/id/source/s", "@graph": [
{"@id": "https://dialograph.example/id/event/a", "dg:date": ["2020-11-24", {"@value": "later"}]}
]}
]
}
`
	head, rest, _ := strings.Cut(string(got), "\n},\n")
	if diff := cmp.Diff(want, rest); diff != "" || head+"\n}\n}\n" != string(jsonld.Context()) {
		t.Errorf("(-want +got):\n%s\nafter\n%s", diff, head)
	}
}

// Whatever is written is JSON and is read as it was; quads whose IRIs would be
// taken for short names are refused.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quads := rdftest.Quads(t)
		text := write(t, quads)
		if !json.Valid(text) {
			t.Fatalf("%s is not JSON", text)
		}
		if diff := rdftest.Diff(quads, read(t, text)); diff != "" {
			t.Fatalf("%s\n%s", diff, text)
		}
	})
}

func TestSeedsRoundTrip(t *testing.T) {
	quads := rdftest.Sorted(append(rdftest.Seeds(t), rdftest.Odd(true)...))
	if diff := rdftest.Diff(quads, read(t, write(t, quads))); diff != "" {
		t.Error(diff)
	}
}

// Readers that no one here wrote read exactly the quads that were written:
// json-gold's own conversion to RDF, and rdflib.
func TestOthersReadTheSeeds(t *testing.T) {
	quads := rdftest.Seeds(t)
	t.Run("json-gold", func(t *testing.T) {
		if diff := rdftest.Diff(quads, jsonGold(t, write(t, quads))); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("rdflib", func(t *testing.T) {
		sample := rdftest.Sorted(append(rdftest.Sample(quads), rdftest.Odd(false)...))
		if diff := rdftest.Diff(sample, rdftest.RDFLib(t, "json-ld", write(t, sample))); diff != "" {
			t.Error(diff)
		}
	})
}

func jsonGold(t *testing.T, text []byte) []rdf.Quad {
	t.Helper()
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.Format = "application/n-quads"
	out, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if err != nil {
		t.Fatal(err)
	}
	var quads []rdf.Quad
	if err := rdf.ReadNQuads(out.(string), func(q rdf.Quad) error { quads = append(quads, q); return nil }); err != nil {
		t.Fatal(err)
	}
	return rdftest.Sorted(quads)
}

func TestWriteRefuses(t *testing.T) {
	q := rdf.Quad{Subject: "http://a/s", Predicate: "http://a/p", Object: rdf.Text("x")}
	with := func(change func(*rdf.Quad)) rdf.Quad { c := q; change(&c); return c }
	for _, x := range []struct {
		want  string
		quads []rdf.Quad
	}{
		{"not sorted", []rdf.Quad{q, with(func(q *rdf.Quad) { q.Subject = "http://a/r" })}},
		{"not an absolute IRI", []rdf.Quad{with(func(q *rdf.Quad) { q.Predicate = "p" })}},
		{`"org:x" would be read as a short name`, []rdf.Quad{with(func(q *rdf.Quad) { q.Object = rdf.IRI("org:x") })}},
		{`"dg:x" would be read as a short name`, []rdf.Quad{with(func(q *rdf.Quad) { q.Graph = "dg:x" })}},
		{"not UTF-8", []rdf.Quad{with(func(q *rdf.Quad) { q.Object.Value = "\xff" })}},
	} {
		err := jsonld.Write(io.Discard, slices.Values(x.quads))
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%v: got %v, want %q", x.quads, err, x.want)
		}
	}
}

// Documents of others: what they mean, and why some are refused.
func TestRead(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{`{"@context": "https://schema.org", "@id": "e", "type": "Event", "startDate": "2020-11-24"}`,
			"http://b/e a https://schema.org/Event;http://b/e https://schema.org/startDate \"2020-11-24\"^^https://schema.org/Date"},
		{`{"@context": ["http://schema.org/", "` + jsonld.ContextIRI + `"], "@id": "http://a", "dg:party": "p", "url": "u"}`,
			"http://a https://dialograph.example/ns#party http://b/p;http://a https://schema.org/url http://b/u"},
		{`[{"@id": "x:s", "x:p": [6, -0.0, 2.5, true, {"@list": ["a", {"@value": "b", "@language": "EN"}]}]}]`,
			"x:s x:p \"6\"^^xsd:integer;x:s x:p \"0\"^^xsd:integer;x:s x:p \"2.5E0\"^^xsd:double;x:s x:p \"true\"^^xsd:boolean;" +
				"_:anon1 rdf:first \"b\"@en;_:anon1 rdf:rest rdf:nil;_:anon2 rdf:first \"a\";_:anon2 rdf:rest _:anon1;x:s x:p _:anon2"},
		{`{"@id": "_:anon1", "@reverse": {"x:p": {"@id": "x:o"}}, "@included": [{"x:q": 1}], "@graph": [{"@id": "_:g", "x:r": {"@set": ["y"]}}]}`,
			"_:anon_anon1 { _:g x:r \"y\" };_:anon1 x:q \"1\"^^xsd:integer;x:o x:p _:anon_anon1"},
		{`{"unknown": 1, "@id": "x:s"}`, ""},
		{`{"@context": "https://example.org/c", "p": 1}`, `the context "https://example.org/c" is not known here, and nothing is fetched`},
		{`{"@context": {"@import": "https://example.org/c"}, "p": 1}`, `the context "https://example.org/c" is not known here, and nothing is fetched`},
		{`{"x:p": {"@type": "@json", "@value": [1]}}`, "@json, which is not read"},
		{`{"@id": "x:s"`, "unexpected EOF"},
		{`{} {}`, "more follows"},
		{`"` + jsonld.ContextIRI + `"`, "want an object or a list"},
		{`{"@id": 5}`, "read JSON-LD"},
	} {
		var got []string
		err := jsonld.Read(strings.NewReader(x.text), "http://b/", func(s rdf.Statement) error { got = append(got, shown(s)); return nil })
		if text := strings.Join(got, ";"); err == nil && text != x.want || err != nil && !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s:\n got %s %v\nwant %s", x.text, text, err, x.want)
		}
	}
	err := jsonld.Read(strings.NewReader(`{"@id": "s", "http://a/p": 1}`), "", func(rdf.Statement) error { return nil })
	if err == nil || !strings.Contains(err.Error(), `"s" is no absolute IRI`) {
		t.Errorf("without a base: got %v", err)
	}
}

// An IRI that json-gold takes for no web address, and leaves out, is kept.
func TestReadKeepsEveryIRI(t *testing.T) {
	for _, iri := range []string{"http://example.org/" + strings.Repeat("a", 3000), "https://-/"} {
		text := `{"@id": "` + iri + `", "x:p": {"@id": "` + iri + `"}}`
		want := []rdf.Quad{{Subject: iri, Predicate: "x:p", Object: rdf.IRI(iri)}}
		if diff := rdftest.Diff(want, read(t, []byte(text))); diff != "" {
			t.Error(diff)
		}
		if got := jsonGold(t, []byte(text)); len(got) > 0 {
			t.Errorf("json-gold's own conversion now keeps %.30s; ours may be needless", iri)
		}
	}
}

func shown(s rdf.Statement) string {
	node := func(n rdf.Node) string {
		text := n.Value
		if n.Literal {
			text = `"` + text + `"`
		}
		if n.Blank != "" {
			text = "_:" + n.Blank
		}
		if n.Lang != "" {
			text += "@" + n.Lang
		}
		if n.Datatype != "" {
			text += "^^" + n.Datatype
		}
		return text
	}
	text := node(s.Subject) + " " + s.Predicate + " " + node(s.Object)
	if s.Graph != (rdf.Node{}) {
		text = node(s.Graph) + " { " + text + " }"
	}
	return strings.NewReplacer(vocab.Type+" ", "a ", vocab.XSD, "xsd:", vocab.RDF, "rdf:").Replace(text)
}

// Whatever is read, reading ends without a panic.
func FuzzRead(f *testing.F) {
	f.Add(`{"@context": {"a": {"@id": "http://a/", "@container": "@list"}, "@vocab": "http://v/"}, "a": [1, {"b": "c"}], "@type": "T"}`)
	f.Add(`{"@graph": [{"@id": "x:s", "x:p": {"@value": "v", "@language": "en"}}], "@id": "_:g"}`)
	f.Fuzz(func(t *testing.T, text string) {
		_ = jsonld.Read(strings.NewReader(text), "http://b/", func(rdf.Statement) error { return nil })
	})
}

func BenchmarkWrite(b *testing.B) {
	quads := rdftest.Seeds(b)
	n := 0
	for b.Loop() {
		if err := jsonld.Write(io.Discard, slices.Values(quads)); err != nil {
			b.Fatal(err)
		}
		n += len(quads)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkRead(b *testing.B) {
	text := write(b, rdftest.Seeds(b))
	b.SetBytes(int64(len(text)))
	n := 0
	for b.Loop() {
		if err := jsonld.Read(bytes.NewReader(text), "", func(rdf.Statement) error { n++; return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}
