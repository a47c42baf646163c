package extract

import (
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
)

// sentence is a passage as it is understood: its words, and the names, dates
// and meetings in it.
type sentence struct {
	index   int
	passage source.Passage
	kind    source.BlockKind
	text    string // of the document
	toks    []gazetteer.Token
	words   []string // folded; a compound joined by hyphens stands whole at its first token
	widths  []int
	found   []gazetteer.Mention
	chunks  []*chunk // by first token; those of one kind do not overlap
	cues    []cue
}

// chunkKind is what a stretch of a sentence names.
type chunkKind uint8

const (
	partyChunk chunkKind = iota
	bodyChunk
	personChunk
	dateChunk
	placeChunk
	meetingChunk
	referenceChunk
)

// chunk is a stretch of a sentence that names something. First and last are
// tokens, half open.
type chunk struct {
	kind        chunkKind
	first, last int
	party       *party
	body        *body
	person      *person
	date        moment
	place       *place
	meeting     *meeting
}

// party is a state, union or alliance, or the adjective of one.
type party struct {
	slug string
	name string // as written, or the name of the state where only its adjective stands
	noun bool
}

// body is an institution.
type body struct {
	name    string // as written, with a shared head written out, without the acronym
	acronym string
	written string
	ids     []graph.ID
	home    string // slug of the side that its name or the authority files give
	certain bool   // home stands in the text
	weak    bool   // an acronym that nothing explains
	part    bool   // a division or bureau: a part of something larger
}

type place struct {
	name    string
	country string // slug of the actor, "" where not known
}

func newSentence(index int, text string, p source.Passage, kind source.BlockKind) *sentence {
	s := &sentence{index: index, passage: p, kind: kind, text: text, toks: gazetteer.Tokens(text, p.Start, p.End)}
	s.words = make([]string, len(s.toks))
	s.widths = make([]int, len(s.toks))
	for i := range s.toks {
		s.words[i], s.widths[i] = s.toks[i].Fold, 1
		if !s.compound(i) || i > 0 && s.toks[i-1].Fold == "-" && !s.toks[i].Spaced && !s.toks[i-1].Spaced {
			continue
		}
		parts := []string{s.toks[i].Fold}
		j := i
		for ; s.compound(j); j += 2 {
			parts = append(parts, s.toks[j+2].Fold)
		}
		s.words[i], s.widths[i] = strings.Join(parts, "-"), j-i+1
	}
	return s
}

// compound tells whether a hyphen without spaces follows a word.
func (s *sentence) compound(i int) bool {
	return i+2 < len(s.toks) && s.toks[i+1].Fold == "-" && !s.toks[i+1].Spaced && !s.toks[i+2].Spaced &&
		s.toks[i].Class != gazetteer.Sign && s.toks[i+2].Class != gazetteer.Sign
}

// word is a folded word, or a whole compound at its first part; "" beyond the
// sentence.
func (s *sentence) word(i int) string {
	if i < 0 || i >= len(s.words) {
		return ""
	}
	return s.words[i]
}

func (s *sentence) width(i int) int { return s.widths[i] }

// fold is a folded token, "" beyond the sentence.
func (s *sentence) fold(i int) string {
	if i < 0 || i >= len(s.toks) {
		return ""
	}
	return s.toks[i].Fold
}

// isName tells whether a token is written like part of a name.
func (s *sentence) isName(i int) bool {
	return i >= 0 && i < len(s.toks) && (s.toks[i].Class == gazetteer.Capital || s.toks[i].Class == gazetteer.Upper)
}

// slice gives the words of tokens as written.
func (s *sentence) slice(first, last int) string {
	if first >= last || last > len(s.toks) {
		return ""
	}
	return s.text[s.toks[first].Start:s.toks[last-1].End]
}

// line gives the words of tokens with white space made plain.
func (s *sentence) line(first, last int) string {
	return strings.Join(strings.Fields(s.slice(first, last)), " ")
}

func (s *sentence) whole() string { return s.text[s.passage.Start:s.passage.End] }

// add files a chunk at its place.
func (s *sentence) add(c *chunk) {
	i, _ := slices.BinarySearchFunc(s.chunks, c, func(a, b *chunk) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return int(a.kind) - int(b.kind)
	})
	s.chunks = slices.Insert(s.chunks, i, c)
}

// chunkAt gives the chunk of a kind that begins at a token.
func (s *sentence) chunkAt(i int, kind chunkKind) *chunk {
	for _, c := range s.chunks {
		if c.first > i {
			return nil
		}
		if c.first == i && c.kind == kind {
			return c
		}
	}
	return nil
}

// covering gives the chunk of a kind that holds a token.
func (s *sentence) covering(i int, kind chunkKind) *chunk {
	for _, c := range s.chunks {
		if c.first > i {
			return nil
		}
		if c.kind == kind && i < c.last {
			return c
		}
	}
	return nil
}

// of gives the chunks of a kind in order.
func (s *sentence) of(kind chunkKind) []*chunk {
	var out []*chunk
	for _, c := range s.chunks {
		if c.kind == kind {
			out = append(out, c)
		}
	}
	return out
}

// within gives the chunks of a kind between two tokens.
func (s *sentence) within(kind chunkKind, first, last int) []*chunk {
	var out []*chunk
	for _, c := range s.chunks {
		if c.kind == kind && c.first >= first && c.last <= last {
			out = append(out, c)
		}
	}
	return out
}

// has tells whether any of some words stands between two tokens.
func (s *sentence) has(first, last int, words ...string) bool {
	for i := max(first, 0); i < min(last, len(s.toks)); i++ {
		if slices.Contains(words, s.words[i]) || slices.Contains(words, s.toks[i].Fold) {
			return true
		}
	}
	return false
}

// hasClass tells whether a word of a class stands between two tokens.
func (s *sentence) hasClass(l *lexicon, class string, first, last int) bool {
	set := l.classes[class]
	for i := max(first, 0); i < min(last, len(s.toks)); i++ {
		if set[s.words[i]] || set[s.toks[i].Fold] {
			return true
		}
	}
	return false
}

// clauseStart and clauseEnd find the semicolons around a token.
func (s *sentence) clauseStart(i int) int {
	for i = min(i, len(s.toks)); i > 0; i-- {
		if f := s.toks[i-1].Fold; f == ";" {
			return i
		}
	}
	return 0
}

func (s *sentence) clauseEnd(i int) int {
	for ; i < len(s.toks); i++ {
		if s.toks[i].Fold == ";" {
			return i
		}
	}
	return len(s.toks)
}

func (s *sentence) anyOf(set map[string]bool) bool {
	for i := range s.words {
		if set[s.words[i]] {
			return true
		}
	}
	return false
}

func (s *sentence) anyWithin(set map[string]bool, first, last int) bool {
	for i := max(0, first); i < min(last, len(s.toks)); i++ {
		if set[s.words[i]] || set[s.toks[i].Fold] {
			return true
		}
	}
	return false
}
