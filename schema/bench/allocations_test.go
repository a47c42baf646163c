//go:build !race

package bench

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v4"
)

var update = flag.Bool("update", false, "write the baseline of allocations anew")

// Requests allocate no more than the baseline, a tenth aside: times differ from
// machine to machine, allocations hardly do. One that allocates much less makes
// a new baseline.
func TestAllocations(t *testing.T) {
	api, snap, list := asking(t)
	file := filepath.Join("testdata", "allocations.yaml")
	baseline, got := map[string]int{}, map[string]int{}
	text, err := os.ReadFile(file)
	if err == nil {
		err = yaml.Load(text, &baseline)
	}
	if err != nil && !*update {
		t.Fatal(err)
	}
	h := ours(api, snap)
	for _, q := range list {
		bodies, err := q.bodies()
		if err != nil {
			t.Fatal(err)
		}
		allocations(h, bodies) // what is made once
		got[q.name] = int(allocations(h, bodies))
		if base := baseline[q.name]; !*update && (got[q.name] > base+base/10 || got[q.name] < base-base/4) {
			t.Errorf("%s: %d allocations a request, the baseline is %d; go test ./schema/bench -update writes a new one", q.name, got[q.name], base)
		}
	}
	if *update && *events == 400 {
		text, err := yaml.Marshal(got)
		if err == nil {
			err = os.WriteFile(file, append([]byte("# Allocations a request, of 400 events. Written by: go test ./schema/bench -update\n"), text...), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
