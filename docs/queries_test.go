package docs_test

import (
	"fmt"
	"strings"
	"testing"

	"dialograph/schema"
)

const (
	leastQueries  = 30
	longestResult = 130 // lines
)

const queriesHead = `# Queries

What analysts ask and how, from who attended what to communities. Each query stands in ` + "`schema/examples`" + ` and in the menu of the
query page; ` + "`dialograph query --named NAME`" + ` runs it, and so does a request with ` + "`{\"documentId\": \"NAME\"}`" + `. The answers are those of
the built-in records; a test runs all of them and writes this page. What a query takes as variables stands in its first line, with what it asks for
without them: ` + "`dialograph query --named who-attended --variables '{\"first\": 100}'`" + `. As a table or network for other tools each is a file of the
server: ` + "`/q/who-attended.csv?first=100`" + ` ([how](exports.md#answers-of-queries)). [questions.md](questions.md) asks the same graph for facts,
[schema.md](schema.md) lists every type and field.

## What every answer tells

* ` + "`extensions.snapshot`" + ` is a hash of the graph: the same query over the same snapshot gives the same bytes (but for ` + "`stats.loadedAt`" + `,
  when this server built it). Quote it beside a result.
* ` + "`extensions.cost`" + ` is what the query was estimated to cost before it ran, and the limit. A request with
  ` + "`{\"extensions\": {\"dryRun\": true}}`" + ` only tells the cost; what is too dear is told which list makes it so. The weights stand in the
  schema as ` + "`@cost` and `@listSize`" + `.
* ` + "`extensions.notes`" + ` says where a name in a filter fits nothing or several things, and what an unknown identifier may have meant.
* Errors have a stable ` + "`extensions.code`" + `: SYNTAX, INVALID, LIMIT, COST, TIMEOUT, BAD_REQUEST, BAD_ARGUMENT, BAD_DATE, BAD_PAGE,
  BAD_CURSOR, NOT_FOUND, PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_MISMATCH, UNKNOWN_DOCUMENT, NOT_ALLOWED, NO_INTROSPECTION, NOT_READY, INTERNAL.

## How to send it

POST JSON, or GET with ` + "`query` and `variables`" + ` in the URL: the answer to a GET has an entity tag, and ` + "`If-None-Match`" + ` gives 304 while
document, variables and graph are the same. Up to ten requests may be sent as a list. Clients with automatic persisted queries
(Apollo, graphql-request and others) may send the SHA-256 of a document in place of its text. Answers come compressed (zstd, gzip)
where the client takes it. A request's ` + "`X-Request-Id`" + ` comes back and stands in the log. Pages of other origins may ask where
` + "`serve --cors-origin`" + ` names them; ` + "`--queries DIR --queries-only`" + ` limits a public server to known documents.
`

// docs/queries.md is made of the worked examples and of their answers today;
// -update writes it.
func TestQueriesAreCurrent(t *testing.T) {
	examples, err := schema.Examples()
	if err != nil {
		t.Fatal(err)
	}
	if len(examples) < leastQueries {
		t.Errorf("got %d examples, want at least %d", len(examples), leastQueries)
	}
	handler := newHandler(t)
	var page strings.Builder
	page.WriteString(queriesHead)
	for i, e := range examples {
		if n := fmt.Sprintf("%02d-", i+1); !strings.HasPrefix(e.Name, n) {
			t.Errorf("%s is number %d", e.Name, i+1)
		}
		answer := laidOut(t, askWith(t, handler, e.Query, e.Variables))
		if lines := strings.Count(answer, "\n"); lines > longestResult {
			t.Errorf("%s: the answer has %d lines, want at most %d; ask for less", e.Name, lines, longestResult)
		}
		fmt.Fprintf(&page, "\n## %d. %s\n\n%s Name: `%s`.\n\n```graphql\n%s```\n", i+1, e.Title, e.About, e.ID(), e.Query)
		if e.Variables != "" {
			fmt.Fprintf(&page, "\nVariables: `%s`.\n", e.Variables)
		}
		fmt.Fprintf(&page, "\n```json\n%s```\n", answer)
	}
	current(t, "queries.md", page.String())
}
