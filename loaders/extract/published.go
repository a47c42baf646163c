package extract

import (
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
	"strings"
)

// contactsFrom gives the sentence at which press contacts and footers begin.
func (rd *reading) contactsFrom() int {
	for i, s := range rd.sents {
		text := strings.ToLower(strings.TrimSpace(s.whole()))
		if i > 2 && len(text) < 80 {
			for _, mark := range []string{"press contact", "media contact", "for more information", "contact:", "contacts:", "media enquiries", "media inquiries", "notes to editors", "note to editors", "for further information", "press office", "media inquiries", "for media queries", "press inquiries", "for press"} {
				if strings.HasPrefix(text, mark) {
					return i
				}
			}
		}
	}
	return len(rd.sents)
}

// published finds the day on which the document says that it was published: in
// what it says of itself, in a line near the top, in a dateline.
func (rd *reading) published() {
	if d := rd.doc.Published; len(d) >= 10 {
		if parts := strings.SplitN(d[:10], "-", 3); len(parts) == 3 {
			if at, ok := dayOf(parts[0], parts[1], parts[2]); ok {
				rd.told = at
				return
			}
		}
	}
	var partial *chunk
	for i, s := range rd.sents {
		if i > 14 {
			break
		}
		dates := s.of(dateChunk)
		if len(dates) == 0 {
			continue
		}
		c := dates[0]
		short := len(s.toks) <= 12 && (s.kind == source.Heading || c.last-c.first >= len(s.toks)-3) && len(s.of(meetingChunk)) == 0
		label := c.first <= 2 && (s.fold(0) == "date" || s.fold(0) == "published" || s.fold(0) == "posted" || s.fold(0) == "updated" || s.fold(0) == "release" || s.fold(0) == "issued")
		dateline := c.first <= 6 && rd.isDateline(s, c)
		if !short && !label && !dateline || c.date.from.month == 0 || c.date.from.day == 0 {
			continue
		}
		if c.date.hasYear() {
			rd.told, rd.toldFrom = c.date.from, s
			return
		}
		if partial == nil {
			partial = c
		}
	}
	for i := len(rd.sents) - 1; i >= 0 && i > len(rd.sents)-6; i-- {
		s := rd.sents[i]
		if dates := s.of(dateChunk); len(dates) == 1 && len(s.toks) <= 10 && dates[0].date.hasYear() && dates[0].date.from.day > 0 && (s.kind == source.Heading || s.has(0, len(s.toks), "published", "posted", "updated", "release")) {
			rd.told, rd.toldFrom = dates[0].date.from, s
			return
		}
	}
	if partial != nil {
		m := partial.date.inYear(day{rd.latestYear(), 12, 31}, true)
		if m.from.year > 0 {
			rd.told, rd.toldGuessed = m.from, true
		}
	}
}

// isDateline tells of "WASHINGTON, March 2." or "Seoul, 7 Nov 2024 (Agency) –"
// at the beginning of a paragraph.
func (rd *reading) isDateline(s *sentence, c *chunk) bool {
	if s.passage.Start != rd.doc.Blocks[s.passage.Block].Start || c.first == 0 && s.kind != source.Heading {
		return false
	}
	if s.has(0, c.first, "on", "in", "from", "held", "since", "of") {
		return false
	}
	for i := range c.first {
		if t := s.toks[i]; t.Class == gazetteer.Lower {
			return false
		}
	}
	next := s.fold(c.last)
	return next == "" || next == "." || next == "-" || next == "(" || next == ":" || next == "/" || next == ")"
}

// latestYear is the latest year that the text gives anything.
func (rd *reading) latestYear() int {
	year := 0
	for _, s := range rd.sents {
		for _, c := range s.of(dateChunk) {
			if !s.has(c.first-4, c.first, "next", "will", "by", "until", "host") {
				year = max(year, c.date.from.year)
			}
		}
	}
	return year
}
