package schema_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/schema"
	"dialograph/seeds/seedstest"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/rs/zerolog"
)

// A snapshot to which records were added one after the other is the same as one
// that was made of all of them: the same answers, exports, cursors, hash.
func TestAddedRecordsAreAsIfTheyHadBeenThere(t *testing.T) {
	api, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	units := seedstest.Units(t)
	added, refused := 0, 0
	for trial := range 3 {
		r := rand.New(rand.NewPCG(uint64(*seed), uint64(trial)))
		var rest, late []rdf.Unit
		for _, i := range r.Perm(len(units)) {
			if u := units[i]; strings.HasPrefix(u.Key, "record/") && len(late) < 1+trial*8 {
				late = append(late, u)
			} else {
				rest = append(rest, u)
			}
		}
		got := snapshotOf(t, rest)
		first := answersOf(t, api, got, 1)
		before := got
		for len(late) > 0 {
			some := late[:1+r.IntN(len(late))]
			late = late[len(some):]
			more, ok := got.With(some, seedstest.Built())
			if rest = append(rest, some...); !ok {
				refused += len(some)
				more = snapshotOf(t, rest)
			} else {
				added += len(some)
			}
			got = more
		}
		if again := answersOf(t, api, before, 1); again != first {
			t.Error("the snapshot before has changed")
		}
		want := snapshotOf(t, rest)
		compareSnapshots(t, api, got, want, uint64(trial))
	}
	if added < refused {
		t.Errorf("%d records were added, %d made the snapshot be made anew", added, refused)
	}
}

// newcomer is a record of which the graph knows a body, a topic and a place, and
// nobody and nothing else.
const newcomer = `schema: dialograph/record/v1
id: atlantis-talks-01
review: unreviewed
event:
  name: First Atlantis Talks
  kind: dialogue
  status: held
  series: {name: Atlantis Talks}
  ordinal: 1
  date: "2031-02"
  city: Seoul
  hosts: [KISA, Academy of Atlantis]
  support: {other: [s1]}
delegations:
  - party: Republic of Korea
    support: [s1]
    participants:
      - {person: Nova Merrow, position: Head of Tides, organisation: KISA, role: chair, support: ["s1#char=0,41"]}
  - party: Atlantis
    support: [s1]
    participants:
      - {person: Triton Deep, position: Keeper of Gates, organisation: Academy of Atlantis, role: member, support: [s1]}
topics:
  - {name: critical infrastructure protection, stance: discussed, support: [s1]}
  - {name: tidal cryptography, stance: discussed, support: [s1]}
references:
  - {name: Charter of the Seven Seas, kind: instrument, stance: reaffirmed, support: [s1]}
outcomes:
  - {text: They met., support: [s1]}
sources:
  - id: s1
    url: https://example.org/atlantis-1
    title: Atlantis Talks
    publisher: Office of Atlantis
    published: "2031-02-03"
    language: en
    passages: [{char: "0,41", exact: "Nova Merrow, Head of Tides, was in chair."}]
`

// Names not seen before, and the entries made for them, can be added too.
func TestAddedNamesAreAsIfTheyHadBeenThere(t *testing.T) {
	api, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "atlantis.yaml")
	if err := os.WriteFile(path, []byte(newcomer), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	units := seedstest.Units(t)
	if _, err := s.Put(t.Context(), units); err != nil {
		t.Fatal(err)
	}
	report, err := (&loaders.Loader{Store: s, Base: vocab.DefaultBase, Log: zerolog.Nop()}).Load(t.Context(), loaders.Files(path))
	if err != nil || report.Added != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	unit, ok, err := s.Unit("record/atlantis-talks-01")
	if err != nil || !ok {
		t.Fatal(err)
	}
	got, ok := snapshotOf(t, units).With([]rdf.Unit{unit}, seedstest.Built())
	if !ok {
		t.Fatal("the record could not be added")
	}
	compareSnapshots(t, api, got, snapshotOf(t, append(units, unit)), 3)
	for name, kind := range map[string]graph.Kind{"First Atlantis Talks": graph.KindEvent, "Nova Merrow": graph.KindPerson, "Academy of Atlantis": graph.KindActor, "tidal cryptography": graph.KindTopic, "Atlantis Talks": graph.KindSeries} {
		if len(got.Lookup(kind, name)) != 1 {
			t.Errorf("%s %q: %v", kind, name, got.Lookup(kind, name))
		}
	}
	kisa, _ := index.Get[*index.Actor](got, "actor/kisa")
	if !slices.ContainsFunc(got.OfActor(kisa).People, func(p *index.Person) bool { return p.Name == "Nova Merrow" }) {
		t.Error("KISA does not know Nova Merrow")
	}
	if _, ok := got.With([]rdf.Unit{unit}, seedstest.Built()); ok {
		t.Error("a unit that is there is added, not put in the place of the other")
	}
	if _, ok := got.With([]rdf.Unit{{Key: "record/atlantis-talks-01", Quads: unit.Quads[:1]}}, seedstest.Built()); ok {
		t.Error("a unit that says less than before is added")
	}
	other := rdf.Unit{Key: "record/other", Quads: []rdf.Quad{
		{Subject: vocab.DefaultBase + "record/other", Predicate: vocab.Type, Object: rdf.IRI(vocab.Record), Graph: vocab.DefaultBase + "record/other"},
		{Subject: vocab.DefaultBase + "actor/kisa", Predicate: vocab.Note, Object: rdf.Text("more"), Graph: vocab.DefaultBase + "record/other"},
	}}
	if _, ok := got.With([]rdf.Unit{other}, seedstest.Built()); ok {
		t.Error("what says more of things that are there is added")
	}
}

func snapshotOf(t *testing.T, units []rdf.Unit) *index.Snapshot {
	t.Helper()
	s, err := index.Build(t.Context(), vocab.DefaultBase, rdf.Units(units), seedstest.Built())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compareSnapshots(t *testing.T, api *schema.Schema, got, want *index.Snapshot, seed uint64) {
	t.Helper()
	if got.Hash != want.Hash || got.Quads.Len() != want.Quads.Len() {
		t.Errorf("%d quads with the hash %s, want %d with %s", got.Quads.Len(), got.Hash, want.Quads.Len(), want.Hash)
	}
	for kind, n := range want.Counts {
		if got.Counts[kind] != n {
			t.Errorf("%d things of the kind %s, want %d", got.Counts[kind], kind, n)
		}
	}
	names := []string{"graph.nq", "graph.trig", "graph.jsonld", "graph.graphml", "graph.ftm.json"}
	for _, table := range export.TableNames() {
		names = append(names, table+".csv")
	}
	for _, name := range names {
		if a, b := exported(t, got, name), exported(t, want, name); a != b {
			t.Errorf("%s differs: %s", name, firstDifference(a, b))
		}
	}
	for _, kind := range []graph.Kind{graph.KindActor, graph.KindPerson} {
		a, ok1 := got.Network(t.Context(), kind)
		b, ok2 := want.Network(t.Context(), kind)
		if !ok1 || !ok2 || len(a.Members) != len(b.Members) {
			t.Errorf("the networks of %s differ", kind)
		}
	}
	for _, e := range want.Events {
		for _, text := range []string{e.Name, strings.Fields(e.Name)[0]} {
			a, b := got.Search(text, nil), want.Search(text, nil)
			if !slices.EqualFunc(a, b, func(a, b index.Hit) bool { return a.Rank() == b.Rank() && a.How == b.How && a.Matched == b.Matched }) {
				t.Fatalf("%q finds %v, want %v", text, a, b)
			}
		}
	}
	if a, b := answersOf(t, api, got, seed), answersOf(t, api, want, seed); a != b {
		t.Errorf("answers differ: %s", firstDifference(a, b))
	}
}

func exported(t *testing.T, s *index.Snapshot, name string) string {
	t.Helper()
	r, err := export.ParseName(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := export.Write(t.Context(), &out, export.Whole(s), r, "test"); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// answersOf runs the worked examples, and documents made of the schema.
func answersOf(t *testing.T, api *schema.Schema, s *index.Snapshot, seed uint64) string {
	t.Helper()
	examples, err := schema.Examples()
	if err != nil {
		t.Fatal(err)
	}
	g := &maker{rand: rand.New(rand.NewPCG(seed, 7)), schema: api.GraphQL(), snap: seedstest.Snapshot(t)}
	var out strings.Builder
	run := func(text string, variables map[string]any) {
		document, err := parser.Parse(parser.ParseParams{Source: text})
		if err != nil {
			t.Fatal(err)
		}
		if !graphql.ValidateDocument(api.GraphQL(), document, nil).IsValid {
			return
		}
		for _, d := range document.Definitions {
			if o, ok := d.(*ast.OperationDefinition); ok {
				a, err := api.Operation(document, o).Run(t.Context(), s, variables)
				if err != nil {
					t.Fatal(err)
				}
				out.WriteString(text + "\n")
				out.Write(a.Data)
				out.WriteString(codes(a.Errors) + "\n")
			}
		}
	}
	for _, e := range examples {
		run(regexp.MustCompile(`(?m)^\s*#.*$`).ReplaceAllString(e.Query, ""), nil)
	}
	for range 60 {
		text, variables := g.document()
		run(text, variables)
	}
	return out.String()
}

func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-300):min(len(s), i+200)] }
	return "\n" + cut(a) + "\n---\n" + cut(b)
}
