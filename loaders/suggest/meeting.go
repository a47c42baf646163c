package suggest

import (
	"fmt"
	"slices"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"
)

// meeting is a record as this package reads it: who is named, resolved.
type meeting struct {
	id      string
	series  string // id, or folded name
	ordinal int
	date    string
	parties []graph.ID // sorted
	named   []named
}

// named is a person or body as a record names it.
type named struct {
	path    string
	kind    graph.Kind
	name    string
	ref     graph.ID // the entry that it resolved to, known or made
	made    graph.ID // ref, where no entry was known
	title   string   // the position of a person
	body    graph.ID // where a person works
	side    graph.ID
	sources []string
}

// read resolves the names of a copy of a record.
func (s *Suggester) read(r *graph.Record) *meeting {
	c := attendance(r)
	s.gazetteer.Resolve(c)
	m := &meeting{id: c.ID, series: seriesOf(c), ordinal: c.Event.Ordinal, date: c.Event.Date}
	for i, d := range c.Delegations {
		m.parties = append(m.parties, d.PartyRef.ID)
		for j, p := range d.Participants {
			s.participant(m, c, fmt.Sprintf("delegations[%d].participants[%d]", i, j), p, d.PartyRef.ID)
		}
	}
	slices.Sort(m.parties)
	for i, p := range c.Participants {
		s.participant(m, c, fmt.Sprintf("participants[%d]", i), p, p.SideRef.ID)
	}
	for i, q := range c.Quotations {
		p := graph.Participant{Person: q.Person, Organisation: q.Organisation, PersonRef: q.PersonRef, ActorRef: q.ActorRef, Support: q.Support}
		s.participant(m, c, fmt.Sprintf("quotations[%d]", i), p, q.SideRef.ID)
	}
	return m
}

// attendance copies what says who took part, so that resolving it leaves the
// record as it was.
func attendance(r *graph.Record) *graph.Record {
	c := &graph.Record{ID: r.ID, Event: r.Event, Sources: r.Sources}
	c.Delegations = slices.Clone(r.Delegations)
	for i := range c.Delegations {
		c.Delegations[i].Participants = slices.Clone(c.Delegations[i].Participants)
	}
	c.Participants = slices.Clone(r.Participants)
	c.Quotations = slices.Clone(r.Quotations)
	return c
}

func seriesOf(r *graph.Record) string {
	if r.Event.Series.ID != "" {
		return r.Event.Series.ID
	}
	if id := r.Event.SeriesRef.ID; id != "" {
		return id.Slug()
	}
	return names.Fold(r.Event.Series.Name)
}

func (s *Suggester) participant(m *meeting, r *graph.Record, path string, p graph.Participant, side graph.ID) {
	body := p.ActorRef.ID
	if side == "" && s.gazetteer.Has(body) {
		side = s.gazetteer.Root(body)
	}
	at := named{side: side, sources: sourcesOf(r, p.Support)}
	if p.Person != "" {
		n := at
		n.path, n.kind, n.name, n.ref, n.title, n.body = path+".person", graph.KindPerson, p.Person, p.PersonRef.ID, p.Position, body
		m.named = append(m.named, s.new(n))
	}
	if p.Organisation != "" {
		n := at
		n.path, n.kind, n.name, n.ref = path+".organisation", graph.KindActor, p.Organisation, body
		m.named = append(m.named, s.new(n))
	}
}

// new marks a name that no entry bears.
func (s *Suggester) new(n named) named {
	if n.ref != "" && !s.gazetteer.Has(n.ref) {
		n.made = n.ref
	}
	return n
}

// sourcesOf gives the sources behind a statement.
func sourcesOf(r *graph.Record, support []string) []string {
	if len(support) == 0 && len(r.Sources) == 1 {
		return []string{r.Sources[0].ID}
	}
	var out []string
	for _, text := range support {
		if sup, err := graph.ParseSupport(text); err == nil {
			out = append(out, sup.Source)
		}
	}
	return out
}

// attend reads a record and notes with each entry where it took part.
func (s *Suggester) attend(e *graph.Record) *meeting {
	m := s.read(e)
	for _, n := range m.named {
		if p := s.entries[n.ref]; p != nil {
			p.attended = append(p.attended, attended{m, n})
		}
	}
	return m
}

// same tells that two records are of one meeting: by their id, by number in
// their series, or by who met and when.
func (m *meeting) same(o *meeting) bool {
	switch {
	case m.id == o.id:
		return true
	case m.series != "" && o.series != "" && m.series != o.series:
		return false
	case m.series != "" && m.series == o.series && m.ordinal > 0 && o.ordinal > 0:
		return m.ordinal == o.ordinal
	default:
		return len(m.parties) > 1 && slices.Equal(m.parties, o.parties) && !slices.Contains(m.parties, "") && sameDays(m.date, o.date)
	}
}

// sameDays tells that two dates, known to the day, have a day in common.
func sameDays(a, b string) bool {
	x, errX := edtf.Parse(a)
	y, errY := edtf.Parse(b)
	return errX == nil && errY == nil && x.Precision() == edtf.Day && y.Precision() == edtf.Day && x.Possible(y)
}

// sideBySide tells that one source names both: then they are two.
func (s *Suggester) sideBySide(m *meeting, n named, id graph.ID) bool {
	if m.together(n, id) {
		return true
	}
	for _, o := range s.meetings {
		if o.together(n, id) {
			return true
		}
	}
	return false
}

func (m *meeting) together(n named, id graph.ID) bool {
	for _, a := range m.named {
		if a.ref != id {
			continue
		}
		for _, b := range m.named {
			if b.ref == n.ref && shared(a.sources, b.sources) {
				return true
			}
		}
	}
	return false
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
