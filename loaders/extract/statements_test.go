package extract_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/loaders/evaluate"
	"dialograph/loaders/extract"
	"dialograph/loaders/source"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what is missed in the test statements")

// archive is one test statement: the text, what a careful reader takes from it,
// and what the extractor still gets wrong.
type archive struct {
	path   string
	file   *txtar.Archive
	text   string
	gold   string
	missed *txtar.File
}

func archives(t testing.TB, set string) []archive {
	t.Helper()
	paths, err := filepath.Glob("testdata/" + set + "/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("found no statements in testdata/%s: %v", set, err)
	}
	out := make([]archive, len(paths))
	for i, path := range paths {
		file, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a := archive{path: path, file: file}
		for j := range file.Files {
			switch f := &file.Files[j]; f.Name {
			case "text.txt":
				a.text = string(f.Data)
			case "gold.yaml":
				a.gold = string(f.Data)
			case "missed":
				a.missed = f
			}
		}
		if a.text == "" || a.gold == "" {
			t.Fatalf("%s: want text.txt and gold.yaml", path)
		}
		out[i] = a
	}
	return out
}

func read(t testing.TB, name, text string) *source.Document {
	t.Helper()
	d, err := source.Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestStatements reads every test statement and compares what it misses and
// adds with what its archive says is missed and added: a rule that is made
// better or worse shows which statements it changes. The file "missed" is
// rewritten by -update.
//
// The statements in testdata/statements are made up, each for one phenomenon;
// those in testdata/reworded report real sessions in our own words. Floors keep
// the whole from sinking unnoticed.
func TestStatements(t *testing.T) {
	x := extract.BuiltIn(t)
	for set, floor := range map[string]float64{"statements": 0.94, "reworded": 0.94} {
		t.Run(set, func(t *testing.T) {
			var score evaluate.Score
			for _, a := range archives(t, set) {
				gold, err := evaluate.ReadGold(strings.NewReader(a.gold))
				if err != nil {
					t.Fatalf("%s: %v", a.path, err)
				}
				d := read(t, "text.txt", a.text)
				got := strings.Join(score.Add(x.Extract(d).Records, gold), "\n")
				if got != "" {
					got += "\n"
				}
				want := ""
				if a.missed != nil {
					want = string(a.missed.Data)
				}
				if *update && got != want {
					if a.missed == nil {
						a.file.Files = append(a.file.Files, txtar.File{Name: "missed"})
						a.missed = &a.file.Files[len(a.file.Files)-1]
					}
					a.missed.Data = []byte(got)
					if err := os.WriteFile(a.path, txtar.Format(a.file), 0o666); err != nil {
						t.Fatal(err)
					}
					want = got
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: missed (-want +got):\n%s", a.path, diff)
				}
			}
			for _, f := range score.Fields() {
				t.Logf("%-20s P %.3f R %.3f F1 %.3f", f.Name, f.Precision(), f.Recall(), f.F1())
			}
			t.Logf("macro-F1 %.3f", score.MacroF1())
			if score.MacroF1() < floor {
				t.Errorf("macro-F1 is %.3f, below %.2f", score.MacroF1(), floor)
			}
		})
	}
}

// Every record is valid, cites only words that are there, and names a rule for
// each finding.
func TestRecordsCiteTheirSource(t *testing.T) {
	x := extract.BuiltIn(t)
	for _, set := range []string{"statements", "reworded"} {
		for _, a := range archives(t, set) {
			d := read(t, "text.txt", a.text)
			r := x.Extract(d)
			if problem := sound(d, r); problem != "" {
				t.Errorf("%s: %s", a.path, problem)
			}
			again := x.Extract(read(t, "text.txt", a.text))
			if diff := cmp.Diff(r.Records, again.Records); diff != "" {
				t.Errorf("%s: read again it is understood differently:\n%s", a.path, diff)
			}
		}
	}
}

// sound checks what must hold of any result.
func sound(d *source.Document, r *extract.Result) string {
	if len(r.Records) == 0 && r.Reason == "" {
		return "no record and no reason"
	}
	for _, rec := range r.Records {
		for _, p := range rec.Problems() {
			if p.Severity == graph.Error {
				return fmt.Sprintf("%s: %s", p.Path, p.Message)
			}
		}
		for _, p := range rec.Sources[0].Passages {
			span, err := p.Span()
			if err != nil || d.Slice(span) != p.Exact {
				return fmt.Sprintf("passage %s says %q, the text %q", p.Char, p.Exact, d.Slice(span))
			}
		}
	}
	for _, f := range r.Findings {
		if f.Rule == "" || f.Field == "" || d.Slice(f.Span) == "" {
			return fmt.Sprintf("finding %+v has no rule, field or words", f)
		}
	}
	return ""
}

// Contact lines never enter a record, whatever stands around them.
func TestContactsNeverEnter(t *testing.T) {
	x := extract.BuiltIn(t)
	for _, a := range archives(t, "statements") {
		text := a.text + "\n\nPress contact\nMaria Contactperson\nSpokesperson for Foreign Affairs\n+00 0 000 0001\nmaria.contactperson@example.org\n"
		for _, rec := range x.Extract(read(t, "text.txt", text)).Records {
			for _, list := range append(delegations(rec), rec.Participants) {
				for _, p := range list {
					for _, field := range []string{p.Person, p.Organisation, p.Position, p.AsWritten} {
						if strings.Contains(field, "Contactperson") || strings.Contains(field, "@") || strings.Contains(field, "0001") {
							t.Errorf("%s: %q is a contact", a.path, field)
						}
					}
				}
			}
		}
	}
}

func delegations(r *graph.Record) [][]graph.Participant {
	var out [][]graph.Participant
	for _, d := range r.Delegations {
		out = append(out, d.Participants)
	}
	return out
}

func FuzzExtract(f *testing.F) {
	x := extract.BuiltIn(f)
	for _, a := range archives(f, "statements") {
		f.Add(a.text)
	}
	f.Add("1. ")
	f.Add("On 31 February 2020, A and B (C) held – by . , ; : The")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := source.Read("text.txt", []byte(text))
		if err != nil {
			return
		}
		if problem := sound(d, x.Extract(d)); problem != "" {
			t.Error(problem)
		}
	})
}
