package index

import (
	"cmp"
	"context"
	"slices"

	"dialograph/graph"
)

// CoAttendee is someone who was at the same events, and at which.
type CoAttendee struct {
	Who    Named
	Events []*Event // by date
}

// Attended gives the events that an actor took part in, by date: itself or
// through a person; with its units where includeUnits is set, and as a party.
func (s *Snapshot) Attended(a *Actor, includeUnits bool) []*Event {
	out := a.Events()
	add := func(list []*Participation) {
		for _, p := range list {
			out = append(out, p.Event)
		}
	}
	if includeUnits {
		add(a.ForSide)
		for _, d := range a.Delegations {
			out = append(out, d.Event)
		}
		for id := range s.withUnits(idSet{a.ID: true}) {
			if u, ok := Get[*Actor](s, id); ok {
				add(u.Participations)
			}
		}
	}
	return inOrder(out)
}

// Events gives the events that an actor took part in, by date: itself or
// through a person; a state or union also as a side.
func (a *Actor) Events() []*Event {
	var out []*Event
	for _, p := range a.Participations {
		out = append(out, p.Event)
	}
	if a.isParty() {
		for _, p := range a.ForSide {
			out = append(out, p.Event)
		}
		for _, d := range a.Delegations {
			out = append(out, d.Event)
		}
	}
	return inOrder(out)
}

// isParty tells whether being a side of an event is taking part in it.
func (a *Actor) isParty() bool { return a.Kind == "state" || a.Kind == "union" }

// inOrder sorts events by date and drops repetitions.
func inOrder(list []*Event) []*Event {
	slices.SortFunc(list, func(a, b *Event) int { return cmp.Compare(a.order, b.order) })
	return slices.Compact(list)
}

// Events gives the events that a person took part in, by date.
func (p *Person) Events() []*Event {
	var out []*Event
	for _, x := range p.Participations {
		out = append(out, x.Event)
	}
	return inOrder(out)
}

// CoAttendees counts who else took part in events: the most frequent first.
// People are counted with people, actors with actors.
func CoAttendees(self graph.ID, events []*Event) []CoAttendee {
	at := map[Named][]*Event{}
	for _, e := range events {
		seen := map[Named]bool{}
		for _, p := range e.Participations {
			who := p.counterpart(self.Kind())
			if who != nil && who.NodeID() != self && !seen[who] {
				seen[who] = true
				at[who] = append(at[who], e)
			}
		}
	}
	out := make([]CoAttendee, 0, len(at))
	for who, events := range at {
		out = append(out, CoAttendee{who, events})
	}
	slices.SortFunc(out, func(a, b CoAttendee) int {
		return cmp.Or(-cmp.Compare(len(a.Events), len(b.Events)), cmp.Compare(a.Who.NodeID(), b.Who.NodeID()))
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

// Events gives the events that took a topic up, by date.
func (t *Topic) Events() []*Event {
	var out []*Event
	for _, d := range t.Discussions {
		out = append(out, d.Event)
	}
	return inOrder(out)
}

// ReferringEvents gives the events of references, by date.
func ReferringEvents(list []*Reference) []*Event {
	var out []*Event
	for _, r := range list {
		out = append(out, r.Event)
	}
	return inOrder(out)
}
