package index

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"dialograph/graph"
)

// Relation is how two things are tied.
type Relation string

// The relations that paths follow. Each can be walked either way.
const (
	Attended   Relation = "ATTENDED"   // a person or actor took part in an event
	ActedFor   Relation = "ACTED_FOR"  // a person held a position at an actor
	InSeries   Relation = "IN_SERIES"  // an event is a session of a series
	Preceded   Relation = "PRECEDED"   // an event came before another
	Referenced Relation = "REFERENCED" // an event referred to an instrument, initiative or forum
	Discussed  Relation = "DISCUSSED"  // an event took up a topic
	UnitOf     Relation = "UNIT_OF"    // an actor is part of another
	MemberOf   Relation = "MEMBER_OF"  // an actor is a member of or party to something
	PartyTo    Relation = "PARTY_TO"   // an actor was a side of an event
)

// relationCost is what a hop along each costs: a series says more of a
// connection than a topic that many share.
var relationCost = map[Relation]float64{
	InSeries: 0.5, Attended: 1, ActedFor: 1, Preceded: 1, Referenced: 2, MemberOf: 2.5, Discussed: 2.5, UnitOf: 2.5, PartyTo: 3,
}

// Hop is one step of a path.
type Hop struct {
	From, To Named
	Relation Relation
	Forward  bool // the relation reads from From to To
	Evidence Evidence
}

// Path is a way from one thing to another.
type Path struct {
	Hops []Hop
	cost float64
}

// String renders the path as one line of plain words.
func (p Path) String() string {
	if len(p.Hops) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(p.Hops[0].From.Self().Name)
	for i, h := range p.Hops {
		if i > 0 {
			b.WriteString(", which")
		}
		fmt.Fprintf(&b, " %s %s", words[h.Relation][boolIndex(h.Forward)], h.To.Self().Name)
	}
	return b.String()
}

func boolIndex(b bool) int {
	if b {
		return 0
	}
	return 1
}

// words say a relation forwards and backwards.
var words = map[Relation][2]string{
	Attended: {"took part in", "was attended by"}, ActedFor: {"acted for", "was represented by"},
	InSeries: {"is a session of", "has the session"}, Preceded: {"came before", "came after"},
	Referenced: {"referred to", "was referred to by"}, Discussed: {"discussed", "was discussed at"},
	UnitOf: {"is part of", "has the part"}, MemberOf: {"is a member of", "has the member"}, PartyTo: {"was a side of", "had as a side"},
}

// PathOptions bound a search for paths. Zero values mean: four hops, three
// paths, all relations, all events.
type PathOptions struct {
	MaxLength int
	K         int
	Via       []Relation
	Avoid     []graph.ID
	Where     *EventFilter
}

// maxWork bounds how many partial paths a search looks at.
const maxWork = 50_000

// Paths gives the k best simple paths between two things: short ones, over
// telling relations, through things that few others share. Where the context
// ends first, it stops early.
func (s *Snapshot) Paths(ctx context.Context, from, to Named, o PathOptions) []Path {
	f := &pathFinder{snap: s, ctx: ctx, to: to, length: cmp.Or(o.MaxLength, 4), via: o.Via, avoid: map[graph.ID]bool{}, hops: map[graph.ID][]Hop{}, weight: map[graph.ID]float64{}}
	for _, id := range o.Avoid {
		f.avoid[id] = true
	}
	if o.Where != nil {
		f.where = s.eventTest(o.Where)
	}
	f.measure()
	return f.search(from, cmp.Or(o.K, 3))
}

type pathFinder struct {
	snap   *Snapshot
	ctx    context.Context
	to     Named
	length int
	via    []Relation
	avoid  map[graph.ID]bool
	where  eventTest
	hops   map[graph.ID][]Hop // of things seen
	weight map[graph.ID]float64
	rest   []map[graph.ID]float64
}

// neighbours gives the hops from a thing that the options allow, in a stable
// order.
func (f *pathFinder) neighbours(n Named) []Hop {
	if hops, ok := f.hops[n.NodeID()]; ok {
		return hops
	}
	var out []Hop
	for _, h := range f.snap.hopsOf(n) {
		if f.allowed(h) {
			out = mergeHop(out, h)
		}
	}
	f.hops[n.NodeID()] = out
	return out
}

// mergeHop joins the evidence of hops that say the same.
func mergeHop(list []Hop, h Hop) []Hop {
	for i, old := range list {
		if old.To == h.To && old.Relation == h.Relation && old.Forward == h.Forward {
			list[i].Evidence = old.Evidence.Merge(h.Evidence)
			return list
		}
	}
	return append(list, h)
}

func (f *pathFinder) allowed(h Hop) bool {
	if len(f.via) > 0 && !slices.Contains(f.via, h.Relation) || f.avoid[h.To.NodeID()] {
		return false
	}
	e, ok := h.To.(*Event)
	return !ok || f.where == nil || f.where(e)
}

func (f *pathFinder) cost(h Hop) float64 {
	cost := h.cost()
	if h.To != f.to {
		cost += f.weightOf(h.To)
	}
	return cost
}

// cost is less for a hop that a sentence says than for one that only a source
// as a whole backs.
func (h Hop) cost() float64 {
	cost := relationCost[h.Relation]
	if len(h.Evidence.Passages()) == 0 {
		cost += 0.5
	}
	return cost
}

// weightOf is what going through a thing costs: more the more it is tied to,
// and more through an event of which only a notice is known.
func (f *pathFinder) weightOf(n Named) float64 {
	if known, ok := f.weight[n.NodeID()]; ok {
		return known
	}
	weight := 0.25 * math.Log2(1+float64(len(f.snap.hopsOf(n))))
	if e, ok := n.(*Event); ok && e.As.Status != "held" {
		weight++
	}
	f.weight[n.NodeID()] = weight
	return weight
}

// measure finds, for each number of hops left, what the cheapest way from a
// thing to the goal costs (Bellman–Ford, backwards from the goal).
func (f *pathFinder) measure() {
	f.rest = []map[graph.ID]float64{{f.to.NodeID(): 0}}
	frontier := []Named{f.to}
	seen := map[graph.ID]Named{f.to.NodeID(): f.to}
	for range f.length {
		last := f.rest[len(f.rest)-1]
		next := make(map[graph.ID]float64, len(last))
		for id, c := range last {
			next[id] = c
		}
		for i, n := range frontier {
			if i%stride == stride-1 && f.ctx.Err() != nil {
				return
			}
			base := last[n.NodeID()]
			if n != f.to {
				base += f.weightOf(n)
			}
			for _, h := range f.neighbours(n) {
				c := base + h.cost()
				if old, ok := next[h.To.NodeID()]; !ok || c < old {
					next[h.To.NodeID()] = c
				}
				seen[h.To.NodeID()] = h.To
			}
		}
		frontier = frontier[:0]
		for _, n := range seen {
			frontier = append(frontier, n)
		}
		f.rest = append(f.rest, next)
	}
}

// partial is a path that has not arrived yet, with the least it will cost.
type partial struct {
	Path
	at    Named
	least float64
}

type queue []partial

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].least != q[j].least {
		return q[i].least < q[j].least
	}
	return q[i].key() < q[j].key()
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(partial)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

func (p partial) key() string {
	var b strings.Builder
	for _, h := range p.Hops {
		b.WriteString(string(h.To.NodeID()) + string(h.Relation) + " ")
	}
	return b.String()
}

// search is A* over simple paths: the estimate is exact but for repetition, so
// it goes straight for the goal.
func (f *pathFinder) search(from Named, k int) []Path {
	var found []Path
	q := &queue{{at: from}}
	for work := 0; q.Len() > 0 && len(found) < k && work < maxWork; work++ {
		if work%stride == stride-1 && f.ctx.Err() != nil {
			return nil
		}
		p := heap.Pop(q).(partial)
		if p.at == f.to {
			if len(p.Hops) > 0 {
				found = append(found, p.Path)
			}
			continue
		}
		left := f.length - len(p.Hops) - 1
		if left < 0 {
			continue
		}
		for _, h := range f.neighbours(p.at) {
			if left >= len(f.rest) {
				return nil // stopped while measuring
			}
			rest, ok := f.rest[left][h.To.NodeID()]
			if !ok || h.To == from || p.visits(h.To) {
				continue
			}
			next := partial{Path: Path{Hops: append(slices.Clone(p.Hops), h), cost: p.cost + f.cost(h)}, at: h.To}
			next.least = next.cost + rest
			heap.Push(q, next)
		}
	}
	return found
}

func (p partial) visits(n Named) bool {
	return slices.ContainsFunc(p.Hops, func(h Hop) bool { return h.To == n })
}

// hopsOf gives all hops from a thing, whichever way its relations read.
func (s *Snapshot) hopsOf(n Named) []Hop {
	var out []Hop
	hop := func(to Named, r Relation, forward bool, e Evidence) { out = append(out, Hop{n, to, r, forward, e}) }
	switch n := n.(type) {
	case *Event:
		s.hopsOfEvent(n, hop)
	case *Actor:
		s.hopsOfActor(n, hop)
	case *Person:
		for _, p := range s.OfPerson(n).Participations {
			hop(p.Event, Attended, true, p.Evidence)
		}
		for _, p := range s.OfPerson(n).Positions {
			if p.Actor != nil {
				hop(p.Actor, ActedFor, true, p.Evidence)
			}
		}
	case *Series:
		for _, e := range s.Sessions(n) {
			hop(e, InSeries, false, e.seriesEvidence())
		}
	case *Topic:
		for _, d := range s.OfTopic(n).Discussions {
			hop(d.Event, Discussed, false, d.Evidence)
		}
	case *Instrument:
		hopsOfReferences(s.ReferencesTo(n), hop)
		hopsOfMembers(n.Parties, hop)
	case *Initiative:
		hopsOfReferences(s.ReferencesTo(n), hop)
		hopsOfMembers(n.Members, hop)
	}
	return out
}

type addHop func(to Named, r Relation, forward bool, e Evidence)

func (s *Snapshot) hopsOfEvent(e *Event, hop addHop) {
	for _, p := range e.Participations {
		if p.Person != nil {
			hop(p.Person, Attended, false, p.Evidence)
		}
		if p.Actor != nil {
			hop(p.Actor, Attended, false, p.Evidence)
		}
	}
	for _, d := range e.Delegations {
		if d.Party != nil {
			hop(d.Party, PartyTo, false, d.Evidence)
		}
	}
	if e.Series != nil {
		hop(e.Series, InSeries, true, e.seriesEvidence())
	}
	for _, n := range e.PrecededBy {
		if before := s.EventOf(n); before != nil {
			hop(before, Preceded, false, n.Evidence)
		}
	}
	for _, n := range e.FollowedBy {
		if after := s.EventOf(n); after != nil {
			hop(after, Preceded, true, n.Evidence)
		}
	}
	for _, d := range e.Topics {
		if d.Topic != nil {
			hop(d.Topic, Discussed, true, d.Evidence)
		}
	}
	for _, r := range e.References {
		if r.Target != nil {
			hop(r.Target, Referenced, true, r.Evidence)
		}
	}
}

func (e *Event) seriesEvidence() Evidence {
	return e.FieldEvidence("series")
}

func (s *Snapshot) hopsOfActor(a *Actor, hop addHop) {
	of := s.OfActor(a)
	for _, p := range of.Participations {
		hop(p.Event, Attended, true, p.Evidence)
	}
	for _, p := range of.Delegations {
		hop(p.Event, PartyTo, true, p.Evidence)
	}
	for _, p := range of.People {
		for _, x := range s.OfPerson(p).Positions {
			if x.Actor == a {
				hop(p, ActedFor, false, x.Evidence)
			}
		}
	}
	if a.Parent != nil {
		hop(a.Parent, UnitOf, true, a.Evidence)
	}
	for _, u := range a.Units {
		hop(u, UnitOf, false, u.Evidence)
	}
	for _, m := range a.MemberOf {
		hop(m.Of, MemberOf, true, m.Evidence)
	}
	hopsOfMembers(a.Members, hop)
	hopsOfReferences(of.References, hop)
}

func hopsOfMembers(list []*Membership, hop addHop) {
	for _, m := range list {
		hop(m.Member, MemberOf, false, m.Evidence)
	}
}

func hopsOfReferences(list []*Reference, hop addHop) {
	for _, r := range list {
		hop(r.Event, Referenced, false, r.Evidence)
	}
}
