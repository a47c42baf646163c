package suggest

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"dialograph/graph"
)

// evidence is all that speaks for two names meaning one.
type evidence struct {
	names     compared
	meeting   string // id of the record of a meeting that both attended
	day       string // a date at which the one was in office where the other met
	office    officeLikeness
	offices   [2]string // the titles compared
	opposed   bool      // they held different offices in one meeting
	body      string    // where both work
	series    string    // of which both attended meetings
	side      sideLikeness
	sideNamed graph.ID
}

type sideLikeness int

const (
	unknownSide sideLikeness = iota
	sameSide
	otherSide
)

// compare gathers the evidence on a name in a meeting and an entry.
func (s *Suggester) compare(m *meeting, n named, c *profile) evidence {
	e := evidence{side: s.sides(n, c), sideNamed: n.side}
	if e.side == otherSide {
		return e
	}
	if n.kind == graph.KindActor {
		e.names = s.compareBodies(n, c)
	} else {
		e.names = comparePeople(n.name, c.names, systemOf(n.side, c.home))
	}
	if e.names.level == unlike {
		return e
	}
	e.attendance(m, c)
	if n.kind == graph.KindPerson {
		s.offices(&e, m, n, c)
	}
	return e
}

// sides compares where two belong. A person of another country may still work
// for the body at hand.
func (s *Suggester) sides(n named, c *profile) sideLikeness {
	switch {
	case c.state:
		return otherSide // states are not mistaken for their bodies
	case n.side == "" || c.home == "":
		return unknownSide
	case n.side == c.home || s.within(c.home, n.side):
		return sameSide
	case n.body != "" && slices.ContainsFunc(c.offices, func(o office) bool { return o.body == n.body }):
		return sameSide
	}
	return otherSide
}

// attendance finds a meeting, or at least a series, that both attended.
func (e *evidence) attendance(m *meeting, c *profile) {
	for _, a := range c.attended {
		switch {
		case m.same(a.meeting):
			e.meeting = first(e.meeting, a.meeting.id, m.id)
		case m.series != "" && m.series == a.meeting.series:
			e.series = m.series
		}
	}
}

// first gives the id that is preferred, else the smallest; the order in which
// records are given is no evidence.
func first(have, found, preferred string) string {
	switch {
	case have == "" || found == preferred:
		return found
	case have == preferred:
		return have
	}
	return min(have, found)
}

// offices compares positions: those held in the meeting at hand if they are
// known, else those held at any time.
func (s *Suggester) offices(e *evidence, m *meeting, n named, c *profile) {
	var then, ever []office
	for _, a := range c.attended {
		o := office{a.as.title, a.as.body, a.meeting.date}
		ever = append(ever, o)
		if m.same(a.meeting) {
			then = append(then, o)
		}
	}
	for _, o := range c.offices {
		ever = append(ever, o)
		if s.oneBody(n.body, o.body) && sameDays(m.date, o.date) {
			then = append(then, o)
			e.day = m.date
		}
	}
	if e.meeting == "" {
		e.meeting = e.day
	} else {
		e.day = ""
	}
	at := s.best(e, n, then)
	e.opposed = at == otherOffice
	if at == unknownOffice || e.meeting == "" {
		s.best(e, n, ever)
	}
	for _, o := range ever {
		if s.oneBody(n.body, o.body) {
			e.body = string(n.body)
		}
	}
}

func (s *Suggester) oneBody(a, b graph.ID) bool { return s.within(a, b) || s.within(b, a) }

// best notes the office most like the one that a name stands beside.
func (s *Suggester) best(e *evidence, n named, list []office) officeLikeness {
	e.office, e.offices = unknownOffice, [2]string{}
	if n.title == "" {
		return unknownOffice
	}
	slices.SortFunc(list, func(a, b office) int { return cmp.Or(cmp.Compare(a.title, b.title), cmp.Compare(a.body, b.body)) })
	found := false
	for _, o := range list {
		if o.title == "" {
			continue
		}
		if like := s.officesAlike(n, o); !found || like > e.office {
			found, e.office, e.offices = true, like, [2]string{n.title, o.title}
		}
	}
	return e.office
}

// officesAlike compares titles, and the bodies where both are known.
func (s *Suggester) officesAlike(n named, o office) officeLikeness {
	like := titlesAlike(n.title, o.title)
	elsewhere := s.gazetteer.Has(n.body) && s.gazetteer.Has(o.body) && !s.oneBody(n.body, o.body)
	switch {
	case elsewhere:
		return otherOffice
	case like == sameOffice && (n.body == "" || o.body == ""):
		return nearOffice
	}
	return like
}

// score weighs the names one half and the rest another.
func (e evidence) score() float64 {
	sum := e.names.score / 2
	add := func(has bool, weight float64) {
		if has {
			sum += weight
		}
	}
	add(e.meeting != "", .2)
	add(e.office >= nearOffice, .1)
	add(e.office == sameOffice, .1)
	add(e.side == sameSide, .05)
	add(e.body != "" || e.series != "" || e.meeting != "", .05)
	return math.Round(sum*100) / 100
}

// why says the evidence in words.
func (e evidence) why() []string {
	var out []string
	say := func(has bool, format string, args ...any) {
		if has {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	say(e.meeting != "" && e.day == "", "same meeting %s", e.meeting)
	say(e.day != "", "in office on the day of the meeting, %s", e.day)
	say(e.office == sameOffice, "same position %s", e.offices[0])
	say(e.office == nearOffice && e.offices[0] == e.offices[1], "same rank %s", e.offices[0])
	say(e.office == nearOffice && e.offices[0] != e.offices[1], "nearly the same position: %s; %s", e.offices[0], e.offices[1])
	say(e.body != "", "same body %s", strings.TrimPrefix(e.body, "actor/"))
	say(e.series != "" && e.meeting == "", "same series %s", e.series)
	say(e.side == sameSide && e.sideNamed != "", "same side %s", e.sideNamed.Slug())
	return append(out, e.names.why...)
}
