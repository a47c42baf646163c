package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"dialograph/graph/index"
	"dialograph/graph/store"
)

// savedQuads is the file beside a store in a directory that holds its quads ready
// for readers. It can be deleted at any time.
const savedQuads = "snapshot.quads"

// quads reads the quads of a store: from the saved file if it is of the store's
// revision, else from the store. Save then writes the file anew; it may run
// beside what follows.
func (a *app) quads(ctx context.Context, s *store.Store, location string) (quads *index.Quads, save func(), err error) {
	nothing := func() {}
	if location == store.Memory || store.IsPostgres(location) {
		quads, err = index.ReadQuads(ctx, s.Quads)
		return quads, nothing, err
	}
	path, revision := filepath.Join(location, savedQuads), s.Revision()
	data, err := os.ReadFile(path)
	if err == nil {
		if quads, err = index.LoadQuads(data, revision); err == nil {
			return quads, nothing, nil
		}
	}
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, index.ErrStale) {
		a.log.Warn().Err(err).Str("file", path).Msg("the saved quads are not used, but made anew")
	}
	if quads, err = index.ReadQuads(ctx, s.Quads); err != nil {
		return nil, nil, err
	}
	return quads, func() { a.save(path, quads, revision) }, nil
}

func (a *app) save(path string, quads *index.Quads, revision string) {
	a.oneSave.Lock() // the next would take this one's file for unfinished
	defer a.oneSave.Unlock()
	removeUnfinished(path)
	if err := writeFile(path, func(w io.Writer) error { return quads.Save(w, revision) }); err != nil {
		a.log.Warn().Err(err).Str("file", path).Msg("the quads could not be saved; the next start reads them from the store")
	}
}

// mostSaved is how many quads are saved after some were added: larger sets take
// memory to be joined, and are saved when they are read as a whole.
const mostSaved = 5_000_000

// saveAdded saves a snapshot to which something was added, so that the next start
// is as quick as it was before. The store must still be where it was then.
func (a *app) saveAdded(ctx context.Context, location string, snap *index.Snapshot, position int64) {
	if location == store.Memory || store.IsPostgres(location) || snap.Quads.Len() > mostSaved {
		return
	}
	s, err := a.openAt(ctx, location)
	if err != nil {
		return // someone is loading; what comes is saved
	}
	revision := s.Revision()
	now, err := store.Position(ctx, location)
	if err = errors.Join(err, s.Close()); err == nil && now == position {
		a.save(filepath.Join(location, savedQuads), snap.Quads, revision)
	}
}

// removeUnfinished removes what a process that was killed left of a file that it
// was about to write.
func removeUnfinished(path string) {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".*"))
	if err != nil {
		return // no bad pattern: the name is ours
	}
	for _, f := range left {
		_ = os.Remove(f) // it is tried again the next time
	}
}
