package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/seeds/seedstest"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
)

var executed = flag.Int("executed", 600, "how many made-up documents our executor and graphql-go both run")

// Our executor gives what graphql-go gives, for thousands of documents made of
// the schema: fragments, aliases, directives, variables, unions, connections. It
// does so itself: a document that it leaves to graphql-go is a failure here.
//
//	go test ./schema -run Executor -executed 50000 -seed 2
func TestExecutorAgrees(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	snap := seedstest.Snapshot(t)
	g := &maker{rand: rand.New(rand.NewPCG(uint64(*seed), 1)), schema: s.GraphQL(), snap: snap}
	ran, failed := 0, 0
	for i := 0; ran < *executed && !t.Failed(); i++ {
		text, variables := g.document()
		document, err := parser.Parse(parser.ParseParams{Source: text})
		if err != nil {
			t.Fatalf("the maker made what is no document: %v\n%s", err, text)
		}
		if v := graphql.ValidateDocument(s.GraphQL(), document, nil); !v.IsValid {
			if i > 100 && i > 2*ran {
				t.Fatalf("of %d documents %d were valid; the last is not: %v\n%s", i, ran, v.Errors, text)
			}
			continue
		}
		ran++
		if !compareExecutors(t, s, snap, text, document, variables) {
			failed++
		}
	}
	if failed > ran/10 {
		t.Errorf("%d of %d documents end in errors", failed, ran)
	}
}

// compareExecutors tells whether the document gave an answer without errors.
func compareExecutors(t *testing.T, s *schema.Schema, snap *index.Snapshot, text string, document *ast.Document, variables map[string]any) bool {
	t.Helper()
	want, report := s.Execute(t.Context(), snap, document, "", variables)
	var operation *ast.OperationDefinition
	for _, d := range document.Definitions {
		if o, ok := d.(*ast.OperationDefinition); ok {
			operation = o
		}
	}
	ready := s.Operation(document, operation)
	before := s.Runs().FellBack.Load()
	got, err := ready.Run(t.Context(), snap, variables)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(want.Errors) > 0 {
		if codes(want.Errors) != codes(got.Errors) {
			t.Errorf("graphql-go finds %v, we %v\n%s\n%v", want.Errors, got.Errors, text, variables)
		}
		return false
	}
	if s.Runs().FellBack.Load() != before {
		t.Errorf("was left to graphql-go:\n%s\n%v", text, variables)
	}
	raw, err := json.Marshal(want.Data)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := decoded(t, raw), decoded(t, got.Data); !reflect.DeepEqual(a, b) {
		t.Errorf("graphql-go: %s\nours: %s\n%s\n%v", raw, got.Data, text, variables)
	}
	if !slices.Equal(report.Notes, got.Notes) {
		t.Errorf("notes: graphql-go %q, ours %q\n%s", report.Notes, got.Notes, text)
	}
	again, _ := ready.Run(t.Context(), snap, variables)
	if !bytes.Equal(got.Data, again.Data) {
		t.Errorf("a second run differs:\n%s\n%s\n%s", got.Data, again.Data, text)
	}
	return true
}

// codes are the different codes of errors.
func codes(list []gqlerrors.FormattedError) string {
	var out []string
	for _, e := range list {
		code, _ := schema.Cause(e)
		out = append(out, code)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

func decoded(t *testing.T, raw []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v: %.300s", err, raw)
	}
	return v
}

// All worked examples are run by our executor but those that need graphql-go.
func TestExamplesAreOurs(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("examples/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no examples", err)
	}
	var left []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		query := regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(string(text), "") // its parser takes comments for bytes
		document, err := parser.Parse(parser.ParseParams{Source: query})
		if err != nil {
			t.Fatal(err)
		}
		before := s.Runs().FellBack.Load()
		if _, err := s.Operation(document, document.Definitions[0].(*ast.OperationDefinition)).Run(t.Context(), seedstest.Snapshot(t), nil); err != nil {
			t.Fatal(err)
		}
		if s.Runs().FellBack.Load() != before {
			left = append(left, filepath.Base(file))
		}
	}
	for _, file := range left {
		text, _ := os.ReadFile(filepath.Join("examples", file))
		if !bytes.Contains(text, []byte("cite(")) && !bytes.Contains(text, []byte("cite\n")) && !bytes.Contains(text, []byte("__")) {
			t.Errorf("%s was left to graphql-go", file)
		}
	}
}

// The fields of an answer stand in the order in which they are asked for, those
// of fragments in their place.
func TestOrderOfFields(t *testing.T) {
	s, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		`{ b: actor(id: "actor/kisa") { name id } a: stats { __typename } }`:                                                    `{"b":{"name":"`,
		`{ node(id: "actor/kisa") { ... on Person { name } id ...A name } } fragment A on Actor { kind id }`:                    `{"node":{"id":"actor/kisa","kind":"AGENCY","name":"`,
		`{ actor(id: "actor/kisa") { kind } x: actor(id: "actor/nobody-at-all") { name } actor(id: "actor/kisa") { id kind } }`: `{"actor":{"kind":"AGENCY","id":"actor/kisa"},"x":null}`,
	} {
		document, err := parser.Parse(parser.ParseParams{Source: query})
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Operation(document, document.Definitions[0].(*ast.OperationDefinition)).Run(t.Context(), seedstest.Snapshot(t), nil)
		if err != nil || !strings.HasPrefix(string(a.Data), want) {
			t.Errorf("%s\ngives %s, want %s…; %v", query, a.Data, want, err)
		}
	}
}

// maker makes valid documents of a schema.
type maker struct {
	rand   *rand.Rand
	schema *graphql.Schema
	snap   *index.Snapshot

	variables map[string]any
	declared  []string
	fragments []string
	finished  map[graphql.Type][]string // names of fragments on a type
	aliases   int
}

func (m *maker) chance(n int) bool { return m.rand.IntN(n) == 0 }

func (m *maker) document() (string, map[string]any) {
	m.variables, m.declared, m.fragments, m.aliases = map[string]any{}, nil, nil, 0
	m.finished = map[graphql.Type][]string{}
	body := m.set(m.schema.QueryType(), 4)
	head := "query"
	if len(m.declared) > 0 {
		head += "(" + strings.Join(m.declared, ", ") + ")"
	}
	return head + " " + body + "\n" + strings.Join(m.fragments, "\n"), m.variables
}

// set makes a selection set on a type.
func (m *maker) set(t graphql.Type, depth int) string {
	var parts []string
	for range 1 + m.rand.IntN(4) {
		switch {
		case m.chance(12):
			parts = append(parts, m.alias()+"__typename")
		case depth > 1 && m.chance(8):
			inner := m.below(t)
			parts = append(parts, "... on "+inner.Name()+m.directive()+" "+m.set(inner, depth-1))
		case depth > 1 && m.chance(12):
			inner := m.below(t)
			name := fmt.Sprintf("F%d", len(m.fragments))
			m.fragments = append(m.fragments, "") // its place
			m.fragments[slices.Index(m.fragments, "")] = "#" + name
			body := m.set(inner, depth-1)
			for i, f := range m.fragments {
				if f == "#"+name {
					m.fragments[i] = "fragment " + name + " on " + inner.Name() + " " + body
				}
			}
			m.finished[inner] = append(m.finished[inner], name)
			parts = append(parts, "..."+name+m.directive())
		case len(m.finished) > 0 && m.chance(4): // a fragment once more
			if names := m.finished[m.below(t)]; len(names) > 0 {
				parts = append(parts, "..."+names[m.rand.IntN(len(names))]+m.directive())
			}
		default:
			if f := m.field(t, depth); f != "" {
				parts = append(parts, f)
			}
		}
	}
	if len(parts) == 0 || !slices.ContainsFunc(parts, func(p string) bool { return !strings.HasPrefix(p, "...") }) {
		parts = append(parts, m.alias()+"__typename")
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// below gives a type that a fragment on t may have: itself, one of its own, or
// an abstract one that it shares things with.
func (m *maker) below(t graphql.Type) graphql.Type {
	var possible []graphql.Type
	if abstract, ok := t.(graphql.Abstract); ok {
		for _, o := range m.schema.PossibleTypes(abstract) {
			possible = append(possible, o)
		}
	}
	if m.chance(3) || len(possible) == 0 {
		possible = []graphql.Type{t}
		for _, name := range []string{"Node", "Entity", "StatementObject"} {
			if other := m.schema.Type(name); m.overlap(other.(graphql.Abstract), t) {
				possible = append(possible, other)
			}
		}
	}
	slices.SortFunc(possible, func(a, b graphql.Type) int { return strings.Compare(a.Name(), b.Name()) })
	return possible[m.rand.IntN(len(possible))]
}

// overlap tells whether a thing may be of both types.
func (m *maker) overlap(abstract graphql.Abstract, t graphql.Type) bool {
	return slices.ContainsFunc(m.schema.PossibleTypes(abstract), func(o *graphql.Object) bool {
		other, ok := t.(graphql.Abstract)
		return o == t || ok && slices.Contains(m.schema.PossibleTypes(other), o)
	})
}

// alias is one that nothing else has, so that no two fields are in conflict;
// seldom none.
func (m *maker) alias() string {
	m.aliases++
	return fmt.Sprintf("k%d: ", m.aliases)
}

func (m *maker) directive() string {
	out := ""
	for _, name := range []string{"skip", "include"} {
		switch {
		case !m.chance(10):
		case m.chance(2):
			out += fmt.Sprintf(" @%s(if: %t)", name, m.chance(2))
		default:
			out += fmt.Sprintf(" @%s(if: %s)", name, m.variable(graphql.NewNonNull(graphql.Boolean), "", m.chance(2)))
		}
	}
	return out
}

// variable declares a variable of a type with a value; seldom one that may be
// null and is, or is not given, and has a default.
func (m *maker) variable(t graphql.Type, name string, v any) string {
	variable := fmt.Sprintf("$v%d", len(m.declared))
	required, isRequired := t.(*graphql.NonNull)
	declared := variable + ": " + t.String()
	if list, ok := v.([]any); ok && len(list) == 1 && m.chance(2) {
		v = list[0] // a list of one
	}
	m.variables[variable[1:]] = v
	if isRequired && m.chance(3) || !isRequired && m.chance(2) {
		if isRequired {
			declared = variable + ": " + required.OfType.String()
		}
		if isRequired || m.chance(2) {
			declared += " = " + m.literal(t, m.value(t, name, 1), name, false)
		}
		switch m.rand.IntN(3) {
		case 0:
			m.variables[variable[1:]] = nil
		case 1:
			delete(m.variables, variable[1:])
		}
	}
	m.declared = append(m.declared, declared)
	return variable
}

func (m *maker) field(t graphql.Type, depth int) string {
	var all graphql.FieldDefinitionMap
	switch t := t.(type) {
	case *graphql.Object:
		all = t.Fields()
	case *graphql.Interface:
		all = t.Fields()
	default:
		return ""
	}
	var names []string
	for name, f := range all {
		if slices.Contains([]string{"cite", "compare", "paths", "network", "communities"}, name) || depth <= 1 && !isLeaf(f.Type) {
			continue // a citation is left to graphql-go, compare wants identifiers of events, the others take long
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	f := all[names[m.rand.IntN(len(names))]]
	out := f.Name
	if !m.chance(3) || len(f.Args) > 0 {
		out = m.alias() + out
	}
	var args []string
	for _, a := range f.Args {
		_, required := a.Type.(*graphql.NonNull)
		if (a.Name() == "first" && m.chance(8) == false) || required || m.chance(5) {
			if a.Name() == "after" || a.Name() == "before" {
				continue
			}
			args = append(args, a.Name()+": "+m.argument(a.Type, a.Name()))
		}
	}
	slices.Sort(args)
	if len(args) > 1 && strings.HasPrefix(args[0], "first") && !m.chance(10) { // with last it is an error
		args = slices.DeleteFunc(args, func(a string) bool { return strings.HasPrefix(a, "last") })
	}
	if len(args) > 0 {
		out += "(" + strings.Join(args, ", ") + ")"
	}
	if isLeaf(f.Type) {
		return out + m.directive()
	}
	whole := out + m.directive() + " " + m.set(namedType(f.Type), depth-1)
	if m.chance(6) { // what is selected of it in another place is joined
		whole += " ... on " + t.Name() + m.directive() + " { " + out + m.directive() + " " + m.set(namedType(f.Type), depth-1) + " }"
	}
	return whole
}

func namedType(t graphql.Type) graphql.Type {
	for {
		switch w := t.(type) {
		case *graphql.NonNull:
			t = w.OfType
		case *graphql.List:
			t = w.OfType
		default:
			return t
		}
	}
}

func isLeaf(t graphql.Type) bool {
	_, ok := namedType(t).(graphql.Leaf)
	return ok
}

// argument is a value as a literal or a variable.
func (m *maker) argument(t graphql.Type, name string) string {
	return m.literal(t, m.value(t, name, 2), name, true)
}

// value makes a value of a type, as JSON has it.
func (m *maker) value(t graphql.Type, name string, depth int) any {
	switch t := t.(type) {
	case *graphql.NonNull:
		return m.value(t.OfType, name, depth)
	case *graphql.List:
		out := []any{}
		for range m.rand.IntN(3) {
			out = append(out, m.value(t.OfType, name, depth))
		}
		return out
	case *graphql.Enum:
		values := t.Values()
		all := make([]string, len(values))
		for i, v := range values {
			all[i] = v.Name
		}
		slices.Sort(all)
		return all[m.rand.IntN(len(all))]
	case *graphql.InputObject:
		out := map[string]any{}
		fields := t.Fields()
		var all []string
		for f := range fields {
			all = append(all, f)
		}
		slices.Sort(all)
		for _, f := range all {
			_, required := fields[f].Type.(*graphql.NonNull)
			_, object := namedType(fields[f].Type).(*graphql.InputObject)
			if required || m.chance(len(all)) && (depth > 0 || !object) {
				out[f] = m.value(fields[f].Type, f, depth-1)
			}
		}
		return out
	}
	switch {
	case t == graphql.Boolean:
		return m.chance(2)
	case t == graphql.Int:
		return float64(1 + m.rand.IntN(4))
	case t == graphql.Float:
		return m.rand.Float64()
	case t == graphql.ID:
		return m.id()
	case name == "from" || name == "to" || name == "during" || name == "at":
		return fmt.Sprint(2010 + m.rand.IntN(15))
	}
	return []string{"KISA", "EEAS", "cyber", "Japan", "capacity building", "사이버", "no such thing"}[m.rand.IntN(7)]
}

func (m *maker) id() string {
	lists := [][]string{idsOf(m.snap.Events), idsOf(m.snap.Actors), idsOf(m.snap.People), idsOf(m.snap.Topics), idsOf(m.snap.Series), idsOf(m.snap.Places), {"actor/kisa", "event/none"}}
	list := lists[m.rand.IntN(len(lists))]
	return list[m.rand.IntN(len(list))]
}

func idsOf[T index.Thing](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x.NodeID())
	}
	return out
}

// literal is a value as a literal, with variables in it or in place of it; a list
// of one is seldom the one.
func (m *maker) literal(t graphql.Type, v any, name string, variables bool) string {
	if variables && m.chance(5) {
		return m.variable(t, name, v)
	}
	if required, ok := t.(*graphql.NonNull); ok {
		t = required.OfType
	}
	switch t := t.(type) {
	case *graphql.List:
		var parts []string
		for _, x := range v.([]any) {
			parts = append(parts, m.literal(t.OfType, x, name, variables))
		}
		if len(parts) == 1 && parts[0][0] != '$' && m.chance(3) {
			return parts[0]
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *graphql.Enum:
		return v.(string)
	case *graphql.InputObject:
		given := v.(map[string]any)
		var parts []string
		for _, f := range slices.Sorted(maps.Keys(given)) {
			parts = append(parts, f+": "+m.literal(t.Fields()[f].Type, given[f], f, variables))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}
