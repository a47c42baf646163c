package index

import (
	"dialograph/graph"
	"dialograph/graph/edtf"
)

// Thing is a node of the graph.
type Thing interface{ NodeID() graph.ID }

// Named is a thing that has names and can be searched for.
type Named interface {
	Thing
	Self() *Entity
}

// Entity is what every named thing has.
type Entity struct {
	ID          graph.ID
	IRI         string
	Name        string
	Acronym     string
	Names       []graph.Name // other names, as authority files and sources give them
	Description string
	Note        string
	SameAs      []string
	Provisional bool // no authority file holds it
	Evidence    Evidence
}

// NodeID implements Thing.
func (e *Entity) NodeID() graph.ID { return e.ID }

// Self implements Named.
func (e *Entity) Self() *Entity { return e }

// Date is an uncertain date, where it comes from, and what says it.
type Date struct {
	Value    edtf.Date
	Basis    string
	Note     string
	Evidence Evidence
}

// IsZero tells that no date is known.
func (d Date) IsZero() bool { return d.Value.IsZero() }

// Event is one meeting with everything that its record says of it.
type Event struct {
	Entity
	As             EventText
	Series         *Series
	Date           Date
	City, Country  *Place
	Hosts          []*Actor
	Parties        []*Actor
	Delegations    []*Delegation
	Participations []*Participation
	Topics         []*Discussion
	References     []*Reference
	Threats        []*Threat
	Quotations     []*Quotation
	Outcomes       []*Outcome
	Hiatus         *Hiatus
	Planned        []*Planned
	PrecededBy     []*Neighbour
	FollowedBy     []*Neighbour
	Conflicts      []*Conflict
	Sources        []*Source
	fields         []fieldEvidence
	days           days
	words          []uint32 // of its names and what it says, by their numbers
}

// days are the first and the last day that a date may mean, as seconds since
// 1970; where one of them is not known, the other stands for it.
type days struct {
	first, last int64
	known       bool
}

// EventText is what a record says of an event in words and numbers, as the
// record has it.
type EventText struct {
	Name, Kind, Status, StatusBasis, Date, Mode, Venue string

	Ordinal  int // 0 where it is not known
	Reviewed bool
}

// fieldEvidence backs one of an event's own fields.
type fieldEvidence struct {
	field    string
	evidence Evidence
}

// FieldEvidence is what backs one of the event's own fields, such as date; of
// "other", all those without evidence of their own.
func (e *Event) FieldEvidence(field string) Evidence {
	for _, f := range e.fields {
		if f.field == field {
			return f.evidence
		}
	}
	return Evidence{}
}

// AllFieldEvidence is what backs any of the event's own fields.
func (e *Event) AllFieldEvidence() (out Evidence) {
	for _, f := range e.fields {
		out = out.Merge(f.evidence)
	}
	return out
}

// Dated tells whether any day is known on which the event may have been.
func (e *Event) Dated() bool { return e.days.known }

// Place is the city of the event, or its country where no city is known.
func (e *Event) Place() *Place {
	if e.City != nil {
		return e.City
	}
	return e.Country
}

// Delegation is one side of an event.
type Delegation struct {
	ID             graph.ID
	Event          *Event
	Party          *Actor // nil where the name stayed unresolved
	Name           string
	Participations []*Participation
	Evidence       Evidence
}

// Participation is who took part in what, as what, for whom.
type Participation struct {
	ID         graph.ID
	Event      *Event
	Delegation *Delegation
	Person     *Person
	Actor      *Actor
	Side       *Actor
	Candidates []Named // where the person's or the organisation's name fits several
	As         ParticipantText
	Evidence   Evidence
}

// ParticipantText is what a record says of a participation in words, as the
// record has it.
type ParticipantText struct{ Person, Position, Organisation, Side, Role, AsWritten, Note string }

// MentionText is the same of a topic, a reference or a threat.
type MentionText struct{ Name, Kind, Stance, AsWritten, Note string }

// PersonName is the person's name as the record has it; where the record has the
// person's identifier in place of a name, the name of the entry.
func (p *Participation) PersonName() string {
	if p.Person != nil && p.As.Person == string(p.Person.ID) {
		return p.Person.Name
	}
	return p.As.Person
}

// ActorName is the same of the body.
func (p *Participation) ActorName() string {
	if p.Actor != nil && p.As.Organisation == string(p.Actor.ID) {
		return p.Actor.Name
	}
	return p.As.Organisation
}

// Discussion is a topic that an event took up.
type Discussion struct {
	ID       graph.ID
	Event    *Event
	Topic    *Topic
	As       MentionText
	Evidence Evidence
}

// Reference is an instrument, initiative, forum or event that an event named.
type Reference struct {
	ID         graph.ID
	Event      *Event
	Target     Named // nil where the name stayed unresolved
	Candidates []Named
	As         MentionText
	Evidence   Evidence
}

// Threat is an actor that an event's sources name as a threat.
type Threat struct {
	ID       graph.ID
	Event    *Event
	Actor    *Actor
	As       MentionText
	Evidence Evidence
}

// Quotation is who is quoted on what.
type Quotation struct {
	ID       graph.ID
	Event    *Event
	Person   *Person
	Actor    *Actor
	Side     *Actor
	As       graph.Quotation
	Evidence Evidence
}

// Outcome is one result of an event.
type Outcome struct {
	ID       graph.ID
	Event    *Event
	Text     string
	Evidence Evidence
}

// Hiatus is why no session was held for some time before an event.
type Hiatus struct {
	ID             graph.ID
	Event          *Event
	Length, Reason string
	Evidence       Evidence
}

// Planned is what was announced for the session after an event, and the
// session of the series that then took place.
type Planned struct {
	ID            graph.ID
	After         *Event
	As            graph.NextSession
	Date          Date
	City, Country *Place
	Host          *Actor
	Evidence      Evidence
}

// Neighbour is a meeting before or after an event that its sources name.
type Neighbour struct {
	ID         graph.ID
	As         graph.Neighbour
	Organisers []*Actor
	Evidence   Evidence
}

// Conflict is a field for which sources give different values.
type Conflict struct {
	ID     graph.ID
	Of     Named
	Field  string
	Note   string
	Values []ClaimedValue
}

// ClaimedValue is one of them.
type ClaimedValue struct {
	Value     string
	Preferred bool
	Evidence  Evidence
}

// Series is a row of events.
type Series struct {
	Entity
	Kind      string
	Parties   []*Actor
	Since     Date
	Conflicts []*Conflict
	number    int
}

// Actor is a state, institution or body.
type Actor struct {
	Entity
	Kind       string
	Country    *Place
	Parent     *Actor
	Units      []*Actor
	Replaces   *Actor
	ReplacedBy []*Actor
	From, To   Date
	Members    []*Membership
	MemberOf   []*Membership
	Website    string
	number     int
}

// Root is the actor at the top of the parents: a state or a body of its own.
func (a *Actor) Root() *Actor {
	for range maxDepth {
		if a.Parent == nil {
			return a
		}
		a = a.Parent
	}
	return a
}

const maxDepth = 32

// Membership is an actor's part in an instrument, initiative, alliance or forum.
type Membership struct {
	ID                       graph.ID
	Of                       Named
	Member                   *Actor
	As                       graph.Member
	Signature, Date, InForce Date
	Evidence                 Evidence
}

// Count is a number of parties or members that a source states.
type Count struct {
	As       graph.Count
	Date     Date
	Evidence Evidence
}

// Person is a human being who acts for someone.
type Person struct {
	Entity
	Country *Actor
	Held    []*Position // as its entry has it
	number  int
}

// Position is an office held at a time when a source shows it.
type Position struct {
	Title    string
	Actor    *Actor
	AsOf     Date
	Evidence Evidence
	Event    *Event // where a participation shows it
}

// Topic is a SKOS concept.
type Topic struct {
	Entity
	Broader, Narrower, Related []*Topic
	number                     int
}

// Instrument is a treaty, resolution, report, declaration or code.
type Instrument struct {
	Entity
	Kind                     string
	Identifier               string
	Parent                   *Instrument
	Parts                    []*Instrument
	Adopted, Opened, InForce Date
	Parties                  []*Membership
	Counts                   []*Count
	Conflicts                []*Conflict
	number                   int
}

// Initiative is a coalition, process or proposal.
type Initiative struct {
	Entity
	Kind      string
	Launched  Date
	Members   []*Membership
	Counts    []*Count
	Conflicts []*Conflict
	number    int
}

// Place is a country, region or city.
type Place struct {
	Entity
	Kind     string
	Code     string
	Demonyms []string
	Country  *Place
	Cities   []*Place
	number   int
}

// Source is a document that something was taken from.
type Source struct {
	Entity
	As        graph.Source
	Published Date
	number    int
	self      [1]*Source
}

// Passage is a verbatim stretch of a source.
type Passage struct {
	ID                    graph.ID
	Source                *Source
	Start, End            int // code points
	Exact, Prefix, Suffix string
	self                  [1]*Passage
}

// Judgement is a decision that two names or things are the same, or not.
type Judgement struct {
	ID       graph.ID
	As       graph.Judgement
	Evidence Evidence
}

func (d *Delegation) NodeID() graph.ID    { return d.ID }
func (p *Participation) NodeID() graph.ID { return p.ID }
func (d *Discussion) NodeID() graph.ID    { return d.ID }
func (r *Reference) NodeID() graph.ID     { return r.ID }
func (t *Threat) NodeID() graph.ID        { return t.ID }
func (q *Quotation) NodeID() graph.ID     { return q.ID }
func (o *Outcome) NodeID() graph.ID       { return o.ID }
func (h *Hiatus) NodeID() graph.ID        { return h.ID }
func (p *Planned) NodeID() graph.ID       { return p.ID }
func (n *Neighbour) NodeID() graph.ID     { return n.ID }
func (c *Conflict) NodeID() graph.ID      { return c.ID }
func (m *Membership) NodeID() graph.ID    { return m.ID }
func (p *Passage) NodeID() graph.ID       { return p.ID }
func (j *Judgement) NodeID() graph.ID     { return j.ID }
