package index

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"dialograph/graph"
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
	return &maker{builder: b, view: b.view(), numbers: map[string]uint32{}, local: map[string]*Source{}, evidence: map[string]Evidence{}}
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
	given wordTable
	more  layered[string, uint32]
	of    map[string]uint32
}

func (n *numbers) number(word string) uint32 {
	n.mu.Lock()
	defer n.mu.Unlock()
	x, ok := n.given.number(word)
	if !ok {
		x, ok = n.more.get(word)
	}
	if !ok {
		x, ok = n.of[word]
	}
	if !ok {
		x = uint32(len(n.given.words) + n.more.len() + len(n.of))
		n.of[word] = x
	}
	return x
}

// table gives the words by their numbers, where none had any before.
func (n *numbers) table() wordTable {
	words := make([]string, len(n.of))
	for w, i := range n.of {
		words[i] = w
	}
	return newWordTable(words)
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
