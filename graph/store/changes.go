package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dialograph/graph/rdf"

	"github.com/jackc/pgx/v5"
)

// Changes visits what was put into or deleted from the store at a location
// between two positions (see Position), oldest first, without opening the store:
// others may write meanwhile. A unit that was deleted comes with its key alone.
func Changes(ctx context.Context, location string, from, to int64, visit func(u rdf.Unit, deleted bool) error) error {
	if location == Memory || from >= to {
		return nil
	}
	j, done, err := readJournal(ctx, location)
	if err != nil {
		return fmt.Errorf("read the changes of %s: %w", Describe(location), err)
	}
	defer done()
	c, err := newCodec()
	if err != nil {
		return err
	}
	err = j.scan(from, func(at, _ int64, frame []byte) error {
		if at >= to {
			return errEnough
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := unmarshal(frame)
		if err != nil {
			return err
		}
		quads, err := c.quads(e)
		if err != nil {
			return err
		}
		return visit(rdf.Unit{Key: e.key, Cites: e.cites, Quads: quads}, e.op == opDelete)
	})
	if err == errEnough {
		return nil
	}
	return err
}

// errEnough ends a scan.
var errEnough = fmt.Errorf("enough")

// readJournal opens a journal to read what it has now.
func readJournal(ctx context.Context, location string) (j journal, done func(), err error) {
	if IsPostgres(location) {
		conn, err := pgx.Connect(ctx, location)
		if err != nil {
			return nil, nil, withoutPassword(err, location)
		}
		return &postgresJournal{conn: conn}, func() { conn.Close(context.WithoutCancel(ctx)) }, nil
	}
	file, err := os.Open(filepath.Join(filepath.Clean(location), journalName))
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return &fileJournal{dir: location, file: file, size: info.Size()}, func() { file.Close() }, nil
}
