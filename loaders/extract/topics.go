package extract

import (
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
)

// subject is something discussed or referred to.
type subject struct {
	s           *sentence
	first, last int
	name        string
	written     string
	kind        string // references only
	stance      string
	rule        string
	ids         []graph.ID
}

// subjects finds topics and references.
func (rd *reading) subjects() {
	var list *cue // that announced a list of items
	for _, s := range rd.sents {
		switch {
		case s.kind == source.Heading || s.kind == source.Caption:
			continue
		case s.kind == source.Item && list != nil:
			rd.phrases(s, 0, len(s.toks), *list)
		case s.isContact():
			continue
		case rd.elsewhere(s) || rd.background(s):
		default:
			list = rd.topicsIn(s)
		}
		rd.references(s)
	}
}

// isContact tells of a sentence that it only says where more is to be had.
func (s *sentence) isContact() bool {
	text := s.whole()
	return strings.Contains(text, "@") || strings.Contains(text, "http") || strings.Contains(text, "www.")
}

// topicsIn takes what a sentence says was discussed. It gives the cue of a
// sentence that announces a list of items.
func (rd *reading) topicsIn(s *sentence) (list *cue) {
	before := len(rd.topics)
	announces := strings.HasSuffix(strings.TrimSpace(s.whole()), ":") && s.kind != source.Item
	t := &taker{rd: rd, s: s, done: make([]bool, len(s.toks)+1)}
	for i := range s.cues {
		c := &s.cues[i]
		if c.rule.Finds != "topic" || s.covering(c.first, personChunk) != nil && c.rule.Take == "after" || s.covering(c.first, bodyChunk) != nil {
			continue
		}
		if announces {
			list = c
		}
		if c.rule.Take != "before" {
			t.take(c.last, rd.objectEnd(s, c.last), *c)
			continue
		}
		t.take(rd.subjectStart(s, c.first), c.first, *c)
		if next := rd.listAfter(s, c.last); next > 0 {
			t.take(next, rd.objectEnd(s, next), *c)
		}
	}
	if colon := rd.colonList(s); colon > 0 {
		t.take(colon, rd.objectEnd(s, colon), rd.x.rules.shape("topic.list", colon, colon))
	}
	if len(rd.topics) == before {
		rd.knownTopics(s)
	}
	return list
}

// taker takes each stretch of a sentence once.
type taker struct {
	rd   *reading
	s    *sentence
	done []bool // by token
}

func (t *taker) take(first, last int, by cue) {
	if first >= last || t.done[first] {
		return
	}
	for i := first; i < last; i++ {
		t.done[i] = true
	}
	t.rd.phrases(t.s, first, last, by)
}

// listAfter gives where a list begins that follows a passive verb: "were
// discussed, among them …"; 0 where none does.
func (rd *reading) listAfter(s *sentence, at int) int {
	switch w := s.fold(at); {
	case w == ":" || w == "-" && s.toks[at].Spaced:
		return at + 1
	case w == "," && s.fold(at+1) == "or":
		return at + 2
	case w == "," || w == "such" || w == "including":
		for i := at; i < at+2; i++ {
			switch s.fold(i) {
			case "including", "namely", "notably":
				return i + 1
			case "such", "among", "in":
				if s.fold(i+1) == "as" || s.fold(i+1) == "them" || s.fold(i+1) == "particular" {
					return i + 2
				}
			}
		}
	}
	return 0
}

// colonList gives where an enumeration of things begins after a colon; 0 where
// none does.
func (rd *reading) colonList(s *sentence) int {
	for i := 2; i < len(s.toks)-3; i++ {
		if s.fold(i) != ":" {
			continue
		}
		commas := 0
		for j := i + 1; j < len(s.toks); j++ {
			if f := s.fold(j); f == "," || f == ";" {
				commas++
			}
		}
		if commas < 2 || len(s.within(bodyChunk, i, len(s.toks))) > 0 || len(s.within(personChunk, i, len(s.toks))) > 0 || len(s.within(partyChunk, i, len(s.toks))) > 2 {
			return 0
		}
		return i + 1
	}
	return 0
}

// knownTopics takes the concepts of the scheme that a sentence names without
// any verb of discussion, where it is about the meeting at all.
func (rd *reading) knownTopics(s *sentence) {
	for _, c := range s.cues {
		if c.rule.Finds == "chair" && len(s.of(personChunk)) > 0 || c.rule.Finds == "member" && len(s.of(bodyChunk)) > 1 {
			return
		}
	}
	if s.index <= rd.event.main.s.index && s != rd.event.main.s || rd.isHistory(s) {
		return
	}
	for _, m := range s.found {
		if m.Kind != graph.KindTopic || s.covering(m.First, bodyChunk) != nil || s.covering(m.First, meetingChunk) != nil || s.covering(m.First, personChunk) != nil {
			continue
		}
		if m.Last-m.First < 2 && !rd.lex().is("topic-words", s.fold(m.First)) {
			continue
		}
		rd.topic(s, m.First, m.Last, rd.x.rules.shape("topic.known", m.First, m.Last))
	}
}

// isHistory tells of a sentence that it tells what was long before or what a
// body is for.
func (rd *reading) isHistory(s *sentence) bool {
	return s.anyWithin(rd.lex().history, 0, len(s.toks))
}

// background tells of a sentence that tells what was before or what others do,
// not what was discussed.
func (rd *reading) background(s *sentence) bool {
	return s.hasClass(rd.lex(), "said", 0, len(s.toks)) && len(s.of(personChunk)) > 0 && !rd.chairSpeaks(s)
}

func (rd *reading) chairSpeaks(s *sentence) bool {
	return slices.ContainsFunc(s.of(personChunk), func(c *chunk) bool { return rd.seats.chair(c.person.name) != nil })
}

// topic takes one phrase, unless it says nothing by itself or names something
// else.
func (rd *reading) topic(s *sentence, first, last int, by cue) {
	first = rd.bare(s, first, last)
	for last > first && (rd.lex().topicClosers[s.fold(last-1)] || s.covering(last-1, dateChunk) != nil) {
		last--
	}
	if cut := rd.tail(s, first, last); cut > first {
		last = cut
	}
	if last <= first || last-first > 32 {
		return
	}
	n := rd.words(s, first, last)
	if n == 1 && strings.HasSuffix(s.word(first), "ing") && s.toks[first].Class == gazetteer.Lower && !rd.isLabel(s.line(first, last)) {
		return // "preventing, detecting and responding to …"
	}
	name := s.line(first, last)
	folded := key(name)
	if n == 0 || n > 16 || rd.lex().generic[folded] || rd.lex().generic[strings.TrimPrefix(folded, "cyber ")] || rd.emptyTopic(s, first, last) {
		return
	}
	if rd.aboutPeople(s, first, last) {
		return
	}
	if s.within(personChunk, first, last) != nil && n < 6 || rd.isMeetingName(s, first, last) {
		return
	}
	for _, c := range s.chunks {
		if (c.kind == partyChunk || c.kind == bodyChunk || c.kind == placeChunk || c.kind == dateChunk) && c.first <= first && c.last >= last {
			return
		}
	}
	if rd.allOfKind(s, first, last) {
		return
	}
	if !rd.sounds(s, first, last) {
		return
	}
	t := &subject{s: s, first: first, last: last, name: name, written: name, stance: by.rule.Value, rule: by.rule.ID}
	if ids := rd.concept(name); len(ids) == 1 {
		t.ids = ids
		t.name = rd.x.gaz.Topic(ids[0].Slug()).Name
	}
	if rd.already("topic", t.written, t.ids) {
		return
	}
	rd.topics = append(rd.topics, t)
}

// aboutPeople tells of a phrase that it speaks of who was there or who said so.
func (rd *reading) aboutPeople(s *sentence, first, last int) bool {
	lex := rd.lex()
	if s.anyWithin(lex.aboutPeople, first, last) {
		return true
	}
	if s.fold(last-1) == "side" || s.fold(last-1) == "sides" {
		return true
	}
	b := s.covering(first, bodyChunk)
	return b != nil && b.last < last && lex.small[s.fold(b.last)] && s.fold(b.last) != "'s" && s.fold(b.last) != "’" || rd.officeAt(s, first) && s.isName(first)
}

// sounds tells whether a phrase begins like the name of a thing: not with a
// verb in a finite form or a pronoun.
func (rd *reading) sounds(s *sentence, first, last int) bool {
	lex := rd.lex()
	w := s.word(first)
	if strings.HasSuffix(w, "ed") && s.toks[first].Class == gazetteer.Lower && !lex.participles[w] {
		return false
	}
	if strings.HasSuffix(w, "ed") && s.toks[first].Class == gazetteer.Lower && (first+1 >= last || lex.small[s.fold(first+1)] || s.fold(first+1) == "how" || s.fold(first+1) == "through") {
		return false
	}
	if s.covering(first, dateChunk) != nil || s.has(first, last, "took") && s.has(first, last, "place") {
		return false
	}
	if lex.notTopic[w] {
		return false
	}
	return !s.anyWithin(lex.noPartOfTopic, first, last)
}

// emptyTopic tells of a phrase that only points to others: "the two sides",
// "areas of mutual interest".
func (rd *reading) emptyTopic(s *sentence, first, last int) bool {
	lex := rd.lex()
	for i := first; i < last; i += max(1, s.width(i)) {
		w := s.fold(i)
		few := w == "cyber" && last-first < 4 || (w == "strategic" || w == "bilateral") && last-first < 3
		number := s.toks[i].Class == gazetteer.Number && !strings.HasSuffix(w, "g")
		c := s.covering(i, partyChunk)
		if s.toks[i].Class == gazetteer.Sign || lex.small[w] || lex.generic[w] || lex.pointsElsewhere[w] || few || number || c != nil && rd.side(c.party.slug) != nil {
			continue
		}
		return false
	}
	return true
}

// tail cuts what follows a topic: who said it, when and where.
func (rd *reading) tail(s *sentence, first, last int) int {
	for i := first + 1; i < last; i++ {
		w := s.word(i)
		switch {
		case w == "by" && s.covering(i+1, personChunk) != nil,
			w == "in" && s.covering(i+1, dateChunk) != nil,
			w == "on" && s.covering(i+1, dateChunk) != nil,
			w == "since" || w == "which" || w == "who" || w == "that" || w == "aimed" || w == "aiming" || w == "ensuring" && i > first+3, w == "where", w == "aims":
			return i
		}
	}
	return 0
}

// allOfKind tells whether a phrase is nothing but names of states, bodies and
// people.
func (rd *reading) allOfKind(s *sentence, first, last int) bool {
	lex := rd.lex()
	for i := first; i < last; i++ {
		if s.covering(i, partyChunk) == nil && s.covering(i, bodyChunk) == nil && s.covering(i, personChunk) == nil && s.covering(i, placeChunk) == nil && !lex.small[s.fold(i)] && s.toks[i].Class != gazetteer.Sign {
			return false
		}
	}
	return true
}

func (rd *reading) isMeetingName(s *sentence, first, last int) bool {
	for _, c := range s.of(meetingChunk) {
		if rd.own[c.meeting] && c.first < last && first < c.last {
			return true
		}
	}
	for _, c := range s.within(meetingChunk, first, last) {
		if c.meeting.capital && c.last-c.first >= last-first-2 {
			return true
		}
	}
	return false
}

// concept gives the concept of the scheme whose label a phrase is, without the
// words that only introduce it.
func (rd *reading) concept(text string) []graph.ID {
	words := names.Words(text)
	for len(words) > 0 {
		whole := strings.Join(words, " ")
		forms := []string{whole, whole + "s"}
		if strings.HasSuffix(whole, "s") {
			forms[1] = whole[:len(whole)-1]
		}
		for _, form := range forms {
			if ids := rd.x.gaz.Lookup(graph.KindTopic, form); len(ids) == 1 {
				return ids
			}
		}
		if !rd.lex().beforeConcept[words[0]] {
			return nil
		}
		words = words[1:]
	}
	return nil
}
