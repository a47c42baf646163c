package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/jackc/pgx/v5"
)

// Rebuild throws the quads of a closed store away, whatever state they are in,
// and opens it: they are made anew from the journal. If it is interrupted, the
// next Open goes on.
func Rebuild(ctx context.Context, location string) (*Store, error) {
	b, err := openBackend(location)
	if err != nil {
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	err = b.journal.setApplied(0)
	if err == nil {
		err = b.wipe()
	}
	if err := errors.Join(err, b.journal.close(), b.unlock()); err != nil {
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	return Open(ctx, location)
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
