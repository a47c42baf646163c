package graph

import "net/url"

// Problems lists every fault of the authority file that can be seen without
// the other files, in the order of the file.
func (a *Authority) Problems() []Problem {
	ps := &problems{}
	if a.Schema != AuthoritySchema {
		ps.errorf("schema", "%q is not %s", a.Schema, AuthoritySchema)
	}
	ps.takeSources(a.Sources)
	for i, x := range a.Actors {
		ps.actor(at("actors", i), x)
	}
	for i, x := range a.People {
		ps.person(at("people", i), x)
	}
	for i, x := range a.Topics {
		ps.topic(at("topics", i), x)
	}
	for i, x := range a.Instruments {
		ps.instrument(at("instruments", i), x)
	}
	for i, x := range a.Initiatives {
		ps.initiative(at("initiatives", i), x)
	}
	for i, x := range a.Places {
		ps.place(at("places", i), x)
	}
	for i, x := range a.Series {
		ps.series(at("series", i), x)
	}
	for i, x := range a.Judgements {
		ps.judgement(at("judgements", i), x)
	}
	ps.sourceList("sources", a.Sources)
	ps.twice(a)
	return ps.list
}

func (ps *problems) entry(path string, e Entry) {
	ps.slug(path+".id", e.ID)
	ps.required(path+".name", e.Name)
	for i, n := range e.Aliases {
		here := at(path+".aliases", i)
		ps.required(here+".name", n.Text)
		ps.optional(here+".kind", n.Kind, NameKinds)
		ps.supports(here+".support", n.Support)
	}
	for i, address := range append([]string{e.Website}, e.SameAs...) {
		if address == "" {
			continue
		}
		if u, err := url.Parse(address); err != nil || !u.IsAbs() {
			where := path + ".website"
			if i > 0 {
				where = at(path+".same_as", i-1)
			}
			ps.errorf(where, "%q is not an absolute address", address)
		}
	}
	ps.supports(path+".support", e.Support)
}

func (ps *problems) actor(path string, a Actor) {
	ps.entry(path, a.Entry)
	ps.oneOf(path+".kind", a.Kind, ActorKinds)
	ps.date(path+".from", a.From)
	ps.date(path+".to", a.To)
	if a.Parent == a.ID && a.ID != "" {
		ps.errorf(path+".parent", "%q is its own parent", a.Parent)
	}
	ps.members(path+".members", a.Members)
}

func (ps *problems) members(path string, list []Member) {
	for i, m := range list {
		here := at(path, i)
		ps.slug(here+".actor", m.Actor)
		ps.optional(here+".status", m.Status, PartyStatuses)
		ps.date(here+".signature", m.Signature)
		ps.date(here+".date", m.Date)
		ps.date(here+".in_force", m.InForce)
		ps.supports(here+".support", m.Support)
	}
}

func (ps *problems) counts(path string, list []Count) {
	for i, c := range list {
		here := at(path, i)
		ps.date(here+".date", c.Date)
		ps.oneOf(here+".of", c.Of, PartyStatuses)
		if c.Number <= 0 {
			ps.errorf(here+".number", "%d is not a positive number", c.Number)
		}
		ps.supports(here+".support", c.Support)
	}
}

func (ps *problems) person(path string, p Person) {
	ps.entry(path, p.Entry)
	for i, x := range p.Positions {
		here := at(path+".positions", i)
		ps.required(here+".title", x.Title)
		ps.date(here+".as_of", x.AsOf)
		ps.supports(here+".support", x.Support)
	}
}

func (ps *problems) topic(path string, t Topic) {
	ps.entry(path, t.Entry)
	for i, b := range t.Broader {
		if b == t.ID {
			ps.errorf(at(path+".broader", i), "%q is broader than itself", b)
		}
	}
	if t.Description == "" {
		ps.warnf(path+".description", "is missing; a concept needs a definition")
	}
}

func (ps *problems) instrument(path string, x Instrument) {
	ps.entry(path, x.Entry)
	ps.oneOf(path+".kind", x.Kind, InstrumentKinds)
	ps.date(path+".adopted", x.Adopted)
	ps.date(path+".opened_for_signature", x.OpenedForSignature)
	ps.date(path+".in_force", x.InForce)
	ps.members(path+".parties", x.Parties)
	ps.counts(path+".counts", x.Counts)
	ps.claims(path+".claims", x.Claims)
}

func (ps *problems) initiative(path string, x Initiative) {
	ps.entry(path, x.Entry)
	ps.date(path+".launched", x.Launched)
	ps.members(path+".members", x.Members)
	ps.counts(path+".counts", x.Counts)
	ps.claims(path+".claims", x.Claims)
}

func (ps *problems) place(path string, x Place) {
	ps.entry(path, x.Entry)
	ps.oneOf(path+".kind", x.Kind, PlaceKinds)
	if x.Kind == "city" && x.Country == "" {
		ps.errorf(path+".country", "is missing; a city lies in a country")
	}
}

func (ps *problems) series(path string, x Series) {
	ps.entry(path, x.Entry)
	ps.optional(path+".kind", x.Kind, SeriesKinds)
	ps.date(path+".since", x.Since)
	ps.claims(path+".claims", x.Claims)
}

func (ps *problems) judgement(path string, j Judgement) {
	ps.slug(path+".id", j.ID)
	ps.oneOf(path+".verdict", j.Verdict, Verdicts)
	ps.required(path+".a", j.A)
	ps.required(path+".b", j.B)
	ps.required(path+".by", j.By)
	ps.required(path+".why", j.Why)
	ps.date(path+".date", j.Date)
	ps.supports(path+".support", j.Support)
}

// twice finds ids that one section holds more than once.
func (ps *problems) twice(a *Authority) {
	seen := map[ID]string{}
	a.EachEntry(func(id ID, path string, _ *Entry) {
		if first, ok := seen[id]; ok {
			ps.errorf(path+".id", "%s is already at %s", id, first)
			return
		}
		seen[id] = path
	})
}

// EachEntry visits the identifier and path of every entry, in file order, with
// what all entries have; a judgement has none of that: nil.
func (a *Authority) EachEntry(visit func(id ID, path string, e *Entry)) {
	for i := range a.Actors {
		visit(NewID(KindActor, a.Actors[i].ID), at("actors", i), &a.Actors[i].Entry)
	}
	for i := range a.People {
		visit(NewID(KindPerson, a.People[i].ID), at("people", i), &a.People[i].Entry)
	}
	for i := range a.Topics {
		visit(NewID(KindTopic, a.Topics[i].ID), at("topics", i), &a.Topics[i].Entry)
	}
	for i := range a.Instruments {
		visit(NewID(KindInstrument, a.Instruments[i].ID), at("instruments", i), &a.Instruments[i].Entry)
	}
	for i := range a.Initiatives {
		visit(NewID(KindInitiative, a.Initiatives[i].ID), at("initiatives", i), &a.Initiatives[i].Entry)
	}
	for i := range a.Places {
		visit(NewID(KindPlace, a.Places[i].ID), at("places", i), &a.Places[i].Entry)
	}
	for i := range a.Series {
		visit(NewID(KindSeries, a.Series[i].ID), at("series", i), &a.Series[i].Entry)
	}
	for i, x := range a.Judgements {
		visit(NewID(KindJudgement, x.ID), at("judgements", i), nil)
	}
}
