package graphqlhttp

import (
	"slices"

	"github.com/graphql-go/graphql/language/ast"
)

func isNull(v ast.Value) bool {
	e, ok := v.(*ast.EnumValue)
	return ok && e.Value == "null"
}

// withoutNulls takes arguments, input fields and default values that are null
// out of a valid document: to our fields null and nothing are the same.
func withoutNulls(d *ast.Document) {
	for _, node := range d.Definitions {
		if o, ok := node.(*ast.OperationDefinition); ok {
			for _, v := range o.VariableDefinitions {
				if v.DefaultValue != nil && isNull(v.DefaultValue) {
					v.DefaultValue = nil
				}
			}
		}
	}
	walkArguments(d, func(list []*ast.Argument) []*ast.Argument {
		return slices.DeleteFunc(list, func(a *ast.Argument) bool { return isNull(a.Value) })
	})
	walkValues(d, func(o *ast.ObjectValue) {
		o.Fields = slices.DeleteFunc(o.Fields, func(f *ast.ObjectField) bool { return isNull(f.Value) })
	})
}

// walkArguments replaces every list of arguments.
func walkArguments(d *ast.Document, change func([]*ast.Argument) []*ast.Argument) {
	directives := func(list []*ast.Directive) {
		for _, d := range list {
			d.Arguments = change(d.Arguments)
		}
	}
	var selections func(s *ast.SelectionSet)
	selections = func(s *ast.SelectionSet) {
		if s == nil {
			return
		}
		for _, s := range s.Selections {
			switch s := s.(type) {
			case *ast.Field:
				s.Arguments = change(s.Arguments)
				directives(s.Directives)
				selections(s.SelectionSet)
			case *ast.InlineFragment:
				directives(s.Directives)
				selections(s.SelectionSet)
			case *ast.FragmentSpread:
				directives(s.Directives)
			}
		}
	}
	for _, node := range d.Definitions {
		switch node := node.(type) {
		case *ast.OperationDefinition:
			directives(node.Directives)
			selections(node.SelectionSet)
		case *ast.FragmentDefinition:
			directives(node.Directives)
			selections(node.SelectionSet)
		}
	}
}

// walkValues visits every input object, of default values too.
func walkValues(d *ast.Document, visit func(*ast.ObjectValue)) {
	var walk func(ast.Value)
	walk = func(v ast.Value) {
		switch v := v.(type) {
		case *ast.ObjectValue:
			visit(v)
			for _, f := range v.Fields {
				walk(f.Value)
			}
		case *ast.ListValue:
			for _, x := range v.Values {
				walk(x)
			}
		}
	}
	for _, node := range d.Definitions {
		if o, ok := node.(*ast.OperationDefinition); ok {
			for _, v := range o.VariableDefinitions {
				walk(v.DefaultValue)
			}
		}
	}
	walkArguments(d, func(list []*ast.Argument) []*ast.Argument {
		for _, a := range list {
			walk(a.Value)
		}
		return list
	})
}
