package evaluate

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// maxDepth is how deep lists and mappings may be nested in one value; it ends
// an anchor that contains itself.
const maxDepth = 8

// load gives a node's value as PyYAML does.
func load(n *yaml.Node, depth int) (value, error) {
	n = target(n)
	if depth > maxDepth {
		return value{}, fmt.Errorf("it is nested more than %d deep", maxDepth)
	}
	switch n.Kind {
	case yaml.SequenceNode:
		items, err := loadAll(n.Content, depth+1)
		return value{kind: list, items: items}, err
	case yaml.MappingNode:
		return loadMapping(n, depth+1)
	}
	v, err := loadScalar(n)
	if err == nil && v.kind == moment && depth > 0 {
		err = fmt.Errorf("the time %s in it needs quotes", v)
	}
	return v, err
}

func loadScalar(n *yaml.Node) (value, error) {
	const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	switch {
	case n.Style&yaml.TaggedStyle != 0 && n.ShortTag() != "!!str":
		return value{}, fmt.Errorf("tags such as %s are not read", n.Tag)
	case n.Style&(quoted|yaml.TaggedStyle) != 0:
		return textValue(n.Value), nil
	default:
		return readScalar(n.Value)
	}
}

func loadAll(nodes []*yaml.Node, depth int) ([]value, error) {
	out := make([]value, len(nodes))
	for i, n := range nodes {
		var err error
		if out[i], err = load(n, depth); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// loadMapping loads keys and values; a key given again changes the value that
// it had.
func loadMapping(n *yaml.Node, depth int) (value, error) {
	all, err := loadAll(n.Content, depth)
	m := value{kind: mapping}
	place := map[string]int{}
	for i := 0; i+1 < len(all); i += 2 {
		key := all[i].repr()
		if at, again := place[key]; again {
			m.items[at] = all[i+1]
			continue
		}
		place[key] = len(m.keys)
		m.keys, m.items = append(m.keys, all[i]), append(m.items, all[i+1])
	}
	return m, err
}

// target follows an alias to what it stands for.
func target(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool {
	if n == nil || target(n).Kind != yaml.ScalarNode {
		return n == nil
	}
	v, err := loadScalar(target(n))
	return err == nil && !v.given()
}

func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	default:
		return fmt.Sprintf("%q", n.Value)
	}
}
