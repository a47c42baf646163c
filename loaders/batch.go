package loaders

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/record"
)

// Batch is the documents of one load, their problems, and what was rejected.
// Reading and checking it needs no store.
type Batch struct {
	Documents []record.Document
	Problems  []record.Problem
	Rejected  int // records and authority entries

	notes []record.Problem // names that were new or stayed open
}

// Read reads inputs. Faults of form are in the problems.
func Read(inputs []Input) *Batch {
	b := &Batch{}
	for _, in := range inputs {
		docs, problems := in.read()
		b.Problems = append(b.Problems, problems...)
		if len(docs) == 0 {
			b.Rejected++
		}
		b.Documents = append(b.Documents, docs...)
	}
	return b
}

// Known is what a store already holds: authority entries and the ids of events.
type Known struct {
	Authority *graph.Authority
	Events    map[string]bool
}

// Resolve checks the documents against each other and what is known, removes
// what has an error, and resolves the names of the records that remain.
func (b *Batch) Resolve(known Known) *gazetteer.Gazetteer {
	b.dropFaulty(b.takeErrors())
	b.dropFaulty(b.duplicates())
	g := b.gazetteer(known)
	for { // an entry that goes may leave another dangling
		faults := b.dangling(g)
		if len(faults) == 0 {
			break
		}
		b.Problems = append(b.Problems, faults...)
		b.dropFaulty(faults)
		g = b.gazetteer(known)
	}
	faults := b.resolve(g, known)
	b.Problems = append(b.Problems, faults...)
	b.dropFaulty(faults)
	slices.SortStableFunc(b.Problems, func(x, y record.Problem) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
	return g
}

// Notes are the names that made provisional entries or stayed unresolved.
func (b *Batch) Notes() []record.Problem { return b.notes }

func (b *Batch) takeErrors() []record.Problem {
	return slices.DeleteFunc(slices.Clone(b.Problems), func(p record.Problem) bool { return p.Severity != graph.Error })
}

// place is where a fault stands: a document, and in an authority file an entry.
type place struct {
	file  string
	start int    // the document's first line
	entry string // such as actors[3]; "" for the whole document
}

// dropFaulty removes the records and entries that have an error.
func (b *Batch) dropFaulty(faults []record.Problem) {
	bad := map[place]bool{}
	for _, p := range faults {
		if d := b.documentAt(p); d != nil && p.Severity == graph.Error {
			bad[place{d.File, d.Line(""), entryOf(d, p.Path)}] = true
		}
	}
	if len(bad) == 0 {
		return
	}
	b.Documents = slices.DeleteFunc(b.Documents, func(d record.Document) bool {
		if bad[place{d.File, d.Line(""), ""}] {
			b.Rejected++
			return true
		}
		if d.Authority != nil {
			b.Rejected += dropEntries(d.Authority, func(section string, i int) bool {
				return bad[place{d.File, d.Line(""), fmt.Sprintf("%s[%d]", section, i)}]
			})
		}
		return false
	})
}

// documentAt finds the document that a fault is about.
func (b *Batch) documentAt(p record.Problem) *record.Document {
	var found *record.Document
	for i := range b.Documents {
		d := &b.Documents[i]
		if d.File == p.File && d.Line("") <= p.Line && (found == nil || d.Line("") >= found.Line("")) {
			found = d
		}
	}
	return found
}

func entryOf(d *record.Document, path string) string {
	head, _, _ := strings.Cut(path, ".")
	if d.Record != nil || !strings.HasSuffix(head, "]") || strings.HasPrefix(head, "sources[") {
		return ""
	}
	return head
}

// dropEntries removes the entries that are bad and says how many.
func dropEntries(a *graph.Authority, bad func(section string, i int) bool) int {
	n := 0
	n += keep(&a.Actors, "actors", bad)
	n += keep(&a.People, "people", bad)
	n += keep(&a.Topics, "topics", bad)
	n += keep(&a.Instruments, "instruments", bad)
	n += keep(&a.Initiatives, "initiatives", bad)
	n += keep(&a.Places, "places", bad)
	n += keep(&a.Series, "series", bad)
	n += keep(&a.Judgements, "judgements", bad)
	return n
}

func keep[T any](list *[]T, section string, bad func(string, int) bool) int {
	var out []T
	for i, x := range *list {
		if !bad(section, i) {
			out = append(out, x)
		}
	}
	n := len(*list) - len(out)
	*list = out
	return n
}

// duplicates finds ids that two documents claim; the first keeps it.
func (b *Batch) duplicates() []record.Problem {
	var faults []record.Problem
	seen := map[graph.ID]string{}
	claim := func(d *record.Document, id graph.ID, path string) {
		where := fmt.Sprintf("%s:%d", d.File, d.Line(path))
		if first, ok := seen[id]; ok {
			faults = append(faults, d.At(graph.Problem{Path: path, Severity: graph.Error, Message: fmt.Sprintf("%s is already at %s", id, first)}))
			return
		}
		seen[id] = where
	}
	for i := range b.Documents {
		d := &b.Documents[i]
		if d.Record != nil {
			claim(d, graph.NewID(graph.KindEvent, d.Record.ID), "id")
			continue
		}
		d.Authority.EachEntry(func(id graph.ID, path string) { claim(d, id, path+".id") })
	}
	b.Problems = append(b.Problems, faults...)
	return faults
}

// gazetteer knows the entries of the batch, and those known that the batch does
// not replace.
func (b *Batch) gazetteer(known Known) *gazetteer.Gazetteer {
	var files []*graph.Authority
	mine := map[graph.ID]bool{}
	for _, d := range b.Documents {
		if d.Authority != nil {
			files = append(files, d.Authority)
			d.Authority.EachEntry(func(id graph.ID, _ string) { mine[id] = true })
		}
	}
	if known.Authority != nil {
		rest := *known.Authority
		drop := map[string]bool{}
		rest.EachEntry(func(id graph.ID, path string) { drop[path] = mine[id] })
		dropEntries(&rest, func(section string, i int) bool { return drop[fmt.Sprintf("%s[%d]", section, i)] })
		files = append([]*graph.Authority{&rest}, files...)
	}
	return gazetteer.New(files...)
}

func (b *Batch) dangling(g *gazetteer.Gazetteer) []record.Problem {
	var faults []record.Problem
	for i := range b.Documents {
		d := &b.Documents[i]
		if d.Authority == nil {
			continue
		}
		for _, p := range g.Dangling(d.Authority) {
			faults = append(faults, d.At(p))
		}
	}
	return faults
}

// resolve fills in the names of every record and reports what does not exist.
func (b *Batch) resolve(g *gazetteer.Gazetteer, known Known) []record.Problem {
	events := map[string]bool{}
	for id := range known.Events {
		events[id] = true
	}
	for _, d := range b.Documents {
		if d.Record != nil {
			events[d.Record.ID] = true
		}
	}
	var faults []record.Problem
	for i := range b.Documents {
		d := &b.Documents[i]
		if d.Record == nil {
			continue
		}
		_, notes := g.Resolve(d.Record)
		notes = append(notes, danglingEvents(d.Record, events)...)
		for _, n := range notes {
			if n.Severity == graph.Error {
				faults = append(faults, d.At(n))
			} else {
				b.notes = append(b.notes, d.At(n))
			}
		}
	}
	return faults
}

func danglingEvents(r *graph.Record, events map[string]bool) []graph.Problem {
	var out []graph.Problem
	for _, list := range []struct {
		path  string
		items []graph.Neighbour
	}{{"preceded_by", r.PrecededBy}, {"followed_by", r.FollowedBy}} {
		for i, n := range list.items {
			if n.Event != "" && !events[n.Event] {
				out = append(out, graph.Problem{Path: fmt.Sprintf("%s[%d].event", list.path, i), Severity: graph.Error,
					Message: fmt.Sprintf("event/%s does not exist", n.Event)})
			}
		}
	}
	return out
}

// Units gives the quads of everything that remains.
func (b *Batch) Units(base rdf.Base, g *gazetteer.Gazetteer) []rdf.Unit {
	units := []rdf.Unit{rdf.EditorsUnit(base)}
	for _, d := range b.Documents {
		if d.Authority != nil {
			units = append(units, rdf.AuthorityUnits(base, d.Authority)...)
		}
	}
	for _, d := range b.Documents {
		if d.Record != nil {
			provisional, _ := g.Resolve(d.Record)
			units = append(units, rdf.RecordUnit(base, d.Record, provisional))
		}
	}
	return units
}
