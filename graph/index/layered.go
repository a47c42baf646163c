package index

// What is added to a snapshot again and again lies in layers, so that an addition
// costs what it brings and not what was added before. Each layer is larger than
// the next, so there are few: one that is not is joined with it.

// withLayer gives layers with one more. The layers given stay as they are.
func withLayer[L any](layers []L, more L, size func(L) int, join func(a, b L) L) []L {
	n := len(layers)
	for n > 0 && size(layers[n-1]) <= size(more) {
		more = join(layers[n-1], more)
		n--
	}
	return append(layers[:n:n], more)
}

// layered is a map in layers.
type layered[K comparable, V any] []map[K]V

func (l layered[K, V]) get(key K) (V, bool) {
	for i := len(l) - 1; i >= 0; i-- {
		if v, ok := l[i][key]; ok {
			return v, true
		}
	}
	var none V
	return none, false
}

func (l layered[K, V]) len() int {
	n := 0
	for _, m := range l {
		n += len(m)
	}
	return n
}

// with gives the map with more keys, which it does not have yet.
func (l layered[K, V]) with(p *pace, more map[K]V) layered[K, V] {
	if len(more) == 0 {
		return l
	}
	size := func(m map[K]V) int { return len(m) }
	return withLayer(l, more, size, func(a, b map[K]V) map[K]V {
		out := make(map[K]V, len(a)+len(b))
		for _, m := range []map[K]V{a, b} {
			for k, v := range m {
				out[k] = v
				p.rest()
			}
		}
		return out
	})
}
