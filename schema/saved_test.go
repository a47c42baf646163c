package schema_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/schema"
	"dialograph/seeds/seedstest"
)

// A snapshot that was saved and mapped is the same: the same answers, exports,
// searches, counts. The second is mapped elsewhere than it was written for. So
// are those to which a record is added, which write to nothing that is mapped, and
// what is saved after that.
func TestSavedSnapshotsAreAsTheyWere(t *testing.T) {
	api, err := schema.New()
	if err != nil {
		t.Fatal(err)
	}
	units := seedstest.Units(t)
	var rest, late []rdf.Unit
	for _, u := range units {
		if strings.HasPrefix(u.Key, "record/") && len(late) < 3 {
			late = append(late, u)
		} else {
			rest = append(rest, u)
		}
	}
	fewer, all := snapshotOf(t, rest), snapshotOf(t, units)
	path := saved(t, fewer)
	for round := range uint64(2) {
		back, err := index.Load(path, "test", seedstest.Built())
		if err != nil {
			t.Fatal(err)
		}
		more, ok := back.With(late, seedstest.Built())
		if !ok {
			t.Fatal("records cannot be added to a snapshot that was mapped")
		}
		runtime.GC()
		compareSnapshots(t, api, more, all, round)
		compareSnapshots(t, api, back, fewer, round)
		if round > 0 {
			continue
		}
		again, err := index.Load(saved(t, more), "test", seedstest.Built())
		if err != nil {
			t.Fatal(err)
		}
		compareSnapshots(t, api, again, all, round)
	}
}

func saved(t *testing.T, s *index.Snapshot) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Save(f, "test"), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}
