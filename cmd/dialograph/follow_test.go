package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"
	"dialograph/seeds/seedstest"

	"github.com/rs/zerolog"
)

// change opens a store as another process does, changes it and closes it.
func change(t *testing.T, dir string, do func(*store.Store) error) {
	t.Helper()
	s, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(do(s), s.Close()); err != nil {
		t.Fatal(err)
	}
}

// What another process loads is added to the snapshot without reading the store
// anew; what it replaces or deletes is not, and what was added is saved.
func TestFollow(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	var log bytes.Buffer
	a := &app{log: zerolog.New(&log), base: vocab.DefaultBase}
	var late, rest []rdf.Unit
	for _, u := range seedstest.Units(t) {
		if strings.HasPrefix(u.Key, "record/eu-japan-cyber-dialogue-0") && len(late) < 2 {
			late = append(late, u)
		} else {
			rest = append(rest, u)
		}
	}
	put := func(do func(*store.Store) error) int64 {
		t.Helper()
		change(t, dir, do)
		mark, err := store.Peek(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		return mark.Position
	}
	add := func(units ...rdf.Unit) func(*store.Store) error {
		return func(s *store.Store) error { _, err := s.Put(ctx, units); return err }
	}
	seen := put(add(rest...))
	holder := &index.Holder{}
	position, err := a.refresh(ctx, dir, holder)
	if err != nil || position != seen {
		t.Fatalf("the store is at %d, want %d; %v", position, seen, err)
	}
	a.saving.Wait()
	for _, u := range late {
		next := put(add(u))
		if !a.follow(ctx, dir, holder, seen, next) {
			t.Fatalf("%s could not be added: %s", u.Key, &log)
		}
		seen = next
		id := graph.NewID(graph.KindEvent, strings.TrimPrefix(u.Key, "record/"))
		if holder.Current().Node(id) == nil {
			t.Errorf("there is no %s", id)
		}
	}
	if got, want := holder.Current().Hash, seedstest.Snapshot(t).Hash; got != want {
		t.Errorf("the snapshot is %s, that of all records %s", got, want)
	}
	// Until what was added is saved, it is added at each start to what is.
	log.Reset()
	if snap, position := a.mapped(ctx, dir); snap == nil || position != seen || snap.Hash != holder.Current().Hash || !strings.Contains(log.String(), `"units":2`) {
		t.Errorf("what is saved and what came since make %v: %s", snap, &log)
	}
	a.saveAdded(ctx, dir, holder.Current(), seen)
	if snap, position := a.mapped(ctx, dir); snap == nil || position != seen || snap.Hash != holder.Current().Hash {
		t.Errorf("what was added is not saved: %s", &log)
	}
	less := late[0]
	less.Quads = less.Quads[:len(less.Quads)-1]
	for what, change := range map[string]func(*store.Store) error{
		"replaced": add(less),
		"deleted":  func(s *store.Store) error { return s.Delete(ctx, []string{late[1].Key}) },
	} {
		next := put(change)
		if a.follow(ctx, dir, holder, seen, next) {
			t.Errorf("a unit was %s, and the snapshot was not made anew", what)
		}
		if snap, _ := a.mapped(ctx, dir); snap != nil {
			t.Errorf("a unit was %s, and what is saved still counts", what)
		}
		seen = next
	}
	if a.follow(ctx, dir, holder, 1, seen) {
		t.Error("a place inside an entry is followed")
	}
}
