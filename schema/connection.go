package schema

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// maxFirst is how many items one page may hold.
const maxFirst = 1000

// connection is one page of a list (Relay Cursor Connections).
type connection struct {
	edges          []*edge
	total          int
	before, after  bool // there is more before, after this page
	events         []*index.Event
	participations []*index.Participation
}

// edge is one item of a page. The value says more than the node where the item
// is a relation with a story.
type edge struct {
	cursor string
	node   any
	value  any
}

// ordering says in which order a list is walked. Every key is text that sorts
// as its value does; the last key is unique, so that an order is total.
type ordering[T any] struct {
	keys []orderKey[T]
	// anchored: the first key is the place in a list, which changes when others
	// come or go; the last key finds the item.
	anchored bool
}

type orderKey[T any] struct {
	name       string
	of         func(T) string // "" where the item has no value
	descending bool
	nullsFirst bool
}

// signature tells orders apart, so that a cursor of one is not taken for a
// cursor of another.
func (o ordering[T]) signature() string {
	var b strings.Builder
	for _, k := range o.keys {
		fmt.Fprintf(&b, "%s%d%d.", k.name, boolInt(k.descending), boolInt(k.nullsFirst))
	}
	return b.String()
}

func (o ordering[T]) values(x T) []string {
	out := make([]string, len(o.keys))
	for i, k := range o.keys {
		out[i] = k.of(x)
	}
	return out
}

func (o ordering[T]) compare(a, b []string) int {
	for i, k := range o.keys {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		if x == "" || y == "" {
			return cmp.Compare(boolInt(x == "" != k.nullsFirst), boolInt(y == "" != k.nullsFirst))
		}
		c := strings.Compare(x, y)
		if k.descending {
			c = -c
		}
		return c
	}
	return 0
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// window is what a page is asked for.
type window struct {
	first, last   int // -1 where not given
	after, before []string
}

func windowOf(a args, standard int) (window, error) {
	w := window{first: a.number("first", -1), last: a.number("last", -1)}
	for _, name := range []string{"first", "last"} { // the same fault first each time
		n := a.number(name, -1)
		if a.given(name) && n < 0 {
			return w, userErrorf("BAD_PAGE", "%s: %d is negative", name, n)
		}
		if n > maxFirst {
			return w, userErrorf("BAD_PAGE", "%s: %d is more than %d; ask for pages with after", name, n, maxFirst)
		}
	}
	if w.last >= 0 {
		if a.given("first") {
			return w, userErrorf("BAD_PAGE", "first and last cannot be given together")
		}
		w.first = -1
	} else if w.first < 0 {
		w.first = standard
	}
	var err error
	if w.after, err = cursorKeys("after", a.text("after")); err != nil {
		return w, err
	}
	w.before, err = cursorKeys("before", a.text("before"))
	return w, err
}

func cursorKeys(name, cursor string) ([]string, error) {
	if cursor == "" {
		return nil, nil
	}
	var keys []string
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(raw, &keys)
	}
	if err != nil || len(keys) == 0 {
		return nil, userErrorf("BAD_CURSOR", "%s: %q is not a cursor of this list", name, cursor)
	}
	return keys, nil
}

func cursorOf(keys []string) string {
	raw, _ := json.Marshal(keys)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// page sorts a list and cuts the page out of it that the arguments ask for.
// Cursors hold the keys of an item, so a page continues in the right place even
// if the item is gone.
func page[T any](items []T, o ordering[T], a args, standard int, toEdge func(T) edge) (*connection, error) {
	w, err := windowOf(a, standard)
	if err != nil {
		return nil, err
	}
	keyed := make([]keyedItem[T], len(items))
	for i, x := range items {
		keyed[i] = keyedItem[T]{x, o.values(x)}
	}
	slices.SortStableFunc(keyed, func(a, b keyedItem[T]) int { return o.compare(a.keys, b.keys) })
	if w.after, err = placeIn(keyed, o, "after", w.after); err != nil {
		return nil, err
	}
	if w.before, err = placeIn(keyed, o, "before", w.before); err != nil {
		return nil, err
	}
	from, to := 0, len(keyed)
	if w.after != nil {
		from, _ = slices.BinarySearchFunc(keyed, w.after, func(x keyedItem[T], keys []string) int {
			return cmp.Or(o.compare(x.keys, keys), -1) // the item itself is before
		})
	}
	if w.before != nil {
		to, _ = slices.BinarySearchFunc(keyed, w.before, func(x keyedItem[T], keys []string) int { return o.compare(x.keys, keys) })
	}
	to = max(to, from)
	if w.first >= 0 {
		to = min(to, from+w.first)
	} else {
		from = max(from, to-w.last)
	}
	c := &connection{total: len(items), before: from > 0, after: to < len(keyed)}
	for _, x := range keyed[from:to] {
		e := toEdge(x.item)
		e.cursor = cursorOf(append([]string{o.signature()}, x.keys...))
		c.edges = append(c.edges, &e)
	}
	return c, nil
}

// placeIn gives the keys that a cursor stands for in a list.
func placeIn[T any](keyed []keyedItem[T], o ordering[T], name string, cursor []string) ([]string, error) {
	switch {
	case cursor == nil:
		return nil, nil
	case len(cursor) != len(o.keys)+1 || cursor[0] != o.signature():
		return nil, userErrorf("BAD_CURSOR", "%s: the cursor is of a list in another order", name)
	case o.anchored:
		return anchor(keyed, cursor[1:]), nil
	}
	return cursor[1:], nil
}

// anchor gives the keys that an item has now, found by the last of them. One
// that is gone is taken to stand just before the item that took its place.
func anchor[T any](keyed []keyedItem[T], keys []string) []string {
	last := len(keys) - 1
	for _, x := range keyed {
		if x.keys[last] == keys[last] {
			return x.keys
		}
	}
	place, err := strconv.Atoi(keys[0])
	if err != nil || place < 1 {
		return keys
	}
	return []string{fmt.Sprintf("%012d", place-1), "\U0010ffff"}
}

type keyedItem[T any] struct {
	item T
	keys []string
}

// number writes a number as text that sorts as it does.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%012d", n)
}

func paging(standard int) graphql.FieldConfigArgument {
	return graphql.FieldConfigArgument{
		"first":  {Type: graphql.Int, DefaultValue: standard, Description: "How many items from the start; at most 1000."},
		"after":  {Type: graphql.String, Description: "The cursor of the item before the page."},
		"last":   {Type: graphql.Int, Description: "How many items from the end; at most 1000."},
		"before": {Type: graphql.String, Description: "The cursor of the item after the page."},
	}
}

// with adds arguments to those of a connection.
func with(a graphql.FieldConfigArgument, name string, t graphql.Input, doc string) graphql.FieldConfigArgument {
	a[name] = &graphql.ArgumentConfig{Type: t, Description: doc}
	return a
}

func withDefault(a graphql.FieldConfigArgument, name string, t graphql.Input, value any, doc string) graphql.FieldConfigArgument {
	a[name] = &graphql.ArgumentConfig{Type: t, DefaultValue: value, Description: doc}
	return a
}

// connectionType declares a connection and its edge; more adds fields to either.
func (b *schemaBuilder) connectionType(name string, node graphql.Output, nullable bool, moreEdge, moreConnection func(*typ)) *graphql.Object {
	inner := node
	if !nullable {
		inner = must(node)
	}
	edgeFields := newType()
	read(edgeFields, "cursor", must(graphql.String), "Where this item stands in the list; opaque.", func(e *edge) any { return e.cursor })
	read(edgeFields, "node", inner, "The item.", func(e *edge) any { return e.node })
	if moreEdge != nil {
		moreEdge(edgeFields)
	}
	edgeType := graphql.NewObject(graphql.ObjectConfig{Name: name + "Edge", Description: "An item of a " + name + "Connection.", Fields: edgeFields.fields})
	fields := newType()
	read(fields, "edges", list(edgeType), "The items of this page with their cursors.", func(c *connection) any { return c.edges })
	read(fields, "nodes", list(inner.(graphql.Type)), "The items of this page.", func(c *connection) any {
		out := make([]any, len(c.edges))
		for i, e := range c.edges {
			out[i] = e.node
		}
		return out
	})
	if nullable {
		fields.fields["nodes"].Type = must(graphql.NewList(node))
	} else {
		fields.fields["nodes"].Type = list(node)
	}
	read(fields, "pageInfo", must(b.pageInfo), "Whether there is more.", func(c *connection) any { return c })
	read(fields, "totalCount", must(graphql.Int), "How many items the whole list has.", func(c *connection) any { return c.total })
	if moreConnection != nil {
		moreConnection(fields)
	}
	b.types[name+"Edge"], b.types[name+"Connection"] = edgeFields, fields
	return graphql.NewObject(graphql.ObjectConfig{Name: name + "Connection", Description: "A page of a list (Relay Cursor Connections).", Fields: fields.fields})
}

func (b *schemaBuilder) newPageInfo() *graphql.Object {
	t := newType()
	b.types["PageInfo"] = t
	read(t, "hasNextPage", must(graphql.Boolean), "Whether items follow this page.", func(c *connection) any { return c.after })
	read(t, "hasPreviousPage", must(graphql.Boolean), "Whether items precede this page.", func(c *connection) any { return c.before })
	read(t, "startCursor", graphql.String, "The cursor of the first item.", func(c *connection) any {
		if len(c.edges) == 0 {
			return nil
		}
		return c.edges[0].cursor
	})
	read(t, "endCursor", graphql.String, "The cursor of the last item.", func(c *connection) any {
		if len(c.edges) == 0 {
			return nil
		}
		return c.edges[len(c.edges)-1].cursor
	})
	return graphql.NewObject(graphql.ObjectConfig{Name: "PageInfo", Description: "Where a page stands in its list.", Fields: t.fields})
}
