package turtle

import (
	"fmt"
	"strings"

	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// parser follows the grammar of Turtle and TriG by recursive descent, one
// function for each rule. The first fault stays in err, and from then on the
// token is the end, so that every loop ends.
type parser struct {
	lex      *lexer
	tok      token // not yet used
	trig     bool
	visit    func(line int, s rdf.Statement) error
	line     int // of the token used last
	base     iriParts
	prefixes map[string]string
	graph    rdf.Node // of the statements being read
	depth    int
	blanks   rdf.Blanks
	err      error
}

func (p *parser) next() {
	if p.err != nil {
		return
	}
	p.line = p.tok.line
	tok, err := p.lex.next()
	p.tok = tok
	if err != nil {
		p.fail("%w", err)
	}
}

// fail reports a fault at the token not yet used.
func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("line %d, column %d: %w", p.tok.line, p.tok.column, fmt.Errorf(format, args...))
	}
	p.tok.kind = end
}

func (p *parser) expect(k kind) {
	if p.tok.kind != k {
		p.fail("want %s, not %s", token{kind: k}, p.tok)
	}
	p.next()
}

// keyword tells whether the token is one of SPARQL's words, in any case.
func (p *parser) keyword(s string) bool {
	return p.tok.kind == word && strings.EqualFold(p.tok.text, s)
}

func (p *parser) block() {
	switch {
	case p.tok.kind == at || p.keyword("PREFIX") || p.keyword("BASE"):
		p.directive()
	case p.trig && p.keyword("GRAPH"):
		p.next()
		p.wrapped(p.label())
	case p.trig && p.tok.kind == '{':
		p.wrapped(rdf.Node{})
	default:
		subject, done := p.subject()
		if p.trig && p.tok.kind == '{' && isLabel(subject, done) {
			p.wrapped(subject)
			return
		}
		p.rest(subject, done)
		p.expect('.')
	}
}

func (p *parser) directive() {
	directive := p.tok
	switch kind := strings.ToLower(p.tok.text); {
	case directive.kind == at && kind != directive.text, kind != "prefix" && kind != "base":
		p.fail("want @prefix or @base, not %s", directive)
	case kind == "prefix":
		p.next()
		prefix := p.tok
		if prefix.kind != name || prefix.text != "" {
			p.fail("want a prefix and a colon, not %s", prefix)
		}
		p.next()
		p.prefixes[prefix.prefix] = p.reference()
	default:
		p.next()
		p.base = splitIRI(p.reference())
	}
	if directive.kind == at {
		p.expect('.')
	}
}

// reference reads an IRI in angle brackets.
func (p *parser) reference() string {
	if p.tok.kind != iriRef {
		p.fail("want an IRI in < >, not %s", p.tok)
		return ""
	}
	iri := p.tok.text
	if ref := splitIRI(iri); ref.scheme == "" {
		if p.base.scheme == "" {
			p.fail("<%s> is relative, and there is no base", iri)
			return ""
		}
		iri = p.base.resolve(ref).String()
	}
	p.next()
	return iri
}

// progress is how far a subject got: further ones need fewer predicates.
type progress int

const (
	bare     progress = iota // an IRI or a label
	empty                    // [ ]
	listed                   // ( … )
	asserted                 // [ … ], which is a statement already
)

// isLabel tells whether a subject may name a graph.
func isLabel(n rdf.Node, done progress) bool { return done == bare || done == empty }

// label reads the name of a graph.
func (p *parser) label() rdf.Node {
	before := p.tok
	subject, done := p.subject()
	if p.err == nil && !isLabel(subject, done) {
		p.tok = before
		p.fail("want the name of a graph, not %s", before)
	}
	return subject
}

// wrapped reads the statements of a graph in braces.
func (p *parser) wrapped(graph rdf.Node) {
	p.expect('{')
	p.graph = graph
	for p.tok.kind != '}' && p.err == nil {
		p.rest(p.subject())
		if p.tok.kind != '.' {
			break
		}
		p.next()
	}
	p.graph = rdf.Node{}
	p.expect('}')
}

func (p *parser) subject() (rdf.Node, progress) {
	switch p.tok.kind {
	case '[':
		return p.properties()
	case '(':
		return p.collection(), listed
	case blank:
		return p.blank(), bare
	}
	return rdf.Node{Term: rdf.IRI(p.iri("a subject"))}, bare
}

// rest reads what is said of a subject.
func (p *parser) rest(subject rdf.Node, done progress) {
	if done == asserted && (p.tok.kind == '.' || p.tok.kind == '}') {
		return
	}
	p.predicates(subject)
}

func (p *parser) predicates(subject rdf.Node) {
	for p.err == nil {
		predicate := p.verb()
		p.emit(subject, predicate, p.object())
		for p.tok.kind == ',' {
			p.next()
			p.emit(subject, predicate, p.object())
		}
		if p.tok.kind != ';' {
			return
		}
		for p.tok.kind == ';' {
			p.next()
		}
		if k := p.tok.kind; k == '.' || k == ']' || k == '}' {
			return
		}
	}
}

func (p *parser) verb() string {
	if p.tok.kind == word && p.tok.text == "a" {
		p.next()
		return vocab.Type
	}
	return p.iri("a predicate")
}

// iri reads an IRI in either form; what says what stands there.
func (p *parser) iri(what string) string {
	switch p.tok.kind {
	case iriRef:
		return p.reference()
	case name:
		namespace, ok := p.prefixes[p.tok.prefix]
		if !ok {
			p.fail("%s: the prefix %q is not declared", p.tok, p.tok.prefix+":")
			return ""
		}
		iri := namespace + p.tok.text
		p.next()
		return iri
	}
	p.fail("want %s, not %s", what, p.tok)
	return ""
}

func (p *parser) blank() rdf.Node {
	node := p.blanks.Labelled(p.tok.text)
	p.next()
	return node
}

// enter goes one bracket deeper; the caller leaves again with p.depth--.
func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.fail("brackets nest deeper than %d", maxDepth)
	}
	p.next()
}

// properties reads [ … ].
func (p *parser) properties() (rdf.Node, progress) {
	p.enter()
	defer func() { p.depth-- }()
	node := p.blanks.New()
	if p.tok.kind == ']' {
		p.next()
		return node, empty
	}
	p.predicates(node)
	p.expect(']')
	return node, asserted
}

// collection reads ( … ) and gives its head.
func (p *parser) collection() rdf.Node {
	p.enter()
	defer func() { p.depth-- }()
	none := rdf.Node{Term: rdf.IRI(vocab.RDF + "nil")}
	head, cell := none, none
	for p.tok.kind != ')' && p.err == nil {
		next := p.blanks.New()
		if cell == none {
			head = next
		} else {
			p.emit(cell, vocab.RDF+"rest", next)
		}
		cell = next
		p.emit(cell, vocab.RDF+"first", p.object())
	}
	if cell != none {
		p.emit(cell, vocab.RDF+"rest", none)
	}
	p.expect(')')
	return head
}

func (p *parser) object() rdf.Node {
	switch p.tok.kind {
	case blank:
		return p.blank()
	case '[':
		node, _ := p.properties()
		return node
	case '(':
		return p.collection()
	case quoted:
		return rdf.Node{Term: p.literal()}
	case integer:
		return p.short(vocab.Integer)
	case decimal:
		return p.short(vocab.XSD + "decimal")
	case double:
		return p.short(vocab.XSD + "double")
	case word:
		if p.tok.text == "true" || p.tok.text == "false" {
			return p.short(vocab.Boolean)
		}
	}
	return rdf.Node{Term: rdf.IRI(p.iri("an object"))}
}

// short makes a literal of a number or a truth value as it is written.
func (p *parser) short(datatype string) rdf.Node {
	term := rdf.Typed(p.tok.text, datatype)
	p.next()
	return rdf.Node{Term: term}
}

func (p *parser) literal() rdf.Term {
	text := p.tok.text
	p.next()
	switch p.tok.kind {
	case at:
		tag := p.tok.text
		p.next()
		return rdf.LangText(text, tag)
	case datatype:
		p.next()
		before := p.tok
		term := rdf.Typed(text, p.iri("a datatype"))
		if term.Datatype == vocab.LangStr {
			p.tok = before
			p.fail("%q is an rdf:langString without a language tag", text)
		}
		return term
	}
	return rdf.Text(text)
}

func (p *parser) emit(subject rdf.Node, predicate string, object rdf.Node) {
	if p.err != nil {
		return
	}
	if err := p.visit(p.line, rdf.Statement{Subject: subject, Predicate: predicate, Object: object, Graph: p.graph}); err != nil {
		p.fail("%w", err)
	}
}
