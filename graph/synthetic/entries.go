package synthetic

import (
	"fmt"
	"strings"
	"time"

	"dialograph/graph"
)

// entriesAtOnce is how many entries stand on one page of the made-up directory
// that authority entries cite.
const entriesAtOnce = 100

// Authorities visits the authority entries, some at a time.
func (s *Set) Authorities(visit func(*graph.Authority) error) error {
	pages := 0
	each := func(n int, add func(a *graph.Authority, i int, t *text)) error {
		for first := 0; first < n; first += entriesAtOnce {
			a, t := &graph.Authority{Schema: graph.AuthoritySchema}, &text{}
			for i := first; i < min(first+entriesAtOnce, n); i++ {
				add(a, i, t)
			}
			pages++
			a.Sources = []graph.Source{t.source(fmt.Sprintf("https://example.org/directory/%d", pages), fmt.Sprintf("Directory, page %d", pages), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))}
			if err := visit(a); err != nil {
				return err
			}
		}
		return nil
	}
	for _, list := range []struct {
		n   int
		add func(a *graph.Authority, i int, t *text)
	}{
		{s.states, country}, {s.states * citiesEach, city}, {s.topics, topic}, {s.instruments, instrument}, {s.actors, s.actor}, {s.series, s.aSeries}, {s.people, s.person},
	} {
		if err := each(list.n, list.add); err != nil {
			return err
		}
	}
	return nil
}

func entry(t *text, id, name, what string) graph.Entry {
	return graph.Entry{ID: id, Name: name, Support: t.say("%s is %s.", name, what)}
}

const citiesEach = 2 // of a country

func countryName(i int) string { return word(i, 2) + "land" }
func countryID(i int) string   { return fmt.Sprintf("country-%02d", i) }
func cityName(i int) string    { return word(i, 2) + "ville" }
func cityID(i int) string      { return fmt.Sprintf("city-%03d", i) }

func country(a *graph.Authority, i int, t *text) {
	a.Places = append(a.Places, graph.Place{Entry: entry(t, countryID(i), countryName(i), "a country"), Kind: "country"})
}

func city(a *graph.Authority, i int, t *text) {
	a.Places = append(a.Places, graph.Place{Entry: entry(t, cityID(i), cityName(i), "a city"), Kind: "city", Country: countryID(i / citiesEach)})
}

func topicName(i int) string { return strings.ToLower(word(i, 2)) + " security" }
func topicID(i int) string   { return fmt.Sprintf("topic-%03d", i) }

func topic(a *graph.Authority, i int, t *text) {
	x := graph.Topic{Entry: entry(t, topicID(i), topicName(i), "a topic")}
	x.Description = "What concerns " + topicName(i) + "."
	if i >= 10 {
		x.Broader = []string{topicID(i % 10)}
	}
	a.Topics = append(a.Topics, x)
}

func instrumentName(i int) string { return word(i, 2) + " Convention" }
func instrumentID(i int) string   { return fmt.Sprintf("instrument-%02d", i) }

func instrument(a *graph.Authority, i int, t *text) {
	a.Instruments = append(a.Instruments, graph.Instrument{Entry: entry(t, instrumentID(i), instrumentName(i), "an instrument"), Kind: "treaty", Adopted: fmt.Sprint(1960 + i)})
}

var bodies = []struct{ kind, name string }{
	{"agency", "Agency"}, {"ministry", "Ministry"}, {"cert", "Response Team"}, {"institute", "Institute"}, {"office", "Office"}, {"university", "University"},
}

// actorName names a state, or a body of one.
func actorName(s *Set, i int) string {
	if i < s.states {
		return "Republic of " + countryName(i)
	}
	return fmt.Sprintf("%s %s of %s", word(i, 4), bodies[i%len(bodies)].name, countryName(i%s.states))
}

func actorID(i int) string { return fmt.Sprintf("actor-%06d", i) }

func (s *Set) actor(a *graph.Authority, i int, t *text) {
	x := graph.Actor{Entry: entry(t, actorID(i), actorName(s, i), "a body"), Kind: "state", Country: countryID(i % s.states)}
	if i >= s.states {
		x.Kind, x.Parent = bodies[i%len(bodies)].kind, actorID(i%s.states)
	}
	a.Actors = append(a.Actors, x)
}

func (s *Set) seriesName(j int) string {
	one, other, _ := s.seriesOf(j)
	return fmt.Sprintf("%s-%s Cyber Dialogue %s", countryName(one), countryName(other), word(j, 5))
}

func seriesID(j int) string { return fmt.Sprintf("series-%07d", j) }

func (s *Set) aSeries(a *graph.Authority, j int, t *text) {
	one, other, year := s.seriesOf(j)
	a.Series = append(a.Series, graph.Series{Entry: entry(t, seriesID(j), s.seriesName(j), "a row of talks"), Kind: "bilateral", Parties: []string{actorID(one), actorID(other)}, Since: fmt.Sprint(year)})
}

func personName(i int) string {
	n := spread(i, 5)
	return syllables(n>>15, 2) + " " + syllables(n, 3)
}

func personID(i int) string { return fmt.Sprintf("person-%07d", i) }

func (s *Set) person(a *graph.Authority, i int, t *text) {
	state := i % s.states
	x := graph.Person{Entry: entry(t, personID(i), personName(i), "an official of "+countryName(state)), Country: actorID(state)}
	x.Positions = []graph.Position{{Title: "Director for Cyber Issues", Organisation: actorID(i % s.actors), AsOf: "2020", Support: x.Support}}
	a.People = append(a.People, x)
}

// Names are made of syllables. Each number below 32 to the power of their count
// has a word of its own, and neighbours have words that are not alike.
const (
	consonants = "bdfgklmnprstvzhj"
	vowels     = "aeio"
	bits       = 5 // of a syllable: half of the consonants with each vowel
)

func word(i, n int) string { return syllables(spread(i, n), n) }

// spread is a number of n syllables for i, another one for each.
func spread(i, n int) int { return i * 0x2545f491 & (1<<(bits*n) - 1) }

func syllables(x, n int) string {
	var b strings.Builder
	for k := n - 1; k >= 0; k-- {
		y := x >> (bits * k) & (1<<bits - 1)
		b.WriteByte(consonants[y>>2+k%2*8])
		b.WriteByte(vowels[y&3])
	}
	name := b.String()
	return strings.ToUpper(name[:1]) + name[1:]
}
