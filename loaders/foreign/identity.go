package foreign

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/graph/rdf"
	"dialograph/loaders/gazetteer"
)

// identify says of each thing that may be an entry which one it is: one that the
// graph holds, or one to make. What only lends its name to an event is neither;
// the gazetteer reads such names.
func (rd *reading) identify() {
	for _, light := range []bool{false, true} { // what has an address of its own takes its identifier first
		for _, t := range rd.order {
			if t.merged == nil && slices.Contains(entryKinds, t.kind) && (t.node.Blank != "") == light {
				rd.entity(t)
			}
		}
	}
	for _, t := range rd.order {
		if !t.emit || t.kind != graph.KindPlace || t.detail != "city" {
			continue
		}
		if country, _ := rd.countryOf(t); country == "" {
			rd.notef("%s: a city needs a country that is known; it gets no entry", rd.called(t))
			delete(rd.out.Lines, t.id)
			t.emit, t.id = false, ""
		}
	}
}

func (rd *reading) entity(t *thing) {
	name := rd.nameOf(t)
	id := rd.ownID(t)
	if id == "" {
		id = rd.byAddress(t)
	}
	switch {
	case id != "":
	case name == "" || t.kind == graph.KindPlace && t.detail == "" || t.node.Blank != "" && rd.isLight(t):
		return
	default:
		if id = rd.byName(t, name); id == "" {
			id = rd.newID(t, name)
		}
	}
	t.id = id
	t.held = rd.held.Has(id) && !rd.mine(t, id)
	t.emit = !t.held && name != "" && !(t.kind == graph.KindPlace && t.detail == "") && !rd.taken[id]
	if !t.held && !t.emit && !rd.taken[id] {
		t.id = ""
		return
	}
	rd.taken[id] = true
	if t.emit {
		rd.out.Lines[id] = t.line
	}
}

// ownID gives the identifier of a thing that bears an IRI of ours.
func (rd *reading) ownID(t *thing) graph.ID {
	if t.node.Blank != "" {
		return ""
	}
	id := rd.file.Base.ID(t.node.Value)
	if id.Kind() != t.kind || graph.CheckSlug(id.Slug()) != nil {
		return ""
	}
	return id
}

// byAddress finds the known entry that has an address of the thing.
func (rd *reading) byAddress(t *thing) graph.ID {
	var found []graph.ID
	look := func(address string) {
		for _, id := range rd.sameAs[sameKey(address)] {
			if id.Kind() == t.kind && !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	if address := rd.address(t.node); address != "" {
		look(address)
	}
	for _, e := range rd.get(t, fieldSameAs) {
		if address := rd.address(e.to); address != "" {
			look(address)
		}
	}
	if len(found) > 1 {
		rd.notef("%s: its addresses are those of %s, so it is taken for none of them", rd.called(t), joinIDs(found))
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

func (rd *reading) notef(format string, args ...any) {
	rd.out.Notes = append(rd.out.Notes, fmt.Sprintf(format, args...))
}

// called is how a message names a thing.
func (rd *reading) called(t *thing) string {
	if name := rd.nameOf(t); name != "" {
		return fmt.Sprintf("%q", name)
	}
	if t.node.Blank != "" {
		return "_:" + t.node.Blank
	}
	return "<" + t.node.Value + ">"
}

func joinIDs(ids []graph.ID) string {
	var parts []string
	for _, id := range ids {
		parts = append(parts, string(id))
	}
	slices.Sort(parts)
	return strings.Join(parts, " and ")
}

// byName finds the known entry of that name. A name that any state could use is
// decided by the body above; of any other, a known entry is not meant that stands
// below another body than the file says.
func (rd *reading) byName(t *thing, name string) graph.ID {
	ids := rd.held.Lookup(t.kind, name)
	if t.kind == graph.KindPlace {
		ids = slices.DeleteFunc(slices.Clone(ids), func(id graph.ID) bool { return rd.held.Place(id.Slug()).Kind != t.detail })
	}
	if t.kind == graph.KindActor && len(ids) > 0 {
		ids = rd.below(t, name, ids)
	}
	if len(ids) > 1 {
		rd.notef("%s is the name of %s; with a schema:sameAs the file would say which; it is taken for none of them", rd.called(t), joinIDs(ids))
	}
	if len(ids) != 1 {
		return ""
	}
	return ids[0]
}

// below leaves those of the known bodies that may stand where the file says.
func (rd *reading) below(t *thing, name string, ids []graph.ID) []graph.ID {
	above, said := rd.above(t)
	elsewhere := func(id graph.ID) bool { return above == "" || rd.held.Root(id) != rd.held.Root(above) }
	if gazetteer.Generic(name) {
		return slices.DeleteFunc(slices.Clone(ids), elsewhere)
	}
	if said == "" {
		return ids
	}
	var kept []graph.ID
	for _, id := range ids {
		if rd.held.Root(id) != id && elsewhere(id) {
			rd.notef("%s: the file has it below %q, so it is not taken for %s, which is below %s", rd.called(t), said, id, rd.held.Root(id))
			continue
		}
		kept = append(kept, id)
	}
	return kept
}

// above gives the nearest known body that an actor is part of, if there is one,
// and the name of the body that the file has right above it.
func (rd *reading) above(t *thing) (known graph.ID, said string) {
	for level, seen := []*thing{t}, map[*thing]bool{t: true}; len(level) > 0; level = level[1:] {
		for _, e := range rd.get(level[0], fieldParent) {
			p := rd.at(e.to)
			if p == nil || seen[p] {
				continue
			}
			seen[p] = true
			said = cmp.Or(said, rd.nameOf(p))
			if id := rd.byAddress(p); id != "" {
				return id, said
			}
			if ids := rd.held.Lookup(graph.KindActor, rd.nameOf(p)); len(ids) == 1 {
				return ids[0], said
			}
			level = append(level, p)
		}
	}
	return "", said
}

// mine tells whether a known entry comes from this file, or from the sources
// that this file gives for it, as loaded before.
func (rd *reading) mine(t *thing, id graph.ID) bool {
	sources := map[string]bool{string(rdf.SourceID(rd.fileSource())): true}
	for _, e := range t.edges {
		if address := rd.address(e.f.Graph); address != "" {
			sources[string(rdf.SourceID(graph.Source{URL: address}))] = true
		}
	}
	for _, e := range rd.get(t, fieldDerived) {
		if address := rd.address(e.to); address != "" {
			sources[string(rdf.SourceID(graph.Source{URL: address}))] = true
		}
	}
	for _, s := range rd.backed[id] {
		if !sources[s] {
			return false
		}
	}
	return len(rd.backed[id]) > 0
}

// isLight tells whether the name of a thing is all that it adds: an event or a
// person of an event says the rest.
func (rd *reading) isLight(t *thing) bool {
	carries := map[graph.Kind][]field{graph.KindPerson: {fieldName, fieldGiven, fieldFamily, fieldTitle, fieldWorks}}[t.kind]
	for x := range rd.rules[t.kind] {
		if x != fieldName && !slices.Contains(carries, x) && len(rd.get(t, x)) > 0 {
			return false
		}
	}
	for _, from := range t.into {
		if from.merged != nil {
			from = from.merged
		}
		switch {
		case from.kind == graph.KindEvent, from.kind == kindRole, from.kind == kindAddress, from.kind == kindWork:
		case from.kind == graph.KindPlace && from.detail == "":
		case from.kind == graph.KindPerson && from.node.Blank != "" && t.kind == graph.KindActor && rd.isLight(from):
		default:
			return false
		}
	}
	return len(t.into) > 0
}

// newID makes an identifier of a name. One that is taken gets a digest of what
// tells the thing from others.
func (rd *reading) newID(t *thing, name string) graph.ID {
	id := graph.NewID(t.kind, slugOf(name, string(t.kind)))
	if rd.taken[id] || rd.held.Has(id) && !rd.mine(t, id) {
		id += graph.ID("-" + digest(t.node.Value+"\x00"+name+"\x00"+string(rdf.SourceID(rd.fileSource()))))
	}
	return id
}

// longestSlug leaves room for a date or a digest.
const longestSlug = 80

// slugOf makes a slug of the words of a name that can be written with a to z.
func slugOf(name, otherwise string) string {
	var b strings.Builder
	for _, w := range names.Words(name) {
		plain := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, w)
		if plain == "" || b.Len()+len(plain) >= longestSlug {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(plain)
	}
	if b.Len() == 0 {
		return otherwise + "-" + digest(name)
	}
	return b.String()
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
