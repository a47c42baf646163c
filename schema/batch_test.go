package schema_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/schema"
	"dialograph/seeds/seedstest"

	"github.com/graphql-go/graphql/language/parser"
)

// A field that is looked up costs one look-up for all things of a level,
// however many there are.
func TestOneLookUpALevel(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	snap := seedstest.Snapshot(t)
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

// copies hands out the quads of a snapshot, and those of its records again under
// other identifiers: a graph with so many times the events.
type copies struct {
	*index.Snapshot
	times int
}

func (c copies) Quads(_ context.Context, visit func(rdf.Quad) error) error {
	slugs := map[string]bool{}
	for _, e := range c.Events {
		slugs[e.ID.Slug()] = true
	}
	var err error
	c.Snapshot.Quads.Each(func(q rdf.Quad) {
		for i := range c.times {
			x := q
			if i > 0 {
				copied := func(iri string) string { return c.copied(iri, slugs, i) }
				if x.Subject = copied(q.Subject); x.Subject == q.Subject {
					break // not of a record
				}
				if x.Graph = copied(q.Graph); !x.Object.Literal {
					x.Object.Value = copied(q.Object.Value)
				}
			}
			if err == nil {
				err = visit(x)
			}
		}
	})
	return err
}

// copied gives the identifier that the copy of a record's node has.
func (c copies) copied(iri string, slugs map[string]bool, number int) string {
	kind, slug, ok := strings.Cut(strings.TrimPrefix(iri, string(c.Base)), "/")
	record, rest, _ := strings.Cut(slug, ".")
	if !ok || !slugs[record] || !strings.HasPrefix(iri, string(c.Base)) {
		return iri
	}
	if rest != "" {
		rest = "." + rest
	}
	return fmt.Sprintf("%s%s/%s-copy%d%s", c.Base, kind, record, number, rest)
}

// No query of the cookbook costs more look-ups on a graph with more events: what
// a level of a query looks up, it looks up at once.
func TestLookUpsDoNotGrowWithTheGraph(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	snap := seedstest.Snapshot(t)
	const times = 10
	large, err := index.Build(context.Background(), snap.Base, copies{snap, times}, snap.Built)
	if err != nil {
		t.Fatal(err)
	}
	if len(large.Events) != times*len(snap.Events) {
		t.Fatalf("%d events, want %d", len(large.Events), times*len(snap.Events))
	}
	examples, err := schema.Examples()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		document, err := parser.Parse(parser.ParseParams{Source: e.Query})
		if err != nil {
			t.Fatalf("%s: %v", e.Name, err)
		}
		variables := map[string]any{}
		if e.Variables != "" {
			if err := json.Unmarshal([]byte(e.Variables), &variables); err != nil {
				t.Fatal(err)
			}
		}
		_, before := s.Execute(context.Background(), snap, document, "", variables)
		result, after := s.Execute(context.Background(), large, document, "", variables)
		if len(result.Errors) > 0 || after.Lookups > before.Lookups {
			t.Errorf("%s: %d look-ups, of %d times the events %d; errors %v", e.Name, before.Lookups, times, after.Lookups, result.Errors)
		}
	}
}
