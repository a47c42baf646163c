package index

import (
	"cmp"
	"slices"

	"dialograph/graph"
)

// What events say of a thing is not kept with it but with the snapshot, so that
// a snapshot with one event more shares all things that were there before. Each
// thing has a number among those of its kind, by which its links are found.
type links struct {
	linked
	own  *owned // what is being added to; nil while all is being made
	pace *pace  // of the addition
}

// linked are the links of all things.
type linked struct {
	actors      []*ActorLinks
	people      []*PersonLinks
	topics      []*TopicLinks
	sources     []*SourceLinks
	series      [][]*Event // by ordinal, then date
	places      [][]*Event // by date
	instruments [][]*Reference
	initiatives [][]*Reference
}

// owned are the things whose links are this snapshot's own by now; those of
// others are still shared with the snapshot before.
type owned struct {
	actors map[*Actor]bool
	people map[*Person]bool
	topics map[*Topic]bool
	others map[Named]bool
}

// ActorLinks are what events say of an actor. Nobody changes the lists.
type ActorLinks struct {
	Participations []*Participation // it took part itself, or a person did for it; by date of the event
	ForSide        []*Participation // others took part on its side; by date of the event
	Delegations    []*Delegation
	References     []*Reference // events referred to it, as a forum
	Threats        []*Threat
	People         []*Person
	Events         []*Event // that it took part in, itself or through a person, a state or union also as a side; by date
}

// PersonLinks are what events say of a person.
type PersonLinks struct {
	Participations []*Participation // by date of the event
	Quotations     []*Quotation
	Positions      []*Position // those of the entry too, by date
	Events         []*Event    // that the person took part in; by date
}

// TopicLinks are what events say of a topic.
type TopicLinks struct {
	Discussions []*Discussion // by date of the event
	Events      []*Event      // by date
}

// SourceLinks are what is taken from a source.
type SourceLinks struct {
	Passages []*Passage // by place
	Events   []*Event   // by date
}

// A clone shares its lists; they have no room, so that appending copies.
func (l *ActorLinks) clone() *ActorLinks {
	return &ActorLinks{slices.Clip(l.Participations), slices.Clip(l.ForSide), slices.Clip(l.Delegations), slices.Clip(l.References), slices.Clip(l.Threats), slices.Clip(l.People), slices.Clip(l.Events)}
}

func (l *PersonLinks) clone() *PersonLinks {
	return &PersonLinks{slices.Clip(l.Participations), slices.Clip(l.Quotations), nil, slices.Clip(l.Events)}
}

func (l *TopicLinks) clone() *TopicLinks {
	return &TopicLinks{slices.Clip(l.Discussions), slices.Clip(l.Events)}
}

func (l *SourceLinks) clone() *SourceLinks {
	return &SourceLinks{slices.Clip(l.Passages), slices.Clip(l.Events)}
}

// ours tells whether the links of a thing must be copied before they are added
// to, and notes that they are.
func ours[T comparable](known map[T]bool, x T) bool {
	if known[x] {
		return false
	}
	known[x] = true
	return true
}

// actor gives the links of an actor to add to.
func (l *links) actor(a *Actor) *ActorLinks {
	if l.own != nil && ours(l.own.actors, a) {
		l.actors[a.number] = l.actors[a.number].clone()
	}
	return l.actors[a.number]
}

func (l *links) person(p *Person) *PersonLinks {
	if l.own != nil && ours(l.own.people, p) {
		l.people[p.number] = l.people[p.number].clone()
	}
	return l.people[p.number]
}

func (l *links) topic(t *Topic) *TopicLinks {
	if l.own != nil && ours(l.own.topics, t) {
		l.topics[t.number] = l.topics[t.number].clone()
	}
	return l.topics[t.number]
}

func (l *links) source(s *Source) *SourceLinks {
	if l.own != nil && ours(l.own.others, Named(s)) {
		l.sources[s.number] = l.sources[s.number].clone()
	}
	return l.sources[s.number]
}

// put appends to a list, which is copied first where it is another snapshot's.
func put[T any](l *links, list *[]T, x T) {
	if l.own != nil && len(*list) == cap(*list) {
		*list = copyOf(l.pace, *list)
	}
	*list = append(*list, x)
}

// addTo adds to one of the lists of a thing.
func addTo[T any](l *links, lists [][]T, n Named, number int, x T) {
	if l.own != nil && ours(l.own.others, n) {
		lists[number] = slices.Clip(lists[number])
	}
	put(l, &lists[number], x)
}

// at gives what stands at a number, or the zero value: things that were made by
// themselves have no links.
func at[T any](list []*T, number int) *T {
	if number < len(list) && list[number] != nil {
		return list[number]
	}
	return new(T)
}

func listAt[T any](list [][]T, number int) []T {
	if number < len(list) {
		return list[number]
	}
	return nil
}

// OfActor gives what events say of an actor.
func (s *Snapshot) OfActor(a *Actor) *ActorLinks { return at(s.links.actors, a.number) }

// OfPerson gives what events say of a person.
func (s *Snapshot) OfPerson(p *Person) *PersonLinks { return at(s.links.people, p.number) }

// OfTopic gives what events say of a topic.
func (s *Snapshot) OfTopic(t *Topic) *TopicLinks { return at(s.links.topics, t.number) }

// OfSource gives what is taken from a source.
func (s *Snapshot) OfSource(x *Source) *SourceLinks { return at(s.links.sources, x.number) }

// Sessions gives the events of a series, by ordinal where all have one, else by
// date.
func (s *Snapshot) Sessions(x *Series) []*Event { return listAt(s.links.series, x.number) }

// HeldIn gives the events of a place, by date.
func (s *Snapshot) HeldIn(p *Place) []*Event { return listAt(s.links.places, p.number) }

// ReferencesTo gives the references of events to an instrument, an initiative or
// an actor.
func (s *Snapshot) ReferencesTo(n Named) []*Reference {
	switch n := n.(type) {
	case *Instrument:
		return listAt(s.links.instruments, n.number)
	case *Initiative:
		return listAt(s.links.initiatives, n.number)
	case *Actor:
		return s.OfActor(n).References
	}
	return nil
}

// EventsOf gives the events at which a thing is seen, by date; those of a series
// as Sessions has them. Nobody changes the list.
func (s *Snapshot) EventsOf(n Named) []*Event {
	switch n := n.(type) {
	case *Series:
		return s.Sessions(n)
	case *Actor:
		return s.OfActor(n).Events
	case *Person:
		return s.OfPerson(n).Events
	case *Topic:
		return s.OfTopic(n).Events
	case *Instrument, *Initiative:
		return ReferringEvents(s.ReferencesTo(n))
	case *Place:
		return s.HeldIn(n)
	case *Source:
		return s.OfSource(n).Events
	}
	return nil
}

// ParticipationsOf gives the participations of an event, in the order of its
// record, and those of an actor or a person, by date.
func (s *Snapshot) ParticipationsOf(n Named) []*Participation {
	switch n := n.(type) {
	case *Event:
		return n.Participations
	case *Actor:
		return s.OfActor(n).Participations
	case *Person:
		return s.OfPerson(n).Participations
	}
	return nil
}

// Previous gives the session before an event in its series, or nil.
func (s *Snapshot) Previous(e *Event) *Event { return s.beside(e, -1) }

// Next gives the session after an event in its series, or nil.
func (s *Snapshot) Next(e *Event) *Event { return s.beside(e, 1) }

func (s *Snapshot) beside(e *Event, step int) *Event {
	if e.Series == nil {
		return nil
	}
	list := s.Sessions(e.Series)
	i := slices.Index(list, e) + step
	if i < 0 || i >= len(list) {
		return nil
	}
	return list[i]
}

// Became gives the session that took place after one was announced: the next of
// the series, unless its number shows that another one lies between.
func (s *Snapshot) Became(p *Planned) *Event {
	expected := p.As.Ordinal
	if n := p.After.As.Ordinal; expected == 0 && n > 0 {
		expected = n + 1
	}
	next := s.Next(p.After)
	if next != nil && expected > 0 && next.As.Ordinal > expected {
		return nil
	}
	return next
}

// EventOf gives the event that a neighbour is, nil where no record of it is at
// hand.
func (s *Snapshot) EventOf(n *Neighbour) *Event {
	e, _ := Get[*Event](s, graph.NewID(graph.KindEvent, n.As.Event))
	return e
}

// byDate orders events by the days that their dates may mean, then by
// identifier. Those of which no day is known come last.
func byDate(a, b *Event) int {
	if c := CompareDays(a, b); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}

// CompareDays orders events by the first day that their dates may mean, then by
// the last; it is 0 where they mean the same days. Those of which no day is known
// come last.
func CompareDays(a, b *Event) int {
	x, y := &a.days, &b.days
	if x.known != y.known {
		return cmp.Compare(boolIndex(x.known), boolIndex(y.known))
	}
	return cmp.Or(cmp.Compare(x.first, y.first), cmp.Compare(x.last, y.last))
}
