package index

import (
	"cmp"
	"math/bits"
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

// Window says which part of what is found is wanted: the first or the last so
// many (all if both are negative) of those after and before a place.
type Window struct {
	After, Before *Rank
	First, Last   int
}

// Found is a part of what a search found, in order.
type Found struct {
	Hits          []Hit
	Total         int  // of the whole
	Before, After bool // there is more before, after this part
}

// Search finds things of the given kinds (all if none) by name: exact, by
// prefix, by words, with one letter wrong, in any script; the best first.
func (s *Snapshot) Search(text string, kinds []graph.Kind) []Hit {
	return s.Find(text, kinds, Window{First: -1, Last: -1}).Hits
}

// Find is Search for a part of what is found: however much there is, it only
// puts that part in order.
func (s *Snapshot) Find(text string, kinds []graph.Kind, w Window) Found {
	query := names.Fold(text)
	if query == "" {
		return Found{}
	}
	found := s.names.find(query, kinds, w)
	for _, more := range s.moreNames {
		found = found.join(more.find(query, kinds, w), w)
	}
	return found
}

// join joins the same part of two searches.
func (f Found) join(more Found, w Window) Found {
	out := Found{Hits: append(f.Hits, more.Hits...), Total: f.Total + more.Total, Before: f.Before || more.Before, After: f.After || more.After}
	slices.SortFunc(out.Hits, func(a, b Hit) int { return a.Rank().compare(b.Rank()) })
	switch n := len(out.Hits); {
	case w.First >= 0 && n > w.First:
		out.Hits, out.After = out.Hits[:w.First], true
	case w.First < 0 && w.Last >= 0 && n > w.Last:
		out.Hits, out.Before = out.Hits[n-w.Last:], true
	}
	return out
}

func (r Rank) compare(other Rank) int {
	return cmp.Or(-cmp.Compare(r.Score, other.Score), -cmp.Compare(r.Weight, other.Weight), cmp.Compare(r.ID, other.ID))
}

func (x *nameIndex) find(query string, kinds []graph.Kind, w Window) Found {
	b := x.scratch.Get().(*board)
	f := &finder{x: x, board: b, query: query, among: x.amongKinds(kinds), in: selection{x: x, window: w}}
	words := strings.Fields(query)
	f.exactly(words)
	f.byWords(words)
	f.inside()
	f.collect()
	x.scratch.Put(b)
	return f.in.found(query)
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

// Qualities of a word of a search in a name, in hundredths.
const (
	wholeWord = 100
	begunWord = 85
	wrongWord = 70
)

// How a name may match, as bits of board.marks; the lowest two are the quality
// of the rarest word.
const (
	markWrong  = 1
	markBegun  = 2
	markWhole  = 3
	markWord   = 3
	markExact  = 4
	markInside = 8
)

var wordMarks = [...]struct {
	quality int32
	how     how
}{markWrong: {wrongWord, byEdit}, markBegun: {begunWord, byPrefix}, markWhole: {wholeWord, byWord}}

// board is where a search marks the names that match. It is used again; a bit
// for each name tells which marks are to be looked at and cleared.
type board struct {
	marks []uint8
	bits  []uint64
}

func newBoard(names int) *board { return &board{make([]uint8, names), make([]uint64, names/64+1)} }

func (b *board) set(name int32, mark uint8) {
	if b.marks[name] == 0 && b.bits[name>>6]&(1<<(name&63)) != 0 {
		b.marks[name] = markBegun
	}
	b.bits[name>>6] |= 1 << (name & 63)
	b.marks[name] |= mark
}

// begun marks names by their bit alone: those without another mark hold a word
// that the query begins. There may be very many.
func (b *board) begun(list []int32, others bool) {
	for _, name := range list {
		b.bits[name>>6] |= 1 << (name & 63)
	}
	if !others {
		return
	}
	for _, name := range list {
		if b.marks[name] == markWrong {
			b.marks[name] = markBegun
		}
	}
}

// word keeps the better mark of a word.
func (b *board) word(list []int32, mark uint8) {
	for _, name := range list {
		b.bits[name>>6] |= 1 << (name & 63)
		if b.marks[name]&markWord < mark {
			b.marks[name] = b.marks[name]&^markWord | mark
		}
	}
}

type finder struct {
	x       *nameIndex
	board   *board
	query   string
	among   uint16 // bits of the kinds that count
	matches []wordMatch
	rarest  int
	table   [markWhole + 1][tableWords]int32
	in      selection
}

// exactly marks names that are the query, of people with their words in any
// order.
func (f *finder) exactly(words []string) {
	for _, name := range f.x.exact.of(f.query) {
		f.board.set(name, markExact)
	}
	if len(words) < 2 {
		return
	}
	other := slices.Clone(words)
	slices.Sort(other)
	for _, name := range f.x.exact.of(strings.Join(other, " ")) {
		if f.x.thing(f.x.about[name].thing) == graph.KindPerson {
			f.board.set(name, markExact)
		}
	}
}

// wordMatch is what a word of a search stands for: the word itself, a range of
// words that it begins, and words that one wrong letter turns into it.
type wordMatch struct {
	text     string
	itself   int32 // -1 where no name has it
	from, to int32 // words that begin with it, itself included
	names    int   // how many names these are, at most
}

func (x *nameIndex) match(word string) wordMatch {
	m := wordMatch{text: word, itself: -1}
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
	return m
}

// others gives the words that one wrong letter turns into it, beside those that
// it begins, and how many names have them, at most.
func (m *wordMatch) others(x *nameIndex) (words []int32, names int) {
	words = slices.DeleteFunc(x.similar(m.text), func(word int32) bool { return word >= m.from && word < m.to })
	for _, word := range words {
		names += len(x.namesWith(word))
	}
	return words, names
}

// quality is how well a word of a name matches, in hundredths; 0 if it does not.
func (m *wordMatch) quality(x *nameIndex, word int32) (int32, how) {
	switch {
	case word == m.itself:
		return wholeWord, byWord
	case word >= m.from && word < m.to:
		return begunWord, byPrefix
	case isSimilar(m.text, x.words[word]):
		return wrongWord, byEdit
	}
	return 0, byEdit
}

// byWords marks the names of the rarest word of the query, as it is, begun, or
// with one letter wrong; collect looks at the other words of these.
func (f *finder) byWords(words []string) {
	f.matches = make([]wordMatch, len(words))
	for i, w := range words {
		f.matches[i] = f.x.match(w)
	}
	var others []int32
	f.rarest, others = f.x.rarest(f.matches)
	m := &f.matches[f.rarest]
	for _, word := range others {
		f.board.word(f.x.namesWith(word), markWrong)
	}
	f.board.begun(f.x.inNames[f.x.starts[m.from]:f.x.starts[m.to]], len(others) > 0)
	if m.itself >= 0 {
		f.board.word(f.x.namesWith(m.itself), markWhole)
	}
}

// rarest tells which word of a query the fewest names have, and with which words
// it is confused. Those are only looked for where it may still be the rarest.
func (x *nameIndex) rarest(matches []wordMatch) (rarest int, others []int32) {
	order := make([]int, len(matches))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(matches[i].names, matches[j].names) })
	least := -1
	for _, i := range order {
		if least >= 0 && matches[i].names >= least {
			break
		}
		words, more := matches[i].others(x)
		if n := matches[i].names + more; least < 0 || n < least {
			rarest, others, least = i, words, n
		}
	}
	return rarest, others
}

// inside marks names that hold the query, in scripts that do not separate words.
func (f *finder) inside() {
	var rarest []int32
	for p := range pairsOf(f.query) {
		if list := f.x.pairs.of(p); rarest == nil || len(list) < len(rarest) {
			if rarest = list; len(list) == 0 {
				return
			}
		}
	}
	for _, name := range rarest {
		if strings.Contains(f.x.all[name].fold, f.query) {
			f.board.set(name, markInside)
		}
	}
}

// collect goes through the marked names. They are in the order of their things,
// so the best name of a thing is known when the next thing begins.
func (f *finder) collect() {
	best := hit{thing: -1}
	single := len(f.matches) == 1
	if single {
		f.tabulate()
	}
	for i, word := range f.board.bits {
		if word == 0 {
			continue
		}
		f.board.bits[i] = 0
		for ; word != 0; word &= word - 1 {
			name := int32(i<<6 + bits.TrailingZeros64(word))
			mark := f.board.marks[name]
			if mark == 0 {
				mark = markBegun
			} else {
				f.board.marks[name] = 0
			}
			h := hit{thing: f.x.about[name].thing, name: name}
			if f.among != allKinds && f.among&(1<<f.x.kinds[h.thing]) == 0 {
				continue
			}
			if about := &f.x.about[name]; single && mark <= markWord && int(about.words) < tableWords && !about.publisher {
				h.score, h.how = f.table[mark][about.words], wordMarks[mark].how
			} else if h.score, h.how = f.score(name, mark); h.score == 0 {
				continue
			}
			if h.thing != best.thing {
				f.in.offer(best)
				best = h
			} else if h.score > best.score {
				best = h
			}
		}
	}
	f.in.offer(best)
}

// tableWords is the number of words up to which the scores of a search for one
// word are worked out before: it may match very many names.
const tableWords = 32

func (f *finder) tabulate() {
	for mark := markWrong; mark <= markWhole; mark++ {
		for words := 1; words < tableWords; words++ {
			f.table[mark][words] = millionths(worth(wordMarks[mark].quality, 1, words))
		}
	}
}

func millionths(score float64) int32 { return int32(score*1e6 + 0.5) }

// worth is the score of a name of so many words, of which so many match with a
// quality in hundredths, added up.
func worth(quality int32, matching, words int) float64 {
	n := float64(matching)
	return float64(quality) / 100 / n * (0.5 + 0.4*n/float64(max(words, matching)))
}

// score is how well a name matches, at best, in millionths.
func (f *finder) score(name int32, mark uint8) (int32, how) {
	about := &f.x.about[name]
	score, h := 0.0, byEdit
	switch {
	case mark&markExact != 0:
		if score, h = 0.98, exactly; about.main {
			score = 1
		}
	case mark&markWord != 0:
		score, h = f.wordScore(name, mark)
	}
	if mark&markInside != 0 {
		if s := 0.5 + 0.4*float64(len(f.query))/float64(len(f.x.all[name].fold)); s > score {
			score, h = s, byWord
		}
	}
	if about.publisher {
		score *= 0.6
	}
	return millionths(score), h
}

// wordScore is how well the words of a name match: 0 where one of the query's is
// missing.
func (f *finder) wordScore(name int32, mark uint8) (float64, how) {
	m := wordMarks[mark&markWord]
	quality, h := m.quality, m.how
	for i := range f.matches {
		if i == f.rarest {
			continue
		}
		best, bestHow := int32(0), byEdit
		for _, word := range f.x.wordsOf(name) {
			if q, how := f.matches[i].quality(f.x, word); q > best {
				best, bestHow = q, how
			}
		}
		if best == 0 {
			return 0, byEdit
		}
		quality += best
		h = max(h, bestHow)
	}
	return worth(quality, len(f.matches), int(f.x.about[name].words)), h
}
