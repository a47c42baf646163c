package schema_test

import (
	"testing"

	"dialograph/schema"

	"github.com/graphql-go/graphql/language/ast"
)

// A variable weighs as what it is taken for when the query runs: graphql-go reads
// numbers and truths in texts, too.
func TestCostTakesVariablesAsTheyAreRead(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	_, document := operation(t, s, `query($n: Int = 1, $no: Boolean = true) { events(first: $n) { nodes { participations(first: 100) @skip(if: $no) { nodes { id } } } } }`)
	definition := document.Definitions[0].(*ast.OperationDefinition)
	cost := func(n, no any) int64 {
		variables := map[string]any{}
		if n != nil {
			variables["n"] = n
		}
		if no != nil {
			variables["no"] = no
		}
		return s.Cost(document, definition, variables).Total
	}
	if most, least := cost(1000.0, false), cost(nil, nil); most < 50*least {
		t.Fatalf("%d and %d: variables make little difference", most, least)
	}
	for _, c := range []struct{ n, no, sameN, sameNo any }{
		{"1000", false, 1000.0, false}, {"1e3", false, 1000.0, false}, {1000.9, false, 1000.0, false}, {true, false, 1.0, false},
		{1000.0, "", 1000.0, false}, {1000.0, "false", 1000.0, false}, {1000.0, 0.0, 1000.0, false}, {1000.0, "no", 1000.0, true}, {1000.0, nil, 1000.0, true},
	} {
		if got, want := cost(c.n, c.no), cost(c.sameN, c.sameNo); got != want {
			t.Errorf("n %#v, no %#v: %d, as %#v and %#v %d", c.n, c.no, got, c.sameN, c.sameNo, want)
		}
	}
}
