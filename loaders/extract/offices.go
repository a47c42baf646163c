package extract

import (
	"strings"

	"dialograph/loaders/gazetteer"
)

// office is a position as it was read.
type office struct {
	text string
	body *chunk
	home string
	end  int
}

// position reads a position that begins at a token: a noun of office with what
// belongs to it, and the body where it is held.
func (rd *reading) position(s *sentence, at int) (office, bool) {
	r := &officeReader{rd: rd, s: s, at: at}
	if w := s.fold(at); w == "and" || w == "&" || w == "or" {
		return r.o, false // what follows is of somebody else
	}
	r.opening()
	if !rd.officeSoon(s, r.at) && !rd.shortOffice(s, r.at) {
		return r.o, false
	}
	r.start, r.end = r.at, r.at
	for r.at < len(s.toks) && !r.done {
		r.step()
	}
	return r.result()
}

// officeReader walks over the tokens of a position.
type officeReader struct {
	rd    *reading
	s     *sentence
	o     office
	start int // of the words of the position
	end   int // of what is sure to belong to them
	at    int
	done  bool
}

// opening skips articles and takes the state or body that stands before the
// office: "Australia's", "the FCDO's", "Interior Ministry".
func (r *officeReader) opening() {
	for {
		if c := r.s.chunkAt(r.at, partyChunk); c != nil && r.owns(c) {
			r.o.home, r.at = c.party.slug, c.last
			continue
		}
		switch r.s.fold(r.at) {
		case "the", "its", "'s", "’", "a", "an", "currently", "their":
			r.at++
			continue
		}
		c := r.s.chunkAt(r.at, bodyChunk)
		if c == nil || !r.rd.officeSoon(r.s, c.last) || r.s.fold(c.last) == "," || r.o.body != nil {
			return
		}
		r.o.body, r.at = c, c.last
		if r.o.home == "" {
			r.o.home = c.body.home
		}
	}
}

// owns tells whether an office follows a state as its own.
func (r *officeReader) owns(c *chunk) bool {
	next := r.s.fold(c.last)
	return (next == "'s" || next == "’" || !r.rd.lex().is("ends-person", next)) && r.s.chunkAt(c.first, bodyChunk) == nil && r.rd.officeSoon(r.s, r.rd.afterParty(r.s, c.first))
}

// step reads one more word, name or sign.
func (r *officeReader) step() {
	w := r.s.fold(r.at)
	switch {
	case r.stops():
		r.done = true
	case w == "(":
		r.bracket()
	case w == ",":
		r.comma()
	case w == "and" || w == "&":
		r.and()
	case r.s.chunkAt(r.at, bodyChunk) != nil:
		r.body(r.s.chunkAt(r.at, bodyChunk))
	default:
		r.at += r.s.width(r.at)
		r.end = r.at
	}
}

// stops tells whether something stands here that no position holds: a verb, a
// day, a place, the end of the clause.
func (r *officeReader) stops() bool {
	s, at := r.s, r.at
	if at > r.start && r.rd.lex().is("ends-person", s.word(at)) && !(s.word(at) == "as" && s.fold(at+1) == "well") {
		return true
	}
	if s.chunkAt(at, dateChunk) != nil || s.chunkAt(at, placeChunk) != nil && s.fold(at-1) == "in" && s.chunkAt(at, partyChunk) == nil && s.chunkAt(at, bodyChunk) == nil {
		return true
	}
	if s.toks[at].Class != gazetteer.Sign {
		return false
	}
	switch s.fold(at) {
	case "(", ",", "and", "'", "’", "'s", "/", "\"", "“", "”":
		return false
	case "-":
		return s.toks[at].Spaced
	}
	return true
}

// bracket reads over "(Cyber Diplomacy)", but not over a body or a role at the
// meeting.
func (r *officeReader) bracket() {
	end := r.at
	for end < len(r.s.toks) && r.s.fold(end) != ")" {
		end++
	}
	if end-r.at > 16 || end >= len(r.s.toks) || leadsText(r.s.line(r.at+1, end)) || r.rd.positionInside(r.s, r.at+1, end) {
		r.done = true
		return
	}
	r.goOn(end + 1)
}

func (r *officeReader) goOn(at int) { r.at, r.end = at, at }

// comma decides whether a comma parts fields of one position, joins the body or
// a second office, or ends it.
func (r *officeReader) comma() {
	rd, s, next := r.rd, r.s, r.at+1
	if c := r.bodyAfter(next); c != nil && (r.o.body == nil || r.o.body.body.part) && !rd.newPerson(s, next) {
		r.bodyOf(c)
		return
	}
	if q := s.chunkAt(next, partyChunk); q != nil && q.party.noun && (s.fold(q.last) == "," || q.last >= len(s.toks) || rd.lex().is("ends-person", s.fold(q.last))) {
		r.o.home, r.o.end, r.done = q.party.slug, q.last, true
		return
	}
	if stop := rd.fieldsBefore(s, r.start, r.at); stop > 0 {
		r.goOn(stop)
		return
	}
	if rd.plainOffice(s, r.start, r.at) && s.isName(next) && s.covering(next, bodyChunk) == nil && !rd.newPerson(s, next) && !rd.officeAt(s, next) {
		r.goOn(rd.fieldEnd(s, next)) // "Director, Security and Defence Policy"
		return
	}
	if stop := rd.listEnd(s, r.at); stop > 0 && s.isName(r.at-1) && rd.inComplement(s, r.start, r.at) {
		r.goOn(stop)
		return
	}
	if rd.officeAt(s, next) && !rd.newPerson(s, next) && !rd.nameFollows(s, next) {
		r.at = next // a second office of the same person
		return
	}
	r.done = true
}

// bodyAfter gives the body that stands after a comma: ", Ministry of …", ", in
// the Ministry of …".
func (r *officeReader) bodyAfter(next int) *chunk {
	if c := r.s.chunkAt(r.rd.skipThe(r.s, next), bodyChunk); c != nil {
		return c
	}
	switch r.s.fold(next) {
	case "in", "of", "at", "with", "from":
		return r.s.chunkAt(r.rd.skipThe(r.s, next+1), bodyChunk)
	}
	return nil
}

// bodyOf takes the body after a comma; a part of one belongs to the position.
func (r *officeReader) bodyOf(c *chunk) {
	if c.body.part && r.o.body == nil {
		r.o.body, r.o.end = c, c.last
		r.goOn(c.last)
		return
	}
	if r.o.body == nil {
		r.end = r.at
	}
	r.o.body, r.o.end, r.done = c, c.last, true
}

// and reads on within the position, unless somebody or something else follows.
func (r *officeReader) and() {
	rd, s, next := r.rd, r.s, r.at+1
	party := s.chunkAt(rd.skipThe(s, next), partyChunk) != nil && !rd.partOfName(s, next)
	if s.fold(next) == "the" && s.chunkAt(next+1, bodyChunk) != nil || rd.newPerson(s, next) || rd.lex().is("ends-person", s.word(next)) || rd.nameFollows(s, next) || party {
		r.done = true
		return
	}
	b := s.chunkAt(next, bodyChunk)
	switch {
	case b == nil:
		r.at = next
	case rd.officeAt(s, b.last) && !rd.nameFollows(s, b.last):
		r.at = b.last // "and National Security Council Senior Director"
	default:
		r.done = true
	}
}

// body ends the position at the body where it is held. A part of a body is of
// the position, and so is the body of a bare "Head".
func (r *officeReader) body(c *chunk) {
	if c.body.part {
		if r.o.body == nil {
			r.o.body = c
		}
		r.goOn(c.last)
		return
	}
	r.done = true
	if r.o.body != nil && !r.o.body.body.part {
		r.end = c.last
		return
	}
	r.o.body, r.o.end = c, c.last
	r.end = r.beforeBody(c.first)
	of := r.s.fold(c.first-1) == "of" || r.s.fold(c.first-1) == "the" && r.s.fold(c.first-2) == "of"
	if of && r.rd.plainOffice(r.s, r.start, r.end) {
		r.end = c.last
	}
}

// beforeBody goes back over "at the", "of Korea's".
func (r *officeReader) beforeBody(cut int) int {
	lex := r.rd.lex()
	s := r.s
	for cut > r.start && (lex.joinsOffice[s.fold(cut-1)] || s.fold(cut-1) == "'s" || s.fold(cut-1) == "’" || s.chunkAt(cut-1, partyChunk) != nil && s.fold(cut) == "'s") {
		cut--
	}
	if cut > r.start && s.fold(cut) == "'s" || s.fold(cut) == "’" {
		if q := s.covering(cut-1, partyChunk); q != nil {
			cut = q.first
		}
	}
	for cut > r.start && lex.joinsOffice[s.fold(cut-1)] {
		cut--
	}
	return cut
}

// result gives the position without the small words at its end.
func (r *officeReader) result() (office, bool) {
	s := r.s
	for r.end > r.start && (r.rd.lex().joinsOffice[s.fold(r.end-1)] || s.fold(r.end-1) == "and" || s.fold(r.end-1) == ",") {
		r.end--
	}
	if r.end <= r.start && r.o.body == nil || r.end-r.start > 40 {
		return r.o, false
	}
	if q := s.covering(r.end-1, partyChunk); q != nil && q.last == r.end && q.party.noun {
		// "Ambassador for Cyber Affairs of Australia"
		if f := s.fold(q.first - 1); f == "of" || f == "the" && s.fold(q.first-2) == "of" {
			r.o.home = q.party.slug
		}
	}
	r.o.text = strings.TrimSpace(s.line(r.start, r.end))
	r.o.end = max(r.o.end, r.end)
	r.rd.above(s, &r.o)
	if r.o.body != nil && r.o.home == "" {
		r.o.home = r.o.body.body.home
	}
	return r.o, r.o.text != ""
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
	if !ok || leadsText(pos.text) || sign == "," && rd.nameFollows(s, at) {
		return 0, false // what follows is of somebody else
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
		case !s.isName(i) && f != "and" && f != "-" && !s.compound(i):
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

func (rd *reading) hasOffice(s *sentence, first, last int) bool {
	for i := first; i < last; i += s.width(i) {
		if rd.lex().is("position", s.word(i)) || rd.lex().is("position", s.fold(i)) {
			return true
		}
	}
	return false
}
