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
	err = b.journal.setApplied(0, "")
	if err == nil {
		err = b.wipe()
	}
	if err := errors.Join(err, b.journal.close(), b.unlock()); err != nil {
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	return Open(ctx, location)
}

// Mark tells where a store is.
type Mark struct {
	Position int64  // how far it has come; 0 if it holds nothing
	Revision string // as Store.Revision gives it; "" where it takes opening the store to know
}

// Peek tells cheaply, without opening it, where the store at a location is; a
// reader compares it with what it last saw. The revision is known of directories
// whose last change was finished.
func Peek(ctx context.Context, location string) (Mark, error) {
	switch {
	case location == Memory:
		return Mark{}, nil
	case IsPostgres(location):
		position, err := postgresPosition(ctx, location)
		return Mark{Position: position}, err
	default:
		return peekDirectory(filepath.Clean(location))
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
