package schema

import (
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// parts declares the relations with a story: they are things of their own.
func (b *schemaBuilder) parts() {
	b.attending()
	b.saying()
	b.happening()
	b.deciding()
}

// attending declares who took part, and what a passage is.
func (b *schemaBuilder) attending() {
	b.passage = b.object("Passage", "A verbatim stretch of a source (W3C Web Annotation: text position and text quote selectors).", b.nodes(), func(t *typ) {
		id[*index.Passage](t)
		readText(t, "exact", must(graphql.String), "The words.", func(p *index.Passage) string { return p.Exact })
		readText(t, "prefix", graphql.String, "A few words before.", func(p *index.Passage) string { return p.Prefix })
		readText(t, "suffix", graphql.String, "A few words after.", func(p *index.Passage) string { return p.Suffix })
		read(t, "start", must(graphql.Int), "The first code point, counted from 0 in the source's normalised text.", func(p *index.Passage) any { return p.Start })
		read(t, "end", must(graphql.Int), "The code point after the last.", func(p *index.Passage) any { return p.End })
		read(t, "source", must(b.source), "The source.", func(p *index.Passage) any { return p.Source })
	})
	b.participation = b.object("Participation", "Who took part in what, as what, for whom, in which position.", b.nodes(), func(t *typ) {
		id[*index.Participation](t)
		read(t, "event", must(b.event), "The event.", func(p *index.Participation) any { return p.Event })
		read(t, "person", b.person, "The person; null where a body is named without one.", func(p *index.Participation) any { return p.Person })
		read(t, "actor", b.actor, "The body that the person acted for, or that took part; null where its name fits several.", func(p *index.Participation) any { return p.Actor })
		read(t, "side", b.actor, "For which side.", func(p *index.Participation) any { return p.Side })
		read(t, "role", must(b.role), "As what.", func(p *index.Participation) any { return p.As.Role })
		readText(t, "position", graphql.String, "The office that the person held.", func(p *index.Participation) string { return p.As.Position })
		readText(t, "personName", graphql.String, "The person's name as the record has it.", (*index.Participation).PersonName)
		readText(t, "actorName", graphql.String, "The body's name as the record has it.", (*index.Participation).ActorName)
		readText(t, "asWritten", graphql.String, "As the source writes it.", func(p *index.Participation) string { return p.As.AsWritten })
		readText(t, "note", graphql.String, "A note of the editors.", func(p *index.Participation) string { return p.As.Note })
		read(t, "candidates", list(b.entity), "What the person's or the body's name may mean, where it fits several.", func(p *index.Participation) any { return orNone(p.Candidates) })
		evidence(b, t, func(p *index.Participation) index.Evidence { return p.Evidence })
	})
	b.delegation = b.object("Delegation", "One side of an event.", b.nodes(), func(t *typ) {
		id[*index.Delegation](t)
		read(t, "event", must(b.event), "The event.", func(d *index.Delegation) any { return d.Event })
		read(t, "party", b.actor, "Whose delegation.", func(d *index.Delegation) any { return d.Party })
		readText(t, "partyName", must(graphql.String), "Its name as the record has it.", func(d *index.Delegation) string { return d.Name })
		read(t, "chairs", list(b.participation), "Those who chaired or headed it.", func(d *index.Delegation) any { return chairs(d.Participations) })
		read(t, "participations", list(b.participation), "All who took part for it.", func(d *index.Delegation) any { return d.Participations })
		evidence(b, t, func(d *index.Delegation) index.Evidence { return d.Evidence })
	})
}

// saying declares what an event took up, named and came to.
func (b *schemaBuilder) saying() {
	b.discussion = b.object("TopicDiscussion", "A topic that an event took up.", b.nodes(), func(t *typ) {
		id[*index.Discussion](t)
		read(t, "event", must(b.event), "The event.", func(d *index.Discussion) any { return d.Event })
		read(t, "topic", b.topic, "The concept.", func(d *index.Discussion) any { return d.Topic })
		readText(t, "name", must(graphql.String), "The topic as the record has it.", func(d *index.Discussion) string { return d.As.Name })
		readText(t, "stance", b.stance, "What the event did with it.", func(d *index.Discussion) string { return d.As.Stance })
		readText(t, "asWritten", graphql.String, "As the source writes it.", func(d *index.Discussion) string { return d.As.AsWritten })
		readText(t, "note", graphql.String, "A note of the editors.", func(d *index.Discussion) string { return d.As.Note })
		evidence(b, t, func(d *index.Discussion) index.Evidence { return d.Evidence })
	})
	b.reference = b.object("Reference", "Something that an event referred to.", b.nodes(), func(t *typ) {
		id[*index.Reference](t)
		b.referenceFields(t, func(v any) *index.Reference { return v.(*index.Reference) })
		read(t, "event", must(b.event), "The event.", func(r *index.Reference) any { return r.Event })
		read(t, "target", b.entity, "The instrument, initiative, forum or series; null where the name fits none or several.", func(r *index.Reference) any { return r.Target })
	})
	b.outcome = b.object("Outcome", "One result, in our own words.", b.nodes(), func(t *typ) {
		id[*index.Outcome](t)
		read(t, "event", must(b.event), "The event.", func(o *index.Outcome) any { return o.Event })
		readText(t, "text", must(graphql.String), "The result.", func(o *index.Outcome) string { return o.Text })
		evidence(b, t, func(o *index.Outcome) index.Evidence { return o.Evidence })
	})
	b.quotation = b.object("Quotation", "Someone quoted in a source. Being quoted is not attending.", b.nodes(), func(t *typ) {
		id[*index.Quotation](t)
		read(t, "event", must(b.event), "The event that the source is about.", func(q *index.Quotation) any { return q.Event })
		read(t, "person", b.person, "The person quoted.", func(q *index.Quotation) any { return q.Person })
		read(t, "actor", b.actor, "The body quoted, or that the person speaks for.", func(q *index.Quotation) any { return q.Actor })
		read(t, "side", b.actor, "For which side.", func(q *index.Quotation) any { return q.Side })
		readText(t, "about", must(graphql.String), "What it says, in our own words; the words themselves are the evidence.", func(q *index.Quotation) string { return q.As.About })
		evidence(b, t, func(q *index.Quotation) index.Evidence { return q.Evidence })
	})
	b.threat = b.object("NamedThreat", "An actor that a source names as a threat. It is not a participant.", b.nodes(), func(t *typ) {
		id[*index.Threat](t)
		read(t, "event", must(b.event), "The event that the source is about.", func(x *index.Threat) any { return x.Event })
		read(t, "actor", b.actor, "The actor.", func(x *index.Threat) any { return x.Actor })
		readText(t, "name", must(graphql.String), "Its name as the record has it.", func(x *index.Threat) string { return x.As.Name })
		readText(t, "asWritten", graphql.String, "As the source writes it.", func(x *index.Threat) string { return x.As.AsWritten })
		evidence(b, t, func(x *index.Threat) index.Evidence { return x.Evidence })
	})
}

// happening declares what came before and after an event.
func (b *schemaBuilder) happening() {
	b.hiatus = b.object("Hiatus", "Why no session was held for some time before an event.", b.nodes(), func(t *typ) {
		id[*index.Hiatus](t)
		read(t, "event", must(b.event), "The event after it.", func(h *index.Hiatus) any { return h.Event })
		readText(t, "length", graphql.String, "How long, as the source says.", func(h *index.Hiatus) string { return h.Length })
		readText(t, "reason", graphql.String, "Why, as the source says.", func(h *index.Hiatus) string { return h.Reason })
		evidence(b, t, func(h *index.Hiatus) index.Evidence { return h.Evidence })
	})
	b.planned = b.object("PlannedSession", "What was announced for the next session, kept beside what became of it.", b.nodes(), func(t *typ) {
		id[*index.Planned](t)
		read(t, "announcedBy", must(b.event), "The session whose sources announce it.", func(p *index.Planned) any { return p.After })
		read(t, "ordinal", graphql.Int, "Its number in the series.", func(p *index.Planned) any { return positive(p.As.Ordinal) })
		date(b, t, "date", "When it was to be.", func(p *index.Planned) index.Date { return p.Date })
		read(t, "city", b.place, "Where it was to be.", func(p *index.Planned) any { return p.City })
		read(t, "country", b.place, "In which country.", func(p *index.Planned) any { return p.Country })
		read(t, "host", b.actor, "Who was to host it.", func(p *index.Planned) any { return p.Host })
		readText(t, "note", graphql.String, "A note of the editors.", func(p *index.Planned) string { return p.As.Note })
		readIn(t, "became", b.event, "The next session of the series that is at hand.", func(s *index.Snapshot, p *index.Planned) any { return s.Became(p) })
		evidence(b, t, func(p *index.Planned) index.Evidence { return p.Evidence })
	})
	b.neighbour = b.object("RelatedMeeting", "A meeting that a source puts before or after an event.", b.nodes(), func(t *typ) {
		id[*index.Neighbour](t)
		readText(t, "name", must(graphql.String), "Its name.", func(n *index.Neighbour) string { return n.As.Name })
		readIn(t, "event", b.event, "The event, where a record of it is at hand.", func(s *index.Snapshot, n *index.Neighbour) any { return s.EventOf(n) })
		read(t, "organisers", list(b.actor), "Who organised it.", func(n *index.Neighbour) any { return n.Organisers })
		readText(t, "note", graphql.String, "A note of the editors: who takes part in that form, say.", func(n *index.Neighbour) string { return n.As.Note })
		evidence(b, t, func(n *index.Neighbour) index.Evidence { return n.Evidence })
	})
}

// deciding declares where sources disagree, who joined what, and what the
// editors decided.
func (b *schemaBuilder) deciding() {
	b.conflict = b.object("Conflict", "A field for which sources give different values. All stay.", b.nodes(), func(t *typ) {
		id[*index.Conflict](t)
		read(t, "of", must(b.entity), "What it is about.", func(c *index.Conflict) any { return c.Of })
		readText(t, "field", must(graphql.String), "The field: a path into the record, or in words.", func(c *index.Conflict) string { return c.Field })
		readWith(t, "values", list(b.claimedValue), "The values with who says them.", b.claimArgs(index.AllClaims, "Which of them."),
			func(_ *request, c *index.Conflict, a args) (any, error) { return orNone(c.Select(claimsOf(a))), nil })
		readText(t, "note", graphql.String, "Why one is preferred.", func(c *index.Conflict) string { return c.Note })
	})
	b.membership = b.object("InstrumentParty", "An actor's part in an instrument, initiative, alliance or forum.", b.nodes(), func(t *typ) {
		id[*index.Membership](t)
		read(t, "of", must(b.entity), "The instrument, initiative, alliance or forum.", func(m *index.Membership) any { return m.Of })
		read(t, "actor", must(b.actor), "The actor.", func(m *index.Membership) any { return m.Member })
		b.membershipFields(t, func(v any) *index.Membership { return v.(*index.Membership) })
	})
	b.judgement = b.object("Judgement", "A decision that two names or things are the same, or are not, and why.", b.nodes(), func(t *typ) {
		id[*index.Judgement](t)
		read(t, "verdict", must(b.verdict), "What was decided.", func(j *index.Judgement) any { return j.As.Verdict })
		readText(t, "a", must(graphql.String), "The one: an identifier or a name.", func(j *index.Judgement) string { return j.As.A })
		readText(t, "b", must(graphql.String), "The other.", func(j *index.Judgement) string { return j.As.B })
		readText(t, "by", must(graphql.String), "Who decided.", func(j *index.Judgement) string { return j.As.By })
		readText(t, "why", must(graphql.String), "Why.", func(j *index.Judgement) string { return j.As.Why })
		evidence(b, t, func(j *index.Judgement) index.Evidence { return j.Evidence })
	})
}

// referenceFields are shared by a reference and the edge that shows it.
func (b *schemaBuilder) referenceFields(t *typ, of func(any) *index.Reference) {
	readText(t, "name", must(graphql.String), "The name as the record has it.", func(v any) string { return of(v).As.Name })
	readText(t, "kind", b.referenceKind, "What sort of thing.", func(v any) string { return of(v).As.Kind })
	readText(t, "stance", b.stance, "What the event did with it.", func(v any) string { return of(v).As.Stance })
	readText(t, "asWritten", graphql.String, "As the source writes it.", func(v any) string { return of(v).As.AsWritten })
	readText(t, "note", graphql.String, "A note of the editors.", func(v any) string { return of(v).As.Note })
	evidence(b, t, func(v any) index.Evidence { return of(v).Evidence })
}

// membershipFields are shared by a membership and the edge that shows it.
func (b *schemaBuilder) membershipFields(t *typ, of func(any) *index.Membership) {
	read(t, "status", must(b.partyStatus), "What the actor is to it.", func(v any) any {
		if s := of(v).As.Status; s != "" {
			return s
		}
		return "member"
	})
	date(b, t, "signature", "When it signed.", func(v any) index.Date { return of(v).Signature })
	date(b, t, "date", "When it ratified, acceded or joined.", func(v any) index.Date { return of(v).Date })
	date(b, t, "inForce", "When it entered into force for it.", func(v any) index.Date { return of(v).InForce })
	readText(t, "note", graphql.String, "A note of the editors.", func(v any) string { return of(v).As.Note })
	evidence(b, t, func(v any) index.Evidence { return of(v).Evidence })
}

// positive is nil for 0.
func positive(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

func chairs(list []*index.Participation) []*index.Participation {
	out := []*index.Participation{}
	for _, p := range list {
		switch p.As.Role {
		case "chair", "co-chair", "head-of-delegation":
			out = append(out, p)
		}
	}
	return out
}
