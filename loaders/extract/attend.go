package extract

import (
	"slices"
	"strings"

	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
)

// participation is somebody at the meeting.
type participation struct {
	s      *sentence
	c      *chunk // of a person or a body
	person *person
	body   *body
	role   string
	side   string // slug, "" where none is known
	rule   string
	note   string // on what was inferred
	order  int    // among the chairs
}

// attendance finds who chaired and who took part.
func (rd *reading) attendance() {
	taken := map[*person]bool{}
	for _, s := range rd.sents {
		if rd.elsewhere(s) {
			continue
		}
		for _, c := range s.cues {
			if c.rule.Finds == "chair" {
				rd.chairsAt(s, c, taken)
			}
		}
	}
	rd.pairs(taken)
	rd.captions(taken)
	rd.spoke(taken)
	rd.fillSides()
	rd.seats.settle(rd.chairs)
	rd.memberLists(taken)
}

// elsewhere tells of a sentence that it is about another session or a past one.
func (rd *reading) elsewhere(s *sentence) bool {
	for _, c := range s.of(meetingChunk) {
		if c.meeting.other && !s.has(0, c.first, "delegation") {
			return c.first < len(s.toks)/2 || s.has(0, len(s.toks), "will")
		}
	}
	// Everything in it is dated long before.
	held := rd.event.date.from
	earlier := false
	for _, c := range s.of(dateChunk) {
		switch y := c.date.from.year; {
		case y == 0 || held.year == 0:
		case y < held.year && c.date.from.month > 0:
			earlier = true
		default:
			return false
		}
	}
	return earlier && s.anyOf(rd.lex().held) && s.has(0, len(s.toks), "last", "previous", "earlier", "when", "first", "since")
}

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

// peopleAfter gives the people who stand together after a token.
func (rd *reading) peopleAfter(s *sentence, at, reach int) []*chunk {
	var group []*chunk
	for _, c := range s.of(personChunk) {
		if c.first < at {
			continue
		}
		if len(group) == 0 {
			if c.first-at > reach || rd.barred(s, at, c.first) {
				return nil
			}
		} else if !rd.glued(s, group[len(group)-1].last, c.first) {
			break
		}
		group = append(group, c)
	}
	return group
}

func (rd *reading) peopleBefore(s *sentence, at, reach int) []*chunk {
	var group []*chunk
	all := s.of(personChunk)
	for i := len(all) - 1; i >= 0; i-- {
		c := all[i]
		if c.last > at {
			continue
		}
		if len(group) == 0 {
			if end := rd.asideEnd(s, c.last, at); end > 0 && at-end <= reach {
				group = append(group, c)
				continue
			}
			if at-c.last > reach || rd.barred(s, c.last, at) || rd.barredBefore(s, c.last, at) {
				return nil
			}
		} else if !rd.glued(s, c.last, group[0].first) && !(rd.asideEnd(s, c.last, group[0].first) > 0 && group[0].first-c.last < 40) {
			break
		}
		group = append([]*chunk{c}, group...)
	}
	return group
}

// asideEnd gives the end of a clause such as ", who is also …," that stands
// between a person and a verb; 0 where there is none.
func (rd *reading) asideEnd(s *sentence, first, last int) int {
	if s.fold(first) != "," {
		return 0
	}
	if w := s.fold(first + 1); w != "who" && w != "where" && w != "which" && w != "whose" {
		return 0
	}
	for i := min(last, len(s.toks)) - 1; i > first+1; i-- {
		if s.fold(i) == "," {
			return i + 1
		}
	}
	return 0
}

// barredBefore tells of another verb between a subject and its verb.
func (rd *reading) barredBefore(s *sentence, first, last int) bool {
	for i := first; i < last; i++ {
		switch s.word(i) {
		case "was", "were":
			if i < last-2 {
				return true
			}
		case "delegation", "side", "said", "told", "accompanied", "attended", "joined", "participated":
			return s.word(i) != "delegation" && s.word(i) != "side" || s.fold(i-1) != "own"
		}
	}
	return false
}

// barred tells whether something stands between a cue and a person that keeps
// them apart.
func (rd *reading) barred(s *sentence, first, last int) bool {
	return s.has(first, last, ";", "said", "told", "accompanied", "thanked", "according", "photo", "alongside", "including", "included", "met", "which", "where")
}

func (rd *reading) glued(s *sentence, first, last int) bool {
	lex := rd.lex()
	if last-first > 16 {
		return false
	}
	for i := first; i < last; i++ {
		if lex.joinsPeople[s.word(i)] || lex.joinsPeople[s.fold(i)] || s.covering(i, partyChunk) != nil || s.covering(i, placeChunk) != nil || lex.is("honorific", s.fold(i)) {
			continue
		}
		return false
	}
	return true
}

// peopleNear takes those on whichever side of a cue stands nearer; a cue in
// brackets belongs to the person before it.
func (rd *reading) peopleNear(s *sentence, c cue) []*chunk {
	if holder := s.covering(c.first, personChunk); holder != nil {
		// "X, Director and head of the Indian delegation"
		return []*chunk{holder}
	}
	before, after := rd.peopleBefore(s, c.first, 8), rd.peopleAfter(s, c.last, 12)
	if len(before) == 0 || len(after) == 0 {
		return append(before, after...)
	}
	for i := c.first - 1; i >= before[len(before)-1].last; i-- {
		if s.fold(i) == "(" {
			return before
		}
	}
	for i := c.last; i < after[0].first; i++ {
		switch s.fold(i) {
		case ":", "was", "were", "is", "are":
			return after
		}
	}
	if c.first-before[len(before)-1].last <= after[0].first-c.last {
		return before
	}
	return after
}

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
// sent: "from the Japanese side, Mr X, Ambassador … took part".
func (rd *reading) spoke(taken map[*person]bool) {
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

// unsaid begins the note on a side that was inferred.
const unsaid = "The text does not say for which side; "

// fillSides gives the one chair without a side the one side without a chair.
func (rd *reading) fillSides() {
	var open []*participation
	for _, p := range rd.chairs {
		if p.side == "" {
			open = append(open, p)
		}
	}
	var free []string
	for _, x := range rd.event.sides {
		if !rd.seats.led[x.slug] {
			free = append(free, x.slug)
		}
	}
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
		p.side, p.note = rd.sideOfMember(s, c, rd.homeOfPerson(c.person), false, nil)
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
	return rd.lex().is("said", s.fold(c.last)) || s.has(c.last, c.last+2, "announced", "published", "said") || s.has(c.first-2, c.first, "to", "at") && s.fold(c.first-1) != "from" && s.has(c.first-3, c.first, "according", "held", "venue", "headquarters")
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
