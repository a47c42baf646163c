package graphqlhttp

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

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
