package suggest

import (
	"slices"
	"strings"

	"dialograph/graph/names"
)

// emptyWords say nothing in the title of a position or the name of a body.
var emptyWords = strings.Fields("of the for and in at on to a an charge")

// rankWords say how high somebody stands, not what for.
var rankWords = strings.Fields(`director directors general deputy vice assistant acting managing senior junior principal head chief minister secretary
ambassador ambassadors adviser advisor counsellor counselor coordinator commissioner officer official representative special envoy state under
at-large large professor chair chairman president member team leader lead expert executive first second division department bureau`)

// sameWords are spellings of one word.
var sameWords = map[string]string{
	"defense": "defence", "center": "centre", "cybersecurity": "cyber security", "organization": "organisation",
	"programs": "programme", "program": "programme", "advisor": "adviser", "counselor": "counsellor", "dept": "department", "intl": "international",
}

// titleWords gives the words of a title that say something, sorted.
func titleWords(title string) []string {
	if before, _, ok := strings.Cut(title, "["); ok {
		title = before // an editor's remark
	}
	words := plainWords(title)
	slices.Sort(words)
	return slices.Compact(words)
}

// plainWords are the words of a name in one spelling, without the empty ones.
func plainWords(text string) []string {
	var out []string
	for _, w := range names.Words(text) {
		w = singular(w)
		if same, ok := sameWords[w]; ok {
			w = same
		}
		for _, part := range strings.Fields(w) {
			if !slices.Contains(emptyWords, part) {
				out = append(out, part)
			}
		}
	}
	return out
}

func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") {
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// titlesAlike compares two titles. One that is mere rank ("Director") is nobody's
// alone, so the same is only near; so are a deputy and the head.
func titlesAlike(a, b string) officeLikeness {
	x, y := titleWords(a), titleWords(b)
	if len(x) == 0 || len(y) == 0 {
		return unknownOffice
	}
	common := intersect(x, y)
	specific := slices.ContainsFunc(common, func(w string) bool { return !slices.Contains(rankWords, w) })
	dice := 2 * float64(len(common)) / float64(len(x)+len(y))
	switch {
	case slices.Equal(x, y) && specific:
		return sameOffice
	case slices.Equal(x, y):
		return nearOffice
	case !specific || !shared(common, rankWords):
		return otherOffice
	case len(common) == min(len(x), len(y)), dice >= .7:
		return nearOffice
	}
	return otherOffice
}

func intersect(a, b []string) []string {
	var out []string
	for _, w := range a {
		if slices.Contains(b, w) {
			out = append(out, w)
		}
	}
	return out
}
