package index

import (
	"time"

	"dialograph/graph/rdf"
)

// pace lets queries go first while something is added to a snapshot. While all
// cores are busy, the scheduler looks for what came over the network only every
// ten milliseconds; it looks at once when one of them has nothing to do. A pace
// that is nil never rests: nobody asks a snapshot that is made anew.
type pace struct{ since time.Time }

// stretch is how long something is worked at before queries may go first.
const stretch = 300 * time.Microsecond

// rest is called between steps that are much shorter than a stretch.
func (p *pace) rest() {
	if p == nil || time.Since(p.since) < stretch {
		return
	}
	time.Sleep(20 * time.Microsecond)
	p.since = time.Now()
}

// copied is how many items are copied in one step.
const copied = 4 << 10

func appendAll[T any](p *pace, to, list []T) []T {
	for len(list) > copied {
		to, list = append(to, list[:copied]...), list[copied:]
		p.rest()
	}
	return append(to, list...)
}

// copyOf is a copy of a list, with room for some more.
func copyOf[T any](p *pace, list []T) []T {
	p.rest()
	return appendAll(p, make([]T, 0, len(list)+16), list)
}

// shift moves all but the last item of a list by one place.
func shift[T any](p *pace, list []T) {
	for len(list) > copied {
		rest := len(list) - copied
		copy(list[rest:], list[rest-1:])
		list = list[:rest]
		p.rest()
	}
	copy(list[1:], list)
}

// restingView rests whenever it is asked.
type restingView struct {
	rdf.View
	pace *pace
}

// Stated implements rdf.View.
func (v restingView) Stated(subject, predicate string) []rdf.Stated {
	v.pace.rest()
	return v.View.Stated(subject, predicate)
}

// Subjects implements rdf.View.
func (v restingView) Subjects(predicate, object string) []string {
	v.pace.rest()
	return v.View.Subjects(predicate, object)
}
