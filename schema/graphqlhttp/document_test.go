package graphqlhttp_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dialograph/schema/graphqlhttp"
)

func hashOf(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

func persisted(hash, text string) string {
	request := map[string]any{"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}}
	if text != "" {
		request["query"] = text
	}
	body, _ := json.Marshal(request)
	return string(body)
}

// A client sends a hash, is told that it is not known, sends the text with it,
// and from then on the hash alone (automatic persisted queries).
func TestPersistedQueries(t *testing.T) {
	h := newHandler(t)
	for _, step := range []struct {
		name, body string
		status     int
		holds      string
	}{
		{"a hash that is not known", persisted(hashOf(good), ""), 404, `"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}`},
		{"a hash of another text", persisted(hashOf("x"), good), 400, "PERSISTED_QUERY_MISMATCH"},
		{"a hash with its text", persisted(hashOf(good), good), 200, "Talks"},
		{"the hash alone", persisted(hashOf(good), ""), 200, "Talks"},
		{"the hash as documentId", `{"documentId": "sha256:` + hashOf(good) + `"}`, 200, "Talks"},
		{"no hash", persisted("abc", ""), 400, "not a SHA-256"},
		{"a version to come", strings.Replace(persisted(hashOf(good), ""), `"version":1`, `"version":2`, 1), 400, "PERSISTED_QUERY_NOT_SUPPORTED"},
	} {
		w := post(h, step.body, "Accept", "application/graphql-response+json")
		if w.Code != step.status || !strings.Contains(w.Body.String(), step.holds) {
			t.Errorf("%s: got %d %s, want %d with %s", step.name, w.Code, w.Body, step.status, step.holds)
		}
	}
}

// Documents that the server knows are run by name; where it runs no others, all
// else is refused.
func TestKnownDocuments(t *testing.T) {
	h := newHandler(t)
	var err error
	if h.Documents, err = graphqlhttp.NewDocuments(map[string]string{"who": good}); err != nil {
		t.Fatal(err)
	}
	other := `{ stats { events } }`
	for _, c := range []struct {
		name, body string
		status     int
		holds      string
	}{
		{"by name", `{"documentId": "who"}`, 200, "Talks"},
		{"by hash", persisted(hashOf(good), ""), 200, "Talks"},
		{"its text", query(good), 200, "Talks"},
		{"an unknown name", `{"documentId": "what"}`, 404, "UNKNOWN_DOCUMENT"},
		{"another text", query(other), 200, "events"},
	} {
		for _, only := range []bool{false, true} {
			h.OnlyDocuments = only
			status, holds := c.status, c.holds
			if only && c.name == "another text" {
				status, holds = 403, "NOT_ALLOWED"
			}
			if w := post(h, c.body, "Accept", "application/graphql-response+json"); w.Code != status || !strings.Contains(w.Body.String(), holds) {
				t.Errorf("%s, only known documents %v: got %d %s, want %d with %s", c.name, only, w.Code, w.Body, status, holds)
			}
		}
	}
	if _, err := graphqlhttp.NewDocuments(map[string]string{"broken": "{"}); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("got %v, want an error that names the document", err)
	}
}

// The answer to a GET has an entity tag; who has it already is told so. Another
// query, other variables and another graph have another tag.
func TestEntityTags(t *testing.T) {
	h := newHandler(t)
	get := func(q, variables, tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/graphql?query="+url.QueryEscape(q)+"&variables="+url.QueryEscape(variables), nil)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	q := `query($id: ID!) { event(id: $id) { name } }`
	first := get(q, `{"id": "talks-01"}`, "")
	tag := first.Header().Get("ETag")
	if first.Code != 200 || tag == "" {
		t.Fatalf("got %d, tag %q", first.Code, tag)
	}
	if again := get(q, `{"id": "talks-01"}`, `"x", `+tag); again.Code != 304 || again.Body.Len() > 0 || again.Header().Get("ETag") != tag {
		t.Errorf("got %d %s, want 304 without a body", again.Code, again.Body)
	}
	for name, w := range map[string]*httptest.ResponseRecorder{"other variables": get(q, `{"id": "x"}`, tag), "another query": get(good, "", tag)} {
		if w.Code != 200 || w.Header().Get("ETag") == tag {
			t.Errorf("%s: got %d, tag %s", name, w.Code, w.Header().Get("ETag"))
		}
	}
	if bad := get(`{ events(first: -1) { totalCount } }`, "", ""); bad.Header().Get("ETag") != "" {
		t.Error("an answer with errors has a tag")
	}
	if w := post(h, query(good)); w.Header().Get("ETag") != "" {
		t.Error("an answer to POST has a tag")
	}
}

// Several requests are answered together, each by itself, up to a number and a
// cost.
func TestBatches(t *testing.T) {
	h := newHandler(t)
	w := post(h, "["+query(good)+","+query("{ nothing }")+","+query(`{ stats { events } }`)+"]")
	var answers []struct {
		Data   map[string]any
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answers); err != nil || len(answers) != 3 || answers[0].Data == nil || len(answers[1].Errors) != 1 || answers[2].Data == nil {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := post(h, "[]"); w.Code != 400 {
		t.Errorf("an empty batch: got %d", w.Code)
	}
	if w := post(h, "["+strings.Repeat(query(good)+",", 10)+query(good)+"]"); w.Code != 400 || !strings.Contains(w.Body.String(), "11 requests; the limit is 10") {
		t.Errorf("a large batch: got %d %s", w.Code, w.Body)
	}
	if w := post(h, `[1]`); w.Code != 400 {
		t.Errorf("a batch of numbers: got %d", w.Code)
	}
	h.Limits.Cost = 3000
	w = post(h, "["+query(`{ events(first: 500) { nodes { name } } }`)+","+query(`{ events(first: 500) { nodes { name } } }`)+"]")
	if body := w.Body.String(); strings.Count(body, `"totalCount"`) != 0 || strings.Count(body, `"data"`) != 1 || !strings.Contains(body, `"code":"COST"`) {
		t.Errorf("a dear batch: got %s", body)
	}
}

// The cost is known before a query runs, comes with each answer, and what is too
// dear is told what makes it so.
func TestCost(t *testing.T) {
	h := newHandler(t)
	if w := post(h, query(good)); !strings.Contains(w.Body.String(), `"cost":{"estimated":2,"limit":1000000}`) {
		t.Errorf("got %s", w.Body)
	}
	dear := `{ events(first: 1000) { nodes { participations(first: 1000) { nodes { role person { name } } } } } }`
	w := post(h, query(dear), "Accept", "application/graphql-response+json")
	if w.Code != 400 || !strings.Contains(w.Body.String(), `the limit is 1000000; most of it is events.nodes.participations.nodes: ask for fewer there with first`) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	body, _ := json.Marshal(map[string]any{"query": dear, "extensions": map[string]any{"dryRun": true}})
	if w := post(h, string(body)); w.Code != 200 || !strings.Contains(w.Body.String(), `"dryRun":true`) || !strings.Contains(w.Body.String(), `"heaviest":"events.nodes.participations.nodes"`) {
		t.Errorf("a dry run: got %d %s", w.Code, w.Body)
	}
}

func TestRequestIDs(t *testing.T) {
	h := newHandler(t)
	if got := post(h, query(good), "X-Request-Id", "notebook-7").Header().Get("X-Request-Id"); got != "notebook-7" {
		t.Errorf("got %q, want the client's", got)
	}
	a, b := post(h, query(good), "X-Request-Id", "no\nid"), post(h, query(good))
	if x, y := a.Header().Get("X-Request-Id"), b.Header().Get("X-Request-Id"); len(x) < 16 || x == y {
		t.Errorf("got %q and %q, want new ones", x, y)
	}
}

func TestIntrospectionCanBeSwitchedOff(t *testing.T) {
	h := newHandler(t)
	h.NoIntrospection = true
	for _, q := range []string{`{ __schema { types { name } } }`, `{ ...A } fragment A on Query { ... on Query { t: __type(name: "Event") { name } } }`} {
		if w := post(h, query(q)); !strings.Contains(w.Body.String(), "NO_INTROSPECTION") {
			t.Errorf("%s: got %s", q, w.Body)
		}
	}
	if w := post(h, query(`{ node(id: "event/talks-01") { __typename } }`)); !strings.Contains(w.Body.String(), `"Event"`) {
		t.Errorf("__typename: got %s", w.Body)
	}
}

// The same query over the same graph gives the same bytes.
func TestSameBytes(t *testing.T) {
	h := newHandler(t)
	q := query(`{ events { facets(by: [YEAR, ACTOR, ROLE]) { values { value count } } } nothing: event(id: "event/x") { name } cite stats { counts { kind count } } }`)
	first := post(h, q).Body.String()
	for range 20 {
		if again := post(h, q).Body.String(); again != first {
			t.Fatalf("got\n%s\nthen\n%s", first, again)
		}
	}
}
