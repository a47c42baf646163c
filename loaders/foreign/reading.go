package foreign

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/loaders/gazetteer"
)

// fact is a statement and what became of it.
type fact struct {
	Statement
	used bool
	why  string // it has no place
}

// edge is a fact as its subject has it, or its object the other way round.
type edge struct {
	term string // with a prefix, as rules write it
	to   rdf.Node
	f    *fact
}

// thing is a node of the file with what is said of it.
type thing struct {
	node   rdf.Node
	line   int
	kind   graph.Kind
	detail string
	edges  []edge
	into   []*thing // what links to it

	merged *thing // the same body or person, named again
	id     graph.ID
	emit   bool // an entry is made of it
	held   bool // the graph holds its entry from elsewhere
}

// reading is the state of mapping one file.
type reading struct {
	file   File
	facts  []*fact
	things map[rdf.Node]*thing
	order  []*thing
	rules  map[graph.Kind]map[field][]string
	ranks  map[string]int // of classes by IRI

	known  *graph.Authority
	held   *gazetteer.Gazetteer
	all    *gazetteer.Gazetteer // with the entries of the file
	sameAs map[string][]graph.ID
	backed map[graph.ID][]string // support of known entries
	taken  map[graph.ID]bool     // identifiers of the file

	out Result
}

func newReading(f File, known *graph.Authority) *reading {
	if known == nil {
		known = &graph.Authority{}
	}
	rd := &reading{file: f, things: map[rdf.Node]*thing{}, rules: map[graph.Kind]map[field][]string{}, known: known, held: gazetteer.New(known),
		sameAs: map[string][]graph.ID{}, backed: map[graph.ID][]string{}, taken: map[graph.ID]bool{}}
	rd.ranks = map[string]int{}
	for i, c := range Classes() {
		rd.ranks[c.IRI] = i + 1
	}
	rd.out.Lines = map[graph.ID]int{}
	for _, r := range Rules() {
		for _, kind := range r.Of {
			if rd.rules[kind] == nil {
				rd.rules[kind] = map[field][]string{}
			}
			rd.rules[kind][r.field] = append(rd.rules[kind][r.field], r.Terms...)
		}
	}
	known.EachEntry(func(id graph.ID, _ string, e *graph.Entry) {
		if e == nil {
			return // a judgement
		}
		rd.backed[id] = e.Support
		for _, address := range e.SameAs {
			rd.sameAs[sameKey(address)] = append(rd.sameAs[sameKey(address)], id)
		}
	})
	shorts := map[string]string{}
	for i := range f.Statements {
		x := &fact{Statement: f.Statements[i]}
		short, ok := shorts[x.Predicate]
		if !ok {
			short = Short(x.Predicate)
			shorts[x.Predicate] = short
		}
		rd.facts = append(rd.facts, x)
		rd.add(x, short)
	}
	return rd
}

// sameKey is the form in which two addresses of one thing are compared.
func sameKey(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	rest = strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
	return strings.Replace(rest, "wikidata.org/wiki/Q", "wikidata.org/entity/Q", 1)
}

// add files a fact with its subject and, where it links, its object.
func (rd *reading) add(f *fact, term string) {
	subject := rd.thing(f.Subject, f.Line)
	if isContact(f, term) {
		f.why = Contact
		if f.Object.Blank != "" {
			rd.thing(f.Object, f.Line).kind = "contact"
		}
		return
	}
	subject.edges = append(subject.edges, edge{term, f.Object, f})
	if f.Object.Literal || f.Predicate == vocab.Type {
		return
	}
	object := rd.thing(f.Object, f.Line)
	object.into = append(object.into, subject)
	if other := inverses[term]; other != "" {
		object.edges = append(object.edges, edge{other, f.Subject, f})
		subject.into = append(subject.into, object)
	}
}

func (rd *reading) thing(n rdf.Node, line int) *thing {
	t := rd.things[n]
	if t == nil {
		t = &thing{node: n, line: line}
		rd.things[n] = t
		rd.order = append(rd.order, t)
	}
	return t
}

var contactForm = regexp.MustCompile(`[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+|\+\d[\d ()/.-]{7,}\d|^(mailto|tel|fax):`)

// isContact tells whether a statement says how to reach somebody.
func isContact(f *fact, term string) bool {
	return slices.Contains(contactTerms, term) || contactForm.MatchString(f.Object.Value) || contactForm.MatchString(f.Subject.Value) || contactForm.MatchString(f.Graph.Value)
}

// classify finds the kind of each thing by its classes.
func (rd *reading) classify() {
	classes := Classes()
	for _, t := range rd.order {
		best := 0
		for _, e := range t.edges {
			if rank := rd.rank(e); t.kind == "" && rank > 0 && (best == 0 || rank < best) {
				best = rank
			}
		}
		if best > 0 {
			t.kind, t.detail = classes[best-1].Kind, classes[best-1].Detail
		}
	}
	rd.infer()
	rd.hide()
	rd.merge()
}

// rank gives the place of a class among those that are understood, from 1; 0 for
// others, and for what is no class.
func (rd *reading) rank(e edge) int {
	if e.term != "rdf:type" {
		return 0
	}
	rank, ok := rd.ranks[e.to.Value]
	if !ok {
		rank = rd.ranks[Short(e.to.Value)]
		rd.ranks[e.to.Value] = rank
	}
	return rank
}

// infer gives things without a class the one that a property demands of them.
func (rd *reading) infer() {
	demands := map[field]graph.Kind{fieldParent: graph.KindActor, fieldWorks: graph.KindActor, fieldOrganisation: graph.KindActor, fieldBroader: graph.KindTopic,
		fieldRelated: graph.KindTopic, fieldHolds: kindPost, fieldMembership: kindMembership, fieldAddress: kindAddress, fieldDuring: kindSpan, fieldScheme: kindLabel, fieldLocation: graph.KindPlace}
	for range 3 { // from a person to a post to its body
		for _, t := range rd.order {
			for x, kind := range demands {
				for _, e := range rd.get(t, x) {
					if to := rd.at(e.to); to != nil && to.kind == "" {
						to.kind = kind
					}
				}
			}
			if t.kind == kindMembership || t.kind == kindPost || t.kind == kindSpan {
				for _, e := range append(rd.get(t, fieldTitle), append(rd.get(t, fieldStart), rd.get(t, fieldEnd)...)...) {
					if to := rd.at(e.to); to != nil && to.kind == "" {
						to.kind = map[bool]graph.Kind{true: kindSpan, false: kindLabel}[t.kind == kindSpan]
					}
				}
			}
		}
	}
	for _, t := range rd.order {
		for _, e := range append(rd.get(t, fieldHost), append(rd.get(t, fieldAttendee), append(rd.get(t, fieldSpeaker), rd.get(t, fieldRole)...)...)...) {
			rd.inferWho(rd.at(e.to))
		}
	}
}

// inferWho finds whether a person or a body is meant by an address alone.
func (rd *reading) inferWho(t *thing) {
	if t == nil || t.kind != "" {
		return
	}
	address := rd.address(t.node)
	if address != "" {
		for _, id := range rd.sameAs[sameKey(address)] {
			t.kind = id.Kind()
		}
		return
	}
	if id := rd.file.Base.ID(t.node.Value); t.node.Blank == "" && rd.held.Has(id) {
		t.kind = id.Kind()
	}
}

// hide takes what hangs on a contact, and where people live, for contacts.
func (rd *reading) hide() {
	var hidden []*thing
	for _, t := range rd.order {
		if t.kind == "contact" {
			hidden = append(hidden, t)
		}
		if t.kind != graph.KindPerson {
			continue
		}
		for i := range t.edges {
			if e := &t.edges[i]; e.term == "schema:address" {
				e.f.why = Contact
				if !e.to.Literal {
					hidden = append(hidden, rd.things[e.to])
				}
			}
		}
	}
	for seen := map[*thing]bool{}; len(hidden) > 0; {
		t := hidden[0]
		hidden = hidden[1:]
		if seen[t] || t.node.Blank == "" {
			continue
		}
		seen[t] = true
		for _, e := range t.edges {
			if e.f.Subject != t.node {
				continue
			}
			e.f.why = Contact
			if !e.to.Literal && e.f.Predicate != vocab.Type {
				hidden = append(hidden, rd.things[e.to])
			}
		}
		t.kind, t.edges = "contact", nil
	}
	for _, t := range rd.order {
		t.edges = slices.DeleteFunc(t.edges, func(e edge) bool { return e.f.why != "" })
	}
}

// merge takes nodes without an address that bear the same name for one thing,
// unless it is a name that any state could use.
func (rd *reading) merge() {
	first := map[string]*thing{}
	for _, t := range rd.order {
		name := rd.nameOf(t)
		if t.node.Blank == "" || name == "" || !slices.Contains(entryKinds, t.kind) || gazetteer.Generic(name) {
			continue
		}
		key := string(t.kind) + "\x00" + name
		if first[key] == nil {
			first[key] = t
			continue
		}
		to := first[key]
		t.merged = to
		to.edges, to.into = append(to.edges, t.edges...), append(to.into, t.into...)
		t.edges = nil
	}
}

// at gives the thing that a node is, nil for a literal.
func (rd *reading) at(n rdf.Node) *thing {
	if n.Literal {
		return nil
	}
	t := rd.things[n]
	if t != nil && t.merged != nil {
		return t.merged
	}
	return t
}

// get gives the edges of a thing that say a field, by rank of their terms.
func (rd *reading) get(t *thing, x field) []edge {
	terms := rd.rules[t.kind][x]
	var out []edge
	for _, e := range t.edges {
		if slices.Contains(terms, e.term) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b edge) int { return cmp.Compare(slices.Index(terms, a.term), slices.Index(terms, b.term)) })
	return out
}

// text gives a literal as one line.
func text(n rdf.Node) string {
	if !n.Literal {
		return ""
	}
	return strings.Join(strings.Fields(n.Value), " ")
}

// names gives the edges that name a thing, the main one first.
func (rd *reading) names(t *thing) []edge {
	literal := func(e edge) bool { return text(e.to) != "" }
	all := keep(rd.get(t, fieldName), literal)
	if len(all) == 0 {
		all = keep(rd.get(t, fieldLegal), literal)
	}
	rank := func(e edge) int {
		switch {
		case e.to.Lang == "en" || strings.HasPrefix(e.to.Lang, "en-"):
			return 0
		case e.to.Lang == "":
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b edge) int { return cmp.Compare(rank(a), rank(b)) })
	return all
}

func keep(edges []edge, want func(edge) bool) []edge {
	return slices.DeleteFunc(slices.Clone(edges), func(e edge) bool { return !want(e) })
}

// nameOf gives the name of a thing, "" where it has none.
func (rd *reading) nameOf(t *thing) string {
	if all := rd.names(t); len(all) > 0 {
		return text(all[0].to)
	}
	var parts []string
	for _, x := range []field{fieldGiven, fieldFamily} {
		if list := rd.get(t, x); len(list) > 0 && text(list[0].to) != "" {
			parts = append(parts, text(list[0].to))
		}
	}
	return strings.Join(parts, " ")
}

// useName marks what nameOf read, and the classes of the thing.
func (rd *reading) useName(t *thing) {
	if t.merged != nil {
		t = t.merged
	}
	rd.useTypes(t)
	name := rd.nameOf(t)
	for _, e := range rd.names(t) {
		if text(e.to) == name {
			e.f.used = true
		}
	}
	if len(rd.names(t)) == 0 {
		for _, x := range []field{fieldGiven, fieldFamily} {
			if list := rd.get(t, x); len(list) > 0 {
				list[0].f.used = true
			}
		}
	}
}

func (rd *reading) useTypes(t *thing) {
	for _, f := range rd.typesOf(t) {
		f.used = true
	}
}

// typesOf gives the facts that say a class which is understood.
func (rd *reading) typesOf(t *thing) []*fact {
	var out []*fact
	classes := Classes()
	for _, e := range t.edges {
		if rank := rd.rank(e); rank > 0 && classes[rank-1].Kind == t.kind {
			out = append(out, e.f)
		}
	}
	return out
}

// address gives an address of the web that is not below our base: one that a
// source or an entry may have.
func (rd *reading) address(n rdf.Node) string {
	value := strings.TrimSpace(n.Value)
	u, err := url.Parse(value)
	if n.Blank != "" || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.HasPrefix(value, string(rd.file.Base)) || contactForm.MatchString(value) {
		return ""
	}
	return value
}

// whyLeft gives the reason why a term that is understood led to nothing, "" for
// one that is not.
func (rd *reading) whyLeft(f *fact) string {
	term := Short(f.Predicate)
	subject, object := rd.at(f.Subject), rd.at(f.Object)
	switch {
	case subject != nil && subject.held && rd.reads(subject.kind, term), object != nil && object.held && rd.reads(object.kind, inverses[term]):
		return Held
	case subject != nil && rd.reads(subject.kind, term) && object != nil && object.kind == "":
		return "nothing says what it leads to"
	}
	return ""
}

// reads tells whether a term means something on things of a kind.
func (rd *reading) reads(kind graph.Kind, term string) bool {
	for _, terms := range rd.rules[kind] {
		if slices.Contains(terms, term) {
			return true
		}
	}
	return false
}

// result gathers what was left.
func (rd *reading) result() Result {
	for _, f := range rd.facts {
		if f.used {
			continue
		}
		if f.why == "" {
			f.why = rd.whyLeft(f)
		}
		rd.out.Left = append(rd.out.Left, Left{f.Statement, f.why})
	}
	return rd.out
}
