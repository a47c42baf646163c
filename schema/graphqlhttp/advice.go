package graphqlhttp

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	edlib "github.com/hbollon/go-edlib"
)

// advise says what someone may have meant who wrote a name that does not
// exist: the names near it, or all that there are if they are few.
func advise(name string, names []string, introduce string) string {
	if near := nearest(name, names); len(near) > 0 {
		return " Did you mean " + orList(near) + "?"
	}
	switch {
	case introduce == "" || len(names) > 20:
		return ""
	case len(names) == 0:
		return " " + introduce + " none."
	}
	return " " + introduce + " " + strings.Join(names, ", ") + "."
}

const (
	maxAdvice  = 3
	longestTry = 60 // characters; a longer name is no slip of the hand
)

// nearest gives up to three names that a few slips of the hand are away.
func nearest(name string, names []string) []string {
	if name == "" || len(name) > longestTry {
		return nil
	}
	distance := map[string]int{}
	for _, n := range names {
		d := edlib.OSADamerauLevenshteinDistance(strings.ToLower(name), strings.ToLower(n))
		if d <= len(name)*2/5+1 && d < max(len(name), len(n)) {
			distance[n] = d
		}
	}
	near := sortedKeys(distance)
	slices.SortStableFunc(near, func(a, b string) int { return distance[a] - distance[b] })
	if len(near) > 0 {
		furthest := distance[near[0]] + 1
		near = slices.DeleteFunc(near, func(n string) bool { return distance[n] > furthest })
	}
	return near[:min(len(near), maxAdvice)]
}

// orList writes names as "a", "b" or "c".
func orList(names []string) string {
	var quoted []string
	for _, n := range names {
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	last := len(quoted) - 1
	if last == 0 {
		return quoted[0]
	}
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
