package exporthttp_test

import (
	"hash/maphash"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/schema"
)

// Exports and queries change nothing of a snapshot: its lists are handed out as
// they are.
func TestReadersChangeNothing(t *testing.T) {
	h, q := newHandlers(t)
	snap := h.Holder.Current()
	before := fingerprint(snap)
	for _, f := range export.Formats() {
		for i, view := range export.Views() {
			r := export.Request{Format: f, Table: "participations"}
			if i > 0 && f.Of != export.NetShape {
				continue
			}
			address := "/export/" + r.Name() + "?actor=KISA&from=2020"
			if f.Of == export.NetShape {
				address += "&network=" + string(view)
			}
			if w := get(h, address); w.Code != 200 {
				t.Errorf("%s: %d %.200s", r.Name(), w.Code, w.Body)
			}
		}
	}
	for _, table := range export.TableNames() {
		if w := get(h, "/export/"+table+".csv"); w.Code != 200 {
			t.Errorf("%s: %d %.200s", table, w.Code, w.Body)
		}
	}
	examples, err := schema.Examples()
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, e := range examples {
		w := get(q.GraphQL, "/graphql?query="+url.QueryEscape(e.Query))
		if w.Code == 200 && !strings.Contains(w.Body.String(), `"errors"`) {
			ran++
		}
	}
	if ran < len(examples)/2 {
		t.Errorf("only %d of %d examples were answered", ran, len(examples))
	}
	for _, query := range []string{
		`{ events(first: 5, orderBy: {field: DATE, direction: DESC}) { facets(by: [YEAR, ACTOR, TOPIC]) { values { value entity { id } } } nodes { id } } }`,
		`{ actors(last: 5, orderBy: {field: EVENTS, direction: DESC}) { nodes { events(includeUnits: true, last: 3, orderBy: [{field: NAME}]) { nodes { id } } coAttendees(kind: [STATE]) { nodes { id } edges { events { id } } } memberDetails(status: [PARTY]) { totalCount } } } }`,
		`{ topics { nodes { byYear { year } events(last: 2) { nodes { topics(stance: [DISCUSSED]) { totalCount } references(kind: [REFERRED_TO]) { totalCount } } } } } }`,
	} {
		if w := get(q.GraphQL, "/graphql?query="+url.QueryEscape(query)); strings.Contains(w.Body.String(), `"SYNTAX"`) {
			t.Errorf("%s: %.300s", query, w.Body)
		}
	}
	if fingerprint(snap) != before {
		t.Error("the snapshot has changed")
	}
	actor, ok := index.Get[*index.Actor](snap, "actor/kisa")
	if !ok {
		t.Fatal("there is no KISA")
	}
	slices.Reverse(snap.EventsOf(actor))
	if fingerprint(snap) == before {
		t.Error("a list turned round is not noticed")
	}
	slices.Reverse(snap.EventsOf(actor))
}

// fingerprint is a hash of all that can be reached in a snapshot, in the order of
// its lists, but for what it works out when asked.
func fingerprint(snap *index.Snapshot) uint64 {
	var sum maphash.Hash
	sum.SetSeed(seed)
	met := map[uintptr]int{}
	var waiting []reflect.Value
	number := func(n uint64) {
		maphash.WriteComparable(&sum, n)
	}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() {
				number(0)
				return
			}
			if p := v.Pointer(); met[p] == 0 {
				met[p] = len(met) + 1
				waiting = append(waiting, v.Elem())
			}
			number(uint64(met[v.Pointer()]))
		case reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			number(uint64(v.Len()))
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			if name := v.Type().Name(); name == "keeper" || name == "nameIndex" || name == "lazyNetwork" || name == "Quads" || name == "Location" {
				return
			}
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.String:
			sum.WriteString(v.String())
		case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint32, reflect.Uint64:
			if v.CanInt() {
				number(uint64(v.Int()))
			} else if v.CanUint() {
				number(v.Uint())
			}
		}
	}
	waiting = append(waiting, reflect.ValueOf(snap).Elem())
	for len(waiting) > 0 {
		next := waiting[0]
		waiting = waiting[1:]
		walk(next)
	}
	return sum.Sum64()
}

var seed = maphash.MakeSeed()
