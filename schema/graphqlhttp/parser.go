package graphqlhttp

import (
	"fmt"

	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
)

// read reads an executable document into graphql-go's syntax tree
// (specification of October 2021, sections 2.2 to 2.12). graphql-go's parser
// does not know null, takes strings for keywords, and lets types pass that are
// missing or do not close. Tokens and nesting are bounded as it goes.
//
// The tree has no node for null: it is an enum value of that name, which no
// document can hold otherwise. withoutNulls takes them out before execution.
func (l Limits) read(query string) (document *ast.Document, err error) {
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case *gqlerrors.Error:
			document, err = nil, cause
		case *limitError:
			document, err = nil, cause
		default:
			panic(cause)
		}
	}()
	p := &parser{lexer: newLexer(query), limits: l}
	p.advance()
	return p.document(), nil
}

// parser is a recursive descent with one token of look-ahead. Where the text is
// wrong it panics with a
// *gqlerrors.Error, where it is too large with a *limitError.
type parser struct {
	*lexer
	limits               Limits
	token                token
	end                  int // of the token before
	count, depth, inList int
}

func (p *parser) advance() {
	p.end = p.token.end
	p.token = p.lexer.next()
	p.bound()
}

// bound ends reading where the document has too many tokens or nests too deep.
func (p *parser) bound() {
	p.count++
	if p.token.kind == signToken {
		switch p.token.text {
		case "[":
			p.depth++
			p.inList++
		case "{", "(":
			p.depth++
		case "]":
			p.depth--
			p.inList--
		case "}", ")":
			p.depth--
		}
	}
	length := p.token.end - p.token.start
	switch {
	case p.token.kind == stringToken && length > maxString:
		panic(limitf("the document has a text of %d characters; the limit is %d", length, maxString))
	case p.token.kind != stringToken && length > maxWord:
		panic(limitf("the document has a name or number of more than %d signs", maxWord))
	case p.count > p.limits.Tokens+1: // the end is none
		panic(limitf("the document has more than %d tokens", p.limits.Tokens))
	case p.depth > 3*p.limits.Depth:
		panic(limitf("the document nests more than %d brackets", 3*p.limits.Depth))
	case p.inList > p.limits.Lists:
		panic(limitf("the document nests more than %d lists", p.limits.Lists))
	}
}

func (p *parser) is(sign string) bool { return p.token.kind == signToken && p.token.text == sign }

func (p *parser) isName(name string) bool { return p.token.kind == nameToken && p.token.text == name }

// skip passes a sign if it is there.
func (p *parser) skip(sign string) bool {
	if !p.is(sign) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(sign, where string) {
	if !p.skip(sign) {
		p.unexpected(fmt.Sprintf("%q %s", sign, where))
	}
}

func (p *parser) unexpected(want string) {
	p.fail(p.token.start, "expected %s, found %s", want, p.token)
}

// loc is from a start to the end of the last token.
func (p *parser) loc(start int) *ast.Location {
	return &ast.Location{Start: start, End: p.end, Source: p.source}
}

func (p *parser) document() *ast.Document {
	d := &ast.Document{}
	for {
		d.Definitions = append(d.Definitions, p.definition())
		if p.token.kind == endToken {
			d.Loc = p.loc(0)
			return ast.NewDocument(d)
		}
	}
}

func (p *parser) definition() ast.Node {
	described := p.description()
	switch {
	case p.is("{") && described:
		p.fail(p.token.start, "a description stands before query, mutation, subscription or fragment; before \"{\" write a comment (#)")
	case p.is("{"), p.isName("query"), p.isName("mutation"), p.isName("subscription"):
		return p.operation()
	case p.isName("fragment"):
		return p.fragment()
	case p.token.kind == nameToken && definesSchema[p.token.text]:
		p.fail(p.token.start, "%s defines a part of a schema; send queries and their fragments alone", p.token)
	}
	p.unexpected(`"{", query or fragment`)
	return nil
}

// description passes one (specification of 2025), which means nothing to us.
func (p *parser) description() bool {
	if p.token.kind != stringToken {
		return false
	}
	p.advance()
	return true
}

var definesSchema = map[string]bool{"schema": true, "scalar": true, "type": true, "interface": true, "union": true, "enum": true, "input": true, "extend": true, "directive": true}

func (p *parser) operation() ast.Node {
	start := p.token.start
	o := &ast.OperationDefinition{Operation: ast.OperationTypeQuery}
	if !p.is("{") {
		o.Operation = p.token.text
		p.advance()
		if p.token.kind == nameToken {
			o.Name = p.name("")
		}
		if p.skip("(") {
			for o.VariableDefinitions == nil || !p.skip(")") {
				o.VariableDefinitions = append(o.VariableDefinitions, p.variableDefinition())
			}
		}
		o.Directives = p.directives()
	}
	o.SelectionSet = p.selectionSet()
	o.Loc = p.loc(start)
	return ast.NewOperationDefinition(o)
}

func (p *parser) variableDefinition() *ast.VariableDefinition {
	p.description()
	start := p.token.start
	v := &ast.VariableDefinition{Variable: p.variable()}
	p.expect(":", "and the type of the variable")
	v.Type = p.typeReference()
	if p.skip("=") {
		v.DefaultValue = p.value(true)
	}
	if p.is("@") { // no directive of ours may stand here, and graphql-go has no place for it
		p.fail(p.token.start, "a directive may not stand on a variable")
	}
	v.Loc = p.loc(start)
	return ast.NewVariableDefinition(v)
}

func (p *parser) variable() *ast.Variable {
	start := p.token.start
	p.expect("$", "and the name of a variable")
	name := p.name("the name of a variable")
	return ast.NewVariable(&ast.Variable{Name: name, Loc: p.loc(start)})
}

func (p *parser) typeReference() ast.Type {
	start := p.token.start
	var t ast.Type
	if p.skip("[") {
		of := p.typeReference()
		p.expect("]", "after the type of a list")
		t = ast.NewList(&ast.List{Type: of, Loc: p.loc(start)})
	} else {
		t = p.named("a type")
	}
	if p.skip("!") {
		return ast.NewNonNull(&ast.NonNull{Type: t, Loc: p.loc(start)})
	}
	return t
}

func (p *parser) named(what string) *ast.Named {
	start := p.token.start
	name := p.name(what)
	return ast.NewNamed(&ast.Named{Name: name, Loc: p.loc(start)})
}

func (p *parser) name(what string) *ast.Name {
	if p.token.kind != nameToken {
		p.unexpected(what)
	}
	text, start := p.token.text, p.token.start
	p.advance()
	return ast.NewName(&ast.Name{Value: text, Loc: p.loc(start)})
}

func (p *parser) fragment() ast.Node {
	start := p.token.start
	p.advance()
	f := &ast.FragmentDefinition{Name: p.fragmentName()}
	if !p.isName("on") {
		p.unexpected(`"on" and the type of the fragment`)
	}
	p.advance()
	f.TypeCondition = p.named("a type")
	f.Directives = p.directives()
	f.SelectionSet = p.selectionSet()
	f.Loc = p.loc(start)
	return ast.NewFragmentDefinition(f)
}

func (p *parser) fragmentName() *ast.Name {
	if p.isName("on") {
		p.unexpected(`the name of a fragment other than "on"`)
	}
	return p.name("the name of a fragment")
}

func (p *parser) selectionSet() *ast.SelectionSet {
	start := p.token.start
	s := &ast.SelectionSet{}
	p.expect("{", "and a selection of fields")
	for s.Selections == nil || !p.skip("}") {
		s.Selections = append(s.Selections, p.selection())
	}
	s.Loc = p.loc(start)
	return ast.NewSelectionSet(s)
}

func (p *parser) selection() ast.Selection {
	start := p.token.start
	if !p.skip("...") {
		return p.field()
	}
	if p.token.kind == nameToken && !p.isName("on") {
		s := &ast.FragmentSpread{Name: p.fragmentName(), Directives: p.directives()}
		s.Loc = p.loc(start)
		return ast.NewFragmentSpread(s)
	}
	f := &ast.InlineFragment{}
	if p.isName("on") {
		p.advance()
		f.TypeCondition = p.named("a type")
	}
	f.Directives = p.directives()
	f.SelectionSet = p.selectionSet()
	f.Loc = p.loc(start)
	return ast.NewInlineFragment(f)
}

func (p *parser) field() *ast.Field {
	start := p.token.start
	f := &ast.Field{Name: p.name(`a field or "}"`)}
	if p.skip(":") {
		f.Alias, f.Name = f.Name, p.name("the field that the alias stands for")
	}
	f.Arguments = p.arguments()
	f.Directives = p.directives()
	if p.is("{") {
		f.SelectionSet = p.selectionSet()
	}
	f.Loc = p.loc(start)
	return ast.NewField(f)
}

func (p *parser) arguments() []*ast.Argument {
	var list []*ast.Argument
	if !p.skip("(") {
		return nil
	}
	for list == nil || !p.skip(")") {
		start := p.token.start
		a := &ast.Argument{Name: p.name(`the name of an argument`)}
		p.expect(":", "and the value of the argument")
		a.Value = p.value(false)
		a.Loc = p.loc(start)
		list = append(list, ast.NewArgument(a))
	}
	return list
}

func (p *parser) directives() []*ast.Directive {
	var list []*ast.Directive
	for p.is("@") {
		start := p.token.start
		p.advance()
		d := &ast.Directive{Name: p.name("the name of a directive"), Arguments: p.arguments()}
		d.Loc = p.loc(start)
		list = append(list, ast.NewDirective(d))
	}
	return list
}

// value reads a value; a constant one is without variables.
func (p *parser) value(constant bool) ast.Value {
	t := p.token
	switch {
	case p.is("["):
		return p.list(constant)
	case p.is("{"):
		return p.object(constant)
	case p.is("$") && constant:
		p.fail(t.start, "a default value holds no variables")
	case p.is("$"):
		return p.variable()
	case t.kind == signToken, t.kind == endToken:
		p.unexpected("a value")
	}
	p.advance()
	loc := p.loc(t.start)
	switch {
	case t.kind == intToken:
		return ast.NewIntValue(&ast.IntValue{Value: t.text, Loc: loc})
	case t.kind == floatToken:
		return ast.NewFloatValue(&ast.FloatValue{Value: t.text, Loc: loc})
	case t.kind == stringToken:
		return ast.NewStringValue(&ast.StringValue{Value: t.text, Loc: loc})
	case t.text == "true", t.text == "false":
		return ast.NewBooleanValue(&ast.BooleanValue{Value: t.text == "true", Loc: loc})
	}
	return ast.NewEnumValue(&ast.EnumValue{Value: t.text, Loc: loc})
}

func (p *parser) list(constant bool) ast.Value {
	start := p.token.start
	p.advance()
	v := &ast.ListValue{Values: []ast.Value{}}
	for !p.skip("]") {
		v.Values = append(v.Values, p.value(constant))
	}
	v.Loc = p.loc(start)
	return ast.NewListValue(v)
}

func (p *parser) object(constant bool) ast.Value {
	start := p.token.start
	p.advance()
	v := &ast.ObjectValue{Fields: []*ast.ObjectField{}}
	for !p.skip("}") {
		at := p.token.start
		f := &ast.ObjectField{Name: p.name(`an input field or "}"`)}
		p.expect(":", "and the value of the input field")
		f.Value = p.value(constant)
		f.Loc = p.loc(at)
		v.Fields = append(v.Fields, ast.NewObjectField(f))
	}
	v.Loc = p.loc(start)
	return ast.NewObjectValue(v)
}
