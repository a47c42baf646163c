// Package graphtest makes random but valid records and authority files for
// property tests, with names in every script and text that needs quoting.
package graphtest

import (
	"fmt"
	"unicode/utf8"

	"dialograph/graph"

	"pgregory.net/rapid"
)

var words = []string{
	"EEAS", "Kang Yoo-sik", "국가사이버안보센터", "外務省", "Йорданова", "Nuland, Jr.", "a: b", "# not a comment", "- dash",
	"'quoted'", `"double"`, "null", "true", "~", "0123", "2020-11-24", "line one\nline two", "tab\there", "trailing ", " leading",
	"U.S.\u00a0Department", "’curly’", "{flow}", "[list]", "&anchor", "*alias", "!tag", "%percent", "@at", "`tick`", "|", ">", "é", "Türkiye",
	"=formula", "1e3", ".5", "0x1F", "yes", "key: value # x", "emoji 🛡", "x\u0085y", "back\\slash", "\u2028sep",
}

// Text draws a non-empty string.
func Text(t *rapid.T) string { return rapid.SampledFrom(words).Draw(t, "text") }

func maybe(t *rapid.T) string {
	if rapid.Bool().Draw(t, "given") {
		return Text(t)
	}
	return ""
}

func pick(t *rapid.T, from []string) string { return rapid.SampledFrom(from).Draw(t, "choice") }

func date(t *rapid.T) string {
	return pick(t, []string{"", "2020", "2020-11-24", "2020-10-06/2020-10-07", "2025-10~", "201X", "../2020", "2021-23"})
}

func several[T any](t *rapid.T, most int, draw func(*rapid.T) T) []T {
	n := rapid.IntRange(0, most).Draw(t, "n")
	var out []T
	for range n {
		out = append(out, draw(t))
	}
	return out
}

// Record draws a valid record.
func Record(t *rapid.T) *graph.Record {
	r := &graph.Record{Schema: graph.RecordSchema, ID: fmt.Sprintf("event-%d", rapid.IntRange(1, 9).Draw(t, "id")), Review: pick(t, graph.Reviews), Note: maybe(t)}
	r.Sources = sources(t)
	g := gen{t, supports(r.Sources)}
	r.Event = g.event()
	r.Delegations = several(t, 3, g.delegation)
	r.Participants = g.participants(true)
	r.Topics = several(t, 3, g.topic)
	r.References = several(t, 3, g.reference)
	r.Threats = several(t, 2, g.threat)
	r.Outcomes = several(t, 2, func(t *rapid.T) graph.Outcome { return graph.Outcome{Text: Text(t), Support: g.support()} })
	r.Quotations = several(t, 2, g.quotation)
	if rapid.Bool().Draw(t, "hiatus") {
		r.Hiatus = &graph.Hiatus{Length: Text(t), Reason: maybe(t), Support: g.support()}
	}
	if rapid.Bool().Draw(t, "next") {
		r.NextSession = &graph.NextSession{Ordinal: rapid.IntRange(0, 9).Draw(t, "ordinal"), Date: date(t), City: Text(t), Country: maybe(t), Host: maybe(t), Support: g.support()}
	}
	r.PrecededBy = several(t, 2, g.neighbour)
	r.FollowedBy = several(t, 2, g.neighbour)
	r.Claims = several(t, 2, g.claim)
	return r
}

func sources(t *rapid.T) []graph.Source {
	n := rapid.IntRange(1, 3).Draw(t, "sources")
	var out []graph.Source
	for i := range n {
		s := graph.Source{ID: fmt.Sprintf("s%d", i+1), URL: fmt.Sprintf("https://example.org/page/%d?q=é", i), Title: maybe(t), Publisher: maybe(t), Published: date(t), Language: pick(t, []string{"", "en", "ko"}), Supports: maybe(t), Note: maybe(t)}
		start := 0
		for _, exact := range several(t, 2, Text) {
			end := start + utf8.RuneCountInString(exact)
			s.Passages = append(s.Passages, graph.Passage{Char: fmt.Sprintf("%d,%d", start, end), Exact: exact, Prefix: maybe(t)})
			start = end + 1
		}
		out = append(out, s)
	}
	return out
}

func supports(list []graph.Source) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.ID)
		for _, p := range s.Passages {
			out = append(out, s.ID+"#char="+p.Char)
		}
	}
	return out
}

type gen struct {
	t    *rapid.T
	from []string
}

// support draws a set of supports in ascending order of the file's sources.
func (g gen) support() []string {
	var out []string
	for _, s := range g.from {
		if rapid.Bool().Draw(g.t, "supported") {
			out = append(out, s)
		}
	}
	return out
}

func (g gen) event() graph.Event {
	t := g.t
	e := graph.Event{Name: Text(t), Kind: pick(t, graph.EventKinds), Status: pick(t, graph.EventStatuses), StatusBasis: maybe(t), Description: maybe(t),
		Ordinal: rapid.IntRange(0, 20).Draw(t, "ordinal"), Date: date(t), DateBasis: pick(t, append([]string{""}, graph.DateBases...)), DateNote: maybe(t),
		Mode: pick(t, append([]string{""}, graph.EventModes...)), Venue: maybe(t), City: maybe(t), Country: maybe(t), Hosts: distinct(several(t, 3, Text)), Aliases: distinct(several(t, 3, Text))}
	switch rapid.IntRange(0, 2).Draw(t, "series") {
	case 1:
		e.Series.ID = "eu-rok-cyber-dialogue"
	case 2:
		e.Series.Name = Text(t)
	}
	for _, f := range append([]string{"other"}, graph.EventFields...) {
		if s := g.support(); len(s) > 0 && rapid.Bool().Draw(t, "field supported") {
			if e.Support == nil {
				e.Support = map[string][]string{}
			}
			e.Support[f] = s
		}
	}
	return e
}

func distinct(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			out = append(out, s)
		}
		seen[s] = true
	}
	return out
}

func (g gen) delegation(t *rapid.T) graph.Delegation {
	return graph.Delegation{Party: Text(t), Participants: g.participants(false), Support: g.support()}
}

func (g gen) participants(side bool) []graph.Participant {
	t := g.t
	list := several(t, 3, func(t *rapid.T) graph.Participant {
		p := graph.Participant{Person: maybe(t), Position: maybe(t), Organisation: Text(t), Role: pick(t, graph.Roles), AsWritten: maybe(t), Note: maybe(t), Support: g.support()}
		if side {
			p.Side = maybe(t)
		}
		return p
	})
	seen := map[string]bool{}
	var out []graph.Participant
	for _, p := range list {
		key := fmt.Sprint(p.Person, p.Position, p.Organisation, p.Role, p.Side)
		if !seen[key] {
			out = append(out, p)
		}
		seen[key] = true
	}
	return out
}

func (g gen) topic(t *rapid.T) graph.Mention {
	return graph.Mention{Name: Text(t), Stance: pick(t, graph.Stances), AsWritten: maybe(t), Note: maybe(t), Support: g.support()}
}

func (g gen) reference(t *rapid.T) graph.Mention {
	m := g.topic(t)
	m.Kind = pick(t, graph.ReferenceKinds)
	return m
}

func (g gen) threat(t *rapid.T) graph.Mention {
	return graph.Mention{Name: Text(t), AsWritten: maybe(t), Support: g.support()}
}

func (g gen) quotation(t *rapid.T) graph.Quotation {
	return graph.Quotation{Person: maybe(t), Organisation: Text(t), Side: maybe(t), About: Text(t), Support: g.support()}
}

func (g gen) neighbour(t *rapid.T) graph.Neighbour {
	return graph.Neighbour{Name: Text(t), Event: pick(t, []string{"", "event-1"}), Organisers: distinct(several(t, 2, Text)), Note: maybe(t), Support: g.support()}
}

func (g gen) claim(t *rapid.T) graph.Claim {
	n := rapid.IntRange(1, 3).Draw(t, "values")
	c := graph.Claim{Field: Text(t), Note: maybe(t)}
	for i := range n {
		c.Values = append(c.Values, graph.Value{Value: Text(t), Support: g.support(), Preferred: i == 0})
	}
	return c
}
