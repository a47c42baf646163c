package turtle

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func isDigit(c int) bool  { return c >= '0' && c <= '9' }
func isLetter(c int) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isHex(c int) bool    { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// inIRI tells whether a character may stand in an IRI; so may a backslash,
// which begins an escape.
func inIRI(r rune) bool { return r > ' ' && (r > '~' || !strings.ContainsRune("<>\"{}|^`", r)) }

// nameStarts is PN_CHARS_BASE of the grammar beyond ASCII; nameInner is what
// PN_CHARS adds to it.
var (
	nameStarts = &unicode.RangeTable{
		R16: []unicode.Range16{{0xC0, 0xD6, 1}, {0xD8, 0xF6, 1}, {0xF8, 0x2FF, 1}, {0x370, 0x37D, 1}, {0x37F, 0x1FFF, 1}, {0x200C, 0x200D, 1},
			{0x2070, 0x218F, 1}, {0x2C00, 0x2FEF, 1}, {0x3001, 0xD7FF, 1}, {0xF900, 0xFDCF, 1}, {0xFDF0, 0xFFFD, 1}},
		R32: []unicode.Range32{{0x10000, 0xEFFFF, 1}},
	}
	nameInner = &unicode.RangeTable{R16: []unicode.Range16{{0xB7, 0xB7, 1}, {0x300, 0x36F, 1}, {0x203F, 0x2040, 1}}}
)

// startsName is PN_CHARS_BASE.
func startsName(r rune) bool {
	return isLetter(int(r)) || r >= utf8.RuneSelf && unicode.Is(nameStarts, r)
}

// inName is PN_CHARS.
func inName(r rune) bool {
	return startsName(r) || isDigit(int(r)) || r == '_' || r == '-' || r >= utf8.RuneSelf && unicode.Is(nameInner, r)
}

// span gives how far a name reaches from i: characters that belong and dots
// between them.
func (l *lexer) span(i int, belongs func(rune) bool) int {
	last := i
	for {
		r, size := l.runeAt(i)
		if r != '.' && !belongs(r) {
			return last
		}
		if i += size; r != '.' {
			last = i
		}
	}
}

func (l *lexer) blank(t *token) error {
	t.kind = blank
	if r, _ := l.runeAt(2); !inName(r) || r == '-' || r >= utf8.RuneSelf && unicode.Is(nameInner, r) {
		return fmt.Errorf("_: is followed by no label")
	}
	t.text = string(l.take(l.span(2, inName))[2:])
	return nil
}

// name reads a prefixed name or a word.
func (l *lexer) name(t *token) error {
	i := 0
	first, size := l.runeAt(0)
	if startsName(first) {
		i = l.span(0, inName)
	}
	if l.at(i) != ':' {
		if i == 0 {
			return fmt.Errorf("%q begins nothing that is known", l.take(max(size, 1)))
		}
		t.kind, t.text = word, string(l.take(i))
		return nil
	}
	last, escaped, err := l.local(i + 1)
	if err != nil {
		return err
	}
	raw := l.take(last)
	t.kind, t.prefix, t.text = name, string(raw[:i]), string(raw[i+1:])
	if escaped {
		t.text = strings.ReplaceAll(t.text, `\`, "") // a backslash is none of the characters that one may escape
	}
	return nil
}

// local gives the end of the local part of a name that begins at i.
func (l *lexer) local(i int) (last int, escaped bool, err error) {
	start := i
	last = i
	for {
		r, size := l.runeAt(i)
		switch {
		case r == '%' && isHex(l.at(i+1)) && isHex(l.at(i+2)):
			size = 3
		case r == '\\' && strings.ContainsRune("_~.-!$&'()*+,;=/?#@%", rune(l.at(i+1))):
			size, escaped = 2, true
		case r == '%' || r == '\\':
			return 0, false, fmt.Errorf("name %q holds a %c that begins no escape", l.shown(i+1), r)
		case r == '.' && i > start:
			i++
			continue
		case r == ':', r != '-' && inName(r) && !unicode.Is(nameInner, r), i > start && inName(r):
		default:
			return last, escaped, nil
		}
		i += size
		last = i
	}
}

// unescape resolves \u and \U and, after a backslash, the characters of pairs:
// each is followed by what it stands for.
func unescape(s, pairs string) (string, error) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, `\`)
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		r, rest, err := escape(after, pairs)
		if err != nil {
			return "", err
		}
		b.WriteRune(r)
		s = rest
	}
}

func escape(s, pairs string) (rune, string, error) {
	if s == "" {
		return 0, "", fmt.Errorf("ends in a backslash")
	}
	if digits := map[byte]int{'u': 4, 'U': 8}[s[0]]; digits > 0 {
		hex := s[1:min(1+digits, len(s))]
		n, err := strconv.ParseUint(hex, 16, 32)
		if err != nil || len(hex) < digits || n > unicode.MaxRune || !utf8.ValidRune(rune(n)) {
			return 0, "", fmt.Errorf(`\%c%s is no character`, s[0], hex)
		}
		return rune(n), s[1+digits:], nil
	}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == s[0] {
			return rune(pairs[i+1]), s[1:], nil
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return 0, "", fmt.Errorf(`\%c is no escape`, r)
}
