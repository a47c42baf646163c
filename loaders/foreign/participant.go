package foreign

import (
	"slices"

	"dialograph/graph"
	"dialograph/graph/names"
)

// roleWords are the words by which others name our roles, folded.
var roleWords = map[string]string{
	"chair": "chair", "chairperson": "chair", "chairman": "chair", "chairwoman": "chair", "co chair": "co-chair", "cochair": "co-chair",
	"head of delegation": "head-of-delegation", "member": "member", "delegate": "member", "participant": "member", "attendee": "member",
	"observer": "observer", "organiser": "organiser", "organizer": "organiser", "host": "host", "speaker": "speaker", "keynote speaker": "speaker",
	"panellist": "speaker", "panelist": "speaker", "signatory": "signatory",
}

// participant reads who takes part; through a role, as what.
func (w *eventWriter) participant(x edge, role string) {
	t := w.at(x.to)
	if t == nil {
		x.f.why = "a text does not say whether a person or a body took part"
		return
	}
	if t.kind != kindRole {
		w.takePart(x, []edge{x}, graph.Participant{Role: role})
		return
	}
	p := graph.Participant{Role: role}
	said := []edge{x}
	for _, e := range w.get(t, fieldTitle) {
		name := w.label(e.to)
		switch known := roleWords[names.Fold(name)]; {
		case name == "":
		case known != "":
			p.Role = known
			said = append(said, e)
		case p.Position == "":
			p.Position = name
			said = append(said, e)
		}
	}
	for _, inner := range w.get(t, fieldRole) {
		if w.takePart(inner, append(said, inner), p) {
			w.useTypes(t)
		}
	}
}

// takePart adds a participant, and tells whether it could. What is said is what
// backs it.
func (w *eventWriter) takePart(who edge, said []edge, p graph.Participant) bool {
	t := w.at(who.to)
	if t == nil {
		who.f.why = "a text does not say whether a person or a body took part"
		return false
	}
	name := w.nameFor(t)
	switch {
	case name == "":
		return false
	case t.kind == graph.KindPerson:
		p.Person = name
		said = append(said, w.office(t, &p)...)
	case t.kind == graph.KindActor, t.detail == "country":
		p.Organisation = name
	default:
		return false
	}
	if written := w.nameOf(t); written != name {
		p.AsWritten = written
	}
	for _, e := range said {
		e.f.used = true
		w.useEntity(e)
		p.Support = ids(append(p.Support, w.sources.of(e.f, w.back)))
	}
	w.useEntity(who)
	for i, q := range w.r.Participants {
		if q.Person == p.Person && q.Organisation == p.Organisation && q.Position == p.Position && q.Role == p.Role {
			w.r.Participants[i].Support = ids(append(q.Support, p.Support...))
			return true
		}
	}
	w.r.Participants = append(w.r.Participants, p)
	return true
}

// office gives a participant the position and body of a person, each where
// there is just one.
func (w *eventWriter) office(t *thing, p *graph.Participant) []edge {
	var said []edge
	if titles := w.sole(w.get(t, fieldTitle)); titles != nil && p.Position == "" {
		p.Position = w.label(titles[0].to)
		said = append(said, titles...)
	}
	works := w.get(t, fieldWorks)
	body := w.sole(works)
	if body == nil && len(works) == 1 {
		if role := w.at(works[0].to); role != nil && role.kind == kindRole {
			if titles := w.sole(w.get(role, fieldTitle)); titles != nil && p.Position == "" {
				p.Position = w.label(titles[0].to)
				said = append(said, titles...)
			}
			if body = w.sole(w.get(role, fieldOrganisation)); body != nil {
				w.useTypes(role)
				said = append(said, works[0])
			}
		}
	}
	if body == nil {
		return said
	}
	p.Organisation = w.label(body[0].to)
	if to := w.at(body[0].to); to != nil {
		p.Organisation = w.nameFor(to)
	}
	return append(said, body...)
}

// sole gives the edges to the only thing or text that has a name, nil where there
// are none or several. What is named at two events is said twice.
func (w *eventWriter) sole(edges []edge) []edge {
	named := slices.DeleteFunc(slices.Clone(edges), func(e edge) bool { return w.label(e.to) == "" })
	for _, e := range named {
		if t := w.at(e.to); t != w.at(named[0].to) || t == nil && text(e.to) != text(named[0].to) {
			return nil
		}
	}
	return named
}
