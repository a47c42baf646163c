package export

import (
	"fmt"
	"slices"
	"strings"

	"dialograph/graph/edtf"
	"dialograph/graph/index"
)

// Type is the type of the cells of a column.
type Type int

// The types of cells. A cell of any type may be empty.
const (
	Text Type = iota
	Integer
	Float
	Boolean
	List // of texts
)

// Column is one column of a table.
type Column struct {
	Name string
	Type Type
	Doc  string
}

// Table is rows of one kind of thing.
type Table struct {
	Name    string
	Doc     string
	Columns []Column
	// Each visits the rows. A cell is a string, int, float64, bool, []string or
	// nil. The row is used again for the next one.
	Each func(visit func(row []any) error) error
}

// column is a column and how it is read from a thing.
type column[T any] struct {
	Column
	of func(T) any
}

func text[T any](name, doc string, of func(T) string) column[T] {
	return column[T]{Column{name, Text, doc}, func(x T) any {
		if s := of(x); s != "" {
			return s
		}
		return nil
	}}
}

func integer[T any](name, doc string, of func(T) int) column[T] {
	return column[T]{Column{name, Integer, doc}, func(x T) any { return of(x) }}
}

// known is an integer that is empty where it is 0.
func known[T any](name, doc string, of func(T) int) column[T] {
	return column[T]{Column{name, Integer, doc}, func(x T) any {
		if n := of(x); n != 0 {
			return n
		}
		return nil
	}}
}

func boolean[T any](name, doc string, of func(T) bool) column[T] {
	return column[T]{Column{name, Boolean, doc}, func(x T) any { return of(x) }}
}

func list[T any](name, doc string, of func(T) []string) column[T] {
	return column[T]{Column{name, List, doc}, func(x T) any {
		if l := of(x); len(l) > 0 {
			return l
		}
		return nil
	}}
}

// tableOf makes a table of things.
func tableOf[T any](name, doc string, things []T, columns ...column[T]) *Table {
	return streamed(name, doc, func(visit func(T) error) error {
		for _, x := range things {
			if err := visit(x); err != nil {
				return err
			}
		}
		return nil
	}, columns...)
}

// streamed makes a table of things that are made one after the other.
func streamed[T any](name, doc string, each func(func(T) error) error, columns ...column[T]) *Table {
	t := &Table{Name: name, Doc: doc}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	t.Each = func(visit func([]any) error) error {
		row := make([]any, len(columns))
		return each(func(x T) error {
			for i, c := range columns {
				row[i] = c.of(x)
			}
			return visit(row)
		})
	}
	return t
}

// TableNames are the tables in their order.
func TableNames() []string {
	return []string{"events", "participations", "actors", "people", "topics", "instruments", "initiatives", "series", "places", "sources", "passages", "statements", "conflicts", "nodes", "edges"}
}

// Table gives a table of the selection. Nodes and edges are those of a network
// view.
func (x *Selection) Table(name string, view View) (*Table, error) {
	switch name {
	case "events":
		return x.events(), nil
	case "participations":
		return x.participations(), nil
	case "actors":
		return x.actors(), nil
	case "people":
		return x.people(), nil
	case "topics":
		return x.topics(), nil
	case "instruments":
		return x.instruments(), nil
	case "initiatives":
		return x.initiatives(), nil
	case "series":
		return x.series(), nil
	case "places":
		return x.places(), nil
	case "sources":
		return x.sources(), nil
	case "passages":
		return x.passages(), nil
	case "statements":
		return x.statements(), nil
	case "conflicts":
		return x.conflicts(), nil
	case "nodes":
		return x.Network(view).nodes(), nil
	case "edges":
		return x.Network(view).edges(), nil
	}
	return nil, fmt.Errorf("there is no table %q; there are %s", name, strings.Join(TableNames(), ", "))
}

// dateColumns are an uncertain date in EDTF with the first and last day that may
// be meant, which sort and compare as texts.
func dateColumns[T any](name, doc string, of func(T) index.Date) []column[T] {
	return []column[T]{
		text(name, doc+" (EDTF).", func(x T) string { return edtfOf(of(x)) }),
		text(name+"_earliest", "The first day that may be meant.", func(x T) string { return day(of(x).Value.Earliest()) }),
		text(name+"_latest", "The last day that may be meant.", func(x T) string { return day(of(x).Value.Latest()) }),
	}
}

func edtfOf(d index.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Value.String()
}

func day(d interface{ Format(string) string }, ok bool) string {
	if !ok {
		return ""
	}
	return d.Format("2006-01-02")
}

// yearOf gives the year of a date, of an interval that of its start; 0 where it
// is not known.
func yearOf(d index.Date) int {
	first, ok1 := d.Value.Earliest()
	last, ok2 := d.Value.Latest()
	if !ok1 || !ok2 || first.Year() != last.Year() && d.Value.Precision() != edtf.Interval {
		return 0
	}
	return first.Year()
}

// evidenceColumns are what backs a row.
func evidenceColumns[T any](of func(T) index.Evidence) []column[T] {
	return []column[T]{
		list("evidence", "Identifiers of the passages that say so.", func(x T) []string { return ids(of(x).Passages()) }),
		list("quotes", "Their words.", func(x T) []string {
			var out []string
			for _, p := range of(x).Passages() {
				out = append(out, p.Exact)
			}
			return out
		}),
		list("sources", "Addresses of the sources that say so, or their identifiers.", func(x T) []string { return addresses(of(x).Sources()) }),
	}
}

func ids[T index.Thing](list []T) []string {
	var out []string
	for _, n := range list {
		out = append(out, string(n.NodeID()))
	}
	return out
}

func addresses(list []*index.Source) []string {
	var out []string
	for _, s := range list {
		if s.As.URL != "" {
			out = append(out, s.As.URL)
		} else {
			out = append(out, string(s.ID))
		}
	}
	return out
}

// idOf is the identifier of a thing, "" of nil.
func idOf[T any, P interface {
	*T
	index.Thing
}](p P) string {
	if p == nil {
		return ""
	}
	return string(p.NodeID())
}

// nameOf is the name of a thing, "" of nil.
func nameOf[T any, P interface {
	*T
	index.Named
}](p P) string {
	if p == nil {
		return ""
	}
	return p.Self().Name
}

// aliases are the other names of a thing.
func aliases(e *index.Entity) []string {
	var out []string
	if e.Acronym != "" {
		out = append(out, e.Acronym)
	}
	for _, n := range e.Names {
		if !slices.Contains(out, n.Text) {
			out = append(out, n.Text)
		}
	}
	return out
}

// entityColumns are what every named thing has.
func entityColumns[T index.Named](more ...column[T]) []column[T] {
	self := func(x T) *index.Entity { return x.Self() }
	first := []column[T]{
		text("id", "kind/slug.", func(x T) string { return string(x.NodeID()) }),
		text("name", "What it is called here.", func(x T) string { return self(x).Name }),
	}
	last := []column[T]{
		list("aliases", "Other names, in every language and script seen.", func(x T) []string { return aliases(self(x)) }),
		text("description", "What it is, in our own words.", func(x T) string { return self(x).Description }),
		list("same_as", "Addresses that stand for the same thing.", func(x T) []string { return self(x).SameAs }),
		boolean("provisional", "Whether no authority file holds it.", func(x T) bool { return self(x).Provisional }),
		text("iri", "The IRI in RDF exports.", func(x T) string { return self(x).IRI }),
	}
	return slices.Concat(first, more, last)
}
