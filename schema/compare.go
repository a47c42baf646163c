package schema

import (
	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// comparison says what events have in common: what all share, what is new in
// the last, what the last dropped of the ones before.
type comparison struct {
	events       []*index.Event
	topics       aspect
	references   aspect
	participants aspect
}

type aspect struct{ shared, added, dropped []index.Named }

func (b *schemaBuilder) compared() {
	part := b.object("ComparedThings", "What events share of one aspect.", nil, func(t *typ) {
		read(t, "shared", list(b.entity), "In all of them.", func(a aspect) any { return orNone(a.shared) })
		read(t, "new", list(b.entity), "In the last, not in any before.", func(a aspect) any { return orNone(a.added) })
		read(t, "dropped", list(b.entity), "In one before, not in the last.", func(a aspect) any { return orNone(a.dropped) })
	})
	b.comparison = b.object("Comparison", "What events, taken by date, have in common and what changed.", nil, func(t *typ) {
		read(t, "events", list(b.event), "The events, by date.", func(c comparison) any { return c.events })
		read(t, "topics", must(part), "Topics.", func(c comparison) any { return c.topics })
		read(t, "references", must(part), "Instruments, initiatives and forums.", func(c comparison) any { return c.references })
		read(t, "participants", must(part), "Actors and people.", func(c comparison) any { return c.participants })
	})
}

func compare(r *request, ids []string) (any, error) {
	if len(ids) < 2 {
		return nil, userErrorf("BAD_ARGUMENT", "events: give at least two identifiers to compare")
	}
	wanted := map[graph.ID]bool{}
	for _, text := range ids {
		if _, ok := index.Get[*index.Event](r.snap, graph.ID(text)); !ok {
			return nil, userErrorf("NOT_FOUND", "events: there is no event %q; identifiers look like event/eu-rok-cyber-dialogue-06", text)
		}
		wanted[graph.ID(text)] = true
	}
	var c comparison
	for _, e := range r.snap.Events {
		if wanted[e.ID] {
			c.events = append(c.events, e)
		}
	}
	c.topics = aspectOf(c.events, func(e *index.Event) []index.Named {
		var out []index.Named
		for _, d := range e.Topics {
			if d.Topic != nil {
				out = append(out, d.Topic)
			}
		}
		return out
	})
	c.references = aspectOf(c.events, func(e *index.Event) []index.Named {
		var out []index.Named
		for _, x := range e.References {
			if x.Target != nil {
				out = append(out, x.Target)
			}
		}
		return out
	})
	c.participants = aspectOf(c.events, participantsOf)
	return c, nil
}

func participantsOf(e *index.Event) []index.Named {
	var out []index.Named
	for _, p := range e.Participations {
		if p.Person != nil {
			out = append(out, p.Person)
		}
		if p.Actor != nil {
			out = append(out, p.Actor)
		}
	}
	return out
}

// aspectOf compares what each event has; things come in the order in which
// they first appear.
func aspectOf(events []*index.Event, of func(*index.Event) []index.Named) aspect {
	in := map[index.Named]int{}
	var order []index.Named
	last := map[index.Named]bool{}
	for i, e := range events {
		seen := map[index.Named]bool{}
		for _, n := range of(e) {
			if seen[n] {
				continue
			}
			seen[n] = true
			if in[n] == 0 {
				order = append(order, n)
			}
			in[n]++
			last[n] = i == len(events)-1
		}
	}
	var a aspect
	for _, n := range order {
		switch {
		case in[n] == len(events):
			a.shared = append(a.shared, n)
		case last[n] && in[n] == 1:
			a.added = append(a.added, n)
		case !last[n]:
			a.dropped = append(a.dropped, n)
		}
	}
	return a
}

// one declares a look-up of a thing by its identifier.
func one[T index.Thing](t *typ, name string, out graphql.Output, doc string) {
	look(t, name, out, doc, graphql.FieldConfigArgument{"id": {Type: must(graphql.ID), Description: "kind/slug; the kind may be left out."}},
		each(func(r *request, _ any, a args) (any, error) {
			id := graph.ID(a.text("id"))
			if id.Kind() == "" {
				id = graph.NewID(graph.Kind(name), string(id))
			}
			x, ok := index.Get[T](r.snap, id)
			if !ok {
				r.noteMissing(id)
				return nil, nil
			}
			return x, nil
		}))
}
