package index

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// builder fills a snapshot: first every thing that has an identifier, then the
// links between them.
type builder struct {
	*Snapshot
	authority   *graph.Authority
	wordNumbers numbers
	fresh       *quadSet           // where only those are to be read
	before      *Snapshot          // to which they are added; its things are not in the lists of the new one yet
	added       map[graph.ID]Thing // what is made of those
	pace        *pace
}

// view gives what is said to one reader.
func (b *builder) view() rdf.View {
	if b.pace == nil {
		return b.Quads.View()
	}
	return restingView{b.Quads, b.pace}
}

// subjects gives the IRIs of a class that are to be read.
func (b *builder) subjects(class string) []string {
	if b.fresh != nil {
		return b.fresh.Subjects(vocab.Type, class)
	}
	return b.Quads.Subjects(vocab.Type, class)
}

func (b *builder) build() {
	var reading sync.WaitGroup
	reading.Go(func() { b.authority = rdf.ToAuthority(b.Base, b.view()) })
	b.sources()
	reading.Wait()
	b.entities()
	b.linkEntities()
	b.Events = b.events()
	b.link()
}

// events makes the events, several at once.
func (b *builder) events() []*Event {
	records := b.subjects(vocab.Record)
	made := make([]*Event, len(records))
	var next atomic.Int64
	var makers sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	if b.fresh != nil {
		workers = 1 // they are few, and the map of what is added takes one writer
	}
	list := make([]*maker, workers)
	for i := range list {
		m := newMaker(b)
		list[i] = m
		makers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(records) {
					return
				}
				made[i] = m.event(records[i])
			}
		})
	}
	makers.Wait()
	for _, m := range list {
		for _, f := range m.later {
			f()
		}
	}
	return made
}

func (b *builder) entity(kind graph.Kind, e graph.Entry) Entity {
	id, iri := b.known(graph.NewID(kind, e.ID))
	out := Entity{ID: id, IRI: iri, Name: e.Name, Acronym: e.Acronym, Names: e.Aliases, Description: e.Description, Note: e.Note,
		SameAs: e.SameAs, Provisional: e.Provisional, Evidence: b.global(e.Support)}
	if out.Name == "" {
		out.Name = e.ID
	}
	return out
}

// global resolves the supports of authority entries, which are identifiers.
func (b *builder) global(support []string) Evidence {
	var e backing
	for _, s := range support {
		e.addThing(b.Node(graph.ID(s)))
	}
	return e.evidence()
}

// known gives an identifier and its IRI as parts of the quads' text.
func (b *builder) known(id graph.ID) (graph.ID, string) {
	terms := b.Quads.main.terms
	if n, ok := terms.iri(string(b.Base), string(id)); ok {
		iri := terms.value(n)
		return b.Base.ID(iri), iri
	}
	return id, b.Base.IRI(id)
}

// enter makes a thing known by its identifier.
func (b *builder) enter(x Thing) {
	if b.added != nil {
		b.added[x.NodeID()] = x
	} else if n, ok := b.Quads.main.terms.iri(string(b.Base), string(x.NodeID())); ok {
		b.nodes[n] = x
	}
}

func (b *builder) sources() {
	view := b.view()
	for _, iri := range b.subjects(vocab.CreativeWork) {
		id := b.Base.ID(iri)
		as := rdf.ToSource(b.Base, view, id)
		s := &Source{Entity: Entity{ID: id, IRI: iri, Name: cmp.Or(as.Title, as.URL, string(id)), Evidence: Evidence{}}, As: as}
		s.self[0] = s
		if as.URL != "" {
			s.SameAs = []string{as.URL}
		}
		s.Published = b.date(as.Published, Evidence{})
		b.enter(s)
		s.number = len(b.before.Sources) + len(b.Sources)
		b.Sources = append(b.Sources, s)
	}
	b.links.sources = append(b.links.sources, rooms[SourceLinks](len(b.Sources))...)
	iris := b.subjects(vocab.SpecificPart)
	passages := make([]Passage, len(iris))
	for i, iri := range iris {
		p := rdf.ToPassage(b.Base, view, b.Base.ID(iri))
		source, _ := b.Node(p.Source).(*Source)
		if source == nil {
			continue
		}
		passage := &passages[i]
		*passage = Passage{ID: b.Base.ID(iri), Source: source, Start: p.Span.Start, End: p.Span.End, Exact: p.Exact, Prefix: p.Prefix, Suffix: p.Suffix, self: [1]*Passage{passage}}
		b.enter(passage)
		of := b.links.source(source)
		of.Passages = append(of.Passages, passage)
	}
}

// byPlace is the order of passages: by source and place in it.
func byPlace(a, b *Passage) int {
	return cmp.Or(cmp.Compare(a.Source.ID, b.Source.ID), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func (b *builder) date(text string, evidence Evidence) Date {
	value, err := edtf.Parse(text)
	if err != nil {
		return Date{}
	}
	return Date{Value: value, Basis: "explicit", Evidence: evidence}
}

// entities makes every authority entry, without its links.
func (b *builder) entities() {
	for _, x := range b.authority.Places {
		p := &Place{Entity: b.entity(graph.KindPlace, x.Entry), Kind: x.Kind, Code: x.Code, Demonyms: x.Demonyms}
		p.number = len(b.before.Places) + len(b.Places)
		b.Places = append(b.Places, p)
		b.enter(p)
	}
	for _, x := range b.authority.Actors {
		a := &Actor{Entity: b.entity(graph.KindActor, x.Entry), Kind: x.Kind, Website: x.Website}
		if x.Website != "" {
			a.SameAs = append(a.SameAs, x.Website)
		}
		a.number = len(b.before.Actors) + len(b.Actors)
		b.Actors = append(b.Actors, a)
		b.enter(a)
	}
	for _, x := range b.authority.People {
		p := &Person{Entity: b.entity(graph.KindPerson, x.Entry)}
		p.number = len(b.before.People) + len(b.People)
		b.People = append(b.People, p)
		b.enter(p)
	}
	for _, x := range b.authority.Topics {
		t := &Topic{Entity: b.entity(graph.KindTopic, x.Entry)}
		t.number = len(b.before.Topics) + len(b.Topics)
		b.Topics = append(b.Topics, t)
		b.enter(t)
	}
	for _, x := range b.authority.Instruments {
		i := &Instrument{Entity: b.entity(graph.KindInstrument, x.Entry), Kind: x.Kind, Identifier: x.Identifier}
		i.number = len(b.before.Instruments) + len(b.Instruments)
		b.Instruments = append(b.Instruments, i)
		b.enter(i)
	}
	for _, x := range b.authority.Initiatives {
		i := &Initiative{Entity: b.entity(graph.KindInitiative, x.Entry), Kind: x.Kind}
		i.number = len(b.before.Initiatives) + len(b.Initiatives)
		b.Initiatives = append(b.Initiatives, i)
		b.enter(i)
	}
	for _, x := range b.authority.Series {
		s := &Series{Entity: b.entity(graph.KindSeries, x.Entry), Kind: x.Kind}
		s.number = len(b.before.Series) + len(b.Series)
		b.Series = append(b.Series, s)
		b.enter(s)
	}
	for _, x := range b.authority.Judgements {
		j := &Judgement{ID: graph.NewID(graph.KindJudgement, x.ID), As: x, Evidence: b.global(x.Support)}
		b.Judgements = append(b.Judgements, j)
		b.enter(j)
	}
}

func (b *builder) actor(slug string) *Actor {
	a, _ := b.Node(graph.NewID(graph.KindActor, slug)).(*Actor)
	return a
}

func (b *builder) placeOf(slug string) *Place {
	p, _ := b.Node(graph.NewID(graph.KindPlace, slug)).(*Place)
	return p
}

// linkEntities ties the entries to each other. The sections of the authority
// and the lists of the snapshot have the same order.
func (b *builder) linkEntities() {
	for i, x := range b.authority.Places {
		p := b.Places[i]
		if p.Country = b.placeOf(x.Country); p.Country != nil {
			p.Country.Cities = append(p.Country.Cities, p)
		}
	}
	for i, x := range b.authority.Actors {
		b.linkActor(b.Actors[i], x)
	}
	for i, x := range b.authority.People {
		b.linkPerson(b.People[i], x)
	}
	for i, x := range b.authority.Topics {
		b.linkTopic(b.Topics[i], x)
	}
	for i, x := range b.authority.Instruments {
		in := b.Instruments[i]
		e := in.Evidence
		in.Adopted, in.Opened, in.InForce = b.date(x.Adopted, e), b.date(x.OpenedForSignature, e), b.date(x.InForce, e)
		if in.Parent, _ = b.Node(graph.NewID(graph.KindInstrument, x.Parent)).(*Instrument); in.Parent != nil {
			in.Parent.Parts = append(in.Parent.Parts, in)
		}
		in.Parties = b.memberships(in, x.Parties)
		in.Counts = b.counts(x.Counts)
		in.Conflicts = b.conflicts(in, x.Claims, b.global)
		b.Conflicts = append(b.Conflicts, in.Conflicts...)
	}
	for i, x := range b.authority.Initiatives {
		in := b.Initiatives[i]
		in.Launched = b.date(x.Launched, in.Evidence)
		in.Members = b.memberships(in, x.Members)
		in.Counts = b.counts(x.Counts)
		in.Conflicts = b.conflicts(in, x.Claims, b.global)
		b.Conflicts = append(b.Conflicts, in.Conflicts...)
	}
	for i, x := range b.authority.Series {
		s := b.Series[i]
		for _, p := range x.Parties {
			s.Parties = appendKnown(s.Parties, b.actor(p))
		}
		s.Since = b.date(x.Since, s.Evidence)
		s.Conflicts = b.conflicts(s, x.Claims, b.global)
		b.Conflicts = append(b.Conflicts, s.Conflicts...)
	}
}

func appendKnown[T any](list []*T, x *T) []*T {
	if x == nil || slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

func (b *builder) linkActor(a *Actor, x graph.Actor) {
	a.Country = b.placeOf(x.Country)
	a.From, a.To = b.date(x.From, a.Evidence), b.date(x.To, a.Evidence)
	if a.Parent = b.actor(x.Parent); a.Parent != nil {
		a.Parent.Units = append(a.Parent.Units, a)
	}
	if a.Replaces = b.actor(x.Replaces); a.Replaces != nil {
		a.Replaces.ReplacedBy = append(a.Replaces.ReplacedBy, a)
	}
	a.Members = b.memberships(a, x.Members)
}

func (b *builder) memberships(of Named, list []graph.Member) []*Membership {
	var out []*Membership
	for _, x := range list {
		member := b.actor(x.Actor)
		if member == nil {
			continue
		}
		e := b.global(x.Support)
		if len(x.Support) == 0 {
			e = of.Self().Evidence
		}
		m := &Membership{ID: graph.ID(x.Node), Of: of, Member: member, As: x, Evidence: e,
			Signature: b.date(x.Signature, e), Date: b.date(x.Date, e), InForce: b.date(x.InForce, e)}
		member.MemberOf = append(member.MemberOf, m)
		b.enter(m)
		out = append(out, m)
	}
	return out
}

func (b *builder) counts(list []graph.Count) []*Count {
	var out []*Count
	for _, x := range list {
		e := b.global(x.Support)
		out = append(out, &Count{As: x, Date: b.date(x.Date, e), Evidence: e})
	}
	return out
}

func (b *builder) conflicts(of Named, list []graph.Claim, evidence func([]string) Evidence) []*Conflict {
	var out []*Conflict
	for _, x := range list {
		c := &Conflict{ID: graph.ID(x.Node), Of: of, Field: x.Field, Note: x.Note}
		for _, v := range x.Values {
			c.Values = append(c.Values, ClaimedValue{Value: v.Value, Preferred: v.Preferred, Evidence: evidence(v.Support)})
		}
		b.enter(c)
		out = append(out, c)
	}
	return out
}

func (b *builder) linkPerson(p *Person, x graph.Person) {
	p.Country = b.actor(x.Country)
	for _, held := range x.Positions {
		e := b.global(held.Support)
		p.Held = append(p.Held, &Position{Title: held.Title, Actor: b.actor(held.Organisation), AsOf: b.date(held.AsOf, e), Evidence: e})
	}
}

func (b *builder) linkTopic(t *Topic, x graph.Topic) {
	for _, slug := range x.Broader {
		if up, ok := b.Node(graph.NewID(graph.KindTopic, slug)).(*Topic); ok {
			t.Broader = append(t.Broader, up)
			up.Narrower = append(up.Narrower, t)
		}
	}
	for _, slug := range x.Related {
		if other, ok := b.Node(graph.NewID(graph.KindTopic, slug)).(*Topic); ok {
			t.Related = appendKnown(t.Related, other)
			other.Related = appendKnown(other.Related, t)
		}
	}
}
