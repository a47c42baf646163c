package rdf

import (
	"dialograph/graph"
	"dialograph/graph/vocab"
)

// FromRecord turns a record into quads, sorted and without repetition.
func FromRecord(base Base, record *graph.Record) []Quad {
	r := record.Canonical()
	id := graph.NewID(graph.KindRecord, r.ID)
	w := newWriter(base, base.IRI(id), r.Sources)
	own := w.node(id, []string{w.owner}).class(vocab.Record, vocab.Entity)
	event := graph.NewID(graph.KindEvent, r.ID)
	own.link(vocab.EventOf, event)
	own.text(vocab.Review, r.Review)
	own.text(vocab.Note, r.Note)
	w.event(event, &r.Event)
	for i, d := range r.Delegations {
		w.delegation(r.ID, event, i, d)
	}
	for i, p := range r.Participants {
		w.participation(r.ID, event, "", i, p, p.Side, p.SideRef)
	}
	for i, m := range r.Topics {
		w.mention(graph.KindDiscussion, vocab.Discussion, r.ID, event, i, m)
	}
	for i, m := range r.References {
		w.mention(graph.KindReference, vocab.Reference, r.ID, event, i, m)
	}
	for i, m := range r.Threats {
		w.mention(graph.KindThreat, vocab.Threat, r.ID, event, i, m)
	}
	w.results(r, event)
	w.neighbours(r.ID, event, "preceded-by", r.PrecededBy)
	w.neighbours(r.ID, event, "followed-by", r.FollowedBy)
	w.claims(event, r.Claims)
	w.citations(id, r.Sources)
	return w.done()
}

func (w *writer) event(id graph.ID, e *graph.Event) {
	field := func(name string) node { return w.node(id, w.graphs(e.Support[name])) }
	own := w.node(id, []string{w.owner})
	own.class(vocab.Event)
	own.text(vocab.StatusBasis, e.StatusBasis)
	own.text(vocab.DateBasis, e.DateBasis)
	own.text(vocab.DateNote, e.DateNote)
	field("name").text(vocab.Name, e.Name)
	for _, a := range e.Aliases {
		field("aliases").text(vocab.AlternateName, a)
	}
	field("description").text(vocab.Description, e.Description)
	field("kind").text(vocab.EventKind, e.Kind)
	field("status").text(vocab.Status, e.Status)
	field("series").text(vocab.SeriesID, e.Series.ID)
	field("series").text(vocab.SeriesName, e.Series.Name)
	field("series").link(vocab.SuperEvent, e.SeriesRef.ID)
	if e.Ordinal != 0 {
		field("ordinal").number(vocab.Ordinal, e.Ordinal)
	}
	field("date").date(vocab.Date, e.Date)
	field("mode").text(vocab.Mode, e.Mode)
	field("venue").text(vocab.Venue, e.Venue)
	field("city").ref(vocab.CityName, vocab.City, e.City, e.CityRef)
	field("country").ref(vocab.CountryName, vocab.Country, e.Country, graph.Ref{ID: e.CountryRef.ID})
	for i, host := range e.Hosts {
		w.named(id, "host", w.graphs(e.Support["hosts"]), i, host, refAt(e.HostRefs, i))
	}
}

func refAt(refs []graph.Ref, i int) graph.Ref {
	if i < len(refs) {
		return refs[i]
	}
	return graph.Ref{}
}

// named writes one name of a list of names that resolve: a host, an organiser.
func (w *writer) named(of graph.ID, as string, graphs []string, i int, name string, ref graph.Ref) {
	n := w.child(graph.KindName, graphs, of.Slug(), as, name).class(vocab.Mention)
	n.link(vocab.MentionOf, of)
	n.text(vocab.Role, as)
	n.number(vocab.Position, i)
	n.ref(vocab.Named, vocab.RefersTo, name, ref)
}

func (w *writer) delegation(record string, event graph.ID, i int, d graph.Delegation) {
	n := w.child(graph.KindDelegation, w.graphs(d.Support), record, d.Party).class(vocab.Delegation)
	n.link(vocab.DelegationOf, event)
	n.number(vocab.Position, i)
	n.ref(vocab.PartyName, vocab.Party, d.Party, d.PartyRef)
	for j, p := range d.Participants {
		w.participation(record, event, n.id, j, p, d.Party, d.PartyRef)
	}
}

func (w *writer) participation(record string, event, delegation graph.ID, i int, p graph.Participant, side string, sideRef graph.Ref) {
	who := p.Person
	if who == "" {
		who = p.Organisation
	}
	n := w.child(graph.KindParticipation, w.graphs(p.Support), record, side, who, p.Role).class(vocab.Participation)
	n.link(vocab.EventOf, event)
	n.link(vocab.InDelegation, delegation)
	n.number(vocab.Position, i)
	n.text(vocab.Role, p.Role)
	n.ref(vocab.PersonName, vocab.PersonLink, p.Person, p.PersonRef)
	n.ref(vocab.ActorName, vocab.Actor, p.Organisation, p.ActorRef)
	n.text(vocab.PositionTitle, p.Position)
	n.text(vocab.AsWritten, p.AsWritten)
	n.text(vocab.Note, p.Note)
	n.link(vocab.Side, sideRef.ID)
	if delegation == "" {
		n.text(vocab.SideName, side)
	}
}

func (w *writer) mention(kind graph.Kind, class, record string, event graph.ID, i int, m graph.Mention) {
	n := w.child(kind, w.graphs(m.Support), record, m.Name).class(class)
	n.link(vocab.EventOf, event)
	n.number(vocab.Position, i)
	n.text(vocab.ReferenceKind, m.Kind)
	n.text(vocab.Stance, m.Stance)
	n.text(vocab.AsWritten, m.AsWritten)
	n.text(vocab.Note, m.Note)
	n.ref(vocab.Named, vocab.RefersTo, m.Name, m.Ref)
}

func (w *writer) results(r *graph.Record, event graph.ID) {
	for i, o := range r.Outcomes {
		n := w.child(graph.KindOutcome, w.graphs(o.Support), r.ID, digest(o.Text, 8)).class(vocab.Outcome)
		n.link(vocab.EventOf, event)
		n.number(vocab.Position, i)
		n.text(vocab.Text, o.Text)
	}
	for i, q := range r.Quotations {
		n := w.child(graph.KindQuotation, w.graphs(q.Support), r.ID, q.Person, q.Organisation, digest(q.About, 8)).class(vocab.Quotation)
		n.link(vocab.EventOf, event)
		n.number(vocab.Position, i)
		n.text(vocab.About, q.About)
		n.ref(vocab.PersonName, vocab.PersonLink, q.Person, q.PersonRef)
		n.ref(vocab.ActorName, vocab.Actor, q.Organisation, q.ActorRef)
		n.ref(vocab.SideName, vocab.Side, q.Side, graph.Ref{ID: q.SideRef.ID})
	}
	if h := r.Hiatus; h != nil {
		n := w.child(graph.KindHiatus, w.graphs(h.Support), r.ID).class(vocab.Hiatus)
		n.link(vocab.EventOf, event)
		n.text(vocab.Length, h.Length)
		n.text(vocab.Reason, h.Reason)
	}
	if s := r.NextSession; s != nil {
		w.planned(r.ID, event, s)
	}
}

func (w *writer) planned(record string, event graph.ID, s *graph.NextSession) {
	n := w.child(graph.KindPlanned, w.graphs(s.Support), record).class(vocab.PlannedSession)
	n.link(vocab.EventOf, event)
	if s.Ordinal != 0 {
		n.number(vocab.Ordinal, s.Ordinal)
	}
	n.date(vocab.Date, s.Date)
	n.ref(vocab.CityName, vocab.City, s.City, s.CityRef)
	n.ref(vocab.CountryName, vocab.Country, s.Country, graph.Ref{ID: s.CountryRef.ID})
	n.ref(vocab.HostName, vocab.Host, s.Host, s.HostRef)
	n.text(vocab.Note, s.Note)
}

func (w *writer) neighbours(record string, event graph.ID, when string, list []graph.Neighbour) {
	for i, x := range list {
		graphs := w.graphs(x.Support)
		n := w.child(graph.KindSequence, graphs, record, when, x.Name).class(vocab.Sequence)
		n.link(vocab.EventOf, event)
		n.text(vocab.When, when)
		n.number(vocab.Position, i)
		n.text(vocab.Named, x.Name)
		n.text(vocab.EventID, x.Event)
		n.slug(vocab.RefersTo, graph.KindEvent, x.Event)
		n.text(vocab.Note, x.Note)
		for j, o := range x.Organisers {
			w.named(n.id, "organiser", graphs, j, o, refAt(x.OrganiserRefs, j))
		}
	}
}
