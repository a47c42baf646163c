package schema_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/schema"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v4"
)

// go test ./schema -run GraphQLJS -documents 100000 -seed 2 looks further.
var (
	documents = flag.Int("documents", 6000, "how many documents TestGraphQLJSAgrees generates")
	seed      = flag.Uint64("seed", 1, "from which it generates them")
)

// The schema that we print, and the one that a client downloads, are the same
// to graphql-js.
func TestGraphQLJSReadsTheSchema(t *testing.T) {
	answers := askGraphQLJS(t, []map[string]string{{"sdl": printedSDL(t)}, {"introspect": serve(t)}})
	for _, a := range answers {
		if len(a.Errors) > 0 {
			t.Fatalf("graphql-js refuses the schema: %v", a.Errors)
		}
	}
	if diff := cmp.Diff(answers[0].Schema, answers[1].Schema); diff != "" {
		t.Errorf("printed and downloaded schema differ (-printed +downloaded):\n%s", diff)
	}
}

// Documents that anyone wrote, and thousands that a few changes made of them,
// are accepted or refused by graphql-js and by us alike.
func TestGraphQLJSAgrees(t *testing.T) {
	cases := append(writtenDocuments(t), exampleDocuments(t)...)
	var valid []string
	for _, c := range cases {
		if c.want == "valid" {
			valid = append(valid, c.text)
		}
	}
	for i, text := range newMutator(*seed, schemaNames(t)).documents(valid, *documents) {
		cases = append(cases, documentCase{name: fmt.Sprintf("generated %d", i), text: text})
	}
	compareWithGraphQLJS(t, cases)
}

// documentCase is a document and, if a person wrote it, whether it is valid.
type documentCase struct{ name, text, want, written string }

func compareWithGraphQLJS(t *testing.T, cases []documentCase) {
	t.Helper()
	requests := []map[string]string{{"sdl": printedSDL(t)}}
	for _, c := range cases {
		requests = append(requests, map[string]string{"document": c.text})
	}
	theirs := askGraphQLJS(t, requests)[1:]
	judge := newJudge(t)
	counts := map[string]int{}
	classes := map[string][]string{}
	for i, c := range cases {
		ours := judge(c.text)
		want := "valid"
		if len(theirs[i].Errors) > 0 {
			want = "invalid"
		}
		if c.want != "" && c.want != want {
			t.Errorf("%s: %s to graphql-js: %q\n%s", c.name, want, theirs[i].Errors, c.text)
		}
		counts[want]++
		switch {
		case ours.limit:
			counts["over a limit of ours"]++
		case knownDeviation(c.text) != "":
			counts["known deviation: "+knownDeviation(c.text)]++
		case ours.valid != (want == "valid"):
			class := classOf(ours, theirs[i])
			classes[class] = append(classes[class], fmt.Sprintf("%s:\n%s\ngraphql-js: %q\nwe: %q", c.name, c.text, theirs[i].Errors, ours.errors))
		}
	}
	for what, n := range counts {
		t.Logf("%5d %s", n, what)
	}
	for class, all := range classes {
		slices.SortStableFunc(all, func(a, b string) int { return len(a) - len(b) })
		t.Errorf("%d times: %s\n%s", len(all), class, strings.Join(all[:min(len(all), 2)], "\n---\n"))
	}
}

// knownDeviations are documents on which graphql-js and we differ on purpose.
// Each is an example and why.
var knownDeviations = []struct {
	why, example string
	valid        bool // to us
	holds        *regexp.Regexp
}{
	{"graphql-go still has three fields of __Directive that left the specification in 2016", `{ __schema { directives { onField } } }`, true,
		regexp.MustCompile(`\bon(Operation|Fragment|Field)\b`)},
	{"to graphql-go a text is the same in one pair of quotes and in three", `{ a: search(text: "x") { totalCount } a: search(text: """x""") { totalCount } }`, true,
		regexp.MustCompile(`(?s)\ba: search\(text: "x"\).*\ba: search\(text: """x"""\)`)},
}

func knownDeviation(document string) string {
	for _, d := range knownDeviations {
		if d.holds.MatchString(document) {
			return d.why
		}
	}
	return ""
}

// A known deviation that no longer occurs leaves the list.
func TestKnownDeviationsOccur(t *testing.T) {
	requests := []map[string]string{{"sdl": printedSDL(t)}}
	for _, d := range knownDeviations {
		requests = append(requests, map[string]string{"document": d.example})
	}
	theirs := askGraphQLJS(t, requests)[1:]
	judge := newJudge(t)
	for i, d := range knownDeviations {
		ours := judge(d.example)
		if ours.valid != d.valid || ours.valid == (len(theirs[i].Errors) == 0) || !d.holds.MatchString(d.example) {
			t.Errorf("%s: no longer so, remove it: we say valid: %v %q, graphql-js %q\n%s", d.why, ours.valid, ours.errors, theirs[i].Errors, d.example)
		}
	}
}

// What is said about each document that is not valid, for people to judge.
func TestMessages(t *testing.T) {
	judge := newJudge(t)
	var b bytes.Buffer
	for _, c := range writtenDocuments(t) {
		if c.want == "invalid" {
			fmt.Fprintf(&b, "# %s\n%s", c.name, c.written)
			for _, e := range judge(c.text).errors {
				fmt.Fprintf(&b, "→ %s\n", e)
			}
			b.WriteByte('\n')
		}
	}
	golden(t, filepath.Join("testdata", "documents", "messages.txt"), b.Bytes())
}

// A query whose fragments multiply is refused before long.
func TestOverlapsEnd(t *testing.T) {
	types := []string{"Event", "Series", "Actor", "Person", "Topic", "Instrument", "Initiative", "Place", "Source"}
	chain := func(depth int) string {
		return strings.Repeat("... on Entity { statements { nodes { object { ", depth) + "__typename" + strings.Repeat(" } } } }", depth)
	}
	query := "__typename"
	for depth := range 5 {
		var all []string
		for _, name := range types {
			all = append(all, "... on "+name+" { statements { nodes { object { "+chain(depth)+" } } } }")
		}
		query = "... on Entity { statements { nodes { object { " + query + " } } } } " + strings.Join(all, " ")
	}
	start := time.Now()
	v := newJudge(t)(`{ node(id: "x") { ` + query + " } }")
	if took := time.Since(start); took > 10*time.Second || v.valid && !v.limit {
		t.Errorf("took %v: got %+v", took, v)
	}
	t.Logf("%v %.200v", time.Since(start), v)
}

// classOf names the kind of a difference by the first message, without names.
func classOf(ours verdict, theirs jsAnswer) string {
	if ours.valid {
		return "only graphql-js refuses: " + withoutNames(theirs.Errors[0])
	}
	return "only we refuse: " + withoutNames(ours.errors[0])
}

var quoted = regexp.MustCompile("\"[^\"]*\"|'[^']*'|\\(\\d+:\\d+\\)|\n(.|\n)*")

func withoutNames(message string) string { return quoted.ReplaceAllString(message, "…") }

// verdict is what we make of a document.
type verdict struct {
	valid, limit bool
	errors       []string
}

// newJudge gives what we make of a document, over a graph of nothing.
func newJudge(t *testing.T) func(document string) verdict {
	t.Helper()
	h := newHandler(t)
	h.Holder.Swap(emptySnapshot(t))
	return func(document string) verdict {
		body, err := json.Marshal(map[string]any{"query": document})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/graphql-response+json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return readVerdict(t, w.Body.Bytes())
	}
}

func readVerdict(t *testing.T, body []byte) verdict {
	t.Helper()
	var answer struct{ Errors []clientError }
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	v := verdict{valid: true}
	for _, e := range answer.Errors {
		switch e.Extensions.Code {
		case "SYNTAX", "INVALID":
			v.valid = false
		case "LIMIT":
			v.limit = true
		case "BAD_REQUEST":
			v.valid = v.valid && !strings.Contains(e.Message, "there is no query")
		}
		v.errors = append(v.errors, e.Message)
	}
	return v
}

type noQuads struct{}

func (noQuads) Quads(context.Context, func(rdf.Quad) error) error { return nil }

func emptySnapshot(t *testing.T) *index.Snapshot {
	t.Helper()
	snap, err := index.Build(context.Background(), vocab.DefaultBase, noQuads{}, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// jsAnswer is one line of validate.mjs.
type jsAnswer struct {
	Schema string
	Errors []string
}

// askGraphQLJS sends all requests to one process and gives its answers.
func askGraphQLJS(t *testing.T, requests []map[string]string) []jsAnswer {
	t.Helper()
	cmd := nodeCommand(t, "validate.mjs")
	var in, stderr bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, r := range requests {
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	cmd.Stdin, cmd.Stderr = &in, &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run validate.mjs: %v\n%s", err, stderr.String())
	}
	var answers []jsAnswer
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, len(out)+1)
	for lines.Scan() {
		var a jsAnswer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatalf("read %s: %v", lines.Text(), err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(requests) {
		t.Fatalf("graphql-js gave %d answers to %d requests\n%s", len(answers), len(requests), stderr.String())
	}
	return answers
}

func printedSDL(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// writtenDocuments are those of testdata/documents: an archive for each part of
// section 5 of the specification, in which the name of a document begins with
// "valid:" or "invalid:".
func writtenDocuments(t *testing.T) []documentCase {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "documents", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in testdata/documents: %v", err)
	}
	var out []documentCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			want, name, ok := strings.Cut(f.Name, ": ")
			if !ok || want != "valid" && want != "invalid" {
				t.Errorf("%s: %q does not begin with valid: or invalid:", file, f.Name)
			}
			out = append(out, documentCase{name: filepath.Base(file) + ": " + name, text: unescaped(string(f.Data)), want: want, written: string(f.Data)})
		}
	}
	return out
}

// unescaped writes out ⟦XXXX⟧, a character that no editor shows.
func unescaped(text string) string {
	return hidden.ReplaceAllStringFunc(text, func(s string) string {
		var r rune
		fmt.Sscanf(s, "⟦%X⟧", &r)
		return string(r)
	})
}

var hidden = regexp.MustCompile(`⟦[0-9A-F]+⟧`)

// exampleDocuments are the examples and those of the documentation.
func exampleDocuments(t *testing.T) []documentCase {
	t.Helper()
	examples, err := schema.Examples()
	if err != nil {
		t.Fatal(err)
	}
	var out []documentCase
	for _, e := range examples {
		out = append(out, documentCase{name: e.Name, text: e.Query, want: "valid"})
	}
	page, err := os.ReadFile(filepath.Join("..", "docs", "questions.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range fenced.FindAllSubmatch(page, -1) {
		out = append(out, documentCase{name: fmt.Sprintf("docs/questions.md, query %d", i+1), text: string(block[1]), want: "valid"})
	}
	data, err := os.ReadFile(filepath.Join("testdata", "questions.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var questions []struct{ Ask, Query string }
	if err := yaml.Load(data, &questions); err != nil {
		t.Fatal(err)
	}
	for _, q := range questions {
		out = append(out, documentCase{name: q.Ask, text: q.Query, want: "valid"})
	}
	return out
}

var fenced = regexp.MustCompile("(?s)```graphql\n(.*?)```")
