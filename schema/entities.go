package schema

import (
	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"

	"github.com/graphql-go/graphql"
)

// declare makes every type, then its fields.
func (b *schemaBuilder) declare() {
	b.node = graphql.NewInterface(graphql.InterfaceConfig{Name: "Node", Description: "Anything with an identifier (Relay Global Object Identification).",
		Fields: graphql.Fields{"id": {Type: must(graphql.ID), Description: "kind/slug, such as event/eu-rok-cyber-dialogue-06."}}, ResolveType: b.resolveType})
	b.entity = graphql.NewInterface(graphql.InterfaceConfig{Name: "Entity", Description: "Anything that has names and can be searched for.",
		Fields: graphql.FieldsThunk(func() graphql.Fields {
			t := newType()
			b.entityFields(t)
			b.types["Entity"] = t
			return t.fields
		}), ResolveType: b.resolveType})
	b.values()
	b.parts()
	b.things()
	b.statementObject = graphql.NewUnion(graphql.UnionConfig{Name: "StatementObject", Description: "What a statement says: a thing or a literal.",
		Types: []*graphql.Object{b.literal, b.event, b.series, b.actor, b.person, b.topic, b.instrument, b.initiative, b.place, b.source, b.participation, b.delegation,
			b.passage, b.discussion, b.reference, b.outcome, b.quotation, b.threat, b.hiatus, b.planned, b.neighbour, b.conflict, b.membership, b.judgement, b.resource},
		ResolveType: b.resolveType})
	b.connections()
	for _, f := range b.fill {
		f()
	}
}

func (b *schemaBuilder) nodes() []*graphql.Interface { return []*graphql.Interface{b.node} }
func (b *schemaBuilder) named() []*graphql.Interface { return []*graphql.Interface{b.node, b.entity} }

func id[P index.Thing](t *typ) {
	readText(t, "id", must(graphql.ID), "kind/slug, such as event/eu-rok-cyber-dialogue-06.", func(x P) string { return string(x.NodeID()) })
}

// evidence declares the passages and sources of a relation.
func evidence[P any](b *schemaBuilder, t *typ, of func(P) index.Evidence) {
	read(t.holds(2, "evidence"), "evidence", list(b.passage), "The passages that say so, word for word.", func(x P) any { return of(x).Passages() })
	read(t.holds(3, "sources"), "sources", list(b.source), "The sources that say so, those of the passages included.", func(x P) any { return of(x).Sources() })
}

// entityFields declares what every Entity has.
func (b *schemaBuilder) entityFields(t *typ) {
	id[index.Named](t)
	readText(t, "iri", must(graphql.String), "The IRI of this thing in exports.", func(n index.Named) string { return n.Self().IRI })
	readText(t, "name", must(graphql.String), "What it is called here.", func(n index.Named) string { return n.Self().Name })
	read(t, "aliases", list(graphql.String), "Other names, in every language and script seen.", func(n index.Named) any { return aliases(n.Self()) })
	read(t, "names", list(b.name), "All names with their language, kind and note; misspellings included.", func(n index.Named) any { return allNames(n.Self()) })
	readText(t, "description", graphql.String, "What it is, in our own words.", func(n index.Named) string { return n.Self().Description })
	readText(t, "note", graphql.String, "A note of the editors.", func(n index.Named) string { return n.Self().Note })
	read(t, "sameAs", list(graphql.String), "Addresses that stand for the same thing: official sites, Wikidata.", func(n index.Named) any { return orEmpty(n.Self().SameAs) })
	read(t, "provisional", must(graphql.Boolean), "Whether no authority file holds it: it was made for a name not seen before.", func(n index.Named) any { return n.Self().Provisional })
	look(t.weighs("statements", 100), "statements", must(b.statements), "Every statement about it, with what says it.", with(paging(50), "predicate", graphql.String, "Only of this property: an IRI, or a term such as schema:name or dg:role."), each(statementsOf))
	look(t.weighs("mentions", 100), "mentions", must(b.passages), "The passages that say something of it.", paging(20), each(func(r *request, n index.Named, a args) (any, error) {
		return passagePage(r.snap.Mentions(n.NodeID()), a, 20)
	}))
}

// text is nil for "".
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func aliases(e *index.Entity) []string {
	out := []string{}
	if e.Acronym != "" {
		out = append(out, e.Acronym)
	}
	for _, n := range e.Names {
		out = append(out, n.Text)
	}
	return out
}

func allNames(e *index.Entity) []graph.Name {
	out := []graph.Name{{Text: e.Name, Kind: "name"}}
	if e.Acronym != "" {
		out = append(out, graph.Name{Text: e.Acronym, Kind: "acronym"})
	}
	return append(out, e.Names...)
}

func passagePage(list []*index.Passage, a args, standard int) (any, error) {
	o := ordering[*index.Passage]{keys: []orderKey[*index.Passage]{
		{of: func(p *index.Passage) string { return string(p.Source.ID) }},
		{of: func(p *index.Passage) string { return number(p.Start + 1) }},
		{of: func(p *index.Passage) string { return string(p.ID) }},
	}}
	return page(list, o, a, standard, func(p *index.Passage) edge { return edge{node: p} })
}

func statementsOf(r *request, n index.Named, a args) (any, error) {
	predicate := vocab.Expand(a.text("predicate"))
	list := r.snap.Statements(n.NodeID(), predicate)
	o := ordering[index.Statement]{keys: []orderKey[index.Statement]{
		{of: func(s index.Statement) string { return s.Predicate }},
		{of: func(s index.Statement) string {
			return s.Object.Value + "\x00" + s.Object.Datatype + "\x00" + s.Object.Lang
		}},
	}}
	return page(list, o, a, 50, func(s index.Statement) edge { return edge{node: &s} })
}

// literalValue is the object of a statement that is not a thing.
type literalValue struct{ rdf.Term }

func objectOf(r *request, t rdf.Term) any {
	if t.Literal {
		return literalValue{t}
	}
	return thingOf(r, r.snap.Base.ID(t.Value), t.Value)
}

func thingOf(r *request, id graph.ID, iri string) any {
	if x := r.snap.Node(id); x != nil && id != "" {
		return x
	}
	return resource{string(id), iri}
}

// values declares the types that have no identifier.
func (b *schemaBuilder) values() {
	b.name = b.object("Name", "One way of writing a name.", nil, func(t *typ) {
		readText(t, "text", must(graphql.String), "The name as written.", func(n graph.Name) string { return n.Text })
		readText(t, "language", graphql.String, "BCP 47 tag, where it is known.", func(n graph.Name) string { return n.Lang })
		read(t, "kind", b.nameKind, "What sort of name; a misspelling is a spelling that a source uses and others do not.", func(n graph.Name) any {
			if n.Kind == "" {
				return "alias"
			}
			return n.Kind
		})
		readText(t, "note", graphql.String, "A note of the editors.", func(n graph.Name) string { return n.Note })
	})
	b.uncertainDate = b.object("UncertainDate", "A date as sure as the sources are (EDTF, ISO 8601-2).", nil, func(t *typ) {
		readText(t, "edtf", must(graphql.String), "The date in EDTF.", func(d *index.Date) string { return d.Value.String() })
		read(t, "earliest", graphql.String, "The first day that may be meant; null where open or unknown.", func(d *index.Date) any {
			if day, ok := d.Value.Earliest(); ok {
				return day.Format("2006-01-02")
			}
			return nil
		})
		read(t, "latest", graphql.String, "The last day that may be meant; null where open or unknown.", func(d *index.Date) any {
			if day, ok := d.Value.Latest(); ok {
				return day.Format("2006-01-02")
			}
			return nil
		})
		read(t, "precision", must(b.precision), "How exact it is.", func(d *index.Date) any { return string(d.Value.Precision()) })
		read(t, "approximate", must(graphql.Boolean), "Whether it is only roughly so (~).", func(d *index.Date) any { return d.Value.Approximate() })
		read(t, "uncertain", must(graphql.Boolean), "Whether the source itself is in doubt (?).", func(d *index.Date) any { return d.Value.Uncertain() })
		read(t, "basis", must(b.dateBasis), "How it is known.", func(d *index.Date) any { return d.Basis })
		readText(t, "note", graphql.String, "Why it is known so, where that needs a word.", func(d *index.Date) string { return d.Note })
		evidence(b, t, func(d *index.Date) index.Evidence { return d.Evidence })
	})
	b.statementValues()
	b.countedValues()
	b.paths()
	b.facets()
	b.statsTypes()
	b.networkTypes()
	b.sameTypes()
}

// statementValues declares what statements are made of.
func (b *schemaBuilder) statementValues() {
	b.literal = b.object("Literal", "A value that is not a thing.", nil, func(t *typ) {
		readText(t, "value", must(graphql.String), "The text of the value.", func(l literalValue) string { return l.Value })
		read(t, "datatype", must(graphql.String), "The IRI of its datatype.", func(l literalValue) any {
			switch {
			case l.Lang != "":
				return vocab.LangStr
			case l.Datatype == "":
				return vocab.String
			}
			return l.Datatype
		})
		readText(t, "language", graphql.String, "BCP 47 tag.", func(l literalValue) string { return l.Lang })
	})
	b.resource = b.object("Resource", "A node of the graph that has no type of its own here.", b.nodes(), func(t *typ) {
		readText(t, "id", must(graphql.ID), "kind/slug, or empty for an IRI that is not ours.", func(x resource) string { return x.id })
		readText(t, "iri", must(graphql.String), "Its IRI.", func(x resource) string { return x.iri })
	})
	b.statement = b.object("Statement", "One thing said, with everything that says it.", nil, func(t *typ) {
		look(t, "subject", must(b.node), "What it is about.", nil, each(func(r *request, s *index.Statement, _ args) (any, error) {
			return thingOf(r, s.Subject, r.snap.Base.IRI(s.Subject)), nil
		}))
		readText(t, "predicate", must(graphql.String), "The property, as a full IRI.", func(s *index.Statement) string { return s.Predicate })
		look(t, "object", must(b.statementObject), "What is said.", nil, each(func(r *request, s *index.Statement, _ args) (any, error) { return objectOf(r, s.Object), nil }))
		evidence(b, t, func(s *index.Statement) index.Evidence { return s.Evidence })
	})
	b.claimedValue = b.object("ClaimedValue", "One of the values that sources give.", nil, func(t *typ) {
		readText(t, "value", must(graphql.String), "The value as the source has it.", func(v index.ClaimedValue) string { return v.Value })
		read(t, "preferred", must(graphql.Boolean), "Whether the editors prefer it.", func(v index.ClaimedValue) any { return v.Preferred })
		evidence(b, t, func(v index.ClaimedValue) index.Evidence { return v.Evidence })
	})
}

// countedValues declares numbers, offices, coverage and what a name may mean.
func (b *schemaBuilder) countedValues() {
	b.count = b.object("StatedCount", "A number of parties, signatories or members that a source states.", nil, func(t *typ) {
		read(t, "number", must(graphql.Int), "The number.", func(c *index.Count) any { return c.As.Number })
		read(t, "of", b.partyStatus, "What is counted.", func(c *index.Count) any { return c.As.Of })
		date(b, t, "date", "When it was so.", func(c *index.Count) index.Date { return c.Date })
		readText(t, "note", graphql.String, "A note of the editors.", func(c *index.Count) string { return c.As.Note })
		evidence(b, t, func(c *index.Count) index.Evidence { return c.Evidence })
	})
	b.position = b.object("Position", "An office held, at a time when a source shows it.", nil, func(t *typ) {
		readText(t, "title", must(graphql.String), "The office.", func(p *index.Position) string { return p.Title })
		read(t, "actor", b.actor, "Where.", func(p *index.Position) any { return p.Actor })
		date(b, t, "asOf", "When a source shows it.", func(p *index.Position) index.Date { return p.AsOf })
		read(t, "event", b.event, "The event at which it was shown.", func(p *index.Position) any { return p.Event })
		evidence(b, t, func(p *index.Position) index.Evidence { return p.Evidence })
	})
	b.coverage = b.object("Coverage", "Which sessions of a series are at hand.", nil, func(t *typ) {
		read(t, "expected", list(graphql.Int), "The ordinals from 1 to the highest known.", func(c coverage) any { return c.expected })
		read(t, "present", list(graphql.Int), "Those of which there is a record.", func(c coverage) any { return c.present })
		read(t, "missing", list(graphql.Int), "Those of which there is none.", func(c coverage) any { return c.missing })
		read(t, "longestGapDays", graphql.Int, "The most days that certainly lay between two sessions held one after the other.", func(c coverage) any {
			if c.from == nil {
				return nil
			}
			return c.days
		})
		read(t, "longestGapAfter", b.event, "The session before that gap.", func(c coverage) any { return c.from })
		read(t, "longestGapBefore", b.event, "The session after that gap.", func(c coverage) any { return c.to })
	})
	b.yearCount = b.object("YearCount", "How many events in a year.", nil, func(t *typ) {
		read(t, "year", must(graphql.Int), "The year.", func(y yearCount) any { return y.year })
		read(t, "count", must(graphql.Int), "Events in it.", func(y yearCount) any { return y.count })
	})
	b.candidate = b.object("Candidate", "What a name may mean.", nil, func(t *typ) {
		read(t, "entity", must(b.entity), "The thing.", func(c index.Candidate) any { return c.Thing })
		read(t, "score", must(graphql.Float), "How likely it is meant; the scores of all candidates add up to one, or to less where none fits well.", func(c index.Candidate) any { return c.Score })
		read(t, "why", list(graphql.String), "What speaks for it.", func(c index.Candidate) any { return c.Why })
	})
}

// date declares a field that is an uncertain date.
func date[P any](b *schemaBuilder, t *typ, name, doc string, of func(P) index.Date) {
	read(t, name, b.uncertainDate, doc, func(x P) any {
		if d := of(x); !d.IsZero() {
			return &d
		}
		return nil
	})
}

type coverage struct {
	expected, present, missing []int
	days                       int
	from, to                   *index.Event
}

// coverageOf finds the gaps of a series, given its sessions. A planned session counts as present,
// but a gap lies between sessions held.
func coverageOf(sessions []*index.Event) coverage {
	c := coverage{expected: []int{}, present: []int{}, missing: []int{}}
	have, highest := map[int]bool{}, 0
	for _, e := range sessions {
		n := e.As.Ordinal
		have[n], highest = true, max(highest, n)
	}
	for n := 1; n <= highest; n++ {
		c.expected = append(c.expected, n)
		if have[n] {
			c.present = append(c.present, n)
		} else {
			c.missing = append(c.missing, n)
		}
	}
	var before *index.Event
	for _, e := range sessions {
		if e.As.Status != "held" {
			continue
		}
		if before != nil {
			if days, ok := daysBetween(before.Date.Value, e.Date.Value); ok && days > c.days {
				c.days, c.from, c.to = days, before, e
			}
		}
		before = e
	}
	return c
}

// daysBetween is the least number of days between two uncertain dates.
func daysBetween(a, b edtf.Date) (int, bool) {
	x, ok1 := a.Latest()
	y, ok2 := b.Earliest()
	return int(y.Sub(x).Hours() / 24), ok1 && ok2
}

type yearCount struct{ year, count int }

// byYear counts events by their year, ascending; those whose year is not known
// are left out.
func byYear(events []*index.Event) []yearCount {
	var out []yearCount
	for _, e := range events {
		year, ok := yearOf(e)
		if !ok {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].year == year {
			out[last].count++
			continue
		}
		out = append(out, yearCount{year, 1})
	}
	return out
}

// yearOf gives the year of an event, of an interval that of its start.
func yearOf(e *index.Event) (int, bool) {
	first, ok1 := e.Date.Value.Earliest()
	last, ok2 := e.Date.Value.Latest()
	if !ok1 || !ok2 || first.Year() != last.Year() && e.Date.Value.Precision() != edtf.Interval {
		return 0, false
	}
	return first.Year(), true
}
