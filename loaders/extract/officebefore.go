package extract

import (
	"dialograph/loaders/gazetteer"
	"strings"
)

// positionBefore reads "Ambassador for X Jane Doe" and gives the first token.
func (rd *reading) positionBefore(s *sentence, p *person, from int) (int, bool) {
	r := &officeBefore{rd: rd, s: s, from: from, at: p.nameAt}
	if s.fold(r.at-1) == "," && r.at-1 > from {
		r.at--
		r.comma = true
	}
	// The position begins at its first word of office, or at the words before it.
	for i := r.start(); i < r.at; i++ {
		if o, ok := r.office(i); ok {
			first := r.owner(i, &o)
			p.take(o)
			p.sure = true
			return first, o.text != ""
		}
	}
	return 0, false
}

// officeBefore reads a position that stands before a name.
type officeBefore struct {
	rd    *reading
	s     *sentence
	from  int  // what was read before belongs to somebody else
	at    int  // where the position ends
	comma bool // stands between the position and the name
}

// start goes back over the words that may belong to the position.
func (r *officeBefore) start() int {
	s, start := r.s, r.at
	for start > r.from {
		i := start - 1
		if b := s.covering(i, bodyChunk); b != nil {
			if b.first < r.from {
				break
			}
			start = b.first
			continue
		}
		if q := s.covering(i, partyChunk); q != nil {
			start = q.first
			continue
		}
		if !r.belongs(i) && !(start < r.at && (r.joins(i) || s.fold(i) == "," && r.rd.listEnd(s, i) > 0 && r.rd.hasOffice(s, max(r.from, i-12), i))) {
			break
		}
		start--
	}
	return start
}

// belongs tells of a word that it may stand in a position.
func (r *officeBefore) belongs(i int) bool {
	lex, s, f := r.rd.lex(), r.s, r.s.fold(i)
	return s.isName(i) || lex.joinsOffice[f] || f == "and" || f == "'s" || f == "’" || f == "-" && !s.toks[i].Spaced || lex.is("position", f) || lex.is("position-words", f) || f == "charge"
}

// joins tells of a word in small letters that it may stand before the office.
func (r *officeBefore) joins(i int) bool {
	lex, s := r.rd.lex(), r.s
	return s.toks[i].Class == gazetteer.Lower && !lex.is("ends-person", s.word(i)) && r.at-i < 15 && !r.rd.hasOffice(s, i+1, r.at) && !lex.beforePosition[s.fold(i)]
}

// office reads the position that begins at a token.
func (r *officeBefore) office(i int) (office, bool) {
	rd, s := r.rd, r.s
	if !rd.officeAt(s, i) && !(s.isName(i) && rd.officeSoon(s, i)) {
		return office{}, false
	}
	if rd.lex().is("ends-person", s.word(i)) || s.fold(i) == "the" || s.covering(i, bodyChunk) != nil && s.chunkAt(i, bodyChunk) == nil {
		return office{}, false
	}
	o, ok := rd.position(s, i)
	if !ok {
		return o, false
	}
	// Where the name itself was read as part of it, it is cut there.
	o.text = strings.TrimSpace(s.line(rd.afterParty(s, i), min(max(o.end, i), r.at)))
	if o.body != nil && o.body.last <= r.at {
		o.text = rd.cutBody(s, i, o, r.at)
	} else if o.body != nil && o.body.first >= r.at {
		o.body = nil
	}
	if r.comma {
		inside := i > 0 && s.isName(i-1) && s.fold(i-1) != "the" && s.covering(i-1, partyChunk) == nil
		return o, rd.hasOffice(s, i, r.at) && o.end >= r.at && !inside
	}
	return o, rd.hasOffice(s, i, r.at) && (o.end >= r.at || rd.onlyTitle(s, o.end, r.at))
}

// owner takes the state or body that stands before a position as its own, and
// gives the first token.
func (r *officeBefore) owner(i int, o *office) int {
	s := r.s
	if q := s.covering(i-1, partyChunk); q != nil && q.first >= r.from {
		o.home = q.party.slug
		return q.first
	}
	if i > 1 && (s.fold(i-1) == "'s" || s.fold(i-1) == "’") {
		if q := s.covering(i-2, partyChunk); q != nil {
			o.home = q.party.slug
			return q.first
		}
		if b := s.covering(i-2, bodyChunk); b != nil && o.body == nil {
			return o.at(b)
		}
		return i
	}
	if b := s.covering(i-1, bodyChunk); b != nil && o.body == nil && b.first >= r.from {
		return o.at(b)
	}
	return i
}

// at takes the body before a position for where it is held.
func (o *office) at(b *chunk) int {
	o.body = b
	if o.home == "" {
		o.home = b.body.home
	}
	return b.first
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
