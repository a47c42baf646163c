package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dialograph/graph/names"
)

// Highlight is a part of a name that a search matched. Start and End count code
// points of the name.
type Highlight struct {
	Text       string
	Start, End int
}

// Highlights gives the parts of the matched name that the search asked for, in
// their order.
func (h Hit) Highlights() []Highlight {
	out := []Highlight{}
	words := strings.Fields(h.query)
	name := []rune(h.Matched)
	for start := 0; start < len(name); {
		end := start
		for end < len(name) && inWord(name[end]) {
			end++
		}
		if end == start {
			start++
			continue
		}
		if n := matchedRunes(string(name[start:end]), words, h.query); n > 0 {
			out = append(out, Highlight{string(name[start : start+n]), start, start + n})
		}
		start = end
	}
	if len(out) == 0 {
		return inner(name, h.query)
	}
	return out
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || strings.ContainsRune(".'’", r)
}

// matchedRunes is how many signs of a word, from its start, a search asked for.
func matchedRunes(word string, asked []string, query string) int {
	fold, n := names.Fold(word), utf8.RuneCountInString(word)
	if fold == "" {
		return 0
	}
	begun := 0
	for _, w := range asked {
		switch {
		case fold == w || fold == query:
			return n
		case strings.HasPrefix(fold, w) && utf8.RuneCountInString(w) >= 2:
			if begun = utf8.RuneCountInString(w); utf8.RuneCountInString(fold) != n {
				begun = n // letters that fold to several: the whole word
			}
		case begun == 0 && utf8.RuneCountInString(w) >= leastFuzzy && oneEdit([]rune(w), []rune(fold)):
			begun = n
		}
	}
	return begun
}

// inner finds a part of a name in a script that does not separate words.
func inner(name []rune, query string) []Highlight {
	for start := range name {
		for end := start + 1; end <= len(name); end++ {
			if fold := names.Fold(string(name[start:end])); fold == query {
				return []Highlight{{string(name[start:end]), start, end}}
			} else if len(fold) > len(query) {
				break
			}
		}
	}
	return []Highlight{}
}
