package index

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
	"dialograph/graph/rdf"
)

// event makes the event of a record with all its parts.
func (b *builder) event(r *graph.Record) {
	b.local, b.evidence = map[string]*Source{}, map[string]Evidence{}
	for _, s := range r.Sources {
		if source, ok := b.Node(rdf.SourceID(s)).(*Source); ok {
			b.local[s.ID] = source
		}
	}
	id, iri := b.known(graph.NewID(graph.KindEvent, r.ID))
	x := &r.Event
	as := EventText{Name: x.Name, Kind: x.Kind, Status: x.Status, StatusBasis: x.StatusBasis, Date: x.Date, Mode: x.Mode, Venue: x.Venue, Ordinal: x.Ordinal, Reviewed: r.Review == "reviewed"}
	e := &Event{As: as, Entity: Entity{ID: id, IRI: iri, Name: cmp.Or(x.Name, r.ID), Description: x.Description, Note: r.Note, Evidence: b.of(x.Support["name"])}}
	for _, a := range x.Aliases {
		e.Names = append(e.Names, graph.Name{Text: a, Support: x.Support["aliases"]})
	}
	b.enter(e)
	b.Events = append(b.Events, e)
	for _, field := range slices.Sorted(maps.Keys(x.Support)) {
		e.fields = append(e.fields, fieldEvidence{field, b.of(x.Support[field])})
	}
	e.Series = pick[*Series](b, x.SeriesRef.ID)
	e.Date = b.date(x.Date, b.of(x.Support["date"]))
	e.Date.Basis, e.Date.Note = cmp.Or(x.DateBasis, "explicit"), x.DateNote
	e.City, e.Country = pick[*Place](b, x.CityRef.ID), pick[*Place](b, x.CountryRef.ID)
	if e.Country == nil && e.City != nil {
		e.Country = e.City.Country
	}
	e.Hosts = b.actorsOf(x.HostRefs)
	for _, s := range r.Sources {
		e.Sources = appendKnown(e.Sources, b.local[s.ID])
	}
	for i := range r.Delegations {
		b.delegation(e, &r.Delegations[i])
	}
	for _, p := range r.Participants {
		b.participation(e, nil, p)
	}
	b.said(e, r)
	b.around(e, r)
	e.Conflicts = b.conflicts(e, r.Claims, b.of)
	e.words = b.words(r)
}

// words gathers the words by which an event can be found, as their numbers,
// ascending.
func (b *builder) words(r *graph.Record) []uint32 {
	var out []uint32
	add := func(text string) {
		for _, w := range names.Words(text) {
			n, ok := b.wordNumbers[w]
			if !ok {
				n = uint32(len(b.wordNumbers))
				b.wordNumbers[strings.Clone(w)] = n
			}
			out = append(out, n)
		}
	}
	add(r.Event.Name)
	for _, a := range r.Event.Aliases {
		add(a)
	}
	for _, m := range slices.Concat(r.Topics, r.References, r.Threats) {
		add(m.Name)
		add(m.AsWritten)
	}
	for _, o := range r.Outcomes {
		add(o.Text)
	}
	for _, s := range r.Sources {
		add(s.Title)
		for _, p := range s.Passages {
			add(p.Exact)
		}
	}
	slices.Sort(out)
	return slices.Clone(slices.Compact(out))
}

func pick[T Thing](b *builder, id graph.ID) T {
	x, _ := b.Node(id).(T)
	return x
}

// of resolves the supports of the record at hand.
func (b *builder) of(support []string) Evidence {
	key := strings.Join(support, " ")
	e, known := b.evidence[key]
	if !known {
		e = b.find(support)
		b.evidence[key] = e
	}
	return e
}

func (b *builder) find(support []string) Evidence {
	var e backing
	for _, text := range support {
		s, err := graph.ParseSupport(text)
		source := b.local[s.Source]
		if err != nil || source == nil {
			continue
		}
		if s.Span == nil {
			e.addSource(source)
			continue
		}
		if p, ok := b.Node(rdf.PassageID(source.ID, *s.Span)).(*Passage); ok {
			e.add(p)
		}
	}
	return e.evidence()
}

func (b *builder) actorsOf(refs []graph.Ref) []*Actor {
	var out []*Actor
	for _, r := range refs {
		out = appendKnown(out, pick[*Actor](b, r.ID))
	}
	return out
}

func (b *builder) delegation(e *Event, x *graph.Delegation) {
	d := &Delegation{ID: graph.ID(x.Node), Event: e, Party: pick[*Actor](b, x.PartyRef.ID), Name: x.Party, Evidence: b.of(x.Support)}
	b.enter(d)
	e.Delegations = append(e.Delegations, d)
	e.Parties = appendKnown(e.Parties, d.Party)
	if d.Party != nil {
		d.Party.Delegations = append(d.Party.Delegations, d)
	}
	for _, p := range x.Participants {
		d.Participations = append(d.Participations, b.participation(e, d, p))
	}
}

func (b *builder) participation(e *Event, d *Delegation, x graph.Participant) *Participation {
	p := &Participation{ID: graph.ID(x.Node), Event: e, Delegation: d, Evidence: b.of(x.Support),
		As:     ParticipantText{x.Person, x.Position, x.Organisation, x.Side, x.Role, x.AsWritten, x.Note},
		Person: pick[*Person](b, x.PersonRef.ID), Actor: pick[*Actor](b, x.ActorRef.ID), Side: pick[*Actor](b, x.SideRef.ID)}
	for _, c := range slices.Concat(x.PersonRef.Candidates, x.ActorRef.Candidates) {
		if n, ok := b.Node(c).(Named); ok {
			p.Candidates = append(p.Candidates, n)
		}
	}
	b.enter(p)
	e.Participations = append(e.Participations, p)
	if p.Person != nil {
		p.Person.Participations = append(p.Person.Participations, p)
	}
	if p.Actor != nil {
		p.Actor.Participations = append(p.Actor.Participations, p)
	}
	if p.Side != nil && p.Side != p.Actor {
		p.Side.ForSide = append(p.Side.ForSide, p)
	}
	return p
}

// said makes what the event discussed, referred to, named and quoted.
func (b *builder) said(e *Event, r *graph.Record) {
	for _, x := range r.Topics {
		d := &Discussion{ID: graph.ID(x.Node), Event: e, Topic: pick[*Topic](b, x.Ref.ID), As: textOf(x), Evidence: b.of(x.Support)}
		b.enter(d)
		e.Topics = append(e.Topics, d)
		if d.Topic != nil {
			d.Topic.Discussions = append(d.Topic.Discussions, d)
		}
	}
	for _, x := range r.References {
		b.reference(e, x)
	}
	for _, x := range r.Threats {
		t := &Threat{ID: graph.ID(x.Node), Event: e, Actor: pick[*Actor](b, x.Ref.ID), As: textOf(x), Evidence: b.of(x.Support)}
		b.enter(t)
		e.Threats = append(e.Threats, t)
		if t.Actor != nil {
			t.Actor.Threats = append(t.Actor.Threats, t)
		}
	}
	for _, x := range r.Quotations {
		q := &Quotation{ID: graph.ID(x.Node), Event: e, As: x, Evidence: b.of(x.Support),
			Person: pick[*Person](b, x.PersonRef.ID), Actor: pick[*Actor](b, x.ActorRef.ID), Side: pick[*Actor](b, x.SideRef.ID)}
		b.enter(q)
		e.Quotations = append(e.Quotations, q)
		if q.Person != nil {
			q.Person.Quotations = append(q.Person.Quotations, q)
		}
	}
	for _, x := range r.Outcomes {
		o := &Outcome{ID: graph.ID(x.Node), Event: e, Text: x.Text, Evidence: b.of(x.Support)}
		b.enter(o)
		e.Outcomes = append(e.Outcomes, o)
	}
}

func textOf(x graph.Mention) MentionText {
	return MentionText{x.Name, x.Kind, x.Stance, x.AsWritten, x.Note}
}

func (b *builder) reference(e *Event, x graph.Mention) {
	ref := &Reference{ID: graph.ID(x.Node), Event: e, Target: pick[Named](b, x.Ref.ID), As: textOf(x), Evidence: b.of(x.Support)}
	for _, c := range x.Ref.Candidates {
		if n, ok := b.Node(c).(Named); ok {
			ref.Candidates = append(ref.Candidates, n)
		}
	}
	b.enter(ref)
	e.References = append(e.References, ref)
	switch t := ref.Target.(type) {
	case *Instrument:
		t.References = append(t.References, ref)
	case *Initiative:
		t.References = append(t.References, ref)
	case *Actor:
		t.References = append(t.References, ref)
	}
}

// around makes what came before and after.
func (b *builder) around(e *Event, r *graph.Record) {
	if x := r.Hiatus; x != nil {
		e.Hiatus = &Hiatus{ID: graph.ID(x.Node), Event: e, Length: x.Length, Reason: x.Reason, Evidence: b.of(x.Support)}
		b.enter(e.Hiatus)
	}
	if x := r.NextSession; x != nil {
		evidence := b.of(x.Support)
		p := &Planned{ID: graph.ID(x.Node), After: e, As: *x, Date: b.date(x.Date, evidence), Evidence: evidence,
			City: pick[*Place](b, x.CityRef.ID), Country: pick[*Place](b, x.CountryRef.ID), Host: pick[*Actor](b, x.HostRef.ID)}
		b.enter(p)
		e.Planned = append(e.Planned, p)
	}
	e.PrecededBy = b.neighbours(r.PrecededBy)
	e.FollowedBy = b.neighbours(r.FollowedBy)
}

func (b *builder) neighbours(list []graph.Neighbour) []*Neighbour {
	var out []*Neighbour
	for _, x := range list {
		n := &Neighbour{ID: graph.ID(x.Node), As: x, Organisers: b.actorsOf(x.OrganiserRefs), Evidence: b.of(x.Support)}
		b.enter(n)
		out = append(out, n)
	}
	return out
}

// linkEvents ties events to series, places, sources and each other.
func (b *builder) linkEvents() {
	for _, e := range b.Events {
		if e.Series != nil {
			e.Series.Events = append(e.Series.Events, e)
		}
		if e.City != nil {
			e.City.Events = append(e.City.Events, e)
		}
		if e.Country != nil {
			e.Country.Events = append(e.Country.Events, e)
		}
		for _, s := range e.Sources {
			s.Events = append(s.Events, e)
		}
		for _, n := range slices.Concat(e.PrecededBy, e.FollowedBy) {
			n.Event = pick[*Event](b, graph.NewID(graph.KindEvent, n.As.Event))
		}
	}
}

// order sorts the lists that readers page through and finds each session's
// neighbours in its series.
func (b *builder) order() {
	slices.SortStableFunc(b.Events, compareEvents)
	for i, e := range b.Events {
		if e.order = int32(i); i > 0 && compareDays(b.Events[i-1], e) == 0 {
			e.days = b.Events[i-1].days
		} else {
			e.days = int32(i)
		}
	}
	for _, p := range b.Places {
		slices.SortFunc(p.Events, byDate)
	}
	for _, s := range b.Sources {
		slices.SortFunc(s.Events, byDate)
	}
	participations := func(a, b *Participation) int {
		return cmp.Or(cmp.Compare(a.Event.order, b.Event.order), cmp.Compare(a.ID, b.ID))
	}
	for _, a := range b.Actors {
		slices.SortFunc(a.Participations, participations)
		slices.SortFunc(a.ForSide, participations)
	}
	for _, p := range b.People {
		slices.SortFunc(p.Participations, participations)
	}
	for _, t := range b.Topics {
		slices.SortFunc(t.Discussions, func(a, b *Discussion) int { return cmp.Compare(a.Event.order, b.Event.order) })
	}
	for _, s := range b.Series {
		b.sequence(s)
	}
	b.positions()
	b.people()
	b.lists()
}

// lists keeps the events of each thing, and numbers what is counted.
func (b *builder) lists() {
	for i, a := range b.Actors {
		a.number, a.events = i, a.findEvents()
	}
	for i, p := range b.People {
		p.number, p.events = i, p.findEvents()
	}
	for _, t := range b.Topics {
		t.events = t.findEvents()
	}
	b.bounds()
}

// people ties persons to the bodies at which they are shown to hold a position.
func (b *builder) people() {
	for _, p := range b.People {
		for _, x := range p.Positions {
			if x.Actor != nil {
				x.Actor.People = appendKnown(x.Actor.People, p)
			}
		}
		for _, x := range p.Participations {
			if x.Actor != nil {
				x.Actor.People = appendKnown(x.Actor.People, p)
			}
		}
	}
}

// compareEvents orders by the days that a date may mean, then by identifier.
func compareEvents(a, b *Event) int { return cmp.Or(compareDays(a, b), cmp.Compare(a.ID, b.ID)) }

// compareDays orders by the first day that a date may mean, then by the last;
// where one of them is not known, the other stands for it. Events of which
// neither is known come last.
func compareDays(a, b *Event) int {
	x1, x2, ok1 := a.Date.days()
	y1, y2, ok2 := b.Date.days()
	if ok1 != ok2 {
		return cmp.Compare(boolIndex(ok1), boolIndex(ok2))
	}
	return cmp.Or(x1.Compare(y1), x2.Compare(y2))
}

func (d Date) days() (first, last time.Time, known bool) {
	first, ok1 := d.Value.Earliest()
	last, ok2 := d.Value.Latest()
	switch {
	case !ok1:
		first = last
	case !ok2:
		last = first
	}
	return first, last, ok1 || ok2
}

// sequence orders a series and links its sessions.
func (b *builder) sequence(s *Series) {
	numbered := !slices.ContainsFunc(s.Events, func(e *Event) bool { return e.As.Ordinal == 0 })
	slices.SortFunc(s.Events, func(a, b *Event) int {
		if numbered {
			return cmp.Or(cmp.Compare(a.As.Ordinal, b.As.Ordinal), cmp.Compare(a.order, b.order))
		}
		return cmp.Compare(a.order, b.order)
	})
	for i, e := range s.Events {
		if i > 0 {
			e.Previous = s.Events[i-1]
			e.Previous.Next = e
		}
	}
	for _, e := range s.Events {
		for _, p := range e.Planned {
			p.Became = e.nextAsPlanned(p)
		}
	}
}

// nextAsPlanned is the next session of the series, unless its number shows that
// another one lies between.
func (e *Event) nextAsPlanned(p *Planned) *Event {
	expected := p.As.Ordinal
	if n := e.As.Ordinal; expected == 0 && n > 0 {
		expected = n + 1
	}
	if e.Next != nil && expected > 0 && e.Next.As.Ordinal > expected {
		return nil
	}
	return e.Next
}

// positions adds to each person the offices that participations show.
func (b *builder) positions() {
	for _, p := range b.People {
		known := map[string]*Position{}
		for _, x := range p.Positions {
			known[positionKey(x)] = x
		}
		for _, part := range p.Participations {
			if part.As.Position == "" {
				continue
			}
			x := &Position{Title: part.As.Position, Actor: part.Actor, AsOf: part.Event.Date, Evidence: part.Evidence, Event: part.Event}
			if same := known[positionKey(x)]; same != nil {
				same.Event, same.Evidence = part.Event, same.Evidence.Merge(x.Evidence)
				continue
			}
			known[positionKey(x)] = x
			p.Positions = append(p.Positions, x)
		}
		slices.SortStableFunc(p.Positions, func(a, b *Position) int { return edtf.Compare(a.AsOf.Value, b.AsOf.Value) })
	}
}

func positionKey(p *Position) string {
	return fmt.Sprintf("%s|%p|%s", names.Fold(p.Title), p.Actor, p.AsOf.Value)
}
