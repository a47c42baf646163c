package participations

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dialograph/graph"
	"dialograph/graph/rdf"
)

// tableID is the local id of the table itself among the sources of a record.
const tableID = "table"

// cited are the sources of one event's rows.
type cited struct {
	table    *table
	list     []*publication
	passages []graph.Passage // of the table
	cites    map[graph.Span]bool
	used     bool // the table is a source itself
}

// publication is a source with an address, and what rows say of it.
type publication struct {
	id, url    string
	attributes map[string]*values
	passages   []graph.Passage
}

// attributes are the columns that describe a source, as a record names them.
var attributes = []struct {
	column, field string
	check         func(string) (string, error)
}{
	{"source_title", "title", anything}, {"publisher", "publisher", anything}, {"published", "published", date}, {"retrieved", "retrieved", date}, {"language", "language", languageTag},
}

// reference is what a row says of its sources.
type reference struct {
	addresses []string
	words     []string // titles and identifiers, which no one can follow
	quotes    []string
	evidence  []string
}

// identified tells whether a source is given by an identifier, under which
// nobody finds it.
func (r reference) identified() bool {
	return slices.ContainsFunc(r.words, func(w string) bool { return identifier(w, graph.KindSource) })
}

// lost tells whether a source is named that the record cannot hold, for want of
// an address.
func (r reference) lost() bool {
	return len(r.words) > 0 && (len(r.addresses) != 1 || r.identified())
}

// referenceOf reads the columns of sources and quotes.
func referenceOf(x *row, fault func(column, format string, args ...any)) reference {
	var r reference
	for _, column := range []string{"sources", "url"} {
		for _, item := range x.words(column) {
			ok, err := address(item)
			switch {
			case err != nil:
				fault(column, "%v", err)
			case ok && !slices.Contains(r.addresses, item):
				r.addresses = append(r.addresses, item)
			case !ok:
				r.words = append(r.words, item)
			}
		}
	}
	r.quotes, r.evidence = x.list("quotes"), x.words("evidence")
	if len(r.evidence) > 0 && len(r.evidence) != len(r.quotes) {
		fault("evidence", "names %d passages for %d quotes", len(r.evidence), len(r.quotes))
		r.evidence = nil
	}
	if len(r.evidence) == 0 {
		r.quotes = x.words("quotes")
	}
	return r
}

// take gives the support of a row: its addresses, or the passages of them that
// it names; where it has no address, or quotes words without their place, what
// the table itself says.
func (c *cited) take(x *row, r reference, fault func(column, format string, args ...any)) []string {
	var support []string
	placed := map[string]bool{}
	inTable := len(r.addresses) == 0
	for i, id := range r.evidence {
		p, span := c.passage(graph.ID(id), r)
		if p == nil && !r.identified() {
			fault("evidence", "%q is a passage of none of the row's sources", id)
		}
		if p == nil {
			inTable = true // of a source without an address
			continue
		}
		if err := p.quote(span, r.quotes[i]); err != nil {
			fault("quotes", "%v", err)
		}
		placed[p.url] = true
		support = append(support, graph.Support{Source: p.id, Span: &span}.String())
	}
	for _, url := range r.addresses {
		if p := c.publication(url); !placed[url] {
			support = append(support, p.id)
		}
	}
	switch {
	case inTable:
		support = append(support, c.own(x.stretches()...)...)
	case len(r.quotes) > 0 && len(r.evidence) == 0:
		support = append(support, c.own(x.cell("quotes"))...)
	}
	c.describe(x, r, fault)
	return support
}

// own cites stretches of the table.
func (c *cited) own(stretches ...graph.Span) []string {
	c.used = true
	var out []string
	for _, s := range stretches {
		out = append(out, graph.Support{Source: tableID, Span: &s}.String())
		if !c.cites[s] {
			c.cites[s] = true
			c.passages = append(c.passages, graph.Passage{Char: fmt.Sprintf("%d,%d", s.Start, s.End), Exact: c.table.doc.Slice(s)})
		}
	}
	return out
}

// publication gives the source with an address.
func (c *cited) publication(url string) *publication {
	for _, p := range c.list {
		if p.url == url {
			return p
		}
	}
	p := &publication{id: fmt.Sprintf("s%d", len(c.list)+1), url: url, attributes: map[string]*values{}}
	for _, a := range attributes {
		p.attributes[a.field] = &values{}
	}
	c.list = append(c.list, p)
	return p
}

// passage finds the source and the stretch of an identifier of a passage among
// the addresses of a row; nil where it is of none.
func (c *cited) passage(id graph.ID, r reference) (*publication, graph.Span) {
	slug, place := strings.TrimSuffix(id.Slug(), path.Ext(id.Slug())), strings.TrimPrefix(path.Ext(id.Slug()), ".")
	from, to, _ := strings.Cut(place, "-")
	start, err1 := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	for _, url := range r.addresses {
		if err1 == nil && err2 == nil && id.Kind() == graph.KindPassage && rdf.SourceID(graph.Source{URL: url}).Slug() == slug {
			return c.publication(url), graph.Span{Start: start, End: end}
		}
	}
	return nil, graph.Span{}
}

// quote adds a passage with its words.
func (p *publication) quote(s graph.Span, exact string) error {
	q := graph.Passage{Char: fmt.Sprintf("%d,%d", s.Start, s.End), Exact: exact}
	if length := len([]rune(exact)); length != s.End-s.Start {
		return fmt.Errorf("%q has %d code points, but its passage (%s) has %d", exact, length, q.Char, s.End-s.Start)
	}
	for _, known := range p.passages {
		if known.Char == q.Char {
			if known.Exact != q.Exact {
				return fmt.Errorf("%q is not what another row quotes from %s at %s", exact, p.url, q.Char)
			}
			return nil
		}
	}
	p.passages = append(p.passages, q)
	return nil
}

// describe notes what a row says of its sources: of the only one, or of each in
// their order.
func (c *cited) describe(x *row, r reference, fault func(column, format string, args ...any)) {
	if len(r.addresses) == 0 {
		return
	}
	for _, a := range attributes {
		items := x.words(a.column)
		switch {
		case len(r.addresses) == 1 && len(items) > 0:
			items = []string{x.text(a.column)}
		case len(r.addresses) == 1 && a.field == "title" && !r.lost():
			items = r.words // "source" beside "url"
		}
		if len(items) > 0 && len(items) != len(r.addresses) {
			fault(a.column, "describes %d sources, but the row has %d", len(items), len(r.addresses))
			continue
		}
		for i, item := range items {
			value, err := a.check(item)
			if err != nil {
				fault(a.column, "%v", err)
			}
			c.publication(r.addresses[i]).attributes[a.field].add(value, x, nil)
		}
	}
}

// sources are those of the record. Disagree is told on what rows do.
func (c *cited) sources(name string, disagree func(field, column string, v values)) []graph.Source {
	var out []graph.Source
	for i, p := range c.list {
		one := func(field string) string { return p.attributes[field].one() }
		out = append(out, graph.Source{ID: p.id, URL: p.url, Title: one("title"), Publisher: one("publisher"), Published: one("published"),
			Retrieved: one("retrieved"), Language: one("language"), Passages: p.passages})
		for _, a := range attributes {
			if v := *p.attributes[a.field]; len(v) > 1 {
				for j := range v {
					v[j].support = c.own(v[j].row.stretches()...)
				}
				disagree(fmt.Sprintf("sources[%d].%s", i, a.field), a.column, v)
			}
		}
	}
	if c.used {
		out = append(out, graph.Source{ID: tableID, Title: filepath.Base(name), MediaType: mediaType(name), SHA256: c.table.doc.SHA256, Passages: c.passages})
	}
	return out
}
