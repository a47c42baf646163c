package index

import (
	"cmp"
	"container/heap"
	"slices"
)

// selection keeps the hits of a window, and counts the others.
type selection struct {
	x      *nameIndex
	window Window
	list   []hit // a heap with the worst on top, once it is full
	total  int
	before bool
	after  bool
	full   bool // what is worse than the worst need not be looked at
}

func (s *selection) offer(h hit) {
	if h.thing < 0 {
		return
	}
	s.total++
	if s.full && h.score < s.list[0].score {
		s.after = true
		return
	}
	switch {
	case s.window.After != nil && s.compareRank(h, *s.window.After) <= 0:
		s.before = true
		return
	case s.window.Before != nil && s.compareRank(h, *s.window.Before) >= 0:
		s.after = true
		return
	}
	most := s.window.First
	if most < 0 {
		most = s.window.Last
	}
	switch {
	case most < 0 || len(s.list) < most:
		if s.list = append(s.list, h); len(s.list) == most {
			heap.Init(s)
			s.full = s.window.First >= 0 && s.window.After == nil
		}
		return
	case most > 0 && s.better(h, s.list[0]):
		s.list[0] = h
		heap.Fix(s, 0)
	}
	if s.window.First >= 0 {
		s.after = true
	} else {
		s.before = true
	}
}

// better tells which of two hits a window rather keeps.
func (s *selection) better(a, b hit) bool {
	if s.window.First >= 0 {
		return s.compare(a, b) < 0
	}
	return s.compare(a, b) > 0
}

func (s *selection) compare(a, b hit) int {
	if a.score != b.score {
		return -cmp.Compare(a.score, b.score)
	}
	return cmp.Or(-cmp.Compare(s.x.weight[a.thing], s.x.weight[b.thing]), cmp.Compare(a.thing, b.thing))
}

func (s *selection) compareRank(h hit, r Rank) int {
	return cmp.Or(-cmp.Compare(int(h.score), r.Score), -cmp.Compare(int(s.x.weight[h.thing]), r.Weight), cmp.Compare(s.x.things[h.thing].NodeID(), r.ID))
}

// Len, Less, Swap, Push and Pop implement heap.Interface.
func (s *selection) Len() int           { return len(s.list) }
func (s *selection) Less(i, j int) bool { return s.better(s.list[j], s.list[i]) }
func (s *selection) Swap(i, j int)      { s.list[i], s.list[j] = s.list[j], s.list[i] }
func (s *selection) Push(any)           {}
func (s *selection) Pop() any           { return nil }

func (s *selection) found(query string) Found {
	slices.SortFunc(s.list, s.compare)
	f := Found{Hits: make([]Hit, len(s.list)), Total: s.total, Before: s.before, After: s.after}
	for i, h := range s.list {
		f.Hits[i] = Hit{s.x.things[h.thing], s.x.all[h.name].text, howWords[h.how], float64(h.score) / 1e6, int(s.x.weight[h.thing]), query}
	}
	return f
}
