package extract

import (
	"cmp"
	"strings"

	"dialograph/loaders/source"
)

// sequel is what a text says of the next session.
type sequel struct {
	s       *sentence
	date    string
	note    string // on how its year was inferred
	city    *chunk
	country *chunk
	host    *chunk
	ordinal int
}

// sequence finds the next session and those before.
func (rd *reading) sequence() {
	for _, s := range rd.sents {
		if s.kind == source.Heading || rd.next != nil && (rd.next.city != nil || rd.next.date != "") {
			continue
		}
		rd.nextIn(s)
	}
	for _, s := range rd.sents {
		rd.previousIn(s)
	}
}

// nextIn reads "the next dialogue will be held in Canberra in 2023".
func (rd *reading) nextIn(s *sentence) {
	if rd.nextMention(s) < 0 || rd.event.status != "held" {
		return
	}
	n := &sequel{s: s}
	for _, c := range s.of(meetingChunk) {
		if c.meeting.ordinal > 0 && c.meeting.ordinal == rd.event.ordinal+1 {
			n.ordinal = c.meeting.ordinal
		}
	}
	rd.nextPlace(n)
	rd.nextHost(n)
	n.date, n.note = rd.nextDate(s)
	if n.city != nil && rd.event.city != nil && s == rd.event.cityS && n.city.first == rd.event.city.first {
		n.city = nil
	}
	if n.city != nil || n.country != nil || n.date != "" || n.host != nil || n.ordinal != 0 {
		rd.next = n
	}
}

// nextPlace finds the city, known or by its form after "in", and the country.
func (rd *reading) nextPlace(n *sequel) {
	s := n.s
	for _, c := range s.of(placeChunk) {
		if s.covering(c.first, personChunk) == nil && s.covering(c.first, bodyChunk) == nil && n.city == nil {
			n.city = c
		}
	}
	for i := range s.toks {
		if f := s.fold(i); f != "in" && f != "to" {
			continue
		}
		if c := s.chunkAt(rd.skipThe(s, i+1), partyChunk); c != nil && c.party.noun && s.covering(c.first, bodyChunk) == nil && s.covering(c.first, meetingChunk) == nil {
			n.country = c
			continue
		}
		at := i + 1
		if n.city != nil || s.fold(i) == "to" || !s.isName(at) || s.covering(at, dateChunk) != nil || s.covering(at, bodyChunk) != nil || s.covering(at, meetingChunk) != nil || rd.lex().common[s.fold(at)] {
			continue
		}
		end := at
		for s.isName(end) && end-i < 4 {
			end += s.width(end)
		}
		n.city = &chunk{kind: placeChunk, first: at, last: end, place: &place{name: s.line(at, end)}}
	}
}

// nextHost finds the side that will host; of a conference, the state.
func (rd *reading) nextHost(n *sequel) {
	s := n.s
	for _, c := range s.of(partyChunk) {
		if len(rd.event.sides) < 2 && n.country == nil && c.party.noun && s.has(c.last, c.last+3, "host", "hosts") {
			n.country = c
		}
		if rd.side(c.party.slug) == nil || s.covering(c.first, meetingChunk) != nil || s.covering(c.first, personChunk) != nil {
			continue
		}
		if s.has(c.last, c.last+4, "host", "hosts", "hosting") || s.has(c.first-3, c.first, "by") && s.has(c.first-5, c.first, "hosted", "host") || s.has(c.last, c.last+3, "turn") {
			n.host = c
		}
	}
}

// nextMention tells where a sentence speaks of the next session; -1 where it
// does not.
func (rd *reading) nextMention(s *sentence) int {
	if !s.anyWithin(rd.lex().future, 0, len(s.toks)) {
		return -1
	}
	for _, c := range s.of(meetingChunk) {
		m := c.meeting
		if m.ordinal > 0 && rd.event.ordinal > 0 && m.ordinal != rd.event.ordinal+1 {
			continue
		}
		if m.next && rd.ofSeries(m) {
			return c.first
		}
		if rd.event.ordinal > 0 && m.ordinal == rd.event.ordinal+1 && rd.ofSeries(m) {
			return c.first
		}
		if rd.ofSeries(m) && s.has(c.last, len(s.toks), "next") && s.has(0, len(s.toks), "will", "would", "again", "reconvene", "meet") && !rd.isSame(m) {
			return c.first
		}
	}
	for i := range s.words {
		w := s.words[i]
		if (w == "next" || w == "following") && (rd.lex().meeting[s.word(i+1)] != "" || s.fold(i+1) == "one" || rd.lex().meeting[s.word(i+2)] != "" || rd.lex().is("ordinals", s.fold(i+1))) && !rd.foreignMeeting(s, i) {
			return i
		}
		if (w == "reconvene" || w == "meet" && (s.fold(i+1) == "again" || s.fold(i+1) == "next") || w == "resume" && s.has(i, len(s.toks), "talks", "dialogue")) && s.has(max(0, i-6), i, "will", "to", "would", "agreed") {
			return i
		}
		if rd.event.ordinal > 0 && rd.lex().ordinal[s.fold(i)] == rd.event.ordinal+1 && s.has(i+1, i+3, "round", "session", "edition", "one", "dialogue", "meeting", "will", "consultation") && !rd.foreignMeeting(s, i) {
			return i
		}
		if rd.event.ordinal > 0 && ordinalNumber(s.fold(i)) == rd.event.ordinal+1 && !rd.foreignMeeting(s, i) && s.covering(i, dateChunk) == nil && s.has(i+1, i+6, "round", "session", "edition", "one", "dialogue", "meeting", "will", "consultation", "consultations") {
			return i
		}
	}
	return -1
}

func (rd *reading) isSame(m *meeting) bool {
	return rd.own[m] && m.s.index <= rd.event.main.s.index+1
}

// foreignMeeting tells whether the meeting at a token is of another kind.
func (rd *reading) foreignMeeting(s *sentence, i int) bool {
	for j := i; j < min(i+9, len(s.toks)); j++ {
		if c := s.covering(j, meetingChunk); c != nil {
			return !rd.ofSeries(c.meeting)
		}
	}
	return false
}

// ofSeries tells whether a meeting may be a session of the series of this one.
func (rd *reading) ofSeries(m *meeting) bool {
	main := rd.event.main
	for _, p := range m.parties {
		if len(rd.event.sides) > 0 && rd.side(p.party.slug) == nil {
			return false
		}
	}
	lasting := func(k string) bool { return k == "conference" || k == "summit" || k == "workshop" }
	if lasting(m.kind) != lasting(main.kind) {
		return false
	}
	return m.kind == main.kind || m.noun == main.noun || rd.lex().is("weak-meeting", m.noun) || m.kind == "dialogue" || m.kind == "consultation"
}

// nextDate gives the day, month or year of the next session, and notes where its
// year was inferred.
func (rd *reading) nextDate(s *sentence) (date, note string) {
	if m, ok := rd.nextDay(s); ok {
		if m.hasYear() {
			return m.edtf(), ""
		}
		if m = rd.soonest(s, m); !m.hasYear() {
			return m.edtf(), ""
		}
		return m.edtf(), nextYearInferred
	}
	for i, t := range s.toks {
		if y := yearOf(t.Text); y > 0 && y >= rd.event.date.from.year && s.covering(i, meetingChunk) == nil {
			return t.Text, ""
		}
	}
	held := cmp.Or(rd.event.date.from.year, rd.told.year)
	if held == 0 {
		return "", ""
	}
	if date := rd.nextYear(s, held); date != "" {
		return date, nextYearInferred
	}
	for i := range s.toks {
		if m := rd.lex().month[s.fold(i)]; m > 0 && s.isName(i) && (s.fold(i-1) == "in" || s.fold(i-1) == "this" || s.fold(i-1) == "next") {
			year := held
			if m < rd.event.date.from.month {
				year++
			}
			return day{year, m, 0}.edtf(), nextYearInferred
		}
	}
	return "", ""
}

const nextYearInferred = "The year is counted from that of this session or of publication."

// nextDay gives the date in a sentence that is not that of this session.
func (rd *reading) nextDay(s *sentence) (moment, bool) {
	held := rd.event.date.from
	for _, c := range s.of(dateChunk) {
		if c.date.from.month > 0 && (c.date.from.month != held.month || c.date.from.day != held.day) {
			return c.date, true
		}
	}
	return moment{}, false
}

// soonest gives a date the year in which it comes next, or the one after where
// the sentence says next year.
func (rd *reading) soonest(s *sentence, m moment) moment {
	told := rd.event.date.from
	if told.year == 0 {
		told = rd.told
	}
	if s.has(m.first-4, m.last+4, "next") && s.has(m.first-4, m.last+5, "year") && told.year > 0 {
		told = day{told.year + 1, 1, 1}
	}
	return m.inYear(told, false)
}

// nextYear reads "next year", "March of next year" and "this year".
func (rd *reading) nextYear(s *sentence, held int) string {
	for i := range s.toks {
		if (s.fold(i) == "next" || s.fold(i) == "following" || s.fold(i) == "coming") && s.fold(i+1) == "year" {
			if m := rd.lex().month[s.fold(i-2)]; m > 0 && s.fold(i-1) == "of" {
				return day{held + 1, m, 0}.edtf()
			}
			return day{held + 1, 0, 0}.edtf()
		}
		if s.fold(i) == "this" && s.fold(i+1) == "year" {
			return day{held, 0, 0}.edtf()
		}
	}
	return ""
}

// previousIn reads "was preceded by …" and "follow-up to the Sixth …".
func (rd *reading) previousIn(s *sentence) {
	for i := range s.words {
		w := s.words[i]
		if w != "preceded" && w != "follow-up" && w != "since" && w != "following" && w != "previous" && w != "last" {
			continue
		}
		for _, c := range s.of(meetingChunk) {
			if c.first <= i && w != "previous" && w != "last" || c.first-i > 12 || rd.isSame(c.meeting) || c.meeting.next || c.last-c.first < 2 {
				continue
			}
			if w == "preceded" || c.meeting.ordinal > 0 && c.meeting.ordinal < rd.event.ordinal {
				p := &previous{s: s, c: c}
				if w == "preceded" {
					for j := c.last; j < min(c.last+2, len(s.toks)); j++ {
						if s.has(j, j+1, "organised", "organized", "hosted", "convened") {
							for _, b := range s.of(bodyChunk) {
								if b.first >= j {
									p.organisers = append(p.organisers, strings.TrimPrefix(b.body.written, "the "))
								}
							}
							break
						}
					}
				}
				rd.before = append(rd.before, p)
				return
			}
		}
	}
}

type previous struct {
	s          *sentence
	c          *chunk
	organisers []string
}
