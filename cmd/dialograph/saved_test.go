package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"

	"github.com/rs/zerolog"
)

// The quads of a store are read from the saved file where it is of the store's
// revision and whole; else from the store, and saved.
func TestSavedQuads(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put := func(key, value string) {
		t.Helper()
		if _, err := s.Put(ctx, []rdf.Unit{{Key: key, Quads: []rdf.Quad{{Subject: "http://a/" + key, Predicate: "http://a/p", Object: rdf.Text(value), Graph: "http://a/g"}}}}); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	a := &app{log: zerolog.New(&log)}
	read := func() (values string, warned bool) {
		t.Helper()
		log.Reset()
		quads, save, err := a.quads(ctx, s, dir)
		if err != nil {
			t.Fatal(err)
		}
		save()
		quads.Each(func(q rdf.Quad) { values += q.Object.Value })
		return values, strings.Contains(log.String(), savedQuads)
	}
	file := filepath.Join(dir, savedQuads)
	put("record/a", "x")
	if got, warned := read(); got != "x" || warned {
		t.Errorf("at first: %q, warned %t", got, warned)
	}
	of, err := index.ReadQuads(ctx, func(_ context.Context, visit func(rdf.Quad) error) error {
		return visit(rdf.Quad{Subject: "http://a/s", Predicate: "http://a/p", Object: rdf.Text("from the file"), Graph: "http://a/g"})
	})
	if err != nil {
		t.Fatal(err)
	}
	var other bytes.Buffer
	if err := of.Save(&other, s.Revision()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, other.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, warned := read(); got != "from the file" || warned {
		t.Errorf("of the same revision: %q, warned %t", got, warned)
	}
	put("record/b", "y")
	if got, warned := read(); got != "xy" || warned {
		t.Errorf("of an older revision: %q, warned %t", got, warned)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2]++
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "."+savedQuads+".123"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, warned := read(); got != "xy" || !warned {
		t.Errorf("damaged: %q, warned %t", got, warned)
	}
	if got, warned := read(); got != "xy" || warned {
		t.Errorf("made anew: %q, warned %t", got, warned)
	}
	var beside sync.WaitGroup // saves side by side disturb each other in nothing
	log.Reset()
	for i := range 4 {
		put("record/c", fmt.Sprint("z", i))
		_, save, err := a.quads(ctx, s, dir)
		if err != nil {
			t.Fatal(err)
		}
		beside.Go(save)
	}
	beside.Wait()
	if log.Len() > 0 {
		t.Errorf("saves side by side: %s", &log)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("unfinished files are left: %v", left)
	}
}
