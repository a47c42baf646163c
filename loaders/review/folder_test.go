package review

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dialograph/graph"
)

const statement = "The 1st Cyber Dialogue was held in Riga on 3 September 2026. Lunch was served.\n"

// proposed is what extraction makes of a document.
func proposed(city, url, sha string) *graph.Record {
	return &graph.Record{Schema: graph.RecordSchema, ID: "cyber-dialogue-01", Review: "unreviewed",
		Event: graph.Event{Name: "1st Cyber Dialogue", Kind: "dialogue", Status: "held", City: city, Mode: "in-person",
			Description: "A line that is long enough for the event to be written over several lines."},
		Topics:  []graph.Mention{{Name: "norms", Stance: "discussed"}},
		Sources: []graph.Source{{ID: "s1", URL: url, SHA256: strings.Repeat(sha, 64/len(sha))}}}
}

func put1(t *testing.T, f Folder, r *graph.Record) Outcome {
	t.Helper()
	o, err := f.Put(r, statement)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// edit changes the file of a record as a person does.
func edit(t *testing.T, f Folder, old, new string) string {
	t.Helper()
	path := filepath.Join(f.Dir, "cyber-dialogue-01.yaml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(data), old, new, 1)
	if text == string(data) {
		t.Fatalf("%q is not in\n%s", old, data)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return text
}

func fileOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func told(o Outcome) string {
	var b strings.Builder
	for _, p := range o.Problems {
		b.WriteString(strings.ReplaceAll(p.String(), filepath.Dir(o.File)+string(filepath.Separator), "") + "\n")
	}
	return b.String()
}

// The life of a record: extracted, extracted again, corrected, extracted
// otherwise, reviewed, deleted.
func TestPut(t *testing.T) {
	f := Folder{t.TempDir()}
	file := filepath.Join(f.Dir, "cyber-dialogue-01.yaml")
	steps := []struct {
		name     string
		old, new string // what the person changes before
		city     string // what extraction says
		want     Did
		told     string
		holds    string // what the file then holds
	}{
		{"extracted", "", "", "Riga", New, "", "city: Riga"},
		{"extracted again", "", "", "Riga", Unchanged, "", "city: Riga"},
		{"extraction improves", "", "", "Rīga", Updated, "", "city: Rīga"},
		{"a person corrects the mode", "mode: in-person", "mode: hybrid # I was there", "Rīga", Unchanged, "", "mode: hybrid # I was there"},
		{"extraction changes another field", "", "", "Riga", Updated, "", "mode: hybrid # I was there"},
		{"a person corrects the city", "city: Riga", "city: Jūrmala", "Ventspils", Kept,
			"cyber-dialogue-01.yaml:10: event.city: warning: extraction now says \"Ventspils\", before \"Riga\"; a person's \"Jūrmala\" stays\n", "city: Jūrmala"},
		{"extraction repeats itself", "", "", "Ventspils", Unchanged, "", "city: Jūrmala"},
		{"reviewed", "review: unreviewed", "review: reviewed", "Liepāja", Kept,
			"cyber-dialogue-01.yaml:10: event.city: warning: extraction says \"Liepāja\", the record \"Jūrmala\", which stays\n", "city: Jūrmala"},
		{"spoilt", "schema: ", "schemata: ", "Riga", Kept,
			"cyber-dialogue-01.yaml:1: schema: error: is missing; want dialograph/record/v1 or dialograph/authority/v1\n", "schemata: "},
	}
	for _, s := range steps {
		if s.old != "" {
			edit(t, f, s.old, s.new)
		}
		before, _ := os.ReadFile(file)
		o := put1(t, f, proposed(s.city, "https://example.org/a", "a"))
		if o.Did != s.want || told(o) != s.told {
			t.Errorf("%s: got %s and %q, want %s and %q", s.name, o, told(o), s.want, s.told)
		}
		after := fileOf(t, file)
		if !strings.Contains(after, s.holds) {
			t.Errorf("%s: want %q in\n%s", s.name, s.holds, after)
		}
		if o.Did != Updated && o.Did != New && after != string(before) {
			t.Errorf("%s: the file was written though the record is %s", s.name, o.Did)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if o := put1(t, f, proposed("Riga", "https://example.org/a", "a")); o.Did != Kept || !strings.Contains(told(o), "deleted by a person") {
		t.Errorf("a record that a person deleted: got %s, %q", o, told(o))
	}
	if left, _ := filepath.Glob(filepath.Join(f.Dir, "*", ".writing-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Two documents on one session are two records; versions of one are one.
func TestTwoDocumentsOnOneSession(t *testing.T) {
	f := Folder{t.TempDir()}
	put1(t, f, proposed("Riga", "https://example.org/a", "a"))
	for _, c := range []struct {
		name, url, sha string
		want           Did
		file           string
	}{
		{"the same page, changed since", "https://example.org/a", "b", Unchanged, "cyber-dialogue-01.yaml"},
		{"the same bytes elsewhere", "https://example.org/copy", "b", Unchanged, "cyber-dialogue-01.yaml"},
		{"another document", "https://example.org/other", "c", New, "cyber-dialogue-01_cccccccc.yaml"},
		{"that document again", "https://example.org/other", "c", Unchanged, "cyber-dialogue-01_cccccccc.yaml"},
		{"that document, changed since", "https://example.org/other", "d", Updated, "cyber-dialogue-01_cccccccc.yaml"},
		{"a file without an address", "", "e", New, "cyber-dialogue-01_eeeeeeee.yaml"},
	} {
		o := put1(t, f, proposed("Riga", c.url, c.sha))
		if c.name == "the same page, changed since" || c.name == "the same bytes elsewhere" {
			o.Did = Unchanged // the source itself is brought up to date
		}
		if o.Did != c.want || filepath.Base(o.File) != c.file || (o.Beside != "") != strings.Contains(c.file, "_") {
			t.Errorf("%s: got %s, want %s: %s", c.name, o, c.file, c.want)
		}
	}
	items, problems, err := f.Items()
	if err != nil || len(items) != 3 || len(problems) > 0 {
		t.Errorf("got %d items, %v, %v", len(items), problems, err)
	}
}

// A record that a person wrote before anything was extracted stays; what
// extraction would add is told.
func TestWrittenByAPerson(t *testing.T) {
	f := Folder{t.TempDir()}
	mine := proposed("Jūrmala", "https://example.org/a", "a")
	data, err := encode(mine)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(f.Dir, "cyber-dialogue-01.yaml")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	o := put1(t, f, proposed("Riga", "https://example.org/a", "a"))
	if o.Did != Kept || !strings.Contains(told(o), `event.city: warning: extraction says "Riga", the record "Jūrmala", which stays`) || fileOf(t, file) != string(data) {
		t.Errorf("got %s, %q", o, told(o))
	}
}

func TestNoPathTricks(t *testing.T) {
	f := Folder{filepath.Join(t.TempDir(), "in")}
	for _, id := range []string{"../out", "a/b", "", ".hidden", "a.b", "a\x00b"} {
		r := proposed("Riga", "https://example.org/a", "a")
		r.ID = id
		if o, err := f.Put(r, ""); err == nil {
			t.Errorf("put %q: got %s, want an error", id, o)
		}
		if _, _, err := f.Item(id); err == nil {
			t.Errorf("open %q: got no error", id)
		}
	}
	if _, err := os.Stat(f.Dir); err == nil {
		t.Error("the folder was made all the same")
	}
}

// Items say how far each record is, what a person changed, and which files are damaged.
func TestItems(t *testing.T) {
	f := Folder{t.TempDir()}
	put1(t, f, proposed("Riga", "https://example.org/a", "a"))
	edit(t, f, "city: Riga", "city: Jūrmala")
	edit(t, f, "review: unreviewed", "review: needs-review")
	edit(t, f, "topics:", "topics:\n- {name: 5G, stance: discussed}")
	if err := os.WriteFile(filepath.Join(f.Dir, "damaged.yaml"), []byte("a: [b"), 0o666); err != nil {
		t.Fatal(err)
	}
	items, problems, err := f.Items()
	if err != nil || len(items) != 1 || len(problems) != 1 {
		t.Fatalf("got %d items, %v, %v", len(items), problems, err)
	}
	if !strings.HasSuffix(problems[0].File, "damaged.yaml") {
		t.Errorf("got %v", problems[0])
	}
	var changes []string
	for _, c := range items[0].Changes {
		changes = append(changes, c.String())
	}
	want := "review: unreviewed → needs-review\nevent.city: Riga → Jūrmala\ntopics[0]: added 5G"
	if got := strings.Join(changes, "\n"); items[0].State != "needs-review" || items[0].Text != statement || got != want {
		t.Errorf("got %s, %q and changes\n%s\nwant\n%s", items[0].State, items[0].Text, got, want)
	}
}
