package schema

import (
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// plan is an operation made ready to be run many times: its selections with
// fragments resolved, for each type that they are made on, and how each field is
// read. What is selected on a type that a result may have is worked out when the
// first thing of that type is met.
type plan struct {
	schema    *Schema
	fragments map[string]*ast.FragmentDefinition
	variables map[string]any // of the directives; nil where they read none
	root      *selection
	fields    atomic.Int64 // planned so far
}

// selection is what is selected of things of one type.
type selection struct {
	fields []*planned
}

// planned is one field of a selection.
type planned struct {
	key      string // with quotes and colon
	typename string // of __typename
	reader   reader
	args     arguments
	out      *form

	plan   *plan
	sets   []*ast.SelectionSet
	byType sync.Map // *graphql.Object -> *selection
}

// form is an output type made ready to be written.
type form struct {
	nonNull  bool
	list     *form
	leaf     graphql.Leaf
	names    map[string]string // of an enumeration: token to name
	text     bool              // String or ID
	number   bool              // Int
	object   *graphql.Object
	abstract bool
}

// newPlan makes the plan of an operation, or none where a field is read only by
// graphql-go: introspection, and citations of a whole answer.
func (s *Schema) newPlan(document *ast.Document, operation *ast.OperationDefinition, variables map[string]any) *plan {
	if operation.Operation != ast.OperationTypeQuery {
		return nil
	}
	p := &plan{schema: s, fragments: map[string]*ast.FragmentDefinition{}, variables: variables}
	for _, d := range document.Definitions {
		if f, ok := d.(*ast.FragmentDefinition); ok {
			p.fragments[f.Name.Value] = f
		}
	}
	p.root = p.selection(s.graphql.QueryType(), []*ast.SelectionSet{operation.SelectionSet})
	if p.root == nil {
		return nil
	}
	return p
}

// selection collects what sets select of a type, fields of the same key in one
// (GraphQL, CollectFields). It is nil where a field is not ours.
func (p *plan) selection(on *graphql.Object, sets []*ast.SelectionSet) *selection {
	c := &collector{plan: p, on: on, at: map[string]*planned{}, spread: map[string]bool{}, into: &selection{}}
	for _, set := range sets {
		if !c.collect(set) {
			return nil
		}
	}
	return c.into
}

type collector struct {
	plan   *plan
	on     *graphql.Object
	at     map[string]*planned
	spread map[string]bool
	into   *selection
}

func (c *collector) collect(set *ast.SelectionSet) bool {
	for _, s := range set.Selections {
		switch s := s.(type) {
		case *ast.Field:
			if c.plan.included(s.Directives) && !c.field(s) {
				return false
			}
		case *ast.InlineFragment:
			if c.plan.included(s.Directives) && c.applies(s.TypeCondition) && !c.collect(s.SelectionSet) {
				return false
			}
		case *ast.FragmentSpread:
			f := c.plan.fragments[s.Name.Value]
			if c.spread[s.Name.Value] || f == nil || !c.plan.included(s.Directives) {
				continue
			}
			c.spread[s.Name.Value] = true
			if c.applies(f.TypeCondition) && !c.collect(f.SelectionSet) {
				return false
			}
		}
	}
	return true
}

// applies tells whether a fragment on a type counts for ours. Selections are
// made by several runs at once, and IsPossibleType of graphql-go writes to the
// schema; PossibleTypes does not.
func (c *collector) applies(condition *ast.Named) bool {
	if condition == nil || condition.Name.Value == c.on.Name() {
		return true
	}
	abstract, ok := c.plan.schema.graphql.Type(condition.Name.Value).(graphql.Abstract)
	return ok && slices.Contains(c.plan.schema.graphql.PossibleTypes(abstract), c.on)
}

func (c *collector) field(f *ast.Field) bool {
	k := key(f)
	if known := c.at[k]; known != nil {
		if f.SelectionSet != nil {
			known.sets = append(known.sets, f.SelectionSet)
		}
		return true
	}
	x := &planned{key: strconv.Quote(k) + ":", plan: c.plan}
	c.plan.fields.Add(1)
	if name := f.Name.Value; name == "__typename" {
		x.typename = strconv.Quote(c.on.Name())
	} else {
		definition := c.on.Fields()[name]
		of := c.plan.schema.types[c.on.Name()]
		if definition == nil || of == nil {
			return false
		}
		var ours bool
		if x.reader, ours = of.readers[name]; !ours {
			return false
		}
		x.args, x.out = newArguments(definition, f), c.plan.schema.formOf(definition.Type)
	}
	if f.SelectionSet != nil {
		x.sets = []*ast.SelectionSet{f.SelectionSet}
	}
	c.at[k] = x
	c.into.fields = append(c.into.fields, x)
	return true
}

// included heeds @skip and @include.
func (p *plan) included(list []*ast.Directive) bool {
	return !slices.ContainsFunc(list, func(d *ast.Directive) bool {
		name := d.Name.Value
		if name != "skip" && name != "include" || len(d.Arguments) == 0 {
			return false
		}
		is, given := literal(d.Arguments[0].Value, graphql.Boolean, p.variables).(bool)
		return given && is == (name == "skip")
	})
}

// of is what is selected of a thing of a type; nil where that is not ours.
func (f *planned) of(t *graphql.Object) *selection {
	if s, ok := f.byType.Load(t); ok {
		return s.(*selection)
	}
	s := f.plan.selection(t, f.sets)
	if s != nil {
		f.byType.Store(t, s)
	}
	return s
}

// directed tells whether a directive of a document reads a variable: what is
// selected then depends on it.
func directed(document *ast.Document) bool {
	found := false
	var within func(set *ast.SelectionSet)
	within = func(set *ast.SelectionSet) {
		if set == nil {
			return
		}
		for _, s := range set.Selections {
			var list []*ast.Directive
			switch s := s.(type) {
			case *ast.Field:
				list = s.Directives
				within(s.SelectionSet)
			case *ast.InlineFragment:
				list = s.Directives
				within(s.SelectionSet)
			case *ast.FragmentSpread:
				list = s.Directives
			}
			for _, d := range list {
				for _, a := range d.Arguments {
					found = found || readsVariables(a.Value)
				}
			}
		}
	}
	for _, d := range document.Definitions {
		switch d := d.(type) {
		case *ast.OperationDefinition:
			within(d.SelectionSet)
		case *ast.FragmentDefinition:
			within(d.SelectionSet)
		}
	}
	return found
}

// formOf makes an output type ready; forms are made once a type.
func (s *Schema) formOf(t graphql.Type) *form {
	if known, ok := s.forms.Load(t); ok {
		return known.(*form)
	}
	out := &form{}
	switch t := t.(type) {
	case *graphql.NonNull:
		inner := *s.formOf(t.OfType)
		inner.nonNull = true
		out = &inner
	case *graphql.List:
		out.list = s.formOf(t.OfType)
	case *graphql.Scalar:
		out.leaf, out.text, out.number = t, t == graphql.String || t == graphql.ID, t == graphql.Int
	case *graphql.Enum:
		out.leaf, out.names = t, map[string]string{}
		for _, v := range t.Values() {
			if token, ok := v.Value.(string); ok {
				out.names[token] = strconv.Quote(v.Name)
			}
		}
	case *graphql.Object:
		out.object = t
	default:
		out.abstract = true
	}
	s.forms.Store(t, out)
	return out
}

// composite tells whether a value of a form has fields.
func (s *form) composite() bool {
	for s.list != nil {
		s = s.list
	}
	return s.object != nil || s.abstract
}
