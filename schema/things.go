package schema

import (
	"slices"

	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// things declares the entities.
func (b *schemaBuilder) things() {
	b.event = b.object("Event", "One session, meeting, conference or signing.", b.named(), b.eventFields)
	b.series = b.object("Series", "A row of events under one heading.", b.named(), func(t *typ) {
		b.entityFields(t)
		readText(t, "kind", graphql.String, "bilateral, trilateral, multilateral …", func(s *index.Series) string { return s.Kind })
		read(t, "parties", list(b.actor), "Its sides.", func(s *index.Series) any { return s.Parties })
		date(b, t, "since", "Since when it exists.", func(s *index.Series) index.Date { return s.Since })
		b.eventsField(t, 50)
		look(t, "coverage", must(b.coverage), "Which sessions are at hand, which are missing, and the longest gap.", nil, each(func(r *request, s *index.Series, _ args) (any, error) { return coverageOf(r.snap.Sessions(s)), nil }))
		read(t, "conflicts", list(b.conflict), "Where sources disagree about the series.", func(s *index.Series) any { return s.Conflicts })
		read(t, "evidenceSources", list(b.source), "The sources behind the entry.", func(s *index.Series) any { return s.Evidence.Sources() })
	})
	b.actor = b.object("Actor", "A state, union, ministry, agency, CERT, institute, alliance, forum or company.", b.named(), b.actorFields)
	b.person = b.object("Person", "A human being who acts for someone.", b.named(), func(t *typ) {
		b.entityFields(t)
		read(t, "actsFor", b.actor, "The state or body that the person acts for.", func(p *index.Person) any { return p.Country })
		readIn(t, "positions", list(b.position), "Offices held, each when a source shows it.", func(s *index.Snapshot, p *index.Person) any { return s.OfPerson(p).Positions })
		b.participationsField(t, 20)
		b.eventsField(t, 20)
		b.coAttendeesField(t, func(r *request, n any, _ args) []*index.Event { return r.snap.EventsOf(n.(*index.Person)) })
		b.centralityField(t)
		readIn(t, "quotations", list(b.quotation), "Where the person is quoted.", func(s *index.Snapshot, p *index.Person) any { return s.OfPerson(p).Quotations })
	})
	b.topic = b.object("Topic", "A concept of our topic scheme (SKOS).", b.named(), func(t *typ) {
		b.entityFields(t)
		read(t, "broader", list(b.topic), "Concepts that include it.", func(x *index.Topic) any { return x.Broader })
		read(t, "narrower", list(b.topic), "Concepts that it includes.", func(x *index.Topic) any { return x.Narrower })
		read(t, "related", list(b.topic), "Concepts beside it.", func(x *index.Topic) any { return x.Related })
		b.eventsField(t, 20)
		readIn(t, "byYear", list(b.yearCount), "Events that took it up, by year.", func(s *index.Snapshot, x *index.Topic) any { return byYear(s.OfTopic(x).Events) })
	})
	b.instrument = b.object("Instrument", "A treaty, resolution, report, declaration or code.", b.named(), b.instrumentFields)
	b.initiative = b.object("Initiative", "A coalition, process or proposal that states join or support.", b.named(), func(t *typ) {
		b.entityFields(t)
		readText(t, "kind", graphql.String, "What sort of initiative.", func(i *index.Initiative) string { return i.Kind })
		date(b, t, "launched", "When it began.", func(i *index.Initiative) index.Date { return i.Launched })
		b.membersField(t, func(n any) []*index.Membership { return n.(*index.Initiative).Members })
		read(t, "counts", list(b.count), "Numbers of members that sources state.", func(i *index.Initiative) any { return i.Counts })
		read(t, "conflicts", list(b.conflict), "Where sources disagree about it.", func(i *index.Initiative) any { return i.Conflicts })
		b.eventsField(t, 20)
	})
	b.place = b.object("Place", "A country, region or city.", b.named(), func(t *typ) {
		b.entityFields(t)
		read(t, "kind", must(b.placeKind), "Country, region or city.", func(p *index.Place) any { return p.Kind })
		readText(t, "code", graphql.String, "ISO 3166-1 alpha-2 code of a country.", func(p *index.Place) string { return p.Code })
		read(t, "country", b.place, "The country that it lies in.", func(p *index.Place) any { return p.Country })
		b.eventsField(t, 20)
	})
	b.source = b.object("Source", "A document that something was taken from.", b.named(), func(t *typ) {
		b.entityFields(t)
		readText(t, "url", graphql.String, "Its public address.", func(s *index.Source) string { return s.As.URL })
		readText(t, "title", graphql.String, "Its title.", func(s *index.Source) string { return s.As.Title })
		readText(t, "publisher", graphql.String, "Who published it.", func(s *index.Source) string { return s.As.Publisher })
		date(b, t, "published", "When.", func(s *index.Source) index.Date { return s.Published })
		readText(t, "language", graphql.String, "BCP 47 tag.", func(s *index.Source) string { return s.As.Language })
		readText(t, "retrieved", graphql.String, "When it was retrieved (EDTF).", func(s *index.Source) string { return s.As.Retrieved })
		readText(t, "sha256", graphql.String, "Of the document as retrieved.", func(s *index.Source) string { return s.As.SHA256 })
		b.citeField(t, "How to cite it.", func(n any) []*index.Source { return []*index.Source{n.(*index.Source)} })
		look(t, "passages", must(b.passages), "The passages of it that something cites.", paging(50), each(func(r *request, s *index.Source, a args) (any, error) {
			return passagePage(r.snap.OfSource(s).Passages, a, 50)
		}))
		b.eventsField(t, 20)
	})
}

func (b *schemaBuilder) eventFields(t *typ) {
	b.entityFields(t)
	said := func(e *index.Event) *index.EventText { return &e.As }
	read(t, "kind", must(b.eventKind), "What sort of meeting.", func(e *index.Event) any { return said(e).Kind })
	read(t, "status", must(b.eventStatus), "Whether it took place.", func(e *index.Event) any { return said(e).Status })
	readText(t, "statusBasis", graphql.String, "Why the status is what it is, such as 'advance notice'.", func(e *index.Event) string { return said(e).StatusBasis })
	read(t, "reviewed", must(graphql.Boolean), "Whether a person has reviewed the record.", func(e *index.Event) any { return e.As.Reviewed })
	read(t, "series", b.series, "The series that it is a session of.", func(e *index.Event) any { return e.Series })
	b.claimFields(t)
	read(t, "country", b.place, "The country.", func(e *index.Event) any { return e.Country })
	read(t, "hosts", list(b.actor), "Who hosted it.", func(e *index.Event) any { return e.Hosts })
	read(t, "parties", list(b.actor), "Its sides.", func(e *index.Event) any { return e.Parties })
	read(t, "delegations", list(b.delegation), "Each side with its chairs and participants.", func(e *index.Event) any { return e.Delegations })
	b.participationsField(t, 50)
	look(t, "topics", must(b.topics), "What it took up.", with(paging(50), "stance", many(b.stance), "Only with one of these stances."), each(topicsOf))
	look(t, "references", must(b.references), "The instruments, initiatives, forums and events that it referred to.",
		with(with(paging(50), "stance", many(b.stance), "Only with one of these stances."), "kind", many(b.referenceKind), "Only of one of these kinds."), each(referencesOf))
	read(t, "outcomes", list(b.outcome), "What it came to.", func(e *index.Event) any { return e.Outcomes })
	read(t, "quotations", list(b.quotation), "Who is quoted about it. Being quoted is not attending.", func(e *index.Event) any { return e.Quotations })
	read(t, "threats", list(b.threat), "Actors that its sources name as a threat; never participants.", func(e *index.Event) any { return e.Threats })
	read(t, "hiatus", b.hiatus, "Why there was no session for some time before.", func(e *index.Event) any { return e.Hiatus })
	readIn(t, "previous", b.event, "The session before it in the series.", func(s *index.Snapshot, e *index.Event) any { return s.Previous(e) })
	readIn(t, "next", b.event, "The session after it in the series.", func(s *index.Snapshot, e *index.Event) any { return s.Next(e) })
	read(t, "planned", list(b.planned), "What was announced for the next session, and what became of it.", func(e *index.Event) any { return e.Planned })
	readIn(t, "precededBy", list(b.event), "Meetings that came before it and of which a record is at hand.", func(s *index.Snapshot, e *index.Event) any { return neighbourEvents(s, e.PrecededBy) })
	read(t, "relatedBefore", list(b.neighbour), "Meetings that sources put before it, with their organisers.", func(e *index.Event) any { return e.PrecededBy })
	read(t, "relatedAfter", list(b.neighbour), "Meetings that sources put after it.", func(e *index.Event) any { return e.FollowedBy })
	read(t, "conflicts", list(b.conflict), "Where sources disagree about it.", func(e *index.Event) any { return e.Conflicts })
	read(t, "sources", list(b.source), "The sources of its record.", func(e *index.Event) any { return e.Sources })
	b.citeField(t, "How to cite the sources of its record.", func(n any) []*index.Source { return n.(*index.Event).Sources })
	read(t, "evidence", list(b.passage), "The passages that name it.", func(e *index.Event) any { return e.Evidence.Passages() })
	look(t, "fieldEvidence", list(b.passage), "The passages behind one of its own fields: name, date, city, country, mode, ordinal, series, venue, hosts.",
		graphql.FieldConfigArgument{"field": {Type: must(graphql.String), Description: "The field's name."}},
		each(func(_ *request, e *index.Event, a args) (any, error) {
			return e.FieldEvidence(a.text("field")).Passages(), nil
		}))
}

func neighbourEvents(s *index.Snapshot, list []*index.Neighbour) []*index.Event {
	out := []*index.Event{}
	for _, n := range list {
		if e := s.EventOf(n); e != nil {
			out = append(out, e)
		}
	}
	return out
}

func topicsOf(_ *request, e *index.Event, a args) (any, error) {
	list := slices.DeleteFunc(slices.Clone(e.Topics), func(d *index.Discussion) bool { return !allowed(a, "stance", d.As.Stance) })
	return page(list, asGiven(func(d *index.Discussion) string { return string(d.ID) }), a, 50, func(d *index.Discussion) edge { return edge{node: known(d.Topic), value: d} })
}

func referencesOf(_ *request, e *index.Event, a args) (any, error) {
	list := slices.DeleteFunc(slices.Clone(e.References), func(r *index.Reference) bool {
		return !allowed(a, "stance", r.As.Stance) || !allowed(a, "kind", r.As.Kind)
	})
	return page(list, asGiven(func(r *index.Reference) string { return string(r.ID) }), a, 50, func(r *index.Reference) edge { return edge{node: known(r.Target), value: r} })
}

// allowed tells whether a list argument, where given, holds a value.
func allowed(a args, name, value string) bool {
	list := a.texts(name)
	return list == nil || slices.Contains(list, value)
}

func (b *schemaBuilder) actorFields(t *typ) {
	b.entityFields(t)
	read(t, "kind", must(b.actorKind), "What sort of body.", func(a *index.Actor) any { return a.Kind })
	readText(t, "acronym", graphql.String, "Its acronym; several bodies may share one.", func(a *index.Actor) string { return a.Acronym })
	read(t, "country", b.place, "The country that it belongs to.", func(a *index.Actor) any { return a.Country })
	read(t, "parent", b.actor, "The body above it.", func(a *index.Actor) any { return a.Parent })
	read(t, "units", list(b.actor), "The bodies directly below it.", func(a *index.Actor) any { return orNone(a.Units) })
	read(t, "replaces", b.actor, "The body that it took over from.", func(a *index.Actor) any { return a.Replaces })
	date(b, t, "existedFrom", "When it came to be.", func(a *index.Actor) index.Date { return a.From })
	date(b, t, "existedTo", "When it ceased.", func(a *index.Actor) index.Date { return a.To })
	b.membersField(t, func(n any) []*index.Membership { return n.(*index.Actor).Members })
	read(t, "memberships", list(b.membership), "What it is a party to or a member of.", func(a *index.Actor) any { return a.MemberOf })
	b.participationsField(t, 20)
	look(t, "events", must(b.events), "The events that it took part in, itself or through a person; a state or union also as a side. Those known only from a notice have the status PLANNED.",
		withDefault(b.eventArgs(20), "includeUnits", graphql.Boolean, false, "Also events of bodies below it."), b.eventPages(20, func(r *request, n any, a args) []*index.Event {
			return r.snap.Attended(n.(*index.Actor), a.flag("includeUnits"))
		}))
	b.coAttendeesField(t, func(r *request, n any, _ args) []*index.Event { return r.snap.Attended(n.(*index.Actor), false) })
	b.centralityField(t)
	look(t, "people", must(b.people), "People who held a position at it or acted for it.", paging(20), each(func(r *request, x *index.Actor, a args) (any, error) {
		return page(r.snap.OfActor(x).People, byName[*index.Person](), a, 20, func(p *index.Person) edge { return edge{node: p} })
	}))
	readIn(t, "namedAsThreat", list(b.threat), "Where sources name it as a threat.", func(s *index.Snapshot, a *index.Actor) any { return orNone(s.OfActor(a).Threats) })
}

// orNone is an empty list for nil.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (b *schemaBuilder) instrumentFields(t *typ) {
	b.entityFields(t)
	read(t, "kind", must(b.instrumentKind), "What sort of text.", func(i *index.Instrument) any { return i.Kind })
	readText(t, "identifier", graphql.String, "Its official number, such as ETS 185.", func(i *index.Instrument) string { return i.Identifier })
	date(b, t, "adopted", "When it was adopted.", func(i *index.Instrument) index.Date { return i.Adopted })
	date(b, t, "openedForSignature", "When it was opened for signature.", func(i *index.Instrument) index.Date { return i.Opened })
	date(b, t, "inForce", "When it entered into force.", func(i *index.Instrument) index.Date { return i.InForce })
	read(t, "parent", b.instrument, "The instrument that it belongs to, as a protocol does.", func(i *index.Instrument) any { return i.Parent })
	read(t, "parts", list(b.instrument), "Its protocols and the like.", func(i *index.Instrument) any { return orNone(i.Parts) })
	b.partiesField(t, "parties", func(n any) []*index.Membership { return n.(*index.Instrument).Parties })
	read(t, "counts", list(b.count), "Numbers of parties that sources state.", func(i *index.Instrument) any { return i.Counts })
	read(t, "conflicts", list(b.conflict), "Where sources disagree about it.", func(i *index.Instrument) any { return i.Conflicts })
	b.eventsField(t, 20)
}

func (b *schemaBuilder) eventArgs(standard int) graphql.FieldConfigArgument {
	return b.filtered(with(paging(standard), "orderBy", many(b.inputs.eventOrder), "In which order; by date if not given."), "Which events.")
}

// filtered adds the arguments by which events are chosen.
func (b *schemaBuilder) filtered(a graphql.FieldConfigArgument, doc string) graphql.FieldConfigArgument {
	return withDefault(with(a, "where", b.inputs.event, doc), "claims", b.claims, string(index.PreferredClaims), "Which values the filter reads where sources disagree about the date, ordinal, mode or city of an event.")
}

// eventPages gives a page of events for each thing; the filter is made once.
func (b *schemaBuilder) eventPages(standard int, of func(*request, any, args) []*index.Event) func(*request, []any, args) ([]any, error) {
	return func(r *request, things []any, a args) ([]any, error) {
		filter, err := eventFilter(a)
		if err != nil {
			return nil, err
		}
		order := eventOrdering(a["orderBy"])
		lists := make([][]*index.Event, len(things))
		for i, x := range things {
			lists[i] = of(r, x, a)
		}
		out := make([]any, len(things))
		arranged := arrangedByDate(order)
		lists, test := r.snap.Narrow(lists, filter)
		for i, list := range lists {
			byDate := arranged
			if _, ofSeries := things[i].(*index.Series); ofSeries {
				byDate = order // they are by number
			}
			c, err := eventPage(r, list, test, byDate, a, standard)
			if err != nil {
				return nil, err
			}
			if filter == nil {
				c.of = wholeListOf(things[i])
			}
			out[i] = c
		}
		return out, nil
	}
}

// wholeListOf names the list of all events of a thing; those of the query itself
// are all events there are.
func wholeListOf(thing any) graph.ID {
	switch n := thing.(type) {
	case *index.Actor:
		return "" // with its units or without
	case index.Thing:
		return n.NodeID()
	case nil:
		return "all"
	}
	return ""
}

func (b *schemaBuilder) eventsField(t *typ, standard int) {
	look(t, "events", must(b.events), "Its events.", b.eventArgs(standard), b.eventPages(standard, func(r *request, n any, _ args) []*index.Event { return r.snap.EventsOf(n.(index.Named)) }))
}

func (b *schemaBuilder) participationArgs(standard int) graphql.FieldConfigArgument {
	a := with(with(paging(standard), "where", b.inputs.participation, "Which participations."), "orderBy", many(b.inputs.participationOrder), "In which order.")
	return withDefault(a, "claims", b.claims, string(index.PreferredClaims), "Which values the filter reads where sources disagree about the date, ordinal, mode or city of an event.")
}

// participationPages gives a page of participations for each thing: those of an
// event in the order of its record, others by date unless the query says.
func (b *schemaBuilder) participationPages(standard int, of func(*request, any) []*index.Participation) func(*request, []any, args) ([]any, error) {
	return func(r *request, things []any, a args) ([]any, error) {
		filter, err := participationFilter(a)
		if err != nil {
			return nil, err
		}
		lists := make([][]*index.Participation, len(things))
		for i, x := range things {
			lists[i] = of(r, x)
		}
		out := make([]any, len(things))
		byQuery, given := participationOrdering(a["orderBy"]), asGiven(func(p *index.Participation) string { return string(p.ID) })
		for i, selected := range r.snap.SelectEachParticipation(r.ctx, lists, filter) {
			order := byQuery
			if _, ofEvent := things[i].(*index.Event); ofEvent && a["orderBy"] == nil {
				order = given
			}
			c, err := page(selected, order, a, standard, func(p *index.Participation) edge { return edge{node: p} })
			if err != nil {
				return nil, err
			}
			c.participations = selected
			out[i] = c
		}
		return out, nil
	}
}

func (b *schemaBuilder) participationsField(t *typ, standard int) {
	look(t, "participations", must(b.participations), "Who took part, as what, for whom.", b.participationArgs(standard),
		b.participationPages(standard, func(r *request, n any) []*index.Participation { return r.snap.ParticipationsOf(n.(index.Named)) }))
}

// membersField declares the members, and beside them their status and dates.
func (b *schemaBuilder) membersField(t *typ, of func(any) []*index.Membership) {
	look(t, "members", must(b.actors), "The actors that joined; memberDetails says since when.", paging(50), each(func(_ *request, n any, a args) (any, error) {
		var actors []*index.Actor
		for _, m := range of(n) {
			if !slices.Contains(actors, m.Member) {
				actors = append(actors, m.Member)
			}
		}
		return page(actors, byName[*index.Actor](), a, 50, func(x *index.Actor) edge { return edge{node: x} })
	}))
	b.partiesField(t, "memberDetails", of)
}

func (b *schemaBuilder) partiesField(t *typ, name string, of func(any) []*index.Membership) {
	look(t, name, must(b.parties), "The actors that joined, with their status and dates.", with(paging(50), "status", many(b.partyStatus), "Only with one of these statuses."),
		each(func(_ *request, n any, a args) (any, error) {
			list := slices.DeleteFunc(slices.Clone(of(n)), func(m *index.Membership) bool { return !allowed(a, "status", m.As.Status) })
			o := ordering[*index.Membership]{keys: []orderKey[*index.Membership]{{of: func(m *index.Membership) string { return m.Member.Name }}, {of: func(m *index.Membership) string { return string(m.ID) }}}}
			return page(list, o, a, 50, func(m *index.Membership) edge { return edge{node: m.Member, value: m} })
		}))
}

func (b *schemaBuilder) coAttendeesField(t *typ, of func(*request, any, args) []*index.Event) {
	a := with(b.filtered(paging(10), "Only at these events."), "kind", many(b.actorKind), "Only actors of these kinds.")
	t.weighs("coAttendees", 1000)
	look(t, "coAttendees", must(b.coAttendees), "Who else took part in the same events, with counts; the most frequent first. Planned events count unless where: {status: [HELD]}.", a, func(r *request, things []any, a args) ([]any, error) {
		filter, err := eventFilter(a)
		if err != nil {
			return nil, err
		}
		out := make([]any, len(things))
		for i, n := range things {
			if out[i], err = coAttendeePage(r, n.(index.Named), r.snap.Select(r.ctx, of(r, n, a), filter), a); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// metKey keeps whom a thing met at all of its events.
type metKey struct{ id graph.ID }

func coAttendeePage(r *request, self index.Named, events []*index.Event, a args) (*connection, error) {
	meet := func() ([]index.CoAttendee, int) {
		list := r.snap.CoAttendees(r.ctx, self, events)
		return list, len(list)
	}
	var list []index.CoAttendee
	if a["where"] == nil {
		list = index.Keep(r.ctx, r.snap, metKey{self.NodeID()}, meet)
	} else {
		list, _ = meet()
	}
	if a["kind"] != nil {
		list = slices.DeleteFunc(slices.Clone(list), func(c index.CoAttendee) bool {
			actor, ok := c.Who.(*index.Actor)
			return ok && !allowed(a, "kind", actor.Kind)
		})
	}
	o := ordering[index.CoAttendee]{arranged: inPlace[index.CoAttendee], keys: []orderKey[index.CoAttendee]{
		{of: func(c index.CoAttendee) string { return number(c.Count) }, descending: true}, {of: func(c index.CoAttendee) string { return string(c.Who.NodeID()) }},
	}}
	return page(list, o, a, 10, func(c index.CoAttendee) edge { return edge{node: c.Who, value: c} })
}
