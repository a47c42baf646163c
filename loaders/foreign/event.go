package foreign

import (
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/loaders/gazetteer"
)

// records makes a record of each event that has a name.
func (rd *reading) records() {
	for _, t := range rd.order {
		if t.kind != graph.KindEvent {
			continue
		}
		if rd.nameOf(t) == "" {
			rd.notef("%s: an event without a name gives no record", rd.called(t))
			continue
		}
		w := &eventWriter{reading: rd, t: t, sources: sources{rd: rd}, r: &graph.Record{Schema: graph.RecordSchema, Review: "unreviewed"}}
		w.record()
		rd.out.Records = append(rd.out.Records, w.r)
		rd.out.Lines[graph.NewID(graph.KindEvent, w.r.ID)] = t.line
	}
}

type eventWriter struct {
	*reading
	t       *thing
	r       *graph.Record
	sources sources
	back    graph.Source
}

func (w *eventWriter) record() {
	w.back = w.eventBacking()
	e := &w.r.Event
	e.Support = map[string][]string{}
	e.Kind = w.t.detail
	for _, f := range w.typesOf(w.t) {
		w.say("other", edge{f: f})
	}
	w.names()
	w.status()
	w.when()
	w.where()
	w.series()
	for _, x := range w.get(w.t, fieldHost) {
		w.host(x)
	}
	for _, x := range w.get(w.t, fieldAttendee) {
		w.participant(x, "member")
	}
	for _, x := range w.get(w.t, fieldSpeaker) {
		w.participant(x, "speaker")
	}
	for _, x := range w.get(w.t, fieldAbout) {
		w.about(x)
	}
	for _, x := range w.get(w.t, fieldMentions) {
		w.refer(x)
	}
	w.r.ID = w.id()
	if address := w.address(w.t.node); address != "" && address != w.back.URL {
		w.r.Note = "in the source this is <" + address + ">"
	}
	w.citations()
	w.settle()
}

// eventBacking is the source of what no named graph says of the event: its own
// page, what it is derived from, or the only work that it cites; else the file.
func (w *eventWriter) eventBacking() graph.Source {
	back := w.backing(w.t)
	if back.URL != "" {
		return back
	}
	var cited []edge
	for _, x := range w.get(w.t, fieldCites) {
		if w.cited(x.to) != "" {
			cited = append(cited, x)
		}
	}
	if len(cited) != 1 {
		return back
	}
	return w.citation(cited[0])
}

// cited gives the address of a work.
func (w *eventWriter) cited(n rdf.Node) string {
	t := w.at(n)
	if t == nil {
		return w.address(n)
	}
	if t.kind != kindWork && t.kind != "" {
		return ""
	}
	if t.kind == "" {
		t.kind = kindWork
	}
	for _, x := range w.get(t, fieldURL) {
		if address := w.address(x.to); address != "" {
			return address
		}
	}
	return w.address(n)
}

func (w *eventWriter) citation(x edge) graph.Source {
	x.f.used = true
	return w.described(w.cited(x.to), w.at(x.to))
}

// citations takes in the other works that the event cites, as sources.
func (w *eventWriter) citations() {
	for _, x := range w.get(w.t, fieldCites) {
		switch {
		case x.f.used:
		case w.cited(x.to) != "":
			w.sources.id(w.citation(x))
		default:
			w.refer(x)
		}
	}
}

// say marks a fact as said by a field of the event.
func (w *eventWriter) say(field string, x edge) {
	x.f.used = true
	s := w.r.Event.Support
	s[field] = ids(append(s[field], w.sources.of(x.f, w.back)))
}

func (w *eventWriter) sayLabel(field string, x edge) {
	w.say(field, x)
	w.useEntity(x)
}

// useEntity marks the name by which an event speaks of a thing, and its class,
// where no entry does.
func (w *eventWriter) useEntity(x edge) {
	if t := w.at(x.to); t != nil && !t.emit && !t.held {
		w.useName(t)
	}
}

// settle drops the supports where there is one source for all.
func (w *eventWriter) settle() {
	r := w.r
	r.Sources = w.sources.list
	if len(r.Sources) == 0 {
		w.sources.id(w.back)
		r.Sources = w.sources.list
	}
	if len(r.Event.Support["other"]) == 0 {
		r.Event.Support["other"] = []string{w.sources.id(w.back)}
		r.Sources = w.sources.list
	}
	if len(r.Sources) > 1 {
		return
	}
	r.Event.Support = nil
	for i := range r.Participants {
		r.Participants[i].Support = nil
	}
	for i := range r.Topics {
		r.Topics[i].Support = nil
	}
	for i := range r.References {
		r.References[i].Support = nil
	}
}

func (w *eventWriter) names() {
	e := &w.r.Event
	e.Name = w.nameOf(w.t)
	for _, x := range []field{fieldName, fieldAlias} {
		for _, n := range w.get(w.t, x) {
			switch name := text(n.to); {
			case name == "":
			case name == e.Name:
				w.say("name", n)
			default:
				w.say("aliases", n)
				if !slices.Contains(e.Aliases, name) {
					e.Aliases = append(e.Aliases, name)
				}
			}
		}
	}
	if d := w.first(w.t, fieldDescription, func(x edge) bool { return text(x.to) != "" }); d != nil {
		e.Description = text(d.to)
		w.say("description", *d)
	}
}

var statuses = map[string]string{"EventScheduled": "planned", "EventRescheduled": "planned", "EventMovedOnline": "planned", "EventPostponed": "postponed", "EventCancelled": "cancelled"}

var modes = map[string]string{"OfflineEventAttendanceMode": "in-person", "OnlineEventAttendanceMode": "virtual", "MixedEventAttendanceMode": "hybrid"}

// word gives the last part of a term of schema.org, written as an IRI or a text.
func word(n rdf.Node) string {
	w := strings.TrimSpace(schemaHTTPS(n.Value))
	return strings.TrimPrefix(strings.TrimPrefix(w, vocab.Schema), "schema:")
}

func (w *eventWriter) status() {
	e := &w.r.Event
	e.Status, e.StatusBasis = "planned", "the source does not say whether it was held"
	for i, x := range keep(w.get(w.t, fieldStatus), func(x edge) bool { return statuses[word(x.to)] != "" }) {
		switch status := statuses[word(x.to)]; {
		case i == 0:
			e.Status, e.StatusBasis = status, ""
			if status == "planned" {
				e.StatusBasis = "the source calls it scheduled and does not say whether it was held"
			}
			w.say("status", x)
		case status == e.Status:
			w.say("status", x)
		default:
			w.claim("event.status", e.Status, w.r.Event.Support["status"])
			w.claim("event.status", status, []string{w.sources.of(x.f, w.back)})
			x.f.used = true
		}
	}
	for _, x := range w.get(w.t, fieldMode) {
		if mode := modes[word(x.to)]; mode != "" && (e.Mode == "" || e.Mode == mode) {
			e.Mode = mode
			w.say("mode", x)
		}
	}
}

// claim adds a value that a source gives for a field on which sources disagree.
func (w *eventWriter) claim(name, value string, support []string) {
	i := slices.IndexFunc(w.r.Claims, func(c graph.Claim) bool { return c.Field == name })
	if i < 0 {
		i = len(w.r.Claims)
		w.r.Claims = append(w.r.Claims, graph.Claim{Field: name, Note: "the sources disagree, and nobody has judged"})
	}
	c := &w.r.Claims[i]
	j := slices.IndexFunc(c.Values, func(v graph.Value) bool { return v.Value == value })
	if j < 0 {
		c.Values = append(c.Values, graph.Value{Value: value, Support: ids(slices.Clone(support))})
		return
	}
	c.Values[j].Support = ids(append(c.Values[j].Support, support...))
}

// when reads the days that each source gives. Where they differ, none is taken
// and all are claims.
func (w *eventWriter) when() {
	type said struct {
		first, last string
		edges       []edge
	}
	var order []string
	by := map[string]*said{}
	for _, x := range append(w.get(w.t, fieldStart), w.get(w.t, fieldEnd)...) {
		date, ok := day(x.to)
		if !ok {
			x.f.why = "not a date as ISO 8601 writes it"
			continue
		}
		source := w.sources.of(x.f, w.back)
		if by[source] == nil {
			by[source] = &said{}
			order = append(order, source)
		}
		at := &by[source].first
		if x.term == "schema:endDate" {
			at = &by[source].last
		}
		if *at != "" && *at != date {
			x.f.why = "several where an event has one, from the same source"
			continue
		}
		*at = date
		by[source].edges = append(by[source].edges, x)
	}
	dates := map[string][]string{}
	var values []string
	for _, source := range order {
		s := by[source]
		date := span(s.first, s.last)
		for _, x := range s.edges {
			if date == "" {
				x.f.why = "the end is before the beginning"
				continue
			}
			w.say("date", x)
		}
		if date != "" && !slices.Contains(values, date) {
			values = append(values, date)
		}
		dates[date] = append(dates[date], source)
	}
	e := &w.r.Event
	switch len(values) {
	case 0:
	case 1:
		e.Date, e.DateBasis = values[0], "explicit"
		if !strings.Contains(e.Date, "/") && len(w.get(w.t, fieldEnd)) == 0 {
			e.DateNote = "the source gives no last day"
		}
	default:
		delete(e.Support, "date")
		e.DateNote = "the sources disagree; see the claims"
		for _, date := range values {
			w.claim("event.date", date, dates[date])
		}
	}
}

// id is that of an event of ours, or made of the name and the first day.
func (w *eventWriter) id() string {
	slug := string(w.ownID(w.t).Slug())
	if slug == "" {
		slug = slugOf(w.r.Event.Name, "event")
		if date, _, _ := strings.Cut(w.r.Event.Date, "/"); date != "" {
			slug += "-" + date
		}
		if w.taken[graph.NewID(graph.KindEvent, slug)] {
			slug += "-" + digest(w.t.node.Value+"\x00"+strings.Join([]string{w.r.Event.Name, w.r.Event.Description, w.r.Event.Venue, w.r.Event.City, w.r.Event.Series.Name}, "\x00"))
		}
	}
	w.taken[graph.NewID(graph.KindEvent, slug)] = true
	return slug
}

// called is how a record speaks of a thing: by its name where that is enough for
// the gazetteer, else by its identifier.
func (w *eventWriter) nameFor(t *thing) string {
	name := w.nameOf(t)
	if t.id == "" {
		return name
	}
	if ids := w.all.Lookup(t.kind, name); len(ids) == 1 && ids[0] == t.id && !gazetteer.Generic(name) {
		return name
	}
	return string(t.id)
}

func (w *eventWriter) series() {
	for _, x := range w.get(w.t, fieldSeries) {
		t := w.at(x.to)
		switch {
		case !w.r.Event.Series.IsZero():
			x.f.why = "an event is of one series"
		case t == nil && text(x.to) != "":
			w.r.Event.Series.Name = text(x.to)
			w.say("series", x)
		case t == nil || t.kind != graph.KindSeries:
		case t.id != "":
			w.r.Event.Series.ID = t.id.Slug()
			w.say("series", x)
		case w.nameOf(t) != "":
			w.r.Event.Series.Name = w.nameOf(t)
			w.sayLabel("series", x)
		}
	}
}

func (w *eventWriter) host(x edge) {
	t := w.at(x.to)
	name := text(x.to)
	switch {
	case t == nil:
	case t.kind == graph.KindPerson || t.kind == kindRole:
		w.participant(x, "organiser")
		return
	case t.kind == graph.KindActor || t.detail == "country":
		name = w.nameFor(t)
	}
	if name == "" {
		return
	}
	w.sayLabel("hosts", x)
	if !slices.Contains(w.r.Event.Hosts, name) {
		w.r.Event.Hosts = append(w.r.Event.Hosts, name)
	}
}

// about reads a topic, or a reference.
func (w *eventWriter) about(x edge) {
	t := w.at(x.to)
	if t != nil && t.kind != graph.KindTopic && t.kind != "" {
		w.refer(x)
		return
	}
	var said []string
	switch {
	case t != nil:
		said = []string{w.nameFor(t)}
	case x.term == "schema:keywords":
		said = strings.Split(text(x.to), ",")
	default:
		said = []string{text(x.to)}
	}
	for _, name := range said {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		x.f.used = true
		w.useEntity(x)
		source := w.sources.of(x.f, w.back)
		if i := slices.IndexFunc(w.r.Topics, func(m graph.Mention) bool { return names.Fold(m.Name) == names.Fold(name) }); i >= 0 {
			w.r.Topics[i].Support = ids(append(w.r.Topics[i].Support, source))
			continue
		}
		w.r.Topics = append(w.r.Topics, graph.Mention{Name: name, Stance: "discussed", Support: []string{source}})
	}
}

var referenceKinds = map[graph.Kind]string{graph.KindInstrument: "instrument", graph.KindInitiative: "initiative", graph.KindEvent: "event", graph.KindSeries: "event"}

// refer reads an instrument, an initiative or another event that came up.
func (w *eventWriter) refer(x edge) {
	t := w.at(x.to)
	if t == nil || referenceKinds[t.kind] == "" || w.nameOf(t) == "" || t == w.t {
		return
	}
	name := w.nameFor(t)
	if t.kind == graph.KindEvent || t.kind == graph.KindSeries {
		name = w.nameOf(t)
	}
	x.f.used = true
	if t.kind != graph.KindEvent {
		w.useEntity(x)
	}
	source := w.sources.of(x.f, w.back)
	if i := slices.IndexFunc(w.r.References, func(m graph.Mention) bool { return m.Name == name }); i >= 0 {
		w.r.References[i].Support = ids(append(w.r.References[i].Support, source))
		return
	}
	w.r.References = append(w.r.References, graph.Mention{Name: name, Kind: referenceKinds[t.kind], Stance: "discussed", Support: []string{source}})
}
