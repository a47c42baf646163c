package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"
	"dialograph/seeds/seedstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
	"go.yaml.in/yaml/v4"
)

var update = flag.Bool("update", false, "rewrite the expected files")

// golden compares text with a file, or rewrites the file.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not current; go test -update rewrites it (-want +got):\n%s", path, diff)
	}
}

func newHandler(t testing.TB) *graphqlhttp.Handler {
	t.Helper()
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	snap := seedstest.Snapshot(t)
	h := &graphqlhttp.Handler{Schema: s, Holder: &index.Holder{}, Limits: graphqlhttp.DefaultLimits(), Log: zerolog.Nop()}
	h.Holder.Swap(snap)
	return h
}

// ask posts a query and gives the data of the answer, indented.
func ask(t testing.TB, h http.Handler, query string) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%s\n%s", query, w.Body)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, answer.Data, "", "  "); err != nil {
		t.Fatal(err)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

func TestSDLIsCurrent(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := s.WriteSDL(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "schema.graphql", out.Bytes())
}

// Every type, field and argument has a description.
func TestEverythingIsDescribed(t *testing.T) {
	h := newHandler(t)
	answer := ask(t, h, `{ __schema { types { name description fields { name description args { name description } } inputFields { name description } enumValues { name description } } } }`)
	type named struct{ Name, Description string }
	var got struct {
		Schema struct {
			Types []struct {
				named
				Fields []struct {
					named
					Args []named
				}
				InputFields, EnumValues []named
			}
		} `json:"__schema"`
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		t.Fatal(err)
	}
	want := func(where string, n named) {
		if n.Description == "" {
			t.Errorf("%s%s has no description", where, n.Name)
		}
	}
	for _, x := range got.Schema.Types {
		if strings.HasPrefix(x.Name, "__") {
			continue
		}
		want("type ", x.named)
		for _, f := range x.Fields {
			want(x.Name+".", f.named)
			for _, a := range f.Args {
				want(x.Name+"."+f.Name+" argument ", a)
			}
		}
		for _, f := range append(x.InputFields, x.EnumValues...) {
			want(x.Name+".", f)
		}
	}
}

// The questions that the graph must answer are answered.
func TestQuestions(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "questions.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var questions []struct {
		Ask, Query    string
		Expect, Never []string
	}
	if err := yaml.Load(data, &questions, yaml.WithKnownFields()); err != nil {
		t.Fatal(err)
	}
	h := newHandler(t)
	for _, q := range questions {
		t.Run(q.Ask, func(t *testing.T) {
			answer := string(ask(t, h, q.Query))
			for _, want := range q.Expect {
				if !strings.Contains(answer, want) {
					t.Errorf("the answer lacks %q:\n%s", want, answer)
				}
			}
			for _, never := range q.Never {
				if strings.Contains(answer, never) {
					t.Errorf("the answer holds %q:\n%s", never, answer)
				}
			}
		})
	}
}

// Requests run side by side, on a schema that nobody has used before, while
// snapshots are swapped.
func TestRequestsSideBySide(t *testing.T) {
	h := newHandler(t)
	examples, err := schema.Examples()
	if err != nil {
		t.Fatal(err)
	}
	snap := h.Holder.Current()
	var wg sync.WaitGroup
	for _, e := range append(examples, examples...) {
		wg.Go(func() { ask(t, h, e.Query) })
	}
	for range 100 {
		h.Holder.Swap(snap)
	}
	wg.Wait()
}
