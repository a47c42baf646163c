package index

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dialograph/graph"
	"dialograph/graph/names"

	"pgregory.net/rapid"
)

// people makes a snapshot of persons with these names, in which nothing else is.
func people(list ...string) *Snapshot {
	s := &Snapshot{}
	for i, name := range list {
		p := &Person{Entity: Entity{ID: graph.NewID(graph.KindPerson, fmt.Sprintf("p%07d", i)), Name: name}}
		s.People = append(s.People, p)
	}
	s.names = namesOf(nil, s, s.everyNamed())
	return s
}

func TestSearch(t *testing.T) {
	s := people("Kang Yoo-sik", "Maciej Stadejek", "Йорданова Гергана", "한국인터넷진흥원", "外務省 サイバー", "Ministry of Foreign Affairs", "Müller-Łukasz")
	for query, want := range map[string]string{
		"Kang Yoo-sik":             "Kang Yoo-sik exact [Kang] [Yoo] [sik]",
		"YOO-SIK KANG":             "Kang Yoo-sik exact [Kang] [Yoo] [sik]", // family name last
		"stadejek":                 "Maciej Stadejek words [Stadejek]",
		"stad":                     "Maciej Stadejek prefix [Stad]",
		"Sadejek":                  "Maciej Stadejek fuzzy [Stadejek]", // a letter missing
		"Stdaejek":                 "Maciej Stadejek fuzzy [Stadejek]", // two changed places
		"Stadeyek":                 "Maciej Stadejek fuzzy [Stadejek]",
		"йорданова":                "Йорданова Гергана words [Йорданова]",
		"인터넷":                      "한국인터넷진흥원 words [인터넷]",
		"省":                        "",
		"外務":                       "外務省 サイバー words [外務]",
		"Foreign Ministry":         "Ministry of Foreign Affairs words [Ministry] [Foreign]",
		"ministry forein":          "Ministry of Foreign Affairs fuzzy [Ministry] [Foreign]",
		"muller lukasz":            "Müller-Łukasz exact [Müller] [Łukasz]",
		"ministry of interior":     "",
		"  ":                       "",
		"Kang Yoo-sik of anywhere": "",
	} {
		got := ""
		if hits := s.Search(query, nil); len(hits) > 0 {
			h := hits[0]
			got = h.Matched + " " + h.How
			for _, part := range h.Highlights() {
				got += " [" + part.Text + "]"
				if name := []rune(h.Matched); string(name[part.Start:part.End]) != part.Text {
					t.Errorf("%q: highlight %+v is not that part of %q", query, part, h.Matched)
				}
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

// plainSearch goes through all names and words; it says what Search must find.
func plainSearch(s *Snapshot, text string) map[graph.ID]int {
	out := map[graph.ID]int{}
	fold := names.Fold(text)
	words := strings.Fields(fold)
	for _, p := range s.People {
		have := names.Words(p.Name)
		score := 0.0
		if f := strings.Join(have, " "); f == fold || names.FoldUnordered(p.Name) == names.FoldUnordered(text) {
			score = 1
		} else if pairs := pairsOf(fold); len(pairs) > 0 && strings.Contains(f, fold) {
			score = 0.5 + 0.4*float64(len(fold))/float64(len(f))
		}
		sum := 0
		for _, w := range words {
			best := 0
			for _, other := range have {
				switch n := utf8.RuneCountInString(w); {
				case other == w:
					best = max(best, 100)
				case n >= 2 && strings.HasPrefix(other, w):
					best = max(best, 85)
				case n >= 4 && utf8.RuneCountInString(other) >= 3 && oneEdit([]rune(w), []rune(other)):
					best = max(best, 70)
				}
			}
			if best == 0 {
				sum = -1 << 20
			}
			sum += best
		}
		if n := float64(len(words)); sum > 0 {
			score = max(score, float64(sum)/100/n*(0.5+0.4*n/max(float64(len(have)), n)))
		}
		if score > 0 && fold != "" {
			out[p.ID] = int(score*1e6 + 0.5)
		}
	}
	return out
}

// Search finds what going through all names would find, with the same scores,
// and pages of any size, either way, make up the whole.
func TestSearchFindsAll(t *testing.T) {
	word := rapid.SampledFrom([]string{"ab", "abc", "abcd", "abcde", "abced", "bcde", "abcdef", "of", "국가", "국가안보", "кибер", "x", "Abcde", "äbcde"})
	rapid.Check(t, func(t *rapid.T) {
		var list []string
		for range rapid.IntRange(0, 12).Draw(t, "names") {
			list = append(list, strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "name"), " "))
		}
		s := people(list...)
		query := strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "query"), " ")
		for range 2 { // the board is used again
			want := plainSearch(s, query)
			whole := s.Search(query, nil)
			if len(whole) != len(want) {
				t.Fatalf("%q in %q: got %v, want %v", query, list, whole, want)
			}
			for _, h := range whole {
				if h.Rank().Score != want[h.Thing.NodeID()] {
					t.Fatalf("%q in %q: %s has %v, want %d", query, list, h.Thing.NodeID(), h.Score, want[h.Thing.NodeID()])
				}
			}
			if !slices.IsSortedFunc(whole, func(a, b Hit) int {
				return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.Thing.NodeID(), b.Thing.NodeID()))
			}) {
				t.Fatalf("not in order: %v", whole)
			}
			walk(t, s, query, whole, rapid.IntRange(1, 5).Draw(t, "size"))
		}
	})
}

// walk pages through what is found, from the start and from the end.
func walk(t *rapid.T, s *Snapshot, query string, whole []Hit, size int) {
	var forwards, backwards []Hit
	for more, w := len(whole) > 0, (Window{First: size, Last: -1}); more; {
		found := s.Find(query, nil, w)
		if len(found.Hits) == 0 || found.Total != len(whole) || found.Before != (w.After != nil) {
			t.Fatalf("a page is wrong: %+v", found)
		}
		forwards = append(forwards, found.Hits...)
		last := found.Hits[len(found.Hits)-1].Rank()
		w.After, more = &last, found.After
	}
	for more, w := len(whole) > 0, (Window{First: -1, Last: size}); more; {
		found := s.Find(query, nil, w)
		if len(found.Hits) == 0 || found.Total != len(whole) || found.After != (w.Before != nil) {
			t.Fatalf("a page is wrong: %+v", found)
		}
		backwards = append(found.Hits, backwards...)
		first := found.Hits[0].Rank()
		w.Before, more = &first, found.Before
	}
	if !slices.Equal(forwards, whole) || !slices.Equal(backwards, whole) {
		t.Fatalf("walked %v and %v, want %v", forwards, backwards, whole)
	}
}

// millionNames are made of syllables, so that many words are near each other;
// some words are in very many names.
func millionNames(n int) []string {
	r := rand.New(rand.NewPCG(7, 7))
	syllables := strings.Fields("ka no shi ma yo ren tal gor bek lin su wan ter dor mik ras ven hal jo pet und ost mar kel bir sen tov nik ali ram")
	word := func() string {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteString(syllables[int(float64(len(syllables))*r.Float64()*r.Float64())])
		}
		return b.String()
	}
	common := strings.Fields("Ministry of Foreign Affairs Cyber Security Agency National Office Department Republic")
	list := make([]string, n)
	for i := range list {
		switch r.IntN(4) {
		case 0: // a body
			list[i] = common[r.IntN(len(common))] + " " + common[r.IntN(len(common))] + " of " + word()
		default:
			list[i] = word() + " " + word()
		}
	}
	return list
}

// BenchmarkSearchMillion looks for names among a million: whole ones, words of
// them, beginnings, with letters missing or swapped, and words that very many
// have. It reports the median and the 99th percentile of a search for a first
// page of ten.
func BenchmarkSearchMillion(b *testing.B) {
	list := millionNames(1_000_000)
	s := people(list...)
	r := rand.New(rand.NewPCG(8, 8))
	query := func() string {
		name := list[r.IntN(len(list))]
		words := strings.Fields(name)
		word := words[r.IntN(len(words))]
		switch r.IntN(7) {
		case 0:
			return name
		case 1:
			return word
		case 2:
			return word[:min(len(word), 2+r.IntN(3))]
		case 3:
			cut := r.IntN(len(name))
			return name[:cut] + name[cut+1:]
		case 4:
			slices.Reverse(words)
			return strings.Join(words, " ")
		case 5:
			letters := []byte(word)
			if len(letters) > 2 {
				letters[1], letters[2] = letters[2], letters[1]
			}
			return string(letters)
		default:
			return "Ministry of " + word
		}
	}
	var took []time.Duration
	for b.Loop() {
		q := query()
		start := time.Now()
		s.Find(q, nil, Window{First: 10, Last: -1})
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-µs")
}
