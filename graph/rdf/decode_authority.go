package rdf

import (
	"slices"

	"dialograph/graph"
	"dialograph/graph/vocab"
)

// ToAuthority reads all authority entries of a view back, each section in
// ascending order of ids. Supports are global identifiers (source/… or
// passage/…) instead of a file's local ones.
func ToAuthority(base Base, view View) *graph.Authority {
	d := authorityReader{newReader(base, view)}
	d.name = func(g string) string {
		if g == base.Authority() {
			return ""
		}
		return string(base.ID(g))
	}
	a := &graph.Authority{Schema: graph.AuthoritySchema}
	for _, n := range d.all(graph.KindActor, vocab.Organization) {
		a.Actors = append(a.Actors, d.actor(n))
	}
	for _, n := range d.all(graph.KindPerson, vocab.Person) {
		a.People = append(a.People, d.person(n))
	}
	for _, n := range d.all(graph.KindTopic, vocab.Concept) {
		a.Topics = append(a.Topics, graph.Topic{Entry: d.entry(n), Broader: d.slugs(n, vocab.Broader), Related: d.slugs(n, vocab.Related)})
	}
	for _, n := range d.all(graph.KindInstrument, vocab.Legislation) {
		a.Instruments = append(a.Instruments, d.instrument(n))
	}
	for _, n := range d.all(graph.KindInitiative, vocab.Project) {
		a.Initiatives = append(a.Initiatives, graph.Initiative{Entry: d.entry(n), Kind: d.text(n, vocab.InitiativeKnd), Launched: d.text(n, vocab.Launched),
			Members: d.membersOf(n), Counts: d.counts(n), Claims: d.claims(n)})
	}
	for _, n := range d.all(graph.KindPlace, vocab.Place) {
		a.Places = append(a.Places, graph.Place{Entry: d.entry(n), Kind: d.text(n, vocab.PlaceKind), Country: d.slug(n, vocab.ContainedIn), Code: d.text(n, vocab.Code), Demonyms: d.texts(n, vocab.Demonym)})
	}
	for _, n := range d.all(graph.KindSeries, vocab.EventSeries) {
		a.Series = append(a.Series, graph.Series{Entry: d.entry(n), Kind: d.text(n, vocab.SeriesKind), Parties: d.slugs(n, vocab.Party), Since: d.text(n, vocab.Since), Claims: d.claims(n)})
	}
	for _, n := range d.all(graph.KindJudgement, vocab.Judgement) {
		a.Judgements = append(a.Judgements, graph.Judgement{ID: base.ID(n).Slug(), Verdict: d.text(n, vocab.Verdict), A: d.text(n, vocab.Judged), B: d.text(n, vocab.JudgedWith),
			By: d.text(n, vocab.By), Date: d.text(n, vocab.Date), Why: d.text(n, vocab.Why), Support: d.support(n, vocab.Type)})
	}
	return a
}

type authorityReader struct{ reader }

func (d authorityReader) all(kind graph.Kind, class string) []string {
	return slices.DeleteFunc(slices.Clone(d.view.Subjects(vocab.Type, class)), func(n string) bool { return d.base.ID(n).Kind() != kind })
}

func (d authorityReader) entry(n string) graph.Entry {
	name, provisional := d.nameOf(n)
	return graph.Entry{
		ID: d.base.ID(n).Slug(), Name: name, Acronym: d.text(n, vocab.Acronym), Description: d.text(n, vocab.Description),
		Website: d.text(n, vocab.Website), SameAs: d.texts(n, vocab.SameAs), Note: d.text(n, vocab.Note), Aliases: d.aliases(n),
		Support: d.support(n, vocab.Type), Provisional: provisional,
	}
}

// nameOf gives the name of an entry, and whether no authority file holds it. A
// record may have made a provisional entry before one was loaded under the same
// identifier; what the file says comes first.
func (d authorityReader) nameOf(n string) (name string, provisional bool) {
	made := map[string]bool{}
	for _, s := range d.view.Stated(n, vocab.Provisional) {
		made[s.Graph] = true
	}
	list := d.view.Stated(n, vocab.Name)
	for _, s := range list {
		if !made[s.Graph] {
			return s.Object.Value, false
		}
	}
	if len(list) > 0 {
		name = list[0].Object.Value
	}
	return name, len(made) > 0
}

func (d authorityReader) aliases(n string) []graph.Name {
	var out []graph.Name
	entry := d.support(n, vocab.Type)
	for _, s := range d.view.Stated(n, vocab.AlternateName) {
		support := d.name(s.Graph)
		if last := len(out) - 1; last >= 0 && out[last].Text == s.Object.Value && out[last].Lang == s.Object.Lang {
			out[last].Support = append(out[last].Support, support)
			continue
		}
		out = append(out, graph.Name{Text: s.Object.Value, Lang: s.Object.Lang, Support: []string{support}})
	}
	said := map[[2]string]string{}
	for _, x := range d.view.Subjects(vocab.NameOf, n) {
		for _, t := range d.view.Stated(x, vocab.Text) {
			said[[2]string{t.Object.Value, t.Object.Lang}] = x
		}
	}
	for i := range out {
		a := &out[i]
		if x, ok := said[[2]string{a.Text, a.Lang}]; ok {
			a.Kind, a.Note = d.text(x, vocab.NameKind), d.text(x, vocab.Note)
		}
		a.Support = slices.DeleteFunc(a.Support, func(s string) bool { return s == "" })
		if slices.Equal(a.Support, entry) || len(a.Support) == 0 {
			a.Support = nil // what backs the entry backs its names
		}
	}
	return out
}

func (d authorityReader) actor(n string) graph.Actor {
	return graph.Actor{Entry: d.entry(n), Kind: d.text(n, vocab.ActorKind), Country: d.slug(n, vocab.Country), Parent: d.slug(n, vocab.SubOrgOf),
		Replaces: d.slug(n, vocab.Replaces), From: d.text(n, vocab.Existed), To: d.text(n, vocab.Ceased), Members: d.membersOf(n)}
}

func (d authorityReader) membersOf(n string) []graph.Member {
	var out []graph.Member
	for _, m := range d.members(vocab.Membership, vocab.OrgOf, n) {
		out = append(out, graph.Member{Node: d.node(m), Actor: d.slug(m, vocab.OrgMember), Status: d.text(m, vocab.Status), Signature: d.text(m, vocab.Signature), Date: d.text(m, vocab.Date),
			InForce: d.text(m, vocab.InForce), Note: d.text(m, vocab.Note), Support: d.support(m, vocab.Type)})
	}
	return out
}

func (d authorityReader) counts(n string) []graph.Count {
	var out []graph.Count
	for _, c := range d.members(vocab.StatedCount, vocab.OrgOf, n) {
		out = append(out, graph.Count{Number: d.number(c, vocab.Number), Of: d.text(c, vocab.Status), Date: d.text(c, vocab.Date), Note: d.text(c, vocab.Note), Support: d.support(c, vocab.Type)})
	}
	return out
}

func (d authorityReader) person(n string) graph.Person {
	p := graph.Person{Entry: d.entry(n), Country: d.slug(n, vocab.Side)}
	for _, x := range d.members(vocab.HeldPosition, vocab.PositionOf, n) {
		p.Positions = append(p.Positions, graph.Position{Title: d.text(x, vocab.PositionTitle), Organisation: d.slug(x, vocab.Actor), AsOf: d.text(x, vocab.AsOf), Support: d.support(x, vocab.Type)})
	}
	return p
}

func (d authorityReader) instrument(n string) graph.Instrument {
	return graph.Instrument{Entry: d.entry(n), Kind: d.text(n, vocab.InstrumentKnd), Identifier: d.text(n, vocab.Notation), Parent: d.slug(n, vocab.SubOrgOf),
		Adopted: d.text(n, vocab.Adopted), OpenedForSignature: d.text(n, vocab.Opened), InForce: d.text(n, vocab.InForce),
		Parties: d.membersOf(n), Counts: d.counts(n), Claims: d.claims(n)}
}
