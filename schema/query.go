package schema

import (
	"slices"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/index"
	"dialograph/graph/names"

	"github.com/graphql-go/graphql"
)

// query declares the entry points.
func (b *schemaBuilder) query() *graphql.Object {
	t := newType()
	look(t, "node", b.node, "Anything by its identifier; null where there is none.", graphql.FieldConfigArgument{"id": {Type: must(graphql.ID), Description: "kind/slug."}},
		each(func(r *request, _ any, a args) (any, error) { return r.snap.Node(graph.ID(a.text("id"))), nil }))
	look(t, "nodes", must(graphql.NewList(b.node)), "Several things by their identifiers, in the order given.", graphql.FieldConfigArgument{"ids": {Type: must(graphql.NewList(must(graphql.ID))), Description: "kind/slug each."}},
		each(func(r *request, _ any, a args) (any, error) {
			ids := a.texts("ids")
			if len(ids) > maxFirst {
				return nil, userErrorf("BAD_PAGE", "ids: %d are more than %d", len(ids), maxFirst)
			}
			out := make([]any, len(ids))
			for i, id := range ids {
				out[i] = r.snap.Node(graph.ID(id))
			}
			return out, nil
		}))
	one[*index.Event](t, "event", b.event, "An event.")
	one[*index.Series](t, "series", b.series, "A series.")
	one[*index.Actor](t, "actor", b.actor, "An actor.")
	one[*index.Person](t, "person", b.person, "A person.")
	one[*index.Topic](t, "topic", b.topic, "A topic.")
	one[*index.Instrument](t, "instrument", b.instrument, "An instrument.")
	one[*index.Initiative](t, "initiative", b.initiative, "An initiative.")
	one[*index.Place](t, "place", b.place, "A place.")
	one[*index.Source](t, "source", b.source, "A source.")
	look(t, "events", must(b.events), "Events, by date.", b.eventArgs(20), b.eventPages(20, func(r *request, _ any, _ args) []*index.Event { return r.snap.Events }))
	b.lists(t)
	look(t, "attendance", must(b.participations), "Who attended what: participations by date.", b.participationArgs(50), b.attendancePages())
	b.finding(t)
	b.network(t)
	return graphql.NewObject(graphql.ObjectConfig{Name: "Query", Description: "Who attended which cyber dialogue, for which side, in which role – and which sentence says so.", Fields: t.fields})
}

// attendancePages is participationPages over all events, by date.
func (b *schemaBuilder) attendancePages() func(*request, []any, args) ([]any, error) {
	return b.participationPages(50, func(r *request, _ any) []*index.Participation {
		var out []*index.Participation
		for _, e := range r.snap.Events {
			out = append(out, e.Participations...)
		}
		return out
	})
}

// listField declares a list of all entities of a kind.
func listField[T index.Named](t *typ, name string, out graphql.Output, doc string, all func(*index.Snapshot) []T, more graphql.FieldConfigArgument, keep func(T, args) bool) {
	config := with(paging(20), "text", graphql.String, "Only those with these words in a name.")
	for k, v := range more {
		config[k] = v
	}
	look(t, name, out, doc, config, each(func(r *request, _ any, a args) (any, error) {
		words := names.Words(a.text("text"))
		var selected []T
		for _, x := range all(r.snap) {
			if (keep == nil || keep(x, a)) && hasWords(x.Self(), words) {
				selected = append(selected, x)
			}
		}
		return page(selected, byName[T](), a, 20, func(x T) edge { return edge{node: x} })
	}))
}

// hasWords tells whether one of the names holds all the words.
func hasWords(e *index.Entity, words []string) bool {
	if len(words) == 0 {
		return true
	}
	for _, n := range allNames(e) {
		have := names.Words(n.Text)
		if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(have, w) }) {
			return true
		}
	}
	return false
}

func (b *schemaBuilder) lists(t *typ) {
	listField(t, "allSeries", must(b.allSeries), "Series, by name.", func(s *index.Snapshot) []*index.Series { return s.Series }, nil, nil)
	actorWhere := inputType("ActorWhere", "Which actors. Everything given must hold.", inputFields{
		"kind": input(many(b.actorKind), "Of one of these kinds."), "country": input(b.entityRef, "Of this country."), "acronym": input(graphql.String, "With this acronym."),
		"name": input(graphql.String, "With this name, alias or acronym."), "provisional": input(graphql.Boolean, "Whether no authority file holds it."),
	})
	listField(t, "actors", must(b.actors), "Actors, by name.", func(s *index.Snapshot) []*index.Actor { return s.Actors },
		graphql.FieldConfigArgument{"where": {Type: actorWhere, Description: "Which actors."}}, keepActor)
	personWhere := inputType("PersonWhere", "Which people. Everything given must hold.", inputFields{
		"name": input(graphql.String, "With this name, family name first or last."), "actsFor": input(b.entityRef, "Who act for this state or body."),
		"position": input(graphql.String, "Who held a position with these words."), "provisional": input(graphql.Boolean, "Whether no authority file holds them."),
	})
	listField(t, "people", must(b.people), "People, by name.", func(s *index.Snapshot) []*index.Person { return s.People },
		graphql.FieldConfigArgument{"where": {Type: personWhere, Description: "Which people."}}, keepPerson)
	listField(t, "topics", must(b.allTopics), "Topics, by name.", func(s *index.Snapshot) []*index.Topic { return s.Topics },
		graphql.FieldConfigArgument{"top": {Type: graphql.Boolean, Description: "Only those without a broader one."}}, func(x *index.Topic, a args) bool { return !a.flag("top") || len(x.Broader) == 0 })
	listField(t, "instruments", must(b.instruments), "Instruments, by name.", func(s *index.Snapshot) []*index.Instrument { return s.Instruments },
		graphql.FieldConfigArgument{"kind": {Type: many(b.instrumentKind), Description: "Of one of these kinds."}}, func(x *index.Instrument, a args) bool { return allowed(a, "kind", x.Kind) })
	listField(t, "initiatives", must(b.initiatives), "Initiatives, by name.", func(s *index.Snapshot) []*index.Initiative { return s.Initiatives }, nil, nil)
	listField(t, "places", must(b.places), "Places, by name.", func(s *index.Snapshot) []*index.Place { return s.Places },
		graphql.FieldConfigArgument{"kind": {Type: many(b.placeKind), Description: "Of one of these kinds."}}, func(x *index.Place, a args) bool { return allowed(a, "kind", x.Kind) })
	listField(t, "sources", must(b.sources), "Sources, by title.", func(s *index.Snapshot) []*index.Source { return s.Sources },
		graphql.FieldConfigArgument{"publisher": {Type: graphql.String, Description: "Of this publisher."}}, func(x *index.Source, a args) bool {
			return a.text("publisher") == "" || names.Fold(x.As.Publisher) == names.Fold(a.text("publisher"))
		})
}

func keepActor(x *index.Actor, a args) bool {
	w := object(a["where"])
	if w == nil {
		return true
	}
	country := refOf(w["country"])
	return allowed(w, "kind", x.Kind) && (w.text("acronym") == "" || names.Fold(x.Acronym) == names.Fold(w.text("acronym"))) &&
		(country.IsZero() || x.Country != nil && refersTo(country, x.Country)) && bears(&x.Entity, w.text("name")) && sameFlag(w["provisional"], x.Provisional)
}

func keepPerson(x *index.Person, a args) bool {
	w := object(a["where"])
	if w == nil {
		return true
	}
	actsFor := refOf(w["actsFor"])
	words := names.Words(w.text("position"))
	held := len(words) == 0 || slices.ContainsFunc(x.Positions, func(p *index.Position) bool {
		have := names.Words(p.Title)
		return !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(have, word) })
	})
	return held && (actsFor.IsZero() || x.Country != nil && refersTo(actsFor, x.Country)) && bears(&x.Entity, w.text("name")) && sameFlag(w["provisional"], x.Provisional)
}

func sameFlag(want any, have bool) bool {
	b, given := want.(bool)
	return !given || b == have
}

// refersTo tells whether a reference points to a thing.
func refersTo(r index.Ref, n index.Named) bool {
	if r.ID != "" {
		return r.ID == n.NodeID()
	}
	return bears(n.Self(), r.Name)
}

// bears tells whether a thing has a name, in whichever order its words stand.
func bears(e *index.Entity, name string) bool {
	if name == "" {
		return true
	}
	want := names.FoldUnordered(name)
	return slices.ContainsFunc(allNames(e), func(n graph.Name) bool { return names.FoldUnordered(n.Text) == want })
}

func kindsOf(a args) []graph.Kind {
	var out []graph.Kind
	for _, k := range a.texts("kinds") {
		out = append(out, graph.Kind(k))
	}
	return out
}

// finding declares search, resolve and judgements.
func (b *schemaBuilder) finding(t *typ) {
	kinds := func(a graphql.FieldConfigArgument) graphql.FieldConfigArgument {
		return with(a, "kinds", many(b.entityKind), "Only things of these kinds.")
	}
	search := kinds(with(paging(10), "text", must(graphql.String), "What to look for."))
	look(t, "search", must(b.hits), "Things by name: exact, by words, by prefix, with a letter wrong, in any script; the best first.", search,
		each(func(r *request, _ any, a args) (any, error) {
			if text := a.text("text"); len(text) > 200 {
				return nil, userErrorf("BAD_ARGUMENT", "text: %d bytes are more than 200", len(text))
			}
			hits := r.snap.Search(a.text("text"), kindsOf(a))
			return page(hits, hitOrdering, a, 10, func(h index.Hit) edge { return edge{node: h.Thing, value: h} })
		}))
	look(t, "resolve", list(b.candidate), "What a name may mean, how likely, and why. Context decides between homonyms: the side, the country, the body above.", kinds(graphql.FieldConfigArgument{
		"name":    {Type: must(graphql.String), Description: "The name."},
		"context": {Type: many(graphql.String), Description: "What it stands beside: names or identifiers."},
		"at":      {Type: graphql.String, Description: "When (EDTF): bodies that did not exist then do not count."},
	}), each(func(r *request, _ any, a args) (any, error) {
		var at edtf.Date
		if text := a.text("at"); text != "" {
			var err error
			if at, err = edtf.Parse(text); err != nil {
				return nil, userErrorf("BAD_DATE", "at: %v; write it as 2020, 2020-11 or 2020-11-24", err)
			}
		}
		list := r.snap.Resolve(a.text("name"), kindsOf(a), a.texts("context"), at)
		return orNone(list), nil
	}))
	look(t, "judgements", list(b.judgement), "Decisions that two names or things are the same, or not.", graphql.FieldConfigArgument{"about": {Type: graphql.String, Description: "Only those about this identifier or name."}},
		each(func(r *request, _ any, a args) (any, error) {
			out := []*index.Judgement{}
			for _, j := range r.snap.Judgements {
				about := a.text("about")
				if about == "" || j.As.A == about || j.As.B == about || names.Fold(j.As.A) == names.Fold(about) || names.Fold(j.As.B) == names.Fold(about) {
					out = append(out, j)
				}
			}
			return out, nil
		}))
}

// hitOrdering is that of index.Search: by score, then by what the graph says
// most about.
var hitOrdering = ordering[index.Hit]{keys: []orderKey[index.Hit]{
	{of: func(h index.Hit) string { return number(int(h.Score * 1e6)) }, descending: true},
	{of: func(h index.Hit) string { return number(h.Weight) }, descending: true},
	{of: func(h index.Hit) string { return string(h.Thing.NodeID()) }},
}}

// network declares what looks at many events at once.
func (b *schemaBuilder) network(t *typ) {
	look(t, "paths", list(b.path), "How two things are connected: the best paths, over telling relations first, each step with what says it.", graphql.FieldConfigArgument{
		"from": {Type: must(graphql.ID), Description: "kind/slug."}, "to": {Type: must(graphql.ID), Description: "kind/slug."},
		"maxLength": {Type: graphql.Int, DefaultValue: 4, Description: "At most so many steps; 8 at the most."}, "k": {Type: graphql.Int, DefaultValue: 3, Description: "How many paths; 20 at the most."},
		"via": {Type: many(b.relation), Description: "Only over these relations."}, "where": {Type: b.inputs.event, Description: "Only over these events."},
		"avoid": {Type: many(graphql.ID), Description: "Not over these things."},
	}, each(pathsBetween))
	look(t, "coAttendance", must(b.coAttendances), "Pairs that took part in the same events, the most frequent first.", with(withDefault(withDefault(paging(50),
		"kind", b.coKind, string(graph.KindActor), "Between actors or between people."), "minEvents", graphql.Int, 1, "At so many events at least."), "where", b.inputs.event, "Only at these events."),
		each(func(r *request, _ any, a args) (any, error) {
			filter, err := eventFilter(a["where"])
			if err != nil {
				return nil, err
			}
			pairs := index.CoAttendance(graph.Kind(a.text("kind")), r.snap.Select(r.snap.Events, filter), a.number("minEvents", 1))
			o := ordering[index.Pair]{keys: []orderKey[index.Pair]{{of: func(p index.Pair) string { return number(len(p.Events)) }, descending: true},
				{of: func(p index.Pair) string { return string(p.A.NodeID()) }}, {of: func(p index.Pair) string { return string(p.B.NodeID()) }}}}
			return page(pairs, o, a, 50, func(p index.Pair) edge { return edge{node: p} })
		}))
	look(t, "compare", must(b.comparison), "What events share, and what is new or dropped in the last of them.", graphql.FieldConfigArgument{"events": {Type: must(graphql.NewList(must(graphql.ID))), Description: "At least two events."}},
		each(func(r *request, _ any, a args) (any, error) { return compare(r, a.texts("events")) }))
	look(t, "conflicts", must(b.conflicts), "Where sources disagree.", paging(50), each(func(r *request, _ any, a args) (any, error) {
		o := ordering[*index.Conflict]{keys: []orderKey[*index.Conflict]{{of: func(c *index.Conflict) string { return string(c.ID) }}}}
		return page(r.snap.Conflicts, o, a, 50, func(c *index.Conflict) edge { return edge{node: c} })
	}))
	look(t, "stats", must(b.stats), "What the graph holds.", nil, each(func(r *request, _ any, _ args) (any, error) { return r.snap, nil }))
}

func pathsBetween(r *request, _ any, a args) (any, error) {
	end := func(name string) (index.Named, error) {
		n, ok := r.snap.Node(graph.ID(a.text(name))).(index.Named)
		if !ok {
			return nil, userErrorf("NOT_FOUND", "%s: there is no %q; search finds identifiers such as actor/kisa", name, a.text(name))
		}
		return n, nil
	}
	from, err := end("from")
	if err != nil {
		return nil, err
	}
	to, err := end("to")
	if err != nil {
		return nil, err
	}
	o := index.PathOptions{MaxLength: min(a.number("maxLength", 4), 8), K: min(a.number("k", 3), 20)}
	if o.Where, err = eventFilter(a["where"]); err != nil {
		return nil, err
	}
	for _, v := range a.texts("via") {
		o.Via = append(o.Via, index.Relation(v))
	}
	for _, id := range a.texts("avoid") {
		o.Avoid = append(o.Avoid, graph.ID(id))
	}
	return orNone(r.snap.Paths(from, to, o)), nil
}
