package exporthttp

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dialograph/graph/export"
)

// Queries serves /q/NAME.FORMAT: the answer of a known query as json, or the
// longest list in it as csv, parquet or arrow. Parameters of the URL are the
// variables of the query: JSON where they are JSON, texts otherwise.
type Queries struct {
	// GraphQL runs the queries, with its limits; it knows them by name.
	GraphQL http.Handler
	// Variables gives the variables of a known query.
	Variables func(name string) []string
}

// ServeHTTP implements http.Handler.
func (h *Queries) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "queries are read with GET", http.StatusMethodNotAllowed)
		return
	}
	name, format, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/q/"), ".")
	if !ok || !slices.Contains([]string{"json", "csv", "parquet", "arrow"}, format) {
		http.Error(w, "ask for /q/NAME.json, .csv, .parquet or .arrow; docs/queries.md has the built-in names", http.StatusNotFound)
		return
	}
	known := h.Variables(name)
	for parameter := range r.URL.Query() {
		if !slices.Contains(known, parameter) {
			http.Error(w, fmt.Sprintf("the query %s has no variable %q; it has %s", name, parameter, cmp.Or(strings.Join(known, ", "), "none")), http.StatusBadRequest)
			return
		}
	}
	answer := h.ask(r, name)
	if answer.Code == http.StatusNotModified {
		w.Header().Set("ETag", answer.Header().Get("ETag"))
		w.WriteHeader(http.StatusNotModified)
		return
	}
	for _, header := range []string{"ETag", "Cache-Control", "X-Request-Id"} {
		if v := answer.Header().Get(header); v != "" {
			w.Header().Set(header, v)
		}
	}
	if format == "json" || answer.Code != http.StatusOK {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
		return
	}
	var body struct {
		Data, Errors json.RawMessage
		Extensions   struct{ Snapshot string }
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil || body.Errors != nil {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusBadRequest)
		w.Write(answer.Body.Bytes())
		return
	}
	table, err := tabulate(name, body.Data)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var out bytes.Buffer
	f, err := export.FormatOf(format)
	if err == nil {
		err = f.WriteTable(&out, table)
	}
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("X-Snapshot", body.Extensions.Snapshot)
	w.Header().Set("Content-Type", f.MediaType)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+"."+format))
	w.Write(out.Bytes())
}

// ask runs a query by GET, so that it has an entity tag.
func (h *Queries) ask(r *http.Request, name string) *httptest.ResponseRecorder {
	variables := map[string]any{}
	for key, values := range r.URL.Query() {
		var v any
		if text := values[len(values)-1]; json.Unmarshal([]byte(text), &v) != nil {
			v = text
		}
		variables[key] = v
	}
	text, err := json.Marshal(variables)
	if err != nil {
		panic(err) // of JSON and texts
	}
	q := url.Values{"documentId": {name}, "variables": {string(text)}}
	inner := httptest.NewRequestWithContext(r.Context(), http.MethodGet, "/graphql?"+q.Encode(), nil)
	for _, header := range []string{"If-None-Match", "X-Request-Id"} {
		if v := r.Header.Get(header); v != "" {
			inner.Header.Set(header, v)
		}
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
