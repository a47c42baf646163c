package foreign

import (
	"dialograph/graph"
	"dialograph/graph/names"
)

// where reads the place of an event: the first that says something; a second is
// left for a person.
func (w *eventWriter) where() {
	for _, x := range w.get(w.t, fieldLocation) {
		e := &w.r.Event
		if e.City != "" || e.Country != "" || e.Venue != "" {
			x.f.why = "an event has one place"
			continue
		}
		switch t := w.at(x.to); {
		case t == nil:
			w.spot(text(x.to), x)
		case t.kind == kindAddress:
			w.postal(x, t)
		case t.kind == graph.KindPlace:
			w.place(x, t)
		}
	}
}

// postal reads the city and the country of an address.
func (w *eventWriter) postal(x edge, t *thing) {
	for _, c := range w.get(t, fieldCity) {
		if name := w.label(c.to); name != "" && w.r.Event.City == "" {
			w.r.Event.City = name
			w.sayPlace("city", x, t, c)
		}
	}
	for _, c := range w.get(t, fieldCountry) {
		if name := w.label(c.to); name != "" && w.r.Event.Country == "" {
			w.r.Event.Country = name
			w.sayPlace("country", x, t, c)
		}
	}
}

// sayPlace marks a value and the way to it.
func (w *eventWriter) sayPlace(field string, x edge, t *thing, c edge) {
	x.f.used = true
	w.useTypes(t)
	w.sayLabel(field, c)
}

func (w *eventWriter) place(x edge, t *thing) {
	e := &w.r.Event
	for _, a := range w.get(t, fieldAddress) {
		if at := w.at(a.to); at != nil {
			w.postal(a, at)
		}
	}
	for at, step := t, 0; at != nil && step < 4; step++ { // a venue in a city in a country
		up := w.get(at, fieldCountry)
		at = nil
		for _, c := range up {
			to := w.at(c.to)
			if to == nil || to.kind != graph.KindPlace || w.nameOf(to) == "" {
				continue
			}
			switch {
			case to.detail == "city" && e.City == "":
				e.City = w.nameOf(to)
				w.sayPlace("city", x, t, c)
			case to.detail == "country" && e.Country == "":
				e.Country = w.nameOf(to)
				w.sayPlace("country", x, t, c)
			}
			at = to
		}
	}
	name := w.nameOf(t)
	same := func(other string) bool { return other != "" && names.Fold(other) == names.Fold(name) }
	switch {
	case name == "":
		if e.City != "" || e.Country != "" {
			x.f.used = true
			w.useTypes(t)
		}
		return
	case same(e.City), same(e.Country):
		w.say("other", x)
	case t.detail == "city" && e.City == "":
		e.City = name
		w.say("city", x)
	case t.detail == "country" && e.Country == "":
		e.Country = name
		w.say("country", x)
	case t.detail == "" && e.City == "" && e.Country == "":
		w.spot(name, x)
	default:
		e.Venue = name
		w.say("venue", x)
	}
	w.useEntity(x)
}

// spot reads a place that has a name alone: a city or country that is known, or
// else the venue.
func (w *eventWriter) spot(name string, x edge) {
	if name == "" {
		return
	}
	e := &w.r.Event
	for _, id := range w.all.Lookup(graph.KindPlace, name) {
		switch place := w.all.Place(id.Slug()); place.Kind {
		case "city":
			e.City, e.Country = name, w.all.Place(place.Country).Name
			w.say("city", x)
			w.say("country", x)
			return
		case "country":
			e.Country = name
			w.say("country", x)
			return
		}
	}
	e.Venue = name
	w.say("venue", x)
}
