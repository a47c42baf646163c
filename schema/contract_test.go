package schema_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"dialograph/schema"

	"github.com/graphql-go/graphql"
)

var (
	contractComment = regexp.MustCompile(`#[^\n]*`)
	contractType    = regexp.MustCompile(`(type|interface|input|enum)\s+(\w+)[^{]*\{([^}]*)\}`)
	contractField   = regexp.MustCompile(`(\w+)\s*(?:\(([^)]*)\))?\s*:\s*([\[\]!\w.]+)`)
	contractArg     = regexp.MustCompile(`(\w+)\s*:\s*([\[\]!\w]+)`)
	contractOpen    = regexp.MustCompile(`\w+:\s*\[?\.\.\.\]?`)
	contractValue   = regexp.MustCompile(`\w+`)
)

// Every type, field, argument, filter and value of the public query contract is
// in the schema, with the type that it has there. Where the contract only says
// "…" for a list of arguments, nothing is compared.
func TestContractIsKept(t *testing.T) {
	shared := os.Getenv("DIALOGRAPH_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(shared, "api.graphql"))
	if err != nil {
		t.Skip("the query contract is not at hand")
	}
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	types := s.GraphQL().TypeMap()
	found := 0
	for _, m := range contractType.FindAllStringSubmatch(contractComment.ReplaceAllString(string(text), ""), -1) {
		name, body := m[2], m[3]
		switch x := types[name].(type) {
		case *graphql.Object:
			found += contractFields(t, name, body, x.Fields())
		case *graphql.Interface:
			found += contractFields(t, name, body, x.Fields())
		case *graphql.InputObject:
			for _, f := range contractArg.FindAllStringSubmatch(contractOpen.ReplaceAllString(body, ""), -1) {
				found++
				if field := x.Fields()[f[1]]; field == nil {
					t.Errorf("%s.%s is missing", name, f[1])
				} else if got := field.Type.String(); got != f[2] {
					t.Errorf("%s.%s is %s, want %s", name, f[1], got, f[2])
				}
			}
		case *graphql.Enum:
			for _, v := range contractValue.FindAllString(body, -1) {
				found++
				if !slices.ContainsFunc(x.Values(), func(d *graphql.EnumValueDefinition) bool { return d.Name == v }) {
					t.Errorf("%s lacks %s", name, v)
				}
			}
		default:
			t.Errorf("the type %s is missing", name)
		}
	}
	if found < 150 {
		t.Errorf("only %d parts of the contract were found; is its form another?", found)
	}
}

func contractFields(t *testing.T, on, body string, fields graphql.FieldDefinitionMap) int {
	found := 0
	for _, m := range contractField.FindAllStringSubmatch(body, -1) {
		found++
		field := fields[m[1]]
		if field == nil {
			t.Errorf("%s.%s is missing", on, m[1])
			continue
		}
		if got := field.Type.String(); got != m[3] {
			t.Errorf("%s.%s is %s, want %s", on, m[1], got, m[3])
		}
		for _, a := range contractArg.FindAllStringSubmatch(m[2], -1) {
			i := slices.IndexFunc(field.Args, func(x *graphql.Argument) bool { return x.Name() == a[1] })
			if i < 0 {
				t.Errorf("%s.%s lacks the argument %s", on, m[1], a[1])
			} else if got := field.Args[i].Type.String(); got != a[2] {
				t.Errorf("%s.%s: the argument %s is %s, want %s", on, m[1], a[1], got, a[2])
			}
		}
	}
	return found
}
