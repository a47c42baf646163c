package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
)

// nameIndex finds things by what they are called.
type nameIndex struct {
	exact map[string][]nameRef // folded name, and folded without order for people
	all   []nameRef
	words []string           // distinct words, ascending
	at    map[string][]int32 // word -> numbers in all
}

// nameRef is one name of one thing.
type nameRef struct {
	thing Named
	text  string
	kind  string // name, acronym, alias, misspelling …
	fold  string
	words int
}

func newNameIndex(s *Snapshot) *nameIndex {
	x := &nameIndex{exact: map[string][]nameRef{}, at: map[string][]int32{}}
	addAll(x, s.Events)
	addAll(x, s.Series)
	addAll(x, s.Actors)
	addAll(x, s.People)
	addAll(x, s.Topics)
	addAll(x, s.Instruments)
	addAll(x, s.Initiatives)
	addAll(x, s.Places)
	addAll(x, s.Sources)
	for w := range x.at {
		x.words = append(x.words, w)
	}
	slices.Sort(x.words)
	return x
}

func addAll[T Named](x *nameIndex, list []T) {
	for _, n := range list {
		x.add(n)
	}
}

func (x *nameIndex) add(n Named) {
	e := n.Self()
	seen := map[string]bool{}
	enter := func(text, kind string) {
		if fold := names.Fold(text); fold != "" && !seen[fold] {
			seen[fold] = true
			x.enter(nameRef{n, text, kind, fold, len(strings.Fields(fold))})
		}
	}
	enter(e.Name, "name")
	enter(e.Acronym, "acronym")
	for _, a := range e.Names {
		enter(a.Text, cmp.Or(a.Kind, "alias"))
	}
	switch n := n.(type) {
	case *Instrument:
		enter(n.Identifier, "identifier")
	case *Place:
		enter(n.Code, "code")
	case *Source:
		enter(n.As.Publisher, "publisher")
	}
}

func (x *nameIndex) enter(r nameRef) {
	number := int32(len(x.all))
	x.all = append(x.all, r)
	x.exact[r.fold] = append(x.exact[r.fold], r)
	words := strings.Fields(r.fold)
	if r.thing.NodeID().Kind() == graph.KindPerson {
		sorted := slices.Sorted(slices.Values(words))
		if other := strings.Join(sorted, " "); other != r.fold {
			x.exact[other] = append(x.exact[other], r)
		}
	}
	for _, w := range slices.Compact(slices.Sorted(slices.Values(words))) {
		x.at[w] = append(x.at[w], number)
	}
}

// Hit is a thing that a search found, the name that matched, and how.
type Hit struct {
	Thing   Named
	Matched string // the name as written
	How     string // exact, prefix, words, fuzzy
	Score   float64
	Weight  int // how much the graph says about it, for equal scores
}

// Search finds things of the given kinds (all if none) by name: exact, by
// prefix, by words, with one letter wrong, in any script; the best first.
func (s *Snapshot) Search(text string, kinds []graph.Kind) []Hit {
	fold := names.Fold(text)
	if fold == "" {
		return nil
	}
	f := &finder{index: s.names, kinds: kinds, best: map[graph.ID]Hit{}}
	f.exactly(fold)
	f.byWords(strings.Fields(fold))
	f.inside(fold)
	hits := make([]Hit, 0, len(f.best))
	for _, h := range f.best {
		h.Weight = weight(h.Thing)
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), -cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Thing.NodeID(), b.Thing.NodeID()))
	})
	return hits
}

// weight orders things whose names match equally well: first what the graph
// says most about.
func weight(n Named) int {
	switch n := n.(type) {
	case *Actor:
		return 1000 + len(n.Participations) + len(n.ForSide)
	case *Person:
		return 1000 + len(n.Participations)
	case *Series:
		return 500 + len(n.Events)
	case *Topic:
		return 200 + len(n.Discussions)
	case *Instrument:
		return 300 + len(n.References)
	case *Initiative:
		return 300 + len(n.References)
	case *Place:
		return 100 + len(n.Events)
	}
	return 0
}

type finder struct {
	index *nameIndex
	kinds []graph.Kind
	best  map[graph.ID]Hit
}

func (f *finder) offer(r nameRef, how string, score float64) {
	id := r.thing.NodeID()
	if len(f.kinds) > 0 && !slices.Contains(f.kinds, id.Kind()) {
		return
	}
	if r.kind == "publisher" {
		score *= 0.6
	}
	if old, ok := f.best[id]; !ok || score > old.Score {
		f.best[id] = Hit{Thing: r.thing, Matched: r.text, How: how, Score: score}
	}
}

func (f *finder) exactly(fold string) {
	for _, r := range f.index.exact[fold] {
		score := 0.98
		if r.kind == "name" || r.kind == "acronym" {
			score = 1
		}
		f.offer(r, "exact", score)
	}
}

// byWords finds names that hold every word of the query, as it is, begun, or
// with one letter wrong.
func (f *finder) byWords(words []string) {
	type match struct {
		quality float64
		how     string
		count   int
	}
	total := map[int32]match{}
	for i, w := range words {
		here := map[int32]match{}
		for _, m := range f.index.wordsLike(w) {
			for _, number := range f.index.at[m.word] {
				if old := here[number]; m.quality > old.quality {
					here[number] = match{quality: m.quality, how: m.how}
				}
			}
		}
		for number, m := range here {
			if t := total[number]; t.count == i {
				how := m.how
				if i > 0 && worse(t.how, how) {
					how = t.how
				}
				total[number] = match{t.quality + m.quality, how, i + 1}
			}
		}
	}
	for number, m := range total {
		if m.count != len(words) {
			continue
		}
		r := f.index.all[number]
		coverage := float64(len(words)) / float64(max(r.words, len(words)))
		f.offer(r, m.how, m.quality/float64(len(words))*(0.5+0.4*coverage))
	}
}

func worse(a, b string) bool {
	order := []string{"words", "prefix", "fuzzy"}
	return slices.Index(order, a) > slices.Index(order, b)
}

type wordMatch struct {
	word    string
	how     string
	quality float64
}

func (x *nameIndex) wordsLike(w string) []wordMatch {
	var out []wordMatch
	first, _ := slices.BinarySearch(x.words, w)
	for _, other := range x.words[first:] {
		if !strings.HasPrefix(other, w) {
			break
		}
		if other == w {
			out = append(out, wordMatch{other, "words", 1})
		} else if utf8.RuneCountInString(w) >= 2 {
			out = append(out, wordMatch{other, "prefix", 0.85})
		}
	}
	if n := utf8.RuneCountInString(w); n >= 4 {
		for _, other := range x.words {
			if d := utf8.RuneCountInString(other) - n; d >= -1 && d <= 1 && other != w && oneEdit([]rune(w), []rune(other)) {
				out = append(out, wordMatch{other, "fuzzy", 0.7})
			}
		}
	}
	return out
}

// oneEdit tells whether one insertion, deletion, replacement or transposition
// of neighbours turns a into b.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) || slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

// inside finds a part of a name in scripts that do not separate words.
func (f *finder) inside(fold string) {
	if utf8.RuneCountInString(fold) < 2 || !strings.ContainsFunc(fold, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
	}) {
		return
	}
	for _, r := range f.index.all {
		if strings.Contains(r.fold, fold) {
			f.offer(r, "words", 0.5+0.4*float64(len(fold))/float64(len(r.fold)))
		}
	}
}

// Lookup gives the things of a kind that bear a name: case, accents and
// punctuation apart, and for people whichever part comes first.
func (s *Snapshot) Lookup(kind graph.Kind, name string) []Named {
	var out []Named
	collect := func(fold string) {
		for _, r := range s.names.exact[fold] {
			if r.thing.NodeID().Kind() == kind && r.kind != "publisher" && !slices.Contains(out, r.thing) {
				out = append(out, r.thing)
			}
		}
	}
	collect(names.Fold(name))
	if kind == graph.KindPerson {
		collect(names.FoldUnordered(name))
	}
	return out
}

// Candidate is a thing that a name may mean, how likely, and why.
type Candidate struct {
	Thing Named
	Score float64
	Why   []string
}

// Resolve weighs what a name may mean. Context is names of what it stands
// beside: a side, a country, a parent, another participant. Bodies that did not
// exist at a date, where one is given, do not count.
func (s *Snapshot) Resolve(name string, kinds []graph.Kind, context []string, at edtf.Date) []Candidate {
	var out []Candidate
	exact := false // some name is exactly this, even if its bearer did not exist then
	for _, h := range s.Search(name, kinds) {
		exact = exact || h.How == "exact"
		if h.How != "exact" && (exact || h.Score < 0.6) {
			break
		}
		if a, ok := h.Thing.(*Actor); ok && !at.IsZero() && !a.existed(at) {
			continue
		}
		c := Candidate{Thing: h.Thing, Score: h.Score, Why: []string{h.How + " match of “" + h.Matched + "”"}}
		s.weigh(&c, context)
		out = append(out, c)
	}
	share(out)
	slices.SortStableFunc(out, func(a, b Candidate) int { return -cmp.Compare(a.Score, b.Score) })
	return out
}

// existed tells whether a body may have existed at a date.
func (a *Actor) existed(at edtf.Date) bool {
	last, ok := at.Latest()
	if from, known := a.From.Value.Earliest(); ok && known && from.After(last) {
		return false
	}
	first, ok := at.Earliest()
	to, known := a.To.Value.Latest()
	return !ok || !known || !to.Before(first)
}

// weigh compares a candidate's surroundings with the context.
func (s *Snapshot) weigh(c *Candidate, context []string) {
	around := s.around(c.Thing)
	for _, text := range context {
		fold := names.Fold(text)
		why, ok := around[fold]
		for phrase, says := range around {
			if says == "was" && fold != "" && strings.Contains(" "+phrase+" ", " "+fold+" ") {
				why, ok = says, true // part of an office
			}
		}
		if ok {
			c.Score *= 3
			c.Why = append(c.Why, why+" “"+text+"”")
		}
	}
}

// around gives the folded names of what a thing belongs to.
func (s *Snapshot) around(n Named) map[string]string {
	out := map[string]string{}
	note := func(e *Entity, why string) {
		out[names.Fold(e.Name)], out[names.Fold(e.Acronym)] = why, why
		for _, a := range e.Names {
			out[names.Fold(a.Text)] = why
		}
		out[names.Fold(string(e.ID))] = why
	}
	actor := func(a *Actor) {
		for up := a; up != nil; up = up.Parent {
			if up != n {
				note(&up.Entity, "belongs to")
			}
			if up.Country != nil {
				note(&up.Country.Entity, "is of")
				for _, d := range up.Country.Demonyms {
					out[names.Fold(d)] = "is"
				}
			}
		}
	}
	switch n := n.(type) {
	case *Actor:
		actor(n)
	case *Person:
		if n.Country != nil {
			note(&n.Country.Entity, "acts for")
			actor(n.Country)
		}
		for _, p := range n.Positions {
			out[names.Fold(p.Title)] = "was"
			if p.Actor != nil {
				note(&p.Actor.Entity, "held a position at")
			}
		}
	case *Place:
		if n.Country != nil {
			note(&n.Country.Entity, "lies in")
		}
	}
	delete(out, "")
	return out
}

// share turns weights into shares that add up to one, or to less where no
// candidate fits well.
func share(list []Candidate) {
	var total float64
	for _, c := range list {
		total += c.Score
	}
	for i := range list {
		list[i].Score = float64(int(list[i].Score/max(total, 1)*1000+0.5)) / 1000
	}
}
