package rdf

import (
	"cmp"
	"slices"
	"strconv"

	"dialograph/graph"
	"dialograph/graph/vocab"
)

// Stated is what one quad says of its subject and predicate.
type Stated struct {
	Object Term
	Graph  string
}

// View is the reading side of a set of quads.
type View interface {
	// Stated gives what is said of a subject by a predicate, in the order of
	// Compare. Who asks makes no use of an answer after the next call.
	Stated(subject, predicate string) []Stated
	// Subjects gives the subjects that a predicate links to an object IRI, each
	// once, in ascending order.
	Subjects(predicate, object string) []string
}

// Set is a View over quads in memory, for single records and for tests.
type Set struct {
	out map[[2]string][]Stated
	in  map[[2]string][]string
}

// NewSet indexes quads.
func NewSet(quads []Quad) *Set {
	quads = slices.Clone(quads)
	slices.SortFunc(quads, Compare)
	s := &Set{out: map[[2]string][]Stated{}, in: map[[2]string][]string{}}
	for _, q := range slices.Compact(quads) {
		key := [2]string{q.Subject, q.Predicate}
		s.out[key] = append(s.out[key], Stated{q.Object, q.Graph})
		if !q.Object.Literal {
			key = [2]string{q.Predicate, q.Object.Value}
			if list := s.in[key]; len(list) == 0 || list[len(list)-1] != q.Subject {
				s.in[key] = append(list, q.Subject)
			}
		}
	}
	return s
}

// Stated implements View.
func (s *Set) Stated(subject, predicate string) []Stated { return s.out[[2]string{subject, predicate}] }

// Subjects implements View.
func (s *Set) Subjects(predicate, object string) []string { return s.in[[2]string{predicate, object}] }

// Valued is a View that is quicker to say what comes first.
type Valued interface {
	View
	// Value gives the value of the first that Stated would give, or "".
	Value(subject, predicate string) string
}

// reader reads the nodes of one record or entry.
type reader struct {
	view   View
	valued Valued // the view, if it is one
	base   Base
	name   func(graphIRI string) string // support as the owner writes it; "" to leave out
	last   *linked
}

func newReader(base Base, view View) reader {
	valued, _ := view.(Valued)
	return reader{view: view, valued: valued, base: base, last: &linked{}}
}

// linked is what links to an owner. It is remembered because the nodes of one class
// after the other are asked for.
type linked struct {
	link, owner string
	nodes       []linkedNode
}

// linkedNode is a node as one of a class.
type linkedNode struct {
	subject, class string
	position       int
}

func (r reader) text(subject, predicate string) string {
	if r.valued != nil {
		return r.valued.Value(subject, predicate)
	}
	if list := r.view.Stated(subject, predicate); len(list) > 0 {
		return list[0].Object.Value
	}
	return ""
}

// texts gives the distinct literals of a predicate, ascending.
func (r reader) texts(subject, predicate string) []string {
	var out []string
	for _, s := range r.view.Stated(subject, predicate) {
		out = append(out, s.Object.Value)
	}
	return slices.Compact(out)
}

func (r reader) number(subject, predicate string) int {
	n, _ := strconv.Atoi(r.text(subject, predicate))
	return n
}

func (r reader) flag(subject, predicate string) bool { return r.text(subject, predicate) == "true" }

func (r reader) id(subject, predicate string) graph.ID {
	return r.base.ID(r.text(subject, predicate))
}

func (r reader) node(subject string) graph.NodeID { return graph.NodeID(r.base.ID(subject)) }

func (r reader) slug(subject, predicate string) string { return r.id(subject, predicate).Slug() }

func (r reader) slugs(subject, predicate string) []string {
	var out []string
	for _, iri := range r.texts(subject, predicate) {
		out = append(out, r.base.ID(iri).Slug())
	}
	return out
}

// ref reads what a name resolved to, or its candidates of the given kinds: a
// participation may have some for its person and some for its body.
func (r reader) ref(subject, link string, kinds ...graph.Kind) graph.Ref {
	ref := graph.Ref{ID: r.id(subject, link)}
	if ref.ID != "" {
		return ref
	}
	for _, iri := range r.texts(subject, vocab.Candidate) {
		if id := r.base.ID(iri); len(kinds) == 0 || slices.Contains(kinds, id.Kind()) {
			ref.Candidates = append(ref.Candidates, id)
		}
	}
	return ref
}

// support gives what backs a statement, as its owner writes it.
func (r reader) support(subject, predicate string) []string {
	var out []string
	for _, s := range r.view.Stated(subject, predicate) {
		if name := r.name(s.Graph); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// members gives the nodes of a class that link to an owner, in their order.
func (r reader) members(class, link, owner string) []string {
	var out []string
	for _, n := range r.linking(link, owner) {
		if n.class == class {
			out = append(out, n.subject)
		}
	}
	return out
}

// linking gives what links to an owner, in its order.
func (r reader) linking(link, owner string) []linkedNode {
	l := r.last
	if l.link == link && l.owner == owner {
		return l.nodes
	}
	l.link, l.owner, l.nodes = link, owner, l.nodes[:0]
	for _, subject := range r.view.Subjects(link, owner) {
		position := r.number(subject, vocab.Position)
		class := ""
		for _, s := range r.view.Stated(subject, vocab.Type) {
			if s.Object.Value != class { // several graphs may say so
				class = s.Object.Value
				l.nodes = append(l.nodes, linkedNode{subject, class, position})
			}
		}
	}
	slices.SortStableFunc(l.nodes, func(a, b linkedNode) int { return cmp.Compare(a.position, b.position) })
	return l.nodes
}

func (r reader) source(subject string) graph.Source {
	return graph.Source{
		URL: r.text(subject, vocab.URL), Title: r.text(subject, vocab.Title), Publisher: r.text(subject, vocab.Publisher),
		Published: r.text(subject, vocab.Issued), Retrieved: r.text(subject, vocab.Retrieved), Language: r.text(subject, vocab.InLanguage),
		MediaType: r.text(subject, vocab.EncodingFormat), SHA256: r.text(subject, vocab.SHA256),
	}
}

func (r reader) passage(subject string) graph.Passage {
	return graph.Passage{
		Char:  r.text(subject, vocab.Start) + "," + r.text(subject, vocab.End),
		Exact: r.text(subject, vocab.Exact), Prefix: r.text(subject, vocab.Prefix), Suffix: r.text(subject, vocab.Suffix),
	}
}

func (r reader) claims(owner string) []graph.Claim {
	var out []graph.Claim
	for _, c := range r.members(vocab.Claim, vocab.ClaimOf, owner) {
		claim := graph.Claim{Node: r.node(c), Field: r.text(c, vocab.Field), Note: r.text(c, vocab.Note)}
		for _, v := range r.members(vocab.ClaimedValue, vocab.ClaimOf, c) {
			claim.Values = append(claim.Values, graph.Value{Value: r.text(v, vocab.Value), Preferred: r.flag(v, vocab.Preferred), Support: r.support(v, vocab.Value)})
		}
		out = append(out, claim)
	}
	return out
}

// ToSource reads the description of a source.
func ToSource(base Base, view View, id graph.ID) graph.Source {
	return newReader(base, view).source(base.IRI(id))
}

// SourcePassage is a passage and the source that it is a stretch of.
type SourcePassage struct {
	graph.Passage
	Source graph.ID
	Span   graph.Span
}

// ToPassage reads a passage.
func ToPassage(base Base, view View, id graph.ID) SourcePassage {
	r, subject := newReader(base, view), base.IRI(id)
	return SourcePassage{r.passage(subject), r.id(subject, vocab.HasSource), graph.Span{Start: r.number(subject, vocab.Start), End: r.number(subject, vocab.End)}}
}
