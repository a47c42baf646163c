package loaders_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dialograph/graph"
	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/loaders/record"
	"dialograph/seeds"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestOthers reads the RDF of each archive in testdata/others, in order of the
// names, beside the authority file known.yaml if there is one. "loaded" is what
// it becomes, as a person could have written it; "report" what load says, and
// "left" what --left writes.
func TestOthers(t *testing.T) {
	eachArchive(t, "testdata/others", func(t *testing.T, archive *txtar.Archive) map[string]string {
		dir := t.TempDir()
		var paths []string
		for _, f := range archive.Files {
			if !loaders.IsGraph(f.Name) && f.Name != "known.yaml" {
				continue
			}
			paths = append(paths, filepath.Join(dir, f.Name))
			if err := os.WriteFile(paths[len(paths)-1], f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b, r := loaders.ReadAll(vocab.DefaultBase, loaders.Files(paths...))
		var loaded, report, left bytes.Buffer
		docs := slices.DeleteFunc(slices.Clone(b.Documents), func(d record.Document) bool { return !loaders.IsGraph(d.File) })
		if len(docs) > 0 {
			if err := record.Write(&loaded, docs...); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range append(r.Problems, r.Notes...) {
			fmt.Fprintln(&report, strings.TrimPrefix(p.String(), dir+string(filepath.Separator)))
		}
		fmt.Fprintf(&report, "%d rejected, %d left\n", r.Rejected, r.Left)
		if err := r.WriteLeft(&left); err != nil {
			t.Fatal(err)
		}
		loadsAgain(t, paths, r.Rejected)
		return map[string]string{"loaded": loaded.String(), "report": report.String(), "left": left.String()}
	})
}

// loadsAgain wants a second load to change nothing.
func loadsAgain(t *testing.T, paths []string, rejected int) {
	t.Helper()
	s, first := loadInto(t, loaders.Files(paths...))
	if first.Rejected != rejected {
		t.Errorf("load rejects %d, want %d: %v", first.Rejected, rejected, first.Problems)
	}
	want := quadsOf(t, s)
	again, err := newLoaderOf(s).Load(context.Background(), loaders.Files(paths...))
	if err != nil || again.Added+again.Replaced > 0 || again.Unchanged != first.Added+first.Unchanged {
		t.Errorf("loading it again: %+v, %v; first %+v", again, err, first)
	}
	if !bytes.Equal(quadsOf(t, s), want) {
		t.Error("loading it again changed the graph")
	}
	for _, p := range again.Problems {
		if p.Severity == graph.Error && rejected == 0 {
			t.Error(p)
		}
	}
}

// What the built-in events are in the words of schema.org comes back, where the
// entries are known: the same events, on the same days, with the same people and
// bodies. Nobody has reviewed them, and none counts as held.
func TestSchemaOrgExportComesBack(t *testing.T) {
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	all, _ := loadInto(t, inputs)
	want := snapshotOf(t, all)
	path := exported(t, want, "graph.schema.jsonld")
	entries := slices.DeleteFunc(slices.Clone(inputs), func(in loaders.Input) bool { return strings.HasPrefix(in.Name, "seeds/records/") })
	s, report := loadInto(t, append(entries, loaders.Files(path)...))
	if report.Rejected > 0 || report.Records != len(want.Events) {
		t.Errorf("%d records, %d rejected, want %d: %v", report.Records, report.Rejected, len(want.Events), errorsIn(report))
	}
	got := snapshotOf(t, s)
	for _, e := range want.Events {
		back, ok := got.Node(e.ID).(*index.Event)
		if !ok {
			t.Errorf("%s did not come back", e.ID)
			continue
		}
		if diff := gocmp.Diff(told(e), told(back)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", e.ID, diff)
		}
	}
	again, err := newLoaderOf(all).Load(context.Background(), loaders.Files(path))
	if err != nil || again.Added+again.Replaced > 0 || again.Rejected != len(want.Events) {
		t.Errorf("beside reviewed records: %+v, %v", again, err)
	}
}

// An export without graphs comes back as far as it goes: every record, unreviewed,
// and every entry. It never takes the place of what says more.
func TestExportsWithoutGraphsComeBack(t *testing.T) {
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	all, first := loadInto(t, inputs)
	before, want := quadsOf(t, all), snapshotOf(t, all)
	name := "graph.ttl"
	path := exported(t, want, name)
	s, report := loadInto(t, loaders.Files(path))
	if report.Rejected > 0 || report.Records != first.Records || report.Entries != first.Entries {
		t.Errorf("%s: %+v, want the records and entries of %+v; %v", name, report, first, errorsIn(report))
	}
	if len(report.Problems) == 0 || !strings.Contains(report.Problems[0].Message, "load a .trig, .nq or .jsonld export") {
		t.Errorf("%s: %v does not say which export to load", name, report.Problems)
	}
	got := snapshotOf(t, s)
	for _, e := range want.Events {
		back, ok := got.Node(e.ID).(*index.Event)
		if !ok || back.As.Reviewed {
			t.Errorf("%s: %s came back as %v", name, e.ID, back)
			continue
		}
		if diff := gocmp.Diff(told(e), told(back)); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", name, e.ID, diff)
		}
	}
	again, err := newLoaderOf(s).Load(context.Background(), loaders.Files(path))
	if err != nil || again.Unchanged != again.Records+again.Entries || again.Rejected > 0 {
		t.Errorf("%s again: %+v, %v %v", name, again, err, errorsIn(again))
	}
	if _, err := newLoaderOf(all).Load(context.Background(), loaders.Files(path)); err != nil || !bytes.Equal(quadsOf(t, all), before) {
		t.Errorf("%s changed the graph that it came from: %v", name, err)
	}
}

// told is what schema.org can tell of an event.
func told(e *index.Event) map[string][]string {
	first := day(e.Date.Value.Earliest())
	out := map[string][]string{"name": {e.Name}, "days": {first, cmp.Or(day(e.Date.Value.Latest()), first)}} // it has no word for an end that is not known
	add := func(key string, x index.Named) {
		if id := string(x.Self().ID); !slices.Contains(out[key], id) {
			out[key] = append(out[key], id)
		}
	}
	if e.Series != nil {
		add("series", e.Series)
	}
	if e.City != nil {
		add("city", e.City)
	}
	if e.Country != nil {
		add("country", e.Country)
	}
	for _, h := range e.Hosts {
		add("hosts", h)
	}
	for _, p := range e.Participations {
		if p.Person != nil {
			add("people", p.Person)
		}
		if p.Actor != nil {
			add("bodies", p.Actor)
		}
	}
	for _, d := range e.Topics {
		if d.Topic != nil {
			add("topics", d.Topic)
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

func day(t time.Time, known bool) string {
	if !known {
		return ""
	}
	return t.Format(time.DateOnly)
}

// exported writes a snapshot in the format that a name ends in.
func exported(t *testing.T, snap *index.Snapshot, name string) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	request, err := export.ParseName(name)
	if err == nil {
		_, err = export.Write(context.Background(), f, export.Whole(snap), request, "test")
	}
	if err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

func errorsIn(r loaders.Report) []string {
	var out []string
	for _, p := range r.Problems {
		if p.Severity == graph.Error {
			out = append(out, p.String())
		}
	}
	return out
}
