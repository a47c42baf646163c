package evaluate

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// entry is a place in a gold file: what stands there and how it is reached.
// Faults are gathered, so that an annotator sees all of them. What is read from
// an entry that is absent is empty, without another fault.
type entry struct {
	node   *yaml.Node // nil if absent
	path   string
	faults *[]error
}

func (e entry) faultf(format string, args ...any) {
	where := e.path
	if where == "" {
		where = "the file"
	}
	fault := fmt.Errorf("line %d: %s %s", e.node.Line, where, fmt.Sprintf(format, args...))
	if !slices.ContainsFunc(*e.faults, func(f error) bool { return f.Error() == fault.Error() }) {
		*e.faults = append(*e.faults, fault)
	}
}

// at gives the entry of a key, absent if there is none. Of a key given twice
// the last counts, as in PyYAML.
func (e entry) at(key string) entry {
	child := entry{path: strings.TrimPrefix(e.path+"."+key, "."), faults: e.faults}
	if e.node == nil {
		return child
	}
	n := target(e.node)
	if n.Kind != yaml.MappingNode {
		return child
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if target(n.Content[i]).Kind == yaml.ScalarNode && target(n.Content[i]).Value == key {
			child.node = n.Content[i+1]
		}
	}
	return child
}

// need gives the entry of a key that must be there.
func (e entry) need(key string) entry {
	child := e.at(key)
	if e.wantMapping() && child.node == nil {
		e.faultf("has no key %q", key)
	}
	return child
}

// may gives the entry of a key, absent if there is none or it is null.
func (e entry) may(key string) entry {
	child := e.at(key)
	if e.truth() && !e.wantMapping() || isNull(child.node) {
		child.node = nil
	}
	return child
}

// has tells whether a key is there, null or not.
func (e entry) has(key string) bool { return e.at(key).node != nil }

func (e entry) wantMapping() bool {
	if e.node == nil {
		return false
	}
	n := target(e.node)
	merged := e.at("<<").node != nil
	switch {
	case n.Kind != yaml.MappingNode:
		e.faultf("is %s; want keys and values", describe(n))
	case merged:
		e.faultf("merges other keys with <<, which is not read here; write them out")
	}
	return n.Kind == yaml.MappingNode && !merged
}

// list gives the entries of a list.
func (e entry) list() []entry {
	if e.node == nil {
		return nil
	}
	n := target(e.node)
	if n.Kind != yaml.SequenceNode {
		e.faultf("is %s; want a list", describe(n))
		return nil
	}
	out := make([]entry, len(n.Content))
	for i, item := range n.Content {
		out[i] = entry{node: item, path: fmt.Sprintf("%s[%d]", e.path, i), faults: e.faults}
	}
	return out
}

// truth tells whether Python finds something there.
func (e entry) truth() bool {
	if e.node == nil {
		return false
	}
	if n := target(e.node); n.Kind != yaml.ScalarNode {
		return len(n.Content) > 0
	}
	return e.value().truth()
}

// value gives whatever stands there.
func (e entry) value() value {
	if e.node == nil {
		return value{}
	}
	v, err := load(e.node, 0)
	if err != nil {
		e.faultf("cannot be used: %v", err)
	}
	return v
}

func (e entry) boolean() bool {
	v := e.value()
	if e.node != nil && v.kind != boolean {
		e.faultf("is %s; want true or false", describe(target(e.node)))
	}
	return v.truth()
}

// text gives whatever stands there as text.
func (e entry) text() value { return textValue(e.value().String()) }

// date gives a date without what follows it after a space.
func (e entry) date() value {
	day, _, _ := strings.Cut(e.value().String(), " ")
	return textValue(day)
}

// onlyText gives a name that stands alone; a number or a list is none.
func (e entry) onlyText() value {
	v := e.value()
	if v.kind != text {
		e.faultf("is %s, which is no text; want a name, in quotes if need be, or a mapping with a name", describe(target(e.node)))
	}
	return v
}

// named gives a name that stands alone or in a mapping under "name".
func (e entry) named() value {
	if target(e.node).Kind == yaml.MappingNode {
		return e.need("name").value()
	}
	return e.onlyText()
}

// mention gives an optional name as text; a mapping without a name stands for
// itself.
func (e entry) mention() value {
	switch {
	case target(e.node).Kind != yaml.MappingNode:
		return e.onlyText()
	case e.wantMapping() && e.has("name"):
		return e.at("name").text()
	default:
		return e.text()
	}
}
