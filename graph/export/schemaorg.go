package export

import (
	"io"

	"dialograph/graph/index"
)

// writeSchemaOrg writes the events of the selection as schema.org has them, with
// who attended: what search engines and catalogues of events read. Roles, sides,
// stances and passages have no place there; sources are citations.
func writeSchemaOrg(w io.Writer, x *Selection) error {
	j := newJSON(w)
	j.text(`{"@context": "https://schema.org", "@graph": [`)
	attending := map[*index.Event][]*index.Participation{}
	for _, p := range x.Participations {
		attending[p.Event] = append(attending[p.Event], p)
	}
	for i, e := range x.Events {
		if i > 0 {
			j.text(",")
		}
		j.text("\n")
		if err := j.value(schemaEvent(e, attending[e])); err != nil {
			return err
		}
	}
	j.text("\n]}\n")
	return j.b.Flush()
}

// schemaNode is a thing of schema.org; what is empty is left out.
type schemaNode map[string]any

func (n schemaNode) set(name string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	case []string:
		if len(v) == 0 {
			return
		}
	case schemaNode:
		if v == nil {
			return
		}
	}
	n[name] = value
}

var eventStatuses = map[string]string{"planned": "https://schema.org/EventScheduled", "held": "https://schema.org/EventScheduled", "cancelled": "https://schema.org/EventCancelled", "postponed": "https://schema.org/EventPostponed"}

var attendanceModes = map[string]string{"in-person": "https://schema.org/OfflineEventAttendanceMode", "virtual": "https://schema.org/OnlineEventAttendanceMode", "hybrid": "https://schema.org/MixedEventAttendanceMode"}

func schemaEvent(e *index.Event, attending []*index.Participation) schemaNode {
	n := schemaNamed("Event", e)
	n.set("startDate", day(e.Date.Value.Earliest()))
	n.set("endDate", day(e.Date.Value.Latest()))
	n.set("eventStatus", eventStatuses[e.As.Status])
	n.set("eventAttendanceMode", attendanceModes[e.As.Mode])
	n.set("location", schemaPlace(e))
	if e.Series != nil {
		n.set("superEvent", schemaNode{"@type": "EventSeries", "@id": e.Series.IRI, "name": e.Series.Name})
	}
	var organizers, attendees, about, citations []any
	for _, h := range e.Hosts {
		organizers = append(organizers, schemaRef("Organization", h))
	}
	seen := map[index.Named]bool{}
	for _, p := range attending {
		if p.Person != nil && !seen[p.Person] {
			seen[p.Person] = true
			attendees = append(attendees, schemaRef("Person", p.Person))
		}
		if p.Actor != nil && !seen[p.Actor] {
			seen[p.Actor] = true
			attendees = append(attendees, schemaRef("Organization", p.Actor))
		}
	}
	for _, d := range e.Topics {
		if d.Topic != nil && !seen[d.Topic] {
			seen[d.Topic] = true
			about = append(about, schemaRef("DefinedTerm", d.Topic))
		}
	}
	for _, s := range e.Sources {
		c := schemaNode{"@type": "CreativeWork", "@id": s.IRI, "name": s.Name}
		c.set("url", s.As.URL)
		citations = append(citations, c)
	}
	n.set("organizer", organizers)
	n.set("attendee", attendees)
	n.set("about", about)
	n.set("citation", citations)
	return n
}

func schemaNamed(typ string, x index.Named) schemaNode {
	s := x.Self()
	n := schemaNode{"@type": typ, "@id": s.IRI, "name": s.Name}
	n.set("alternateName", aliases(s))
	n.set("description", s.Description)
	return n
}

func schemaRef(typ string, x index.Named) schemaNode {
	return schemaNode{"@type": typ, "@id": x.Self().IRI, "name": x.Self().Name}
}

func schemaPlace(e *index.Event) schemaNode {
	p := e.Place()
	if p == nil {
		return nil
	}
	n := schemaRef("Place", p)
	if e.Country != nil {
		n["address"] = schemaNode{"@type": "PostalAddress", "addressCountry": e.Country.Name}
		if e.City != nil {
			n["address"].(schemaNode)["addressLocality"] = e.City.Name
		}
	}
	return n
}
