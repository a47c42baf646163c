package main

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dialograph/graph/image"
	"dialograph/graph/index"
	"dialograph/graph/store"
)

// savedSnapshot is the file beside a store in a directory that holds its snapshot
// ready to be mapped. It can be deleted at any time.
const savedSnapshot = "snapshot.image"

// title says what a saved snapshot is made from and by what: a new version of
// the program may see something else in the same quads.
func (a *app) title(mark store.Mark) (string, error) {
	program, err := a.program()
	return fmt.Sprintf("store %s at %d\nbase %s\nprogram %s", mark.Revision, mark.Position, a.iris(), program), err
}

// program gives the size and the checksum of the program. It is first asked for
// when a process starts: later, another version may stand in its place.
func (a *app) program() (string, error) {
	a.summing.Do(func() { a.sum, a.sumError = sumOfProgram() })
	return a.sum, a.sumError
}

func sumOfProgram() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	size, err := io.CopyBuffer(sum, struct{ io.Reader }{f}, make([]byte, 1<<20))
	return fmt.Sprintf("%d %08x", size, sum.Sum32()), err
}

// mapped maps the snapshot that is saved beside a store, if it is of what the
// store holds now, and adds what came to the store since; where that cannot be done,
// it gives nil. The store is not opened.
func (a *app) mapped(ctx context.Context, location string) (*index.Snapshot, int64) {
	if location == store.Memory || store.IsPostgres(location) {
		return nil, 0
	}
	_, failed := a.program()
	mark, err := store.Peek(ctx, location)
	if failed != nil || err != nil || mark.Revision == "" {
		return nil, 0 // what follows says why, if it is a fault
	}
	path := filepath.Join(location, savedSnapshot)
	snap, err := a.mappedAt(ctx, path, location, mark)
	switch {
	case err == nil:
		return snap, mark.Position
	case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, image.ErrOther):
		a.log.Warn().Err(err).Str("file", path).Msg("the saved snapshot is not used, but made anew")
	}
	return nil, 0
}

// mappedAt maps a saved snapshot for a store that is at a mark.
func (a *app) mappedAt(ctx context.Context, path, location string, mark store.Mark) (*index.Snapshot, error) {
	saved, err := image.Title(path)
	if err != nil {
		return nil, err
	}
	var was store.Mark
	if _, err := fmt.Sscanf(saved, "store %s at %d\n", &was.Revision, &was.Position); err != nil {
		return nil, image.ErrOther
	}
	if title, err := a.title(was); err != nil || title != saved {
		return nil, errors.Join(image.ErrOther, err) // another program, or another base
	}
	if was.Revision == mark.Revision {
		return index.Load(path, saved, time.Now())
	}
	start := time.Now()
	units, ok, err := store.Additions(ctx, location, was, mark, mostFollowed)
	if err != nil || !ok {
		return nil, errors.Join(image.ErrOther, err)
	}
	snap, err := index.Load(path, saved, start)
	if err != nil {
		return nil, err
	}
	more, ok := snap.With(units, start)
	if !ok {
		return nil, image.ErrOther
	}
	a.log.Info().Int("units", len(units)).Str("took", time.Since(start).Round(10*time.Microsecond).String()).Msg("added to the saved snapshot what came since")
	return more, nil
}

// save saves a snapshot beside its store, which was at a mark.
func (a *app) save(location string, snap *index.Snapshot, mark store.Mark) {
	if location == store.Memory || store.IsPostgres(location) {
		return
	}
	a.oneSave.Lock() // the next would take this one's file for unfinished
	defer a.oneSave.Unlock()
	path := filepath.Join(location, savedSnapshot)
	removeUnfinished(path)
	title, err := a.title(mark)
	if err == nil {
		err = writeFile(path, func(w io.Writer) error { return snap.Save(w, title) })
	}
	if err != nil {
		a.log.Warn().Err(err).Str("file", path).Msg("the snapshot could not be saved; the next start makes it from the store")
	}
}

// mostSaved is how many quads are saved after some were added: a snapshot of all
// is made first, which takes memory. Larger ones are saved when they are made
// as a whole.
const mostSaved = 5_000_000

// saveAdded saves a snapshot to which something was added, so that the next start
// is as quick as it was before. The store must still be where it was then.
func (a *app) saveAdded(ctx context.Context, location string, snap *index.Snapshot, position int64) {
	if snap.Quads.Len() > mostSaved {
		return
	}
	if mark, err := store.Peek(ctx, location); err == nil && mark.Revision != "" && mark.Position == position {
		a.save(location, snap, mark)
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
