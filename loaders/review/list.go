package review

import (
	"reflect"
	"slices"

	"dialograph/graph"
)

// triple is one entry in the three lists, by index; -1 where a list lacks it.
type triple struct{ base, mine, theirs int }

// list merges lists of entries. The person's order stays; what extraction adds
// comes after the entry that it stands behind in the proposal.
func (m *merger) list(p place, base, mine, theirs reflect.Value) reflect.Value {
	out := reflect.Zero(mine.Type())
	for _, x := range triples(base, mine, theirs) {
		here := place{nowhere, at(p.out, out.Len())}
		if x.mine >= 0 {
			here.mine = at(p.mine, x.mine)
		}
		entry, stays := m.entry(p, here, x, base, mine, theirs)
		if !stays {
			continue
		}
		if x.mine >= 0 {
			m.moved[here.mine] = here.out
		}
		out = reflect.Append(out, entry)
	}
	return out
}

// entry decides what becomes of one entry.
func (m *merger) entry(p, here place, x triple, base, mine, theirs reflect.Value) (reflect.Value, bool) {
	was := reflect.Zero(mine.Type().Elem())
	if x.base >= 0 {
		was = base.Index(x.base)
	}
	switch {
	case x.mine >= 0 && x.theirs >= 0:
		return m.merge(here, was, mine.Index(x.mine), theirs.Index(x.theirs)), true
	case x.mine >= 0:
		return m.dropped(here, x.base >= 0, was, mine.Index(x.mine))
	case x.base >= 0:
		if now := theirs.Index(x.theirs); !same(was, now) {
			m.warn(p.out, "extraction now proposes %s; a person removed it", title(now))
		}
		return was, false
	default:
		return m.added(p, theirs.Index(x.theirs), mine)
	}
}

// dropped is an entry that extraction does not propose, or no longer.
func (m *merger) dropped(here place, known bool, was, is reflect.Value) (reflect.Value, bool) {
	if !known {
		return is, true
	}
	if same(was, is) && !m.commented.within(here.mine) {
		return is, false
	}
	if is.Type() != reflect.TypeFor[graph.Passage]() {
		m.warn(here.out, "extraction no longer proposes %s; it stays, since a person changed or commented on it", title(was))
	}
	return is, true
}

// added is an entry that only extraction has.
func (m *merger) added(p place, now, mine reflect.Value) (reflect.Value, bool) {
	for i := range mine.Len() {
		if identify(mine.Index(i)).strict == identify(now).strict {
			return now, false // a person wrote it already, in place of another
		}
	}
	who, ok := now.Interface().(graph.Participant)
	if !ok || who.Person == "" {
		return now, true
	}
	if where := m.seatedElsewhere(who); where != "" {
		m.warn(p.out, "extraction now proposes %s here; %s", title(now), where)
		return now, false
	}
	return now, true
}

// seatedElsewhere tells why a person is not to be added where extraction now
// puts them: somebody moved, changed or removed them in another list.
func (m *merger) seatedElsewhere(who graph.Participant) string {
	before, now := seats(m.base, who), seats(m.mine, who)
	if len(before) > 0 && len(now) == 0 {
		return "a person removed them from " + before[0].path
	}
	for _, s := range now {
		untouched := slices.ContainsFunc(before, func(b seat) bool { return same(reflect.ValueOf(b.who), reflect.ValueOf(s.who)) })
		if !untouched || m.commented.within(s.path) {
			return "a person's entry stays at " + s.path
		}
	}
	return ""
}

type seat struct {
	path string
	who  graph.Participant
}

func seats(r *graph.Record, who graph.Participant) []seat {
	var out []seat
	add := func(path string, list []graph.Participant) {
		for i, p := range list {
			if identify(reflect.ValueOf(p)).loose == identify(reflect.ValueOf(who)).loose {
				out = append(out, seat{at(path, i), p})
			}
		}
	}
	for i, d := range r.Delegations {
		add(at("delegations", i)+".participants", d.Participants)
	}
	add("participants", r.Participants)
	return out
}

// triples puts together the entries of three lists.
func triples(base, mine, theirs reflect.Value) []triple {
	mineOf, theirsOf := pair(base, mine), pair(base, theirs)
	baseOfMine, baseOfTheirs := invert(mineOf, mine.Len()), invert(theirsOf, theirs.Len())
	var out []triple
	taken := map[int]bool{}
	alike := pairWithin(mine, without(baseOfMine), theirs, without(baseOfTheirs))
	for i := range mine.Len() {
		x := triple{baseOfMine[i], i, -1}
		if x.base >= 0 {
			x.theirs = theirsOf[x.base]
		} else if j, ok := alike[i]; ok {
			x.theirs = j
		}
		taken[x.theirs] = true
		out = append(out, x)
	}
	for j := range theirs.Len() {
		if taken[j] {
			continue
		}
		after := slices.IndexFunc(out, func(x triple) bool { return j > 0 && x.theirs == j-1 })
		out = slices.Insert(out, after+1, triple{baseOfTheirs[j], -1, j})
	}
	return out
}

func invert(to []int, n int) []int {
	out := slices.Repeat([]int{-1}, n)
	for i, j := range to {
		if j >= 0 {
			out[j] = i
		}
	}
	return out
}

// without lists the places that have no counterpart.
func without(of []int) []int {
	var out []int
	for i, j := range of {
		if j < 0 {
			out = append(out, i)
		}
	}
	return out
}
