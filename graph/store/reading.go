package store

import (
	"cmp"
	"context"
	"runtime"
	"sync"

	"dialograph/graph/rdf"
)

// ahead is how many entries are read before the one that is visited.
const ahead = 32

// pending is an entry whose quads are being read.
type pending struct {
	entry
	quads []rdf.Quad
	err   error
	done  chan struct{}
}

// units visits the units of entries in the order in which they are given; the quads
// of several are read at once.
func (c *codec) units(ctx context.Context, give func(take func(entry) error) error, visit func(rdf.Unit) error) error {
	ctx, cancel := context.WithCancel(ctx)
	jobs, inOrder := make(chan *pending, ahead), make(chan *pending, ahead)
	var workers sync.WaitGroup
	defer func() { cancel(); workers.Wait() }()
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for p := range jobs {
				p.quads, p.err = c.quads(p.entry)
				close(p.done)
			}
		})
	}
	var given error
	workers.Go(func() {
		defer close(inOrder)
		defer close(jobs)
		given = give(func(e entry) error {
			p := &pending{entry: e, done: make(chan struct{})}
			for _, to := range []chan<- *pending{jobs, inOrder} {
				select {
				case to <- p:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for p := range inOrder {
		<-p.done
		err := cmp.Or(ctx.Err(), p.err)
		if err == nil {
			err = visit(rdf.Unit{Key: p.key, Cites: p.cites, Quads: p.quads})
		}
		if err != nil {
			return err
		}
	}
	return cmp.Or(given, ctx.Err())
}

// Quads visits the quads of the live units as the journal has them, in no order: one
// that two units hold comes twice. That is what the quad store holds, and several
// times as quick (docs/decisions/0017).
func (s *Store) Quads(ctx context.Context, visit func(rdf.Quad) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	return s.codec.units(ctx, func(take func(entry) error) error {
		return s.backend.journal.scan(0, func(at, _ int64, frame []byte) error {
			e, err := unmarshal(frame)
			if err != nil {
				return err
			}
			if live, ok := s.catalog[e.key]; !ok || live.at != at {
				return nil
			}
			return take(e)
		})
	}, func(u rdf.Unit) error { return rdf.Units{u}.Quads(ctx, visit) })
}

// Stored visits every quad that the quad store holds, each once, in no order.
func (s *Store) Stored(ctx context.Context, visit func(rdf.Quad) error) error {
	s.mu.Lock()
	broken, quads := s.broken, s.quads
	s.mu.Unlock()
	if broken != nil {
		return broken
	}
	return quads.each(ctx, visit)
}

// Units visits the live units as the journal has them, in order of their keys. The
// texts of a unit are parts of one: who keeps a little of it keeps all.
func (s *Store) Units(ctx context.Context, visit func(rdf.Unit) error) error {
	return s.UnitsAt(ctx, func(string) bool { return true }, visit)
}

// UnitsAt is Units for those whose keys are wanted; the others are not read.
func (s *Store) UnitsAt(ctx context.Context, wanted func(key string) bool, visit func(rdf.Unit) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	return s.codec.units(ctx, func(take func(entry) error) error {
		for _, key := range s.keys() {
			if !wanted(key) {
				continue
			}
			frame, err := s.backend.journal.read(s.catalog[key].at)
			if err != nil {
				return err
			}
			e, err := unmarshal(frame)
			if err != nil {
				return err
			}
			if err := take(e); err != nil {
				return err
			}
		}
		return nil
	}, visit)
}
