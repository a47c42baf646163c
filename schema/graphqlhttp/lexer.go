package graphqlhttp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/source"
)

// lexer splits a document into tokens (specification of October 2021, section
// 2.1, and of escapes beyond 16 bits that of 2025). graphql-go's lexer loses its
// place after letters outside ASCII, reads half surrogate pairs and lets
// numbers run into names.
type lexer struct {
	text   []rune
	source *source.Source // a byte a character, so that its columns are characters
	at     int
}

type tokenKind int

const (
	endToken tokenKind = iota
	signToken
	nameToken
	intToken
	floatToken
	stringToken
)

// token is a lexical token. Its text is the sign, name or number as it stands,
// or what a string says.
type token struct {
	kind       tokenKind
	text       string
	start, end int
}

// String says what the token is to the person who wrote it.
func (t token) String() string {
	switch t.kind {
	case endToken:
		return "the end of the query"
	case stringToken:
		return "a string"
	case intToken, floatToken:
		return "the number " + t.text
	}
	return fmt.Sprintf("%q", t.text)
}

func newLexer(query string) *lexer {
	text := []rune(query)
	outline := make([]byte, len(text))
	for i, r := range text {
		outline[i] = '?'
		if r < 0x80 {
			outline[i] = byte(r)
		}
	}
	return &lexer{text: text, source: source.NewSource(&source.Source{Body: outline, Name: "query"})}
}

// fail ends reading; Limits.read gives the error to its caller.
func (l *lexer) fail(at int, format string, args ...any) {
	panic(gqlerrors.NewError("The query cannot be read: "+fmt.Sprintf(format, args...)+".", nil, "", l.source, []int{at}, nil))
}

// peek gives a character ahead, -1 after the last.
func (l *lexer) peek(ahead int) rune {
	if l.at+ahead < len(l.text) {
		return l.text[l.at+ahead]
	}
	return -1
}

func (l *lexer) next() token {
	l.skipIgnored()
	start := l.at
	r := l.peek(0)
	switch {
	case r < 0:
		return token{endToken, "", start, start}
	case r == '.' && l.peek(1) == '.' && l.peek(2) == '.':
		l.at += 3
		return token{signToken, "...", start, l.at}
	case strings.ContainsRune("!$&()=@[]{|}:", r):
		l.at++
		return token{signToken, string(r), start, l.at}
	case nameStart(r):
		for nameStart(l.peek(0)) || digit(l.peek(0)) {
			l.at++
		}
		return token{nameToken, string(l.text[start:l.at]), start, l.at}
	case r == '-' || digit(r):
		return l.number()
	case r == '"' && l.peek(1) == '"' && l.peek(2) == '"':
		return l.blockString()
	case r == '"':
		return l.string()
	case r == '\'':
		l.fail(start, "a single quote stands where GraphQL knows only double ones (\")")
	}
	l.fail(start, "%s does not belong here", shown(r))
	return token{}
}

// shown is a character in a message, by its number if no one can see it.
func shown(r rune) string {
	if r > ' ' && r < 0x7f || r > 0xa0 && r != 0x2028 && r != 0x2029 && r != 0xfeff {
		return fmt.Sprintf("the character %q", string(r))
	}
	return fmt.Sprintf("the character U+%04X", r)
}

// skipIgnored passes space, commas, comments and byte order marks (2.1.7).
func (l *lexer) skipIgnored() {
	for {
		switch l.peek(0) {
		case ' ', '\t', '\n', '\r', ',', 0xfeff:
			l.at++
		case '#':
			for r := l.peek(0); r >= 0 && r != '\n' && r != '\r'; r = l.peek(0) {
				l.at++
			}
		default:
			return
		}
	}
}

func nameStart(r rune) bool { return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func digit(r rune) bool { return r >= '0' && r <= '9' }

// number reads an Int or Float (2.9.1, 2.9.2).
func (l *lexer) number() token {
	start, kind := l.at, intToken
	if l.peek(0) == '-' {
		l.at++
	}
	if l.peek(0) == '0' {
		l.at++
	} else {
		l.digits(start)
	}
	if l.peek(0) == '.' {
		kind = floatToken
		l.at++
		l.digits(start)
	}
	if r := l.peek(0); r == 'e' || r == 'E' {
		kind = floatToken
		l.at++
		if r := l.peek(0); r == '+' || r == '-' {
			l.at++
		}
		l.digits(start)
	}
	if r := l.peek(0); r == '.' || nameStart(r) || digit(r) {
		l.fail(start, "%q is not a number", string(l.text[start:l.at+1]))
	}
	return token{kind, string(l.text[start:l.at]), start, l.at}
}

func (l *lexer) digits(start int) {
	if !digit(l.peek(0)) {
		l.fail(start, "%q is not a number: a digit is missing", string(l.text[start:l.at]))
	}
	for digit(l.peek(0)) {
		l.at++
	}
}

// string reads a string on one line (2.9.4).
func (l *lexer) string() token {
	start := l.at
	var b strings.Builder
	l.at++
	for {
		switch r := l.peek(0); r {
		case -1, '\n', '\r':
			l.fail(start, "a string begins here and does not end on its line; close it with \", or write \"\"\" around several lines")
		case '"':
			l.at++
			return token{stringToken, b.String(), start, l.at}
		case '\\':
			b.WriteRune(l.escape())
		default:
			b.WriteRune(r)
			l.at++
		}
	}
}

var escapes = map[rune]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads what follows a backslash.
func (l *lexer) escape() rune {
	start := l.at
	if r, ok := escapes[l.peek(1)]; ok {
		l.at += 2
		return r
	}
	if l.peek(1) != 'u' {
		l.fail(start, `\%s is not an escape; a backslash itself is written \\`, string(max(l.peek(1), ' ')))
	}
	l.at += 2
	r := l.codePoint(start)
	if r >= 0xd800 && r < 0xdc00 && l.peek(0) == '\\' && l.peek(1) == 'u' && l.peek(2) != '{' {
		l.at += 2
		if low := l.hex(4, start); low >= 0xdc00 && low < 0xe000 {
			return (r-0xd800)<<10 + (low - 0xdc00) + 0x10000
		}
	}
	if r >= 0xd800 && r < 0xe000 || r > 0x10ffff {
		l.fail(start, "%s is not a character", string(l.text[start:l.at]))
	}
	return r
}

// codePoint reads XXXX or {X…}.
func (l *lexer) codePoint(start int) rune {
	if l.peek(0) != '{' {
		return l.hex(4, start)
	}
	l.at++
	n := 0
	for n < 8 && l.peek(n) != '}' {
		n++
	}
	if n == 0 || l.peek(n) != '}' {
		l.fail(start, `\u{ is followed by one to eight hexadecimal digits and }`)
	}
	r := l.hex(n, start)
	l.at++
	return r
}

func (l *lexer) hex(n, start int) rune {
	var r int64
	for range n {
		d := strings.IndexRune("0123456789abcdef", l.peek(0)|0x20)
		if d < 0 || !digit(l.peek(0)) && !nameStart(l.peek(0)) {
			l.fail(start, `\u is followed by four hexadecimal digits, or by some in braces`)
		}
		r = r<<4 | int64(d)
		l.at++
	}
	return rune(min(r, 0x110000))
}

// blockString reads a string between triple quotes (2.9.4).
func (l *lexer) blockString() token {
	start := l.at
	var b strings.Builder
	l.at += 3
	for {
		quotes := l.peek(0) == '"' && l.peek(1) == '"' && l.peek(2) == '"'
		switch r := l.peek(0); {
		case r < 0:
			l.fail(start, `a text begins here that does not end; close it with """`)
		case quotes:
			l.at += 3
			return token{stringToken, dedented(b.String()), start, l.at}
		case r == '\\' && l.peek(1) == '"' && l.peek(2) == '"' && l.peek(3) == '"':
			b.WriteString(`"""`)
			l.at += 4
		default:
			b.WriteRune(r)
			l.at++
		}
	}
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// dedented is BlockStringValue of the specification: without the indent that
// all lines but the first share, and without blank lines around.
func dedented(raw string) string {
	lines := strings.Split(lineEnds.Replace(raw), "\n")
	indent := -1
	for _, line := range lines[1:] {
		if n := len(line) - len(strings.TrimLeft(line, " \t")); n < len(line) && (indent < 0 || n < indent) {
			indent = n
		}
	}
	for i, line := range lines[1:] {
		lines[i+1] = line[min(max(indent, 0), len(line)):]
	}
	filled := func(line string) bool { return strings.Trim(line, " \t") != "" }
	first := slices.IndexFunc(lines, filled)
	if first < 0 {
		return ""
	}
	for !filled(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines[first:], "\n")
}
