package suggest_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/loaders"
	"dialograph/loaders/suggest"
	"dialograph/seeds"

	"github.com/google/go-cmp/cmp"
)

var all = flag.Bool("all", false, "measure on all people of the seeds instead of a sample")

// corpus is all entries and records of the seeds.
func corpus(t *testing.T) (*graph.Authority, []*graph.Record) {
	t.Helper()
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	return loaders.Read(inputs).Contents()
}

// Nothing is to be suggested on the seeds as they are: every name resolves.
func TestSeedsNeedNoSuggestion(t *testing.T) {
	known, events := corpus(t)
	s := suggest.New(known, events)
	for _, r := range events {
		for _, x := range s.For(r) {
			t.Errorf("%s %s: suggested %s or %s: %s", x.Record, x.Path, x.A, x.B, strings.Join(x.Why, "; "))
		}
	}
}

// Each person in turn is unknown: whoever is suggested instead is somebody else.
func TestUnknownPeople(t *testing.T) {
	known, events := corpus(t)
	people, asked := 0, 0
	for i, p := range known.People {
		if i%24 != 0 && !*all {
			continue
		}
		people++
		less := *known
		less.People = slices.Delete(slices.Clone(known.People), i, i+1)
		less.Judgements = nil
		var where []*graph.Record
		for _, r := range events {
			if namesPerson(r, p) {
				where = append(where, r)
			}
		}
		s := suggest.New(&less, events)
		for _, r := range where {
			asked++
			for _, x := range s.For(r) {
				if x.Kind == graph.KindPerson && knownDoubt(p.ID, x.A.Slug()) {
					t.Logf("the editors ask so too: %s or %s", p.ID, x.A)
				} else if x.Kind == graph.KindPerson {
					t.Errorf("%s is not in the authority files; in %s suggested %s or %s, %.2f: %s", p.ID, x.Record, x.A, x.B, x.Score, strings.Join(x.Why, "; "))
				}
			}
		}
	}
	t.Logf("left out %d people of %d, asked about %d records", people, len(known.People), asked)
}

// knownDoubt tells of two of whom the editors are not sure either.
func knownDoubt(a, b string) bool {
	pair := []string{a, b}
	slices.Sort(pair)
	return slices.Equal(pair, []string{"lee-tae-woo", "lee-taewoo"})
}

func namesPerson(r *graph.Record, p graph.Person) bool {
	for i := range participants(r) {
		if bears(p, *i) {
			return true
		}
	}
	return false
}

func bears(p graph.Person, name string) bool {
	fold := names.FoldUnordered(name)
	return fold == names.FoldUnordered(p.Name) || slices.ContainsFunc(p.Aliases, func(n graph.Name) bool { return names.FoldUnordered(n.Text) == fold })
}

// participants visits the name of each person who took part.
func participants(r *graph.Record) func(func(*string) bool) {
	return func(yield func(*string) bool) {
		for i := range r.Delegations {
			for j := range r.Delegations[i].Participants {
				if p := &r.Delegations[i].Participants[j]; p.Person != "" && !yield(&p.Person) {
					return
				}
			}
		}
		for i := range r.Participants {
			if p := &r.Participants[i]; p.Person != "" && !yield(&p.Person) {
				return
			}
		}
	}
}

// Each other spelling of a person in turn is unknown, and a second page on one
// of the person's meetings has it: that person is to be suggested. Without the
// record of that meeting, and without what is known of that day, less is found;
// nobody else must be.
func TestUnknownSpellings(t *testing.T) {
	known, events := corpus(t)
	for _, same := range []bool{true, false} {
		right, wrong, missed := 0, 0, map[string]int{}
		found := map[string]int{}
		n := 0
		for i, p := range known.People {
			for j, alias := range p.Aliases {
				if n++; n%12 != 0 && !*all {
					continue
				}
				less, rest := withoutAlias(known, i, j), events
				if slices.ContainsFunc(less.People, func(q graph.Person) bool { return bears(q, alias.Text) }) {
					continue // the order of the names alone
				}
				at := slices.IndexFunc(events, func(r *graph.Record) bool { return namesPerson(r, p) })
				if at < 0 {
					continue
				}
				page := rewritten(events[at], p, alias.Text)
				if !same {
					rest = slices.Delete(slices.Clone(events), at, at+1)
					forget(&less.People[i], page.Event.Date)
				}
				kind := script(alias.Text)
				hit := false
				for _, x := range suggest.For(page, less, rest) {
					switch {
					case x.A.Slug() == p.ID && x.B == alias.Text:
						hit = true
					case x.Kind == graph.KindPerson:
						wrong++
						t.Errorf("%s, written %s: suggested %s or %s: %s", p.ID, alias.Text, x.A, x.B, strings.Join(x.Why, "; "))
					}
				}
				if hit {
					right++
					found[kind]++
				} else {
					missed[kind]++
					if *all {
						t.Logf("missed: %s, written %s, in %s", p.Name, alias.Text, page.ID)
					}
				}
			}
		}
		t.Logf("meeting known: %t; right %d %v, wrong %d, missed %v", same, right, found, wrong, missed)
		if right == 0 {
			t.Errorf("meeting known: %t; no other spelling was found", same)
		}
	}
}

func script(name string) string {
	switch r := []rune(name)[0]; {
	case r < 0x250:
		return "Latin"
	case r >= '가' && r <= '힣':
		return "Hangul"
	case r >= 0x4e00 && r < 0xa000:
		return "Han"
	}
	return "other"
}

func withoutAlias(known *graph.Authority, person, alias int) *graph.Authority {
	less := *known
	less.Judgements = nil
	less.People = slices.Clone(known.People)
	p := &less.People[person]
	p.Aliases = slices.Delete(slices.Clone(p.Aliases), alias, alias+1)
	return &less
}

// forget removes the positions known for a date.
func forget(p *graph.Person, date string) {
	p.Positions = slices.DeleteFunc(slices.Clone(p.Positions), func(o graph.Position) bool { return o.AsOf == date })
}

// rewritten is another page on the same meeting, with one person's name as
// given.
func rewritten(r *graph.Record, p graph.Person, name string) *graph.Record {
	c := *r
	c.ID = "another-page"
	c.Delegations = slices.Clone(r.Delegations)
	for i := range c.Delegations {
		c.Delegations[i].Participants = slices.Clone(c.Delegations[i].Participants)
	}
	c.Participants = slices.Clone(r.Participants)
	c.Quotations = nil
	for n := range participants(&c) {
		if bears(p, *n) {
			*n = name
		}
	}
	return &c
}

// The order of records and entries does not matter, nothing is changed, and
// asked twice it is the same.
func TestOrderDoesNotMatter(t *testing.T) {
	known, events := corpus(t)
	events = slices.DeleteFunc(events, func(r *graph.Record) bool { return !strings.Contains(r.ID, "rok") })
	known.Judgements = nil
	for i := range known.People {
		known.People[i].Aliases = nil // other spellings come into question
	}
	asked := slices.IndexFunc(events, func(r *graph.Record) bool { return r.ID == "eu-rok-cyber-dialogue-07" })
	page := rewritten(events[asked], graph.Person{Entry: graph.Entry{Name: "Maciej Stadejek"}}, "Maciej Studziejewski")
	want := suggest.For(page, known, events)
	if len(want) == 0 {
		t.Fatal("nothing was suggested")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		turned, mixed := *known, slices.Clone(events)
		turned.People, turned.Actors = slices.Clone(known.People), slices.Clone(known.Actors)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		r.Shuffle(len(turned.People), func(i, j int) { turned.People[i], turned.People[j] = turned.People[j], turned.People[i] })
		r.Shuffle(len(turned.Actors), func(i, j int) { turned.Actors[i], turned.Actors[j] = turned.Actors[j], turned.Actors[i] })
		before := fmt.Sprintf("%+v %+v %+v", *page, turned, deref(mixed))
		got := suggest.For(page, &turned, mixed)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
		if after := fmt.Sprintf("%+v %+v %+v", *page, turned, deref(mixed)); after != before {
			t.Fatal("the arguments were changed")
		}
	}
}

func deref(list []*graph.Record) []graph.Record {
	out := make([]graph.Record, len(list))
	for i, r := range list {
		out[i] = *r
	}
	return out
}
