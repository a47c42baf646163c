package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dialograph/graph"
)

// Passage is what a statement of a record may cite: a sentence of a paragraph,
// a heading, an item, a caption or a cell. Start and End are bytes of the text,
// half open; Span is the same in code points.
type Passage struct {
	Block      int // index in Blocks
	Start, End int
	Span       graph.Span
}

// Passages gives the passages of a document in the order of the text. The words
// of each are exactly a slice of it.
func (d *Document) Passages() []Passage {
	var out []Passage
	for i, b := range d.Blocks {
		for at := b.Start; at < b.End; {
			end := sentenceEnd(d.Text, at, b.End)
			if l := trimmed(d.Text, at, end); l.start < l.end {
				out = append(out, Passage{i, l.start, l.end, d.Span(l.start, l.end)})
			}
			at = end
		}
	}
	return out
}

// sentenceEnd finds where the sentence that begins at a byte ends.
func sentenceEnd(text string, start, end int) int {
	for i := start; i < end; i++ {
		switch text[i] {
		case '.', '!', '?':
		default:
			if strings.HasPrefix(text[i:end], "。") {
				return i + len("。")
			}
			continue
		}
		after := i + 1
		for after < end {
			r, size := utf8.DecodeRuneInString(text[after:end])
			if !strings.ContainsRune(".!?\"'”’)]»*", r) {
				break
			}
			after += size
		}
		if after >= end {
			return end
		}
		r, size := utf8.DecodeRuneInString(text[after:end])
		if !isSpace(r) {
			continue
		}
		if text[i] == '.' && abbreviated(text[start:i], text[after+size:end]) {
			continue
		}
		if next := strings.TrimLeftFunc(text[after:end], isSpace); startsSentence(next) {
			return after
		}
	}
	return end
}

// startsSentence tells whether what follows a full stop may begin a sentence.
func startsSentence(next string) bool {
	r, _ := utf8.DecodeRuneInString(next)
	return !unicode.IsLower(r) && !strings.ContainsRune(",;:)]", r)
}

// abbreviations end with a point that does not end a sentence. Those of months
// and numbers stand before a figure.
var abbreviations = setOf(`mr mrs ms dr prof amb hon rev gen lt col maj capt cmdr adm brig sgt sr jr st mt h.e s.e vs etc cf e.g i.e
incl approx ca dept gov sen rep pres vol pp p no nos art arts para paras sec ch fig ed eds al ret asst dir mme m messrs smt ltd inc pte pty corp retd adv pol
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun`)

// countries end with a point and may end a sentence too; what follows decides.
var countries = setOf(`u.s u.k u.n e.u u.s.a d.c u.a.e r.o.k p.r.c d.p.r.k`)

// openers begin a sentence after "the U.S.".
var openers = setOf(`the in on at both they it its this that these those a an as for with during after before following participants officials
representatives we he she there two and but to from while since among each other further also`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// abbreviated tells whether the point after some words is that of an
// abbreviation.
func abbreviated(before, after string) bool {
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return isSpace(r) || strings.ContainsRune("(“\"‘/–—-", r) })+1:]
	for word != "" {
		r, size := utf8.DecodeRuneInString(word)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		word = word[size:]
	}
	lower := strings.ToLower(word)
	if countries[lower] {
		next := strings.TrimLeftFunc(after, isSpace)
		first, _, _ := strings.Cut(next, " ")
		return !openers[strings.ToLower(strings.Trim(first, ","))] || first == strings.ToLower(first)
	}
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(r) {
		return true // an initial
	}
	if !abbreviations[lower] {
		return false
	}
	if lower == "no" || lower == "p" || lower == "m" || lower == "art" || lower == "sat" || lower == "sun" || lower == "mar" || lower == "dir" {
		next := strings.TrimLeftFunc(after, isSpace)
		return next != "" && (unicode.IsDigit(rune(next[0])) || lower == "m" && unicode.IsUpper(rune(next[0])))
	}
	return lower != "etc"
}
