package exporthttp

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/schema"
)

// Queries serves /q/NAME.FORMAT: the answer of a known query as json; a list in
// it, that of the parameter rows or the most likely one, as csv, parquet or arrow;
// and in the formats of graphs and networks (nq, ttl, graphml …, graph.json for
// node-link JSON) the things that it was made of, with what holds between them.
// Other parameters of the URL are the variables of the query: JSON where they are
// JSON, texts otherwise.
type Queries struct {
	// GraphQL runs the queries, with its limits; it knows them by name.
	GraphQL http.Handler
	// Names gives the names of the known queries, Variables the variables of one.
	Names     func() []string
	Variables func(name string) []string
	// Exports keeps what was written, and tells of which graph.
	Exports *Handler
}

// answerFormat is an answer as it is.
const answerFormat = "json"

// query is what a URL asks for.
type query struct {
	name, ending string
	format       export.Format // of an ending that is not json
	view         export.View
	rows         string // the path of the list that makes the table; "" for the most likely
	variables    string // as JSON
}

func (q query) file() string { return q.name + "." + q.ending }

// readQuery reads the name of a file, and the network that is asked for; a query
// whose variable is called so keeps it.
func (h *Queries) readQuery(file string, parameters url.Values) (query, int, error) {
	var q query
	q.name, q.ending, _ = strings.Cut(file, ".")
	if q.ending != answerFormat {
		var err error
		ending := q.ending
		if ending == "graph.json" {
			ending = "json"
		}
		if q.format, err = export.FormatOf(ending); err != nil {
			return q, http.StatusNotFound, fmt.Errorf("ask for /q/NAME.json, .csv, .parquet or .arrow, or a graph: .nq, .ttl, .graphml, .graph.json …; /q/ lists the names, /export/ all formats")
		}
	}
	known, variables := h.Variables(q.name), map[string]any{}
	for parameter, values := range parameters {
		switch {
		case slices.Contains(known, parameter):
			variables[parameter] = valueOf(values[len(values)-1])
		case parameter == "network" && q.format.Of != export.TableShape && (export.Request{Format: q.format}).CheckView() == nil:
			var err error
			if q.view, err = export.ParseView(values[len(values)-1]); err != nil {
				return q, http.StatusBadRequest, err
			}
		case parameter == "rows" && q.ending != answerFormat && q.format.Of == export.TableShape:
			q.rows = values[len(values)-1]
		default:
			return q, http.StatusBadRequest, fmt.Errorf("the query %s has no variable %q; it has %s", q.name, parameter, cmp.Or(strings.Join(known, ", "), "none"))
		}
	}
	text, err := json.Marshal(variables)
	q.variables = string(text)
	return q, http.StatusInternalServerError, err
}

// valueOf reads JSON; what is none is a text.
func valueOf(text string) any {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return text
	}
	return v
}

// ServeHTTP implements http.Handler.
func (h *Queries) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "queries are read with GET", http.StatusMethodNotAllowed)
		return
	}
	snap := h.Exports.Holder.Current()
	if snap == nil {
		http.Error(w, "the graph is still being loaded", http.StatusServiceUnavailable)
		return
	}
	if r.URL.Path == "/q/" {
		h.list(w, r)
		return
	}
	file, wantsManifest := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/q/"), ".manifest.json")
	q, status, err := h.readQuery(file, r.URL.Query())
	if err != nil {
		http.Error(w, err.Error(), status)
		return
	}
	ctx, cancel := h.Exports.limited(r.Context())
	defer cancel()
	f, data, err := h.Exports.file(fileKey("q", snap.Hash, q.file(), r.URL.Query().Encode()), func(out io.Writer) (export.Manifest, error) {
		return h.write(ctx, out, snap, q, r)
	})
	var failed *failedQuery
	if errors.As(err, &failed) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(failed.status)
		w.Write(failed.body)
		return
	}
	if err == nil {
		defer data.Close()
	}
	h.Exports.answer(ctx, w, r, q.file(), f, data, err, wantsManifest)
}

// list tells which queries there are.
func (h *Queries) list(w http.ResponseWriter, r *http.Request) {
	type entry struct {
		Name      string   `json:"name"`
		Variables []string `json:"variables,omitempty"`
	}
	var out struct {
		Queries []entry `json:"queries"`
	}
	for _, name := range h.Names() {
		out.Queries = append(out.Queries, entry{name, h.Variables(name)})
	}
	writeJSON(w, r, out)
}

// failedQuery is the answer of a query that has errors.
type failedQuery struct {
	status int
	body   []byte
}

// statusOf are errors in an answer that are not of the query's author.
var statusOf = map[string]int{"TIMEOUT": http.StatusServiceUnavailable, "INTERNAL": http.StatusInternalServerError}

func (f *failedQuery) Error() string { return string(f.body) }

// write runs a query and writes what was asked of it.
func (h *Queries) write(ctx context.Context, out io.Writer, snap *index.Snapshot, q query, r *http.Request) (export.Manifest, error) {
	ctx, gathered := schema.Gathering(ctx)
	answer := h.ask(ctx, r, q)
	var body struct {
		Data       json.RawMessage
		Errors     []struct{ Extensions struct{ Code string } }
		Extensions struct {
			Snapshot string
			Notes    []string
		}
	}
	err := json.Unmarshal(answer.Body.Bytes(), &body)
	if err != nil || answer.Code != http.StatusOK || len(body.Errors) > 0 {
		status := max(answer.Code, http.StatusBadRequest)
		for _, e := range body.Errors {
			status = max(status, statusOf[e.Extensions.Code])
		}
		return export.Manifest{}, &failedQuery{status, answer.Body.Bytes()}
	}
	if body.Extensions.Snapshot != snap.Hash {
		return export.Manifest{}, &failedQuery{http.StatusServiceUnavailable, []byte(`{"errors":[{"message":"the graph changed while the query ran; ask again","extensions":{"code":"CHANGED"}}]}` + "\n")}
	}
	m := export.Manifest{File: q.file(), Filter: "query " + q.name + " " + q.variables, Notes: body.Extensions.Notes}
	switch {
	case q.ending == answerFormat:
		m.Format, m.MediaType = answerFormat, "application/json; charset=utf-8"
		return m.Seal(ctx, out, snap, h.Exports.Generator, func(w io.Writer, _ *export.Manifest) error {
			_, err := w.Write(answer.Body.Bytes())
			return err
		})
	case q.format.Of == export.TableShape:
		answer, err := readAnswer(body.Data)
		if err != nil {
			return m, err
		}
		rows, err := answer.choose(q.rows)
		if err != nil {
			return m, &badFilter{err}
		}
		table := answer.table(q.name, rows)
		m.Counts = answer.counts()
		if rows != nil {
			m.RowsOf, m.Total = rows.path, rows.total
		}
		return m.Seal(ctx, out, snap, h.Exports.Generator, func(w io.Writer, m *export.Manifest) error { return q.format.WriteTable(w, table, m) })
	}
	made, err := export.Write(ctx, out, export.Among(snap, gathered.Things, m.Filter), export.Request{Format: q.format, View: q.view}, h.Exports.Generator)
	made.File, made.Notes = m.File, m.Notes
	return made, err
}

// ask runs a query under the limits of the endpoint.
func (h *Queries) ask(ctx context.Context, r *http.Request, q query) *httptest.ResponseRecorder {
	parameters := url.Values{"documentId": {q.name}, "variables": {q.variables}}
	inner := httptest.NewRequestWithContext(ctx, http.MethodGet, "/graphql?"+parameters.Encode(), nil)
	if v := r.Header.Get("X-Request-Id"); v != "" {
		inner.Header.Set("X-Request-Id", v)
	}
	inner.Header.Set("Accept", "application/graphql-response+json")
	w := httptest.NewRecorder()
	h.GraphQL.ServeHTTP(w, inner)
	return w
}
