package suggest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
)

// by names who made the judgements of this package.
const by = "dialograph suggest"

// decided tells that a judgement says whether a name means an entry.
func (s *Suggester) decided(c *profile, n named) bool {
	return slices.ContainsFunc(s.judged, func(j graph.Judgement) bool {
		return j.Verdict != "unsure" && s.about(j, c.id, n.name, n.made)
	})
}

// about tells that a judgement compares an entry with a name, or with what the
// name was provisionally entered as. Either may be written as an id or a name.
func (s *Suggester) about(j graph.Judgement, a graph.ID, name string, made graph.ID) bool {
	isA := func(x string) bool {
		return x == string(a) || s.entries[a] != nil && slices.ContainsFunc(s.entries[a].names, func(own string) bool { return alsoWritten(a.Kind(), own, x) })
	}
	isB := func(x string) bool { return x == string(made) || alsoWritten(a.Kind(), name, x) }
	return isA(j.A) && isB(j.B) || isA(j.B) && isB(j.A)
}

func alsoWritten(kind graph.Kind, a, b string) bool {
	if kind == graph.KindPerson {
		return names.FoldUnordered(a) == names.FoldUnordered(b)
	}
	return names.Fold(a) == names.Fold(b)
}

// judgement writes a suggestion down. Where the same question is already open
// it keeps its id.
func (s *Suggester) judgement(x Suggestion) graph.Judgement {
	j := graph.Judgement{ID: judgementID(x), Verdict: "unsure", A: string(x.A), B: x.B, By: by}
	j.Why = fmt.Sprintf("%s (%s, %s)", sentence(x.Why), x.Record, x.Path)
	name, made := x.B, graph.ID("")
	if p := s.entries[graph.ID(x.B)]; p != nil {
		name, made = p.names[0], p.id
	}
	ids := []string{}
	for _, old := range s.judged {
		if old.Verdict == "unsure" && s.about(old, x.A, name, made) {
			ids = append(ids, old.ID)
		}
	}
	if len(ids) > 0 {
		j.ID = slices.Min(ids)
	}
	return j
}

// sentence puts the reasons on one line.
func sentence(why []string) string {
	text := strings.Join(strings.Fields(strings.Join(why, "; ")), " ")
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// judgementID is made of what is compared. Names that a slug cannot hold add
// the beginning of their hash.
func judgementID(x Suggestion) string {
	other := x.B
	if id := graph.ID(x.B); id.Kind() == x.Kind {
		other = id.Slug()
	}
	slug := graph.Slug(strings.Join(names.Words(other), " "))
	id := x.A.Slug() + "-or-" + slug
	if graph.CheckSlug(id) == nil {
		return id
	}
	sum := sha256.Sum256([]byte(string(x.A) + "\n" + x.B))
	plain := strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		return -1
	}, x.A.Slug())
	plain = graph.Slug(plain[:min(len(plain), 80)])
	return strings.TrimPrefix(plain+"-or-"+hex.EncodeToString(sum[:4]), "-")
}

// File collects suggestions as judgements with the verdict "unsure", each pair
// once, ready to be written.
func File(list []Suggestion) *graph.Authority {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(a.Judgement.ID, b.Judgement.ID), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Judgement.Why, b.Judgement.Why))
	})
	a := &graph.Authority{Schema: graph.AuthoritySchema}
	for i, x := range list {
		if i == 0 || list[i-1].Judgement.ID != x.Judgement.ID {
			a.Judgements = append(a.Judgements, x.Judgement)
		}
	}
	return a
}
