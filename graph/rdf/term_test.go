package rdf_test

import (
	"strings"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// A quad that could not be read again is refused, and the fault is named.
func TestCheck(t *testing.T) {
	const iri = "http://a/b"
	text := rdf.Text("x")
	for _, x := range []struct {
		q    rdf.Quad
		want string
	}{
		{rdf.Quad{Subject: iri, Predicate: iri, Object: text, Graph: iri}, ""},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.LangText("x", "zh-Hant-TW"), Graph: iri}, ""},
		{rdf.Quad{Subject: "a", Predicate: iri, Object: text, Graph: iri}, `subject: "a" is not an absolute IRI`},
		{rdf.Quad{Subject: iri, Predicate: "http://a/ b", Object: text, Graph: iri}, `predicate: IRI "http://a/ b" holds the character ' '`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: text}, `graph: "" is not an absolute IRI`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.IRI("_:b"), Graph: iri}, `"_:b" is not an absolute IRI`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.Text("\xff"), Graph: iri}, `"\xff" is not UTF-8`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.Typed("6.0", vocab.Integer), Graph: iri}, `"6.0" is not an xsd:integer`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.LangText("x", "e n"), Graph: iri}, `"e n" is not the lower-case language tag of a string`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.Term{Value: "x", Literal: true, Lang: "en", Datatype: iri}, Graph: iri}, `"en" is not the lower-case language tag of a string`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.Typed("x", vocab.LangStr), Graph: iri}, `"x" is an rdf:langString without a language tag`},
		{rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.Typed("x", "a"), Graph: iri}, `datatype: "a" is not an absolute IRI`},
	} {
		got := ""
		if err := x.q.Check(); err != nil {
			got = err.Error()
		}
		if !strings.HasSuffix(got, x.want) || x.want == "" && got != "" {
			t.Errorf("%+v: got %q, want %q", x.q, got, x.want)
		}
	}
}
