package turtle_test

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/rdf/rdftest"
	"dialograph/graph/turtle"
)

func BenchmarkRead(b *testing.B) {
	quads := rdftest.Seeds(b)
	slices.SortFunc(quads, rdf.CompareInGraph)
	var text bytes.Buffer
	if err := turtle.WriteTriG(&text, string(rdftest.Base), slices.Values(quads)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	n := 0
	for b.Loop() {
		err := turtle.Read(bytes.NewReader(text.Bytes()), "", turtle.TriG, func(rdf.Statement) error { n++; return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkWriteTriG(b *testing.B) {
	quads := rdftest.Seeds(b)
	slices.SortFunc(quads, rdf.CompareInGraph)
	n := 0
	for b.Loop() {
		if err := turtle.WriteTriG(io.Discard, string(rdftest.Base), slices.Values(quads)); err != nil {
			b.Fatal(err)
		}
		n += len(quads)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkWriteTurtle(b *testing.B) {
	quads := rdftest.Seeds(b)
	slices.SortFunc(quads, rdf.Compare)
	n := 0
	for b.Loop() {
		if err := turtle.WriteTurtle(io.Discard, string(rdftest.Base), slices.Values(quads)); err != nil {
			b.Fatal(err)
		}
		n += len(quads)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}
