package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"

	"github.com/rs/zerolog"
)

// Start saves a snapshot, maps it as a server that starts does, and asks one of
// each question of it. It gives what is mapped, and the time until each of the
// answers was there, mapping included.
func Start(ctx context.Context, snap *index.Snapshot) (*index.Snapshot, []Figure, error) {
	dir, err := os.MkdirTemp("", "dialograph-bench-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "snapshot")
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	start := time.Now()
	if err := errors.Join(snap.Save(f, "bench"), f.Close()); err != nil {
		return nil, nil, err
	}
	figure := func(name string, value float64, unit string) Figure {
		return Figure{Events: len(snap.Events), Name: name, Value: value, Unit: unit}
	}
	milliseconds := func(since time.Time) float64 { return float64(time.Since(since)) / float64(time.Millisecond) }
	out := []Figure{figure("save the snapshot", milliseconds(start), "ms")}
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	out = append(out, figure("the saved snapshot", float64(info.Size())/(1<<20), "MB"))
	api, err := schema.New()
	if err != nil {
		return nil, nil, err
	}
	list, err := questions(snap, 1)
	if err != nil {
		return nil, nil, err
	}
	holder := &index.Holder{}
	address, stop, err := loopback(&graphqlhttp.Handler{Schema: api, Holder: holder, Log: zerolog.Nop()})
	if err != nil {
		return nil, nil, err
	}
	defer stop()
	start = time.Now()
	mapped, err := index.Load(path, "bench", start)
	if err != nil {
		return nil, nil, err
	}
	holder.Swap(mapped)
	out = append(out, figure("map the saved snapshot", milliseconds(start), "ms"))
	for _, q := range list {
		bodies, err := q.bodies()
		if err != nil {
			return nil, nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if _, err := (client{address, 1}).run(requests(address, bodies[:1]), 0); err != nil {
			return nil, nil, fmt.Errorf("%s of what was saved: %w", q.name, err)
		}
		out = append(out, figure("map it, and the first answer to each up to "+q.name, milliseconds(start), "ms"))
	}
	return mapped, out, nil
}
