package rdf_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dialograph/graph/rdf"

	"github.com/google/go-cmp/cmp"
)

// The W3C test suites of N-Quads and N-Triples: what must be read is read, what
// must be refused is refused. Blank nodes, which dialograph does not hold, are
// refused as such, but for files of others.
func TestW3CSuites(t *testing.T) {
	for _, suite := range []string{"rdf-n-quads", "rdf-n-triples"} {
		dir := filepath.Join(suites(t), suite)
		manifest, err := os.ReadFile(filepath.Join(dir, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		tests := regexp.MustCompile(`(?s)(?: a|rdf:type) rdft:Test\w*(Positive|Negative)Syntax.*?mf:action\s+<([^>]+)>`).FindAllSubmatch(manifest, -1)
		if len(tests) < 50 {
			t.Fatalf("%s: the manifest has %d tests, want more", suite, len(tests))
		}
		for _, x := range tests {
			positive, file := string(x[1]) == "Positive", string(x[2])
			t.Run(suite+"/"+file, func(t *testing.T) { suiteTest(t, filepath.Join(dir, file), positive) })
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

func suiteTest(t *testing.T, file string, positive bool) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	statements := linesOf(t, data, positive)
	var text []byte
	for _, s := range statements {
		text = rdf.AppendStatement(text, s)
	}
	if diff := cmp.Diff(statements, linesOf(t, text, positive)); positive && diff != "" {
		t.Errorf("written and read again (-first +second):\n%s", diff)
	}
	var quads []rdf.Quad
	err = rdf.ReadNQuads(bytes.NewReader(data), func(q rdf.Quad) error { quads = append(quads, q); return nil })
	switch {
	case errors.Is(err, rdf.ErrBlank) && positive:
		return
	case positive && err != nil:
		t.Fatalf("refused: %v\n%s", err, data)
	case !positive && err == nil:
		t.Fatalf("accepted:\n%s", data)
	case !positive:
		return
	}
	text = nil
	for _, q := range quads {
		text = rdf.AppendNQuad(text, q)
	}
	var again []rdf.Quad
	if err := rdf.ReadNQuads(bytes.NewReader(text), func(q rdf.Quad) error { again = append(again, q); return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(quads, again); diff != "" {
		t.Errorf("written and read again (-first +second):\n%s", diff)
	}
}

// What is read can be written and read again.
func FuzzReadNQuads(f *testing.F) {
	f.Add(`<http://a/s> <http://a/p> "x\n\u00e9"@en-GB <http://a/g> .`)
	f.Add(`<http://a/s> <http://a/p> "6"^^<http://www.w3.org/2001/XMLSchema#integer> . # c`)
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\r\n") {
			return
		}
		q, ok, err := rdf.ParseNQuad(line)
		if err != nil || !ok {
			return
		}
		text := string(rdf.AppendNQuad(nil, q))
		again, ok, err := rdf.ParseNQuad(strings.TrimSuffix(text, "\n"))
		if err != nil || !ok || again != q {
			t.Errorf("%q was read as %+v, then as %+v: %v", line, q, again, err)
		}
	})
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
