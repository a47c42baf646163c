package schema_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// lists are connections of the schema – a field, or a field / a field in it – and
// what their nodes are told apart by ("" where only the cursor does).
var lists = map[string]string{
	"events(%s)": "id", "events(%s orderBy: [{field: ORDINAL, nulls: FIRST}, {field: NAME, direction: DESC}])": "id", "attendance(%s)": "id",
	"attendance(%s orderBy: [{field: PERSON, nulls: FIRST}])": "id", "allSeries(%s)": "id", "actors(%s)": "id", "actors(%s orderBy: [{field: EVENTS, direction: DESC}])": "id",
	"people(%s)": "id", "topics(%s)": "id", "instruments(%s)": "id", "initiatives(%s)": "id", "places(%s)": "id", "sources(%s)": "id", "conflicts(%s)": "id",
	`search(%s text: "cyber")`: "id", `search(%s text: "mi")`: "id", "coAttendance(%s minEvents: 4)": "",
	`actor(id: "eeas") / events(%s)`: "id", `actor(id: "eeas") / coAttendees(%s)`: "id", `actor(id: "eeas") / people(%s)`: "id", `actor(id: "eeas") / participations(%s)`: "id",
	`actor(id: "eeas") / mentions(%s)`: "id", `actor(id: "eeas") / statements(%s)`: "", `event(id: "eu-rok-cyber-dialogue-07") / topics(%s)`: "", `event(id: "eu-rok-cyber-dialogue-07") / references(%s)`: "",
	`event(id: "eu-rok-cyber-dialogue-07") / participations(%s)`: "id", `instrument(id: "budapest-convention") / parties(%s)`: "id", `network / centrality(%s)`: "", `network / communities(%s)`: "",
	`network(kind: PERSON) / centrality(%s orderBy: [{field: NAME}])`: "",
}

type listPage struct {
	TotalCount int
	Edges      []struct {
		Cursor string
		Node   *struct{ ID string }
	}
	PageInfo struct{ HasNextPage, HasPreviousPage bool }
}

// Walking a connection in pages, either way, visits each item exactly once, in
// the order of the whole, and says truly whether there is more.
func TestEveryConnectionIsWalked(t *testing.T) {
	h := newHandler(t)
	for list, id := range lists {
		t.Run(list, func(t *testing.T) {
			get := func(page string) listPage {
				node := ""
				if id != "" {
					node = " node { id }"
				}
				q, within, nested := strings.Cut(fmt.Sprintf(list, page), " / ")
				page = " { totalCount pageInfo { hasNextPage hasPreviousPage } edges { cursor" + node + " } }"
				if nested {
					q = "top: " + q + " { list: " + within + page + " }"
				} else {
					q = "list: " + q + page
				}
				var answer struct {
					List listPage
					Top  struct{ List listPage }
				}
				if err := json.Unmarshal(ask(t, h, "{ "+q+" }"), &answer); err != nil {
					t.Fatal(err)
				}
				if answer.Top.List.TotalCount > 0 {
					return answer.Top.List
				}
				return answer.List
			}
			whole := get("first: 1000")
			total := min(whole.TotalCount, 1000)
			if total == 0 || len(whole.Edges) != total {
				t.Fatalf("the whole has %d of %d items", len(whole.Edges), whole.TotalCount)
			}
			cursors := func(p listPage) []string {
				var out []string
				for _, e := range p.Edges {
					out = append(out, e.Cursor)
				}
				return out
			}
			want := cursors(whole)
			if distinct := slices.Compact(slices.Sorted(slices.Values(want))); len(distinct) != len(want) {
				t.Errorf("%d of %d cursors are distinct", len(distinct), len(want))
			}
			size := total/3 + 1
			var forwards, backwards []string
			for page, more := fmt.Sprintf("first: %d", size), true; more && len(forwards) < total; {
				p := get(page)
				forwards, more = append(forwards, cursors(p)...), p.PageInfo.HasNextPage
				page = fmt.Sprintf("first: %d, after: %q", size, p.Edges[len(p.Edges)-1].Cursor)
			}
			if len(forwards) >= total && !slices.Equal(forwards[:total], want) {
				t.Errorf("forwards: %d items in another order than the whole", len(forwards))
			}
			if whole.TotalCount > 1000 {
				return
			}
			for page, more := fmt.Sprintf("last: %d", size), true; more; {
				p := get(page)
				backwards, more = append(cursors(p), backwards...), p.PageInfo.HasPreviousPage
				page = fmt.Sprintf("last: %d, before: %q", size, p.Edges[0].Cursor)
			}
			if !slices.Equal(backwards, want) {
				t.Errorf("backwards: %d items, want %d in the same order", len(backwards), len(want))
			}
		})
	}
}
