package store_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/store"
)

// benchUnits are units of fifty quads each, five graphs a unit.
func benchUnits(n int) []rdf.Unit {
	units := make([]rdf.Unit, n)
	for i := range units {
		u := &units[i]
		u.Key = fmt.Sprintf("record/r%05d", i)
		u.Cites = []string{fmt.Sprintf("https://example.org/source/%d", i/4)}
		for j := range 50 {
			u.Quads = append(u.Quads, rdf.Quad{
				Subject: fmt.Sprintf("https://example.org/event/r%05d/%d", i, j/10), Predicate: fmt.Sprintf("https://example.org/p%d", j%10),
				Object: rdf.Text(fmt.Sprintf("value %d of %d", j, i%97)), Graph: fmt.Sprintf("https://example.org/source/%d#%d", i/4, j%5),
			})
		}
	}
	return units
}

func eachBackend(b *testing.B, run func(b *testing.B, fresh func() string)) {
	b.Run("memory", func(b *testing.B) { run(b, func() string { return store.Memory }) })
	b.Run("directory", func(b *testing.B) { run(b, func() string { return b.TempDir() }) })
	if address := os.Getenv("DIALOGRAPH_TEST_POSTGRES"); address != "" {
		b.Run("postgres", func(b *testing.B) { run(b, func() string { return freshDatabase(b, address) }) })
	}
}

func open(b *testing.B, location string) *store.Store {
	s, err := store.Open(context.Background(), location)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkLoad puts 50,000 quads into an empty store; beside it, Cayley's own
// bulk path puts the same.
func BenchmarkLoad(b *testing.B) {
	units := benchUnits(1000)
	load := func(s *store.Store) error {
		_, err := s.Put(context.Background(), units)
		return err
	}
	eachBackend(b, func(b *testing.B, fresh func() string) {
		for name, put := range map[string]func(*store.Store) error{
			"ours":        load,
			"cayley-bulk": func(s *store.Store) error { return store.CayleyBulk(s, units) },
		} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					s := open(b, fresh())
					b.StartTimer()
					if err := put(s); err != nil {
						b.Fatal(err)
					}
					b.StopTimer()
					s.Close()
					b.StartTimer()
				}
				b.ReportMetric(50_000*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
			})
		}
	})
}

// BenchmarkReplaceOne changes one record of a store of 50,000 quads.
func BenchmarkReplaceOne(b *testing.B) {
	units := benchUnits(1000)
	eachBackend(b, func(b *testing.B, fresh func() string) {
		s := open(b, fresh())
		defer s.Close()
		if _, err := s.Put(context.Background(), units); err != nil {
			b.Fatal(err)
		}
		n := 0
		for b.Loop() {
			u := units[n%len(units)]
			u.Quads = append([]rdf.Quad{}, u.Quads...)
			u.Quads[0].Object = rdf.Text(fmt.Sprint("changed ", n))
			n++
			if _, err := s.Put(context.Background(), []rdf.Unit{u}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkScan reads every quad, from the quad store and from the journal.
func BenchmarkScan(b *testing.B) {
	units := benchUnits(1000)
	for name, read := range map[string]func(*store.Store, context.Context, func(rdf.Quad) error) error{"stored": (*store.Store).Stored, "journalled": (*store.Store).Quads} {
		b.Run(name, func(b *testing.B) {
			eachBackend(b, func(b *testing.B, fresh func() string) {
				s := open(b, fresh())
				defer s.Close()
				if _, err := s.Put(context.Background(), units); err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if err := read(s, context.Background(), func(rdf.Quad) error { return nil }); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(50_000*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
			})
		})
	}
}
