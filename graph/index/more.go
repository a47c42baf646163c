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
	quads, ok := s.newQuads(units)
	if !ok {
		return nil, false
	}
	giveWay()
	all, fresh := s.Quads.with(quads)
	giveWay()
	if fresh == nil {
		return s, true
	}
	if all.added.Len() > min(max(leastAdded, all.main.Len()/20), mostAdded) || !s.independent(fresh) {
		return nil, false
	}
	out := &Snapshot{Base: s.Base, Built: now, Quads: all, sum: s.sum.Plus(sumOf(fresh)),
		Conflicts: s.Conflicts, Judgements: s.Judgements, Counts: maps.Clone(s.Counts), networks: newNetworks(),
		nodes: s.nodes, moreNodes: map[graph.ID]Thing{}, words: s.words, moreWords: map[string]uint32{}, names: s.names, links: s.links.shared()}
	giveWay()
	maps.Copy(out.moreNodes, s.moreNodes)
	maps.Copy(out.moreWords, s.moreWords)
	out.Hash = out.sum.String()
	b := &builder{Snapshot: out, wordNumbers: numbers{given: s.words, of: out.moreWords}, fresh: fresh, before: s}
	b.authority = rdf.ToAuthority(b.Base, freshView{b.Quads.reading(), fresh})
	if !standsAlone(b.authority) {
		return nil, false
	}
	giveWay()
	b.sources()
	b.entities()
	b.linkEntities()
	giveWay()
	events := b.events()
	giveWay()
	b.add(events)
	return out, true
}

// How many quads may be added until all is made anew, which costs what was added
// each time: a twentieth of the others, but so many at least and at most.
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

// giveWay lets queries go first. While all cores are busy, the scheduler looks
// for what came over the network only every ten milliseconds; it looks at once
// when one of them has nothing to do.
func giveWay() { time.Sleep(20 * time.Microsecond) }

// copied is how many pointers are copied until queries may go first.
const copied = 16 << 10

// copyOf is a copy of a list, with room for some more.
func copyOf[T any](list []T) []T {
	if len(list) > copied/16 {
		giveWay()
	}
	return appendAll(make([]T, 0, len(list)+16), list)
}

func appendAll[T any](to, list []T) []T {
	for len(list) > copied {
		giveWay()
		to, list = append(to, list[:copied]...), list[copied:]
	}
	return append(to, list...)
}

// joined is a list in order with items added, which need not be.
func joined[T any](list, added []T, compare func(a, b T) int) []T {
	if len(added) == 0 {
		return list
	}
	added = slices.SortedStableFunc(slices.Values(added), compare)
	out := make([]T, 0, len(list)+len(added))
	for _, x := range added {
		at, _ := slices.BinarySearchFunc(list, x, compare)
		out = append(appendAll(out, list[:at]), x)
		list = list[at:]
	}
	return appendAll(out, list)
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
func (s *Snapshot) independent(fresh *quadSet) bool {
	ok := true
	fresh.Each(func(q rdf.Quad) {
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
func (l *links) shared() links {
	return links{linked: linked{actors: copyOf(l.actors), people: copyOf(l.people), topics: copyOf(l.topics), sources: copyOf(l.sources),
		series: copyOf(l.series), places: copyOf(l.places), instruments: copyOf(l.instruments), initiatives: copyOf(l.initiatives)},
		own: &owned{map[*Actor]bool{}, map[*Person]bool{}, map[*Topic]bool{}, map[Named]bool{}}}
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
	giveWay()
	b.finish(&before.links, events)
	s.Events = joined(before.Events, events, byDate)
	giveWay()
	s.Series = joined(before.Series, s.Series, byID)
	giveWay()
	s.Actors = joined(before.Actors, s.Actors, byID)
	s.People = joined(before.People, s.People, byID)
	s.Topics = joined(before.Topics, s.Topics, byID)
	s.Instruments = joined(before.Instruments, s.Instruments, byID)
	s.Initiatives = joined(before.Initiatives, s.Initiatives, byID)
	s.Places = joined(before.Places, s.Places, byID)
	giveWay()
	s.Sources = joined(before.Sources, s.Sources, byID)
	giveWay()
	s.nameMore(before)
	for id := range s.moreNodes {
		if before.moreNodes[id] == nil {
			s.Counts[id.Kind()]++
		}
	}
	giveWay()
	b.boundsWith(before, events)
	l.own = nil
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
		giveWay()
		of := l.people[p.number]
		of.sort(p, at(before.people, p.number))
		attendedToo(l, &of.Events, events, func(x *Participation) bool { return x.Person == p }, nil)
		l.befriend(p)
	}
	for a := range l.own.actors {
		giveWay()
		of, party := l.actors[a.number], a.isParty()
		of.sort(at(before.actors, a.number))
		attendedToo(l, &of.Events, events, func(x *Participation) bool { return x.Actor == a || party && x.Side == a },
			func(d *Delegation) bool { return party && d.Party == a })
	}
	for t := range l.own.topics {
		giveWay()
		of, known := l.topics[t.number], len(l.topics[t.number].Events)
		of.sort(at(before.topics, t.number))
		for _, e := range events {
			if slices.ContainsFunc(e.Topics, func(d *Discussion) bool { return d.Topic == t }) {
				put(l, &of.Events, e)
			}
		}
		settle(of.Events, known, byDate)
	}
	for n := range l.own.others {
		switch n := n.(type) {
		case *Source:
			l.sources[n.number].sort(at(before.sources, n.number))
		case *Series:
			inSequence(l.series[n.number])
		case *Place:
			settle(l.places[n.number], len(listAt(before.places, n.number)), byDate)
		case *Instrument:
			settle(l.instruments[n.number], len(listAt(before.instruments, n.number)), referencesByEvent)
		case *Initiative:
			settle(l.initiatives[n.number], len(listAt(before.initiatives, n.number)), referencesByEvent)
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
	settle(*list, known, byDate)
}

// nameMore indexes the names of what was added, and weighs what is known anew.
func (s *Snapshot) nameMore(before *Snapshot) {
	var heavier []Named
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
	s.names = before.names.reweighed(s, heavier)
	giveWay()
	var things []Named
	for _, x := range s.moreNodes {
		if n, ok := x.(Named); ok {
			things = append(things, n)
		}
	}
	s.moreNames = namesOf(s, things)
}

// wordNumber gives the number of a word that some event says.
func (s *Snapshot) wordNumber(word string) (uint32, bool) {
	n, ok := s.words.number(word)
	if !ok {
		n, ok = s.moreWords[word]
	}
	return n, ok
}
