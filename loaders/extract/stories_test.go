package extract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/loaders/extract"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestStories reads each archive in testdata/stories and compares what is
// understood, in a few lines a person can check, with the file "understood".
func TestStories(t *testing.T) {
	x := extract.BuiltIn(t)
	paths, err := filepath.Glob("testdata/stories/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("found no stories: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			file, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			d := read(t, "text.txt", string(file.Files[0].Data))
			r := x.Extract(d)
			if problem := sound(d, r); problem != "" {
				t.Error(problem)
			}
			got := understood(r)
			if *update {
				file.Files = append(file.Files[:1], txtar.File{Name: "understood", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(file), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if len(file.Files) != 2 {
				t.Fatal(`want text.txt and "understood"`)
			}
			if diff := cmp.Diff(string(file.Files[1].Data), got); diff != "" {
				t.Errorf("understood (-want +got):\n%s", diff)
			}
		})
	}
}

func understood(r *extract.Result) string {
	var b strings.Builder
	if r.Reason != "" {
		fmt.Fprintf(&b, "no record: %s\n", r.Reason)
	}
	for _, rec := range r.Records {
		e := rec.Event
		fmt.Fprintf(&b, "%s: %s; %s, %s, number %d, %s (%s), %s %s, %s\n", rec.ID, e.Name, e.Kind, e.Status, e.Ordinal, e.Date, e.DateBasis, e.City, e.Country, e.Mode)
		noted(&b, "  ", e.StatusBasis)
		noted(&b, "  ", e.DateNote)
		for _, d := range rec.Delegations {
			fmt.Fprintf(&b, "  %s\n", d.Party)
			participants(&b, d.Participants)
		}
		participants(&b, rec.Participants)
		for _, m := range rec.Topics {
			fmt.Fprintf(&b, "  topic %s (%s)\n", m.Name, m.Stance)
		}
		for _, m := range rec.References {
			fmt.Fprintf(&b, "  %s %s (%s)\n", m.Kind, m.Name, m.Stance)
		}
		for _, o := range rec.Outcomes {
			fmt.Fprintf(&b, "  outcome %s\n", o.Text)
		}
		for _, q := range rec.Quotations {
			fmt.Fprintf(&b, "  quoted %s%s %s for %s\n", q.Person, q.Organisation, q.About, q.Side)
		}
		for _, m := range rec.Threats {
			fmt.Fprintf(&b, "  threat %s\n", m.Name)
		}
		if h := rec.Hiatus; h != nil {
			fmt.Fprintf(&b, "  pause %s: %s\n", h.Length, h.Reason)
		}
		for _, p := range rec.PrecededBy {
			fmt.Fprintf(&b, "  before %s by %s\n", p.Name, strings.Join(p.Organisers, ", "))
		}
		if n := rec.NextSession; n != nil {
			fmt.Fprintf(&b, "  next number %d, %s, %s %s, host %s\n", n.Ordinal, n.Date, n.City, n.Country, n.Host)
			noted(&b, "  ", n.Note)
		}
	}
	return b.String()
}

func participants(b *strings.Builder, list []graph.Participant) {
	for _, p := range list {
		fmt.Fprintf(b, "    %s %s%s", p.Role, p.Person, map[bool]string{true: "", false: p.Organisation}[p.Person != ""])
		if p.Person != "" {
			fmt.Fprintf(b, ", %s, %s", p.Position, p.Organisation)
		}
		fmt.Fprintln(b)
		noted(b, "    ", p.Note)
	}
}

func noted(b *strings.Builder, indent, note string) {
	if note != "" {
		fmt.Fprintf(b, "%s  (%s)\n", indent, note)
	}
}
