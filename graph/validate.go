package graph

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"dialograph/graph/edtf"
)

// Problems lists every fault of the record that can be seen without the
// authority files, in the order of the file.
func (r *Record) Problems() []Problem {
	ps := &problems{}
	if r.Schema != RecordSchema {
		ps.errorf("schema", "%q is not %s", r.Schema, RecordSchema)
	}
	ps.slug("id", r.ID)
	ps.oneOf("review", r.Review, Reviews)
	ps.takeSources(r.Sources)
	if len(r.Sources) == 0 {
		ps.errorf("sources", "is missing; a record needs at least one source")
	}
	ps.event(&r.Event)
	for i, d := range r.Delegations {
		ps.delegation(at("delegations", i), d)
	}
	ps.participants("participants", r.Participants)
	ps.mentions("topics", r.Topics, nil, Stances)
	ps.mentions("references", r.References, ReferenceKinds, Stances)
	ps.mentions("threats", r.Threats, nil, nil)
	ps.results(r)
	ps.neighbours("preceded_by", r.PrecededBy)
	ps.neighbours("followed_by", r.FollowedBy)
	ps.claims("claims", r.Claims)
	ps.sourceList("sources", r.Sources)
	ps.unsupported(r)
	return ps.list
}

func at(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

func (ps *problems) event(e *Event) {
	ps.required("event.name", e.Name)
	ps.oneOf("event.kind", e.Kind, EventKinds)
	ps.oneOf("event.status", e.Status, EventStatuses)
	ps.optional("event.mode", e.Mode, EventModes)
	ps.date("event.date", e.Date)
	ps.optional("event.date_basis", e.DateBasis, DateBases)
	if e.Ordinal < 0 || e.Ordinal > 999 {
		ps.errorf("event.ordinal", "%d is not between 1 and 999", e.Ordinal)
	}
	if e.Series.ID != "" {
		ps.slug("event.series", e.Series.ID)
	}
	for _, field := range sortedKeys(e.Support) {
		path := "event.support." + field
		if !slices.Contains(EventFields, field) && field != "other" {
			ps.errorf(path, "is not a field of event (%s, or other)", strings.Join(EventFields, ", "))
		}
		ps.supports(path, e.Support[field])
	}
}

// EventFields are the fields of an event that may have a support of their own.
var EventFields = []string{"name", "aliases", "description", "kind", "status", "series", "ordinal", "date", "mode", "venue", "city", "country", "hosts"}

func (ps *problems) delegation(path string, d Delegation) {
	ps.required(path+".party", d.Party)
	ps.supports(path+".support", d.Support)
	for i, p := range d.Participants {
		if p.Side != "" {
			ps.errorf(at(path+".participants", i)+".side", "is the delegation's party; leave it out")
		}
	}
	ps.participants(path+".participants", d.Participants)
}

func (ps *problems) participants(path string, list []Participant) {
	seen := map[string]int{}
	for i, p := range list {
		here := at(path, i)
		if p.Person == "" && p.Organisation == "" {
			ps.errorf(here, "names neither a person nor an organisation")
		}
		ps.oneOf(here+".role", p.Role, Roles)
		ps.supports(here+".support", p.Support)
		key := strings.Join([]string{p.Person, p.Organisation, p.Position, p.Role, p.Side}, "\x00")
		if first, twice := seen[key]; twice {
			ps.errorf(here, "says the same as %s; give one entry both supports", at(path, first))
			continue
		}
		seen[key] = i
	}
}

func (ps *problems) mentions(path string, list []Mention, kinds, stances []string) {
	for i, m := range list {
		here := at(path, i)
		ps.required(here+".name", m.Name)
		ps.given(here+".kind", m.Kind, kinds)
		ps.given(here+".stance", m.Stance, stances)
		ps.supports(here+".support", m.Support)
	}
}

// given checks a closed field that only some lists have.
func (ps *problems) given(path, value string, allowed []string) {
	switch {
	case allowed != nil:
		ps.oneOf(path, value, allowed)
	case value != "":
		ps.errorf(path, "is not a key of this list")
	}
}

func (ps *problems) results(r *Record) {
	for i, o := range r.Outcomes {
		ps.required(at("outcomes", i)+".text", o.Text)
		ps.supports(at("outcomes", i)+".support", o.Support)
	}
	for i, q := range r.Quotations {
		here := at("quotations", i)
		if q.Person == "" && q.Organisation == "" {
			ps.errorf(here, "names neither a person nor an organisation as the speaker")
		}
		ps.required(here+".about", q.About)
		ps.supports(here+".support", q.Support)
	}
	if r.Hiatus != nil {
		ps.supports("hiatus.support", r.Hiatus.Support)
	}
	if n := r.NextSession; n != nil {
		ps.date("next_session.date", n.Date)
		if n.Ordinal < 0 || n.Ordinal > 999 {
			ps.errorf("next_session.ordinal", "%d is not between 1 and 999", n.Ordinal)
		}
		ps.supports("next_session.support", n.Support)
	}
}

func (ps *problems) neighbours(path string, list []Neighbour) {
	for i, n := range list {
		here := at(path, i)
		ps.required(here+".name", n.Name)
		if n.Event != "" {
			ps.slug(here+".event", n.Event)
		}
		ps.supports(here+".support", n.Support)
	}
}

func (ps *problems) claims(path string, list []Claim) {
	for i, c := range list {
		here := at(path, i)
		ps.required(here+".field", c.Field)
		if len(c.Values) == 0 {
			ps.errorf(here+".values", "is empty; a claim lists what sources say")
		}
		preferred := 0
		for j, v := range c.Values {
			ps.required(at(here+".values", j)+".value", v.Value)
			ps.supports(at(here+".values", j)+".support", v.Support)
			if v.Preferred {
				preferred++
			}
		}
		if preferred > 1 {
			ps.errorf(here+".values", "%d values are preferred; at most one can be", preferred)
		}
	}
}

func (ps *problems) takeSources(list []Source) {
	ps.sources = map[string]*Source{}
	ps.spans = map[string]map[Span]bool{}
	ps.cited = map[string]bool{}
	for i := range list {
		s := &list[i]
		ps.sources[s.ID] = s
		ps.spans[s.ID] = map[Span]bool{}
		for _, p := range s.Passages {
			if span, err := p.Span(); err == nil {
				ps.spans[s.ID][span] = true
			}
		}
	}
}

func (ps *problems) sourceList(path string, list []Source) {
	seen := map[string]bool{}
	for i := range list {
		s, here := &list[i], at(path, i)
		if s.ID == "" || strings.ContainsAny(s.ID, "# \t\n") {
			ps.errorf(here+".id", "%q is not a source id such as s1", s.ID)
		}
		if seen[s.ID] {
			ps.errorf(here+".id", "%q is given twice", s.ID)
		}
		seen[s.ID] = true
		ps.source(here, s)
	}
}

func (ps *problems) source(path string, s *Source) {
	if s.URL == "" && s.SHA256 == "" {
		ps.errorf(path, "source %s has neither url nor sha256, so nobody can find it", s.ID)
	}
	if s.URL != "" {
		u, err := url.Parse(s.URL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			ps.errorf(path+".url", "%q is not an absolute http or https address", s.URL)
		}
	}
	if s.SHA256 != "" && !isHex(s.SHA256, 64) {
		ps.errorf(path+".sha256", "%q is not 64 lower-case hexadecimal digits", s.SHA256)
	}
	ps.date(path+".published", s.Published)
	ps.date(path+".retrieved", s.Retrieved)
	ps.passages(path+".passages", s.Passages)
}

func (ps *problems) passages(path string, list []Passage) {
	seen := map[Span]bool{}
	for i, p := range list {
		here := at(path, i)
		span, err := p.Span()
		switch {
		case err != nil:
			ps.errorf(here+".char", "%q: want \"START,END\", START smaller than END", p.Char)
		case utf8.RuneCountInString(p.Exact) != span.End-span.Start:
			ps.errorf(here+".exact", "has %d code points but %s is %d long", utf8.RuneCountInString(p.Exact), p.Char, span.End-span.Start)
		case seen[span]:
			ps.errorf(here+".char", "%s is given twice", p.Char)
		}
		seen[span] = true
	}
}

func isHex(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789abcdef") == ""
}

// supports checks that each support names a source of the file and, with a
// range, a passage whose words the file holds.
func (ps *problems) supports(path string, list []string) {
	for i, text := range list {
		s, err := ParseSupport(text)
		if err != nil {
			ps.errorf(at(path, i), "%v", err)
			continue
		}
		if ps.sources[s.Source] == nil {
			ps.errorf(at(path, i), "%q names no source of this file", s.Source)
			continue
		}
		ps.cited[s.Source] = true
		if s.Span != nil && !ps.spans[s.Source][*s.Span] {
			ps.errorf(at(path, i), "%s: source %s has no passage %d,%d; a range needs its words", text, s.Source, s.Span.Start, s.Span.End)
		}
	}
}

func (ps *problems) date(path, value string) {
	if value == "" {
		return
	}
	if _, err := edtf.Parse(value); err != nil {
		ps.errorf(path, "%v", err)
	}
}

// unsupported warns of statements whose source cannot be told: they have no
// support of their own and the record has several sources.
func (ps *problems) unsupported(r *Record) {
	if len(r.Sources) < 2 {
		return
	}
	warn := func(path string, support []string) {
		if len(support) == 0 {
			ps.warnf(path, "has no support and the record has %d sources; it will be attributed to the record itself", len(r.Sources))
		}
	}
	r.eachSupport(warn)
}

// eachSupport visits the support of every statement but those of claims, whose
// values may honestly have no known source.
func (r *Record) eachSupport(visit func(path string, support []string)) {
	other := r.Event.Support["other"]
	for _, field := range r.Event.fieldsGiven() {
		if len(r.Event.Support[field]) == 0 {
			visit("event."+field, other)
		}
	}
	for i, d := range r.Delegations {
		for j, p := range d.Participants {
			visit(at(at("delegations", i)+".participants", j), p.Support)
		}
	}
	for i, p := range r.Participants {
		visit(at("participants", i), p.Support)
	}
	for _, list := range []struct {
		path  string
		items []Mention
	}{{"topics", r.Topics}, {"references", r.References}, {"threats", r.Threats}} {
		for i, m := range list.items {
			visit(at(list.path, i), m.Support)
		}
	}
	for i, o := range r.Outcomes {
		visit(at("outcomes", i), o.Support)
	}
	for i, q := range r.Quotations {
		visit(at("quotations", i), q.Support)
	}
	if r.Hiatus != nil {
		visit("hiatus", r.Hiatus.Support)
	}
	if r.NextSession != nil {
		visit("next_session", r.NextSession.Support)
	}
	for i, n := range r.PrecededBy {
		visit(at("preceded_by", i), n.Support)
	}
	for i, n := range r.FollowedBy {
		visit(at("followed_by", i), n.Support)
	}
}

// fieldsGiven lists the fields of EventFields that sources can state and that
// have a value.
func (e *Event) fieldsGiven() []string {
	given := map[string]bool{
		"name": e.Name != "", "date": e.Date != "", "venue": e.Venue != "", "city": e.City != "",
		"country": e.Country != "", "hosts": len(e.Hosts) > 0, "mode": e.Mode != "" && e.Mode != "unknown",
		"ordinal": e.Ordinal != 0,
	}
	return slices.DeleteFunc(slices.Clone(EventFields), func(f string) bool { return !given[f] })
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
