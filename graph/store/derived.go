package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"dialograph/graph/rdf"

	"github.com/jackc/pgx/v5"
)

// Rebuild throws the quads away and makes them anew from the journal.
func (s *Store) Rebuild(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Until it is done, the marker says that nothing was applied and the store
	// refuses work: what interrupts it is finished by the next Open.
	if err := s.backend.journal.setApplied(0); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	s.broken = fmt.Errorf("%w: a rebuild of it did not end", ErrClosed)
	if err := s.quads.close(); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	if err := s.backend.wipe(); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	if err := s.openQuads(); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	var add []rdf.Quad
	flush := func() error { err := s.quads.apply(ctx, add, nil); add = add[:0]; return err }
	for _, key := range s.keys() {
		_, quads, err := s.readEntry(s.catalog[key].at)
		if err != nil {
			return fmt.Errorf("rebuild: %w", err)
		}
		if add = append(add, quads...); len(add) >= batchSize {
			if err := flush(); err != nil {
				return fmt.Errorf("rebuild: %w", err)
			}
		}
	}
	if err := flush(); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	if err := s.backend.journal.setApplied(s.next); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	s.broken = nil
	return nil
}

// Discard throws the quads of a closed store away, whatever state they are in;
// the next Open makes them anew from the journal.
func Discard(location string) error {
	b, err := openBackend(location)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := b.journal.setApplied(0); err != nil {
		return errors.Join(err, b.journal.close(), b.unlock())
	}
	return errors.Join(b.wipe(), b.journal.close(), b.unlock())
}

// Position tells cheaply, without opening it, how far the store at a location
// has come; a reader compares it with what it last saw. It returns 0 for a
// store that holds nothing.
func Position(ctx context.Context, location string) (int64, error) {
	switch {
	case location == Memory:
		return 0, nil
	case IsPostgres(location):
		return postgresPosition(ctx, location)
	default:
		return readApplied(filepath.Clean(location))
	}
}

func postgresPosition(ctx context.Context, address string) (int64, error) {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return 0, withoutPassword(err, address)
	}
	defer conn.Close(ctx)
	var there bool
	if err := conn.QueryRow(ctx, "SELECT to_regclass('dialograph_applied') IS NOT NULL").Scan(&there); err != nil || !there {
		return 0, err
	}
	return (&postgresJournal{conn: conn}).applied()
}
