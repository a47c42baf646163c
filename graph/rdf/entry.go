package rdf

import (
	"slices"

	"dialograph/graph"
	"dialograph/graph/vocab"
)

// Described is a set of quads in which all that is said of a thing, and all that
// points to it, can be looked up.
type Described interface {
	View
	About(subject string) []Quad  // quads of a subject
	Linking(object string) []Quad // quads whose object is an IRI
}

// parts are the kinds of nodes that belong to an authority entry.
var parts = []graph.Kind{graph.KindName, graph.KindPosition, graph.KindMembership, graph.KindCount, graph.KindClaim, graph.KindCitation}

// EntryUnit finds the quads of an authority entry as they stand, with its names,
// memberships and the like, and the description of the sources and passages that
// they cite. What a record says of it provisionally is left out.
func EntryUnit(base Base, set Described, id graph.ID) Unit {
	e := &entryQuads{base: base, set: set, seen: map[string]bool{}, made: map[string]bool{}}
	iri := base.IRI(id)
	for _, s := range set.Stated(iri, vocab.Provisional) {
		e.made[s.Graph] = true
	}
	e.node(iri)
	cited := map[string]bool{}
	for _, q := range e.out {
		e.describe(q.Graph, cited)
	}
	u := Unit{Key: string(id), Quads: e.out}
	slices.SortFunc(u.Quads, Compare)
	u.Quads = slices.Compact(u.Quads)
	for source := range cited {
		u.Cites = append(u.Cites, source)
	}
	slices.Sort(u.Cites)
	return u
}

type entryQuads struct {
	base Base
	set  Described
	seen map[string]bool
	made map[string]bool // graphs in which the entry is provisional
	out  []Quad
}

// node takes what is said of a node, and the parts that hang on it.
func (e *entryQuads) node(iri string) {
	if e.seen[iri] {
		return
	}
	e.seen[iri] = true
	for _, q := range e.set.About(iri) {
		if !e.made[q.Graph] {
			e.out = append(e.out, q)
			e.part(q.Object.Value, q.Object.Literal)
		}
	}
	for _, q := range e.set.Linking(iri) {
		e.part(q.Subject, false)
	}
}

func (e *entryQuads) part(iri string, literal bool) {
	if !literal && slices.Contains(parts, e.base.ID(iri).Kind()) {
		e.node(iri)
	}
}

// describe takes the description of a source, or of a passage and its source.
func (e *entryQuads) describe(iri string, cited map[string]bool) {
	switch e.base.ID(iri).Kind() {
	case graph.KindSource:
		cited[iri] = true
	case graph.KindPassage:
		for _, s := range e.set.Stated(iri, vocab.HasSource) {
			e.describe(s.Object.Value, cited)
		}
	default:
		return
	}
	if !e.seen[iri] {
		e.seen[iri] = true
		e.out = append(e.out, e.set.About(iri)...)
	}
}
