package extract

import (
	"dialograph/graph"
	"dialograph/loaders/gazetteer"
	"strings"
)

// phrases splits a stretch of a sentence into the things discussed.
func (rd *reading) phrases(s *sentence, first, last int, by cue) {
	items := rd.split(s, first, last)
	for _, p := range items {
		if len(items) < 3 && rd.bareWord(s, p[0], p[1]) {
			continue
		}
		rd.topic(s, p[0], p[1], by)
	}
}

// bareWord tells of one word outside a list that it is no concept by itself:
// "in depth", "by consensus".
func (rd *reading) bareWord(s *sentence, first, last int) bool {
	first = rd.bare(s, first, last)
	for last > first && rd.lex().topicClosers[s.fold(last-1)] {
		last--
	}
	return rd.words(s, first, last) == 1 && !rd.isLabel(s.line(first, last)) && !rd.lex().is("topic-words", s.word(first)) && s.toks[first].Class == gazetteer.Lower
}

// split gives the items of an enumeration: parted by semicolons, else by
// commas and the last "and".
func (rd *reading) split(s *sentence, first, last int) [][2]int {
	var out [][2]int
	level := ","
	if s.has(first, last, ";") {
		level = ";"
	}
	commas := 0
	for i := first; i < last; i++ {
		if s.fold(i) == "," && !rd.commaInside(s, i) {
			commas++
		}
	}
	start := first
	depth := 0
	cut := func(at, next int) {
		if at > start {
			out = append(out, [2]int{start, at})
		}
		start = next
	}
	for i := first; i < last; i++ {
		w := s.word(i)
		switch {
		case w == "(":
			depth++
		case w == ")":
			depth--
		case depth > 0:
		case w == ";" || w == ":":
			cut(i, i+1)
		case w == "," && !rd.commaInside(s, i):
			cut(i, i+1)
		case w == "-" && s.toks[i].Spaced && i+1 < last && s.toks[i+1].Spaced:
			cut(i, i+1)
		case w == "or" && s.fold(i-1) == ",":
			cut(i, i+1)
		case w == "as" && s.fold(i+1) == "well" && s.fold(i+2) == "as":
			cut(i, i+3)
			i += 2
		case w == "including" || w == "namely" || w == "notably" || w == "particularly" || w == "especially" || w == "e.g":
			cut(i, i+1)
		case w == "such" && s.fold(i+1) == "as":
			cut(i, i+2)
			i++
		case w == "among" && s.fold(i+1) == "them", w == "among" && s.fold(i+1) == "others", w == "in" && s.fold(i+1) == "particular", w == "inter" && s.fold(i+1) == "alia", w == "for" && (s.fold(i+1) == "example" || s.fold(i+1) == "instance"):
			cut(i, i+2)
			i++
		case (w == "and" || w == "&") && rd.splitsAt(s, start, i, last, commas, level):
			cut(i, i+1)
		}
	}
	cut(last, last)
	return out
}

// commaInside tells of a comma between adjectives, "bilateral, regional and
// global issues", or inside the name of a body or a date.
func (rd *reading) commaInside(s *sentence, i int) bool {
	lex := rd.lex()
	if s.covering(i, bodyChunk) != nil || s.covering(i, dateChunk) != nil || s.covering(i, referenceChunk) != nil {
		return true
	}
	return lex.adjectives[s.word(i-1)] && (lex.adjectives[s.fold(i+1)] || s.fold(i+1) == "and" && lex.adjectives[s.fold(i+2)])
}

// splitsAt tells whether an "and" parts two items rather than two words of one.
func (rd *reading) splitsAt(s *sentence, start, and, last, commas int, level string) bool {
	lex := rd.lex()
	end := rd.itemEnd(s, and+1, last)
	left, right := rd.words(s, start, and), rd.words(s, and+1, end)
	if left == 0 || right == 0 {
		return left == 0
	}
	// The scheme's labels decide: "policies and strategies" is one.
	from := rd.bare(s, start, and)
	whole := rd.isLabel(s.line(from, end))
	if !whole && rd.isLabel(s.line(from, and)) && rd.isLabel(s.line(rd.bare(s, and+1, last), end)) {
		return true
	}
	if whole || s.covering(and, bodyChunk) != nil || s.covering(and, referenceChunk) != nil || s.covering(and, dateChunk) != nil {
		return false
	}
	if lex.adjectives[s.word(and-1)] && (lex.adjectives[s.word(and+1)] || right > 1) {
		return false
	}
	switch s.fold(and + 1) {
	case "on", "of", "in", "for", "to":
		return true
	}
	if level == ";" {
		return s.fold(and-1) == ";" || left >= 2 && right >= 2
	}
	if s.fold(and-1) == "," {
		return true
	}
	if commas > 0 {
		return rd.endsList(s, start, and, last, left, right)
	}
	if left >= 2 && right >= 2 {
		return true
	}
	if left == 1 && right >= 2 && lex.is("topic-words", s.word(and-1)) || right == 1 && left >= 2 && lex.is("topic-words", s.word(and+1)) {
		return true
	}
	return left == 1 && right == 1 && rd.isLabel(s.line(start, and)) && rd.isLabel(s.line(and+1, end))
}

// endsList tells whether an "and" is the last of an enumeration with commas;
// earlier ones stand inside items unless both parts are full phrases.
func (rd *reading) endsList(s *sentence, start, and, last, left, right int) bool {
	if rd.lastItem(s, and, last) {
		return !rd.moreCommas(s, and, last) && !(s.fold(and-2) == "for" && right == 1)
	}
	return left >= 2 && right >= 2 && !s.has(start, and, "of", "between", "on") && !s.has(and+1, and+2, "its")
}

// moreCommas tells whether the enumeration goes on after an "and".
func (rd *reading) moreCommas(s *sentence, and, last int) bool {
	for i := and + 1; i < last; i++ {
		if s.fold(i) == "," && !rd.commaInside(s, i) {
			return true
		}
	}
	return false
}

func (rd *reading) lastItem(s *sentence, and, last int) bool {
	lex := rd.lex()
	for i := and + 1; i < last; i++ {
		if s.word(i) == "and" && s.covering(i, bodyChunk) == nil && !lex.adjectives[s.word(i-1)] {
			return false
		}
	}
	return true
}

// itemEnd gives the end of an item that begins at a token.
func (rd *reading) itemEnd(s *sentence, at, last int) int {
	for i := at; i < last; i++ {
		switch s.word(i) {
		case ",", ";", "including", "and":
			return i
		case "such", "as":
			if s.fold(i+1) == "as" || s.fold(i+1) == "well" {
				return i
			}
		}
	}
	return last
}

// words counts the words that carry meaning.
func (rd *reading) words(s *sentence, first, last int) int {
	small := rd.lex().small
	n := 0
	for i := first; i < last; i += max(1, s.width(i)) {
		if t := s.toks[i]; t.Class != gazetteer.Sign && !small[t.Fold] {
			n++
		}
	}
	return n
}

func (rd *reading) isLabel(text string) bool {
	label, ok := rd.labels[text]
	if !ok {
		label = len(rd.x.gaz.Lookup(graph.KindTopic, text)) > 0
		rd.labels[text] = label
	}
	return label
}

// bare gives where a phrase begins without the words before its noun.
func (rd *reading) bare(s *sentence, first, last int) int {
	lex := rd.lex()
	for first < last && (lex.topicOpeners[s.word(first)] || lex.topicOpeners[s.fold(first)]) {
		if s.fold(first) == "exchange" || s.fold(first) == "information" {
			if f := s.fold(first + 1); f != "of" && f != "on" && f != "about" {
				return first
			}
		}
		if w := s.fold(first); (w == "need" || w == "importance") && s.fold(first+1) != "of" && s.fold(first+1) != "for" && s.fold(first+1) != "to" {
			return first
		}
		first++
	}
	return first
}

// objectEnd gives the end of what was discussed.
func (rd *reading) objectEnd(s *sentence, at int) int {
	lex := rd.lex()
	depth := 0
	for i := at; i < len(s.toks); i++ {
		w := s.word(i)
		switch {
		case w == "(":
			depth++
		case w == ")":
			depth--
			if depth < 0 {
				return i
			}
		case depth > 0:
		case lex.endsObject[w] && i > at:
			next := rd.afterRelative(s, at, i)
			if next == 0 {
				return i
			}
			i = next
		case w == "." || w == "!" || w == "?" || w == "\"" && i > at+1:
			return i
		case (w == "with" || w == "in") && (s.fold(i+1) == "view" || s.fold(i+1) == "order" || s.fold(i+2) == "view" || s.fold(i+2) == "aim" || s.fold(i+1) == "line" || s.fold(i+1) == "accordance"):
			return i
		case (w == "and" || w == "," || w == ";") && rd.newClause(s, i+1):
			return i
		case w == "during" || w == "ahead" && s.fold(i+1) == "of" || w == "prior" && s.fold(i+1) == "to" || w == "before" || w == "after" && i > at+1 || w == "at" && s.fold(i+1) == "the" && (s.fold(i+2) == "meeting" || s.fold(i+2) == "dialogue" || s.fold(i+2) == "talks" || s.fold(i+2) == "session"):
			return i
		case i > at && (w == "was" || w == "were" || w == "is" || w == "are" || w == "has" || w == "have" || w == "had" || w == "will" || w == "can" || w == "must" || w == "should") && !lex.is("meeting", w):
			// a relative clause without a pronoun, or the next clause: keep what is before the last comma
			for j := i - 1; j > at && j > i-8; j-- {
				if s.fold(j) == "," || s.fold(j) == ";" || s.fold(j) == "that" {
					return j
				}
			}
			return i
		}
	}
	return len(s.toks)
}

// afterRelative gives the comma after "countries where … operate" within a
// list that goes on; 0 where the clause ends what was discussed.
func (rd *reading) afterRelative(s *sentence, first, pronoun int) int {
	if w := s.fold(pronoun); w != "which" && w != "who" && w != "where" || s.fold(pronoun-1) == "," {
		return 0
	}
	if !s.has(first, pronoun, ",") {
		return 0
	}
	for i := pronoun + 1; i < min(pronoun+12, len(s.toks)); i++ {
		if s.fold(i) == "," && s.fold(i+1) == "and" && !rd.newClause(s, i+1) {
			return i
		}
	}
	return 0
}

// newClause tells whether a new main clause begins after "and" or a comma.
func (rd *reading) newClause(s *sentence, i int) bool {
	lex := rd.lex()
	w := s.word(i)
	if w == "and" || w == "also" || w == "then" {
		return rd.newClause(s, i+1)
	}
	switch w {
	case "the":
		next := s.fold(i + 1)
		return (next == "two" || next == "sides" || next == "parties" || next == "delegations" || next == "participants" || next == "eu" || next == "meeting") && rd.verbSoon(s, i+2)
	case "both":
		return s.fold(i+1) == "sides" || s.fold(i+1) == "parties" || s.fold(i+1) == "countries" && rd.verbSoon(s, i+2) || s.fold(i+1) == "delegations" || rd.verbSoon(s, i+1)
	case "as":
		return s.fold(i+1) != "well"
	}
	if lex.beginsClause[w] {
		return true
	}
	return strings.HasSuffix(w, "ed") && len(w) > 4 && s.toks[min(i, len(s.toks)-1)].Class == gazetteer.Lower && !lex.participles[w] && (lex.small[s.fold(i+1)] || s.fold(i+1) == "each" || s.fold(i+1) == "views")
}

func (rd *reading) verbSoon(s *sentence, i int) bool {
	for j := i; j < min(i+4, len(s.toks)); j++ {
		w := s.word(j)
		if rd.lex().is("ends-person", w) && w != "as" && w != "with" && w != "by" && w != "during" && w != "before" && w != "after" || strings.HasSuffix(w, "ed") && len(w) > 4 || w == "will" || w == "would" {
			return true
		}
	}
	return false
}

// subjectStart gives the beginning of the subject of a passive verb.
func (rd *reading) subjectStart(s *sentence, verb int) int {
	lex := rd.lex()
	for i := verb - 1; i >= 0; i-- {
		w := s.word(i)
		switch {
		case w == ";" || w == ":" || w == "." || lex.endsObject[w]:
			return i + 1
		case i > 0 && (w == "and" || w == ",") && (rd.newClause(s, i+1) && s.fold(i+1) != "the" && s.fold(i+1) != "both"):
			return i + 1
		case (w == "was" || w == "were" || w == "discussed" || w == "agreed" || w == "led" || w == "held") && i < verb-2:
			return i + 1
		}
	}
	return 0
}
