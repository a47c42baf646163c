package review

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"dialograph/graph"
)

// sameDocument tells whether two sources are the same document, or versions of
// it: what was read is the same, or where it was read.
func sameDocument(a, b graph.Source) bool {
	return a.SHA256 != "" && a.SHA256 == b.SHA256 || a.URL != "" && a.URL == b.URL
}

// alignSources gives the sources of base and theirs the ids that the person's
// record has for them.
func (m *merger) alignSources() {
	known := slices.Clone(m.mine.Sources)
	for _, r := range []*graph.Record{m.base, m.theirs} {
		rename := map[string]string{}
		for i := range r.Sources {
			s := &r.Sources[i]
			id := idAmong(known, *s, r == m.theirs && sameRecord(m.base, m.mine))
			rename[s.ID] = id
			s.ID = id
			known = append(known, *s)
		}
		renameSupports(r, rename)
	}
}

func sameRecord(a, b *graph.Record) bool { return same(reflect.ValueOf(*a), reflect.ValueOf(*b)) }

// idAmong finds the id of a source among those known, or one that is free. All
// are free to replace a record that nobody touched.
func idAmong(known []graph.Source, s graph.Source, free bool) string {
	used := map[string]bool{}
	for _, k := range known {
		if sameDocument(k, s) {
			return k.ID
		}
		used[k.ID] = true
	}
	if !used[s.ID] || free || s.URL == "" && s.SHA256 == "" {
		return s.ID
	}
	for n := 1; ; n++ {
		if id := fmt.Sprintf("s%d", n); !used[id] {
			return id
		}
	}
}

func renameSupports(r *graph.Record, to map[string]string) {
	eachSupport(reflect.ValueOf(*r), func(list []string) {
		for i, text := range list {
			if s, err := graph.ParseSupport(text); err == nil && to[s.Source] != "" {
				s.Source = to[s.Source]
				list[i] = s.String()
			}
		}
	})
}

// citations gives the spans that a record cites of each source; nil for the
// source as a whole is left out.
func citations(r *graph.Record) map[string]map[graph.Span]bool {
	out := map[string]map[graph.Span]bool{}
	eachSupport(reflect.ValueOf(*r), func(list []string) {
		for _, text := range list {
			s, err := graph.ParseSupport(text)
			if err != nil {
				continue
			}
			if out[s.Source] == nil {
				out[s.Source] = map[graph.Span]bool{}
			}
			if s.Span != nil {
				out[s.Source][*s.Span] = true
			}
		}
	})
	return out
}

// completeSources puts back the sources and passages that the result cites, and
// leaves out the passages of statements that were not taken over.
func (m *merger) completeSources(out *graph.Record) {
	cited, proposed := citations(out), citations(m.theirs)
	for _, id := range slices.Sorted(maps.Keys(cited)) {
		if sourceOf(out, id) == nil {
			if s := cmp.Or(sourceOf(m.mine, id), sourceOf(m.base, id)); s != nil {
				out.Sources = append(out.Sources, *s)
			}
		}
	}
	for i := range out.Sources {
		s := &out.Sources[i]
		kept := passages(sourceOf(m.mine, s.ID))
		s.Passages = slices.DeleteFunc(slices.Clone(s.Passages), func(p graph.Passage) bool {
			span, err := p.Span()
			_, mine := kept[span]
			return err == nil && !mine && proposed[s.ID][span] && !cited[s.ID][span]
		})
		m.completePassages(s, cited[s.ID])
	}
}

func (m *merger) completePassages(s *graph.Source, cited map[graph.Span]bool) {
	have := passages(s)
	for _, r := range []*graph.Record{m.mine, m.theirs, m.base} {
		for span, p := range passages(sourceOf(r, s.ID)) {
			if _, there := have[span]; cited[span] && !there {
				have[span] = p
				s.Passages = append(s.Passages, p)
			}
		}
	}
	if len(s.Passages) == 0 {
		s.Passages = nil
		return
	}
	slices.SortStableFunc(s.Passages, func(a, b graph.Passage) int {
		x, _ := a.Span()
		y, _ := b.Span()
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
}

func sourceOf(r *graph.Record, id string) *graph.Source {
	for i := range r.Sources {
		if r.Sources[i].ID == id {
			return &r.Sources[i]
		}
	}
	return nil
}

func passages(s *graph.Source) map[graph.Span]graph.Passage {
	out := map[graph.Span]graph.Passage{}
	if s == nil {
		return out
	}
	for _, p := range s.Passages {
		if span, err := p.Span(); err == nil {
			out[span] = p
		}
	}
	return out
}
