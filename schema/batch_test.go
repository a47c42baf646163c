package schema_test

import (
	"context"
	"testing"

	"dialograph/schema"

	"github.com/graphql-go/graphql/language/parser"
)

// A field that is looked up costs one look-up for all things of a level,
// however many there are.
func TestOneLookUpALevel(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	snap, err := seeded()
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{
		`{ events(first: 200) { nodes { participations { nodes { role } } } } }`:                                                           2,
		`{ events(first: 200) { nodes { participations { nodes { person { events { nodes { name } } } } } topics { totalCount } } } }`:     4,
		`{ a: events(first: 50) { nodes { topics { totalCount } } } b: events(first: 2) { nodes { topics { totalCount } } } }`:             4,
		`{ actors(first: 100) { nodes { ...X } } people(first: 100) { nodes { ...X } } } fragment X on Entity { mentions { totalCount } }`: 4,
	} {
		document, err := parser.Parse(parser.ParseParams{Source: query})
		if err != nil {
			t.Fatal(err)
		}
		result, report := s.Execute(context.Background(), snap, document, "", nil)
		if len(result.Errors) > 0 {
			t.Fatal(result.Errors)
		}
		if got := report.Lookups; got != want {
			t.Errorf("%s\ntook %d look-ups, want %d", query, got, want)
		}
	}
}
