// Package names says when two ways of writing a name are the same: case,
// accents, punctuation and the kinds of space and apostrophe apart, in every
// script. It does not transliterate: 국가 and "gukga" are different.
package names

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the form under which a name is compared: lower case, without
// accents, words separated by single spaces, "&" as "and", no leading "the".
func Fold(name string) string { return strings.Join(Words(name), " ") }

// Words gives the words of a name, folded. Folding them again changes nothing:
// where marks come to stand on other letters once something between them is
// left out, it is done again.
func Words(name string) []string {
	words, plain := foldASCII(name)
	if !plain {
		words = fold(name)
	}
	for range 4 {
		if plain {
			break
		}
		again := fold(strings.Join(words, " "))
		if slices.Equal(again, words) {
			break
		}
		words = again
	}
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return words
}

// foldASCII folds a name of ASCII alone, for which once is enough; false for
// any other.
func foldASCII(name string) ([]string, bool) {
	b := make([]byte, 0, len(name)+8)
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 0x80:
			return nil, false
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b = append(b, c)
		case c == '&':
			b = append(b, " and "...)
		case c == '\'' || c == '.' || c == '`':
		default:
			b = append(b, ' ')
		}
	}
	return strings.Fields(string(b)), true
}

func fold(name string) []string {
	var b strings.Builder
	var last rune // written
	for _, r := range norm.NFKC.String(name) {
		if unicode.Is(unicode.Mn, r) && unicode.In(last, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
			continue // these letters lose their accents
		}
		for _, plain := range foldRune(r) {
			b.WriteRune(plain)
			last = plain
		}
	}
	return strings.Fields(b.String())
}

func foldRune(r rune) string {
	switch {
	case r == '&':
		return " and "
	case r == '\'' || r == '’' || r == '‘' || r == '.' || r == '`' || r == '´':
		return "" // U.S. is US, Prosecutors' is Prosecutors
	case unicode.Is(unicode.Latin, r):
		return plainLatin(r)
	case unicode.IsLetter(r):
		return strings.ToLower(withoutMarks(r))
	case unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
		return string(r)
	default:
		return " "
	}
}

// plainLatin writes a Latin letter with a to z where it has a form in them.
func plainLatin(r rune) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(unidecode.Unidecode(string(unicode.ToLower(r)))))
	if plain == "" {
		return string(unicode.ToLower(r))
	}
	return plain
}

// withoutMarks removes the accents of Greek and Cyrillic letters; syllables of
// Hangul and kana with voicing marks are letters of their own and stay.
func withoutMarks(r rune) string {
	if !unicode.In(r, unicode.Greek, unicode.Cyrillic) {
		return string(r)
	}
	for _, base := range norm.NFD.String(string(r)) {
		return string(base)
	}
	return string(r)
}

// FoldUnordered gives a form that is the same whichever part of a person's name
// comes first: the words in alphabetical order. Family names come first in
// Korean and Japanese, and press statements follow either custom.
func FoldUnordered(name string) string {
	words := Words(name)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// Slug makes an id of a name: its words in Latin letters and digits, joined by
// hyphens. Words without any are left out, and so are those that would make it
// longer than so many bytes; "" where nothing is left.
func Slug(name string, longest int) string {
	var b strings.Builder
	for _, w := range Words(name) {
		plain := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, w)
		if plain == "" || b.Len()+len(plain) >= longest {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(plain)
	}
	return b.String()
}
