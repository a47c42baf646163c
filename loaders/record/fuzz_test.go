package record

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzRead feeds bytes as YAML, JSON and JSON Lines. Read must not panic; a
// file is understood or has problems; and documents that are written and read
// again are the same.
func FuzzRead(f *testing.F) {
	seeds, err := filepath.Glob("testdata/problems/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range seeds {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	for _, example := range documented(f) {
		f.Add([]byte(example))
	}
	f.Add([]byte(`[{"schema":"dialograph/record/v1","id":"a","event":{"name":"\u0000\ufeff","ordinal":-0},"hiatus":{},"sources":[null]}]`))
	f.Add([]byte("schema: dialograph/authority/v1\nactors: [{id: x, name: 'yes', aliases: [null, ~, '', {}, 0123, '# no']}]\n"))
	f.Add([]byte("schema: dialograph/record/v1\n# head\nid: a # line\nevent: {name: |\n  two\n  lines\n}\nnote: >-\n  folded\n\n  text\n"))
	f.Add([]byte("schema: dialograph/record/v1\nevent: {support: {}}\ntopics: [{support: [s1#char=1,2, 3]}]\n---\n- - {}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"f.yaml", "f.json", "f.jsonl"} {
			docs, problems := Read(name, bytes.NewReader(data))
			if len(docs) == 0 && len(problems) == 0 {
				t.Fatalf("%s: neither a document nor a problem", name)
			}
			if len(docs) == 0 {
				continue
			}
			var text bytes.Buffer
			if err := Write(&text, docs...); err != nil {
				t.Fatalf("%s: write: %v", name, err)
			}
			again, faults := Read("again.yaml", bytes.NewReader(text.Bytes()))
			if len(again) != len(docs) {
				t.Fatalf("%s: wrote %d documents, read %d: %v\n%s", name, len(docs), len(again), faults, text.Bytes())
			}
			for i := range docs {
				if diff := cmp.Diff(docs[i].Record, again[i].Record, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("%s: record (-read +written and read):\n%s\n%s", name, diff, text.Bytes())
				}
				if diff := cmp.Diff(docs[i].Authority, again[i].Authority, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("%s: authority file (-read +written and read):\n%s\n%s", name, diff, text.Bytes())
				}
			}
		}
	})
}
