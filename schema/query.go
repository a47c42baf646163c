package schema

import (
	"slices"
	"strconv"

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
		each(func(r *request, _ any, a args) (any, error) {
			id := graph.ID(a.text("id"))
			x := r.snap.Node(id)
			if x == nil {
				r.noteMissing(id)
			}
			return x, nil
		}))
	t.sizedBy("nodes", "ids")
	look(t, "nodes", must(graphql.NewList(b.node)), "Several things by their identifiers, in the order given.", graphql.FieldConfigArgument{"ids": {Type: must(graphql.NewList(must(graphql.ID))), Description: "kind/slug each."}},
		each(func(r *request, _ any, a args) (any, error) {
			ids := a.texts("ids")
			if len(ids) > maxFirst {
				return nil, userErrorf("BAD_PAGE", "ids: %d are more than %d", len(ids), maxFirst)
			}
			out := make([]any, len(ids))
			for i, id := range ids {
				if x := r.snap.Node(graph.ID(id)); x != nil {
					out[i] = x
				} else {
					r.noteMissing(graph.ID(id))
				}
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
	look(t.weighs("events", 2000), "events", must(b.events), "Events, by date.", b.eventArgs(20), b.eventPages(20, func(r *request, _ any, _ args) []*index.Event { return r.snap.Events }))
	b.lists(t)
	look(t.weighs("attendance", 2000), "attendance", must(b.participations), "Who attended what: participations by date.", b.participationArgs(50), b.attendancePages())
	b.finding(t)
	b.network(t)
	b.types["Query"] = t
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

// listField declares a list of all entities of a kind. The test of which to keep
// is made once a request.
func listField[T index.Named](b *schemaBuilder, t *typ, name string, out graphql.Output, doc string, all func(*index.Snapshot) []T, more graphql.FieldConfigArgument, keep func(*request, args) (func(T) bool, error)) {
	config := with(with(paging(20), "text", graphql.String, "Only those with these words in a name."), "orderBy", many(b.inputs.entityOrder), "In which order; by name if not given.")
	for k, v := range more {
		config[k] = v
	}
	look(t.weighs(name, 5000), name, out, doc, config, each(func(r *request, _ any, a args) (any, error) {
		words := names.Words(a.text("text"))
		test := func(T) bool { return true }
		if keep != nil {
			var err error
			if test, err = keep(r, a); err != nil {
				return nil, err
			}
		}
		var selected []T
		for _, x := range all(r.snap) {
			if r.ctx.Err() != nil {
				return nil, r.ctx.Err()
			}
			if hasWords(x.Self(), words) && test(x) {
				selected = append(selected, x)
			}
		}
		return page(selected, entityOrdering[T](r.snap, a["orderBy"]), a, 20, func(x T) edge { return edge{node: x} })
	}))
}

// simply is a test that only reads the arguments.
func simply[T any](test func(T, args) bool) func(*request, args) (func(T) bool, error) {
	return func(_ *request, a args) (func(T) bool, error) {
		return func(x T) bool { return test(x, a) }, nil
	}
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
	listField(b, t, "allSeries", must(b.allSeries), "Series, by name.", func(s *index.Snapshot) []*index.Series { return s.Series }, nil, nil)
	listField(b, t, "actors", must(b.actors), "Actors, by name.", func(s *index.Snapshot) []*index.Actor { return s.Actors },
		graphql.FieldConfigArgument{"where": {Type: b.inputs.actor, Description: "Which actors."}}, keepActors)
	listField(b, t, "people", must(b.people), "People, by name.", func(s *index.Snapshot) []*index.Person { return s.People },
		graphql.FieldConfigArgument{"where": {Type: b.inputs.person, Description: "Which people."}}, keepPeople)
	listField(b, t, "topics", must(b.allTopics), "Topics, by name.", func(s *index.Snapshot) []*index.Topic { return s.Topics },
		graphql.FieldConfigArgument{"top": {Type: graphql.Boolean, Description: "Only those without a broader one."}}, simply(func(x *index.Topic, a args) bool { return !a.flag("top") || len(x.Broader) == 0 }))
	listField(b, t, "instruments", must(b.instruments), "Instruments, by name.", func(s *index.Snapshot) []*index.Instrument { return s.Instruments },
		graphql.FieldConfigArgument{"kind": {Type: many(b.instrumentKind), Description: "Of one of these kinds."}}, simply(func(x *index.Instrument, a args) bool { return allowed(a, "kind", x.Kind) }))
	listField(b, t, "initiatives", must(b.initiatives), "Initiatives, by name.", func(s *index.Snapshot) []*index.Initiative { return s.Initiatives }, nil, nil)
	listField(b, t, "places", must(b.places), "Places, by name.", func(s *index.Snapshot) []*index.Place { return s.Places },
		graphql.FieldConfigArgument{"kind": {Type: many(b.placeKind), Description: "Of one of these kinds."}}, simply(func(x *index.Place, a args) bool { return allowed(a, "kind", x.Kind) }))
	listField(b, t, "sources", must(b.sources), "Sources, by title.", func(s *index.Snapshot) []*index.Source { return s.Sources },
		graphql.FieldConfigArgument{"publisher": {Type: graphql.String, Description: "Of this publisher."}}, simply(func(x *index.Source, a args) bool {
			return a.text("publisher") == "" || names.Fold(x.As.Publisher) == names.Fold(a.text("publisher"))
		}))
}

func keepActors(r *request, a args) (func(*index.Actor) bool, error) {
	return entityTest(r, a["where"], func(w args) func(*index.Actor) bool {
		country := refOf(w["country"])
		return func(x *index.Actor) bool {
			return allowed(w, "kind", x.Kind) && (w.text("acronym") == "" || names.Fold(x.Acronym) == names.Fold(w.text("acronym"))) &&
				(country.IsZero() || x.Country != nil && refersTo(country, x.Country)) && bears(&x.Entity, w.text("name")) && sameFlag(w["provisional"], x.Provisional)
		}
	})
}

func keepPeople(r *request, a args) (func(*index.Person) bool, error) {
	return entityTest(r, a["where"], func(w args) func(*index.Person) bool {
		actsFor := refOf(w["actsFor"])
		words := names.Words(w.text("position"))
		return func(x *index.Person) bool {
			held := len(words) == 0 || slices.ContainsFunc(r.snap.OfPerson(x).Positions, func(p *index.Position) bool {
				have := names.Words(p.Title)
				return !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(have, word) })
			})
			return held && (actsFor.IsZero() || x.Country != nil && refersTo(actsFor, x.Country)) && bears(&x.Entity, w.text("name")) && sameFlag(w["provisional"], x.Provisional)
		}
	})
}

// entityTest makes the test of a filter with and, or, not and a condition on
// events; plain makes that of its other fields.
func entityTest[T index.Named](r *request, where any, plain func(args) func(T) bool) (func(T) bool, error) {
	if err := checkParts(where); err != nil {
		return nil, err
	}
	var read func(any) (*func(T) bool, error)
	read = func(v any) (*func(T) bool, error) {
		w := object(v)
		if w == nil {
			return nil, nil
		}
		q, err := listOf(w["events"], filters{}.event)
		if err != nil {
			return nil, err
		}
		tests := []func(T) bool{plain(w)}
		if t := r.snap.EventListTest(q); t != nil {
			tests = append(tests, func(x T) bool { return t(r.snap.EventsOf(x)) })
		}
		for name, enough := range map[string]func([]func(T) bool, T) bool{"and": all[T], "or": some[T]} {
			var list []func(T) bool
			for _, part := range objects(w[name]) {
				t, err := read(map[string]any(part))
				if err != nil {
					return nil, err
				}
				list = append(list, *t)
			}
			if len(list) > 0 {
				tests = append(tests, func(x T) bool { return enough(list, x) })
			}
		}
		not, err := read(w["not"])
		if err != nil {
			return nil, err
		}
		if not != nil {
			tests = append(tests, func(x T) bool { return !(*not)(x) })
		}
		whole := func(x T) bool { return all(tests, x) }
		return &whole, nil
	}
	test, err := read(where)
	if err != nil || test == nil {
		return func(T) bool { return true }, err
	}
	return *test, nil
}

func all[T any](tests []func(T) bool, x T) bool {
	return !slices.ContainsFunc(tests, func(t func(T) bool) bool { return !t(x) })
}

func some[T any](tests []func(T) bool, x T) bool {
	return slices.ContainsFunc(tests, func(t func(T) bool) bool { return t(x) })
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
	look(t.weighs("search", 5000), "search", must(b.hits), "Things by name: exact, by words, by prefix, with a letter wrong, in any script; the best first.", search,
		each(func(r *request, _ any, a args) (any, error) {
			if text := a.text("text"); len(text) > 200 {
				return nil, userErrorf("BAD_ARGUMENT", "text: %d bytes are more than 200", len(text))
			}
			return hitPage(r, a, 10)
		}))
	look(t.weighs("resolve", 5000), "resolve", list(b.candidate), "What a name may mean, how likely, and why. Context decides between homonyms: the side, the country, the body above.", kinds(graphql.FieldConfigArgument{
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
	b.whySame(t)
	look(t.holds(50, "judgements"), "judgements", list(b.judgement), "Decisions that two names or things are the same, or not.", graphql.FieldConfigArgument{"about": {Type: graphql.String, Description: "Only those about this identifier or name."}},
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

// hitPage is page for what a search found: of very many hits only those of the
// page are put in order.
func hitPage(r *request, a args, standard int) (*connection, error) {
	w, err := windowOf(a, standard)
	if err != nil {
		return nil, err
	}
	part := index.Window{First: w.first, Last: w.last}
	if part.After, err = rankOf("after", w.after); err != nil {
		return nil, err
	}
	if part.Before, err = rankOf("before", w.before); err != nil {
		return nil, err
	}
	found := r.snap.Find(a.text("text"), kindsOf(a), part)
	c := &connection{total: found.Total, before: found.Before, after: found.After}
	for i, h := range found.Hits {
		c.edges = append(c.edges, &edge{node: h.Thing, value: h, list: hitList(found.Hits), at: i})
	}
	return c, nil
}

type hitList []index.Hit

func (l hitList) cursor(i int) string {
	rank := l[i].Rank()
	return cursorOf([]string{hitCursor, strconv.Itoa(rank.Score), strconv.Itoa(rank.Weight), string(rank.ID)})
}

// hitCursor marks the cursors of searches.
const hitCursor = "hit"

func rankOf(name string, keys []string) (*index.Rank, error) {
	if keys == nil {
		return nil, nil
	}
	if len(keys) == 4 && keys[0] == hitCursor {
		score, err1 := strconv.Atoi(keys[1])
		weight, err2 := strconv.Atoi(keys[2])
		if err1 == nil && err2 == nil {
			return &index.Rank{Score: score, Weight: weight, ID: graph.ID(keys[3])}, nil
		}
	}
	return nil, userErrorf("BAD_CURSOR", "%s: the cursor is not of a search", name)
}

// network declares what looks at many events at once.
func (b *schemaBuilder) network(t *typ) {
	look(t.weighs("paths", 150_000).holds(3, "paths"), "paths", list(b.path), "How two things are connected: the best paths, over telling relations first, each step with what says it.", graphql.FieldConfigArgument{
		"from": {Type: must(graphql.ID), Description: "kind/slug."}, "to": {Type: must(graphql.ID), Description: "kind/slug."},
		"maxLength": {Type: graphql.Int, DefaultValue: 4, Description: "At most so many steps; 8 at the most."}, "k": {Type: graphql.Int, DefaultValue: 3, Description: "How many paths; 20 at the most."},
		"via": {Type: many(b.relation), Description: "Only over these relations."}, "where": {Type: b.inputs.event, Description: "Only over these events."},
		"claims": {Type: b.claims, DefaultValue: string(index.PreferredClaims), Description: "Which values the filter reads where sources disagree."},
		"avoid":  {Type: many(graphql.ID), Description: "Not over these things, such as the EEAS or the EU, which are tied to nearly everything."},
	}, each(pathsBetween))
	look(t.weighs("coAttendance", 150_000), "coAttendance", must(b.coAttendances), "Pairs that took part in the same events, the most frequent first.", b.filtered(withDefault(withDefault(paging(50),
		"kind", b.coKind, string(graph.KindActor), "Between actors or between people."), "minEvents", graphql.Int, 1, "At so many events at least."), "Only at these events."),
		each(func(r *request, _ any, a args) (any, error) {
			filter, err := eventFilter(a)
			if err != nil {
				return nil, err
			}
			pairs := index.CoAttendance(r.ctx, graph.Kind(a.text("kind")), r.snap.Select(r.ctx, r.snap.Events, filter), a.number("minEvents", 1))
			o := ordering[index.Pair]{keys: []orderKey[index.Pair]{{of: func(p index.Pair) string { return number(len(p.Events)) }, descending: true},
				{of: func(p index.Pair) string { return string(p.A.NodeID()) }}, {of: func(p index.Pair) string { return string(p.B.NodeID()) }}}}
			return page(pairs, o, a, 50, func(p index.Pair) edge { return edge{node: p} })
		}))
	b.networkField(t)
	b.citeQuery(t)
	look(t.weighs("compare", 1000), "compare", must(b.comparison), "What events share, and what is new or dropped in the last of them.", graphql.FieldConfigArgument{"events": {Type: must(graphql.NewList(must(graphql.ID))), Description: "At least two events."}},
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
	if o.Where, err = eventFilter(a); err != nil {
		return nil, err
	}
	for _, v := range a.texts("via") {
		o.Via = append(o.Via, index.Relation(v))
	}
	for _, id := range a.texts("avoid") {
		o.Avoid = append(o.Avoid, graph.ID(id))
	}
	return orNone(r.snap.Paths(r.ctx, from, to, o)), nil
}
