// Package storetest is the suite that every backend of graph/store passes:
// that loads are atomic, idempotent and exact, that nothing is lost when it is
// opened again, and that the traps of Cayley stay shut.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"

	"github.com/google/go-cmp/cmp"
)

// Backend is one place to keep a store. Fresh gives the location of an empty
// one; Durable tells whether it outlives Close.
type Backend struct {
	Fresh   func(t *testing.T) string
	Durable bool
}

// Run runs the whole suite.
func Run(t *testing.T, b Backend) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Backend)
	}{
		{"a load adds, is idempotent and replaces exactly", loadReplacesExactly},
		{"quads that units share stay until the last goes", sharedQuads},
		{"quads that differ only in their graph are two", sameTripleTwoGraphs},
		{"every term comes back as it was", termsComeBack},
		{"a bad quad changes nothing", badQuad},
		{"a cancelled scan is an error", cancelledScan},
		{"a second writer is told so", secondWriter},
		{"reopening finds everything", reopen},
		{"rebuild makes the same quads", rebuild},
		{"readers beside a writer see one version, whole", readersBesideWriter},
		{"random changes agree with a model", model},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, b) })
	}
}

func open(t *testing.T, location string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func iri(format string, args ...any) string {
	return "https://example.org/" + fmt.Sprintf(format, args...)
}

// unit makes a unit about its key with the given values, supported by the
// graphs; it shares the description of each graph with others that cite it.
func unit(key string, values []string, graphs ...string) rdf.Unit {
	u := rdf.Unit{Key: key}
	for _, g := range graphs {
		u.Cites = append(u.Cites, iri("%s", g))
		u.Quads = append(u.Quads, rdf.Quad{Subject: iri("%s", g), Predicate: vocab.Type, Object: rdf.IRI(vocab.Entity), Graph: iri("provenance")})
		for _, v := range values {
			u.Quads = append(u.Quads, rdf.Quad{Subject: iri("%s", key), Predicate: iri("says"), Object: rdf.Text(v), Graph: iri("%s", g)})
		}
	}
	slices.SortFunc(u.Quads, rdf.Compare)
	u.Quads = slices.Compact(u.Quads)
	return u
}

func put(t *testing.T, s *store.Store, units ...rdf.Unit) []store.Change {
	t.Helper()
	changes, err := s.Put(context.Background(), units)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// contents gives what the quad store holds, in order; the journal must have the same.
func contents(t *testing.T, s *store.Store) []rdf.Quad {
	t.Helper()
	list := func(read scan) []rdf.Quad {
		var out []rdf.Quad
		if err := read(context.Background(), func(q rdf.Quad) error { out = append(out, q); return nil }); err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(out, rdf.Compare)
		return out
	}
	stored := list(s.Stored)
	if diff := cmp.Diff(stored, slices.Compact(list(s.Quads))); diff != "" {
		t.Errorf("(-stored +journalled):\n%s", diff)
	}
	return stored
}

// scan is a way to read all quads.
type scan func(context.Context, func(rdf.Quad) error) error

func scans(s *store.Store) map[string]scan {
	return map[string]scan{"stored": s.Stored, "journalled": s.Quads}
}

func want(t *testing.T, s *store.Store, units ...rdf.Unit) {
	t.Helper()
	var all []rdf.Quad
	for _, u := range units {
		all = append(all, u.Quads...)
	}
	slices.SortFunc(all, rdf.Compare)
	all = slices.Compact(all)
	if diff := cmp.Diff(all, contents(t, s)); diff != "" {
		t.Fatalf("quads of the store (-want +got):\n%s", diff)
	}
	report, err := s.Check(context.Background())
	if err != nil || len(report.Faults) > 0 {
		t.Fatalf("check: %v %v", report.Faults, err)
	}
}

func loadReplacesExactly(t *testing.T, b Backend) {
	s := open(t, b.Fresh(t))
	a1, a2 := unit("a", []string{"one", "two"}, "s1"), unit("a", []string{"two", "three"}, "s1")
	other := unit("b", []string{"one"}, "s2")
	if got := put(t, s, a1, other); !slices.Equal(got, []store.Change{store.Added, store.Added}) {
		t.Errorf("first load: %v", got)
	}
	revision := s.Revision()
	if got := put(t, s, a1); !slices.Equal(got, []store.Change{store.Unchanged}) || s.Revision() != revision {
		t.Errorf("same again: %v, revision %s then %s", got, revision, s.Revision())
	}
	want(t, s, a1, other)
	if got := put(t, s, a2); !slices.Equal(got, []store.Change{store.Replaced}) || s.Revision() == revision {
		t.Errorf("changed: %v", got)
	}
	want(t, s, a2, other)
	put(t, s, a1)
	if s.Revision() != revision {
		t.Errorf("revision of the same content: %s, then %s", revision, s.Revision())
	}
	if err := s.Delete(context.Background(), []string{"a", "absent"}); err != nil {
		t.Fatal(err)
	}
	want(t, s, other)
}

func sharedQuads(t *testing.T, b Backend) {
	s := open(t, b.Fresh(t))
	a, c := unit("a", []string{"one"}, "s1"), unit("c", []string{"x"}, "s1")
	put(t, s, a, c)
	if err := s.Delete(context.Background(), []string{"a"}); err != nil {
		t.Fatal(err)
	}
	want(t, s, c) // still holds what describes s1
	if err := s.Delete(context.Background(), []string{"c"}); err != nil {
		t.Fatal(err)
	}
	want(t, s)
}

func sameTripleTwoGraphs(t *testing.T, b Backend) {
	s := open(t, b.Fresh(t))
	both, one := unit("a", []string{"one"}, "s1", "s2"), unit("a", []string{"one"}, "s2")
	put(t, s, both)
	want(t, s, both)
	put(t, s, one)
	want(t, s, one)
}

func termsComeBack(t *testing.T, b Backend) {
	s := open(t, b.Fresh(t))
	u := rdf.Unit{Key: "terms"}
	for i, object := range []rdf.Term{
		rdf.IRI("https://example.org/é?q=1#f"), rdf.Text(""), rdf.Text(`four characters \x00`), rdf.Text(`kept \x5cx00 \\x5cx`), rdf.Text("line\none\ttab \"quoted\""),
		rdf.Text("국가사이버안보센터"), rdf.Text("🛡"), rdf.LangText("사이버", "ko"), rdf.LangText("cyber", "EN-gb"), rdf.Typed("6", vocab.Integer),
		rdf.Typed("true", vocab.Boolean), rdf.Typed("2020-11-24~", vocab.EDTF), rdf.Typed("https://example.org/", vocab.AnyURI),
		rdf.Typed("2020-01-01T12:00:00.123Z", vocab.XSD+"dateTime"), rdf.Typed("007", vocab.Integer),
	} {
		u.Quads = append(u.Quads, rdf.Quad{Subject: iri("s%d", i), Predicate: iri("p"), Object: object, Graph: iri("g")})
	}
	slices.SortFunc(u.Quads, rdf.Compare)
	put(t, s, u)
	want(t, s, u)
}

func badQuad(t *testing.T, b Backend) {
	s := open(t, b.Fresh(t))
	good := unit("a", []string{"one"}, "s1")
	put(t, s, good)
	for name, q := range map[string]rdf.Quad{
		"relative subject": {Subject: "event/x", Predicate: iri("p"), Object: rdf.Text("x"), Graph: iri("g")},
		"no predicate":     {Subject: iri("s"), Object: rdf.Text("x"), Graph: iri("g")},
		"no object":        {Subject: iri("s"), Predicate: iri("p"), Graph: iri("g")},
		"no graph":         {Subject: iri("s"), Predicate: iri("p"), Object: rdf.Text("x")},
		"space in IRI":     {Subject: iri("a b"), Predicate: iri("p"), Object: rdf.Text("x"), Graph: iri("g")},
		"invalid UTF-8":    {Subject: iri("s"), Predicate: iri("p"), Object: rdf.Text("x\xff"), Graph: iri("g")},
		"NUL":              {Subject: iri("s"), Predicate: iri("p"), Object: rdf.Text("x\x00"), Graph: iri("g")},
		"not an integer":   {Subject: iri("s"), Predicate: iri("p"), Object: rdf.Typed("six", vocab.Integer), Graph: iri("g")},
	} {
		bad := rdf.Unit{Key: "bad", Quads: []rdf.Quad{q}}
		if _, err := s.Put(context.Background(), []rdf.Unit{unit("b", []string{"x"}, "s1"), bad}); err == nil {
			t.Errorf("%s: stored", name)
		}
	}
	want(t, s, good)
	more := unit("b", []string{"y"}, "s1")
	put(t, s, more) // the store is still good
	want(t, s, good, more)
}

func cancelledScan(t *testing.T, b Backend) {
	s := open(t, b.Fresh(t))
	put(t, s, unit("a", []string{"one", "two", "three"}, "s1"))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for name, read := range scans(s) {
		if err := read(ctx, func(rdf.Quad) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want %v", name, err, context.Canceled)
		}
		enough := errors.New("enough")
		if err := read(context.Background(), func(rdf.Quad) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("%s: got %v, want %v", name, err, enough)
		}
	}
	if _, err := s.Put(ctx, []rdf.Unit{unit("b", []string{"x"}, "s1")}); !errors.Is(err, context.Canceled) {
		t.Errorf("put: got %v, want %v", err, context.Canceled)
	}
	want(t, s, unit("a", []string{"one", "two", "three"}, "s1"))
}

func secondWriter(t *testing.T, b Backend) {
	if !b.Durable {
		t.Skip("a store in memory has one process by nature")
	}
	location := b.Fresh(t)
	first := open(t, location)
	if _, err := store.Open(context.Background(), location); !errors.Is(err, store.ErrLocked) {
		t.Errorf("second open: got %v, want %v", err, store.ErrLocked)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, location)
}

func reopen(t *testing.T, b Backend) {
	if !b.Durable {
		t.Skip("a store in memory ends with Close")
	}
	location := b.Fresh(t)
	s := open(t, location)
	a, c := unit("a", []string{"one"}, "s1"), unit("c", []string{"x", "y"}, "s1", "s2")
	put(t, s, a, c)
	put(t, s, unit("a", []string{"two"}, "s1"))
	revision := s.Revision()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(context.Background(), []rdf.Unit{a}); !errors.Is(err, store.ErrClosed) {
		t.Errorf("put after close: %v", err)
	}
	s = open(t, location)
	want(t, s, unit("a", []string{"two"}, "s1"), c)
	if s.Revision() != revision {
		t.Errorf("revision %s, then %s", revision, s.Revision())
	}
	if mark, err := store.Peek(context.Background(), location); err != nil || mark.Position == 0 || mark.Revision != "" && mark.Revision != revision {
		t.Errorf("the store is at %+v, %v; its revision is %s", mark, err, revision)
	}
}

func rebuild(t *testing.T, b Backend) {
	if !b.Durable {
		t.Skip("a store in memory ends with Close")
	}
	location := b.Fresh(t)
	s := open(t, location)
	a, c := unit("a", []string{"one"}, "s1"), unit("c", []string{"x"}, "s1")
	put(t, s, a, unit("c", []string{"old"}, "s3"))
	put(t, s, c)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := store.Rebuild(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	want(t, s, a, c)
	put(t, s, unit("a", nil, "s1"))
	want(t, s, unit("a", nil, "s1"), c)
}

// readersBesideWriter scans while a unit is replaced again and again: each scan
// sees exactly one version of it, and neither waits for ever.
func readersBesideWriter(t *testing.T, b Backend) {
	s := open(t, b.Fresh(t))
	put(t, s, unit("a", []string{"v0 one", "v0 two", "v0 three"}, "s1"))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for name, read := range scans(s) {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				seen := map[string]int{}
				err := read(context.Background(), func(q rdf.Quad) error {
					if version, _, ok := strings.Cut(q.Object.Value, " "); ok {
						seen[version]++
					}
					return nil
				})
				if err != nil || len(seen) != 1 || slices.Collect(maps.Values(seen))[0] != 3 {
					t.Errorf("%s: a reader saw %v, %v", name, seen, err)
					return
				}
			}
		})
	}
	for v := 1; v <= 30; v++ {
		version := fmt.Sprintf("v%d ", v)
		put(t, s, unit("a", []string{version + "one", version + "two", version + "three"}, "s1"))
	}
	close(done)
	readers.Wait()
}

// model applies random puts and deletes, and reopens, beside a plain map.
func model(t *testing.T, b Backend) {
	rng := rand.New(rand.NewPCG(1, 2))
	location := b.Fresh(t)
	s := open(t, location)
	live := map[string]rdf.Unit{}
	for step := range 60 {
		switch rng.IntN(10) {
		case 0, 1:
			key := fmt.Sprintf("u%d", rng.IntN(8))
			if err := s.Delete(context.Background(), []string{key}); err != nil {
				t.Fatal(err)
			}
			delete(live, key)
		case 2:
			if b.Durable {
				s.Close()
				s = open(t, location)
			}
		default:
			for _, u := range randomUnits(rng) {
				put(t, s, u)
				live[u.Key] = u
			}
		}
		if step%10 == 9 {
			want(t, s, slices.Collect(maps.Values(live))...)
		}
	}
}

func randomUnits(rng *rand.Rand) []rdf.Unit {
	var out []rdf.Unit
	for range 1 + rng.IntN(3) {
		var values, graphs []string
		for range rng.IntN(4) {
			values = append(values, fmt.Sprintf("v%d", rng.IntN(6)))
		}
		for range 1 + rng.IntN(2) {
			graphs = append(graphs, fmt.Sprintf("s%d", rng.IntN(4)))
		}
		slices.Sort(graphs)
		out = append(out, unit(fmt.Sprintf("u%d", rng.IntN(8)), values, slices.Compact(graphs)...))
	}
	return out
}
