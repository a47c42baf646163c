package vocab_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/loaders"
)

// exampleTriG is the record of testdata/example.yaml as TriG.
func exampleTriG(t *testing.T) string {
	b := loaders.Read(loaders.Files("testdata/example.yaml"))
	b.Resolve(loaders.Known{Events: map[string]bool{}})
	if len(b.Problems) > 0 || len(b.Notes()) > 0 {
		t.Fatalf("testdata/example.yaml: %v %v", b.Problems, b.Notes())
	}
	units := slices.Collect(b.Units(base))
	return triG(units[len(units)-1].Quads)
}

// triG writes quads for readers: graph by graph, subject by subject.
func triG(quads []rdf.Quad) string {
	quads = slices.Clone(quads)
	slices.SortFunc(quads, func(a, b rdf.Quad) int {
		return cmp.Or(cmp.Compare(a.Graph, b.Graph), cmp.Compare(a.Subject, b.Subject),
			-cmp.Compare(isType(a), isType(b)), rdf.Compare(a, b))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "@base <%s> .\n", base)
	for _, p := range prefixes() {
		if used(quads, p.IRI) {
			fmt.Fprintf(&b, "@prefix %s: <%s> .\n", p.Name, p.IRI)
		}
	}
	for _, inGraph := range chunks(quads, func(q rdf.Quad) string { return q.Graph }) {
		fmt.Fprintf(&b, "\n%s {\n", relative(inGraph[0].Graph))
		for _, ofSubject := range chunks(inGraph, func(q rdf.Quad) string { return q.Subject }) {
			writeSubject(&b, ofSubject)
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func isType(q rdf.Quad) int {
	if q.Predicate == vocab.Type {
		return 1
	}
	return 0
}

func used(quads []rdf.Quad, namespace string) bool {
	return slices.ContainsFunc(quads, func(q rdf.Quad) bool {
		typed := q.Predicate == vocab.Type && strings.HasPrefix(q.Object.Value, namespace)
		return typed || q.Predicate != vocab.Type && strings.HasPrefix(q.Predicate, namespace) || strings.HasPrefix(q.Object.Datatype, namespace) && q.Object.Datatype != vocab.Integer
	})
}

// chunks cuts sorted quads where a key changes.
func chunks(quads []rdf.Quad, key func(rdf.Quad) string) [][]rdf.Quad {
	var out [][]rdf.Quad
	for i, q := range quads {
		if i == 0 || key(q) != key(quads[i-1]) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], q)
	}
	return out
}

func writeSubject(b *strings.Builder, quads []rdf.Quad) {
	fmt.Fprintf(b, "  %s", relative(quads[0].Subject))
	for i, q := range quads {
		predicate, end := short(q.Predicate), " ;"
		if q.Predicate == vocab.Type {
			predicate = "a"
		}
		if i == len(quads)-1 {
			end = " ."
		}
		fmt.Fprintf(b, "\n    %s %s%s", predicate, objectOf(q), end)
	}
	b.WriteString("\n")
}

func objectOf(q rdf.Quad) string {
	switch o := q.Object; {
	case q.Predicate == vocab.Type:
		return short(o.Value)
	case !o.Literal:
		return relative(o.Value)
	case o.Lang != "":
		return quote(o.Value) + "@" + o.Lang
	case o.Datatype == vocab.Integer:
		return o.Value
	case o.Datatype != "":
		return quote(o.Value) + "^^" + short(o.Datatype)
	default:
		return quote(o.Value)
	}
}

// relative writes an IRI below the base without it.
func relative(iri string) string { return "<" + strings.TrimPrefix(iri, string(base)) + ">" }
