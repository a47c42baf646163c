package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
)

// sourceID is the local id of the one source of an extracted record.
const sourceID = "s1"

// record puts what was found into a dialogue record.
func (rd *reading) record() *graph.Record {
	r := &graph.Record{Schema: graph.RecordSchema, Review: "unreviewed"}
	w := &writer{rd: rd, r: r, passages: map[graph.Span]string{}}
	w.event()
	w.delegations()
	w.mentions()
	w.sequence()
	w.story()
	r.ID = w.id()
	r.Sources = []graph.Source{w.source()}
	return r
}

// writer fills a record and keeps the passages that it cites.
type writer struct {
	rd       *reading
	r        *graph.Record
	passages map[graph.Span]string
}

// cite gives the support of tokens of a sentence and notes the finding.
func (w *writer) cite(s *sentence, first, last int, rule, field, value string) []string {
	start, end := s.passage.Start, s.passage.End
	if first < last && last <= len(s.toks) {
		start, end = s.toks[first].Start, s.toks[last-1].End
	}
	span := w.rd.doc.Span(start, end)
	w.passages[span] = w.rd.doc.Text[start:end]
	w.rd.findings = append(w.rd.findings, Finding{Rule: rule, Field: field, Value: value, Span: span})
	return []string{graph.Support{Source: sourceID, Span: &span}.String()}
}

func (w *writer) event() {
	ev, e := &w.rd.event, &w.r.Event
	main := ev.main
	e.Support = map[string][]string{}
	e.Name = w.rd.eventName()
	named := w.rd.fullest()
	e.Support["name"] = w.cite(named.s, named.c.first, named.c.last, "event.name", "event.name", e.Name)
	e.Kind, e.Status, e.StatusBasis = main.kind, ev.status, ev.statusFrom
	e.Support["kind"] = e.Support["name"]
	e.Support["status"] = w.cite(ev.statusAt, 0, 0, "event.status", "event.status", e.Status)
	if ev.ordinal > 0 {
		e.Ordinal = ev.ordinal
		e.Support["ordinal"] = w.cite(ev.ordinalS, 0, 0, "event.ordinal", "event.ordinal", fmt.Sprint(ev.ordinal))
	}
	if id := w.rd.seriesID(); id != "" {
		e.Series.ID = id
		e.Support["series"] = e.Support["name"]
	} else if name := w.rd.seriesName(); name != "" {
		e.Series.Name = name
		e.Support["series"] = e.Support["name"]
	}
	if date, note := ev.date.written(); date != "" {
		e.Date, e.DateBasis, e.DateNote = date, ev.dateHow, strings.TrimSpace(ev.dateNote+" "+note)
		e.Support["date"] = w.cite(ev.dateS, ev.date.first, ev.date.last, "event.date", "event.date", date)
	}
	e.Mode = cmp.Or(ev.mode, "unknown")
	if ev.mode != "" {
		e.Support["mode"] = w.cite(ev.modeS, ev.modeAt[0], ev.modeAt[1], "event.mode", "event.mode", ev.mode)
	}
	for _, h := range ev.hosts {
		name := h.s.line(h.c.first, h.c.last)
		e.Hosts = append(e.Hosts, name)
		e.Support["hosts"] = w.cite(h.s, h.c.first, h.c.last, "event.host", "event.hosts", name)
	}
	if ev.city != nil {
		e.City = ev.city.place.name
		e.Support["city"] = w.cite(ev.cityS, ev.city.first, ev.city.last, "event.city", "event.city", e.City)
		if country := ev.city.place.country; country != "" {
			e.Country = w.rd.x.states[country].name
			e.Support["country"] = e.Support["city"]
		}
	}
}

// fullest is the mention with the fullest name.
func (rd *reading) fullest() *meeting {
	best := rd.event.main
	for _, m := range rd.event.same {
		if score(m) > score(best) {
			best = m
		}
	}
	return best
}

// eventName is the fullest name that the text gives the meeting.
func (rd *reading) eventName() string {
	best := rd.fullest()
	if best.name != "" && rd.lex().is("weak-meeting", best.noun) && len(best.parties) == 0 {
		for _, m := range rd.event.same { // "Cyber Policy Consultation, 7th session"
			if m.capital && !rd.lex().is("weak-meeting", m.noun) {
				return m.name + ", " + best.name
			}
		}
	}
	if best.name != "" {
		return best.name
	}
	for _, s := range rd.sents {
		if s.kind == "heading" && len(s.toks) > 3 {
			return strings.Join(strings.Fields(s.whole()), " ")
		}
	}
	return strings.Join(strings.Fields(rd.event.main.s.line(0, min(12, len(rd.event.main.s.toks)))), " ")
}

func score(m *meeting) int {
	n := len(m.parties)
	if m.ordinal > 0 {
		n += 2
	}
	if m.capital {
		n++
	}
	return n
}

// seriesID gives the series of the authority files with the same parties and
// kind, where there is just one.
func (rd *reading) seriesID() string {
	if len(rd.event.sides) < 2 {
		return ""
	}
	var want []string
	for _, x := range rd.event.sides {
		want = append(want, x.slug)
	}
	slices.Sort(want)
	nouns := rd.nouns()
	var fit []string
	for _, s := range rd.x.series {
		have := slices.Clone(s.Parties)
		slices.Sort(have)
		if !slices.Equal(have, want) {
			continue
		}
		name := " " + names.Fold(s.Name)
		for _, a := range s.Aliases {
			name += " " + names.Fold(a.Text)
		}
		bears := slices.ContainsFunc(nouns, func(noun string) bool { return strings.Contains(name, " "+strings.TrimSuffix(noun, "s")) })
		if bears && strings.Contains(name, "cyber") == rd.isCyber() && strings.Contains(name, " track ") == rd.event.main.track {
			fit = append(fit, s.ID)
		}
	}
	if len(fit) == 1 {
		return fit[0]
	}
	return ""
}

// nouns are those by which the text calls the meeting, but for the weak ones,
// which say nothing of its series.
func (rd *reading) nouns() []string {
	var out []string
	for _, m := range rd.event.same {
		if !rd.lex().is("weak-meeting", m.noun) && !slices.Contains(out, m.noun) {
			out = append(out, m.noun)
		}
	}
	if len(out) == 0 {
		out = append(out, rd.event.main.noun)
	}
	return out
}

func (rd *reading) isCyber() bool {
	return slices.ContainsFunc(rd.event.same, func(m *meeting) bool { return isCyber(m.name) })
}

// seriesName is the name of the meeting without its number, where it has one.
func (rd *reading) seriesName() string {
	m := rd.fullest()
	if rd.event.ordinal == 0 || len(rd.event.sides) < 2 {
		return ""
	}
	var words []string
	for _, t := range strings.Fields(rd.eventName()) {
		f := key(t)
		if rd.lex().ordinal[f] > 0 || ordinalNumber(f) > 0 {
			continue
		}
		words = append(words, t)
	}
	name := strings.TrimPrefix(strings.Join(words, " "), "of ")
	if len(m.parties) < 2 {
		var parties []string
		for _, x := range rd.event.sides {
			parties = append(parties, x.name)
		}
		name = strings.Join(parties, "-") + " " + name
	}
	return name
}

// id is made of the series or the name, and the number or the day.
func (w *writer) id() string {
	e := &w.r.Event
	base := e.Series.ID
	if base == "" {
		base = slugOf(cmp.Or(e.Series.Name, e.Name))
	}
	switch {
	case e.Ordinal > 0:
		base += fmt.Sprintf("-%02d", e.Ordinal)
	case e.Date != "":
		base += "-" + slugOf(strings.NewReplacer("/", "-to-", "X", "x").Replace(e.Date))
	}
	return strings.TrimPrefix(base, "-")
}

// longestSlug leaves room for a number or a day within an id.
const longestSlug = 90

// slugOf makes an id of a name; "event" where the name has no letter of the
// Latin alphabet.
func slugOf(name string) string { return cmp.Or(names.Slug(name, longestSlug), "event") }

func (w *writer) delegations() {
	for _, x := range w.rd.event.sides {
		d := graph.Delegation{Party: x.name}
		if x.s != nil && x.c != nil {
			d.Support = w.cite(x.s, x.c.first, x.c.last, "event.party", "delegations.party", x.name)
		}
		for _, p := range w.rd.chairs {
			if p.side == x.slug {
				d.Participants = append(d.Participants, w.participant(p))
			}
		}
		for _, p := range w.rd.members {
			if p.side == x.slug {
				d.Participants = append(d.Participants, w.participant(p))
			}
		}
		w.r.Delegations = append(w.r.Delegations, d)
	}
	for _, p := range append(slices.Clone(w.rd.chairs), w.rd.members...) {
		if p.side == "" || w.rd.side(p.side) == nil {
			w.r.Participants = append(w.r.Participants, w.participant(p))
		}
	}
}

func (w *writer) participant(p *participation) graph.Participant {
	g := graph.Participant{Role: p.role, Note: p.note}
	if p.person != nil {
		g.Person, g.Position = p.person.name, p.person.position
		if p.person.body != nil {
			g.Organisation = p.person.body.body.name
		}
		if p.person.written != p.person.name {
			g.AsWritten = p.person.written
		}
		g.Support = w.cite(p.s, p.c.first, p.c.last, p.rule, "participants.person", g.Person)
		return g
	}
	g.Organisation = p.body.name
	if p.body.written != g.Organisation {
		g.AsWritten = p.body.written
	}
	if g.AsWritten == "" && p.s.line(p.c.first, p.c.last) != g.Organisation {
		g.AsWritten = p.s.line(p.c.first, p.c.last)
	}
	g.Support = w.cite(p.s, p.c.first, p.c.last, p.rule, "participants.organisation", g.Organisation)
	if len(p.body.ids) > 1 && p.side == "" {
		w.rd.findings[len(w.rd.findings)-1].Candidates = p.body.ids
	}
	return g
}

func (w *writer) mentions() {
	for _, t := range w.rd.topics {
		m := graph.Mention{Name: t.name, Stance: t.stance, Support: w.cite(t.s, t.first, t.last, t.rule, "topics", t.name)}
		if t.written != t.name {
			m.AsWritten = t.written
		}
		w.r.Topics = append(w.r.Topics, m)
	}
	for _, t := range w.rd.refs {
		m := graph.Mention{Name: t.name, Kind: t.kind, Stance: t.stance, Support: w.cite(t.s, t.first, t.last, t.rule, "references", t.name)}
		if t.written != t.name {
			m.AsWritten = t.written
		}
		w.r.References = append(w.r.References, m)
	}
}

func (w *writer) sequence() {
	if n := w.rd.next; n != nil {
		out := &graph.NextSession{Ordinal: n.ordinal, Date: n.date, Note: n.note}
		if n.city != nil {
			out.City = n.city.place.name
			if n.city.place.country != "" {
				out.Country = w.rd.x.states[n.city.place.country].name
			}
		}
		if n.country != nil && out.Country == "" {
			out.Country = n.country.party.name
		}
		if n.host != nil {
			out.Host = n.host.party.name
		}
		out.Support = w.cite(n.s, 0, 0, "next-session", "next_session", cmp.Or(out.City, out.Date, out.Host))
		w.r.NextSession = out
	}
	for _, p := range w.rd.before {
		name := p.c.meeting.name
		w.r.PrecededBy = append(w.r.PrecededBy, graph.Neighbour{Name: name, Organisers: p.organisers, Support: w.cite(p.s, 0, 0, "preceded-by", "preceded_by", name)})
	}
}

// story writes outcomes, quotations, threats and a hiatus.
func (w *writer) story() {
	for _, o := range w.rd.outcomes {
		text := o.s.line(o.first, o.last)
		w.r.Outcomes = append(w.r.Outcomes, graph.Outcome{Text: text, Support: w.cite(o.s, o.first, o.last, o.rule, "outcomes", text)})
	}
	for _, q := range w.rd.quotations {
		g := graph.Quotation{About: q.about, Support: w.cite(q.s, 0, 0, "quotation.said", "quotations", q.about)}
		if q.person != nil {
			g.Person = q.person.name
			if q.person.body != nil {
				g.Organisation = q.person.body.body.name
			}
		} else {
			g.Organisation = q.body.name
		}
		if x := w.rd.side(q.side); x != nil {
			g.Side = x.name
		}
		w.r.Quotations = append(w.r.Quotations, g)
	}
	for _, t := range w.rd.threats {
		m := graph.Mention{Name: t.name, Support: w.cite(t.s, t.c.first, t.c.last, "threat.author", "threats", t.name)}
		if written := t.s.line(t.c.first, t.c.last); written != t.name {
			m.AsWritten = written
		}
		w.r.Threats = append(w.r.Threats, m)
	}
	if p := w.rd.hiatus; p != nil {
		w.r.Hiatus = &graph.Hiatus{Length: p.length, Reason: p.reason, Support: w.cite(p.s, 0, 0, "hiatus", "hiatus", p.length)}
	}
}

// source describes the document and holds the passages that are cited.
func (w *writer) source() graph.Source {
	d := w.rd.doc
	s := graph.Source{ID: sourceID, URL: d.URL, Title: d.Title, Publisher: d.Publisher, Published: d.Published, Language: d.Language, MediaType: d.MediaType, SHA256: d.SHA256}
	if s.Published == "" && w.rd.told.day > 0 && w.rd.told.year > 0 {
		s.Published = w.rd.told.edtf()
	}
	spans := make([]graph.Span, 0, len(w.passages))
	for span := range w.passages {
		spans = append(spans, span)
	}
	slices.SortFunc(spans, func(a, b graph.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	for _, span := range spans {
		s.Passages = append(s.Passages, graph.Passage{Char: fmt.Sprintf("%d,%d", span.Start, span.End), Exact: w.passages[span]})
	}
	return s
}
