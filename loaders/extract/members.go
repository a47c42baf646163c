package extract

import (
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
	"strings"
)

// memberLists finds the bodies and people that took part.
func (rd *reading) memberLists(taken map[*person]bool) {
	var heading *sentence // that announced a list
	for _, s := range rd.sents {
		if s.kind != source.Item && s.kind != source.Cell {
			if heading != nil && s.kind == source.Paragraph {
				heading = nil
			}
		}
		if rd.elsewhere(s) || s.kind == source.Caption || s.has(0, len(s.toks), "preceded") {
			continue
		}
		cues := rd.memberCues(s)
		if len(cues) > 0 && strings.HasSuffix(strings.TrimSpace(s.whole()), ":") {
			heading = s
		}
		if len(cues) == 0 {
			if heading != nil && s.kind == source.Item && len(s.of(bodyChunk)) > 0 {
				for _, c := range s.of(bodyChunk) {
					rd.member(s, c, rd.x.rules.shape("member.list", 0, 0), heading)
				}
			}
			continue
		}
		rd.membersAt(s, cues, taken)
	}
}

func (rd *reading) memberCues(s *sentence) []cue {
	var out []cue
	for _, c := range s.cues {
		if (c.rule.Finds == "member" || c.rule.Finds == "organiser") && s.covering(c.first, bodyChunk) == nil {
			if c.rule.Finds == "organiser" && !rd.aboutMain(s, c) {
				continue
			}
			out = append(out, c)
		}
	}
	return out
}

// aboutMain tells whether a sentence organises the meeting itself.
func (rd *reading) aboutMain(s *sentence, c cue) bool {
	for _, m := range s.of(meetingChunk) {
		if m.last <= c.first && !rd.isSeries(m.meeting) {
			return false // another meeting stands nearer
		}
	}
	if rd.names(s) {
		return !s.has(c.first-3, c.first, "will", "to") && (len(rd.event.sides) < 2 || c.rule.Value == "organiser" && s.has(c.first, c.last, "organised", "organized", "co-organised", "co-organized"))
	}
	return len(rd.event.sides) < 2 && s.has(0, len(s.toks), "conference", "event", "meeting", "it", "workshop", "forum", "which", "summit", "seminar") && !s.has(c.first-3, c.first, "will", "to")
}

// membersAt gives each body of a sentence the cue that it belongs to.
func (rd *reading) membersAt(s *sentence, cues []cue, taken map[*person]bool) {
	for _, c := range s.of(bodyChunk) {
		if s.covering(c.first, personChunk) != nil || s.covering(c.first, meetingChunk) != nil && !c.body.certain {
			continue
		}
		if best, ok := rd.governs(s, cues, c); ok {
			rd.member(s, c, best, nil)
		}
	}
	for _, c := range s.of(partyChunk) {
		if best, ok := rd.governs(s, cues, c); ok && (len(rd.event.sides) < 2 || best.rule.Value == "observer" && rd.side(c.party.slug) == nil) && c.party.noun && s.fold(c.last) != "'s" && s.fold(c.last) != "’" && rd.isSide(s, c) == 0 && s.covering(c.first, bodyChunk) == nil && s.covering(c.first, personChunk) == nil && s.covering(c.first, meetingChunk) == nil {
			rd.state(s, c, best)
		}
	}
	for _, c := range s.of(personChunk) {
		if taken[c.person] || !c.person.sure || c.person.position == "" && c.person.body == nil || rd.quoted(s, c) || s.kind == source.Heading {
			continue
		}
		best, ok := rd.governs(s, cues, c)
		if !ok || best.rule.Finds == "organiser" {
			continue
		}
		taken[c.person] = true
		role := best.rule.Value
		if role == "" {
			role = "member"
		}
		p := &participation{s: s, c: c, person: c.person, role: role, rule: best.rule.ID}
		switch led := rd.seats.chair(c.person.name); {
		case led != nil && role == "member":
			continue // is there already
		case led != nil:
			p.side = led.side
		default:
			p.side, p.note = rd.sideOfMember(s, c, rd.homeOfPerson(c.person), false, nil)
		}
		rd.seatMember(p)
	}
}

// state takes a state that took part in a meeting of many.
func (rd *reading) state(s *sentence, c *chunk, by cue) {
	role := by.rule.Value
	switch role {
	case "":
		role = "member"
	case "host":
		role = "organiser" // a state that hosts a conference convened it
	}
	if !rd.seats.names[c.party.name] {
		rd.seatMember(&participation{s: s, c: c, body: &body{name: c.party.name, written: c.party.name}, role: role, rule: by.rule.ID})
	}
}

// governs gives the cue that speaks of a body: the nearest that reaches it
// through a list.
func (rd *reading) governs(s *sentence, cues []cue, c *chunk) (cue, bool) {
	best, cost := cue{}, 1<<20
	for _, k := range cues {
		distance := -1
		if k.rule.Take != "before" && c.first >= k.first {
			if c.first < k.last || rd.reaches(s, k.last, c.first) {
				distance = max(0, c.first-k.last)
			}
		}
		if distance < 0 && k.rule.Take != "after" && c.last <= k.first {
			if rd.reaches(s, c.last, k.first) {
				distance = k.first - c.last
				if k.rule.Value == "" {
					distance += 3
				}
			}
		}
		if distance < 0 || k.rule.Value == "observer" && c.last <= k.first && rd.othersBetween(s, cues, c, k) {
			continue
		}
		if k.rule.Value != "" {
			distance -= 4
		}
		if distance < cost {
			best, cost = k, distance
		}
	}
	return best, cost < 1<<20
}

// othersBetween tells whether an observer's "as observers" speaks only of a
// later body, where an earlier cue speaks of this one.
func (rd *reading) othersBetween(s *sentence, cues []cue, c *chunk, observer cue) bool {
	if len(s.within(bodyChunk, c.last, observer.first)) == 0 {
		return false
	}
	for _, k := range cues {
		if k.rule.Value == "" && k.first < c.first && k.rule.Take != "before" && rd.reaches(s, k.last, c.first) {
			return true
		}
	}
	return false
}

// reaches tells whether only the words of a list, bodies and people stand
// between two tokens.
func (rd *reading) reaches(s *sentence, first, last int) bool {
	lex := rd.lex()
	strange := 0
	for i := first; i < last; i++ {
		if s.covering(i, bodyChunk) != nil {
			strange = 0
			continue
		}
		if s.covering(i, partyChunk) != nil || s.covering(i, personChunk) != nil {
			continue
		}
		w := s.fold(i)
		if lex.joinsBodies[w] || lex.joinsBodies[s.word(i)] || s.toks[i].Class == gazetteer.Number {
			continue
		}
		if lex.partsBodies[w] {
			return false
		}
		strange++
		if strange > 4 {
			return false
		}
	}
	return true
}

func (rd *reading) member(s *sentence, c *chunk, by cue, heading *sentence) {
	b := c.body
	if b.weak && !rd.inList(s, c) || b.name == "" && b.written == "" {
		return
	}
	if len(b.ids) > 0 && rd.notAMember(b) || rd.speaks(s, c) || s.kind == source.Heading && len(s.toks) < 9 && by.rule.ID != "member.list" && !s.has(0, len(s.toks), ":") {
		return
	}
	role := by.rule.Value
	if role == "" {
		role = "member"
		if heading != nil && heading.has(0, len(heading.toks), "observers", "observer") {
			role = "observer"
		}
	}
	home := rd.homeOfBody(b)
	p := &participation{s: s, c: c, body: b, role: role, rule: by.rule.ID}
	if by.rule.Finds != "organiser" {
		p.side, p.note = rd.sideOfMember(s, c, home, b.certain, heading)
	}
	rd.seatMember(p)
}

// inList tells whether other bodies stand beside an acronym.
func (rd *reading) inList(s *sentence, c *chunk) bool {
	for _, o := range s.of(bodyChunk) {
		if o != c && (o.last <= c.first && c.first-o.last <= 4 || o.first >= c.last && o.first-c.last <= 4) {
			return true
		}
	}
	return false
}

// notAMember tells of forums and treaties' bodies that they are not at a table
// of two sides.
func (rd *reading) notAMember(b *body) bool {
	if rd.isForum(b.ids) {
		return true
	}
	for _, id := range b.ids {
		if root := rd.x.gaz.Root(id).Slug(); root == "united-nations" && rd.side(root) == nil && len(rd.event.sides) == 2 {
			return true
		}
		switch rd.x.gaz.Actor(id.Slug()).Kind {
		case "forum", "alliance", "international-organisation":
			return len(rd.event.sides) == 2
		}
	}
	return false
}

// speaks tells of a body that it says something, or hosts.
func (rd *reading) speaks(s *sentence, c *chunk) bool {
	after := c.last
	if p := s.chunkAt(after+1, placeChunk); p != nil && s.fold(after) == "in" {
		after = p.last // "the Foreign Ministry in Seoul said"
	}
	return rd.lex().is("said", s.fold(after)) || s.has(after, after+2, "announced", "published", "said") || s.has(c.first-2, c.first, "to", "at") && s.fold(c.first-1) != "from" && s.has(c.first-3, c.first, "according", "held", "venue", "headquarters")
}
