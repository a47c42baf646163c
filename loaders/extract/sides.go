package extract

import "slices"

// side is a party to the meeting.
type side struct {
	slug string
	name string
	s    *sentence
	c    *chunk
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

func sameSides(a, b []*side) bool {
	slugs := func(list []*side) []string {
		var out []string
		for _, x := range list {
			out = append(out, x.slug)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(slugs(a), slugs(b))
}
