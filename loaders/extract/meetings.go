package extract

import (
	"strings"

	"dialograph/loaders/gazetteer"
)

// meeting is a place where a text names a meeting.
type meeting struct {
	s       *sentence
	c       *chunk
	name    string
	kind    string
	noun    string
	ordinal int
	parties []*chunk
	capital bool // the noun is written with a capital
	cyber   bool
	track   bool // Track 1.5 or 2
	other   bool // next, previous, last year's: another session than the text's own
	next    bool
	verb    bool // not a name: "experts met"
}

// meetings finds where a sentence names meetings.
func (rd *reading) meetings(s *sentence) {
	until := 0
	for i := 0; i < len(s.toks); i++ {
		noun, kind := rd.meetingNoun(s, i)
		if kind == "" || i < until {
			continue
		}
		if c := rd.meetingAt(s, i, noun, kind); c != nil {
			s.add(c)
			until = c.last
		}
	}
}

// meetingNoun gives the noun at a token that may be of a meeting, and the kind
// of event that it makes; "" where there is none, or it is part of another name.
func (rd *reading) meetingNoun(s *sentence, i int) (noun, kind string) {
	lex := rd.lex()
	noun = s.word(i)
	if lex.meeting[noun] == "" {
		noun = s.fold(i)
	}
	kind = lex.meeting[noun]
	if named := rd.meetingNames[s.toks[i].Text]; named != "" {
		kind, noun = named, named
	}
	if kind == "" || s.covering(i, personChunk) != nil {
		return "", ""
	}
	if b := s.covering(i, bodyChunk); b != nil && (lex.is("weak-meeting", noun) || !lex.is("meeting", s.fold(b.last-1)) || !s.isName(i)) {
		return "", ""
	}
	return noun, kind
}

// meetingAt reads the name of a meeting around its noun; nil where the noun
// names none.
func (rd *reading) meetingAt(s *sentence, i int, noun, kind string) *chunk {
	lex := rd.lex()
	// "Cyber Policy Dialogue Meeting": the last noun counts.
	j := i + s.width(i)
	for j < len(s.toks) && (lex.meeting[s.word(j)] != "" || s.word(j) == "group" || s.word(j) == "talks") {
		if next := lex.meeting[s.word(j)]; !lex.is("weak-meeting", s.word(j)) || kind == "session" {
			kind = next
		}
		j += s.width(j)
	}
	m := &meeting{s: s, kind: kind, noun: noun, capital: s.isName(i)}
	first := rd.meetingStart(s, i, m)
	if lex.is("weak-meeting", noun) && !rd.company(s, first, i, m) {
		return nil
	}
	last := rd.meetingEnd(s, j, m)
	m.name = s.line(first, last)
	if s.fold(last-1) == ")" {
		if acronym, _ := rd.definition(s, rd.opening(s, last)); acronym != "" && first+1 < last {
			rd.meetingNames[acronym] = kind
			delete(rd.acronyms, acronym)
		}
	}
	rd.qualify(s, first, m)
	if m.kind == "consultation" && strings.Contains(strings.ToLower(m.name), "staff talks") {
		m.kind = "staff-talks"
	}
	m.cyber = m.cyber || isCyber(m.name)
	m.c = &chunk{kind: meetingChunk, first: first, last: last, meeting: m}
	return m.c
}

// opening gives the bracket that is closed before a token.
func (rd *reading) opening(s *sentence, at int) int {
	for i := at - 1; i >= 0; i-- {
		if s.fold(i) == "(" {
			return i
		}
	}
	return at
}

func isCyber(name string) bool {
	lower := strings.ToLower(name)
	for _, w := range []string{"cyber", "ict", "digital", "information security", "ransomware", "internet", "telecommunication"} {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

// meetingStart goes left from the noun over the words of its name.
func (rd *reading) meetingStart(s *sentence, noun int, m *meeting) int {
	lex := rd.lex()
	first := noun
	for first > 0 {
		i := first - 1
		w := s.fold(i)
		if c := s.covering(i, partyChunk); c != nil {
			m.parties = append([]*chunk{c}, m.parties...)
			first = c.first
			continue
		}
		if s.isName(i) && (lex.held[w] || lex.beforeName[w]) {
			return rd.trimStart(s, first, noun) // of a title: "Korea and EU Resume Cyber Dialogue"
		}
		switch {
		case lex.ordinal[w] > 0 && !(s.fold(i-1) == "," && s.toks[i].Class == gazetteer.Number):
			if m.ordinal == 0 {
				m.ordinal = lex.ordinal[w]
			}
			first = i
		case s.toks[i].Class == gazetteer.Number && ordinalNumber(w) > 0:
			m.ordinal = ordinalNumber(w)
			first = i
		case w == "-" || w == "/" || w == "'s" || w == "’" || w == "\"" || w == "“" || w == "”" || w == "'":
			first = i
		case w == "–" || w == "—":
			first = i
		case w == "and" && (len(m.parties) > 0 && s.covering(i-1, partyChunk) != nil || first != noun && lex.is("meeting-words", s.fold(i-1)) && lex.is("meeting-words", s.fold(first)) && s.isName(i-1) == s.isName(first)):
			first = i
		case lex.is("meeting-words", w) && w != "and" && w != "on" && w != "two" && w != "one":
			first = i
		case s.isName(i) && first < noun && s.isName(first) && m.capital && !rd.lex().is("ends-person", w) && s.covering(i, personChunk) == nil && s.covering(i, dateChunk) == nil && w != "the" && !lex.joinsOffice[w] && w != "on":
			first = i
		case s.isName(i) && m.capital && first == noun && s.covering(i, dateChunk) == nil && s.covering(i, personChunk) == nil && w != "the" && w != "this" && w != "both" && !lex.joinsOffice[w] && w != "our" && w != "their":
			first = i
		default:
			return rd.trimStart(s, first, noun)
		}
	}
	return rd.trimStart(s, first, noun)
}

func (rd *reading) trimStart(s *sentence, first, noun int) int {
	for first < noun {
		switch s.fold(first) {
		case "-", "/", "and", "'s", "’", "\"", "'", "“", "”":
			first++
		default:
			return first
		}
	}
	return first
}

// ordinalNumber reads 7th.
func ordinalNumber(w string) int {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		digits, ok := strings.CutSuffix(w, suffix)
		if !ok || len(digits) == 0 || len(digits) > 2 {
			continue
		}
		n := 0
		for _, r := range digits {
			if r < '0' || r > '9' {
				return 0
			}
			n = n*10 + int(r-'0')
		}
		return n
	}
	return 0
}

// company tells whether a weak noun is a meeting by the words before it.
func (rd *reading) company(s *sentence, first, noun int, m *meeting) bool {
	if m.ordinal > 0 || len(m.parties) > 0 {
		return true
	}
	for i := first; i < noun; i++ {
		if rd.lex().company[s.fold(i)] {
			return true
		}
	}
	switch s.word(noun) {
	case "meeting", "round", "session", "visit":
		return true
	}
	return isCyber(s.line(first, noun))
}

// meetingEnd goes right from the noun: "on Cyber Issues", "between A and B",
// "of the Cyber Dialogue".
func (rd *reading) meetingEnd(s *sentence, at int, m *meeting) int {
	last := at
	for {
		switch w := s.fold(last); {
		case w == "(" && rd.acronymIn(s, last) > 0:
			last = rd.acronymIn(s, last)
		case (w == "between" || w == "with" || w == "among") && rd.partyList(s, last+1, m) > 0:
			last = rd.partyList(s, last+1, m)
		case w == "of" || w == "on" || w == "for":
			next := rd.skipThe(s, last+1)
			if next >= len(s.toks) {
				return last
			}
			if end := rd.innerMeeting(s, next, m); end > 0 && w == "of" {
				last = end
				continue
			}
			if c := s.chunkAt(next, dateChunk); c != nil {
				return last
			}
			if end := rd.capitals(s, next); end > next && (m.capital || w == "on") && s.chunkAt(next, partyChunk) == nil {
				if isCyber(s.line(next, end)) {
					m.cyber = true
				}
				last = end
				continue
			}
			if w == "on" && !m.capital || w == "on" {
				if end := rd.lowerSubject(s, next); end > next {
					m.cyber = true
					last = end
					continue
				}
			}
			return last
		default:
			return last
		}
	}
}

// lowerSubject reads "on cyber security and …" after "talks".
func (rd *reading) lowerSubject(s *sentence, at int) int {
	end := at
	for end < len(s.toks) && (rd.lex().is("meeting-words", s.fold(end)) || s.fold(end) == "-") && s.fold(end) != "on" {
		end++
	}
	for end > at && (s.fold(end-1) == "and" || s.fold(end-1) == "-") {
		end--
	}
	if !isCyber(s.line(at, end)) {
		return at
	}
	return end
}

func (rd *reading) acronymIn(s *sentence, at int) int {
	if _, end := rd.definition(s, at); end > 0 {
		return end
	}
	return 0
}

// capitals reads on over words with capitals and what stands between them.
func (rd *reading) capitals(s *sentence, at int) int {
	end := at
	for end < len(s.toks) {
		switch w := s.fold(end); {
		case s.isName(end) && s.covering(end, dateChunk) == nil:
			end++
		case end > at && (w == "of" || w == "and" || w == "the" || w == "in" || w == "for" || w == "&" || w == "-" || w == "to") && (s.isName(end+1) || w == "of" && s.fold(end+1) == "the" && s.isName(end+2) || w == "in" && s.fold(end+1) == "the" && s.isName(end+2)):
			if w == "in" && s.fold(end+1) != "the" || w == "and" && s.chunkAt(end+1, partyChunk) != nil {
				return end
			}
			end++
		default:
			return end
		}
	}
	return end
}

// partyList reads "Ukraine and the European Union", and gives the token after.
func (rd *reading) partyList(s *sentence, at int, m *meeting) int {
	end := 0
	for {
		for f := s.fold(at); f == "the" || f == "both" || f == "governments" || f == "government" || f == "of"; f = s.fold(at) {
			at++
		}
		c := s.chunkAt(at, partyChunk)
		if c == nil {
			return end
		}
		known := false
		for _, p := range m.parties {
			known = known || p == c
		}
		if !known {
			m.parties = append(m.parties, c)
		}
		end = c.last
		at = c.last
		if f := s.fold(at); f != "and" && f != "," && f != "&" && f != "-" {
			return end
		}
		at++
		if s.fold(at) == "and" {
			at++
		}
	}
}

// innerMeeting reads "the Cybersecurity Dialogue between …" after "the second
// round of", and gives the token after it.
func (rd *reading) innerMeeting(s *sentence, at int, m *meeting) int {
	lex := rd.lex()
	for i := at; i < len(s.toks) && i < at+10; i += s.width(i) {
		w := s.word(i)
		if kind := lex.meeting[w]; kind != "" && w != "party" && w != "staff" {
			j := i + s.width(i)
			for j < len(s.toks) && lex.meeting[s.word(j)] != "" {
				j += s.width(j)
			}
			inner := &meeting{s: s, capital: s.isName(i)}
			first := rd.meetingStart(s, i, inner)
			if first > at {
				return 0
			}
			m.parties = append(m.parties, inner.parties...)
			if m.ordinal == 0 {
				m.ordinal = inner.ordinal
			}
			if !lex.is("weak-meeting", w) {
				m.kind = kind
			}
			m.capital = m.capital || inner.capital
			return rd.meetingEnd(s, j, m)
		}
		if !s.isName(i) && !lex.is("meeting-words", w) && s.covering(i, partyChunk) == nil && s.fold(i) != "-" && lex.ordinal[w] == 0 {
			return 0
		}
	}
	return 0
}

// qualify looks at what stands before a meeting: next, previous, last year's.
func (rd *reading) qualify(s *sentence, first int, m *meeting) {
	for i := first; i < min(first+5, len(s.toks)); i++ {
		rd.qualifier(s, i, m)
	}
	for i := first - 1; i >= max(0, first-3); i-- {
		if s.toks[i].Class == gazetteer.Sign && s.fold(i) != "'s" {
			break
		}
		rd.qualifier(s, i, m)
	}
	name := strings.ToLower(m.name)
	m.track = strings.Contains(name, "track 1.5") || strings.Contains(name, "track 2") || strings.Contains(name, "track ii") || strings.Contains(name, "track one and a half")
	if m.track {
		m.kind = "track-1.5"
		if !strings.Contains(name, "1.5") && !strings.Contains(name, "half") {
			m.kind = "track-2"
		}
	}
}

func (rd *reading) qualifier(s *sentence, i int, m *meeting) {
	switch s.fold(i) {
	case "next", "upcoming", "forthcoming", "future", "coming":
		m.other, m.next = true, true
	case "previous", "former", "earlier", "past", "preceding", "prior":
		m.other = true
	case "last":
		m.other = s.fold(i-1) != "the" || s.fold(i+1) == "year" || s.fold(i+1) == "round" || s.fold(i+1) == "meeting"
	case "such", "any", "other", "another", "regular", "annually":
		m.other = true
	}
}
