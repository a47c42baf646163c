package gazetteer

import (
	"slices"
	"strings"

	"dialograph/graph"
)

// Mention is a place in a text where entries of one kind are named. First and
// Last are tokens, half open. Several IDs share the name.
type Mention struct {
	First, Last int
	Kind        graph.Kind
	IDs         []graph.ID
}

// Matcher finds the names of all entries in a text in one pass. It is a trie of
// folded words, so a name begins and ends at words by construction.
type Matcher struct {
	words map[string]int32
	next  map[edge]int32
	ends  [][]ending // by node
}

type edge struct{ node, word int32 }

type ending struct {
	kind  graph.Kind
	style style
	exact string // of an acronym
	ids   []graph.ID
}

// style says how a name must be written to be that name.
type style uint8

const (
	anyCase style = iota
	capital       // begins with a capital or a figure
	acronym       // exactly these letters
)

// Demonym is the kind of a mention of the people or the adjective of a place;
// its ids are of places.
const Demonym graph.Kind = "demonym"

// Matcher makes a matcher of all names in the gazetteer.
func (g *Gazetteer) Matcher() *Matcher {
	m := &Matcher{words: map[string]int32{}, next: map[edge]int32{}, ends: make([][]ending, 1)}
	for _, n := range g.spelled {
		m.Add(n.kind, n.id, n.text)
	}
	return m
}

// Add gives the matcher one more name of an entry.
func (m *Matcher) Add(kind graph.Kind, id graph.ID, name string) {
	tokens := slices.DeleteFunc(Tokens(name, 0, len(name)), func(t Token) bool { return skipped(t) || t.Fold == "," })
	if len(tokens) > 1 && tokens[0].Fold == "the" {
		tokens = tokens[1:]
	}
	if len(tokens) == 0 {
		return
	}
	node := int32(0)
	for _, t := range tokens {
		word, ok := m.words[t.Fold]
		if !ok {
			word = int32(len(m.words) + 1)
			m.words[t.Fold] = word
		}
		to, ok := m.next[edge{node, word}]
		if !ok {
			to = int32(len(m.ends))
			m.ends = append(m.ends, nil)
			m.next[edge{node, word}] = to
		}
		node = to
	}
	e := ending{kind: kind, style: styleOf(kind, tokens), ids: []graph.ID{id}}
	if e.style == acronym {
		e.exact = letters(tokens[0].Text)
	}
	for i := range m.ends[node] {
		if x := &m.ends[node][i]; x.kind == e.kind && x.style == e.style && x.exact == e.exact {
			if !slices.Contains(x.ids, id) {
				x.ids = append(x.ids, id)
			}
			return
		}
	}
	m.ends[node] = append(m.ends[node], e)
}

func styleOf(kind graph.Kind, tokens []Token) style {
	switch t := tokens[0]; {
	case len(tokens) == 1 && t.Class == Upper:
		return acronym
	case kind == graph.KindTopic || t.Class == Lower && t.Text[0] < 0x80:
		return anyCase
	default:
		return capital
	}
}

// letters drops the points of an acronym: U.S. is US.
func letters(s string) string { return strings.ReplaceAll(s, ".", "") }

// skipped tells of signs that do not matter within a name.
func skipped(t Token) bool {
	return t.Class == Sign && (t.Fold == "-" || t.Fold == "/" || t.Fold == "." || t.Fold == "'" || t.Fold == "’" || t.Fold == "(" || t.Fold == ")" || t.Fold == "\"" || t.Fold == "“" || t.Fold == "”")
}

// Find gives the longest names of each kind, in the order of the text; those of
// one kind do not overlap.
func (m *Matcher) Find(tokens []Token) []Mention {
	ids := make([]int32, len(tokens))
	for i, t := range tokens {
		ids[i] = m.words[t.Fold]
	}
	var out []Mention
	until := map[graph.Kind]int{}
	var found []Mention
	for i := range tokens {
		if ids[i] == 0 {
			continue
		}
		found = m.at(tokens, ids, i, found[:0])
		for _, f := range found {
			if i >= until[f.Kind] {
				out = append(out, f)
			}
		}
		for _, f := range found {
			until[f.Kind] = max(until[f.Kind], f.Last)
		}
	}
	return out
}

// at gives the longest name of each kind that begins at a token.
func (m *Matcher) at(tokens []Token, ids []int32, first int, found []Mention) []Mention {
	node := int32(0)
	for i := first; i < len(tokens); i++ {
		if ids[i] == 0 || tokens[i].Class == Sign {
			if i > first && joins(tokens, i) {
				continue
			}
			if ids[i] == 0 {
				break
			}
		}
		to, ok := m.next[edge{node, ids[i]}]
		if !ok {
			break
		}
		node = to
		for _, e := range m.ends[node] {
			if e.written(tokens[first]) {
				found = longest(found, Mention{first, i + 1, e.kind, e.ids})
			}
		}
	}
	return found
}

// joins tells of a sign inside a name: a hyphen or stroke between words, or a
// comma.
func joins(tokens []Token, i int) bool {
	if i+1 >= len(tokens) || tokens[i].Class != Sign {
		return false
	}
	switch tokens[i].Fold {
	case "-", "/":
		return !tokens[i].Spaced && !tokens[i+1].Spaced
	case ",", "'", "’":
		return true
	}
	return false
}

func longest(found []Mention, m Mention) []Mention {
	for i, f := range found {
		if f.Kind == m.Kind {
			if m.Last > f.Last {
				found[i] = m
			} else if m.Last == f.Last {
				found[i].IDs = union(f.IDs, m.IDs)
			}
			return found
		}
	}
	return append(found, m)
}

func union(a, b []graph.ID) []graph.ID {
	out := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func (e ending) written(first Token) bool {
	switch e.style {
	case acronym:
		return letters(first.Text) == e.exact
	case capital:
		return first.Class != Lower || first.Text[0] >= 0x80
	}
	return true
}
