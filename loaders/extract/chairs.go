package extract

import (
	"dialograph/loaders/source"
	"slices"
	"strings"
)

func (rd *reading) chairsAt(s *sentence, c cue, taken map[*person]bool) {
	if s.covering(c.first, personChunk) != nil && c.rule.Take != "either" || s.covering(c.first, bodyChunk) != nil {
		return
	}
	if s.has(c.first-3, c.first, "will", "would", "shall", "to") && rd.event.status == "held" && !s.has(c.first-2, c.first, "was", "were") {
		return
	}
	var group []*chunk
	switch c.rule.Take {
	case "after":
		group = rd.peopleAfter(s, c.last, 18)
	case "before":
		group = rd.peopleBefore(s, c.first, 10)
	case "before-or-after":
		if s.fold(c.last) == "by" || s.fold(c.last) == "jointly" && s.fold(c.last+1) == "by" {
			return
		}
		group = rd.peopleBefore(s, c.first, 9)
		if len(group) == 0 && c.first < 2 { // "Led was the delegation by …"
			group = rd.peopleAfter(s, c.last, 9)
		}
	default:
		group = rd.peopleNear(s, c)
	}
	for _, p := range group {
		rd.chair(s, p, c, group, taken)
	}
}

func (rd *reading) chair(s *sentence, c *chunk, by cue, group []*chunk, taken map[*person]bool) {
	aside := by.first > c.last && by.first-c.last <= 3 && s.fold(c.last+1) == "who" // said X, who led …
	if taken[c.person] || rd.quoted(s, c) && !aside {
		return
	}
	if full, at := rd.fullPerson(s, c.person); full != nil {
		taken[c.person] = true
		s, c = at, full
		if taken[c.person] {
			return
		}
	}
	taken[c.person] = true
	if other := rd.seats.chair(c.person.name); other != nil {
		if other.person.position == "" {
			other.person.position, other.person.body = c.person.position, c.person.body
		}
		return
	}
	if c.person.position == "" && s.fold(by.last) == "," {
		// "had Mr X at its head, Deputy Head of Division …"
		if o, ok := rd.position(s, by.last+1); ok {
			c.person.take(o)
		}
	}
	p := &participation{s: s, c: c, person: c.person, rule: by.rule.ID, role: by.rule.Value}
	if p.role == "" {
		p.role = rd.chairRole(s, by)
	}
	p.side = rd.sideOfChair(s, c, by, group)
	rd.seatChair(p)
}

// farBack is how many sentences a full name may stand before the family name
// alone.
const farBack = 400

// fullPerson finds the full name of whom a sentence calls by the family name
// alone.
func (rd *reading) fullPerson(s *sentence, p *person) (*chunk, *sentence) {
	if strings.Contains(p.name, " ") {
		return nil, nil
	}
	for _, earlier := range rd.all[max(0, s.index-farBack) : s.index+1] {
		for _, c := range earlier.of(personChunk) {
			if c.person != p && strings.Contains(c.person.name, " ") && slices.Contains(strings.Fields(c.person.name), p.name) {
				return c, earlier
			}
		}
	}
	return nil, nil
}

func (rd *reading) chairRole(s *sentence, by cue) string {
	for i := by.first; i < by.last; i++ {
		if strings.HasPrefix(s.word(i), "co-") || strings.HasPrefix(s.word(i), "cochair") {
			return "co-chair"
		}
	}
	if s.has(by.first-8, by.last+8, "delegation", "delegations", "side", "team", "sides") {
		return "head-of-delegation"
	}
	return "chair"
}

// quoted tells of a person who only says something.
func (rd *reading) quoted(s *sentence, c *chunk) bool {
	if s.hasClass(rd.lex(), "said", c.last, c.last+2) || c.first > 0 && rd.lex().is("said", s.fold(c.first-1)) || s.has(c.first-2, c.first, "told", "according") {
		return true
	}
	lower := strings.ToLower(c.person.position)
	return strings.Contains(lower, "spokes") || strings.Contains(lower, "press officer") || strings.Contains(lower, "analyst") || strings.Contains(lower, "photographer") || strings.Contains(lower, "reporter")
}

// pairs takes people of different sides who hold the talks together, where no
// other rule found who led.
func (rd *reading) pairs(taken map[*person]bool) {
	if len(rd.chairs) > 1 {
		return
	}
	for _, s := range rd.sents {
		if s.kind == source.Caption || rd.elsewhere(s) {
			continue
		}
		for _, c := range s.cues {
			if c.rule.Finds != "chair-pair" {
				continue
			}
			group := rd.peopleAfter(s, c.last, 6)
			if c.rule.Take == "before" {
				group = rd.peopleBefore(s, c.first, 6)
				if with := rd.metWith(s, c); len(group) == 1 && with != nil {
					group = append(group, with...)
				}
			}
			if !rd.facing(group) {
				continue
			}
			for _, p := range group {
				rd.chair(s, p, c, group, taken)
			}
			if len(rd.chairs) > 1 {
				return
			}
		}
	}
}

// metWith gives the people after "met with", "held talks with".
func (rd *reading) metWith(s *sentence, c cue) []*chunk {
	for i := c.last; i < min(c.last+16, len(s.toks)); i++ {
		if f := s.fold(i); f == "with" || f == "counterpart" || s.word(c.first) == "met" && i == c.last {
			if group := rd.peopleAfter(s, i, 8); group != nil {
				return group
			}
		}
	}
	return nil
}

// facing tells whether at least two of a group are surely people, and not all
// of one side.
func (rd *reading) facing(group []*chunk) bool {
	homes := map[string]bool{}
	sure := 0
	for _, c := range group {
		if c.person.sure && c.person.position != "" {
			sure++
		}
		homes[rd.homeOfPerson(c.person)] = true
	}
	return sure >= 2 && (len(homes) > 1 || homes[""])
}

// captions takes the two people of a picture for the heads of their sides,
// where nothing else says who they are.
func (rd *reading) captions(taken map[*person]bool) {
	if len(rd.chairs) > 0 {
		return
	}
	for _, s := range rd.sents {
		group := s.of(personChunk)
		if s.kind != source.Caption || !rd.facing(group) || len(group) > 3 {
			continue
		}
		for _, p := range group {
			rd.chair(s, p, rd.x.rules.shape("chair.caption", p.first, p.last), group, taken)
		}
	}
}

// spoke takes the one person with a position whom each side is said to have
// sent: "from the Japanese side, Mr X, Ambassador … took part". Where as many
// lead as there are sides, for whichever, nobody else does.
func (rd *reading) spoke(taken map[*person]bool) {
	if open, free := rd.openSides(); len(open) > 0 && len(open) >= len(free) {
		return
	}
	for _, s := range rd.sents {
		if rd.elsewhere(s) || !s.has(0, len(s.toks), "side", "participated", "attended", "part", "present", "attendance", "represented") {
			continue
		}
		for _, c := range s.of(personChunk) {
			if taken[c.person] || !c.person.sure || c.person.position == "" || rd.quoted(s, c) {
				continue
			}
			if s.has(0, len(s.toks), "also", "accompanied", "including") {
				continue
			}
			slug := rd.sidePhrase(s, c.last, min(c.last+7, rd.nextPerson(s, c)))
			if slug == "" {
				for _, q := range s.of(partyChunk) {
					if q.last <= c.first && c.first-q.last <= 5 && rd.side(q.party.slug) != nil && (rd.isSide(s, q) > 0 || rd.isSideBefore(s, q)) && s.covering(q.first, personChunk) == nil {
						slug = q.party.slug
					}
				}
			}
			if slug == "" || rd.seats.led[slug] {
				continue
			}
			taken[c.person] = true
			by := rd.x.rules.shape("chair.side-sent", c.first, c.last).rule
			rd.seatChair(&participation{s: s, c: c, person: c.person, role: by.Value, side: slug, rule: by.ID})
		}
	}
}
