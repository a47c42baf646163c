package loaders_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"dialograph/graph"
	"dialograph/graph/graphtest"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/loaders/gazetteer"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/rs/zerolog"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the expected results")

const base = rdf.Base(vocab.DefaultBase)

// TestRetract loads the records of each archive in testdata/retract, retracts
// the source that the file "retract" names, and lists in "gone" the statements
// that are no longer made by anyone, and in "fewer" those that another source
// still makes.
func TestRetract(t *testing.T) {
	eachArchive(t, "testdata/retract", func(t *testing.T, archive *txtar.Archive) map[string]string {
		l := newLoader(t)
		if _, err := l.Load(t.Context(), inputs(t, archive)); err != nil {
			t.Fatal(err)
		}
		before := quads(t, l.Store)
		address := strings.TrimSpace(string(file(archive, "retract").Data))
		if _, err := l.Retract(t.Context(), rdf.SourceID(graph.Source{URL: address})); err != nil {
			t.Fatal(err)
		}
		after := quads(t, l.Store)
		var gone, fewer []string
		for _, q := range before {
			switch {
			case q.Graph == base.Provenance() || slices.Contains(after, q):
			case slices.ContainsFunc(after, func(x rdf.Quad) bool { return triple(x) == triple(q) }):
				fewer = append(fewer, triple(q))
			default:
				gone = append(gone, triple(q))
			}
		}
		return map[string]string{"gone": lines(gone), "fewer": lines(fewer)}
	})
}

// What a source alone supports goes, everything else stays, nothing is new –
// whatever the records are.
func TestRetractRemovesWhatASourceAloneSupports(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLoader(t)
		first, second := graphtest.Record(t), graphtest.Record(t)
		second.ID = "other-event"
		if rapid.Bool().Draw(t, "no common source") {
			for i := range second.Sources {
				second.Sources[i].URL += "&other"
			}
		}
		var units []rdf.Unit
		for _, r := range []*graph.Record{first, second} {
			r.Participants = append(r.Participants, graph.Participant{Person: "Candide", Role: "speaker"}) // known to both
			provisional, _ := gazetteer.New().Resolve(r)
			units = append(units, rdf.RecordUnit(base, r, provisional))
		}
		if _, err := l.Store.Put(context.Background(), units); err != nil {
			t.Fatal(err)
		}
		before := quads(t, l.Store)
		source := rdf.SourceID(first.Sources[0])
		if _, err := l.Retract(context.Background(), source); err != nil {
			t.Fatal(err)
		}
		after := quads(t, l.Store)
		was, is := setOf(before), setOf(after)
		own := graphsOf(before, source)
		for _, q := range after {
			if own[q.Graph] || own[q.Subject] && q.Graph == base.Provenance() {
				t.Errorf("should be gone: %v", q)
			}
			if !was[q] {
				t.Errorf("is new: %v", q)
			}
		}
		for _, u := range units {
			if slices.Equal(u.Cites, []string{base.IRI(source)}) {
				continue // the record goes
			}
			typed := map[string]bool{} // without the source
			for _, q := range u.Quads {
				if q.Predicate == vocab.Type && !own[q.Graph] {
					typed[q.Subject] = true
				}
			}
			for _, q := range u.Quads {
				if !own[q.Graph] && !own[q.Subject] && typed[q.Subject] && !is[q] {
					t.Errorf("%s says it without the source: %v", u.Key, q)
				}
			}
		}
	})
}

func setOf(list []rdf.Quad) map[rdf.Quad]bool {
	set := map[rdf.Quad]bool{}
	for _, q := range list {
		set[q] = true
	}
	return set
}

// graphsOf gives the graphs of a source: its own and those of its passages.
func graphsOf(list []rdf.Quad, source graph.ID) map[string]bool {
	own := map[string]bool{base.IRI(source): true}
	for _, q := range list {
		if (q.Predicate == vocab.HasSource || q.Predicate == vocab.Source) && q.Object.Value == base.IRI(source) {
			own[q.Subject] = true
		}
	}
	return own
}

type failer interface {
	Fatal(...any)
	Cleanup(func())
}

func newLoader(t failer) *loaders.Loader {
	s, err := store.Open(context.Background(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &loaders.Loader{Store: s, Base: base, Log: zerolog.Nop()}
}

func quads(t failer, s *store.Store) []rdf.Quad {
	var out []rdf.Quad
	if err := s.Quads(context.Background(), func(q rdf.Quad) error { out = append(out, q); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(out, rdf.Compare)
	return out
}

// triple writes a quad for people: without the base IRI, namespaces and graph.
func triple(q rdf.Quad) string {
	short := func(iri string) string {
		if id := base.ID(iri); id != "" {
			return string(id)
		}
		return iri[strings.LastIndexAny(iri, "/#")+1:]
	}
	object := `"` + q.Object.Value + `"`
	if !q.Object.Literal {
		object = short(q.Object.Value)
	}
	return short(q.Subject) + " " + short(q.Predicate) + " " + object
}

func lines(list []string) string {
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) == 0 {
		return ""
	}
	return strings.Join(list, "\n") + "\n"
}

// eachArchive runs a test for each archive of a folder. What the test returns,
// by the name of a file, is compared with that file.
func eachArchive(t *testing.T, dir string, run func(*testing.T, *txtar.Archive) map[string]string) {
	archives, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("found no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for name, got := range run(t, archive) {
				want := file(archive, name)
				if *update {
					want.Data = []byte(got)
				}
				if diff := cmp.Diff(string(want.Data), got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
			if *update {
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// file gives a file of an archive, which gets one if it has none.
func file(a *txtar.Archive, name string) *txtar.File {
	i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == name })
	if i < 0 {
		a.Files = append(a.Files, txtar.File{Name: name})
		i = len(a.Files) - 1
	}
	return &a.Files[i]
}

// inputs gives the records and authority files of an archive.
func inputs(t *testing.T, a *txtar.Archive) []loaders.Input {
	fsys := fstest.MapFS{}
	for _, f := range a.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	list, err := loaders.FromFS(fsys, "")
	if err != nil {
		t.Fatal(err)
	}
	return list
}
