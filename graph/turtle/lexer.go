package turtle

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is what a token is. Punctuation is its own byte.
type kind int

const (
	end     kind = -1 - iota // end of the document, also after a fault
	iriRef                   // text is the IRI as written, escapes resolved
	name                     // prefix:text, escapes resolved
	blank                    // text is the label
	quoted                   // text is the string
	at                       // text follows an @: a language tag, prefix or base
	integer                  // text is as written; so for the next two
	decimal
	double
	word // a, true, PREFIX ...
	datatype
)

type token struct {
	kind         kind
	prefix, text string
	line, column int // of its first character, from 1
}

// String shows a token in an error.
func (t token) String() string {
	text := t.text
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	switch t.kind {
	case end:
		return "the end"
	case iriRef:
		return "<" + text + ">"
	case name:
		return t.prefix + ":" + text
	case blank:
		return "_:" + text
	case quoted:
		return "the string " + strconv.Quote(text)
	case at:
		return "@" + text
	case datatype:
		return "^^"
	case integer, decimal, double, word:
		return text
	}
	return strconv.Quote(string(rune(t.kind)))
}

// lexer cuts a document into tokens. Its window buf[pos:end] begins with the
// token being read.
type lexer struct {
	r            io.Reader
	buf          []byte
	pos, end     int
	readErr      error // why nothing more can be read; io.EOF at the end
	line, column int
}

var errTooLong = fmt.Errorf("a string, IRI or name is longer than %d bytes", maxToken)

func newLexer(r io.Reader) *lexer {
	l := &lexer{r: r, buf: make([]byte, 64<<10), line: 1, column: 1}
	if r, size := l.runeAt(0); r == '\uFEFF' {
		l.pos += size // a byte order mark
	}
	return l
}

// at gives the byte that is i bytes into the window, or -1.
func (l *lexer) at(i int) int {
	if l.pos+i < l.end {
		return int(l.buf[l.pos+i])
	}
	return l.fill(i)
}

func (l *lexer) fill(i int) int {
	for empty := 0; l.pos+i >= l.end; {
		if l.readErr == nil && i >= maxToken {
			l.readErr = errTooLong
		}
		if l.readErr != nil {
			return -1
		}
		if l.pos > 0 {
			copy(l.buf, l.buf[l.pos:l.end])
			l.pos, l.end = 0, l.end-l.pos
		}
		if l.end == len(l.buf) {
			l.buf = append(l.buf, make([]byte, len(l.buf))...)
		}
		n, err := l.r.Read(l.buf[l.end:])
		l.end += n
		if empty++; n > 0 {
			empty = 0
		}
		if err == nil && empty == 100 {
			err = io.ErrNoProgress
		}
		l.readErr = err
	}
	return int(l.buf[l.pos+i])
}

// runeAt decodes the character that is i bytes into the window. It gives -1 for
// what is no character, and the size 0 at the end.
func (l *lexer) runeAt(i int) (rune, int) {
	c := l.at(i)
	if c < 0 {
		return -1, 0
	}
	if c < utf8.RuneSelf {
		return rune(c), 1
	}
	l.at(i + utf8.UTFMax - 1)
	r, size := utf8.DecodeRune(l.buf[l.pos+i : l.end])
	if r == utf8.RuneError && size == 1 {
		r = -1
	}
	return r, size
}

// take moves the window over n bytes and gives them.
func (l *lexer) take(n int) []byte {
	taken := l.buf[l.pos : l.pos+n]
	for _, c := range taken {
		if c == '\n' {
			l.line++
			l.column = 1
		} else if c&0xC0 != 0x80 {
			l.column++
		}
	}
	l.pos += n
	return taken
}

// space skips white space and comments.
func (l *lexer) space() {
	for comment := false; ; {
		switch c := l.at(0); {
		case c < 0:
			return
		case c == '\n' || c == '\r':
			comment = false
		case comment || c == ' ' || c == '\t':
		case c == '#':
			comment = true
		default:
			return
		}
		l.take(1)
	}
}

// next reads a token.
func (l *lexer) next() (token, error) {
	l.space()
	t := token{kind: end, line: l.line, column: l.column}
	err := l.read(&t)
	if l.readErr != nil && !errors.Is(l.readErr, io.EOF) && (err != nil || t.kind == end) {
		err = l.readErr
	}
	if err != nil {
		return token{kind: end, line: t.line, column: t.column}, err
	}
	return t, nil
}

func (l *lexer) read(t *token) error {
	switch c := l.at(0); {
	case c < 0:
		return nil
	case c == '<':
		return l.iri(t)
	case c == '"' || c == '\'':
		return l.quoted(t)
	case c == '@':
		return l.atWord(t)
	case c == '_' && l.at(1) == ':':
		return l.blank(t)
	case c == '+' || c == '-' || isDigit(c) || c == '.' && isDigit(l.at(1)):
		return l.number(t)
	case strings.IndexByte(".;,[](){}", byte(c)) >= 0:
		t.kind = kind(c)
		l.take(1)
		return nil
	case c == '^' && l.at(1) == '^':
		t.kind = datatype
		l.take(2)
		return nil
	}
	return l.name(t)
}

func (l *lexer) iri(t *token) error {
	t.kind = iriRef
	i, escaped := 1, false
	for ; l.at(i) != '>'; i++ {
		switch c := l.at(i); {
		case c < 0:
			return fmt.Errorf("IRI %q is not closed", l.shown(i))
		case c == '\\':
			escaped = true
		case !inIRI(rune(c)):
			return fmt.Errorf("IRI %q holds the character %q", l.shown(i), rune(c))
		}
	}
	raw := l.take(i + 1)[1:i]
	if !utf8.Valid(raw) {
		return fmt.Errorf("IRI %q is not UTF-8", raw)
	}
	t.text = string(raw)
	if !escaped {
		return nil
	}
	text, err := unescape(t.text, "")
	if i := strings.IndexFunc(text, func(r rune) bool { return !inIRI(r) || r == '\\' }); err == nil && i >= 0 {
		err = fmt.Errorf("holds the character %q", text[i])
	}
	if err != nil {
		return fmt.Errorf("IRI %q: %w", t.text, err)
	}
	t.text = text
	return nil
}

// shown is the beginning of the window for an error.
func (l *lexer) shown(i int) []byte { return l.buf[l.pos : l.pos+min(i, 60)] }

// quoted reads a string in one or three quotation marks of one kind.
func (l *lexer) quoted(t *token) error {
	t.kind = quoted
	mark, width := l.at(0), 1
	if l.at(1) == mark && l.at(2) == mark {
		width = 3
	}
	i, escaped := width, false
	for ; !l.marks(i, mark, width); i++ {
		switch c := l.at(i); {
		case c < 0:
			return fmt.Errorf("string %q is not closed", l.shown(i))
		case c == '\\':
			escaped = true
			i++
		case (c == '\n' || c == '\r') && width == 1:
			return fmt.Errorf("string %q is not closed on its line", l.shown(i))
		}
	}
	raw := l.take(i + width)[width:i]
	if !utf8.Valid(raw) {
		return fmt.Errorf("string %q is not UTF-8", raw)
	}
	t.text = string(raw)
	if !escaped {
		return nil
	}
	text, err := unescape(t.text, "t\tb\bn\nr\rf\f\"\"''\\\\")
	if err != nil {
		return fmt.Errorf("%s: %w", *t, err)
	}
	t.text = text
	return nil
}

// marks tells whether width quotation marks stand i bytes into the window.
func (l *lexer) marks(i, mark, width int) bool {
	return l.at(i) == mark && (width == 1 || l.at(i+1) == mark && l.at(i+2) == mark)
}

func (l *lexer) atWord(t *token) error {
	t.kind = at
	i := 1
	for isLetter(l.at(i)) {
		i++
	}
	for i > 1 && l.at(i) == '-' && (isLetter(l.at(i+1)) || isDigit(l.at(i+1))) {
		for i++; isLetter(l.at(i)) || isDigit(l.at(i)); i++ {
		}
	}
	t.text = string(l.take(i)[1:])
	if t.text == "" {
		return fmt.Errorf("@ is followed by no word")
	}
	return nil
}

func (l *lexer) number(t *token) error {
	t.kind = integer
	i := 0
	if c := l.at(0); c == '+' || c == '-' {
		i++
	}
	start := i
	i = l.digits(i)
	whole := i > start
	if l.at(i) == '.' {
		if j := l.digits(i + 1); j > i+1 || whole && l.exponent(j) > j {
			t.kind, whole, i = decimal, true, j
		}
	}
	if !whole {
		return fmt.Errorf("%q is not a number", l.take(i))
	}
	if j := l.exponent(i); j > i {
		t.kind, i = double, j
	}
	t.text = string(l.take(i))
	return nil
}

func (l *lexer) digits(i int) int {
	for isDigit(l.at(i)) {
		i++
	}
	return i
}

// exponent gives the end of the exponent at i, or i where there is none.
func (l *lexer) exponent(i int) int {
	if c := l.at(i); c != 'e' && c != 'E' {
		return i
	}
	j := i + 1
	if c := l.at(j); c == '+' || c == '-' {
		j++
	}
	if last := l.digits(j); last > j {
		return last
	}
	return i
}
