package extract

import (
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
)

// bodies finds institutions: those that the authority files know, and others by
// the form of their names.
func (rd *reading) bodies(s *sentence) {
	known := map[int]gazetteer.Mention{}
	for _, m := range s.found {
		if m.Kind == graph.KindActor && !rd.x.isParty(m.IDs) && s.fold(m.First) != "government" && !rd.isRegion(m) && !rd.isConference(s, m) {
			known[m.First] = m
		}
	}
	for i := 0; i < len(s.toks); {
		if n := rd.shared(s, i); n > 0 {
			i = n
			continue
		}
		if end := rd.memberStates(s, i); end > i {
			c := s.chunkAt(i, partyChunk)
			name := s.line(i, end)
			s.add(&chunk{kind: bodyChunk, first: i, last: end, body: &body{name: name, written: name, home: c.party.slug, certain: true, ids: rd.lookup(name)}})
			i = end
			continue
		}
		m, ok := known[i]
		last := rd.bodyEnd(s, i)
		var b *body
		switch {
		case ok && m.Last >= last:
			b, last = &body{ids: m.IDs}, m.Last
		case last > i+s.width(i) || last > i && ok:
			b = &body{}
			if ok && rd.sameBody(s, m, last) {
				b.ids = m.IDs
			}
		case rd.ofCountry(s, i) > i:
			b, last = &body{}, rd.ofCountry(s, i)
		case rd.plainBody(s, i) > i:
			b, last = &body{}, rd.plainBody(s, i)
		case rd.said(s, i) != nil:
			// "the ministry": the one named last
			b := rd.said(s, i)
			s.add(&chunk{kind: bodyChunk, first: i, last: i + 1, body: &body{name: b.name, written: s.line(i, i+1), ids: b.ids, home: b.home, certain: b.certain}})
			i++
			continue
		case rd.explained(s, i):
			last = i + s.width(i)
			b = rd.acronym(s, i, last)
		default:
			i++
			continue
		}
		i = rd.addBody(s, b, i, last)
	}
}

// isRegion tells of an entry that it is a part of the world rather than a body.
func (rd *reading) isRegion(m gazetteer.Mention) bool {
	a := rd.x.gaz.Actor(m.IDs[0].Slug())
	return a.Kind == "group" && a.Parent == "" && m.Last-m.First == 1
}

// isConference tells of an entry that it is a meeting rather than a body: "the
// ASEAN Ministerial Conference on Cybersecurity".
func (rd *reading) isConference(s *sentence, m gazetteer.Mention) bool {
	if rd.x.gaz.Actor(m.IDs[0].Slug()).Kind != "forum" {
		return false
	}
	for i := m.First; i < m.Last; i++ {
		switch s.fold(i) {
		case "conference", "summit", "dialogue", "meeting", "consultation":
			return true
		}
	}
	return rd.meetingNames[s.slice(m.First, m.Last)] != ""
}

// said gives the body for which "the ministry" stands: the one of that kind
// named last; nil where none was named.
func (rd *reading) said(s *sentence, i int) *body {
	if s.fold(i-1) != "the" || s.toks[i].Class != gazetteer.Lower {
		return nil
	}
	switch w := s.fold(i); w {
	case "ministry", "agency", "department":
		if next := s.fold(i + 1); next != "of" && next != "for" && next != "-" {
			return rd.last[w]
		}
	}
	return nil
}

// headOf gives the head of a body's name that a text may repeat alone.
func (rd *reading) headOf(s *sentence, first, last int) string {
	for i := first; i < last; i++ {
		switch w := s.fold(i); w {
		case "ministry", "agency", "department":
			return w
		}
	}
	return ""
}

// memberStates reads "ASEAN Member States", and gives the token after it.
func (rd *reading) memberStates(s *sentence, i int) int {
	c := s.chunkAt(i, partyChunk)
	if c == nil || s.fold(c.last) != "member" || s.fold(c.last+1) != "states" && s.fold(c.last+1) != "countries" {
		return i
	}
	return c.last + 2
}

// sameBody tells whether a longer name is a known one with a country added.
func (rd *reading) sameBody(s *sentence, m gazetteer.Mention, last int) bool {
	for i := m.Last; i < last; i++ {
		if f := s.fold(i); f != "of" && f != "the" && s.covering(i, partyChunk) == nil {
			return false
		}
	}
	return true
}

// addBody completes a body with its acronym and its side, and files it.
func (rd *reading) addBody(s *sentence, b *body, first, last int) int {
	nameEnd := last
	// ", Japan (IPA)"
	if s.fold(last) == "," {
		if c := s.chunkAt(last+1, partyChunk); c != nil && c.party.noun && s.fold(c.last) == "(" {
			nameEnd, last = c.last, c.last
		}
	}
	if acronym, end := rd.definition(s, last); end > 0 {
		b.acronym, last = acronym, end
	}
	b.written = s.line(first, last)
	if b.name == "" {
		b.name = strings.TrimSpace(s.line(first, nameEnd))
	}
	if len(b.ids) == 0 {
		b.ids = rd.lookup(b.name)
	}
	for _, c := range s.within(partyChunk, first, nameEnd) {
		if !rd.namesMission(s, c, first) {
			b.home, b.certain = c.party.slug, true
		}
	}
	if b.home == "" && first > 1 && (s.fold(first-1) == "'s" || s.fold(first-1) == "’") {
		if c := s.covering(first-2, partyChunk); c != nil {
			b.home, b.certain = c.party.slug, true
		}
	}
	if b.home == "" && len(b.ids) == 1 {
		b.home = rd.x.homeOf(b.ids[0])
	}
	b.part = rd.isPart(s, first, nameEnd)
	if b.acronym != "" {
		rd.acronyms[b.acronym] = b
	}
	if head := rd.headOf(s, first, nameEnd); head != "" {
		rd.last[head] = b
	}
	s.add(&chunk{kind: bodyChunk, first: first, last: last, body: b})
	return last
}

// namesMission tells of "the UK Mission to the European Union" that the Union
// is not its side.
func (rd *reading) namesMission(s *sentence, c *chunk, first int) bool {
	for i := first; i < c.first; i++ {
		if f := s.fold(i); f == "to" || f == "in" {
			return true
		}
	}
	return false
}

func (rd *reading) lookup(name string) []graph.ID {
	if ids, ok := rd.looked[name]; ok {
		return ids
	}
	ids := rd.lookUp(name)
	rd.looked[name] = ids
	return ids
}

func (rd *reading) lookUp(name string) []graph.ID {
	ids := rd.x.gaz.Lookup(graph.KindActor, name)
	return slices.DeleteFunc(slices.Clone(ids), func(id graph.ID) bool { return rd.x.isParty([]graph.ID{id}) })
}

// isPart tells of a division that it is a part of something.
func (rd *reading) isPart(s *sentence, first, last int) bool {
	head := ""
	for i := first; i < last; i++ {
		if rd.lex().is("body", s.word(i)) && s.isName(i) {
			head = s.word(i)
			if f := s.fold(i + s.width(i)); f == "of" || f == "for" {
				break
			}
		}
	}
	switch head {
	case "division", "section", "unit", "bureau", "directorate", "branch", "group":
		if head == "directorate" && s.has(first, last, "general") {
			return false
		}
		return !s.has(first, last, "investigation", "federal", "central", "investigations")
	}
	return false
}

// ofCountry reads names of bodies that only their country ends: "Public Safety
// Canada", "Business Finland".
func (rd *reading) ofCountry(s *sentence, i int) int {
	if i > 0 && s.isName(i-1) || !s.isName(i) || s.covering(i, partyChunk) != nil {
		return 0
	}
	switch s.fold(i - 1) {
	case ",", "and", "from", "of", "the", "by", "with":
	default:
		return 0
	}
	for j := i; j < i+4 && s.isName(j); j += s.width(j) {
		if c := s.chunkAt(j, partyChunk); c != nil && j > i && c.party.noun {
			switch s.fold(c.last) {
			case ",", "and", ".", ";", "", "(", ")":
				return c.last
			}
			return 0
		}
		w := s.fold(j)
		if rd.lex().is("position", w) || rd.lex().meeting[w] != "" || s.covering(j, placeChunk) != nil || s.covering(j, dateChunk) != nil || rd.lex().functional[w] || w == "north" || w == "south" || w == "republic" {
			return 0
		}
	}
	return 0
}

// plainBody finds "foreign ministry" after the adjective of a party.
func (rd *reading) plainBody(s *sentence, i int) int {
	at := i
	if c := s.chunkAt(i, partyChunk); c != nil {
		at = c.last
		if s.fold(at) == "'s" || s.fold(at) == "’" {
			at++
		}
	}
	if !rd.lex().plainFirst[s.fold(at)] {
		return 0
	}
	two := s.fold(at) + " " + s.fold(at+1)
	if rd.lex().is("plain-body", two) {
		return at + 2
	}
	if rd.lex().is("plain-body", two+" "+s.fold(at+2)) {
		return at + 3
	}
	return 0
}

func title(words string) string {
	parts := strings.Fields(words)
	for i, w := range parts {
		parts[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(parts, " ")
}

func (rd *reading) skipThe(s *sentence, i int) int {
	if s.fold(i) == "the" {
		return i + 1
	}
	return i
}
