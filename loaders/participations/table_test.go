package participations

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"dialograph/graph"
	"dialograph/loaders/record"
	"dialograph/loaders/source"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected records and problems")

// TestTables reads the table of each archive in testdata, with the choice of
// columns in "columns" where it has one, and compares the records and what is
// wrong with the files "records.yaml" and "problems".
func TestTables(t *testing.T) {
	for _, path := range archives(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			table := part(archive, "table.csv")
			docs, problems := Read("table.csv", bytes.NewReader(table), choiceOf(part(archive, "columns")))
			passagesAreSlices(t, table, docs)
			var records, list strings.Builder
			if len(docs) > 0 {
				if err := record.Write(&records, docs...); err != nil {
					t.Fatal(err)
				}
			}
			for _, p := range problems {
				fmt.Fprintln(&list, p)
			}
			for name, got := range map[string]string{"records.yaml": records.String(), "problems": list.String()} {
				if want := string(part(archive, name)); got != want && !*update {
					t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
				}
			}
			if *update {
				archive.Files = append(inputs(archive), txtar.File{Name: "problems", Data: []byte(list.String())}, txtar.File{Name: "records.yaml", Data: []byte(records.String())})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func archives(t testing.TB) []string {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("found no archives: %v", err)
	}
	return paths
}

func part(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func inputs(a *txtar.Archive) []txtar.File {
	var out []txtar.File
	for _, f := range a.Files {
		if f.Name == "table.csv" || f.Name == "columns" {
			out = append(out, f)
		}
	}
	return out
}

// choiceOf reads lines such as person=Who.
func choiceOf(lines []byte) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(string(lines)) {
		if ours, theirs, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			out[ours] = theirs
		}
	}
	return out
}

// passagesAreSlices checks that every passage of the table is a slice of it, and
// that none holds contact details.
func passagesAreSlices(t *testing.T, table []byte, docs []record.Document) {
	t.Helper()
	doc, err := source.Read("table.csv", table)
	if err != nil && len(docs) > 0 {
		t.Fatal(err)
	}
	for _, d := range docs {
		for _, s := range d.Record.Sources {
			for _, p := range s.Passages {
				span, err := p.Span()
				if s.ID == tableID && (err != nil || doc.Slice(span) != p.Exact) {
					t.Errorf("%s: passage %s is %q, the table has %q there", d.Record.ID, p.Char, p.Exact, doc.Slice(span))
				}
				if what := contacts(p.Exact); what != "" {
					t.Errorf("%s: passage %q holds %s", d.Record.ID, p.Exact, what)
				}
			}
		}
	}
}

// A table in another encoding, with a mark, or with other line ends is the same.
func TestEncodings(t *testing.T) {
	text := "event,date,person,role,url\nTalks in Malmö,2021-04-03,Åsa Öberg,chair,https://example.org/a\nTalks in Malmö,2021-04-03,Jürgen Größe,member,https://example.org/a\n"
	want, problems := Read("t.csv", strings.NewReader(text), nil)
	if len(want) != 1 || len(problems) > 0 {
		t.Fatalf("%d records, %v", len(want), problems)
	}
	var latin []byte
	for _, r := range text {
		latin = append(latin, byte(r)) // every letter here is below U+0100
	}
	utf16 := []byte{0xff, 0xfe}
	for _, r := range text {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"mark":     {[]byte("\ufeff" + text), ""},
		"CRLF":     {[]byte(strings.ReplaceAll(text, "\n", "\r\n")), ""},
		"tabs":     {[]byte(strings.ReplaceAll(text, ",", "\t")), ""},
		"Latin-1":  {latin, "is read as windows-1252"},
		"UTF-16":   {utf16, "is read as utf-16le"},
		"damaged":  {[]byte(strings.Replace(text, "ö", "ö\xff", 1)), "not valid UTF-8 at byte"},
		"workbook": {[]byte("PK\x03\x04rest"), "error"},
		"empty":    {nil, "is empty"},
	} {
		got, problems := Read("t.csv", bytes.NewReader(c.data), nil)
		if c.says != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), c.says)) || c.says == "" && len(problems) > 0 {
			t.Errorf("%s: problems %v, want one with %q", name, problems, c.says)
		}
		if len(problems) > 0 && problems[0].Severity == graph.Error {
			continue
		}
		if len(got) != 1 || got[0].Record.Event.Name != "Talks in Malmö" || got[0].Record.Participants[1].Person != "Jürgen Größe" || got[0].Record.ID != want[0].Record.ID {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// FuzzRead feeds tables. Read must not panic; every row is in a record or has a
// problem; and every record that is free of errors cites slices of the table.
func FuzzRead(f *testing.F) {
	for _, path := range archives(f) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(part(archive, "table.csv"), "Who")
	}
	f.Add([]byte("event\tdate\tperson\trole\tquotes\tevidence\n\"a\nb\"\t\tx\tchair\t\"|\"\tpassage/x.1-2\n"), "")
	f.Add([]byte("event,role,person,date\n' = ,chair,'\\|x|,\n"), "role")
	f.Fuzz(func(t *testing.T, data []byte, who string) {
		choice := map[string]string{}
		if who != "" {
			choice["person"] = who
		}
		docs, problems := Read("table.csv", bytes.NewReader(data), choice)
		if len(docs) == 0 && len(problems) == 0 {
			t.Fatal("neither a record nor a problem")
		}
		passagesAreSlices(t, data, docs)
		everyRowIsSomewhere(t, data, choice, docs, problems)
	})
}

// everyRowIsSomewhere reads the rows again and looks for each in what came of
// them: its event is a record that has a participation of its person, or has an
// error.
func everyRowIsSomewhere(t *testing.T, data []byte, choice map[string]string, docs []record.Document, problems []record.Problem) {
	t.Helper()
	rejected := map[int]bool{}
	for _, p := range problems {
		if p.Severity == graph.Error && p.Document == 0 {
			return // of the table
		}
		rejected[p.Document] = rejected[p.Document] || p.Severity == graph.Error
		if !utf8.ValidString(p.Message) {
			t.Errorf("%q is not UTF-8", p.Message)
		}
	}
	table, err := readTable("table.csv", bytes.NewReader(data), choice)
	if err != nil {
		t.Fatalf("read once, but not again: %v", err)
	}
	byNumber := map[int]*graph.Record{}
	for i := range docs {
		byNumber[docs[i].Number()] = docs[i].Record
	}
	g := &grouping{file: "table.csv", table: table, byKey: map[string]*event{}}
	for _, x := range table.rows {
		g.take(x)
	}
	rows := 0
	for _, e := range g.events {
		rows += len(e.rows)
		r := byNumber[e.number]
		for _, x := range e.rows {
			if !rejected[e.number] && (r == nil || !seated(r, x)) {
				t.Errorf("line %d is in no record and has no error", x.line)
			}
		}
	}
	if rows != len(table.rows) {
		t.Errorf("%d of %d rows are of an event", rows, len(table.rows))
	}
}

// seated tells whether a record holds who a row says took part.
func seated(r *graph.Record, x *row) bool {
	fault := func(string, string, ...any) {}
	person, _ := named(x, "person", "person_name", graph.KindPerson, fault)
	body, _ := named(x, "actor", "actor_name", graph.KindActor, fault)
	list := r.Participants
	for _, d := range r.Delegations {
		list = append(list, d.Participants...)
	}
	for _, p := range list {
		if p.Person == person && p.Organisation == body && fold(p.Role) == fold(x.text("role")) {
			return true
		}
	}
	return false
}
