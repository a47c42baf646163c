package schema_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/schema"
)

// BenchmarkExamples answers each worked example over HTTP, from eight
// connections a core.
func BenchmarkExamples(b *testing.B) {
	h := newHandler(b)
	server := httptest.NewServer(h)
	defer server.Close()
	examples, err := schema.Examples()
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	for _, e := range examples {
		body, err := json.Marshal(map[string]string{"query": e.Query})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(e.Name, func(b *testing.B) {
			b.SetParallelism(4)
			b.RunParallel(func(p *testing.PB) {
				var answer bytes.Buffer
				for p.Next() {
					r, err := client.Post(server.URL, "application/json", bytes.NewReader(body))
					if err != nil {
						b.Error(err)
						return
					}
					answer.Reset()
					answer.ReadFrom(r.Body)
					r.Body.Close()
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}

// BenchmarkSnapshot builds the snapshot of all seeds.
func BenchmarkSnapshot(b *testing.B) {
	snap := newHandler(b).Holder.Current()
	for b.Loop() {
		if _, err := index.Build(b.Context(), snap.Base, quadsOf{snap}, snap.Built); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(snap.Quads.Len())*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

// BenchmarkSearch looks for names: exact, by prefix, with a letter wrong.
func BenchmarkSearch(b *testing.B) {
	snap := newHandler(b).Holder.Current()
	for _, text := range []string{"KISA", "europ ext", "Ministri of Foreign Affairs", "한국인터넷"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				snap.Search(text, nil)
			}
		})
	}
}

// quadsOf hands the quads of a snapshot out again.
type quadsOf struct{ *index.Snapshot }

func (q quadsOf) Quads(_ context.Context, visit func(rdf.Quad) error) error {
	var err error
	q.Snapshot.Quads.Each(func(x rdf.Quad) {
		if err == nil {
			err = visit(x)
		}
	})
	return err
}
