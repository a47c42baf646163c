package gazetteer

import (
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
)

// Resolve fills in the Refs of a record. It returns the provisional entries
// that unknown names made, nil if there are none, and a note on each name that
// was new or stayed open.
func (g *Gazetteer) Resolve(r *graph.Record) (*graph.Authority, []graph.Problem) {
	v := &resolver{g: g, record: r.ID, sources: r.Sources, made: map[graph.ID]*newEntry{}}
	v.event(&r.Event)
	for i := range r.Delegations {
		d := &r.Delegations[i]
		path := fmt.Sprintf("delegations[%d]", i)
		d.PartyRef = v.party(path+".party", d.Party, d.Support)
		for j := range d.Participants {
			v.participant(fmt.Sprintf("%s.participants[%d]", path, j), &d.Participants[j], d.PartyRef)
		}
	}
	for i := range r.Participants {
		p := &r.Participants[i]
		path := fmt.Sprintf("participants[%d]", i)
		if p.Side != "" {
			p.SideRef = v.party(path+".side", p.Side, p.Support)
		}
		v.participant(path, p, p.SideRef)
	}
	v.mentions(r)
	for i := range r.Quotations {
		v.quotation(fmt.Sprintf("quotations[%d]", i), &r.Quotations[i])
	}
	if n := r.NextSession; n != nil {
		n.CountryRef = v.place("next_session.country", n.Country, "country", graph.Ref{}, n.Support)
		n.CityRef = v.place("next_session.city", n.City, "city", n.CountryRef, n.Support)
		n.HostRef = v.party("next_session.host", n.Host, n.Support)
	}
	v.neighbours("preceded_by", r.PrecededBy)
	v.neighbours("followed_by", r.FollowedBy)
	return v.provisional(), v.notes
}

type resolver struct {
	g       *Gazetteer
	record  string
	sources []graph.Source
	made    map[graph.ID]*newEntry
	order   []*newEntry
	notes   []graph.Problem
}

// newEntry is a provisional entry with everything that names it.
type newEntry struct {
	id      graph.ID
	name    string
	above   string // slug of its side or country
	kind    string // of a place
	support []string
	plain   bool // something names it without any support
}

func (v *resolver) notef(path, format string, args ...any) {
	v.notes = append(v.notes, graph.Problem{Path: path, Severity: graph.Warning, Message: fmt.Sprintf(format, args...)})
}

func (v *resolver) provisional() *graph.Authority {
	if len(v.order) == 0 {
		return nil
	}
	a := &graph.Authority{Schema: graph.AuthoritySchema, Sources: v.sources}
	for _, n := range v.order {
		n.enter(a)
	}
	return a
}

// enter writes the entry into its section. It is backed by all that names it.
func (n *newEntry) enter(a *graph.Authority) {
	e := graph.Entry{ID: n.id.Slug(), Name: n.name, Support: n.support, Provisional: true}
	if n.plain {
		e.Support = nil
	}
	switch n.id.Kind() {
	case graph.KindActor:
		a.Actors = append(a.Actors, graph.Actor{Entry: e, Kind: "other", Parent: n.above})
	case graph.KindPerson:
		a.People = append(a.People, graph.Person{Entry: e, Country: n.above})
	case graph.KindPlace:
		a.Places = append(a.Places, graph.Place{Entry: e, Kind: n.kind, Country: n.above})
	case graph.KindTopic:
		a.Topics = append(a.Topics, graph.Topic{Entry: e})
	case graph.KindInstrument:
		a.Instruments = append(a.Instruments, graph.Instrument{Entry: e, Kind: "other"})
	case graph.KindInitiative:
		a.Initiatives = append(a.Initiatives, graph.Initiative{Entry: e})
	case graph.KindSeries:
		a.Series = append(a.Series, graph.Series{Entry: e})
	}
}

func (v *resolver) event(e *graph.Event) {
	switch {
	case e.Series.ID != "":
		id := graph.NewID(graph.KindSeries, e.Series.ID)
		if v.g.Has(id) {
			e.SeriesRef = graph.Ref{ID: id}
			break
		}
		v.notes = append(v.notes, graph.Problem{Path: "event.series", Severity: graph.Error,
			Message: fmt.Sprintf("%q is not the id of a series in the authority files; a new one is given as {name: ...}", e.Series.ID)})
	case e.Series.Name != "":
		e.SeriesRef = v.one("event.series", graph.KindSeries, e.Series.Name, e.SupportOf("series"))
	}
	e.CountryRef = v.place("event.country", e.Country, "country", graph.Ref{}, e.SupportOf("country"))
	e.CityRef = v.place("event.city", e.City, "city", e.CountryRef, e.SupportOf("city"))
	e.HostRefs = nil
	for i, h := range e.Hosts {
		e.HostRefs = append(e.HostRefs, v.party(fmt.Sprintf("event.hosts[%d]", i), h, e.SupportOf("hosts")))
	}
}

// party resolves a side: a state, a union, or a body that stands for itself.
func (v *resolver) party(path, name string, support []string) graph.Ref {
	if name == "" {
		return graph.Ref{}
	}
	ids := v.g.Lookup(graph.KindActor, name)
	if len(ids) > 1 {
		if states := v.kept(ids, v.isState); len(states) > 0 {
			ids = states
		}
	}
	return v.decided(path, graph.KindActor, name, ids, "", support)
}

func (v *resolver) isState(id graph.ID) bool {
	kind := v.g.actors[id.Slug()].Kind
	return kind == "state" || kind == "union"
}

func (v *resolver) kept(ids []graph.ID, keep func(graph.ID) bool) []graph.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id graph.ID) bool { return !keep(id) })
}

func (v *resolver) participant(path string, p *graph.Participant, side graph.Ref) {
	p.ActorRef = v.organisation(path+".organisation", p.Organisation, side.ID, p.Support)
	p.PersonRef = v.person(path+".person", p.Person, side.ID, p.ActorRef.ID, p.Support)
}

// organisation resolves a body within its side.
func (v *resolver) organisation(path, name string, side graph.ID, support []string) graph.Ref {
	if name == "" {
		return graph.Ref{}
	}
	if id := graph.ID(name); id.Kind() == graph.KindActor && v.g.Has(id) {
		return graph.Ref{ID: id}
	}
	ids := v.g.Lookup(graph.KindActor, name)
	if len(ids) == 0 {
		ids = v.ofSide(name, side)
	}
	own := v.kept(ids, func(id graph.ID) bool { return side != "" && (v.g.Root(id) == side || id == side) })
	switch {
	case len(own) > 0:
		ids = own
	case side == "" && len(ids) > 0 && isGeneric(name) && !isAcronym(name):
		v.notef(path, "%q fits %s, and no side says whether that is meant; it stays unresolved", name, list(ids))
		return graph.Ref{Candidates: slices.Sorted(slices.Values(ids))}
	case side != "" && len(ids) > 0 && isGeneric(name):
		if free := v.kept(ids, func(id graph.ID) bool { return !v.isState(v.g.Root(id)) }); len(free) > 0 {
			ids = free // an alliance belongs to no side
			break
		}
		if isAcronym(name) {
			v.notef(path, "%q fits %s, none of which is of this side; it stays unresolved", name, list(ids))
			return graph.Ref{Candidates: slices.Sorted(slices.Values(ids))}
		}
		ids = nil // another state's body of that name
	}
	return v.decided(path, graph.KindActor, name, ids, side, support)
}

// ofSide finds "Ministry of Foreign Affairs of the Republic of Korea" or
// "Korean National Police Agency" under the name without its country.
func (v *resolver) ofSide(name string, side graph.ID) []graph.ID {
	words := names.Words(name)
	var out []graph.ID
	for cut := 1; cut < len(words); cut++ {
		tail := strings.Join(words[cut:], " ")
		if slices.Contains(v.rootsNamed(strings.TrimPrefix(tail, "the ")), side) {
			head := strings.TrimSuffix(strings.TrimSuffix(strings.Join(words[:cut], " "), " the"), " of")
			out = append(out, v.bodies(head, side)...)
		}
		if slices.Contains(v.rootsNamed(strings.Join(words[:cut], " ")), side) {
			out = append(out, v.bodies(tail, side)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (v *resolver) bodies(name string, side graph.ID) []graph.ID {
	return v.kept(v.g.Lookup(graph.KindActor, name), func(id graph.ID) bool { return v.g.Root(id) == side })
}

// rootsNamed gives the states that a name or demonym stands for.
func (v *resolver) rootsNamed(name string) []graph.ID {
	ids := v.kept(v.g.Lookup(graph.KindActor, name), v.isState)
	for _, place := range v.g.demonyms[name] {
		if state := v.g.stateOf(place); state != "" {
			ids = append(ids, graph.NewID(graph.KindActor, state))
		}
	}
	return ids
}

// person resolves a human being; the same name on another side is another one.
func (v *resolver) person(path, name string, side, actor graph.ID, support []string) graph.Ref {
	if name == "" {
		return graph.Ref{}
	}
	if id := graph.ID(name); id.Kind() == graph.KindPerson && v.g.Has(id) {
		return graph.Ref{ID: id}
	}
	ids := v.kept(v.g.Lookup(graph.KindPerson, name), func(id graph.ID) bool {
		home := v.g.people[id.Slug()].Country
		return side == "" || home == "" || graph.NewID(graph.KindActor, home) == side || v.atActor(id, actor)
	})
	if len(ids) > 1 && actor != "" {
		if there := v.kept(ids, func(id graph.ID) bool { return v.atActor(id, actor) }); len(there) > 0 {
			ids = there
		}
	}
	return v.decided(path, graph.KindPerson, name, ids, side, support)
}

func (v *resolver) atActor(person, actor graph.ID) bool {
	for _, p := range v.g.people[person.Slug()].Positions {
		if p.Organisation != "" && graph.NewID(graph.KindActor, p.Organisation) == actor {
			return true
		}
	}
	return false
}

func (v *resolver) place(path, name, kind string, country graph.Ref, support []string) graph.Ref {
	if name == "" {
		return graph.Ref{}
	}
	ids := v.kept(v.g.Lookup(graph.KindPlace, name), func(id graph.ID) bool {
		p := v.g.places[id.Slug()]
		return (p.Kind == "city") == (kind == "city") && (country.ID == "" || p.Country == country.ID.Slug())
	})
	if len(ids) != 0 {
		return v.decided(path, graph.KindPlace, name, ids, "", support)
	}
	slug := graph.Slug(name)
	if country.ID != "" {
		slug += "-" + country.ID.Slug()
	}
	n := &newEntry{id: graph.NewID(graph.KindPlace, slug), name: name, above: country.ID.Slug(), kind: kind}
	return graph.Ref{ID: v.provide(path, n, support)}
}

// one resolves a name of a kind that no side decides.
func (v *resolver) one(path string, kind graph.Kind, name string, support []string) graph.Ref {
	if name == "" {
		return graph.Ref{}
	}
	return v.decided(path, kind, name, v.g.Lookup(kind, name), "", support)
}

// decided is the end of every resolution: one entry, several, or a new one.
func (v *resolver) decided(path string, kind graph.Kind, name string, ids []graph.ID, side graph.ID, support []string) graph.Ref {
	switch len(ids) {
	case 1:
		return graph.Ref{ID: ids[0]}
	case 0:
		return graph.Ref{ID: v.make(path, kind, name, side, support)}
	default:
		v.notef(path, "%q fits %s; it stays unresolved", name, list(ids))
		return graph.Ref{Candidates: slices.Sorted(slices.Values(ids))}
	}
}

func list(ids []graph.ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = string(id)
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// provide makes an entry the first time that its record needs it, with a note,
// and adds what backs the name each time.
func (v *resolver) provide(path string, n *newEntry, support []string) graph.ID {
	if v.made[n.id] == nil {
		v.made[n.id] = n
		v.order = append(v.order, n)
		v.notef(path, "%q is not in the authority files; made the provisional entry %s", n.name, n.id)
	}
	n = v.made[n.id]
	if len(support) == 0 && len(v.sources) == 1 {
		support = []string{v.sources[0].ID}
	}
	n.plain = n.plain || len(support) == 0
	n.support = append(n.support, support...)
	return n.id
}

// make adds a provisional entry. What any side could be called is tied to its
// side, and so is every person.
func (v *resolver) make(path string, kind graph.Kind, name string, side graph.ID, support []string) graph.ID {
	if id := graph.ID(name); id.Kind() == kind && graph.CheckSlug(id.Slug()) == nil {
		v.notes = append(v.notes, graph.Problem{Path: path, Severity: graph.Error, Message: fmt.Sprintf("%s does not exist", id)})
		return ""
	}
	n := &newEntry{id: graph.NewID(kind, graph.Slug(name)), name: name}
	switch generic := isGeneric(name); {
	case side != "" && (kind == graph.KindPerson || generic):
		n.id += graph.ID("-" + side.Slug())
		n.above = side.Slug()
	case kind == graph.KindActor && generic:
		n.id += graph.ID("-of-" + v.record) // who knows whose
	}
	return v.provide(path, n, support)
}

func (v *resolver) mentions(r *graph.Record) {
	for i := range r.Topics {
		m := &r.Topics[i]
		m.Ref = v.one(fmt.Sprintf("topics[%d].name", i), graph.KindTopic, m.Name, m.Support)
	}
	for i := range r.References {
		m := &r.References[i]
		m.Ref = v.reference(fmt.Sprintf("references[%d].name", i), m)
	}
	for i := range r.Threats {
		m := &r.Threats[i]
		m.Ref = v.party(fmt.Sprintf("threats[%d].name", i), m.Name, m.Support)
	}
}

// kindsOf lists, for each kind of reference, the kinds of entry it may mean,
// the likeliest first. A new name makes an entry of the first.
var kindsOf = map[string][]graph.Kind{
	"treaty":     {graph.KindInstrument, graph.KindInitiative},
	"instrument": {graph.KindInstrument, graph.KindInitiative},
	"resolution": {graph.KindInstrument},
	"initiative": {graph.KindInitiative, graph.KindActor, graph.KindInstrument},
	"forum":      {graph.KindActor, graph.KindInitiative, graph.KindSeries},
	"event":      {graph.KindSeries},
}

func (v *resolver) reference(path string, m *graph.Mention) graph.Ref {
	kinds := kindsOf[m.Kind]
	for _, kind := range kinds {
		if ids := v.g.Lookup(kind, m.Name); len(ids) > 0 {
			return v.decided(path, kind, m.Name, ids, "", m.Support)
		}
	}
	if m.Kind == "event" || len(kinds) == 0 {
		return graph.Ref{}
	}
	return v.decided(path, kinds[0], m.Name, nil, "", m.Support)
}

func (v *resolver) quotation(path string, q *graph.Quotation) {
	q.SideRef = v.party(path+".side", q.Side, q.Support)
	q.ActorRef = v.organisation(path+".organisation", q.Organisation, q.SideRef.ID, q.Support)
	q.PersonRef = v.person(path+".person", q.Person, q.SideRef.ID, q.ActorRef.ID, q.Support)
}

func (v *resolver) neighbours(path string, list []graph.Neighbour) {
	for i := range list {
		n := &list[i]
		n.OrganiserRefs = nil
		for j, o := range n.Organisers {
			n.OrganiserRefs = append(n.OrganiserRefs, v.organisation(fmt.Sprintf("%s[%d].organisers[%d]", path, i, j), o, "", n.Support))
		}
	}
}

// generic are the words of which names are made that several states use.
var generic = strings.Fields(`ministry minister ministries department office offices agency agencies bureau directorate division service services
of for the and in on foreign affairs external interior home justice defence defense state national federal police security cyber cybersecurity
center centre intelligence prosecutor prosecutors public general supreme attorney economy economic trade industry science technology ict
information communications communication digital transport energy education finance treasury cabinet prime president presidential government
council command committee commission secretariat embassy permanent mission delegation armed forces army navy military internet network
response team computer emergency cert csirt incident investigation criminal crime law enforcement research institute university academy
international relations cooperation development policy planning coordination coordinator administration authority board court parliament`)

// Generic tells whether a name is one that several states could use: made of
// words like ministry, national and police, or an acronym.
func Generic(name string) bool { return isGeneric(name) }

func isGeneric(name string) bool {
	if isAcronym(name) {
		return true
	}
	for _, w := range names.Words(name) {
		if !slices.Contains(generic, w) {
			return false
		}
	}
	return true
}

func isAcronym(name string) bool {
	return len(name) <= 6 && name == strings.ToUpper(name) && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-&") == ""
}
