package extract

import (
	"strings"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
)

// person is a human being with what stands beside the name.
type person struct {
	name     string
	written  string // with the honorific
	position string
	body     *chunk // of the same sentence
	home     string // slug of the side that the position names
	sure     bool   // an honorific, a position or the authority files say that it is a person
	ids      []graph.ID
	nameAt   int // first token of the name or its honorific
	nameEnd  int
}

// people finds persons: known ones, those with an honorific, and names beside a
// position. A bare name is kept as unsure, for rules that expect one.
func (rd *reading) people(s *sentence) {
	if s.shouting() {
		return
	}
	end := 0 // of what the last person took
	for i := 0; i < len(s.toks); {
		p := rd.personAt(s, i)
		if p == nil {
			i++
			continue
		}
		first, last := p.nameAt, p.nameEnd
		if at, ok := rd.positionAfter(s, p); ok {
			last = at
			if w := s.word(first - 1); first > end && s.isName(first-1) && rd.lex().is("position", w) && s.width(first-1) == 1 {
				first-- // "Ambassador X, Director General for …"
			}
			if p.position == "" {
				// "Ambassador X from the Ministry of Foreign Affairs"
				held := p.body
				if at, ok := rd.positionBefore(s, p, end); ok {
					first = at
				}
				p.body = held
			}
		} else if at, ok := rd.positionBefore(s, p, end); ok {
			first = rd.longerPosition(s, p, at, end)
			last = rd.bodyAfter(s, p)
		}
		if !p.sure && rd.unlikely(s, p) {
			i = p.nameEnd
			continue
		}
		s.add(&chunk{kind: personChunk, first: first, last: last, person: p})
		i, end = last, last
	}
}

// shouting tells of a line all in capitals.
func (s *sentence) shouting() bool {
	upper, words := 0, 0
	for _, t := range s.toks {
		switch t.Class {
		case gazetteer.Upper:
			upper++
			words++
		case gazetteer.Capital, gazetteer.Lower:
			words++
		}
	}
	return words > 4 && upper*10 > words*8
}

// unlikely tells of two capitalised words without a position that they are
// rather something else.
func (rd *reading) unlikely(s *sentence, p *person) bool {
	if s.covering(p.nameAt, partyChunk) != nil {
		return true
	}
	return p.nameEnd-p.nameAt < 2
}

// personAt reads a name that begins at a token, with what stands before it as a
// form of address.
func (rd *reading) personAt(s *sentence, i int) *person {
	lex := rd.lex()
	p := &person{nameAt: i}
	at := i
	for at < len(s.toks) && (lex.is("honorific", s.fold(at)) || at > i && (s.fold(at) == "(" && lex.is("honorific", s.fold(at+1)) || s.fold(at) == ")" || s.fold(at) == ".")) {
		if s.toks[at].Class == gazetteer.Lower && s.fold(at) != "the" {
			break
		}
		if s.fold(at) == "the" || lex.is("honorific-strong", s.fold(at)) {
			p.sure = p.sure || s.fold(at) != "the"
		}
		at++
	}
	rank := at > i && !p.sure && rd.isRank(s, i, at)
	if s.fold(i) == "the" || (s.fold(i) == "he" || s.fold(i) == "her" || s.fold(i) == "his") && at == i+1 {
		return nil
	}
	if at > i && !p.sure && !rank {
		at = i
	}
	if at < len(s.toks) && s.covering(at, bodyChunk) != nil {
		return nil
	}
	if m := rd.knownPerson(s, at); m != nil {
		p.sure, p.ids = true, m.IDs
		p.nameEnd = m.Last
		if end := rd.nameEnd(s, at, p.sure); end > m.Last {
			p.nameEnd = end
		}
		return p.named(s, at)
	}
	p.nameEnd = rd.nameEnd(s, at, p.sure || rank)
	if p.nameEnd == at {
		return nil
	}
	words := 0
	for k := at; k < p.nameEnd; k += s.width(k) {
		words++
	}
	if words < 2 && !p.sure && !rank {
		return nil
	}
	p.sure = p.sure || rank && words > 1
	return p.named(s, at)
}

func (p *person) named(s *sentence, at int) *person {
	p.name, p.written = s.line(at, p.nameEnd), s.line(p.nameAt, p.nameEnd)
	return p
}

// isRank tells of "Lieutenant General" and "Vice Admiral", which are written
// before a name; General alone may be part of a title.
func (rd *reading) isRank(s *sentence, first, last int) bool {
	return s.has(first, last, "general", "gen", "admiral", "colonel", "major", "captain", "commander", "brigadier", "commodore", "marshal", "excellency")
}

func (rd *reading) knownPerson(s *sentence, at int) *gazetteer.Mention {
	for i := range s.found {
		if m := &s.found[i]; m.First == at && m.Kind == graph.KindPerson && m.Last-m.First > 1 {
			return m
		}
	}
	return nil
}

// nameEnd reads the words of a name: two to five, written with capitals, that
// are not words of which the names of things are made.
func (rd *reading) nameEnd(s *sentence, i int, sure bool) int {
	lex := rd.lex()
	at, words, plain := i, 0, 0
	for at < len(s.toks) && words < 6 {
		w := s.fold(at)
		if lex.is("particle", w) && words > 0 && (s.isName(at+1) || lex.is("particle", s.fold(at+1))) && (s.toks[at].Class == gazetteer.Lower || len(w) <= 3) {
			at++
			continue
		}
		if words > 0 && s.toks[at].Class == gazetteer.Sign && w == "." && s.toks[at-1].Class == gazetteer.Upper && len(s.toks[at-1].Text) == 1 && !s.toks[at].Spaced {
			at++
			continue
		}
		if !s.isName(at) || s.chunkAt(at, partyChunk) != nil || s.covering(at, bodyChunk) != nil || s.covering(at, dateChunk) != nil {
			break
		}
		strong := sure && words < 3 && !rd.title(s, at)
		if lex.common[w] && !strong && !(lex.is("given", w) && s.isName(at+1) && (words == 0 && at > 0 || words > 0)) && !(words > 0 && lex.is("given", w)) {
			break
		}
		if rd.title(s, at) && !lex.is("given", w) {
			break
		}
		if len(s.toks[at].Text) >= 3 && s.toks[at].Class == gazetteer.Upper && words == 0 && (rd.acronyms[s.toks[at].Text] != nil || lex.is("not-body", w)) {
			break
		}
		if !lex.common[w] {
			plain++
		}
		at += s.width(at)
		words++
	}
	if plain == 0 && !sure {
		return i
	}
	return at
}

// title tells of a word that it is a position, a body or a meeting.
func (rd *reading) title(s *sentence, i int) bool {
	lex := rd.lex()
	for _, w := range []string{s.word(i), s.fold(i)} {
		if lex.is("position", w) || lex.is("last-body", w) || lex.meeting[w] != "" || lex.month[w] > 0 && !lex.is("given", w) && !(s.isName(i-1) && s.isName(i+1)) || lex.is("honorific-strong", w) || lex.bodies[w] != "" {
			return true
		}
	}
	return false
}

// positionAfter reads ", Director for X at Y" after a name and gives the token
// after it.
func (rd *reading) positionAfter(s *sentence, p *person) (int, bool) {
	at := p.nameEnd
	sign := s.fold(at)
	switch {
	case sign == "," || sign == "(" || sign == ":" || (sign == "-") && s.toks[at].Spaced:
		at++
	case sign == "of" || sign == "from":
		// "Brig Gen X of the National Police"
		c := s.chunkAt(rd.skipThe(s, at+1), bodyChunk)
		if c == nil || !p.sure {
			return 0, false
		}
		p.body = c
		p.home = c.body.home
		return c.last, true
	default:
		return 0, false
	}
	pos, ok := rd.position(s, at)
	if ok && leadsText(pos.text) {
		return 0, false
	}
	if !ok {
		return 0, false
	}
	p.take(pos)
	p.sure = true
	end := pos.end
	if sign == "(" && s.fold(end) == ")" {
		end++
	}
	return end, true
}

// leadsText tells of "head of the Indian delegation" that it is a role at the
// meeting, not a position.
func leadsText(text string) bool {
	lower := " " + strings.ToLower(text) + " "
	for _, w := range []string{" delegation ", " side ", " delegations ", " team "} {
		if strings.Contains(lower, w) && (strings.Contains(lower, " head ") || strings.Contains(lower, " leader ") || strings.Contains(lower, " chair") || strings.Contains(lower, " co-chair") || strings.Contains(lower, " chief ")) {
			return true
		}
	}
	return strings.TrimSpace(lower) == "co-chair" || strings.TrimSpace(lower) == "chair" || strings.TrimSpace(lower) == "head of delegation"
}

func (p *person) take(o office) {
	p.position, p.body = o.text, o.body
	if p.home == "" {
		p.home = o.home
	}
}

// fieldsBefore reads "Joint Secretary, Policy Planning, Counter Terrorism and
// Cyber Issues, Ministry of …": the fields of a bare title, up to the body. It
// gives the comma before the body; 0 where no body follows.
func (rd *reading) fieldsBefore(s *sentence, start, comma int) int {
	for i := start; i < comma; i += s.width(i) {
		if w := s.word(i); !rd.lex().is("position", w) && !rd.lex().is("position-words", w) {
			return 0
		}
	}
	at := comma
	for range 4 {
		next := at + 1
		if s.chunkAt(rd.skipThe(s, next), bodyChunk) != nil {
			if at == comma {
				return 0
			}
			return at
		}
		if !s.isName(next) || rd.newPerson(s, next) || rd.officeAt(s, next) {
			return 0
		}
		next = rd.fieldEnd(s, next)
		if s.fold(next) != "," {
			return 0
		}
		at = next
	}
	return 0
}

// fieldEnd reads over the words of one field.
func (rd *reading) fieldEnd(s *sentence, at int) int {
	for s.isName(at) || s.fold(at) == "and" && s.isName(at+1) && !rd.newPerson(s, at+1) || s.fold(at) == "-" {
		at += s.width(at)
	}
	return at
}

// above takes the body of which the one of a position is a part ("Cyber Policy
// Department, Ministry of Defence"), and the government behind it.
func (rd *reading) above(s *sentence, o *office) {
	for o.body != nil && s.fold(o.end) == "," {
		at := rd.skipThe(s, o.end+1)
		if c := s.chunkAt(at, bodyChunk); c != nil && len(o.body.body.ids) == 0 && c.first >= o.body.last {
			o.body, o.end = c, c.last
			continue
		}
		if s.fold(at) == "government" && s.fold(at+1) == "of" {
			if q := s.chunkAt(rd.skipThe(s, at+2), partyChunk); q != nil {
				o.home, o.end = q.party.slug, q.last
				continue
			}
		}
		return
	}
}

// inComplement tells whether a comma stands inside "for A, B and C".
func (rd *reading) inComplement(s *sentence, start, comma int) bool {
	for i := comma - 1; i > start; i-- {
		switch f := s.fold(i); {
		case f == "for" || f == "of" || f == "on":
			return true
		case f == ",":
			continue
		case !s.isName(i) && f != "and" && f != "-" && f != "&":
			return false
		}
	}
	return false
}

// officeSoon tells whether a noun of office stands at a token or shortly after
// it, before anything that ends a phrase.
func (rd *reading) officeSoon(s *sentence, at int) bool {
	lex := rd.lex()
	for i := at; i < len(s.toks) && i < at+9; {
		w := s.word(i)
		if lex.is("position", w) || lex.is("position", s.fold(i)) {
			return true
		}
		if !s.isName(i) && !lex.is("position-words", w) && w != "and" && w != "for" && w != "of" && w != "&" && w != "-" && s.toks[i].Class == gazetteer.Sign || lex.is("ends-person", w) || w == "," {
			return false
		}
		i += s.width(i)
	}
	return false
}

// officeAt tells whether an office begins right at a token.
func (rd *reading) officeAt(s *sentence, at int) bool {
	lex := rd.lex()
	at = rd.skipThe(s, at)
	for i := at; i < len(s.toks) && i < at+5; i += s.width(i) {
		w := s.word(i)
		if lex.is("position", w) || s.width(i) > 1 && lex.is("position", s.fold(i)) {
			return true
		}
		if !lex.is("position-words", w) && s.chunkAt(i, partyChunk) == nil {
			return false
		}
	}
	return false
}

// shortOffice takes a few capitals after a name as an office: "JS (CSTI)".
func (rd *reading) shortOffice(s *sentence, at int) bool {
	return at < len(s.toks) && s.toks[at].Class == gazetteer.Upper && len(s.toks[at].Text) <= 6 && s.fold(at+1) == "("
}

// plainOffice tells of "Head" and "Director General" that they mean little
// without the body.
func (rd *reading) plainOffice(s *sentence, first, last int) bool {
	for i := first; i < last; i += s.width(i) {
		if !rd.lex().plainOffice[s.word(i)] {
			return false
		}
	}
	return last > first && last-first < 2
}

// newPerson tells whether another person begins at a token.
func (rd *reading) newPerson(s *sentence, i int) bool {
	if i >= len(s.toks) {
		return false
	}
	if rd.lex().is("honorific-strong", s.fold(i)) || s.fold(i) == "h" && s.fold(i+1) == "." {
		return s.toks[i].Class != gazetteer.Lower
	}
	if rd.knownPerson(s, i) != nil {
		return true
	}
	end := rd.nameEnd(s, i, false)
	words := 0
	for k := i; k < end; k += s.width(k) {
		words++
	}
	return words >= 2 && (s.fold(end) == "," || s.fold(end) == "(" || end >= len(s.toks) || rd.lex().is("ends-person", s.word(end)) || s.fold(end) == "." || s.fold(end) == "and")
}

// nameFollows tells whether an office at a token ends in a person's name:
// "and Deputy Director John Smith".
func (rd *reading) nameFollows(s *sentence, i int) bool {
	if !rd.officeAt(s, i) {
		return false
	}
	for j := i; j < len(s.toks) && j < i+22; {
		w := s.word(j)
		if w == "," || w == ";" || w == "." || rd.lex().is("ends-person", w) && j > i {
			return false
		}
		if j > i && s.isName(j) {
			if rd.newPerson(s, j) {
				return true
			}
		}
		j += s.width(j)
	}
	return false
}

// partOfName tells whether a party at a token belongs to a longer title.
func (rd *reading) partOfName(s *sentence, i int) bool {
	c := s.chunkAt(rd.skipThe(s, i), partyChunk)
	return c != nil && s.isName(c.last) && !rd.lex().is("ends-person", s.fold(c.last)) && s.chunkAt(c.last, bodyChunk) == nil && !rd.officeAt(s, c.last)
}

// positionInside tells whether brackets hold what a name is better explained
// by: "(Ministry of Foreign Affairs)".
func (rd *reading) positionInside(s *sentence, first, last int) bool {
	c := s.chunkAt(first, bodyChunk)
	return c != nil && c.last == last && !c.body.part
}

// positionBefore reads "Ambassador for X Jane Doe" and gives the first token.
func (rd *reading) positionBefore(s *sentence, p *person, from int) (int, bool) {
	lex := rd.lex()
	at := p.nameAt
	comma := false
	if s.fold(at-1) == "," && at-1 > from {
		at--
		comma = true
	}
	start := at
	for start > from {
		i := start - 1
		if b := s.covering(i, bodyChunk); b != nil {
			if b.first < from {
				break
			}
			start = b.first
			continue
		}
		if q := s.covering(i, partyChunk); q != nil {
			start = q.first
			continue
		}
		f := s.fold(i)
		if s.isName(i) || lex.joinsOffice[f] || f == "and" || f == "&" || f == "'s" || f == "’" || f == "-" && !s.toks[i].Spaced || lex.is("position", f) || lex.is("position-words", f) || f == "charge" ||
			s.toks[i].Class == gazetteer.Lower && !lex.is("ends-person", s.word(i)) && at-start < 14 && !rd.officeBetween(s, i, at) && start < at && !lex.beforePosition[f] {
			start--
			continue
		}
		if f == "," && start < at && rd.listEnd(s, i) > 0 && rd.officeBefore(s, from, i) {
			start--
			continue
		}
		break
	}
	// The position begins at its first word of office, or at the words before it.
	for i := start; i < at; i++ {
		if !rd.officeAt(s, i) && !(s.isName(i) && rd.officeSoon(s, i)) {
			continue
		}
		if lex.is("ends-person", s.word(i)) || s.fold(i) == "the" || s.covering(i, bodyChunk) != nil && s.chunkAt(i, bodyChunk) == nil {
			continue
		}
		o, ok := rd.position(s, i)
		if !ok || o.end > at && !comma {
			// The name itself was read as part of it: cut there.
			if !ok || i >= at {
				continue
			}
		}
		o.text = strings.TrimSpace(s.line(rd.afterParty(s, i), min(max(o.end, i), at)))
		if o.body != nil && o.body.last <= at {
			o.text = rd.cutBody(s, i, o, at)
		} else if o.body != nil && o.body.first >= at {
			o.body = nil
		}
		if !rd.hasOffice(s, i, at) || comma && (o.end < at || i > 0 && s.isName(i-1) && s.fold(i-1) != "the" && s.covering(i-1, partyChunk) == nil) {
			continue
		}
		if o.end < at && !comma && !rd.onlyTitle(s, o.end, at) {
			continue
		}
		first := i
		if q := s.covering(i-1, partyChunk); q != nil && q.first >= from {
			o.home, first = q.party.slug, q.first
		} else if i > 1 && (s.fold(i-1) == "'s" || s.fold(i-1) == "’") {
			if q := s.covering(i-2, partyChunk); q != nil {
				o.home, first = q.party.slug, q.first
			} else if b := s.covering(i-2, bodyChunk); b != nil && o.body == nil {
				o.body, first = b, b.first
				if o.home == "" {
					o.home = b.body.home
				}
			}
		} else if b := s.covering(i-1, bodyChunk); b != nil && o.body == nil && b.first >= from {
			o.body, first = b, b.first
			if o.home == "" {
				o.home = b.body.home
			}
		}
		p.take(o)
		p.sure = true
		return first, o.text != ""
	}
	return 0, false
}

// bodyAfter takes the body in "Director Jane Doe of the Department of State",
// and gives the token after it.
func (rd *reading) bodyAfter(s *sentence, p *person) int {
	at := p.nameEnd
	f := s.fold(at)
	if p.body != nil && !p.body.body.part || f != "of" && f != "from" && f != "at" && !(f == "(" || f == ",") {
		return at
	}
	c := s.chunkAt(rd.skipThe(s, at+1), bodyChunk)
	if c == nil || f == "," && s.fold(c.last) != "," || f == "(" && s.fold(c.last) != ")" {
		return at
	}
	p.body = c
	if p.home == "" {
		p.home = c.body.home
	}
	return c.last
}

// longerPosition looks before a bare title, as in "the Director of X, Minister
// Jane Doe", and gives the first token.
func (rd *reading) longerPosition(s *sentence, p *person, first, from int) int {
	if strings.Contains(p.position, " ") || s.fold(first-1) != "," {
		return first
	}
	held := *p
	p.nameAt = first
	at, ok := rd.positionBefore(s, p, from)
	if !ok || !strings.Contains(p.position, " ") {
		*p = held
		return first
	}
	p.nameAt = held.nameAt
	return at
}

// onlyTitle tells whether only a form of address stands between two tokens.
func (rd *reading) onlyTitle(s *sentence, first, last int) bool {
	for i := first; i < last; i++ {
		if !rd.lex().is("honorific", s.fold(i)) && s.toks[i].Class != gazetteer.Sign {
			return false
		}
	}
	return true
}

func (rd *reading) afterParty(s *sentence, i int) int {
	if c := s.chunkAt(i, partyChunk); c != nil {
		i = c.last
		if s.fold(i) == "'s" || s.fold(i) == "’" {
			i++
		}
	}
	return i
}

func (rd *reading) cutBody(s *sentence, first int, o office, at int) string {
	first = rd.afterParty(s, first)
	if o.body.first <= first {
		return strings.TrimSpace(s.line(max(o.body.last, first), at))
	}
	cut := o.body.first
	for cut > first && rd.lex().joinsOffice[s.fold(cut-1)] {
		cut--
	}
	if rd.plainOffice(s, first, cut) && s.has(cut, o.body.first, "of") {
		cut = o.body.last
	}
	return strings.TrimSpace(s.line(first, cut))
}

func (rd *reading) hasOffice(s *sentence, first, last int) bool {
	for i := first; i < last; i += s.width(i) {
		if rd.lex().is("position", s.word(i)) || rd.lex().is("position", s.fold(i)) {
			return true
		}
	}
	return false
}

func (rd *reading) officeBetween(s *sentence, first, last int) bool {
	return rd.hasOffice(s, first+1, last)
}

func (rd *reading) officeBefore(s *sentence, from, i int) bool {
	return rd.hasOffice(s, max(from, i-12), i)
}
