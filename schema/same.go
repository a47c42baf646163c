package schema

import (
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/names"

	"github.com/graphql-go/graphql"
)

// sameAnswer says whether two names or identifiers mean one thing, and why.
type sameAnswer struct {
	verdict    string
	why        string
	a, b       []index.Named
	judgements []*index.Judgement
	names      []nameUse
}

// nameUse is a name of a thing and the passages that use it.
type nameUse struct {
	of       index.Named
	name     graph.Name
	passages []*index.Passage
}

func (b *schemaBuilder) sameTypes() {
	b.highlight = b.object("Highlight", "A part of a name that a search matched.", nil, func(t *typ) {
		readText(t, "text", must(graphql.String), "The words.", func(h index.Highlight) string { return h.Text })
		read(t, "start", must(graphql.Int), "Its first code point in the name, counted from 0.", func(h index.Highlight) any { return h.Start })
		read(t, "end", must(graphql.Int), "The code point after its last.", func(h index.Highlight) any { return h.End })
	})
	b.nameUse = b.object("NameUse", "A name of a thing, and where sources use it.", nil, func(t *typ) {
		read(t, "entity", must(b.entity), "Whose name.", func(n nameUse) any { return n.of })
		read(t, "name", must(b.name), "The name.", func(n nameUse) any { return n.name })
		read(t, "passages", list(b.passage), "Passages in which it stands; at most five.", func(n nameUse) any { return n.passages })
	})
	b.sameAnswer = b.object("SameAnswer", "Whether two names or identifiers mean one thing, and why the graph says so.", nil, func(t *typ) {
		read(t, "verdict", must(b.verdict), "SAME: both mean one thing and nothing else. DIFFERENT: they mean different things. UNSURE: a name is unknown or may mean several.", func(s sameAnswer) any { return s.verdict })
		readText(t, "why", must(graphql.String), "The reason in one sentence.", func(s sameAnswer) string { return s.why })
		read(t, "a", list(b.entity), "What the one may mean.", func(s sameAnswer) any { return orNone(s.a) })
		read(t, "b", list(b.entity), "What the other may mean.", func(s sameAnswer) any { return orNone(s.b) })
		read(t, "names", list(b.nameUse), "The names of what they mean, with the passages that use them.", func(s sameAnswer) any { return orNone(s.names) })
		read(t, "judgements", list(b.judgement), "What editors decided about them.", func(s sameAnswer) any { return orNone(s.judgements) })
	})
}

func (b *schemaBuilder) whySame(t *typ) {
	look(t.weighs("whySame", 2000), "whySame", must(b.sameAnswer), "Whether two names or identifiers mean one thing, with the aliases, passages and judgements behind it.", graphql.FieldConfigArgument{
		"a": {Type: must(graphql.String), Description: "A name, or kind/slug."}, "b": {Type: must(graphql.String), Description: "The other."},
	}, each(func(r *request, _ any, a args) (any, error) { return sameOrNot(r.snap, a.text("a"), a.text("b")), nil }))
}

func sameOrNot(s *index.Snapshot, a, b string) sameAnswer {
	out := sameAnswer{a: meant(s, a), b: meant(s, b)}
	both := slices.DeleteFunc(slices.Clone(out.a), func(n index.Named) bool { return !slices.Contains(out.b, n) })
	out.judgements = judgementsAbout(s, spellings(a, out.a), spellings(b, out.b))
	for _, n := range union(out.a, out.b) {
		out.names = append(out.names, namesUsed(s, n, a, b)...)
	}
	out.verdict, out.why = verdictOn(a, b, out, both)
	return out
}

// meant gives what an identifier or a name may mean.
func meant(s *index.Snapshot, text string) []index.Named {
	if n, ok := s.Node(graph.ID(text)).(index.Named); ok {
		return []index.Named{n}
	}
	var out []index.Named
	for _, kind := range entityKinds {
		out = append(out, s.Lookup(kind, text)...)
	}
	return out
}

func union(a, b []index.Named) []index.Named {
	out := slices.Clone(a)
	for _, n := range b {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// spellings gives the folded forms under which judgements may speak of a name:
// itself, and the identifier and name of what it means.
func spellings(text string, means []index.Named) map[string]bool {
	out := map[string]bool{names.FoldUnordered(text): true}
	for _, n := range means {
		out[names.FoldUnordered(string(n.NodeID()))] = true
		out[names.FoldUnordered(n.Self().Name)] = true
	}
	return out
}

// judgementsAbout gives the judgements with the one on one side and the other on
// the other.
func judgementsAbout(s *index.Snapshot, a, b map[string]bool) []*index.Judgement {
	var out []*index.Judgement
	for _, j := range s.Judgements {
		x, y := names.FoldUnordered(j.As.A), names.FoldUnordered(j.As.B)
		if a[x] && b[y] || a[y] && b[x] {
			out = append(out, j)
		}
	}
	return out
}

const namePassages = 5

// namesUsed gives the names of a thing with the passages that use them: all
// names that are like one of the two asked for, and the preferred one.
func namesUsed(s *index.Snapshot, n index.Named, a, b string) []nameUse {
	mentions := s.Mentions(n.NodeID())
	var out []nameUse
	for i, name := range allNames(n.Self()) {
		fold := names.FoldUnordered(name.Text)
		use := nameUse{of: n, name: name, passages: []*index.Passage{}}
		for _, p := range mentions {
			if len(use.passages) < namePassages && strings.Contains(" "+names.Fold(p.Exact)+" ", " "+names.Fold(name.Text)+" ") {
				use.passages = append(use.passages, p)
			}
		}
		if i == 0 || fold == names.FoldUnordered(a) || fold == names.FoldUnordered(b) || len(use.passages) > 0 {
			out = append(out, use)
		}
	}
	return out
}

// verdictOn weighs what the names mean and what editors decided.
func verdictOn(a, b string, s sameAnswer, both []index.Named) (verdict, why string) {
	switch {
	case len(s.a) == 0 && len(s.judgements) == 0:
		return "unsure", fmt.Sprintf("nothing in the graph is called %q", a)
	case len(s.b) == 0 && len(s.judgements) == 0:
		return "unsure", fmt.Sprintf("nothing in the graph is called %q", b)
	case len(both) == 1 && len(s.a) == 1 && len(s.b) == 1:
		return "same", fmt.Sprintf("both are names of %s", both[0].NodeID())
	case len(both) > 0:
		return "unsure", fmt.Sprintf("both may mean %s, but at least one of them fits several things", listed(both))
	case len(s.judgements) > 0:
		j := s.judgements[0].As
		return j.Verdict, "a judgement says so: " + j.Why
	case slices.ContainsFunc(union(s.a, s.b), func(n index.Named) bool { return n.Self().Provisional }):
		return "unsure", fmt.Sprintf("the graph holds %s and %s apart, but no authority file has decided", listed(s.a), listed(s.b))
	}
	return "different", fmt.Sprintf("the authority files hold %s and %s as different things", listed(s.a), listed(s.b))
}

func listed(list []index.Named) string {
	ids := make([]string, len(list))
	for i, n := range list {
		ids[i] = string(n.NodeID())
	}
	return strings.Join(ids, ", ")
}
