package schema

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"
)

// WriteSDL writes the schema in the Schema Definition Language, types in
// alphabetical order. graphql-go has no printer of its own.
func (s *Schema) WriteSDL(w io.Writer) error {
	p := &printer{types: s.types}
	types := s.graphql.TypeMap()
	var names []string
	for name := range types {
		if !strings.HasPrefix(name, "__") && !slices.Contains(builtIn, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	p.line("schema { query: %s }", s.graphql.QueryType().Name())
	p.line("")
	p.doc("", "What a field costs beside what is selected in it; without it, 0.")
	p.line("directive @cost(weight: String!) on FIELD_DEFINITION")
	p.line("")
	p.doc("", "How many items a list has: about so many, or as many as one of the arguments says. Where sized fields are named, it is these that have so many.")
	p.line("directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION")
	for _, name := range names {
		p.line("")
		p.typ(types[name])
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

var builtIn = []string{"String", "Int", "Float", "Boolean", "ID"}

type printer struct {
	b     strings.Builder
	types types
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func (p *printer) doc(indent, text string) {
	if text != "" {
		p.line("%s\"\"\"%s\"\"\"", indent, strings.ReplaceAll(text, `"""`, `\"""`))
	}
}

func (p *printer) typ(t graphql.Type) {
	p.doc("", t.Description())
	switch t := t.(type) {
	case *graphql.Object:
		implements := ""
		for i, iface := range t.Interfaces() {
			implements += []string{" implements ", " & "}[min(i, 1)] + iface.Name()
		}
		p.line("type %s%s {", t.Name(), implements)
		p.fields(t.Name(), t.Fields())
	case *graphql.Interface:
		p.line("interface %s {", t.Name())
		p.fields(t.Name(), t.Fields())
	case *graphql.Union:
		var names []string
		for _, x := range t.Types() {
			names = append(names, x.Name())
		}
		p.line("union %s = %s", t.Name(), strings.Join(names, " | "))
		return
	case *graphql.Enum:
		p.line("enum %s {", t.Name())
		values := t.Values()
		slices.SortFunc(values, func(a, b *graphql.EnumValueDefinition) int { return strings.Compare(a.Name, b.Name) })
		for _, v := range values {
			p.doc("  ", v.Description)
			p.line("  %s", v.Name)
		}
	case *graphql.InputObject:
		p.line("input %s {", t.Name())
		fields := t.Fields()
		for _, name := range sortedNames(fields) {
			f := fields[name]
			p.doc("  ", f.PrivateDescription)
			p.line("  %s: %s%s", name, f.Type, defaultText(f.DefaultValue, f.Type))
		}
	}
	p.line("}")
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (p *printer) fields(on string, fields graphql.FieldDefinitionMap) {
	for _, name := range sortedNames(fields) {
		f := fields[name]
		p.doc("  ", f.Description)
		if len(f.Args) == 0 {
			p.line("  %s: %s%s", name, f.Type, p.cost(on, f))
			continue
		}
		args := slices.Clone(f.Args)
		slices.SortFunc(args, func(a, b *graphql.Argument) int { return strings.Compare(a.Name(), b.Name()) })
		p.line("  %s(", name)
		for _, a := range args {
			p.doc("    ", a.Description())
			p.line("    %s: %s%s", a.Name(), a.Type, defaultText(a.DefaultValue, a.Type))
		}
		p.line("  ): %s%s", f.Type, p.cost(on, f))
	}
}

// cost gives the cost directives of a field.
func (p *printer) cost(on string, f *graphql.FieldDefinition) string {
	c := p.types.cost(on, f.Name)
	named, isList := shape(f.Type)
	out := ""
	if c.weight > 0 {
		out += fmt.Sprintf(" @cost(weight: %q)", fmt.Sprint(c.weight))
	}
	switch {
	case isConnection(named) && slices.ContainsFunc(f.Args, func(a *graphql.Argument) bool { return a.Name() == "first" }):
		out += ` @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)`
	case isList && strings.HasSuffix(on, "Connection") && c.sizeBy == "", !isList:
	case c.sizeBy != "":
		out += fmt.Sprintf(" @listSize(slicingArguments: [%q])", c.sizeBy)
	case c.size > 0:
		out += fmt.Sprintf(" @listSize(assumedSize: %d)", c.size)
	default:
		out += fmt.Sprintf(" @listSize(assumedSize: %d)", assumedSize)
	}
	return out
}

func defaultText(v any, t graphql.Input) string {
	if v == nil {
		return ""
	}
	if e, ok := graphql.GetNullable(t).(*graphql.Enum); ok {
		return fmt.Sprintf(" = %v", e.Serialize(v))
	}
	if text, ok := v.(string); ok {
		return fmt.Sprintf(" = %q", text)
	}
	return fmt.Sprintf(" = %v", v)
}
