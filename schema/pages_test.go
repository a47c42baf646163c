package schema

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"

	"pgregory.net/rapid"
)

// dates are those that events of the tests have: many of the same days, some
// open, unknown, or far from four digits.
var dates = []string{"", "2019", "2019~", "2019?", "2019-05", "2019-05-01", "2019-05-01", "2019-05-01/2019-05-02", "2019-05/2020", "../2019", "2019/..", "/2019-05", "2019-05-01/", "../..", "201X", "2019-XX-05", "XXXX-11-24",
	"0999", "-0044", "-0005", "Y10000", "Y99999", "Y170000002", "Y-12000"}

// snapshotOf has an event for each date.
func snapshotOf(t interface{ Fatal(...any) }, dates []string) *index.Snapshot {
	var units rdf.Units
	for i, date := range dates {
		r := &graph.Record{Schema: graph.RecordSchema, ID: fmt.Sprintf("talks-%02d", (i*7)%31), Review: "reviewed", Event: graph.Event{Name: fmt.Sprint("Talks ", i%3), Kind: "dialogue", Status: "held", Date: date}}
		units = append(units, rdf.RecordUnit(vocab.DefaultBase, r, &graph.Authority{}))
	}
	s, err := index.Build(context.Background(), vocab.DefaultBase, units, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The keys of dates sort as the events of a snapshot stand.
func TestDateKeysSortAsEvents(t *testing.T) {
	snap := snapshotOf(t, dates)
	if len(snap.Events) != len(dates) {
		t.Fatalf("%d events of %d dates", len(snap.Events), len(dates))
	}
	o := eventOrdering(nil)
	for i, e := range snap.Events[1:] {
		before := snap.Events[i]
		if o.compare(o.values(before), o.values(e)) >= 0 {
			t.Errorf("%s %q stands before %s %q; the keys are %q and %q", before.ID, before.Date.Value, e.ID, e.Date.Value, o.values(before), o.values(e))
		}
	}
}

// A page of events, whichever is asked for, is what is cut out of all events
// sorted by their keys; its cursors are made of these keys.
func TestPagesAreCutFromAllEvents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		snap := snapshotOf(t, rapid.SliceOfN(rapid.SampledFrom(dates), 0, 20).Draw(t, "dates"))
		some := slices.DeleteFunc(slices.Clone(snap.Events), func(*index.Event) bool { return rapid.IntRange(0, 4).Draw(t, "left out") == 0 })
		var orderBy any
		if rapid.Bool().Draw(t, "ordered") {
			orderBy = []any{map[string]any{"field": rapid.SampledFrom([]string{"DATE", "DATE", "NAME"}).Draw(t, "field"), "direction": rapid.SampledFrom([]string{"ASC", "DESC"}).Draw(t, "direction"), "nulls": rapid.SampledFrom([]string{"FIRST", "LAST"}).Draw(t, "nulls")}}
		}
		o := eventOrdering(orderBy)
		sorted := slices.SortedFunc(slices.Values(some), func(a, b *index.Event) int { return o.compare(o.values(a), o.values(b)) })
		a := args{}
		give := func(name string, v any) { a[name], a["given "+name] = v, true }
		from, to := 0, len(sorted)
		cursor := func(name string) int { // of an event that may have been left out since
			e := rapid.SampledFrom(snap.Events).Draw(t, name)
			give(name, cursorOf(append([]string{o.signature()}, o.values(e)...)))
			place, there := slices.BinarySearchFunc(sorted, e, func(x, e *index.Event) int { return o.compare(o.values(x), o.values(e)) })
			if there && name == "after" {
				place++
			}
			return place
		}
		if len(snap.Events) > 0 && rapid.Bool().Draw(t, "with after") {
			from = cursor("after")
		}
		if len(snap.Events) > 0 && rapid.Bool().Draw(t, "with before") {
			to = max(from, cursor("before"))
		}
		n := rapid.IntRange(0, 7).Draw(t, "n")
		if rapid.Bool().Draw(t, "from the end") {
			give("last", n)
			from = max(from, to-n)
		} else {
			give("first", n)
			to = min(to, from+n)
		}
		c, err := page(some, arrangedByDate(o), a, 20, func(e *index.Event) edge { return edge{node: e} })
		if err != nil {
			t.Fatal(err)
		}
		var got []*index.Event
		for i, e := range c.edges {
			got = append(got, e.node.(*index.Event))
			if want := cursorOf(append([]string{o.signature()}, o.values(got[i])...)); e.cursor() != want {
				t.Fatalf("the cursor of %s is not made of its keys", got[i].ID)
			}
		}
		if !slices.Equal(got, sorted[from:to]) || c.total != len(some) || c.before != (from > 0) || c.after != (to < len(sorted)) {
			t.Fatalf("%v: got %s (%d, %t, %t), want %s (%d, %t, %t)", a, shown(got), c.total, c.before, c.after, shown(sorted[from:to]), len(some), from > 0, to < len(sorted))
		}
	})
}

func shown(list []*index.Event) []string {
	out := []string{}
	for _, e := range list {
		out = append(out, fmt.Sprint(e.ID, " ", e.Date.Value))
	}
	return out
}

// A cursor is what clients have kept since cursors are made: the order, the keys.
func TestCursorsStay(t *testing.T) {
	snap := snapshotOf(t, []string{"2019-05-01", "2020", ""})
	for _, c := range []struct {
		order  any
		cursor string
		want   []string
	}{
		{nil, `["DATE00.00.","2019-05-01/2019-05-01","event/talks-00"]`, []string{"event/talks-07 2020", "event/talks-14 "}},
		{[]any{map[string]any{"field": "DATE", "direction": "DESC", "nulls": "LAST"}}, `["DATE10.00.","2020-01-01/2020-12-31","event/talks-07"]`, []string{"event/talks-00 2019-05-01", "event/talks-14 "}},
	} {
		var keys []string
		if err := json.Unmarshal([]byte(c.cursor), &keys); err != nil {
			t.Fatal(err)
		}
		p, err := page(snap.Events, arrangedByDate(eventOrdering(c.order)), args{"after": cursorOf(keys)}, 20, func(e *index.Event) edge { return edge{node: e} })
		if err != nil {
			t.Fatal(err)
		}
		var got []*index.Event
		for _, e := range p.edges {
			got = append(got, e.node.(*index.Event))
		}
		if !slices.Equal(shown(got), c.want) {
			t.Errorf("after %s: got %s, want %s", c.cursor, shown(got), c.want)
		}
	}
}
