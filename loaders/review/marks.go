package review

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"dialograph/graph"
	"dialograph/loaders/source"
)

// passage is a stretch of the text that the record cites, with its number on
// the page. Bytes are half open.
type passage struct {
	number     int
	span       graph.Span
	start, end int
}

// document is the text of an item with the passages that its record cites.
type document struct {
	text     string
	source   string // id of the source that it is
	passages []passage
	sentence []stretch
	misses   []string // words that are cited but do not stand in the text
}

// stretch is a part of the text in bytes.
type stretch struct{ start, end int }

// documentOf finds the passages of an item in its text.
func documentOf(item Item) *document {
	d := &document{text: item.Text, source: sourceAtHand(item)}
	src := sourceOf(item.Record, d.source)
	bytes := byteOffsets(d.text)
	words := passages(src)
	for span := range citations(item.Record)[d.source] {
		p := passage{span: span, start: -1}
		exact := words[span].Exact
		if span.End < len(bytes) && (exact == "" || d.text[bytes[span.Start]:bytes[span.End]] == exact) {
			p.start, p.end = bytes[span.Start], bytes[span.End]
		} else if at := strings.Index(d.text, exact); at >= 0 && exact != "" {
			p.start, p.end = at, at+len(exact) // the text has moved since
		}
		if p.start < 0 {
			d.misses = append(d.misses, exact)
			continue
		}
		d.passages = append(d.passages, p)
	}
	slices.SortFunc(d.passages, func(a, b passage) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(a.span.End, b.span.End))
	})
	for i := range d.passages {
		d.passages[i].number = i + 1
	}
	slices.Sort(d.misses)
	d.sentence = sentencesOf(d.text)
	for _, p := range d.passages {
		d.cover(p)
	}
	return d
}

// cover sees to it that a passage begins in a sentence, even if it begins with
// white space.
func (d *document) cover(p passage) {
	i := slices.IndexFunc(d.sentence, func(s stretch) bool { return s.end > p.start })
	if i < 0 {
		d.sentence = append(d.sentence, stretch{p.start, p.end})
		return
	}
	d.sentence[i].start = min(d.sentence[i].start, p.start)
}

// sourceAtHand tells which source of the record is the document whose text the
// folder has: the first of the proposal.
func sourceAtHand(item Item) string {
	r := item.Record
	if item.Proposed != nil && len(item.Proposed.Sources) > 0 {
		for _, s := range r.Sources {
			if sameDocument(s, item.Proposed.Sources[0]) {
				return s.ID
			}
		}
		return item.Proposed.Sources[0].ID
	}
	if len(r.Sources) > 0 {
		return r.Sources[0].ID
	}
	return ""
}

// byteOffsets gives the byte at which each code point starts, and the length.
func byteOffsets(text string) []int {
	out := make([]int, 0, len(text)+1)
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

// sentencesOf cuts a text into sentences, as extraction does; each with the
// white space before it. A text that would not be read as one is cut into lines.
func sentencesOf(text string) []stretch {
	var out []stretch
	last := 0
	if d, err := source.Read("document.txt", []byte(text)); err == nil && d.Text == text && utf8.ValidString(text) {
		for _, p := range d.Passages() {
			if p.Start >= last {
				out = append(out, stretch{p.Start, p.End})
				last = p.End
			}
		}
		return out
	}
	for line := range strings.Lines(text) {
		out = append(out, stretch{last, last + len(strings.TrimRight(line, "\n"))})
		last += len(line)
	}
	return slices.DeleteFunc(out, func(s stretch) bool { return s.start == s.end })
}

// run is a part of a sentence that the same passages cover.
type run struct {
	Text   string
	Covers []int // numbers of the passages, the shortest first
	Begins []int // those that begin here
	Around bool  // it is covered only by passages that hold others
}

// runs cuts a stretch of the text where passages begin and end.
func (d *document) runs(s stretch) []run {
	cuts := []int{s.start, s.end}
	var here []passage
	for _, p := range d.passages {
		if p.start < s.end && p.end > s.start {
			here = append(here, p)
			cuts = append(cuts, max(p.start, s.start), min(p.end, s.end))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	slices.SortStableFunc(here, func(a, b passage) int { return cmp.Compare(a.end-a.start, b.end-b.start) })
	var out []run
	for i := range len(cuts) - 1 {
		r := run{Text: d.text[cuts[i]:cuts[i+1]]}
		for _, p := range here {
			if p.start <= cuts[i] && p.end >= cuts[i+1] {
				r.Covers = append(r.Covers, p.number)
			}
			if p.start == cuts[i] {
				r.Begins = append(r.Begins, p.number)
			}
		}
		slices.Sort(r.Begins)
		r.Around = len(r.Covers) > 0 && d.holdsOthers(d.passages[r.Covers[0]-1])
		out = append(out, r)
	}
	return out
}

func (d *document) holdsOthers(p passage) bool {
	return slices.ContainsFunc(d.passages, func(q passage) bool {
		return q.start >= p.start && q.end <= p.end && q.end-q.start < p.end-p.start
	})
}

// says tells whether one of some passages has the words of a value.
func (d *document) says(numbers []int, value string) bool {
	return slices.ContainsFunc(numbers, func(n int) bool {
		p := d.passages[n-1]
		return strings.Contains(fold(d.text[p.start:p.end]), fold(value))
	})
}

// cites gives the numbers of the passages that a statement cites, and the
// supports that are no passage of the text.
func (d *document) cites(support []string) (numbers []int, others []string) {
	for _, text := range support {
		s, err := graph.ParseSupport(text)
		i := -1
		if err == nil && s.Source == d.source && s.Span != nil {
			i = slices.IndexFunc(d.passages, func(p passage) bool { return p.span == *s.Span })
		}
		if i < 0 {
			others = append(others, text)
			continue
		}
		numbers = append(numbers, d.passages[i].number)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), others
}
