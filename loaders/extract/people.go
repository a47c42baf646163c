package extract

import (
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
	return s.anyWithin(rd.lex().rank, first, last)
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
