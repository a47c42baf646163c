package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dialograph/graph/names"

	"github.com/hbollon/go-edlib"
)

// compared is how alike two names are, and in what.
type compared struct {
	level likeness
	score float64
	why   []string
}

// comparePeople compares a name with the most alike of an entry's names.
func comparePeople(name string, all []string, s *system) compared {
	var best compared
	for _, other := range all {
		c := compareNames(parse(name, s), parse(other, s), s)
		if c.level > best.level || c.level == best.level && c.score > best.score {
			best = c
		}
	}
	return best
}

// part is a given or a family name: one word, its key, where it stood.
type part struct {
	shown string // as written
	text  string
	key   string
	last  bool
}

// honorifics are no part of a name.
var honorifics = strings.Fields(`mr mrs ms miss dr prof professor amb ambassador he hon honourable honorable excellency sir dame lord lady
minister secretary director general gen col colonel adm admiral capt brig lt maj major mme madame herr frau shri smt datuk dato dato' ir
대사 국장 심의관 차관 장관 과장 단장 차장 실장 수석 氏 さん`)

// parse gives the parts of a name. A hyphen within a name joins: Jong-kwon and
// Jongkwon are one.
func parse(name string, s *system) []part {
	var out []part
	for word := range strings.FieldsSeq(strings.ReplaceAll(name, ",", " ")) {
		syllables := names.Words(word)
		text := strings.Join(syllables, "")
		if text == "" || slices.Contains(honorifics, text) {
			continue
		}
		for _, p := range partsOf(text, syllables, s) {
			if p.text != "" {
				p.shown = cmp.Or(p.shown, word)
				out = append(out, p)
			}
		}
	}
	out = withoutTitle(out)
	if len(out) > 0 {
		out[len(out)-1].last = true
	}
	return out
}

// partsOf reads one word; a Korean name in Hangul is a family name of one
// syllable with a given name.
func partsOf(text string, hyphenated []string, s *system) []part {
	syllables := hangul(text)
	switch {
	case s == korean && len(syllables) >= 2 && len(syllables) <= 4:
		family, given := newPart(syllables[:1], s), newPart(syllables[1:], s)
		family.shown, given.shown = family.text, given.text
		return []part{family, given}
	case syllables != nil:
		// What Hangul adds between consonants of other languages goes again.
		return []part{newPart([]string{strings.ReplaceAll(strings.Join(syllables, ""), "eu", "")}, s)}
	case s == korean:
		return []part{newPart(hyphenated, s)}
	}
	return []part{newPart([]string{cyrillic.Replace(text)}, s)}
}

func newPart(syllables []string, s *system) part {
	p := part{text: strings.Join(syllables, "")}
	for _, x := range syllables {
		p.key += s.key(x)
	}
	if len(syllables) > 1 {
		p.key = s.key(p.key)
	}
	return p
}

// withoutTitle keeps of 윤종권 국제사이버협력대사 the name.
func withoutTitle(parts []part) []part {
	if len(parts) > 3 && utf8.RuneCountInString(parts[len(parts)-1].text) > 16 {
		return parts[:len(parts)-1]
	}
	return parts
}

// pair is two parts that may be one name.
type pair struct {
	a, b part
	like float64 // 1 is the same
	how  string  // "same", "romanised", "initial", "short"; "" is mere spelling
}

// compareNames aligns the parts of two names and says how alike they are.
func compareNames(a, b []part, s *system) compared {
	if len(a) == 0 || len(b) == 0 {
		return compared{}
	}
	if level := rejoined(a, b, s); level != unlike {
		c := compared{level: level, score: 1, why: []string{"the same letters, written otherwise"}}
		if level == variant {
			c.score, c.why[0] = .95, "the same name in another romanisation"
		}
		return c
	}
	pairs := align(a, b)
	c := compared{level: levelOf(pairs, len(a) != len(b), s), score: spelling(pairs)}
	for _, p := range pairs {
		c.why = append(c.why, p.why(s)...)
	}
	if c.score < 1 {
		c.why = append(c.why, fmt.Sprintf("spelling %.2f alike", c.score))
	}
	return c
}

// rejoined tells of names that are the same however they are cut and whichever
// part comes first: Lee Taewoo, Tae Woo Lee.
func rejoined(a, b []part, s *system) likeness {
	if len(a)+len(b) < 3 {
		return unlike
	}
	text := func(p part) string { return p.text }
	key := func(p part) string { return p.key }
	level := unlike
	for i := range b {
		turned := slices.Concat(b[i:], b[:i])
		switch {
		case join(a, text) == join(turned, text):
			return exact
		case s != nil && s.key(join(a, key)) == s.key(join(turned, key)):
			level = variant
		}
	}
	return level
}

func join(parts []part, form func(part) string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(form(p))
	}
	return b.String()
}

// align pairs each part of the shorter name with one of the longer, the most
// alike first.
func align(a, b []part) []pair {
	if len(a) > len(b) {
		a, b = b, a
	}
	var all []pair
	for _, x := range a {
		for _, y := range b {
			like, how := alike(x, y)
			all = append(all, pair{x, y, like, how})
		}
	}
	slices.SortStableFunc(all, func(p, q pair) int {
		if p.like != q.like {
			if p.like > q.like {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(min(p.a.text, p.b.text), min(q.a.text, q.b.text)), cmp.Compare(max(p.a.text, p.b.text), max(q.a.text, q.b.text)))
	})
	var out []pair
	for _, p := range all {
		if !slices.ContainsFunc(out, func(q pair) bool { return q.a == p.a || q.b == p.b }) {
			out = append(out, p)
		}
	}
	return out
}

// shortForms are given names and what people are called instead; forms that
// are the beginning of the name need no line here.
var shortForms = variants(`robert: bob rob
william: bill will
thomas: tom
nathaniel: nate nat
elizabeth: liz beth
james: jim
john: jack
richard: dick rick
anthony: tony
margaret: peggy meg
edward: ted ed
michael: mike`)

// alike compares two parts. Mere spelling is the share of letters that stay
// when one is turned into the other.
func alike(a, b part) (float64, string) {
	x, y := a.text, b.text
	if len(x) > len(y) {
		x, y = y, x
	}
	switch {
	case x == y:
		return 1, "same"
	case a.key == b.key:
		return .95, "romanised"
	case len(x) == 1 && strings.HasPrefix(y, x):
		return .8, "initial"
	case shortForms[x] == y, len(x) >= 3 && len(y) >= len(x)+3 && strings.HasPrefix(y, x):
		return .85, "short"
	}
	longest := max(utf8.RuneCountInString(x), utf8.RuneCountInString(y))
	like := 1 - float64(edlib.OSADamerauLevenshteinDistance(x, y))/float64(longest)
	return like, ""
}

// levelOf says what the pairs amount to. Where some parts have no partner, both
// names must have at least two that do; in East Asia, where a given name is of
// two syllables, none may be missing.
func levelOf(pairs []pair, abridged bool, s *system) likeness {
	east := s != nil && s.familyFirst
	whole := len(pairs) >= 2 && (!abridged || !east)
	lowest, same, long, sure := 1.0, 0, 0, 0
	for _, p := range pairs {
		lowest = min(lowest, p.like)
		if p.how == "same" || p.how == "romanised" {
			long = max(long, len(p.a.text))
			sure++
		}
		if p.how == "same" {
			same++
		}
	}
	switch {
	case whole && same == len(pairs):
		return exact
	case whole && sure > 0 && !slices.ContainsFunc(pairs, func(p pair) bool { return p.how == "" }):
		return variant
	case whole && long >= 3 && lowest >= .8, whole && lowest >= .85:
		return misspelt
	case sure > 0 && lowest >= .4 && len(pairs) >= 2, len(pairs) >= 2 && lowest >= .7:
		return akin
	case long >= 4 && !east:
		return oneName
	}
	return unlike
}

// spelling is how alike the parts are by their letters, the longer ones more.
func spelling(pairs []pair) float64 {
	var sum, weight float64
	for _, p := range pairs {
		w := float64(max(len(p.a.text), len(p.b.text)))
		sum += w * p.like
		weight += w
	}
	return sum / weight
}

func (p pair) why(s *system) []string {
	which := "name"
	if s == nil || !s.familyFirst {
		which = "given name"
		if p.a.last {
			which = "family name"
		}
		if p.a.last != p.b.last {
			which = "name"
		}
	}
	switch p.how {
	case "same":
		return []string{fmt.Sprintf("same %s %s", which, p.a.shown)}
	case "romanised":
		return []string{fmt.Sprintf("%s and %s are one %s in two romanisations", p.a.shown, p.b.shown, which)}
	case "initial":
		return []string{fmt.Sprintf("an initial: %s, %s", p.a.shown, p.b.shown)}
	case "short":
		return []string{fmt.Sprintf("a short form: %s, %s", p.a.shown, p.b.shown)}
	}
	return nil
}
