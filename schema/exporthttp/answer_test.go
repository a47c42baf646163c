package exporthttp

import (
	"bytes"
	"strings"
	"testing"

	"dialograph/graph/export"

	"github.com/rogpeppe/go-internal/txtar"
)

func TestTablesOfAnswers(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/answers.txtar")
	if err != nil {
		t.Fatal(err)
	}
	csv, err := export.FormatOf("csv")
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]*answer{}
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".json"); ok {
			if answers[name], err = readAnswer(f.Data); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			name, path, _ := strings.Cut(strings.TrimSuffix(f.Name, ".csv"), "@")
			rows, err := answers[name].choose(path)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := csv.WriteTable(&got, answers[name].table(name, rows), &export.Manifest{}); err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(got.String(), "\r\n", "\n"); got != string(f.Data) {
				t.Errorf("got\n%swant\n%s", got, f.Data)
			}
		})
	}
}

func TestNoSuchListInAnAnswer(t *testing.T) {
	a, err := readAnswer([]byte(`{"event": {"topics": [{"name": "a"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.choose("event.topic"); err == nil || err.Error() != `the answer has no list "event.topic"; it has event.topics` {
		t.Errorf("got %v", err)
	}
}
