package source

import "strings"

// builder puts a text together from the blocks of a document that has some
// structure of its own: an empty line between blocks, a sign before items.
type builder struct {
	text   strings.Builder
	blocks []Block
}

// add appends a stretch of words. A line end in them is a break that the
// document shows; whether it ends a paragraph is told as in plain text.
func (b *builder) add(kind BlockKind, words string) {
	words = tidy(words)
	if words == "" {
		return
	}
	if kind == Heading || kind == Caption {
		words = strings.Join(strings.FieldsFunc(words, func(r rune) bool { return r == '\n' }), " ")
	}
	if kind == Item && !itemSign.MatchString(words) && !paragraphNumber.MatchString(words) {
		words = "• " + words
	}
	if b.text.Len() > 0 {
		b.text.WriteString("\n\n")
	}
	start := b.text.Len()
	b.text.WriteString(words)
	for i, block := range blocksWithin(words) {
		block.Start += start
		block.End += start
		if kind != Paragraph && (kind != Item || i == 0) {
			block.Kind = kind
		}
		if kind == Heading || kind == Caption {
			block.Start, block.End = start, start+len(words)
		}
		if block.Start < block.End {
			b.blocks = append(b.blocks, block)
		}
	}
}

// blocksWithin finds the blocks of a stretch, and leaves aside which are headings.
func blocksWithin(words string) []Block {
	var out []Block
	for _, run := range runsOf(words) {
		if wrapped(words, run) {
			out = append(out, joined(words, run)...)
			continue
		}
		for _, l := range run {
			out = append(out, blockOf(words, l.start, l.end))
		}
	}
	return out
}

// tidy trims the lines of a stretch and leaves one empty line where there are more.
func tidy(words string) string {
	var out []string
	for l := range strings.SplitSeq(words, "\n") {
		l = strings.TrimFunc(l, isSpace)
		if l != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, l)
		}
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n")
}

// into gives the text to a document.
func (b *builder) into(d *Document) {
	d.Text = b.text.String()
	d.Blocks = b.blocks
	for i := range d.Blocks {
		if d.Blocks[i].Kind == Paragraph && isHeading(d.Text, d.Blocks, i) {
			d.Blocks[i].Kind = Heading
		}
	}
}
