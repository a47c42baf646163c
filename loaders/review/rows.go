package review

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"dialograph/graph"
)

// section is a part of a record as it is shown.
type section struct {
	Title string
	Rows  []row
}

// row is one statement of a record: a field of the event, an entry of a list.
type row struct {
	Path    string
	Label   string // the field, role, stance or kind
	Value   string
	Details []string // what else the entry says
	Cites   []int    // passages of the text
	Others  []string // other supports, such as another source
	Changes []string // what a person did
	Removed bool
}

// builder puts the sections of a record together.
type builder struct {
	doc     *document
	changes []Change
	out     []section
}

func sectionsOf(item Item, d *document) []section {
	b := &builder{doc: d, changes: slices.Clone(item.Changes)}
	r := item.Record
	b.take("review", true) // the head of the page shows it
	b.section("Event", b.event(&r.Event)...)
	for i, del := range r.Delegations {
		here := at("delegations", i)
		rows := []row{b.row(here+".party", "party", del.Party, del.Support)}
		rows[0].Changes = append(rows[0].Changes, b.take(here, true)...)
		rows[0].Changes = append(rows[0].Changes, b.take(here+".support", false)...)
		b.section("Delegation: "+del.Party, append(rows, b.participants(here+".participants", del.Participants)...)...)
	}
	b.section("", b.removed("delegations", "delegation")...)
	b.section("Participants", b.participants("participants", r.Participants)...)
	b.section("Topics", b.mentions("topics", r.Topics)...)
	b.section("References", b.mentions("references", r.References)...)
	b.rest(r)
	b.section("Sources", b.sources(r.Sources)...)
	var loose []row
	for _, c := range b.changes {
		loose = append(loose, row{Path: c.Path, Label: c.Path, Value: cmp.Or(c.Is, c.Was), Changes: []string{said(c)}, Removed: c.Is == ""})
	}
	b.section("Other changes", loose...)
	return b.out
}

func (b *builder) section(title string, rows ...row) {
	if len(rows) > 0 {
		b.out = append(b.out, section{title, rows})
	}
}

func (b *builder) row(path, label, value string, support []string, details ...string) row {
	r := row{Path: path, Label: label, Value: value, Details: slices.DeleteFunc(details, func(s string) bool { return s == "" })}
	r.Cites, r.Others = b.doc.cites(support)
	stale := b.outgrown(path, path+".support", r.Cites)
	r.Changes = b.take(path, false)
	if stale {
		r.Changes = append(r.Changes, citesProposed)
	}
	return r
}

// citesProposed is said of a value that a person corrected without saying what
// backs it.
const citesProposed = "cites the passage of what was extracted, which does not have these words"

// outgrown tells whether a person corrected a value, or one within it, to words
// that the passages do not have which it cites still. What was only added or
// removed is no correction.
func (b *builder) outgrown(path, support string, cites []int) bool {
	if len(cites) == 0 || slices.ContainsFunc(b.changes, func(c Change) bool { return c.Path == support }) {
		return false
	}
	return slices.ContainsFunc(b.changes, func(c Change) bool {
		within := c.Path == path || strings.HasPrefix(c.Path, path+".")
		return within && c.Was != "" && c.Is != "" && !b.doc.says(cites, c.Is)
	})
}

// take gives the changes of a path and, unless told exactly, of all within it.
func (b *builder) take(path string, exactly bool) []string {
	var out []string
	b.changes = slices.DeleteFunc(b.changes, func(c Change) bool {
		within := !exactly && (strings.HasPrefix(c.Path, path+".") || strings.HasPrefix(c.Path, path+"["))
		if c.Path == path || within {
			field := strings.TrimPrefix(strings.TrimPrefix(c.Path, path), ".")
			out = append(out, strings.TrimPrefix(field+" "+said(c), " "))
			return true
		}
		return false
	})
	return out
}

func said(c Change) string {
	switch {
	case c.Was == "":
		return "added"
	case c.Is == "":
		return "removed, was: " + c.Was
	default:
		return "was: " + c.Was
	}
}

// removed shows the entries that a person took out of a list.
func (b *builder) removed(path, label string) []row {
	var out []row
	b.changes = slices.DeleteFunc(b.changes, func(c Change) bool {
		if c.Path == path && c.Is == "" {
			out = append(out, row{Path: path, Label: label, Value: c.Was, Changes: []string{"removed"}, Removed: true})
			return true
		}
		return false
	})
	return out
}

func (b *builder) event(e *graph.Event) []row {
	var out []row
	v := reflect.ValueOf(*e)
	for _, f := range fields(v.Type()) {
		path, value := "event."+f.key, plain(v.Field(f.index))
		if f.key == "support" {
			continue
		}
		cites, _ := b.doc.cites(e.SupportOf(f.key))
		stale := b.outgrown(path, "event.support."+f.key, cites)
		changes := b.take(path, false)
		if _, companion := companions[f.key]; !companion {
			changes = append(changes, prefixed("support ", b.take("event.support."+f.key, false))...)
		}
		if value == "" && len(changes) == 0 {
			continue
		}
		r := b.row(path, strings.ReplaceAll(f.key, "_", " "), value, e.SupportOf(headField(f.key)))
		if value == "" {
			r.Value, r.Removed = strings.TrimPrefix(changes[0], "removed, was: "), true
			changes[0] = "removed"
		}
		if _, companion := companions[f.key]; stale && !companion {
			changes = append(changes, citesProposed)
		}
		r.Changes = changes
		out = append(out, r)
	}
	return out
}

func prefixed(prefix string, list []string) []string {
	for i := range list {
		list[i] = prefix + list[i]
	}
	return list
}

func (b *builder) participants(path string, list []graph.Participant) []row {
	var out []row
	for i, p := range list {
		details := []string{p.Position, p.Organisation, labelled("for", p.Side), quoted(p.AsWritten), labelled("note:", p.Note)}
		if p.Person == "" {
			details[1] = ""
		}
		out = append(out, b.row(at(path, i), p.Role, cmp.Or(p.Person, p.Organisation), p.Support, details...))
	}
	return append(out, b.removed(path, "participant")...)
}

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + " " + text
}

func quoted(text string) string {
	if text == "" {
		return ""
	}
	return "“" + text + "”"
}

func (b *builder) mentions(path string, list []graph.Mention) []row {
	var out []row
	for i, m := range list {
		stance := m.Stance
		if m.Kind == "" {
			stance = ""
		}
		out = append(out, b.row(at(path, i), cmp.Or(m.Kind, m.Stance, "threat"), m.Name, m.Support, stance, quoted(m.AsWritten), labelled("note:", m.Note)))
	}
	return append(out, b.removed(path, strings.TrimSuffix(path, "s"))...)
}

// rest shows what most records have little of.
func (b *builder) rest(r *graph.Record) {
	var outcomes, quotations []row
	for i, o := range r.Outcomes {
		outcomes = append(outcomes, b.row(at("outcomes", i), "outcome", o.Text, o.Support))
	}
	b.section("Outcomes", append(outcomes, b.removed("outcomes", "outcome")...)...)
	for i, q := range r.Quotations {
		quotations = append(quotations, b.row(at("quotations", i), "quoted", cmp.Or(q.Person, q.Organisation), q.Support, labelled("for", q.Side), q.About))
	}
	b.section("Quotations", append(quotations, b.removed("quotations", "quotation")...)...)
	b.section("Threats", b.mentions("threats", r.Threats)...)
	if h := r.Hiatus; h != nil {
		b.section("Hiatus", b.row("hiatus", "length", h.Length, h.Support, h.Reason))
	}
	if n := r.NextSession; n != nil {
		ordinal := ""
		if n.Ordinal > 0 {
			ordinal = fmt.Sprintf("session %d", n.Ordinal)
		}
		b.section("Next session", b.row("next_session", "planned", cmp.Or(filled(n.Date, n.City, n.Country), "announced"), n.Support, ordinal, labelled("host:", n.Host), n.Note))
	}
	b.section("Before this one", b.neighbours("preceded_by", r.PrecededBy)...)
	b.section("After this one", b.neighbours("followed_by", r.FollowedBy)...)
	b.section("Sources disagree", b.claims(r.Claims)...)
	if r.Note != "" {
		b.section("Note", b.row("note", "note", r.Note, nil))
	}
}

func (b *builder) neighbours(path string, list []graph.Neighbour) []row {
	var out []row
	for i, n := range list {
		out = append(out, b.row(at(path, i), "event", n.Name, n.Support, n.Event, labelled("by", strings.Join(n.Organisers, ", ")), n.Note))
	}
	return append(out, b.removed(path, "event")...)
}

func (b *builder) claims(list []graph.Claim) []row {
	var out []row
	for i, c := range list {
		for j, v := range c.Values {
			preferred := ""
			if v.Preferred {
				preferred = "preferred"
			}
			out = append(out, b.row(at(at("claims", i)+".values", j), c.Field, v.Value, v.Support, preferred))
		}
		out[len(out)-1].Details = append(out[len(out)-1].Details, b.take(at("claims", i), false)...)
	}
	return append(out, b.removed("claims", "claim")...)
}

func (b *builder) sources(list []graph.Source) []row {
	var out []row
	for i, s := range list {
		out = append(out, b.row(at("sources", i), s.ID, cmp.Or(s.Title, s.URL, "document "+s.SHA256), nil, s.Publisher, s.Published, s.Language, s.MediaType, s.Note))
	}
	return append(out, b.removed("sources", "source")...)
}
