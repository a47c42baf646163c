package exporthttp_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"dialograph/graph"
	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/schema/exporthttp"
	"dialograph/schema/graphqlhttp"
	"dialograph/seeds/seedstest"

	"github.com/rs/zerolog"
)

func newHandlers(t *testing.T) (*exporthttp.Handler, *exporthttp.Queries) {
	t.Helper()
	snap := seedstest.Snapshot(t)
	api, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	holder := &index.Holder{}
	holder.Swap(snap)
	documents, err := graphqlhttp.NewDocuments(map[string]string{"pairs": `query($least: Int = 10) { coAttendance(minEvents: $least) { nodes { count a { name } } } }`, "one": `{ stats { events } }`, "broken": `{ events(first: -1) { totalCount } }`,
		"seoul":  `{ event(id: "event/eu-rok-cyber-dialogue-07") { name participations { nodes { person { name } actor { name } } } topics { nodes { name } } } }`,
		"nobody": `{ events(where: {series: {name: "Nobody"}}) { nodes { id } } }`,
		"met":    `{ coAttendance(where: {status: [HELD], attendedBy: [{entity: {name: "KISA"}}]}, first: 1000) { nodes { count } } }`,
		"with":   `{ actor(id: "actor/kisa") { coAttendees(where: {status: [HELD]}, first: 100) { edges { count } } } }`,
		"bodies": `{ kisa: actor(id: "actor/kisa") { name } ncsc: actor(id: "actor/ncsc-kr") { name } }`,
		"path":   `{ paths(from: "actor/cert-eu", to: "actor/kisa", k: 1) { length hops { relation } } }`,
		"total":  `{ events(first: 3) { totalCount nodes { id } } }`,
		"two":    `{ event(id: "event/eu-rok-cyber-dialogue-07") { name } kisa: actor(id: "actor/kisa") { name } }`})
	if err != nil {
		t.Fatal(err)
	}
	graphql := &graphqlhttp.Handler{Schema: api, Holder: holder, Documents: documents, Log: zerolog.Nop()}
	exports := &exporthttp.Handler{Schema: api, Holder: holder, Dir: t.TempDir(), Generator: "test", Log: zerolog.Nop()}
	return exports, &exporthttp.Queries{GraphQL: graphql, Names: documents.Names, Variables: documents.Variables, Exports: exports}
}

func get(h http.Handler, url string, header ...string) *httptest.ResponseRecorder {
	return send(h, http.MethodGet, url, header...)
}

func send(h http.Handler, method, url string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestExports(t *testing.T) {
	h, _ := newHandlers(t)
	for name, c := range map[string]struct {
		w      *httptest.ResponseRecorder
		status int
		holds  string
	}{
		"the graph":                   {get(h, "/export/graph.nq"), 200, "<https://dialograph.example/id/actor/kisa>"},
		"by media type":               {get(h, "/export/graph", "Accept", "text/html, application/graphml+xml;q=0.9"), 200, "<graphml"},
		"no media type":               {get(h, "/export/graph"), 200, "> .\n"},
		"a network of no network":     {get(h, "/export/events.csv?network=topics"), 400, "events.csv is no network"},
		"by profile":                  {get(h, "/export/graph", "Accept", `text/html;q=0.1, application/ld+json;profile="https://schema.org"`), 200, `"@context": "https://schema.org"`},
		"by another profile":          {get(h, "/export/graph", "Accept", `application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"`), 200, `"@graph"`},
		"a media type we do not have": {get(h, "/export/graph", "Accept", "image/png"), 406, "/export/ lists them"},
		"what there is":               {get(h, "/export/"), 200, `"participations"`},
		"a manifest":                  {get(h, "/export/events.csv.manifest.json"), 200, `"rows": 262`},
		"no such file":                {get(h, "/export/graph.doc"), 404, `there is no format "doc"`},
		"no such table":               {get(h, "/export/nobody.csv"), 404, "tables are events"},
		"no such parameter":           {get(h, "/export/graph.nq?seris=x"), 400, `there is no parameter "seris"; there are where`},
		"no such network":             {get(h, "/export/graph.gexf?network=x"), 400, "there is no network"},
		"a filter that is no JSON":    {get(h, "/export/graph.nq?where=x"), 400, "where: want a JSON object"},
		"a filter of unknown fields":  {get(h, `/export/graph.nq?where={"seris":1}`), 400, "Unknown field"},
		"a role that is none":         {get(h, "/export/participations.csv?role=king"), 400, "KING"},
		"a name that is none":         {get(h, "/export/participations.csv?actor=Nobody"), 400, `nothing is called "Nobody"`},
		"an identifier that is none":  {get(h, "/export/events.csv?series=series/eu-japn"), 400, `there is no "series/eu-japn"`},
		"a manifest of nothing":       {get(h, "/export/events.csv.manifest.json?kind=signing&during=1999"), 200, `"rows": 0`},
		"a date that is none":         {get(h, "/export/events.csv?from=yesterday"), 400, "date.from"},
		"another method":              {send(h, http.MethodPost, "/export/graph.nq"), 405, "GET"},
		"one side's chairs":           {get(h, "/export/participations.csv?side=Japan&role=chair&from=2020"), 200, "event/"},
	} {
		if c.w.Code != c.status || !strings.Contains(c.w.Body.String(), c.holds) {
			t.Errorf("%s: got %d %.200s, want %d with %s", name, c.w.Code, c.w.Body, c.status, c.holds)
		}
	}
}

// A selection by the URL holds what the same filter gives in GraphQL, and every
// row of it fits.
func TestSelections(t *testing.T) {
	h, _ := newHandlers(t)
	rows := func(url string) [][]string {
		list, err := csv.NewReader(bytes.NewReader(get(h, url).Body.Bytes())).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", url, err)
		}
		return list
	}
	list := rows("/export/participations.csv?actor=KISA&role=member&from=2020")
	if len(list) < 4 {
		t.Fatalf("only %d rows", len(list))
	}
	column := map[string]int{}
	for i, name := range list[0] {
		column[name] = i
	}
	for _, row := range list[1:] {
		if row[column["actor"]] != "actor/kisa" || row[column["role"]] != "member" || row[column["date_latest"]] < "2020" {
			t.Errorf("%v does not fit", row)
		}
	}
	events := rows("/export/events.csv?actor=KISA&role=member&from=2020")
	var chosen schema.Chosen
	snap := h.Holder.Current()
	chosen, err := h.Schema.Select(context.Background(), snap, map[string]any{"date": map[string]any{"from": "2020"}, "attendedBy": []any{map[string]any{"entity": map[string]any{"id": "actor/kisa"}, "role": []any{"MEMBER"}}}}, nil)
	if err != nil || len(events)-1 != len(chosen.Events) {
		t.Errorf("%d events, GraphQL finds %d (%v)", len(events)-1, len(chosen.Events), err)
	}
	if all, joined := rows("/export/events.csv?series=EU-Japan+Cyber+Dialogue"), rows(`/export/events.csv?where={"series":{"name":"EU-Japan+Cyber+Dialogue"}}`); len(all) < 3 || len(all) != len(joined) {
		t.Errorf("%d and %d events of a series", len(all), len(joined))
	}
}

// An export has an entity tag, ranges, and is not sent again to who has it.
func TestFilesOverHTTP(t *testing.T) {
	h, _ := newHandlers(t)
	first := get(h, "/export/events.csv")
	tag := first.Header().Get("ETag")
	if tag == "" || first.Header().Get("Content-Disposition") != `attachment; filename="events.csv"` || first.Header().Get("Accept-Ranges") != "bytes" {
		t.Errorf("headers: %v", first.Header())
	}
	if w := get(h, "/export/events.csv", "If-None-Match", tag); w.Code != 304 || w.Body.Len() > 0 {
		t.Errorf("with its tag: %d, %d bytes", w.Code, w.Body.Len())
	}
	if w := get(h, "/export/events.csv", "If-None-Match", tag, "Accept-Encoding", "gzip"); w.Code != 304 {
		t.Errorf("with its tag, compressed: %d", w.Code)
	}
	if w := get(h, "/export/events.csv", "Range", "bytes=10-19", "If-Range", tag); w.Code != 206 || w.Body.String() != first.Body.String()[10:20] {
		t.Errorf("a range: %d %q", w.Code, w.Body)
	}
	if w := get(h, "/export/events.csv", "Range", "bytes=99999999-"); w.Code != 416 {
		t.Errorf("a range beyond the end: %d", w.Code)
	}
	if w := send(h, http.MethodHead, "/export/events.csv"); w.Code != 200 || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
	var m export.Manifest
	if err := json.Unmarshal(get(h, "/export/events.csv.manifest.json").Body.Bytes(), &m); err != nil || int(m.Bytes) != first.Body.Len() || !strings.Contains(tag, m.SHA256[:32]) {
		t.Errorf("the manifest %+v does not tell of the file (%v)", m, err)
	}
}

// The files asked for last are kept, up to a size.
func TestOldFilesGo(t *testing.T) {
	h, _ := newHandlers(t)
	h.MaxBytes = 300_000
	for _, table := range []string{"events", "actors", "people", "topics", "places", "events", "nodes"} {
		if w := get(h, "/export/"+strings.Replace("graph.nodes.csv", "graph.nodes", map[bool]string{true: "graph.nodes", false: table}[table == "nodes"], 1)); w.Code != 200 {
			t.Fatalf("%s: %d", table, w.Code)
		}
	}
	files, err := filepath.Glob(filepath.Join(h.Dir, "*"))
	total := int64(0)
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if err != nil || total > 2*h.MaxBytes || len(files) == 0 {
		t.Errorf("%d files with %d bytes are kept", len(files), total)
	}
}

// Many ask at once, for the same and for different files.
func TestExportsSideBySide(t *testing.T) {
	h, _ := newHandlers(t)
	var wg sync.WaitGroup
	for range 4 {
		for _, url := range []string{"/export/people.csv", "/export/people.parquet", "/export/events.csv?series=EU-Japan+Cyber+Dialogue", "/export/graph.json?network=topics"} {
			wg.Go(func() {
				if w := get(h, url); w.Code != 200 {
					t.Errorf("%s: %d %.100s", url, w.Code, w.Body)
				}
			})
		}
	}
	wg.Wait()
}

// Who goes away gets nothing, and no file is left behind.
func TestClientsThatGo(t *testing.T) {
	h, _ := newHandlers(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/export/graph.nq", nil))
	if files, _ := filepath.Glob(filepath.Join(h.Dir, "*")); w.Code != 503 || len(files) > 0 {
		t.Errorf("got %d, %d files", w.Code, len(files))
	}
}

func TestQueries(t *testing.T) {
	_, q := newHandlers(t)
	for name, c := range map[string]struct {
		w      *httptest.ResponseRecorder
		status int
		holds  string
	}{
		"json":                     {get(q, "/q/one.json"), 200, `"events":262`},
		"csv":                      {get(q, "/q/pairs.csv"), 200, "count,a.name\r\n21,"},
		"with a variable":          {get(q, "/q/pairs.csv?least=20"), 200, "20,"},
		"one row":                  {get(q, "/q/one.csv"), 200, "stats.events\r\n262\r\n"},
		"a list in it":             {get(q, "/q/seoul.csv?rows=event.topics.nodes"), 200, "name\r\ncyber"},
		"no such list":             {get(q, "/q/seoul.csv?rows=topics"), 400, "it has event.participations.nodes, event.topics.nodes"},
		"rows of no table":         {get(q, "/q/seoul.nq?rows=event.topics.nodes"), 400, "no variable"},
		"what the rows are":        {get(q, "/q/seoul.csv.manifest.json"), 200, `"rows_of": "event.participations.nodes"`},
		"of how many":              {get(q, "/q/total.csv.manifest.json"), 200, `"total": 262`},
		"parquet":                  {get(q, "/q/pairs.parquet"), 200, "PAR1"},
		"a name that is none":      {get(q, "/q/none.csv"), 404, "UNKNOWN_DOCUMENT"},
		"a format that is none":    {get(q, "/q/one.xls"), 404, "ask for /q/NAME.json"},
		"a query that fails":       {get(q, "/q/broken.csv"), 400, "BAD_PAGE"},
		"a bad variable":           {get(q, "/q/pairs.csv?least=many"), 400, "least"},
		"a variable that is none":  {get(q, "/q/pairs.csv?leest=3"), 400, `has no variable "leest"; it has least`},
		"a graph":                  {get(q, "/q/seoul.nq"), 200, "<https://dialograph.example/id/actor/kisa>"},
		"a network":                {get(q, "/q/seoul.graphml"), 200, `<node id="actor/kisa"`},
		"another network":          {get(q, "/q/seoul.graph.json?network=topics"), 200, `"DISCUSSED"`},
		"no such network":          {get(q, "/q/seoul.gexf?network=x"), 400, "there is no network"},
		"a manifest":               {get(q, "/q/pairs.csv.manifest.json?least=20"), 200, `"filter": "query pairs {\"least\":20}"`},
		"a manifest of an answer":  {get(q, "/q/one.json.manifest.json"), 200, `"snapshot"`},
		"what queries there are":   {get(q, "/q/"), 200, `"name": "pairs",`},
		"a name that fits nothing": {get(q, "/q/nobody.csv.manifest.json"), 200, `"Nobody`},
		"another method":           {send(q, http.MethodPost, "/q/one.json"), 405, "GET"},
	} {
		if c.w.Code != c.status || !strings.Contains(c.w.Body.String(), c.holds) {
			t.Errorf("%s: got %d %.200s, want %d with %s", name, c.w.Code, c.w.Body, c.status, c.holds)
		}
	}
	tag := get(q, "/q/pairs.csv").Header().Get("ETag")
	if w := get(q, "/q/pairs.csv", "If-None-Match", tag); tag == "" || w.Code != 304 {
		t.Errorf("with its tag %q: %d", tag, w.Code)
	}
	manifest := get(q, "/q/pairs.csv.manifest.json").Header().Get("ETag")
	if w := get(q, "/q/pairs.csv.manifest.json", "If-None-Match", manifest); manifest == "" || w.Code != 304 {
		t.Errorf("a manifest with its tag %q: %d", manifest, w.Code)
	}
	w := get(q, "/q/one.json")
	if got := w.Header().Get("X-Snapshot"); got != seedstest.Snapshot(t).Hash {
		t.Errorf("X-Snapshot: %q", got)
	}
	if got := w.Header().Get("Link"); got != "</q/one.json.manifest.json>; rel=describedby" {
		t.Errorf("Link: %q", got)
	}
}

// Every built-in query makes a table that needs no reading of JSON.
func TestBuiltInQueriesAsTables(t *testing.T) {
	exports, q := newHandlers(t)
	examples, err := schema.Examples()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, e := range examples {
		texts[e.ID()] = e.Query
	}
	documents, err := graphqlhttp.NewDocuments(texts)
	if err != nil {
		t.Fatal(err)
	}
	q.GraphQL = &graphqlhttp.Handler{Schema: exports.Schema, Holder: exports.Holder, Documents: documents, Log: zerolog.Nop()}
	q.Variables = documents.Variables
	for _, name := range documents.Names() {
		w := get(q, "/q/"+name+".csv")
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || w.Code != 200 || len(rows) < 2 {
			t.Errorf("%s: %d, %d rows, %v", name, w.Code, len(rows), err)
		}
		for _, row := range rows {
			for i, cell := range row {
				if strings.Contains(cell, `{"`) {
					t.Errorf("%s: %s is %s", name, rows[0][i], cell)
				}
			}
		}
	}
}

// Of two who met the events are in the answer; of a path its stations; where there
// are bodies alone, all events count that they share.
func TestTheNetworkOfWhoMet(t *testing.T) {
	_, q := newHandlers(t)
	snap := seedstest.Snapshot(t)
	for name, atAll := range map[string]bool{"met": false, "with": false, "bodies": true} {
		var got struct {
			Links []struct{ Source, Target, Weight, Relation any }
		}
		w := get(q, "/q/"+name+".graph.json?network=co-attendance")
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err, w.Body)
		}
		want := 0
		for _, e := range snap.Events {
			there := func(id graph.ID) bool {
				return slices.ContainsFunc(e.Participations, func(p *index.Participation) bool { return p.Actor != nil && p.Actor.ID == id })
			}
			if there("actor/kisa") && there("actor/ncsc-kr") && (atAll || e.As.Status == "held") {
				want++
			}
		}
		i := slices.IndexFunc(got.Links, func(l struct{ Source, Target, Weight, Relation any }) bool {
			return l.Source == "actor/kisa" && l.Target == "actor/ncsc-kr"
		})
		if i < 0 || got.Links[i].Weight != float64(want) || want == 0 {
			t.Errorf("%s: got %v, want %d", name, got.Links, want)
		}
	}
	var path struct{ Nodes []struct{ ID string } }
	if w := get(q, "/q/path.graph.json"); json.Unmarshal(w.Body.Bytes(), &path) != nil || len(path.Nodes) < 3 {
		t.Errorf("a path: %.300s", w.Body)
	}
}

// The network of an answer has the things that the answer was made of, with what
// holds between them: of an event alone with KISA, KISA's part in it alone.
func TestTheNetworkOfAnAnswer(t *testing.T) {
	_, q := newHandlers(t)
	type network struct {
		Nodes []struct{ ID string }
		Edges []struct{ Source, Target, Relation string } `json:"links"`
	}
	var two, seoul network
	for name, to := range map[string]*network{"two": &two, "seoul": &seoul} {
		if err := json.Unmarshal(get(q, "/q/"+name+".graph.json").Body.Bytes(), to); err != nil {
			t.Fatal(err)
		}
	}
	if len(two.Nodes) != 2 || len(two.Edges) != 1 || two.Edges[0].Source != "actor/kisa" || two.Edges[0].Relation != "ATTENDED" {
		t.Errorf("an event and KISA: %+v", two)
	}
	snap := seedstest.Snapshot(t)
	e, _ := index.Get[*index.Event](snap, "event/eu-rok-cyber-dialogue-07")
	attended, discussed := 0, 0
	for _, x := range seoul.Edges {
		switch x.Relation {
		case "ATTENDED":
			attended++
		case "DISCUSSED":
			discussed++
		}
	}
	want := 0
	for _, p := range e.Participations {
		if p.Person != nil {
			want++
		}
		if p.Actor != nil {
			want++
		}
	}
	if attended != want || discussed != len(e.Topics) {
		t.Errorf("attended %d, discussed %d; want %d, %d", attended, discussed, want, len(e.Topics))
	}
}
