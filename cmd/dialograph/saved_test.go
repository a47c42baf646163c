package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"

	"github.com/rs/zerolog"
)

// The snapshot of a store is mapped where it was saved of the store's revision, by
// this program, with the same base, and is whole; else it is made of the
// store, and saved.
func TestSavedSnapshot(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	put := func(key, value string) {
		t.Helper()
		change(t, dir, func(s *store.Store) error {
			_, err := s.Put(ctx, []rdf.Unit{{Key: key, Quads: []rdf.Quad{{Subject: "http://a/" + key, Predicate: "http://a/p", Object: rdf.Text(value), Graph: "http://a/g"}}}})
			return err
		})
	}
	var log bytes.Buffer
	a := &app{log: zerolog.New(&log), base: vocab.DefaultBase}
	read := func() (values string, mapped, warned bool) {
		t.Helper()
		log.Reset()
		snap, _ := a.mapped(ctx, dir)
		mapped, warned = snap != nil, strings.Contains(log.String(), savedSnapshot)
		holder := &index.Holder{}
		if _, err := a.refresh(ctx, dir, holder); err != nil {
			t.Fatal(err)
		}
		a.saving.Wait()
		holder.Current().Quads.Each(func(q rdf.Quad) { values += q.Object.Value })
		return values, mapped, warned
	}
	check := func(when, values string, wantMapped, wantWarned bool) {
		t.Helper()
		if got, mapped, warned := read(); got != values || mapped != wantMapped || warned != wantWarned {
			t.Errorf("%s: %q, mapped %t, warned %t; want %q, %t, %t", when, got, mapped, warned, values, wantMapped, wantWarned)
		}
	}
	file := filepath.Join(dir, savedSnapshot)
	put("record/a", "x")
	check("at first", "x", false, false)
	check("then", "x", true, false)
	put("record/b", "y")
	check("after a change", "xy", false, false)
	check("then", "xy", true, false)
	a.base = "http://elsewhere.example/"
	check("with another base", "xy", false, false)
	a.base = vocab.DefaultBase
	check("with the first base again", "xy", false, false)
	put("record/b", "z")
	put("record/b", "y")
	check("of the same units by another way", "xy", true, false)

	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(data)
	damaged[len(data)*3/4]++                    // among the values
	replace := func(path string, data []byte) { // what is mapped stays as it is
		t.Helper()
		if err := os.WriteFile(path+"~", data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+"~", path); err != nil {
			t.Fatal(err)
		}
	}
	replace(file, damaged)
	replace(filepath.Join(dir, "."+savedSnapshot+".123"), data) // of a process that was killed
	check("damaged", "xy", false, true)
	check("made anew", "xy", true, false)
	replace(file, data[:len(data)-8])
	check("cut", "xy", false, true)
	replace(file, nil)
	check("empty", "xy", false, true)

	// The marker of an earlier version of the store has no revision.
	applied := filepath.Join(dir, "applied")
	mark, err := os.ReadFile(applied)
	if err != nil {
		t.Fatal(err)
	}
	position, _, _ := strings.Cut(string(mark), " ")
	replace(applied, []byte(position+"\n"))
	check("without a revision", "xy", false, false)
	check("noted again", "xy", true, false)
	// A change that was journalled and not finished counts.
	replace(applied, mark)
	journal, err := os.OpenFile(filepath.Join(dir, "journal.log"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := journal.WriteString("torn"); err != nil {
		t.Fatal(err)
	}
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}
	check("with more in the journal", "xy", false, false)

	var beside sync.WaitGroup // saves side by side disturb each other in nothing
	log.Reset()
	holder := &index.Holder{}
	if _, err := a.refresh(ctx, dir, holder); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		beside.Go(func() { a.save(dir, holder.Current(), store.Mark{Revision: "a revision"}) })
	}
	beside.Wait()
	if strings.Contains(log.String(), savedSnapshot) {
		t.Errorf("saves side by side: %s", &log)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("unfinished files are left: %v", left)
	}
}
