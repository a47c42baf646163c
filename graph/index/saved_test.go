package index_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dialograph/graph/image"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/seeds/seedstest"
)

func save(t *testing.T, s *index.Snapshot, title string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Save(f, title), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// A saved snapshot knows the quads that it is of, in every order. What it answers
// is compared in package schema.
func TestSavedSnapshotHasTheSameQuads(t *testing.T) {
	s := seedstest.Snapshot(t)
	path, now := save(t, s, "a title"), time.Now()
	back, err := index.Load(path, "a title", now)
	if err != nil {
		t.Fatal(err)
	}
	if back.Hash != s.Hash || back.Base != s.Base || !back.Built.Equal(now) {
		t.Errorf("%s of %s, built %v, came back as %s of %s, built %v", s.Hash, s.Base, s.Built, back.Hash, back.Base, back.Built)
	}
	same := func(what string, want, got []rdf.Quad) {
		t.Helper()
		if !slices.Equal(want, got) {
			t.Errorf("%s: %d quads came back as %d others", what, len(want), len(got))
		}
	}
	list := func(each func(func(rdf.Quad))) (out []rdf.Quad) {
		each(func(x rdf.Quad) { out = append(out, x) })
		return out
	}
	quads := list(back.Quads.Each)
	same("in order", list(s.Quads.Each), quads)
	same("by graph", list(s.Quads.EachByGraph), list(back.Quads.EachByGraph))
	for i := 0; i < len(quads); i += 97 {
		x := quads[i]
		for _, p := range []index.Pattern{{Object: &x.Object}, {Predicate: x.Predicate, Object: &x.Object}, {Graph: x.Graph}, {Subject: x.Subject, Predicate: x.Predicate}} {
			same("of a pattern", s.Quads.Match(p), back.Quads.Match(p))
		}
	}
	if _, err := index.Load(path, "another title", now); !errors.Is(err, image.ErrOther) {
		t.Errorf("another title: %v", err)
	}
}
