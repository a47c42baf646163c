package schema

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// connections declares the pages of every list that can grow.
func (b *schemaBuilder) connections() {
	plain := func(name string, node *graphql.Object) *graphql.Object {
		return b.connectionType(name, node, false, nil, nil)
	}
	b.events = b.connectionType("Event", b.event, false, nil, func(t *typ) {
		look(t.weighs("facets", 8000).sizedBy("facets", "by"), "facets", list(b.facetResult), "How the events of the whole list spread over years, actors, topics …", facetArgs(b), each(func(r *request, c *connection, a args) (any, error) {
			return facetsOf(r, c, a), nil
		}))
	})
	b.participations = b.connectionType("Participation", b.participation, false, nil, func(t *typ) {
		look(t.weighs("facets", 8000).sizedBy("facets", "by"), "facets", list(b.facetResult), "How the participations of the whole list spread over years, actors, roles …", facetArgs(b), each(func(r *request, c *connection, a args) (any, error) {
			return facetsOf(r, c, a), nil
		}))
	})
	b.passages, b.people, b.allSeries, b.allTopics = plain("Passage", b.passage), plain("Person", b.person), plain("Series", b.series), plain("Topic", b.topic)
	b.actors, b.instruments, b.initiatives = plain("Actor", b.actor), plain("Instrument", b.instrument), plain("Initiative", b.initiative)
	b.places, b.sources, b.conflicts = plain("Place", b.place), plain("Source", b.source), plain("Conflict", b.conflict)
	b.statements = plain("Statement", b.statement)
	b.topics = b.connectionType("TopicDiscussion", b.topic, true, func(t *typ) {
		of := func(e *edge) *index.Discussion { return e.value.(*index.Discussion) }
		readText(t, "name", must(graphql.String), "The topic as the record has it.", func(e *edge) string { return of(e).As.Name })
		readText(t, "stance", b.stance, "What the event did with it.", func(e *edge) string { return of(e).As.Stance })
		readText(t, "asWritten", graphql.String, "As the source writes it.", func(e *edge) string { return of(e).As.AsWritten })
		readText(t, "note", graphql.String, "A note of the editors.", func(e *edge) string { return of(e).As.Note })
		evidence(b, t, func(e *edge) index.Evidence { return of(e).Evidence })
	}, nil)
	b.references = b.connectionType("Reference", b.entity, true, func(t *typ) {
		b.referenceFields(t, func(v any) *index.Reference { return v.(*edge).value.(*index.Reference) })
	}, nil)
	b.parties = b.connectionType("InstrumentParty", b.actor, false, func(t *typ) {
		b.membershipFields(t, func(v any) *index.Membership { return v.(*edge).value.(*index.Membership) })
	}, nil)
	b.coAttendees = b.connectionType("CoAttendee", b.entity, false, func(t *typ) {
		of := func(e *edge) index.CoAttendee { return e.value.(index.CoAttendee) }
		read(t, "count", must(graphql.Int), "At how many events both took part.", func(e *edge) any { return of(e).Count })
		read(t.holds(10, "events"), "events", list(b.event), "At which.", func(e *edge) any { return of(e).Events() })
	}, nil)
	b.hits = b.connectionType("Search", b.entity, false, func(t *typ) {
		of := func(e *edge) index.Hit { return e.value.(index.Hit) }
		readText(t, "matched", must(graphql.String), "The name that matched.", func(e *edge) string { return of(e).Matched })
		read(t, "highlights", list(b.highlight), "The parts of that name that match.", func(e *edge) any { return of(e).Highlights() })
		readText(t, "how", must(graphql.String), "exact, words, prefix or fuzzy.", func(e *edge) string { return of(e).How })
		read(t, "score", must(graphql.Float), "How well, from 0 to 1.", func(e *edge) any { return of(e).Score })
	}, nil)
	b.coAttendances = plain("CoAttendance", b.coAttendance)
	b.centralities, b.communities = plain("Centrality", b.centrality), plain("Community", b.community)
}

// facetCount is a value that items of a list share, and how many do.
type facetCount struct {
	value  string
	count  int
	entity index.Named
	last   int // the item that counted last
}

type facetResult struct {
	facet  string
	values []facetCount
}

func (b *schemaBuilder) facets() {
	b.facetCount = b.object("FacetCount", "A value that items of a list share.", nil, func(t *typ) {
		readText(t, "value", must(graphql.String), "The value: a year, a role, a name.", func(f facetCount) string { return f.value })
		read(t, "count", must(graphql.Int), "How many items have it.", func(f facetCount) any { return f.count })
		read(t, "entity", b.entity, "The thing, where the value is one.", func(f facetCount) any { return f.entity })
	})
	b.facetResult = b.object("FacetResult", "How a list spreads over one facet.", nil, func(t *typ) {
		read(t, "facet", must(b.facet), "Which facet.", func(f facetResult) any { return f.facet })
		read(t.holds(10, "values"), "values", list(b.facetCount), "The values; years in order, others the most frequent first.", func(f facetResult) any { return f.values })
	})
	b.coAttendance = b.object("CoAttendance", "Two that took part in the same events.", nil, func(t *typ) {
		read(t, "a", must(b.entity), "The one.", func(p index.Pair) any { return p.A })
		read(t, "b", must(b.entity), "The other.", func(p index.Pair) any { return p.B })
		read(t, "count", must(graphql.Int), "At how many events.", func(p index.Pair) any { return len(p.Events) })
		read(t.holds(10, "events"), "events", list(b.event), "At which.", func(p index.Pair) any { return p.Events })
	})
	b.compared()
}

func facetArgs(b *schemaBuilder) graphql.FieldConfigArgument {
	return graphql.FieldConfigArgument{
		"by":    {Type: must(graphql.NewList(must(b.facet))), Description: "By what to count."},
		"first": {Type: graphql.Int, DefaultValue: 10, Description: "How many values of each facet."},
	}
}

// facetsOf counts the events or participations of a list. An item counts once
// for each value. What the whole list of a thing gives is kept.
func facetsOf(r *request, c *connection, a args) []facetResult {
	out := []facetResult{}
	for _, facet := range a.texts("by") {
		count := func() ([]facetCount, int) {
			values := countFacet(r.ctx, c, facet)
			return values, len(values)
		}
		var values []facetCount
		if c.of != "" {
			values = index.Keep(r.ctx, r.snap, facetKey{c.of, facet}, count)
		} else {
			values, _ = count()
		}
		out = append(out, facetResult{facet, values[:min(len(values), max(a.number("first", 10), 0))]})
	}
	return out
}

// facetKey keeps a facet of all events of a thing.
type facetKey struct {
	of    graph.ID
	facet string
}

func countFacet(ctx context.Context, c *connection, facet string) []facetCount {
	n := counter{at: map[facetValue]*facetCount{}}
	c.read()
	for _, e := range c.events {
		if n.next(); ctx.Err() != nil {
			return nil
		}
		eventFacet(e, facet, n.once)
	}
	for _, p := range c.participations {
		if n.next(); ctx.Err() != nil {
			return nil
		}
		participationFacet(p, facet, n.once)
	}
	return n.sorted(facet)
}

// facetValue is a thing, or a text.
type facetValue struct {
	entity index.Named
	text   string
}

// counter counts items by their values.
type counter struct {
	at   map[facetValue]*facetCount
	item int // from 1
}

func (c *counter) next() { c.item++ }

// once counts a value of the item at hand, if it does not count already.
func (c *counter) once(v facetValue) {
	n := c.at[v]
	if n == nil {
		n = &facetCount{value: v.text, entity: v.entity}
		if v.entity != nil {
			n.value = v.entity.Self().Name
		}
		c.at[v] = n
	}
	if n.last != c.item {
		n.last = c.item
		n.count++
	}
}

func (c *counter) sorted(facet string) []facetCount {
	out := make([]facetCount, 0, len(c.at))
	for _, v := range c.at {
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b facetCount) int {
		if facet == "YEAR" {
			return cmp.Compare(a.value, b.value)
		}
		return cmp.Or(-cmp.Compare(a.count, b.count), cmp.Compare(a.value, b.value), cmp.Compare(idOf(a.entity), idOf(b.entity)))
	})
	return out
}

func idOf(n index.Named) graph.ID {
	if n == nil {
		return ""
	}
	return n.NodeID()
}

// eventFacet visits the values that an event has.
func eventFacet(e *index.Event, facet string, visit func(facetValue)) {
	switch facet {
	case "YEAR":
		if year, ok := yearOf(e); ok {
			visit(facetValue{text: strconv.Itoa(year)})
		}
	case "ACTOR", "ROLE":
		for _, p := range e.Participations {
			participationFacet(p, facet, visit)
		}
	case "PARTY":
		for _, p := range e.Parties {
			visit(facetValue{entity: p})
		}
	case "TOPIC":
		for _, d := range e.Topics {
			if d.Topic != nil {
				visit(facetValue{entity: d.Topic})
			}
		}
	case "INSTRUMENT":
		for _, r := range e.References {
			if x, ok := r.Target.(*index.Instrument); ok {
				visit(facetValue{entity: x})
			}
		}
	case "PLACE":
		if p := e.Place(); p != nil {
			visit(facetValue{entity: p})
		}
	case "SERIES":
		if e.Series != nil {
			visit(facetValue{entity: e.Series})
		}
	case "SOURCE":
		for _, s := range e.Sources {
			visit(facetValue{entity: s})
		}
	}
}

func participationFacet(p *index.Participation, facet string, visit func(facetValue)) {
	switch {
	case facet == "ROLE":
		visit(facetValue{text: upper(p.As.Role)})
	case facet == "ACTOR" && p.Actor != nil:
		visit(facetValue{entity: p.Actor})
	case facet == "PARTY" && p.Side != nil:
		visit(facetValue{entity: p.Side})
	case facet == "ACTOR" || facet == "PARTY":
	default:
		eventFacet(p.Event, facet, visit)
	}
}

// paths declares how two things are tied.
func (b *schemaBuilder) paths() {
	b.hop = b.object("Hop", "One step of a path.", nil, func(t *typ) {
		read(t, "from", must(b.entity), "Where the step starts.", func(h index.Hop) any { return h.From })
		read(t, "to", must(b.entity), "Where it ends.", func(h index.Hop) any { return h.To })
		read(t, "relation", must(b.relation), "How the two are tied.", func(h index.Hop) any { return string(h.Relation) })
		read(t, "forward", must(graphql.Boolean), "Whether the relation reads from 'from' to 'to'.", func(h index.Hop) any { return h.Forward })
		evidence(b, t, func(h index.Hop) index.Evidence { return h.Evidence })
	})
	b.path = b.object("Path", "A way from one thing to another.", nil, func(t *typ) {
		read(t, "length", must(graphql.Int), "How many steps.", func(p index.Path) any { return len(p.Hops) })
		readText(t, "text", must(graphql.String), "The path in one line of plain words.", func(p index.Path) string { return p.String() })
		read(t, "hops", list(b.hop), "The steps.", func(p index.Path) any { return p.Hops })
	})
}

// kindCount is how many nodes there are of a kind.
type kindCount struct {
	kind  string
	count int
}

func (b *schemaBuilder) statsTypes() {
	b.kindCount = b.object("KindCount", "How many things there are of a kind.", nil, func(t *typ) {
		readText(t, "kind", must(graphql.String), "The kind: the first part of identifiers.", func(k kindCount) string { return k.kind })
		read(t, "count", must(graphql.Int), "How many.", func(k kindCount) any { return k.count })
	})
	b.stats = b.object("GraphStats", "What the graph holds at this moment.", nil, func(t *typ) {
		number := func(name, doc string, of func(*index.Snapshot) int) {
			read(t, name, must(graphql.Int), doc, func(s *index.Snapshot) any { return of(s) })
		}
		number("quads", "Quads.", func(s *index.Snapshot) int { return s.Quads.Len() })
		number("events", "Events.", func(s *index.Snapshot) int { return len(s.Events) })
		number("series", "Series.", func(s *index.Snapshot) int { return len(s.Series) })
		number("actors", "Actors.", func(s *index.Snapshot) int { return len(s.Actors) })
		number("people", "People.", func(s *index.Snapshot) int { return len(s.People) })
		number("topics", "Topics.", func(s *index.Snapshot) int { return len(s.Topics) })
		number("instruments", "Instruments.", func(s *index.Snapshot) int { return len(s.Instruments) })
		number("initiatives", "Initiatives.", func(s *index.Snapshot) int { return len(s.Initiatives) })
		number("places", "Places.", func(s *index.Snapshot) int { return len(s.Places) })
		number("sources", "Sources.", func(s *index.Snapshot) int { return len(s.Sources) })
		number("passages", "Passages.", func(s *index.Snapshot) int { return s.Counts[graph.KindPassage] })
		number("conflicts", "Conflicts between sources.", func(s *index.Snapshot) int { return len(s.Conflicts) })
		read(t, "counts", list(b.kindCount), "All nodes by kind.", func(s *index.Snapshot) any { return kindCounts(s) })
		readText(t, "snapshotHash", must(graphql.String), "A hash of the quads: the same quads have the same hash.", func(s *index.Snapshot) string { return s.Hash })
		readText(t, "loadedAt", must(graphql.String), "When this snapshot was built (RFC 3339).", func(s *index.Snapshot) string { return s.Built.UTC().Format("2006-01-02T15:04:05Z") })
	})
}

func kindCounts(s *index.Snapshot) []kindCount {
	var out []kindCount
	for k, n := range s.Counts {
		out = append(out, kindCount{string(k), n})
	}
	slices.SortFunc(out, func(a, b kindCount) int { return cmp.Compare(a.kind, b.kind) })
	return out
}
