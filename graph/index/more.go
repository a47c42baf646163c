package index

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// With makes a snapshot that has units more, in a time that depends on them and
// hardly on what is there: all things of this snapshot are shared. That can be
// done where the units are new records, with their sources and the entries for
// names not seen before. It cannot, and ok is false, where a unit is there
// already, says more of what is, or where so much was added that the snapshot is
// better made anew.
func (s *Snapshot) With(units []rdf.Unit, now time.Time) (more *Snapshot, ok bool) {
	p := &pace{now}
	quads, ok := s.newQuads(units)
	if !ok {
		return nil, false
	}
	all, fresh := s.Quads.with(p, quads)
	if fresh == nil {
		return s, true
	}
	if all.addedLen() > min(max(leastAdded, all.main.Len()/20), mostAdded) || !s.independent(p, fresh) {
		return nil, false
	}
	nodes, words := map[graph.ID]Thing{}, map[string]uint32{}
	out := &Snapshot{Base: s.Base, Built: now, Quads: all, sum: s.sum.Plus(fresh.sum()),
		Conflicts: s.Conflicts, Judgements: s.Judgements, Counts: maps.Clone(s.Counts), networks: newNetworks(),
		nodes: s.nodes, moreNodes: append(slices.Clip(s.moreNodes), nodes), words: s.words, names: s.names, links: s.links.shared(p)}
	out.Hash = out.sum.String()
	b := &builder{Snapshot: out, wordNumbers: numbers{given: s.words, more: s.moreWords, of: words}, fresh: fresh, before: s, added: nodes, pace: p}
	b.authority = rdf.ToAuthority(b.Base, freshView{b.view(), fresh})
	if !standsAlone(b.authority) {
		return nil, false
	}
	b.sources()
	b.entities()
	b.linkEntities()
	b.add(b.events())
	out.moreNodes, out.moreWords = s.moreNodes.with(p, nodes), s.moreWords.with(p, words)
	return out, true
}

// How many quads may be added until all is made anew, so that look-ups have few and
// small layers to go through: a twentieth of the others, but so many at least and at
// most.
const (
	leastAdded = 10_000
	mostAdded  = 200_000
)

// newQuads gives the quads of units; ok is false where one is there already.
func (s *Snapshot) newQuads(units []rdf.Unit) (quads []rdf.Quad, ok bool) {
	seen := map[string]bool{}
	for _, u := range units {
		iri := s.Base.IRI(graph.ID(u.Key))
		if seen[iri] || s.Quads.isSubject(iri) || !slices.ContainsFunc(u.Quads, func(q rdf.Quad) bool { return q.Subject == iri }) {
			return nil, false
		}
		seen[iri] = true
		quads = append(quads, u.Quads...)
	}
	return quads, true
}

// joined is a list in order with items added, which need not be.
func joined[T any](p *pace, list, added []T, compare func(a, b T) int) []T {
	if len(added) == 0 {
		return list
	}
	added = slices.SortedStableFunc(slices.Values(added), compare)
	out := make([]T, 0, len(list)+len(added))
	for _, x := range added {
		at, _ := slices.BinarySearchFunc(list, x, compare)
		out = append(appendAll(p, out, list[:at]), x)
		list = list[at:]
	}
	return appendAll(p, out, list)
}

// ownParts are the kinds of things that belong to one record, or to nothing else.
var ownParts = map[graph.Kind]bool{
	graph.KindRecord: true, graph.KindEvent: true, graph.KindDelegation: true, graph.KindParticipation: true, graph.KindDiscussion: true, graph.KindReference: true,
	graph.KindOutcome: true, graph.KindQuotation: true, graph.KindThreat: true, graph.KindHiatus: true, graph.KindPlanned: true, graph.KindSequence: true,
	graph.KindCitation: true, graph.KindSource: true, graph.KindPassage: true, graph.KindClaim: true, graph.KindName: true,
	graph.KindSeries: true, graph.KindActor: true, graph.KindPerson: true, graph.KindTopic: true, graph.KindInstrument: true, graph.KindInitiative: true, graph.KindPlace: true,
}

// owners are the predicates from parts to what they are parts of.
var owners = []string{vocab.EventOf, vocab.DelegationOf, vocab.InDelegation, vocab.ClaimOf, vocab.NameOf, vocab.MentionOf, vocab.CitedBy}

// independent tells whether quads say something only of things that are not
// there yet.
func (s *Snapshot) independent(p *pace, fresh *quadSet) bool {
	ok := true
	fresh.Each(func(q rdf.Quad) {
		p.rest()
		id := s.Base.ID(q.Subject)
		switch {
		case !ok:
		case !ownParts[id.Kind()] || s.Quads.isSubject(q.Subject):
			ok = false
		case slices.Contains(owners, q.Predicate):
			ok = fresh.isSubject(q.Object.Value) && !s.Quads.isSubject(q.Object.Value)
		}
	})
	last := ""
	fresh.Each(func(q rdf.Quad) {
		p.rest()
		if ok && q.Subject != last {
			last = q.Subject
			ok = !s.awaited(last)
		}
	})
	return ok
}

// awaited tells whether something that is there refers to a thing that was not.
// Meetings before and after an event are looked up anew each time.
func (s *Snapshot) awaited(iri string) bool {
	return slices.ContainsFunc(s.Quads.Linking(iri), func(q rdf.Quad) bool { return s.Base.ID(q.Subject).Kind() != graph.KindSequence })
}

// standsAlone tells whether entries say nothing of other entries that these
// would have to know.
func standsAlone(a *graph.Authority) bool {
	for _, x := range a.Actors {
		if x.Parent != "" || x.Replaces != "" || len(x.Members) > 0 {
			return false
		}
	}
	for _, x := range a.Topics {
		if len(x.Broader) > 0 || len(x.Related) > 0 {
			return false
		}
	}
	for _, x := range a.Instruments {
		if x.Parent != "" || len(x.Parties) > 0 || len(x.Claims) > 0 {
			return false
		}
	}
	for _, x := range a.Initiatives {
		if len(x.Members) > 0 || len(x.Claims) > 0 {
			return false
		}
	}
	for _, x := range a.Places {
		if x.Country != "" {
			return false
		}
	}
	for _, x := range a.Series {
		if len(x.Claims) > 0 {
			return false
		}
	}
	return len(a.Judgements) == 0
}

// freshView sees all that is said, but finds only things of which something new
// is said.
type freshView struct {
	rdf.View
	fresh *quadSet
}

// Subjects implements rdf.View.
func (v freshView) Subjects(predicate, object string) []string {
	if predicate == vocab.Type {
		return v.fresh.Subjects(predicate, object)
	}
	return v.View.Subjects(predicate, object)
}

// shared are links that have room for more things, and own none of the others.
func (l *links) shared(p *pace) links {
	return links{linked: linked{actors: copyOf(p, l.actors), people: copyOf(p, l.people), topics: copyOf(p, l.topics), sources: copyOf(p, l.sources),
		series: copyOf(p, l.series), places: copyOf(p, l.places), instruments: copyOf(p, l.instruments), initiatives: copyOf(p, l.initiatives)},
		own: &owned{map[*Actor]bool{}, map[*Person]bool{}, map[*Topic]bool{}, map[Named]bool{}}, pace: p}
}

// add ties new events to what they speak of, and puts all new things in their
// places.
func (b *builder) add(events []*Event) {
	s, l, before := b.Snapshot, &b.links, b.before
	l.makeRoom(s)
	for _, e := range events {
		l.linkEvent(e)
		s.Conflicts = slices.Concat(s.Conflicts[:place(s.Conflicts, e)], e.Conflicts, s.Conflicts[place(s.Conflicts, e):])
	}
	for _, p := range s.People {
		l.person(p)
	}
	for _, a := range s.Actors {
		l.actor(a)
	}
	b.finish(&before.links, events)
	p := b.pace
	s.Events = joined(p, before.Events, events, byDate)
	s.Series = joined(p, before.Series, s.Series, byID)
	s.Actors = joined(p, before.Actors, s.Actors, byID)
	s.People = joined(p, before.People, s.People, byID)
	s.Topics = joined(p, before.Topics, s.Topics, byID)
	s.Instruments = joined(p, before.Instruments, s.Instruments, byID)
	s.Initiatives = joined(p, before.Initiatives, s.Initiatives, byID)
	s.Places = joined(p, before.Places, s.Places, byID)
	s.Sources = joined(p, before.Sources, s.Sources, byID)
	b.nameMore()
	for id := range b.added {
		s.Counts[id.Kind()]++
	}
	b.boundsWith(before, events)
	l.own, l.pace = nil, nil
}

// place is where the conflicts of an event stand among those of all: after those
// of entries, in the order of events' identifiers.
func place(list []*Conflict, of *Event) int {
	i, _ := slices.BinarySearchFunc(list, of, func(c *Conflict, of *Event) int {
		e, ok := c.Of.(*Event)
		if !ok {
			return -1
		}
		return cmp.Compare(e.ID, of.ID)
	})
	return i
}

func byID[T Thing](a, b T) int { return cmp.Compare(a.NodeID(), b.NodeID()) }

// finish puts what was linked in order, and adds the events to those of the
// things that they speak of.
func (b *builder) finish(before *links, events []*Event) {
	l := &b.links
	for p := range l.own.people {
		l.pace.rest()
		of := l.people[p.number]
		of.sort(l.pace, p, at(before.people, p.number))
		attendedToo(l, &of.Events, events, func(x *Participation) bool { return x.Person == p }, nil)
		l.befriend(p)
	}
	for a := range l.own.actors {
		l.pace.rest()
		of, party := l.actors[a.number], a.isParty()
		of.sort(l.pace, at(before.actors, a.number))
		attendedToo(l, &of.Events, events, func(x *Participation) bool { return x.Actor == a || party && x.Side == a },
			func(d *Delegation) bool { return party && d.Party == a })
	}
	for t := range l.own.topics {
		l.pace.rest()
		of, known := l.topics[t.number], len(l.topics[t.number].Events)
		of.sort(l.pace, at(before.topics, t.number))
		for _, e := range events {
			if slices.ContainsFunc(e.Topics, func(d *Discussion) bool { return d.Topic == t }) {
				put(l, &of.Events, e)
			}
		}
		settle(l.pace, of.Events, known, byDate)
	}
	for n := range l.own.others {
		switch n := n.(type) {
		case *Source:
			l.sources[n.number].sort(l.pace, at(before.sources, n.number))
		case *Series:
			inSequence(l.series[n.number])
		case *Place:
			settle(l.pace, l.places[n.number], len(listAt(before.places, n.number)), byDate)
		case *Instrument:
			settle(l.pace, l.instruments[n.number], len(listAt(before.instruments, n.number)), referencesByEvent)
		case *Initiative:
			settle(l.pace, l.initiatives[n.number], len(listAt(before.initiatives, n.number)), referencesByEvent)
		}
	}
}

// attendedToo adds to a list of events those in which something took part.
func attendedToo(l *links, list *[]*Event, events []*Event, self func(*Participation) bool, side func(*Delegation) bool) {
	known := len(*list)
	for _, e := range events {
		if slices.ContainsFunc(e.Participations, self) || side != nil && slices.ContainsFunc(e.Delegations, side) {
			put(l, list, e)
		}
	}
	settle(l.pace, *list, known, byDate)
}

// nameMore indexes the names of what was added, and weighs what is known anew.
func (b *builder) nameMore() {
	s, before := b.Snapshot, b.before
	var heavier, things []Named
	for a := range s.links.own.actors {
		heavier = append(heavier, a)
	}
	for p := range s.links.own.people {
		heavier = append(heavier, p)
	}
	for t := range s.links.own.topics {
		heavier = append(heavier, t)
	}
	for n := range s.links.own.others {
		heavier = append(heavier, n)
	}
	for _, x := range b.added {
		if n, ok := x.(Named); ok {
			things = append(things, n)
		}
	}
	s.names = before.names.reweighed(b.pace, s, heavier)
	var layers []*nameIndex
	for _, x := range before.moreNames {
		layers = append(layers, x.reweighed(b.pace, s, heavier))
	}
	size := func(x *nameIndex) int { return len(x.things) }
	join := func(a, x *nameIndex) *nameIndex { return namesOf(b.pace, s, slices.Concat(a.things, x.things)) }
	s.moreNames = withLayer(layers, namesOf(b.pace, s, things), size, join)
}

// wordNumber gives the number of a word that some event says.
func (s *Snapshot) wordNumber(word string) (uint32, bool) {
	n, ok := s.words.number(word)
	if !ok {
		n, ok = s.moreWords.get(word)
	}
	return n, ok
}
