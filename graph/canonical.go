package graph

import (
	"cmp"
	"slices"
)

// Canonical returns a copy of the record in which what the file leaves to the
// reader is said: the support of every statement (the event's "other" spread
// over its fields; the only source of a record that has one), sets in order,
// nothing empty. It is what turning the record into quads and back gives.
func (r *Record) Canonical() *Record {
	c := *r
	s := supporter{order: map[string]int{}}
	for i, src := range r.Sources {
		s.order[src.ID] = i
	}
	if len(r.Sources) == 1 {
		s.fallback = []string{r.Sources[0].ID}
	}
	c.Event = s.event(r.Event)
	c.Delegations = each(r.Delegations, func(d Delegation) Delegation {
		d.Support = s.of(d.Support)
		d.Participants = s.participants(d.Participants)
		return d
	})
	c.Participants = s.participants(r.Participants)
	c.Topics, c.References, c.Threats = s.mentions(r.Topics), s.mentions(r.References), s.mentions(r.Threats)
	c.Outcomes = each(r.Outcomes, func(o Outcome) Outcome { o.Support = s.of(o.Support); return o })
	c.Quotations = each(r.Quotations, func(q Quotation) Quotation { q.Support = s.of(q.Support); return q })
	if r.Hiatus != nil {
		h := *r.Hiatus
		h.Support = s.of(h.Support)
		c.Hiatus = &h
	}
	if r.NextSession != nil {
		n := *r.NextSession
		n.Support = s.of(n.Support)
		c.NextSession = &n
	}
	c.PrecededBy, c.FollowedBy = s.neighbours(r.PrecededBy), s.neighbours(r.FollowedBy)
	c.Claims = each(r.Claims, func(c Claim) Claim {
		c.Values = each(c.Values, func(v Value) Value { v.Support = s.of(v.Support); return v })
		return c
	})
	c.Sources = each(r.Sources, canonicalSource)
	return &c
}

func each[T any](list []T, change func(T) T) []T {
	if len(list) == 0 {
		return nil
	}
	out := make([]T, len(list))
	for i, x := range list {
		out[i] = change(x)
	}
	return out
}

// supporter orders supports by the place of their source in the file.
type supporter struct {
	order    map[string]int
	fallback []string
}

func (s supporter) of(list []string) []string {
	if len(list) == 0 {
		list = s.fallback
	}
	if len(list) == 0 {
		return nil
	}
	out := slices.Clone(list)
	slices.SortFunc(out, s.compare)
	return slices.Compact(out)
}

func (s supporter) compare(a, b string) int {
	x, _ := ParseSupport(a)
	y, _ := ParseSupport(b)
	if c := cmp.Compare(s.order[x.Source], s.order[y.Source]); c != 0 {
		return c
	}
	if x.Span == nil || y.Span == nil {
		return cmp.Compare(boolInt(x.Span != nil), boolInt(y.Span != nil))
	}
	return cmp.Or(cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Span.End, y.Span.End))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s supporter) event(e Event) Event {
	given := map[string]bool{
		"name": true, "kind": e.Kind != "", "status": e.Status != "", "description": e.Description != "",
		"aliases": len(e.Aliases) > 0, "series": !e.Series.IsZero(), "ordinal": e.Ordinal != 0, "date": e.Date != "",
		"mode": e.Mode != "", "venue": e.Venue != "", "city": e.City != "", "country": e.Country != "", "hosts": len(e.Hosts) > 0,
	}
	support := map[string][]string{}
	for _, field := range EventFields {
		if list := s.of(e.SupportOf(field)); given[field] && len(list) > 0 {
			support[field] = list
		}
	}
	e.Support = nil
	if len(support) > 0 {
		e.Support = support
	}
	e.Aliases = sorted(e.Aliases)
	e.Hosts = slices.Clone(e.Hosts)
	return e
}

func sorted(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

func (s supporter) participants(list []Participant) []Participant {
	return each(list, func(p Participant) Participant { p.Support = s.of(p.Support); return p })
}

func (s supporter) mentions(list []Mention) []Mention {
	return each(list, func(m Mention) Mention { m.Support = s.of(m.Support); return m })
}

func (s supporter) neighbours(list []Neighbour) []Neighbour {
	return each(list, func(n Neighbour) Neighbour { n.Support = s.of(n.Support); return n })
}

func canonicalSource(s Source) Source {
	if len(s.Passages) == 0 {
		s.Passages = nil
		return s
	}
	s.Passages = slices.Clone(s.Passages)
	slices.SortFunc(s.Passages, func(a, b Passage) int {
		x, _ := a.Span()
		y, _ := b.Span()
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	return s
}
