package index

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// table finds numbers by the hash of what they stand for. It has no pointers and
// hashes the same in every process, so that it can be kept in a file.
type table struct {
	slots []uint32 // numbers plus 1, or 0; four fifths are taken
}

func newTable(n int, hash func(uint32) uint64) table {
	t := table{make([]uint32, n+n/4+1)}
	for i := range uint32(n) {
		at := t.slot(hash(i))
		for t.slots[at] != 0 {
			at = t.after(at)
		}
		t.slots[at] = i + 1
	}
	return t
}

// find gives the number of a hash that is the right one.
func (t *table) find(hash uint64, right func(uint32) bool) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	for at := t.slot(hash); t.slots[at] != 0; at = t.after(at) {
		if n := t.slots[at] - 1; right(n) {
			return n, true
		}
	}
	return 0, false
}

// slot is where the search for a hash begins.
func (t *table) slot(hash uint64) int {
	high, _ := bits.Mul64(hash, uint64(len(t.slots)))
	return int(high)
}

func (t *table) after(slot int) int {
	if slot++; slot == len(t.slots) {
		return 0
	}
	return slot
}

// hashOf hashes a text of which two parts are given.
func hashOf(a, b string) uint64 {
	if b == "" {
		return xxhash.Sum64String(a)
	}
	var h xxhash.Digest
	h.Reset()
	_, _ = h.WriteString(a) // does not fail
	_, _ = h.WriteString(b)
	return h.Sum64()
}

// wordTable numbers texts.
type wordTable struct {
	words []string
	table table
}

func newWordTable(words []string) wordTable {
	return wordTable{words, newTable(len(words), func(i uint32) uint64 { return hashOf(words[i], "") })}
}

// number gives the number of a text, if it has one.
func (t *wordTable) number(word string) (uint32, bool) {
	return t.table.find(hashOf(word, ""), func(n uint32) bool { return t.words[n] == word })
}

// lists are lists of numbers, each with a key, in the order of the keys.
type lists struct {
	starts  []int32 // where each begins; one more than lists
	numbers []int32
}

func (l *lists) at(i int) []int32 { return l.numbers[l.starts[i]:l.starts[i+1]] }

// listsOf gives the keys of a map in their order, and its lists.
func listsOf[K comparable](m map[K][]int32, compare func(a, b K) int) ([]K, lists) {
	keys := slices.SortedFunc(maps.Keys(m), compare)
	l := lists{starts: make([]int32, 1, len(keys)+1)}
	for _, k := range keys {
		l.numbers = append(l.numbers, m[k]...)
		l.starts = append(l.starts, int32(len(l.numbers)))
	}
	return keys, l
}

// byText are lists by texts.
type byText struct {
	texts wordTable
	lists lists
}

func newByText(m map[string][]int32) byText {
	keys, lists := listsOf(m, cmp.Compare[string])
	return byText{newWordTable(keys), lists}
}

func (b *byText) of(text string) []int32 {
	if n, ok := b.texts.number(text); ok {
		return b.lists.at(int(n))
	}
	return nil
}

// bySigns are lists by two signs.
type bySigns struct {
	signs [][2]rune
	lists lists
}

func newBySigns(m map[[2]rune][]int32) bySigns {
	signs, lists := listsOf(m, compareSigns)
	return bySigns{signs, lists}
}

func (b *bySigns) of(signs [2]rune) []int32 {
	if i, ok := slices.BinarySearchFunc(b.signs, signs, compareSigns); ok {
		return b.lists.at(i)
	}
	return nil
}

func compareSigns(a, b [2]rune) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }
