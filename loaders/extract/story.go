package extract

import (
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
)

// quotation is what somebody is quoted with.
type quotation struct {
	s      *sentence
	person *person
	body   *body
	side   string
	about  string
}

// outcome is what the sides agreed to do.
type outcome struct {
	s           *sentence
	first, last int
	rule        string
}

// pause is why no session was held for some time.
type pause struct {
	s              *sentence
	length, reason string
}

// threat is a state that a text names as the author of attacks.
type threat struct {
	s    *sentence
	c    *chunk
	name string
}

// story finds what a text tells besides who, when, where and what about.
func (rd *reading) story() {
	for _, s := range rd.sents {
		if s.kind == source.Heading {
			continue
		}
		rd.quoteIn(s)
		rd.outcomeIn(s)
		rd.pauseIn(s)
		rd.threatsIn(s)
	}
}

// quoteIn takes who says the words between quotation marks.
func (rd *reading) quoteIn(s *sentence) {
	said := -1
	for i := range s.toks {
		if rd.lex().is("said", s.fold(i)) {
			said = i
			break
		}
	}
	if said < 0 || !quotes(s.whole()) {
		return
	}
	q := &quotation{s: s, about: "on " + rd.aboutOf(s)}
	for _, c := range s.of(personChunk) {
		if c.last <= said && said-c.last <= 3 || c.first > said && c.first-said <= 2 {
			q.person, q.side = c.person, rd.homeOfPerson(c.person)
		}
	}
	if q.person == nil {
		for _, c := range s.of(bodyChunk) {
			if c.last <= said && said-c.last <= 2 || c.first > said && c.first-said <= 3 {
				q.body, q.side = c.body, rd.homeOfBody(c.body)
			}
		}
	}
	if q.person == nil && q.body == nil {
		return
	}
	if rd.side(q.side) == nil {
		q.side = ""
	}
	rd.quotations = append(rd.quotations, q)
}

// quotes tells whether at least four words stand after an opening quotation
// mark.
func quotes(text string) bool {
	for _, mark := range []string{"“", "\"", "«", "„"} {
		if _, after, ok := strings.Cut(text, mark); ok && len(strings.Fields(after)) >= 4 {
			return true
		}
	}
	return false
}

// aboutOf names the concepts of the scheme that a sentence speaks of.
func (rd *reading) aboutOf(s *sentence) string {
	var list []string
	for _, m := range s.found {
		if m.Kind == graph.KindTopic && len(list) < 3 {
			if name := rd.x.gaz.Topic(m.IDs[0].Slug()).Name; !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	if len(list) == 0 {
		return "the meeting"
	}
	return strings.Join(list, ", ")
}

// outcomeIn takes the clause that says what was agreed. The words are the
// text's; whoever reviews the record puts them into one line.
func (rd *reading) outcomeIn(s *sentence) {
	if rd.next != nil && rd.next.s == s || rd.background(s) {
		return
	}
	for _, c := range s.cues {
		if c.rule.Finds != "outcome" || s.covering(c.first, bodyChunk) != nil {
			continue
		}
		last := s.clauseEnd(c.first)
		for last > c.first && s.toks[last-1].Class == gazetteer.Sign && s.fold(last-1) != ")" {
			last--
		}
		if rd.words(s, c.last, last) < 2 {
			continue
		}
		rd.outcomes = append(rd.outcomes, &outcome{s, c.first, last, c.rule.ID})
		return
	}
}

// pauseIn reads "after a five-year hiatus due to the pandemic".
func (rd *reading) pauseIn(s *sentence) {
	for i := range s.words {
		switch s.fold(i) {
		case "hiatus", "break", "pause", "interruption", "gap":
		default:
			continue
		}
		p := &pause{s: s}
		if w := s.word(i - 3); strings.HasSuffix(w, "-year") || strings.HasSuffix(w, "-month") {
			p.length = strings.ReplaceAll(w, "-", " ") + "s"
		} else if f := s.fold(i + 1); f == "of" {
			p.length = s.line(i+2, min(i+4, len(s.toks)))
		}
		if p.length == "" {
			continue
		}
		for j := i + 1; j < min(i+6, len(s.toks)); j++ {
			if w := s.fold(j); (w == "due" || w == "owing") && s.fold(j+1) == "to" || w == "caused" && s.fold(j+1) == "by" {
				end := j + 2
				for end < len(s.toks) && s.toks[end].Class != gazetteer.Sign || end+1 < len(s.toks) && s.fold(end) == "-" {
					end++
				}
				p.reason = s.line(j+2, end)
			}
		}
		rd.hiatus = p
		return
	}
}

// threatsIn takes states that are not sides and stand beside attacks.
func (rd *reading) threatsIn(s *sentence) {
	lex := rd.lex()
	for _, c := range s.of(partyChunk) {
		if rd.side(c.party.slug) != nil || s.covering(c.first, bodyChunk) != nil || s.covering(c.first, personChunk) != nil || rd.x.gaz.Actor(c.party.slug).Kind == "union" {
			continue
		}
		by := s.fold(c.first-1) == "by" || s.fold(c.first-1) == "from" || s.fold(c.first-2) == "by"
		owns := s.fold(c.last) == "'s" || s.fold(c.last) == "’" || !c.party.noun || s.fold(c.last) == "-"
		if !(owns && s.anyWithin(lex.hostile, c.last, c.last+5) || by && s.anyWithin(lex.hostile, c.first-6, c.first)) {
			continue
		}
		if slices.ContainsFunc(rd.threats, func(t *threat) bool { return t.c.party.slug == c.party.slug }) {
			continue
		}
		rd.threats = append(rd.threats, &threat{s, c, rd.x.states[c.party.slug].name})
	}
}
