package index_test

import (
	"slices"
	"testing"

	"dialograph/graph/index"
	"dialograph/seeds/seedstest"
)

// Two met at as many events as are counted: those of which both are
// participants, by date, each once.
func TestCoAttendeesMetAtTheirEvents(t *testing.T) {
	s := seedstest.Snapshot(t)
	check := func(self index.Named, events []*index.Event, there func(*index.Event, index.Named) bool) {
		for _, half := range [][]*index.Event{events, events[len(events)/2:]} {
			for _, c := range s.CoAttendees(t.Context(), self, half) {
				want := slices.DeleteFunc(slices.Clone(half), func(e *index.Event) bool { return !there(e, c.Who) })
				if got := c.Events(); !slices.Equal(got, want) || c.Count != len(want) || c.Who == self {
					t.Fatalf("%s and %s met at %d events, counted %d, want %d", self.NodeID(), c.Who.NodeID(), len(got), c.Count, len(want))
				}
			}
		}
	}
	for _, a := range s.Actors {
		check(a, s.Attended(a, false), func(e *index.Event, who index.Named) bool {
			return slices.ContainsFunc(e.Participations, func(p *index.Participation) bool { return p.Actor == who })
		})
	}
	for _, p := range s.People {
		check(p, s.EventsOf(p), func(e *index.Event, who index.Named) bool {
			return slices.ContainsFunc(e.Participations, func(x *index.Participation) bool { return x.Person == who })
		})
	}
}
