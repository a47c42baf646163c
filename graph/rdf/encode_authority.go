package rdf

import (
	"context"
	"slices"

	"dialograph/graph"
	"dialograph/graph/vocab"
)

// Unit is the quads of one record or authority entry: what is loaded, replaced
// and retracted as a whole.
type Unit struct {
	Key   string   // record/<id> or <kind>/<slug>
	Cites []string // IRIs of the sources it relies on; only units that cite a common source share quads
	Quads []Quad   // sorted, without repetition
}

// Units hand out their quads, one unit after the other.
type Units []Unit

// Quads visits the quads of all units.
func (list Units) Quads(_ context.Context, visit func(Quad) error) error {
	for _, u := range list {
		for _, q := range u.Quads {
			if err := visit(q); err != nil {
				return err
			}
		}
	}
	return nil
}

// RecordUnit makes the unit of a record, together with the provisional entries
// that its unknown names made.
func RecordUnit(base Base, r *graph.Record, provisional *graph.Authority) Unit {
	u := Unit{Key: "record/" + r.ID, Quads: FromRecord(base, r)}
	if provisional != nil {
		owner := base.IRI(graph.NewID(graph.KindRecord, r.ID))
		for _, entry := range authorityUnits(base, provisional, owner) {
			u.Quads = append(u.Quads, entry.Quads...)
		}
		slices.SortFunc(u.Quads, Compare)
		u.Quads = slices.Compact(u.Quads)
	}
	u.Cites = citesOf(base, r.Sources)
	return u
}

func citesOf(base Base, list []graph.Source) []string {
	var out []string
	for _, s := range list {
		out = append(out, base.IRI(SourceID(s)))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// AuthorityUnits makes a unit of each entry of an authority file.
func AuthorityUnits(base Base, a *graph.Authority) []Unit {
	return authorityUnits(base, a, base.Authority())
}

// authorityUnits does so with the graph of what an entry says without a source.
func authorityUnits(base Base, a *graph.Authority, owner string) []Unit {
	u := &units{base: base, sources: a.Sources, owner: owner}
	for _, x := range a.Actors {
		u.entry(graph.KindActor, x.Entry, vocab.Organization, func(w *writer, n node) { w.actor(n, x) })
	}
	for _, x := range a.People {
		u.entry(graph.KindPerson, x.Entry, vocab.Person, func(w *writer, n node) { w.person(n, x) })
	}
	for _, x := range a.Topics {
		u.entry(graph.KindTopic, x.Entry, vocab.Concept, func(w *writer, n node) { w.topic(n, x) })
	}
	for _, x := range a.Instruments {
		u.entry(graph.KindInstrument, x.Entry, vocab.Legislation, func(w *writer, n node) { w.instrument(n, x) })
	}
	for _, x := range a.Initiatives {
		u.entry(graph.KindInitiative, x.Entry, vocab.Project, func(w *writer, n node) { w.initiative(n, x) })
	}
	for _, x := range a.Places {
		u.entry(graph.KindPlace, x.Entry, vocab.Place, func(w *writer, n node) { w.place(n, x) })
	}
	for _, x := range a.Series {
		u.entry(graph.KindSeries, x.Entry, vocab.EventSeries, func(w *writer, n node) { w.series(n, x) })
	}
	for _, j := range a.Judgements {
		u.judgement(j)
	}
	return u.list
}

// EditorsUnit describes the authority files themselves, the source of what
// they say without citing another.
func EditorsUnit(base Base) Unit {
	id := base.ID(base.Authority())
	w := newWriter(base, base.Authority(), nil)
	n := w.node(id, []string{base.Provenance()}).class(vocab.CreativeWork, vocab.Entity)
	n.text(vocab.Title, "Reviewed authority files of dialograph")
	n.text(vocab.Publisher, "dialograph")
	return Unit{Key: string(id), Quads: w.done()}
}

type units struct {
	base    Base
	owner   string
	sources []graph.Source
	list    []Unit
}

func (u *units) entry(kind graph.Kind, e graph.Entry, class string, more func(*writer, node)) {
	id := graph.NewID(kind, e.ID)
	w := newWriter(u.base, u.owner, u.sources)
	n := w.node(id, w.graphs(e.Support)).class(class)
	w.common(n, e)
	more(w, n)
	cites := citesOf(u.base, w.cited(id, u.sources))
	u.list = append(u.list, Unit{Key: string(id), Cites: cites, Quads: w.done()})
}

// cited describes those of the file's sources that the entry relies on, and
// returns them.
func (w *writer) cited(id graph.ID, list []graph.Source) []graph.Source {
	used := map[string]bool{}
	for _, q := range w.quads {
		used[q.Graph] = true
	}
	var cited []graph.Source
	for _, s := range list {
		source := SourceID(s)
		relied := used[w.base.IRI(source)]
		var passages []graph.Passage
		for _, p := range s.Passages {
			if span, err := p.Span(); err == nil && used[w.base.IRI(PassageID(source, span))] {
				passages = append(passages, p)
			}
		}
		if relied || len(passages) > 0 {
			s.Passages = passages
			cited = append(cited, s)
		}
	}
	w.sourcesOnly(cited)
	return cited
}

func (w *writer) sourcesOnly(list []graph.Source) {
	for _, s := range list {
		n := w.node(SourceID(s), []string{w.base.Provenance()}).class(vocab.CreativeWork, vocab.Entity)
		n.about(s)
		for _, p := range s.Passages {
			w.passage(n.id, p)
		}
	}
}

func (w *writer) common(n node, e graph.Entry) {
	n.text(vocab.Name, e.Name)
	n.text(vocab.Acronym, e.Acronym)
	n.text(vocab.Description, e.Description)
	n.text(vocab.Note, e.Note)
	n.address(vocab.Website, e.Website)
	for _, address := range e.SameAs {
		n.address(vocab.SameAs, address)
	}
	if e.Provisional {
		n.add(vocab.Provisional, Typed("true", vocab.Boolean))
	}
	for _, a := range e.Aliases {
		w.alias(n, a)
	}
}

// alias writes a name and, where there is more to say of it, a node that does.
func (w *writer) alias(n node, a graph.Name) {
	graphs := n.graphs
	if len(a.Support) > 0 {
		graphs = w.graphs(a.Support)
	}
	n.in(graphs).add(vocab.AlternateName, LangText(a.Text, a.Lang))
	if a.Kind == "" && a.Note == "" {
		return
	}
	name := w.child(graph.KindName, graphs, string(n.id.Kind()), n.id.Slug(), a.Text).class(vocab.SpelledName)
	name.link(vocab.NameOf, n.id)
	name.add(vocab.Text, LangText(a.Text, a.Lang))
	name.text(vocab.NameKind, a.Kind)
	name.text(vocab.Note, a.Note)
}

func (w *writer) actor(n node, a graph.Actor) {
	n.text(vocab.ActorKind, a.Kind)
	n.slug(vocab.Country, graph.KindPlace, a.Country)
	n.slug(vocab.SubOrgOf, graph.KindActor, a.Parent)
	n.slug(vocab.Replaces, graph.KindActor, a.Replaces)
	n.date(vocab.Existed, a.From)
	n.date(vocab.Ceased, a.To)
	w.members(n, a.Members)
}

func (w *writer) members(of node, list []graph.Member) {
	for i, m := range list {
		graphs := of.graphs
		if len(m.Support) > 0 {
			graphs = w.graphs(m.Support)
		}
		n := w.child(graph.KindMembership, graphs, string(of.id.Kind()), of.id.Slug(), m.Actor).class(vocab.Membership)
		n.link(vocab.OrgOf, of.id)
		n.slug(vocab.OrgMember, graph.KindActor, m.Actor)
		n.number(vocab.Position, i)
		n.text(vocab.Status, m.Status)
		n.date(vocab.Signature, m.Signature)
		n.date(vocab.Date, m.Date)
		n.date(vocab.InForce, m.InForce)
		n.text(vocab.Note, m.Note)
	}
}

func (w *writer) counts(of node, list []graph.Count) {
	for i, c := range list {
		n := w.child(graph.KindCount, w.graphs(c.Support), string(of.id.Kind()), of.id.Slug(), c.Of, c.Date).class(vocab.StatedCount)
		n.link(vocab.OrgOf, of.id)
		n.number(vocab.Position, i)
		n.number(vocab.Number, c.Number)
		n.text(vocab.Status, c.Of)
		n.date(vocab.Date, c.Date)
		n.text(vocab.Note, c.Note)
	}
}

func (w *writer) person(n node, p graph.Person) {
	n.slug(vocab.Side, graph.KindActor, p.Country)
	for i, x := range p.Positions {
		graphs := n.graphs
		if len(x.Support) > 0 {
			graphs = w.graphs(x.Support)
		}
		held := w.child(graph.KindPosition, graphs, n.id.Slug(), x.Title, x.AsOf).class(vocab.HeldPosition)
		held.link(vocab.PositionOf, n.id)
		held.number(vocab.Position, i)
		held.text(vocab.PositionTitle, x.Title)
		held.slug(vocab.Actor, graph.KindActor, x.Organisation)
		held.date(vocab.AsOf, x.AsOf)
	}
}

func (w *writer) topic(n node, t graph.Topic) {
	n.text(vocab.PrefLabel, t.Name)
	for _, a := range t.Aliases {
		n.add(vocab.AltLabel, LangText(a.Text, a.Lang))
	}
	n.text(vocab.Definition, t.Description)
	for _, b := range t.Broader {
		n.slug(vocab.Broader, graph.KindTopic, b)
	}
	for _, r := range t.Related {
		n.slug(vocab.Related, graph.KindTopic, r)
	}
}

func (w *writer) instrument(n node, x graph.Instrument) {
	n.text(vocab.InstrumentKnd, x.Kind)
	n.text(vocab.Notation, x.Identifier)
	n.slug(vocab.SubOrgOf, graph.KindInstrument, x.Parent)
	n.date(vocab.Adopted, x.Adopted)
	n.date(vocab.Opened, x.OpenedForSignature)
	n.date(vocab.InForce, x.InForce)
	w.members(n, x.Parties)
	w.counts(n, x.Counts)
	w.claims(n.id, x.Claims)
}

func (w *writer) initiative(n node, x graph.Initiative) {
	n.text(vocab.InitiativeKnd, x.Kind)
	n.date(vocab.Launched, x.Launched)
	w.members(n, x.Members)
	w.counts(n, x.Counts)
	w.claims(n.id, x.Claims)
}

func (w *writer) place(n node, x graph.Place) {
	n.text(vocab.PlaceKind, x.Kind)
	n.text(vocab.Code, x.Code)
	n.slug(vocab.ContainedIn, graph.KindPlace, x.Country)
	for _, d := range x.Demonyms {
		n.text(vocab.Demonym, d)
	}
}

func (w *writer) series(n node, x graph.Series) {
	n.text(vocab.SeriesKind, x.Kind)
	for _, p := range x.Parties {
		n.slug(vocab.Party, graph.KindActor, p)
	}
	n.date(vocab.Since, x.Since)
	w.claims(n.id, x.Claims)
}

func (u *units) judgement(j graph.Judgement) {
	id := graph.NewID(graph.KindJudgement, j.ID)
	w := newWriter(u.base, u.owner, u.sources)
	n := w.node(id, w.graphs(j.Support)).class(vocab.Judgement)
	n.text(vocab.Judged, j.A)
	n.text(vocab.JudgedWith, j.B)
	n.text(vocab.Verdict, j.Verdict)
	n.text(vocab.By, j.By)
	n.text(vocab.Why, j.Why)
	n.date(vocab.Date, j.Date)
	cites := citesOf(u.base, w.cited(id, u.sources))
	u.list = append(u.list, Unit{Key: string(id), Cites: cites, Quads: w.done()})
}
