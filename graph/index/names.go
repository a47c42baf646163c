package index

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dialograph/graph"
	"dialograph/graph/names"

	"github.com/cespare/xxhash/v2"
)

// nameIndex finds things by what they are called. Names, words and things are
// numbers; lists of them ascend.
type nameIndex struct {
	nameTables
	scratch *sync.Pool // of *board
}

// nameTables are what there is to find; they do not change.
type nameTables struct {
	things []Named     // by identifier
	kinds  []uint8     // of things, as numbers in kindNames
	weight []int32     // how much the graph says of a thing
	all    []nameOf    // by thing
	about  []aboutName // what a search reads of every name that it marks
	exact  byText      // folded name, and folded without order for people -> names

	words   []string // distinct words, ascending
	starts  []int32  // word -> where its names begin in inNames; one more than words
	inNames []int32  // names with a word, word by word
	begins  []int32  // name -> where its words begin in ofName; one more than names
	ofName  []int32  // distinct words of a name, name by name

	shortened []shortened // words without one letter, for words with a letter wrong, by hash
	hashes    []uint32    // the highest bits of a hash -> where those that have them begin; one more than they may be
	pairs     bySigns     // two neighbouring signs of names that do not separate words -> names
}

// nameOf is one name of one thing.
type nameOf struct {
	thing int32
	text  string
	kind  string // name, acronym, alias, misspelling …
	fold  string
}

type aboutName struct {
	thing     int32
	words     uint16
	main      bool // its name or acronym
	publisher bool
}

// kindNames are the kinds of things that have names.
var kindNames = [...]graph.Kind{graph.KindEvent, graph.KindSeries, graph.KindActor, graph.KindPerson, graph.KindTopic, graph.KindInstrument, graph.KindInitiative, graph.KindPlace, graph.KindSource}

const allKinds = 1<<len(kindNames) - 1

// amongKinds gives the bits of kinds; all where none is given.
func (x *nameIndex) amongKinds(kinds []graph.Kind) uint16 {
	var out uint16
	for i, k := range kindNames {
		if len(kinds) == 0 || slices.Contains(kinds, k) {
			out |= 1 << i
		}
	}
	return out
}

// thing gives the kind of a thing.
func (x *nameTables) thing(number int32) graph.Kind { return kindNames[x.kinds[number]] }

// shortened is the hash of a word or of a word without one of its letters.
type shortened struct {
	hash uint32
	word int32
}

// namesOf indexes the names of things of a snapshot.
func namesOf(p *pace, s *Snapshot, things []Named) *nameIndex {
	slices.SortFunc(things, func(a, b Named) int { return cmp.Compare(a.NodeID(), b.NodeID()) })
	b := &namer{nameTables: nameTables{things: things}, numbers: map[string]int32{}, exact: map[string][]int32{}, pairs: map[[2]rune][]int32{}}
	b.build(p, s)
	return searching(b.nameTables)
}

// searching makes an index of tables.
func searching(t nameTables) *nameIndex {
	return &nameIndex{t, &sync.Pool{New: func() any { return newBoard(len(t.all)) }}}
}

// namer makes the tables.
type namer struct {
	nameTables
	numbers map[string]int32 // of words
	exact   map[string][]int32
	pairs   map[[2]rune][]int32
}

// everyNamed gives all things that have names.
func (s *Snapshot) everyNamed() []Named {
	var out []Named
	out = addAll(out, s.Events)
	out = addAll(out, s.Series)
	out = addAll(out, s.Actors)
	out = addAll(out, s.People)
	out = addAll(out, s.Topics)
	out = addAll(out, s.Instruments)
	out = addAll(out, s.Initiatives)
	out = addAll(out, s.Places)
	return addAll(out, s.Sources)
}

func addAll[T Named](to []Named, list []T) []Named {
	for _, n := range list {
		to = append(to, n)
	}
	return to
}

// reweighed gives the index with the weights of some things as a snapshot has
// them; the rest is shared.
func (x *nameIndex) reweighed(p *pace, s *Snapshot, things []Named) *nameIndex {
	out := x
	for _, n := range things {
		p.rest()
		i, ok := slices.BinarySearchFunc(x.things, n.NodeID(), func(n Named, id graph.ID) int { return cmp.Compare(n.NodeID(), id) })
		if !ok {
			continue
		}
		if out == x {
			own := *x
			own.weight = copyOf(p, x.weight)
			out = &own
		}
		out.weight[i] = int32(s.weight(n))
	}
	return out
}

// build enters the names of the things.
func (x *namer) build(p *pace, s *Snapshot) {
	x.kinds, x.weight = make([]uint8, len(x.things)), make([]int32, len(x.things))
	for i, n := range x.things {
		p.rest()
		x.kinds[i], x.weight[i] = uint8(slices.Index(kindNames[:], n.NodeID().Kind())), int32(s.weight(n))
		x.add(int32(i), n)
	}
	x.begins = append(x.begins, int32(len(x.ofName)))
	x.sortWords()
	x.invert()
	x.shorten()
	x.nameTables.exact, x.nameTables.pairs = newByText(x.exact), newBySigns(x.pairs)
}

func (x *namer) add(thing int32, n Named) {
	e := n.Self()
	var seen []string
	enter := func(text, kind string) {
		if fold := names.Fold(text); fold != "" && !slices.Contains(seen, fold) {
			seen = append(seen, fold)
			x.enter(nameOf{thing: thing, text: text, kind: kind, fold: fold})
		}
	}
	enter(e.Name, "name")
	enter(e.Acronym, "acronym")
	for _, a := range e.Names {
		enter(a.Text, cmp.Or(a.Kind, "alias"))
	}
	switch n := n.(type) {
	case *Instrument:
		enter(n.Identifier, "identifier")
	case *Place:
		enter(n.Code, "code")
	case *Source:
		enter(n.As.Publisher, "publisher")
	}
}

func (x *namer) enter(n nameOf) {
	number := int32(len(x.all))
	words := strings.Fields(n.fold)
	x.all = append(x.all, n)
	x.about = append(x.about, aboutName{n.thing, uint16(min(len(words), 1<<16-1)), n.kind == "name" || n.kind == "acronym", n.kind == "publisher"})
	x.exact[n.fold] = append(x.exact[n.fold], number)
	slices.Sort(words)
	if x.thing(n.thing) == graph.KindPerson {
		if other := strings.Join(words, " "); other != n.fold {
			x.exact[other] = append(x.exact[other], number)
		}
	}
	x.begins = append(x.begins, int32(len(x.ofName)))
	for _, w := range slices.Compact(words) {
		id, ok := x.numbers[w]
		if !ok {
			id = int32(len(x.words))
			x.numbers[w] = id
			x.words = append(x.words, w)
		}
		x.ofName = append(x.ofName, id)
	}
	x.pair(n.fold, number)
}

// sortWords numbers the words in alphabetical order.
func (x *namer) sortWords() {
	slices.Sort(x.words)
	to := make([]int32, len(x.words))
	for i, w := range x.words {
		to[x.numbers[w]] = int32(i)
	}
	for i, old := range x.ofName {
		x.ofName[i] = to[old]
	}
}

// invert makes the list of names of each word.
func (x *namer) invert() {
	x.starts = make([]int32, len(x.words)+1)
	for _, w := range x.ofName {
		x.starts[w+1]++
	}
	for i := range x.words {
		x.starts[i+1] += x.starts[i]
	}
	next := slices.Clone(x.starts)
	x.inNames = make([]int32, len(x.ofName))
	for number := range x.all {
		for _, w := range x.ofName[x.begins[number]:x.begins[number+1]] {
			x.inNames[next[w]] = int32(number)
			next[w]++
		}
	}
}

// namesWith gives the names that hold a word.
func (x *nameIndex) namesWith(word int32) []int32 {
	return x.inNames[x.starts[word]:x.starts[word+1]]
}

// wordsOf gives the words of a name.
func (x *nameIndex) wordsOf(name int32) []int32 { return x.ofName[x.begins[name]:x.begins[name+1]] }

// leastFuzzy is how long a word of a search must be to find words with a letter
// wrong.
const leastFuzzy = 4

// shorten enters each word, and each word without one of its letters: two words
// that differ in one letter, or in two neighbours that changed places, have a
// form in common.
func (x *namer) shorten() {
	for i, w := range x.words {
		if letters := []rune(w); len(letters) >= leastFuzzy-1 {
			for _, h := range forms(letters) {
				x.shortened = append(x.shortened, shortened{h, int32(i)})
			}
		}
	}
	slices.SortFunc(x.shortened, func(a, b shortened) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.word, b.word)) })
	x.hashes = make([]uint32, 1<<bits.Len(uint(len(x.shortened)/formsAtOnce))+1)
	for _, s := range x.shortened {
		x.hashes[x.highest(s.hash)+1]++
	}
	for i := range len(x.hashes) - 1 {
		x.hashes[i+1] += x.hashes[i]
	}
}

// formsAtOnce is how many forms have the same highest bits, about.
const formsAtOnce = 4

// highest gives the highest bits of a hash.
func (x *nameTables) highest(hash uint32) uint32 {
	return uint32(uint64(hash) * uint64(len(x.hashes)-1) >> 32)
}

// forms gives the hashes of a word and of it without one letter.
func forms(letters []rune) []uint32 {
	out := make([]uint32, 0, len(letters)+1)
	var form []byte
	for skip := -1; skip < len(letters); skip++ {
		if skip > 0 && letters[skip] == letters[skip-1] {
			continue // the same form again
		}
		form = form[:0]
		for i, r := range letters {
			if i != skip {
				form = append(form, byte(r), byte(r>>8), byte(r>>16))
			}
		}
		out = append(out, uint32(xxhash.Sum64(form)))
	}
	return out
}

// similar gives the words that one wrong letter turns into a word.
func (x *nameIndex) similar(word string) []int32 {
	letters := []rune(word)
	if len(letters) < leastFuzzy {
		return nil
	}
	var out []int32
	for _, h := range forms(letters) {
		at := x.highest(h)
		for _, s := range x.shortened[x.hashes[at]:x.hashes[at+1]] {
			if s.hash == h && isSimilar(word, x.words[s.word]) {
				out = append(out, s.word)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// isSimilar tells whether one wrong letter turns a word into another.
func isSimilar(word, other string) bool {
	switch {
	case word == other:
		return false
	case isASCII(word) && isASCII(other):
		return len(word) >= leastFuzzy && oneEdit([]byte(word), []byte(other))
	}
	letters := []rune(word)
	return len(letters) >= leastFuzzy && oneEdit(letters, []rune(other))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// oneEdit tells whether one insertion, deletion, replacement or transposition
// of neighbours turns a into b.
func oneEdit[letter byte | rune](a, b []letter) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) || slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

// pair enters the neighbouring signs of a name in a script that does not
// separate words.
func (x *namer) pair(fold string, name int32) {
	for p := range pairsOf(fold) {
		if list := x.pairs[p]; len(list) == 0 || list[len(list)-1] != name {
			x.pairs[p] = append(list, name)
		}
	}
}

// pairsOf gives the neighbouring signs of a text, one of which at least is of
// such a script.
func pairsOf(fold string) map[[2]rune]bool {
	var out map[[2]rune]bool
	last := rune(0)
	for _, r := range fold {
		if last != 0 && (unbroken(last) || unbroken(r)) {
			if out == nil {
				out = map[[2]rune]bool{}
			}
			out[[2]rune{last, r}] = true
		}
		last = r
	}
	return out
}

// unbroken tells that a sign is of a script that does not separate words, or
// not always.
func unbroken(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// weight orders things whose names match equally well: first what the graph
// says most about.
func (s *Snapshot) weight(n Named) int {
	switch n := n.(type) {
	case *Actor:
		of := s.OfActor(n)
		return 1000 + len(of.Participations) + len(of.ForSide)
	case *Person:
		return 1000 + len(s.OfPerson(n).Participations)
	case *Series:
		return 500 + len(s.Sessions(n))
	case *Topic:
		return 200 + len(s.OfTopic(n).Discussions)
	case *Instrument, *Initiative:
		return 300 + len(s.ReferencesTo(n))
	case *Place:
		return 100 + len(s.HeldIn(n))
	}
	return 0
}
