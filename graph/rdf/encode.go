package rdf

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dialograph/graph"
	"dialograph/graph/vocab"
)

// Base is the IRI under which things are identified; it ends in a slash.
type Base string

// IRI expands an identifier.
func (b Base) IRI(id graph.ID) string { return string(b) + string(id) }

// ID compacts an IRI; it returns "" where the IRI is not under the base.
func (b Base) ID(iri string) graph.ID {
	id, ok := strings.CutPrefix(iri, string(b))
	if !ok {
		return ""
	}
	return graph.ID(id)
}

// Provenance is the graph in which facts about sources and passages stand.
func (b Base) Provenance() string { return string(b) + "graph/provenance" }

// Authority is the graph of what the reviewed authority files say without
// citing a source.
func (b Base) Authority() string { return string(b) + "source/dialograph-authority-files" }

// SourceID identifies a source by its address or, without one, its content, so
// that two records that cite one document cite one source.
func SourceID(s graph.Source) graph.ID {
	if s.URL == "" {
		return graph.NewID(graph.KindSource, "sha256-"+s.SHA256[:min(16, len(s.SHA256))])
	}
	host := "web"
	if u, err := url.Parse(s.URL); err == nil && u.Hostname() != "" {
		host = strings.TrimPrefix(u.Hostname(), "www.")
	}
	return graph.NewID(graph.KindSource, graph.Slug(host)+"-"+digest(s.URL, 10))
}

func digest(text string, n int) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:n]
}

// PassageID identifies a stretch of a source.
func PassageID(source graph.ID, span graph.Span) graph.ID {
	return graph.NewID(graph.KindPassage, source.Slug()+"."+strconv.Itoa(span.Start)+"-"+strconv.Itoa(span.End))
}

// writer collects quads about things under one base.
type writer struct {
	base    Base
	quads   []Quad
	sources map[string]graph.ID // local id -> source
	used    map[graph.ID]int
	owner   string // graph of what no source says
}

func newWriter(base Base, owner string, sources []graph.Source) *writer {
	w := &writer{base: base, owner: owner, sources: map[string]graph.ID{}, used: map[graph.ID]int{}}
	for _, s := range sources {
		w.sources[s.ID] = SourceID(s)
	}
	return w
}

// done returns the quads sorted and without repetition.
func (w *writer) done() []Quad {
	slices.SortFunc(w.quads, Compare)
	return slices.Compact(w.quads)
}

// graphs gives the graphs that a support names: passages and sources, or the
// owner where nothing is given.
func (w *writer) graphs(support []string) []string {
	var out []string
	for _, text := range support {
		s, err := graph.ParseSupport(text)
		if err != nil {
			continue
		}
		source, ok := w.sources[s.Source]
		switch {
		case !ok:
		case s.Span == nil:
			out = append(out, w.base.IRI(source))
		default:
			out = append(out, w.base.IRI(PassageID(source, *s.Span)))
		}
	}
	if len(out) == 0 {
		return []string{w.owner}
	}
	return out
}

// node is a subject and the graphs that its statements stand in.
type node struct {
	w      *writer
	id     graph.ID
	graphs []string
}

func (w *writer) node(id graph.ID, graphs []string) node { return node{w, id, graphs} }

// child makes a node whose slug is the record's and the given parts; a second
// one of the same name gets a number.
func (w *writer) child(kind graph.Kind, graphs []string, parts ...string) node {
	var slugs []string
	for _, p := range parts {
		if p = graph.Slug(p); len(p) > 60 {
			p = p[:strings.LastIndexFunc(p[:50], func(r rune) bool { return r == '-' })+1] + digest(p, 8)
		}
		if p != "" {
			slugs = append(slugs, p)
		}
	}
	id := graph.NewID(kind, strings.Join(slugs, "."))
	w.used[id]++
	if n := w.used[id]; n > 1 {
		id += graph.ID(fmt.Sprintf(".%d", n))
	}
	return node{w, id, graphs}
}

func (n node) add(predicate string, object Term) {
	for _, g := range n.graphs {
		n.w.quads = append(n.w.quads, Quad{n.w.base.IRI(n.id), predicate, object, g})
	}
}

func (n node) in(graphs []string) node { n.graphs = graphs; return n }

func (n node) class(iris ...string) node {
	for _, iri := range iris {
		n.add(vocab.Type, IRI(iri))
	}
	return n
}

func (n node) text(predicate, value string) {
	if value != "" {
		n.add(predicate, Text(value))
	}
}

func (n node) date(predicate, value string) {
	if value != "" {
		n.add(predicate, Typed(value, vocab.EDTF))
	}
}

func (n node) number(predicate string, value int) {
	n.add(predicate, Typed(strconv.Itoa(value), vocab.Integer))
}

func (n node) address(predicate, value string) {
	if value != "" {
		n.add(predicate, Typed(value, vocab.AnyURI))
	}
}

func (n node) link(predicate string, id graph.ID) {
	if id != "" {
		n.add(predicate, IRI(n.w.base.IRI(id)))
	}
}

// slug links to the entry of a kind that a file names by its slug.
func (n node) slug(predicate string, kind graph.Kind, slug string) {
	if slug != "" {
		n.link(predicate, graph.NewID(kind, slug))
	}
}

// ref writes a name as the record has it, what it resolved to, and the
// candidates where it did not.
func (n node) ref(name, link, text string, ref graph.Ref) {
	n.text(name, text)
	n.link(link, ref.ID)
	for _, c := range ref.Candidates {
		n.link(vocab.Candidate, c)
	}
}

// citations writes the sources: what each is, and what this owner takes from it.
func (w *writer) citations(owner graph.ID, list []graph.Source) {
	graphs := []string{w.base.Provenance()}
	for i, s := range list {
		source := w.node(SourceID(s), graphs).class(vocab.CreativeWork, vocab.Entity)
		source.about(s)
		cite := w.child(graph.KindCitation, graphs, owner.Slug(), s.ID).class(vocab.Citation)
		cite.link(vocab.CitedBy, owner)
		cite.link(vocab.Source, source.id)
		cite.number(vocab.Position, i)
		cite.text(vocab.LocalID, s.ID)
		cite.text(vocab.Supports, s.Supports)
		cite.text(vocab.Note, s.Note)
		cite.about(s)
		for _, p := range s.Passages {
			cite.link(vocab.CitesPassage, w.passage(source.id, p))
		}
	}
}

// about writes a source's description.
func (n node) about(s graph.Source) {
	n.address(vocab.URL, s.URL)
	n.text(vocab.Title, s.Title)
	n.text(vocab.Publisher, s.Publisher)
	n.date(vocab.Issued, s.Published)
	n.date(vocab.Retrieved, s.Retrieved)
	n.text(vocab.InLanguage, s.Language)
	n.text(vocab.EncodingFormat, s.MediaType)
	n.text(vocab.SHA256, s.SHA256)
}

func (w *writer) passage(source graph.ID, p graph.Passage) graph.ID {
	span, err := p.Span()
	if err != nil {
		return ""
	}
	n := w.node(PassageID(source, span), []string{w.base.Provenance()}).class(vocab.SpecificPart)
	n.link(vocab.HasSource, source)
	n.number(vocab.Start, span.Start)
	n.number(vocab.End, span.End)
	n.text(vocab.Exact, p.Exact)
	n.text(vocab.Prefix, p.Prefix)
	n.text(vocab.Suffix, p.Suffix)
	return n.id
}

func (w *writer) claims(of graph.ID, list []graph.Claim) {
	for i, c := range list {
		n := w.child(graph.KindClaim, []string{w.owner}, string(of.Kind()), of.Slug(), c.Field).class(vocab.Claim)
		n.link(vocab.ClaimOf, of)
		n.number(vocab.Position, i)
		n.text(vocab.Field, c.Field)
		n.text(vocab.Note, c.Note)
		for j, v := range c.Values {
			value := w.child(graph.KindClaim, w.graphs(v.Support), string(of.Kind()), of.Slug(), c.Field, digest(v.Value, 8)).class(vocab.ClaimedValue)
			value.link(vocab.ClaimOf, n.id)
			value.number(vocab.Position, j)
			value.text(vocab.Value, v.Value)
			if v.Preferred {
				value.in([]string{w.owner}).add(vocab.Preferred, Typed("true", vocab.Boolean))
			}
		}
	}
}
