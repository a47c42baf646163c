package index

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
)

// linkEvent makes the parts of an event known to the things that they speak of.
func (l *links) linkEvent(e *Event) {
	l.linkByID(e)
	l.linkByDate(e)
}

// linkByID does that for what is in the order of events' identifiers.
func (l *links) linkByID(e *Event) {
	for _, d := range e.Delegations {
		if d.Party != nil {
			put(l, &l.actor(d.Party).Delegations, d)
		}
	}
	for _, r := range e.References {
		switch t := r.Target.(type) {
		case *Instrument:
			addTo(l, l.instruments, t, t.number, r)
		case *Initiative:
			addTo(l, l.initiatives, t, t.number, r)
		case *Actor:
			put(l, &l.actor(t).References, r)
		}
	}
	for _, t := range e.Threats {
		if t.Actor != nil {
			put(l, &l.actor(t.Actor).Threats, t)
		}
	}
	for _, q := range e.Quotations {
		if q.Person != nil {
			put(l, &l.person(q.Person).Quotations, q)
		}
	}
}

// linkByDate does that for what is in the order of events' dates.
func (l *links) linkByDate(e *Event) {
	for _, p := range e.Participations {
		if p.Person != nil {
			put(l, &l.person(p.Person).Participations, p)
		}
		if p.Actor != nil {
			put(l, &l.actor(p.Actor).Participations, p)
		}
		if p.Side != nil && p.Side != p.Actor {
			put(l, &l.actor(p.Side).ForSide, p)
		}
	}
	for _, d := range e.Topics {
		if d.Topic != nil {
			put(l, &l.topic(d.Topic).Discussions, d)
		}
	}
	if e.Series != nil {
		addTo(l, l.series, e.Series, e.Series.number, e)
	}
	if e.City != nil {
		addTo(l, l.places, e.City, e.City.number, e)
	}
	if e.Country != nil {
		addTo(l, l.places, e.Country, e.Country.number, e)
	}
	for _, s := range e.Sources {
		put(l, &l.source(s).Events, e)
	}
}

// link ties all events to the things that they speak of.
func (b *builder) link() {
	l := &b.links
	l.makeRoom(b.Snapshot)
	for _, e := range b.Events {
		l.linkByID(e)
		b.Conflicts = append(b.Conflicts, e.Conflicts...)
	}
	slices.SortFunc(b.Events, byDate)
	for _, e := range b.Events {
		l.linkByDate(e)
	}
	for _, a := range b.Actors {
		l.actors[a.number].finish(a)
	}
	for _, p := range b.People {
		l.people[p.number].finish(p)
		l.befriend(p)
	}
	for _, t := range l.topics {
		t.finish()
	}
	for _, s := range l.sources {
		s.sort(nil, &SourceLinks{})
	}
	for _, list := range l.places {
		settle(nil, list, 0, byDate)
	}
	for _, list := range l.series {
		inSequence(list)
	}
	b.bounds()
}

// makeRoom makes links for the things of a snapshot.
func (l *links) makeRoom(s *Snapshot) {
	l.actors = append(l.actors, rooms[ActorLinks](len(s.Actors))...)
	l.people = append(l.people, rooms[PersonLinks](len(s.People))...)
	l.topics = append(l.topics, rooms[TopicLinks](len(s.Topics))...)
	l.series = append(l.series, make([][]*Event, len(s.Series))...)
	l.places = append(l.places, make([][]*Event, len(s.Places))...)
	l.instruments = append(l.instruments, make([][]*Reference, len(s.Instruments))...)
	l.initiatives = append(l.initiatives, make([][]*Reference, len(s.Initiatives))...)
}

// rooms makes the links of so many things.
func rooms[T any](n int) []*T {
	all, out := make([]T, n), make([]*T, n)
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

func participationsByDate(a, b *Participation) int { return partsByDate(a.Event, b.Event, a.ID, b.ID) }

// partsByDate orders parts of events by the date of these, then by identifier.
func partsByDate(a, b *Event, partOfA, partOfB graph.ID) int {
	if a != b {
		return byDate(a, b)
	}
	return cmp.Compare(partOfA, partOfB)
}

// finish sorts what was linked, and works out what follows from it.
func (l *ActorLinks) finish(a *Actor) {
	l.sort(nil, &ActorLinks{})
	l.Events = l.findEvents(a)
}

// sort puts in order what was linked beside what was there before.
func (l *ActorLinks) sort(pace *pace, before *ActorLinks) {
	settle(pace, l.Participations, len(before.Participations), participationsByDate)
	settle(pace, l.ForSide, len(before.ForSide), participationsByDate)
	settle(pace, l.Delegations, len(before.Delegations), byEventOf(func(d *Delegation) *Event { return d.Event }))
	settle(pace, l.References, len(before.References), referencesByEvent)
	settle(pace, l.Threats, len(before.Threats), byEventOf(func(t *Threat) *Event { return t.Event }))
}

// byEventOf is the order of the identifiers of events, in which records are
// read.
func byEventOf[T any](of func(T) *Event) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(of(a).ID, of(b).ID) }
}

func referencesByEvent(a, b *Reference) int {
	return byEventOf(func(r *Reference) *Event { return r.Event })(a, b)
}

func (l *PersonLinks) finish(p *Person) {
	l.sort(nil, p, &PersonLinks{})
	l.Events = eventsOfParticipations(l.Participations)
}

func (l *PersonLinks) sort(pace *pace, p *Person, before *PersonLinks) {
	settle(pace, l.Participations, len(before.Participations), participationsByDate)
	settle(pace, l.Quotations, len(before.Quotations), byEventOf(func(q *Quotation) *Event { return q.Event }))
	l.Positions = p.positions(l.Participations)
}

func (l *TopicLinks) finish() {
	l.sort(nil, &TopicLinks{})
	for _, d := range l.Discussions {
		l.Events = append(l.Events, d.Event)
	}
	l.Events = inOrder(l.Events)
}

func (l *TopicLinks) sort(pace *pace, before *TopicLinks) {
	settle(pace, l.Discussions, len(before.Discussions), func(a, b *Discussion) int { return partsByDate(a.Event, b.Event, a.ID, b.ID) })
}

func (l *SourceLinks) sort(pace *pace, before *SourceLinks) {
	settle(pace, l.Passages, len(before.Passages), byPlace)
	settle(pace, l.Events, len(before.Events), byDate)
}

// fewAdded is up to how many items are put in their places one by one.
const fewAdded = 64

// settle sorts a list, of which the first so many items are in order.
func settle[T any](pace *pace, list []T, n int, compare func(a, b T) int) {
	if len(list)-n > fewAdded {
		if !slices.IsSortedFunc(list, compare) { // they mostly come as they should
			slices.SortStableFunc(list, compare)
		}
		return
	}
	for ; n < len(list); n++ {
		x := list[n]
		at := sort.Search(n, func(i int) bool { return compare(list[i], x) > 0 })
		shift(pace, list[at:n+1])
		list[at] = x
	}
}

// befriend ties a person to the bodies at which it is shown to hold a position or
// for which it took part, in the order of identifiers.
func (l *links) befriend(p *Person) {
	tie := func(a *Actor) {
		if a == nil {
			return
		}
		if i, known := slices.BinarySearchFunc(l.actors[a.number].People, p, byID); !known {
			of := l.actor(a)
			of.People = slices.Insert(of.People, i, p)
		}
	}
	of := l.people[p.number]
	for _, x := range of.Positions {
		tie(x.Actor)
	}
	for _, x := range of.Participations {
		tie(x.Actor)
	}
}

// inSequence orders the events of a series.
func inSequence(list []*Event) {
	numbered := !slices.ContainsFunc(list, func(e *Event) bool { return e.As.Ordinal == 0 })
	slices.SortFunc(list, func(a, b *Event) int {
		if numbered {
			return cmp.Or(cmp.Compare(a.As.Ordinal, b.As.Ordinal), byDate(a, b))
		}
		return byDate(a, b)
	})
}

func (d Date) days() days {
	first, ok1 := d.Value.Earliest()
	last, ok2 := d.Value.Latest()
	switch {
	case !ok1 && !ok2:
		return days{}
	case !ok1:
		first = last
	case !ok2:
		last = first
	}
	return days{first.Unix(), last.Unix(), true}
}

// positions gives the offices of a person: those of its entry, and those that
// participations show.
func (p *Person) positions(participations []*Participation) []*Position {
	out := make([]*Position, len(p.Held))
	known := map[string]*Position{}
	for i, x := range p.Held {
		own := *x // what participations add is the snapshot's
		out[i] = &own
		known[positionKey(x)] = &own
	}
	for _, part := range participations {
		if part.As.Position == "" {
			continue
		}
		x := &Position{Title: part.As.Position, Actor: part.Actor, AsOf: part.Event.Date, Evidence: part.Evidence, Event: part.Event}
		if same := known[positionKey(x)]; same != nil {
			same.Event, same.Evidence = part.Event, same.Evidence.Merge(x.Evidence)
			continue
		}
		known[positionKey(x)] = x
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b *Position) int { return edtf.Compare(a.AsOf.Value, b.AsOf.Value) })
	return slices.Clip(out)
}

func positionKey(p *Position) string {
	return fmt.Sprintf("%s|%p|%s", names.Fold(p.Title), p.Actor, p.AsOf.Value)
}
