// Package foreign reads RDF of others – schema.org, W3C ORG, FOAF, SKOS – as
// records and authority entries, as far as the vocabularies mean the same.
//
// [Read] takes the statements of one file that are not a graph of ours and
// gives what a person could have written in record and authority files, and
// each statement that found no place, with the reason where there is one.
// Nothing is stored here: records and entries go the way of all others, through
// the linter and the gazetteer.
//
// A statement is backed by its named graph where that is an address of the web,
// else by what its subject says that it comes from, else by the file. Contact
// details (e-mail, telephone, addresses of people) are never read.
//
// Surprising: an event that a page calls scheduled becomes a planned one,
// whatever the day, because the page does not say that it was held. What a file
// says of an entry that the graph holds from elsewhere changes nothing and is
// left; the entry is what a person wrote or another source says. A Turtle export
// of our own comes back whole but without the source of each statement, as
// records that nobody has reviewed.
package foreign

import (
	"dialograph/graph"
	"dialograph/graph/rdf"
)

// Statement is a statement of a file with the line on which it ends; 0 where
// the syntax has no lines that mean anything, as JSON-LD.
type Statement struct {
	rdf.Statement
	Line int
}

// File is the statements of a file.
type File struct {
	Name       string // its title as a source
	SHA256     string // of its bytes
	MediaType  string
	Base       rdf.Base // under which identifiers are ours
	Statements []Statement
}

// Result is what became of a file.
type Result struct {
	Authority *graph.Authority // nil where it has no entry
	Records   []*graph.Record
	Lines     map[graph.ID]int // of the entries and events, where lines are known
	Left      []Left           // in the order of the file
	Notes     []string         // what a person should look at
	Ours      bool             // the file holds records of ours without their graphs
}

// Left is a statement that has no place here. Why is empty where the vocabulary
// simply lacks it.
type Left struct {
	Statement
	Why string
}

// The reasons that others look for.
const (
	Contact = "contact details, which never enter the graph"
	Held    = "of entries that the graph holds from elsewhere, which a file of others does not change"
)

// Read maps a file. The known entries are those that names and addresses may
// mean already; nil means none.
func Read(f File, known *graph.Authority) Result {
	rd := newReading(f, known)
	rd.own()
	rd.classify()
	rd.identify()
	rd.entries()
	rd.records()
	return rd.result()
}
