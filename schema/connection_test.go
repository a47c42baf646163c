package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// thing is an item with two keys, either of which may be missing, and an id.
type thing struct{ a, b, id string }

func drawThings(t *rapid.T) []thing {
	n := rapid.IntRange(0, 25).Draw(t, "n")
	var out []thing
	for i := range n {
		key := rapid.SampledFrom([]string{"", "x", "y", "z"})
		out = append(out, thing{key.Draw(t, "a"), key.Draw(t, "b"), fmt.Sprintf("id%02d", i)})
	}
	return out
}

func drawOrder(t *rapid.T) ordering[thing] {
	flag := func() bool { return rapid.Bool().Draw(t, "flag") }
	return ordering[thing]{keys: []orderKey[thing]{
		{of: func(x thing) string { return x.a }, descending: flag(), nullsFirst: flag()},
		{of: func(x thing) string { return x.b }, descending: flag(), nullsFirst: flag()},
		{of: func(x thing) string { return x.id }},
	}}
}

func ids(c *connection) []string {
	var out []string
	for _, e := range c.edges {
		out = append(out, e.node.(thing).id)
	}
	return out
}

func pageOf(t *rapid.T, items []thing, o ordering[thing], a args) *connection {
	for name := range a {
		if !strings.HasPrefix(name, "given ") {
			a["given "+name] = true
		}
	}
	c, err := page(items, o, a, 20, func(x thing) edge { return edge{node: x} })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Walking a connection in pages of any size, either way, visits each item once,
// in the order of the unpaged list, and says truly whether there is more.
func TestWalkingVisitsEachOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, o := drawThings(t), drawOrder(t)
		whole := ids(pageOf(t, items, o, args{"first": 1000}))
		size := rapid.IntRange(1, 7).Draw(t, "size")
		for _, way := range []struct{ count, cursor string }{{"first", "after"}, {"last", "before"}} {
			var walked []string
			cursor := ""
			for {
				c := pageOf(t, items, o, args{way.count: size, way.cursor: cursor})
				if c.total != len(items) {
					t.Fatalf("total %d of %d", c.total, len(items))
				}
				if way.count == "first" {
					walked = append(walked, ids(c)...)
				} else {
					walked = append(ids(c), walked...)
				}
				more := map[string]bool{"first": c.after, "last": c.before}[way.count]
				if more != (len(walked) < len(items)) {
					t.Fatalf("%s: more is %v after %d of %d", way.count, more, len(walked), len(items))
				}
				if !more {
					break
				}
				if cursor = c.edges[len(c.edges)-1].cursor(); way.count == "last" {
					cursor = c.edges[0].cursor()
				}
			}
			if !slices.Equal(whole, walked) {
				t.Fatalf("%s: walked %v, want %v", way.count, walked, whole)
			}
		}
	})
}

// Items that come and go between two pages disturb no other item: each that
// stays is visited once.
func TestWalkingSurvivesAReload(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, o := drawThings(t), drawOrder(t)
		first := pageOf(t, before, o, args{"first": rapid.IntRange(0, 10).Draw(t, "size")})
		if len(first.edges) == 0 {
			return
		}
		stays := map[string]bool{}
		var after []thing
		for _, x := range before {
			if rapid.IntRange(0, 3).Draw(t, "stays") > 0 {
				stays[x.id] = true
				after = append(after, x)
			}
		}
		after = append(after, thing{"x", "y", "new"})
		rest := pageOf(t, after, o, args{"first": 1000, "after": first.edges[len(first.edges)-1].cursor()})
		seen := map[string]int{}
		for _, id := range append(ids(first), ids(rest)...) {
			seen[id]++
		}
		for id := range stays {
			if seen[id] != 1 {
				t.Fatalf("%s was visited %d times", id, seen[id])
			}
		}
	})
}

// Of a list in its given order, each item that stays is visited once when others
// before it go, whichever item the page ended with.
func TestWalkingAGivenOrderSurvivesAReload(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var before []string
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			before = append(before, fmt.Sprintf("id%02d", (i*7)%13))
		}
		o := asGiven(func(x string) string { return x })
		toEdge := func(x string) edge { return edge{node: x} }
		size := rapid.IntRange(1, len(before)).Draw(t, "size")
		first, err := page(before, o, args{"first": size, "given first": true}, 20, toEdge)
		if err != nil {
			t.Fatal(err)
		}
		after := slices.DeleteFunc(slices.Clone(before), func(string) bool { return rapid.IntRange(0, 2).Draw(t, "goes") == 0 })
		rest, err := page(after, asGiven(func(x string) string { return x }), args{"first": 1000, "given first": true, "after": first.edges[size-1].cursor()}, 20, toEdge)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[any]int{}
		for _, e := range append(first.edges, rest.edges...) {
			seen[e.node]++
		}
		gone := !slices.Contains(after, before[size-1])
		for _, id := range after {
			if seen[id] == 0 && !gone || seen[id] > 1 && !gone {
				t.Fatalf("%s was visited %d times: %v, then %v after %v", id, seen[id], before, after, before[size-1])
			}
		}
	})
}

func TestBadPagesAreRefused(t *testing.T) {
	for name, a := range map[string]args{
		"negative":           {"first": -1, "given first": true},
		"too many":           {"first": 1001, "given first": true},
		"both ways":          {"first": 1, "last": 1, "given first": true, "given last": true},
		"not a cursor":       {"after": "???"},
		"cursor of another":  {"after": cursorOf([]string{"another", "x", "y"})},
		"negative from last": {"last": -2, "given last": true},
	} {
		_, err := page([]thing{{id: "x"}}, ordering[thing]{keys: []orderKey[thing]{{of: func(x thing) string { return x.a }}, {of: func(x thing) string { return x.id }}}}, a, 20, func(x thing) edge { return edge{node: x} })
		if _, ok := err.(*UserError); !ok {
			t.Errorf("%s: got %v, want an error for the query's author", name, err)
		}
	}
}
