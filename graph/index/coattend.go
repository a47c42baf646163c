package index

import (
	"cmp"
	"context"
	"slices"

	"dialograph/graph"
)

// CoAttendee is someone who was at the same events, and at how many.
type CoAttendee struct {
	Who   Named
	Count int

	in *Snapshot
	at []*Event // the events that count
}

// Events gives the events at which both were, by date.
func (c CoAttendee) Events() []*Event {
	list := c.in.ParticipationsOf(c.Who)
	out, at := make([]*Event, 0, c.Count), c.at
	for _, p := range list { // both are by date
		i, found := slices.BinarySearchFunc(at, p.Event, byDate)
		if at = at[i:]; found && (len(out) == 0 || out[len(out)-1] != p.Event) {
			out = append(out, p.Event)
		}
	}
	return out
}

// Attended gives the events that an actor took part in, by date: itself or
// through a person; with its units where includeUnits is set, and as a party.
func (s *Snapshot) Attended(a *Actor, includeUnits bool) []*Event {
	if !includeUnits {
		return s.OfActor(a).Events
	}
	of := s.OfActor(a)
	out := slices.Clone(of.Events)
	add := func(list []*Participation) {
		for _, p := range list {
			out = append(out, p.Event)
		}
	}
	add(of.ForSide)
	for _, d := range of.Delegations {
		out = append(out, d.Event)
	}
	for id := range s.withUnits(idSet{a.ID: true}) {
		if u, ok := Get[*Actor](s, id); ok {
			add(s.OfActor(u).Participations)
		}
	}
	return inOrder(out)
}

func (l *ActorLinks) findEvents(a *Actor) []*Event {
	out := eventsOfParticipations(l.Participations)
	if !a.isParty() {
		return out
	}
	for _, p := range l.ForSide {
		out = append(out, p.Event)
	}
	for _, d := range l.Delegations {
		out = append(out, d.Event)
	}
	return inOrder(out)
}

func eventsOfParticipations(list []*Participation) []*Event {
	var out []*Event
	for _, p := range list {
		out = append(out, p.Event)
	}
	return inOrder(out)
}

// isParty tells whether being a side of an event is taking part in it.
func (a *Actor) isParty() bool { return a.Kind == "state" || a.Kind == "union" }

// inOrder sorts events by date and drops repetitions.
func inOrder(list []*Event) []*Event {
	if !slices.IsSortedFunc(list, byDate) {
		slices.SortFunc(list, byDate)
	}
	return slices.Clip(slices.Compact(list))
}

// CoAttendees counts who else took part in events, which are by date: the most
// frequent first. People are counted with people, actors with actors. Where the
// context ends first, it stops early.
func (s *Snapshot) CoAttendees(ctx context.Context, self Named, events []*Event) []CoAttendee {
	if person, ok := self.(*Person); ok {
		return coAttendees(ctx, s, s.People, person, events, func(p *Participation) *Person { return p.Person }, func(x *Person) int { return x.number })
	}
	actor, _ := self.(*Actor)
	return coAttendees(ctx, s, s.Actors, actor, events, func(p *Participation) *Actor { return p.Actor }, func(x *Actor) int { return x.number })
}

func coAttendees[P interface {
	comparable
	Named
}](ctx context.Context, s *Snapshot, all []P, self P, events []*Event, of func(*Participation) P, number func(P) int) []CoAttendee {
	var none P
	counts, last := make([]int32, len(all)), make([]int32, len(all)) // last is the event that counted last, from 1
	var met []P
	for i, e := range events {
		if i%stride == stride-1 && ctx.Err() != nil {
			return nil
		}
		for _, p := range e.Participations {
			who := of(p)
			if who == none || who == self || last[number(who)] == int32(i+1) {
				continue
			}
			n := number(who)
			if last[n] = int32(i + 1); counts[n] == 0 {
				met = append(met, who)
			}
			counts[n]++
		}
	}
	out := make([]CoAttendee, len(met))
	for i, who := range met {
		out[i] = CoAttendee{who, int(counts[number(who)]), s, events}
	}
	slices.SortFunc(out, func(a, b CoAttendee) int {
		return cmp.Or(-cmp.Compare(a.Count, b.Count), cmp.Compare(a.Who.NodeID(), b.Who.NodeID()))
	})
	return out
}

// present gives the actors or the persons that took part, by identifier.
func (e *Event) present(kind graph.Kind) []Named {
	var who []Named
	for _, p := range e.Participations {
		if x := p.counterpart(kind); x != nil {
			who = append(who, x)
		}
	}
	slices.SortFunc(who, func(a, b Named) int { return cmp.Compare(a.NodeID(), b.NodeID()) })
	return slices.Compact(who)
}

func (p *Participation) counterpart(kind graph.Kind) Named {
	switch {
	case kind == graph.KindPerson && p.Person != nil:
		return p.Person
	case kind == graph.KindActor && p.Actor != nil:
		return p.Actor
	}
	return nil
}

// Pair is two that met, and at which events.
type Pair struct {
	A, B   Named
	Events []*Event
}

// CoAttendance gives all pairs of actors or of persons that met at events, the
// most frequent first. Where the context ends first, it stops early.
func CoAttendance(ctx context.Context, kind graph.Kind, events []*Event, least int) []Pair {
	at := map[[2]Named][]*Event{}
	for _, e := range events {
		if ctx.Err() != nil {
			return nil
		}
		who := e.present(kind)
		for i, a := range who {
			for _, b := range who[i+1:] {
				at[[2]Named{a, b}] = append(at[[2]Named{a, b}], e)
			}
		}
	}
	var out []Pair
	for pair, events := range at {
		if len(events) >= least {
			out = append(out, Pair{pair[0], pair[1], events})
		}
	}
	slices.SortFunc(out, func(a, b Pair) int {
		return cmp.Or(-cmp.Compare(len(a.Events), len(b.Events)), cmp.Compare(a.A.NodeID(), b.A.NodeID()), cmp.Compare(a.B.NodeID(), b.B.NodeID()))
	})
	return out
}

// ReferringEvents gives the events of references, by date.
func ReferringEvents(list []*Reference) []*Event {
	var out []*Event
	for _, r := range list {
		out = append(out, r.Event)
	}
	return inOrder(out)
}
