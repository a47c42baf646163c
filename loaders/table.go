package loaders

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/graph/rdf"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/record"
)

// tableEndings are those of tables of participations.
var tableEndings = []string{".csv", ".tsv", ".tab"}

// IsTable tells whether a path is a table of participations.
func IsTable(path string) bool {
	return !IsAddress(path) && slices.Contains(tableEndings, strings.ToLower(filepath.Ext(path)))
}

// tables visits the records that tables gave and that are not rejected.
func (b *Batch) tables(visit func(*record.Document)) {
	b.records(func(d *record.Document) {
		if IsTable(d.File) {
			visit(d)
		}
	})
}

// hasTables tells whether the batch has any.
func (b *Batch) hasTables() bool {
	return slices.ContainsFunc(b.Documents, func(d record.Document) bool { return d.Record != nil && IsTable(d.File) })
}

// nameTables says which series of the entries the tables name, so that their
// sessions are known as such.
func (b *Batch) nameTables(known Known) {
	if !b.hasTables() {
		return
	}
	g := b.gazetteer(known)
	b.named = map[*graph.Record]string{}
	b.tables(func(d *record.Document) {
		series := &d.Record.Event.Series
		if ids := g.Lookup(graph.KindSeries, series.Name); series.Name != "" && len(ids) == 1 {
			b.named[d.Record] = series.Name
			*series = graph.SeriesName{ID: ids[0].Slug()}
		}
	})
}

// wouldReplaceOthers finds records of tables on events that the store holds from
// elsewhere: under the same id, or under another with the same name and date.
func (b *Batch) wouldReplaceOthers(known Known) []record.Problem {
	if !b.hasTables() {
		return nil
	}
	titled := b.titled(known)
	var problems []record.Problem
	b.tables(func(d *record.Document) {
		held, ok := known.Sessions[d.Record.ID]
		switch other := titled[titleOf(sessionNamed(d.Record))]; {
		case ok && held.Reviewed:
			return // wouldUndoReview says so
		case ok && !b.saysTheSame(held, d.Record):
			problems = append(problems, d.At(replacing(held, d.Record)))
		case !ok && other != "":
			problems = append(problems, d.At(graph.Problem{Path: "id", Severity: graph.Error, Message: fmt.Sprintf(
				"event/%s has this name and date already; give the rows that id in a column event_id, or retract the source of that one", other)}))
		}
	})
	return problems
}

// saysTheSame tells whether the store holds a record as it is, or as it was when
// its series was known by its name alone.
func (b *Batch) saysTheSame(held Session, r *graph.Record) bool {
	if held.content == contentOf(r) {
		return true
	}
	before := *r
	before.Event.Series = graph.SeriesName{Name: b.named[r]}
	return b.named[r] != "" && held.content == contentOf(&before)
}

// titled gives the id of each event, but for those of tables, by its name and
// date.
func (b *Batch) titled(known Known) map[string]string {
	out := map[string]string{}
	for _, id := range sortedKeys(known.Sessions) {
		if title := titleOf(known.Sessions[id]); title != "" && out[title] == "" {
			out[title] = id
		}
	}
	b.records(func(d *record.Document) {
		if title := titleOf(sessionNamed(d.Record)); !IsTable(d.File) && title != "" && out[title] == "" {
			out[title] = d.Record.ID
		}
	})
	return out
}

// titleOf is the name and the date of an event; "" of one whose name is made of
// signs only.
func titleOf(s Session) string {
	name := names.Fold(s.name)
	if name == "" {
		return ""
	}
	return name + "\n" + s.Date
}

// replacing says what it means that the store holds another record of an event:
// a warning where it is an earlier state of the table, else an error.
func replacing(held Session, r *graph.Record) graph.Problem {
	p := graph.Problem{Path: "id", Severity: graph.Error}
	var others []string
	for _, s := range held.Sources {
		if !slices.ContainsFunc(r.Sources, func(mine graph.Source) bool { return sameSource(mine, s) }) {
			others = append(others, string(rdf.SourceID(s)))
		}
	}
	readAgain := slices.ContainsFunc(held.Sources, func(s graph.Source) bool {
		return s.SHA256 != "" && slices.ContainsFunc(r.Sources, func(mine graph.Source) bool { return mine.SHA256 == s.SHA256 })
	})
	switch {
	case len(others) > 0:
		p.Message = fmt.Sprintf("the graph holds event/%s from other sources; put the two together in a record, or retract %s", r.ID, strings.Join(others, ", "))
	case held.review != "unreviewed" || held.note != r.Note || readAgain:
		p.Message = fmt.Sprintf("the graph holds event/%s as it was corrected or otherwise read; a table does not replace it", r.ID)
	default:
		p.Severity, p.Message = graph.Warning, fmt.Sprintf("event/%s replaces what an earlier state of this table said", r.ID)
	}
	return p
}

// sameSource tells whether two sources are one document, or states of one table.
func sameSource(a, b graph.Source) bool {
	return rdf.SourceID(a) == rdf.SourceID(b) || a.URL == "" && b.URL == "" && a.Title == b.Title && a.MediaType == b.MediaType && a.MediaType != ""
}

// given is an identifier that stands beside a name in a table.
type given struct {
	path string
	name *string
	ref  *graph.Ref
	id   graph.ID
}

// givenIn lists the identifiers that a record of a table came with.
func givenIn(r *graph.Record) []given {
	var out []given
	add := func(path string, name *string, ref *graph.Ref) {
		if ref.ID != "" {
			out = append(out, given{path, name, ref, ref.ID})
		}
	}
	participants := func(path string, list []graph.Participant) {
		for i := range list {
			here := fmt.Sprintf("%s[%d]", path, i)
			add(here+".person", &list[i].Person, &list[i].PersonRef)
			add(here+".organisation", &list[i].Organisation, &list[i].ActorRef)
		}
	}
	for i := range r.Delegations {
		d, here := &r.Delegations[i], fmt.Sprintf("delegations[%d]", i)
		add(here+".party", &d.Party, &d.PartyRef)
		participants(here+".participants", d.Participants)
	}
	participants("participants", r.Participants)
	return out
}

// takeGiven notes the identifiers of tables before names are resolved.
func (b *Batch) takeGiven() {
	b.given = map[*graph.Record][]given{}
	b.tables(func(d *record.Document) { b.given[d.Record] = givenIn(d.Record) })
}

// resolveGiven resolves a record. An identifier that stands beside a name decides
// who is meant where there is such an entry; where there is none, the name does,
// and if that is someone else a note says so.
func (b *Batch) resolveGiven(g *gazetteer.Gazetteer, r *graph.Record) (*graph.Authority, []graph.Problem) {
	written := map[*string]string{}
	for _, x := range b.given[r] {
		if g.Has(x.id) {
			written[x.name], *x.name = *x.name, string(x.id)
		}
	}
	provisional, notes := g.Resolve(r)
	for _, x := range b.given[r] {
		name, decided := written[x.name]
		switch {
		case decided:
			*x.name = name
		case x.ref.ID != x.id:
			notes = append(notes, graph.Problem{Path: x.path, Severity: graph.Warning, Message: fmt.Sprintf("%s does not exist here; %q is resolved by its name alone", x.id, *x.name)})
		}
	}
	return provisional, notes
}
