package store_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/rdf"
	"dialograph/graph/store"
)

// What changes in a store is read while it is open, from where a reader stood.
func TestChanges(t *testing.T) {
	ctx := t.Context()
	unit := func(key, text string) rdf.Unit {
		return rdf.Unit{Key: key, Quads: []rdf.Quad{{Subject: "http://a/" + key, Predicate: "http://a/p", Object: rdf.Text(text), Graph: "http://a/g"}}}
	}
	check := func(t *testing.T, location string) {
		s, err := store.Open(ctx, location)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		put := func(units ...rdf.Unit) {
			t.Helper()
			if _, err := s.Put(ctx, units); err != nil {
				t.Fatal(err)
			}
		}
		position := func() int64 {
			t.Helper()
			mark, err := store.Peek(ctx, location)
			if err != nil {
				t.Fatal(err)
			}
			if !store.IsPostgres(location) && mark.Revision != s.Revision() {
				t.Errorf("the marker has the revision %q, the store %s", mark.Revision, s.Revision())
			}
			return mark.Position
		}
		start := position()
		put(unit("a", "1"))
		first := position()
		put(unit("a", "2"), unit("b", "3"))
		if err := s.Delete(ctx, []string{"a"}); err != nil {
			t.Fatal(err)
		}
		second := position()
		put(unit("c", "4"))
		read := func(from, to int64) []string {
			t.Helper()
			var out []string
			err := store.Changes(ctx, location, from, to, func(u rdf.Unit, deleted bool) error {
				text := u.Key
				for _, q := range u.Quads {
					text += " " + q.Object.Value
				}
				if deleted {
					text += " deleted"
				}
				out = append(out, text)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		for _, x := range []struct {
			from, to int64
			want     []string
		}{
			{start, first, []string{"a 1"}},
			{first, second, []string{"a 2", "b 3", "a deleted"}},
			{start, position(), []string{"a 1", "a 2", "b 3", "a deleted", "c 4"}},
			{second, second, nil},
		} {
			if got := read(x.from, x.to); !slices.Equal(got, x.want) {
				t.Errorf("from %d to %d: %q, want %q", x.from, x.to, got, x.want)
			}
		}
		failed := fmt.Errorf("no more")
		if err := store.Changes(ctx, location, start, second, func(rdf.Unit, bool) error { return failed }); err != failed {
			t.Errorf("a visit's error comes back as %v", err)
		}
	}
	t.Run("directory", func(t *testing.T) { check(t, t.TempDir()) })
	t.Run("postgres", func(t *testing.T) {
		address := os.Getenv("DIALOGRAPH_TEST_POSTGRES")
		if address == "" {
			t.Skip("DIALOGRAPH_TEST_POSTGRES is not set")
		}
		check(t, freshDatabase(t, address))
	})
	if err := store.Changes(context.Background(), t.TempDir(), 0, 5, nil); err == nil || !strings.Contains(err.Error(), "journal.log") {
		t.Errorf("a directory without a store: %v", err)
	}
}

// What was added between two marks is known to be all that happened by the sums of
// both revisions.
func TestAdditions(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	s, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	unit := func(key, text string) rdf.Unit {
		return rdf.Unit{Key: key, Quads: []rdf.Quad{{Subject: "http://a/" + key, Predicate: "http://a/p", Object: rdf.Text(text), Graph: "http://a/g"}}}
	}
	after := func(do error) store.Mark {
		t.Helper()
		mark, err := store.Peek(ctx, dir)
		if err != nil || do != nil {
			t.Fatal(err, do)
		}
		return mark
	}
	put := func(units ...rdf.Unit) store.Mark {
		t.Helper()
		_, err := s.Put(ctx, units)
		return after(err)
	}
	first := put(unit("a", "1"))
	second := put(unit("b", "2"), unit("c", "3"))
	third := put(unit("d", "4"))
	replaced := put(unit("a", "5"))
	again := put(unit("a", "1")) // the same units as third, by another way
	deleted := after(s.Delete(ctx, []string{"d"}))
	for name, x := range map[string]struct {
		from, to store.Mark
		most     int
		want     string // keys
	}{
		"two":                         {first, second, 9, "b c"},
		"two and one":                 {first, third, 9, "b c d"},
		"as many as may be":           {first, third, 3, "b c d"},
		"more than may be":            {first, third, 2, ""},
		"nothing":                     {first, first, 9, ""},
		"backwards":                   {second, first, 9, ""},
		"one was replaced":            {first, replaced, 9, ""},
		"replaced and back":           {first, again, 9, ""},
		"one was deleted":             {again, deleted, 9, ""},
		"of another store":            {store.Mark{Position: first.Position, Revision: deleted.Revision}, third, 9, ""},
		"without a revision":          {store.Mark{Position: first.Position}, third, 9, ""},
		"a revision of other letters": {store.Mark{Position: first.Position, Revision: "some"}, third, 9, ""},
	} {
		units, ok, err := store.Additions(ctx, dir, x.from, x.to, x.most)
		var keys []string
		for _, u := range units {
			keys = append(keys, u.Key)
		}
		if err != nil || ok != (x.want != "") || ok && strings.Join(keys, " ") != x.want {
			t.Errorf("%s: %t %q, %v; want %q", name, ok, keys, err, x.want)
		}
	}
	if _, ok, err := store.Additions(ctx, dir, store.Mark{Position: first.Position + 1, Revision: first.Revision}, third, 9); ok || err == nil {
		t.Errorf("a place inside an entry: %t, %v", ok, err)
	}
}
