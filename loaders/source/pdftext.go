package source

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfParagraph is what lines of a PDF are put together to.
type pdfParagraph struct {
	kind  BlockKind
	words string
}

// paragraphsOf puts the lines of pages together to paragraphs. A PDF has no
// paragraphs, only places of letters: a line goes on in the next if it is about
// as long as it could be, and nothing else begins there.
func paragraphsOf(pages [][]pdfLine) []pdfParagraph {
	known := wordsOf(pages)
	usual := usualSize(pages)
	var out []pdfParagraph
	var last *pdfLine
	var lastColumn column
	for _, lines := range withoutRunning(pages) {
		col := columnOf(lines)
		top := true
		for i := range lines {
			l := &lines[i]
			if l.words == "" {
				if !top {
					last = nil
				}
				continue
			}
			if last != nil && goesOn(last, l, lastColumn, top) {
				p := &out[len(out)-1]
				p.words = join(p.words, l.words, last.hyphen, known)
			} else {
				kind := Paragraph
				if usual > 0 && l.size > usual*1.15 && !itemSign.MatchString(l.words) {
					kind = Heading
				}
				out = append(out, pdfParagraph{kind, l.words})
			}
			last, lastColumn, top = l, col, false
		}
	}
	return out
}

// column is the stretch of a page that its lines fill.
type column struct {
	left, right, leading float64
}

func columnOf(lines []pdfLine) column {
	var c column
	var steps []float64
	for i, l := range lines {
		if l.right <= l.left {
			continue
		}
		if c.right == 0 || l.left < c.left {
			c.left = l.left
		}
		c.right = max(c.right, l.right)
		if i > 0 {
			if step := lines[i-1].bottom - l.bottom; step > 0 && step < 4*max(l.size, 6) {
				steps = append(steps, step)
			}
		}
	}
	if len(steps) > 0 {
		// The small steps are those inside paragraphs.
		slices.Sort(steps)
		c.leading = steps[len(steps)/4]
	}
	return c
}

// goesOn tells whether a line is continued by the next. At the top of a page
// only the words can tell.
func goesOn(l, next *pdfLine, c column, nextPage bool) bool {
	if l.hyphen {
		return true
	}
	if itemSign.MatchString(next.words) || paragraphNumber.MatchString(next.words) {
		return false
	}
	if l.right <= l.left || next.right <= next.left {
		return !endsSentence(l.words)
	}
	if l.size > 0 && next.size > 0 && (next.size > l.size*1.1 || l.size > next.size*1.1) {
		return false
	}
	if nextPage {
		return !endsSentence(l.words) && l.right > c.left+(c.right-c.left)*0.8
	}
	step := l.bottom - next.bottom
	if step < 0 || c.leading > 0 && step > max(c.leading*1.4, l.size*1.6) {
		return false
	}
	if step < c.leading*0.3 { // on the same line: cells of a table
		return false
	}
	if indent := next.left - l.left; endsSentence(l.words) && indent > 10 {
		return false
	}
	if strings.HasSuffix(l.words, ";") && l.left > c.left+10 {
		return false // an item whose sign is drawn, not written
	}
	// Had the next word fitted, the line would be longer.
	perLetter := (l.right - l.left) / float64(max(1, utf8.RuneCountInString(l.words)))
	word, _, _ := strings.Cut(next.words, " ")
	room := c.right - l.right
	return float64(utf8.RuneCountInString(word)+1)*perLetter > room-perLetter
}

func endsSentence(words string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(words, "\"'”’)"))
	return strings.ContainsRune(".!?:。", last)
}

// join puts two lines together. A hyphen at the end of a line stays, unless the
// document has the word without it.
func join(before, after string, hyphen bool, known map[string]bool) string {
	if hyphen {
		head := before[strings.LastIndexFunc(before, notLetter)+1:]
		tail := after
		if i := strings.IndexFunc(after, notLetter); i >= 0 {
			tail = after[:i]
		}
		if head != "" && tail != "" && known[strings.ToLower(head+tail)] {
			return before + after
		}
		return before + "-" + after
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if ideograph(last) && ideograph(first) {
		return before + after
	}
	return before + " " + after
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// ideograph tells of a sign of Chinese or Japanese, which set no spaces.
func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || strings.ContainsRune("、。「」『』（）・ー", r)
}

func wordsOf(pages [][]pdfLine) map[string]bool {
	words := map[string]bool{}
	for _, lines := range pages {
		for _, l := range lines {
			for _, w := range strings.FieldsFunc(l.words, notLetter) {
				words[strings.ToLower(w)] = true
			}
		}
	}
	return words
}

// usualSize is the size in which most letters are set.
func usualSize(pages [][]pdfLine) float64 {
	letters := map[float64]int{}
	usual := 0.0
	for _, lines := range pages {
		for _, l := range lines {
			letters[l.size] += len(l.words)
		}
	}
	for size, n := range letters {
		if n > letters[usual] || n == letters[usual] && size < usual {
			usual = size
		}
	}
	return usual
}

var (
	pageNumber = regexp.MustCompile(`(?i)^[-–—\s]*(?:page\s*)?[0-9]{1,4}(?:\s*(?:/|of)\s*[0-9]{1,4})?[-–—\s]*$`)
	digits     = regexp.MustCompile(`[0-9]+`)
)

// withoutRunning drops what stands at the top or bottom of the pages again and
// again, and the numbers of pages.
func withoutRunning(pages [][]pdfLine) [][]pdfLine {
	seen := map[string]int{}
	for _, lines := range pages {
		keys := map[string]bool{}
		for _, i := range edges(lines) {
			keys[runningKey(lines[i])] = true
		}
		for key := range keys {
			seen[key]++
		}
	}
	out := make([][]pdfLine, len(pages))
	for p, lines := range pages {
		drop := map[int]bool{}
		for _, i := range edges(lines) {
			again := seen[runningKey(lines[i])]
			drop[i] = pageNumber.MatchString(lines[i].words) || again >= 2 && again*2 >= len(pages)
		}
		for i, l := range lines {
			if !drop[i] {
				out[p] = append(out[p], l)
			}
		}
	}
	return out
}

func runningKey(l pdfLine) string { return digits.ReplaceAllString(l.words, "#") }

// edges gives the first two and the last two lines with words.
func edges(lines []pdfLine) []int {
	var with []int
	for i, l := range lines {
		if l.words != "" {
			with = append(with, i)
		}
	}
	if len(with) <= 4 {
		return with
	}
	return append(slices.Clone(with[:2]), with[len(with)-2:]...)
}
