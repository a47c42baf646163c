package bench

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dialograph/graph/index"
	"dialograph/graph/synthetic"
	"dialograph/graph/vocab"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"
)

var events = flag.Int("events", 400, "of the set that is asked; a larger one shows what grows")

var small = sync.OnceValues(func() (*index.Snapshot, error) {
	set, err := synthetic.New(*events, 1)
	if err != nil {
		return nil, err
	}
	quads, err := index.ReadQuads(context.Background(), set.Quads(vocab.DefaultBase))
	if err != nil {
		return nil, err
	}
	return index.New(vocab.DefaultBase, quads, time.Time{}), nil
})

func snapshot(t testing.TB) *index.Snapshot {
	t.Helper()
	s, err := small()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asking gives what tests ask, and of what.
func asking(t testing.TB) (*schema.Schema, *index.Snapshot, []question) {
	t.Helper()
	snap := snapshot(t)
	api, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	list, err := questions(snap, 1)
	if err != nil {
		t.Fatal(err)
	}
	return api, snap, list
}

// A short run compares the answers of all contenders and measures each.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	results, err := Run(t.Context(), snapshot(t), Options{Rounds: 1, Round: 20 * time.Millisecond, Connections: 2, Seed: 1, Profiles: dir})
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 6*len(Contenders()) {
		t.Errorf("%d results", len(results))
	}
	for _, r := range results {
		if r.PerSecond <= 0 || r.Median <= 0 || r.P99 < r.Median {
			t.Errorf("%s, %s: %+v", r.Question, r.Contender, r)
		}
	}
	profiles, _ := filepath.Glob(filepath.Join(dir, fmt.Sprintf("Q[1-6]-%d.pprof", *events)))
	if len(profiles) != 6 {
		t.Errorf("profiles are %v", profiles)
	}
	var table strings.Builder
	if err := WriteTable(&table, results); err != nil || strings.Count(table.String(), "\n") != 8 {
		t.Errorf("%v\n%s", err, &table)
	}
}

// Answers that differ are found.
func TestAnswersAreCompared(t *testing.T) {
	api, snap, list := asking(t)
	list[0].hand = list[1].hand
	list[0].variables = list[1].variables
	if _, err := measure(t.Context(), api, snap, list[0], Options{Rounds: 1, Round: time.Millisecond, Connections: 1}); err == nil {
		t.Error("an answer by hand to another question is taken for the same")
	}
}

// BenchmarkQuestions asks each question of the endpoint, without the network.
func BenchmarkQuestions(b *testing.B) {
	api, snap, list := asking(b)
	h := ours(api, snap)
	for _, q := range list {
		var bodies []string
		for _, v := range q.variables {
			body, err := json.Marshal(graphqlhttp.Request{Query: q.document, Variables: v})
			if err != nil {
				b.Fatal(err)
			}
			bodies = append(bodies, string(body))
		}
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			w := &nowhere{header: map[string][]string{}}
			for i := 0; b.Loop(); i++ {
				r := httptest.NewRequest("POST", "/graphql", strings.NewReader(bodies[i%len(bodies)]))
				r.Header.Set("Content-Type", "application/json")
				clear(w.header)
				h.ServeHTTP(w, r)
			}
		})
	}
}

// Whole exports are compared with those by hand, over HTTP.
func TestExports(t *testing.T) {
	figures, err := Exports(t.Context(), snapshot(t), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(figures) != 4*len(exports) {
		t.Errorf("%d figures", len(figures))
	}
	for _, f := range figures {
		if f.Value <= 0 {
			t.Errorf("%+v", f)
		}
	}
	other := exported{"participations.csv", handNQuads}
	api, snap, _ := asking(t)
	if _, err := other.measure(t.Context(), api, snap, 1); err == nil || !strings.Contains(err.Error(), "something else") {
		t.Errorf("another export by hand is taken for the same: %v", err)
	}
}

// What is saved is mapped whole, and answers one of each question.
func TestStart(t *testing.T) {
	snap, figures, err := Start(t.Context(), snapshot(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := snapshot(t); snap == want || snap.Hash != want.Hash {
		t.Errorf("the snapshot %s came back as %s", want.Hash, snap.Hash)
	}
	if len(figures) != 3+6 {
		t.Errorf("%d figures", len(figures))
	}
	for i, f := range figures {
		if f.Value <= 0 || i > 3 && f.Value <= figures[i-1].Value {
			t.Errorf("%+v", f)
		}
	}
}

func TestAdding(t *testing.T) {
	set, err := synthetic.New(*events, 1)
	if err != nil {
		t.Fatal(err)
	}
	figures, err := Adding(t.Context(), snapshot(t), set, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		if f.Value <= 0 {
			t.Errorf("%+v", f)
		}
	}
}
