package foreign

import (
	"cmp"
	"fmt"
	"slices"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/rdf"
)

// fileSource is the file itself.
func (rd *reading) fileSource() graph.Source {
	return graph.Source{Title: rd.file.Name, SHA256: rd.file.SHA256, MediaType: rd.file.MediaType}
}

// sources are those of one record, or of the authority of a file.
type sources struct {
	rd   *reading
	list []graph.Source
}

// id gives the local id of a source, which it takes in where it is new.
func (s *sources) id(x graph.Source) string {
	i := slices.IndexFunc(s.list, func(y graph.Source) bool { return y.URL == x.URL && y.SHA256 == x.SHA256 })
	if i < 0 {
		i = len(s.list)
		x.ID = fmt.Sprint("s", i+1)
		s.list = append(s.list, x)
	}
	return s.list[i].ID
}

// of gives the source that makes a statement: its graph, or else the one that
// backs its subject.
func (s *sources) of(f *fact, otherwise graph.Source) string {
	if address := s.rd.address(f.Graph); f.Graph.Value != "" && address != "" {
		return s.id(s.rd.described(address, s.rd.at(f.Graph)))
	}
	return s.id(otherwise)
}

// described is a source at an address, with what the file says of it.
func (rd *reading) described(address string, t *thing) graph.Source {
	out := graph.Source{URL: address}
	if t == nil {
		return out
	}
	if t.kind == "" {
		t.kind = kindWork
	}
	if t.kind != kindWork {
		return out
	}
	rd.useName(t)
	out.Title = rd.nameOf(t)
	if e := rd.first(t, fieldPublisher, func(e edge) bool { return rd.label(e.to) != "" }); e != nil {
		out.Publisher = rd.label(e.to)
		rd.useLabel(*e)
	}
	if e := rd.first(t, fieldPublished, func(e edge) bool { _, ok := day(e.to); return ok }); e != nil {
		out.Published, _ = day(e.to)
		e.f.used = true
	}
	if e := rd.first(t, fieldLanguage, func(e edge) bool { return text(e.to) != "" }); e != nil {
		out.Language = text(e.to)
		e.f.used = true
	}
	for _, e := range rd.get(t, fieldURL) {
		if rd.address(e.to) == address {
			e.f.used = true
		}
	}
	return out
}

// first gives the first edge of a field that says something, nil for none.
func (rd *reading) first(t *thing, x field, says func(edge) bool) *edge {
	for _, e := range rd.get(t, x) {
		if says(e) {
			return &e
		}
	}
	return nil
}

// label is the text of a literal or the name of a thing.
func (rd *reading) label(n rdf.Node) string {
	if t := rd.at(n); t != nil {
		return rd.nameOf(t)
	}
	return text(n)
}

// useLabel marks what label read.
func (rd *reading) useLabel(e edge) {
	e.f.used = true
	if t := rd.at(e.to); t != nil {
		rd.useName(t)
	}
}

// backing is the source of what no named graph says of a thing: what it is
// derived from, if that is one; else the file.
func (rd *reading) backing(t *thing) graph.Source {
	var found []edge
	for _, x := range []field{fieldURL, fieldDerived} {
		for _, e := range rd.get(t, x) {
			if rd.address(e.to) != "" {
				found = append(found, e)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	if len(found) != 1 {
		return rd.fileSource()
	}
	found[0].f.used = true
	return rd.described(rd.address(found[0].to), rd.at(found[0].to))
}

// span is the EDTF date of a first and a last day, "" where they are none. A
// day that is not given at the beginning is not known.
func span(first, last string) string {
	switch {
	case first == last, last == "":
		return first
	}
	both := first + "/" + last // "/2025-02-17" where it is not known when it began
	if _, err := edtf.Parse(both); err != nil {
		return ""
	}
	return both
}

// spanOf reads the days of a thing that begins and ends, and marks them.
func (rd *reading) spanOf(t *thing) string {
	if t == nil {
		return ""
	}
	read := func(x field) (string, []*fact) {
		for _, e := range rd.get(t, x) {
			if d, ok := day(e.to); ok {
				return d, []*fact{e.f}
			}
			if at := rd.at(e.to); at != nil && at != t && at.kind == kindSpan {
				for _, inner := range rd.get(at, fieldStart) {
					if d, ok := day(inner.to); ok {
						return d, append([]*fact{e.f, inner.f}, rd.typesOf(at)...)
					}
				}
			}
		}
		return "", nil
	}
	first, used := read(fieldStart)
	last, more := read(fieldEnd)
	out := span(first, last)
	if out == "" || first == "" {
		return ""
	}
	for _, f := range append(append(used, more...), rd.typesOf(t)...) {
		f.used = true
	}
	return out
}

// ids orders the local ids of sources.
func ids(list []string) []string {
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return slices.Compact(list)
}
