package review

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"dialograph/graph"
)

// Merge joins what extraction proposes now (theirs) with what a person made
// (mine) of what it proposed before (base), value by value. What only one side
// changed is taken from it. Where both did, and not alike, the person's stays
// and a warning says what extraction would have. Entries of lists are the same
// when they are of the same thing: see identities. No argument is changed.
func Merge(base, mine, theirs *graph.Record) (*graph.Record, []graph.Problem) {
	m := newMerger(base, mine, theirs, nil)
	return m.record(), m.problems
}

// merger merges one record. Base and theirs have the source ids of mine.
type merger struct {
	base, mine, theirs *graph.Record
	commented          comments
	problems           []graph.Problem
	moved              map[string]string // path of an entry of mine → its path in the result
}

func newMerger(base, mine, theirs *graph.Record, commented comments) *merger {
	m := &merger{base: clone(base), mine: clone(mine), theirs: clone(theirs), commented: commented, moved: map[string]string{}}
	m.alignSources()
	return m
}

func (m *merger) record() *graph.Record {
	v := m.merge(place{}, reflect.ValueOf(*m.base), reflect.ValueOf(*m.mine), reflect.ValueOf(*m.theirs))
	out := v.Interface().(graph.Record)
	if !same(v, reflect.ValueOf(*m.mine)) && !same(v, reflect.ValueOf(*m.theirs)) {
		m.completeSources(&out)
	}
	return &out
}

// place is a path in the person's record and the same in the result: entries
// move when others come and go.
type place struct{ mine, out string }

func (p place) key(key string) place { return place{join(p.mine, key), join(p.out, key)} }

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func at(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// nowhere is the path of what the person's record does not have.
const nowhere = "-"

func (m *merger) merge(p place, base, mine, theirs reflect.Value) reflect.Value {
	switch {
	case same(mine, theirs), same(base, theirs):
		return mine
	case same(base, mine) && !m.commented.within(p.mine):
		return theirs
	}
	switch {
	case mine.Type() == reflect.TypeFor[graph.Event]():
		return m.event(p, base, mine, theirs)
	case isEntry(mine.Type()):
		return m.structure(p, base, mine, theirs)
	case mine.Kind() == reflect.Pointer:
		return m.optional(p, base, mine, theirs)
	case mine.Kind() == reflect.Slice && isEntry(mine.Type().Elem()):
		return m.list(p, base, mine, theirs)
	case mine.Kind() == reflect.Slice:
		return set(base, mine, theirs)
	default:
		m.disagree(p.out, base, mine, theirs)
		return mine
	}
}

// disagree reports that the person's value stays against that of extraction.
func (m *merger) disagree(path string, base, mine, theirs reflect.Value) {
	if same(theirs, base) || same(theirs, mine) {
		return
	}
	if same(mine, base) {
		m.warn(path, "extraction now says %s; %s has a comment and stays", show(theirs), show(mine))
		return
	}
	if isEmpty(mine) {
		m.warn(path, "extraction now says %s, before %s; a person took it out", show(theirs), show(base))
		return
	}
	m.warn(path, "extraction now says %s, before %s; a person's %s stays", show(theirs), show(base), show(mine))
}

func (m *merger) warn(path, format string, args ...any) {
	m.problems = append(m.problems, graph.Problem{Path: path, Severity: graph.Warning, Message: fmt.Sprintf(format, args...)})
}

// structure merges field by field. Passages cited are a set, unless the person
// changed what they are cited for.
func (m *merger) structure(p place, base, mine, theirs reflect.Value) reflect.Value {
	out := reflect.New(mine.Type()).Elem()
	out.Set(mine)
	edited := false
	for _, f := range fields(mine.Type()) {
		b, x, t := base.Field(f.index), mine.Field(f.index), theirs.Field(f.index)
		plain := x.Kind() != reflect.Slice && x.Kind() != reflect.Pointer
		edited = edited || plain && !same(b, x)
		if f.key == "support" && edited {
			continue
		}
		out.Field(f.index).Set(m.merge(p.key(f.key), b, x, t))
	}
	return out
}

// companions are fields of an event that stand or fall with another one.
var companions = map[string]string{"date_basis": "date", "date_note": "date", "status_basis": "status"}

// event merges an event. A field, its companions and its support are one
// statement: where a person changed one of them, all stay.
func (m *merger) event(p place, base, mine, theirs reflect.Value) reflect.Value {
	b, x, t := base.Interface().(graph.Event), mine.Interface().(graph.Event), theirs.Interface().(graph.Event)
	touched := map[string]bool{}
	for _, f := range fields(mine.Type()) {
		head := headField(f.key)
		touched[head] = touched[head] || !same(base.Field(f.index), mine.Field(f.index)) || !slices.Equal(b.Support[head], x.Support[head])
	}
	out := reflect.New(mine.Type()).Elem()
	out.Set(mine)
	for _, f := range fields(mine.Type()) {
		was, is, now := base.Field(f.index), mine.Field(f.index), theirs.Field(f.index)
		switch {
		case f.key == "support":
		case touched[headField(f.key)] && is.Kind() != reflect.Slice:
			m.disagree(join(p.out, f.key), was, is, now)
		default:
			out.Field(f.index).Set(m.merge(p.key(f.key), was, is, now))
		}
	}
	e := out.Interface().(graph.Event)
	e.Support = m.eventSupport(b, x, t, touched)
	return reflect.ValueOf(e)
}

func headField(key string) string {
	if head, ok := companions[key]; ok {
		return head
	}
	return key
}

func (m *merger) eventSupport(base, mine, theirs graph.Event, touched map[string]bool) map[string][]string {
	out := map[string][]string{}
	for _, field := range append(slices.Clone(graph.EventFields), "other") {
		b, x, t := reflect.ValueOf(base.Support[field]), reflect.ValueOf(mine.Support[field]), reflect.ValueOf(theirs.Support[field])
		list := mine.Support[field]
		single := field != "aliases" && field != "hosts" && field != "other"
		if !touched[field] || !single {
			list = m.merge(place{nowhere, join("event.support", field)}, b, x, t).Interface().([]string)
		}
		if len(list) > 0 {
			out[field] = list
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// optional merges what a record has once or not at all.
func (m *merger) optional(p place, base, mine, theirs reflect.Value) reflect.Value {
	switch {
	case mine.IsNil():
		m.warn(p.out, "extraction now says %s; a person removed it", show(theirs))
		return mine
	case theirs.IsNil():
		m.warn(p.out, "extraction no longer has it; a person's %s stays", show(mine))
		return mine
	}
	was := reflect.Zero(mine.Type().Elem())
	if !base.IsNil() {
		was = base.Elem()
	}
	out := reflect.New(mine.Type().Elem())
	out.Elem().Set(m.merge(p, was, mine.Elem(), theirs.Elem()))
	return out
}

// set merges lists of plain values: what either added, without what either removed.
func set(base, mine, theirs reflect.Value) reflect.Value {
	b, x, t := base.Interface().([]string), mine.Interface().([]string), theirs.Interface().([]string)
	var out []string
	for _, s := range x {
		if !slices.Contains(b, s) || slices.Contains(t, s) {
			out = append(out, s)
		}
	}
	for _, s := range t {
		if !slices.Contains(b, s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return reflect.ValueOf(out)
}

// show writes a value in a message.
func show(v reflect.Value) string {
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil(), isEmpty(v):
		return "nothing"
	case v.Kind() == reflect.String:
		return fmt.Sprintf("%q", v.String())
	default:
		return plain(v)
	}
}

// plain writes a value for a reader.
func plain(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case graph.SeriesName:
		if x.Name != "" {
			return x.Name
		}
		return x.ID
	case []string:
		return strings.Join(x, ", ")
	}
	switch {
	case isEmpty(v):
		return ""
	case v.Kind() == reflect.Pointer:
		return plain(v.Elem())
	case isEntry(v.Type()):
		return title(v)
	default:
		return fmt.Sprint(v.Interface())
	}
}
