package graphqlhttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"

	"github.com/rs/zerolog"
)

// oneEvent is a graph of one event.
type oneEvent struct{}

func (oneEvent) Quads(_ context.Context, visit func(rdf.Quad) error) error {
	r := &graph.Record{Schema: graph.RecordSchema, ID: "talks-01", Review: "reviewed",
		Event: graph.Event{Name: "사이버 Talks & more", Kind: "dialogue", Status: "held", Date: "2020"}, Sources: []graph.Source{{ID: "s1", URL: "https://example.org/"}}}
	for _, q := range rdf.FromRecord(vocab.DefaultBase, r) {
		if err := visit(q); err != nil {
			return err
		}
	}
	return nil
}

func newHandler(t testing.TB) *graphqlhttp.Handler {
	t.Helper()
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	snap, err := index.Build(context.Background(), vocab.DefaultBase, oneEvent{}, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	h := &graphqlhttp.Handler{Schema: s, Holder: &index.Holder{}, Limits: graphqlhttp.DefaultLimits(), Log: zerolog.Nop()}
	h.Holder.Swap(snap)
	return h
}

func post(h http.Handler, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func query(q string) string {
	body, _ := json.Marshal(map[string]string{"query": q})
	return string(body)
}

const good = `{ event(id: "talks-01") { name } }`

func TestHTTP(t *testing.T) {
	h := newHandler(t)
	get := func(method, q, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/graphql?query="+url.QueryEscape(q), nil)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	response := "application/graphql-response+json"
	for name, c := range map[string]struct {
		w      *httptest.ResponseRecorder
		status int
		holds  string
	}{
		"POST":                             {post(h, query(good)), 200, "Talks & more"},
		"GET":                              {get("GET", good, ""), 200, "Talks"},
		"new media type":                   {post(h, query(good), "Accept", response), 200, "Talks"},
		"any media type":                   {get("GET", good, "*/*"), 200, "Talks"},
		"preferred of two":                 {post(h, query(`{`), "Accept", "application/json;q=0.5, "+response), 400, "SYNTAX"},
		"a media type that we do not have": {post(h, query(good), "Accept", "text/html"), 406, "NOT_ACCEPTABLE"},
		"another method":                   {get("DELETE", good, ""), 405, "METHOD_NOT_ALLOWED"},
		"a form":                           {post(h, "query=x", "Content-Type", "application/x-www-form-urlencoded"), 415, "UNSUPPORTED_MEDIA_TYPE"},
		"another charset":                  {post(h, query(good), "Content-Type", "application/json; charset=iso-8859-1"), 415, "UTF-8"},
		"not JSON":                         {post(h, "{"), 400, "BAD_REQUEST"},
		"no query":                         {post(h, "{}"), 400, "BAD_REQUEST"},
		"variables that are no object":     {post(h, `{"query": "{stats{events}}", "variables": [1]}`), 400, "BAD_REQUEST"},
		"syntax":                           {post(h, query(`{ event(`), "Accept", response), 400, "SYNTAX"},
		"syntax, old media type":           {post(h, query(`{ event(`)), 200, "SYNTAX"},
		"unknown field":                    {post(h, query(`{ evnt(id: "x") { name } }`), "Accept", response), 400, "Did you mean"},
		"an operation that is not there":   {post(h, `{"query": "query A { stats { events } }", "operationName": "B"}`, "Accept", response), 400, "no operation"},
		"two operations, none named":       {post(h, query(`query A { stats { events } } query B { stats { events } }`), "Accept", response), 400, "operationName"},
		"bad date":                         {post(h, query(`{ events(where: {date: {from: "Sept 31"}}) { totalCount } }`), "Accept", response), 200, `{"data":null`},
		"negative page":                    {post(h, query(`{ events(first: -1) { totalCount } }`)), 200, "BAD_PAGE"},
		"a name that fits nothing":         {post(h, query(`{ events(where: {party: [{name: "Atlantis"}]}) { totalCount } }`)), 200, `"notes":["nothing is called \"Atlantis\"; search finds names that are like it"]`},
		"null as an argument":              {post(h, query(`{ events(after: null, where: null) { totalCount } }`)), 200, `"totalCount":1`},
		"null as the only argument":        {post(h, query(`{ events(where: null) { totalCount } }`)), 200, `"totalCount":1`},
		"the word null in a text":          {post(h, query(`{ search(text: "a: null") { totalCount } }`)), 200, `"totalCount":0`},
		"letters of any script":            {post(h, query("# 주석 – comment\n{ search(text: \"사이버\") { totalCount } }")), 200, `"totalCount":1`},
		"fields in the query's order":      {post(h, query(`{ event(id: "talks-01") { status name kind } }`)), 200, `{"status":"HELD","name":"사이버 Talks & more","kind":"DIALOGUE"}`},
	} {
		if c.w.Code != c.status || !strings.Contains(c.w.Body.String(), c.holds) {
			t.Errorf("%s: got %d %s, want %d with %s", name, c.w.Code, c.w.Body, c.status, c.holds)
		}
	}
}

// Queries that ask too much are refused before they cost anything, by name.
func TestHostileQueries(t *testing.T) {
	h := newHandler(t)
	deep := strings.Repeat("{ events { nodes { previous ", 9) + "{ name }" + strings.Repeat(" } } }", 9)
	for name, q := range map[string]string{
		"a fragment that includes itself":   `{ ...A } fragment A on Query { ...A }`,
		"fragments that include each other": `{ stats { events } } fragment A on Query { ...B } fragment B on Query { ...A }`,
		"deep":                              deep,
		"brackets":                          "{ a(b: " + strings.Repeat("[", 100_000),
		"wide":                              "{" + strings.Repeat(" stats { events }", 20_000) + "}",
		"one field again and again":         "{" + strings.Repeat(" stats { events }", 900) + "}",
		"aliases":                           "{" + strings.Repeat(" a: stats { events }", 101) + "}",
		"fragments that multiply":           "{ ...A } fragment A on Query {" + strings.Repeat(" ...B", 60) + "} fragment B on Query {" + strings.Repeat(" ...C", 60) + "} fragment C on Query { stats { events } }",
		"a text of a megabyte":              `{ search(text: "` + strings.Repeat("a", 1<<20) + `") { totalCount } }`,
	} {
		start := time.Now()
		w := post(h, query(q))
		if w.Code == http.StatusOK || !strings.Contains(w.Body.String(), `"code":"LIMIT"`) {
			t.Errorf("%s: got %d %.200s", name, w.Code, w.Body)
		}
		t.Logf("%s: %v", name, time.Since(start))
	}
	body := `{"query": "{ stats { events } }", "variables": {"a": ` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}}`
	if w := post(h, body); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "LIMIT") {
		t.Errorf("deep variables: got %d %s", w.Code, w.Body)
	}
}

// Whatever is sent, the answer is JSON with data or errors, and nothing of the
// program's insides is in it.
func FuzzHandler(f *testing.F) {
	for _, q := range []string{good, `{ events(where: {date: {during: "202X"}}, orderBy: [{field: NAME}], last: 2) { edges { cursor } } }`,
		`query($a: EventWhere) { events(where: $a) { facets(by: [YEAR]) { values { value } } } }`, `{ __schema { types { name } } }`, "{ a: null }", `"""`} {
		f.Add(q)
	}
	h := newHandler(f)
	f.Fuzz(func(t *testing.T, q string) {
		w := post(h, query(q))
		var answer struct {
			Data   json.RawMessage
			Errors []struct{ Message string }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatalf("%q: %v: %s", q, err, w.Body)
		}
		if len(answer.Errors) == 0 && answer.Data == nil {
			t.Errorf("%q: neither data nor errors: %s", q, w.Body)
		}
		if bytes.Contains(w.Body.Bytes(), []byte(".go:")) || bytes.Contains(w.Body.Bytes(), []byte("goroutine")) {
			t.Errorf("%q: the answer shows the program's insides: %s", q, w.Body)
		}
	})
}

// Whatever bytes are posted – a request, a batch, no JSON – the answer is JSON
// with data or errors, for each request of a batch.
func FuzzBody(f *testing.F) {
	for _, body := range []string{query(good), "[" + query(good) + "]", `{"query": "query($a: Int) { events(first: $a) { totalCount } }", "variables": {"a": 1e3}}`, `{"documentId": "sha256:00"}`,
		`{"query": "{a}", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}, "dryRun": true}}`, `{"query": 1}`, `[[]]`, "\ufeff{}", `{"query": "{ stats { events } }", "variables": {"a": {"b": [null]}}}`} {
		f.Add(body)
	}
	h := newHandler(f)
	f.Fuzz(func(t *testing.T, body string) {
		w := post(h, body)
		var one struct{ Data, Errors json.RawMessage }
		var list []struct{ Data, Errors json.RawMessage }
		if json.Unmarshal(w.Body.Bytes(), &one) != nil && json.Unmarshal(w.Body.Bytes(), &list) != nil {
			t.Fatalf("%q: %d %s", body, w.Code, w.Body)
		}
		if one.Data == nil && one.Errors == nil && len(list) == 0 {
			t.Errorf("%q: neither data nor errors: %s", body, w.Body)
		}
	})
}

// crowd is a graph in which lists in lists multiply: many people at many events.
type crowd struct{}

func (crowd) Quads(_ context.Context, visit func(rdf.Quad) error) error {
	for i := range 60 {
		r := &graph.Record{Schema: graph.RecordSchema, ID: fmt.Sprintf("talks-%d", i), Review: "reviewed",
			Event: graph.Event{Name: "Talks", Kind: "dialogue", Status: "held"}, Sources: []graph.Source{{ID: "s1", URL: "https://example.org/"}}}
		for j := range 60 {
			name := fmt.Sprintf("Person %d", j)
			r.Participants = append(r.Participants, graph.Participant{Person: name, Role: "member", PersonRef: graph.Ref{ID: graph.NewID(graph.KindPerson, graph.Slug(name))}})
		}
		provisional := &graph.Authority{Sources: r.Sources}
		for _, p := range r.Participants {
			provisional.People = append(provisional.People, graph.Person{Entry: graph.Entry{ID: p.PersonRef.ID.Slug(), Name: p.Person, Provisional: true}})
		}
		for _, q := range rdf.RecordUnit(vocab.DefaultBase, r, provisional).Quads {
			if err := visit(q); err != nil {
				return err
			}
		}
	}
	return nil
}

const multiplying = `{ events(first: 1000) { nodes { participations(first: 1000) { nodes { person { events(first: 1000) { nodes {
	participations(first: 1000) { nodes { person { events(first: 1000) { nodes { name } } } } } } } } } } } } }`

// An answer without end is ended: by its size, and by the clock, after which no
// work goes on.
func TestAnswersEnd(t *testing.T) {
	h := newHandler(t)
	snap, err := index.Build(context.Background(), vocab.DefaultBase, crowd{}, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	h.Holder.Swap(snap)
	h.Limits.Cost = 1 << 60 // so that it is run
	w := post(h, query(multiplying))
	if !strings.Contains(w.Body.String(), `"code":"LIMIT"`) {
		t.Errorf("too large: got %.300s", w.Body)
	}
	h.Timeout = time.Millisecond
	before := runtime.NumGoroutine()
	w = post(h, query(multiplying))
	if !strings.Contains(w.Body.String(), `"code":"TIMEOUT"`) {
		t.Errorf("too slow: got %.300s", w.Body)
	}
	for range 100 { // the one that worked has yet to return
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines go on after the answer", runtime.NumGoroutine()-before)
}
