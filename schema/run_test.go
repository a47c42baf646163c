package schema_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/seeds/seedstest"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
)

// operation makes the only operation of a valid document ready.
func operation(t *testing.T, s *schema.Schema, text string) (*schema.Operation, *ast.Document) {
	t.Helper()
	document, err := parser.Parse(parser.ParseParams{Source: text})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if v := graphql.ValidateDocument(s.GraphQL(), document, nil); !v.IsValid {
		t.Fatalf("%v\n%s", v.Errors, text)
	}
	i := slices.IndexFunc(document.Definitions, func(n ast.Node) bool { _, ok := n.(*ast.OperationDefinition); return ok })
	return s.Operation(document, document.Definitions[i].(*ast.OperationDefinition)), document
}

// Runs of one operation side by side, each with its own variables, give what each
// gives alone: what is selected of a type is worked out while they run.
func TestRunsSideBySide(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	snap := seedstest.Snapshot(t)
	ids := []string{"actor/kisa", string(snap.Events[0].ID), string(snap.Topics[0].ID), string(snap.People[0].ID), string(snap.Sources[0].ID), string(slices.Collect(snap.Passages())[0].ID), "actor/none"}
	for name, query := range map[string]string{
		"plan of the operation": `query($id: ID!, $first: Int = 2) { node(id: $id) { ...N ... on Entity { name statements(first: $first) { nodes { object { ...N ... on Literal { value } } } } } } } fragment N on Node { __typename id ... on Entity { iri } }`,
		"plan of each run":      `query($id: ID!, $first: Int = 2, $names: Boolean!) { node(id: $id) { ...N ... on Entity { name @include(if: $names) statements(first: $first) @skip(if: $names) { totalCount } } } } fragment N on Node { __typename id ... on Entity { iri } }`,
	} {
		t.Run(name, func(t *testing.T) {
			variables := func(i int) map[string]any {
				return map[string]any{"id": ids[i%len(ids)], "first": float64(i % 3), "names": i%2 == 0}
			}
			alone := func(i int) string {
				o, _ := operation(t, s, query)
				a, err := o.Run(t.Context(), snap, variables(i))
				if err != nil || len(a.Errors) > 0 {
					t.Fatal(err, a.Errors)
				}
				return string(a.Data)
			}
			const all = 42
			want := make([]string, all)
			for i := range want {
				want[i] = alone(i)
			}
			shared, _ := operation(t, s, query)
			var runs sync.WaitGroup
			for i := range all {
				runs.Go(func() {
					a, err := shared.Run(t.Context(), snap, variables(i))
					if err != nil || string(a.Data) != want[i] {
						t.Errorf("%v gives %s beside others, alone %s; %v", variables(i), a.Data, want[i], err)
					}
				})
			}
			runs.Wait()
		})
	}
}

// An answer of too many items is refused with the same code whether they stand
// in lists of things or of texts.
func TestTooManyItems(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	aliases := func(name string) string {
		var b strings.Builder
		for i := range 100 {
			fmt.Fprintf(&b, " a%d: %s", i, name)
		}
		return b.String()
	}
	for name, query := range map[string]string{
		"texts":  `{ actors(first: 1000) { nodes {` + aliases("aliases") + ` } } }`,
		"things": `{ actors(first: 1000) { nodes {` + aliases("names { text }") + ` } } }`,
	} {
		t.Run(name, func(t *testing.T) {
			o, document := operation(t, s, query)
			want, _ := s.Execute(t.Context(), seedstest.Snapshot(t), document, "", nil)
			if len(want.Errors) == 0 {
				t.Fatal("graphql-go finds no error")
			}
			got, err := o.Run(t.Context(), seedstest.Snapshot(t), nil)
			if err != nil || len(got.Errors) == 0 {
				t.Fatalf("no error for %d bytes; %v", len(got.Data), err)
			}
			if code, _ := schema.Cause(got.Errors[0]); code != "LIMIT" {
				t.Errorf("got %s: %v", code, got.Errors[0])
			}
		})
	}
}

// countdown is a context that ends when it has been asked so many times.
type countdown struct {
	context.Context
	left atomic.Int64
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// A run that is stopped at any moment gives the whole answer or errors, and what
// it had worked out by then is not kept for others.
func TestRunsThatAreStopped(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	o, _ := operation(t, s, `{ events(first: 3) { facets(by: [YEAR, ACTOR]) { values { value count } } nodes { name topics { nodes { name events(where: {text: "cyber"}, first: 2) { totalCount } } } } } actor(id: "actor/kisa") { coAttendees { totalCount nodes { name } } people { nodes { name } } } }`)
	build := func() *index.Snapshot {
		return index.New(seedstest.Snapshot(t).Base, seedstest.Snapshot(t).Quads, time.Unix(0, 0)) // with nothing kept
	}
	whole, err := o.Run(t.Context(), build(), nil)
	if err != nil || len(whole.Errors) > 0 {
		t.Fatal(err, whole.Errors)
	}
	snap := build()
	stopped := 0
	for after := int64(0); ; after++ {
		ctx := &countdown{Context: t.Context()}
		ctx.left.Store(after)
		a, err := o.Run(ctx, snap, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Errors) > 0 {
			stopped++
			continue
		}
		if string(a.Data) != string(whole.Data) {
			t.Fatalf("stopped when asked %d times, it gives %.500s and no error; whole: %.500s", after, a.Data, whole.Data)
		}
		if ctx.left.Load() > 0 {
			break
		}
	}
	if stopped < 10 {
		t.Errorf("stopped only %d times", stopped)
	}
}

// A fault of ours is an internal error, tells the log what it was, and disturbs
// no other run.
func TestRunsThatPanic(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	o, _ := operation(t, s, `{ stats { events } search(text: "kisa") { totalCount } }`)
	a, err := o.Run(t.Context(), &index.Snapshot{}, nil) // has no names to search
	if err != nil || len(a.Errors) != 1 {
		t.Fatal(err, a.Errors)
	}
	if code, detail := schema.Cause(a.Errors[0]); code != "INTERNAL" || !strings.Contains(detail, "nil pointer") || strings.Contains(a.Errors[0].Message, "nil pointer") {
		t.Errorf("%s %q: %.200s", code, a.Errors[0].Message, detail)
	}
	if !strings.Contains(a.Fault, "nil pointer") {
		t.Errorf("the log is told of %q", a.Fault)
	}
	if a, err := o.Run(t.Context(), seedstest.Snapshot(t), nil); err != nil || len(a.Errors) > 0 || a.Fault != "" || !strings.HasPrefix(string(a.Data), `{"stats":{"events":`) {
		t.Errorf("afterwards: %s %v %v", a.Data, a.Errors, err)
	}
}
