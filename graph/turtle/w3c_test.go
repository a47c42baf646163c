package turtle_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/turtle"
	"dialograph/graph/vocab"

	"github.com/google/go-cmp/cmp"
	"github.com/piprate/json-gold/ld"
)

const (
	manifestNS = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
	testType   = "http://www.w3.org/ns/rdftest#Test"
)

// suiteTest is one entry of a manifest of the W3C.
type suiteTest struct{ kind, name, action, result string }

// The W3C test suites of Turtle and TriG: what must be read is read and means
// what it should, what must be refused is refused.
func TestW3CSuites(t *testing.T) {
	for _, suite := range []struct {
		name   string
		syntax turtle.Syntax
		tests  int
	}{{"rdf-turtle", turtle.Turtle, 313}, {"rdf-trig", turtle.TriG, 356}} {
		dir := suiteDir(t, suite.name)
		base, tests := manifest(t, dir)
		if len(tests) != suite.tests {
			t.Errorf("%s: the manifest has %d tests, want %d", suite.name, len(tests), suite.tests)
		}
		counts := map[string]int{}
		for _, x := range tests {
			counts[x.kind]++
			t.Run(suite.name+"/"+x.name, func(t *testing.T) { x.run(t, dir, base, suite.syntax) })
		}
		t.Log(suite.name, counts)
	}
}

// Every N-Triples document is Turtle: those of the W3C that must be read are, with
// their blank nodes, which package rdf does not hold, and mean what json-gold
// takes them to mean. It takes no lines that only comment.
func TestW3CNTriples(t *testing.T) {
	dir := suiteDir(t, "rdf-n-triples")
	_, tests := manifest(t, dir)
	read := 0
	for _, x := range tests {
		if x.kind != "NTriplesPositiveSyntax" {
			continue
		}
		read++
		t.Run(x.name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(dir, x.action))
			if err != nil {
				t.Fatal(err)
			}
			want := commentLine.ReplaceAllString(string(text), "")
			want = languageTag.ReplaceAllStringFunc(want, strings.ToLower)
			if diff := cmp.Diff(canonical(t, want), canonical(t, nQuads(mustRead(t, string(text), "", turtle.Turtle)))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", x.action, diff)
			}
		})
	}
	if read != 41 {
		t.Errorf("the manifest has %d documents to read, want 41", read)
	}
}

// suiteDir gives the folder of a suite, which lies beside the project.
func suiteDir(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("DIALOGRAPH_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "suites", "rdf", name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the W3C test suites are not at hand (DIALOGRAPH_SHARED): %v", err)
	}
	return dir
}

// manifest reads the tests of a suite with the reader under test, and the base
// of their documents.
func manifest(t *testing.T, dir string) (base string, tests []suiteTest) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "manifest.ttl"))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]map[string]string{}
	var order []string
	for _, s := range mustRead(t, string(text), "m:", turtle.Turtle) {
		if said[s.Subject.Value] == nil {
			said[s.Subject.Value] = map[string]string{}
			order = append(order, s.Subject.Value)
		}
		said[s.Subject.Value][s.Predicate] = s.Object.Value
	}
	for _, subject := range order {
		of := said[subject]
		if b := of[manifestNS+"assumedTestBase"]; b != "" {
			base = b
		}
		if kind, ok := strings.CutPrefix(of[vocab.Type], testType); ok {
			tests = append(tests, suiteTest{kind, of[manifestNS+"name"], strings.TrimPrefix(of[manifestNS+"action"], "m:"), strings.TrimPrefix(of[manifestNS+"result"], "m:")})
		}
	}
	return base, tests
}

func (x suiteTest) run(t *testing.T, dir, base string, syntax turtle.Syntax) {
	text, err := os.ReadFile(filepath.Join(dir, x.action))
	if err != nil {
		t.Fatal(err)
	}
	got, err := readAll(string(text), base+x.action, syntax)
	if strings.Contains(x.kind, "Negative") {
		if err == nil {
			t.Errorf("%s: accepted:\n%s\nas %v", x.action, text, got)
		} else if !position.MatchString(err.Error()) {
			t.Errorf("%s: %q names no line and column", x.action, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s", x.action, err, text)
	}
	if x.result == "" {
		return
	}
	want, err := os.ReadFile(filepath.Join(dir, x.result))
	if err != nil {
		t.Fatal(err)
	}
	lower := languageTag.ReplaceAllStringFunc(string(want), strings.ToLower)
	if diff := cmp.Diff(canonical(t, lower), canonical(t, nQuads(got))); diff != "" {
		t.Errorf("%s (-want +got):\n%s", x.action, diff)
	}
}

var (
	position    = regexp.MustCompile(`^line \d+, column \d+: .`)
	languageTag = regexp.MustCompile(`"@[\w-]+`)
	commentLine = regexp.MustCompile(`(?m)^[ \t]*#.*$`)
)

// canonical puts N-Quads with blank nodes into the one form that every
// isomorphic dataset has (URDNA2015).
func canonical(t *testing.T, nQuads string) string {
	t.Helper()
	dataset, err := ld.ParseNQuads(nQuads)
	if err != nil {
		t.Fatalf("%v:\n%s", err, nQuads)
	}
	options := ld.NewJsonLdOptions("")
	options.Format = "application/n-quads"
	out, err := ld.NewJsonLdApi().Normalize(dataset, options)
	if err != nil {
		t.Fatal(err)
	}
	return out.(string)
}

// nQuads writes statements, blank nodes and all.
func nQuads(statements []rdf.Statement) string {
	node := func(n rdf.Node) string {
		switch {
		case n.Blank != "":
			return "_:" + n.Blank
		case n.Literal:
			line := string(rdf.AppendNQuad(nil, rdf.Quad{Object: n.Term}))
			return strings.TrimSuffix(strings.TrimPrefix(line, "<> <> "), " .\n")
		case n == rdf.Node{}:
			return ""
		}
		return "<" + n.Value + ">"
	}
	var b strings.Builder
	for _, s := range statements {
		fmt.Fprintf(&b, "%s <%s> %s %s .\n", node(s.Subject), s.Predicate, node(s.Object), node(s.Graph))
	}
	return b.String()
}

func readAll(text, base string, syntax turtle.Syntax) ([]rdf.Statement, error) {
	var out []rdf.Statement
	err := turtle.Read(strings.NewReader(text), base, syntax, func(s rdf.Statement) error { out = append(out, s); return nil })
	return out, err
}

func mustRead(t *testing.T, text, base string, syntax turtle.Syntax) []rdf.Statement {
	t.Helper()
	out, err := readAll(text, base, syntax)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
