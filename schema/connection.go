package schema

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"dialograph/graph"
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
	rest           *unread
	of             graph.ID // whose list it is, where it is all of it
}

// unread is what a page did not need to know of its list of events: it is read
// when it is asked for.
type unread struct {
	ctx   context.Context
	items []*index.Event
	list  *arrangement[*index.Event] // of the items
	test  func(*index.Event) bool
	from  int // where the page begins in the list
	done  bool
}

// read reads the whole list. Where the context ends first, what asked for it
// ends with an error.
func (c *connection) read() {
	if u := c.rest; u != nil && !u.done {
		u.done = true
		c.events = index.Passing(u.ctx, u.items, u.test)
		c.total = len(c.events)
	}
}

// hasPrevious tells whether there is more before the page.
func (c *connection) hasPrevious() bool {
	if u := c.rest; u != nil {
		for i := u.from - 1; i >= 0 && !c.before && u.ctx.Err() == nil; i-- {
			c.before = u.test(u.list.at(i))
		}
		u.from = 0
	}
	return c.before
}

// stride is how many steps a loop takes between two looks at its context.
const stride = 1024

// eventPage is page for those events of a list that a test selects. Where the
// list stands in the order that is wanted, no more of it is read than the page
// needs.
func eventPage(r *request, list []*index.Event, test func(*index.Event) bool, o ordering[*index.Event], a args, standard int) (*connection, error) {
	toEdge := func(e *index.Event) edge { return edge{node: e} }
	w, err := windowOf(a, standard)
	if err != nil {
		return nil, err
	}
	if test == nil || o.arranged == nil || w.first < 0 || w.before != nil {
		selected := list
		if test != nil {
			selected = index.Passing(r.ctx, list, test)
		}
		c, err := page(selected, o, a, standard, toEdge)
		if err == nil {
			c.events = selected
		}
		return c, err
	}
	all := arrange(list, o)
	if w.after, err = all.placeOf("after", w.after); err != nil {
		return nil, err
	}
	u := &unread{ctx: r.ctx, items: list, list: all, test: test}
	if w.after != nil {
		u.from = sort.Search(all.len, func(i int) bool { return o.compare(all.keys(i), w.after) > 0 })
	}
	c := &connection{rest: u}
	var room []edge
	for i := u.from; i < all.len; i++ {
		if (i-u.from)%stride == stride-1 && r.ctx.Err() != nil {
			return nil, r.ctx.Err()
		}
		e := all.at(i)
		if !test(e) {
			continue
		}
		if len(c.edges) == w.first {
			c.after = true
			break
		}
		if len(room) == cap(room) {
			room = make([]edge, 0, min(w.first, 64))
		}
		room = append(room, edge{node: e, list: all, at: i})
		c.edges = append(c.edges, &room[len(room)-1])
	}
	return c, nil
}

// edge is one item of a page. The value says more than the node where the item
// is a relation with a story.
type edge struct {
	node  any
	value any

	list interface{ cursor(int) string }
	at   int
}

// cursor says where the item stands; it is worked out when it is asked for.
func (e *edge) cursor() string { return e.list.cursor(e.at) }

// ordering says in which order a list is walked. Every key is text that sorts
// as its value does; the last key is unique, so that an order is total.
type ordering[T any] struct {
	keys []orderKey[T]
	// anchored: the first key is the place in a list, which changes when others
	// come or go; the last key finds the item.
	anchored bool
	// arranged gives the items in this order without their keys, where they can be
	// had so; nil sorts them.
	arranged func([]T) func(int) T
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

// page puts a list in order and cuts the page out of it that the arguments ask
// for. Cursors hold the keys of an item, so a page continues in the right place
// even if the item is gone.
func page[T any](items []T, o ordering[T], a args, standard int, toEdge func(T) edge) (*connection, error) {
	w, err := windowOf(a, standard)
	if err != nil {
		return nil, err
	}
	list := arrange(items, o)
	if w.after, err = list.placeOf("after", w.after); err != nil {
		return nil, err
	}
	if w.before, err = list.placeOf("before", w.before); err != nil {
		return nil, err
	}
	from, to := 0, len(items)
	if w.after != nil { // the item itself is before
		from = sort.Search(len(items), func(i int) bool { return o.compare(list.keys(i), w.after) > 0 })
	}
	if w.before != nil {
		to = sort.Search(len(items), func(i int) bool { return o.compare(list.keys(i), w.before) >= 0 })
	}
	to = max(to, from)
	if w.first >= 0 {
		to = min(to, from+w.first)
	} else {
		from = max(from, to-w.last)
	}
	c := &connection{total: len(items), before: from > 0, after: to < len(items), edges: make([]*edge, to-from)}
	all := make([]edge, to-from)
	for i := range all {
		all[i] = toEdge(list.at(from + i))
		all[i].list, all[i].at = list, from+i
		c.edges[i] = &all[i]
	}
	return c, nil
}

// arrangement is a list in its order.
type arrangement[T any] struct {
	ordering[T]
	len  int
	at   func(int) T
	keys func(int) []string
}

func arrange[T any](items []T, o ordering[T]) *arrangement[T] {
	l := &arrangement[T]{ordering: o, len: len(items)}
	switch {
	case o.anchored:
		l.at = func(i int) T { return items[i] }
		l.keys = func(i int) []string { return []string{number(i + 1), o.keys[1].of(items[i])} }
	case o.arranged != nil:
		l.at = o.arranged(items)
		l.keys = func(i int) []string { return o.values(l.at(i)) }
	default:
		keyed := make([]keyedItem[T], len(items))
		for i, x := range items {
			keyed[i] = keyedItem[T]{x, o.values(x)}
		}
		slices.SortStableFunc(keyed, func(a, b keyedItem[T]) int { return o.compare(a.keys, b.keys) })
		l.at = func(i int) T { return keyed[i].item }
		l.keys = func(i int) []string { return keyed[i].keys }
	}
	return l
}

func (l *arrangement[T]) cursor(i int) string {
	return cursorOf(append([]string{l.signature()}, l.keys(i)...))
}

// inPlace is the arrangement of items that are in order.
func inPlace[T any](items []T) func(int) T { return func(i int) T { return items[i] } }

// newestFirst is the arrangement by date, descending, of events that are by
// date, ascending: those of the same days stay in the order of their
// identifiers, those of no date stay last.
func newestFirst(events []*index.Event) func(int) *index.Event {
	dated := sort.Search(len(events), func(i int) bool { return !events[i].Dated() })
	return func(i int) *index.Event {
		if i >= dated {
			return events[i]
		}
		mirror := dated - 1 - i
		e := events[mirror]
		if alone := func(k int) bool { return k < 0 || k >= dated || index.CompareDays(events[k], e) != 0 }; alone(mirror-1) && alone(mirror+1) {
			return e
		}
		first := sort.Search(mirror, func(k int) bool { return index.CompareDays(events[k], e) >= 0 })
		end := mirror + 1 + sort.Search(dated-mirror-1, func(k int) bool { return index.CompareDays(events[mirror+1+k], e) > 0 })
		return events[first+i-(dated-end)]
	}
}

// placeOf gives the keys that a cursor stands for in a list.
func (l *arrangement[T]) placeOf(name string, cursor []string) ([]string, error) {
	switch {
	case cursor == nil:
		return nil, nil
	case len(cursor) != len(l.ordering.keys)+1 || cursor[0] != l.signature():
		return nil, userErrorf("BAD_CURSOR", "%s: the cursor is of a list in another order", name)
	case l.anchored:
		return l.anchor(cursor[1:]), nil
	}
	return cursor[1:], nil
}

// anchor gives the keys that an item has now, found by the last of them. One
// that is gone is taken to stand just before the item that took its place.
func (l *arrangement[T]) anchor(keys []string) []string {
	for i := range l.len {
		if l.ordering.keys[1].of(l.at(i)) == keys[1] {
			return l.keys(i)
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
	readText(edgeFields, "cursor", must(graphql.String), "Where this item stands in the list; opaque.", func(e *edge) string { return e.cursor() })
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
	read(fields, "totalCount", must(graphql.Int), "How many items the whole list has.", func(c *connection) any { c.read(); return c.total })
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
	read(t, "hasPreviousPage", must(graphql.Boolean), "Whether items precede this page.", func(c *connection) any { return c.hasPrevious() })
	read(t, "startCursor", graphql.String, "The cursor of the first item.", func(c *connection) any {
		if len(c.edges) == 0 {
			return nil
		}
		return c.edges[0].cursor()
	})
	read(t, "endCursor", graphql.String, "The cursor of the last item.", func(c *connection) any {
		if len(c.edges) == 0 {
			return nil
		}
		return c.edges[len(c.edges)-1].cursor()
	})
	return graphql.NewObject(graphql.ObjectConfig{Name: "PageInfo", Description: "Where a page stands in its list.", Fields: t.fields})
}
