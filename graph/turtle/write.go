package turtle

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// WriteTurtle writes what quads say without their graphs, each statement once.
// They must come in the order of [rdf.Compare]. IRIs under base, an IRI that ends
// in a slash, are written relative to it; "" is no base. The same quads always give the same bytes.
func WriteTurtle(w io.Writer, base string, quads iter.Seq[rdf.Quad]) error {
	return write(w, base, quads, rdf.Compare, func(q rdf.Quad) rdf.Quad { q.Graph = ""; return q })
}

// WriteTriG writes quads, which must come in the order of [rdf.CompareInGraph];
// those without a graph stand in the default graph. It is otherwise as
// WriteTurtle.
func WriteTriG(w io.Writer, base string, quads iter.Seq[rdf.Quad]) error {
	return write(w, base, quads, rdf.CompareInGraph, func(q rdf.Quad) rdf.Quad { return q })
}

func write(w io.Writer, base string, quads iter.Seq[rdf.Quad], order func(a, b rdf.Quad) int, shown func(rdf.Quad) rdf.Quad) error {
	if base != "" && (splitIRI(base).scheme == "" || !strings.HasSuffix(base, "/") || strings.ContainsAny(base, "?# <>\"")) {
		return fmt.Errorf("base %q is not an absolute IRI that ends in a slash", base)
	}
	out := &writer{w: bufio.NewWriterSize(w, 64<<10), base: base, names: map[string]string{}}
	out.head()
	var last rdf.Quad
	for q := range quads {
		if order(last, q) > 0 {
			return fmt.Errorf("quads are not sorted: <%s> <%s> comes after <%s> <%s>", q.Subject, q.Predicate, last.Subject, last.Predicate)
		}
		last = q
		if err := out.quad(shown(q)); err != nil {
			return fmt.Errorf("write quad of <%s>: %w", q.Subject, err)
		}
	}
	out.close()
	return out.w.Flush()
}

// writer holds the last quad: what ends it depends on the next.
type writer struct {
	w       *bufio.Writer
	base    string
	last    rdf.Quad // zero before the first
	line    []byte   // of the quad being written
	names   map[string]string
	margin  string
	checked string // graph that was found to be an IRI
}

func (w *writer) head() {
	if w.base != "" {
		fmt.Fprintf(w.w, "@base <%s> .\n", w.base)
	}
	prefixes := vocab.Prefixes()
	for _, prefix := range slices.Sorted(maps.Keys(prefixes)) {
		fmt.Fprintf(w.w, "@prefix %s: <%s> .\n", prefix, prefixes[prefix])
		w.names[prefixes[prefix]] = prefix
	}
}

func (w *writer) quad(q rdf.Quad) error {
	if q == w.last {
		return nil
	}
	if err := w.check(q); err != nil {
		return err
	}
	w.line = w.line[:0]
	switch {
	case q.Graph != w.last.Graph || w.last.Subject == "":
		w.close()
		w.open(q.Graph)
		w.subject(q)
	case q.Subject != w.last.Subject:
		w.text(" .\n\n")
		w.subject(q)
	case q.Predicate != w.last.Predicate:
		w.text(" ;\n" + w.margin + "  ")
		w.predicate(q.Predicate)
	default:
		w.text(",")
	}
	w.text(" ")
	w.object(q.Object)
	w.last = q
	_, err := w.w.Write(w.line)
	return err
}

// check wants a quad that can be read again. A graph is checked once.
func (w *writer) check(q rdf.Quad) error {
	if q.Graph == w.checked {
		return q.CheckTriple()
	}
	w.checked = q.Graph
	return q.Check()
}

// close ends the last statement and its graph.
func (w *writer) close() {
	if w.last.Subject != "" {
		fmt.Fprint(w.w, " .\n")
	}
	if w.last.Graph != "" {
		fmt.Fprint(w.w, "}\n")
	}
}

func (w *writer) open(graph string) {
	w.text("\n")
	if w.margin = ""; graph != "" {
		w.iri(graph)
		w.text(" {\n")
		w.margin = "  "
	}
}

func (w *writer) text(s string) { w.line = append(w.line, s...) }

func (w *writer) subject(q rdf.Quad) {
	w.text(w.margin)
	w.iri(q.Subject)
	w.text("\n" + w.margin + "  ")
	w.predicate(q.Predicate)
}

func (w *writer) predicate(iri string) {
	if iri == vocab.Type {
		w.text("a")
		return
	}
	w.iri(iri)
}

// iri writes an IRI in its shortest form.
func (w *writer) iri(iri string) {
	if local, ok := strings.CutPrefix(iri, w.base); ok && w.base != "" && isPlainPath(local) {
		w.text("<" + local + ">")
		return
	}
	cut := strings.LastIndexAny(iri, "/#") + 1
	if prefix, ok := w.names[iri[:cut]]; ok && isPlainName(iri[cut:]) {
		w.text(prefix + ":" + iri[cut:])
		return
	}
	w.text("<" + iri + ">")
}

// isPlainPath tells whether a path means the base with the path at its end,
// whichever reader resolves it.
func isPlainPath(s string) bool {
	for i, c := range []byte(s) {
		plain := isLetter(int(c)) || isDigit(int(c)) || c == '-' || c == '_' || i > 0 && (c == '.' || c == '/')
		if !plain {
			return false
		}
	}
	return s != "" && !strings.Contains(s, "/.")
}

// isPlainName tells whether a local name needs no escape.
func isPlainName(s string) bool {
	for i, c := range []byte(s) {
		if !isLetter(int(c)) && (i == 0 || !isDigit(int(c)) && c != '_' && c != '-') {
			return false
		}
	}
	return s != ""
}

func (w *writer) object(t rdf.Term) {
	switch {
	case !t.Literal:
		w.iri(t.Value)
	case t.Datatype == vocab.Integer || t.Datatype == vocab.Boolean:
		w.text(t.Value) // Check knows their forms, which are Turtle's
	default:
		w.line = rdf.AppendQuoted(w.line, t.Value)
		if t.Lang != "" {
			w.text("@" + t.Lang)
		}
		if t.Datatype != "" {
			w.text("^^")
			w.iri(t.Datatype)
		}
	}
}
