package extract

import (
	"dialograph/graph"
	"dialograph/loaders/gazetteer"
)

// parties finds states, unions and alliances and their adjectives.
func (rd *reading) parties(s *sentence) {
	for _, m := range s.found {
		p := rd.partyOf(s, m)
		if p == nil || s.covering(m.First, partyChunk) != nil || !p.noun && rd.longerParty(s, m) {
			continue
		}
		last := m.Last
		if rd.lex().is("regions", key(p.name)) {
			if _, end := rd.definition(s, last); end > 0 {
				last = end // "Nordic countries (NB8)"
				p.name = s.line(m.First, last)
			}
		}
		s.add(&chunk{kind: partyChunk, first: m.First, last: last, party: p})
	}
}

// longerParty tells of "European" that it begins "European Union".
func (rd *reading) longerParty(s *sentence, m gazetteer.Mention) bool {
	for _, o := range s.found {
		if o.First == m.First && o.Last > m.Last && o.Kind == graph.KindActor && rd.x.isParty(o.IDs) {
			return true
		}
	}
	return false
}

func (rd *reading) partyOf(s *sentence, m gazetteer.Mention) *party {
	switch m.Kind {
	case graph.KindActor:
		for _, id := range m.IDs {
			if st, ok := rd.x.states[id.Slug()]; ok {
				return &party{slug: st.slug, name: s.line(m.First, m.Last), noun: true}
			}
		}
	case gazetteer.Demonym:
		if slug := rd.x.homeOfPlace(m.IDs[0].Slug()); slug != "" {
			if s.line(m.First, m.Last) == "European" && s.fold(m.Last) != "union" && s.fold(m.Last) != "side" && s.fold(m.Last) != "delegation" {
				return nil // part of European Commission, or of no name at all
			}
			return &party{slug: slug, name: rd.x.states[slug].name}
		}
	}
	return nil
}

// home gives the state of a body's only entry.
func (x *Extractor) homeOf(id graph.ID) string {
	root := x.gaz.Root(id).Slug()
	if _, ok := x.states[root]; ok {
		return root
	}
	return ""
}

func (x *Extractor) homeOfPlace(place string) string {
	if slug, ok := x.placeState[place]; ok {
		return slug
	}
	if _, ok := x.states[place]; ok {
		return place
	}
	return ""
}
