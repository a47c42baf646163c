package source

import (
	"sort"
	"unicode/utf8"

	"dialograph/graph"
)

// Document is a source as it was read: its normalised text, the blocks that the
// text is made of, and what the document says of itself. Empty means that the
// document does not say.
type Document struct {
	Name      string // path or address, as problems show it
	URL       string // where it was fetched, or where a saved page says that it belongs
	Title     string
	Publisher string
	Published string // EDTF
	Language  string // BCP 47
	MediaType string
	Encoding  string // of the bytes, as the web names it: "utf-8", "euc-kr"; empty for PDF and DOCX
	SHA256    string // of the bytes as they were read
	Text      string // normalised; passages count its code points
	Blocks    []Block

	marks []int // code points before every markStep bytes of Text
}

// Block is a stretch of the text that stands for itself: a heading, a
// paragraph, an item of a list. Start and End are bytes of the text, half open,
// without the white space around and without the sign before an item.
type Block struct {
	Kind       BlockKind
	Start, End int
}

// BlockKind says what a block is.
type BlockKind string

// The kinds of block.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Item      BlockKind = "item"    // of a list
	Caption   BlockKind = "caption" // of a picture
	Cell      BlockKind = "cell"    // of a table
)

const markStep = 1 << 10

// Span counts bytes of the text in code points, as RFC 5147 and the record
// format do.
func (d *Document) Span(start, end int) graph.Span {
	return graph.Span{Start: d.codePoints(start), End: d.codePoints(end)}
}

// codePoints counts those before a byte of the text.
func (d *Document) codePoints(at int) int {
	if d.marks == nil {
		d.mark()
	}
	base := at / markStep * markStep
	for base > 0 && base < len(d.Text) && !utf8.RuneStart(d.Text[base]) {
		base--
	}
	return d.marks[at/markStep] + utf8.RuneCountInString(d.Text[base:at])
}

func (d *Document) mark() {
	d.marks = []int{0}
	count, last := 0, 0
	for next := markStep; next <= len(d.Text); next += markStep {
		at := next
		for at < len(d.Text) && at > 0 && !utf8.RuneStart(d.Text[at]) {
			at--
		}
		count += utf8.RuneCountInString(d.Text[last:at])
		last = at
		d.marks = append(d.marks, count)
	}
}

// Slice gives the words of a span, or "" where the text has none there.
func (d *Document) Slice(s graph.Span) string {
	from, to := d.bytes(s.Start), d.bytes(s.End)
	if from < 0 || to < from {
		return ""
	}
	return d.Text[from:to]
}

// bytes finds the byte at which a code point starts, -1 beyond the text.
func (d *Document) bytes(point int) int {
	if d.marks == nil {
		d.mark()
	}
	i := sort.Search(len(d.marks), func(i int) bool { return d.marks[i] > point }) - 1
	if i < 0 {
		return -1
	}
	at := i * markStep
	for at > 0 && at < len(d.Text) && !utf8.RuneStart(d.Text[at]) {
		at--
	}
	for n := d.marks[i]; n < point; n++ {
		if at >= len(d.Text) {
			return -1
		}
		_, size := utf8.DecodeRuneInString(d.Text[at:])
		at += size
	}
	return at
}
