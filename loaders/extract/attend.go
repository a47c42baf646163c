package extract

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
