package extract

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dialograph/loaders/gazetteer"
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

// host is who received the others.
type host struct {
	s *sentence
	c *chunk // of a party or a body
}

// side is a party to the meeting.
type side struct {
	slug string
	name string
	s    *sentence
	c    *chunk
}

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

// statusOf tells what a sentence says became of a meeting in it.
func (rd *reading) statusOf(s *sentence, c *chunk) string {
	lex := rd.lex()
	from, to := s.clauseStart(c.first), s.clauseEnd(c.first)
	if c.meeting != nil && c.meeting.verb {
		return "held"
	}
	status, near := "", 1<<20
	consider := func(i int, value string) {
		d := c.first - i
		if i >= c.last {
			d = i - c.last
		}
		if d < near {
			status, near = value, d
		}
	}
	for i := from; i < to; i++ {
		if i >= c.first && i < c.last {
			continue
		}
		w := s.word(i)
		switch {
		case lex.cancelled[w], w == "called" && s.fold(i+1) == "off", w == "not" && (s.fold(i+1) == "held" || s.fold(i+2) == "held" || s.fold(i+1) == "be" && s.fold(i+2) != "only"):
			return "cancelled"
		case lex.postponed[w], w == "put" && s.fold(i+1) == "off", w == "pushed" && s.fold(i+1) == "back":
			return "postponed"
		case lex.planned[w], w == "due" && s.fold(i+1) == "to":
			consider(i, "planned")
		case w == "to" && (s.fold(i+1) == "be" || s.fold(i+1) == "hold" || s.fold(i+1) == "host" || s.fold(i+1) == "convene" || s.fold(i+1) == "meet" || s.fold(i+1) == "take" || s.fold(i+1) == "begin"):
			consider(i+1, "planned")
		case lex.held[w] && !(s.fold(i-1) == "to" || s.fold(i-1) == "be" && (s.fold(i-2) == "will" || s.fold(i-2) == "to" || s.fold(i-2) == "could")) && !lex.planned[s.fold(i-1)]:
			consider(i, "held")
		}
	}
	return status
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
			if (w == "met" || w == "gathered" || w == "talked" || w == "meet" || w == "convened" || w == "spoke" || w == "discuss" || w == "discussed" || w == "gather") && len(s.of(partyChunk))+len(s.of(personChunk)) >= 2 {
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

// decideStatus takes held where any sentence says so.
func (rd *reading) decideStatus() {
	found := map[string]*sentence{}
	for _, m := range rd.event.same {
		status := rd.statusOf(m.s, m.c)
		if status != "" && found[status] == nil {
			found[status] = m.s
		}
	}
	for _, status := range []string{"cancelled", "postponed"} {
		if s := found[status]; s != nil && (rd.event.main.s == s || found["held"] == nil || s.kind == source.Heading) {
			rd.event.status, rd.event.statusAt = status, s
			return
		}
	}
	main := rd.statusOf(rd.event.main.s, rd.event.main.c)
	for _, status := range []string{main, "held", "planned"} {
		if s := found[status]; s != nil && status != "" {
			rd.event.status, rd.event.statusAt = status, s
			return
		}
	}
	// A title alone: believe it where the text goes on about what was discussed.
	for _, s := range rd.sents {
		for _, c := range s.cues {
			if c.rule.Finds == "topic" || c.rule.Finds == "chair" {
				rd.event.status, rd.event.statusAt = "held", rd.event.main.s
				rd.event.statusFrom = "inferred: the text tells what was discussed, not that it took place"
				return
			}
		}
	}
}

// decideSides finds the parties: those of the meeting's name, else those whose
// delegations and sides the text speaks of.
func (rd *reading) decideSides() {
	add := func(s *sentence, c *chunk) {
		for _, x := range rd.event.sides {
			if x.slug == c.party.slug {
				if c.party.noun && x.c != nil && !x.c.party.noun {
					x.name, x.s, x.c = c.party.name, s, c
				}
				return
			}
		}
		rd.event.sides = append(rd.event.sides, &side{c.party.slug, c.party.name, s, c})
	}
	for _, m := range rd.event.same {
		if len(m.parties) >= 2 {
			for _, c := range m.parties {
				add(m.s, c)
			}
			break
		}
	}
	lasting := rd.event.main.kind == "conference" || rd.event.main.kind == "workshop" || rd.event.main.kind == "summit"
	if len(rd.event.sides) < 2 && !lasting {
		for _, m := range rd.event.same {
			for _, c := range m.parties {
				add(m.s, c)
			}
		}
		// Parties that stand before "held their 6th dialogue", or whose sides are named.
		for _, m := range rd.event.same {
			before := []*chunk{}
			for _, c := range m.s.of(partyChunk) {
				if c.last <= m.c.first && m.s.fold(c.first-1) != "against" && m.s.covering(c.first, bodyChunk) == nil && m.s.covering(c.first, personChunk) == nil && m.s.covering(c.first, meetingChunk) == nil {
					before = append(before, c)
				}
			}
			if len(before) >= 2 && len(rd.event.sides) < 2 {
				for _, c := range before[:min(len(before), 4)] {
					add(m.s, c)
				}
			}
		}
		if len(rd.event.sides) < 2 {
			for _, s := range rd.sents {
				for _, c := range s.of(partyChunk) {
					if len(rd.event.sides) < 2 && (rd.isSide(s, c) > 0 || rd.isSideBefore(s, c)) {
						add(s, c)
					}
				}
			}
		}
		if len(rd.event.sides) < 2 {
			rd.sidesOfPeople(add)
		}
	}
	rd.nameSides()
}

// sidesOfPeople takes the homes of those who lead for the sides.
func (rd *reading) sidesOfPeople(add func(*sentence, *chunk)) {
	for _, s := range rd.sents {
		for _, c := range s.of(personChunk) {
			home := rd.homeOfPerson(c.person)
			if home == "" || s.hasClass(rd.lex(), "said", c.last, c.last+3) || len(rd.event.sides) >= 2 {
				continue
			}
			if st, ok := rd.x.states[home]; ok {
				add(s, &chunk{kind: partyChunk, first: c.first, last: c.last, party: &party{slug: home, name: st.name}})
			}
		}
	}
}

// nameSides gives each side the name by which the text calls it, where it only
// has the name of the state so far.
func (rd *reading) nameSides() {
	for _, x := range rd.event.sides {
		if x.c != nil && x.c.party.noun {
			continue
		}
		for _, s := range rd.all {
			for _, c := range s.of(partyChunk) {
				if c.party.slug == x.slug && c.party.noun {
					x.name = c.party.name
				}
			}
		}
	}
}

// isSide tells whether "side", "delegation" or the like follows a party, and
// gives the token after it.
func (rd *reading) isSide(s *sentence, c *chunk) int {
	lex := rd.lex()
	at := c.last
	for k := 0; k < 4 && at < len(s.toks); k++ {
		switch w := s.word(at); {
		case lex.ofSide[w]:
			return at + s.width(at)
		case lex.beforeSide[w]:
			at += s.width(at)
		case w == "and" || w == ",":
			next := s.chunkAt(rd.skipThe(s, at+1), partyChunk)
			if next != nil && next != c && s.covering(next.first, bodyChunk) == nil {
				return rd.isSide(s, next)
			}
			return 0
		default:
			return 0
		}
	}
	return 0
}

// isSideBefore tells of "the delegation of Korea", "for Korea", "from Korea".
func (rd *reading) isSideBefore(s *sentence, c *chunk) bool {
	at := c.first - 1
	for s.fold(at) == "the" || s.fold(at) == "government" || s.fold(at) == "of" && s.fold(at-1) == "government" {
		at--
	}
	switch s.fold(at) {
	case "for", "from":
		return true
	case "of":
		w := s.fold(at - 1)
		return w == "delegation" || w == "side" || w == "behalf" || w == "part" || w == "delegations" || w == "team" || w == "representatives" || w == "officials"
	}
	return false
}

// side gives the side of a slug, nil where it is none.
func (rd *reading) side(slug string) *side {
	for _, x := range rd.event.sides {
		if x.slug == slug {
			return x
		}
	}
	return nil
}

// decideDate finds the day of the meeting in the sentences that name it.
func (rd *reading) decideDate() {
	past := rd.event.status == "held"
	type candidate struct {
		c    *chunk
		s    *sentence
		cost int
	}
	var best *candidate
	consider := func(s *sentence, c *chunk, cost int) {
		if c.date.from.isZero() && c.date.weekday < 0 && c.date.relative == noRelative {
			return
		}
		if c.date.from.isZero() {
			cost += 12
			if rd.told.isZero() {
				return
			}
		} else if c.date.from.day == 0 {
			cost += 25
		}
		if best == nil || cost < best.cost {
			best = &candidate{c, s, cost}
		}
	}
	for rank, m := range rd.event.same {
		for _, c := range m.s.of(dateChunk) {
			if m.s == rd.toldFrom || rd.otherDate(m.s, c) {
				continue
			}
			distance := c.first - m.c.last
			if c.last <= m.c.first {
				distance = m.c.first - c.last
			}
			distance = max(distance, 0)
			if c.first >= m.c.first && c.last <= m.c.last {
				distance = 0
			}
			cost := distance + 3*rank
			if s := m.s; s.fold(c.first-1) == "on" || s.covering(c.first-1, dateChunk) != nil {
				cost -= 8
			}
			if rd.statusOf(m.s, m.c) != "held" && past {
				cost += 8
			}
			if rd.attached(m.s, c, m.c) {
				cost += 20
			}
			consider(m.s, c, cost)
		}
	}
	if best == nil || best.cost > 30 {
		rd.dateNearby(func(s *sentence, c *chunk, cost int) { consider(s, c, cost) })
	}
	if best == nil {
		return
	}
	rd.event.date, rd.event.dateS, rd.event.dateHow = best.c.date, best.s, "explicit"
	if best.c.date.from.year == 0 {
		rd.inferDate(best.s, best.c, past)
	}
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
	return s.has(c.first-4, c.first, "signed", "adopted", "next", "will", "since", "previous", "earlier", "summit", "agreed")
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
func (rd *reading) dateNearby(consider func(*sentence, *chunk, int)) {
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
			consider(s, c, cost)
		}
	}
}

func (s *sentence) anyOf(set map[string]bool) bool {
	for i := range s.words {
		if set[s.words[i]] {
			return true
		}
	}
	return false
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

// decidePlace finds the city in the sentences that name the meeting.
func (rd *reading) decidePlace() {
	lex := rd.lex()
	best := 1 << 20
	consider := func(s *sentence, c *chunk, cost int) {
		if cost < best {
			best, rd.event.city, rd.event.cityS = cost, c, s
		}
	}
	for rank, m := range rd.event.same {
		if rd.statusOf(m.s, m.c) == "planned" && rd.event.status == "held" {
			continue
		}
		for _, c := range rd.placesOf(m.s) {
			if cost, ok := rd.isVenue(m.s, c); ok && !(m.s == rd.toldFrom && c.first < 2) {
				d := max(c.first-m.c.last, m.c.first-c.last, 0)
				consider(m.s, c, cost+rank+d/4)
			}
		}
	}
	if best > 20 {
		seen := 0
		for i, s := range rd.sents {
			if s.kind == source.Paragraph {
				seen++
			}
			if seen > 4 {
				break
			}
			for _, c := range rd.placesOf(s) {
				cost, ok := rd.isVenue(s, c)
				heading := s.kind == source.Heading && len(s.of(dateChunk)) > 0 && len(s.toks) < 14
				switch {
				case heading:
					consider(s, c, 22)
				case ok && s.anyOf(lex.held) && !s.has(0, len(s.toks), "next", "will", "spokesperson") && !(c.first < 2 && len(s.of(dateChunk)) > 0):
					consider(s, c, 24+cost+i)
				}
			}
		}
	}
}

// placesOf gives the places of a sentence: known cities, and a name after "in"
// with a verb of meeting.
func (rd *reading) placesOf(s *sentence) []*chunk {
	lex := rd.lex()
	out := slices.Clone(s.of(placeChunk))
	for i := range s.toks {
		if s.fold(i) != "in" || !s.isName(i+1) || !s.anyOf(lex.held) {
			continue
		}
		j := i + 1
		if s.covering(j, partyChunk) != nil || s.covering(j, bodyChunk) != nil || s.covering(j, placeChunk) != nil || s.covering(j, dateChunk) != nil || s.covering(j, meetingChunk) != nil || s.covering(j, personChunk) != nil || lex.common[s.fold(j)] {
			continue
		}
		end := j
		for s.isName(end) && s.covering(end, dateChunk) == nil && end-j < 3 {
			end += s.width(end)
		}
		f := s.fold(end)
		if f != "," && f != "." && f != "on" && f != "" && f != "and" && s.covering(end, dateChunk) == nil && f != "to" && f != "with" && f != "from" && f != "at" {
			continue
		}
		c := &chunk{kind: placeChunk, first: j, last: end, place: &place{name: s.line(j, end)}}
		if q := s.chunkAt(end+1, partyChunk); f == "," && q != nil {
			c.place.country = q.party.slug
		}
		out = append(out, c)
	}
	return out
}

// isVenue tells whether a place is where something happened, and how surely:
// less is surer.
func (rd *reading) isVenue(s *sentence, c *chunk) (int, bool) {
	lex := rd.lex()
	if s.covering(c.first, bodyChunk) != nil || s.covering(c.first, personChunk) != nil {
		return 0, false
	}
	if q := s.covering(c.first, partyChunk); q != nil && rd.side(q.party.slug) != nil && s.fold(c.first-1) != "in" && s.fold(c.first-1) != "at" {
		return 0, false // Singapore as a side
	}
	after := s.word(c.last)
	if m := s.covering(c.first, meetingChunk); m != nil && s.fold(c.first-1) != "in" {
		return 0, false
	}
	switch s.fold(c.first - 1) {
	case "in", "at":
		return 0, true
	case ",":
		if s.covering(c.first-2, placeChunk) == nil && s.isName(c.first-2) && (after == "," || after == "on" || after == ".") {
			return 3, true
		}
	case "to":
		return 8, s.has(0, len(s.toks), "travelled", "traveled", "flew", "came", "visit", "visited", "journey")
	}
	if lex.asVenue[after] {
		return 1, true
	}
	if d := s.chunkAt(c.last+1, dateChunk); after == "," && d != nil && lex.held[s.word(d.last)] {
		return 1, true // "Canberra, 4 May 2017 saw"
	}
	if s.has(0, len(s.toks), "venue", "setting", "scene", "host") && rd.nearWord(s, c, "venue", "setting", "scene", "host", "backdrop", "place") {
		return 2, true
	}
	return 0, false
}

func (rd *reading) nearWord(s *sentence, c *chunk, words ...string) bool {
	return s.has(c.first-6, c.first, words...) || s.has(c.last, c.last+6, words...)
}

// decideMode tells how the meeting was held, from words about it or from its
// place.
func (rd *reading) decideMode() {
	lex := rd.lex()
	set := func(s *sentence, i int, mode string) {
		if rd.event.mode == "" {
			rd.event.mode, rd.event.modeS, rd.event.modeAt = mode, s, [2]int{i, i + s.width(i)}
		}
	}
	seen := 0
	for _, s := range rd.sents {
		if s.kind == source.Paragraph {
			seen++
		}
		about := rd.names(s)
		if !about && seen > 2 || s.has(0, len(s.toks), "next", "will") && !about {
			continue
		}
		for i := range s.words {
			w := s.words[i]
			switch {
			case w == "hybrid" && s.has(i, i+4, "format", "mode", "form", "session", "meeting", "manner", "basis", "fashion", "setting", "dialogue") && !s.has(i+1, i+2, "threats", "threat"):
				set(s, i, "hybrid")
			case lex.is("virtual", w) && !s.has(i+1, i+3, "assets", "asset", "currency", "currencies", "world", "space", "threats", "safety", "harms", "abuse", "banking") && (s.anyOf(lex.held) || about) && s.covering(i, bodyChunk) == nil:
				if w == "online" && !s.has(i-3, i, "held", "met", "place", "convened", "conducted", "meeting") && !s.has(i+1, i+3, "meeting", "format", "session", "dialogue", "on") {
					continue
				}
				if w == "video" && !s.has(i+1, i+3, "conference", "link", "call", "teleconference", "conferencing") {
					continue
				}
				if s.has(0, len(s.toks), "in-person") || s.has(0, len(s.toks), "person") && s.has(0, len(s.toks), "others", "some", "part", "both") {
					set(s, i, "hybrid")
				}
				set(s, i, "virtual")
			case w == "in-person" && about && !s.has(i-5, i, "first", "since") && !s.has(0, len(s.toks), "next"):
				set(s, i, "in-person")
			}
		}
	}
	if rd.event.mode != "" {
		if rd.event.mode == "virtual" && rd.event.city != nil {
			rd.event.city = nil
		}
		return
	}
	if rd.event.city != nil {
		rd.event.mode, rd.event.modeS, rd.event.modeAt = "in-person", rd.event.cityS, [2]int{rd.event.city.first, rd.event.city.last}
		return
	}
	for _, m := range rd.event.same {
		for i := range m.s.words {
			if w := m.s.words[i]; (w == "hosted" || w == "host") && rd.statusOf(m.s, m.c) == "held" {
				set(m.s, i, "in-person")
			}
		}
	}
}

// decideHosts finds who hosted the meeting, in the sentences that name it.
func (rd *reading) decideHosts() {
	for _, m := range rd.event.same {
		s := m.s
		if rd.statusOf(s, m.c) == "planned" && rd.event.status == "held" {
			continue
		}
		for i := range s.words {
			switch s.words[i] {
			case "hosted", "host", "hosts", "co-hosted":
			default:
				continue
			}
			var c *chunk
			if s.fold(i+1) == "by" {
				c = rd.actorAfter(s, i+2)
			} else {
				c = rd.actorBefore(s, i)
			}
			if c != nil && len(rd.event.hosts) == 0 {
				rd.event.hosts = append(rd.event.hosts, &host{s, c})
			}
		}
	}
}

// actorAfter gives the state or body that is named right after a token.
func (rd *reading) actorAfter(s *sentence, at int) *chunk {
	at = rd.skipThe(s, at)
	if c := s.chunkAt(at, bodyChunk); c != nil {
		return c
	}
	return s.chunkAt(at, partyChunk)
}

// actorBefore gives the state or body that is named right before a verb.
func (rd *reading) actorBefore(s *sentence, verb int) *chunk {
	for i := verb - 1; i >= max(0, verb-3); i-- {
		if c := s.covering(i, bodyChunk); c != nil && s.covering(i, meetingChunk) == nil {
			return c
		}
		if c := s.covering(i, partyChunk); c != nil && c.party.noun && s.covering(i, meetingChunk) == nil {
			return c
		}
		switch s.fold(i) {
		case "was", "is", "as", "has", "had", "a":
		default:
			return nil
		}
	}
	return nil
}
