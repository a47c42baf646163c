package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dialograph/graph/names"
)

// Token is a word, a number or a sign of a text.
type Token struct {
	Start, End int    // bytes of the text, half open
	Text       string // as written
	Fold       string // as names compare; a sign is itself
	Class      Class
	Spaced     bool // white space stands before it
}

// Class tells how a token is written.
type Class uint8

// The classes of token.
const (
	Sign    Class = iota // punctuation
	Lower                // dialogue; also every word in a script without capitals
	Capital              // Dialogue
	Upper                // EU, and a single capital
	Number               // begins with a digit: 7th, 2020, 24.11.2020
)

// Tokens gives the tokens of text[start:end]. A possessive 's stands for itself,
// so does every hyphen; U.S. and 24.11.2020 are one token each.
func Tokens(text string, start, end int) []Token {
	out := make([]Token, 0, (end-start)/5+1)
	spaced := true
	for at := start; at < end; {
		r, size := utf8.DecodeRuneInString(text[at:end])
		if isBlank(r) {
			spaced = true
			at += size
			continue
		}
		stop := at + size
		class := Sign
		if isWordRune(r) {
			stop = wordEnd(text, at, end)
			if stop-at > 4 && text[at:at+3] == "the" && upperASCII(text[at+3]) {
				stop = at + 3 // "theDepartment", as pages lose a space
			}
			class = classOf(text[at:stop], r)
		} else if (r == '\'' || r == '’') && possessive(text, at, end, spaced) {
			stop = at + size + 1
		}
		out = append(out, Token{at, stop, text[at:stop], foldToken(text[at:stop], class), class, spaced})
		at, spaced = stop, false
	}
	return out
}

func isBlank(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' || r > unicode.MaxASCII && (unicode.IsSpace(r) || r == '\u200b' || r == '\u00ad' || r == '\ufeff')
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// possessive tells whether an apostrophe begins 's.
func possessive(text string, at, end int, spaced bool) bool {
	_, size := utf8.DecodeRuneInString(text[at:])
	after := at + size
	if spaced || after >= end || (text[after] != 's' && text[after] != 'S') {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[after+1 : end])
	return !isWordRune(r)
}

// wordEnd finds the end of a word: letters and digits, with the points of U.S.
// and of numbers, and an apostrophe between letters (O'Brien, but not Korea's).
func wordEnd(text string, start, end int) int {
	at := start
	for at < end {
		r, size := utf8.DecodeRuneInString(text[at:end])
		switch {
		case isWordRune(r):
			at += size
		case r == '.' && pointInside(text, start, at, end):
			at += size
		case (r == ':' || r == ',') && digitsAround(text, at, end) && r == ':':
			at += size
		case (r == '\'' || r == '’') && at+size < end && !possessive(text, at, end, false) && letterAt(text, at+size, end):
			at += size
		default:
			return at
		}
	}
	return at
}

func letterAt(text string, at, end int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:end])
	return unicode.IsLetter(r)
}

func digitsAround(text string, at, end int) bool {
	return at > 0 && at+1 < end && isDigit(text[at-1]) && isDigit(text[at+1])
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// pointInside tells whether a point belongs to the word: 24.11, U.S, and the
// last one of U.S.
func pointInside(text string, start, at, end int) bool {
	if digitsAround(text, at, end) {
		return true
	}
	single := at-start == 1 || at-start >= 2 && text[at-2] == '.'
	if !single || !upperASCII(text[at-1]) {
		return false
	}
	if at+1 < end && upperASCII(text[at+1]) && (at+2 >= end || !isWordRune(rune(text[at+2]))) {
		return true // another letter follows: U.S
	}
	return at-start >= 2
}

func upperASCII(b byte) bool { return b >= 'A' && b <= 'Z' }

func classOf(word string, first rune) Class {
	switch {
	case first >= '0' && first <= '9' || first > unicode.MaxASCII && unicode.IsDigit(first):
		return Number
	case !unicode.IsUpper(first):
		return Lower
	}
	for _, r := range word {
		if unicode.IsLower(r) {
			return Capital
		}
	}
	return Upper
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func foldToken(word string, class Class) string {
	if class == Sign {
		switch word {
		case "&":
			return "and"
		case "–", "‑", "‐", "—", "−":
			return "-"
		case "’s", "’S", "'S":
			return "'s"
		}
		return word
	}
	if class == Number {
		return strings.ToLower(word)
	}
	plain := true
	for i := range len(word) {
		if c := word[i]; c >= utf8.RuneSelf || c == '.' || c == '\'' {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(word)
	}
	if isASCII(word) {
		return strings.ToLower(strings.NewReplacer(".", "", "'", "").Replace(word))
	}
	if f := names.Fold(word); f != "" {
		return f
	}
	return strings.ToLower(word)
}
