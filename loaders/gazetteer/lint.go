package gazetteer

import (
	"fmt"

	"dialograph/graph"
)

// Dangling lists the references of an authority file to entries that do not
// exist.
func (g *Gazetteer) Dangling(a *graph.Authority) []graph.Problem {
	d := &dangling{g: g}
	for i, x := range a.Actors {
		path := fmt.Sprintf("actors[%d]", i)
		d.want(path+".parent", graph.KindActor, x.Parent)
		d.want(path+".replaces", graph.KindActor, x.Replaces)
		d.want(path+".country", graph.KindPlace, x.Country)
		d.members(path+".members", x.Members)
		d.cycle(path+".parent", x.ID, func(id string) string { return g.actors[id].Parent })
	}
	for i, x := range a.People {
		path := fmt.Sprintf("people[%d]", i)
		d.want(path+".country", graph.KindActor, x.Country)
		for j, p := range x.Positions {
			d.want(fmt.Sprintf("%s.positions[%d].organisation", path, j), graph.KindActor, p.Organisation)
		}
	}
	for i, x := range a.Topics {
		for j, b := range x.Broader {
			d.want(fmt.Sprintf("topics[%d].broader[%d]", i, j), graph.KindTopic, b)
		}
		for j, r := range x.Related {
			d.want(fmt.Sprintf("topics[%d].related[%d]", i, j), graph.KindTopic, r)
		}
	}
	for i, x := range a.Instruments {
		path := fmt.Sprintf("instruments[%d]", i)
		d.want(path+".parent", graph.KindInstrument, x.Parent)
		d.members(path+".parties", x.Parties)
	}
	for i, x := range a.Initiatives {
		d.members(fmt.Sprintf("initiatives[%d].members", i), x.Members)
	}
	for i, x := range a.Places {
		d.want(fmt.Sprintf("places[%d].country", i), graph.KindPlace, x.Country)
	}
	for i, x := range a.Series {
		for j, p := range x.Parties {
			d.want(fmt.Sprintf("series[%d].parties[%d]", i, j), graph.KindActor, p)
		}
	}
	for i, x := range a.Judgements {
		d.judged(fmt.Sprintf("judgements[%d].a", i), x.A)
		d.judged(fmt.Sprintf("judgements[%d].b", i), x.B)
	}
	return d.list
}

type dangling struct {
	g    *Gazetteer
	list []graph.Problem
}

func (d *dangling) want(path string, kind graph.Kind, slug string) {
	if slug != "" && !d.g.Has(graph.NewID(kind, slug)) {
		d.list = append(d.list, graph.Problem{Path: path, Severity: graph.Error, Message: fmt.Sprintf("%s/%s does not exist", kind, slug)})
	}
}

func (d *dangling) members(path string, list []graph.Member) {
	for i, m := range list {
		d.want(fmt.Sprintf("%s[%d].actor", path, i), graph.KindActor, m.Actor)
	}
}

// judged checks what is written like an identifier; anything else is a name.
func (d *dangling) judged(path, id string) {
	switch kind := graph.ID(id).Kind(); kind {
	case graph.KindActor, graph.KindPerson, graph.KindTopic, graph.KindInstrument, graph.KindInitiative, graph.KindPlace, graph.KindSeries:
		d.want(path, kind, graph.ID(id).Slug())
	}
}

func (d *dangling) cycle(path, id string, up func(string) string) {
	seen := map[string]bool{}
	for at := id; at != ""; at = up(at) {
		if seen[at] {
			d.list = append(d.list, graph.Problem{Path: path, Severity: graph.Error, Message: fmt.Sprintf("%s is among its own parents", id)})
			return
		}
		seen[at] = true
	}
}
