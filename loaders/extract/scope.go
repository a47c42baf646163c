package extract

import (
	"cmp"
	"slices"
	"strings"

	"dialograph/loaders/source"
)

// A text may report so many further meetings, of so many sentences each, and so
// many places are tried: more is no press statement.
const (
	mostOthers = 12
	mostTried  = 40
	mostScope  = 80
)

// further gives the further meetings that the text reports as held, each with
// the sentences that speak of it, and leaves the rest to this one.
func (rd *reading) further() []*reading {
	f := &furtherMeetings{rd: rd, of: map[*sentence]*reading{}}
	tried := 0
	for i, s := range rd.sents {
		if f.of[s] != nil || s.kind == source.Heading || s.kind == source.Caption {
			continue
		}
		var here []*meeting
		for _, c := range s.of(meetingChunk) {
			if rd.isFurther(s, c.meeting) {
				here = append(here, c.meeting)
			}
		}
		for _, m := range here {
			f.try(m, rd.scopeOf(m, i, len(here) == 1))
		}
		tried += len(here)
		if tried >= mostTried || len(f.list) >= mostOthers {
			break
		}
	}
	if len(f.list) > 0 {
		f.bySide()
		rd.leave(f)
	}
	return f.list
}

// furtherMeetings are meetings beside the one that the text is about.
type furtherMeetings struct {
	rd   *reading
	list []*reading
	of   map[*sentence]*reading
}

// try takes a mention for a further meeting, or for one that is known already.
func (f *furtherMeetings) try(m *meeting, scope []*sentence) {
	o := f.rd.reading(scope)
	o.event.main = m
	o.settle()
	if o.event.date.from.isZero() || len(o.event.sides) < 2 || o.sameAs(f.rd) {
		return
	}
	for _, known := range f.list {
		if o.sameAs(known) {
			known.sents = append(known.sents, o.sents...)
			o = known
			break
		}
	}
	if !slices.Contains(f.list, o) {
		f.list = append(f.list, o)
	}
	f.rd.reported[m] = true
	for _, s := range o.sents {
		f.of[s] = o
	}
}

// sameAs tells whether two readings are of one meeting: of the same day between
// the same sides.
func (rd *reading) sameAs(other *reading) bool {
	return rd.event.date.from == other.event.date.from && sameSides(rd.event.sides, other.event.sides)
}

// bySide gives a further meeting the sentences elsewhere that speak of a side
// which it alone has, "the Peruvian delegation", and those of all meetings.
func (f *furtherMeetings) bySide() {
	for _, s := range f.rd.sents {
		if f.of[s] != nil || s == f.rd.event.main.s || s.kind == source.Heading {
			continue
		}
		if o := f.alone(s); o != nil {
			f.of[s] = o
			o.sents = append(o.sents, s)
		} else if f.rd.ofAll(s) {
			for _, o := range f.list {
				o.sents = append(o.sents, s)
			}
		}
	}
	for _, o := range f.list {
		slices.SortFunc(o.sents, func(a, b *sentence) int { return cmp.Compare(a.index, b.index) })
		o.sents = slices.Compact(o.sents)
		o.settleAgain()
	}
}

// alone gives the one further meeting of which a sentence speaks; nil where it
// speaks of none, or of several.
func (f *furtherMeetings) alone(s *sentence) *reading {
	var found *reading
	for _, o := range f.list {
		if !f.speaksOf(s, o) {
			continue
		}
		if found != nil {
			return nil
		}
		found = o
	}
	return found
}

// speaksOf tells whether a sentence speaks of a further meeting rather than of
// the one that the text is about: of a side that it alone has, as a side, in the
// name of the meeting, or with another of its sides.
func (f *furtherMeetings) speaksOf(s *sentence, o *reading) bool {
	named := map[string]bool{}
	exclusive, surely := false, false
	for _, c := range s.of(partyChunk) {
		inMain, inOther := f.rd.side(c.party.slug) != nil, o.side(c.party.slug) != nil
		switch {
		case inMain && !inOther:
			return false
		case inOther:
			named[c.party.slug] = true
			exclusive = exclusive || !inMain
			surely = surely || !inMain && o.isSide(s, c) > 0
		}
	}
	return surely || exclusive && len(named) > 1
}

// isFurther tells whether a sentence reports a meeting of its own: with sides
// and a day, and not another session of the series of this one.
func (rd *reading) isFurther(s *sentence, m *meeting) bool {
	if m.other || rd.isSeries(m) || rd.sameMeeting(rd.event.main, m) || rd.statusOf(s, m.c) != "held" || rd.longAgo(s, m) || !m.cyber && !isCyber(s.whole()) {
		return false
	}
	return len(m.parties) >= 2 && len(s.of(dateChunk)) > 0 && !rd.elsewhere(s)
}

// scopeOf gives the sentence that reports a further meeting and those after it
// that go on about it: to the end of the paragraph and, where it begins one, to
// where the text turns to another meeting. Where one sentence reports several,
// what follows is of none of them for sure.
func (rd *reading) scopeOf(m *meeting, at int, alone bool) []*sentence {
	first := rd.sents[at]
	if !alone {
		return []*sentence{first}
	}
	block := first.passage.Block
	begins := first.passage.Start == rd.doc.Blocks[block].Start
	out := []*sentence{first}
	for _, s := range rd.sents[at+1 : min(at+mostScope, len(rd.sents))] {
		if s.passage.Block != block && !begins || s.kind == source.Heading || rd.turnsFrom(m, s) {
			break
		}
		out = append(out, s)
	}
	return out
}

// turnsFrom tells whether a sentence speaks of another meeting than a further
// one: of the one that the text is about, of a third, or of all of them.
func (rd *reading) turnsFrom(m *meeting, s *sentence) bool {
	if rd.ofAll(s) {
		return true
	}
	for _, c := range s.of(meetingChunk) {
		other := c.meeting
		if !rd.sameMeeting(m, other) && (rd.own[other] || rd.isFurther(s, other)) {
			return true
		}
	}
	mine, theirs := false, false
	for _, c := range s.of(partyChunk) {
		inMain := rd.side(c.party.slug) != nil
		inOther := slices.ContainsFunc(m.parties, func(p *chunk) bool { return p.party.slug == c.party.slug })
		mine, theirs = mine || inMain && !inOther, theirs || inOther && !inMain
	}
	return mine && !theirs
}

// leave takes the sentences of further meetings out of this one, and settles
// again what may have come from them.
func (rd *reading) leave(f *furtherMeetings) {
	rd.sents = slices.DeleteFunc(slices.Clone(rd.sents), func(s *sentence) bool { return s != rd.event.main.s && f.of[s] != nil })
	rd.settleAgain()
}

// settleAgain settles a meeting whose sentences are others than before. Should
// nothing then say that it was held, what said so before stands; so does its
// day, if that sentence is still its own.
func (rd *reading) settleAgain() {
	before := rd.event
	rd.event, rd.own = event{main: before.main}, map[*meeting]bool{}
	rd.settle()
	if rd.event.status == "" {
		rd.event.status, rd.event.statusAt, rd.event.statusFrom = before.status, before.statusAt, before.statusFrom
	}
	if rd.event.date.from.isZero() && slices.Contains(rd.sents, before.dateS) {
		rd.event.date, rd.event.dateS, rd.event.dateHow, rd.event.dateNote = before.date, before.dateS, before.dateHow, before.dateNote
	}
}

// ofAll tells of a sentence that it speaks of all meetings of the text: "at both
// meetings".
func (rd *reading) ofAll(s *sentence) bool {
	for i := range s.toks {
		if f := s.fold(i); f != "both" && f != "all" {
			continue
		}
		for j := i + 1; j < i+4; j++ {
			if w := s.fold(j); rd.lex().meeting[w] != "" && strings.HasSuffix(w, "s") && w != "talks" {
				return true
			}
		}
	}
	return false
}
