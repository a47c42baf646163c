package extract

import (
	"slices"
	"strings"

	"dialograph/loaders/gazetteer"
)

// element is one of the bodies that share a head: "Justice" in "the Departments
// of State, Justice and Defense". First and last are tokens, half open.
type element struct{ first, last int }

// shared writes out bodies with a shared head. It gives the token after them, 0
// where there are none.
func (rd *reading) shared(s *sentence, i int) int {
	head := rd.lex().bodies[s.fold(i)]
	if head == "" || s.fold(i+1) != "of" && s.fold(i+1) != "for" {
		return rd.sharedBefore(s, i)
	}
	if s.fold(i-1) == "federal" {
		head = "Federal " + head
	}
	list, commas := rd.elements(s, i+2)
	if len(list) == 0 {
		return 0
	}
	if commas == 0 {
		list = rd.joinRepeated(s, list)
	}
	list = rd.joinKnown(s, list, head)
	rd.addShared(s, i, head, list)
	return list[len(list)-1].last
}

// elements reads the enumeration after a shared head, and counts its commas.
func (rd *reading) elements(s *sentence, at int) (list []element, commas int) {
	for at < len(s.toks) {
		for s.fold(at) == "the" || s.fold(at) == "of" || s.fold(at) == "for" || s.fold(at) == "both" {
			at++
		}
		end := rd.elementEnd(s, at)
		if end == at || rd.wholeBody(s, at, end) && !rd.lex().is("of-ministry", s.fold(at)) {
			break
		}
		list = append(list, element{at, end})
		next := end
		if s.fold(next) == "," {
			next++
			commas++
		}
		switch {
		case s.fold(next) == "and":
			next++
		case s.fold(next) == "as" && s.fold(next+1) == "well":
			next += 3
		}
		if next == end || !rd.moreElements(s, next) {
			break
		}
		at = next
	}
	return list, commas
}

// elementEnd reads one element: words with capitals and what joins them.
func (rd *reading) elementEnd(s *sentence, start int) int {
	at := start
	for at < len(s.toks) {
		joins := at > start && s.isName(at+1) && (s.fold(at) == "of" || s.fold(at) == "the" || s.fold(at) == "-" || s.fold(at) == "'s" || s.fold(at) == "’")
		if !s.isName(at) && !joins {
			break
		}
		if at > start && rd.startsBody(s, at) && s.fold(at-1) != "of" && !rd.lex().is("of-ministry", s.fold(start)) {
			break
		}
		at++
	}
	if s.fold(start-1) == "and" && s.fold(start-2) == "," && at > start && s.fold(at) == "and" && s.isName(at+1) && !rd.startsBody(s, at+1) && !rd.isAcronymBody(s, at+1) {
		// ", and Communication and Information Technology"
		for at++; s.isName(at); at++ {
			continue
		}
	}
	return at
}

// moreElements tells whether another element follows rather than another body.
func (rd *reading) moreElements(s *sentence, at int) bool {
	for s.fold(at) == "the" || s.fold(at) == "of" || s.fold(at) == "for" {
		at++
	}
	if !s.isName(at) || rd.bareAcronym(s, at) || rd.acronyms[s.slice(at, at+1)] != nil {
		return false
	}
	return !rd.startsBody(s, at) || rd.lex().is("of-ministry", s.fold(at)) || rd.loneWord(s, at)
}

// joinRepeated joins what only a bare "and" parts where an "of" is repeated:
// "Offices of Management and Budget and of the Director".
func (rd *reading) joinRepeated(s *sentence, list []element) []element {
	repeats := func(e element) bool {
		return s.fold(e.first-1) == "of" || s.fold(e.first-2) == "of" || s.fold(e.first-1) == "for"
	}
	if !slices.ContainsFunc(list[1:], repeats) {
		return list
	}
	for k := 0; k+1 < len(list); {
		if s.fold(list[k+1].first-1) != "and" {
			k++
			continue
		}
		list[k].last = list[k+1].last
		list = slices.Delete(list, k+1, k+2)
	}
	return list
}

// joinKnown joins what the authority files know as one: "Ministries of Science
// and Technology and of Defence".
func (rd *reading) joinKnown(s *sentence, list []element, head string) []element {
	for k := 0; k+1 < len(list); k++ {
		joined := head + " of " + s.line(list[k].first, list[k+1].last)
		if s.fold(list[k].last) == "and" && len(list) > 2 && len(rd.lookup(joined)) > 0 {
			list[k].last = list[k+1].last
			list = slices.Delete(list, k+1, k+2)
		}
	}
	return list
}

// addShared files a body for each element.
func (rd *reading) addShared(s *sentence, plural int, head string, list []element) {
	home := rd.ownerBefore(s, plural)
	first := plural
	for _, e := range list {
		b := &body{name: head + " " + s.toks[plural+1].Text + " " + s.line(e.first, e.last), home: home, certain: home != ""}
		last := e.last
		if acronym, end := rd.definition(s, last); end > 0 {
			b.acronym, last = acronym, end
			rd.acronyms[acronym] = b
		}
		b.ids = rd.lookup(b.name)
		b.written = s.line(first, last)
		if b.home == "" && len(b.ids) == 1 {
			b.home = rd.x.homeOf(b.ids[0])
		}
		s.add(&chunk{kind: bodyChunk, first: first, last: last, body: b})
		first = last
		for s.fold(first) == "," || s.fold(first) == "and" || s.fold(first) == "the" || s.fold(first) == "of" {
			first++
		}
	}
}

// ownerBefore gives the state whose adjective or possessive stands before a
// token.
func (rd *reading) ownerBefore(s *sentence, i int) string {
	if c := s.covering(i-1, partyChunk); c != nil {
		return c.party.slug
	}
	if f := s.fold(i - 1); i > 1 && (f == "'s" || f == "’") {
		if c := s.covering(i-2, partyChunk); c != nil {
			return c.party.slug
		}
	}
	return ""
}

// sharedBefore writes out "the Foreign, Defence and Interior Ministries".
func (rd *reading) sharedBefore(s *sentence, i int) int {
	lex := rd.lex()
	if i > 0 && s.isName(i-1) || !(s.isName(i) || s.toks[i].Class == gazetteer.Lower) || lex.bodies[s.fold(i)] != "" {
		return 0
	}
	end := i
	for end < len(s.toks) && end-i < 14 && lex.bodies[s.fold(end)] == "" {
		f := s.fold(end)
		if !s.isName(end) && f != "," && f != "and" && f != "-" && !lex.ministryFields[f] {
			return 0
		}
		end++
	}
	head := lex.bodies[s.fold(end)]
	if end >= len(s.toks) || head == "" || end == i || s.fold(end-1) == "," || !s.has(i, end, "and", ",") || s.fold(i) == "and" || s.fold(i) == "," {
		return 0
	}
	first := i
	var out []*chunk
	for at := i; at <= end; at++ {
		if f := s.fold(at); at < end && f != "," && f != "and" {
			continue
		}
		if at > first {
			words := s.line(first, at)
			name := title(words) + " " + head
			if len(rd.lookup(name)) == 0 && len(rd.lookup(head+" of "+title(words))) > 0 || head != "Ministry" && head != "Department" || !s.isName(first) {
				name = head + " of " + title(words)
			}
			if fixed, ok := map[string]string{"Foreign": "Foreign Affairs", "Home": "Home Affairs"}[title(words)]; ok && strings.Contains(name, " of ") {
				name = head + " of " + fixed
			}
			out = append(out, &chunk{kind: bodyChunk, first: first, last: at, body: &body{name: name, written: words + " " + s.toks[end].Text, ids: rd.lookup(name)}})
		}
		first = at + 1
	}
	if len(out) < 2 {
		return 0
	}
	out[len(out)-1].last = end + 1
	for _, c := range out {
		s.add(c)
	}
	return end + 1
}
