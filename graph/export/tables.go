package export

import (
	"slices"

	"dialograph/graph/index"
)

func (x *Selection) events() *Table {
	said := func(e *index.Event) *index.EventText { return &e.As }
	type E = *index.Event
	columns := slices.Concat([]column[E]{
		text("kind", "dialogue, consultation, conference …", func(e E) string { return said(e).Kind }),
		text("status", "held, planned, cancelled …", func(e E) string { return said(e).Status }),
		boolean("reviewed", "Whether a person has reviewed the record.", func(e E) bool { return e.As.Reviewed }),
		text("series", "The series that it is a session of.", func(e E) string { return idOf(e.Series) }),
		text("series_name", "Its name.", func(e E) string { return nameOf(e.Series) }),
		known("ordinal", "Its number in the series.", func(e E) int { return said(e).Ordinal }),
	}, dateColumns("date", "When", func(e E) index.Date { return e.Date }), []column[E]{
		known("year", "The year, where it is known.", func(e E) int { return yearOf(e.Date) }),
		text("date_basis", "explicit, inferred or publication.", func(e E) string {
			if e.Date.IsZero() {
				return ""
			}
			return e.Date.Basis
		}),
		text("mode", "in-person, online …", func(e E) string { return said(e).Mode }),
		text("city", "The city.", func(e E) string { return nameOf(e.City) }),
		text("country", "The country.", func(e E) string { return nameOf(e.Country) }),
		text("venue", "The building.", func(e E) string { return said(e).Venue }),
		list("hosts", "Who hosted it.", func(e E) []string { return ids(e.Hosts) }),
		list("parties", "Its sides.", func(e E) []string { return ids(e.Parties) }),
		list("party_names", "Their names.", func(e E) []string { return namesOf(e.Parties) }),
		list("topics", "What it took up, where the concept is known.", func(e E) []string {
			var out []string
			for _, d := range e.Topics {
				if d.Topic != nil {
					out = append(out, string(d.Topic.ID))
				}
			}
			return out
		}),
		list("references", "The instruments, initiatives and forums that it referred to, where they are known.", func(e E) []string {
			var out []string
			for _, r := range e.References {
				if r.Target != nil {
					out = append(out, string(r.Target.NodeID()))
				}
			}
			return out
		}),
		list("outcomes", "What it came to, in our own words.", func(e E) []string {
			var out []string
			for _, o := range e.Outcomes {
				out = append(out, o.Text)
			}
			return out
		}),
		integer("participations", "How many took part, as the record has it.", func(e E) int { return len(e.Participations) }),
		integer("conflicts", "About how many fields sources disagree.", func(e E) int { return len(e.Conflicts) }),
		list("sources", "Addresses of its sources.", func(e E) []string { return addresses(e.Sources) }),
	})
	return tableOf("events", "Sessions, meetings, conferences and signings, by date.", x.Events, entityColumns(columns...)...)
}

func namesOf[T index.Named](list []T) []string {
	var out []string
	for _, n := range list {
		out = append(out, n.Self().Name)
	}
	return out
}

func (x *Selection) participations() *Table {
	type P = *index.Participation
	columns := slices.Concat([]column[P]{
		text("id", "kind/slug.", func(p P) string { return string(p.ID) }),
		text("event", "The event.", func(p P) string { return string(p.Event.ID) }),
		text("event_name", "Its name.", func(p P) string { return p.Event.Name }),
		text("event_status", "Whether it took place.", func(p P) string { return p.Event.As.Status }),
	}, dateColumns("date", "When the event was", func(p P) index.Date { return p.Event.Date }), []column[P]{
		known("year", "The year of the event, where it is known.", func(p P) int { return yearOf(p.Event.Date) }),
		text("person", "The person; empty where a body is named without one.", func(p P) string { return idOf(p.Person) }),
		text("person_name", "The person's name as the record has it.", P.PersonName),
		text("actor", "The body acted for, or that took part; empty where its name fits several.", func(p P) string { return idOf(p.Actor) }),
		text("actor_name", "The body's name as the record has it.", P.ActorName),
		text("side", "For which side.", func(p P) string { return idOf(p.Side) }),
		text("side_name", "Its name.", func(p P) string { return nameOf(p.Side) }),
		text("role", "chair, member, observer …", func(p P) string { return p.As.Role }),
		text("position", "The office held.", func(p P) string { return p.As.Position }),
		text("as_written", "As the source writes it.", func(p P) string { return p.As.AsWritten }),
		list("candidates", "What a name that fits several may mean.", func(p P) []string { return ids(p.Candidates) }),
		text("note", "A note of the editors.", func(p P) string { return p.As.Note }),
	}, evidenceColumns(func(p P) index.Evidence { return p.Evidence }))
	return tableOf("participations", "Who took part in what, as what, for whom, in which position – and what says so.", x.Participations, columns...)
}

func (x *Selection) actors() *Table {
	type A = *index.Actor
	columns := slices.Concat([]column[A]{
		text("acronym", "Its acronym.", func(a A) string { return a.Acronym }),
		text("kind", "state, union, ministry, agency …", func(a A) string { return a.Kind }),
		text("country", "The country.", func(a A) string { return nameOf(a.Country) }),
		text("parent", "The body above it.", func(a A) string { return idOf(a.Parent) }),
		text("replaces", "The body that it took over from.", func(a A) string { return idOf(a.Replaces) }),
		text("existed_from", "When it came to be (EDTF).", func(a A) string { return edtfOf(a.From) }),
		text("existed_to", "When it ceased (EDTF).", func(a A) string { return edtfOf(a.To) }),
		integer("events", "At how many events of the graph it is seen.", func(a A) int { return len(x.Snapshot.EventsOf(a)) }),
	})
	return tableOf("actors", "States and bodies, by identifier.", byID(part(x, x.Snapshot.Actors)), entityColumns(columns...)...)
}

func (x *Selection) people() *Table {
	type P = *index.Person
	columns := []column[P]{
		text("acts_for", "The state or body acted for.", func(p P) string { return idOf(p.Country) }),
		text("acts_for_name", "Its name.", func(p P) string { return nameOf(p.Country) }),
		list("positions", "Offices held, each once.", func(p P) []string {
			var out []string
			for _, held := range x.Snapshot.OfPerson(p).Positions {
				if !slices.Contains(out, held.Title) {
					out = append(out, held.Title)
				}
			}
			return out
		}),
		integer("events", "At how many events of the graph the person is seen.", func(p P) int { return len(x.Snapshot.EventsOf(p)) }),
	}
	return tableOf("people", "People, by identifier.", byID(part(x, x.Snapshot.People)), entityColumns(columns...)...)
}

func (x *Selection) topics() *Table {
	type T = *index.Topic
	columns := []column[T]{
		list("broader", "Concepts that include it.", func(t T) []string { return ids(t.Broader) }),
		list("narrower", "Concepts that it includes.", func(t T) []string { return ids(t.Narrower) }),
		list("related", "Concepts beside it.", func(t T) []string { return ids(t.Related) }),
		integer("events", "How many events of the graph took it up.", func(t T) int { return len(x.Snapshot.EventsOf(t)) }),
	}
	return tableOf("topics", "Concepts of the topic scheme, by identifier.", byID(part(x, x.Snapshot.Topics)), entityColumns(columns...)...)
}

func (x *Selection) instruments() *Table {
	type I = *index.Instrument
	columns := []column[I]{
		text("kind", "treaty, resolution, report …", func(i I) string { return i.Kind }),
		text("identifier", "Its official number.", func(i I) string { return i.Identifier }),
		text("adopted", "When it was adopted (EDTF).", func(i I) string { return edtfOf(i.Adopted) }),
		text("opened", "When it was opened for signature (EDTF).", func(i I) string { return edtfOf(i.Opened) }),
		text("in_force", "When it entered into force (EDTF).", func(i I) string { return edtfOf(i.InForce) }),
		text("parent", "The instrument that it belongs to.", func(i I) string { return idOf(i.Parent) }),
		list("parties", "The actors that joined.", func(i I) []string { return membersOf(i.Parties) }),
		integer("events", "How many events of the graph referred to it.", func(i I) int { return len(x.Snapshot.EventsOf(i)) }),
	}
	return tableOf("instruments", "Treaties, resolutions, reports and declarations, by identifier.", byID(part(x, x.Snapshot.Instruments)), entityColumns(columns...)...)
}

func membersOf(list []*index.Membership) []string {
	var out []string
	for _, m := range list {
		out = append(out, string(m.Member.ID))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (x *Selection) initiatives() *Table {
	type I = *index.Initiative
	columns := []column[I]{
		text("kind", "What sort of initiative.", func(i I) string { return i.Kind }),
		text("launched", "When it began (EDTF).", func(i I) string { return edtfOf(i.Launched) }),
		list("members", "The actors that joined.", func(i I) []string { return membersOf(i.Members) }),
		integer("events", "How many events of the graph referred to it.", func(i I) int { return len(x.Snapshot.EventsOf(i)) }),
	}
	return tableOf("initiatives", "Coalitions, processes and proposals, by identifier.", byID(part(x, x.Snapshot.Initiatives)), entityColumns(columns...)...)
}

func (x *Selection) series() *Table {
	type S = *index.Series
	columns := []column[S]{
		text("kind", "bilateral, multilateral …", func(s S) string { return s.Kind }),
		list("parties", "Its sides.", func(s S) []string { return ids(s.Parties) }),
		text("since", "Since when it exists (EDTF).", func(s S) string { return edtfOf(s.Since) }),
		integer("events", "How many of its sessions are at hand.", func(s S) int { return len(x.Snapshot.EventsOf(s)) }),
	}
	return tableOf("series", "Rows of sessions, by identifier.", byID(part(x, x.Snapshot.Series)), entityColumns(columns...)...)
}

func (x *Selection) places() *Table {
	type P = *index.Place
	columns := []column[P]{
		text("kind", "country, region or city.", func(p P) string { return p.Kind }),
		text("code", "ISO 3166-1 alpha-2 code of a country.", func(p P) string { return p.Code }),
		text("country", "The country that it lies in.", func(p P) string { return idOf(p.Country) }),
		integer("events", "How many events of the graph were there.", func(p P) int { return len(x.Snapshot.EventsOf(p)) }),
	}
	return tableOf("places", "Countries, regions and cities, by identifier.", byID(part(x, x.Snapshot.Places)), entityColumns(columns...)...)
}

func (x *Selection) sources() *Table {
	type S = *index.Source
	columns := []column[S]{
		text("id", "kind/slug.", func(s S) string { return string(s.ID) }),
		text("url", "Its public address.", func(s S) string { return s.As.URL }),
		text("title", "Its title.", func(s S) string { return s.As.Title }),
		text("publisher", "Who published it.", func(s S) string { return s.As.Publisher }),
		text("published", "When (EDTF).", func(s S) string { return s.As.Published }),
		text("retrieved", "When it was retrieved (EDTF).", func(s S) string { return s.As.Retrieved }),
		text("language", "BCP 47 tag.", func(s S) string { return s.As.Language }),
		text("sha256", "Of the document as retrieved.", func(s S) string { return s.As.SHA256 }),
		integer("events", "How many events it is a source of.", func(s S) int { return len(x.Snapshot.EventsOf(s)) }),
	}
	return tableOf("sources", "Documents that something was taken from, by identifier.", byID(part(x, x.Snapshot.Sources)), columns...)
}

func (x *Selection) passages() *Table {
	type P = *index.Passage
	columns := []column[P]{
		text("id", "kind/slug.", func(p P) string { return string(p.ID) }),
		text("source", "The source.", func(p P) string { return string(p.Source.ID) }),
		text("url", "Its address.", func(p P) string { return p.Source.As.URL }),
		integer("start", "The first code point, from 0, in the normalised text.", func(p P) int { return p.Start }),
		integer("end", "The code point after the last.", func(p P) int { return p.End }),
		text("exact", "The words.", func(p P) string { return p.Exact }),
		text("prefix", "A few words before.", func(p P) string { return p.Prefix }),
		text("suffix", "A few words after.", func(p P) string { return p.Suffix }),
	}
	return tableOf("passages", "Verbatim stretches of sources, by identifier.", byID(part(x, slices.Collect(x.Snapshot.Passages()))), columns...)
}

// claim is one value of a conflict.
type claim struct {
	conflict *index.Conflict
	value    index.ClaimedValue
}

func (x *Selection) conflicts() *Table {
	columns := slices.Concat([]column[claim]{
		text("id", "The conflict.", func(c claim) string { return string(c.conflict.ID) }),
		text("of", "What it is about.", func(c claim) string { return string(c.conflict.Of.NodeID()) }),
		text("of_name", "Its name.", func(c claim) string { return c.conflict.Of.Self().Name }),
		text("field", "The field: a path into the record, or in words.", func(c claim) string { return c.conflict.Field }),
		text("value", "One of the values.", func(c claim) string { return c.value.Value }),
		boolean("preferred", "Whether the editors prefer it.", func(c claim) bool { return c.value.Preferred }),
		text("note", "Why.", func(c claim) string { return c.conflict.Note }),
	}, evidenceColumns(func(c claim) index.Evidence { return c.value.Evidence }))
	var rows []claim
	for _, c := range byID(x.Snapshot.Conflicts) {
		if x.has(c.Of.NodeID()) {
			for _, v := range c.Values {
				rows = append(rows, claim{c, v})
			}
		}
	}
	return tableOf("conflicts", "Where sources disagree: every value with who says it.", rows, columns...)
}
