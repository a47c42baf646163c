// Package turtle reads and writes Turtle and TriG (RDF 1.1).
//
// [Read] streams: it holds one token, the declared prefixes and nothing else,
// so a document may be larger than memory. [WriteTurtle] and [WriteTriG] stream
// too, over quads that come sorted.
//
// Surprising: documents of others hold blank nodes, which dialograph does not,
// so Read gives [rdf.Statement], whose caller refuses or names them. Language
// tags come in lower case. Statements reach the caller before the document is known to be
// without faults. The reader is our own because no library at hand reads TriG;
// docs/decisions/0013-turtle.md compares them.
package turtle

import (
	"fmt"
	"io"

	"dialograph/graph/rdf"
)

// Syntax is one of the two languages.
type Syntax int

// The syntaxes. TriG is Turtle with named graphs; every Turtle document is TriG.
const (
	Turtle Syntax = iota
	TriG
)

// maxDepth bounds how deep [ ] and ( ) may nest, maxToken how many bytes one
// string, IRI or name may have.
const (
	maxDepth = 500
	maxToken = 16 << 20
)

// Read reads a document and hands each statement to visit. Relative IRIs are
// resolved against base, an absolute IRI; with "" they are faults unless the
// document declares a base. A fault, or an error of visit, ends it with an
// error that names line and column.
func Read(r io.Reader, base string, syntax Syntax, visit func(rdf.Statement) error) error {
	return ReadLines(r, base, syntax, func(_ int, s rdf.Statement) error { return visit(s) })
}

// ReadLines is Read for those who name places: each statement comes with the
// line on which it ends.
func ReadLines(r io.Reader, base string, syntax Syntax, visit func(line int, s rdf.Statement) error) error {
	p := &parser{lex: newLexer(r), trig: syntax == TriG, visit: visit, prefixes: map[string]string{}}
	if base != "" {
		p.base = splitIRI(base)
		if p.base.scheme == "" {
			return fmt.Errorf("base %q is not an absolute IRI", base)
		}
	}
	p.next()
	for p.tok.kind != end {
		p.block()
	}
	return p.err
}
