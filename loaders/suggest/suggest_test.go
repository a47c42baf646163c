package suggest_test

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
	"dialograph/loaders/suggest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what is suggested")

// TestSuggested asks about the record of each archive in testdata. The file
// "known" holds authority entries in addition to testdata/authority.yaml, which
// all share; files named "event …" are records known before; "record" is the one
// with the names in question. The file "suggested" is the answer:
//
//	person/maciej-stadejek or Maciej Studziejewski, 0.80
//	    same meeting eu-rok-cyber-dialogue-07
//
// An archive with "but" has the same asked again with those entries known as
// well: then nothing is suggested.
func TestSuggested(t *testing.T) {
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
			c := readCase(t, archive)
			list := suggest.For(c.asked, c.known, c.events)
			got := suggested(list)
			if *update {
				c.want.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(c.want.Data), got); diff != "" {
				t.Errorf("suggested (-want +got):\n%s", diff)
			}
			checkFile(t, list)
			if c.but != nil {
				c.known.Append(c.but)
				if got := suggested(suggest.For(c.asked, c.known, c.events)); got != "" {
					t.Errorf("although it is decided, suggested:\n%s", got)
				}
			}
		})
	}
}

type testCase struct {
	known, but *graph.Authority
	events     []*graph.Record
	asked      *graph.Record
	want       *txtar.File
}

func readCase(t *testing.T, archive *txtar.Archive) testCase {
	t.Helper()
	shared, err := os.ReadFile("testdata/authority.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := testCase{known: authority(t, shared)}
	for i := range archive.Files {
		f := &archive.Files[i]
		switch {
		case f.Name == "known":
			c.known.Append(authority(t, f.Data))
		case f.Name == "but":
			c.but = authority(t, f.Data)
		case f.Name == "record":
			c.asked = one(t, f.Name, recordHead, f.Data).Record
		case strings.HasPrefix(f.Name, "event"):
			c.events = append(c.events, one(t, f.Name, recordHead, f.Data).Record)
		case f.Name == "suggested":
			c.want = f
		default:
			t.Fatalf("file %q means nothing here", f.Name)
		}
	}
	if c.asked == nil || c.want == nil {
		t.Fatal(`want "record" and "suggested"`)
	}
	for _, e := range c.events { // as a store has them
		if made, _ := gazetteer.New(c.known).Resolve(e); made != nil {
			c.known.Append(made)
		}
	}
	return c
}

const recordHead = "schema: dialograph/record/v1\nreview: reviewed\n"

func authority(t *testing.T, data []byte) *graph.Authority {
	t.Helper()
	return one(t, "authority", "schema: dialograph/authority/v1\n", data).Authority
}

func one(t *testing.T, name, head string, data []byte) record.Document {
	t.Helper()
	docs, problems := record.Read(name+".yaml", strings.NewReader(head+string(data)))
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

func suggested(list []suggest.Suggestion) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s or %s, %.2f\n", s.A, s.B, s.Score)
		for _, why := range s.Why {
			fmt.Fprintf(&b, "    %s\n", why)
		}
	}
	return b.String()
}

// checkFile writes and reads the judgements: they must lint, and be open.
func checkFile(t *testing.T, list []suggest.Suggestion) {
	t.Helper()
	file := suggest.File(list)
	var b bytes.Buffer
	if err := record.Write(&b, record.Document{Authority: file}); err != nil {
		t.Fatal(err)
	}
	docs, problems := record.Read("judgements.yaml", &b)
	for _, p := range problems {
		t.Errorf("written judgement: %s", p)
	}
	for _, d := range docs {
		for _, p := range d.Problems() {
			t.Errorf("written judgement: %s", p)
		}
		if diff := cmp.Diff(file, d.Authority); diff != "" {
			t.Errorf("written and read again (-want +got):\n%s", diff)
		}
	}
	for _, j := range file.Judgements {
		if j.Verdict != "unsure" {
			t.Errorf("judgement %s has verdict %q, want unsure", j.ID, j.Verdict)
		}
	}
}

// Two records name one new person differently; whichever is asked about, the
// pair is the same, and so is the judgement's id.
func TestFromEitherRecord(t *testing.T) {
	known := readCase(t, mustParse(t, "testdata/provisional.txtar")).known
	known.People = nil
	page := func(id, name string) *graph.Record {
		return one(t, "record", recordHead, fmt.Appendf(nil, `id: %s
event: {name: Talks, kind: dialogue, status: held, date: 2020-11-24}
delegations:
  - {party: European Union, participants: [{person: %s, position: Head of the Cyber Division, organisation: EEAS, role: chair}]}
  - {party: Republic of Korea}
sources: [{id: s1, url: "https://example.org/"}]
`, id, name)).Record
	}
	a, b := page("a", "Wiktor Staniecki"), page("b", "Viktor Staniecky")
	for _, r := range []*graph.Record{a, b} {
		made, _ := gazetteer.New(known).Resolve(r)
		known.Append(made)
	}
	both := []*graph.Record{a, b}
	one, other := suggest.For(a, known, both), suggest.For(b, known, both)
	if len(one) != 1 || len(other) != 1 {
		t.Fatalf("got %d and %d suggestions, want one each:\n%s%s", len(one), len(other), suggested(one), suggested(other))
	}
	if one[0].A != other[0].A || one[0].B != other[0].B || one[0].Judgement.ID != other[0].Judgement.ID {
		t.Errorf("from the one record %s or %s (%s), from the other %s or %s (%s)", one[0].A, one[0].B, one[0].Judgement.ID, other[0].A, other[0].B, other[0].Judgement.ID)
	}
	if file := suggest.File(append(one, other...)); len(file.Judgements) != 1 {
		t.Errorf("the file has %d judgements, want 1", len(file.Judgements))
	}
}

func mustParse(t *testing.T, path string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}
