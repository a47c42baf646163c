// Package synthetic makes data sets of any size that look like the real one to
// the graph: for benchmarks, and to try what a large graph needs. Nothing in
// them is true. The same number of events and seed give the same set.
package synthetic

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"dialograph/graph"
	"dialograph/graph/rdf"
)

// Set is a data set of records and the authority entries that they speak of.
// Actors, topics and instruments are as popular as Zipf's law has it: the first
// of each is everywhere.
type Set struct {
	events int
	seed   uint64

	states, actors, people, series, topics, instruments int
}

// The most events that a set can have: names are made of so many syllables.
const maxEvents = 10_000_000

// New describes the set of so many events. Beside them it has an eighth as many
// series, half as many people, a tenth as many actors, of which at most 60 are
// states, 200 topics and 50 instruments.
func New(events int, seed uint64) (*Set, error) {
	if events < 1 || events > maxEvents {
		return nil, fmt.Errorf("%d events: want 1 to %d", events, maxEvents)
	}
	s := &Set{events: events, seed: seed, series: max((events+sessions-1)/sessions, 1), topics: 200, instruments: 50}
	s.actors = max(events/10, 10)
	s.states = min(60, s.actors/2)
	s.people = max(events/2, eachSide*s.states)
	return s, nil
}

const (
	sessions = 8 // of a series
	eachSide = 3 // who take part for it
)

// Len is the number of events.
func (s *Set) Len() int { return s.events }

// Units visits the quads of the set: of each authority entry, then of each
// record. It holds one unit at a time.
func (s *Set) Units(base rdf.Base, visit func(rdf.Unit) error) error {
	err := s.Authorities(func(a *graph.Authority) error {
		for _, u := range rdf.AuthorityUnits(base, a) {
			if err := visit(u); err != nil {
				return err
			}
		}
		return nil
	})
	for i := 0; i < s.events && err == nil; i++ {
		err = visit(rdf.RecordUnit(base, s.Record(i), nil))
	}
	return err
}

// Quads gives what visits the quads of the set, unit by unit, until the context
// ends; those that two units share come twice.
func (s *Set) Quads(base rdf.Base) func(context.Context, func(rdf.Quad) error) error {
	return func(ctx context.Context, visit func(rdf.Quad) error) error {
		return s.Units(base, func(u rdf.Unit) error {
			for _, q := range u.Quads {
				if err := visit(q); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}
}

// random is a generator of its own for one thing of the set, so that each can be
// made by itself.
func (s *Set) random(of string, i int) *rand.Rand {
	h := s.seed
	for _, c := range []byte(of) {
		h = (h ^ uint64(c)) * 0x100000001b3
	}
	return rand.New(rand.NewPCG(h, uint64(i)*0x9e3779b97f4a7c15+s.seed))
}

// popular draws numbers below n by Zipf's law.
func popular(r *rand.Rand, n int) *rand.Zipf { return rand.NewZipf(r, 1.1, 1, uint64(n-1)) }

// some draws different numbers.
func some(z *rand.Zipf, n int) []int {
	var out []int
	for len(out) < n {
		if x := int(z.Uint64()); !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// seriesOf draws the two states of a series and the year of its first session.
func (s *Set) seriesOf(j int) (one, other, year int) {
	r := s.random("series", j)
	sides := some(popular(r, s.states), 2)
	return sides[0], sides[1], 2004 + r.IntN(14)
}

// Record makes the record of event i, from 0, with its names resolved.
func (s *Set) Record(i int) *graph.Record {
	r := s.random("event", i)
	j, session := i/sessions, i%sessions+1
	one, other, year := s.seriesOf(j)
	day := time.Date(year+session-1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(360))
	host := []int{one, other}[session%2]
	city := host*citiesEach + r.IntN(citiesEach)
	name := fmt.Sprintf("%s, session %d", s.seriesName(j), session)

	var t text
	held := t.say("The %s was held in %s, %s, on %s.", name, cityName(city), countryName(host), day.Format("2 January 2006"))
	record := &graph.Record{Schema: graph.RecordSchema, ID: fmt.Sprintf("event-%07d", i), Review: "reviewed", Event: graph.Event{
		Name: name, Kind: "dialogue", Status: "held", Series: graph.SeriesName{ID: seriesID(j)}, Ordinal: session, Date: day.Format("2006-01-02"), DateBasis: "explicit",
		Mode: "in-person", City: cityName(city), Country: countryName(host), Support: map[string][]string{"other": held},
		SeriesRef: ref(graph.KindSeries, seriesID(j)), CityRef: ref(graph.KindPlace, cityID(city)), CountryRef: ref(graph.KindPlace, countryID(host)),
	}}
	record.Delegations = s.delegations(r, &t, [2]int{one, other})
	for _, n := range some(popular(r, s.topics), 4) {
		record.Topics = append(record.Topics, graph.Mention{Name: topicName(n), Stance: graph.Stances[r.IntN(2)], Support: t.say("They spoke of %s.", topicName(n)), Ref: ref(graph.KindTopic, topicID(n))})
	}
	for _, n := range some(popular(r, s.instruments), 1+r.IntN(2)) {
		record.References = append(record.References, graph.Mention{Name: instrumentName(n), Kind: "instrument", Stance: "reaffirmed", Support: t.say("Both recalled the %s.", instrumentName(n)), Ref: ref(graph.KindInstrument, instrumentID(n))})
	}
	record.Sources = []graph.Source{t.source(fmt.Sprintf("https://example.org/statements/%d", i), "Press statement: "+name, day)}
	return record
}

// delegations are the two sides, each with a chair and two members.
func (s *Set) delegations(r *rand.Rand, t *text, sides [2]int) []graph.Delegation {
	bodies := popular(r, s.actors)
	var out []graph.Delegation
	for _, side := range sides {
		d := graph.Delegation{Party: actorName(s, side), PartyRef: ref(graph.KindActor, actorID(side))}
		for m, person := range s.officials(r, side) {
			body := int(bodies.Uint64())
			role, verb := "member", "took part"
			if m == 0 {
				role, verb = "chair", "was in the chair"
			}
			p := graph.Participant{Person: personName(person), Organisation: actorName(s, body), Role: role, PersonRef: ref(graph.KindPerson, personID(person)), ActorRef: ref(graph.KindActor, actorID(body))}
			p.Support = t.say("%s of the %s %s for %s.", p.Person, p.Organisation, verb, d.Party)
			if m == 0 {
				d.Support = p.Support
			}
			d.Participants = append(d.Participants, p)
		}
		out = append(out, d)
	}
	return out
}

// officials draws people who act for a state.
func (s *Set) officials(r *rand.Rand, state int) []int {
	each := (s.people - state + s.states - 1) / s.states
	var out []int
	for len(out) < eachSide {
		if n := state + s.states*r.IntN(each); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func ref(kind graph.Kind, slug string) graph.Ref { return graph.Ref{ID: graph.NewID(kind, slug)} }

// text is a press statement that grows by sentences.
type text struct {
	b        strings.Builder
	passages []graph.Passage
}

// say adds a sentence and gives the support that points to it.
func (t *text) say(format string, args ...any) []string {
	start := t.b.Len() // all of it is ASCII: bytes are code points
	fmt.Fprintf(&t.b, format, args...)
	span := graph.Span{Start: start, End: t.b.Len()}
	t.passages = append(t.passages, graph.Passage{Char: fmt.Sprintf("%d,%d", span.Start, span.End), Exact: t.b.String()[start:]})
	t.b.WriteByte(' ')
	return []string{graph.Support{Source: "s1", Span: &span}.String()}
}

func (t *text) source(url, title string, day time.Time) graph.Source {
	return graph.Source{ID: "s1", URL: url, Title: title, Publisher: "Synthetic Ministry of Statements", Published: day.Format("2006-01-02"), Language: "en", Passages: t.passages}
}
