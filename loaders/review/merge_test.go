package review

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/graph/graphtest"
	"dialograph/loaders/record"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite what is expected")

// What the records of the cases have in common stands here.
const (
	caseHead   = "schema: dialograph/record/v1\nid: cyber-dialogue-01\nreview: unreviewed\n"
	caseEvent  = "event: {name: Cyber Dialogue, kind: dialogue, status: held}\n"
	caseSource = "sources:\n- {id: s1, url: 'https://example.org/a'}\n"
)

// TestMerge merges the records of each archive in testdata/merge. Base is what
// extraction proposed, mine what a person made of it, theirs what extraction
// proposes now; "merged" is the file that comes of it, "disagreements" what the
// person is told.
func TestMerge(t *testing.T) {
	archives, err := filepath.Glob("testdata/merge/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("found no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) < 3 {
				t.Fatal("want base, mine and theirs")
			}
			merged, disagreements := mergeCase(t, archive.Files)
			got := append(slices.Clone(archive.Files[:3]), txtar.File{Name: "merged", Data: []byte(merged)}, txtar.File{Name: "disagreements", Data: []byte(disagreements)})
			if *update {
				if err := os.WriteFile(path, txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: got}), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(archive.Files, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func mergeCase(t *testing.T, files []txtar.File) (merged, disagreements string) {
	t.Helper()
	text := complete(files[1].Data)
	root, err := parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	m := newMerger(read(t, complete(files[0].Data)), read(t, text), read(t, complete(files[2].Data)), commentsOf(root))
	r := m.record()
	data, err := writeWith(r, []byte(text), m.moved)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, string(data)); !sameRecord(got, r) {
		t.Errorf("what is written is not what was merged:\n%s", data)
	}
	merged = strings.Replace(string(data), caseHead, "", 1)
	if !bytes.Contains(files[1].Data, []byte("sources:")) {
		merged = strings.TrimSuffix(merged, caseSource)
	}
	if !bytes.Contains(files[1].Data, []byte("event:")) {
		merged = strings.TrimPrefix(merged, caseEvent)
	}
	var told strings.Builder
	for _, p := range m.problems {
		told.WriteString(p.String() + "\n")
	}
	return merged, told.String()
}

// complete adds what a case leaves out because it is of no interest.
func complete(text []byte) string {
	out := caseHead + string(text)
	if !strings.Contains(out, "event:") {
		out += caseEvent
	}
	if !strings.Contains(out, "sources:") {
		out += caseSource
	}
	return out
}

func read(t *testing.T, text string) *graph.Record {
	t.Helper()
	docs, problems := record.Read("case.yaml", strings.NewReader(text))
	if len(docs) != 1 || docs[0].Record == nil {
		t.Fatalf("%v\n%s", problems, text)
	}
	return docs[0].Record
}

// Who changed nothing gets what the other changed, and nothing is to be told.
func TestOneSideAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, other := graphtest.Record(t), graphtest.Record(t)
		for name, args := range map[string][2]*graph.Record{"theirs": {base, other}, "mine": {other, base}, "both": {other, other}} {
			got, problems := Merge(base, args[0], args[1])
			if diff := cmp.Diff(other, got); diff != "" || len(problems) > 0 {
				t.Fatalf("%s changed (-want +got), %v:\n%s", name, problems, diff)
			}
		}
	})
}

// A person's value survives whatever extraction proposes, and the arguments are
// as they were.
func TestPersonsValueSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, theirs := graphtest.Record(t), graphtest.Record(t)
		mine := clone(base)
		mine.Event.City, mine.Event.Date = "Vaduz", "1999-01-02"
		mine.Note = "a person's note"
		mine.Topics = append(mine.Topics, graph.Mention{Name: "a person's topic", Stance: "agreed", Support: []string{"s1"}})
		mine.References = nil
		edited := -1
		if n := len(mine.Outcomes); n > 0 {
			edited = rapid.IntRange(0, n-1).Draw(t, "edited")
			mine.Outcomes[edited].Text = "a person's outcome"
		}
		was := clone(mine)
		got, _ := Merge(base, mine, theirs)
		if !sameRecord(was, mine) {
			t.Fatal("Merge changed its argument")
		}
		if got.Event.City != "Vaduz" || got.Event.Date != "1999-01-02" || got.Event.DateBasis != mine.Event.DateBasis || got.Note != mine.Note {
			t.Fatalf("a value is lost: %+v, note %q", got.Event, got.Note)
		}
		if !slices.ContainsFunc(got.Topics, func(m graph.Mention) bool { return m.Name == "a person's topic" }) {
			t.Fatalf("the topic that a person added is lost: %v", got.Topics)
		}
		if edited >= 0 && !slices.ContainsFunc(got.Outcomes, func(o graph.Outcome) bool { return o.Text == "a person's outcome" }) {
			t.Fatalf("the outcome that a person edited is lost: %v", got.Outcomes)
		}
		for _, r := range got.References {
			if slices.ContainsFunc(base.References, func(b graph.Mention) bool { return cmp.Equal(b, r) }) {
				t.Fatalf("the reference %q came back, which a person removed", r.Name)
			}
		}
	})
}

// Merged from records without a fault, a record cites no passage without its words.
func TestMergedRecordIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got, _ := Merge(graphtest.Record(t), graphtest.Record(t), graphtest.Record(t))
		for _, p := range got.Problems() {
			if strings.Contains(p.Path, "support") && p.Severity == graph.Error {
				t.Fatal(p)
			}
		}
	})
}

// A comment is not lost, wherever it stands: at worst it is at the head of the file.
func TestCommentsSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, theirs := graphtest.Record(t), graphtest.Record(t)
		data, err := encode(base)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(data), "\n")
		at := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		text := strings.Join(slices.Insert(lines, at, "# a person's comment\n"), "")
		root, err := parse([]byte(text))
		docs, _ := record.Read("mine.yaml", strings.NewReader(text))
		if err != nil || len(docs) != 1 || !sameRecord(docs[0].Record, base) {
			t.Skip("the comment fell into a text")
		}
		m := newMerger(base, docs[0].Record, theirs, commentsOf(root))
		out, err := writeWith(m.record(), []byte(text), m.moved)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(out), "# a person's comment") {
			t.Fatalf("lost the comment of\n%s\nin\n%s", text, out)
		}
	})
}
