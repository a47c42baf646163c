package loaders

import (
	"context"
	"fmt"
	"maps"
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
	if err != nil && !strings.Contains(err.Error(), path) {
		err = fmt.Errorf("%s: %s", path, reason(err))
	}
	return d, err
}

// Session is what is known of a record in the store: whether a person reviewed
// it, and the documents that it cites by their SHA-256.
type Session struct {
	Reviewed  bool
	Documents map[string]bool
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
	for _, rec := range r.Records {
		doc := record.New(rec)
		doc.File = d.Name
		held, ok := known.Sessions[rec.ID]
		switch {
		case !ok || !held.Reviewed && held.Documents[d.SHA256]:
			docs = append(docs, doc)
		case held.Reviewed:
			problems = append(problems, doc.At(graph.Problem{Severity: graph.Error, Message: fmt.Sprintf(
				"the graph holds event/%s as a person reviewed it; extract --out writes what this text says, to compare", rec.ID)}))
		default:
			problems = append(problems, doc.At(graph.Problem{Severity: graph.Error, Message: fmt.Sprintf(
				"the graph holds event/%s from another source; extract --out writes what this text says, to put the two together", rec.ID)}))
		}
	}
	return docs, problems
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
	known.Sessions = held
	for _, in := range inputs {
		d, err := in.document()
		if err != nil {
			b.Problems = append(b.Problems, record.Problem{File: in.Name, Problem: graph.Problem{Severity: graph.Error, Message: strings.TrimPrefix(err.Error(), in.Name+": ")}})
			b.Rejected++
			continue
		}
		docs, problems := Extracted(d, x.Extract(d), known)
		for _, doc := range docs {
			held[doc.Record.ID] = Session{Documents: map[string]bool{}} // a second text on it is another source
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

// authority is what is known, and what the batch adds to it.
func (b *Batch) authority(known Known) *graph.Authority {
	all := &graph.Authority{}
	if known.Authority != nil {
		all.Append(known.Authority)
	}
	b.authorities(func(d *record.Document) { all.Append(d.Authority) })
	return all
}

// sessionOf tells what a unit of the store says of a record.
func sessionOf(base rdf.Base, id string, u rdf.Unit) Session {
	s := Session{Documents: map[string]bool{}}
	r := rdf.ToRecord(base, rdf.NewSet(u.Quads), id)
	if r == nil {
		return s
	}
	s.Reviewed = r.Review == "reviewed"
	for _, src := range r.Sources {
		if src.SHA256 != "" {
			s.Documents[src.SHA256] = true
		}
	}
	return s
}
