package evaluate

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dialograph/graph"

	"go.yaml.in/yaml/v4"
)

// perfect is the record that gold has nothing to say against.
func perfect(gold *Gold) *graph.Record {
	r := &graph.Record{Event: graph.Event{
		Name:   gold.event.name.name(),
		Status: "held",
		Date:   gold.event.date.name(),
		City:   gold.event.city.name(),
		Mode:   gold.event.mode.name(),
	}}
	r.Event.Ordinal = int(gold.event.ordinal.number)
	for _, p := range gold.event.parties {
		r.Delegations = append(r.Delegations, graph.Delegation{Party: p.name()})
	}
	for _, g := range gold.chairs {
		seat(r, g.side.name(), graph.Participant{Person: g.person.name(), Position: g.position.name(),
			Organisation: g.organisation.name(), Role: "chair"})
	}
	for _, g := range gold.participants {
		p := graph.Participant{Organisation: g.name.name(), Role: g.role.name()}
		if g.kind.is("person") {
			p.Person, p.Organisation = p.Organisation, ""
		}
		seat(r, g.side.name(), p)
	}
	for _, g := range gold.topics {
		r.Topics = append(r.Topics, graph.Mention{Name: g.name()})
	}
	for _, g := range gold.references {
		r.References = append(r.References, graph.Mention{Name: g.name()})
	}
	if n := gold.nextSession; n != nil {
		r.NextSession = &graph.NextSession{City: n.place.name(), Date: n.date.name()}
	}
	return r
}

// seat puts somebody into the delegation of a side, or outside of all.
func seat(r *graph.Record, side string, p graph.Participant) {
	for i := range r.Delegations {
		if d := &r.Delegations[i]; d.Party == side {
			d.Participants = append(d.Participants, p)
			return
		}
	}
	p.Side = side
	r.Participants = append(r.Participants, p)
}

// mutator makes mistakes.
type mutator struct {
	*rand.Rand
	texts []string // names and topics of all golds
}

func pick[T any](m *mutator, items []T) T { return items[m.IntN(len(items))] }

// often is true in so many of a hundred cases.
func (m *mutator) often(percent int) bool { return m.IntN(100) < percent }

// items drops, repeats, moves and alters items of a list.
func items[T any](m *mutator, list []T, alter func(*T)) []T {
	var out []T
	for _, item := range list {
		if m.often(30) {
			alter(&item)
		}
		switch m.IntN(12) {
		case 0:
			continue
		case 1:
			out = append(out, item)
		}
		out = append(out, item)
	}
	if m.often(20) {
		m.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

// text writes a name otherwise, more or less the same.
func (m *mutator) text(s *string) {
	words := strings.Fields(*s)
	switch m.IntN(14) {
	case 0:
		*s = ""
	case 1:
		*s = pick(m, m.texts)
	case 2:
		*s = strings.ToUpper(*s)
	case 3:
		*s = pick(m, []string{"the ", "Mr. ", "U.S. ", "Korean ", "Japanese", "Republic of Korea's ", "British "}) + *s
	case 4:
		*s += pick(m, []string{"'s Office", " of Japan", " of the United States of America", " (EU)", "s", " & others", "\u0301"})
	case 5, 6, 7:
		if len(words) > 0 {
			i := m.IntN(len(words))
			*s = strings.Join(append(words[:i:i], words[i+1:]...), " ")
		}
	case 8:
		m.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		*s = strings.Join(words, " ")
	case 9:
		*s = strings.NewReplacer("a", "á", "'", "’", "fi", "ﬁ", " ", "\u00a0").Replace(*s)
	case 10:
		*s = strings.Join(words, "")
	case 11:
		*s = pick(m, []string{"unknown", "?", "it's \"so\" \\", "국가안보실", "None", "\u200b\t\n\x7f", "The"})
	case 12:
		*s += " " + pick(m, m.texts)
	}
}

func (m *mutator) record(gold *Gold) *graph.Record {
	r := perfect(gold)
	m.event(&r.Event)
	r.Delegations = items(m, r.Delegations, func(d *graph.Delegation) {
		if m.often(50) {
			m.text(&d.Party)
		}
	})
	for i := range r.Delegations {
		d := &r.Delegations[i]
		d.Participants = items(m, d.Participants, m.participant)
		if m.often(15) && len(d.Participants) > 0 {
			stray := pick(m, d.Participants)
			stray.Side = pick(m, []string{"", d.Party, pick(m, m.texts)})
			r.Participants = append(r.Participants, stray)
		}
	}
	r.Participants = items(m, r.Participants, m.participant)
	for _, wrong := range [][]value{gold.mustNot, gold.optional.participants, gold.optional.chairs} {
		for _, name := range wrong {
			m.intruder(r, name.name())
		}
	}
	r.Topics = m.mentions(r.Topics, gold.optional.topics, gold.references)
	r.References = m.mentions(r.References, gold.optional.references, gold.topics)
	m.nextSession(r)
	return r
}

func (m *mutator) event(e *graph.Event) {
	if m.often(10) {
		e.Status = pick(m, []string{"", "held", "planned", "cancelled"})
	}
	for _, s := range []*string{&e.Name, &e.City} {
		if m.often(25) {
			m.text(s)
		}
	}
	if m.often(30) {
		e.Ordinal = pick(m, []int{0, 1, 3, 7, -1, e.Ordinal + 1})
	}
	if m.often(30) {
		e.Date = pick(m, []string{"", "unknown", e.Date + "?", e.Date + "~%", "2019-10-11", "2018", "XXXX-02-27/XXXX-02-28"})
	}
	if m.often(40) {
		e.Mode = pick(m, []string{"", "unknown", "in-person", "virtual", "null"})
	}
}

func (m *mutator) participant(p *graph.Participant) {
	fields := []*string{&p.Person, &p.Position, &p.Organisation, &p.Role, &p.AsWritten, &p.Side}
	switch m.IntN(4) {
	case 0:
		m.text(pick(m, fields))
	case 1:
		p.Role = pick(m, []string{"chair", "co-chair", "head-of-delegation", "member", "accompanied", "observer", "", "unknown"})
	case 2:
		a, b := pick(m, fields), pick(m, fields)
		*a, *b = *b, *a
	case 3:
		p.AsWritten = pick(m, []string{p.Person, p.Organisation, pick(m, m.texts)})
		m.text(&p.Person)
		m.text(&p.Organisation)
	}
}

// intruder adds somebody who should not be there.
func (m *mutator) intruder(r *graph.Record, name string) {
	if !m.often(15) {
		return
	}
	if m.often(50) {
		m.text(&name)
	}
	p := graph.Participant{Organisation: name, Role: "member"}
	if m.often(50) {
		p = graph.Participant{Person: name, Role: pick(m, []string{"chair", "member"})}
	}
	r.Participants = append(r.Participants, p)
}

func (m *mutator) mentions(list []graph.Mention, more ...[]value) []graph.Mention {
	for _, extra := range more {
		for _, name := range extra {
			if m.often(20) {
				list = append(list, graph.Mention{Name: name.name()})
			}
		}
	}
	return items(m, list, func(x *graph.Mention) {
		if m.often(20) {
			x.AsWritten = x.Name
		}
		m.text(&x.Name)
	})
}

func (m *mutator) nextSession(r *graph.Record) {
	if m.often(40) {
		r.NextSession = pick(m, []*graph.NextSession{nil, {}, {Ordinal: 4}, {City: "Canberra"}, {Date: "2018-05"}, {Date: "2021"},
			{Country: "Australia", City: "CANBERRA", Date: "2018"}, {Host: "Seoul"}, {City: "New", Country: "Delhi"}})
	}
}

// records gives a few records, of which one or several may be meant.
func (m *mutator) records(gold *Gold) []*graph.Record {
	out := []*graph.Record{}
	for range pick(m, []int{0, 1, 1, 1, 1, 1, 1, 2, 3}) {
		out = append(out, m.record(gold))
	}
	return out
}

// rawValues are ways of writing values in a gold file, by key; under "" are
// those that any key may have.
var rawValues = map[string][]string{
	"":             {"null", "''", "~", "7", "0", "no", "2019-10-11", "1.50", "'U.S.'", "Japan", "[a, 'b''s', ~]", "!!str 5"},
	"ordinal":      {"3", "'3'", "3.0", "010", "0x3", "yes", "0", "1", "1:30"},
	"date":         {"2019-10-11", "2019-10-11 10:00:00", "2019-10-11T10:00:00.25+02:00", "2019", "2019-10", "'2019-10-11?'"},
	"mode":         {"''", "virtual", "unknown", "in-person"},
	"is_meeting":   {"true", "false", "yes", "Off"},
	"next_session": {"null", "{}", "{place: null, date: null}", "{place: Canberra, date: 2018}", "{place: '', date: 2021-05-01}", "{place: New Delhi, date: ''}"},
	"role":         {"member", "accompanied", "observer"},
	"kind":         {"person", "organisation"},
	"topics":       {"'5G'", "{name: capacity building}", "{name: 2019}", "{name: ~, kind: x}"},
	"optional":     {"7", "'International law'", "{organisation: Ministry of Foreign Affairs, since: 2019-10-11}", "[x, 1.0]", "null", "true"},
	"mention":      {"'International law'", "{name: United Nations}", "{Declaration: 2019-10-11}", "{name: null}"},
}

// goldText gives the text of a gold file with some values written otherwise.
func (m *mutator) goldText(t *testing.T, text string) string {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	e := goldEditor{mutator: m}
	e.top(doc.Content[0])
	out, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(e.raw...).Replace(string(out))
}

// goldEditor puts marks into a gold file, to be replaced by raw values.
type goldEditor struct {
	*mutator
	raw []string // mark and value by turns
}

func (e *goldEditor) set(n *yaml.Node, pool ...string) {
	mark := fmt.Sprintf("MARK%04dX", len(e.raw))
	e.raw = append(e.raw, mark, pick(e.mutator, pool))
	*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: mark}
}

func (e *goldEditor) top(top *yaml.Node) {
	eachKey(top, func(key string, n *yaml.Node) {
		switch key {
		case "event":
			e.fields(n, "name", "ordinal", "date", "city", "mode", "is_meeting")
			eachKey(n, func(key string, n *yaml.Node) {
				if key == "series_parties" {
					e.list(n, rawValues[""])
				}
			})
		case "chairs":
			e.people(n, "person", "position", "organisation", "side")
		case "participants":
			e.people(n, "name", "side", "role", "kind")
		case "topics", "references":
			e.list(n, rawValues["topics"])
		case "must_not":
			e.list(n, rawValues["optional"])
		case "optional":
			eachKey(n, e.optional)
		case "next_session":
			if e.often(40) {
				e.set(n, rawValues[key]...)
			}
		}
	})
}

func (e *goldEditor) optional(key string, n *yaml.Node) {
	switch key {
	case "event":
		eachKey(n, func(key string, n *yaml.Node) {
			if key == "date" || key == "city" || key == "mode" {
				e.list(n, append(rawValues[""], rawValues[key]...))
			}
		})
	case "topics", "references":
		e.list(n, rawValues["mention"])
	case "chairs", "participants":
		e.list(n, rawValues["optional"])
	}
}

func (e *goldEditor) people(list *yaml.Node, keys ...string) {
	for _, n := range list.Content {
		e.fields(n, keys...)
	}
	e.list(list, nil)
}

func (e *goldEditor) fields(n *yaml.Node, keys ...string) {
	eachKey(n, func(key string, n *yaml.Node) {
		for _, k := range keys {
			if k != key || !e.often(15) {
				continue
			}
			pool := rawValues[key]
			if key != "is_meeting" {
				pool = append(pool[:len(pool):len(pool)], rawValues[""]...)
			}
			e.set(n, pool...)
		}
	})
}

// list drops and moves items of a list, and replaces some from a pool.
func (e *goldEditor) list(n *yaml.Node, pool []string) {
	n.Content = items(e.mutator, n.Content, func(item **yaml.Node) {
		if len(pool) > 0 && e.often(30) {
			*item = &yaml.Node{}
			e.set(*item, pool...)
		}
	})
}

func eachKey(n *yaml.Node, visit func(key string, value *yaml.Node)) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		visit(n.Content[i].Value, n.Content[i+1])
	}
}
