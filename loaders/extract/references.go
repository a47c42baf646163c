package extract

import (
	"cmp"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
)

// reference is a treaty, instrument, initiative or forum that a text names.
type reference struct {
	name string
	kind string
	ids  []graph.ID
}

// references finds what a sentence refers to: entries of the authority files,
// and names of the form of an instrument, a process or a conference.
func (rd *reading) references(s *sentence) {
	stance := rd.stanceIn(s)
	until := 0
	for i := 0; i < len(s.toks); i++ {
		if i < until {
			continue
		}
		known, m := rd.knownReference(s, i)
		end, kind := rd.referenceShape(s, i)
		var r *reference
		last := i
		switch {
		case known != nil && m.Last >= end:
			r, last = known, m.Last
		case end > i:
			r, last = &reference{name: s.line(i, end), kind: kind}, end
			if known != nil {
				r.ids = known.ids
			}
		default:
			continue
		}
		first := i
		first, last = rd.wholeReference(s, first, last)
		r.name = s.line(first, last)
		if acronym, stop := rd.definition(s, last); stop > 0 {
			rd.noteReference(acronym)
			last = stop
		}
		until = last
		if rd.ownMeeting(s, first, last) || rd.inPosition(s, first) || r.kind != "forum" && rd.insideBody(s, first, last) {
			continue
		}
		rd.refer(&subject{s: s, first: first, last: last, name: r.name, written: s.line(first, last), kind: r.kind, stance: stance, rule: referenceRule(r.kind), ids: r.ids})
	}
	for _, c := range s.of(meetingChunk) {
		rd.otherMeeting(s, c, stance)
	}
	rd.forums(s, stance)
}

// referenceRule names the rule that finds a kind of reference.
func referenceRule(kind string) string {
	if kind == "event" {
		return "reference.meeting"
	}
	return "reference." + kind
}

// insideBody tells whether a name is part of that of a body.
func (rd *reading) insideBody(s *sentence, first, last int) bool {
	c := s.covering(last-1, bodyChunk)
	return c != nil && c.first <= first && c.last >= last
}

func (rd *reading) noteReference(acronym string) {
	if rd.acronyms[acronym] != nil && rd.acronyms[acronym].name == "" {
		delete(rd.acronyms, acronym)
	}
}

// already tells whether something was found before, under the same words or as
// the same entry, and notes it.
func (rd *reading) already(what, written string, ids []graph.ID) bool {
	keys := []string{what + " " + strings.ToLower(written)}
	if len(ids) > 0 {
		keys = append(keys, what+" "+string(ids[0]))
	}
	found := false
	for _, k := range keys {
		found = found || rd.found[k]
		rd.found[k] = true
	}
	return found
}

func (rd *reading) refer(r *subject) {
	if rd.already("reference", r.name, r.ids) {
		return
	}
	rd.refs = append(rd.refs, r)
}

// knownReference gives the entry of the authority files that is named at a
// token.
func (rd *reading) knownReference(s *sentence, i int) (*reference, gazetteer.Mention) {
	for _, m := range s.found {
		if m.First != i {
			continue
		}
		switch m.Kind {
		case graph.KindInstrument:
			return &reference{kind: rd.kindOf(s, m, "instrument"), ids: m.IDs}, m
		case graph.KindInitiative:
			return &reference{kind: "initiative", ids: m.IDs}, m
		case graph.KindActor:
			if rd.isForum(m.IDs) {
				return &reference{kind: "forum", ids: m.IDs}, m
			}
		}
	}
	return nil, gazetteer.Mention{}
}

// isForum tells of an actor that it is rather a place where others meet.
func (rd *reading) isForum(ids []graph.ID) bool {
	for _, id := range ids {
		a := rd.x.gaz.Actor(id.Slug())
		if a.Kind == "forum" || a.Kind == "group" && a.Parent == "united-nations" {
			return true
		}
	}
	return false
}

func (rd *reading) kindOf(s *sentence, m gazetteer.Mention, otherwise string) string {
	for i := m.Last - 1; i >= m.First; i-- {
		if kind := rd.lex().refKind[s.fold(i)]; kind != "" {
			return kind
		}
	}
	return otherwise
}

// referenceShape reads a name with capitals that ends like that of an
// instrument: "the Budapest Convention", "Plan of Action for the …".
func (rd *reading) referenceShape(s *sentence, i int) (int, string) {
	lex := rd.lex()
	if !s.isName(i) || i > 0 && s.isName(i-1) && s.covering(i-1, partyChunk) == nil || lex.small[s.fold(i)] || s.covering(i, personChunk) != nil {
		return i, ""
	}
	end, kind := i, ""
	for j := i; j < len(s.toks); {
		w := s.fold(j)
		if s.isName(j) {
			if lex.is("instrument-shape", w) && (j > i || s.fold(j+1) == "of" && s.isName(rd.skipThe(s, j+2)) || (s.fold(j+1) == "on" || s.fold(j+1) == "for") && s.isName(rd.skipThe(s, j+2))) {
				end, kind = j+1, lex.refKind[w]
				// The name may go on: "Convention on Cybercrime".
				if stop := rd.complement(s, j+1); stop > j+1 {
					end = stop
				}
			}
			j++
			continue
		}
		if s.toks[j].Class == gazetteer.Number && j > i && end == j {
			end = j + 1
			j++
			continue
		}
		if (w == "of" || w == "on" || w == "for" || w == "to" || w == "and" || w == "the" || w == "-" || w == "'s" || w == "’" || w == "&" || w == "in") && j > i && (s.isName(j+1) || w != "and" && s.fold(j+1) == "the" && s.isName(j+2)) {
			if w == "and" && (kind != "" || s.chunkAt(j+1, partyChunk) != nil) || w == "in" && kind == "" {
				break
			}
			if kind != "" && end <= j && w != "of" && w != "on" && w != "for" && w != "-" {
				break
			}
			j++
			continue
		}
		break
	}
	if kind == "" {
		return rd.namedThing(s, i)
	}
	// One word that says nothing by itself.
	if end == i+1 {
		return i, ""
	}
	if end-i == 2 && s.isParty(i) {
		return i, ""
	}
	return end, kind
}

// namedThing reads "the Locked Shields exercise" and "General Assembly
// resolution 76/19".
func (rd *reading) namedThing(s *sentence, i int) (int, string) {
	j := i
	for s.isName(j) && s.covering(j, dateChunk) == nil {
		j += s.width(j)
	}
	w := s.fold(j)
	if w == "resolution" || w == "resolutions" {
		if j+1 < len(s.toks) && s.toks[j+1].Class == gazetteer.Number {
			j += 2
			for s.fold(j) == "/" && j+1 < len(s.toks) && s.toks[j+1].Class == gazetteer.Number {
				j += 2
			}
			return j, "resolution"
		}
		return i, ""
	}
	if j-i >= 2 && s.fold(i-1) == "the" && !rd.lex().is("named-things", w) && rd.isThing(s, i, j) {
		return j, "initiative"
	}
	if j-i >= 2 && (s.fold(i-1) == "exercise" || s.fold(i-1) == "exercises") {
		return j, "initiative"
	}
	if j-i >= 2 && rd.lex().is("named-things", w) && s.chunkAt(i, partyChunk) == nil && s.covering(j-1, bodyChunk) == nil && s.covering(j-1, meetingChunk) == nil {
		return j + 1, cmp.Or(rd.lex().refKind[w], "initiative")
	}
	return i, ""
}

// isThing tells of capitals after "the" that they name an undertaking: not a
// state, a body, a person, a place or a topic.
func (rd *reading) isThing(s *sentence, first, last int) bool {
	if rd.isLabel(s.line(first, last)) || s.kind == "heading" {
		return false
	}
	for i := first; i < last; i++ {
		if s.covering(i, bodyChunk) != nil || s.covering(i, personChunk) != nil || s.covering(i, meetingChunk) != nil || s.covering(i, dateChunk) != nil || s.covering(i, placeChunk) != nil && i == first {
			return false
		}
		if s.covering(i, partyChunk) != nil && last-first < 3 {
			return false
		}
		if rd.lex().is("position", s.word(i)) || rd.lex().bodies[s.fold(i)] != "" || rd.lex().meeting[s.fold(i)] != "" && rd.lex().meeting[s.fold(i)] != "conference" {
			return false
		}
	}
	return !rd.lex().afterNoThing[s.fold(last)] && !rd.lex().noThing[s.fold(last-1)]
}

// isParty tells whether a token is a party by itself.
func (s *sentence) isParty(i int) bool {
	c := s.chunkAt(i, partyChunk)
	return c != nil && c.last == i+1
}

// complement reads "on Cybercrime", "of the Council of Europe" after a noun.
func (rd *reading) complement(s *sentence, at int) int {
	end := at
	for {
		w := s.fold(end)
		if w != "of" && w != "on" && w != "for" && w != "to" && w != "against" && w != "between" && w != "concerning" && w != "in" {
			return end
		}
		next := rd.skipThe(s, end+1)
		if !s.isName(next) || s.covering(next, dateChunk) != nil {
			return end
		}
		if w == "in" && s.covering(next, placeChunk) != nil {
			return end
		}
		stop := next
		for stop < len(s.toks) && (s.isName(stop) && s.covering(stop, dateChunk) == nil || (s.fold(stop) == "and" || s.fold(stop) == "of" || s.fold(stop) == "-" || s.fold(stop) == "the" && s.fold(stop-1) == "of") && s.isName(stop+1) && s.chunkAt(stop+1, bodyChunk) == nil) {
			stop++
		}
		for stop > next && !s.isName(stop-1) {
			stop--
		}
		end = stop
	}
}

// wholeReference widens a name over what belongs to it: capitals before it, "to
// Advance …" after it, a year in brackets.
func (rd *reading) wholeReference(s *sentence, first, last int) (int, int) {
	if f := s.fold(last); (f == "on" || f == "to" || f == "for") && s.isName(rd.skipThe(s, last+1)) && s.covering(rd.skipThe(s, last+1), dateChunk) == nil {
		if stop := rd.capitals(s, rd.skipThe(s, last+1)); stop > last+2 && s.chunkAt(rd.skipThe(s, last+1), partyChunk) == nil {
			last = stop
		}
	}
	if s.fold(last) == "(" && last+2 < len(s.toks) && s.toks[last+1].Class == gazetteer.Number {
		for j := last + 1; j < min(last+6, len(s.toks)); j++ {
			if s.fold(j) == ")" {
				last = j + 1
				break
			}
		}
	}
	for first > 0 {
		if c := s.covering(first-1, partyChunk); c != nil && s.fold(first-1) != "the" {
			first = c.first
			continue
		}
		if f := s.fold(first - 1); (f == "-" || f == "'s" || f == "’") && first > 1 && s.covering(first-2, partyChunk) != nil {
			first = s.covering(first-2, partyChunk).first
			continue
		}
		break
	}
	return first, last
}

// ownMeeting tells whether a name is that of the meeting itself, of another
// session of its series, or of a further meeting that the text reports.
func (rd *reading) ownMeeting(s *sentence, first, last int) bool {
	for _, c := range s.of(meetingChunk) {
		if c.first < last && first < c.last {
			if rd.isSeries(c.meeting) || rd.reported[c.meeting] {
				return true
			}
		}
	}
	return false
}

// isSeries tells whether a meeting is this one or another session of the same
// series.
func (rd *reading) isSeries(m *meeting) bool {
	if rd.own[m] {
		return true
	}
	main := rd.event.main
	if m.kind != main.kind && m.noun != main.noun && !(m.c.last-m.c.first <= 2 && m.ordinal > 0) {
		return false
	}
	if len(m.parties) == 0 && m.c.last-m.c.first <= 2 && m.ordinal > 0 {
		return true // "the third Dialogue"
	}
	if len(m.parties) == 0 {
		return m.ordinal == 0 || len(main.parties) == 0 || strings.Contains(strings.ToLower(m.name), "cyber") && m.kind == main.kind && m.kind != "conference" && m.kind != "summit"
	}
	for _, p := range m.parties {
		if rd.side(p.party.slug) == nil {
			return false
		}
	}
	return true
}

func (rd *reading) inPosition(s *sentence, i int) bool { return s.covering(i, personChunk) != nil }

// otherMeeting takes another conference or dialogue with a name of its own.
func (rd *reading) otherMeeting(s *sentence, c *chunk, stance string) {
	m := c.meeting
	if !m.capital || rd.reported[m] || rd.isSeries(m) || m.c.last-m.c.first < 2 || s.covering(c.first, personChunk) != nil || s.covering(c.first, bodyChunk) != nil {
		return
	}
	if rd.lex().is("weak-meeting", m.noun) && m.ordinal == 0 && m.kind != "working-group" && m.kind != "conference" {
		return
	}
	kind := "event"
	switch m.kind {
	case "conference", "summit", "working-group":
		kind = "forum"
	}
	for _, r := range slices.Backward(rd.refs) {
		if r.s != s {
			break // sentences are read in order
		}
		if r.first < c.last && c.first < r.last {
			return
		}
	}
	rd.refer(&subject{s: s, first: c.first, last: c.last, name: m.name, written: m.name, kind: kind, stance: stance, rule: "reference.meeting"})
}

// forums takes alliances and organisations where a text speaks of forums.
func (rd *reading) forums(s *sentence, stance string) {
	lex := rd.lex()
	if !s.anyWithin(lex.speaksOfForums, 0, len(s.toks)) {
		return
	}
	for _, m := range s.found {
		if m.Kind != graph.KindActor || s.covering(m.First, meetingChunk) != nil {
			continue
		}
		a := rd.x.gaz.Actor(m.IDs[0].Slug())
		if (a.Kind == "alliance" || a.Kind == "international-organisation" || a.Kind == "forum") && rd.side(a.ID) == nil && s.anyWithin(lex.beforeForum, m.First-14, m.First) {
			rd.refer(&subject{s: s, first: m.First, last: m.Last, name: s.line(m.First, m.Last), written: s.line(m.First, m.Last), kind: "forum", stance: stance, rule: "reference.forum", ids: m.IDs})
		}
	}
}

// stanceIn gives the stance that a sentence takes to what it names.
func (rd *reading) stanceIn(s *sentence) string {
	for _, w := range s.words {
		if stance := rd.lex().stance[w]; stance != "" {
			return stance
		}
	}
	return "discussed"
}
