package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dialograph/graph/multiset"
	"dialograph/graph/rdf"

	"github.com/jackc/pgx/v5"
)

// Changes visits what was put into or deleted from the store at a location
// between two positions (see Peek), oldest first, without opening the store:
// others may write meanwhile. A unit that was deleted comes with its key alone.
func Changes(ctx context.Context, location string, from, to int64, visit func(u rdf.Unit, deleted bool) error) error {
	return changes(ctx, location, from, to, func(e entry, quads []rdf.Quad) error {
		return visit(rdf.Unit{Key: e.key, Cites: e.cites, Quads: quads}, e.op == opDelete)
	})
}

// Additions gives the units that were put into the store at a location between two
// marks, if that is all that happened to it: the sum of the one revision and the
// units is the other, so that none of them was there before. ok is false where
// something else happened, where a revision is not known, and where there are more
// units than most.
func Additions(ctx context.Context, location string, from, to Mark, most int) (units []rdf.Unit, ok bool, err error) {
	sum, err1 := multiset.Parse(from.Revision)
	want, err2 := multiset.Parse(to.Revision)
	if err1 != nil || err2 != nil || from.Position >= to.Position {
		return nil, false, nil
	}
	err = changes(ctx, location, from.Position, to.Position, func(e entry, quads []rdf.Quad) error {
		if e.op == opDelete || len(units) == most {
			return errEnough
		}
		sum = sum.Plus(sumOf(e.key, e.digest))
		units = append(units, rdf.Unit{Key: e.key, Cites: e.cites, Quads: quads})
		return nil
	})
	return units, err == nil && sum == want, err
}

func changes(ctx context.Context, location string, from, to int64, visit func(e entry, quads []rdf.Quad) error) error {
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
		return visit(e, quads)
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
