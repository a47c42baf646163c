package schema

import (
	"slices"
	"strings"
	"sync"

	"github.com/graphql-go/graphql"
)

// currentIntrospection brings graphql-go's introspection types from the
// specification of 2016 to that of October 2021 (section 4.2) and the draft
// after it: today's clients ask for all of this when they download a schema.
// It also gives lists in alphabetical order, which graphql-go gives in any. The
// types are variables of the library, so it is done once, before they are used.
var currentIntrospection = sync.OnceFunc(func() {
	for _, t := range []struct {
		of     *graphql.Object
		fields graphql.Fields
	}{
		{graphql.SchemaType, graphql.Fields{
			"directives": withDeprecated(meta(graphql.NewNonNull(nonNulls(graphql.DirectiveType)), "All directives of this server.", func(s graphql.Schema, _ bool) any {
				return s.Directives()
			})),
			"description": absent("A description of the schema."),
			"types": meta(graphql.NewNonNull(nonNulls(graphql.TypeType)), "All types of this server.", func(s graphql.Schema, _ bool) any {
				return valuesByName(s.TypeMap())
			}),
		}},
		{graphql.TypeType, graphql.Fields{
			"specifiedByURL": absent("Where a custom scalar is specified."),
			"isOneOf": meta(graphql.Boolean, "Whether exactly one field of an input object must be given.", func(t graphql.Type, _ bool) any {
				if _, ok := t.(*graphql.InputObject); ok {
					return false
				}
				return nil
			}),
			"interfaces": meta(nonNulls(graphql.TypeType), "The interfaces that it implements.", func(t graphql.Type, _ bool) any {
				switch t := t.(type) {
				case *graphql.Object:
					return t.Interfaces()
				case *graphql.Interface:
					return []graphql.Type{}
				}
				return nil
			}),
			"fields": withDeprecated(meta(nonNulls(graphql.FieldType), "The fields of an object or interface.", func(t graphql.Type, all bool) any {
				return fieldsOf(t, all)
			})),
			"inputFields": withDeprecated(meta(nonNulls(graphql.InputValueType), "The fields of an input object.", func(t graphql.Type, _ bool) any {
				if t, ok := t.(*graphql.InputObject); ok {
					return valuesByName(t.Fields())
				}
				return nil
			})),
		}},
		{graphql.FieldType, graphql.Fields{
			"args": withDeprecated(meta(graphql.NewNonNull(nonNulls(graphql.InputValueType)), "Its arguments.", func(f *graphql.FieldDefinition, _ bool) any {
				return argumentsByName(f.Args)
			})),
		}},
		{graphql.InputValueType, graphql.Fields{
			"defaultValue": meta(graphql.String, "The value that it has when none is given, as GraphQL.", func(v any, _ bool) any {
				switch v := v.(type) {
				case *graphql.Argument:
					return defaultOf(v.DefaultValue, v.Type)
				case *graphql.InputObjectField:
					return defaultOf(v.DefaultValue, v.Type)
				}
				return nil
			}),
			"isDeprecated":      meta(graphql.NewNonNull(graphql.Boolean), "Whether it should not be used any longer.", func(any, bool) any { return false }),
			"deprecationReason": absent("Why it should not be used any longer."),
		}},
		{graphql.DirectiveType, graphql.Fields{
			"isDeprecated":      meta(graphql.NewNonNull(graphql.Boolean), "Whether it should not be used any longer.", func(any, bool) any { return false }),
			"deprecationReason": absent("Why it should not be used any longer."),
			"isRepeatable":      meta(graphql.NewNonNull(graphql.Boolean), "Whether it may stand twice in one place.", func(any, bool) any { return false }),
			"args": withDeprecated(meta(graphql.NewNonNull(nonNulls(graphql.InputValueType)), "Its arguments.", func(d *graphql.Directive, _ bool) any {
				return argumentsByName(d.Args)
			})),
		}},
	} {
		for name, f := range t.fields {
			t.of.AddFieldConfig(name, f)
		}
	}
})

func nonNulls(t graphql.Type) graphql.Type { return graphql.NewList(graphql.NewNonNull(t)) }

// meta makes a field of an introspection type from a function that gets the
// thing described, and whether deprecated things are wanted.
func meta[T any](t graphql.Type, doc string, value func(of T, all bool) any) *graphql.Field {
	return &graphql.Field{Type: t, Description: doc, Resolve: func(p graphql.ResolveParams) (any, error) {
		all, _ := p.Args["includeDeprecated"].(bool)
		of, _ := p.Source.(T)
		return value(of, all), nil
	}}
}

// absent is a field of which this schema has nothing to say.
func absent(doc string) *graphql.Field {
	return meta(graphql.String, doc, func(any, bool) any { return nil })
}

// defaultOf gives a default value as the SDL has it; graphql-go writes enum
// values as strings, for which clients refuse the whole schema.
func defaultOf(v any, t graphql.Input) any {
	if v == nil {
		return nil
	}
	return strings.TrimPrefix(defaultText(v, t), " = ")
}

func withDeprecated(f *graphql.Field) *graphql.Field {
	f.Args = graphql.FieldConfigArgument{"includeDeprecated": &graphql.ArgumentConfig{Type: graphql.Boolean, DefaultValue: false}}
	return f
}

func fieldsOf(t graphql.Type, all bool) any {
	var fields graphql.FieldDefinitionMap
	switch t := t.(type) {
	case *graphql.Object:
		fields = t.Fields()
	case *graphql.Interface:
		fields = t.Fields()
	default:
		return nil
	}
	return slices.DeleteFunc(valuesByName(fields), func(f *graphql.FieldDefinition) bool {
		return !all && f.DeprecationReason != ""
	})
}

func valuesByName[V any](m map[string]V) []V {
	values := make([]V, 0, len(m))
	for _, name := range sortedNames(m) {
		values = append(values, m[name])
	}
	return values
}

func argumentsByName(args []*graphql.Argument) []*graphql.Argument {
	sorted := slices.Clone(args)
	slices.SortFunc(sorted, func(a, b *graphql.Argument) int { return strings.Compare(a.Name(), b.Name()) })
	return sorted
}
