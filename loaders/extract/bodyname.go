package extract

import (
	"dialograph/graph"
	"strings"
)

// bodyEnd reads the name of a body by its form, and gives the token after it; i
// where there is none.
func (rd *reading) bodyEnd(s *sentence, i int) int {
	if !s.isName(i) || s.fold(i) == "the" || i > 0 && s.fold(i-1) == "-" && !s.toks[i].Spaced {
		return i
	}
	switch s.word(i) {
	case "senior", "deputy", "acting", "assistant", "principal":
		return i // of somebody's position
	}
	r := &bodyReader{rd: rd, s: s, start: i, at: i, end: i, head: -1}
	for r.at < len(s.toks) && !r.done {
		r.step()
	}
	if r.head < 0 {
		return i
	}
	return r.end
}

// bodyReader walks over the tokens of a name that may be of a body.
type bodyReader struct {
	rd         *reading
	s          *sentence
	start      int
	at         int
	end        int  // of what is sure to belong to the name
	head       int  // the noun that makes it a body; -1 as long as none was read
	complement bool // of the head was read: "of Foreign Affairs"
	done       bool
}

// step reads one more word, name or sign.
func (r *bodyReader) step() {
	switch w := r.s.word(r.at); {
	case r.s.isName(r.at):
		r.name(w)
	case w == "of" || w == "for" || w == "on":
		r.of()
	case w == "to" || w == "in" || w == "at":
		r.seat(w)
	case w == "and":
		r.and()
	case w == "'s" || w == "’" || w == "'":
		r.possessive()
	case w == ",":
		r.comma()
	case w == "-" && !r.s.toks[r.at].Spaced:
		r.at++
	default:
		r.done = true
	}
}

// name reads a word with a capital, which may be the head.
func (r *bodyReader) name(w string) {
	lex, s, width := r.rd.lex(), r.s, r.s.width(r.at)
	alone := r.at > r.start && r.head >= 0 && r.end == r.at && !r.complement && !r.rd.continues(s, r.at)
	if alone || lex.is("position", w) && (r.head >= 0 || !r.rd.officeFollows(s, r.at)) {
		r.done = true
		return
	}
	if lex.is("body", w) || lex.is("body", s.fold(r.at+width-1)) || strings.HasSuffix(w, "secretariat") {
		r.head = r.at
	}
	r.at += width
	if r.head >= 0 {
		r.end = r.at
	}
}

// of reads what a body is for.
func (r *bodyReader) of() {
	next := r.rd.skipThe(r.s, r.at+1)
	if r.head < 0 || r.end != r.at || !r.s.isName(next) || r.rd.isPersonal(r.s, next) {
		r.done = true
		return
	}
	r.at, r.complement = next, true
}

// seat reads to whom or where a mission is.
func (r *bodyReader) seat(w string) {
	next := r.rd.skipThe(r.s, r.at+1)
	if r.head < 0 || !r.rd.lex().accredited[r.s.word(r.head)] || r.s.chunkAt(next, partyChunk) == nil && !r.rd.isPlace(r.s, next) && w != "to" || !r.s.isName(next) {
		r.done = true
		return
	}
	r.at, r.complement = next, true
}

// and reads on within a name, unless another body or somebody follows.
func (r *bodyReader) and() {
	rd, s, next := r.rd, r.s, r.at+1
	if r.head < 0 {
		c := s.covering(r.start, partyChunk)
		r.done = !s.isName(next) || c != nil && c.last == r.at || rd.isAcronymBody(s, r.start) && r.start+s.width(r.start) == r.at
	} else {
		r.done = !s.isName(next) || s.fold(next) == "the" || r.end != r.at || s.endsAtHead(r.head, r.end) || rd.startsBody(s, next) || s.chunkAt(next, partyChunk) != nil || rd.isAcronymBody(s, next) || rd.isPersonal(s, next)
	}
	r.at++
}

// possessive reads "the Prime Minister's Office"; but Japan's ministry begins
// after the sign.
func (r *bodyReader) possessive() {
	lex, s, next := r.rd.lex(), r.s, r.at+1
	c := s.chunkAt(r.start, partyChunk)
	switch {
	case !(c != nil && c.last == r.at || r.head >= 0 || !s.isName(next)):
		r.at++
	case r.head < 0 && lex.is("position", s.word(r.at-1)) && r.at > r.start+1 && (s.fold(next) == "office" || s.fold(next) == "secretariat"):
		r.head, r.end, r.done = next, next+1, true
	case s.fold(r.at) != "'s" && r.head >= 0 && s.isName(next) && lex.is("last-body", s.word(next)):
		r.at++
	default:
		r.done = true
	}
}

// comma reads over "Economy, Trade and Industry".
func (r *bodyReader) comma() {
	next := 0
	if r.head >= 0 && r.end == r.at && !r.s.endsAtHead(r.head, r.end) {
		next = r.rd.listEnd(r.s, r.at)
	}
	if next == 0 {
		r.done = true
		return
	}
	r.at, r.end = next, next
}

// officeFollows tells of "Prime Minister's Office" that the position is part of
// a body's name.
func (rd *reading) officeFollows(s *sentence, j int) bool {
	for k := j + s.width(j); k < len(s.toks) && k < j+6; k++ {
		if rd.lex().is("last-body", s.word(k)) && s.isName(k) {
			return s.fold(k-1) == "'s" || s.fold(k-1) == "’" || s.fold(k-1) == "'"
		}
		if !s.isName(k) && s.fold(k) != "'s" && s.fold(k) != "’" && s.fold(k) != "'" {
			return false
		}
	}
	return false
}

// continues tells whether a name goes on after its head: "National Security
// Council Secretariat".
func (rd *reading) continues(s *sentence, j int) bool {
	for k := j; k < len(s.toks) && s.isName(k); k += s.width(k) {
		if rd.lex().is("position", s.word(k)) {
			return false
		}
		if rd.lex().is("last-body", s.word(k)) || s.fold(k) == "general" {
			return true
		}
	}
	c := s.chunkAt(j, partyChunk)
	return c != nil && c.party.noun && s.fold(j-1) != "," && (s.fold(c.last) == "," || s.fold(c.last) == "and" || s.fold(c.last) == "" || s.fold(c.last) == ".")
}

// endsAtHead tells of a name that its head is its last word, so that nothing
// more belongs to it: "Home Office", but "Ministry of Foreign Affairs" may go on.
func (s *sentence) endsAtHead(head, end int) bool { return head+s.width(head) == end }

// listEnd tells of a comma inside a name ("Economy, Trade and Industry") where
// the name ends; 0 where the comma ends it.
func (rd *reading) listEnd(s *sentence, comma int) int {
	at := comma
	for s.fold(at) == "," || s.fold(at) == "and" || s.fold(at) == "&" {
		last := s.fold(at) != ","
		at++
		if !last && (s.fold(at) == "and" || s.fold(at) == "&") {
			last = true
			at++
		}
		start := at
		if s.fold(at) == "the" || rd.startsBody(s, at) || s.chunkAt(at, partyChunk) != nil || at < len(s.toks) && rd.isAcronymBody(s, at) || rd.isPersonal(s, at) || rd.isPlace(s, at) {
			return 0
		}
		if rd.newPerson(s, at) {
			return 0
		}
		for s.isName(at) || at < len(s.toks) && s.compound(at) && s.isName(at+2) { // "e-Governance"
			if rd.lex().is("position", s.word(at)) {
				return 0
			}
			at += s.width(at)
		}
		if at == start || at-start > 3 {
			return 0
		}
		if !last && (s.fold(at) == "of" || s.fold(at) == "for") {
			return 0
		}
		if last {
			return at
		}
	}
	return 0
}

// startsBody tells whether a body of its own begins at a token, before the next
// comma or "and".
func (rd *reading) startsBody(s *sentence, i int) bool {
	for _, m := range s.found {
		if m.First == i && m.Kind == graph.KindActor && !rd.x.isParty(m.IDs) {
			return true
		}
	}
	for j := i; j < len(s.toks); j += s.width(j) {
		if !s.isName(j) {
			f := s.fold(j)
			if f == "and" && j > i+1 && s.isName(j+1) && rd.endsInBody(s, j+1) {
				return true
			}
			if (f == "'s" || f == "’" || f == "of" || f == "for" || f == "the") && j > i && s.isName(j+1) {
				continue
			}
			return false
		}
		if rd.lex().is("body", s.word(j)) || rd.lex().is("body", s.fold(j)) || rd.lex().bodies[s.fold(j)] != "" {
			return true
		}
	}
	return false
}

// endsInBody tells whether capitals from a token on end in the head of a body.
func (rd *reading) endsInBody(s *sentence, i int) bool {
	last := ""
	words := 0
	for ; s.isName(i); i += s.width(i) {
		last = s.word(i)
		words++
	}
	return words > 1 && rd.lex().is("last-body", last)
}

// wholeBody tells whether tokens are a body by themselves.
func (rd *reading) wholeBody(s *sentence, first, last int) bool {
	if last-first < 2 {
		return false // "the Departments of State and the Treasury"
	}
	for i := first; i < last; i++ {
		if rd.lex().is("last-body", s.word(i)) && i+s.width(i) >= last {
			return true
		}
	}
	return false
}

// loneWord tells of one word between commas, such as Treasury, that it is one
// more element of a list.
func (rd *reading) loneWord(s *sentence, i int) bool {
	switch s.fold(i + s.width(i)) {
	case ",", "and", ".", ";", "", "took", "were", "was":
		return true
	}
	return false
}

// isPersonal tells whether a person is named at a token.
func (rd *reading) isPersonal(s *sentence, i int) bool {
	if rd.lex().is("honorific-strong", s.fold(i)) {
		return true
	}
	for _, m := range s.found {
		if m.First == i && m.Kind == graph.KindPerson {
			return true
		}
	}
	return false
}

func (rd *reading) isPlace(s *sentence, i int) bool {
	for _, m := range s.found {
		if m.First == i && m.Kind == graph.KindPlace {
			return true
		}
	}
	return false
}
