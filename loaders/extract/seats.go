package extract

import (
	"cmp"
	"slices"
	"strings"
)

// seats finds those who are at the meeting so far, by name, side and sentence,
// so that a long list is not gone through for each of its entries.
type seats struct {
	whole   map[string]*participation // chairs by the words of the name, sorted
	single  map[string]*participation // those known by one word: "Mr Verma"
	family  map[string]*participation // the others by their last word
	led     map[string]bool           // sides that have a chair
	names   map[string]bool           // bodies and states that took part, as written
	members map[string]bool           // the same with their side: see memberKeys
	ordered []*participation          // chairs in the order of the text
}

func newSeats() seats {
	return seats{whole: map[string]*participation{}, single: map[string]*participation{}, family: map[string]*participation{},
		led: map[string]bool{}, names: map[string]bool{}, members: map[string]bool{}}
}

// seatChair adds who led.
func (rd *reading) seatChair(p *participation) {
	p.order = len(rd.chairs)
	rd.chairs = append(rd.chairs, p)
	rd.seats.led[p.side] = true
	words := strings.Fields(strings.ToLower(p.person.name))
	switch len(words) {
	case 0:
	case 1:
		keepFirst(rd.seats.single, words[0], p)
	default:
		keepFirst(rd.seats.family, words[len(words)-1], p)
		slices.Sort(words)
		keepFirst(rd.seats.whole, strings.Join(words, " "), p)
	}
}

func keepFirst(table map[string]*participation, key string, p *participation) {
	if table[key] == nil {
		table[key] = p
	}
}

// chair gives the first chair of a name: with the same words in any order or,
// where one of the two is a single word, with the same family name.
func (t *seats) chair(name string) *participation {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 {
		return nil
	}
	first, last := words[0], words[len(words)-1]
	found := []*participation{t.single[first], t.single[last]}
	if len(words) == 1 {
		found = append(found, t.family[first])
	} else {
		slices.Sort(words)
		found = append(found, t.whole[strings.Join(words, " ")])
	}
	found = slices.DeleteFunc(found, func(p *participation) bool { return p == nil })
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(a, b *participation) int { return cmp.Compare(a.order, b.order) })
}

// seatMember adds a member, but a body only once for each side.
func (rd *reading) seatMember(p *participation) {
	if p.body != nil {
		keys := memberKeys(p)
		if slices.ContainsFunc(keys, func(k string) bool { return rd.seats.members[k] }) {
			return
		}
		for _, k := range keys {
			rd.seats.members[k] = true
		}
		rd.seats.names[p.body.name] = true
	}
	rd.members = append(rd.members, p)
}

// memberKeys are the side with the name and with the only entry of a body.
func memberKeys(p *participation) []string {
	keys := []string{p.side + "\x00name\x00" + strings.ToLower(p.body.name)}
	if len(p.body.ids) == 1 {
		keys = append(keys, p.side+"\x00"+string(p.body.ids[0]))
	}
	return keys
}

// settle puts the chairs in the order of the text, once all are known.
func (t *seats) settle(chairs []*participation) {
	t.ordered = slices.Clone(chairs)
	slices.SortStableFunc(t.ordered, func(a, b *participation) int {
		return cmp.Or(cmp.Compare(a.s.index, b.s.index), cmp.Compare(a.c.first, b.c.first))
	})
}

// inSentence gives the chairs whom a sentence names.
func (t *seats) inSentence(s *sentence) []*participation {
	first, _ := slices.BinarySearchFunc(t.ordered, s.index, bySentence)
	last, _ := slices.BinarySearchFunc(t.ordered, s.index+1, bySentence)
	return t.ordered[first:last]
}

func bySentence(p *participation, index int) int { return cmp.Compare(p.s.index, index) }

// lastBefore gives the chair who was named last before a token; nil where there
// is none.
func (t *seats) lastBefore(s *sentence, at int) *participation {
	for _, p := range slices.Backward(t.inSentence(s)) {
		if p.c.last <= at {
			return p
		}
	}
	if i, _ := slices.BinarySearchFunc(t.ordered, s.index, bySentence); i > 0 {
		return t.ordered[i-1]
	}
	return nil
}
