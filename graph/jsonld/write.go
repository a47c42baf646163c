package jsonld

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// Write writes quads, which must come in the order of [rdf.CompareInGraph]; the
// subjects of the default graph stand beside the named graphs. The same quads
// always give the same bytes.
func Write(w io.Writer, quads iter.Seq[rdf.Quad]) error {
	out, err := newWriter(w)
	if err != nil {
		return err
	}
	var last rdf.Quad
	for q := range quads {
		if rdf.CompareInGraph(last, q) > 0 {
			return fmt.Errorf("quads are not sorted: <%s> <%s> comes after <%s> <%s>", q.Subject, q.Predicate, last.Subject, last.Predicate)
		}
		last = q
		if err := out.quad(q); err != nil {
			return fmt.Errorf("write quad of <%s>: %w", q.Subject, err)
		}
	}
	out.close()
	fmt.Fprint(out.w, "\n]\n}\n")
	return out.w.Flush()
}

// writer holds the last quad and its value: whether several values follow, and
// so need brackets, depends on the next.
type writer struct {
	w        *bufio.Writer
	prefixes map[string]string // namespace to prefix
	names    map[string]bool   // the prefixes
	types    map[string]string // property to the type of values that the context gives it
	last     rdf.Quad          // zero before the first
	value    []byte            // of the last quad, not yet written
	many     bool              // a bracket is open
	checked  string            // graph that was found to be an IRI
}

func newWriter(w io.Writer) (*writer, error) {
	var document struct {
		Context map[string]any `json:"@context"`
	}
	if err := json.Unmarshal([]byte(context), &document); err != nil {
		return nil, fmt.Errorf("read the context: %w", err)
	}
	out := &writer{w: bufio.NewWriterSize(w, 64<<10), prefixes: map[string]string{}, names: map[string]bool{}, types: map[string]string{}}
	for name, means := range document.Context {
		switch means := means.(type) {
		case string:
			out.prefixes[means], out.names[name] = name, true
		case map[string]any:
			out.types[vocab.Expand(name)] = vocab.Expand(means["@type"].(string))
		}
	}
	head := strings.TrimSuffix(strings.TrimSpace(context), "}")
	fmt.Fprint(out.w, strings.TrimSpace(head), ",\n\"@graph\": [")
	return out, nil
}

func (w *writer) quad(q rdf.Quad) error {
	if q == w.last {
		return nil
	}
	if err := w.check(q); err != nil {
		return err
	}
	switch first := w.last.Subject == ""; {
	case first || q.Graph != w.last.Graph:
		w.close()
		if !first {
			w.write(",")
		}
		if q.Graph != "" {
			w.write("\n{\"@id\": ", quote(q.Graph), ", \"@graph\": [")
		}
		w.subject(q)
	case q.Subject != w.last.Subject:
		w.endValues()
		w.write("},")
		w.subject(q)
	case w.key(q) != w.key(w.last):
		w.endValues()
		w.property(q)
	default:
		if !w.many {
			w.write("[")
			w.many = true
		}
		w.write(string(w.value), ", ")
	}
	w.value = append(w.value[:0], w.object(q)...)
	w.last = q
	return nil
}

// write leaves errors to Flush.
func (w *writer) write(parts ...string) {
	for _, s := range parts {
		w.w.WriteString(s)
	}
}

func (w *writer) endValues() {
	w.w.Write(w.value)
	if w.many {
		w.write("]")
	}
	w.many = false
}

// close ends the last subject and its graph.
func (w *writer) close() {
	if w.last.Subject == "" {
		return
	}
	w.endValues()
	w.write("}")
	if w.last.Graph != "" {
		w.write("\n]}")
	}
}

func (w *writer) subject(q rdf.Quad) {
	w.write("\n{\"@id\": ", quote(q.Subject))
	w.property(q)
}

func (w *writer) property(q rdf.Quad) { w.write(", ", quote(w.key(q)), ": ") }

// key is the name of a property.
func (w *writer) key(q rdf.Quad) string {
	if q.Predicate == vocab.Type && !q.Object.Literal {
		return "@type"
	}
	return w.short(q.Predicate)
}

// short writes an IRI as prefix:local where it can, as in schema:name.
func (w *writer) short(iri string) string {
	cut := strings.LastIndexAny(iri, "/#") + 1
	if prefix, ok := w.prefixes[iri[:cut]]; ok && cut < len(iri) {
		return prefix + ":" + iri[cut:]
	}
	return iri
}

func (w *writer) object(q rdf.Quad) string {
	o, given := q.Object, w.types[q.Predicate]
	switch {
	case !o.Literal && q.Predicate == vocab.Type:
		return quote(w.short(o.Value))
	case !o.Literal && given == "@id":
		return quote(o.Value)
	case !o.Literal:
		return `{"@id": ` + quote(o.Value) + `}`
	case o.Lang != "":
		return `{"@language": ` + quote(o.Lang) + `, "@value": ` + quote(o.Value) + `}`
	case o.Datatype == given:
		return quote(o.Value)
	case o.Datatype == "":
		return `{"@value": ` + quote(o.Value) + `}`
	case given == "" && isNative(o):
		return o.Value
	}
	return `{"@type": ` + quote(w.short(o.Datatype)) + `, "@value": ` + quote(o.Value) + `}`
}

// isNative tells whether a literal is written as JSON's own number or truth
// value and comes back the same.
func isNative(o rdf.Term) bool {
	if o.Datatype == vocab.Boolean {
		return true // Check allows only true and false
	}
	n, err := strconv.Atoi(o.Value)
	return o.Datatype == vocab.Integer && err == nil && n < 1<<53 && n > -(1<<53) && strconv.Itoa(n) == o.Value
}

// check wants a quad that can be read again. A graph is checked once.
func (w *writer) check(q rdf.Quad) error {
	if q.Graph != w.checked {
		if err := q.Check(); err != nil {
			return err
		}
		if err := w.checkScheme(q.Graph); err != nil {
			return err
		}
		w.checked = q.Graph
	} else if err := q.CheckTriple(); err != nil {
		return err
	}
	iris := []string{q.Subject, q.Predicate, q.Object.Datatype}
	if !q.Object.Literal {
		iris[2] = q.Object.Value
	}
	for _, iri := range iris {
		if err := w.checkScheme(iri); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) checkScheme(iri string) error {
	scheme, rest, _ := strings.Cut(iri, ":")
	if w.names[scheme] && !strings.HasPrefix(rest, "//") {
		return fmt.Errorf("IRI %q would be read as a short name", iri)
	}
	return nil
}

// quote writes a JSON string.
func quote(s string) string {
	b := make([]byte, 0, len(s)+2)
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c < ' ' || c == 0x7f:
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
