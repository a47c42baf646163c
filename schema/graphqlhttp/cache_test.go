package graphqlhttp

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/seeds/seedstest"

	"github.com/rs/zerolog"
)

func serving(t *testing.T) *Handler {
	t.Helper()
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	h := &Handler{Schema: s, Holder: &index.Holder{}, Log: zerolog.Nop()}
	h.Holder.Swap(seedstest.Snapshot(t))
	return h
}

func ask(t *testing.T, h *Handler, request Request) *httptest.ResponseRecorder {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", mediaJSON)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// A document weighs what its plans take, not only its text: half a kilobyte of
// fragments selects a thousand fields, and a plan is kept for each operation.
func TestPlansHaveWeight(t *testing.T) {
	var walk strings.Builder
	for i := range 9 {
		fmt.Fprintf(&walk, "fragment A%d on Event { previous { ...A%d } next { ...A%d } } ", i, i+1, i+1)
	}
	walk.WriteString("fragment A9 on Event { id name }")
	var many strings.Builder
	for i := range 30 {
		fmt.Fprintf(&many, "query Q%d($n: Int) { stats { events } kisa: actor(id: \"actor/kisa\") { name } coAttendance(first: $n) { totalCount } } ", i)
	}
	for name, c := range map[string]struct {
		requests []Request
		fields   int // that are planned at least
	}{
		"a walk from session to session": {[]Request{{Query: `{ event(id: "event/un-oewg-2021-2025-session-6") { ...A0 } } ` + walk.String()}}, 800},
		"many operations": {func() (out []Request) {
			for i := range 30 {
				out = append(out, Request{Query: many.String(), OperationName: fmt.Sprint("Q", i)})
			}
			return out
		}(), 30 * 6},
		"many operations, too dear": {func() (out []Request) {
			for i := range 30 {
				out = append(out, Request{Query: many.String(), OperationName: fmt.Sprint("Q", i), Variables: map[string]any{"n": 1e9}})
			}
			return out
		}(), 30 * 3},
	} {
		t.Run(name, func(t *testing.T) {
			h := serving(t)
			for _, r := range c.requests {
				if w := ask(t, h, r); w.Code != http.StatusOK && !strings.Contains(w.Body.String(), "COST") {
					t.Fatalf("%d %.300s", w.Code, w.Body)
				}
			}
			docs := h.cache.open()
			docs.CleanUp()
			if got, least := docs.WeightedSize(), uint64(len(c.requests[0].Query)+c.fields*weightOfField); got < least || docs.EstimatedSize() != 1 {
				t.Errorf("%d documents weigh %d, want %d at least", docs.EstimatedSize(), got, least)
			}
			for _, r := range c.requests { // what is planned is not counted again
				ask(t, h, r)
			}
			before := docs.WeightedSize()
			for _, r := range c.requests {
				ask(t, h, r)
			}
			if docs.CleanUp(); docs.WeightedSize() != before {
				t.Errorf("the same requests weigh %d, then %d", before, docs.WeightedSize())
			}
		})
	}
}
