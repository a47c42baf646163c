package participations

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strconv"

	"dialograph/graph"
	"dialograph/loaders/record"
)

// Read reads a table: a record of each event of which every row is in order,
// and every problem with its line and column. An event with a bad row gives no
// record. Columns says which header of the table stands for which of [Columns];
// nil leaves it to the headers.
func Read(name string, r io.Reader, columns map[string]string) ([]record.Document, []record.Problem) {
	whole := func(severity graph.Severity, line int, message string) record.Problem {
		return record.Problem{File: name, Line: line, Problem: graph.Problem{Severity: severity, Message: message}}
	}
	if err := Check(columns); err != nil {
		return nil, []record.Problem{whole(graph.Error, 0, err.Error())}
	}
	t, err := readTable(name, r, columns)
	if err != nil {
		return nil, []record.Problem{whole(graph.Error, lineOf(err), err.Error())}
	}
	var problems []record.Problem
	for _, p := range t.layout.problems {
		problems = append(problems, whole(graph.Error, 1, p))
	}
	for _, w := range t.warnings {
		problems = append(problems, whole(graph.Warning, 1, w))
	}
	if t.doc.Encoding != "utf-8" {
		problems = append(problems, whole(graph.Warning, 0, "is not UTF-8 and is read as "+t.doc.Encoding+"; save it as UTF-8 if letters are wrong"))
	}
	if len(t.layout.problems) > 0 {
		return nil, problems
	}
	g := &grouping{file: name, table: t, byKey: map[string]*event{}}
	for _, x := range t.rows {
		g.take(x)
	}
	g.uncertain()
	docs, more := g.documents()
	return docs, append(append(problems, g.lost()...), more...)
}

// grouping puts the rows of each event together.
type grouping struct {
	file      string
	table     *table
	events    []*event
	byKey     map[string]*event
	addressed []*row // rows that name a source without an address
}

// take gives a row to its event.
func (g *grouping) take(x *row) {
	id, name := idOf(x), nameOf(x)
	day := x.text("date")
	key := "id " + id
	if id == "" {
		key = "name " + nameKey(name) + "\n" + day
	}
	e := g.byKey[key]
	if e == nil || id == "" && name == "" {
		e = &event{number: len(g.events) + 1, id: id, name: name, date: day, fields: map[string]*values{}, cited: cited{table: g.table, cites: map[graph.Span]bool{}}}
		for _, f := range fields {
			e.fields[f.field] = &values{}
		}
		g.events, g.byKey[key] = append(g.events, e), e
	}
	e.name = cmp.Or(e.name, name)
	e.rows = append(e.rows, x)
	fault := e.fault(g.file, x)
	if id == "" && name == "" {
		fault("", "names no event")
	}
	if err := graph.CheckSlug(id); id != "" && err != nil {
		fault(idColumn(x), "id %v", err)
	}
	if event := x.text("event"); event != "" && !identifier(event, graph.KindEvent) && !same(event, name) {
		fault("event", "is %q, but column %s %q", event, g.table.headerOf("event_name"), name)
	}
	if e.read(x, fault).lost() {
		g.addressed = append(g.addressed, x)
	}
}

// uncertain rejects events of which it is not certain that they are two: one
// lacks the date that the other has, or the identifier.
func (g *grouping) uncertain() {
	byName := map[string][]*event{}
	for _, e := range g.events {
		if e.name != "" {
			byName[nameKey(e.name)] = append(byName[nameKey(e.name)], e)
		}
	}
	for _, e := range g.events {
		if e.id != "" {
			continue
		}
		for _, other := range byName[nameKey(e.name)] {
			lacks, column := "", ""
			switch {
			case other.id != "" && other.on(e.date):
				lacks, column = "identifier", idColumn(other.rows[0])
			case e.date == "" && other.date != "":
				lacks, column = "date", "date"
			default:
				continue
			}
			e.fault(g.file, e.rows[0])(column, "is empty, but line %d gives %q one; is it the same event?", other.rows[0].line, e.name)
			other.fault(g.file, other.rows[0])("", "line %d names this event too, it seems, without its %s", e.rows[0].line, lacks)
		}
	}
}

// lost warns of sources that are named without an address.
func (g *grouping) lost() []record.Problem {
	if len(g.addressed) == 0 {
		return nil
	}
	x := g.addressed[0]
	column := "sources"
	if x.text(column) == "" {
		column = "url"
	}
	message := fmt.Sprintf("%q has no address, so nobody could find it; the words stay in what is cited of this table (%d rows have such a source)", x.text(column), len(g.addressed))
	return []record.Problem{{File: g.file, Line: x.line, Problem: graph.Problem{Path: "column " + g.table.headerOf(column), Severity: graph.Warning, Message: message}}}
}

// documents makes the records of the events that are in order.
func (g *grouping) documents() ([]record.Document, []record.Problem) {
	var docs []record.Document
	var problems []record.Problem
	for _, e := range g.events {
		problems = append(problems, e.faults...)
		if e.rejected {
			continue
		}
		w := &writer{file: g.file, event: e, lines: map[string]int{"": e.rows[0].line}}
		doc := record.Placed(g.file, e.number, w.record(), w.lines)
		docs = append(docs, doc)
		problems = append(append(problems, w.warnings...), doc.Problems()...)
	}
	return docs, problems
}

// writer makes the record of an event.
type writer struct {
	file     string
	event    *event
	r        *graph.Record
	lines    map[string]int
	warnings []record.Problem
}

func (w *writer) record() *graph.Record {
	e := w.event
	w.r = &graph.Record{Schema: graph.RecordSchema, ID: e.slug(), Review: "unreviewed", Note: "Read from the table " + filepath.Base(w.file) + "."}
	w.r.Event.Support = map[string][]string{}
	w.fields()
	for i, d := range e.sides {
		path := fmt.Sprintf("delegations[%d]", i)
		w.lines[path] = d.line
		w.r.Delegations = append(w.r.Delegations, graph.Delegation{Party: d.party, PartyRef: graph.Ref{ID: d.id}, Support: d.support,
			Participants: w.participants(path+".participants", d.members)})
	}
	w.r.Participants = w.participants("participants", e.participants)
	for i, t := range e.topics {
		w.lines[fmt.Sprintf("topics[%d]", i)] = t.row.line
		w.r.Topics = append(w.r.Topics, graph.Mention{Name: t.value, Stance: "discussed", Support: t.support})
	}
	w.r.Sources = e.cited.sources(w.file, w.disagree)
	return w.r
}

// fields says what rows agree on, and claims the rest. A name, a kind and a
// status an event must have: the first name, the kind "other", the first status.
func (w *writer) fields() {
	x, e := &w.r.Event, w.event
	for _, f := range fields {
		v := *e.fields[f.field]
		switch len(v) {
		case 0:
			continue
		case 1:
			x.Support[f.field] = v[0].support
			w.lines["event."+f.field] = v[0].row.line
		default:
			w.disagree("event."+f.field, cmp.Or(f.column, nameColumn(v[1].row)), v)
		}
	}
	x.Support["name"] = cite(x.Support["name"], e.fields["name"].first().support)
	one := func(field string) string { return e.fields[field].one() }
	x.Name, x.Date, x.Mode, x.Venue, x.City, x.Country = e.name, one("date"), one("mode"), one("venue"), one("city"), one("country")
	x.Kind, x.Status = cmp.Or(one("kind"), "other"), one("status")
	x.Ordinal, _ = strconv.Atoi(one("ordinal"))
	if series := one("series"); identifier(series, graph.KindSeries) {
		x.Series.ID = graph.ID(series).Slug()
	} else {
		x.Series.Name = series
	}
	switch status := *e.fields["status"]; len(status) {
	case 0:
		x.Status, x.StatusBasis = "held", "the table does not say"
	case 1:
	default:
		x.Status, x.StatusBasis = status.first().value, "rows of the table disagree"
		x.Support["status"] = status.first().support
	}
	for _, h := range e.hosts {
		x.Hosts = append(x.Hosts, h.value)
		x.Support["hosts"] = cite(x.Support["hosts"], h.support)
	}
}

// disagree makes a claim of what rows say differently, and says so.
func (w *writer) disagree(field, column string, v values) {
	w.lines[fmt.Sprintf("claims[%d]", len(w.r.Claims))] = v[1].row.line
	w.r.Claims = append(w.r.Claims, v.claim(field))
	message := fmt.Sprintf("gives %q for event/%s, line %d %q; both are kept as a claim", v[1].value, w.r.ID, v[0].row.line, v[0].value)
	w.warnings = append(w.warnings, w.event.problem(w.file, v[1].row, column, graph.Warning, message))
}

func (w *writer) participants(path string, list seats) []graph.Participant {
	var out []graph.Participant
	for i, s := range list.list {
		here := fmt.Sprintf("%s[%d]", path, i)
		w.lines[here] = s.line
		p := s.Participant
		p.AsWritten = s.written.one()
		if len(s.written) > 1 {
			w.disagree(here+".as_written", "as_written", s.written)
		}
		for j, note := range s.notes {
			if j > 0 {
				p.Note += "; "
			}
			p.Note += note
		}
		out = append(out, p)
	}
	return out
}
