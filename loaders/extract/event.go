package extract

import (
	"unicode"

	"dialograph/loaders/source"
)

// event is the meeting that the text reports.
type event struct {
	main     *meeting
	same     []*meeting // every place that names it, the main one too
	status   string
	statusAt *sentence
	// statusFrom says from what the status was inferred; "" where a sentence says it.
	statusFrom string
	ordinal    int
	ordinalS   *sentence
	date       moment
	dateS      *sentence
	dateHow    string // explicit | inferred | publication
	dateNote   string // on how it was inferred
	city       *chunk
	cityS      *sentence
	mode       string
	modeS      *sentence
	modeAt     [2]int
	sides      []*side
	hosts      []*host
}

// main finds the meeting that the text reports, and everything about it. It
// gives the others that the text reports too.
func (rd *reading) main() []*reading {
	rd.event.main = rd.weighMentions()
	if rd.event.main == nil {
		rd.reason = "no sentence reports a meeting"
		if foreign(rd.doc.Text) {
			rd.reason = "the text is not in the Latin alphabet; only English is read"
		}
		return nil
	}
	rd.settle()
	if rd.event.status == "" {
		rd.reason = "a meeting is mentioned, but no sentence says that it was held or is to be"
		return nil
	}
	others := rd.further()
	for _, each := range append([]*reading{rd}, others...) {
		each.read()
	}
	return others
}

// settle finds what else the text calls the meeting, what became of it, between
// whom and when.
func (rd *reading) settle() {
	rd.collect()
	rd.decideStatus()
	rd.decideSides()
	rd.decideDate()
}

// read finds everything else about the meeting.
func (rd *reading) read() {
	rd.decidePlace()
	rd.decideMode()
	rd.decideHosts()
	rd.attendance()
	rd.subjects()
	rd.sequence()
	rd.story()
}

// weighMentions gives the mention that is most likely the meeting that the text
// reports; nil where there is none.
func (rd *reading) weighMentions() *meeting {
	best, score := (*meeting)(nil), 5
	paragraphs := 0
	for _, s := range rd.sents {
		bonus := 0
		switch {
		case s.kind == source.Heading:
			if paragraphs == 0 {
				bonus = 3
			} else {
				bonus = -2
			}
		case s.kind == source.Paragraph || s.kind == source.Item:
			bonus = max(0, 4-paragraphs)
			paragraphs++
		}
		if paragraphs > 8 {
			bonus = -min(paragraphs-6, 6)
		}
		for _, c := range s.of(meetingChunk) {
			if n := rd.weigh(s, c.meeting) + bonus; n > score || n == score && best != nil && best.s.kind == source.Heading && s.kind != source.Heading {
				best, score = c.meeting, n
			}
		}
	}
	if best == nil {
		return rd.withoutName()
	}
	return best
}

// foreign tells whether most letters at the beginning of a text are of another
// alphabet.
func foreign(text string) bool {
	latin, other := 0, 0
	for i, r := range text {
		if i > 4000 {
			break
		}
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	return other > latin
}

// weigh tells how likely a mention is to be the meeting that the text reports.
func (rd *reading) weigh(s *sentence, m *meeting) int {
	n := 0
	switch rd.statusOf(s, m.c) {
	case "held":
		n += 4
	case "planned":
		n -= 1
	case "cancelled", "postponed":
		n += 2
	}
	if m.other {
		n -= 7
	}
	if m.cyber {
		n += 3
	}
	if m.ordinal > 0 {
		n += 2
	}
	n += min(len(m.parties), 2)
	if m.capital {
		n++
	}
	if rd.lex().is("weak-meeting", m.noun) {
		n -= 2
	}
	switch m.kind {
	case "dialogue", "consultation", "staff-talks":
		n += 2
	case "conference", "summit", "workshop":
		n--
	}
	if len(s.of(dateChunk)) > 0 {
		n++
	}
	if !m.cyber && !m.capital && isCyber(s.whole()) {
		n++
	}
	if m.c != nil && len(m.parties) == 0 && len(s.of(partyChunk)) > 1 {
		n += 2
	}
	if rd.longAgo(s, m) {
		n -= 14
	}
	return n
}

// longAgo tells of a meeting that its clause dates it well before the day on
// which the text was published.
func (rd *reading) longAgo(s *sentence, m *meeting) bool {
	if rd.told.year == 0 {
		return false
	}
	ago := false
	for i := range s.toks {
		y := yearOf(s.toks[i].Text)
		if c := s.covering(i, dateChunk); c != nil && c.date.from.year > 0 {
			y = c.date.from.year
		}
		if y == 0 {
			continue
		}
		if y >= rd.told.year || y == rd.told.year-1 && rd.told.month <= 3 {
			return false
		}
		ago = true
	}
	return ago
}

// withoutName takes "experts from A and B met in C" for a meeting.
func (rd *reading) withoutName() *meeting {
	seen := 0
	for _, s := range rd.sents {
		if s.kind == source.Paragraph {
			seen++
		}
		if seen > 3 {
			return nil
		}
		for i := range s.toks {
			w := s.word(i)
			if rd.lex().meets[w] && len(s.of(partyChunk))+len(s.of(personChunk)) >= 2 {
				m := &meeting{s: s, kind: "session", noun: w, verb: true}
				m.c = &chunk{kind: meetingChunk, first: i, last: i + 1, meeting: m}
				for _, c := range s.of(partyChunk) {
					if c.first < i {
						m.parties = append(m.parties, c)
					}
				}
				if !isCyber(s.whole()) {
					continue
				}
				return m
			}
		}
	}
	return nil
}

// collect finds the other places that name the same meeting.
func (rd *reading) collect() {
	main := rd.event.main
	rd.event.same = []*meeting{main}
	for _, s := range rd.sents {
		for _, c := range s.of(meetingChunk) {
			m := c.meeting
			if m == main || m.other || !rd.sameMeeting(main, m) || rd.longAgo(s, m) {
				continue
			}
			rd.event.same = append(rd.event.same, m)
		}
	}
	for _, m := range rd.event.same {
		rd.own[m] = true
		if m.ordinal > 0 && rd.event.ordinal == 0 {
			rd.event.ordinal, rd.event.ordinalS = m.ordinal, m.s
		}
	}
}

// names tells whether a sentence names the meeting that the text reports.
func (rd *reading) names(s *sentence) bool {
	if rd.event.main.s == s {
		return true
	}
	for _, c := range s.of(meetingChunk) {
		if rd.own[c.meeting] {
			return true
		}
	}
	return false
}

func (rd *reading) sameMeeting(a, b *meeting) bool {
	if a.ordinal > 0 && b.ordinal > 0 && a.ordinal != b.ordinal || a.track != b.track {
		return false
	}
	if rd.statusOf(b.s, b.c) == "planned" && rd.statusOf(a.s, a.c) != "planned" {
		return false
	}
	slugs := map[string]bool{}
	for _, p := range a.parties {
		slugs[p.party.slug] = true
	}
	for _, p := range b.parties {
		if len(slugs) > 1 && !slugs[p.party.slug] {
			return false
		}
	}
	if a.kind == b.kind || a.noun == b.noun {
		return true
	}
	lasting := func(k string) bool {
		return k == "conference" || k == "summit" || k == "workshop" || k == "ministerial"
	}
	return !lasting(a.kind) && !lasting(b.kind) && (rd.consults(a) && rd.consults(b) || rd.lex().is("weak-meeting", a.noun) || rd.lex().is("weak-meeting", b.noun))
}

// consults tells of a meeting that it is a dialogue, consultations or talks,
// which texts call each other.
func (rd *reading) consults(m *meeting) bool {
	return m.kind == "dialogue" || m.kind == "consultation" || m.kind == "staff-talks" || m.kind == "track-1.5" || m.verb
}
