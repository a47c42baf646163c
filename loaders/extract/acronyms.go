package extract

import (
	"dialograph/loaders/gazetteer"
	"strings"
)

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

func (rd *reading) isAcronymBody(s *sentence, i int) bool {
	if i >= len(s.toks) {
		return false
	}
	return rd.bareAcronym(s, i) || s.toks[i].Class == gazetteer.Upper && rd.acronyms[s.slice(i, i+s.width(i))] != nil
}
