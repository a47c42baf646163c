package record

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"unicode/utf8"

	"dialograph/graph"

	"go.yaml.in/yaml/v4"
)

// Write writes documents as YAML in the canonical layout: keys in the order of
// docs/records.md, nothing empty, comments kept where their value still stands.
// Reading the result gives the same documents.
func Write(w io.Writer, docs ...Document) error {
	dumper, err := yaml.NewDumper(w, yaml.WithV4Defaults(), yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil {
		return err
	}
	for _, d := range docs {
		if err := dumper.Dump(&yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{d.node()}}); err != nil {
			return fmt.Errorf("write %s: %w", d.File, err)
		}
	}
	return dumper.Close()
}

func (d *Document) node() *yaml.Node {
	e := encoder{comments: d.comments}
	if d.Record != nil {
		return e.encode(reflect.ValueOf(d.Record).Elem(), "")
	}
	return e.encode(reflect.ValueOf(d.Authority).Elem(), "")
}

// New makes a document of a record that comes from no file.
func New(r *graph.Record) Document { return Document{Record: r} }

// Placed gives the document a place in a file that is of another format: its
// number there, and the lines of paths as far as they are known.
func (d Document) Placed(file string, number int, lines map[string]int) Document {
	d.File, d.number, d.lines = file, number, lines
	return d
}

type encoder struct{ comments map[string]comment }

// encode turns a value of graph's documents into a node.
func (e encoder) encode(v reflect.Value, path string) *yaml.Node {
	node := e.plain(v, path)
	if c, ok := e.comments[path]; ok {
		node.HeadComment, node.LineComment, node.FootComment = c.head, c.line, c.foot
	}
	return node
}

func (e encoder) plain(v reflect.Value, path string) *yaml.Node {
	switch v.Kind() {
	case reflect.Pointer:
		return e.plain(v.Elem(), path)
	case reflect.Struct:
		return e.structure(v, path)
	case reflect.Slice:
		return e.list(v, path)
	case reflect.Map:
		return e.mapping(v, path)
	case reflect.String:
		return text(v.String())
	case reflect.Int:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(v.Int(), 10)}
	default:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(v.Bool())}
	}
}

// text writes a string plainly where YAML lets it; the reader takes scalars as
// written, so only what would read as nothing needs quotes.
func text(s string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	plain := node.ShortTag()
	node.Tag = plain
	if plain == "!!null" || plain == "!!bool" || plain == "!!merge" {
		node.Tag, node.Style = "!!str", yaml.DoubleQuotedStyle
	}
	return node
}

func (e encoder) structure(v reflect.Value, path string) *yaml.Node {
	fields := slices.DeleteFunc(fieldsOf(v), func(f field) bool { return isEmpty(f.value) && f.key != "id" })
	if short := shortField(v); short.IsValid() && short.String() != "" && len(fields) == 1 {
		return text(short.String())
	}
	node := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, f := range fields {
		if f.key == "id" && isEmpty(f.value) && shortField(v).IsValid() {
			continue
		}
		e.pair(node, path, f.key, f.value)
	}
	if fits(node) {
		node.Style = yaml.FlowStyle
	}
	return node
}

func (e encoder) pair(node *yaml.Node, path, key string, v reflect.Value) {
	name := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}
	if c, ok := e.comments[join(path, key)+":"]; ok {
		name.HeadComment, name.LineComment, name.FootComment = c.head, c.line, c.foot
	}
	node.Content = append(node.Content, name, e.encode(v, join(path, key)))
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	default:
		return v.IsZero()
	}
}

func (e encoder) list(v reflect.Value, path string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for i := range v.Len() {
		node.Content = append(node.Content, e.encode(v.Index(i), fmt.Sprintf("%s[%d]", path, i)))
	}
	if fits(node) && v.Type().Elem().Kind() == reflect.String {
		node.Style = yaml.FlowStyle
	}
	return node
}

func (e encoder) mapping(v reflect.Value, path string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	keys := v.MapKeys()
	order := append(slices.Clone(graph.EventFields), "other")
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		return slices.Index(order, a.String()) - slices.Index(order, b.String())
	})
	for _, k := range keys {
		e.pair(node, path, k.String(), v.MapIndex(k))
	}
	return node
}

// fits tells whether a node is short enough for one line: only scalars or
// lists of scalars in it, no comment, at most 100 characters.
func fits(node *yaml.Node) bool {
	length, ok := width(node, 0)
	return ok && length <= 100
}

func width(node *yaml.Node, depth int) (int, bool) {
	if node.HeadComment+node.LineComment+node.FootComment != "" || depth > 2 {
		return 0, false
	}
	if node.Kind == yaml.ScalarNode {
		return utf8.RuneCountInString(node.Value) + 2, true
	}
	total := 2
	for _, c := range node.Content {
		w, ok := width(c, depth+1)
		if !ok {
			return 0, false
		}
		total += w
	}
	return total, true
}
