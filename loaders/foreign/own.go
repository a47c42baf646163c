package foreign

import (
	"strings"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// own reads records and entries of ours whose statements have lost their
// graphs, as in Turtle and N-Triples. Entries are backed by the file, and so is
// a record by its only source, if it has one; else by itself. Nobody has
// reviewed them in this form.
func (rd *reading) own() {
	var quads []rdf.Quad
	mine := func(f *fact) bool {
		return f.Graph == (rdf.Node{}) && f.Subject.Blank == "" && f.Object.Blank == "" && strings.HasPrefix(f.Subject.Value, string(rd.file.Base))
	}
	for _, f := range rd.facts {
		if mine(f) {
			q, _ := f.Quad()
			q.Graph = rd.file.Base.Authority()
			quads = append(quads, q)
		}
	}
	set := rdf.NewSet(quads)
	subjects := set.Subjects(vocab.Type, vocab.Record)
	if len(subjects) == 0 {
		return
	}
	rd.out.Ours = true
	said := map[rdf.Quad]bool{}
	note := func(units ...rdf.Unit) {
		for _, u := range units {
			for _, q := range u.Quads {
				q.Graph = ""
				said[q] = true
			}
		}
	}
	for _, iri := range subjects {
		id := rd.file.Base.ID(iri)
		if id.Kind() != graph.KindRecord {
			continue
		}
		r := rdf.ToRecord(rd.file.Base, set, id.Slug())
		r.Review = "unreviewed"
		rd.out.Records = append(rd.out.Records, r)
		rd.taken[graph.NewID(graph.KindEvent, r.ID)] = true
		note(rdf.RecordUnit(rd.file.Base, r, nil))
	}
	rd.out.Authority = rd.ownEntries(rdf.ToAuthority(rd.file.Base, set))
	note(rdf.AuthorityUnits(rd.file.Base, rd.out.Authority)...)
	for _, f := range rd.facts {
		if !mine(f) {
			continue
		}
		q, _ := f.Quad()
		f.why = ""
		if f.used = said[q]; f.used {
			continue
		}
		if id := rd.file.Base.ID(q.Subject); rd.held.Has(id) && !rd.taken[id] {
			f.why = Held
		}
	}
	for _, t := range rd.order {
		if t.node.Blank == "" && strings.HasPrefix(t.node.Value, string(rd.file.Base)) {
			t.kind, t.edges = "ours", nil
		}
	}
}

// ownEntries keeps the entries that neither a record will make again nor the
// graph holds from elsewhere.
func (rd *reading) ownEntries(a *graph.Authority) *graph.Authority {
	source := rd.fileSource()
	source.ID = "s1"
	out := &graph.Authority{Schema: graph.AuthoritySchema, Sources: []graph.Source{source}}
	keep := func(kind graph.Kind, e *graph.Entry) bool {
		id := graph.NewID(kind, e.ID)
		if e.Provisional || rd.held.Has(id) && !rd.mine(&thing{}, id) {
			return false
		}
		e.Support = []string{"s1"}
		rd.taken[id] = true
		return true
	}
	out.Actors = kept(a.Actors, func(x *graph.Actor) bool { return keep(graph.KindActor, &x.Entry) })
	out.People = kept(a.People, func(x *graph.Person) bool { return keep(graph.KindPerson, &x.Entry) })
	out.Topics = kept(a.Topics, func(x *graph.Topic) bool { return keep(graph.KindTopic, &x.Entry) })
	out.Instruments = kept(a.Instruments, func(x *graph.Instrument) bool { return keep(graph.KindInstrument, &x.Entry) })
	out.Initiatives = kept(a.Initiatives, func(x *graph.Initiative) bool { return keep(graph.KindInitiative, &x.Entry) })
	out.Places = kept(a.Places, func(x *graph.Place) bool { return keep(graph.KindPlace, &x.Entry) })
	out.Series = kept(a.Series, func(x *graph.Series) bool { return keep(graph.KindSeries, &x.Entry) })
	out.Judgements = kept(a.Judgements, func(j *graph.Judgement) bool {
		if id := graph.NewID(graph.KindJudgement, j.ID); rd.held.Has(id) {
			return false
		}
		j.Support = []string{"s1"}
		return true
	})
	return out
}

func kept[T any](list []T, want func(*T) bool) []T {
	var out []T
	for i := range list {
		if x := list[i]; want(&x) {
			out = append(out, x)
		}
	}
	return out
}
