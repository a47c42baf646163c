package schema

import (
	"fmt"
	"math"
	"time"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// inputs are the filters and orders of the schema.
type inputs struct {
	entityRef, intRange, date, attendedBy, topicRef, referenceRef, event, participation, eventOrder, participationOrder,
	entityOrder, centralityOrder, participationList, topicList, referenceList, eventList, actor, person *graphql.InputObject
}

type inputFields = graphql.InputObjectConfigFieldMap

func input(t graphql.Input, doc string) *graphql.InputObjectFieldConfig {
	return &graphql.InputObjectFieldConfig{Type: t, Description: doc}
}

func inputOr(t graphql.Input, value any, doc string) *graphql.InputObjectFieldConfig {
	return &graphql.InputObjectFieldConfig{Type: t, DefaultValue: value, Description: doc}
}

func inputType(name, doc string, fields any) *graphql.InputObject {
	return graphql.NewInputObject(graphql.InputObjectConfig{Name: name, Description: doc, Fields: fields})
}

func many(t graphql.Type) graphql.Input { return graphql.NewList(must(t)) }

func newInputs(e enums) inputs {
	var in inputs
	in.entityRef = inputType("EntityRef", "Something by its id, or by any of its names: case, accents and punctuation apart, in any script. A name may fit several things.", inputFields{
		"id": input(graphql.ID, "kind/slug, such as actor/kisa."), "name": input(graphql.String, "Any name, alias or acronym."),
	})
	in.intRange = inputType("IntRange", "A range of whole numbers; both ends belong to it.", inputFields{
		"from": input(graphql.Int, "The least."), "to": input(graphql.Int, "The most."), "eq": input(graphql.Int, "Exactly this."),
	})
	in.date = inputType("DateWhere", "When: EDTF dates (2020, 2020-11, 2020-11-24, 2019/2021).", inputFields{
		"from": input(graphql.String, "From the first day of this date on."), "to": input(graphql.String, "Up to the last day of this date."),
		"during": input(graphql.String, "Inside this date."), "match": inputOr(e.dateMatch, "POSSIBLE", "Whether an uncertain date must lie inside for certain."),
	})
	in.attendedBy = inputType("AttendedBy", "Who took part, as what.", inputFields{
		"entity": input(in.entityRef, "An actor or a person."), "side": input(in.entityRef, "For which side."), "role": input(many(e.role), "In one of these roles."),
		"position": input(graphql.String, "Part of the position held."), "includeUnits": inputOr(graphql.Boolean, false, "Also bodies below the actor, and its delegations."),
	})
	in.topicRef = inputType("TopicRef", "A topic that was taken up.", inputFields{
		"id": input(graphql.ID, "topic/…"), "name": input(graphql.String, "Any label."), "includeNarrower": inputOr(graphql.Boolean, false, "Also narrower concepts."),
		"stance": input(many(e.stance), "With one of these stances."),
	})
	in.referenceRef = inputType("ReferenceRef", "Something that was referred to.", inputFields{
		"entity": input(in.entityRef, "The instrument, initiative or forum."), "kind": input(many(e.referenceKind), "Of one of these kinds."), "stance": input(many(e.stance), "With one of these stances."),
	})
	in.event = inputType("EventWhere", "Which events. Everything given must hold; a list of values of one closed field is a choice.", graphql.InputObjectConfigFieldMapThunk(func() inputFields {
		return inputFields{
			"and": input(many(in.event), "All of these hold."), "or": input(many(in.event), "One of these holds."), "not": input(in.event, "This does not hold."),
			"id": input(many(graphql.ID), "One of these events."), "text": input(graphql.String, "Words of its names, topics, outcomes or passages."),
			"kind": input(many(e.eventKind), "Of one of these kinds."), "status": input(many(e.eventStatus), "Of one of these statuses."), "mode": input(many(e.eventMode), "Held in one of these ways."),
			"reviewed": input(graphql.Boolean, "Whether a person has reviewed the record."), "disputed": input(graphql.Boolean, "Whether sources disagree about it."),
			"series": input(in.entityRef, "A session of this series."), "ordinal": input(in.intRange, "Its number in the series."), "date": input(in.date, "When."),
			"place": input(in.entityRef, "In this city or country."), "country": input(in.entityRef, "In this country."), "party": input(many(in.entityRef), "All of these were sides."),
			"attendedBy": input(many(in.attendedBy), "All of these took part."), "topic": input(many(in.topicRef), "All of these were taken up."),
			"reference": input(many(in.referenceRef), "All of these were referred to."), "source": input(in.entityRef, "Stated by this source."),
			"participations": input(in.participationList, "A condition on who took part."), "topics": input(in.topicList, "A condition on what was taken up."),
			"references": input(in.referenceList, "A condition on what was referred to."),
		}
	}))
	in.participation = inputType("ParticipationWhere", "Which participations. Everything given must hold.", graphql.InputObjectConfigFieldMapThunk(func() inputFields {
		return inputFields{
			"and": input(many(in.participation), "All of these hold."), "or": input(many(in.participation), "One of these holds."), "not": input(in.participation, "This does not hold."),
			"event": input(in.event, "In one of these events."), "person": input(in.entityRef, "By this person."), "actor": input(in.entityRef, "For or as this actor."),
			"includeUnits": inputOr(graphql.Boolean, false, "Also bodies below the actor, and its delegations."), "side": input(in.entityRef, "For this side."),
			"role": input(many(e.role), "In one of these roles."), "position": input(graphql.String, "Part of the position held."),
		}
	}))
	in.participationList = quantified("Participation", func() *graphql.InputObject { return in.participation })
	in.topicList = quantified("Topic", func() *graphql.InputObject { return in.topicRef })
	in.referenceList = quantified("Reference", func() *graphql.InputObject { return in.referenceRef })
	in.eventList = quantified("Event", func() *graphql.InputObject { return in.event })
	in.entities(e)
	order := func(name string, field *graphql.Enum) *graphql.InputObject {
		return inputType(name, "One key of an order; the first given counts most.", inputFields{
			"field": input(must(field), "What to order by."), "direction": inputOr(e.direction, "ASC", "Ascending or descending."), "nulls": inputOr(e.nulls, "LAST", "Where things without a value stand."),
		})
	}
	in.eventOrder = order("EventOrder", e.eventOrder)
	in.entityOrder = order("EntityOrder", e.entityOrder)
	in.centralityOrder = order("CentralityOrder", e.centralityOrder)
	in.participationOrder = order("ParticipationOrder", e.participationOrder)
	return in
}

// quantified is a condition on the items of a list.
func quantified(of string, item func() *graphql.InputObject) *graphql.InputObject {
	return inputType(of+"List", "A condition on a list, item by item.", graphql.InputObjectConfigFieldMapThunk(func() inputFields {
		return inputFields{
			"some": input(item(), "At least one item fits."), "every": input(item(), "All items fit; an empty list does."), "none": input(item(), "No item fits."),
		}
	}))
}

// entities declares the filters of actors and people.
func (in *inputs) entities(e enums) {
	in.actor = inputType("ActorWhere", "Which actors. Everything given must hold.", graphql.InputObjectConfigFieldMapThunk(func() inputFields {
		return inputFields{
			"and": input(many(in.actor), "All of these hold."), "or": input(many(in.actor), "One of these holds."), "not": input(in.actor, "This does not hold."),
			"kind": input(many(e.actorKind), "Of one of these kinds."), "country": input(in.entityRef, "Of this country."), "acronym": input(graphql.String, "With this acronym."),
			"name": input(graphql.String, "With this name, alias or acronym."), "provisional": input(graphql.Boolean, "Whether no authority file holds it."),
			"events": input(in.eventList, "A condition on the events that it took part in."),
		}
	}))
	in.person = inputType("PersonWhere", "Which people. Everything given must hold.", graphql.InputObjectConfigFieldMapThunk(func() inputFields {
		return inputFields{
			"and": input(many(in.person), "All of these hold."), "or": input(many(in.person), "One of these holds."), "not": input(in.person, "This does not hold."),
			"name": input(graphql.String, "With this name, family name first or last."), "actsFor": input(in.entityRef, "Who act for this state or body."),
			"position": input(graphql.String, "Who held a position with these words."), "provisional": input(graphql.Boolean, "Whether no authority file holds them."),
			"events": input(in.eventList, "A condition on the events that they took part in."),
		}
	}))
}

// object gives an argument that is an input object.
func object(v any) args {
	m, _ := v.(map[string]any)
	return m
}

func objects(v any) []args {
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	var out []args
	for _, x := range list {
		out = append(out, object(x))
	}
	return out
}

func refOf(v any) index.Ref {
	m := object(v)
	return index.Ref{ID: graph.ID(m.text("id")), Name: m.text("name")}
}

func refsOf(v any) []index.Ref {
	var out []index.Ref
	for _, m := range objects(v) {
		out = append(out, refOf(map[string]any(m)))
	}
	return out
}

// maxParts is how many conditions one filter may have, all levels counted.
const maxParts = 100

// parts counts the objects of a filter.
func parts(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		n = 1
		for _, x := range v {
			n += parts(x)
		}
	case []any:
		n = len(v) / 10
		for _, x := range v {
			n += parts(x)
		}
	}
	return n
}

func checkParts(v any) error {
	if n := parts(v); n > maxParts {
		return userErrorf("LIMIT", "where: the filter has %d conditions; the limit is %d", n, maxParts)
	}
	return nil
}

// eventFilter reads the arguments where, an EventWhere, and claims; nil where no
// filter is given.
func eventFilter(a args) (*index.EventFilter, error) {
	if err := checkParts(a["where"]); err != nil {
		return nil, err
	}
	return filters{claimsOf(a)}.event(a["where"])
}

func claimsOf(a args) index.Claims { return index.Claims(a.text("claims")) }

// filters reads filters that all count the same claims.
type filters struct{ claims index.Claims }

func (x filters) event(v any) (*index.EventFilter, error) {
	m := object(v)
	if m == nil {
		return nil, nil
	}
	f := &index.EventFilter{Claims: x.claims,
		Text: m.text("text"), Kinds: m.texts("kind"), Statuses: m.texts("status"), Modes: m.texts("mode"),
		Series: refOf(m["series"]), Place: refOf(m["place"]), Country: refOf(m["country"]), Source: refOf(m["source"]), Parties: refsOf(m["party"]),
	}
	if _, ok := m["id"].([]any); ok {
		f.IDs = []graph.ID{}
		for _, id := range m.texts("id") {
			f.IDs = append(f.IDs, graph.ID(id))
		}
	}
	if b, ok := m["reviewed"].(bool); ok {
		f.Reviewed = &b
	}
	if b, ok := m["disputed"].(bool); ok {
		f.Disputed = &b
	}
	if r := object(m["ordinal"]); r != nil {
		f.Ordinal = &index.Range{Least: max(r.number("from", 1), r.number("eq", 1)), Most: min(r.number("to", math.MaxInt), r.number("eq", math.MaxInt))}
	}
	var err error
	if f.Date, err = dateFilter(object(m["date"])); err != nil {
		return nil, err
	}
	for _, part := range objects(m["attendedBy"]) {
		f.Attended = append(f.Attended, index.Attendance{Entity: refOf(part["entity"]), Side: refOf(part["side"]), Roles: part.texts("role"), Position: part.text("position"), IncludeUnits: part.flag("includeUnits")})
	}
	for _, part := range objects(m["topic"]) {
		f.Topics = append(f.Topics, topicFilter(part))
	}
	for _, part := range objects(m["reference"]) {
		f.References = append(f.References, referenceFilter(part))
	}
	if f.Participations, err = listOf(m["participations"], x.participation); err != nil {
		return nil, err
	}
	if f.AnyTopics, err = listOf(m["topics"], func(v any) (*index.TopicFilter, error) { return pointer(v, topicFilter), nil }); err != nil {
		return nil, err
	}
	if f.AnyReferences, err = listOf(m["references"], func(v any) (*index.ReferenceFilter, error) { return pointer(v, referenceFilter), nil }); err != nil {
		return nil, err
	}
	return f, x.eventLogic(f, m)
}

func topicFilter(m args) index.TopicFilter {
	return index.TopicFilter{Topic: refOf(map[string]any(m)), IncludeNarrower: m.flag("includeNarrower"), Stances: m.texts("stance")}
}

func referenceFilter(m args) index.ReferenceFilter {
	return index.ReferenceFilter{Target: refOf(m["entity"]), Kinds: m.texts("kind"), Stances: m.texts("stance")}
}

// pointer reads an object; nil where none is given.
func pointer[F any](v any, read func(args) F) *F {
	m := object(v)
	if m == nil {
		return nil
	}
	f := read(m)
	return &f
}

// listOf reads a condition on a list.
func listOf[F any](v any, read func(any) (*F, error)) (index.Quantified[F], error) {
	var q index.Quantified[F]
	m := object(v)
	for name, to := range map[string]**F{"some": &q.Some, "every": &q.Every, "none": &q.None} {
		f, err := read(m[name])
		if err != nil {
			return q, err
		}
		*to = f
	}
	return q, nil
}

func (x filters) eventLogic(f *index.EventFilter, m args) error {
	for name, to := range map[string]*[]index.EventFilter{"and": &f.And, "or": &f.Or} {
		for _, v := range objects(m[name]) {
			part, err := x.event(map[string]any(v))
			if err != nil {
				return err
			}
			*to = append(*to, *part)
		}
	}
	var err error
	f.Not, err = x.event(m["not"])
	return err
}

func dateFilter(m args) (index.DateFilter, error) {
	f := index.DateFilter{Certain: m.text("match") == "CERTAIN"}
	for _, bound := range []struct {
		name   string
		window func(edtf.Date) (edtf.Date, error)
	}{{"from", index.Since}, {"to", index.Until}, {"during", index.During}} {
		text := m.text(bound.name)
		if text == "" {
			continue
		}
		d, err := edtf.Parse(text)
		if err == nil {
			d, err = bound.window(d)
		}
		if err != nil {
			return f, userErrorf("BAD_DATE", "date.%s: %v; write it as 2020, 2020-11 or 2020-11-24", bound.name, err)
		}
		f.Windows = append(f.Windows, d)
	}
	return f, nil
}

// participationFilter reads the arguments where, a ParticipationWhere, and
// claims; nil where no filter is given.
func participationFilter(a args) (*index.ParticipationFilter, error) {
	if err := checkParts(a["where"]); err != nil {
		return nil, err
	}
	return filters{claimsOf(a)}.participation(a["where"])
}

func (x filters) participation(v any) (*index.ParticipationFilter, error) {
	m := object(v)
	if m == nil {
		return nil, nil
	}
	f := &index.ParticipationFilter{Person: refOf(m["person"]), Actor: refOf(m["actor"]), IncludeUnits: m.flag("includeUnits"), Side: refOf(m["side"]), Roles: m.texts("role"), Position: m.text("position")}
	var err error
	if f.Event, err = x.event(m["event"]); err != nil {
		return nil, err
	}
	for name, to := range map[string]*[]index.ParticipationFilter{"and": &f.And, "or": &f.Or} {
		for _, v := range objects(m[name]) {
			part, err := x.participation(map[string]any(v))
			if err != nil {
				return nil, err
			}
			*to = append(*to, *part)
		}
	}
	f.Not, err = x.participation(m["not"])
	return f, err
}

// eventOrdering reads EventOrder keys; without any, events are by date.
func eventOrdering(v any) ordering[*index.Event] {
	of := map[string]func(*index.Event) string{
		"DATE": func(e *index.Event) string { return dateKey(e.Date) }, "NAME": func(e *index.Event) string { return e.Name },
		"ORDINAL": func(e *index.Event) string { return number(e.As.Ordinal) }, "ID": func(e *index.Event) string { return string(e.ID) },
	}
	return ordered(v, of, "DATE", func(e *index.Event) string { return string(e.ID) })
}

// arrangedByDate is an order of events that come by date, ascending, as the lists
// of a snapshot do: by date either way it needs no keys.
func arrangedByDate(o ordering[*index.Event]) ordering[*index.Event] {
	if len(o.keys) == 2 && o.keys[0].name == "DATE" && !o.keys[0].nullsFirst {
		o.arranged = inPlace[*index.Event]
		if o.keys[0].descending {
			o.arranged = newestFirst
		}
	}
	return o
}

func participationOrdering(v any) ordering[*index.Participation] {
	of := map[string]func(*index.Participation) string{
		"DATE": func(p *index.Participation) string { return dateKey(p.Event.Date) }, "PERSON": (*index.Participation).PersonName,
		"ACTOR": (*index.Participation).ActorName, "ROLE": func(p *index.Participation) string { return p.As.Role },
		"ID": func(p *index.Participation) string { return string(p.ID) },
	}
	return ordered(v, of, "DATE", func(p *index.Participation) string { return string(p.ID) })
}

func ordered[T any](v any, of map[string]func(T) string, standard string, id func(T) string) ordering[T] {
	var o ordering[T]
	for _, m := range objects(v) {
		o.keys = append(o.keys, orderKey[T]{name: m.text("field"), of: of[m.text("field")], descending: m.text("direction") == "DESC", nullsFirst: m.text("nulls") == "FIRST"})
	}
	if len(o.keys) == 0 {
		o.keys = append(o.keys, orderKey[T]{name: standard, of: of[standard]})
	}
	o.keys = append(o.keys, orderKey[T]{of: id})
	return o
}

// entityOrdering reads EntityOrder keys; without any, things are by name.
func entityOrdering[T index.Named](snap *index.Snapshot, v any) ordering[T] {
	of := map[string]func(T) string{
		"NAME": func(x T) string { return x.Self().Name }, "EVENTS": func(x T) string { return number(len(snap.EventsOf(x))) }, "ID": func(x T) string { return string(x.NodeID()) },
	}
	return ordered(v, of, "NAME", func(x T) string { return string(x.NodeID()) })
}

// dateKey is text that sorts as dates do: by the first day that may be meant,
// or the last where no first is known; "" where neither is.
func dateKey(d index.Date) string {
	first, ok1 := d.Value.Earliest()
	last, ok2 := d.Value.Latest()
	switch {
	case !ok1 && !ok2:
		return ""
	case !ok1:
		first = last
	case !ok2:
		last = first
	}
	return dayKey(first) + "/" + dayKey(last)
}

// dayKey is text that sorts as days do, those of years before 0000 and after 9999
// too: years of EDTF have nine digits at most.
func dayKey(day time.Time) string {
	switch year := day.Year(); {
	case year < 0:
		return fmt.Sprintf("-%09d%s", 999_999_999+year, day.Format("-01-02"))
	case year > 9999:
		return fmt.Sprintf("Y%09d%s", year, day.Format("-01-02"))
	}
	return day.Format(time.DateOnly)
}

// asGiven keeps a list in the order that it has. It is for the lists of one
// record. An item that is still there is found by its identifier, wherever it
// stands now.
func asGiven[T any](id func(T) string) ordering[T] {
	return ordering[T]{anchored: true, keys: []orderKey[T]{{}, {of: id}}}
}

func byName[T index.Named]() ordering[T] {
	return ordering[T]{keys: []orderKey[T]{{of: func(x T) string { return x.Self().Name }}, {of: func(x T) string { return string(x.NodeID()) }}}}
}
