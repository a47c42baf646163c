package index

import (
	"math"
	"slices"
	"sort"

	"dialograph/graph"
	"dialograph/graph/edtf"
)

// candidates narrows all events to those that a filter may select, where its
// conditions have lists at hand, by date as all are: those of a topic, an
// instrument, a series, identifiers, and those whose days may lie in a window.
func (s *Snapshot) candidates(f *EventFilter) []*Event {
	out := s.Events
	narrow := func(list []*Event) {
		if len(list) < len(out) {
			out = list
		}
	}
	if f.IDs != nil {
		narrow(eventsOf(s, f.IDs, func(e *Event) []*Event { return []*Event{e} }))
	}
	if !f.Series.IsZero() {
		narrow(eventsOf(s, s.set(f.Series, graph.KindSeries).list(), s.Sessions))
	}
	for i := range f.Topics {
		if t := &f.Topics[i]; !t.Topic.IsZero() {
			topics := s.set(t.Topic, graph.KindTopic)
			if t.IncludeNarrower {
				topics = s.withNarrower(topics)
			}
			narrow(eventsOf(s, topics.list(), func(t *Topic) []*Event { return s.OfTopic(t).Events }))
		}
	}
	for i := range f.References {
		if r := &f.References[i]; !r.Target.IsZero() && r.Target.ID.Kind() == graph.KindInstrument {
			narrow(eventsOf(s, []graph.ID{r.Target.ID}, func(x *Instrument) []*Event { return ReferringEvents(s.ReferencesTo(x)) }))
		}
	}
	for i := range f.And {
		narrow(s.candidates(&f.And[i]))
	}
	for _, w := range f.Date.Windows {
		out = s.mayLieIn(out, w)
	}
	return out
}

func (ids idSet) list() []graph.ID {
	out := make([]graph.ID, 0, len(ids))
	for id := range ids {
		out = append(out, id)
	}
	return out
}

// eventsOf joins the events of things, by date.
func eventsOf[T Thing](s *Snapshot, ids []graph.ID, of func(T) []*Event) []*Event {
	if len(ids) == 1 {
		if x, ok := Get[T](s, ids[0]); ok {
			list := of(x)
			if _, byNumber := any(x).(*Series); !byNumber || slices.IsSortedFunc(list, byDate) {
				return list
			}
		}
	}
	var out []*Event
	for _, id := range ids {
		if x, ok := Get[T](s, id); ok {
			out = append(out, of(x)...)
		}
	}
	return inOrder(out)
}

// mayLieIn cuts events by date to those between the first and the last that may
// share a day with a window, whichever of their claimed dates counts.
func (s *Snapshot) mayLieIn(events []*Event, window edtf.Date) []*Event {
	first, last := window.Days()
	begin := sort.Search(len(s.latest), func(i int) bool { return s.latest[i] >= first })
	end := sort.Search(len(s.earliest), func(i int) bool { return s.earliest[i] > last })
	at := func(order int) int {
		if order == len(s.Events) {
			return len(events)
		}
		return sort.Search(len(events), func(i int) bool { return byDate(events[i], s.Events[order]) >= 0 })
	}
	from := at(begin)
	return events[from:max(from, at(end))]
}

// bounds notes for each event the last day that it or one before it may be, and
// the first day that it or one after it may be, in the order of all events.
func (b *builder) bounds() {
	n := len(b.Events)
	b.latest, b.earliest = make([]int64, n), make([]int64, n)
	for i, e := range b.Events {
		b.earliest[i], b.latest[i] = e.mayBe()
		if i > 0 {
			b.latest[i] = max(b.latest[i], b.latest[i-1])
		}
	}
	for i := n - 2; i >= 0; i-- {
		b.earliest[i] = min(b.earliest[i], b.earliest[i+1])
	}
}

// mayBe gives the first and the last day that an event may be, whatever claims
// count; of an event of no date, the last day of all and the first.
func (e *Event) mayBe() (first, last int64) {
	first, last = math.MaxInt64, math.MinInt64
	take := func(d edtf.Date) {
		if !d.IsZero() {
			a, b := d.Days()
			first, last = min(first, a), max(last, b)
		}
	}
	take(e.Date.Value)
	if len(e.Conflicts) > 0 {
		for _, d := range e.dates(AllClaims) {
			take(d)
		}
	}
	return first, last
}

// boundsWith is bounds where some events were added to those of a snapshot, of
// which none is looked at.
func (b *builder) boundsWith(before *Snapshot, added []*Event) {
	added = slices.SortedFunc(slices.Values(added), byDate)
	n := len(before.Events)
	latest, earliest := make([]int64, 0, n+len(added)), make([]int64, 0, n+len(added))
	where, from := make([]int, len(added)), 0
	for k, e := range added {
		to, _ := slices.BinarySearchFunc(before.Events, e, byDate)
		first, last := e.mayBe()
		latest = append(appendAll(b.pace, latest, before.latest[from:to]), last)
		earliest = append(appendAll(b.pace, earliest, before.earliest[from:to]), first)
		where[k], from = to+k, to
	}
	latest, earliest = appendAll(b.pace, latest, before.latest[from:]), appendAll(b.pace, earliest, before.earliest[from:])
	for _, at := range where {
		latest[at] = max(latest[at], latest[max(at-1, 0)])
		for i := at + 1; i < len(latest) && latest[i] < latest[i-1]; i++ {
			latest[i] = latest[i-1]
		}
	}
	for _, at := range slices.Backward(where) {
		earliest[at] = min(earliest[at], earliest[min(at+1, len(earliest)-1)])
		for i := at - 1; i >= 0 && earliest[i] > earliest[i+1]; i-- {
			earliest[i] = earliest[i+1]
		}
	}
	b.latest, b.earliest = latest, earliest
}
