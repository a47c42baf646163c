package index

import (
	"context"
	"io"
	"time"

	"dialograph/graph"
	"dialograph/graph/image"
	"dialograph/graph/multiset"
	"dialograph/graph/rdf"
)

// saved is what of a snapshot is kept in a file: all but what is worked out when
// it is asked for.
type saved struct {
	text  string // of the terms: it stands first because most other texts are parts of it
	quads *quadSet
	base  rdf.Base
	sum   multiset.Sum

	events      []*Event
	series      []*Series
	actors      []*Actor
	people      []*Person
	topics      []*Topic
	instruments []*Instrument
	initiatives []*Initiative
	places      []*Place
	sources     []*Source
	conflicts   []*Conflict
	judgements  []*Judgement

	counts           []kindCount
	nodes            []Thing
	linked           linked
	names            nameTables
	words            wordTable
	latest, earliest []int64
}

type kindCount struct {
	kind graph.Kind
	n    int
}

// thingTypes are the types that a Thing may have.
func thingTypes() []any {
	return []any{(*Event)(nil), (*Series)(nil), (*Actor)(nil), (*Person)(nil), (*Topic)(nil), (*Instrument)(nil), (*Initiative)(nil), (*Place)(nil), (*Source)(nil),
		(*Delegation)(nil), (*Participation)(nil), (*Discussion)(nil), (*Reference)(nil), (*Threat)(nil), (*Quotation)(nil), (*Outcome)(nil), (*Hiatus)(nil),
		(*Planned)(nil), (*Neighbour)(nil), (*Conflict)(nil), (*Membership)(nil), (*Passage)(nil), (*Judgement)(nil)}
}

// Save writes a snapshot, so that Load can map it. The title says what it was made
// from. Where something was added, a snapshot of all is made first.
func (s *Snapshot) Save(w io.Writer, title string) error {
	if len(s.Quads.added) > 0 {
		whole, err := ReadQuads(context.Background(), func(_ context.Context, visit func(rdf.Quad) error) error {
			s.Quads.Each(func(x rdf.Quad) { _ = visit(x) }) // does not fail
			return nil
		})
		if err != nil {
			return err
		}
		s = New(s.Base, whole, s.Built)
	}
	out := &saved{
		text: s.Quads.main.terms.text, quads: s.Quads.main, base: s.Base, sum: s.sum,
		events: s.Events, series: s.Series, actors: s.Actors, people: s.People, topics: s.Topics, instruments: s.Instruments,
		initiatives: s.Initiatives, places: s.Places, sources: s.Sources, conflicts: s.Conflicts, judgements: s.Judgements,
		nodes: s.nodes, linked: s.links.linked, names: s.names.nameTables, words: s.words, latest: s.latest, earliest: s.earliest,
	}
	for kind, n := range s.Counts {
		out.counts = append(out.counts, kindCount{kind, n})
	}
	return image.Write(w, title, out, thingTypes()...)
}

// Load maps a snapshot that Save wrote with the same title, which takes hardly more
// time than reading the file. Another title, or another program, is
// image.ErrOther; any other error means that the file is damaged or cannot be read.
func Load(path, title string, now time.Time) (*Snapshot, error) {
	in, err := image.Read[saved](path, title, thingTypes()...)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{
		Base: in.base, Hash: in.sum.String(), sum: in.sum, Built: now, Quads: &Quads{main: in.quads},
		Events: in.events, Series: in.series, Actors: in.actors, People: in.people, Topics: in.topics, Instruments: in.instruments,
		Initiatives: in.initiatives, Places: in.places, Sources: in.sources, Conflicts: in.conflicts, Judgements: in.judgements,
		Counts: map[graph.Kind]int{}, nodes: in.nodes, links: links{linked: in.linked}, names: searching(in.names), networks: newNetworks(),
		words: in.words, latest: in.latest, earliest: in.earliest,
	}
	for _, c := range in.counts {
		s.Counts[c.kind] = c.n
	}
	return s, nil
}
