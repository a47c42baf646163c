package loaders

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/loaders/extract"
	"dialograph/loaders/record"
	"dialograph/loaders/source"
)

// documentEndings are those of files that are read as press statements.
var documentEndings = []string{".txt", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".md"}

// IsDocument tells whether a path or address names a press statement rather
// than records: an address, or a file with the ending of a document.
func IsDocument(path string) bool {
	return IsAddress(path) || slices.Contains(documentEndings, strings.ToLower(filepath.Ext(path)))
}

// IsAddress tells whether a path is an address of the web.
func IsAddress(path string) bool {
	return strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://")
}

// OpenDocument reads a press statement from a file or an address.
func OpenDocument(ctx context.Context, path string, fetch source.FetchOptions) (*source.Document, error) {
	if IsAddress(path) {
		return source.Fetch(ctx, path, fetch)
	}
	d, err := source.ReadFile(path)
	switch {
	case err == nil:
		return d, nil
	case os.IsNotExist(err), os.IsPermission(err):
		return nil, fmt.Errorf("%s: %s", path, reason(err))
	}
	if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: is a directory", path)
	}
	return nil, err
}

// Session is what is known of a record in the store: whether a person reviewed
// it, which session it is of, and what it cites.
type Session struct {
	Reviewed bool
	Series   string // its id; "" for none
	Ordinal  int
	Date     string
	Sources  []graph.Source

	name, review, note string
	content            string // the record without its sources, as JSON
}

func newSession(r *graph.Record) Session {
	s := sessionNamed(r)
	s.content = contentOf(r)
	return s
}

// sessionNamed is a session without what its record says.
func sessionNamed(r *graph.Record) Session {
	return Session{Reviewed: r.Review == "reviewed", Series: r.Event.Series.ID, Ordinal: r.Event.Ordinal, Date: r.Event.Date, Sources: r.Sources,
		name: r.Event.Name, review: r.Review, note: r.Note}
}

// contentOf writes what a record says in one form, whether it was read from a
// file or from the store.
func contentOf(r *graph.Record) string {
	canonical := *r.Canonical()
	canonical.Sources = nil
	text, err := json.Marshal(canonical)
	if err != nil {
		return "" // a record has nothing that JSON cannot hold
	}
	return string(text)
}

// sameAs tells whether two records are of one session of a series: by its
// number, or its date where one of them has no number.
func (s Session) sameAs(t Session) bool {
	switch {
	case s.Series == "" || s.Series != t.Series:
		return false
	case s.Ordinal > 0 && t.Ordinal > 0:
		return s.Ordinal == t.Ordinal
	}
	return s.Date != "" && s.Date == t.Date
}

// sessionOf finds the session of a record among those known, whatever id an
// editor gave it.
func (k Known) sessionOf(r *graph.Record, d *source.Document) (id string, s Session, ok bool) {
	if s, ok := k.Sessions[r.ID]; ok {
		return r.ID, s, true
	}
	mine := newSession(r)
	for _, id := range slices.Sorted(maps.Keys(k.Sessions)) {
		if s := k.Sessions[id]; s.sameAs(mine) || s.readFrom(d) && s.Ordinal == mine.Ordinal && s.Date == mine.Date {
			return id, s, true
		}
	}
	return "", Session{}, false
}

// readFrom tells whether the record was read from this document, or an earlier
// state of its page, and from nothing else.
func (s Session) readFrom(d *source.Document) bool {
	if len(s.Sources) != 1 || s.Sources[0].SHA256 == "" {
		return false
	}
	src := s.Sources[0]
	return src.SHA256 == d.SHA256 || src.URL != "" && src.URL == d.URL
}

// Extracted makes documents of the records that a press statement gave. A
// record of a session that the store holds from elsewhere, or that a person
// reviewed, is a problem: a machine's reading never replaces it.
func Extracted(d *source.Document, r *extract.Result, known Known) ([]record.Document, []record.Problem) {
	var docs []record.Document
	var problems []record.Problem
	if r.Reason != "" {
		problems = append(problems, record.Problem{File: d.Name, Problem: graph.Problem{Severity: graph.Warning, Message: "gives no record: " + r.Reason}})
	}
	for i, rec := range r.Records {
		doc := record.New(rec)
		doc.File = d.Name
		id, held, ok := known.sessionOf(rec, d)
		mine := id == rec.ID && !held.Reviewed && held.readFrom(d)
		if !ok || mine && held.content == contentOf(rec) {
			docs = append(docs, doc)
			continue
		}
		how := "from another source; extract --out writes what this text says, to put the two together"
		switch {
		case mine, !held.Reviewed && held.readFrom(d):
			how = "as it was corrected, or as an earlier text or version was read; extract --out writes what this text says now, and load DIR replaces it"
		case held.Reviewed:
			how = "as a person reviewed it; extract --out writes what this text says, to compare"
		}
		p := doc.At(graph.Problem{Severity: graph.Error, Message: fmt.Sprintf("the graph holds event/%s %s", id, how)})
		p.Document = i + 1 // so that it rejects no other record of the text, which have no number
		problems = append(problems, p)
	}
	return docs, problems
}

// asksForSessions tells whether anything in the batch must not replace what a
// person reviewed.
func (b *Batch) asksForSessions() bool {
	return len(b.texts) > 0 || slices.ContainsFunc(b.Documents, func(d record.Document) bool { return isUnreviewed(d.Record) })
}

func isUnreviewed(r *graph.Record) bool { return r != nil && r.Review == "unreviewed" }

// wouldUndoReview finds records that nobody reviewed on sessions that the store
// holds as a person reviewed them, or that it or another record of the batch
// holds under another id: they would be a second event.
func (b *Batch) wouldUndoReview(known Known) []record.Problem {
	if !slices.ContainsFunc(b.Documents, func(d record.Document) bool { return isUnreviewed(d.Record) }) {
		return nil
	}
	settled := b.settledSessions(known)
	var faults []record.Problem
	for i := range b.Documents {
		d := &b.Documents[i]
		if !isUnreviewed(d.Record) {
			continue
		}
		id, other := settled.elsewhere(d.Record)
		switch {
		case known.Sessions[d.Record.ID].Reviewed:
			faults = append(faults, d.At(graph.Problem{Path: "review", Severity: graph.Error, Message: fmt.Sprintf(
				"the graph holds event/%s as a person reviewed it; an unreviewed record does not replace it", d.Record.ID)}))
		case other:
			faults = append(faults, d.At(graph.Problem{Path: "id", Severity: graph.Error, Message: fmt.Sprintf(
				"event/%s is this session already; give the record that id, or retract the source of that one", id)}))
		}
	}
	return faults
}

// sessionsBySeries are sessions by the id of their series and their own.
type sessionsBySeries map[string]map[string]Session

// settledSessions are those that the store holds, and those of the batch that
// are not mere drafts.
func (b *Batch) settledSessions(known Known) sessionsBySeries {
	out := sessionsBySeries{}
	add := func(id string, s Session) {
		if s.Series == "" {
			return
		}
		if out[s.Series] == nil {
			out[s.Series] = map[string]Session{}
		}
		out[s.Series][id] = s
	}
	for id, s := range known.Sessions {
		add(id, s)
	}
	b.records(func(d *record.Document) {
		if !isUnreviewed(d.Record) {
			add(d.Record.ID, sessionNamed(d.Record))
		}
	})
	return out
}

// elsewhere gives the id under which the session of a record is known, where
// that is not the record's own.
func (all sessionsBySeries) elsewhere(r *graph.Record) (id string, ok bool) {
	mine, same := sessionNamed(r), all[r.Event.Series.ID]
	if _, known := same[r.ID]; known {
		return "", false
	}
	for _, id := range slices.Sorted(maps.Keys(same)) {
		if same[id].sameAs(mine) {
			return id, true
		}
	}
	return "", false
}

// readDocuments reads the press statements among the inputs with the names
// that are known.
func (b *Batch) readDocuments(inputs []Input, known Known) error {
	if len(inputs) == 0 {
		return nil
	}
	x, err := extract.New(b.authority(known))
	if err != nil {
		return err
	}
	held := maps.Clone(known.Sessions)
	if held == nil {
		held = map[string]Session{}
	}
	b.records(func(d *record.Document) { held[d.Record.ID] = newSession(d.Record) })
	known.Sessions = held
	for _, in := range inputs {
		d, err := in.document()
		if err != nil {
			b.Problems = append(b.Problems, record.Problem{File: in.Name, Problem: graph.Problem{Severity: graph.Error, Message: strings.TrimPrefix(err.Error(), in.Name+": ")}})
			b.Rejected++
			continue
		}
		result := x.Extract(d)
		for _, rec := range result.Records {
			b.nameSeries(rec, known)
		}
		docs, problems := Extracted(d, result, known)
		for _, doc := range docs {
			held[doc.Record.ID] = newSession(doc.Record) // a second text on it is another source
		}
		for _, p := range problems {
			if p.Severity == graph.Error {
				b.Rejected++
			}
		}
		b.Documents = append(b.Documents, docs...)
		b.Problems = append(b.Problems, problems...)
	}
	return nil
}

// nameSeries gives a series by its name where only the further names hold its
// entry.
func (b *Batch) nameSeries(r *graph.Record, known Known) {
	id := r.Event.Series.ID
	if id == "" {
		return
	}
	held := false
	look := func(a *graph.Authority) {
		held = held || a != nil && slices.ContainsFunc(a.Series, func(s graph.Series) bool { return s.ID == id })
	}
	look(known.Authority)
	b.authorities(func(d *record.Document) { look(d.Authority) })
	if held || known.Names == nil {
		return
	}
	for _, s := range known.Names.Series {
		if s.ID == id {
			r.Event.Series = graph.SeriesName{Name: s.Name}
		}
	}
}

// authority is what is known, what the batch adds to it or says instead, and the
// further names: an entry that is there twice would be ambiguous.
func (b *Batch) authority(known Known) *graph.Authority {
	added := &graph.Authority{}
	b.authorities(func(d *record.Document) { added.Append(d.Authority) })
	all, seen := &graph.Authority{}, map[graph.ID]bool{}
	for _, a := range []*graph.Authority{added, known.Authority, known.Names} {
		if a == nil {
			continue
		}
		rest, drop := *a, map[string]bool{}
		a.EachEntry(func(id graph.ID, path string, _ *graph.Entry) { drop[path] = seen[id] })
		dropEntries(&rest, func(section string, i int) bool { return drop[fmt.Sprintf("%s[%d]", section, i)] })
		rest.EachEntry(func(id graph.ID, _ string, _ *graph.Entry) { seen[id] = true })
		all.Append(&rest)
	}
	return all
}

// sessionOf reads a record from its unit of the store.
func sessionOf(base rdf.Base, id string, u rdf.Unit) Session {
	r := rdf.ToRecord(base, rdf.NewSet(u.Quads), id)
	if r == nil {
		return Session{}
	}
	s := newSession(r)
	s.own()
	return s
}

// own copies all texts: what the store hands out are parts of all that a unit says,
// which would be kept with them.
func (s *Session) own() {
	copied := func(texts ...*string) {
		for _, t := range texts {
			*t = strings.Clone(*t)
		}
	}
	copied(&s.Series, &s.Date, &s.name, &s.review, &s.note)
	for i := range s.Sources {
		x := &s.Sources[i]
		copied(&x.ID, &x.URL, &x.Title, &x.Publisher, &x.Published, &x.Retrieved, &x.Language, &x.MediaType, &x.SHA256, &x.Supports, &x.Note)
		for k := range x.Passages {
			p := &x.Passages[k]
			copied(&p.Char, &p.Exact, &p.Prefix, &p.Suffix)
		}
	}
}
