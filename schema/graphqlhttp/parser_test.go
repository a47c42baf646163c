package graphqlhttp

import (
	"errors"
	"strings"
	"testing"

	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
)

// What strings say, as section 2.9.4 has it.
func TestStrings(t *testing.T) {
	for written, want := range map[string]string{
		`""`:                          "",
		`"사이버 💬"`:                     "사이버 💬",
		`"a\"b\\c\/d\n\t\r\b\f"`:      "a\"b\\c/d\n\t\r\b\f",
		`"\u00e9\u00E9"`:              "éé",
		`"\uD83D\uDE00"`:              "😀",
		`"\u{1F600}\u{41}"`:           "😀A",
		`""""""`:                      "",
		`"""one line"""`:              "one line",
		`"""\u00e9 "quoted" \"""x"""`: `\u00e9 "quoted" """x`,
		"\"\"\"\n    Who\n      led\r\n\n    it?\r  \n\"\"\"": "Who\n  led\n\nit?",
		"\"\"\"  first\n    second\n   third\"\"\"":           "  first\n second\nthird",
		"\"\"\" \n\t\n\"\"\"":                                 "",
	} {
		d, err := DefaultLimits().read("{ a(b: " + written + ") }")
		if err != nil {
			t.Errorf("%s: %v", written, err)
			continue
		}
		field := d.Definitions[0].(*ast.OperationDefinition).SelectionSet.Selections[0].(*ast.Field)
		if got := field.Arguments[0].Value.GetValue(); got != want {
			t.Errorf("%s: got %q, want %q", written, got, want)
		}
	}
}

// An error names the line and the character, whatever stands before it.
func TestPlaceOfAnError(t *testing.T) {
	for query, want := range map[string][2]int{
		"{ a":                   {1, 4},
		"# Кто?\n{ é }":         {2, 3},
		"{ a(b: \"사이버 💬\") ) }": {1, 17},
		"{\r\n  a(b: \"\"\"x\ny\"\"\", c: 01)\r\n}": {3, 10},
	} {
		_, err := DefaultLimits().read(query)
		var syntax *gqlerrors.Error
		if !errors.As(err, &syntax) {
			t.Errorf("%q: got %v", query, err)
			continue
		}
		if got := syntax.Locations[0]; [2]int{got.Line, got.Column} != want {
			t.Errorf("%q: got line %d, column %d, want %v: %v", query, got.Line, got.Column, want, err)
		}
	}
}

// Brackets in texts and comments do not count against the limits, and nothing
// hides those that do.
func TestBracketsCount(t *testing.T) {
	deep := strings.Repeat("[", 1000)
	for query, want := range map[string]bool{
		"{ a(b: \"" + deep + "\") } # " + deep:    false,
		"{ a(b: \"\"\"" + deep + "\"\"\") }":      false,
		"{ a(b: " + deep:                          true,
		`{ a(b: """\""" """, c: "\"", d: ` + deep: true,
		"# \"\r{ a(b: " + deep:                    true,
		strings.Repeat("{ a ", 1000):              true,
		"{ " + strings.Repeat("a ", 20_000) + "}": true,
	} {
		_, err := DefaultLimits().read(query)
		var limit *limitError
		if got := errors.As(err, &limit); got != want {
			t.Errorf("%.60q: got %v, over a limit: %v, want %v", query, err, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"after", "before", "first", "last", "orderBy", "where"}
	for name, want := range map[string]string{"frist": "first", "orderby": "orderBy", "wheer": "where", "zzz": "", "": "", strings.Repeat("first", 100_000): ""} {
		if got := strings.Join(nearest(name, names), " "); got != want {
			t.Errorf("%.20q: got %q, want %q", name, got, want)
		}
	}
}
