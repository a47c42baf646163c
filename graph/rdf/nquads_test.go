package rdf_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/rdf"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/piprate/json-gold/ld"
)

// The W3C test suites of N-Quads and N-Triples, which are read by the same reader:
// what must be read is read, and as json-gold reads it; what must be refused is
// refused. Documents with blank nodes, which dialograph does not hold, are refused
// as such, but for files of others.
func TestW3CSuites(t *testing.T) {
	for _, suite := range []struct {
		name               string
		positive, negative int
		blank              int // of the positive ones
	}{{"rdf-n-quads", 53, 34, 14}, {"rdf-n-triples", 41, 29, 6}} {
		dir := filepath.Join(suites(t), suite.name)
		manifest, err := os.ReadFile(filepath.Join(dir, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		for _, x := range regexp.MustCompile(`(?s)(?: a|rdf:type) rdft:Test\w*(Positive|Negative)Syntax.*?mf:action\s+<([^>]+)>`).FindAllSubmatch(manifest, -1) {
			kind, file := string(x[1]), string(x[2])
			counts[kind]++
			t.Run(suite.name+"/"+file, func(t *testing.T) {
				data, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				readsLines(t, data, kind == "Positive")
				if kind == "Negative" {
					refuses(t, data)
				} else if reads(t, data) {
					counts["blank"]++
				}
			})
		}
		if want := map[string]int{"Positive": suite.positive, "Negative": suite.negative, "blank": suite.blank}; !maps.Equal(want, counts) {
			t.Errorf("%s: ran %v, want %v", suite.name, counts, want)
		}
	}
}

// suites gives the folder of the W3C test data, which lies beside the project.
func suites(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("DIALOGRAPH_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "suites", "rdf")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the W3C test suites are not at hand (DIALOGRAPH_SHARED): %v", err)
	}
	return dir
}

func readAll(data []byte) ([]rdf.Quad, error) {
	var out []rdf.Quad
	err := rdf.ReadNQuads(string(data), func(q rdf.Quad) error { out = append(out, q); return nil })
	return out, err
}

func refuses(t *testing.T, data []byte) {
	t.Helper()
	if quads, err := readAll(data); err == nil {
		t.Errorf("accepted as %v:\n%s", quads, data)
	} else if !strings.HasPrefix(err.Error(), "line ") {
		t.Errorf("%q names no line", err)
	}
}

// reads compares what is read, and what is written and read again, with what
// json-gold reads. It tells whether the document was refused for its blank nodes.
func reads(t *testing.T, data []byte) bool {
	t.Helper()
	want, blank := readByJSONGold(t, data)
	quads, err := readAll(data)
	if blank || err != nil {
		if !blank || !errors.Is(err, rdf.ErrBlank) {
			t.Errorf("a blank node: %v; got %v:\n%s", blank, err, data)
		}
		return blank
	}
	if diff := cmp.Diff(want, quads, cmpopts.SortSlices(func(a, b rdf.Quad) bool { return rdf.Compare(a, b) < 0 }), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-json-gold +got):\n%s", diff)
	}
	var text []byte
	for _, q := range quads {
		text = rdf.AppendNQuad(text, q)
	}
	again, err := readAll(text)
	if diff := cmp.Diff(quads, again); diff != "" || err != nil {
		t.Errorf("written and read again: %v (-first +second):\n%s", err, diff)
	}
	return false
}

// readByJSONGold gives the quads of a document without blank nodes. json-gold takes
// no lines that only comment.
func readByJSONGold(t *testing.T, data []byte) (quads []rdf.Quad, blank bool) {
	t.Helper()
	dataset, err := ld.ParseNQuads(regexp.MustCompile(`(?m)^[ \t]*#.*$`).ReplaceAllString(string(data), ""))
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range dataset.Graphs {
		if name == "@default" {
			name = ""
		}
		for _, q := range list {
			if ld.IsBlankNode(q.Subject) || ld.IsBlankNode(q.Object) || strings.HasPrefix(name, "_:") {
				return nil, true
			}
			object := rdf.IRI(q.Object.GetValue())
			if l, ok := q.Object.(ld.Literal); ok {
				object = rdf.Typed(l.Value, l.Datatype)
				if l.Language != "" {
					object = rdf.Text(l.Value)
					object.Lang = strings.ToLower(l.Language)
				}
			}
			quads = append(quads, rdf.Quad{Subject: q.Subject.GetValue(), Predicate: q.Predicate.GetValue(), Object: object, Graph: name})
		}
	}
	return quads, false
}

// What is read can be written and read again, and a line says the same after others
// as by itself.
func FuzzReadNQuads(f *testing.F) {
	f.Add(`<http://a/s> <http://a/p> "x\n\u00e9"@en-GB <http://a/g> .`)
	f.Add(`<http://a/s> <http://a/p> "6"^^<http://www.w3.org/2001/XMLSchema#integer> . # c`)
	f.Add("<http://a/s> <http://a/p> <http://a/s> .\r\n<http://a/s> <http://a/p> <http://a/t> <http://a/s>.\n<http://a/s>")
	f.Fuzz(func(t *testing.T, text string) {
		quads, err := readAll([]byte(text))
		var lines, written []rdf.Quad
		for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\r' || r == '\n' }) {
			one, lineErr := readAll([]byte(line))
			lines = append(lines, one...)
			if lineErr != nil {
				if err == nil {
					t.Errorf("%q is read, but not its line %q: %v", text, line, lineErr)
				}
				break
			}
		}
		if !slices.Equal(quads, lines) {
			t.Errorf("%q was read as %+v, its lines as %+v", text, quads, lines)
		}
		var out []byte
		for _, q := range quads {
			out = rdf.AppendNQuad(out, q)
		}
		if written, err = readAll(out); err != nil || !slices.Equal(quads, written) {
			t.Errorf("%q was read as %+v, then as %+v: %v", text, quads, written, err)
		}
	})
}

// readsLines reads what others wrote, blank nodes too; what is written of it is
// read as the same.
func readsLines(t *testing.T, data []byte, positive bool) {
	t.Helper()
	statements := linesOf(t, data, positive)
	var text []byte
	for _, s := range statements {
		text = rdf.AppendStatement(text, s)
	}
	if diff := cmp.Diff(statements, linesOf(t, text, positive)); positive && diff != "" {
		t.Errorf("written and read again (-first +second):\n%s", diff)
	}
}

// linesOf reads what others wrote; each statement must come with its line.
func linesOf(t *testing.T, data []byte, positive bool) []rdf.Statement {
	var out []rdf.Statement
	last := 0
	err := rdf.ReadLines(bytes.NewReader(data), func(line int, s rdf.Statement) error {
		if line <= last {
			t.Errorf("line %d comes after line %d", line, last)
		}
		last = line
		out = append(out, s)
		return nil
	})
	if positive != (err == nil) && (positive || len(data) > 0) {
		t.Errorf("positive is %t: %v\n%s", positive, err, data)
	}
	return out
}
