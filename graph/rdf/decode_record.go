package rdf

import (
	"cmp"
	"slices"

	"dialograph/graph"
	"dialograph/graph/vocab"
)

// ToRecord reads the record of an id back from its quads: the inverse of
// FromRecord up to [graph.Record.Canonical].
func ToRecord(base Base, view View, id string) *graph.Record {
	own := base.IRI(graph.NewID(graph.KindRecord, id))
	event := base.IRI(graph.NewID(graph.KindEvent, id))
	d := &recordReader{reader: newReader(base, view), local: map[string]string{}, order: map[string]int{}}
	d.name = func(g string) string { return d.local[g] }
	r := &graph.Record{Schema: graph.RecordSchema, ID: id, Sources: d.sources(own)}
	r.Review = d.text(own, vocab.Review)
	r.Note = d.text(own, vocab.Note)
	r.Event = d.event(event)
	for _, n := range d.members(vocab.Delegation, vocab.DelegationOf, event) {
		r.Delegations = append(r.Delegations, graph.Delegation{
			Node: d.node(n), Party: d.text(n, vocab.PartyName), PartyRef: d.ref(n, vocab.Party), Support: d.ordered(n, vocab.PartyName),
			Participants: d.participants(d.members(vocab.Participation, vocab.InDelegation, n), false),
		})
	}
	r.Participants = d.participants(d.loose(event), true)
	r.Topics = d.mentions(vocab.Discussion, event)
	r.References = d.mentions(vocab.Reference, event)
	r.Threats = d.mentions(vocab.Threat, event)
	d.results(r, event)
	r.PrecededBy = d.neighbours(event, "preceded-by")
	r.FollowedBy = d.neighbours(event, "followed-by")
	r.Claims = d.claims(event)
	for i := range r.Claims {
		for j := range r.Claims[i].Values {
			d.sort(r.Claims[i].Values[j].Support)
		}
	}
	return r
}

type recordReader struct {
	reader
	local map[string]string // graph IRI -> support as written
	order map[string]int
}

// sources reads the citations and learns from them what each graph is called.
func (d *recordReader) sources(own string) []graph.Source {
	var out []graph.Source
	for _, cite := range d.members(vocab.Citation, vocab.CitedBy, own) {
		s := d.source(cite)
		s.ID = d.text(cite, vocab.LocalID)
		s.Supports, s.Note = d.text(cite, vocab.Supports), d.text(cite, vocab.Note)
		d.learn(d.text(cite, vocab.Source), s.ID)
		for _, p := range d.passages(cite) {
			s.Passages = append(s.Passages, p.Passage)
			d.learn(p.iri, s.ID+"#char="+p.Char)
		}
		out = append(out, s)
	}
	return out
}

type citedPassage struct {
	graph.Passage
	iri        string
	start, end int
}

// passages gives what a citation cites, by place.
func (d *recordReader) passages(cite string) []citedPassage {
	var out []citedPassage
	for _, p := range d.texts(cite, vocab.CitesPassage) {
		out = append(out, citedPassage{d.passage(p), p, d.number(p, vocab.Start), d.number(p, vocab.End)})
	}
	slices.SortFunc(out, func(a, b citedPassage) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	return out
}

func (d *recordReader) learn(iri, name string) {
	d.local[iri] = name
	d.order[name] = len(d.order)
}

// ordered gives a support in the canonical order: by source, then by place.
func (d *recordReader) ordered(subject, predicate string) []string {
	list := d.support(subject, predicate)
	d.sort(list)
	return list
}

func (d *recordReader) sort(list []string) {
	slices.SortFunc(list, func(a, b string) int { return cmp.Compare(d.order[a], d.order[b]) })
}

func (d *recordReader) event(n string) graph.Event {
	e := graph.Event{
		Name: d.text(n, vocab.Name), Aliases: d.texts(n, vocab.AlternateName), Description: d.text(n, vocab.Description),
		Kind: d.text(n, vocab.EventKind), Status: d.text(n, vocab.Status), StatusBasis: d.text(n, vocab.StatusBasis),
		Series: graph.SeriesName{ID: d.text(n, vocab.SeriesID), Name: d.text(n, vocab.SeriesName)}, SeriesRef: graph.Ref{ID: d.id(n, vocab.SuperEvent)},
		Ordinal: d.number(n, vocab.Ordinal), Date: d.text(n, vocab.Date), DateBasis: d.text(n, vocab.DateBasis), DateNote: d.text(n, vocab.DateNote),
		Mode: d.text(n, vocab.Mode), Venue: d.text(n, vocab.Venue),
		City: d.text(n, vocab.CityName), CityRef: d.ref(n, vocab.City, graph.KindPlace), Country: d.text(n, vocab.CountryName), CountryRef: graph.Ref{ID: d.id(n, vocab.Country)},
	}
	var hosts []string
	e.Hosts, e.HostRefs, hosts = d.named(n, "host")
	support := map[string][]string{}
	for field, predicate := range map[string]string{
		"name": vocab.Name, "aliases": vocab.AlternateName, "description": vocab.Description, "kind": vocab.EventKind, "status": vocab.Status,
		"ordinal": vocab.Ordinal, "date": vocab.Date, "mode": vocab.Mode, "venue": vocab.Venue, "city": vocab.CityName, "country": vocab.CountryName,
	} {
		support[field] = d.ordered(n, predicate)
	}
	support["series"] = d.ordered(n, vocab.SeriesID)
	if e.Series.ID == "" {
		support["series"] = d.ordered(n, vocab.SeriesName)
	}
	support["hosts"] = hosts
	for field, list := range support {
		if len(list) == 0 {
			delete(support, field)
		}
	}
	if len(support) > 0 {
		e.Support = support
	}
	return e
}

// named reads a list of names that resolve, and their common support.
func (d *recordReader) named(of, as string) (names []string, refs []graph.Ref, support []string) {
	for _, n := range d.members(vocab.Mention, vocab.MentionOf, of) {
		if d.text(n, vocab.Role) != as {
			continue
		}
		names = append(names, d.text(n, vocab.Named))
		refs = append(refs, d.ref(n, vocab.RefersTo))
		support = d.ordered(n, vocab.Named)
	}
	return names, refs, support
}

// loose gives the participations outside delegations.
func (d *recordReader) loose(event string) []string {
	return slices.DeleteFunc(d.members(vocab.Participation, vocab.EventOf, event), func(n string) bool {
		return d.text(n, vocab.InDelegation) != ""
	})
}

func (d *recordReader) participants(nodes []string, loose bool) []graph.Participant {
	var out []graph.Participant
	for _, n := range nodes {
		p := graph.Participant{
			Node:   d.node(n),
			Person: d.text(n, vocab.PersonName), PersonRef: d.ref(n, vocab.PersonLink, graph.KindPerson),
			Organisation: d.text(n, vocab.ActorName), ActorRef: d.ref(n, vocab.Actor, graph.KindActor),
			Position: d.text(n, vocab.PositionTitle), Role: d.text(n, vocab.Role), AsWritten: d.text(n, vocab.AsWritten), Note: d.text(n, vocab.Note),
			SideRef: graph.Ref{ID: d.id(n, vocab.Side)}, Support: d.ordered(n, vocab.Role),
		}
		if loose {
			p.Side = d.text(n, vocab.SideName)
		}
		out = append(out, p)
	}
	return out
}

func (d *recordReader) mentions(class, event string) []graph.Mention {
	var out []graph.Mention
	for _, n := range d.members(class, vocab.EventOf, event) {
		out = append(out, graph.Mention{
			Node: d.node(n),
			Name: d.text(n, vocab.Named), Ref: d.ref(n, vocab.RefersTo), Kind: d.text(n, vocab.ReferenceKind), Stance: d.text(n, vocab.Stance),
			AsWritten: d.text(n, vocab.AsWritten), Note: d.text(n, vocab.Note), Support: d.ordered(n, vocab.Named),
		})
	}
	return out
}

func (d *recordReader) results(r *graph.Record, event string) {
	for _, n := range d.members(vocab.Outcome, vocab.EventOf, event) {
		r.Outcomes = append(r.Outcomes, graph.Outcome{Node: d.node(n), Text: d.text(n, vocab.Text), Support: d.ordered(n, vocab.Text)})
	}
	for _, n := range d.members(vocab.Quotation, vocab.EventOf, event) {
		r.Quotations = append(r.Quotations, graph.Quotation{
			Node:   d.node(n),
			Person: d.text(n, vocab.PersonName), PersonRef: d.ref(n, vocab.PersonLink, graph.KindPerson),
			Organisation: d.text(n, vocab.ActorName), ActorRef: d.ref(n, vocab.Actor, graph.KindActor), Side: d.text(n, vocab.SideName), SideRef: graph.Ref{ID: d.id(n, vocab.Side)},
			About: d.text(n, vocab.About), Support: d.ordered(n, vocab.About),
		})
	}
	for _, n := range d.members(vocab.Hiatus, vocab.EventOf, event) {
		r.Hiatus = &graph.Hiatus{Node: d.node(n), Length: d.text(n, vocab.Length), Reason: d.text(n, vocab.Reason), Support: d.ordered(n, vocab.Type)}
	}
	for _, n := range d.members(vocab.PlannedSession, vocab.EventOf, event) {
		r.NextSession = &graph.NextSession{
			Node:    d.node(n),
			Ordinal: d.number(n, vocab.Ordinal), Date: d.text(n, vocab.Date), Note: d.text(n, vocab.Note),
			City: d.text(n, vocab.CityName), CityRef: d.ref(n, vocab.City, graph.KindPlace), Country: d.text(n, vocab.CountryName), CountryRef: graph.Ref{ID: d.id(n, vocab.Country)},
			Host: d.text(n, vocab.HostName), HostRef: d.ref(n, vocab.Host, graph.KindActor), Support: d.ordered(n, vocab.Type),
		}
	}
}

func (d *recordReader) neighbours(event, when string) []graph.Neighbour {
	var out []graph.Neighbour
	for _, n := range d.members(vocab.Sequence, vocab.EventOf, event) {
		if d.text(n, vocab.When) != when {
			continue
		}
		x := graph.Neighbour{Node: d.node(n), Name: d.text(n, vocab.Named), Event: d.text(n, vocab.EventID), Note: d.text(n, vocab.Note), Support: d.ordered(n, vocab.Named)}
		x.Organisers, x.OrganiserRefs, _ = d.named(n, "organiser")
		out = append(out, x)
	}
	return out
}
