// Package rdf turns records and authority entries into RDF 1.1 quads and back
// without loss, and reads and writes N-Quads.
//
// The fourth position of a quad names the passage or source that supports it.
// Statements that no source makes (that a record is reviewed, say) stand in the
// graph of the record; facts about sources and passages in one graph of their
// own. There are no blank nodes.
//
// Surprising: the statements of a record without support of their own are
// attributed to its only source, or to the record where there are several;
// [graph.Record.Canonical] says so explicitly and is what comes back.
package rdf

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dialograph/graph/vocab"
)

// Term is an IRI or a literal. The zero Datatype of a literal is xsd:string.
// A Term is comparable.
type Term struct {
	Value    string
	Datatype string // full IRI; "" for an IRI or a plain string
	Lang     string // lower-case BCP 47 tag of a language-tagged string
	Literal  bool
}

// IRI makes an IRI term.
func IRI(iri string) Term { return Term{Value: iri} }

// Text makes a plain string literal.
func Text(s string) Term { return Term{Value: s, Literal: true} }

// LangText makes a language-tagged string, or a plain one where lang is "".
func LangText(s, lang string) Term {
	return Term{Value: s, Lang: strings.ToLower(lang), Literal: true}
}

// Typed makes a literal of a datatype.
func Typed(s, datatype string) Term {
	if datatype == vocab.String {
		datatype = ""
	}
	return Term{Value: s, Datatype: datatype, Literal: true}
}

// Quad is one statement and the graph that supports it. Subject, Predicate and
// Graph are absolute IRIs.
type Quad struct {
	Subject   string
	Predicate string
	Object    Term
	Graph     string
}

// Compare orders quads by subject, predicate, object and graph.
func Compare(a, b Quad) int {
	if c := strings.Compare(a.Subject, b.Subject); c != 0 {
		return c
	}
	if c := strings.Compare(a.Predicate, b.Predicate); c != 0 {
		return c
	}
	if c := CompareTerms(a.Object, b.Object); c != 0 {
		return c
	}
	return strings.Compare(a.Graph, b.Graph)
}

// CompareInGraph orders quads by graph, subject, predicate and object.
func CompareInGraph(a, b Quad) int {
	if c := strings.Compare(a.Graph, b.Graph); c != 0 {
		return c
	}
	return Compare(a, b)
}

// CompareTerms orders IRIs before literals, then by value, datatype and language.
func CompareTerms(a, b Term) int {
	if a.Literal != b.Literal {
		if a.Literal {
			return 1
		}
		return -1
	}
	if c := strings.Compare(a.Value, b.Value); c != 0 {
		return c
	}
	if c := strings.Compare(a.Datatype, b.Datatype); c != 0 {
		return c
	}
	return strings.Compare(a.Lang, b.Lang)
}

// Check says why a quad cannot be stored: no graph, or a fault of its triple.
func (q Quad) Check() error {
	if err := checkIRI(q.Graph); err != nil {
		return fmt.Errorf("graph: %w", err)
	}
	return q.CheckTriple()
}

// CheckTriple says why a quad cannot be written, whatever its graph: an IRI that
// is not absolute, text that is not UTF-8, a number or a language that is none.
func (q Quad) CheckTriple() error {
	for _, part := range []struct{ name, iri string }{{"subject", q.Subject}, {"predicate", q.Predicate}} {
		if err := checkIRI(part.iri); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if err := q.Object.check(); err != nil {
		return fmt.Errorf("object of <%s> <%s>: %w", q.Subject, q.Predicate, err)
	}
	return nil
}

func (t Term) check() error {
	if !t.Literal {
		return checkIRI(t.Value)
	}
	if !utf8.ValidString(t.Value) {
		return fmt.Errorf("%q is not UTF-8", t.Value)
	}
	if t.Lang != "" && (t.Datatype != "" || !isLang(t.Lang)) {
		return fmt.Errorf("%q is not the lower-case language tag of a string", t.Lang)
	}
	if t.Datatype == vocab.LangStr {
		return fmt.Errorf("%q is an rdf:langString without a language tag", t.Value)
	}
	if t.Datatype != "" {
		if err := checkIRI(t.Datatype); err != nil {
			return fmt.Errorf("datatype: %w", err)
		}
	}
	return checkLexical(t)
}

func checkLexical(t Term) error {
	switch t.Datatype {
	case vocab.Integer:
		digits := strings.TrimLeft(t.Value, "+-")
		if digits == "" || len(t.Value)-len(digits) > 1 || strings.Trim(digits, "0123456789") != "" {
			return fmt.Errorf("%q is not an xsd:integer", t.Value)
		}
	case vocab.Boolean:
		if t.Value != "true" && t.Value != "false" {
			return fmt.Errorf("%q is not an xsd:boolean", t.Value)
		}
	}
	return nil
}

// checkIRI wants an absolute IRI of the characters that N-Quads allows.
func checkIRI(iri string) error {
	if !utf8.ValidString(iri) {
		return fmt.Errorf("IRI %q is not UTF-8", iri)
	}
	for i := range len(iri) {
		if notInIRI(iri[i]) {
			return fmt.Errorf("IRI %q holds the character %q", iri, iri[i])
		}
	}
	scheme, _, ok := strings.Cut(iri, ":")
	if !ok || !isScheme(scheme) {
		return fmt.Errorf("%q is not an absolute IRI", iri)
	}
	return nil
}

func notInIRI(c byte) bool {
	const low, high = 1<<33 - 1 | 1<<'"' | 1<<'<' | 1<<'>', 1<<('\\'-64) | 1<<('^'-64) | 1<<('`'-64) | 1<<('{'-64) | 1<<('|'-64) | 1<<('}'-64)
	if c < 64 {
		return uint64(low)>>c&1 == 1
	}
	return c < utf8.RuneSelf && uint64(high)>>(c-64)&1 == 1
}

// isLang tells whether a tag has the form that Turtle gives it, in lower case.
func isLang(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		letters := "abcdefghijklmnopqrstuvwxyz"
		if i > 0 {
			letters += "0123456789"
		}
		if part == "" || strings.Trim(part, letters) != "" {
			return false
		}
	}
	return true
}

func isScheme(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '+' || r == '-' || r == '.')) {
			return false
		}
	}
	return s != ""
}
