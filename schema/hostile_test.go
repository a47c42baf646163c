package schema_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"dialograph/schema/graphqlhttp"
)

// hostile are requests that try to make the server work without end: bodies of
// a POST by what they try.
func hostile() map[string]string {
	ask := func(q string, variables any) string {
		body, err := json.Marshal(map[string]any{"query": q, "variables": variables})
		if err != nil {
			panic(err)
		}
		return string(body)
	}
	repeat := strings.Repeat
	numbered := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	ids := func(n int) string { return `["` + repeat(`event/x","`, n) + `event/x"]` }
	where := `{date: {during: "202X"}}`
	for range 6 {
		where = `{and: [` + where + `, ` + where + `], or: [` + where + `], not: ` + where + `}`
	}
	return map[string]string{
		"deep":                                        ask(repeat("{ events { nodes { previous ", 20)+"{ name }"+repeat(" } } }", 20), nil),
		"brackets":                                    ask(repeat("[", 100_000), nil),
		"braces":                                      ask(repeat("{a", 200_000), nil),
		"wide":                                        ask("{"+repeat(" stats { events }", 40_000)+"}", nil),
		"one field again and again":                   ask("{"+repeat(" stats { events }", 900)+"}", nil),
		"aliases":                                     ask("{"+numbered(1000, " a%d: stats { events }")+"}", nil),
		"aliases of the dearest field":                ask("{"+numbered(100, ` a%d: paths(from: "actor/eeas", to: "actor/kisa", maxLength: 8, k: 20) { text }`)+"}", nil),
		"aliases of searches":                         ask("{"+numbered(100, ` a%d: search(text: "mi", first: 1000) { totalCount }`)+"}", nil),
		"aliases of fuzzy searches":                   ask("{"+numbered(100, ` a%d: search(text: "ministri forein affeirs%[1]d") { totalCount }`)+"}", nil),
		"aliases of lists":                            ask("{"+numbered(100, ` a%d: coAttendance(first: 1000) { totalCount }`)+"}", nil),
		"a fragment that includes itself":             ask(`{ ...A } fragment A on Query { ...A }`, nil),
		"fragments that include each other":           ask(`{ stats { events } } fragment A on Query { ...B } fragment B on Query { ...A }`, nil),
		"a ring of a thousand fragments":              ask("{ ...F0 }"+ring(1000), nil),
		"fragments that multiply":                     ask("{ ...A } fragment A on Query {"+repeat(" ...B", 60)+"} fragment B on Query {"+repeat(" ...C", 60)+"} fragment C on Query { stats { events } }", nil),
		"fragments that double thirty times":          ask("{ ...F0 }"+doubling(30), nil),
		"inline fragments in each other":              ask("{"+repeat("... on Query {", 1000)+" stats { events } "+repeat("}", 1000)+"}", nil),
		"a text of a megabyte":                        ask(`{ search(text: "`+repeat("a", 1<<20-100)+`") { totalCount } }`, nil),
		"a text of half a megabyte as a variable":     ask(`query($t: String!) { search(text: $t) { totalCount } }`, map[string]any{"t": repeat("a ", 1<<18)}),
		"a number without end":                        ask(`{ events(first: `+repeat("9", 100_000)+`) { totalCount } }`, nil),
		"a name without end":                          ask(`{ `+repeat("a", 500_000)+` }`, nil),
		"a block string without end":                  ask(`{ search(text: """`+repeat("\n   a", 50_000)+`""") { totalCount } }`, nil),
		"a comment without end":                       ask("#"+repeat("é", 400_000)+"\n{ stats { events } }", nil),
		"commas":                                      ask("{ stats { events "+repeat(",", 1<<20-100)+" } }", nil),
		"directives":                                  ask("{ stats "+repeat("@include(if: true) ", 3000)+"{ events } }", nil),
		"variables that are not used":                 ask("query("+numbered(3000, "$a%d: Int ")+") { stats { events } }", nil),
		"a list of ids":                               ask("{ nodes(ids: "+ids(5000)+") { id } }", nil),
		"a thousand unknown ids":                      ask("{ nodes(ids: "+ids(990)+") { id } }", nil),
		"a filter that doubles":                       ask(`{ events(where: `+where+`) { totalCount } }`, nil),
		"a filter with many names":                    ask(`{ events(where: {party: [`+repeat(`{name: "nobody"}, `, 3000)+`]}) { totalCount } }`, nil),
		"deep variables":                              `{"query": "{ stats { events } }", "variables": {"a": ` + repeat("[", 5000) + repeat("]", 5000) + `}}`,
		"deep objects as variables":                   `{"query": "{ stats { events } }", "variables": ` + repeat(`{"a":`, 5000) + "1" + repeat("}", 5000) + `}`,
		"a filter that is deep as a variable":         ask(`query($w: EventWhere) { events(where: $w) { totalCount } }`, nestedNot(14)),
		"a request of many keys":                      `{"query": "{ stats { events } }", "variables": {` + numbered(40_000, `"k%d": 1, `) + `"z": 1}}`,
		"lists in lists":                              ask(`{ events(first: 1000) { nodes { participations(first: 1000) { nodes { person { events(first: 1000) { nodes { name } } } } } } } }`, nil),
		"lists without a size in each other":          ask(`{ events(first: 1000) { nodes { parties { units { units { units { units { name } } } } } } } }`, nil),
		"introspection in itself":                     ask(`{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { name } } } } } } } } } } } }`, nil),
		"introspection again and again":               ask("{"+numbered(100, " a%d: __schema { types { fields { args { type { name } } } } }")+"}", nil),
		"a batch of dear queries":                     "[" + repeat(ask(`{ coAttendance(first: 1000) { nodes { count } } }`, nil)+",", 9) + ask(`{ stats { events } }`, nil) + "]",
		"a batch of ten thousand":                     "[" + repeat(`{"query":"{a}"},`, 10_000) + `{"query":"{a}"}]`,
		"a hundred pages of all facets of all events": ask("{"+numbered(100, ` a%d: events { facets(by: [YEAR, ACTOR, PARTY, TOPIC, INSTRUMENT, PLACE, ROLE, SERIES, SOURCE], first: 1000) { values { value } } }`)+"}", nil),
		"conflicting names":                           ask("{"+numbered(99, " stats { a%d: events }")+" stats { events } }", nil),
	}
}

// doubling makes fragments each of which includes the next twice.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Query { ...F%d ...F%d }", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on Query { stats { events } }", n)
	return b.String()
}

func nestedNot(depth int) any {
	w := map[string]any{"text": "cyber"}
	for range depth {
		w = map[string]any{"not": w}
	}
	return map[string]any{"w": w}
}

const mostMemory = 64 << 20

// Whatever is sent, the server answers with JSON and with little memory: what a
// request takes in all, most of which is free again at its end, stays below
// 64 MiB. How long each takes, BenchmarkHostile tells.
func TestHostileRequestsAreCheap(t *testing.T) {
	h := newHandler(t)
	for name, body := range hostile() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			w := send(h, body)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if !json.Valid(w.Body.Bytes()) {
				t.Errorf("the answer is not JSON: %.200s", w.Body)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > mostMemory {
				t.Errorf("took %d MB, want at most %d", used>>20, mostMemory>>20)
			} else {
				t.Logf("%v, %d kB, %.150s", took.Round(100*time.Microsecond), used>>10, w.Body)
			}
		})
	}
}

func send(h *graphqlhttp.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// BenchmarkHostile reports how long the slowest of the hostile requests takes.
func BenchmarkHostile(b *testing.B) {
	worst, which := time.Duration(0), ""
	for name, body := range hostile() {
		var took []time.Duration
		h := newHandler(b) // with an empty cache
		for range 5 {
			start := time.Now()
			send(h, body)
			took = append(took, time.Since(start))
		}
		if first := took[0]; first > worst {
			worst, which = first, name
		}
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
	b.Logf("the slowest: %s", which)
}

// ring makes fragments each of which includes the next, and the last the first.
func ring(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Query { ...F%d }", i, (i+1)%n)
	}
	return b.String()
}
