package graph

import "encoding/json"

// AuthoritySchema is the version that an authority file names.
const AuthoritySchema = "dialograph/authority/v1"

// Authority is one file of entries that names resolve to. Any file may hold
// any section; the folders of seeds/ are a convention for people.
type Authority struct {
	Schema      string       `json:"schema" yaml:"schema"`
	Actors      []Actor      `json:"actors,omitempty" yaml:"actors,omitempty"`
	People      []Person     `json:"people,omitempty" yaml:"people,omitempty"`
	Topics      []Topic      `json:"topics,omitempty" yaml:"topics,omitempty"`
	Instruments []Instrument `json:"instruments,omitempty" yaml:"instruments,omitempty"`
	Initiatives []Initiative `json:"initiatives,omitempty" yaml:"initiatives,omitempty"`
	Places      []Place      `json:"places,omitempty" yaml:"places,omitempty"`
	Series      []Series     `json:"series,omitempty" yaml:"series,omitempty"`
	Judgements  []Judgement  `json:"judgements,omitempty" yaml:"judgements,omitempty"`
	Sources     []Source     `json:"sources,omitempty" yaml:"sources,omitempty"`
}

// Name is one way of writing a name. In a file it is a plain string where the
// text alone says enough, else a mapping.
type Name struct {
	Text    string   `json:"name" yaml:"name"`
	Lang    string   `json:"lang,omitempty" yaml:"lang,omitempty"` // BCP 47; "" where not known
	Kind    string   `json:"kind,omitempty" yaml:"kind,omitempty"` // "" means alias
	Note    string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support []string `json:"support,omitempty" yaml:"support,omitempty"`
}

// MarshalJSON writes a name that is nothing but its text as that text.
func (n Name) MarshalJSON() ([]byte, error) {
	if n.Lang == "" && n.Kind == "" && n.Note == "" && len(n.Support) == 0 {
		return json.Marshal(n.Text)
	}
	type plain Name
	return json.Marshal(plain(n))
}

// Entry is what every authority entry has.
type Entry struct {
	ID          string   `json:"id" yaml:"id"` // slug
	Name        string   `json:"name" yaml:"name"`
	Acronym     string   `json:"acronym,omitempty" yaml:"acronym,omitempty"`
	Aliases     []Name   `json:"aliases,omitempty" yaml:"aliases,omitempty"`
	Description string   `json:"description,omitempty" yaml:"description,omitempty"`
	Website     string   `json:"website,omitempty" yaml:"website,omitempty"`
	SameAs      []string `json:"same_as,omitempty" yaml:"same_as,omitempty"`
	Note        string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support     []string `json:"support,omitempty" yaml:"support,omitempty"`

	// Provisional marks an entry that no file holds: the resolver made it for a
	// name that it had not seen before.
	Provisional bool `json:"-" yaml:"-"`
}

// Actor is a state, institution or body. Ids in Country, Parent and Replaces
// are slugs of places and actors.
type Actor struct {
	Entry    `yaml:",inline"`
	Kind     string   `json:"kind" yaml:"kind"`
	Country  string   `json:"country,omitempty" yaml:"country,omitempty"`
	Parent   string   `json:"parent,omitempty" yaml:"parent,omitempty"`
	From     string   `json:"from,omitempty" yaml:"from,omitempty"` // EDTF; when it came to be
	To       string   `json:"to,omitempty" yaml:"to,omitempty"`     // EDTF; when it ceased
	Replaces string   `json:"replaces,omitempty" yaml:"replaces,omitempty"`
	Members  []Member `json:"members,omitempty" yaml:"members,omitempty"`
}

// Member is an actor's part in an instrument, an initiative, an alliance or a
// forum: its status, and the dates that count.
type Member struct {
	Actor     string   `json:"actor" yaml:"actor"`                       // slug of an actor
	Status    string   `json:"status,omitempty" yaml:"status,omitempty"` // one of PartyStatuses; "" means member
	Signature string   `json:"signature,omitempty" yaml:"signature,omitempty"`
	Date      string   `json:"date,omitempty" yaml:"date,omitempty"` // ratification, accession or joining
	InForce   string   `json:"in_force,omitempty" yaml:"in_force,omitempty"`
	Note      string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support   []string `json:"support,omitempty" yaml:"support,omitempty"`

	Node NodeID `json:"-" yaml:"-"`
}

// Person is a human being who acts for someone.
type Person struct {
	Entry     `yaml:",inline"`
	Country   string     `json:"country,omitempty" yaml:"country,omitempty"` // slug of the actor they act for
	Positions []Position `json:"positions,omitempty" yaml:"positions,omitempty"`
}

// Position is an office held, at a time when a source shows it.
type Position struct {
	Title        string   `json:"title" yaml:"title"`
	Organisation string   `json:"organisation,omitempty" yaml:"organisation,omitempty"` // slug of an actor
	AsOf         string   `json:"as_of,omitempty" yaml:"as_of,omitempty"`               // EDTF
	Support      []string `json:"support,omitempty" yaml:"support,omitempty"`
}

// Topic is a SKOS concept.
type Topic struct {
	Entry   `yaml:",inline"`
	Broader []string `json:"broader,omitempty" yaml:"broader,omitempty"`
	Related []string `json:"related,omitempty" yaml:"related,omitempty"`
}

// Instrument is a treaty, resolution, report, declaration or code.
type Instrument struct {
	Entry              `yaml:",inline"`
	Kind               string   `json:"kind" yaml:"kind"`
	Identifier         string   `json:"identifier,omitempty" yaml:"identifier,omitempty"` // such as "ETS 185"
	Parent             string   `json:"parent,omitempty" yaml:"parent,omitempty"`
	Adopted            string   `json:"adopted,omitempty" yaml:"adopted,omitempty"`
	OpenedForSignature string   `json:"opened_for_signature,omitempty" yaml:"opened_for_signature,omitempty"`
	InForce            string   `json:"in_force,omitempty" yaml:"in_force,omitempty"`
	Parties            []Member `json:"parties,omitempty" yaml:"parties,omitempty"`
	Counts             []Count  `json:"counts,omitempty" yaml:"counts,omitempty"`
	Claims             []Claim  `json:"claims,omitempty" yaml:"claims,omitempty"`
}

// Count is a number of parties, signatories or members that a source states.
type Count struct {
	Date    string   `json:"date,omitempty" yaml:"date,omitempty"`
	Number  int      `json:"number" yaml:"number"`
	Of      string   `json:"of" yaml:"of"` // one of PartyStatuses
	Note    string   `json:"note,omitempty" yaml:"note,omitempty"`
	Support []string `json:"support,omitempty" yaml:"support,omitempty"`
}

// Initiative is a coalition, process or proposal that states join or support.
type Initiative struct {
	Entry    `yaml:",inline"`
	Kind     string   `json:"kind,omitempty" yaml:"kind,omitempty"` // free words: "coalition"
	Launched string   `json:"launched,omitempty" yaml:"launched,omitempty"`
	Members  []Member `json:"members,omitempty" yaml:"members,omitempty"`
	Counts   []Count  `json:"counts,omitempty" yaml:"counts,omitempty"`
	Claims   []Claim  `json:"claims,omitempty" yaml:"claims,omitempty"`
}

// Place is a country, region or city.
type Place struct {
	Entry    `yaml:",inline"`
	Kind     string   `json:"kind" yaml:"kind"`
	Country  string   `json:"country,omitempty" yaml:"country,omitempty"` // slug of a place
	Code     string   `json:"code,omitempty" yaml:"code,omitempty"`       // ISO 3166-1 alpha-2
	Demonyms []string `json:"demonyms,omitempty" yaml:"demonyms,omitempty"`
}

// Series is a row of events under one heading.
type Series struct {
	Entry   `yaml:",inline"`
	Kind    string   `json:"kind,omitempty" yaml:"kind,omitempty"`
	Parties []string `json:"parties,omitempty" yaml:"parties,omitempty"` // slugs of actors
	Since   string   `json:"since,omitempty" yaml:"since,omitempty"`     // EDTF
	Claims  []Claim  `json:"claims,omitempty" yaml:"claims,omitempty"`
}

// Judgement records whether two names or entries are the same thing, who says
// so and why. It is data: nothing is merged by it in silence.
type Judgement struct {
	ID      string   `json:"id" yaml:"id"`
	Verdict string   `json:"verdict" yaml:"verdict"`
	A       string   `json:"a" yaml:"a"` // an id such as actor/ncsc-kr, or a name
	B       string   `json:"b" yaml:"b"`
	By      string   `json:"by" yaml:"by"`
	Date    string   `json:"date,omitempty" yaml:"date,omitempty"`
	Why     string   `json:"why" yaml:"why"`
	Support []string `json:"support,omitempty" yaml:"support,omitempty"`
}

// Append adds the entries of another file to this one.
func (a *Authority) Append(b *Authority) {
	a.Actors = append(a.Actors, b.Actors...)
	a.People = append(a.People, b.People...)
	a.Topics = append(a.Topics, b.Topics...)
	a.Instruments = append(a.Instruments, b.Instruments...)
	a.Initiatives = append(a.Initiatives, b.Initiatives...)
	a.Places = append(a.Places, b.Places...)
	a.Series = append(a.Series, b.Series...)
	a.Judgements = append(a.Judgements, b.Judgements...)
}
