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

var snapshot = sync.OnceValues(func() (*index.Snapshot, error) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Memory)
	if err != nil {
		return nil, err
	}
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		return nil, err
	}
	base := rdf.Base(vocab.DefaultBase)
	if _, err := (&loaders.Loader{Store: s, Base: base, Log: zerolog.Nop()}).Load(ctx, inputs); err != nil {
		return nil, err
	}
	return index.Build(ctx, base, s, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
})
