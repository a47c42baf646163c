package rdf

import (
	"fmt"
	"strings"
)

// Node is a Term or a blank node.
type Node struct {
	Term
	Blank string // label of a blank node, the same throughout a document; "" for a Term
}

// Statement is what one statement of someone else's document says. Unlike a
// Quad it may hold blank nodes, and a zero Graph means the default graph.
// A Statement is comparable.
type Statement struct {
	Subject   Node
	Predicate string
	Object    Node
	Graph     Node
}

// BlankNode makes a blank node.
func BlankNode(label string) Node { return Node{Blank: label} }

// Quad gives the statement as a quad; one with a blank node gives an error that
// wraps ErrBlank. The Graph of the default graph is "".
func (s Statement) Quad() (Quad, error) {
	for _, n := range []Node{s.Subject, s.Object, s.Graph} {
		if n.Blank != "" {
			return Quad{}, fmt.Errorf("_:%s: %w", n.Blank, ErrBlank)
		}
	}
	return Quad{Subject: s.Subject.Value, Predicate: s.Predicate, Object: s.Object.Term, Graph: s.Graph.Value}, nil
}

// Blanks gives the blank nodes of one document their labels. Its zero value is
// ready.
type Blanks struct{ made int }

// Labelled keeps the label that the document gives, but puts "anon_" before one
// that begins with "anon".
func (b *Blanks) Labelled(label string) Node {
	if strings.HasPrefix(label, "anon") {
		label = "anon_" + label
	}
	return BlankNode(label)
}

// New makes a node that has no label in the document: anon1, anon2 and so on.
func (b *Blanks) New() Node {
	b.made++
	return BlankNode(fmt.Sprint("anon", b.made))
}
