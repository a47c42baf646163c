package index

import (
	"cmp"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
)

// Lookup gives the things of a kind that bear a name: case, accents and
// punctuation apart, and for people whichever part comes first.
func (s *Snapshot) Lookup(kind graph.Kind, name string) []Named {
	var out []Named
	collect := func(x *nameIndex, fold string) {
		for _, number := range x.exact.of(fold) {
			n := &x.all[number]
			if thing := x.things[n.thing]; thing.NodeID().Kind() == kind && n.kind != "publisher" && !slices.Contains(out, thing) {
				out = append(out, thing)
			}
		}
	}
	for _, x := range append([]*nameIndex{s.names}, s.moreNames...) {
		collect(x, names.Fold(name))
		if kind == graph.KindPerson {
			collect(x, names.FoldUnordered(name))
		}
	}
	return out
}

// Candidate is a thing that a name may mean, how likely, and why.
type Candidate struct {
	Thing Named
	Score float64
	Why   []string
}

// Resolve weighs what a name may mean. Context is names of what it stands
// beside: a side, a country, a parent, another participant. Bodies that did not
// exist at a date, where one is given, do not count.
func (s *Snapshot) Resolve(name string, kinds []graph.Kind, context []string, at edtf.Date) []Candidate {
	var out []Candidate
	exact := false // some name is exactly this, even if its bearer did not exist then
	for _, h := range s.Search(name, kinds) {
		exact = exact || h.How == "exact"
		if h.How != "exact" && (exact || h.Score < 0.6) {
			break
		}
		if a, ok := h.Thing.(*Actor); ok && !at.IsZero() && !a.existed(at) {
			continue
		}
		c := Candidate{Thing: h.Thing, Score: h.Score, Why: []string{h.How + " match of “" + h.Matched + "”"}}
		s.weigh(&c, context)
		out = append(out, c)
	}
	share(out)
	slices.SortStableFunc(out, func(a, b Candidate) int { return -cmp.Compare(a.Score, b.Score) })
	return out
}

// existed tells whether a body may have existed at a date.
func (a *Actor) existed(at edtf.Date) bool {
	last, ok := at.Latest()
	if from, known := a.From.Value.Earliest(); ok && known && from.After(last) {
		return false
	}
	first, ok := at.Earliest()
	to, known := a.To.Value.Latest()
	return !ok || !known || !to.Before(first)
}

// weigh compares a candidate's surroundings with the context.
func (s *Snapshot) weigh(c *Candidate, context []string) {
	around := s.around(c.Thing)
	for _, text := range context {
		fold := names.Fold(text)
		why, ok := around[fold]
		for phrase, says := range around {
			if says == "was" && fold != "" && strings.Contains(" "+phrase+" ", " "+fold+" ") {
				why, ok = says, true // part of an office
			}
		}
		if ok {
			c.Score *= 3
			c.Why = append(c.Why, why+" “"+text+"”")
		}
	}
}

// around gives the folded names of what a thing belongs to.
func (s *Snapshot) around(n Named) map[string]string {
	out := map[string]string{}
	note := func(e *Entity, why string) {
		out[names.Fold(e.Name)], out[names.Fold(e.Acronym)] = why, why
		for _, a := range e.Names {
			out[names.Fold(a.Text)] = why
		}
		out[names.Fold(string(e.ID))] = why
	}
	actor := func(a *Actor) {
		for up := a; up != nil; up = up.Parent {
			if up != n {
				note(&up.Entity, "belongs to")
			}
			if up.Country != nil {
				note(&up.Country.Entity, "is of")
				for _, d := range up.Country.Demonyms {
					out[names.Fold(d)] = "is"
				}
			}
		}
	}
	switch n := n.(type) {
	case *Actor:
		actor(n)
	case *Person:
		if n.Country != nil {
			note(&n.Country.Entity, "acts for")
			actor(n.Country)
		}
		for _, p := range s.OfPerson(n).Positions {
			out[names.Fold(p.Title)] = "was"
			if p.Actor != nil {
				note(&p.Actor.Entity, "held a position at")
			}
		}
	case *Place:
		if n.Country != nil {
			note(&n.Country.Entity, "lies in")
		}
	}
	delete(out, "")
	return out
}

// share turns weights into shares that add up to one, or to less where no
// candidate fits well.
func share(list []Candidate) {
	var total float64
	for _, c := range list {
		total += c.Score
	}
	for i := range list {
		list[i].Score = float64(int(list[i].Score/max(total, 1)*1000+0.5)) / 1000
	}
}
