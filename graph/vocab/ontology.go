package vocab

import "slices"

// Class is a kind of thing in the graph and what can be said of one.
type Class struct {
	IRI     string
	Kind    string // first part of its identifiers, as in event/…; "" where several kinds bear the class
	Label   string
	Comment string
	Uses    []Use // in the order in which documents list them; closed: nothing else is written
}

// Use is a property as one class bears it.
type Use struct {
	Property string
	Required bool
	Many     bool
	Values   string   // the closed list of its values: a table of graph/enum.go, or words with " | " between
	Range    []string // classes or datatypes of its values; nil means the property's own range
}

// Property is what one property means, wherever it stands.
type Property struct {
	IRI      string
	Label    string
	Comment  string
	Range    []string // classes or datatypes; nil where each class that bears it says
	Optional bool     // good seed data need not use it
}

// Classes lists every class that dialograph writes: what records hold, what
// authority files hold, and where it was read.
func Classes() []Class {
	return slices.Concat(recordClasses(), authorityClasses(), sourceClasses())
}

// Properties lists every property that dialograph writes, its own first.
func Properties() []Property {
	return slices.Concat(ownProperties(), borrowedProperties())
}

func one(property string) Use   { return Use{Property: property, Required: true} }
func maybe(property string) Use { return Use{Property: property} }
func many(property string) Use  { return Use{Property: property, Many: true} }

func (u Use) from(values string) Use   { u.Values = values; return u }
func (u Use) to(classes ...string) Use { u.Range = classes; return u }
