package exporthttp

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dialograph/graph/export"
)

// answer is the data of a query, with the lists of objects in it.
type answer struct {
	data  any
	lists []*list // in the order in which they were met
}

// list is the items of all lists of objects that stand at one path in an answer.
type list struct {
	path  string // keys with dots between them
	in    *list  // the list whose items hold it, if any
	rows  []row
	total *int // how many there are, where its connection was asked
}

// row is an item of a list; of is what the items that hold it say of themselves.
type row struct {
	of, item object
}

// readAnswer reads the data of an answer.
func readAnswer(data json.RawMessage) (*answer, error) {
	v, err := decode(data)
	if err != nil {
		return nil, err
	}
	a := &answer{data: v}
	a.find("", v, nil, nil)
	return a, nil
}

// find notes the lists in a value at a path, within an item of another list.
func (a *answer) find(path string, v any, in *list, of object) {
	o, ok := v.(object)
	if !ok {
		return
	}
	for _, m := range o {
		at := join(path, m.key)
		items, ok := m.value.([]any)
		if !ok {
			a.find(at, m.value, in, of)
			continue
		}
		objects := objectsOf(items)
		if len(objects) == 0 && !isConnection(at) {
			continue
		}
		l := a.list(at, in)
		if total, ok := o.get("totalCount").(json.Number); ok && in == nil && isConnection(at) {
			if n, err := total.Int64(); err == nil {
				count := int(n)
				l.total = &count
			}
		}
		for _, item := range objects {
			l.rows = append(l.rows, row{of, item})
			a.find(at, item, l, append(slices.Clip(of), itself(at, item)...))
		}
	}
}

func (a *answer) list(path string, in *list) *list {
	if i := slices.IndexFunc(a.lists, func(l *list) bool { return l.path == path }); i >= 0 {
		return a.lists[i]
	}
	l := &list{path: path, in: in}
	a.lists = append(a.lists, l)
	return l
}

// itself is what an item says that is not in a list, by its whole path.
func itself(path string, item object) object {
	var out object
	for _, m := range item {
		switch v := m.value.(type) {
		case []any:
		case object:
			out = append(out, itself(join(path, m.key), v)...)
		default:
			out = append(out, member{join(path, m.key), v})
		}
	}
	return out
}

// choose gives the list whose items are the rows of the table: the one at the
// path that is asked for. Without one, lists of several items go before others; of
// those the first connection, or where there is none the longest list. Where a
// connection has a single item, those in it are looked at; what backs a statement is
// never taken. It is nil where the answer has no connection and no list of several
// items: it is one row then.
func (a *answer) choose(path string) (*list, error) {
	if path != "" {
		return a.at(path)
	}
	best := a.best(nil, func(l *list) bool { return isConnection(l.path) || len(l.rows) > 1 && !backs(l.path) })
	for best != nil && len(best.rows) == 1 {
		inner := a.best(best, func(l *list) bool { return isConnection(l.path) && len(l.rows) > 1 })
		if inner == nil {
			break
		}
		best = inner
	}
	return best, nil
}

// at gives the list at a path.
func (a *answer) at(path string) (*list, error) {
	var paths []string
	for _, l := range a.lists {
		if l.path == path {
			return l, nil
		}
		paths = append(paths, l.path)
	}
	return nil, fmt.Errorf("the answer has no list %q; it has %s", path, cmp.Or(strings.Join(paths, ", "), "none"))
}

// best is the best of the lists in the items of another one; in none if nil.
func (a *answer) best(in *list, fits func(*list) bool) *list {
	var best *list
	for _, l := range a.lists {
		if l.in == in && fits(l) && (best == nil || l.better(best)) {
			best = l
		}
	}
	return best
}

func (l *list) better(than *list) bool {
	several, others := len(l.rows) > 1, len(than.rows) > 1
	if several != others {
		return several
	}
	if c := isConnection(l.path); c != isConnection(than.path) {
		return c
	}
	return !isConnection(l.path) && len(l.rows) > len(than.rows)
}

// counts tells how many items each list of the answer has.
func (a *answer) counts() map[string]int {
	out := map[string]int{}
	for _, l := range a.lists {
		out[l.path] = len(l.rows)
	}
	return out
}

// isConnection tells whether a path ends in the list of a connection.
func isConnection(path string) bool {
	return slices.Contains([]string{"nodes", "edges"}, lastKey(path))
}

// backs tells whether a path ends in a list of what says something.
func backs(path string) bool {
	return slices.Contains([]string{"evidence", "sources"}, lastKey(path))
}

func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// table makes a table of a list, or of the answer as one row where it is nil. The
// columns are the values in a row by their path; what lies in a list is a list
// of texts, an empty one for null, so that the columns of one list agree. What the
// items around a row say of themselves stands before it, by its whole path.
func (a *answer) table(name string, l *list) *export.Table {
	rows := []object{}
	if l == nil {
		o, _ := a.data.(object)
		rows = append(rows, o)
	} else {
		for _, r := range l.rows {
			rows = append(rows, r.item)
		}
	}
	columns := columnsOf(rows)
	t := &export.Table{Name: name}
	var cells [][]any // by column
	add := func(name string, values []any) {
		typ := typeOf(values)
		for i, v := range values {
			values[i] = cell(v, typ)
		}
		t.Columns, cells = append(t.Columns, export.Column{Name: name, Type: typ}), append(cells, values)
	}
	if l != nil {
		for _, name := range l.around() {
			values := make([]any, len(rows))
			for i, r := range l.rows {
				values[i] = r.of.get(name)
			}
			add(name, values)
		}
	}
	for _, path := range columns {
		values := make([]any, len(rows))
		for i, r := range rows {
			values[i] = valueAt(r, strings.Split(path, "."))
		}
		if slices.ContainsFunc(t.Columns, func(c export.Column) bool { return c.Name == path }) {
			path = join(l.path, path)
		}
		add(path, values)
	}
	if len(t.Columns) == 0 {
		add(l.path, []any{}) // a header for a table without rows
	}
	t.Each = func(visit func([]any) error) error {
		line := make([]any, len(t.Columns))
		for i := range rows {
			for c := range cells {
				line[c] = cells[c][i]
			}
			if err := visit(line); err != nil {
				return err
			}
		}
		return nil
	}
	return t
}

// around names what the items around the rows say of themselves.
func (l *list) around() []string {
	var out []string
	for _, r := range l.rows {
		for _, m := range r.of {
			if !slices.Contains(out, m.key) {
				out = append(out, m.key)
			}
		}
	}
	return withoutHolders(out)
}

// columnsOf gives the paths of all values in rows, in the order in which they are met.
func columnsOf(rows []object) []string {
	var out []string
	seen := map[string]bool{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case object:
			for _, m := range v {
				walk(join(path, m.key), m.value)
			}
			return
		case []any:
			if objects := objectsOf(v); len(objects) > 0 {
				for _, o := range objects {
					walk(path, o)
				}
				return
			}
		}
		if !seen[path] {
			seen[path] = true
			out = append(out, path)
		}
	}
	for _, r := range rows {
		walk("", r)
	}
	return withoutHolders(out)
}

// withoutHolders leaves out what is null or empty in some rows and holds values in others.
func withoutHolders(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		return slices.ContainsFunc(paths, func(other string) bool { return strings.HasPrefix(other, path+".") })
	})
}

// valueAt gives the value at a path; a list of values where a list lies on it.
func valueAt(v any, path []string) any {
	switch v := v.(type) {
	case object:
		if len(path) > 0 {
			return valueAt(v.get(path[0]), path[1:])
		}
	case []any:
		if len(path) == 0 {
			return v
		}
		out := []any{}
		for _, item := range v {
			if inner, ok := valueAt(item, path).([]any); ok {
				out = append(out, inner...)
			} else {
				out = append(out, valueAt(item, path))
			}
		}
		return out
	}
	if len(path) > 0 {
		return nil
	}
	return v
}

func objectsOf(items []any) []object {
	var out []object
	for _, item := range items {
		if o, ok := item.(object); ok {
			out = append(out, o)
		}
	}
	return out
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// typeOf is the type that all values of a column fit.
func typeOf(values []any) export.Type {
	found, typ := false, export.Text
	for _, v := range values {
		var here export.Type
		switch v := v.(type) {
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

// plain is a value as text: texts as they are, nothing for null, anything else as JSON.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
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

// get gives the value of a key; nil where there is none.
func (o object) get(key string) any {
	for _, m := range o {
		if m.key == key {
			return m.value
		}
	}
	return nil
}
