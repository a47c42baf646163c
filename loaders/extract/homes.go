package extract

import (
	"dialograph/loaders/gazetteer"
	"slices"
)

// sideOfChair decides for whom somebody led.
func (rd *reading) sideOfChair(s *sentence, c *chunk, by cue, group []*chunk) string {
	own := rd.homeOfPerson(c.person)
	if c.person.home != "" && rd.side(c.person.home) != nil && rd.statedHome(c.person) {
		return c.person.home
	}
	if len(group) > 1 {
		homes := map[string]bool{}
		for _, g := range group {
			homes[rd.homeOfPerson(g.person)] = true
		}
		if len(homes) > 1 && own != "" && rd.side(own) != nil {
			return own
		}
	}
	if slug := rd.sideBetween(s, c, group); slug != "" {
		return slug
	}
	// "from the Japanese side" right after or before the person.
	if slug := rd.sidePhrase(s, c.last, min(c.last+7, rd.nextPerson(s, c))); slug != "" {
		if own == "" || own == slug || rd.side(own) == nil || len(group) == 1 {
			return slug
		}
	}
	first, last := c.first, c.last
	if len(group) > 0 {
		first, last = group[0].first, group[len(group)-1].last
	}
	if len(group) <= 1 || own == "" {
		if slug := rd.nearestSide(s, first, last, by); slug != "" {
			if own != "" && own != slug && rd.side(own) != nil && c.person.body != nil && c.person.body.body.certain {
				return own
			}
			return slug
		}
	}
	if own != "" && rd.side(own) != nil {
		return own
	}
	if s.index > 0 && len(group) <= 1 {
		if slug := rd.onlySide(s); slug != "" {
			return slug
		}
	}
	return ""
}

// sideBetween gives the one side that is named before each of several people:
// "the Latvian delegation by X, and the Chilean delegation by Y".
func (rd *reading) sideBetween(s *sentence, c *chunk, group []*chunk) string {
	last := group[len(group)-1]
	if len(group) < 2 || rd.sidePhrase(s, last.last, min(last.last+7, len(s.toks))) != "" {
		return ""
	}
	own, from := "", s.clauseStart(group[0].first)
	for i, p := range group {
		slug := ""
		for _, q := range s.within(partyChunk, from, p.first) {
			if rd.side(q.party.slug) == nil || s.covering(q.first, bodyChunk) != nil || rd.isSide(s, q) == 0 && !rd.isSideBefore(s, q) {
				continue
			}
			if slug != "" && slug != q.party.slug {
				return ""
			}
			slug = q.party.slug
		}
		if slug == "" && i > 0 {
			return ""
		}
		if p == c {
			own = slug
		}
		from = p.last
	}
	return own
}

// statedHome tells whether the position or its body names the state.
func (rd *reading) statedHome(p *person) bool {
	return p.body == nil || p.body.body.home != p.home || p.body.body.certain
}

func (rd *reading) nextPerson(s *sentence, c *chunk) int {
	for _, p := range s.of(personChunk) {
		if p.first >= c.last {
			return p.first
		}
	}
	return len(s.toks)
}

// sidePhrase gives the side that is named between two tokens.
func (rd *reading) sidePhrase(s *sentence, first, last int) string {
	for _, c := range s.within(partyChunk, first, len(s.toks)) {
		if c.first >= last {
			break
		}
		if s.covering(c.first, bodyChunk) != nil || s.covering(c.first, personChunk) != nil || s.covering(c.first, meetingChunk) != nil || s.has(first, c.first, "and") {
			continue
		}
		if rd.side(c.party.slug) != nil && (rd.isSide(s, c) > 0 || rd.isSideBefore(s, c)) {
			return c.party.slug
		}
	}
	return ""
}

// nearestSide gives the side that is named nearest to people in their clause.
func (rd *reading) nearestSide(s *sentence, first, last int, by cue) string {
	best, slug := 1<<20, ""
	from, to := s.clauseStart(first), s.clauseEnd(max(last-1, 0))
	for _, c := range s.of(partyChunk) {
		if c.first < from || c.first >= to || rd.side(c.party.slug) == nil {
			continue
		}
		if s.covering(c.first, bodyChunk) != nil || s.covering(c.first, meetingChunk) != nil {
			continue
		}
		if p := s.covering(c.first, personChunk); p != nil {
			continue
		}
		strong := rd.isSide(s, c) > 0 || rd.isSideBefore(s, c)
		distance := 0
		switch {
		case c.last <= first:
			distance = first - c.last
			if len(s.within(personChunk, c.last, first)) > 0 {
				distance += 12
			}
		case c.first >= last:
			distance = c.first - last
			if len(s.within(personChunk, last, c.first)) > 0 {
				distance += 30
			}
			if strong && c.first < by.last+6 && c.first >= by.first {
				distance = min(distance, 1)
			}
		}
		if !strong {
			if len(s.within(personChunk, first, last)) > 1 {
				continue // who of several stands for whom is not said
			}
			distance += 10
		}
		if distance < best {
			best, slug = distance, c.party.slug
		}
	}
	if best > 28 {
		return ""
	}
	return slug
}

// onlySide gives the one side that a sentence names.
func (rd *reading) onlySide(s *sentence) string {
	slug := ""
	for _, c := range s.of(partyChunk) {
		if rd.side(c.party.slug) == nil || s.covering(c.first, meetingChunk) != nil {
			continue
		}
		if slug != "" && slug != c.party.slug {
			return ""
		}
		slug = c.party.slug
	}
	return slug
}

// homeOfPerson gives the state for which somebody acts, as the position, the
// body or the authority files say.
func (rd *reading) homeOfPerson(p *person) string {
	if p.home != "" {
		return p.home
	}
	if p.body != nil {
		if home := rd.homeOfBody(p.body.body); home != "" {
			return home
		}
	}
	for _, id := range p.ids {
		if country := rd.x.gaz.Person(id.Slug()).Country; country != "" && rd.side(country) != nil {
			return country
		}
	}
	return ""
}

// homeOfBody gives the side to which a body belongs, where only one of the
// sides has a body of that name.
func (rd *reading) homeOfBody(b *body) string {
	if b.home != "" {
		return b.home
	}
	home := ""
	for _, id := range b.ids {
		h := rd.x.homeOf(id)
		if h == "" || rd.side(h) == nil {
			continue
		}
		if home != "" && home != h {
			return ""
		}
		home = h
	}
	return home
}

// unsaid begins the note on a side that was inferred.
const unsaid = "The text does not say for which side; "

// ofOthers tells of a sentence that the only sides it names are none of this
// meeting.
func (rd *reading) ofOthers(s *sentence) bool {
	others := false
	for _, c := range s.of(partyChunk) {
		if rd.side(c.party.slug) != nil {
			return false
		}
		others = others || rd.isSide(s, c) > 0
	}
	return others
}

// openSides gives the chairs without a side and the sides without a chair.
func (rd *reading) openSides() (open []*participation, free []string) {
	for _, p := range rd.chairs {
		if p.side == "" && !rd.ofOthers(p.s) {
			open = append(open, p)
		}
	}
	for _, x := range rd.event.sides {
		if !rd.seats.led[x.slug] {
			free = append(free, x.slug)
		}
	}
	return open, free
}

// fillSides gives the one chair without a side the one side without a chair.
func (rd *reading) fillSides() {
	open, free := rd.openSides()
	if len(open) == 1 && len(free) == 1 {
		open[0].side = free[0]
		open[0].note = unsaid + "inferred, since the other sides have their heads."
	}
	if len(open) == 2 && len(free) == 2 && len(rd.chairs) == 2 && open[0].s == open[1].s {
		// Two people, two sides, nothing else that tells: they are named in the order
		// of the sides, and the record says that this is how it was inferred.
		for i, p := range open {
			p.side = free[i]
			p.note = unsaid + "inferred from the order in which the sides are named."
		}
	}
}

// sideOfMember decides for whom somebody or a body took part, and notes where
// that was inferred.
func (rd *reading) sideOfMember(s *sentence, c *chunk, home string, certain bool, heading *sentence) (slug, note string) {
	if home != "" && rd.side(home) != nil {
		if c.body != nil && !certain && gazetteer.Generic(c.body.name) {
			// The side of a list tells more than what the authority files happen to hold.
			if slug := rd.statedSide(s, c); slug != "" {
				return slug, ""
			}
		}
		return home, ""
	}
	if home != "" && certain {
		return "", ""
	}
	if slug := rd.sideBeforeList(s, c); slug != "" {
		return slug, ""
	}
	if heading != nil {
		if slug := rd.onlySide(heading); slug != "" {
			return slug, ""
		}
	}
	// "… attended for the Japanese side"
	if slug := rd.sideAfterList(s, c); slug != "" {
		return slug, ""
	}
	if slug := rd.neighbour(s, c); slug != "" {
		return slug, unsaid + "inferred from what stands beside it in the list."
	}
	// "With him were …"
	if p := rd.seats.lastBefore(s, c.first); p != nil && p.side != "" && len(rd.event.sides) > 1 && p.s.index >= s.index-1 {
		return p.side, unsaid + "inferred from who was named last before."
	}
	return "", ""
}

// sideBeforeList gives the side named last before a body in its sentence, or in
// the one before where this one begins a list without naming any.
func (rd *reading) sideBeforeList(s *sentence, c *chunk) string {
	slug, at := "", -1
	for _, q := range s.of(partyChunk) {
		if q.last > c.first || rd.side(q.party.slug) == nil {
			continue
		}
		inside := s.covering(q.first, bodyChunk) != nil || s.covering(q.first, meetingChunk) != nil
		if inside || s.covering(q.first, personChunk) != nil && rd.isSide(s, q) == 0 {
			continue
		}
		if rd.isSide(s, q) > 0 || rd.isSideBefore(s, q) || s.fold(q.last) == "'s" || s.fold(q.last) == "’" || !q.party.noun || rd.sentBy(s, q) {
			slug, at = q.party.slug, q.first
		}
	}
	for _, p := range rd.seats.inSentence(s) {
		if p.c.last <= c.first && p.c.first > at && p.side != "" {
			slug, at = p.side, p.c.first
		}
	}
	return slug
}

// sentBy tells of "Japan fielded", "Japan was represented by".
func (rd *reading) sentBy(s *sentence, q *chunk) bool {
	return rd.lex().sent[s.fold(q.last)]
}

// statedSide gives the side under whose heading a list stands: "From the
// Philippine side …".
func (rd *reading) statedSide(s *sentence, c *chunk) string {
	slug := ""
	for _, q := range s.of(partyChunk) {
		if q.last <= c.first && rd.side(q.party.slug) != nil && rd.isSide(s, q) > 0 && s.covering(q.first, bodyChunk) == nil && s.covering(q.first, personChunk) == nil {
			slug = q.party.slug
		}
	}
	return slug
}

func (rd *reading) sideAfterList(s *sentence, c *chunk) string {
	for _, q := range s.of(partyChunk) {
		if q.first < c.last || rd.side(q.party.slug) == nil || s.covering(q.first, bodyChunk) != nil || s.covering(q.first, meetingChunk) != nil {
			continue
		}
		if rd.isSide(s, q) > 0 || rd.isSideBefore(s, q) {
			return q.party.slug
		}
	}
	return ""
}

// neighbour gives the home of the nearest body of the list whose home is known.
func (rd *reading) neighbour(s *sentence, c *chunk) string {
	all := s.of(bodyChunk)
	at := slices.Index(all, c)
	for d := 1; d < len(all); d++ {
		for _, i := range []int{at - d, at + d} {
			if i >= 0 && i < len(all) {
				if home := rd.homeOfBody(all[i].body); home != "" && rd.side(home) != nil {
					return home
				}
			}
		}
	}
	return ""
}
