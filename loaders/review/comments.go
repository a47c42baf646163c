package review

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/record"

	"go.yaml.in/yaml/v4"
)

// comments are the paths of a record that a person commented on. A comment on
// a value, or anywhere in an entry of a list, is taken as the person's word on
// it: it is not replaced or dropped under the comment.
type comments map[string]bool

// commentsOf finds the comments of a file.
func commentsOf(root *yaml.Node) comments {
	out := comments{}
	visit(root, "", func(path string, key, value *yaml.Node) {
		scalar := value.Kind == yaml.ScalarNode
		if hasComment(value) && (scalar || strings.HasSuffix(path, "]")) || key != nil && hasComment(key) && (scalar || strings.Contains(path, "]")) {
			out[path] = true
		}
	})
	return out
}

func hasComment(n *yaml.Node) bool { return n.HeadComment+n.LineComment+n.FootComment != "" }

// within tells whether something at, in or around a path has a comment; around
// counts the entries of lists only.
func (c comments) within(path string) bool {
	for commented := range c {
		if commented == path || strings.HasPrefix(commented, path+".") || strings.HasPrefix(commented, path+"[") ||
			path == "" || strings.HasSuffix(commented, "]") && strings.HasPrefix(path, commented+".") {
			return true
		}
	}
	return false
}

// visit walks the values of a file with their paths; key is nil in a list.
func visit(n *yaml.Node, path string, f func(path string, key, value *yaml.Node)) {
	for i := range n.Content {
		switch {
		case n.Kind == yaml.SequenceNode:
			f(at(path, i), nil, n.Content[i])
			visit(n.Content[i], at(path, i), f)
		case n.Kind == yaml.MappingNode && i%2 == 0 && i+1 < len(n.Content):
			here := join(path, n.Content[i].Value)
			f(here, n.Content[i], n.Content[i+1])
			visit(n.Content[i+1], here, f)
		}
	}
}

// writeWith gives the file of a record with the comments of the file it was,
// each beside the value that it stood beside.
func writeWith(r *graph.Record, file []byte, moved map[string]string) ([]byte, error) {
	var plain bytes.Buffer
	if err := record.Write(&plain, record.New(r)); err != nil {
		return nil, err
	}
	from, err := parse(file)
	if err != nil {
		return nil, err
	}
	to, err := parse(plain.Bytes())
	if err != nil {
		return nil, err
	}
	c := carrier{moved: moved}
	c.carry(from, to, "")
	if len(c.lost) > 0 {
		to.HeadComment = strings.Join(append(c.lost, to.HeadComment), "\n")
	}
	return canonical(to)
}

// parse reads the only document of a file.
func parse(file []byte) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(file), yaml.WithV4Defaults())
	if err != nil {
		return nil, err
	}
	var node yaml.Node
	if err := loader.Load(&node); err != nil {
		return nil, err
	}
	if node.Kind != yaml.DocumentNode || len(node.Content) != 1 {
		return nil, fmt.Errorf("holds no document")
	}
	root := node.Content[0]
	root.HeadComment = filledLines(node.HeadComment, root.HeadComment)
	root.FootComment = filledLines(root.FootComment, node.FootComment)
	return root, nil
}

func filledLines(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), "\n")
}

// canonical writes a file as record.Write does. Comments that have no place
// there, such as one at the very end, follow the record.
func canonical(root *yaml.Node) ([]byte, error) {
	loosen(root)
	var loose, out bytes.Buffer
	dumper, err := yaml.NewDumper(&loose, yaml.WithV4Defaults(), yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil {
		return nil, err
	}
	if err := dumper.Dump(&yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}}); err != nil {
		return nil, err
	}
	if err := dumper.Close(); err != nil {
		return nil, err
	}
	docs, problems := record.Read("merged.yaml", &loose)
	if len(docs) != 1 {
		return nil, fmt.Errorf("the merged record cannot be read back: %v", problems)
	}
	err = record.Write(&out, docs...)
	for _, line := range commentLines(root) {
		if !strings.Contains(out.String(), line) {
			out.WriteString(line + "\n")
		}
	}
	return out.Bytes(), err
}

// loosen writes over several lines what has a comment within. Only what stays
// on one line can have a comment behind it.
func loosen(n *yaml.Node) bool {
	inside := false
	for _, c := range n.Content {
		inside = loosen(c) || inside
	}
	if inside {
		n.Style &^= yaml.FlowStyle
	}
	if n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle == 0 && n.LineComment != "" {
		n.HeadComment, n.LineComment = filledLines(n.HeadComment, n.LineComment), ""
	}
	return inside || hasComment(n)
}

func commentLines(n *yaml.Node) []string {
	var out []string
	for line := range strings.Lines(filledLines(n.HeadComment, n.LineComment, n.FootComment)) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	for _, c := range n.Content {
		out = append(out, commentLines(c)...)
	}
	return out
}

// carrier takes comments from one file to another.
type carrier struct {
	moved map[string]string
	lost  []string
}

func (c *carrier) carry(from, to *yaml.Node, path string) {
	give(from, to)
	switch {
	case from.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(from.Content); i += 2 {
			key, value := from.Content[i], from.Content[i+1]
			toKey, toValue := lookUp(to, key.Value)
			if toKey == nil {
				c.lose(key, value)
				continue
			}
			give(key, toKey)
			c.carry(value, toValue, join(path, key.Value))
		}
	case from.Kind == yaml.SequenceNode:
		for i, item := range from.Content {
			if other := c.counterpart(item, to, path, i); other != nil {
				c.carry(item, other, at(path, i))
				continue
			}
			c.lose(item)
		}
	}
}

// counterpart finds where an item of a list came to stand.
func (c *carrier) counterpart(item, list *yaml.Node, path string, i int) *yaml.Node {
	if list.Kind != yaml.SequenceNode {
		return nil
	}
	for j, other := range list.Content {
		if item.Kind == yaml.ScalarNode {
			if other.Value == item.Value {
				return other
			}
			continue
		}
		if to, ok := c.moved[at(path, i)]; ok && strings.HasSuffix(to, at("", j)) || !ok && i == j {
			return other
		}
	}
	return nil
}

func lookUp(mapping *yaml.Node, key string) (*yaml.Node, *yaml.Node) {
	if mapping.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(mapping.Content); i += 2 {
			if mapping.Content[i].Value == key {
				return mapping.Content[i], mapping.Content[i+1]
			}
		}
	}
	return nil, nil
}

func give(from, to *yaml.Node) {
	if hasComment(from) {
		to.HeadComment, to.LineComment, to.FootComment = from.HeadComment, from.LineComment, from.FootComment
	}
}

// lose keeps the comments of what is gone, for the head of the file.
func (c *carrier) lose(nodes ...*yaml.Node) {
	for _, n := range nodes {
		if hasComment(n) {
			c.lost = append(c.lost, filledLines(n.HeadComment, n.LineComment, n.FootComment))
		}
		c.lose(n.Content...)
	}
}
