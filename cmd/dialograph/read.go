package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/loaders"
	"dialograph/seeds"
)

func sourceOf(address string) graph.ID { return rdf.SourceID(graph.Source{URL: address}) }

// snapshot reads the graph at the location.
func (a *app) snapshot(ctx context.Context) (*index.Snapshot, error) {
	location, err := a.location()
	if err != nil {
		return nil, err
	}
	snap, _, err := a.current(ctx, location)
	return snap, err
}

// current gives the snapshot of a store, and how far the store had come: the saved
// one, or one that is built, and saved beside what follows. For that the store is
// opened, filled with the built-in records if it is empty, read and closed.
func (a *app) current(ctx context.Context, location string) (*index.Snapshot, int64, error) {
	if snap, position := a.mapped(ctx, location); snap != nil {
		return snap, position, nil
	}
	s, err := a.openFilled(ctx, location)
	if err != nil {
		return nil, 0, err
	}
	defer s.Close()
	start, revision := time.Now(), s.Revision()
	quads, err := index.ReadQuads(ctx, s.Quads)
	if err != nil {
		return nil, 0, err
	}
	mark, err := store.Peek(ctx, location)
	if err != nil {
		return nil, 0, err
	}
	if err := s.Close(); err != nil { // others may load while the snapshot is built
		return nil, 0, err
	}
	snap := index.New(a.iris(), quads, start)
	a.saving.Go(func() { a.save(location, snap, store.Mark{Position: mark.Position, Revision: revision}) })
	return snap, mark.Position, nil
}

// openFilled opens a store; an empty one is first filled with the built-in
// records.
func (a *app) openFilled(ctx context.Context, location string) (*store.Store, error) {
	s, err := a.openAt(ctx, location)
	if err != nil {
		return nil, err
	}
	if err := a.seed(ctx, s); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// seeding marks a store whose first fill has begun and not ended.
const seeding = "seeding"

// seed loads the built-in records into an empty store, and says so. A first
// fill that was interrupted is finished.
func (a *app) seed(ctx context.Context, s *store.Store) error {
	_, unfinished, err := s.Unit(seeding)
	if err != nil || s.Len() > 0 && !unfinished {
		return err
	}
	a.log.Info().Msg("the graph is empty; loading the built-in records")
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		return err
	}
	if _, err := s.Put(ctx, []rdf.Unit{{Key: seeding}}); err != nil {
		return err
	}
	report, err := (&loaders.Loader{Store: s, Base: a.iris(), Log: a.log}).Load(ctx, inputs)
	for _, p := range report.Problems {
		a.log.Warn().Msg(p.String())
	}
	if err != nil {
		return fmt.Errorf("load the built-in records: %w; the next start finishes it", err)
	}
	return s.Delete(ctx, []string{seeding})
}
