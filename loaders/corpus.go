package loaders

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
	"dialograph/loaders/record"
)

// corpusRules look at all documents together, after names are resolved. What
// they find is worth a person's look, not necessarily wrong; each message
// begins with the rule's name in brackets.
var corpusRules = []struct {
	name string
	find func(*corpus)
}{
	{"one-side", (*corpus).oneSide},
	{"chair-without-side", (*corpus).chairWithoutSide},
	{"order", (*corpus).order},
	{"same-office", (*corpus).sameOffice},
	{"before-it-existed", (*corpus).beforeItExisted},
	{"topic-scheme", (*corpus).topicScheme},
	{"shared-label", (*corpus).sharedLabel},
}

// corpus is the documents of a batch as its rules see them.
type corpus struct {
	batch  *Batch
	rule   string
	found  []record.Problem
	actors map[graph.ID]graph.Actor
}

// Review gives the warnings of the rules that look at all documents together.
func (b *Batch) Review() []record.Problem {
	c := &corpus{batch: b, actors: map[graph.ID]graph.Actor{}}
	for _, d := range b.Documents {
		if d.Authority != nil {
			for _, a := range d.Authority.Actors {
				c.actors[graph.NewID(graph.KindActor, a.ID)] = a
			}
		}
	}
	for _, r := range corpusRules {
		c.rule = r.name
		r.find(c)
	}
	return c.found
}

func (c *corpus) warn(d *record.Document, path, format string, args ...any) {
	message := fmt.Sprintf("[%s] %s", c.rule, fmt.Sprintf(format, args...))
	c.found = append(c.found, d.At(graph.Problem{Path: path, Severity: graph.Warning, Message: message}))
}

func (c *corpus) records(visit func(*record.Document, *graph.Record)) {
	for i := range c.batch.Documents {
		if d := &c.batch.Documents[i]; d.Record != nil {
			visit(d, d.Record)
		}
	}
}

func (c *corpus) authorities(visit func(*record.Document, *graph.Authority)) {
	for i := range c.batch.Documents {
		if d := &c.batch.Documents[i]; d.Authority != nil {
			visit(d, d.Authority)
		}
	}
}

func (c *corpus) oneSide() {
	c.records(func(d *record.Document, r *graph.Record) {
		if len(r.Delegations) == 1 {
			c.warn(d, "delegations[0].party", "%s is the only side of %s", r.Delegations[0].Party, r.ID)
		}
	})
}

// chairWithoutSide looks at meetings that have sides; who chairs a body of many
// states does so for all of them.
func (c *corpus) chairWithoutSide() {
	c.records(func(d *record.Document, r *graph.Record) {
		if len(r.Delegations) == 0 {
			return
		}
		for i, p := range r.Participants {
			if p.Side == "" && slices.Contains([]string{"chair", "co-chair", "head-of-delegation"}, p.Role) {
				c.warn(d, fmt.Sprintf("participants[%d].role", i), "%s is %s of %s for no side", cmp.Or(p.Person, p.Organisation), p.Role, r.ID)
			}
		}
	})
}

// session is a record as the order of its series sees it.
type session struct {
	doc  *record.Document
	r    *graph.Record
	date edtf.Date
}

// order finds sessions that are certainly later than one with a higher number.
func (c *corpus) order() {
	series := map[string][]session{}
	c.records(func(d *record.Document, r *graph.Record) {
		date, err := edtf.Parse(r.Event.Date)
		if id := r.Event.Series.ID; id != "" && r.Event.Ordinal > 0 && err == nil {
			series[id] = append(series[id], session{d, r, date})
		}
	})
	for _, id := range sortedKeys(series) {
		list := series[id]
		slices.SortStableFunc(list, func(a, b session) int { return cmp.Compare(a.r.Event.Ordinal, b.r.Event.Ordinal) })
		for i := 1; i < len(list); i++ {
			a, b := list[i-1], list[i]
			first, ok1 := a.date.Earliest()
			last, ok2 := b.date.Latest()
			switch {
			case a.r.Event.Ordinal == b.r.Event.Ordinal:
				c.warn(b.doc, "event.ordinal", "%s and %s are both number %d of %s", a.r.ID, b.r.ID, b.r.Event.Ordinal, id)
			case ok1 && ok2 && first.After(last):
				c.warn(b.doc, "event.date", "number %d of %s was on %s, number %d before it on %s", b.r.Event.Ordinal, id, b.date, a.r.Event.Ordinal, a.date)
			}
		}
	}
}

// sameOffice finds two people in one office of one body at one time.
func (c *corpus) sameOffice() {
	holder := map[string]string{}
	look := func(d *record.Document, path, person, title, organisation, date string) {
		if title == "" || organisation == "" || date == "" || person == "" {
			return
		}
		key := strings.Join([]string{names.Fold(title), organisation, date}, "|")
		if other, ok := holder[key]; ok && other != person {
			c.warn(d, path, "%s and %s are both %q at %s on %s", other, person, title, organisation, date)
			return
		}
		holder[key] = person
	}
	c.authorities(func(d *record.Document, a *graph.Authority) {
		for i, p := range a.People {
			for j, x := range p.Positions {
				look(d, fmt.Sprintf("people[%d].positions[%d]", i, j), "person/"+p.ID, x.Title, "actor/"+x.Organisation, x.AsOf)
			}
		}
	})
	c.records(func(d *record.Document, r *graph.Record) {
		eachParticipant(r, func(path string, p graph.Participant) {
			look(d, path, string(p.PersonRef.ID), p.Position, string(p.ActorRef.ID), r.Event.Date)
		})
	})
}

func eachParticipant(r *graph.Record, visit func(path string, p graph.Participant)) {
	for i, d := range r.Delegations {
		for j, p := range d.Participants {
			visit(fmt.Sprintf("delegations[%d].participants[%d]", i, j), p)
		}
	}
	for i, p := range r.Participants {
		visit(fmt.Sprintf("participants[%d]", i), p)
	}
}

// beforeItExisted finds bodies that take part, or at which people hold office,
// before they came to be or after they ceased.
func (c *corpus) beforeItExisted() {
	c.authorities(func(d *record.Document, a *graph.Authority) {
		for i, p := range a.People {
			for j, x := range p.Positions {
				date, err := edtf.Parse(x.AsOf)
				id := graph.NewID(graph.KindActor, x.Organisation)
				if when, wrong := outside(date, c.actors[id]); err == nil && wrong {
					c.warn(d, fmt.Sprintf("people[%d].positions[%d]", i, j), "person/%s holds office at %s on %s, but that %s", p.ID, id, x.AsOf, when)
				}
			}
		}
	})
	c.records(func(d *record.Document, r *graph.Record) {
		date, err := edtf.Parse(r.Event.Date)
		if err != nil {
			return
		}
		eachParticipant(r, func(path string, p graph.Participant) {
			a := c.actors[p.ActorRef.ID]
			if when, wrong := outside(date, a); wrong {
				c.warn(d, path+".organisation", "%s takes part on %s but %s", p.ActorRef.ID, date, when)
			}
		})
	})
}

func outside(date edtf.Date, a graph.Actor) (string, bool) {
	from, _ := edtf.Parse(cmp.Or(a.From, "x"))
	to, _ := edtf.Parse(cmp.Or(a.To, "x"))
	first, ok1 := date.Earliest()
	last, ok2 := date.Latest()
	if day, ok := from.Earliest(); ok && ok2 && last.Before(day) {
		return "came to be in " + a.From, true
	}
	if day, ok := to.Latest(); ok && ok1 && first.After(day) {
		return "ceased in " + a.To, true
	}
	return "", false
}

// topicScheme finds concepts outside the hierarchy and circles in it.
func (c *corpus) topicScheme() {
	broader, narrower := map[string][]string{}, map[string]bool{}
	c.authorities(func(_ *record.Document, a *graph.Authority) {
		for _, t := range a.Topics {
			broader[t.ID] = t.Broader
			for _, b := range t.Broader {
				narrower[b] = true
			}
		}
	})
	c.authorities(func(d *record.Document, a *graph.Authority) {
		for i, t := range a.Topics {
			path := fmt.Sprintf("topics[%d]", i)
			if len(t.Broader) == 0 && !narrower[t.ID] {
				c.warn(d, path, "%s has neither a broader nor a narrower concept", t.ID)
			}
			if reaches(broader, t.ID, t.ID, map[string]bool{}) {
				c.warn(d, path+".broader", "%s is broader than itself", t.ID)
			}
		}
	})
}

func reaches(broader map[string][]string, from, to string, seen map[string]bool) bool {
	for _, b := range broader[from] {
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			if reaches(broader, b, to, seen) {
				return true
			}
		}
	}
	return false
}

// sharedLabel finds labels that two concepts, instruments or initiatives bear:
// a record that uses one would stay unresolved.
func (c *corpus) sharedLabel() {
	bearer := map[string]string{}
	look := func(d *record.Document, path, kind string, e *graph.Entry) {
		for _, n := range append([]graph.Name{{Text: e.Name}}, e.Aliases...) {
			key := kind + "|" + names.Fold(n.Text)
			if other, ok := bearer[key]; ok && other != e.ID {
				c.warn(d, path, "%q is a label of both %s/%s and %s/%s", n.Text, kind, other, kind, e.ID)
				continue
			}
			bearer[key] = e.ID
		}
	}
	c.authorities(func(d *record.Document, a *graph.Authority) {
		a.EachEntry(func(id graph.ID, path string, e *graph.Entry) {
			switch kind := id.Kind(); kind {
			case graph.KindTopic, graph.KindInstrument, graph.KindInitiative:
				look(d, path, string(kind), e)
			}
		})
	})
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
