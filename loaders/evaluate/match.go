package evaluate

import "slices"

// pair is something found with the gold item that it is.
type pair[P, G any] struct {
	found P
	gold  G
}

// match pairs each thing found with the first gold item still free that is the
// same. It returns the pairs, what was found beyond them, and what was missed.
func match[P, G any](found []P, gold []G, same func(P, G) bool) (pairs []pair[P, G], extra []P, missed []G) {
	missed = slices.Clone(gold)
	for _, p := range found {
		i := slices.IndexFunc(missed, func(g G) bool { return same(p, g) })
		if i < 0 {
			extra = append(extra, p)
			continue
		}
		pairs = append(pairs, pair[P, G]{p, missed[i]})
		missed = slices.Delete(missed, i, i+1)
	}
	return pairs, extra, missed
}

// without gives the items that drop does not hold of, in a list of their own.
func without[T any](items []T, drop func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(items), drop)
}

// anyOf tells whether same holds of any two of a and b.
func anyOf(a, b []string, same func(a, b string) bool) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return same(x, y) })
	})
}

// forms gives every way in which an item names itself.
func forms(names ...string) []string {
	return without(names, func(name string) bool { return name == "" })
}

func namesOf(values []value) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.name()
	}
	return out
}

func overlapsBy(threshold float64) func(a, b string) bool {
	return func(a, b string) bool { return overlap(a, b) >= threshold }
}
