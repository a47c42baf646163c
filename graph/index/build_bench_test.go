package index_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/synthetic"
	"dialograph/graph/vocab"
)

// synthetically gives the quads of a synthetic set, unit by unit.
func synthetically(b *testing.B, events int) rdf.Units {
	b.Helper()
	s, err := synthetic.New(events, 1)
	if err != nil {
		b.Fatal(err)
	}
	var units rdf.Units
	if err := s.Units(vocab.DefaultBase, func(u rdf.Unit) error { units = append(units, u); return nil }); err != nil {
		b.Fatal(err)
	}
	return units
}

// BenchmarkBuild builds the set of quads, and the snapshot of them, and weighs
// both beside the strings themselves.
func BenchmarkBuild(b *testing.B) {
	units := synthetically(b, 2000)
	b.Run("quads", func(b *testing.B) {
		var quads *index.Quads
		before := heap()
		for b.Loop() {
			var err error
			if quads, err = index.ReadQuads(context.Background(), units.Quads); err != nil {
				b.Fatal(err)
			}
		}
		report(b, quads, before)
	})
	b.Run("snapshot", func(b *testing.B) {
		quads, err := index.ReadQuads(context.Background(), units.Quads)
		if err != nil {
			b.Fatal(err)
		}
		var snap *index.Snapshot
		before := heap()
		for b.Loop() {
			snap = index.New(vocab.DefaultBase, quads, time.Time{})
		}
		report(b, snap.Quads, before)
		runtime.KeepAlive(snap)
	})
}

// BenchmarkBuildFromStore builds quads and snapshot of a store in a directory: of its
// journal, and of its quad store.
func BenchmarkBuildFromStore(b *testing.B) {
	set, err := synthetic.New(500, 1)
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(context.Background(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var units []rdf.Unit
	if err := set.Units(vocab.DefaultBase, func(u rdf.Unit) error { units = append(units, u); return nil }); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Put(context.Background(), units); err != nil {
		b.Fatal(err)
	}
	for name, read := range map[string]func(context.Context, func(rdf.Quad) error) error{"journalled": s.Quads, "stored": s.Stored} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				quads, err := index.ReadQuads(context.Background(), read)
				if err != nil {
					b.Fatal(err)
				}
				n = index.New(vocab.DefaultBase, quads, time.Time{}).Quads.Len()
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}

func report(b *testing.B, quads *index.Quads, before uint64) {
	b.StopTimer()
	n := quads.Len()
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
	b.ReportMetric(float64(heap()-before)/float64(n), "bytes/quad")
	runtime.KeepAlive(quads)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkWith adds one record to a snapshot of many.
func BenchmarkWith(b *testing.B) {
	const events = 2000
	all := synthetically(b, events+1)
	rest, late := all[:len(all)-1], all[len(all)-1:] // the units of records are the last
	snap, err := index.Build(context.Background(), vocab.DefaultBase, rest, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, ok := snap.With(late, time.Time{}); !ok {
			b.Fatal("the record could not be added")
		}
	}
}
