package docs_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dialograph/schema"

	"github.com/graphql-go/graphql"
)

const schemaHead = `# Schema

Every type of the GraphQL API, made from the schema itself; a test keeps it current. The same in the Schema Definition Language, with
what each field costs: ` + "`schema/schema.graphql`" + `. How to ask: [queries.md](queries.md).
`

// docs/schema.md lists every type, field, argument and value; -update writes it.
func TestSchemaReferenceIsCurrent(t *testing.T) {
	api, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	types := api.GraphQL().TypeMap()
	r := &reference{}
	r.WriteString(schemaHead)
	r.section("Entry points", []graphql.Type{types["Query"]})
	var objects, others, inputs, enums []graphql.Type
	for name, x := range types {
		switch x := x.(type) {
		case *graphql.Object:
			if name == "Query" || strings.HasPrefix(name, "__") {
				continue
			}
			if strings.HasSuffix(name, "Connection") || strings.HasSuffix(name, "Edge") || name == "PageInfo" {
				others = append(others, x)
			} else {
				objects = append(objects, x)
			}
		case *graphql.Interface, *graphql.Union:
			objects = append(objects, x)
		case *graphql.InputObject:
			inputs = append(inputs, x)
		case *graphql.Enum:
			if !strings.HasPrefix(name, "__") {
				enums = append(enums, x)
			}
		}
	}
	r.section("Things and values", objects)
	r.section("Filters and orders", inputs)
	r.section("Closed lists", enums)
	r.section("Pages of lists", others)
	current(t, "schema.md", r.String())
}

type reference struct{ strings.Builder }

func (r *reference) section(title string, list []graphql.Type) {
	fmt.Fprintf(r, "\n## %s\n", title)
	slices.SortFunc(list, func(a, b graphql.Type) int { return strings.Compare(a.Name(), b.Name()) })
	for _, x := range list {
		fmt.Fprintf(r, "\n### %s\n\n%s\n\n", x.Name(), x.Description())
		switch x := x.(type) {
		case *graphql.Object:
			r.fields(x.Fields())
		case *graphql.Interface:
			r.fields(x.Fields())
		case *graphql.Union:
			for _, t := range x.Types() {
				fmt.Fprintf(r, "* %s\n", t.Name())
			}
		case *graphql.InputObject:
			r.WriteString("| field | type | |\n|---|---|---|\n")
			fields := x.Fields()
			for _, name := range keys(fields) {
				fmt.Fprintf(r, "| `%s` | `%s` | %s |\n", name, fields[name].Type, fields[name].PrivateDescription)
			}
		case *graphql.Enum:
			values := x.Values()
			slices.SortFunc(values, func(a, b *graphql.EnumValueDefinition) int { return strings.Compare(a.Name, b.Name) })
			r.WriteString("| value | |\n|---|---|\n")
			for _, v := range values {
				fmt.Fprintf(r, "| `%s` | %s |\n", v.Name, v.Description)
			}
		}
	}
}

func (r *reference) fields(fields graphql.FieldDefinitionMap) {
	r.WriteString("| field | type | |\n|---|---|---|\n")
	for _, name := range keys(fields) {
		f := fields[name]
		var args []string
		for _, a := range f.Args {
			args = append(args, a.Name()+": "+a.Type.String())
		}
		slices.Sort(args)
		shown := name
		if len(args) > 0 {
			shown += "(" + strings.Join(args, ", ") + ")"
		}
		fmt.Fprintf(r, "| `%s` | `%s` | %s |\n", shown, f.Type, f.Description)
	}
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
