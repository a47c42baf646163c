package index

import (
	"context"
	"sync"

	"github.com/maypok86/otter/v2"
)

// keeper keeps what was worked out of a snapshot and took some work, those asked
// for most. It ends with the snapshot.
type keeper struct {
	once sync.Once
	kept *otter.Cache[any, keptValue]
}

type keptValue struct {
	value  any
	weight int
}

// mostKept is how many items all kept values may have together: some 50 bytes
// each.
const mostKept = 4 << 20

func (k *keeper) open() *otter.Cache[any, keptValue] {
	k.once.Do(func() {
		k.kept = otter.Must(&otter.Options[any, keptValue]{
			MaximumWeight: mostKept,
			Weigher:       func(_ any, v keptValue) uint32 { return uint32(v.weight) + 1 },
		})
	})
	return k.kept
}

// Keep gives what is kept under a key, or makes it and keeps it. The key says all
// that the value depends on beside the snapshot; the weight is its items. What
// was made while the context ended is not kept.
func Keep[T any](ctx context.Context, s *Snapshot, key any, make func() (value T, weight int)) T {
	if v, ok := s.keeper.open().GetIfPresent(key); ok {
		return v.value.(T)
	}
	v, weight := make()
	if ctx.Err() == nil {
		s.keeper.open().Set(key, keptValue{v, weight})
	}
	return v
}
