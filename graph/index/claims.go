package index

import (
	"slices"
	"strconv"
	"strings"

	"dialograph/graph"
	"dialograph/graph/edtf"
)

// Claims says which values count where sources disagree about a field.
type Claims string

// The ways to read a field that sources disagree about.
const (
	AllClaims       Claims = "ALL"        // every value that a source gives
	PreferredClaims Claims = "PREFERRED"  // the editors' choice; the zero value means the same
	MajorityClaims  Claims = "MAJORITY"   // the value that most sources give; none on a tie
	Undisputed      Claims = "UNDISPUTED" // none
)

// Conflict gives the disagreement about one of an event's own fields, such as
// date or city; nil where there is none.
func (e *Event) Conflict(field string) *Conflict {
	for _, c := range e.Conflicts {
		if c.Field == "event."+field {
			return c
		}
	}
	return nil
}

// Select gives the values of a conflict that count.
func (c *Conflict) Select(claims Claims) []ClaimedValue {
	switch claims {
	case AllClaims:
		return c.Values
	case MajorityClaims:
		return c.majority()
	case Undisputed:
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.Values), func(v ClaimedValue) bool { return !v.Preferred })
}

// majority is the value that more sources give than any other.
func (c *Conflict) majority() []ClaimedValue {
	most, best := 0, []ClaimedValue(nil)
	for _, v := range c.Values {
		switch n := len(v.Evidence.Sources()); {
		case n > most:
			most, best = n, []ClaimedValue{v}
		case n == most:
			best = nil
		}
	}
	return best
}

// anyText tests what a field of an event is, or is claimed to be.
func (e *Event) anyText(field, value string, claims Claims, test func(string) bool) bool {
	values, disputed := e.claimed(field, claims)
	if !disputed {
		return test(value)
	}
	return slices.ContainsFunc(values, test) || claims == AllClaims && test(value)
}

// claimed gives the values of a field that count, as sources write them.
// Without a disagreement, or where the editors' choice is wanted, it gives
// false: the value is that of the record.
func (e *Event) claimed(field string, claims Claims) ([]string, bool) {
	if claims == "" || claims == PreferredClaims || len(e.Conflicts) == 0 {
		return nil, false
	}
	c := e.Conflict(field)
	if c == nil {
		return nil, false
	}
	var out []string
	for _, v := range c.Select(claims) {
		out = append(out, v.Value)
	}
	return out, true
}

func (e *Event) dates(claims Claims) []edtf.Date {
	values, disputed := e.claimed("date", claims)
	if !disputed {
		return []edtf.Date{e.Date.Value}
	}
	var out []edtf.Date
	if claims == AllClaims {
		out = append(out, e.Date.Value) // claims may be in words
	}
	for _, text := range values {
		if d, err := edtf.Parse(text); err == nil {
			out = append(out, d)
		}
	}
	return out
}

func (e *Event) ordinals(claims Claims) []int {
	values, disputed := e.claimed("ordinal", claims)
	if !disputed {
		return []int{e.As.Ordinal}
	}
	var out []int
	if claims == AllClaims {
		out = append(out, e.As.Ordinal)
	}
	for _, text := range values {
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// places gives where an event was held: its city, and the country unless a
// claimed city lies elsewhere.
func (s *Snapshot) places(e *Event, claims Claims) []*Place {
	var out []*Place
	values, disputed := e.claimed("city", claims)
	if !disputed || claims == AllClaims {
		if e.City != nil {
			out = append(out, e.City)
		}
		if e.Country != nil {
			out = append(out, e.Country)
		}
	}
	for _, text := range values {
		for _, n := range s.Lookup(graph.KindPlace, text) {
			out = append(out, n.(*Place))
		}
	}
	return out
}

// DateAs gives the date of an event as the claims that count have it; the zero
// Date where they give none.
func (e *Event) DateAs(claims Claims) Date {
	if claims == "" || claims == PreferredClaims {
		return e.Date
	}
	c := e.Conflict("date")
	if c == nil {
		return e.Date
	}
	for _, v := range c.Select(claims) {
		if d, err := edtf.Parse(v.Value); err == nil {
			return Date{Value: d, Basis: "explicit", Note: c.Note, Evidence: v.Evidence}
		}
	}
	return Date{}
}
