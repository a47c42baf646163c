package suggest

import (
	"slices"
	"strings"

	"dialograph/graph"

	"github.com/hbollon/go-edlib"
)

// compareBodies compares the name of an organisation with those of an entry.
func (s *Suggester) compareBodies(n named, c *profile) compared {
	own := s.bodyWords(n.name, n.side, c.id)
	acronym := acronymOf(n.name)
	var best compared
	for _, other := range c.names {
		found := compareWords(own, s.bodyWords(other, n.side, c.id))
		if found.level < exact && acronym != "" && acronym == acronymOf(other) {
			found = compared{akin, .9, []string{"same acronym " + acronym}}
			if len(own) > 1 {
				found.level = exact
			}
		}
		if found.level < akin && initialsOf(n.name, other) {
			found = compared{akin, .8, []string{"the one is the initials of the other: " + n.name + "; " + other}}
		}
		if found.level > best.level || found.level == best.level && found.score > best.score {
			best = found
		}
	}
	return best
}

// bodyWords are the words of an organisation's name, without its acronym, its
// state and the body above it, which some write and some do not. They keep
// their number but not their order.
func (s *Suggester) bodyWords(name string, side, of graph.ID) []string {
	name, _, _ = strings.Cut(name, " (")
	if head, tail, ok := strings.Cut(name, ", "); ok && s.above(tail, of) {
		name = head
	}
	words := plainWords(name)
	for _, w := range s.stateWords(side) {
		if i := slices.Index(words, w); i >= 0 && len(words) > 1 {
			words = slices.Delete(words, i, i+1)
		}
	}
	slices.Sort(words)
	return words
}

// above tells that a name is of a body that another is a part of.
func (s *Suggester) above(name string, of graph.ID) bool {
	return slices.ContainsFunc(s.gazetteer.Lookup(graph.KindActor, name), func(id graph.ID) bool { return id != of && s.within(of, id) })
}

// stateWords are the words of the first name of a side, and its demonyms.
func (s *Suggester) stateWords(side graph.ID) []string {
	p := s.entries[side]
	if p == nil || !p.state {
		return nil
	}
	return append(plainWords(p.names[0]), s.demonyms[p.country]...)
}

// compareWords says exact for the same words, misspelt where one or two are
// misspelt. A word more or less makes another body: a council has a
// secretariat, a ministry has bureaus.
func compareWords(a, b []string) compared {
	if len(a) != len(b) || len(a) < 2 {
		return compared{}
	}
	if slices.Equal(a, b) {
		return compared{exact, 1, []string{"the same words"}}
	}
	onlyA, onlyB := without(a, b), without(b, a)
	if len(onlyA) > len(a)/2 {
		return compared{}
	}
	like := 1.0
	for i := range onlyA {
		longest := max(len([]rune(onlyA[i])), len([]rune(onlyB[i])))
		each := 1 - float64(edlib.OSADamerauLevenshteinDistance(onlyA[i], onlyB[i]))/float64(longest)
		if longest < 5 || each < .85 {
			return compared{}
		}
		like = min(like, each)
	}
	return compared{misspelt, like, []string{"a word misspelt: " + strings.Join(onlyA, " ") + "; " + strings.Join(onlyB, " ")}}
}

// without gives the words of a that are not in b, counting them.
func without(a, b []string) []string {
	rest := slices.Clone(b)
	var out []string
	for _, w := range a {
		if i := slices.Index(rest, w); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else {
			out = append(out, w)
		}
	}
	return out
}

// acronymOf gives KISA for "KISA" and for "Internet Agency (KISA)".
func acronymOf(name string) string {
	if _, inside, ok := strings.Cut(name, "("); ok {
		name = strings.TrimSuffix(inside, ")")
	}
	name = strings.ReplaceAll(name, ".", "")
	if len(name) < 3 || len(name) > 8 || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" {
		return ""
	}
	return name
}

// initialsOf tells that one name is the first letters of the other's words.
func initialsOf(a, b string) bool {
	if acronymOf(a) == "" {
		a, b = b, a
	}
	acronym := acronymOf(a)
	if acronym == "" || strings.Contains(a, " ") || acronymOf(b) == b {
		return false
	}
	b, _, _ = strings.Cut(b, " (")
	return acronym == initials(plainWords(b)) || acronym == initials(strings.Fields(b))
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		for _, r := range w {
			b.WriteRune(r)
			break
		}
	}
	return strings.ToUpper(b.String())
}
