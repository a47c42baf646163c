package extract

import "dialograph/loaders/source"

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
		case lex.planned[w], (w == "due" || w == "set") && s.fold(i+1) == "to":
			consider(i, "planned")
		case w == "to" && (s.fold(i+1) == "be" || s.fold(i+1) == "hold" || s.fold(i+1) == "host" || s.fold(i+1) == "convene" || s.fold(i+1) == "meet" || s.fold(i+1) == "take" || s.fold(i+1) == "begin"):
			consider(i+1, "planned")
		case lex.held[w] && !(s.fold(i-1) == "to" || s.fold(i-1) == "be" && (s.fold(i-2) == "will" || s.fold(i-2) == "to" || s.fold(i-2) == "could")) && !lex.planned[s.fold(i-1)]:
			consider(i, "held")
		}
	}
	return status
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
