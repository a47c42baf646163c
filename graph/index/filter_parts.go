package index

import (
	"context"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
)

// Attendance selects events by who took part.
type Attendance struct {
	Entity       Ref // an actor or a person
	Side         Ref
	Roles        []string
	Position     string
	IncludeUnits bool
}

// TopicFilter selects events by what they discussed.
type TopicFilter struct {
	Topic           Ref
	IncludeNarrower bool
	Stances         []string
}

// ReferenceFilter selects events by what they referred to.
type ReferenceFilter struct {
	Target  Ref
	Kinds   []string
	Stances []string
}

// ParticipationFilter selects participations.
type ParticipationFilter struct {
	And, Or      []ParticipationFilter
	Not          *ParticipationFilter
	Event        *EventFilter
	Person       Ref
	Actor        Ref
	IncludeUnits bool
	Side         Ref
	Roles        []string
	Position     string
}

func (s *Snapshot) attendanceTest(f *Attendance) eventTest {
	entity, side := s.set(f.Entity, graph.KindActor, graph.KindPerson), s.set(f.Side, graph.KindActor)
	if f.IncludeUnits {
		entity = s.withUnits(entity)
	}
	position := names.Fold(f.Position)
	alone := side == nil && f.Roles == nil && position == ""
	return func(e *Event) bool {
		if alone && slices.ContainsFunc(e.Parties, func(a *Actor) bool { return entity[a.ID] && (a.isParty() || f.IncludeUnits) }) {
			return true
		}
		return slices.ContainsFunc(e.Participations, func(p *Participation) bool {
			who := entity == nil || p.Person != nil && entity[p.Person.ID] || p.Actor != nil && entity[p.Actor.ID] || p.Side != nil && entity[p.Side.ID] && (f.IncludeUnits || p.Side.isParty())
			return who && p.fits(side, f.Roles, position)
		})
	}
}

func (p *Participation) fits(side idSet, roles []string, position string) bool {
	return (side == nil || p.Side != nil && side[p.Side.ID]) && among(roles, p.As.Role) &&
		(position == "" || strings.Contains(names.Fold(p.As.Position), position))
}

func (s *Snapshot) topicTest(f *TopicFilter) eventTest {
	test := s.discussionTest(f)
	return func(e *Event) bool { return slices.ContainsFunc(e.Topics, test) }
}

func (s *Snapshot) discussionTest(f *TopicFilter) func(*Discussion) bool {
	topics := s.set(f.Topic, graph.KindTopic)
	if f.IncludeNarrower {
		topics = s.withNarrower(topics)
	}
	if len(topics) == 1 && f.Stances == nil {
		only := topics.list()[0]
		return func(d *Discussion) bool { return d.Topic != nil && d.Topic.ID == only }
	}
	return func(d *Discussion) bool {
		return (topics == nil || d.Topic != nil && topics[d.Topic.ID]) && among(f.Stances, d.As.Stance)
	}
}

func (s *Snapshot) referenceTest(f *ReferenceFilter) eventTest {
	test := s.referringTest(f)
	return func(e *Event) bool { return slices.ContainsFunc(e.References, test) }
}

func (s *Snapshot) referringTest(f *ReferenceFilter) func(*Reference) bool {
	targets := s.set(f.Target, graph.KindInstrument, graph.KindInitiative, graph.KindActor, graph.KindEvent, graph.KindSeries)
	return func(r *Reference) bool {
		return (targets == nil || r.Target != nil && targets[r.Target.NodeID()]) && among(f.Kinds, r.As.Kind) && among(f.Stances, r.As.Stance)
	}
}

// SelectEachParticipation gives, for each list, the participations that a
// filter selects, in their order.
func (s *Snapshot) SelectEachParticipation(ctx context.Context, lists [][]*Participation, f *ParticipationFilter) [][]*Participation {
	if f == nil {
		return lists
	}
	return selectEach(ctx, lists, s.participationTest(f))
}

func (s *Snapshot) participationTest(f *ParticipationFilter) func(*Participation) bool {
	person, actor, side := s.set(f.Person, graph.KindPerson), s.set(f.Actor, graph.KindActor), s.set(f.Side, graph.KindActor)
	if f.IncludeUnits {
		actor = s.withUnits(actor)
	}
	position := names.Fold(f.Position)
	written := names.Fold(f.Actor.Name) // finds names that stayed unresolved, too
	event := func(*Event) bool { return true }
	if f.Event != nil {
		event = s.eventTest(f.Event)
	}
	var and, or []func(*Participation) bool
	for i := range f.And {
		and = append(and, s.participationTest(&f.And[i]))
	}
	for i := range f.Or {
		or = append(or, s.participationTest(&f.Or[i]))
	}
	not := func(*Participation) bool { return false }
	if f.Not != nil {
		not = s.participationTest(f.Not)
	}
	holds := func(p *Participation) func(func(*Participation) bool) bool {
		return func(t func(*Participation) bool) bool { return t(p) }
	}
	return func(p *Participation) bool {
		return (person == nil || p.Person != nil && person[p.Person.ID]) &&
			(actor == nil || p.Actor != nil && actor[p.Actor.ID] || p.Actor == nil && written != "" && names.Fold(p.As.Organisation) == written || f.IncludeUnits && p.Side != nil && actor[p.Side.ID]) &&
			p.fits(side, f.Roles, position) && event(p.Event) && !not(p) &&
			!slices.ContainsFunc(and, func(t func(*Participation) bool) bool { return !t(p) }) &&
			(len(or) == 0 || slices.ContainsFunc(or, holds(p)))
	}
}
