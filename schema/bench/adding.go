package bench

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/synthetic"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"

	"github.com/rs/zerolog"
)

// Adding adds records to the snapshot of a set, one after the other, and gives
// the median time until readers have the new snapshot. Beside it, one client asks
// Q1 again and again, while records are added and while none are. For comparison
// it gives the longest time for which the system kept a core from a loop that only
// reads the clock.
func Adding(ctx context.Context, snap *index.Snapshot, set *synthetic.Set, rounds int) ([]Figure, error) {
	api, err := schema.New()
	if err != nil {
		return nil, err
	}
	list, err := questions(snap, 1)
	if err != nil {
		return nil, err
	}
	bodies, err := list[0].bodies()
	if err != nil {
		return nil, err
	}
	holder := &index.Holder{}
	holder.Swap(snap)
	address, stop, err := loopback(&graphqlhttp.Handler{Schema: api, Holder: holder, Log: zerolog.Nop()})
	if err != nil {
		return nil, err
	}
	defer stop()
	one, asks := client{address, 1}, requests(address, bodies)
	if _, err := one.run(asks, time.Second); err != nil { // warms up
		return nil, err
	}
	alone, err := one.run(asks, time.Second)
	if err != nil {
		return nil, err
	}
	kept := keptWaiting(time.Second)
	var added, beside []time.Duration
	asking, end := context.WithCancel(ctx)
	defer end()
	finished := make(chan error, 1)
	go func() {
		var err error
		for err == nil && asking.Err() == nil {
			var took []time.Duration
			took, err = one.run(asks, 50*time.Millisecond)
			beside = append(beside, took...)
		}
		finished <- err
	}()
	for i := range 4 * rounds {
		r := set.Record(i % set.Len())
		r.ID = fmt.Sprintf("added-%d", i)
		unit := rdf.RecordUnit(snap.Base, r, nil)
		start := time.Now()
		more, ok := holder.Current().With([]rdf.Unit{unit}, start)
		if !ok {
			end()
			<-finished
			return nil, fmt.Errorf("record %s could not be added", r.ID)
		}
		holder.Swap(more)
		added = append(added, time.Since(start))
		time.Sleep(20 * time.Millisecond)
	}
	end()
	if err := <-finished; err != nil {
		return nil, err
	}
	figure := func(name string, d time.Duration) Figure {
		return Figure{Events: len(snap.Events), Name: name, Value: float64(d) / float64(time.Millisecond), Unit: "ms"}
	}
	for _, list := range [][]time.Duration{alone, beside, added} {
		slices.Sort(list)
	}
	out := []Figure{figure("a loop that only reads the clock, on each core, longest wait", kept), figure("add a record to the snapshot", added[len(added)/2]), figure("add a record to the snapshot, longest", added[len(added)-1])}
	for name, list := range map[string][]time.Duration{"Q1, one client": alone, "Q1, one client, while records are added": beside} {
		out = append(out, figure(name, list[len(list)/2]), figure(name+", 999 of 1000 within", list[len(list)*999/1000]), figure(name+", longest", list[len(list)-1]))
	}
	slices.SortStableFunc(out, func(a, b Figure) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

// keptWaiting occupies all cores for so long, and gives the longest time for which
// one of them did something else.
func keptWaiting(long time.Duration) time.Duration {
	var cores sync.WaitGroup
	longest := make([]time.Duration, runtime.GOMAXPROCS(0))
	for i := range longest {
		cores.Go(func() {
			last := time.Now()
			for end := last.Add(long); last.Before(end); {
				now := time.Now()
				longest[i] = max(longest[i], now.Sub(last))
				last = now
			}
		})
	}
	cores.Wait()
	return slices.Max(longest)
}
