package loaders_test

import (
	"fmt"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/loaders"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestBatch reads the files of each archive in testdata/batch together. The
// file "accepted" lists what would be stored and how much was rejected,
// "problems" why.
func TestBatch(t *testing.T) {
	eachArchive(t, "testdata/batch", func(t *testing.T, archive *txtar.Archive) map[string]string {
		b := loaders.Read(inputs(t, archive))
		b.Resolve(loaders.Known{})
		var accepted, problems strings.Builder
		for _, d := range b.Documents {
			if d.Record != nil {
				fmt.Fprintln(&accepted, graph.NewID(graph.KindEvent, d.Record.ID))
				continue
			}
			d.Authority.EachEntry(func(id graph.ID, _ string, _ *graph.Entry) { fmt.Fprintln(&accepted, id) })
		}
		fmt.Fprintf(&accepted, "%d rejected\n", b.Rejected)
		for _, p := range b.Problems {
			fmt.Fprintln(&problems, p)
		}
		return map[string]string{"accepted": accepted.String(), "problems": problems.String()}
	})
}
