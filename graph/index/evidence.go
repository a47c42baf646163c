package index

import "slices"

// Evidence is what backs a statement: passages, and sources as a whole. It does
// not change; most often it is one passage, which takes no room of its own.
type Evidence struct {
	one  *Passage
	more *backing
}

// backing is any evidence.
type backing struct {
	passages []*Passage
	sources  []*Source
}

// NewEvidence gives what passages and sources back; the sources of the passages
// are added.
func NewEvidence(passages []*Passage, sources []*Source) Evidence {
	var b backing
	for _, p := range passages {
		b.add(p)
	}
	for _, s := range sources {
		b.addSource(s)
	}
	return b.evidence()
}

func (b *backing) add(p *Passage) {
	if !slices.Contains(b.passages, p) {
		b.passages = append(b.passages, p)
	}
	b.addSource(p.Source)
}

func (b *backing) addSource(s *Source) {
	if s != nil && !slices.Contains(b.sources, s) {
		b.sources = append(b.sources, s)
	}
}

// addThing adds a passage or a source; anything else is passed over.
func (b *backing) addThing(x Thing) {
	switch x := x.(type) {
	case *Passage:
		b.add(x)
	case *Source:
		b.addSource(x)
	}
}

func (b *backing) evidence() Evidence {
	switch {
	case len(b.passages) == 0 && len(b.sources) == 0:
		return Evidence{}
	case len(b.passages) == 1 && len(b.sources) == 1 && b.passages[0].self[0] != nil:
		return Evidence{one: b.passages[0]}
	}
	return Evidence{more: &backing{slices.Clip(b.passages), slices.Clip(b.sources)}} // who adds to one adds to a copy
}

// Passages gives the passages, in the order in which the record has them. Nobody
// changes the list.
func (e Evidence) Passages() []*Passage {
	switch {
	case e.one != nil:
		return e.one.self[:]
	case e.more != nil:
		return e.more.passages
	}
	return nil
}

// Sources gives the sources, those of the passages included. Nobody changes the
// list.
func (e Evidence) Sources() []*Source {
	switch {
	case e.one != nil:
		return e.one.Source.self[:]
	case e.more != nil:
		return e.more.sources
	}
	return nil
}

// Merge gives what backs either of two statements.
func (e Evidence) Merge(other Evidence) Evidence {
	switch {
	case e == other || other == Evidence{}:
		return e
	case e == Evidence{}:
		return other
	}
	return NewEvidence(slices.Concat(e.Passages(), other.Passages()), slices.Concat(e.Sources(), other.Sources()))
}
