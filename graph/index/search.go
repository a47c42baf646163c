package index

import (
	"cmp"
	"container/heap"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"dialograph/graph"
	"dialograph/graph/names"
)

// Hit is a thing that a search found, the name that matched, and how.
type Hit struct {
	Thing   Named
	Matched string // the name as written
	How     string // exact, words, prefix, fuzzy
	Score   float64
	Weight  int // how much the graph says about it, for equal scores
	query   string
}

// Rank is the place of a hit among others: higher scores first, then greater
// weights, then identifiers.
type Rank struct {
	Score, Weight int // the score in millionths
	ID            graph.ID
}

// Rank gives the place of a hit.
func (h Hit) Rank() Rank { return Rank{int(h.Score*1e6 + 0.5), h.Weight, h.Thing.NodeID()} }

// Found is everything that a search found, in no order; Page puts a part of it
// in order.
type Found struct {
	index *nameIndex
	query string
	hits  []hit
}

// hit is a Hit by numbers.
type hit struct {
	thing, name int32
	score       int32 // in millionths
	how         how
}

// how a name matches; the greater, the worse.
type how uint8

const (
	exactly how = iota
	byWord
	byPrefix
	byEdit
)

var howWords = [...]string{"exact", "words", "prefix", "fuzzy"}

// Len is how many things were found.
func (f *Found) Len() int { return len(f.hits) }

// Search finds things of the given kinds (all if none) by name: exact, by
// prefix, by words, with one letter wrong, in any script; the best first.
func (s *Snapshot) Search(text string, kinds []graph.Kind) []Hit {
	hits, _, _ := s.Find(text, kinds).Page(nil, nil, -1, -1)
	return hits
}

// Find is Search without the order.
func (s *Snapshot) Find(text string, kinds []graph.Kind) *Found {
	found := &Found{index: s.names, query: names.Fold(text)}
	if found.query == "" {
		return found
	}
	b := s.names.scratch.Get().(*board)
	f := &finder{x: s.names, board: b, kinds: kinds}
	f.exactly(found.query)
	f.byWords(strings.Fields(found.query))
	f.inside(found.query)
	found.hits = b.take()
	s.names.scratch.Put(b)
	return found
}

// board is where a search keeps the best name of each thing, and what the words
// of a name add up to. It is used again and cleared as far as it was used.
type board struct {
	best    []mark // by thing
	touched []int32
	sum     []tally // by name
	named   []int32
}

type mark struct {
	name, score int32
	how         how
}

// tally is the quality of the words of a name, in hundredths, that match.
type tally struct {
	quality int32
	how     how
}

// take gives the hits and clears the board.
func (b *board) take() []hit {
	out := make([]hit, len(b.touched))
	for i, thing := range b.touched {
		m := b.best[thing]
		out[i] = hit{thing, m.name, m.score, m.how}
		b.best[thing] = mark{}
	}
	b.touched = b.touched[:0]
	return out
}

type finder struct {
	x     *nameIndex
	board *board
	kinds []graph.Kind
}

func (f *finder) offer(name int32, h how, score float64) {
	n := &f.x.all[name]
	if len(f.kinds) > 0 && !slices.Contains(f.kinds, f.x.kinds[n.thing]) {
		return
	}
	if n.kind == "publisher" {
		score *= 0.6
	}
	millionths := int32(score*1e6 + 0.5)
	old := &f.board.best[n.thing]
	if old.score == 0 {
		f.board.touched = append(f.board.touched, n.thing)
	}
	if millionths > old.score {
		*old = mark{name, millionths, h}
	}
}

func (f *finder) exactly(fold string) {
	for _, number := range f.x.exact[fold] {
		score := 0.98
		if kind := f.x.all[number].kind; kind == "name" || kind == "acronym" {
			score = 1
		}
		f.offer(number, exactly, score)
	}
}

// wordMatch is what a word of a search stands for: the word itself, a range of
// words that it begins, and words that one wrong letter turns into it.
type wordMatch struct {
	itself     int32 // -1 where no name has it
	from, to   int32 // words that begin with it, itself included
	similar    []int32
	names      int // how many names these are, at most
	fromPrefix bool
}

const (
	wholeWord = 100 // hundredths
	begunWord = 85
	wrongWord = 70
)

func (x *nameIndex) match(word string) wordMatch {
	m := wordMatch{itself: -1}
	from, here := slices.BinarySearch(x.words, word)
	m.from, m.to = int32(from), int32(from)
	if here {
		m.itself = int32(from)
		m.to++
	}
	if utf8.RuneCountInString(word) >= 2 {
		m.to = m.from + int32(sort.Search(len(x.words)-from, func(i int) bool { return !strings.HasPrefix(x.words[from+i], word) }))
	}
	m.names = int(x.starts[m.to] - x.starts[m.from])
	for _, other := range x.similar(word) {
		if other < m.from || other >= m.to {
			m.similar = append(m.similar, other)
			m.names += len(x.namesWith(other))
		}
	}
	return m
}

// quality is how well a word of a name matches, in hundredths; 0 if it does not.
func (m *wordMatch) quality(word int32) (int32, how) {
	switch {
	case word == m.itself:
		return wholeWord, byWord
	case word >= m.from && word < m.to:
		return begunWord, byPrefix
	}
	if _, ok := slices.BinarySearch(m.similar, word); ok {
		return wrongWord, byEdit
	}
	return 0, byEdit
}

// byWords finds names that hold every word of the query, as it is, begun, or
// with one letter wrong. It goes through the names of the rarest word and looks
// at their other words.
func (f *finder) byWords(words []string) {
	matches := make([]wordMatch, len(words))
	rarest := 0
	for i, w := range words {
		if matches[i] = f.x.match(w); matches[i].names == 0 {
			return
		}
		if matches[i].names < matches[rarest].names {
			rarest = i
		}
	}
	b := f.board
	visit := func(word int32) {
		quality, h := matches[rarest].quality(word)
		for _, name := range f.x.namesWith(word) {
			t := &b.sum[name]
			if t.quality == 0 {
				b.named = append(b.named, name)
			}
			if quality > t.quality {
				*t = tally{quality, h}
			}
		}
	}
	for word := matches[rarest].from; word < matches[rarest].to; word++ {
		visit(word)
	}
	for _, word := range matches[rarest].similar {
		visit(word)
	}
	for _, name := range b.named {
		t := b.sum[name]
		b.sum[name] = tally{}
		if f.others(name, matches, rarest, &t) {
			n := float64(len(words))
			coverage := n / max(float64(f.x.all[name].words), n)
			f.offer(name, t.how, float64(t.quality)/100/n*(0.5+0.4*coverage))
		}
	}
	b.named = b.named[:0]
}

// others adds what the other words of a search come to in a name; false where
// one is missing.
func (f *finder) others(name int32, matches []wordMatch, except int, t *tally) bool {
	for i := range matches {
		if i == except {
			continue
		}
		best, bestHow := int32(0), byEdit
		for _, word := range f.x.wordsOf(name) {
			if q, h := matches[i].quality(word); q > best {
				best, bestHow = q, h
			}
		}
		if best == 0 {
			return false
		}
		t.quality += best
		t.how = max(t.how, bestHow)
	}
	return true
}

// inside finds a part of a name in scripts that do not separate words.
func (f *finder) inside(fold string) {
	var rarest []int32
	for p := range pairsOf(fold) {
		if list := f.x.pairs[p]; rarest == nil || len(list) < len(rarest) {
			if rarest = list; len(list) == 0 {
				return
			}
		}
	}
	for _, name := range rarest {
		if n := &f.x.all[name]; strings.Contains(n.fold, fold) {
			f.offer(name, byWord, 0.5+0.4*float64(len(fold))/float64(len(n.fold)))
		}
	}
}

// Page gives a part of what was found, in order: the first or the last so many
// (all if both are negative) of those after and before a place, and whether
// there is more on either side.
func (f *Found) Page(after, before *Rank, first, last int) (page []Hit, more, moreAfter bool) {
	in := make([]hit, 0, min(len(f.hits), 1024))
	for _, h := range f.hits {
		switch {
		case after != nil && f.compareRank(h, *after) <= 0:
			more = true
		case before != nil && f.compareRank(h, *before) >= 0:
			moreAfter = true
		default:
			in = append(in, h)
		}
	}
	switch {
	case first >= 0 && len(in) > first:
		in, moreAfter = bestOf(in, first, f.compare), true
	case first < 0 && last >= 0 && len(in) > last:
		in, more = bestOf(in, last, func(a, b hit) int { return f.compare(b, a) }), true
	}
	slices.SortFunc(in, f.compare)
	for _, h := range in {
		page = append(page, Hit{f.index.things[h.thing], f.index.all[h.name].text, howWords[h.how], float64(h.score) / 1e6, int(f.index.weight[h.thing]), f.query})
	}
	return page, more, moreAfter
}

func (f *Found) compare(a, b hit) int {
	return cmp.Or(-cmp.Compare(a.score, b.score), -cmp.Compare(f.index.weight[a.thing], f.index.weight[b.thing]), cmp.Compare(a.thing, b.thing))
}

func (f *Found) compareRank(h hit, r Rank) int {
	return cmp.Or(-cmp.Compare(int(h.score), r.Score), -cmp.Compare(int(f.index.weight[h.thing]), r.Weight), cmp.Compare(f.index.things[h.thing].NodeID(), r.ID))
}

// bestOf gives the first so many of a list in an order, in no order.
func bestOf(list []hit, most int, compare func(a, b hit) int) []hit {
	if most == 0 {
		return nil
	}
	h := &hitHeap{append([]hit(nil), list[:most]...), compare}
	heap.Init(h)
	for _, x := range list[most:] {
		if compare(x, h.list[0]) < 0 {
			h.list[0] = x
			heap.Fix(h, 0)
		}
	}
	return h.list
}

// hitHeap has the last in the order on top.
type hitHeap struct {
	list    []hit
	compare func(a, b hit) int
}

func (h *hitHeap) Len() int           { return len(h.list) }
func (h *hitHeap) Less(i, j int) bool { return h.compare(h.list[i], h.list[j]) > 0 }
func (h *hitHeap) Swap(i, j int)      { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *hitHeap) Push(any)           {}
func (h *hitHeap) Pop() any           { return nil }
