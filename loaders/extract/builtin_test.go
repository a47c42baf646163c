package extract

import (
	"io/fs"
	"strings"
	"sync"
	"testing"

	"dialograph/graph"
	"dialograph/loaders/record"
	"dialograph/seeds"
)

// BuiltIn is an extractor that knows the entries of the seeds.
func BuiltIn(t testing.TB) *Extractor {
	t.Helper()
	entries, _ := Seeds(t)
	x, err := New(entries)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Seeds are the entries of the seeds and their records by id. Package loaders,
// which imports this one, reads them for everybody else.
func Seeds(t testing.TB) (*graph.Authority, map[string]*graph.Record) {
	t.Helper()
	content, err := readSeeds()
	if err != nil {
		t.Fatal(err)
	}
	return content.entries, content.records
}

type seedContent struct {
	entries *graph.Authority
	records map[string]*graph.Record
}

var readSeeds = sync.OnceValues(func() (seedContent, error) {
	all := seedContent{&graph.Authority{}, map[string]*graph.Record{}}
	err := fs.WalkDir(seeds.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		file, err := seeds.FS.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		docs, _ := record.Read(path, file)
		for _, d := range docs {
			if d.Record != nil {
				all.records[d.Record.ID] = d.Record
				continue
			}
			all.entries.Append(d.Authority)
		}
		return nil
	})
	return all, err
})
