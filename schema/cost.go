package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// Cost is what an operation may come to, told before it runs: roughly its work
// in tenths of a microsecond on the graph of the built-in records. It follows the GraphQL cost directives
// (@cost, @listSize): a field costs its weight; a list costs its items, and
// each item what is selected in it.
type Cost struct {
	Total int64
	// Heaviest is the list that most of the cost comes from, as a path of the
	// operation's fields; "" where there is no list.
	Heaviest string
	// Fixed tells that no variable matters.
	Fixed bool
}

// fieldCost is what the declaration of a field says of its cost. A list without
// a size counts with assumedSize; a connection with what its arguments ask for.
type fieldCost struct {
	weight int64
	size   int64
	sizeBy string // the argument whose length is the size of the list
}

const (
	assumedSize         = 5
	introspectionFactor = 8           // graphql-go reads the schema more slowly than we read the graph
	costCeiling         = int64(1e15) // sums stop here
)

// cost is what is declared of the cost of a field.
func (t types) cost(on, field string) fieldCost {
	if of := t[on]; of != nil {
		return of.costs[field]
	}
	return fieldCost{}
}

// weighs declares what a field costs beside what is selected in it.
func (t *typ) weighs(name string, weight int64) *typ {
	c := t.costs[name]
	c.weight = weight
	t.costs[name] = c
	return t
}

// holds declares about how many items a list without paging has.
func (t *typ) holds(size int64, names ...string) *typ {
	for _, name := range names {
		c := t.costs[name]
		c.size = size
		t.costs[name] = c
	}
	return t
}

// sizedBy declares that a list has as many items as an argument, each of which
// costs the field's weight.
func (t *typ) sizedBy(name, argument string) *typ {
	c := t.costs[name]
	c.sizeBy = argument
	t.costs[name] = c
	return t
}

// Cost tells what an operation of a valid document costs with these variables.
func (s *Schema) Cost(document *ast.Document, operation *ast.OperationDefinition, variables map[string]any) Cost {
	e := &estimate{schema: s, variables: variables, defaults: map[string]ast.Value{}, fragments: map[string]*ast.FragmentDefinition{}, known: map[fragmentSize]weighed{}}
	for _, d := range document.Definitions {
		if f, ok := d.(*ast.FragmentDefinition); ok {
			e.fragments[f.Name.Value] = f
		}
	}
	for _, v := range operation.VariableDefinitions {
		e.defaults[v.Variable.Name.Value] = v.DefaultValue
	}
	w := e.set(operation.SelectionSet, s.graphql.QueryType(), 1)
	return Cost{w.cost, strings.Join(w.path, "."), !e.asked}
}

type estimate struct {
	schema    *Schema
	variables map[string]any
	defaults  map[string]ast.Value
	fragments map[string]*ast.FragmentDefinition
	known     map[fragmentSize]weighed
	asked     bool // for the value of a variable
}

type fragmentSize struct {
	name string
	size int64
}

// weighed is a cost and the path to the list that most of it comes from.
type weighed struct {
	cost int64
	path []string
	most int64 // of one part
}

func (w *weighed) add(part weighed) {
	w.cost = min(w.cost+part.cost, costCeiling)
	if part.cost > w.most && len(part.path) > 0 {
		w.most, w.path = part.cost, part.path
	}
}

func times(a, b int64) int64 {
	if a > 0 && b > costCeiling/a {
		return costCeiling
	}
	return a * b
}

// set weighs a selection set on a type. A connection has so many items.
func (e *estimate) set(set *ast.SelectionSet, on graphql.Type, items int64) weighed {
	var total weighed
	if set == nil {
		return total
	}
	for _, s := range set.Selections {
		if !e.included(s) {
			continue
		}
		switch s := s.(type) {
		case *ast.Field:
			total.add(e.field(s, on, items))
		case *ast.InlineFragment:
			inner := on
			if s.TypeCondition != nil {
				inner = e.schema.graphql.Type(s.TypeCondition.Name.Value)
			}
			total.add(e.set(s.SelectionSet, inner, items))
		case *ast.FragmentSpread:
			total.add(e.fragment(s.Name.Value, items))
		}
	}
	return total
}

func (e *estimate) fragment(name string, items int64) weighed {
	key := fragmentSize{name, items}
	if w, ok := e.known[key]; ok {
		return w
	}
	var w weighed
	if f := e.fragments[name]; f != nil {
		w = e.set(f.SelectionSet, e.schema.graphql.Type(f.TypeCondition.Name.Value), items)
	}
	e.known[key] = w
	return w
}

// field weighs one field: its weight, and for each item what is selected in it.
func (e *estimate) field(f *ast.Field, on graphql.Type, items int64) weighed {
	def := fieldOf(on, f.Name.Value, e.schema)
	if def == nil {
		return weighed{}
	}
	cost := e.schema.types.cost(on.Name(), f.Name.Value)
	named, isList := shape(def.Type)
	size := int64(1)
	switch {
	case isList && cost.sizeBy == "" && isConnection(on):
		size = items
	case isList && cost.sizeBy != "":
		size = e.length(f, cost.sizeBy)
	case isList && cost.size > 0:
		size = cost.size
	case isList:
		size = introspectionSize(on.Name(), f.Name.Value)
	}
	within := int64(1)
	if isConnection(named) {
		within = e.slice(f, def)
	}
	inner := e.set(f.SelectionSet, named, within)
	if f.SelectionSet != nil {
		inner.cost = min(inner.cost+1, costCeiling) // the thing itself
	}
	weight := cost.weight
	if isList && cost.sizeBy != "" {
		weight = times(size, weight)
	}
	if def == graphql.SchemaMetaFieldDef || def == graphql.TypeMetaFieldDef {
		inner.cost = times(inner.cost, introspectionFactor)
	}
	out := weighed{cost: min(weight+times(size, inner.cost), costCeiling)}
	if len(inner.path) > 0 || isList || isConnection(named) {
		out.path = append([]string{key(f)}, inner.path...)
	}
	return out
}

func key(f *ast.Field) string {
	if f.Alias != nil {
		return f.Alias.Value
	}
	return f.Name.Value
}

// fieldOf finds the declaration of a field, those of introspection included.
func fieldOf(on graphql.Type, name string, s *Schema) *graphql.FieldDefinition {
	switch t := on.(type) {
	case *graphql.Object:
		switch {
		case name == "__schema" && t == s.graphql.QueryType():
			return graphql.SchemaMetaFieldDef
		case name == "__type" && t == s.graphql.QueryType():
			return graphql.TypeMetaFieldDef
		}
		return t.Fields()[name]
	case *graphql.Interface:
		return t.Fields()[name]
	}
	return nil
}

// shape is the type without its wrappings, and whether it is a list.
func shape(t graphql.Type) (named graphql.Type, isList bool) {
	for {
		switch w := t.(type) {
		case *graphql.NonNull:
			t = w.OfType
		case *graphql.List:
			t, isList = w.OfType, true
		default:
			return t, isList
		}
	}
}

func isConnection(t graphql.Type) bool {
	o, ok := t.(*graphql.Object)
	return ok && strings.HasSuffix(o.Name(), "Connection")
}

// introspectionSize is the size of a list that nothing is declared of. Those of
// introspection are counted by this schema.
func introspectionSize(on, field string) int64 {
	switch {
	case on == "__Schema" && field == "types":
		return 120
	case on == "__Type" && field == "fields":
		return 12
	case on == "__Type" && field == "enumValues", on == "__Type" && field == "possibleTypes":
		return 4
	case strings.HasPrefix(on, "__"):
		return 2
	}
	return assumedSize
}

// slice is how many items a connection is asked for.
func (e *estimate) slice(f *ast.Field, def *graphql.FieldDefinition) int64 {
	for _, name := range []string{"last", "first"} {
		if v := argument(f, name); v != nil {
			if n, ok := e.number(v); ok {
				return max(n, 0)
			}
		}
	}
	for _, a := range def.Args {
		if n, ok := a.DefaultValue.(int); ok && a.Name() == "first" {
			return int64(n)
		}
	}
	return assumedSize
}

func argument(f *ast.Field, name string) ast.Value {
	for _, a := range f.Arguments {
		if a.Name.Value == name {
			return a.Value
		}
	}
	return nil
}

func (e *estimate) number(v ast.Value) (int64, bool) {
	switch v := v.(type) {
	case *ast.IntValue:
		n, err := strconv.ParseInt(v.Value, 10, 64)
		return n, err == nil
	case *ast.Variable:
		e.asked = true
		if n, ok := graphql.Int.ParseValue(e.variables[v.Name.Value]).(int); ok { // "3" is 3 to graphql-go
			return int64(n), true
		}
		if d := e.defaults[v.Name.Value]; d != nil {
			return e.number(d)
		}
	}
	return 0, false
}

// length is the number of items of a list argument.
func (e *estimate) length(f *ast.Field, name string) int64 {
	switch v := argument(f, name).(type) {
	case *ast.ListValue:
		return int64(len(v.Values))
	case *ast.Variable:
		e.asked = true
		if list, ok := e.variables[v.Name.Value].([]any); ok {
			return int64(len(list))
		}
	}
	return 1
}

// included heeds @skip and @include.
func (e *estimate) included(s ast.Selection) bool {
	var list []*ast.Directive
	switch s := s.(type) {
	case *ast.Field:
		list = s.Directives
	case *ast.InlineFragment:
		list = s.Directives
	case *ast.FragmentSpread:
		list = s.Directives
	}
	return !slices.ContainsFunc(list, func(d *ast.Directive) bool {
		if len(d.Arguments) == 0 {
			return false
		}
		is, known := e.boolean(d.Arguments[0].Value)
		return known && (d.Name.Value == "skip" && is || d.Name.Value == "include" && !is)
	})
}

func (e *estimate) boolean(v ast.Value) (is, known bool) {
	switch v := v.(type) {
	case *ast.BooleanValue:
		return v.Value, true
	case *ast.Variable:
		e.asked = true
		if given := e.variables[v.Name.Value]; given != nil { // "" is false to graphql-go
			b, ok := graphql.Boolean.ParseValue(given).(bool)
			return b, ok
		}
		if d := e.defaults[v.Name.Value]; d != nil {
			return e.boolean(d)
		}
	}
	return false, false
}
