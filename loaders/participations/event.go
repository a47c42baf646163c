package participations

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/loaders/record"
)

// event is the rows of one event, and what they say.
type event struct {
	number   int // among those of the file, from 1
	id       string
	name     string // as its first row has it
	date     string
	rows     []*row
	faults   []record.Problem
	rejected bool

	fields       map[string]*values // of the event, by the field of the record
	hosts        values
	topics       values
	sides        []*side
	participants seats
	cited        cited
}

// side is one delegation.
type side struct {
	party   string
	id      graph.ID
	support []string
	line    int
	members seats
}

// seat is one participation with the rows that say so.
type seat struct {
	graph.Participant
	line    int
	written values
	notes   []string
}

// seats are participations in their order, each once.
type seats struct {
	list []*seat
	at   map[who]*seat
}

// who is what makes a participation the same as another.
type who struct {
	person, organisation, position, role string
	personID, actorID                    graph.ID
}

// fields are the columns that say something of the event, in the order of the
// record's fields, and how each is checked.
var fields = []struct {
	column, field string
	check         func(string) (string, error)
}{
	{"", "name", anything},
	{"event_kind", "kind", func(s string) (string, error) { return chosen(s, graph.EventKinds) }},
	{"event_status", "status", func(s string) (string, error) { return chosen(s, graph.EventStatuses) }},
	{"series", "series", anything}, {"ordinal", "ordinal", ordinal}, {"date", "date", date},
	{"mode", "mode", func(s string) (string, error) { return chosen(s, graph.EventModes) }},
	{"venue", "venue", anything}, {"city", "city", anything}, {"event_country", "country", anything},
}

func ordinal(text string) (string, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 999 {
		return "", fmt.Errorf("%q is not a number between 1 and 999", text)
	}
	return strconv.Itoa(n), nil
}

// fault notes what is wrong with a row of the event, which is then rejected.
func (e *event) fault(file string, x *row) func(column, format string, args ...any) {
	return func(column, format string, args ...any) {
		e.rejected = true
		e.faults = append(e.faults, e.problem(file, x, column, graph.Error, fmt.Sprintf(format, args...)))
	}
}

func (e *event) problem(file string, x *row, column string, severity graph.Severity, message string) record.Problem {
	path := ""
	if column != "" {
		path = "column " + x.table.headerOf(column)
	}
	return record.Problem{File: file, Line: x.line, Document: e.number, Problem: graph.Problem{Path: path, Severity: severity, Message: message}}
}

// read takes what a row says.
func (e *event) read(x *row, fault func(column, format string, args ...any)) reference {
	if len(x.cells) != len(x.table.header) {
		fault("", "has %d cells, but the header %d, so it is not certain which is which", len(x.cells), len(x.table.header))
		return reference{}
	}
	for _, column := range x.table.columns {
		if what := contacts(x.text(column)); what != "" {
			fault(column, "holds %s; contact details never enter the graph", what)
		}
	}
	r := referenceOf(x, fault)
	support := e.cited.take(x, r, fault)
	e.fields["name"].add(nameOf(x), x, support)
	for _, f := range fields[1:] {
		if text := x.text(f.column); text != "" {
			value, err := f.check(text)
			if err != nil {
				fault(f.column, "%v", err)
			}
			e.fields[f.field].add(value, x, support)
		}
	}
	for _, h := range x.words("hosts") {
		e.hosts.add(h, x, support)
	}
	for _, t := range x.words("topics") {
		for t := range strings.SplitSeq(t, ";") {
			e.topics.add(strings.TrimSpace(t), x, support)
		}
	}
	e.seat(x, support, fault)
	return r
}

// seat takes who took part.
func (e *event) seat(x *row, support []string, fault func(column, format string, args ...any)) {
	p := graph.Participant{Position: x.text("position"), Support: slices.Clone(support)}
	p.Person, p.PersonRef.ID = named(x, "person", "person_name", graph.KindPerson, fault)
	p.Organisation, p.ActorRef.ID = named(x, "actor", "actor_name", graph.KindActor, fault)
	if p.Person == "" && p.Organisation == "" {
		fault("", "names neither a person nor an organisation")
	}
	role, err := chosen(x.text("role"), graph.Roles)
	switch {
	case x.text("role") == "":
		fault("role", "is empty; want one of %s", strings.Join(graph.Roles, ", "))
	case err != nil:
		fault("role", "%v", err)
	}
	p.Role = role
	of := &e.participants
	if party, id := named(x, "side", "side_name", graph.KindActor, fault); party != "" {
		d := e.side(party, id, x.line)
		d.support = cite(d.support, support)
		of = &d.members
	}
	of.add(p, x)
}

// named reads a thing from the column of its name or identifier, and the one
// beside it that has its name.
func named(x *row, column, beside string, kind graph.Kind, fault func(column, format string, args ...any)) (string, graph.ID) {
	name, other := x.text(column), x.text(beside)
	switch {
	case name == "" || other == "":
		return cmp.Or(name, other), ""
	case identifier(name, kind):
		return other, graph.ID(name)
	case !same(name, other):
		fault(column, "is %q, but column %s %q", name, x.table.headerOf(beside), other)
	}
	return other, ""
}

// side finds the delegation of a party.
func (e *event) side(party string, id graph.ID, line int) *side {
	for _, d := range e.sides {
		if d.id == id && same(d.party, party) {
			return d
		}
	}
	d := &side{party: party, id: id, line: line}
	e.sides = append(e.sides, d)
	return d
}

// add gives a participant a seat; what another row said of the same already is
// one participation with both supports.
func (s *seats) add(p graph.Participant, x *row) {
	written, note := x.text("as_written"), x.text("note")
	key := who{p.Person, p.Organisation, p.Position, p.Role, p.PersonRef.ID, p.ActorRef.ID}
	o := s.at[key]
	if o == nil {
		if s.at == nil {
			s.at = map[who]*seat{}
		}
		o = &seat{Participant: p, line: x.line}
		s.list, s.at[key] = append(s.list, o), o
	}
	for _, more := range p.Support {
		if !slices.Contains(o.Support, more) {
			o.Support = append(o.Support, more)
		}
	}
	o.written.add(written, x, p.Support)
	if note != "" && !slices.Contains(o.notes, note) {
		o.notes = append(o.notes, note)
	}
}

// on tells whether rows put the event on a date, or on none where there is none.
func (e *event) on(date string) bool {
	dates := *e.fields["date"]
	return date == "" && len(dates) == 0 || slices.ContainsFunc(dates, func(s said) bool { return s.value == date })
}

// nameOf is the event's name in a row, else its identifier.
func nameOf(x *row) string {
	if name := x.text("event_name"); name != "" {
		return name
	}
	if event := x.text("event"); !identifier(event, graph.KindEvent) {
		return event
	}
	return ""
}

// idOf is the event's identifier in a row, without the kind; "" where it has
// none.
func idOf(x *row) string {
	for _, column := range []string{"event_id", "event"} {
		text := x.text(column)
		if identifier(text, graph.KindEvent) {
			return graph.ID(text).Slug()
		}
		if column == "event_id" && text != "" {
			return text
		}
	}
	return ""
}

// nameColumn and idColumn are where a row has its event's name and identifier.
func nameColumn(x *row) string {
	if x.text("event_name") != "" {
		return "event_name"
	}
	return "event"
}

func idColumn(x *row) string {
	if x.table.has("event_id") && !identifier(x.text("event"), graph.KindEvent) {
		return "event_id"
	}
	return "event"
}

// longestSlug leaves room for a number or a day within an id.
const longestSlug = 90

// slug is the id of the record: the event's own, or made of the series and the
// number, or of the name and the date. Letters that an id cannot hold leave a
// digest of the name, so that no two names fall together.
func (e *event) slug() string {
	if e.id != "" {
		return e.id
	}
	series, number := e.fields["series"].one(), e.fields["ordinal"].one()
	if series != "" && number != "" {
		n, _ := strconv.Atoi(number)
		return fmt.Sprintf("%s-%02d", slugOf(strings.TrimPrefix(series, "series/")), n)
	}
	out := slugOf(e.name)
	if e.date != "" {
		out += "-" + names.Slug(strings.NewReplacer("/", "-to-").Replace(e.date), longestSlug)
	}
	return out
}

func slugOf(name string) string {
	slug := names.Slug(name, longestSlug-9)
	if whole := strings.Join(names.Words(name), "-"); whole == slug && slug != "" {
		return slug
	}
	sum := sha256.Sum256([]byte(nameKey(name)))
	return cmp.Or(slug, "event") + "-" + hex.EncodeToString(sum[:4])
}
