package suggest

import (
	"cmp"
	"fmt"
	"slices"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
)

// Suggestion says that two names may mean one person or body, and why. It is
// written as a judgement with the verdict "unsure" for an editor to decide.
type Suggestion struct {
	Record    string // id of the record that has the name
	Path      string // where in it, such as delegations[1].participants[0].person
	Kind      graph.Kind
	A         graph.ID // an existing entry
	B         string   // the name as the record has it, or the id of a provisional entry
	Score     float64  // 0 to 1, to put the likeliest first
	Why       []string // such as "same meeting eu-rok-cyber-dialogue-07"
	Judgement graph.Judgement
}

// For suggests entries for the names of a record that resolve to none. Events
// are the records known: who took part where, as what. The arguments are not
// changed. For many records, make one [Suggester].
func For(r *graph.Record, known *graph.Authority, events []*graph.Record) []Suggestion {
	return New(known, events).For(r)
}

// Suggester is what is known, ready to be asked. It is read only.
type Suggester struct {
	gazetteer *gazetteer.Gazetteer // without provisional entries
	entries   map[graph.ID]*profile
	people    []*profile // by id
	bodies    []*profile // by id
	parents   map[graph.ID]graph.ID
	demonyms  map[string][]string // by place
	judged    []graph.Judgement
	meetings  []*meeting
}

// New makes a suggester of authority entries, provisional ones among them, and
// records.
func New(known *graph.Authority, events []*graph.Record) *Suggester {
	if known == nil {
		known = &graph.Authority{}
	}
	s := &Suggester{entries: map[graph.ID]*profile{}, parents: map[graph.ID]graph.ID{}, demonyms: map[string][]string{}, judged: known.Judgements}
	s.gazetteer = gazetteer.New(curated(known))
	for _, p := range known.People {
		s.enter(personProfile(p))
	}
	for _, a := range known.Actors {
		s.enter(s.bodyProfile(a))
	}
	for _, p := range known.Places {
		for _, d := range p.Demonyms {
			s.demonyms[p.ID] = append(s.demonyms[p.ID], plainWords(d)...)
		}
	}
	for _, e := range events {
		s.meetings = append(s.meetings, s.attend(e))
	}
	byID := func(a, b *profile) int { return cmp.Compare(a.id, b.id) }
	slices.SortFunc(s.people, byID)
	slices.SortFunc(s.bodies, byID)
	return s
}

// curated leaves out what the resolver made for names that it did not know.
func curated(known *graph.Authority) *graph.Authority {
	c := *known
	c.People = slices.DeleteFunc(slices.Clone(known.People), func(p graph.Person) bool { return p.Provisional })
	c.Actors = slices.DeleteFunc(slices.Clone(known.Actors), func(a graph.Actor) bool { return a.Provisional })
	c.Places = slices.DeleteFunc(slices.Clone(known.Places), func(p graph.Place) bool { return p.Provisional })
	c.Series = slices.DeleteFunc(slices.Clone(known.Series), func(s graph.Series) bool { return s.Provisional })
	return &c
}

// For suggests entries for the names of a record that resolve to none, in the
// order of the record, the likeliest first.
func (s *Suggester) For(r *graph.Record) []Suggestion {
	m := s.read(r)
	asked := map[string]bool{}
	var out []Suggestion
	for _, n := range m.named {
		if key := string(n.kind) + " " + string(n.made) + " " + n.title; n.made != "" && !asked[key] && s.open(n) {
			asked[key] = true
			out = append(out, s.of(m, n)...)
		}
	}
	return once(out)
}

// open tells that no entry bears the name, on whatever side.
func (s *Suggester) open(n named) bool { return len(s.gazetteer.Lookup(n.kind, n.name)) == 0 }

// of suggests the entries for one name that the strongest rule finds.
func (s *Suggester) of(m *meeting, n named) []Suggestion {
	candidates, rules := s.people, personRules
	if n.kind == graph.KindActor {
		candidates, rules = s.bodies, bodyRules
	}
	strongest := len(rules)
	var out []Suggestion
	for _, c := range candidates {
		if c.id == n.made || s.decided(c, n) || s.sideBySide(m, n, c.id) {
			continue
		}
		e := s.compare(m, n, c)
		i := slices.IndexFunc(rules, e.satisfies)
		if i < 0 || i > strongest {
			continue
		}
		if i < strongest {
			strongest, out = i, nil
		}
		out = append(out, s.suggestion(m, n, c, e))
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

func (s *Suggester) suggestion(m *meeting, n named, c *profile, e evidence) Suggestion {
	x := Suggestion{Record: m.id, Path: n.path, Kind: n.kind, A: c.id, B: n.name, Score: e.score(), Why: e.why()}
	if own := s.entries[n.made]; own != nil {
		x.B = string(own.id)
		if c.provisional && own.id < c.id { // the pair is the same from either record
			x.A, x.B = own.id, string(c.id)
		}
	}
	x.Judgement = s.judgement(x)
	return x
}

// once keeps of each pair the likeliest suggestion, in its place.
func once(list []Suggestion) []Suggestion {
	best := map[string]int{}
	var out []Suggestion
	for _, x := range list {
		key := fmt.Sprintf("%s %s", x.A, x.B)
		at, ok := best[key]
		switch {
		case !ok:
			best[key] = len(out)
			out = append(out, x)
		case x.Score > out[at].Score:
			out[at] = x
		}
	}
	return out
}
