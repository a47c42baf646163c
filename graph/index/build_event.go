package index

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
	"dialograph/graph/rdf"
)

// maker makes the events of records, one after the other. Several work beside
// each other: they read the builder and change nothing but the things that they
// make; what others shall know of those is linked afterwards.
type maker struct {
	*builder
	view     rdf.View
	numbers  map[string]uint32   // words to numbers, as far as this one has met them
	local    map[string]*Source  // local id -> source, of the record at hand
	evidence map[string]Evidence // by support, of the record at hand
	later    []func()            // what can be done when all events are made
}

func newMaker(b *builder) *maker {
	return &maker{builder: b, view: b.Quads.reading(), numbers: map[string]uint32{}, local: map[string]*Source{}, evidence: map[string]Evidence{}}
}

// event makes the event of a record, given by its IRI, with all its parts.
func (m *maker) event(record string) *Event {
	r := rdf.ToRecord(m.Base, m.view, m.Base.ID(record).Slug())
	clear(m.local)
	clear(m.evidence)
	for _, s := range r.Sources {
		if source, ok := m.Node(rdf.SourceID(s)).(*Source); ok {
			m.local[s.ID] = source
		}
	}
	id, iri := m.known(graph.NewID(graph.KindEvent, r.ID))
	x := &r.Event
	as := EventText{Name: x.Name, Kind: x.Kind, Status: x.Status, StatusBasis: x.StatusBasis, Date: x.Date, Mode: x.Mode, Venue: x.Venue, Ordinal: x.Ordinal, Reviewed: r.Review == "reviewed"}
	e := &Event{As: as, Entity: Entity{ID: id, IRI: iri, Name: cmp.Or(x.Name, r.ID), Description: x.Description, Note: r.Note, Evidence: m.of(x.Support["name"])}}
	for _, a := range x.Aliases {
		e.Names = append(e.Names, graph.Name{Text: a, Support: x.Support["aliases"]})
	}
	m.enter(e)
	for _, field := range slices.Sorted(maps.Keys(x.Support)) {
		e.fields = append(e.fields, fieldEvidence{field, m.of(x.Support[field])})
	}
	e.Series = pick[*Series](m, x.SeriesRef.ID)
	e.Date = m.date(x.Date, m.of(x.Support["date"]))
	e.Date.Basis, e.Date.Note = cmp.Or(x.DateBasis, "explicit"), x.DateNote
	e.days = e.Date.days()
	e.City, e.Country = pick[*Place](m, x.CityRef.ID), pick[*Place](m, x.CountryRef.ID)
	if e.Country == nil && e.City != nil {
		e.Country = e.City.Country
	}
	e.Hosts = m.actorsOf(x.HostRefs)
	for _, s := range r.Sources {
		e.Sources = appendKnown(e.Sources, m.local[s.ID])
	}
	for i := range r.Delegations {
		m.delegation(e, &r.Delegations[i])
	}
	for i := range r.Participants {
		m.participation(e, nil, &r.Participants[i])
	}
	m.said(e, r)
	m.around(e, r)
	e.Conflicts = m.conflicts(e, r.Claims, m.of)
	e.words = m.words(r)
	return e
}

// words gathers the words by which an event can be found, as their numbers,
// ascending.
func (m *maker) words(r *graph.Record) []uint32 {
	var out []uint32
	add := func(text string) {
		for _, w := range names.Words(text) {
			n, ok := m.numbers[w]
			if !ok {
				w = strings.Clone(w)
				n = m.wordNumbers.number(w)
				m.numbers[w] = n
			}
			out = append(out, n)
		}
	}
	add(r.Event.Name)
	for _, a := range r.Event.Aliases {
		add(a)
	}
	for _, mentions := range [][]graph.Mention{r.Topics, r.References, r.Threats} {
		for _, x := range mentions {
			add(x.Name)
			add(x.AsWritten)
		}
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

// numbers numbers words as they come, beside those that have numbers.
type numbers struct {
	mu    sync.Mutex
	given map[string]uint32
	of    map[string]uint32
}

func (n *numbers) number(word string) uint32 {
	n.mu.Lock()
	defer n.mu.Unlock()
	x, ok := n.given[word]
	if !ok {
		x, ok = n.of[word]
	}
	if !ok {
		x = uint32(len(n.given) + len(n.of))
		n.of[word] = x
	}
	return x
}

func pick[T Thing](m *maker, id graph.ID) T {
	if id == "" {
		var none T
		return none
	}
	x, _ := m.Node(id).(T)
	return x
}

// of resolves the supports of the record at hand.
func (m *maker) of(support []string) Evidence {
	if len(support) == 0 {
		return Evidence{}
	}
	key := strings.Join(support, " ")
	e, known := m.evidence[key]
	if !known {
		e = m.find(support)
		m.evidence[key] = e
	}
	return e
}

func (m *maker) find(support []string) Evidence {
	var e backing
	for _, text := range support {
		s, err := graph.ParseSupport(text)
		source := m.local[s.Source]
		if err != nil || source == nil {
			continue
		}
		if s.Span == nil {
			e.addSource(source)
			continue
		}
		if p, ok := m.Node(rdf.PassageID(source.ID, *s.Span)).(*Passage); ok {
			e.add(p)
		}
	}
	return e.evidence()
}

func (m *maker) actorsOf(refs []graph.Ref) []*Actor {
	var out []*Actor
	for _, r := range refs {
		out = appendKnown(out, pick[*Actor](m, r.ID))
	}
	return out
}

func (m *maker) delegation(e *Event, x *graph.Delegation) {
	d := &Delegation{ID: graph.ID(x.Node), Event: e, Party: pick[*Actor](m, x.PartyRef.ID), Name: x.Party, Evidence: m.of(x.Support)}
	m.enter(d)
	e.Delegations = append(e.Delegations, d)
	e.Parties = appendKnown(e.Parties, d.Party)
	for i := range x.Participants {
		d.Participations = append(d.Participations, m.participation(e, d, &x.Participants[i]))
	}
}

func (m *maker) participation(e *Event, d *Delegation, x *graph.Participant) *Participation {
	p := &Participation{ID: graph.ID(x.Node), Event: e, Delegation: d, Evidence: m.of(x.Support),
		As:     ParticipantText{x.Person, x.Position, x.Organisation, x.Side, x.Role, x.AsWritten, x.Note},
		Person: pick[*Person](m, x.PersonRef.ID), Actor: pick[*Actor](m, x.ActorRef.ID), Side: pick[*Actor](m, x.SideRef.ID)}
	p.Candidates = m.candidatesOf(x.PersonRef, x.ActorRef)
	m.enter(p)
	e.Participations = append(e.Participations, p)
	return p
}

// candidatesOf gives what names may mean that fit several.
func (m *maker) candidatesOf(refs ...graph.Ref) []Named {
	var out []Named
	for _, r := range refs {
		for _, c := range r.Candidates {
			if n, ok := m.Node(c).(Named); ok {
				out = append(out, n)
			}
		}
	}
	return out
}

// said makes what the event discussed, referred to, named and quoted.
func (m *maker) said(e *Event, r *graph.Record) {
	for _, x := range r.Topics {
		d := &Discussion{ID: graph.ID(x.Node), Event: e, Topic: pick[*Topic](m, x.Ref.ID), As: textOf(x), Evidence: m.of(x.Support)}
		m.enter(d)
		e.Topics = append(e.Topics, d)
	}
	for _, x := range r.References {
		ref := &Reference{ID: graph.ID(x.Node), Event: e, As: textOf(x), Evidence: m.of(x.Support)}
		find := func() { ref.Target, ref.Candidates = pick[Named](m, x.Ref.ID), m.candidatesOf(x.Ref) }
		if isEvent := func(id graph.ID) bool { return id.Kind() == graph.KindEvent }; isEvent(x.Ref.ID) || slices.ContainsFunc(x.Ref.Candidates, isEvent) {
			m.later = append(m.later, find)
		} else {
			find()
		}
		m.enter(ref)
		e.References = append(e.References, ref)
	}
	for _, x := range r.Threats {
		t := &Threat{ID: graph.ID(x.Node), Event: e, Actor: pick[*Actor](m, x.Ref.ID), As: textOf(x), Evidence: m.of(x.Support)}
		m.enter(t)
		e.Threats = append(e.Threats, t)
	}
	for _, x := range r.Quotations {
		q := &Quotation{ID: graph.ID(x.Node), Event: e, As: x, Evidence: m.of(x.Support),
			Person: pick[*Person](m, x.PersonRef.ID), Actor: pick[*Actor](m, x.ActorRef.ID), Side: pick[*Actor](m, x.SideRef.ID)}
		m.enter(q)
		e.Quotations = append(e.Quotations, q)
	}
	for _, x := range r.Outcomes {
		o := &Outcome{ID: graph.ID(x.Node), Event: e, Text: x.Text, Evidence: m.of(x.Support)}
		m.enter(o)
		e.Outcomes = append(e.Outcomes, o)
	}
}

func textOf(x graph.Mention) MentionText {
	return MentionText{x.Name, x.Kind, x.Stance, x.AsWritten, x.Note}
}

// around makes what came before and after.
func (m *maker) around(e *Event, r *graph.Record) {
	if x := r.Hiatus; x != nil {
		e.Hiatus = &Hiatus{ID: graph.ID(x.Node), Event: e, Length: x.Length, Reason: x.Reason, Evidence: m.of(x.Support)}
		m.enter(e.Hiatus)
	}
	if x := r.NextSession; x != nil {
		evidence := m.of(x.Support)
		p := &Planned{ID: graph.ID(x.Node), After: e, As: *x, Date: m.date(x.Date, evidence), Evidence: evidence,
			City: pick[*Place](m, x.CityRef.ID), Country: pick[*Place](m, x.CountryRef.ID), Host: pick[*Actor](m, x.HostRef.ID)}
		m.enter(p)
		e.Planned = append(e.Planned, p)
	}
	e.PrecededBy = m.neighbours(r.PrecededBy)
	e.FollowedBy = m.neighbours(r.FollowedBy)
}

func (m *maker) neighbours(list []graph.Neighbour) []*Neighbour {
	var out []*Neighbour
	for _, x := range list {
		n := &Neighbour{ID: graph.ID(x.Node), As: x, Organisers: m.actorsOf(x.OrganiserRefs), Evidence: m.of(x.Support)}
		m.enter(n)
		out = append(out, n)
	}
	return out
}

// linkEvent makes the parts of an event known to the things that they speak of.
func (l *links) linkEvent(e *Event) {
	for _, d := range e.Delegations {
		if d.Party != nil {
			of := l.actor(d.Party)
			of.Delegations = append(of.Delegations, d)
		}
	}
	for _, p := range e.Participations {
		if p.Person != nil {
			of := l.person(p.Person)
			of.Participations = append(of.Participations, p)
		}
		if p.Actor != nil {
			of := l.actor(p.Actor)
			of.Participations = append(of.Participations, p)
		}
		if p.Side != nil && p.Side != p.Actor {
			of := l.actor(p.Side)
			of.ForSide = append(of.ForSide, p)
		}
	}
	for _, d := range e.Topics {
		if d.Topic != nil {
			of := l.topic(d.Topic)
			of.Discussions = append(of.Discussions, d)
		}
	}
	for _, r := range e.References {
		switch t := r.Target.(type) {
		case *Instrument:
			of := list(l, l.instruments, t, t.number)
			*of = append(*of, r)
		case *Initiative:
			of := list(l, l.initiatives, t, t.number)
			*of = append(*of, r)
		case *Actor:
			of := l.actor(t)
			of.References = append(of.References, r)
		}
	}
	for _, t := range e.Threats {
		if t.Actor != nil {
			of := l.actor(t.Actor)
			of.Threats = append(of.Threats, t)
		}
	}
	for _, q := range e.Quotations {
		if q.Person != nil {
			of := l.person(q.Person)
			of.Quotations = append(of.Quotations, q)
		}
	}
	if e.Series != nil {
		of := list(l, l.series, e.Series, e.Series.number)
		*of = append(*of, e)
	}
	if e.City != nil {
		of := list(l, l.places, e.City, e.City.number)
		*of = append(*of, e)
	}
	if e.Country != nil {
		of := list(l, l.places, e.Country, e.Country.number)
		*of = append(*of, e)
	}
	for _, s := range e.Sources {
		of := l.source(s)
		of.Events = append(of.Events, e)
	}
}

// link ties all events to the things that they speak of.
func (b *builder) link() {
	l := &b.links
	l.makeRoom(b.Snapshot)
	for _, e := range b.Events {
		l.linkEvent(e)
		b.Conflicts = append(b.Conflicts, e.Conflicts...)
	}
	slices.SortFunc(b.Events, byDate)
	for _, a := range b.Actors {
		l.actors[a.number].finish(a)
	}
	for _, p := range b.People {
		l.people[p.number].finish(p)
		l.befriend(p)
	}
	for _, t := range l.topics {
		t.finish()
	}
	for _, s := range l.sources {
		s.sort(&SourceLinks{})
	}
	for _, list := range l.places {
		settle(list, 0, byDate)
	}
	for _, list := range l.series {
		inSequence(list)
	}
	b.bounds()
}

// makeRoom makes links for the things of a snapshot.
func (l *links) makeRoom(s *Snapshot) {
	l.actors = append(l.actors, rooms[ActorLinks](len(s.Actors))...)
	l.people = append(l.people, rooms[PersonLinks](len(s.People))...)
	l.topics = append(l.topics, rooms[TopicLinks](len(s.Topics))...)
	l.series = append(l.series, make([][]*Event, len(s.Series))...)
	l.places = append(l.places, make([][]*Event, len(s.Places))...)
	l.instruments = append(l.instruments, make([][]*Reference, len(s.Instruments))...)
	l.initiatives = append(l.initiatives, make([][]*Reference, len(s.Initiatives))...)
}

// rooms makes the links of so many things.
func rooms[T any](n int) []*T {
	all, out := make([]T, n), make([]*T, n)
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

func participationsByDate(a, b *Participation) int {
	return cmp.Or(byDate(a.Event, b.Event), cmp.Compare(a.ID, b.ID))
}

// finish sorts what was linked, and works out what follows from it.
func (l *ActorLinks) finish(a *Actor) {
	l.sort(&ActorLinks{})
	l.Events = l.findEvents(a)
}

// sort puts in order what was linked beside what was there before.
func (l *ActorLinks) sort(before *ActorLinks) {
	settle(l.Participations, len(before.Participations), participationsByDate)
	settle(l.ForSide, len(before.ForSide), participationsByDate)
	settle(l.Delegations, len(before.Delegations), byEventOf(func(d *Delegation) *Event { return d.Event }))
	settle(l.References, len(before.References), referencesByEvent)
	settle(l.Threats, len(before.Threats), byEventOf(func(t *Threat) *Event { return t.Event }))
}

// byEventOf is the order of the identifiers of events, in which records are
// read.
func byEventOf[T any](of func(T) *Event) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(of(a).ID, of(b).ID) }
}

func referencesByEvent(a, b *Reference) int { return cmp.Compare(a.Event.ID, b.Event.ID) }

func (l *PersonLinks) finish(p *Person) {
	l.sort(p, &PersonLinks{})
	l.Events = eventsOfParticipations(l.Participations)
}

func (l *PersonLinks) sort(p *Person, before *PersonLinks) {
	settle(l.Participations, len(before.Participations), participationsByDate)
	settle(l.Quotations, len(before.Quotations), byEventOf(func(q *Quotation) *Event { return q.Event }))
	l.Positions = p.positions(l.Participations)
}

func (l *TopicLinks) finish() {
	l.sort(&TopicLinks{})
	for _, d := range l.Discussions {
		l.Events = append(l.Events, d.Event)
	}
	l.Events = inOrder(l.Events)
}

func (l *TopicLinks) sort(before *TopicLinks) {
	settle(l.Discussions, len(before.Discussions), func(a, b *Discussion) int { return cmp.Or(byDate(a.Event, b.Event), cmp.Compare(a.ID, b.ID)) })
}

func (l *SourceLinks) sort(before *SourceLinks) {
	settle(l.Passages, len(before.Passages), byPlace)
	settle(l.Events, len(before.Events), byDate)
}

// fewAdded is up to how many items are put in their places one by one.
const fewAdded = 64

// settle sorts a list, of which the first so many items are in order.
func settle[T any](list []T, n int, compare func(a, b T) int) {
	if len(list)-n > fewAdded {
		slices.SortStableFunc(list, compare)
		return
	}
	for ; n < len(list); n++ {
		x := list[n]
		at := sort.Search(n, func(i int) bool { return compare(list[i], x) > 0 })
		copy(list[at+1:n+1], list[at:n])
		list[at] = x
	}
}

// befriend ties a person to the bodies at which it is shown to hold a position or
// for which it took part, in the order of identifiers.
func (l *links) befriend(p *Person) {
	tie := func(a *Actor) {
		if a == nil {
			return
		}
		if i, known := slices.BinarySearchFunc(l.actors[a.number].People, p, byID); !known {
			of := l.actor(a)
			of.People = slices.Insert(of.People, i, p)
		}
	}
	of := l.people[p.number]
	for _, x := range of.Positions {
		tie(x.Actor)
	}
	for _, x := range of.Participations {
		tie(x.Actor)
	}
}

// inSequence orders the events of a series.
func inSequence(list []*Event) {
	numbered := !slices.ContainsFunc(list, func(e *Event) bool { return e.As.Ordinal == 0 })
	slices.SortFunc(list, func(a, b *Event) int {
		if numbered {
			return cmp.Or(cmp.Compare(a.As.Ordinal, b.As.Ordinal), byDate(a, b))
		}
		return byDate(a, b)
	})
}

func (d Date) days() days {
	first, ok1 := d.Value.Earliest()
	last, ok2 := d.Value.Latest()
	switch {
	case !ok1 && !ok2:
		return days{}
	case !ok1:
		first = last
	case !ok2:
		last = first
	}
	return days{first.Unix(), last.Unix(), true}
}

// positions gives the offices of a person: those of its entry, and those that
// participations show.
func (p *Person) positions(participations []*Participation) []*Position {
	out := make([]*Position, len(p.Held))
	known := map[string]*Position{}
	for i, x := range p.Held {
		own := *x // what participations add is the snapshot's
		out[i] = &own
		known[positionKey(x)] = &own
	}
	for _, part := range participations {
		if part.As.Position == "" {
			continue
		}
		x := &Position{Title: part.As.Position, Actor: part.Actor, AsOf: part.Event.Date, Evidence: part.Evidence, Event: part.Event}
		if same := known[positionKey(x)]; same != nil {
			same.Event, same.Evidence = part.Event, same.Evidence.Merge(x.Evidence)
			continue
		}
		known[positionKey(x)] = x
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b *Position) int { return edtf.Compare(a.AsOf.Value, b.AsOf.Value) })
	return slices.Clip(out)
}

func positionKey(p *Position) string {
	return fmt.Sprintf("%s|%p|%s", names.Fold(p.Title), p.Actor, p.AsOf.Value)
}
