package rdf

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dialograph/graph/vocab"
)

// ErrBlank is wrapped by the error for a blank node, which dialograph does not
// hold.
var ErrBlank = errors.New("blank nodes are not supported")

// AppendNQuad appends a quad as one line of canonical N-Quads (RDF 1.1
// N-Quads; canonical as in RDF Dataset Canonicalization 1.0, section 5).
func AppendNQuad(b []byte, q Quad) []byte {
	b = appendIRI(b, q.Subject)
	b = append(b, ' ')
	b = appendIRI(b, q.Predicate)
	b = append(b, ' ')
	b = appendTerm(b, q.Object)
	if q.Graph != "" {
		b = append(b, ' ')
		b = appendIRI(b, q.Graph)
	}
	return append(b, " .\n"...)
}

func appendIRI(b []byte, iri string) []byte {
	b = append(b, '<')
	b = append(b, iri...)
	return append(b, '>')
}

func appendTerm(b []byte, t Term) []byte {
	if !t.Literal {
		return appendIRI(b, t.Value)
	}
	b = AppendQuoted(b, t.Value)
	switch {
	case t.Lang != "":
		b = append(append(b, '@'), t.Lang...)
	case t.Datatype != "":
		b = appendIRI(append(b, "^^"...), t.Datatype)
	}
	return b
}

// AppendStatement appends a statement as one line of N-Quads.
func AppendStatement(b []byte, s Statement) []byte {
	b = append(appendNode(b, s.Subject), ' ')
	b = append(appendIRI(b, s.Predicate), ' ')
	b = appendNode(b, s.Object)
	if s.Graph != (Node{}) {
		b = appendNode(append(b, ' '), s.Graph)
	}
	return append(b, " .\n"...)
}

func appendNode(b []byte, n Node) []byte {
	if n.Blank != "" {
		return append(append(b, "_:"...), n.Blank...)
	}
	return appendTerm(b, n.Term)
}

// AppendQuoted appends text in quotation marks, with the escapes that it needs
// in the languages of N-Quads and Turtle.
func AppendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		b = appendEscaped(b, s[i])
	}
	return append(b, '"')
}

func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '\b':
		return append(b, `\b`...)
	case '\t':
		return append(b, `\t`...)
	case '\n':
		return append(b, `\n`...)
	case '\f':
		return append(b, `\f`...)
	case '\r':
		return append(b, `\r`...)
	case '"':
		return append(b, `\"`...)
	case '\\':
		return append(b, `\\`...)
	}
	if c < 0x20 || c == 0x7f {
		return fmt.Appendf(b, `\u%04X`, c)
	}
	return append(b, c)
}

// ReadNQuads reads N-Quads and hands each quad to take. What it hands on are parts
// of the text. A line that is not N-Quads ends it with an error that names the line.
func ReadNQuads(text string, take func(Quad) error) error {
	p := &lineParser{checked: new([64]string)}
	for n := 1; text != ""; n++ {
		p.rest, text = cutLine(text)
		s, ok, err := p.statement()
		if ok {
			err = take(Quad{Subject: s.Subject.Value, Predicate: s.Predicate, Object: s.Object.Term, Graph: s.Graph.Value})
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

// cutLine cuts the first line off, which ends at CR or LF.
func cutLine(text string) (line, rest string) {
	line, rest, _ = strings.Cut(text, "\n")
	if i := strings.IndexByte(line, '\r'); i >= 0 {
		line, rest = text[:i], text[i+1:]
	}
	return line, rest
}

// ReadLines reads N-Quads or N-Triples of others, which may hold blank nodes
// and the default graph, and hands on each statement with its line.
func ReadLines(r io.Reader, visit func(line int, s Statement) error) error {
	return eachLine(r, func(n int, line string) error {
		p := &lineParser{rest: line, blank: true}
		s, ok, err := p.statement()
		if err != nil || !ok {
			return err
		}
		return visit(n, s)
	})
}

// eachLine visits lines; an error comes back with the number of its line.
func eachLine(r io.Reader, visit func(n int, line string) error) error {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), 16<<20)
	scanner.Split(splitLines)
	for line := 1; scanner.Scan(); line++ {
		if err := visit(line, scanner.Text()); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
	return scanner.Err()
}

// splitLines ends lines at CR as well as LF, as N-Quads does.
func splitLines(data []byte, atEOF bool) (int, []byte, error) {
	for i, c := range data {
		if c == '\n' || c == '\r' {
			return i + 1, data[:i], nil
		}
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

type lineParser struct {
	rest    string
	blank   bool        // blank nodes are allowed
	checked *[64]string // IRIs that were found good, by their last letters; nil if none are kept
	err     error
}

// good tells whether an IRI is the one that was last found good of those that end
// like it: the subject, predicate and graph of a line often stand in lines before it.
func (p *lineParser) good(iri string) (place *string, ok bool) {
	if p.checked == nil || len(iri) < 4 {
		return nil, false
	}
	end := iri[len(iri)-4:]
	place = &p.checked[(end[0]*7+end[1]*5+end[2]*3+end[3]+byte(len(iri)))%64]
	return place, *place == iri
}

// statement parses a line; false for an empty one or a comment.
func (p *lineParser) statement() (Statement, bool, error) {
	p.space()
	if p.done() {
		return Statement{}, false, nil
	}
	var s Statement
	s.Subject = p.node("subject")
	s.Predicate = p.iri("predicate")
	s.Object = p.object()
	if strings.HasPrefix(p.rest, "<") || strings.HasPrefix(p.rest, "_:") {
		s.Graph = p.node("graph")
	}
	p.expect('.')
	p.space()
	if p.err == nil && !p.done() {
		p.fail("%q follows the statement", p.rest)
	}
	return s, p.err == nil, p.err
}

// node parses an IRI or, where they are allowed, the label of a blank node.
func (p *lineParser) node(what string) Node {
	if !p.blank || p.err != nil || !strings.HasPrefix(p.rest, "_:") {
		return Node{Term: IRI(p.iri(what))}
	}
	label := p.rest[2:]
	end := strings.IndexFunc(label, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.·‿⁀", r)
	})
	if end >= 0 {
		label = label[:end]
	}
	label = strings.TrimRight(label, ".") // the last ends the statement
	if label == "" || strings.ContainsAny(label[:1], "-.") || !utf8.ValidString(label) {
		p.fail("%s: _:%s is no label of a blank node", what, label)
		return Node{}
	}
	p.rest = p.rest[2+len(label):]
	p.space()
	return BlankNode(label)
}

func (p *lineParser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

func (p *lineParser) space() {
	for p.rest != "" && (p.rest[0] == ' ' || p.rest[0] == '\t') {
		p.rest = p.rest[1:]
	}
}

func (p *lineParser) done() bool { return p.rest == "" || p.rest[0] == '#' }

func (p *lineParser) expect(c byte) {
	if p.err != nil {
		return
	}
	if p.rest == "" || p.rest[0] != c {
		p.fail("want %q before %q", c, p.rest)
		return
	}
	p.rest = p.rest[1:]
}

func (p *lineParser) iri(what string) string {
	if strings.HasPrefix(p.rest, "_:") {
		p.fail("%s: %w", what, ErrBlank)
		return ""
	}
	p.expect('<')
	raw, rest, ok := strings.Cut(p.rest, ">")
	if p.err != nil || !ok {
		p.fail("%s is not an IRI", what)
		return ""
	}
	p.rest = rest
	p.space()
	place, good := p.good(raw)
	if good {
		return raw
	}
	iri, err := unescape(raw, false)
	if err == nil {
		err = checkIRI(iri)
	}
	switch {
	case err != nil:
		p.fail("%s: %w", what, err)
	case place != nil && iri == raw:
		*place = iri
	}
	return iri
}

func (p *lineParser) object() Node {
	if p.err != nil || !strings.HasPrefix(p.rest, `"`) {
		return p.node("object")
	}
	return Node{Term: p.literal()}
}

func (p *lineParser) literal() Term {
	raw, rest, ok := cutQuoted(p.rest[1:])
	if !ok {
		p.fail("literal is not closed")
		return Term{}
	}
	value, err := unescape(raw, true)
	if err != nil {
		p.fail("literal: %w", err)
	}
	p.rest = rest
	t := Text(value)
	switch {
	case strings.HasPrefix(p.rest, "@"):
		t.Lang = p.lang()
	case strings.HasPrefix(p.rest, "^^"):
		p.rest = p.rest[2:]
		t = Typed(value, p.iri("datatype"))
		if t.Datatype == vocab.LangStr {
			p.fail("rdf:langString needs a language tag")
		}
	}
	p.space()
	return t
}

// cutQuoted splits at the first quotation mark that no backslash escapes.
func cutQuoted(s string) (inside, after string, ok bool) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}

func (p *lineParser) lang() string {
	tag := p.rest[1:]
	end := strings.IndexFunc(tag, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
	})
	if end >= 0 {
		tag = tag[:end]
	}
	p.rest = p.rest[1+len(tag):]
	tag = strings.ToLower(tag)
	if !isLang(tag) {
		p.fail("%q is not a language tag", tag)
	}
	return tag
}

const escapes = "t\tb\bn\nr\rf\f\"\"''\\\\"

// unescape resolves ECHAR (in literals only) and UCHAR.
func unescape(s string, literal bool) (string, error) {
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("%q is not UTF-8", s)
	}
	if !strings.Contains(s, `\`) {
		return s, nil
	}
	var b strings.Builder
	for s != "" {
		before, after, found := strings.Cut(s, `\`)
		b.WriteString(before)
		if !found {
			break
		}
		if after == "" {
			return "", fmt.Errorf("ends in a backslash")
		}
		r, rest, err := escape(after, literal)
		if err != nil {
			return "", err
		}
		b.WriteRune(r)
		s = rest
	}
	return b.String(), nil
}

func escape(s string, literal bool) (rune, string, error) {
	digits := map[byte]int{'u': 4, 'U': 8}[s[0]]
	if digits > 0 && len(s) > digits {
		n, err := strconv.ParseUint(s[1:1+digits], 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return 0, "", fmt.Errorf(`\%s is not a code point`, s[:1+digits])
		}
		return rune(n), s[1+digits:], nil
	}
	for i := 0; literal && i < len(escapes); i += 2 {
		if escapes[i] == s[0] {
			return rune(escapes[i+1]), s[1:], nil
		}
	}
	return 0, "", fmt.Errorf(`\%c is not an escape`, s[0])
}
