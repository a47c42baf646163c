package export

import (
	"cmp"
	"maps"
	"slices"

	"dialograph/graph"
	"dialograph/graph/index"
)

// Selection is a part of a snapshot: some events, the participations in them
// that count, and everything that these speak of. The whole selection also has
// what no event speaks of.
type Selection struct {
	Snapshot       *index.Snapshot
	Events         []*index.Event // by date
	Participations []*index.Participation
	// Filter says in words or JSON how the part was chosen; "" for the whole.
	Filter string

	kept  map[graph.ID]bool // nil for the whole
	among bool              // only what was given: RDF takes what it speaks of, too
	seen  *int              // quads that were visited, where someone counts
}

// Whole selects everything.
func Whole(s *index.Snapshot) *Selection {
	x := &Selection{Snapshot: s, Events: s.Events}
	for _, e := range s.Events {
		x.Participations = append(x.Participations, e.Participations...)
	}
	return x
}

// Part selects events, and of who took part in them the given participations.
func Part(s *index.Snapshot, events []*index.Event, participations []*index.Participation, filter string) *Selection {
	x := &Selection{Snapshot: s, Events: events, Participations: participations, Filter: filter, kept: map[graph.ID]bool{}}
	for _, e := range events {
		x.keepEvent(e)
	}
	for _, p := range participations {
		x.keep(p)
		x.keepNamed(named(p.Person), named(p.Actor), named(p.Side))
		x.keepEvidence(p.Evidence)
	}
	return x
}

// Among selects things, such as those of an answer, and what holds between them;
// of a relation, its ends too. Where no participation is given, those count that
// tie the given events to the given people and bodies.
func Among(s *index.Snapshot, things []index.Thing, filter string) *Selection {
	x := &Selection{Snapshot: s, Filter: filter, kept: map[graph.ID]bool{}, among: true}
	given := false
	for _, t := range things {
		x.keep(t)
		switch t := t.(type) {
		case *index.Participation:
			given = true
			x.keepEnds(t.Event, named(t.Person), named(t.Actor))
		case *index.Delegation:
			x.keepEnds(t.Event, named(t.Party))
		case *index.Discussion:
			x.keepEnds(t.Event, named(t.Topic))
		case *index.Reference:
			x.keepEnds(t.Event, t.Target)
		}
	}
	for _, e := range s.Events {
		if !x.kept[e.ID] {
			continue
		}
		x.Events = append(x.Events, e)
		for _, p := range e.Participations {
			if x.kept[p.ID] || !given && (p.Person != nil && x.kept[p.Person.ID] || p.Actor != nil && x.kept[p.Actor.ID]) {
				x.Participations = append(x.Participations, p)
			}
		}
	}
	return x
}

func (x *Selection) keepEnds(list ...index.Named) {
	for _, n := range list {
		if n != nil {
			x.keep(n)
		}
	}
}

// has tells whether a thing is part of the selection.
func (x *Selection) has(id graph.ID) bool { return x.kept == nil || x.kept[id] }

func (x *Selection) keep(n index.Thing) { x.kept[n.NodeID()] = true }

// named is nil for a nil pointer.
func named[T any, P interface {
	*T
	index.Named
}](p P) index.Named {
	if p == nil {
		return nil
	}
	return p
}

// keepNamed keeps things with what they stand below: bodies, countries, broader
// topics. Series of events are kept with their sides.
func (x *Selection) keepNamed(list ...index.Named) {
	for _, n := range list {
		if n == nil || x.kept[n.NodeID()] {
			continue
		}
		x.keep(n)
		x.keepEvidence(n.Self().Evidence)
		switch n := n.(type) {
		case *index.Actor:
			x.keepNamed(named(n.Parent), named(n.Country), named(n.Replaces))
		case *index.Person:
			x.keepNamed(named(n.Country))
			for _, p := range x.Snapshot.OfPerson(n).Positions {
				x.keepNamed(named(p.Actor))
				x.keepEvidence(p.Evidence)
			}
		case *index.Topic:
			for _, t := range n.Broader {
				x.keepNamed(t)
			}
		case *index.Series:
			for _, a := range n.Parties {
				x.keepNamed(a)
			}
		case *index.Place:
			x.keepNamed(named(n.Country))
		case *index.Instrument:
			x.keepNamed(named(n.Parent))
		}
	}
}

// closed is the selection with what it speaks of, and the members of its
// instruments, initiatives and bodies: RDF takes these entries whole.
func (x *Selection) closed() *Selection {
	y := *x
	y.kept = maps.Clone(x.kept)
	if x.among {
		y.kept = Part(x.Snapshot, x.Events, x.Participations, "").kept
		for id := range x.kept {
			if n, ok := x.Snapshot.Node(id).(index.Named); ok {
				y.keepNamed(n)
			}
		}
	}
	for id := range x.kept {
		switch n := x.Snapshot.Node(id).(type) {
		case *index.Instrument:
			y.keepMembers(n.Parties)
		case *index.Initiative:
			y.keepMembers(n.Members)
		case *index.Actor:
			y.keepMembers(n.Members)
		}
	}
	return &y
}

func (x *Selection) keepMembers(list []*index.Membership) {
	for _, m := range list {
		x.keep(m)
		x.keepNamed(m.Member)
		x.keepEvidence(m.Evidence)
	}
}

func (x *Selection) keepEvidence(e index.Evidence) {
	for _, p := range e.Passages() {
		x.keep(p)
	}
	for _, s := range e.Sources() {
		x.keep(s)
	}
}

func (x *Selection) keepEvent(e *index.Event) {
	x.keepNamed(e, named(e.Series), named(e.City), named(e.Country))
	for _, a := range slices.Concat(e.Hosts, e.Parties) {
		x.keepNamed(a)
	}
	x.keepEvidence(e.AllFieldEvidence())
	for _, s := range e.Sources {
		x.keep(s)
		for _, p := range x.Snapshot.OfSource(s).Passages {
			x.keep(p)
		}
	}
	for _, d := range e.Topics {
		x.keepNamed(named(d.Topic))
		x.keepEvidence(d.Evidence)
	}
	for _, r := range e.References {
		x.keepNamed(r.Target)
		x.keepEvidence(r.Evidence)
	}
	for _, d := range e.Delegations {
		x.keepNamed(named(d.Party))
		x.keepEvidence(d.Evidence)
	}
}

// part gives the things of a list that are part of the selection.
func part[T index.Thing](x *Selection, list []T) []T {
	if x.kept == nil {
		return list
	}
	var out []T
	for _, n := range list {
		if x.kept[n.NodeID()] {
			out = append(out, n)
		}
	}
	return out
}

// Counts tells how much of each kind the selection has.
func (x *Selection) Counts() map[string]int {
	s := x.Snapshot
	return map[string]int{
		"events": len(x.Events), "participations": len(x.Participations), "series": len(part(x, s.Series)), "actors": len(part(x, s.Actors)), "people": len(part(x, s.People)),
		"topics": len(part(x, s.Topics)), "instruments": len(part(x, s.Instruments)), "initiatives": len(part(x, s.Initiatives)), "places": len(part(x, s.Places)),
		"sources": len(part(x, s.Sources)), "passages": x.countPassages(),
	}
}

// countPassages counts the passages that the selection has.
func (x *Selection) countPassages() int {
	if x.kept == nil {
		return x.Snapshot.Counts[graph.KindPassage]
	}
	n := 0
	for p := range x.Snapshot.Passages() {
		if x.kept[p.ID] {
			n++
		}
	}
	return n
}

// byID orders things by identifier.
func byID[T index.Thing](list []T) []T {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b T) int { return cmp.Compare(a.NodeID(), b.NodeID()) })
	return out
}
