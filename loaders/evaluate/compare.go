package evaluate

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// fold gives the form under which names are compared: a to z, 0 to 9 and single
// spaces, without accents, possessive 's and a leading "the".
//
// Letters are decomposed one by one: as a whole, norm.NFKD would put a joiner
// into long runs of accents, and the order of accents does not matter here.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		for _, part := range norm.NFKD.String(string(r)) {
			switch {
			case part == '’':
				b.WriteByte('\'')
			case norm.NFKD.PropertiesString(string(part)).CCC() == 0:
				b.WriteRune(part)
			}
		}
	}
	s = strings.ToLower(b.String())
	s = strings.ReplaceAll(s, "&", " and ")
	s = strings.ReplaceAll(s, "'s ", " ")
	words := strings.FieldsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.TrimPrefix(strings.Join(words, " "), "the ")
}

func sameText(a, b string) bool { return fold(a) == fold(b) }

// set is a set of words.
type set map[string]bool

func (s set) common(other set) int {
	n := 0
	for w := range s {
		if other[w] {
			n++
		}
	}
	return n
}

// tokens gives the words of a name that say something, without a plural s.
func tokens(s string) set {
	out := set{}
	for _, w := range strings.Fields(fold(s)) {
		if stopWords[w] {
			continue
		}
		if len(w) > 4 {
			w = strings.TrimSuffix(w, "s")
		}
		out[w] = true
	}
	return out
}

// overlap tells how many words two texts share, from 0 to 1.
func overlap(a, b string) float64 {
	x, y := tokens(a), tokens(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	return float64(2*x.common(y)) / float64(len(x)+len(y))
}

// party gives one name to all ways of naming a side.
func party(s string) string {
	name := fold(s)
	for _, c := range countries {
		if c.name == name {
			return c.party
		}
	}
	return name
}

func sameParty(a, b string) bool { return party(a) == party(b) }

// stripCountry leaves of an organisation's name what does not say whose it is.
func stripCountry(s string) string {
	name := fold(s)
	for _, c := range countryWords {
		if strings.Contains(name, c.name) {
			name = c.word.ReplaceAllString(name, " ")
		}
	}
	words := slices.DeleteFunc(strings.Fields(name), func(w string) bool { return stopWords[w] })
	return strings.Join(words, " ")
}

// samePerson tells whether two names are of one person: the same words, the same
// letters however they are split and ordered, or two words in common.
func samePerson(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	return letters(x) == letters(y) || x.common(y) >= 2
}

func nameWords(s string) set {
	out := set{}
	for _, w := range strings.Fields(fold(s)) {
		if !honorifics[w] {
			out[w] = true
		}
	}
	return out
}

// letters gives the letters of a set of words in alphabetical order.
func letters(words set) string {
	all := []byte(strings.Join(slices.Collect(maps.Keys(words)), ""))
	slices.Sort(all)
	return string(all)
}

// sameOrg tells whether two names are of one organisation, whether or not they
// say of which country.
func sameOrg(a, b string) bool {
	x, y := stripCountry(a), stripCountry(b)
	if x == "" || y == "" {
		return sameText(a, b)
	}
	if x == y || sameText(a, b) {
		return true
	}
	v, w := tokens(x), tokens(y)
	if len(v) == 0 || len(w) == 0 {
		return false
	}
	common := v.common(w)
	return float64(common)/float64(len(v)+len(w)-common) >= 0.75
}
