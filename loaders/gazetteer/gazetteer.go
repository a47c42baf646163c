// Package gazetteer says who is meant: it resolves the names in a record to
// the entries of the authority files.
//
// It never guesses. A name that fits several entries is decided by the side it
// stands under; if that leaves several, it stays unresolved and the candidates
// are kept. A name that fits none makes a provisional entry, marked as such; a
// name that any state could use ("Ministry of Foreign Affairs", "NCSC") is then
// tied to its side, so that two ministries never become one.
package gazetteer

import (
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
)

// Gazetteer is the authority entries by name and id. It is read only.
type Gazetteer struct {
	byName   map[graph.Kind]map[string][]graph.ID
	known    map[graph.ID]bool
	actors   map[string]graph.Actor
	people   map[string]graph.Person
	places   map[string]graph.Place
	topics   map[string]graph.Topic
	demonyms map[string][]string // folded demonym -> slugs of places
	spelled  []spelled           // every name as it is written
}

type spelled struct {
	kind graph.Kind
	id   graph.ID
	text string
}

// New makes a gazetteer of authority files. An entry given twice counts once,
// as the last one says.
func New(files ...*graph.Authority) *Gazetteer {
	g := &Gazetteer{
		byName: map[graph.Kind]map[string][]graph.ID{}, known: map[graph.ID]bool{},
		actors: map[string]graph.Actor{}, people: map[string]graph.Person{}, places: map[string]graph.Place{}, topics: map[string]graph.Topic{}, demonyms: map[string][]string{},
	}
	for _, f := range files {
		g.add(f)
	}
	return g
}

func (g *Gazetteer) add(f *graph.Authority) {
	for _, x := range f.Actors {
		g.actors[x.ID] = x
		g.enter(graph.KindActor, x.Entry)
	}
	for _, x := range f.People {
		g.people[x.ID] = x
		g.enter(graph.KindPerson, x.Entry)
	}
	for _, x := range f.Topics {
		g.topics[x.ID] = x
		g.enter(graph.KindTopic, x.Entry)
	}
	for _, x := range f.Instruments {
		g.enter(graph.KindInstrument, x.Entry, x.Identifier)
	}
	for _, x := range f.Initiatives {
		g.enter(graph.KindInitiative, x.Entry)
	}
	for _, x := range f.Places {
		g.places[x.ID] = x
		g.enter(graph.KindPlace, x.Entry, x.Code)
		for _, d := range x.Demonyms {
			fold := names.Fold(d)
			g.demonyms[fold] = append(g.demonyms[fold], x.ID)
			g.spelled = append(g.spelled, spelled{Demonym, graph.NewID(graph.KindPlace, x.ID), d})
		}
	}
	for _, x := range f.Series {
		g.enter(graph.KindSeries, x.Entry)
	}
	for _, x := range f.Judgements {
		g.known[graph.NewID(graph.KindJudgement, x.ID)] = true
	}
}

// enter files an entry under each of its names.
func (g *Gazetteer) enter(kind graph.Kind, e graph.Entry, more ...string) {
	id := graph.NewID(kind, e.ID)
	g.known[id] = true
	table := g.byName[kind]
	if table == nil {
		table = map[string][]graph.ID{}
		g.byName[kind] = table
	}
	all := append([]string{e.Name, e.Acronym}, more...)
	for _, a := range e.Aliases {
		all = append(all, a.Text)
	}
	for _, name := range all {
		g.spelled = append(g.spelled, spelled{kind, id, name})
		for _, form := range []string{names.Fold(name), formOf(kind, name)} {
			if form != "" && !slices.Contains(table[form], id) {
				table[form] = append(table[form], id)
			}
		}
	}
}

// formOf is a second form under which a kind of entry is found.
func formOf(kind graph.Kind, name string) string {
	if kind == graph.KindPerson {
		return names.FoldUnordered(name)
	}
	return names.Fold(withoutParenthesis(name))
}

// withoutParenthesis cuts "Counter Ransomware Initiative (CRI)" before the
// acronym.
func withoutParenthesis(name string) string {
	before, rest, ok := strings.Cut(name, " (")
	if !ok || !strings.HasSuffix(rest, ")") {
		return name
	}
	return before
}

// Has tells whether an entry exists.
func (g *Gazetteer) Has(id graph.ID) bool { return g.known[id] }

// Actor gives the entry of an actor by its id without the kind; the zero value
// where there is none. So do Person, Place and Topic.
func (g *Gazetteer) Actor(slug string) graph.Actor { return g.actors[slug] }

// Person gives the entry of a person.
func (g *Gazetteer) Person(slug string) graph.Person { return g.people[slug] }

// Place gives the entry of a place.
func (g *Gazetteer) Place(slug string) graph.Place { return g.places[slug] }

// Topic gives the entry of a topic.
func (g *Gazetteer) Topic(slug string) graph.Topic { return g.topics[slug] }

// EachName visits every name of every entry as it is written, in the order of
// the files.
func (g *Gazetteer) EachName(visit func(kind graph.Kind, id graph.ID, text string)) {
	for _, n := range g.spelled {
		visit(n.kind, n.id, n.text)
	}
}

// Lookup gives the entries of a kind that bear a name, or the one that an
// identifier such as actor/ncsc-kr names.
func (g *Gazetteer) Lookup(kind graph.Kind, name string) []graph.ID {
	if id := graph.ID(name); id.Kind() == kind && g.known[id] {
		return []graph.ID{id}
	}
	table := g.byName[kind]
	if ids := table[names.Fold(name)]; len(ids) > 0 {
		return ids
	}
	return table[formOf(kind, name)]
}

// Root gives the actor at the top of an actor's parents: a state, a union or a
// body of its own. A body without a parent whose country has a state belongs
// to that state.
func (g *Gazetteer) Root(id graph.ID) graph.ID {
	slug := id.Slug()
	for range 32 { // deeper than any tree; a cycle is found by the linter
		a, ok := g.actors[slug]
		switch {
		case ok && a.Parent != "":
			slug = a.Parent
		case ok && a.Kind != "state" && a.Kind != "union" && a.Country != "":
			if state := g.stateOf(a.Country); state != "" {
				return graph.NewID(graph.KindActor, state)
			}
			return graph.NewID(graph.KindActor, slug)
		default:
			return graph.NewID(graph.KindActor, slug)
		}
	}
	return graph.NewID(graph.KindActor, slug)
}

// stateOf gives the state or union whose place a country is.
func (g *Gazetteer) stateOf(country string) string {
	for _, id := range g.Lookup(graph.KindActor, g.places[country].Name) {
		if a := g.actors[id.Slug()]; a.Country == country && (a.Kind == "state" || a.Kind == "union") {
			return a.ID
		}
	}
	return ""
}
