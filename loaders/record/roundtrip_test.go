package record

import (
	"bytes"
	"encoding/json"
	"testing"

	"dialograph/graph/graphtest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What is written is read back the same, from YAML, JSON and JSON Lines.
func TestReadIsTheInverseOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := graphtest.Record(t)
		var yamlText bytes.Buffer
		if err := Write(&yamlText, New(want)); err != nil {
			t.Fatal(err)
		}
		jsonText, err := json.MarshalIndent(want, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string][]byte{"r.yaml": yamlText.Bytes(), "r.json": jsonText, "r.jsonl": line} {
			docs, problems := Read(name, bytes.NewReader(text))
			for _, p := range problems {
				if p.Severity == "error" {
					t.Fatalf("%s: %v\n%s", name, p, text)
				}
			}
			if len(docs) != 1 {
				t.Fatalf("%s: got %d documents, want 1\n%s", name, len(docs), text)
			}
			if diff := cmp.Diff(want, docs[0].Record); diff != "" {
				t.Fatalf("%s (-want +got):\n%s\n%s", name, diff, text)
			}
		}
	})
}
