package participations

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dialograph/graph/names"
)

// Column is a column that a table may have.
type Column struct {
	Name string   // the header, as exported where the export has it
	Also []string // other headers for the same
	Doc  string
}

// Columns are those that are read, in the order in which documents list them.
// Headers are compared without case, spaces, hyphens and underscores.
func Columns() []Column {
	return []Column{
		{"event", []string{"meeting", "conference"}, "The event: its name, or its identifier (event/…)."},
		{"event_id", []string{"meeting_id"}, "Its identifier, where `event` is the name: the id of the record. Rows with the same are of one event."},
		{"event_name", []string{"event_title", "meeting_name"}, "Its name, where `event` is the identifier. Without an identifier, rows with the same name and date are of one event."},
		{"event_kind", []string{"kind", "event_type"}, "dialogue, consultation, conference … as in a record; without it, other."},
		{"event_status", []string{"status"}, "held, planned, postponed or cancelled; without it, held, and the record says that the table does not."},
		{"series", []string{"series_name", "dialogue_series"}, "The series that it is a session of: its name or its identifier (series/…)."},
		{"ordinal", []string{"session_number"}, "Its number in the series."},
		{"date", []string{"event_date", "when"}, "When it was (EDTF or ISO 8601). 03/04/2021 is refused."},
		{"mode", []string{"event_mode", "attendance_mode"}, "in-person, virtual, hybrid or unknown."},
		{"venue", []string{"building"}, "The building."},
		{"city", []string{"event_city"}, "The city."},
		{"event_country", []string{"host_country"}, "The country where it was."},
		{"country", nil, "Where a column says the side, or the city: the country where the event was. Else the side, with a warning that says so."},
		{"hosts", []string{"host", "hosted_by"}, "Who hosted it (list)."},
		{"topics", []string{"topic", "subjects", "subject"}, "What was discussed (list)."},
		{"person", []string{"name", "full_name", "participant", "attendee", "delegate"}, "The person: the name, or the identifier (person/…)."},
		{"person_name", []string{"participant_name"}, "The name, where `person` is the identifier."},
		{"actor", []string{"organisation", "organization", "body", "institution", "affiliation", "agency", "ministry"}, "The body acted for, or that took part: its name or its identifier (actor/…)."},
		{"actor_name", []string{"organisation_name", "organization_name"}, "Its name, where `actor` is the identifier."},
		{"side", []string{"delegation", "party", "on_behalf_of", "representing"}, "For which side: its name or its identifier. Rows of one side make a delegation."},
		{"side_name", []string{"delegation_name", "party_name"}, "Its name, where `side` is the identifier."},
		{"role", []string{"participant_role"}, "chair, co-chair, member … as in a record. Required."},
		{"position", []string{"title", "job_title", "office", "function"}, "The office held."},
		{"as_written", nil, "Who it is, as the source writes it."},
		{"note", []string{"notes", "remark", "remarks", "comment", "comments"}, "A line for editors."},
		{"sources", []string{"source"}, "Addresses of the sources that say so (list), or the title of the one that `url` is the address of."},
		{"url", []string{"link", "source_url"}, "The address of the source."},
		{"source_title", []string{"source_name"}, "Its title. This and the next four: one, or as many as there are sources (list)."},
		{"publisher", []string{"published_by", "outlet"}, "Who published it."},
		{"published", []string{"publication_date", "published_on"}, "When (EDTF)."},
		{"retrieved", []string{"accessed", "retrieved_on", "access_date"}, "When it was retrieved (EDTF)."},
		{"language", []string{"lang"}, "Its language (BCP 47)."},
		{"quotes", []string{"quote", "quotation", "excerpt"}, "The words that say so (list)."},
		{"evidence", nil, "Where each quote stands in its source (list): the identifier of the passage, as exported."},
	}
}

// derived are columns of the export that follow from others, which it has too.
func derived() map[string]string {
	return map[string]string{"dateearliest": "date", "datelatest": "date", "year": "date", "candidates": "role"}
}

// contact are words of headers under which contact details stand.
func contact() []string {
	return []string{"email", "mail", "phone", "telephone", "telefon", "tel", "mobile", "cellphone", "fax", "whatsapp", "contact", "contacts"}
}

// Check says what is wrong with a choice of columns: ours by name, and the
// header of the table that it stands under.
func Check(columns map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		if known()[fold(name)] == "" {
			return fmt.Errorf("there is no column %q; there are %s", name, Names())
		}
		if fold(columns[name]) == "" {
			return fmt.Errorf("column %s wants a header of the table, not %q", name, columns[name])
		}
		if isContact(columns[name]) {
			return fmt.Errorf("column %q holds contact details, which never enter the graph", columns[name])
		}
	}
	return nil
}

// Names lists the columns on one line.
func Names() string {
	var out []string
	for _, c := range Columns() {
		out = append(out, c.Name)
	}
	return strings.Join(out, ", ")
}

// known gives the name of a column by each header for it, folded.
func known() map[string]string {
	out := map[string]string{}
	for _, c := range Columns() {
		for _, header := range append([]string{c.Name}, c.Also...) {
			out[fold(header)] = c.Name
		}
	}
	return out
}

// fold gives the form in which headers are compared.
func fold(header string) string { return strings.Join(names.Words(header), "") }

func isContact(header string) bool {
	return slices.ContainsFunc(append(names.Words(header), fold(header)), func(w string) bool { return slices.Contains(contact(), w) })
}

// layout says which cell of a row is which.
type layout struct {
	header   []string
	at       map[string]int // column -> cell
	columns  []string       // those that it has, in order
	problems []string       // errors: the table cannot be read
	warnings []string
}

// layoutOf finds the columns of a header, by choice and by what is known. A
// column that is not known matters only if it holds something.
func layoutOf(header []string, choice map[string]string, holds func(i int) bool) layout {
	l := layout{header: header, at: map[string]int{}}
	meant, taken := known(), map[int]bool{}
	for _, name := range slices.Sorted(maps.Keys(choice)) {
		i := slices.IndexFunc(header, func(h string) bool { return fold(h) == fold(choice[name]) })
		if i < 0 {
			l.problems = append(l.problems, fmt.Sprintf("has no column %q, which was to be the %s", choice[name], meant[fold(name)]))
			continue
		}
		l.at[meant[fold(name)]], taken[i] = i, true
	}
	var unknown []string
	for i, h := range header {
		name := meant[fold(h)]
		first, twice := l.at[name]
		switch {
		case taken[i]:
		case isContact(h):
			l.warnings = append(l.warnings, fmt.Sprintf("column %q holds contact details; it is refused and nothing of it is loaded", h))
		case name == "" || twice && taken[first]:
			if holds(i) {
				unknown = append(unknown, h)
			}
		case twice:
			l.problems = append(l.problems, fmt.Sprintf("columns %q and %q both say the %s; --columns %s=… chooses one", header[first], h, name, name))
		default:
			l.at[name] = i
		}
	}
	l.settleCountry()
	l.columns = slices.Sorted(maps.Keys(l.at))
	l.require()
	l.unread(unknown)
	return l
}

func (l *layout) has(columns ...string) bool {
	return slices.ContainsFunc(columns, func(c string) bool { _, ok := l.at[c]; return ok })
}

// settleCountry decides by the other columns what a bare "country" is of.
func (l *layout) settleCountry() {
	i, ok := l.at["country"]
	if !ok {
		return
	}
	delete(l.at, "country")
	column, what := "event_country", "the country where the event was"
	if !l.has("side", "side_name", "city") {
		column, what = "side", "the side of each participant"
	}
	if first, twice := l.at[column]; twice {
		l.problems = append(l.problems, fmt.Sprintf("columns %q and %q both say the %s; --columns %s=… chooses one", l.header[first], l.header[i], column, column))
		return
	}
	l.at[column] = i
	if !l.has("side", "side_name") || column == "side" {
		l.warnings = append(l.warnings, fmt.Sprintf("column %q is read as %s; --columns side=… or event_country=… says otherwise", l.header[i], what))
	}
}

func (l *layout) require() {
	for _, want := range []struct {
		what    string
		columns []string
	}{{"event", []string{"event", "event_name"}}, {"person or the organisation", []string{"person", "person_name", "actor", "actor_name"}}, {"role", []string{"role"}}} {
		if !l.has(want.columns...) {
			l.problems = append(l.problems, fmt.Sprintf("has no column for the %s; it has %s, and --columns says what they are", want.what, quoted(l.header)))
		}
	}
}

// unread names the columns that are not known.
func (l *layout) unread(headers []string) {
	headers = slices.DeleteFunc(headers, func(h string) bool {
		from := derived()[fold(h)]
		return from != "" && l.has(from) || fold(h) == "id" && l.has("evidence")
	})
	if len(headers) > 0 {
		l.warnings = append(l.warnings, fmt.Sprintf("not read, because not known: %s; --columns says what they are, and docs/records.md what there is", quoted(headers)))
	}
}

func quoted(headers []string) string {
	out := make([]string, len(headers))
	for i, h := range headers {
		out[i] = fmt.Sprintf("%q", h)
	}
	return strings.Join(out, ", ")
}

// recognised counts the headers that mean something.
func recognised(header []string, choice map[string]string) int {
	meant, n := known(), 0
	for _, h := range header {
		for _, theirs := range choice {
			if fold(theirs) == fold(h) {
				n++
			}
		}
		if meant[fold(h)] != "" {
			n++
		}
	}
	return n
}

// headerOf is a column as the table calls it.
func (l *layout) headerOf(column string) string {
	if i, ok := l.at[column]; ok {
		return cmp.Or(strings.TrimSpace(l.header[i]), column)
	}
	return column
}
