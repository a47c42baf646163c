package graph

import "encoding/json"

// RecordSchema is the version that a record file names.
const RecordSchema = "dialograph/record/v1"

// Ref is what a name resolved to: one id, or the candidates where it fits
// several, or nothing. The resolver fills it in when a record is loaded.
type Ref struct {
	ID         ID
	Candidates []ID
}

// NodeID is the identifier of the node that a part of a record became. It is
// known of a record that was read back from quads.
type NodeID ID

// Record describes one event and everything its sources say of it.
// docs/records.md explains each key.
type Record struct {
	Schema       string        `json:"schema" yaml:"schema"`
	ID           string        `json:"id" yaml:"id"`
	Review       string        `json:"review" yaml:"review"`
	Event        Event         `json:"event" yaml:"event"`
	Delegations  []Delegation  `json:"delegations,omitempty" yaml:"delegations,omitempty"`
	Participants []Participant `json:"participants,omitempty" yaml:"participants,omitempty"`
	Topics       []Mention     `json:"topics,omitempty" yaml:"topics,omitempty"`
	References   []Mention     `json:"references,omitempty" yaml:"references,omitempty"`
	Outcomes     []Outcome     `json:"outcomes,omitempty" yaml:"outcomes,omitempty"`
	Quotations   []Quotation   `json:"quotations,omitempty" yaml:"quotations,omitempty"`
	Threats      []Mention     `json:"threats,omitempty" yaml:"threats,omitempty"`
	Hiatus       *Hiatus       `json:"hiatus,omitempty" yaml:"hiatus,omitempty"`
	NextSession  *NextSession  `json:"next_session,omitempty" yaml:"next_session,omitempty"`
	PrecededBy   []Neighbour   `json:"preceded_by,omitempty" yaml:"preceded_by,omitempty"`
	FollowedBy   []Neighbour   `json:"followed_by,omitempty" yaml:"followed_by,omitempty"`
	Claims       []Claim       `json:"claims,omitempty" yaml:"claims,omitempty"`
	Note         string        `json:"note,omitempty" yaml:"note,omitempty"`
	Sources      []Source      `json:"sources" yaml:"sources"`
}

// Event is the meeting itself.
type Event struct {
	Name        string              `json:"name" yaml:"name"`
	Aliases     []string            `json:"aliases,omitempty" yaml:"aliases,omitempty"`
	Description string              `json:"description,omitempty" yaml:"description,omitempty"`
	Kind        string              `json:"kind" yaml:"kind"`
	Status      string              `json:"status" yaml:"status"`
	StatusBasis string              `json:"status_basis,omitempty" yaml:"status_basis,omitempty"` // such as "advance notice"
	Series      SeriesName          `json:"series,omitzero" yaml:"series,omitempty"`
	Ordinal     int                 `json:"ordinal,omitempty" yaml:"ordinal,omitempty"`
	Date        string              `json:"date,omitempty" yaml:"date,omitempty"` // EDTF
	DateBasis   string              `json:"date_basis,omitempty" yaml:"date_basis,omitempty"`
	DateNote    string              `json:"date_note,omitempty" yaml:"date_note,omitempty"`
	Mode        string              `json:"mode,omitempty" yaml:"mode,omitempty"`
	Venue       string              `json:"venue,omitempty" yaml:"venue,omitempty"`
	City        string              `json:"city,omitempty" yaml:"city,omitempty"`
	Country     string              `json:"country,omitempty" yaml:"country,omitempty"`
	Hosts       []string            `json:"hosts,omitempty" yaml:"hosts,omitempty"`
	Support     map[string][]string `json:"support,omitempty" yaml:"support,omitempty"` // by field; "other" for the rest

	SeriesRef  Ref   `json:"-" yaml:"-"`
	CityRef    Ref   `json:"-" yaml:"-"`
	CountryRef Ref   `json:"-" yaml:"-"`
	HostRefs   []Ref `json:"-" yaml:"-"`
}

// SupportOf gives the support of one of the event's fields: its own, or that of
// "other".
func (e *Event) SupportOf(field string) []string {
	if own := e.Support[field]; len(own) > 0 {
		return own
	}
	return e.Support["other"]
}

// SeriesName is the id of a series in the authority files, or the name of one
// that they do not hold yet.
type SeriesName struct {
	ID   string `json:"id,omitempty" yaml:"id,omitempty"`
	Name string `json:"name,omitempty" yaml:"name,omitempty"`
}

// IsZero reports that no series is given.
func (s SeriesName) IsZero() bool { return s == SeriesName{} }

// MarshalJSON writes a series that is known by its id as that id alone.
func (s SeriesName) MarshalJSON() ([]byte, error) {
	if s.Name == "" {
		return json.Marshal(s.ID)
	}
	type plain SeriesName
	return json.Marshal(plain(s))
}

// Delegation is one side of a meeting.
type Delegation struct {
	Party        string        `json:"party" yaml:"party"`
	Participants []Participant `json:"participants,omitempty" yaml:"participants,omitempty"`
	Support      []string      `json:"support,omitempty" yaml:"support,omitempty"`

	PartyRef Ref    `json:"-" yaml:"-"`
	Node     NodeID `json:"-" yaml:"-"`
}

// Participant is who took part, as what, for whom, in which position.
type Participant struct {
	Person       string   `json:"person,omitempty" yaml:"person,omitempty"`
	Position     string   `json:"position,omitempty" yaml:"position,omitempty"`
	Organisation string   `json:"organisation,omitempty" yaml:"organisation,omitempty"`
	Side         string   `json:"side,omitempty" yaml:"side,omitempty"` // only outside delegations
	Role         string   `json:"role" yaml:"role"`
	AsWritten    string   `json:"as_written,omitempty" yaml:"as_written,omitempty"`
	Note         string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support      []string `json:"support,omitempty" yaml:"support,omitempty"`

	PersonRef Ref    `json:"-" yaml:"-"`
	ActorRef  Ref    `json:"-" yaml:"-"`
	SideRef   Ref    `json:"-" yaml:"-"`
	Node      NodeID `json:"-" yaml:"-"`
}

// Mention is a topic discussed, an instrument, initiative, forum or event
// referred to, or an actor named as a threat.
type Mention struct {
	Name      string   `json:"name" yaml:"name"`
	Kind      string   `json:"kind,omitempty" yaml:"kind,omitempty"`     // references only
	Stance    string   `json:"stance,omitempty" yaml:"stance,omitempty"` // topics and references
	AsWritten string   `json:"as_written,omitempty" yaml:"as_written,omitempty"`
	Note      string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support   []string `json:"support,omitempty" yaml:"support,omitempty"`

	Ref  Ref    `json:"-" yaml:"-"`
	Node NodeID `json:"-" yaml:"-"`
}

// Outcome is one result, in our own words.
type Outcome struct {
	Text    string   `json:"text" yaml:"text"`
	Support []string `json:"support,omitempty" yaml:"support,omitempty"`

	Node NodeID `json:"-" yaml:"-"`
}

// Quotation says who is quoted, and on what; the words are the passage's.
// A speaker quoted is not thereby a participant.
type Quotation struct {
	Person       string   `json:"person,omitempty" yaml:"person,omitempty"`
	Organisation string   `json:"organisation,omitempty" yaml:"organisation,omitempty"`
	Side         string   `json:"side,omitempty" yaml:"side,omitempty"`
	About        string   `json:"about" yaml:"about"` // one line in own words
	Support      []string `json:"support,omitempty" yaml:"support,omitempty"`

	PersonRef Ref    `json:"-" yaml:"-"`
	ActorRef  Ref    `json:"-" yaml:"-"`
	SideRef   Ref    `json:"-" yaml:"-"`
	Node      NodeID `json:"-" yaml:"-"`
}

// Hiatus says why no session was held for some time before this one.
type Hiatus struct {
	Length  string   `json:"length,omitempty" yaml:"length,omitempty"` // as stated: "five years"
	Reason  string   `json:"reason,omitempty" yaml:"reason,omitempty"`
	Support []string `json:"support,omitempty" yaml:"support,omitempty"`

	Node NodeID `json:"-" yaml:"-"`
}

// NextSession is what was announced for the session after this one.
type NextSession struct {
	Ordinal int      `json:"ordinal,omitempty" yaml:"ordinal,omitempty"`
	Date    string   `json:"date,omitempty" yaml:"date,omitempty"` // EDTF
	City    string   `json:"city,omitempty" yaml:"city,omitempty"`
	Country string   `json:"country,omitempty" yaml:"country,omitempty"`
	Host    string   `json:"host,omitempty" yaml:"host,omitempty"`
	Note    string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support []string `json:"support,omitempty" yaml:"support,omitempty"`

	CityRef    Ref    `json:"-" yaml:"-"`
	CountryRef Ref    `json:"-" yaml:"-"`
	HostRef    Ref    `json:"-" yaml:"-"`
	Node       NodeID `json:"-" yaml:"-"`
}

// Neighbour is a meeting that came before or after this one.
type Neighbour struct {
	Name       string   `json:"name" yaml:"name"`
	Event      string   `json:"event,omitempty" yaml:"event,omitempty"` // id of a record
	Organisers []string `json:"organisers,omitempty" yaml:"organisers,omitempty"`
	Note       string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support    []string `json:"support,omitempty" yaml:"support,omitempty"`

	OrganiserRefs []Ref  `json:"-" yaml:"-"`
	Node          NodeID `json:"-" yaml:"-"`
}

// Claim keeps every value that sources give for one field.
type Claim struct {
	Field  string  `json:"field" yaml:"field"`
	Values []Value `json:"values" yaml:"values"`
	Note   string  `json:"note,omitempty" yaml:"note,omitempty"`

	Node NodeID `json:"-" yaml:"-"`
}

// Value is one of the values claimed for a field.
type Value struct {
	Value     string   `json:"value" yaml:"value"`
	Preferred bool     `json:"preferred,omitempty" yaml:"preferred,omitempty"`
	Support   []string `json:"support,omitempty" yaml:"support,omitempty"`
}

// Source is a document that a record or an authority file relies on.
type Source struct {
	ID        string    `json:"id" yaml:"id"` // local to its file
	URL       string    `json:"url,omitempty" yaml:"url,omitempty"`
	Title     string    `json:"title,omitempty" yaml:"title,omitempty"`
	Publisher string    `json:"publisher,omitempty" yaml:"publisher,omitempty"`
	Published string    `json:"published,omitempty" yaml:"published,omitempty"` // EDTF
	Retrieved string    `json:"retrieved,omitempty" yaml:"retrieved,omitempty"` // EDTF
	Language  string    `json:"language,omitempty" yaml:"language,omitempty"`   // BCP 47
	MediaType string    `json:"media_type,omitempty" yaml:"media_type,omitempty"`
	SHA256    string    `json:"sha256,omitempty" yaml:"sha256,omitempty"`     // of the document as retrieved
	Supports  string    `json:"supports,omitempty" yaml:"supports,omitempty"` // what this file takes from it
	Note      string    `json:"note,omitempty" yaml:"note,omitempty"`
	Passages  []Passage `json:"passages,omitempty" yaml:"passages,omitempty"`
}
