// Package seedstest makes the snapshot of the built-in records for tests.
package seedstest

import (
	"context"
	"sync"
	"testing"
	"time"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/seeds"

	"github.com/rs/zerolog"
)

// Snapshot is made once a process, and shared: nobody changes it.
func Snapshot(t testing.TB) *index.Snapshot {
	t.Helper()
	s, err := snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Units are those of the store that the snapshot was made of.
func Units(t testing.TB) []rdf.Unit {
	t.Helper()
	s, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	var out []rdf.Unit
	if err := s.Units(t.Context(), func(u rdf.Unit) error { out = append(out, u); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// Built is when the snapshot says that it was made.
func Built() time.Time { return time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC) }

var loaded = sync.OnceValues(func() (*store.Store, error) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Memory)
	if err != nil {
		return nil, err
	}
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		return nil, err
	}
	_, err = (&loaders.Loader{Store: s, Base: vocab.DefaultBase, Log: zerolog.Nop()}).Load(ctx, inputs)
	return s, err
})

var snapshot = sync.OnceValues(func() (*index.Snapshot, error) {
	s, err := loaded()
	if err != nil {
		return nil, err
	}
	return index.Build(context.Background(), vocab.DefaultBase, s, Built())
})
