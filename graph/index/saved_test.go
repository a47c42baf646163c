package index_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/seeds/seedstest"

	"pgregory.net/rapid"
)

func saved(t interface{ Fatal(...any) }, q *index.Quads, revision string) []byte {
	var b bytes.Buffer
	if err := q.Save(&b, revision); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func listOf(q *index.Quads) (out []rdf.Quad) {
	q.Each(func(x rdf.Quad) { out = append(out, x) })
	return out
}

// A saved set comes back whole, in every order.
func TestSavedQuadsComeBack(t *testing.T) {
	check := func(t interface {
		Fatal(...any)
		Errorf(string, ...any)
	}, q *index.Quads) {
		back, err := index.LoadQuads(saved(t, q, "r1"), "r1")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(listOf(q), listOf(back)) {
			t.Errorf("%d quads came back as %d others", q.Len(), back.Len())
		}
		var a, b []rdf.Quad
		q.EachByGraph(func(x rdf.Quad) { a = append(a, x) })
		back.EachByGraph(func(x rdf.Quad) { b = append(b, x) })
		if !slices.Equal(a, b) {
			t.Errorf("by graph, %d quads came back as %d others", len(a), len(b))
		}
		for _, x := range listOf(q)[:min(50, q.Len())] {
			for _, p := range []index.Pattern{{Object: &x.Object}, {Predicate: x.Predicate, Object: &x.Object}, {Graph: x.Graph}, {Subject: x.Subject, Predicate: x.Predicate}} {
				if !slices.Equal(q.Match(p), back.Match(p)) {
					t.Errorf("%+v finds other quads", p)
				}
			}
		}
	}
	check(t, seedstest.Snapshot(t).Quads)
	rapid.Check(t, func(t *rapid.T) {
		iri := rapid.SampledFrom([]string{"http://a/s", "http://a/p", "http://a/é", "http://b/", "urn:x"})
		term := rapid.OneOf(rapid.Map(iri, rdf.IRI), rapid.Map(rapid.String(), rdf.Text),
			rapid.Custom(func(t *rapid.T) rdf.Term { return rdf.LangText(rapid.String().Draw(t, "text"), "en") }),
			rapid.Custom(func(t *rapid.T) rdf.Term { return rdf.Typed(rapid.String().Draw(t, "value"), iri.Draw(t, "type")) }))
		list := rapid.SliceOf(rapid.Custom(func(t *rapid.T) rdf.Quad {
			return rdf.Quad{Subject: iri.Draw(t, "s"), Predicate: iri.Draw(t, "p"), Object: term.Draw(t, "o"), Graph: iri.Draw(t, "g")}
		})).Draw(t, "quads")
		q, err := index.ReadQuads(context.Background(), func(_ context.Context, visit func(rdf.Quad) error) error {
			for _, x := range list {
				if err := visit(x); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		check(t, q)
	})
}

// A saved set that is damaged anywhere, cut anywhere or of another revision is
// not taken.
func TestDamagedSavesAreRefused(t *testing.T) {
	q, err := index.ReadQuads(t.Context(), func(_ context.Context, visit func(rdf.Quad) error) error {
		return errors.Join(visit(rdf.Quad{Subject: "http://a/s", Predicate: "http://a/p", Object: rdf.LangText("x", "en"), Graph: "http://a/g"}),
			visit(rdf.Quad{Subject: "http://a/s", Predicate: "http://a/p", Object: rdf.Typed("1", "http://a/t"), Graph: "http://a/g"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	data := saved(t, q, "abc")
	if _, err := index.LoadQuads(data, "abd"); !errors.Is(err, index.ErrStale) {
		t.Errorf("another revision: %v", err)
	}
	for i := range data {
		if _, err := index.LoadQuads(data[:i], "abc"); err == nil {
			t.Errorf("cut after %d of %d bytes, it is taken", i, len(data))
		}
		damaged := bytes.Clone(data)
		damaged[i] ^= 4
		if _, err := index.LoadQuads(damaged, "abc"); err == nil {
			t.Errorf("damaged at %d of %d bytes, it is taken", i, len(data))
		}
	}
}

// Even with the right checksum, a body that makes no sense is an error, not a
// crash.
func FuzzLoadQuads(f *testing.F) {
	data := saved(f, seedstest.Snapshot(f).Quads, "r")
	head := len("dialograph quads 2\nr\n")
	f.Add(data[head : len(data)-sha256.Size])
	f.Add([]byte{3, 2, 1, 2, 0, 0, 1, 1, 1, 0, 'a', 'b', 'c', 0, 1, 2, 0, 0, 1, 2, 1})
	f.Fuzz(func(t *testing.T, body []byte) {
		data := append([]byte("dialograph quads 2\nr\n"), body...)
		sum := sha256.Sum256(data)
		q, err := index.LoadQuads(append(data, sum[:]...), "r")
		if err != nil {
			return
		}
		again, err := index.LoadQuads(saved(t, q, "r"), "r")
		if err != nil || !slices.Equal(listOf(q), listOf(again)) {
			t.Errorf("what was taken is saved as something else: %v", err)
		}
	})
}
