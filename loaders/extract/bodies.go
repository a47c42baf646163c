package extract

import (
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
)

// parties finds states, unions and alliances and their adjectives.
func (rd *reading) parties(s *sentence) {
	for _, m := range s.found {
		p := rd.partyOf(s, m)
		if p == nil || s.covering(m.First, partyChunk) != nil || !p.noun && rd.longerParty(s, m) {
			continue
		}
		last := m.Last
		if rd.lex().is("regions", key(p.name)) {
			if _, end := rd.definition(s, last); end > 0 {
				last = end // "Nordic countries (NB8)"
				p.name = s.line(m.First, last)
			}
		}
		s.add(&chunk{kind: partyChunk, first: m.First, last: last, party: p})
	}
}

// longerParty tells of "European" that it begins "European Union".
func (rd *reading) longerParty(s *sentence, m gazetteer.Mention) bool {
	for _, o := range s.found {
		if o.First == m.First && o.Last > m.Last && o.Kind == graph.KindActor && rd.x.isParty(o.IDs) {
			return true
		}
	}
	return false
}

func (rd *reading) partyOf(s *sentence, m gazetteer.Mention) *party {
	switch m.Kind {
	case graph.KindActor:
		for _, id := range m.IDs {
			if st, ok := rd.x.states[id.Slug()]; ok {
				return &party{slug: st.slug, name: s.line(m.First, m.Last), noun: true}
			}
		}
	case gazetteer.Demonym:
		if slug := rd.x.homeOfPlace(m.IDs[0].Slug()); slug != "" {
			if s.line(m.First, m.Last) == "European" && s.fold(m.Last) != "union" && s.fold(m.Last) != "side" && s.fold(m.Last) != "delegation" {
				return nil // part of European Commission, or of no name at all
			}
			return &party{slug: slug, name: rd.x.states[slug].name}
		}
	}
	return nil
}

// bodies finds institutions: those that the authority files know, and others by
// the form of their names.
func (rd *reading) bodies(s *sentence) {
	known := map[int]gazetteer.Mention{}
	for _, m := range s.found {
		if m.Kind == graph.KindActor && !rd.x.isParty(m.IDs) && s.fold(m.First) != "government" && !rd.isRegion(m) && !rd.isConference(s, m) {
			known[m.First] = m
		}
	}
	for i := 0; i < len(s.toks); {
		if n := rd.shared(s, i); n > 0 {
			i = n
			continue
		}
		if end := rd.memberStates(s, i); end > i {
			c := s.chunkAt(i, partyChunk)
			name := s.line(i, end)
			s.add(&chunk{kind: bodyChunk, first: i, last: end, body: &body{name: name, written: name, home: c.party.slug, certain: true, ids: rd.lookup(name)}})
			i = end
			continue
		}
		m, ok := known[i]
		last := rd.bodyEnd(s, i)
		var b *body
		switch {
		case ok && m.Last >= last:
			b, last = &body{ids: m.IDs}, m.Last
		case last > i+s.width(i) || last > i && ok:
			b = &body{}
			if ok && rd.sameBody(s, m, last) {
				b.ids = m.IDs
			}
		case rd.ofCountry(s, i) > i:
			b, last = &body{}, rd.ofCountry(s, i)
		case rd.plainBody(s, i) > i:
			b, last = &body{}, rd.plainBody(s, i)
		case rd.said(s, i) != nil:
			// "the ministry": the one named last
			b := rd.said(s, i)
			s.add(&chunk{kind: bodyChunk, first: i, last: i + 1, body: &body{name: b.name, written: s.line(i, i+1), ids: b.ids, home: b.home, certain: b.certain}})
			i++
			continue
		case rd.explained(s, i):
			last = i + s.width(i)
			b = rd.acronym(s, i, last)
		default:
			i++
			continue
		}
		i = rd.addBody(s, b, i, last)
	}
}

// isRegion tells of an entry that it is a part of the world rather than a body.
func (rd *reading) isRegion(m gazetteer.Mention) bool {
	a := rd.x.gaz.Actor(m.IDs[0].Slug())
	return a.Kind == "group" && a.Parent == "" && m.Last-m.First == 1
}

// isConference tells of an entry that it is a meeting rather than a body: "the
// ASEAN Ministerial Conference on Cybersecurity".
func (rd *reading) isConference(s *sentence, m gazetteer.Mention) bool {
	if rd.x.gaz.Actor(m.IDs[0].Slug()).Kind != "forum" {
		return false
	}
	for i := m.First; i < m.Last; i++ {
		switch s.fold(i) {
		case "conference", "summit", "dialogue", "meeting", "consultation":
			return true
		}
	}
	return rd.meetingNames[s.slice(m.First, m.Last)] != ""
}

// said gives the body for which "the ministry" stands: the one of that kind
// named last; nil where none was named.
func (rd *reading) said(s *sentence, i int) *body {
	if s.fold(i-1) != "the" || s.toks[i].Class != gazetteer.Lower {
		return nil
	}
	switch w := s.fold(i); w {
	case "ministry", "agency", "department":
		if next := s.fold(i + 1); next != "of" && next != "for" && next != "-" {
			return rd.last[w]
		}
	}
	return nil
}

// headOf gives the head of a body's name that a text may repeat alone.
func (rd *reading) headOf(s *sentence, first, last int) string {
	for i := first; i < last; i++ {
		switch w := s.fold(i); w {
		case "ministry", "agency", "department":
			return w
		}
	}
	return ""
}

// memberStates reads "ASEAN Member States", and gives the token after it.
func (rd *reading) memberStates(s *sentence, i int) int {
	c := s.chunkAt(i, partyChunk)
	if c == nil || s.fold(c.last) != "member" || s.fold(c.last+1) != "states" && s.fold(c.last+1) != "countries" {
		return i
	}
	return c.last + 2
}

// sameBody tells whether a longer name is a known one with a country added.
func (rd *reading) sameBody(s *sentence, m gazetteer.Mention, last int) bool {
	for i := m.Last; i < last; i++ {
		if f := s.fold(i); f != "of" && f != "the" && s.covering(i, partyChunk) == nil {
			return false
		}
	}
	return true
}

// addBody completes a body with its acronym and its side, and files it.
func (rd *reading) addBody(s *sentence, b *body, first, last int) int {
	nameEnd := last
	// ", Japan (IPA)"
	if s.fold(last) == "," {
		if c := s.chunkAt(last+1, partyChunk); c != nil && c.party.noun && s.fold(c.last) == "(" {
			nameEnd, last = c.last, c.last
		}
	}
	if acronym, end := rd.definition(s, last); end > 0 {
		b.acronym, last = acronym, end
	}
	b.written = s.line(first, last)
	if b.name == "" {
		b.name = strings.TrimSpace(s.line(first, nameEnd))
	}
	if len(b.ids) == 0 {
		b.ids = rd.lookup(b.name)
	}
	for _, c := range s.within(partyChunk, first, nameEnd) {
		if !rd.namesMission(s, c, first) {
			b.home, b.certain = c.party.slug, true
		}
	}
	if b.home == "" && first > 1 && (s.fold(first-1) == "'s" || s.fold(first-1) == "’") {
		if c := s.covering(first-2, partyChunk); c != nil {
			b.home, b.certain = c.party.slug, true
		}
	}
	if b.home == "" && len(b.ids) == 1 {
		b.home = rd.x.homeOf(b.ids[0])
	}
	b.part = rd.isPart(s, first, nameEnd)
	if b.acronym != "" {
		rd.acronyms[b.acronym] = b
	}
	if head := rd.headOf(s, first, nameEnd); head != "" {
		rd.last[head] = b
	}
	s.add(&chunk{kind: bodyChunk, first: first, last: last, body: b})
	return last
}

// namesMission tells of "the UK Mission to the European Union" that the Union
// is not its side.
func (rd *reading) namesMission(s *sentence, c *chunk, first int) bool {
	for i := first; i < c.first; i++ {
		if f := s.fold(i); f == "to" || f == "in" {
			return true
		}
	}
	return false
}

func (rd *reading) lookup(name string) []graph.ID {
	if ids, ok := rd.looked[name]; ok {
		return ids
	}
	ids := rd.lookUp(name)
	rd.looked[name] = ids
	return ids
}

func (rd *reading) lookUp(name string) []graph.ID {
	ids := rd.x.gaz.Lookup(graph.KindActor, name)
	return slices.DeleteFunc(slices.Clone(ids), func(id graph.ID) bool { return rd.x.isParty([]graph.ID{id}) })
}

// isPart tells of a division that it is a part of something.
func (rd *reading) isPart(s *sentence, first, last int) bool {
	head := ""
	for i := first; i < last; i++ {
		if rd.lex().is("body", s.word(i)) && s.isName(i) {
			head = s.word(i)
			if f := s.fold(i + s.width(i)); f == "of" || f == "for" {
				break
			}
		}
	}
	switch head {
	case "division", "section", "unit", "bureau", "directorate", "branch", "group":
		if head == "directorate" && s.has(first, last, "general") {
			return false
		}
		return !s.has(first, last, "investigation", "federal", "central", "investigations")
	}
	return false
}

// definition reads "(ACRONYM)" after a name; end is 0 where there is none.
func (rd *reading) definition(s *sentence, at int) (string, int) {
	if s.fold(at) != "(" {
		return "", 0
	}
	end := at + 1
	capitals := 0
	for ; end < len(s.toks) && end-at <= 6; end++ {
		t := s.toks[end]
		if t.Fold == ")" {
			break
		}
		for _, r := range t.Text {
			if r >= 'A' && r <= 'Z' {
				capitals++
			}
		}
	}
	if end >= len(s.toks) || s.fold(end) != ")" || capitals < 2 || end-at > 6 {
		return "", 0
	}
	text := strings.Trim(s.line(at+1, end), "\"“”'’ ")
	if len(strings.Fields(text)) > 2 || strings.ContainsAny(text, ",;") {
		return "", 0
	}
	return text, end + 1
}

// explained tells of an acronym that the text has explained, or that stands
// for a body by its form.
func (rd *reading) explained(s *sentence, i int) bool {
	if !s.isName(i) || i > 0 && s.fold(i-1) == "-" && !s.toks[i].Spaced {
		return false
	}
	text := s.slice(i, i+s.width(i))
	if rd.acronyms[text] != nil {
		return true
	}
	if strings.Contains(text, "CERT") || strings.Contains(text, "CSIRT") {
		return s.toks[i].Class == gazetteer.Upper
	}
	return rd.bareAcronym(s, i)
}

// bareAcronym tells of capitals that could be the acronym of a body.
func (rd *reading) bareAcronym(s *sentence, i int) bool {
	t := s.toks[i]
	mixed := t.Class == gazetteer.Capital && len(t.Text) <= 6 && capitalsIn(t.Text) >= 2
	if t.Class != gazetteer.Upper && !mixed || len(t.Text) < 3 || len(t.Text) > 9 || rd.lex().is("not-body", t.Fold) || strings.Contains(t.Text, ".") {
		return false
	}
	if s.covering(i, partyChunk) != nil || s.compound(i) || rd.meetingNames[t.Text] != "" {
		return false
	}
	for _, r := range t.Text {
		if (r < 'A' || r > 'Z') && !(mixed && r >= 'a' && r <= 'z') {
			return false
		}
	}
	// Not in a line of capitals, nor a family name beside a given name.
	if s.isName(i-1) && s.toks[i].Spaced && !rd.lex().common[s.fold(i-1)] || s.isName(i+1) && s.toks[i+1].Spaced && !rd.lex().common[s.fold(i+1)] || s.compound(i+1) {
		return false
	}
	return true
}

func capitalsIn(text string) int {
	n := 0
	for _, r := range text {
		if r >= 'A' && r <= 'Z' {
			n++
		}
	}
	return n
}

func (rd *reading) acronym(s *sentence, i, last int) *body {
	text := s.slice(i, last)
	if known := rd.acronyms[text]; known != nil {
		copied := *known
		copied.acronym, copied.written = "", ""
		if copied.name == "" {
			copied.name = text
		}
		return &copied
	}
	b := &body{name: "", weak: !strings.Contains(text, "CERT") && !strings.Contains(text, "CSIRT")}
	return b
}

// ofCountry reads names of bodies that only their country ends: "Public Safety
// Canada", "Business Finland".
func (rd *reading) ofCountry(s *sentence, i int) int {
	if i > 0 && s.isName(i-1) || !s.isName(i) || s.covering(i, partyChunk) != nil {
		return 0
	}
	switch s.fold(i - 1) {
	case ",", "and", "from", "of", "the", "by", "with":
	default:
		return 0
	}
	for j := i; j < i+4 && s.isName(j); j += s.width(j) {
		if c := s.chunkAt(j, partyChunk); c != nil && j > i && c.party.noun {
			switch s.fold(c.last) {
			case ",", "and", ".", ";", "", "(", ")":
				return c.last
			}
			return 0
		}
		w := s.fold(j)
		if rd.lex().is("position", w) || rd.lex().meeting[w] != "" || s.covering(j, placeChunk) != nil || s.covering(j, dateChunk) != nil || rd.lex().functional[w] || w == "north" || w == "south" || w == "republic" {
			return 0
		}
	}
	return 0
}

// plainBody finds "foreign ministry" after the adjective of a party.
func (rd *reading) plainBody(s *sentence, i int) int {
	at := i
	if c := s.chunkAt(i, partyChunk); c != nil {
		at = c.last
		if s.fold(at) == "'s" || s.fold(at) == "’" {
			at++
		}
	}
	if !rd.lex().plainFirst[s.fold(at)] {
		return 0
	}
	two := s.fold(at) + " " + s.fold(at+1)
	if rd.lex().is("plain-body", two) {
		return at + 2
	}
	if rd.lex().is("plain-body", two+" "+s.fold(at+2)) {
		return at + 3
	}
	return 0
}

func title(words string) string {
	parts := strings.Fields(words)
	for i, w := range parts {
		parts[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(parts, " ")
}

// loneWord tells of one word between commas, such as Treasury, that it is one
// more element of a list.
func (rd *reading) loneWord(s *sentence, i int) bool {
	switch s.fold(i + s.width(i)) {
	case ",", "and", ".", ";", "", "took", "were", "was":
		return true
	}
	return false
}

// wholeBody tells whether tokens are a body by themselves.
func (rd *reading) wholeBody(s *sentence, first, last int) bool {
	if last-first < 2 {
		return false // "the Departments of State and the Treasury"
	}
	for i := first; i < last; i++ {
		if rd.lex().is("last-body", s.word(i)) && i+s.width(i) >= last {
			return true
		}
	}
	return false
}

// startsBody tells whether a body of its own begins at a token, before the next
// comma or "and".
func (rd *reading) startsBody(s *sentence, i int) bool {
	for _, m := range s.found {
		if m.First == i && m.Kind == graph.KindActor && !rd.x.isParty(m.IDs) {
			return true
		}
	}
	for j := i; j < len(s.toks); j += s.width(j) {
		if !s.isName(j) {
			f := s.fold(j)
			if f == "and" && j > i+1 && s.isName(j+1) && rd.endsInBody(s, j+1) {
				return true
			}
			if (f == "'s" || f == "’" || f == "of" || f == "for" || f == "the") && j > i && s.isName(j+1) {
				continue
			}
			return false
		}
		if rd.lex().is("body", s.word(j)) || rd.lex().is("body", s.fold(j)) || rd.lex().bodies[s.fold(j)] != "" {
			return true
		}
	}
	return false
}

// endsInBody tells whether capitals from a token on end in the head of a body.
func (rd *reading) endsInBody(s *sentence, i int) bool {
	last := ""
	words := 0
	for ; s.isName(i); i += s.width(i) {
		last = s.word(i)
		words++
	}
	return words > 1 && rd.lex().is("last-body", last)
}

// bodyEnd reads the name of a body by its form, and gives the token after it; i
// where there is none.
func (rd *reading) bodyEnd(s *sentence, i int) int {
	if !s.isName(i) || s.fold(i) == "the" || i > 0 && s.fold(i-1) == "-" && !s.toks[i].Spaced {
		return i
	}
	lex := rd.lex()
	switch s.word(i) {
	case "senior", "deputy", "acting", "assistant", "principal":
		return i // of somebody's position
	}
	head, headWord := -1, ""
	j := i
	end := i
	complement := false // of the head: "of Foreign Affairs"
	for j < len(s.toks) {
		w, width := s.word(j), s.width(j)
		switch {
		case s.isName(j):
			if j > i && head >= 0 && end == j && !complement && !rd.continues(s, j) {
				return end
			}
			if lex.is("position", w) && (head >= 0 || !rd.officeFollows(s, j)) {
				if head < 0 {
					return i
				}
				return end
			}
			if lex.is("body", w) || lex.is("body", s.fold(j+width-1)) || strings.HasSuffix(w, "secretariat") {
				head, headWord = j, w
			}
			j += width
			if head >= 0 {
				end = j
			}
		case w == "of" || w == "for" || w == "on":
			if head < 0 || end != j || !s.isName(rd.skipThe(s, j+1)) {
				return pick(head, end, i)
			}
			j = rd.skipThe(s, j+1)
			if rd.isPersonal(s, j) {
				return pick(head, end, i)
			}
			complement = true
		case w == "to" || w == "in" || w == "at":
			next := rd.skipThe(s, j+1)
			if head < 0 || !lex.accredited[headWord] || s.chunkAt(next, partyChunk) == nil && !rd.isPlace(s, next) && w != "to" || !s.isName(next) {
				return pick(head, end, i)
			}
			complement = true
			j = next
		case w == "and" || w == "&":
			if !s.isName(j+1) && !(s.fold(j+1) == "the" && head >= 0) {
				return pick(head, end, i)
			}
			if head >= 0 && (end != j || s.endsAtHead(head, end) || s.fold(j+1) == "the" || rd.startsBody(s, j+1) || s.chunkAt(j+1, partyChunk) != nil || rd.isAcronymBody(s, j+1) || rd.isPersonal(s, j+1)) {
				return pick(head, end, i)
			}
			if c := s.covering(i, partyChunk); head < 0 && (c != nil && c.last == j || rd.isAcronymBody(s, i) && i+s.width(i) == j) {
				return i
			}
			j++
		case w == "'s" || w == "’" || w == "'":
			// "the Prime Minister's Office", but Japan's ministry begins after it.
			if c := s.chunkAt(i, partyChunk); c != nil && c.last == j || head >= 0 || !s.isName(j+1) {
				if head < 0 && rd.lex().is("position", s.word(j-1)) && j > i+1 && (s.fold(j+1) == "office" || s.fold(j+1) == "secretariat") {
					return j + 2
				}
				if s.fold(j) != "'s" && head >= 0 && s.isName(j+1) && lex.is("last-body", s.word(j+1)) {
					j++
					continue
				}
				return pick(head, end, i)
			}
			j++
		case w == ",":
			if head < 0 || end != j || s.endsAtHead(head, end) {
				return pick(head, end, i)
			}
			next := rd.listEnd(s, j)
			if next == 0 {
				return pick(head, end, i)
			}
			j, end = next, next
		case w == "-" && !s.toks[j].Spaced:
			j++
		default:
			return pick(head, end, i)
		}
	}
	return pick(head, end, i)
}

func pick(head, end, start int) int {
	if head < 0 {
		return start
	}
	return end
}

func (rd *reading) skipThe(s *sentence, i int) int {
	if s.fold(i) == "the" {
		return i + 1
	}
	return i
}

// officeFollows tells of "Prime Minister's Office" that the position is part of
// a body's name.
func (rd *reading) officeFollows(s *sentence, j int) bool {
	for k := j + s.width(j); k < len(s.toks) && k < j+6; k++ {
		if rd.lex().is("last-body", s.word(k)) && s.isName(k) {
			return s.fold(k-1) == "'s" || s.fold(k-1) == "’" || s.fold(k-1) == "'"
		}
		if !s.isName(k) && s.fold(k) != "'s" && s.fold(k) != "’" && s.fold(k) != "'" {
			return false
		}
	}
	return false
}

// continues tells whether a name goes on after its head: "National Security
// Council Secretariat".
func (rd *reading) continues(s *sentence, j int) bool {
	for k := j; k < len(s.toks) && s.isName(k); k += s.width(k) {
		if rd.lex().is("position", s.word(k)) {
			return false
		}
		if rd.lex().is("last-body", s.word(k)) || s.fold(k) == "general" {
			return true
		}
	}
	c := s.chunkAt(j, partyChunk)
	return c != nil && c.party.noun && s.fold(j-1) != "," && (s.fold(c.last) == "," || s.fold(c.last) == "and" || s.fold(c.last) == "" || s.fold(c.last) == ".")
}

// endsAtHead tells of a name that its head is its last word, so that nothing
// more belongs to it: "Home Office", but "Ministry of Foreign Affairs" may go on.
func (s *sentence) endsAtHead(head, end int) bool { return head+s.width(head) == end }

func (rd *reading) isAcronymBody(s *sentence, i int) bool {
	if i >= len(s.toks) {
		return false
	}
	return rd.bareAcronym(s, i) || s.toks[i].Class == gazetteer.Upper && rd.acronyms[s.slice(i, i+s.width(i))] != nil
}

// isPersonal tells whether a person is named at a token.
func (rd *reading) isPersonal(s *sentence, i int) bool {
	if rd.lex().is("honorific-strong", s.fold(i)) {
		return true
	}
	for _, m := range s.found {
		if m.First == i && m.Kind == graph.KindPerson {
			return true
		}
	}
	return false
}

func (rd *reading) isPlace(s *sentence, i int) bool {
	for _, m := range s.found {
		if m.First == i && m.Kind == graph.KindPlace {
			return true
		}
	}
	return false
}

// listEnd tells of a comma inside a name ("Economy, Trade and Industry") where
// the name ends; 0 where the comma ends it.
func (rd *reading) listEnd(s *sentence, comma int) int {
	at := comma
	for s.fold(at) == "," || s.fold(at) == "and" || s.fold(at) == "&" {
		last := s.fold(at) != ","
		at++
		if !last && (s.fold(at) == "and" || s.fold(at) == "&") {
			last = true
			at++
		}
		start := at
		if s.fold(at) == "the" || rd.startsBody(s, at) || s.chunkAt(at, partyChunk) != nil || at < len(s.toks) && rd.isAcronymBody(s, at) || rd.isPersonal(s, at) || rd.isPlace(s, at) {
			return 0
		}
		if rd.newPerson(s, at) {
			return 0
		}
		for s.isName(at) {
			if rd.lex().is("position", s.word(at)) {
				return 0
			}
			at += s.width(at)
		}
		if at == start || at-start > 3 {
			return 0
		}
		if !last && (s.fold(at) == "of" || s.fold(at) == "for") {
			return 0
		}
		if last {
			return at
		}
	}
	return 0
}

// home gives the state of a body's only entry.
func (x *Extractor) homeOf(id graph.ID) string {
	root := x.gaz.Root(id).Slug()
	if _, ok := x.states[root]; ok {
		return root
	}
	return ""
}

func (x *Extractor) homeOfPlace(place string) string {
	if slug, ok := x.placeState[place]; ok {
		return slug
	}
	if _, ok := x.states[place]; ok {
		return place
	}
	return ""
}
