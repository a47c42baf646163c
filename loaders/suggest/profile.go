package suggest

import (
	"dialograph/graph"
)

// profile is what is known of an entry: its names, offices and meetings.
type profile struct {
	id          graph.ID
	provisional bool
	names       []string
	home        graph.ID // the side it belongs to; of a body, the top of its parents
	state       bool     // a body that is itself a side
	country     string   // of a state, its place
	offices     []office
	attended    []attended
}

// office is a position at a body, on a day.
type office struct {
	title string
	body  graph.ID
	date  string
}

// attended is a part taken in a meeting.
type attended struct {
	meeting *meeting
	as      named
}

func (s *Suggester) enter(p *profile) {
	if before := s.entries[p.id]; before != nil {
		*before = *p // the last one given counts, as in the gazetteer
		return
	}
	s.entries[p.id] = p
	if p.id.Kind() == graph.KindPerson {
		s.people = append(s.people, p)
	} else {
		s.bodies = append(s.bodies, p)
	}
}

func entryProfile(kind graph.Kind, e graph.Entry) *profile {
	p := &profile{id: graph.NewID(kind, e.ID), provisional: e.Provisional, names: []string{e.Name}}
	for _, a := range e.Aliases {
		p.names = append(p.names, a.Text)
	}
	return p
}

func personProfile(x graph.Person) *profile {
	p := entryProfile(graph.KindPerson, x.Entry)
	p.home = actor(x.Country)
	for _, o := range x.Positions {
		p.offices = append(p.offices, office{title: o.Title, body: actor(o.Organisation), date: o.AsOf})
	}
	return p
}

func (s *Suggester) bodyProfile(a graph.Actor) *profile {
	p := entryProfile(graph.KindActor, a.Entry)
	if a.Acronym != "" {
		p.names = append(p.names, a.Acronym)
	}
	p.state, p.country = a.Kind == "state" || a.Kind == "union", a.Country
	if a.Parent != "" {
		s.parents[p.id] = actor(a.Parent)
	}
	p.home = s.gazetteer.Root(p.id)
	if a.Provisional && a.Parent != "" {
		p.home = actor(a.Parent)
	}
	return p
}

func actor(slug string) graph.ID {
	if slug == "" {
		return ""
	}
	return graph.NewID(graph.KindActor, slug)
}

// within tells that a body is another or a part of it.
func (s *Suggester) within(body, whole graph.ID) bool {
	for range 32 { // deeper than any tree; the linter finds cycles
		if body == whole {
			return body != ""
		}
		if body = s.parents[body]; body == "" {
			return false
		}
	}
	return false
}
