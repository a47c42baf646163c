package source

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blocksOf finds the blocks of a plain text. An empty line ends a block; so
// does the end of a line, unless the text is broken into lines of one width.
func blocksOf(text string) []Block {
	var out []Block
	for _, run := range runsOf(text) {
		if wrapped(text, run) {
			out = append(out, joined(text, run)...)
			continue
		}
		for _, l := range run {
			out = append(out, blockOf(text, l.start, l.end))
		}
	}
	for i := range out {
		if out[i].Kind == Paragraph && isHeading(text, out, i) {
			out[i].Kind = Heading
		}
	}
	return out
}

type line struct{ start, end int } // without white space around

// runsOf gives the lines that follow one another without an empty line.
func runsOf(text string) [][]line {
	var runs [][]line
	var run []line
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:], '\n')
		if end < at {
			end = len(text)
		}
		if l := trimmed(text, at, end); l.start < l.end {
			run = append(run, l)
		} else if len(run) > 0 {
			runs, run = append(runs, run), nil
		}
		at = end + 1
	}
	if len(run) > 0 {
		runs = append(runs, run)
	}
	return runs
}

func trimmed(text string, start, end int) line {
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		start += size
	}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		end -= size
	}
	return line{start, end}
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u00ad'
}

// A text broken into lines of one width has them between these, in code points.
const narrowest, widest = 50, 120

// wrapped tells whether the lines of a run are pieces of a paragraph.
func wrapped(text string, run []line) bool {
	if len(run) < 2 {
		return false
	}
	least, most, lower := widest, 0, 0
	for i, l := range run[:len(run)-1] {
		n := utf8.RuneCountInString(text[l.start:l.end])
		if next := run[i+1]; itemSign.MatchString(text[next.start:next.end]) {
			continue // the last line of an item may be short
		}
		if r, _ := utf8.DecodeRuneInString(text[run[i+1].start:]); !unicode.IsUpper(r) {
			lower++
		}
		least, most = min(least, n), max(most, n)
	}
	// Prose goes on with a small letter at most ends of lines.
	return most > 0 && least >= narrowest && most <= widest && most-least <= 30 && lower*5 >= 2*(len(run)-1)
}

// joined puts wrapped lines together; the sign of an item begins a new block.
func joined(text string, run []line) []Block {
	var out []Block
	start := run[0].start
	for i, l := range run {
		if i == len(run)-1 {
			return append(out, blockOf(text, start, l.end))
		}
		if next := run[i+1]; itemSign.MatchString(text[next.start:next.end]) {
			out = append(out, blockOf(text, start, l.end))
			start = next.start
		}
	}
	return out
}

// itemSign matches the sign before an item: a bullet, a letter o, a hyphen, a
// letter or small number in brackets.
var itemSign = regexp.MustCompile(`^(?:[•·●◦▪■□○※‣⁃–—-]|[*+]|o|ㅇ|\(?(?:[a-z]|[ivx]{1,4}|[0-9]{1,2})\))[\s\x{00A0}\x{3000}]+`)

// paragraphNumber matches the number of a paragraph, which is not part of it.
var paragraphNumber = regexp.MustCompile(`^(?:[0-9]{1,2}|[IVX]{1,4})\.[\s\x{00A0}\x{3000}]+`)

// caption matches what stands under a picture, as Korean pages write it, or the
// maker of a picture.
var caption = regexp.MustCompile(`^(?:<\s.*\s>|<[^>]{20,}>|(?:©|\(c\)|Photo(?:graph)?(?: credit| by)?:|Image:|Picture:|Caption:).*)$`)

func blockOf(text string, start, end int) Block {
	b := Block{Paragraph, start, end}
	words := text[start:end]
	switch {
	case caption.MatchString(words):
		b.Kind = Caption
	case itemSign.MatchString(words):
		b.Kind = Item
		b.Start += len(itemSign.FindString(words))
	default:
		b.Start += len(paragraphNumber.FindString(words))
	}
	return b
}

// isHeading tells of a paragraph whether it is rather a heading, a label or a
// line of a menu: short, without the point that ends a sentence.
func isHeading(text string, all []Block, i int) bool {
	words := text[all[i].Start:all[i].End]
	if utf8.RuneCountInString(words) > 200 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(words, "\"'”’)*"))
	if strings.ContainsRune(".!?:;,。", last) {
		return false
	}
	if sentenceEnd(text, all[i].Start, all[i].End) < all[i].End {
		return false // several sentences, the last without its point
	}
	if i == len(all)-1 && len(strings.Fields(words)) > 14 {
		return false // a text that breaks off
	}
	return true
}
