package graphqlhttp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/kinds"
	"github.com/graphql-go/graphql/language/visitor"
)

// rules validate documents (specification of October 2021, section 5):
// graphql-go's where they do what graphql-js does, else ours.
// TestGraphQLJSAgrees compares the two on thousands of documents.
var rules = []graphql.ValidationRuleFn{
	graphql.FragmentsOnCompositeTypesRule,
	graphql.LoneAnonymousOperationRule,
	graphql.NoFragmentCyclesRule,
	graphql.NoUndefinedVariablesRule,
	graphql.NoUnusedFragmentsRule,
	graphql.NoUnusedVariablesRule,
	graphql.ScalarLeafsRule,
	graphql.UniqueFragmentNamesRule,
	graphql.UniqueOperationNamesRule,
	graphql.UniqueVariableNamesRule,
	graphql.VariablesAreInputTypesRule,
	// 5.3.1: names near a wrong one, in a fixed order, whatever its length.
	rule(kinds.Field, knownField),
	// 5.3.2: sees what comes through fragments in fragments.
	rule(kinds.OperationDefinition, overlappingFields),
	// 5.4.1, 5.4.2: null counts as an argument; says which are near or there.
	rule(kinds.Field, fieldArguments),
	// 5.5.1.2, 5.8.2: says which types are near, of those that fit.
	rule(kinds.InlineFragment, inlineFragmentType), rule(kinds.FragmentDefinition, fragmentType), rule(kinds.VariableDefinition, variableType),
	// 5.5.2.1: says which fragments are near.
	rule(kinds.FragmentSpread, knownFragment),
	// 5.5.2.3: an inline fragment without a type is possible in a list, too.
	rule(kinds.InlineFragment, possibleInlineFragment), rule(kinds.FragmentSpread, possibleFragment),
	// 5.6: null, numbers beyond 32 bits, fields given twice at any depth.
	rule(kinds.Argument, argumentValue), rule(kinds.VariableDefinition, defaultValue),
	// 5.7.1 to 5.7.3: a directive stands only once in a place.
	rule(kinds.Field, fieldDirectives), rule(kinds.FragmentSpread, spreadDirectives), rule(kinds.InlineFragment, inlineFragmentDirectives),
	rule(kinds.FragmentDefinition, fragmentDirectives), rule(kinds.OperationDefinition, operationDirectives),
	// 5.8.5: a default that is null allows nothing.
	rule(kinds.OperationDefinition, variablePositions),
}

// validate checks a document against the schema. A valid one is then without
// nulls, which graphql-go's execution does not know.
func validate(schema *graphql.Schema, document *ast.Document) graphql.ValidationResult {
	result := graphql.ValidateDocument(schema, document, rules)
	if result.IsValid {
		withoutNulls(document)
	}
	return result
}

// rule visits the nodes of one kind.
func rule[N ast.Node](kind string, visit func(*place, N)) graphql.ValidationRuleFn {
	return func(v *graphql.ValidationContext) *graphql.ValidationRuleInstance {
		c := &place{v}
		return &graphql.ValidationRuleInstance{VisitorOpts: &visitor.VisitorOptions{KindFuncMap: map[string]visitor.NamedVisitFuncs{
			kind: {Enter: func(p visitor.VisitFuncParams) (string, any) {
				if node, ok := p.Node.(N); ok {
					visit(c, node)
				}
				return visitor.ActionNoChange, nil
			}},
		}}}
	}
}

// place is where in the document and the schema a rule is.
type place struct{ *graphql.ValidationContext }

func (c *place) report(node ast.Node, format string, args ...any) {
	c.ReportError(gqlerrors.NewError(fmt.Sprintf(format, args...), []ast.Node{node}, "", nil, nil, nil))
}

// parent gives the type whose fields are selected, nil if there is none.
func (c *place) parent() graphql.Type {
	switch t := c.ParentType().(type) {
	case *graphql.Object:
		if t != nil {
			return t
		}
	case *graphql.Interface:
		return t
	case *graphql.Union:
		return t
	}
	return nil
}

func knownField(c *place, f *ast.Field) {
	parent := c.parent()
	if parent == nil || c.FieldDef() != nil {
		return
	}
	advice := ""
	name := f.Name.Value
	if having := typesWithField(c.Schema(), parent, name); len(having) > 0 {
		advice = " Did you mean to use an inline fragment on " + orList(having[:min(len(having), 5)]) + "?"
	} else {
		advice = advise(name, fieldNames(parent), "It has")
	}
	c.report(f, "Cannot query field %q on type %q.%s", name, parent.Name(), advice)
}

func fieldNames(t graphql.Type) []string {
	switch t := t.(type) {
	case *graphql.Object:
		return sortedKeys(t.Fields())
	case *graphql.Interface:
		return sortedKeys(t.Fields())
	}
	return nil
}

// typesWithField gives the types that a thing of an abstract type may be and
// that have the field; interfaces before objects.
func typesWithField(schema *graphql.Schema, t graphql.Type, field string) []string {
	if _, ok := t.(*graphql.Object); ok {
		return nil
	}
	var objects, interfaces []string
	for _, o := range schema.PossibleTypes(t.(graphql.Abstract)) {
		if o.Fields()[field] != nil {
			objects = append(objects, o.Name())
		}
		for _, i := range o.Interfaces() {
			if i.Fields()[field] != nil && !slices.Contains(interfaces, i.Name()) {
				interfaces = append(interfaces, i.Name())
			}
		}
	}
	slices.Sort(objects)
	slices.Sort(interfaces)
	return append(interfaces, objects...)
}

func fieldArguments(c *place, f *ast.Field) {
	if def := c.FieldDef(); def != nil {
		where := fmt.Sprintf("field %q", def.Name)
		if parent := c.parent(); parent != nil {
			where = fmt.Sprintf("field \"%s.%s\"", parent.Name(), def.Name)
		}
		arguments(c, f, where, f.Arguments, def.Args)
	}
}

// arguments compares those given with those that there are.
func arguments(c *place, of ast.Node, where string, given []*ast.Argument, defs []*graphql.Argument) {
	seen := map[string]bool{}
	for _, a := range given {
		name := a.Name.Value
		if seen[name] {
			c.report(a, "There can be only one argument named %q.", name)
		}
		seen[name] = true
		if argument(defs, name) == nil {
			c.report(a, "Unknown argument %q on %s.%s", name, where, advise(name, argumentNames(defs), "It takes"))
		}
	}
	for _, name := range argumentNames(defs) {
		def := argument(defs, name)
		if _, required := def.Type.(*graphql.NonNull); required && def.DefaultValue == nil && !seen[name] {
			c.report(of, "The argument %q of type %q is required on %s and not given.", name, def.Type, where)
		}
	}
}

func argument(defs []*graphql.Argument, name string) *graphql.Argument {
	i := slices.IndexFunc(defs, func(d *graphql.Argument) bool { return d.Name() == name })
	if i < 0 {
		return nil
	}
	return defs[i]
}

func argumentNames(defs []*graphql.Argument) []string {
	var names []string
	for _, d := range defs {
		names = append(names, d.Name())
	}
	slices.Sort(names)
	return names
}

func inlineFragmentType(c *place, f *ast.InlineFragment) {
	if f.TypeCondition != nil {
		knownType(c, f.TypeCondition, isComposite)
	}
}

func fragmentType(c *place, f *ast.FragmentDefinition) {
	knownType(c, f.TypeCondition, isComposite)
}

func variableType(c *place, v *ast.VariableDefinition) {
	knownType(c, namedType(v.Type), graphql.IsInputType)
}

func isComposite(t graphql.Type) bool { return graphql.IsCompositeType(t) }

func namedType(t ast.Type) *ast.Named {
	for {
		switch of := t.(type) {
		case *ast.List:
			t = of.Type
		case *ast.NonNull:
			t = of.Type
		default:
			return t.(*ast.Named)
		}
	}
}

func knownType(c *place, n *ast.Named, fits func(graphql.Type) bool) {
	types := c.Schema().TypeMap()
	if types[n.Name.Value] != nil {
		return
	}
	names := slices.DeleteFunc(sortedKeys(types), func(name string) bool { return !fits(types[name]) })
	c.report(n, "Unknown type %q.%s", n.Name.Value, advise(n.Name.Value, names, ""))
}

func knownFragment(c *place, s *ast.FragmentSpread) {
	if c.Fragment(s.Name.Value) != nil {
		return
	}
	var names []string
	for _, d := range c.Document().Definitions {
		if f, ok := d.(*ast.FragmentDefinition); ok {
			names = append(names, f.Name.Value)
		}
	}
	c.report(s, "Unknown fragment %q.%s", s.Name.Value, advise(s.Name.Value, names, ""))
}

func possibleInlineFragment(c *place, f *ast.InlineFragment) {
	if f.TypeCondition != nil {
		possible(c, f, "This fragment", c.Schema().Type(f.TypeCondition.Name.Value))
	}
}

func possibleFragment(c *place, s *ast.FragmentSpread) {
	if f := c.Fragment(s.Name.Value); f != nil {
		possible(c, s, fmt.Sprintf("Fragment %q", s.Name.Value), c.Schema().Type(f.TypeCondition.Name.Value))
	}
}

func possible(c *place, node ast.Node, what string, t graphql.Type) {
	parent := c.parent()
	if parent == nil || t == nil || !graphql.IsCompositeType(t) {
		return
	}
	ours, theirs := objectsOf(c.Schema(), parent), objectsOf(c.Schema(), t)
	if !slices.ContainsFunc(ours, func(name string) bool { return slices.Contains(theirs, name) }) {
		c.report(node, "%s cannot stand here: what is of type %q is never of type %q.", what, parent.Name(), t.Name())
	}
}

func objectsOf(schema *graphql.Schema, t graphql.Type) []string {
	if _, ok := t.(*graphql.Object); ok {
		return []string{t.Name()}
	}
	var names []string
	for _, o := range schema.PossibleTypes(t.(graphql.Abstract)) {
		names = append(names, o.Name())
	}
	return names
}

func fieldDirectives(c *place, f *ast.Field) {
	directives(c, f.Directives, graphql.DirectiveLocationField)
}

func spreadDirectives(c *place, s *ast.FragmentSpread) {
	directives(c, s.Directives, graphql.DirectiveLocationFragmentSpread)
}

func inlineFragmentDirectives(c *place, f *ast.InlineFragment) {
	directives(c, f.Directives, graphql.DirectiveLocationInlineFragment)
}

func fragmentDirectives(c *place, f *ast.FragmentDefinition) {
	directives(c, f.Directives, graphql.DirectiveLocationFragmentDefinition)
}

func operationDirectives(c *place, o *ast.OperationDefinition) {
	directives(c, o.Directives, strings.ToUpper(o.Operation))
}

// directives checks those of one place, none of which may stand there twice.
func directives(c *place, list []*ast.Directive, location string) {
	seen := map[string]bool{}
	for _, d := range list {
		name := d.Name.Value
		def := c.Schema().Directive(name)
		if def == nil {
			c.report(d, "Unknown directive \"@%s\".%s", name, advise("@"+name, placeable(c.Schema()), "There are"))
			continue
		}
		if !slices.Contains(def.Locations, location) {
			c.report(d, "The directive \"@%s\" may not stand on %s.", name, location)
		}
		if seen[name] {
			c.report(d, "The directive \"@%s\" may stand only once in a place.", name)
		}
		seen[name] = true
		arguments(c, d, fmt.Sprintf("directive \"@%s\"", name), d.Arguments, def.Args)
	}
}

// placeable gives the directives that may stand in a query.
func placeable(schema *graphql.Schema) []string {
	var names []string
	for _, d := range schema.Directives() {
		if slices.Contains(d.Locations, graphql.DirectiveLocationField) {
			names = append(names, "@"+d.Name)
		}
	}
	slices.Sort(names)
	return names
}
