package record

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"dialograph/graph"

	"go.yaml.in/yaml/v4"
)

// decodeDocument turns a node into a document, or lists all faults of form.
func decodeDocument(name string, number int, node *yaml.Node) (Document, []Problem) {
	d := &decoder{doc: Document{File: name, number: number, lines: map[string]int{"": node.Line}, comments: map[string]comment{}}}
	if node.Kind != yaml.MappingNode {
		d.fault("", node, "want a record or an authority file, not %s", describe(node))
		return d.doc, d.faults
	}
	switch schema := schemaOf(node); schema {
	case graph.RecordSchema:
		d.doc.Record = &graph.Record{}
		d.decode(node, "", reflect.ValueOf(d.doc.Record).Elem(), 0)
	case graph.AuthoritySchema:
		d.doc.Authority = &graph.Authority{}
		d.decode(node, "", reflect.ValueOf(d.doc.Authority).Elem(), 0)
	case "":
		d.fault("schema", node, "is missing; want %s or %s", graph.RecordSchema, graph.AuthoritySchema)
	default:
		d.fault("schema", node, "%q is not %s or %s", schema, graph.RecordSchema, graph.AuthoritySchema)
	}
	return d.doc, d.faults
}

func schemaOf(node *yaml.Node) string {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == "schema" {
			return node.Content[i+1].Value
		}
	}
	return ""
}

type decoder struct {
	doc    Document
	faults []Problem
	given  bool // the document has anchors or aliases; one line says so
}

func (d *decoder) fault(path string, node *yaml.Node, format string, args ...any) {
	if d.given {
		return
	}
	d.faults = append(d.faults, Problem{File: d.doc.File, Line: node.Line, Document: d.doc.number,
		Problem: graph.Problem{Path: path, Severity: graph.Error, Message: fmt.Sprintf(format, args...)}})
}

func describe(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	default:
		return strconv.Quote(node.Value)
	}
}

func isNull(node *yaml.Node) bool {
	return node.Kind == yaml.ScalarNode && node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 &&
		(node.Value == "" || node.Value == "~" || node.Value == "null")
}

// decode stores a node in a Go value, which must be of a type that graph's
// documents use: struct, pointer, slice, map of string lists, string, int, bool.
func (d *decoder) decode(node *yaml.Node, path string, v reflect.Value, depth int) {
	if d.doc.Line(path) != node.Line {
		d.doc.lines[path] = node.Line
	}
	if c := (comment{node.HeadComment, node.LineComment, node.FootComment}); c != (comment{}) {
		d.doc.comments[path] = c
	}
	switch {
	case node.Kind == yaml.AliasNode || node.Anchor != "":
		d.fault(path, node, "anchors and aliases are not allowed")
		d.given = true
	case node.Style&yaml.TaggedStyle != 0:
		d.fault(path, node, "tags such as %s are not allowed", node.Tag)
	case depth > maxDepth:
		d.fault(path, node, "is nested more than %d deep", maxDepth)
	case isNull(node):
		return
	default:
		d.value(node, path, v, depth)
	}
}

func (d *decoder) value(node *yaml.Node, path string, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(node, path, v.Elem(), depth)
	case reflect.Struct:
		d.structure(node, path, v, depth)
	case reflect.Slice:
		d.list(node, path, v, depth)
	case reflect.Map:
		d.mapping(node, path, v, depth)
	default:
		d.scalar(node, path, v)
	}
}

func (d *decoder) scalar(node *yaml.Node, path string, v reflect.Value) {
	if node.Kind != yaml.ScalarNode {
		d.fault(path, node, "want one value, not %s", describe(node))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(node.Value)
	case reflect.Int:
		n, err := strconv.Atoi(node.Value)
		if err != nil {
			d.fault(path, node, "%q is not a whole number", node.Value)
		}
		v.SetInt(int64(n))
	case reflect.Bool:
		if node.Value != "true" && node.Value != "false" {
			d.fault(path, node, "%q is neither true nor false", node.Value)
		}
		v.SetBool(node.Value == "true")
	}
}

func (d *decoder) list(node *yaml.Node, path string, v reflect.Value, depth int) {
	if node.Kind != yaml.SequenceNode {
		d.fault(path, node, "want a list, not %s", describe(node))
		return
	}
	items := joinRanges(node.Content)
	if len(items) == 0 {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		d.decode(item, fmt.Sprintf("%s[%d]", path, i), v.Index(i), depth+1)
	}
}

// joinRanges mends a support written without quotes in a flow list: YAML splits
// [s1#char=1832,1990] at the comma.
func joinRanges(list []*yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	for _, n := range list {
		if last := len(out) - 1; last >= 0 && openRange.MatchString(out[last].Value) && digits.MatchString(n.Value) {
			joined := *out[last]
			joined.Value += "," + n.Value
			out[last] = &joined
			continue
		}
		out = append(out, n)
	}
	return out
}

var (
	openRange = regexp.MustCompile(`^\S+#char=\d+$`)
	digits    = regexp.MustCompile(`^\d+$`)
)

func (d *decoder) mapping(node *yaml.Node, path string, v reflect.Value, depth int) {
	if node.Kind != yaml.MappingNode {
		d.fault(path, node, "want keys and values, not %s", describe(node))
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	d.eachKey(node, path, func(key string, value *yaml.Node) {
		item := reflect.New(v.Type().Elem()).Elem()
		d.decode(value, join(path, key), item, depth+1)
		v.SetMapIndex(reflect.ValueOf(key), item)
	})
}

func (d *decoder) structure(node *yaml.Node, path string, v reflect.Value, depth int) {
	if node.Kind == yaml.ScalarNode {
		if field := shortField(v); field.IsValid() {
			field.SetString(node.Value)
			return
		}
	}
	if node.Kind != yaml.MappingNode {
		d.fault(path, node, "want keys and values, not %s", describe(node))
		return
	}
	fields := fieldsOf(v)
	d.eachKey(node, path, func(key string, value *yaml.Node) {
		for _, f := range fields {
			if f.key == key {
				d.decode(value, join(path, key), f.value, depth+1)
				return
			}
		}
		d.fault(join(path, key), value, "unknown key %q; known are %s", key, knownKeys(fields))
	})
}

func knownKeys(fields []field) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return strings.Join(keys, ", ")
}

// eachKey visits the pairs of a mapping and refuses keys given twice.
func (d *decoder) eachKey(node *yaml.Node, path string, visit func(key string, value *yaml.Node)) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if key.Kind != yaml.ScalarNode || seen[key.Value] {
			d.fault(join(path, key.Value), key, "key %q is given twice or is not a word", key.Value)
			continue
		}
		seen[key.Value] = true
		visit(key.Value, value)
		if c := (comment{key.HeadComment, key.LineComment, key.FootComment}); c != (comment{}) {
			d.doc.comments[join(path, key.Value)+":"] = c
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// field is a struct field that a file may hold, under its key.
type field struct {
	key   string
	value reflect.Value
}

// fieldsOf lists the fields of a struct in order, embedded ones in their place.
func fieldsOf(v reflect.Value) []field {
	var out []field
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("yaml")
		key, options, _ := strings.Cut(tag, ",")
		switch {
		case strings.Contains(options, "inline"):
			out = append(out, fieldsOf(v.Field(i))...)
		case key != "" && key != "-":
			out = append(out, field{key, v.Field(i)})
		}
	}
	return out
}

// shortField returns the field that a bare scalar stands for: a series is its
// id, a name its text.
func shortField(v reflect.Value) reflect.Value {
	switch s := v.Addr().Interface().(type) {
	case *graph.SeriesName:
		return reflect.ValueOf(&s.ID).Elem()
	case *graph.Name:
		return reflect.ValueOf(&s.Text).Elem()
	}
	return reflect.Value{}
}
