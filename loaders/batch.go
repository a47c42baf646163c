package loaders

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
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

	notes []record.Problem            // names that were new or stayed open
	gone  map[place]bool              // what was rejected
	made  map[string]*graph.Authority // provisional entries by record
	texts []Input                     // press statements that are not read yet
	given map[*graph.Record][]given   // identifiers beside the names of tables
	named map[*graph.Record]string    // series as tables name them, where that is known
}

// Read reads inputs. Faults of form are in the problems.
func Read(inputs []Input) *Batch {
	b := &Batch{}
	for _, in := range inputs {
		if in.document != nil {
			b.texts = append(b.texts, in)
			continue
		}
		docs, problems := in.read()
		b.Problems = append(b.Problems, problems...)
		b.Documents = append(b.Documents, docs...)
		b.Rejected += unread(docs, problems)
	}
	return b
}

// Contents gives the entries of the batch as one authority, and its records.
func (b *Batch) Contents() (*graph.Authority, []*graph.Record) {
	entries := &graph.Authority{}
	var records []*graph.Record
	for _, d := range b.Documents {
		if d.Record != nil {
			records = append(records, d.Record)
			continue
		}
		entries.Append(d.Authority)
	}
	return entries, records
}

// unread counts the documents of a file that have errors but were not returned;
// a file that cannot be read at all counts as one.
func unread(docs []record.Document, problems []record.Problem) int {
	read, bad := map[int]bool{}, map[int]bool{}
	for i := range docs {
		read[docs[i].Number()] = true
	}
	for _, p := range problems {
		if p.Severity == graph.Error && !read[p.Document] {
			bad[p.Document] = true
		}
	}
	return len(bad)
}

// Known is what a store already holds: authority entries, the ids of events,
// and what matters of their records to one who would replace them.
type Known struct {
	Authority *graph.Authority
	Events    map[string]bool
	Sessions  map[string]Session
	Names     *graph.Authority // further names by which statements are read; nothing resolves to them
}

// Resolve checks the documents against each other and what is known, removes
// what has an error, and resolves the names of the records that remain.
func (b *Batch) Resolve(known Known) {
	b.gone = map[place]bool{}
	if err := b.readDocuments(b.texts, known); err != nil {
		b.Problems = append(b.Problems, record.Problem{Problem: graph.Problem{Severity: graph.Error, Message: err.Error()}})
		b.Rejected++
	}
	b.texts = nil
	b.nameTables(known)
	b.takeGiven()
	b.Problems = append(b.Problems, b.wouldUndoReview(known)...)
	b.Problems = append(b.Problems, b.wouldReplaceOthers(known)...)
	b.reject(b.takeErrors())
	b.reject(b.duplicates())
	g := b.gazetteer(known)
	for b.reject(b.dangling(g)) { // an entry that goes may leave another dangling
		g = b.gazetteer(known)
	}
	for b.reject(b.resolve(g, known)) { // so may a record
		continue
	}
	b.sweep()
	slices.SortStableFunc(b.Problems, func(x, y record.Problem) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
}

// Notes are the names that made provisional entries or stayed unresolved.
func (b *Batch) Notes() []record.Problem { return b.notes }

func (b *Batch) takeErrors() []record.Problem {
	return slices.DeleteFunc(slices.Clone(b.Problems), func(p record.Problem) bool { return p.Severity != graph.Error })
}

// place is where a fault stands: a document, and in an authority file an entry.
type place struct {
	file   string
	number int    // of the document in the file
	entry  string // such as actors[3]; "" for the whole document
}

// reject marks the records and entries that have an error. They stay in their
// place until the end, so that the paths of later faults are right. It tells
// whether any was marked.
func (b *Batch) reject(faults []record.Problem) bool {
	marked := false
	for _, p := range faults {
		d := b.documentAt(p)
		if d == nil || p.Severity != graph.Error {
			continue
		}
		at := place{d.File, d.Number(), entryOf(d, p.Path)}
		marked = marked || !b.gone[at]
		b.gone[at] = true
	}
	return marked
}

// rejected tells whether a document is rejected as a whole.
func (b *Batch) rejected(d *record.Document) bool { return b.gone[place{d.File, d.Number(), ""}] }

// rejectedEntry tells whether an entry of a document is rejected.
func (b *Batch) rejectedEntry(d *record.Document, path string) bool {
	return b.rejected(d) || b.gone[place{d.File, d.Number(), path}]
}

// records visits the records that are not rejected.
func (b *Batch) records(visit func(*record.Document)) {
	for i := range b.Documents {
		if d := &b.Documents[i]; d.Record != nil && !b.rejected(d) {
			visit(d)
		}
	}
}

// authorities visits the authority files that are not rejected.
func (b *Batch) authorities(visit func(*record.Document)) {
	for i := range b.Documents {
		if d := &b.Documents[i]; d.Authority != nil && !b.rejected(d) {
			visit(d)
		}
	}
}

// sweep removes what was rejected and counts it.
func (b *Batch) sweep() {
	b.authorities(func(d *record.Document) {
		b.Rejected += dropEntries(d.Authority, func(section string, i int) bool { return b.rejectedEntry(d, fmt.Sprintf("%s[%d]", section, i)) })
	})
	b.Documents = slices.DeleteFunc(b.Documents, func(d record.Document) bool {
		if b.rejected(&d) {
			b.Rejected++
			return true
		}
		return false
	})
}

// documentAt finds the document that a fault is about.
func (b *Batch) documentAt(p record.Problem) *record.Document {
	for i := range b.Documents {
		if d := &b.Documents[i]; d.File == p.File && d.Number() == p.Document {
			return d
		}
	}
	return nil
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
	b.records(func(d *record.Document) { claim(d, graph.NewID(graph.KindEvent, d.Record.ID), "id") })
	b.authorities(func(d *record.Document) {
		d.Authority.EachEntry(func(id graph.ID, path string, _ *graph.Entry) {
			if !b.rejectedEntry(d, path) {
				claim(d, id, path+".id")
			}
		})
	})
	b.Problems = append(b.Problems, faults...)
	return faults
}

// gazetteer knows the entries of the batch, and those known that the batch does
// not replace.
func (b *Batch) gazetteer(known Known) *gazetteer.Gazetteer {
	var files []*graph.Authority
	mine := map[graph.ID]bool{}
	b.authorities(func(d *record.Document) {
		kept := *d.Authority
		dropEntries(&kept, func(section string, i int) bool { return b.rejectedEntry(d, fmt.Sprintf("%s[%d]", section, i)) })
		kept.EachEntry(func(id graph.ID, _ string, _ *graph.Entry) { mine[id] = true })
		files = append(files, &kept)
	})
	if known.Authority != nil {
		rest := *known.Authority
		drop := map[string]bool{}
		rest.EachEntry(func(id graph.ID, path string, _ *graph.Entry) { drop[path] = mine[id] })
		dropEntries(&rest, func(section string, i int) bool { return drop[fmt.Sprintf("%s[%d]", section, i)] })
		files = append([]*graph.Authority{&rest}, files...)
	}
	return gazetteer.New(files...)
}

func (b *Batch) dangling(g *gazetteer.Gazetteer) []record.Problem {
	var faults []record.Problem
	b.authorities(func(d *record.Document) {
		for _, p := range g.Dangling(d.Authority) {
			if !b.rejectedEntry(d, entryOf(d, p.Path)) {
				faults = append(faults, d.At(p))
			}
		}
	})
	b.Problems = append(b.Problems, faults...)
	return faults
}

// resolve fills in the names of every record and reports what does not exist.
func (b *Batch) resolve(g *gazetteer.Gazetteer, known Known) []record.Problem {
	events := maps.Clone(known.Events)
	if events == nil {
		events = map[string]bool{}
	}
	b.records(func(d *record.Document) { events[d.Record.ID] = true })
	var faults []record.Problem
	b.notes, b.made = nil, map[string]*graph.Authority{}
	b.records(func(d *record.Document) {
		provisional, notes := b.resolveGiven(g, d.Record)
		b.made[d.Record.ID] = provisional
		for _, n := range append(notes, danglingEvents(d.Record, events)...) {
			if n.Severity == graph.Error {
				faults = append(faults, d.At(n))
			} else {
				b.notes = append(b.notes, d.At(n))
			}
		}
	})
	b.Problems = append(b.Problems, faults...)
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

// Units gives the quads of everything that remains after Resolve.
func (b *Batch) Units(base rdf.Base) iter.Seq[rdf.Unit] {
	return func(yield func(rdf.Unit) bool) {
		if !yield(rdf.EditorsUnit(base)) {
			return
		}
		for _, d := range b.Documents {
			if d.Authority == nil {
				continue
			}
			for _, u := range rdf.AuthorityUnits(base, d.Authority) {
				if !yield(u) {
					return
				}
			}
		}
		for _, d := range b.Documents {
			if d.Record != nil && !yield(rdf.RecordUnit(base, d.Record, b.made[d.Record.ID])) {
				return
			}
		}
	}
}
