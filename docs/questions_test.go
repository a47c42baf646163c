package docs_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"
	"dialograph/seeds/seedstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
)

const (
	leastQuestions = 25
	longestAnswer  = 40  // lines
	widestLine     = 125 // columns, where an answer can be broken
)

// question is a section of the page: a heading, sentences, a query, an answer.
type question struct {
	heading, sentences, query, answer string
	from, to                          int // where the answer stands in the page; zero without one
}

// questions reads the sections of a page that begin with "## ".
func questions(text string) []question {
	var out []question
	block, at := "", 0
	for line := range strings.Lines(text) {
		start := at
		at += len(line)
		if heading, ok := strings.CutPrefix(line, "## "); ok && block == "" {
			out = append(out, question{heading: strings.TrimSpace(heading)})
			continue
		}
		if len(out) == 0 {
			continue
		}
		q := &out[len(out)-1]
		switch {
		case strings.HasPrefix(line, "```") && block == "":
			block = strings.TrimSpace(line[3:])
			if block == "json" {
				q.from, q.to = at, at
			}
		case strings.HasPrefix(line, "```"):
			if block == "json" {
				q.to = start
			}
			block = ""
		case block == "graphql":
			q.query += line
		case block == "json":
			q.answer += line
		default:
			q.sentences += line
		}
	}
	return out
}

// The answers in questions.md are those of the built-in records. -update prints
// new answers in place and leaves the sentences above them alone: read those
// again afterwards.
func TestQuestionsAreAnswered(t *testing.T) {
	const page = "questions.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	list := questions(string(text))
	if len(list) < leastQuestions {
		t.Errorf("%s has %d questions, want at least %d", page, len(list), leastQuestions)
	}
	handler := newHandler(t)
	var fresh strings.Builder
	done := 0
	for i, q := range list {
		t.Run(q.heading, func(t *testing.T) {
			if n := fmt.Sprintf("%d. ", i+1); !strings.HasPrefix(q.heading, n) {
				t.Errorf("the heading is %q, want it to begin with %q", q.heading, n)
			}
			if strings.TrimSpace(q.sentences) == "" || q.query == "" || q.from == 0 {
				t.Fatalf("%q lacks sentences, a graphql block or a json block", q.heading)
			}
			got := ask(t, handler, q.query)
			if *update {
				q.answer = laidOut(t, got)
			}
			if lines := strings.Count(q.answer, "\n"); lines > longestAnswer {
				t.Errorf("the answer has %d lines, want at most %d; ask for less", lines, longestAnswer)
			}
			if diff := cmp.Diff(decoded(t, []byte(q.answer)), decoded(t, got)); diff != "" {
				t.Errorf("the answer is not current; go test ./docs -update prints it, then read the sentences again (-page +graph):\n%s", diff)
			}
		})
		if q.from > 0 {
			fresh.WriteString(string(text[done:q.from]) + q.answer)
			done = q.to
		}
	}
	fresh.Write(text[done:])
	if *update {
		if err := os.WriteFile(page, []byte(fresh.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func newHandler(t *testing.T) http.Handler {
	t.Helper()
	api, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	h := &graphqlhttp.Handler{Schema: api, Holder: &index.Holder{}, Limits: graphqlhttp.DefaultLimits(), Log: zerolog.Nop()}
	h.Holder.Swap(seedstest.Snapshot(t))
	return h
}

// ask posts a query and gives the data of the answer.
func ask(t *testing.T, h http.Handler, query string) json.RawMessage {
	t.Helper()
	return askWith(t, h, query, "")
}

// askWith is ask with variables as a JSON object.
func askWith(t *testing.T, h http.Handler, query, variables string) json.RawMessage {
	t.Helper()
	request := map[string]any{"query": query}
	if variables != "" {
		request["variables"] = json.RawMessage(variables)
	}
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var answer struct{ Data, Errors json.RawMessage }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Errors != nil {
		t.Fatalf("the query gives an error:\n%s\n%s", query, w.Body)
	}
	return answer.Data
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("the json block cannot be read: %v", err)
	}
	return v
}

// laidOut prints an answer with its keys in the order of the query. What fits
// stands on one line, so that a reader sees a table where the data are one.
func laidOut(t *testing.T, data json.RawMessage) string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := read(d)
	if err != nil {
		t.Fatal(err)
	}
	return v.print("", 0) + "\n"
}

// value is a JSON value: a leaf, or a list of parts, which have keys in an object.
type value struct {
	leaf  string
	open  string // "{", "[" or, of a leaf, ""
	keys  []string
	parts []value
}

func read(d *json.Decoder) (value, error) {
	token, err := d.Token()
	if err != nil {
		return value{}, err
	}
	open, ok := token.(json.Delim)
	if !ok {
		return value{leaf: written(token)}, nil
	}
	v := value{open: open.String()}
	for d.More() {
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return value{}, err
			}
			v.keys = append(v.keys, written(key)+": ")
		} else {
			v.keys = append(v.keys, "")
		}
		part, err := read(d)
		if err != nil {
			return value{}, err
		}
		v.parts = append(v.parts, part)
	}
	_, err = d.Token()
	return v, err
}

func written(token any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(token); err != nil {
		return fmt.Sprint(err)
	}
	return strings.TrimSpace(b.String())
}

// print lays a value out behind an indent and used columns of the same line.
func (v value) print(indent string, used int) string {
	if line := v.line(); v.open == "" || len(indent)+used+utf8.RuneCountInString(line) <= widestLine {
		return line
	}
	var b strings.Builder
	b.WriteString(v.open)
	inner, column := indent+"  ", widestLine
	for i, part := range v.parts {
		text := v.keys[i] + part.print(inner, len(v.keys[i]))
		width := utf8.RuneCountInString(text) + 2
		if v.open == "[" && part.open == "[" || v.open == "{" || strings.Contains(text, "\n") || column+width > widestLine {
			b.WriteString("\n" + inner)
			column = len(inner)
		} else {
			b.WriteString(" ")
		}
		column += width
		if strings.Contains(text, "\n") {
			column = widestLine
		}
		b.WriteString(text)
		if i < len(v.parts)-1 {
			b.WriteString(",")
		}
	}
	b.WriteString("\n" + indent + v.shut())
	return b.String()
}

// line is the value on one line.
func (v value) line() string {
	if v.open == "" {
		return v.leaf
	}
	parts := make([]string, len(v.parts))
	for i, part := range v.parts {
		parts[i] = v.keys[i] + part.line()
	}
	return v.open + strings.Join(parts, ", ") + v.shut()
}

func (v value) shut() string {
	return map[string]string{"{": "}", "[": "]"}[v.open]
}
