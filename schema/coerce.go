package schema

import (
	"math"
	"reflect"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// variables reads the variables of an operation as graphql-go does. Where one
// has a fault it gives up: graphql-go words the error.
func (s *Schema) variables(definitions []*ast.VariableDefinition, given map[string]any) (map[string]any, bool) {
	out := make(map[string]any, len(definitions))
	for _, d := range definitions {
		name := d.Variable.Name.Value
		t, ok := s.inputType(d.Type).(graphql.Input)
		v := given[name]
		if !ok || !valid(v, t) {
			return nil, false
		}
		if nullish(v) && d.DefaultValue != nil {
			out[name] = literal(d.DefaultValue, t, nil)
		} else {
			out[name] = coerce(t, v)
		}
	}
	return out, true
}

// inputType finds the type that a document names.
func (s *Schema) inputType(t ast.Type) graphql.Type {
	switch t := t.(type) {
	case *ast.List:
		return graphql.NewList(s.inputType(t.Type))
	case *ast.NonNull:
		return graphql.NewNonNull(s.inputType(t.Type))
	case *ast.Named:
		return s.graphql.Type(t.Name.Value)
	}
	return nil
}

// arguments are those of a field as a document gives them.
type arguments struct {
	definition *graphql.FieldDefinition
	field      *ast.Field
	fixed      args // nil where they read variables
}

func newArguments(definition *graphql.FieldDefinition, field *ast.Field) arguments {
	a := arguments{definition: definition, field: field}
	for _, x := range field.Arguments {
		if readsVariables(x.Value) {
			return a
		}
	}
	a.fixed = a.with(nil)
	return a
}

// with gives the arguments with their defaults, and marks those that the
// document gives a value.
func (a arguments) with(variables map[string]any) args {
	if a.fixed != nil {
		return a.fixed
	}
	out := args{}
	for _, d := range a.definition.Args {
		v := literal(argument(a.field, d.PrivateName), d.Type, variables)
		if nullish(v) {
			v = d.DefaultValue
		}
		if !nullish(v) {
			out[d.PrivateName] = v
		}
	}
	for _, x := range a.field.Arguments {
		if v, ok := x.Value.(*ast.Variable); !ok || variables[v.Name.Value] != nil {
			out["given "+x.Name.Value] = true
		}
	}
	return out
}

func readsVariables(v ast.Value) bool {
	switch v := v.(type) {
	case *ast.Variable:
		return true
	case *ast.ListValue:
		for _, x := range v.Values {
			if readsVariables(x) {
				return true
			}
		}
	case *ast.ObjectValue:
		for _, f := range v.Fields {
			if readsVariables(f.Value) {
				return true
			}
		}
	}
	return false
}

// literal is the value of a literal or variable of a valid document.
func literal(v ast.Value, t graphql.Type, variables map[string]any) any {
	if v == nil {
		return nil
	}
	if v, ok := v.(*ast.Variable); ok {
		return variables[v.Name.Value]
	}
	switch t := t.(type) {
	case *graphql.NonNull:
		return literal(v, t.OfType, variables)
	case *graphql.List:
		list, ok := v.(*ast.ListValue)
		if !ok {
			return []any{literal(v, t.OfType, variables)}
		}
		out := make([]any, len(list.Values))
		for i, x := range list.Values {
			out[i] = literal(x, t.OfType, variables)
		}
		return out
	case *graphql.InputObject:
		object, ok := v.(*ast.ObjectValue)
		if !ok {
			return nil
		}
		given := make(map[string]ast.Value, len(object.Fields))
		for _, f := range object.Fields {
			given[f.Name.Value] = f.Value
		}
		out := map[string]any{}
		for name, f := range t.Fields() {
			x := f.DefaultValue
			if own, ok := given[name]; ok {
				x = literal(own, f.Type, variables)
			}
			if !nullish(x) {
				out[name] = x
			}
		}
		return out
	case *graphql.Scalar:
		return t.ParseLiteral(v)
	case *graphql.Enum:
		return t.ParseLiteral(v)
	}
	return nil
}

// coerce makes the value of a valid variable.
func coerce(t graphql.Type, v any) any {
	if nullish(v) {
		return nil
	}
	switch t := t.(type) {
	case *graphql.NonNull:
		return coerce(t.OfType, v)
	case *graphql.List:
		list, ok := v.([]any)
		if !ok {
			return []any{coerce(t.OfType, v)}
		}
		out := make([]any, len(list))
		for i, x := range list {
			out[i] = coerce(t.OfType, x)
		}
		return out
	case *graphql.InputObject:
		given, _ := v.(map[string]any)
		out := map[string]any{}
		for name, f := range t.Fields() {
			x := coerce(f.Type, given[name])
			if nullish(x) {
				x = f.DefaultValue
			}
			if !nullish(x) {
				out[name] = x
			}
		}
		return out
	case *graphql.Scalar:
		return t.ParseValue(v)
	case *graphql.Enum:
		return t.ParseValue(v)
	}
	return nil
}

// valid tells whether a variable of JSON fits a type.
func valid(v any, t graphql.Type) bool {
	if nullish(v) {
		_, required := t.(*graphql.NonNull)
		return !required
	}
	switch t := t.(type) {
	case *graphql.NonNull:
		return valid(v, t.OfType)
	case *graphql.List:
		list, ok := v.([]any)
		if !ok {
			return reflect.ValueOf(v).Kind() != reflect.Slice && valid(v, t.OfType)
		}
		for _, x := range list {
			if !valid(x, t.OfType) {
				return false
			}
		}
		return true
	case *graphql.InputObject:
		given, ok := v.(map[string]any)
		if !ok {
			return false
		}
		fields := t.Fields()
		for name := range given {
			if fields[name] == nil {
				return false
			}
		}
		for name, f := range fields {
			if !valid(given[name], f.Type) {
				return false
			}
		}
		return true
	case *graphql.Scalar:
		return !nullish(t.ParseValue(v))
	case *graphql.Enum:
		return !nullish(t.ParseValue(v))
	}
	return false
}

// nullish tells what graphql-go takes for null: nil, a nil pointer, NaN.
func nullish(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string, bool, int, []any, map[string]any:
		return false
	case float64:
		return math.IsNaN(v)
	}
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}
