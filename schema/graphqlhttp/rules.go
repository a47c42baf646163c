package graphqlhttp

import (
	"fmt"
	"math"
	"slices"
	"strconv"
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

func argumentValue(c *place, a *ast.Argument) {
	if def := c.Argument(); def != nil {
		checkValue(c, def.Type, a.Value)
	}
}

func defaultValue(c *place, v *ast.VariableDefinition) {
	if t := c.InputType(); v.DefaultValue != nil && t != nil && graphql.IsInputType(t) {
		checkValue(c, t, v.DefaultValue)
	}
}

// checkValue reports what in a value its type does not allow. Variables are
// looked at where they are defined.
func checkValue(c *place, t graphql.Input, value ast.Value) {
	if _, ok := value.(*ast.Variable); ok {
		return
	}
	if required, ok := t.(*graphql.NonNull); ok {
		if isNull(value) {
			c.report(value, "A value of type %q is expected here; null is none.", t)
			return
		}
		t, _ = required.OfType.(graphql.Input)
	}
	if isNull(value) {
		return
	}
	switch t := t.(type) {
	case *graphql.List:
		of, _ := t.OfType.(graphql.Input)
		values := []ast.Value{value} // a single value stands for a list of one
		if list, ok := value.(*ast.ListValue); ok {
			values = list.Values
		}
		for _, v := range values {
			checkValue(c, of, v)
		}
	case *graphql.InputObject:
		checkObject(c, t, value)
	case *graphql.Enum:
		checkEnum(c, t, value)
	case *graphql.Scalar:
		checkScalar(c, t, value)
	}
}

func checkObject(c *place, t *graphql.InputObject, value ast.Value) {
	object, ok := value.(*ast.ObjectValue)
	if !ok {
		c.report(value, "%s is an input object, such as {%s: …}, not %s.", t.Name(), sortedKeys(t.Fields())[0], written(value))
		return
	}
	seen := map[string]bool{}
	for _, f := range object.Fields {
		name := f.Name.Value
		if seen[name] {
			c.report(f, "There can be only one input field named %q.", name)
		}
		seen[name] = true
		def := t.Fields()[name]
		if def == nil {
			c.report(f, "Unknown input field %q of %s.%s", name, t.Name(), advise(name, sortedKeys(t.Fields()), "It has"))
			continue
		}
		checkValue(c, def.Type, f.Value)
	}
	for _, name := range sortedKeys(t.Fields()) {
		def := t.Fields()[name]
		if _, required := def.Type.(*graphql.NonNull); required && def.DefaultValue == nil && !seen[name] {
			c.report(value, "The input field %q of type %q is required in %s and not given.", name, def.Type, t.Name())
		}
	}
}

func checkEnum(c *place, t *graphql.Enum, value ast.Value) {
	var names []string
	for _, v := range t.Values() {
		names = append(names, v.Name)
	}
	slices.Sort(names)
	switch v := value.(type) {
	case *ast.EnumValue:
		if !slices.Contains(names, v.Value) {
			c.report(value, "%q is not a value of %s.%s", v.Value, t.Name(), advise(v.Value, names, "Its values are"))
		}
	case *ast.StringValue:
		advice := " Write " + v.Value + " without quotes."
		if !slices.Contains(names, v.Value) {
			advice = advise(v.Value, names, "Its values are")
		}
		c.report(value, "The text %s is not a value of %s.%s", written(value), t.Name(), advice)
	default:
		c.report(value, "%s is not a value of %s.%s", written(value), t.Name(), advise("", names, "Its values are"))
	}
}

// checkScalar holds Int to 32 bits (3.5.1), which graphql-go reads into 64.
func checkScalar(c *place, t *graphql.Scalar, value ast.Value) {
	if v, ok := value.(*ast.IntValue); ok && t.Name() == graphql.Int.Name() {
		if n, err := strconv.ParseInt(v.Value, 10, 64); err != nil || n < math.MinInt32 || n > math.MaxInt32 {
			c.report(value, "%s is not an Int, which has 32 bits: from %d to %d.", v.Value, math.MinInt32, math.MaxInt32)
		}
		return
	}
	if t.ParseLiteral(value) == nil {
		c.report(value, "%s%s, not %s.", t.Name(), scalarForms[t.Name()], written(value))
	}
}

var scalarForms = map[string]string{
	"Int": " is a whole number without quotes", "Float": " is a number without quotes", "Boolean": " is true or false",
	"String": " is a text in double quotes", "ID": " is a text in double quotes",
}

// written says what a value is, shortly.
func written(value ast.Value) string {
	switch v := value.(type) {
	case *ast.ListValue:
		return "a list"
	case *ast.ObjectValue:
		return "an input object"
	case *ast.StringValue:
		if len(v.Value) > 40 {
			return "a text"
		}
		return fmt.Sprintf("%q", v.Value)
	case *ast.BooleanValue:
		return strconv.FormatBool(v.Value)
	}
	return fmt.Sprint(value.GetValue())
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

func variablePositions(c *place, o *ast.OperationDefinition) {
	defined := map[string]*ast.VariableDefinition{}
	for _, v := range o.VariableDefinitions {
		defined[v.Variable.Name.Value] = v
	}
	for _, use := range c.RecursiveVariableUsages(o) {
		v := defined[use.Node.Name.Value]
		if v == nil || use.Type == nil {
			continue
		}
		given, wanted := typeOf(c.Schema(), v.Type), graphql.Type(use.Type)
		if given == nil {
			continue
		}
		if required, ok := wanted.(*graphql.NonNull); ok && v.DefaultValue != nil && !isNull(v.DefaultValue) {
			wanted = required.OfType
		}
		if !fits(given, wanted) {
			c.report(use.Node, "The variable \"$%s\" is of type %q; here one of type %q is expected.", use.Node.Name.Value, given, use.Type)
		}
	}
}

// typeOf gives the type that a variable is defined with, nil if unknown.
func typeOf(schema *graphql.Schema, t ast.Type) graphql.Type {
	switch t := t.(type) {
	case *ast.NonNull:
		if of := typeOf(schema, t.Type); of != nil {
			return graphql.NewNonNull(of)
		}
	case *ast.List:
		if of := typeOf(schema, t.Type); of != nil {
			return graphql.NewList(of)
		}
	case *ast.Named:
		return schema.Type(t.Name.Value)
	}
	return nil
}

// fits tells whether a variable of one type may stand where another is wanted.
func fits(given, wanted graphql.Type) bool {
	givenNonNull, required := given.(*graphql.NonNull)
	if wanted, ok := wanted.(*graphql.NonNull); ok {
		return required && fits(givenNonNull.OfType, wanted.OfType)
	}
	if required {
		return fits(givenNonNull.OfType, wanted)
	}
	givenList, isList := given.(*graphql.List)
	if wanted, ok := wanted.(*graphql.List); ok {
		return isList && fits(givenList.OfType, wanted.OfType)
	}
	return given == wanted
}
