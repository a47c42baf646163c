package extract

import (
	"dialograph/loaders/source"
	"fmt"
)

// decideDate finds the day of the meeting in the sentences that name it, or near
// them.
func (rd *reading) decideDate() {
	best := &dateChoice{}
	for rank, m := range rd.event.same {
		for _, c := range m.s.of(dateChunk) {
			if m.s != rd.toldFrom && !rd.otherDate(m.s, c) {
				rd.consider(best, m.s, c, rd.dateCost(m, c)+3*rank)
			}
		}
	}
	if best.c == nil || best.cost > 30 {
		rd.dateNearby(best)
	}
	if best.c == nil {
		return
	}
	rd.event.date, rd.event.dateS, rd.event.dateHow = best.c.date, best.s, "explicit"
	if best.c.date.from.year == 0 {
		rd.inferDate(best.s, best.c, rd.event.status == "held")
	}
}

// dateChoice is the date that is most likely that of the meeting so far; less
// cost is likelier.
type dateChoice struct {
	s    *sentence
	c    *chunk
	cost int
}

// consider takes a date that is likelier. One that is only told from the day of
// publication, or without a day, is less likely.
func (rd *reading) consider(best *dateChoice, s *sentence, c *chunk, cost int) {
	d := c.date
	switch {
	case d.from.isZero() && (d.weekday < 0 && d.relative == noRelative || rd.told.isZero()):
		return
	case d.from.isZero():
		cost += 12
	case d.from.day == 0:
		cost += 25
	}
	if best.c == nil || cost < best.cost {
		*best = dateChoice{s, c, cost}
	}
}

// dateCost tells how unlikely a date in a sentence is that of the meeting which
// the sentence names.
func (rd *reading) dateCost(m *meeting, c *chunk) int {
	s := m.s
	cost := max(c.first-m.c.last, 0)
	if c.last <= m.c.first {
		cost = m.c.first - c.last
	}
	if s.fold(c.first-1) == "on" || s.covering(c.first-1, dateChunk) != nil {
		cost -= 8
	}
	if rd.event.status == "held" && rd.statusOf(s, m.c) != "held" {
		cost += 8
	}
	if rd.attached(s, c, m.c) {
		cost += 20
	}
	return cost
}

// inferDate completes the day of the meeting where the text does not give it in
// full, and notes from what.
func (rd *reading) inferDate(s *sentence, c *chunk, past bool) {
	ev, m := &rd.event, c.date
	year, beside := rd.sameDay(m)
	switch {
	case year > 0 && beside != rd.toldFrom:
		ev.date, ev.dateHow = m.inYear(day{year, 12, 31}, past), "inferred"
		ev.dateNote = "The sentence gives no year; the text gives it beside the same day elsewhere."
	case !rd.told.isZero():
		ev.date, ev.dateHow = m.inYear(rd.told, past), "publication"
		if year > 0 {
			ev.date = m.inYear(day{year, 12, 31}, past)
		}
		from := "the day of publication, " + rd.told.edtf()
		if rd.toldGuessed {
			ev.dateHow = "inferred"
			from += ", whose year is inferred from the latest one in the text"
		}
		ev.dateNote = fmt.Sprintf("The text says %q; the rest is counted from %s.", s.line(c.first, c.last), from)
	default:
		ev.dateHow, ev.dateNote = "inferred", "The text gives no year, and nothing in it tells one."
		if y := rd.yearFromText(); y > 0 {
			ev.date = m.inYear(day{y, 12, 31}, past)
			ev.dateNote = "The sentence gives no year; it is inferred from the other years in the text."
		}
	}
}

// otherDate tells of a date that belongs to something else: "since 2014", "the
// Joint Statement of 13 December".
func (rd *reading) otherDate(s *sentence, c *chunk) bool {
	switch s.fold(c.first - 1) {
	case "since", "until", "by", "before", "after", "from":
		return s.fold(c.first-1) != "from" || c.date.to.isZero()
	}
	return s.anyWithin(rd.lex().otherDate, c.first-4, c.first)
}

// attached tells whether a noun other than the meeting carries a date: between
// the two stands another meeting, instrument or "which".
func (rd *reading) attached(s *sentence, date, m *chunk) bool {
	first, last := m.last, date.first
	if date.last <= m.first {
		return false
	}
	return s.has(first, last, "which") && !s.has(first, last, "took", "held", "convened", "met") || s.has(first, last, "statement", "agreement", "follow-up", "made", "published", "launched", "since", "preceded", "signed") || len(s.within(meetingChunk, first, last)) > 0
}

// dateNearby looks for the date where the text does not repeat the meeting's
// name: in the first sentences, and in a line with place and date.
func (rd *reading) dateNearby(best *dateChoice) {
	seen := 0
	for i, s := range rd.sents {
		if seen > 3 {
			return
		}
		if s.kind == source.Paragraph {
			seen++
		}
		for _, c := range s.of(dateChunk) {
			cost := 40 + i
			switch {
			case s == rd.toldFrom && s.kind != source.Paragraph:
				if len(s.of(placeChunk)) == 0 {
					continue
				}
				cost = 34
			case s.kind == source.Heading && len(s.of(placeChunk)) > 0:
				cost = 30
			case rd.otherDate(s, c) || !s.anyOf(rd.lex().held) && (seen > 1 || len(s.of(meetingChunk)) == 0) || s == rd.toldFrom && c.first < 4:
				continue
			}
			rd.consider(best, s, c, cost)
		}
	}
}

// sameDay gives the year that the text writes elsewhere beside the same day, and
// where; 0 where it does not.
func (rd *reading) sameDay(m moment) (int, *sentence) {
	if m.from.day == 0 {
		return 0, nil
	}
	for _, s := range rd.all {
		for _, c := range s.of(dateChunk) {
			if d := c.date.from; d.year > 0 && d.month == m.from.month && d.day == m.from.day {
				return d.year, s
			}
		}
	}
	return 0, nil
}

// yearFromText infers a year where nothing dates the document: the year before
// that of the next session of a yearly meeting, or the one year that the text
// has.
func (rd *reading) yearFromText() int {
	next, years := 0, map[int]bool{}
	for _, s := range rd.all {
		for i, t := range s.toks {
			y := yearOf(t.Text)
			if y == 0 {
				continue
			}
			if s.has(0, len(s.toks), "next", "will", "following", "holding", "hold") {
				next = y
				continue
			}
			if s.fold(i-1) == "since" || s.fold(i-1) == "from" {
				continue
			}
			years[y] = true
		}
	}
	if len(years) == 1 {
		for y := range years {
			return y
		}
	}
	if next > 0 {
		return next - 1
	}
	best := 0
	for y := range years {
		best = max(best, y)
	}
	return best
}

func yearOf(text string) int {
	if len(text) != 4 {
		return 0
	}
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	if n < 1990 || n > 2100 {
		return 0
	}
	return n
}
