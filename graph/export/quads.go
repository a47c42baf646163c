package export

import (
	"slices"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
)

// EachQuad visits the quads of the selection by subject, predicate, object and
// graph. The whole is read as it stands; of a part, the records are taken whole,
// with the entries that they speak of.
func (x *Selection) EachQuad(visit func(rdf.Quad) error) error {
	visit = x.counting(visit)
	if x.kept == nil {
		return stopping(x.Snapshot.Quads.Each, visit)
	}
	for _, q := range x.quads() {
		if err := visit(q); err != nil {
			return err
		}
	}
	return nil
}

// EachQuadByGraph is EachQuad with the graph first.
func (x *Selection) EachQuadByGraph(visit func(rdf.Quad) error) error {
	visit = x.counting(visit)
	if x.kept == nil {
		return stopping(x.Snapshot.Quads.EachByGraph, visit)
	}
	list := x.quads()
	slices.SortFunc(list, rdf.CompareInGraph)
	for _, q := range list {
		if err := visit(q); err != nil {
			return err
		}
	}
	return nil
}

// counting counts the visits, where someone wants to know.
func (x *Selection) counting(visit func(rdf.Quad) error) func(rdf.Quad) error {
	if x.seen == nil {
		return visit
	}
	return func(q rdf.Quad) error { *x.seen++; return visit(q) }
}

// stopping visits until a visit fails.
func stopping(each func(func(rdf.Quad)), visit func(rdf.Quad) error) error {
	var err error
	each(func(q rdf.Quad) {
		if err == nil {
			err = visit(q)
		}
	})
	return err
}

// quads are the units of the selected records and of the entries that are kept.
func (x *Selection) quads() []rdf.Quad {
	base := x.Snapshot.Base
	var out []rdf.Quad
	for _, e := range x.Events {
		out = append(out, rdf.RecordUnit(base, rdf.ToRecord(base, x.Snapshot.Quads, e.ID.Slug()), nil).Quads...)
	}
	for id := range x.closed().kept {
		switch id.Kind() {
		case graph.KindActor, graph.KindPerson, graph.KindTopic, graph.KindInstrument, graph.KindInitiative, graph.KindPlace, graph.KindSeries:
			out = append(out, rdf.EntryUnit(base, x.Snapshot.Quads, id).Quads...)
			out = append(out, x.Snapshot.Quads.Match(index.Pattern{Subject: base.IRI(id)})...) // what records say provisionally, too
		}
	}
	slices.SortFunc(out, rdf.Compare)
	return slices.Compact(out)
}

// said is what is said of a subject once, and the graphs that say it.
type said struct {
	quad     rdf.Quad
	evidence index.Evidence
}

// statements are the quads, each statement once with what says it.
func (x *Selection) statements() *Table {
	base := x.Snapshot.Base
	columns := slices.Concat([]column[said]{
		text("subject", "kind/slug, or an IRI that is not ours.", func(s said) string { return short(base, s.quad.Subject) }),
		text("predicate", "The property, as a full IRI.", func(s said) string { return s.quad.Predicate }),
		text("object", "The value, or kind/slug of a thing.", func(s said) string {
			if s.quad.Object.Literal {
				return s.quad.Object.Value
			}
			return short(base, s.quad.Object.Value)
		}),
		boolean("literal", "Whether the object is a value and not a thing.", func(s said) bool { return s.quad.Object.Literal }),
		text("datatype", "The datatype of a value; empty for a text.", func(s said) string { return s.quad.Object.Datatype }),
		text("language", "The language of a text.", func(s said) string { return s.quad.Object.Lang }),
	}, evidenceColumns(func(s said) index.Evidence { return s.evidence }))
	return streamed("statements", "Everything that the graph says, each statement once with what says it.", x.eachStatement, columns...)
}

func (x *Selection) eachStatement(visit func(said) error) error {
	var last said
	var graphs []string
	flush := func() error {
		if len(graphs) == 0 {
			return nil
		}
		last.evidence = x.Snapshot.EvidenceOf(graphs)
		return visit(last)
	}
	err := x.EachQuad(func(q rdf.Quad) error {
		if len(graphs) > 0 && (q.Subject != last.quad.Subject || q.Predicate != last.quad.Predicate || q.Object != last.quad.Object) {
			if err := flush(); err != nil {
				return err
			}
			graphs = graphs[:0]
		}
		last.quad = q
		graphs = append(graphs, q.Graph)
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// short is the identifier of one of our IRIs, or the IRI.
func short(base rdf.Base, iri string) string {
	if id := base.ID(iri); id != "" {
		return string(id)
	}
	return iri
}
