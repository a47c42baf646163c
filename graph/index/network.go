package index

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"sync"

	"dialograph/graph"

	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
)

// Network is who met whom, at events that were held: actors or persons, tied by
// the number of events at which both took part.
type Network struct {
	Kind        graph.Kind
	Members     []*NetworkMember // by identifier
	Pairs       int
	Communities []*Community // the largest first
	Modularity  float64      // of the communities, from -0.5 to 1
	Exact       bool         // betweenness was not estimated from a sample
}

// NetworkMember is one actor or person of a network.
type NetworkMember struct {
	Who         Named
	Events      int     // held events at which it took part
	Degree      int     // how many others it met
	Strength    int     // how often, all others added up
	Betweenness float64 // share of the shortest paths between others that lead through it, from 0 to 1
	Community   *Community
}

// Community is a group that met among itself more than with others.
type Community struct {
	Number  int              // from 1, the largest first
	Members []*NetworkMember // those who met most often first
}

// lazyNetwork is a network that is computed when it is first asked for.
type lazyNetwork struct {
	once sync.Once
	done chan struct{}
	made *Network
}

// Network gives the co-attendance network of actors or of persons; false where
// the context ends before it is there. It is computed once a snapshot, whoever
// asks, with bounded work.
func (s *Snapshot) Network(ctx context.Context, kind graph.Kind) (*Network, bool) {
	lazy := s.networks[kind]
	if lazy == nil {
		return nil, false
	}
	lazy.once.Do(func() {
		lazy.done = make(chan struct{})
		go func() {
			defer close(lazy.done)
			lazy.made = s.network(kind)
		}()
	})
	select {
	case <-lazy.done:
		return lazy.made, true
	case <-ctx.Done():
		return nil, false
	}
}

// adjacency is a network by numbers.
type adjacency struct {
	to     [][]int32
	weight [][]int32
}

func (s *Snapshot) network(kind graph.Kind) *Network {
	n := &Network{Kind: kind}
	number := map[Named]int32{}
	events := make([][]int32, 0, len(s.Events))
	for _, e := range s.Events {
		if e.As.Status != "held" {
			continue
		}
		var present []int32
		for _, who := range e.present(kind) {
			if _, ok := number[who]; !ok {
				number[who] = int32(len(n.Members))
				n.Members = append(n.Members, &NetworkMember{Who: who})
			}
			present = append(present, number[who])
			n.Members[number[who]].Events++
		}
		events = append(events, present)
	}
	n.sort(events)
	a := adjacent(len(n.Members), events)
	for i, m := range n.Members {
		m.Degree = len(a.to[i])
		n.Pairs += m.Degree
		for _, w := range a.weight[i] {
			m.Strength += int(w)
		}
	}
	n.Pairs /= 2
	n.group(a)
	n.between(a)
	return n
}

// sort puts the members in the order of their identifiers and numbers them anew.
func (n *Network) sort(events [][]int32) {
	order := make([]int32, len(n.Members))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Compare(n.Members[a].Who.NodeID(), n.Members[b].Who.NodeID())
	})
	sorted, at := make([]*NetworkMember, len(order)), make([]int32, len(order))
	for i, old := range order {
		sorted[i], at[old] = n.Members[old], int32(i)
	}
	n.Members = sorted
	for _, present := range events {
		for i, old := range present {
			present[i] = at[old]
		}
		slices.Sort(present)
	}
}

// adjacent counts, for each member, at how many events it met each other.
func adjacent(members int, events [][]int32) adjacency {
	at := make([][]int32, members) // the others, once a meeting
	for _, present := range events {
		for i, x := range present {
			at[x] = append(append(at[x], present[:i]...), present[i+1:]...)
		}
	}
	a := adjacency{make([][]int32, members), make([][]int32, members)}
	for x, others := range at {
		slices.Sort(others)
		for _, y := range others {
			if last := len(a.to[x]) - 1; last >= 0 && a.to[x][last] == y {
				a.weight[x][last]++
				continue
			}
			a.to[x], a.weight[x] = append(a.to[x], y), append(a.weight[x], 1)
		}
		at[x] = nil
	}
	return a
}

// group finds communities by the Louvain method, always with the same seed: the
// same network has the same communities.
func (n *Network) group(a adjacency) {
	g := simple.NewWeightedUndirectedGraph(0, 0)
	for x := range n.Members {
		g.AddNode(simple.Node(x))
	}
	for x, others := range a.to {
		for i, y := range others {
			if int(y) > x {
				g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(x), simple.Node(y), float64(a.weight[x][i])))
			}
		}
	}
	if n.Pairs == 0 {
		return // nobody met anybody
	}
	reduced := community.Modularize(g, 1, rand.NewPCG(1, 1))
	groups := reduced.Communities()
	n.Modularity = community.Q(g, groups, 1)
	for _, nodes := range groups {
		c := &Community{}
		for _, node := range nodes {
			m := n.Members[node.ID()]
			m.Community = c
			c.Members = append(c.Members, m)
		}
		slices.SortFunc(c.Members, func(a, b *NetworkMember) int {
			return cmp.Or(-cmp.Compare(a.Strength, b.Strength), cmp.Compare(a.Who.NodeID(), b.Who.NodeID()))
		})
		n.Communities = append(n.Communities, c)
	}
	slices.SortFunc(n.Communities, func(a, b *Community) int {
		return cmp.Or(-cmp.Compare(len(a.Members), len(b.Members)), cmp.Compare(a.Members[0].Who.NodeID(), b.Members[0].Who.NodeID()))
	})
	for i, c := range n.Communities {
		c.Number = i + 1
	}
}

// maxBetween bounds the steps of counting shortest paths: beyond it, they are
// counted from a sample of the members only.
const maxBetween = 400_000_000

// between counts shortest paths (Brandes 2001, A Faster Algorithm for
// Betweenness Centrality), each tie being one step whatever its weight. On large
// networks it starts from every so-many-th member and scales up (Brandes and
// Pich 2007).
func (n *Network) between(a adjacency) {
	members := len(n.Members)
	if members < 3 {
		n.Exact = true
		return
	}
	step := 1 + members*(members+2*n.Pairs)/maxBetween
	n.Exact = step == 1
	b := newBrandes(a)
	sources := 0
	for x := 0; x < members; x += step {
		b.from(int32(x))
		sources++
	}
	scale := float64(members) / float64(sources) / float64((members-1)*(members-2))
	for i, m := range n.Members {
		m.Betweenness = b.score[i] * scale
	}
}

// brandes holds what one walk from a member needs, so that walks share it.
type brandes struct {
	adjacency
	score, paths, share []float64
	distance            []int32
	order               []int32
}

func newBrandes(a adjacency) *brandes {
	n := len(a.to)
	return &brandes{adjacency: a, score: make([]float64, n), paths: make([]float64, n), share: make([]float64, n), distance: make([]int32, n), order: make([]int32, 0, n)}
}

// from adds the shares of the shortest paths that start at one member.
func (b *brandes) from(start int32) {
	clear(b.paths)
	clear(b.share)
	for i := range b.distance {
		b.distance[i] = -1
	}
	b.paths[start], b.distance[start] = 1, 0
	b.order = append(b.order[:0], start)
	for head := 0; head < len(b.order); head++ {
		x := b.order[head]
		for _, y := range b.to[x] {
			if b.distance[y] < 0 {
				b.distance[y] = b.distance[x] + 1
				b.order = append(b.order, y)
			}
			if b.distance[y] == b.distance[x]+1 {
				b.paths[y] += b.paths[x]
			}
		}
	}
	for i := len(b.order) - 1; i > 0; i-- {
		y := b.order[i]
		for _, x := range b.to[y] {
			if b.distance[x] == b.distance[y]-1 {
				b.share[x] += b.paths[x] / b.paths[y] * (1 + b.share[y])
			}
		}
		b.score[y] += b.share[y]
	}
}

// Member gives the place of an actor or person in a network; nil where it took
// part in no event that was held.
func (n *Network) Member(id graph.ID) *NetworkMember {
	i, ok := slices.BinarySearchFunc(n.Members, id, func(m *NetworkMember, id graph.ID) int { return cmp.Compare(m.Who.NodeID(), id) })
	if !ok {
		return nil
	}
	return n.Members[i]
}
