package review

import (
	"reflect"

	"dialograph/graph"
)

// Change is one thing that a person did to a proposal. An entry that was added
// has no Was, one that was removed no Is; its path is then that of the list.
type Change struct {
	Path string
	Was  string
	Is   string
}

// String gives "path: was → is".
func (c Change) String() string {
	switch {
	case c.Was == "":
		return c.Path + ": added " + c.Is
	case c.Is == "":
		return c.Path + ": removed " + c.Was
	default:
		return c.Path + ": " + c.Was + " → " + c.Is
	}
}

// Changes lists what a person made of a proposal, in the order of the record.
// Lists of passages are left out: they follow from what is cited.
func Changes(proposed, record *graph.Record) []Change {
	m := newMerger(proposed, record, record, nil) // aligns the ids of sources
	var c changes
	c.compare("", reflect.ValueOf(*m.base), reflect.ValueOf(*m.mine))
	return c.list
}

type changes struct{ list []Change }

func (c *changes) add(path, was, is string) {
	if was != is {
		c.list = append(c.list, Change{path, was, is})
	}
}

func (c *changes) compare(path string, was, is reflect.Value) {
	switch {
	case same(was, is) || was.Type() == reflect.TypeFor[[]graph.Passage]():
	case was.Kind() == reflect.Map:
		for _, f := range append(append([]string{}, graph.EventFields...), "other") {
			w, i := was.Interface().(map[string][]string)[f], is.Interface().(map[string][]string)[f]
			c.compare(join(path, f), reflect.ValueOf(w), reflect.ValueOf(i))
		}
	case was.Kind() == reflect.Slice && isEntry(was.Type().Elem()):
		c.entries(path, was, is)
	case isEntry(was.Type()):
		for _, f := range fields(was.Type()) {
			c.compare(join(path, f.key), was.Field(f.index), is.Field(f.index))
		}
	case was.Kind() == reflect.Pointer && !was.IsNil() && !is.IsNil():
		c.compare(path, was.Elem(), is.Elem())
	default:
		c.add(path, plain(was), plain(is))
	}
}

func (c *changes) entries(path string, was, is reflect.Value) {
	of := pair(was, is)
	back := invert(of, is.Len())
	for j := range is.Len() {
		if back[j] >= 0 {
			c.compare(at(path, j), was.Index(back[j]), is.Index(j))
			continue
		}
		c.add(at(path, j), "", title(is.Index(j)))
	}
	for _, i := range without(of) {
		c.add(path, title(was.Index(i)), "")
	}
}
