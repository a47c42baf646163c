package foreign

import (
	"slices"

	"dialograph/graph"
)

func (w *entryWriter) person(e graph.Entry) {
	x := graph.Person{Entry: e}
	add := func(p graph.Position) {
		same := func(y graph.Position) bool {
			return y.Title == p.Title && y.Organisation == p.Organisation && y.AsOf == p.AsOf
		}
		if p.Title != "" && !slices.ContainsFunc(x.Positions, same) {
			x.Positions = append(x.Positions, p)
		}
	}
	for _, p := range w.jobs() {
		add(p)
	}
	for _, e := range w.get(w.t, fieldWorks) {
		if role := w.at(e.to); role != nil && role.kind == kindRole {
			add(w.office(e, role))
		}
	}
	for _, x := range []field{fieldHolds, fieldMembership} {
		for _, e := range w.get(w.t, x) {
			if office := w.at(e.to); office != nil {
				add(w.office(e, office))
			}
		}
	}
	x.Support = w.supported()
	w.a.People = append(w.a.People, x)
}

// jobs are the job titles, at the only body that the person works for.
func (w *entryWriter) jobs() []graph.Position {
	var titles, bodies []edge
	for _, e := range w.get(w.t, fieldTitle) {
		if w.label(e.to) != "" {
			titles = append(titles, e)
		}
	}
	for _, e := range w.get(w.t, fieldWorks) {
		if w.slug(e, graph.KindActor) != "" {
			bodies = append(bodies, e)
		}
	}
	if len(titles) == 0 {
		return nil
	}
	body := ""
	if len(bodies) > 0 && !slices.ContainsFunc(bodies, func(e edge) bool { return w.slug(e, graph.KindActor) != w.slug(bodies[0], graph.KindActor) }) {
		body = w.slug(bodies[0], graph.KindActor)
		for _, e := range bodies {
			w.take(e)
		}
	}
	var out []graph.Position
	for _, e := range titles {
		w.takeLabel(e)
		out = append(out, graph.Position{Title: w.label(e.to), Organisation: body})
	}
	return out
}

// office reads an organisation role, a membership or a post as a position. One
// without a title is none.
func (w *entryWriter) office(e edge, office *thing) graph.Position {
	p := graph.Position{Title: w.nameOf(office)}
	title := w.first(office, fieldTitle, func(e edge) bool { return w.label(e.to) != "" })
	if p.Title == "" && title != nil {
		p.Title = w.label(title.to)
		w.takeLabel(*title)
	} else if p.Title != "" {
		w.useName(office)
	}
	if p.Title == "" {
		return p
	}
	w.take(e)
	w.useTypes(office)
	if body := w.first(office, fieldOrganisation, func(e edge) bool { return w.slug(e, graph.KindActor) != "" }); body != nil {
		p.Organisation = w.slug(*body, graph.KindActor)
		w.take(*body)
	}
	p.AsOf = w.spanOf(office)
	for _, d := range w.get(office, fieldDuring) {
		if p.AsOf == "" {
			if p.AsOf = w.spanOf(w.at(d.to)); p.AsOf != "" {
				w.take(d)
			}
		}
	}
	return p
}
