package loaders_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/graph/store"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/seeds"
	"dialograph/seeds/seedstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
)

// The participations of the built-in records, exported as a table and loaded
// beside the authority files alone, are the same participations: who, for whom,
// in which role, at what, and what says so. Loading the table again changes
// nothing. Not compared are identifiers of participations, which are made of the
// words for the side, and the order of sources.
func TestParticipationsComeBack(t *testing.T) {
	first := tableOf(t, seedstest.Snapshot(t))
	path := filepath.Join(t.TempDir(), "participations.csv")
	if err := os.WriteFile(path, first, 0o644); err != nil {
		t.Fatal(err)
	}
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	entries := slices.DeleteFunc(inputs, func(in loaders.Input) bool { return strings.Contains(in.Name, "/records/") })
	s, report := loadInto(t, append(entries, loaders.Files(path)...))
	if report.Rejected > 0 || len(report.Problems) > 0 || len(report.Notes) > 0 {
		t.Errorf("%d rejected; %v %v", report.Rejected, report.Problems, report.Notes)
	}
	want, got := participationsIn(t, first), participationsIn(t, tableOf(t, snapshotOf(t, s)))
	if len(want) < 1000 {
		t.Errorf("the built-in records have %d participations, want more than a thousand", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("participations (-exported +loaded and exported):\n%s", diff)
	}
	again, err := (&loaders.Loader{Store: s, Base: vocab.DefaultBase, Log: zerolog.Nop()}).Load(t.Context(), loaders.Files(path))
	if err != nil || again.Records == 0 || again.Unchanged != again.Records || again.Rejected > 0 || len(again.Problems) > 0 {
		t.Errorf("loading it again: %+v %v, %v", again, again.Problems, err)
	}
}

func snapshotOf(t *testing.T, s *store.Store) *index.Snapshot {
	t.Helper()
	snap, err := index.Build(t.Context(), vocab.DefaultBase, s, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// tableOf exports the participations of a snapshot as CSV.
func tableOf(t *testing.T, snap *index.Snapshot) []byte {
	t.Helper()
	request, err := export.ParseName("participations.csv")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := export.Write(context.Background(), &b, export.Whole(snap), request, "test"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// participationsIn gives the rows of a table, sorted, without their identifiers
// and with their sources in order.
func participationsIn(t *testing.T, table []byte) []string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		last := len(row) - 1
		sources := strings.Split(row[last], export.ListSeparator)
		slices.Sort(sources)
		out = append(out, strings.Join(append(row[1:last:last], sources...), " ; "))
	}
	slices.Sort(out)
	return out
}
