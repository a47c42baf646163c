package graph

import (
	"fmt"
	"strconv"
	"strings"
)

// Span is a half-open range of code points in a source's normalised text, as
// RFC 5147 writes it: #char=1832,1990.
type Span struct{ Start, End int }

// Support says which source backs a statement: the local id of a source in the
// record and, where the text is at hand, the span that says it. Written as
// "s1" (the source as a whole) or "s1#char=1832,1990".
type Support struct {
	Source string
	Span   *Span
}

// ParseSupport reads the written form of a support.
func ParseSupport(s string) (Support, error) {
	source, fragment, found := strings.Cut(s, "#")
	if source == "" || strings.ContainsAny(source, " \t\n") {
		return Support{}, fmt.Errorf("support %q: want a source id such as s1 or s1#char=10,20", s)
	}
	if !found {
		return Support{Source: source}, nil
	}
	span, err := parseSpan(fragment)
	if err != nil {
		return Support{}, fmt.Errorf("support %q: %w", s, err)
	}
	return Support{Source: source, Span: &span}, nil
}

func parseSpan(fragment string) (Span, error) {
	digits, ok := strings.CutPrefix(fragment, "char=")
	first, last, two := strings.Cut(digits, ",")
	if !ok || !two {
		return Span{}, fmt.Errorf("want #char=START,END")
	}
	start, err1 := strconv.ParseUint(first, 10, 31)
	end, err2 := strconv.ParseUint(last, 10, 31)
	if err1 != nil || err2 != nil || end <= start {
		return Span{}, fmt.Errorf("want START smaller than END, both whole numbers")
	}
	return Span{Start: int(start), End: int(end)}, nil
}

// String gives the written form.
func (s Support) String() string {
	if s.Span == nil {
		return s.Source
	}
	return fmt.Sprintf("%s#char=%d,%d", s.Source, s.Span.Start, s.Span.End)
}

// Passage is a verbatim stretch of a source that a record cites: a W3C Web
// Annotation text position and text quote selector in one.
type Passage struct {
	Char   string `json:"char" yaml:"char"`                         // "1832,1990"
	Exact  string `json:"exact" yaml:"exact"`                       // the words themselves
	Prefix string `json:"prefix,omitempty" yaml:"prefix,omitempty"` // a few words before
	Suffix string `json:"suffix,omitempty" yaml:"suffix,omitempty"` // a few words after
}

// Span parses the passage's range.
func (p Passage) Span() (Span, error) { return parseSpan("char=" + p.Char) }
