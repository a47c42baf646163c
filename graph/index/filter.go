package index

import (
	"context"
	"fmt"
	"math"
	"slices"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
)

// Ref points to things by identifier or by any of their names.
type Ref struct {
	ID   graph.ID
	Name string
}

// IsZero tells that the reference is not given.
func (r Ref) IsZero() bool { return r == Ref{} }

// EventFilter selects events; what is zero selects all. Lists of one closed
// field are alternatives; Parties, Attended, Topics and References must all fit.
type EventFilter struct {
	And, Or    []EventFilter
	Not        *EventFilter
	IDs        []graph.ID
	Text       string
	Kinds      []string
	Statuses   []string
	Modes      []string
	Reviewed   *bool
	Disputed   *bool
	Series     Ref
	Ordinal    *Range
	Date       DateFilter
	Place      Ref
	Country    Ref
	Parties    []Ref
	Attended   []Attendance
	Topics     []TopicFilter
	References []ReferenceFilter
	Source     Ref

	// Conditions on the events' lists.
	Participations Quantified[ParticipationFilter]
	AnyTopics      Quantified[TopicFilter]
	AnyReferences  Quantified[ReferenceFilter]

	// Claims says which of the values that sources give count where they
	// disagree: of Date, Ordinal, Modes, Place and Country.
	Claims Claims
}

// Quantified is a condition on the items of a list: that some fit, that every
// one does (which holds of an empty list), that none does.
type Quantified[F any] struct{ Some, Every, None *F }

// quantify gives what tests a list, given what makes a test of a condition.
func quantify[F, T any](q Quantified[F], test func(*F) func(T) bool) func([]T) bool {
	var tests []func([]T) bool
	if q.Some != nil {
		t := test(q.Some)
		tests = append(tests, func(list []T) bool { return slices.ContainsFunc(list, t) })
	}
	if q.Every != nil {
		t := test(q.Every)
		tests = append(tests, func(list []T) bool { return !slices.ContainsFunc(list, func(x T) bool { return !t(x) }) })
	}
	if q.None != nil {
		t := test(q.None)
		tests = append(tests, func(list []T) bool { return !slices.ContainsFunc(list, t) })
	}
	if len(tests) == 0 {
		return nil
	}
	return func(list []T) bool {
		return !slices.ContainsFunc(tests, func(t func([]T) bool) bool { return !t(list) })
	}
}

// Range is a range of whole numbers; both ends belong to it.
type Range struct{ Least, Most int }

// has tells whether a number, which must be known, lies in the range.
func (r *Range) has(n int) bool { return n != 0 && r.Least <= n && n <= r.Most }

// DateFilter selects by uncertain date. Certain wants every day that the date
// may mean inside; otherwise one is enough.
type DateFilter struct {
	Windows []edtf.Date // all of them
	Certain bool
}

// Since is the window from the first day of a date on.
func Since(d edtf.Date) (edtf.Date, error) {
	day, ok := d.Earliest()
	if !ok || day.Year() > 9999 {
		return d, fmt.Errorf("%s has no first day", d)
	}
	return edtf.Parse(day.Format("2006-01-02") + "/..")
}

// Until is the window up to the last day of a date.
func Until(d edtf.Date) (edtf.Date, error) {
	day, ok := d.Latest()
	if !ok || day.Year() > 9999 {
		return d, fmt.Errorf("%s has no last day", d)
	}
	return edtf.Parse("../" + day.Format("2006-01-02"))
}

// During is the date itself as a window.
func During(d edtf.Date) (edtf.Date, error) { return d, nil }

// idSet is what a reference points to; nil where none is given.
type idSet map[graph.ID]bool

func (s *Snapshot) set(r Ref, kinds ...graph.Kind) idSet {
	if r.IsZero() {
		return nil
	}
	out := idSet{}
	if r.ID != "" {
		out[r.ID] = true
		return out
	}
	for _, k := range kinds {
		for _, n := range s.Lookup(k, r.Name) {
			out[n.NodeID()] = true
		}
	}
	return out
}

func (ids idSet) has(n Thing) bool { return ids == nil || ids[n.NodeID()] }

// withUnits adds all bodies below the actors of a set.
func (s *Snapshot) withUnits(ids idSet) idSet {
	var add func(a *Actor)
	add = func(a *Actor) {
		for _, u := range a.Units {
			if !ids[u.ID] {
				ids[u.ID] = true
				add(u)
			}
		}
	}
	for id := range ids {
		if a, ok := Get[*Actor](s, id); ok {
			add(a)
		}
	}
	return ids
}

func (s *Snapshot) withNarrower(ids idSet) idSet {
	var add func(t *Topic)
	add = func(t *Topic) {
		for _, n := range t.Narrower {
			if !ids[n.ID] {
				ids[n.ID] = true
				add(n)
			}
		}
	}
	for id := range ids {
		if t, ok := Get[*Topic](s, id); ok {
			add(t)
		}
	}
	return ids
}

type eventTest func(*Event) bool

// Select gives the events of a list that a filter selects, in its order. Where
// the context ends first, it stops early: what it gives then is of no use.
func (s *Snapshot) Select(ctx context.Context, events []*Event, f *EventFilter) []*Event {
	return s.SelectEach(ctx, [][]*Event{events}, f)[0]
}

// SelectEach does the same for many lists, looking the filter's names up once.
// Of all events it looks only at those that a condition leaves, where it can.
func (s *Snapshot) SelectEach(ctx context.Context, lists [][]*Event, f *EventFilter) [][]*Event {
	lists, test := s.Narrow(lists, f)
	if test == nil {
		return lists
	}
	return selectEach(ctx, lists, test)
}

// Narrow gives for each list one of those of its events that a filter may select,
// in their order, and what tells whether it does; nil where it selects all.
func (s *Snapshot) Narrow(lists [][]*Event, f *EventFilter) ([][]*Event, func(*Event) bool) {
	if f == nil {
		return lists, nil
	}
	if len(lists) == 1 && len(lists[0]) == len(s.Events) && len(s.Events) > 0 && &lists[0][0] == &s.Events[0] {
		lists = [][]*Event{s.candidates(f)}
	}
	return lists, s.eventTest(f)
}

// EventListTest gives what tests the list of a thing's events; nil where the
// condition is empty.
func (s *Snapshot) EventListTest(q Quantified[EventFilter]) func([]*Event) bool {
	return quantify(q, func(f *EventFilter) func(*Event) bool { return s.eventTest(f) })
}

// stride is how many steps a loop takes between two looks at its context.
const stride = 1024

func selectEach[T any](ctx context.Context, lists [][]T, test func(T) bool) [][]T {
	out := make([][]T, len(lists))
	for i, list := range lists {
		out[i] = Passing(ctx, list, test)
	}
	return out
}

// Passing gives the items of a list that pass a test. Where the context ends
// first, it stops early.
func Passing[T any](ctx context.Context, list []T, test func(T) bool) []T {
	var out []T
	for i, x := range list {
		if i%stride == stride-1 && ctx.Err() != nil {
			break
		}
		if test(x) {
			out = append(out, x)
		}
	}
	return out
}

// eventTest resolves a filter's references once and gives what tests events.
func (s *Snapshot) eventTest(f *EventFilter) eventTest {
	tests := []eventTest{s.plainTest(f)}
	for i := range f.And {
		tests = append(tests, s.eventTest(&f.And[i]))
	}
	if len(f.Or) > 0 {
		var any []eventTest
		for i := range f.Or {
			any = append(any, s.eventTest(&f.Or[i]))
		}
		tests = append(tests, func(e *Event) bool { return slices.ContainsFunc(any, func(t eventTest) bool { return t(e) }) })
	}
	if f.Not != nil {
		not := s.eventTest(f.Not)
		tests = append(tests, func(e *Event) bool { return !not(e) })
	}
	for _, p := range f.Parties {
		set := s.set(p, graph.KindActor)
		tests = append(tests, func(e *Event) bool { return slices.ContainsFunc(e.Parties, func(a *Actor) bool { return set[a.ID] }) })
	}
	for i := range f.Attended {
		tests = append(tests, s.attendanceTest(&f.Attended[i]))
	}
	for i := range f.Topics {
		tests = append(tests, s.topicTest(&f.Topics[i]))
	}
	for i := range f.References {
		tests = append(tests, s.referenceTest(&f.References[i]))
	}
	tests = append(tests, s.listTests(f)...)
	return func(e *Event) bool {
		for _, t := range tests {
			if !t(e) {
				return false
			}
		}
		return true
	}
}

// listTests tests the lists of an event.
func (s *Snapshot) listTests(f *EventFilter) []eventTest {
	var tests []eventTest
	if t := quantify(f.Participations, s.participationTest); t != nil {
		tests = append(tests, func(e *Event) bool { return t(e.Participations) })
	}
	if t := quantify(f.AnyTopics, s.discussionTest); t != nil {
		tests = append(tests, func(e *Event) bool { return t(e.Topics) })
	}
	if t := quantify(f.AnyReferences, s.referringTest); t != nil {
		tests = append(tests, func(e *Event) bool { return t(e.References) })
	}
	return tests
}

// plainTest tests what an event is by itself.
func (s *Snapshot) plainTest(f *EventFilter) eventTest {
	series, place, country := s.set(f.Series, graph.KindSeries), s.set(f.Place, graph.KindPlace), s.set(f.Country, graph.KindPlace)
	source := s.set(f.Source, graph.KindSource)
	words := s.wordNumbersOf(names.Words(f.Text))
	return func(e *Event) bool {
		x := &e.As
		switch {
		case f.IDs != nil && !slices.Contains(f.IDs, e.ID),
			!among(f.Kinds, x.Kind), !among(f.Statuses, x.Status),
			f.Modes != nil && !e.anyText("mode", orUnknown(x.Mode), f.Claims, func(mode string) bool { return slices.Contains(f.Modes, mode) }),
			f.Reviewed != nil && *f.Reviewed != (e.As.Reviewed),
			f.Disputed != nil && *f.Disputed != (len(e.Conflicts) > 0),
			series != nil && (e.Series == nil || !series.has(e.Series)),
			f.Ordinal != nil && !slices.ContainsFunc(e.ordinals(f.Claims), f.Ordinal.has),
			len(f.Date.Windows) > 0 && !e.mayFit(f),
			place != nil && !slices.ContainsFunc(s.places(e, f.Claims), func(p *Place) bool { return place.has(p) || p.Country != nil && place.has(p.Country) }),
			country != nil && !slices.ContainsFunc(s.places(e, f.Claims), func(p *Place) bool { return country.has(p) || p.Country != nil && country.has(p.Country) }),
			source != nil && !slices.ContainsFunc(e.Sources, func(x *Source) bool { return source.has(x) }),
			len(words) > 0 && !e.saysAll(words):
			return false
		}
		return true
	}
}

func among(allowed []string, value string) bool {
	return allowed == nil || slices.Contains(allowed, value)
}

func orUnknown(mode string) string {
	if mode == "" {
		return "unknown"
	}
	return mode
}

// saysAll tells whether each word, by its number, stands in the event's names,
// topics, references, outcomes or cited passages.
func (e *Event) saysAll(words []uint32) bool {
	return !slices.ContainsFunc(words, func(w uint32) bool {
		_, found := slices.BinarySearch(e.words, w)
		return !found
	})
}

// wordNumbersOf gives the numbers of words; one that no event says has none that
// any has.
func (s *Snapshot) wordNumbersOf(words []string) []uint32 {
	out := make([]uint32, len(words))
	for i, w := range words {
		n, ok := s.wordNumber(w)
		if !ok {
			n = math.MaxUint32
		}
		out[i] = n
	}
	return out
}

// mayFit tells whether a date of the event, of those that count, fits.
func (e *Event) mayFit(f *EventFilter) bool {
	if len(e.Conflicts) == 0 {
		return f.Date.fits(e.Date.Value)
	}
	return slices.ContainsFunc(e.dates(f.Claims), f.Date.fits)
}

func (f *DateFilter) fits(d edtf.Date) bool {
	if len(f.Windows) > 0 && d.IsZero() {
		return false
	}
	for _, window := range f.Windows {
		if f.Certain && !d.Certain(window) || !f.Certain && !d.Possible(window) {
			return false
		}
	}
	return true
}
