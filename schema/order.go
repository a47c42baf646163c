package schema

import (
	"bytes"
	"encoding/json"

	"github.com/graphql-go/graphql/language/ast"
)

// orderedWriter writes data with the fields of every object in the order in which the
// query asks for them, as the specification wants; graphql-go's result is a Go
// map and has none.
type orderedWriter struct {
	fragments map[string]*ast.FragmentDefinition
	buf       bytes.Buffer
}

func inOrder(document *ast.Document, operation *ast.OperationDefinition, data any) (json.RawMessage, error) {
	o := &orderedWriter{fragments: map[string]*ast.FragmentDefinition{}}
	for _, d := range document.Definitions {
		if f, ok := d.(*ast.FragmentDefinition); ok {
			o.fragments[f.Name.Value] = f
		}
	}
	err := o.value(data, []*ast.SelectionSet{operation.SelectionSet})
	return o.buf.Bytes(), err
}

func (o *orderedWriter) value(v any, sets []*ast.SelectionSet) error {
	switch v := v.(type) {
	case map[string]any:
		return o.object(v, sets)
	case []any:
		o.buf.WriteByte('[')
		for i, x := range v {
			if i > 0 {
				o.buf.WriteByte(',')
			}
			if err := o.value(x, sets); err != nil {
				return err
			}
		}
		o.buf.WriteByte(']')
		return nil
	}
	return o.scalar(v)
}

// scalar writes a value as JSON; "&" stays "&", as no browser reads it as HTML.
func (o *orderedWriter) scalar(v any) error {
	enc := json.NewEncoder(&o.buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	o.buf.Truncate(len(bytes.TrimRight(o.buf.Bytes(), "\n")))
	return err
}

func (o *orderedWriter) object(m map[string]any, sets []*ast.SelectionSet) error {
	keys, below := o.fields(sets)
	o.buf.WriteByte('{')
	first := true
	for _, key := range keys {
		v, there := m[key]
		if !there {
			continue // of a fragment on another type, or skipped
		}
		if !first {
			o.buf.WriteByte(',')
		}
		first = false
		o.buf.WriteString(`"` + key + `":`) // names hold letters, digits and _
		if err := o.value(v, below[key]); err != nil {
			return err
		}
	}
	o.buf.WriteByte('}')
	return nil
}

// fields gives the keys of selection sets in the order of their first
// appearance, fragments in their place, and what is selected below each.
func (o *orderedWriter) fields(sets []*ast.SelectionSet) (keys []string, below map[string][]*ast.SelectionSet) {
	below = map[string][]*ast.SelectionSet{}
	seen := map[string]bool{}
	var walk func(set *ast.SelectionSet)
	walk = func(set *ast.SelectionSet) {
		if set == nil {
			return
		}
		for _, s := range set.Selections {
			switch s := s.(type) {
			case *ast.Field:
				key := s.Name.Value
				if s.Alias != nil {
					key = s.Alias.Value
				}
				if !seen[key] {
					seen[key] = true
					keys = append(keys, key)
				}
				below[key] = append(below[key], s.SelectionSet)
			case *ast.InlineFragment:
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				if f := o.fragments[s.Name.Value]; f != nil {
					walk(f.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		walk(set)
	}
	return keys, below
}
