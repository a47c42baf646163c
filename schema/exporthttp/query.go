package exporthttp

import (
	"bytes"
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
	"strconv"
	"strings"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/schema"
)

// Queries serves /q/NAME.FORMAT: the answer of a known query as json; the longest
// list in it as csv, parquet or arrow; and in the formats of graphs and networks
// (nq, ttl, graphml …, graph.json for node-link JSON) the things that it was made
// of, with what holds between them. Parameters of the URL are the variables of
// the query: JSON where they are JSON, texts otherwise.
type Queries struct {
	// GraphQL runs the queries, with its limits; it knows them by name.
	GraphQL http.Handler
	// Variables gives the variables of a known query.
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
			return q, http.StatusNotFound, fmt.Errorf("ask for /q/NAME.json, .csv, .parquet or .arrow, or a graph: .nq, .ttl, .graphml, .graph.json …; /export/ lists all formats, docs/queries.md the built-in names")
		}
	}
	known, variables := h.Variables(q.name), map[string]any{}
	for parameter, values := range parameters {
		switch {
		case slices.Contains(known, parameter):
			variables[parameter] = valueOf(values[len(values)-1])
		case parameter == "network" && q.format.Of == export.NetShape:
			var err error
			if q.view, err = export.ParseView(values[len(values)-1]); err != nil {
				return q, http.StatusBadRequest, err
			}
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
		Extensions struct{ Snapshot string }
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
	m := export.Manifest{File: q.file(), Filter: "query " + q.name + " " + q.variables}
	switch {
	case q.ending == answerFormat:
		m.Format, m.MediaType = answerFormat, "application/json; charset=utf-8"
		return m.Seal(ctx, out, snap, h.Exports.Generator, func(w io.Writer, _ *export.Manifest) error {
			_, err := w.Write(answer.Body.Bytes())
			return err
		})
	case q.format.Of == export.TableShape:
		table, err := tabulate(q.name, body.Data)
		if err != nil {
			return m, &badFilter{err}
		}
		return m.Seal(ctx, out, snap, h.Exports.Generator, func(w io.Writer, m *export.Manifest) error { return q.format.WriteTable(w, table, m) })
	}
	made, err := export.Write(ctx, out, export.Among(snap, gathered.Things, m.Filter), export.Request{Format: q.format, View: q.view}, h.Exports.Generator)
	made.File = m.File
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

// tabulate makes a table of the longest list of objects in an answer; objects in
// them become columns with a dot in their name, lists of texts stay lists, and
// lists of objects become lists of JSON.
func tabulate(name string, data json.RawMessage) (*export.Table, error) {
	v, err := decode(data)
	if err != nil {
		return nil, err
	}
	rows := longest(v)
	if len(rows) == 0 {
		if o, ok := v.(object); ok {
			rows = []object{o} // an answer without a list is one row
		}
	}
	t := &export.Table{Name: name}
	var cells []map[string]any
	for _, row := range rows {
		flat := map[string]any{}
		flatten("", row, flat, func(column string) {
			if !slices.ContainsFunc(t.Columns, func(c export.Column) bool { return c.Name == column }) {
				t.Columns = append(t.Columns, export.Column{Name: column})
			}
		})
		cells = append(cells, flat)
	}
	t.Columns = slices.DeleteFunc(t.Columns, func(c export.Column) bool { // null for an object
		return !slices.ContainsFunc(cells, func(row map[string]any) bool { return row[c.Name] != nil }) &&
			slices.ContainsFunc(t.Columns, func(other export.Column) bool { return strings.HasPrefix(other.Name, c.Name+".") })
	})
	for i := range t.Columns {
		t.Columns[i].Type = typeOf(t.Columns[i].Name, cells)
	}
	t.Each = func(visit func([]any) error) error {
		line := make([]any, len(t.Columns))
		for _, flat := range cells {
			for i, c := range t.Columns {
				line[i] = cell(flat[c.Name], c.Type)
			}
			if err := visit(line); err != nil {
				return err
			}
		}
		return nil
	}
	return t, nil
}

// object is a JSON object with its keys in order.
type object []member

type member struct {
	key   string
	value any
}

// decode reads JSON with the keys of objects in their order.
func decode(data json.RawMessage) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return next(d)
}

func next(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		out := object{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := next(d)
			if err != nil {
				return nil, err
			}
			out = append(out, member{key.(string), v})
		}
		_, err = d.Token()
		return out, err
	case json.Delim('['):
		out := []any{}
		for d.More() {
			v, err := next(d)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		_, err = d.Token()
		return out, err
	}
	return token, nil
}

// longest finds the longest list of objects; of equal ones the first, and one
// that is not in another before those that are.
func longest(v any) []object {
	var best []object
	level := []any{v}
	for len(level) > 0 && best == nil {
		var below []any
		for _, x := range level {
			switch x := x.(type) {
			case object:
				for _, m := range x {
					below = append(below, m.value)
				}
			case []any:
				var list []object
				for _, item := range x {
					if o, ok := item.(object); ok {
						list = append(list, o)
					}
				}
				if len(list) > len(best) {
					best = list
				}
			}
		}
		level = below
	}
	return best
}

func flatten(prefix string, o object, to map[string]any, column func(string)) {
	for _, m := range o {
		name := prefix + m.key
		if inner, ok := m.value.(object); ok {
			flatten(name+".", inner, to, column)
			continue
		}
		column(name)
		to[name] = m.value
	}
}

// typeOf is the type that all values of a column fit.
func typeOf(name string, rows []map[string]any) export.Type {
	found, typ := false, export.Text
	for _, row := range rows {
		var here export.Type
		switch v := row[name].(type) {
		case nil:
			continue
		case bool:
			here = export.Boolean
		case []any:
			here = export.List
		case json.Number:
			here = export.Float
			if _, err := v.Int64(); err == nil {
				here = export.Integer
			}
		}
		switch {
		case !found:
			found, typ = true, here
		case typ == export.Integer && here == export.Float, typ == export.Float && here == export.Integer:
			typ = export.Float
		case typ != here:
			return export.Text
		}
	}
	return typ
}

func cell(v any, typ export.Type) any {
	if v == nil {
		return nil
	}
	switch typ {
	case export.Boolean:
		return v
	case export.Integer:
		n, _ := v.(json.Number).Int64()
		return int(n)
	case export.Float:
		n, _ := v.(json.Number).Float64()
		return n
	case export.List:
		out := []string{}
		for _, x := range v.([]any) {
			out = append(out, plain(x))
		}
		return out
	}
	return plain(v)
}

// plain is a value as text: texts as they are, anything else as JSON.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	text, _ := json.Marshal(v)
	return string(text)
}

// MarshalJSON writes an object with its keys in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
