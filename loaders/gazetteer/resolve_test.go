package gazetteer_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/record"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what names are understood as")

// TestResolve resolves the record of each archive in testdata against the
// authority file shared by all, testdata/authority.yaml. The file "understood"
// says, line by line, what each name means:
//
//	delegations[0].party: Utopia = actor/utopia
//	participants[0].organisation: NCSC = ? actor/ncsc-kr, actor/ncsc-uk
//
// A question mark stands before candidates of which none is chosen. Then come
// the provisional entries that were made, and the notes for the editor.
func TestResolve(t *testing.T) {
	data, err := os.ReadFile("testdata/authority.yaml")
	if err != nil {
		t.Fatal(err)
	}
	authority := one(t, "authority.yaml", data)
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("found no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) != 2 || archive.Files[1].Name != "understood" {
				t.Fatal(`want a record and "understood"`)
			}
			doc := one(t, archive.Files[0].Name, append([]byte(head), archive.Files[0].Data...))
			want := &archive.Files[1]
			got := understood(gazetteer.New(authority.Authority), doc.Record)
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("understood (-want +got):\n%s", diff)
			}
			if again := understood(gazetteer.New(authority.Authority), doc.Record); again != got {
				t.Errorf("resolved again it is understood differently:\n%s", cmp.Diff(got, again))
			}
		})
	}
}

// head is what every record has; the archives hold the rest.
const head = `schema: dialograph/record/v1
id: talks
review: reviewed
sources: [{id: s1, url: "https://example.org/"}]
`

func one(t *testing.T, name string, data []byte) record.Document {
	t.Helper()
	docs, problems := record.Read(name, bytes.NewReader(data))
	for _, p := range problems {
		if p.Severity == graph.Error {
			t.Fatal(p)
		}
	}
	if len(docs) != 1 {
		t.Fatalf("%s holds %d documents, want 1", name, len(docs))
	}
	return docs[0]
}

func understood(g *gazetteer.Gazetteer, r *graph.Record) string {
	made, notes := g.Resolve(r)
	w := &writer{}
	w.event(&r.Event)
	for i, d := range r.Delegations {
		path := fmt.Sprintf("delegations[%d]", i)
		w.ref(path+".party", d.Party, d.PartyRef)
		w.participants(path+".participants", d.Participants)
	}
	w.participants("participants", r.Participants)
	w.mentions("topics", r.Topics)
	w.mentions("references", r.References)
	w.mentions("threats", r.Threats)
	for i, q := range r.Quotations {
		path := fmt.Sprintf("quotations[%d]", i)
		w.ref(path+".side", q.Side, q.SideRef)
		w.ref(path+".organisation", q.Organisation, q.ActorRef)
		w.ref(path+".person", q.Person, q.PersonRef)
	}
	if n := r.NextSession; n != nil {
		w.ref("next_session.city", n.City, n.CityRef)
		w.ref("next_session.country", n.Country, n.CountryRef)
		w.ref("next_session.host", n.Host, n.HostRef)
	}
	for i, n := range r.PrecededBy {
		for j, o := range n.Organisers {
			w.ref(fmt.Sprintf("preceded_by[%d].organisers[%d]", i, j), o, n.OrganiserRefs[j])
		}
	}
	w.made(made)
	for _, n := range notes {
		fmt.Fprintln(w, "note:", n)
	}
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) event(e *graph.Event) {
	series := e.Series.Name
	if series == "" {
		series = e.Series.ID
	}
	w.ref("event.series", series, e.SeriesRef)
	w.ref("event.city", e.City, e.CityRef)
	w.ref("event.country", e.Country, e.CountryRef)
	for i, h := range e.Hosts {
		w.ref(fmt.Sprintf("event.hosts[%d]", i), h, e.HostRefs[i])
	}
}

func (w *writer) participants(path string, list []graph.Participant) {
	for i, p := range list {
		here := fmt.Sprintf("%s[%d]", path, i)
		w.ref(here+".side", p.Side, p.SideRef)
		w.ref(here+".person", p.Person, p.PersonRef)
		w.ref(here+".organisation", p.Organisation, p.ActorRef)
	}
}

func (w *writer) mentions(path string, list []graph.Mention) {
	for i, m := range list {
		w.ref(fmt.Sprintf("%s[%d].name", path, i), m.Name, m.Ref)
	}
}

func (w *writer) ref(path, name string, ref graph.Ref) {
	if name == "" && ref.ID == "" {
		return
	}
	meaning := string(ref.ID)
	if len(ref.Candidates) > 0 {
		ids := make([]string, len(ref.Candidates))
		for i, id := range ref.Candidates {
			ids[i] = string(id)
		}
		meaning += "? " + strings.Join(ids, ", ")
	}
	if meaning == "" {
		meaning = "nothing"
	}
	fmt.Fprintf(w, "%s: %s = %s\n", path, name, meaning)
}

// made lists provisional entries and what they are tied to.
func (w *writer) made(a *graph.Authority) {
	if a == nil {
		return
	}
	for _, x := range a.Actors {
		w.entry(graph.KindActor, x.Entry, "of", x.Parent)
	}
	for _, x := range a.People {
		w.entry(graph.KindPerson, x.Entry, "for", x.Country)
	}
	for _, x := range a.Topics {
		w.entry(graph.KindTopic, x.Entry, "", "")
	}
	for _, x := range a.Instruments {
		w.entry(graph.KindInstrument, x.Entry, "", "")
	}
	for _, x := range a.Initiatives {
		w.entry(graph.KindInitiative, x.Entry, "", "")
	}
	for _, x := range a.Places {
		w.entry(graph.KindPlace, x.Entry, "in", x.Country)
	}
	for _, x := range a.Series {
		w.entry(graph.KindSeries, x.Entry, "", "")
	}
}

func (w *writer) entry(kind graph.Kind, e graph.Entry, tie, to string) {
	fmt.Fprintf(w, "made: %s %q", graph.NewID(kind, e.ID), e.Name)
	if to != "" {
		fmt.Fprintf(w, " %s %s", tie, to)
	}
	if !e.Provisional {
		fmt.Fprint(w, ", not marked as provisional")
	}
	fmt.Fprintln(w)
}
