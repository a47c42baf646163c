package export

import (
	"io"
	"strings"

	"dialograph/graph/index"
)

// entity is a FollowTheMoney entity.
type entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

func (e *entity) set(name string, values ...string) {
	for _, v := range values {
		if v != "" {
			e.Properties[name] = append(e.Properties[name], v)
		}
	}
}

// writeFTM writes the selection as FollowTheMoney entities, one a line: Person,
// PublicBody or Organization, Event, Document for sources, Membership for who
// joined what, and Occupancy-free positions as texts. Whoever took part stands in
// "involved" of the event; the role and the passages are in the note of an
// UnknownLink between the two.
func writeFTM(w io.Writer, x *Selection) error {
	j := newJSON(w)
	write := func(e entity) error {
		if err := j.value(e); err != nil {
			return err
		}
		j.text("\n")
		return nil
	}
	for _, a := range byID(part(x, x.Snapshot.Actors)) {
		if err := write(ftmActor(a)); err != nil {
			return err
		}
	}
	for _, p := range byID(part(x, x.Snapshot.People)) {
		if err := write(ftmPerson(x.Snapshot, p)); err != nil {
			return err
		}
	}
	for _, s := range byID(part(x, x.Snapshot.Sources)) {
		if err := write(ftmSource(s)); err != nil {
			return err
		}
	}
	for _, e := range x.Events {
		if err := write(x.ftmEvent(e)); err != nil {
			return err
		}
	}
	err := x.attended(func(e *Edge) error { return write(ftmLink(e)) })
	if err != nil {
		return err
	}
	return j.b.Flush()
}

// ftmID is an identifier as FollowTheMoney takes it: without slashes.
func ftmID(id string) string { return strings.NewReplacer("/", ".", "~", "-").Replace(id) }

func ftmNamed(schema string, n index.Named) entity {
	s := n.Self()
	e := entity{ftmID(string(n.NodeID())), schema, map[string][]string{}}
	e.set("name", s.Name)
	e.set("alias", aliases(s)...)
	e.set("summary", s.Description)
	for _, address := range s.SameAs {
		if strings.HasPrefix(address, "http") {
			e.set("sourceUrl", address)
		}
	}
	return e
}

// countryCode is the ISO code of a country in lower case.
func countryCode(p *index.Place) string {
	if p == nil {
		return ""
	}
	if p.Code == "" && p.Country != nil {
		p = p.Country
	}
	return strings.ToLower(p.Code)
}

func ftmActor(a *index.Actor) entity {
	schema := "Organization"
	switch a.Kind {
	case "state", "union", "ministry", "agency", "cert", "police", "regulator":
		schema = "PublicBody"
	case "company":
		schema = "Company"
	}
	e := ftmNamed(schema, a)
	e.set("country", countryCode(a.Country))
	e.set("website", a.Website)
	if a.Parent != nil {
		e.set("parent", ftmID(string(a.Parent.ID)))
	}
	return e
}

func ftmPerson(s *index.Snapshot, p *index.Person) entity {
	e := ftmNamed("Person", p)
	for _, held := range s.OfPerson(p).Positions {
		e.set("position", held.Title)
	}
	if p.Country != nil {
		e.set("country", countryCode(p.Country.Country))
	}
	return e
}

func ftmSource(s *index.Source) entity {
	e := entity{ftmID(string(s.ID)), "Document", map[string][]string{}}
	e.set("title", s.Name)
	e.set("sourceUrl", s.As.URL)
	e.set("publisher", s.As.Publisher)
	e.set("publishedAt", day(s.Published.Value.Earliest()))
	return e
}

func (x *Selection) ftmEvent(ev *index.Event) entity {
	e := ftmNamed("Event", ev)
	e.set("startDate", day(ev.Date.Value.Earliest()))
	e.set("endDate", day(ev.Date.Value.Latest()))
	if p := ev.Place(); p != nil {
		e.set("location", p.Name)
		e.set("country", countryCode(p))
	}
	for _, h := range ev.Hosts {
		e.set("organizer", ftmID(string(h.ID)))
	}
	for _, s := range ev.Sources {
		e.set("proof", ftmID(string(s.ID)))
	}
	for _, o := range ev.Outcomes {
		e.set("notes", o.Text)
	}
	return e
}

func ftmLink(edge *Edge) entity {
	e := entity{ftmID(edge.ID), "UnknownLink", map[string][]string{}}
	e.set("subject", ftmID(string(edge.Source)))
	e.set("object", ftmID(string(edge.Target)))
	e.set("role", edge.Role)
	e.set("summary", edge.Position)
	e.set("startDate", day(edge.Date.Value.Earliest()))
	e.set("endDate", day(edge.Date.Value.Latest()))
	for _, p := range edge.Evidence.Passages() {
		e.set("description", p.Exact)
	}
	for _, s := range edge.Evidence.Sources() {
		e.set("proof", ftmID(string(s.ID)))
	}
	return e
}
