package rdf_test

import (
	"testing"

	"dialograph/graph"
	"dialograph/graph/graphtest"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

const base = rdf.Base(vocab.DefaultBase)

var ignoreRefs = cmpopts.IgnoreTypes(graph.Ref{}, []graph.Ref{}, graph.NodeID(""))

// A record comes back from its quads as it was, through N-Quads too, and every
// quad is valid and names a graph that is described.
func TestRecordSurvivesQuads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		record := graphtest.Record(t)
		quads := rdf.FromRecord(base, record)
		quads = throughNQuads(t, quads)
		for _, q := range quads {
			if err := q.Check(); err != nil {
				t.Fatal(err)
			}
		}
		set := rdf.NewSet(quads)
		for _, q := range quads {
			if q.Graph != base.Provenance() && len(set.Stated(q.Graph, vocab.Type)) == 0 {
				t.Fatalf("graph %s is not described", q.Graph)
			}
		}
		got := rdf.ToRecord(base, set, record.ID)
		if diff := cmp.Diff(record.Canonical(), got, ignoreRefs); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func throughNQuads(t *rapid.T, quads []rdf.Quad) []rdf.Quad {
	var text []byte
	for _, q := range quads {
		text = rdf.AppendNQuad(text, q)
	}
	var back []rdf.Quad
	err := rdf.ReadNQuads(string(text), func(q rdf.Quad) error { back = append(back, q); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(quads, back); diff != "" {
		t.Fatalf("N-Quads (-want +got):\n%s", diff)
	}
	return back
}
