package index

import (
	"context"
	"fmt"
	"math"
	"testing"

	"dialograph/graph"

	"pgregory.net/rapid"
)

// meetings makes a snapshot of held events with the people present at each.
func meetings(present ...[]int) *Snapshot {
	s := people()
	who := map[int]*Person{}
	for i, list := range present {
		e := &Event{Entity: Entity{ID: graph.NewID(graph.KindEvent, fmt.Sprint(i))}, As: EventText{Status: "held"}}
		for _, n := range list {
			if who[n] == nil {
				who[n] = &Person{Entity: Entity{ID: graph.NewID(graph.KindPerson, fmt.Sprintf("%03d", n)), Name: fmt.Sprint(n)}}
			}
			e.Participations = append(e.Participations, &Participation{Event: e, Person: who[n]})
		}
		s.Events = append(s.Events, e)
	}
	s.networks = map[graph.Kind]*lazyNetwork{graph.KindPerson: {}}
	return s
}

func networkOf(t interface{ Fatal(...any) }, s *Snapshot) *Network {
	n, ok := s.Network(context.Background(), graph.KindPerson)
	if !ok {
		t.Fatal("no network")
	}
	return n
}

// One who ties two groups together lies on every shortest path between them.
func TestNetwork(t *testing.T) {
	n := networkOf(t, meetings([]int{1, 2, 3}, []int{1, 2, 3}, []int{3, 4}, []int{4, 5, 6}, []int{4, 5, 6}, []int{7}))
	at := func(i int) *NetworkMember { return n.Member(graph.NewID(graph.KindPerson, fmt.Sprintf("%03d", i))) }
	if got := at(3); got.Events != 3 || got.Degree != 3 || got.Strength != 5 {
		t.Errorf("3: got %+v, want 3 events, degree 3, strength 5", got)
	}
	// Of the ordered pairs of the five others of six tied, 1 and 2 reach 4, 5, 6 through 3: 12 of 30.
	if got := at(3).Betweenness; math.Abs(got-12.0/30) > 1e-9 {
		t.Errorf("3: betweenness %v, want 0.4", got)
	}
	if at(1).Betweenness != 0 || at(7).Degree != 0 {
		t.Error("1 lies between nobody and 7 met nobody")
	}
	if at(1).Community != at(2).Community || at(1).Community == at(5).Community || n.Modularity <= 0.3 || n.Communities[0].Number != 1 {
		t.Errorf("the two groups are not apart: %+v", n.Communities)
	}
	if n.Member("person/nobody") != nil {
		t.Error("nobody is in no network")
	}
}

// Betweenness is what counting all shortest paths, pair by pair, gives; strength
// and pairs are what co-attendance counts; communities are a partition.
func TestNetworkAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.IntRange(0, 7), 1, 4, rapid.ID), 1, 8).Draw(t, "events")
		s := meetings(list...)
		n := networkOf(t, s)
		pairs := CoAttendance(context.Background(), graph.KindPerson, s.Events, 1)
		strength, ties := map[Named]int{}, map[[2]Named]bool{}
		for _, p := range pairs {
			strength[p.A] += len(p.Events)
			strength[p.B] += len(p.Events)
			ties[[2]Named{p.A, p.B}], ties[[2]Named{p.B, p.A}] = true, true
		}
		if n.Pairs != len(pairs) || !n.Exact {
			t.Fatalf("%d pairs, want %d", n.Pairs, len(pairs))
		}
		grouped := 0
		for _, c := range n.Communities {
			grouped += len(c.Members)
		}
		if len(pairs) > 0 && grouped != len(n.Members) {
			t.Fatalf("%d of %d members are in a community", grouped, len(n.Members))
		}
		for _, m := range n.Members {
			if m.Strength != strength[m.Who] {
				t.Fatalf("%s: strength %d, want %d", m.Who.NodeID(), m.Strength, strength[m.Who])
			}
			if want := plainBetweenness(n, ties, m.Who); math.Abs(m.Betweenness-want) > 1e-9 {
				t.Fatalf("%s: betweenness %v, want %v", m.Who.NodeID(), m.Betweenness, want)
			}
		}
	})
}

// plainBetweenness counts the shortest paths between all others, by distances
// alone.
func plainBetweenness(n *Network, ties map[[2]Named]bool, of Named) float64 {
	if len(n.Members) < 3 {
		return 0
	}
	sum := 0.0
	for _, a := range n.Members {
		for _, b := range n.Members {
			if a == b || a.Who == of || b.Who == of {
				continue
			}
			d, paths := shortest(n, ties, a.Who, b.Who)
			d1, p1 := shortest(n, ties, a.Who, of)
			d2, p2 := shortest(n, ties, of, b.Who)
			if d > 0 && d1 > 0 && d2 > 0 && d1+d2 == d {
				sum += float64(p1*p2) / float64(paths)
			}
		}
	}
	return sum / float64((len(n.Members)-1)*(len(n.Members)-2))
}

// shortest gives the length and the number of shortest walks between two.
func shortest(n *Network, ties map[[2]Named]bool, from, to Named) (length, paths int) {
	at := map[Named]int{from: 1}
	for length = 0; length <= len(n.Members); length++ {
		if at[to] > 0 {
			return length, at[to]
		}
		next := map[Named]int{}
		for x, ways := range at {
			for _, m := range n.Members {
				if ties[[2]Named{x, m.Who}] {
					next[m.Who] += ways
				}
			}
		}
		at = next
	}
	return -1, 0
}

// Who stops waiting gets nothing; the network is there for the next.
func TestNetworkIsNotWaitedForLongerThanAsked(t *testing.T) {
	s := meetings([]int{1, 2})
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	s.Network(ended, graph.KindPerson)
	if _, ok := s.Network(context.Background(), graph.KindPerson); !ok {
		t.Error("no network afterwards")
	}
}

// A network of 3,000 members with 12,000 ties.
func BenchmarkNetwork(b *testing.B) {
	var list [][]int
	for i := range 4000 {
		list = append(list, []int{i % 3000, (i*7 + 1) % 3000, (i*i + 13) % 3000})
	}
	for b.Loop() {
		networkOf(b, meetings(list...))
	}
}
