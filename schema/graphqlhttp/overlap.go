package graphqlhttp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
)

// overlap finds fields that would stand under one name in an answer and are not
// the same (5.3.2). graphql-go compares them in pairs and does not see all that
// come through fragments in fragments; here all that may meet are compared as a
// group, by what they ask for and by their types.
type overlap struct {
	c        *place
	asked    map[*ast.Field]string // what a field asks for, as a text
	reported map[*ast.Field]bool
	work     int
}

// maxOverlap bounds how many fields are compared. The types of nested fragments
// multiply, which only a query made for it will notice.
const maxOverlap = 30_000

// meeting is a field and the type that it is selected on; the definition is nil
// if there is none.
type meeting struct {
	field  *ast.Field
	def    *graphql.FieldDefinition
	parent graphql.Type
}

func overlappingFields(c *place, o *ast.OperationDefinition) {
	root := graphql.Type(c.Schema().QueryType())
	if o.Operation != ast.OperationTypeQuery {
		return // there are no others
	}
	v := &overlap{c: c, asked: map[*ast.Field]string{}, reported: map[*ast.Field]bool{}}
	fields := v.collect(nil, o.SelectionSet, root, map[string]bool{})
	v.sameRequests(fields)
	v.sameTypes(fields)
	if v.work > maxOverlap {
		c.report(o, "The fragments of this query overlap in too many ways to compare. Give fields aliases, or ask in several queries.")
	}
}

// collect adds the fields of a selection, fragments written out once.
func (v *overlap) collect(to []meeting, set *ast.SelectionSet, parent graphql.Type, seen map[string]bool) []meeting {
	if set == nil {
		return to
	}
	for _, s := range set.Selections {
		switch s := s.(type) {
		case *ast.Field:
			v.work++
			to = append(to, meeting{s, v.definition(parent, s), parent})
		case *ast.InlineFragment:
			on := parent
			if s.TypeCondition != nil {
				on = v.c.Schema().Type(s.TypeCondition.Name.Value)
			}
			to = v.collect(to, s.SelectionSet, on, seen)
		case *ast.FragmentSpread:
			f := v.c.Fragment(s.Name.Value)
			if f == nil || seen[s.Name.Value] {
				continue
			}
			seen[s.Name.Value] = true
			to = v.collect(to, f.SelectionSet, v.c.Schema().Type(f.TypeCondition.Name.Value), seen)
		}
	}
	return to
}

func (v *overlap) definition(parent graphql.Type, f *ast.Field) *graphql.FieldDefinition {
	if parent == nil || !graphql.IsCompositeType(parent) {
		return nil
	}
	return graphql.DefaultTypeInfoFieldDef(v.c.Schema(), parent, f)
}

// below gives what is selected below fields.
func (v *overlap) below(fields []meeting) []meeting {
	var all []meeting
	seen := map[string]bool{}
	for _, m := range fields {
		var parent graphql.Type
		if m.def != nil {
			parent, _ = graphql.GetNamed(m.def.Type).(graphql.Type)
		}
		all = v.collect(all, m.field.SelectionSet, parent, seen)
	}
	return all
}

// byName groups fields by their names in the answer, in order of appearance;
// those alone in a group meet none.
func byName(fields []meeting) [][]meeting {
	groups := map[string]int{}
	var out [][]meeting
	for _, m := range fields {
		key := m.key()
		i, ok := groups[key]
		if !ok {
			i = len(out)
			groups[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], m)
	}
	return out
}

func (m meeting) key() string {
	if m.field.Alias != nil {
		return m.field.Alias.Value
	}
	return m.field.Name.Value
}

// sameTypes is SameResponseShape: whatever the thing is, a name in the answer
// has one type.
func (v *overlap) sameTypes(fields []meeting) {
	for _, group := range byName(fields) {
		if v.work > maxOverlap {
			return
		}
		var first *meeting
		for _, m := range group {
			switch {
			case m.def == nil:
			case first == nil:
				first = &m
			case !sameShape(first.def.Type, m.def.Type):
				v.report(first.field, m.field, "%q would be of type %s in one place and of type %s in another.", m.key(), first.def.Type, m.def.Type)
			}
		}
		v.sameTypes(v.below(group))
	}
}

func sameShape(a, b graphql.Type) bool {
	switch x := a.(type) {
	case *graphql.NonNull:
		y, ok := b.(*graphql.NonNull)
		return ok && sameShape(x.OfType, y.OfType)
	case *graphql.List:
		y, ok := b.(*graphql.List)
		return ok && sameShape(x.OfType, y.OfType)
	}
	switch b.(type) {
	case *graphql.NonNull, *graphql.List:
		return false
	}
	return a == b || !graphql.IsLeafType(a) && !graphql.IsLeafType(b)
}

// sameRequests is the rest of FieldsInSetCanMerge: on one thing, a name in the
// answer stands for one field with the same arguments.
func (v *overlap) sameRequests(fields []meeting) {
	for _, group := range byName(fields) {
		for _, together := range onOneThing(group) {
			if v.work > maxOverlap {
				return
			}
			first := together[0]
			for _, m := range together[1:] {
				switch {
				case m.field.Name.Value != first.field.Name.Value:
					v.report(first.field, m.field, "%q stands for two fields, %s and %s.", m.key(), first.field.Name.Value, m.field.Name.Value)
				case v.request(m.field) != v.request(first.field):
					v.report(first.field, m.field, "%q is asked for twice, with different arguments.", m.key())
				}
			}
			v.sameRequests(v.below(together))
		}
	}
}

// onOneThing splits fields into those that may be read from the same thing:
// those on different object types never are.
func onOneThing(group []meeting) [][]meeting {
	var anywhere []meeting
	objects := map[string][]meeting{}
	for _, m := range group {
		if o, ok := m.parent.(*graphql.Object); ok {
			objects[o.Name()] = append(objects[o.Name()], m)
		} else {
			anywhere = append(anywhere, m)
		}
	}
	if len(objects) == 0 {
		return [][]meeting{anywhere}
	}
	var out [][]meeting
	for _, name := range sortedKeys(objects) {
		together := slices.Concat(anywhere, objects[name])
		slices.SortStableFunc(together, func(a, b meeting) int { return a.field.Loc.Start - b.field.Loc.Start })
		out = append(out, together)
	}
	return out
}

// request is a field with its arguments, in alphabetical order.
func (v *overlap) request(f *ast.Field) string {
	text, ok := v.asked[f]
	if !ok {
		var arguments []string
		for _, a := range f.Arguments {
			arguments = append(arguments, a.Name.Value+":"+canonical(a.Value))
		}
		slices.Sort(arguments)
		text = f.Name.Value + "(" + strings.Join(arguments, ",") + ")"
		v.asked[f] = text
	}
	return text
}

// canonical writes a value so that the same values are the same text.
func canonical(value ast.Value) string {
	var parts []string
	switch x := value.(type) {
	case *ast.Variable:
		return "$" + x.Name.Value
	case *ast.StringValue:
		return fmt.Sprintf("%q", x.Value)
	case *ast.ListValue:
		for _, item := range x.Values {
			parts = append(parts, canonical(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case *ast.ObjectValue:
		for _, f := range x.Fields {
			parts = append(parts, f.Name.Value+":"+canonical(f.Value))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, ",") + "}"
	}
	return fmt.Sprint(value.GetValue())
}

// report names both fields, each second one only once.
func (v *overlap) report(first, second *ast.Field, format string, args ...any) {
	if v.reported[second] {
		return
	}
	v.reported[second] = true
	message := fmt.Sprintf(format, args...) + " Give one of them another alias."
	v.c.ReportError(gqlerrors.NewError(message, []ast.Node{first, second}, "", nil, nil, nil))
}
