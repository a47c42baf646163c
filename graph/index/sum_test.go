package index

import (
	"context"
	"slices"
	"testing"

	"dialograph/graph/graphtest"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"

	"pgregory.net/rapid"
)

func sumOf(t *rapid.T, quads []rdf.Quad) string {
	q, err := ReadQuads(context.Background(), plain(quads).Quads)
	if err != nil {
		t.Fatal(err)
	}
	return q.main.sum().Text()
}

// The sum is that of a set, in whichever order it is read, and is another one where
// any part of any quad is another.
func TestSumTellsSetsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quads := rdf.FromRecord(base, graphtest.Record(t))
		sum := sumOf(t, quads)
		mixed := rapid.Permutation(quads).Draw(t, "mixed")
		if got := sumOf(t, append(mixed, mixed[0])); got != sum {
			t.Errorf("the sum of the same quads is %s and %s", sum, got)
		}
		other := slices.Clone(mixed)
		x := &other[0]
		change := map[string]func(){
			"subject":   func() { x.Subject += "x" },
			"predicate": func() { x.Predicate += "x" },
			"object":    func() { x.Object.Value += "x" },
			"graph":     func() { x.Graph += "x" },
			"kind":      func() { x.Object = rdf.Term{Value: x.Object.Value, Literal: !x.Object.Literal} },
			"language":  func() { x.Object = rdf.Term{Value: x.Object.Value, Literal: true, Lang: x.Object.Lang + "x"} },
			"datatype":  func() { x.Object = rdf.Term{Value: x.Object.Value, Literal: true, Datatype: vocab.Date + "x"} },
			"fewer":     func() { other = other[1:] },
		}
		what := rapid.SampledFrom([]string{"subject", "predicate", "object", "graph", "kind", "language", "datatype", "fewer"}).Draw(t, "what")
		change[what]()
		if got := sumOf(t, other); got == sum {
			t.Errorf("%s: the sum of other quads is the same", what)
		}
	})
}
