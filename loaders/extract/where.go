package extract

import (
	"dialograph/loaders/source"
	"slices"
)

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
			case w == "hybrid" && s.anyWithin(lex.hybridWhat, i, i+4) && !s.has(i+1, i+2, "threats", "threat"):
				set(s, i, "hybrid")
			case lex.is("virtual", w) && !s.anyWithin(lex.virtualOther, i+1, i+3) && (s.anyOf(lex.held) || about) && s.covering(i, bodyChunk) == nil:
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

// host is who received the others.
type host struct {
	s *sentence
	c *chunk // of a party or a body
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
