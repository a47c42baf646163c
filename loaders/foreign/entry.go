package foreign

import (
	"regexp"
	"slices"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/loaders/gazetteer"
)

// entries makes the authority of the file.
func (rd *reading) entries() {
	w := &entryWriter{reading: rd, a: &graph.Authority{Schema: graph.AuthoritySchema}, sources: sources{rd: rd}}
	if own := rd.out.Authority; own != nil {
		w.a, w.sources.list = own, own.Sources
	}
	for _, t := range rd.order {
		if t.emit {
			w.entry(t)
		} else if t.held {
			w.heldEntry(t)
		}
	}
	w.a.Sources = w.sources.list
	rd.all = gazetteer.New(rd.known, w.a)
	if len(w.sources.list) > 0 {
		rd.out.Authority = w.a
	}
}

type entryWriter struct {
	*reading
	a       *graph.Authority
	sources sources

	t       *thing
	back    graph.Source
	support []string
}

// take marks a fact as said by the entry.
func (w *entryWriter) take(e edge) {
	e.f.used = true
	w.support = append(w.support, w.sources.of(e.f, w.back))
}

func (w *entryWriter) takeLabel(e edge) {
	w.take(e)
	if t := w.at(e.to); t != nil && t.id == "" {
		w.useName(t)
	}
}

// heldEntry marks what the graph holds already: the class, and the names and
// addresses by which the entry was found.
func (w *entryWriter) heldEntry(t *thing) {
	w.useTypes(t)
	for _, e := range append(w.get(t, fieldName), w.get(t, fieldAlias)...) {
		if slices.Contains(w.held.Lookup(t.kind, text(e.to)), t.id) {
			e.f.used = true
		}
	}
	for _, e := range w.get(t, fieldSameAs) {
		if slices.Contains(w.sameAs[sameKey(e.to.Value)], t.id) {
			e.f.used = true
		}
	}
}

func (w *entryWriter) entry(t *thing) {
	w.t, w.back, w.support = t, w.backing(t), nil
	for _, f := range w.typesOf(t) {
		w.take(edge{f: f})
	}
	e := graph.Entry{ID: t.id.Slug(), Name: w.nameOf(t)}
	w.named(&e)
	if d := w.first(t, fieldDescription, func(e edge) bool { return text(e.to) != "" }); d != nil {
		e.Description = text(d.to)
		w.take(*d)
	}
	w.addresses(&e)
	switch t.kind {
	case graph.KindActor:
		w.actor(e)
	case graph.KindPerson:
		w.person(e)
	case graph.KindTopic:
		w.topic(e)
	case graph.KindInstrument:
		w.instrument(e)
	case graph.KindInitiative:
		x := graph.Initiative{Entry: e, Launched: w.date(fieldFrom)}
		x.Support = w.supported()
		w.a.Initiatives = append(w.a.Initiatives, x)
	case graph.KindPlace:
		w.place(e)
	case graph.KindSeries:
		x := graph.Series{Entry: e, Since: w.date(fieldStart)}
		x.Support = w.supported()
		w.a.Series = append(w.a.Series, x)
	}
}

func (w *entryWriter) supported() []string {
	if len(w.support) == 0 {
		w.support = []string{w.sources.id(w.back)}
	}
	return ids(w.support)
}

// named fills in the other names, each once.
func (w *entryWriter) named(e *graph.Entry) {
	for _, x := range []field{fieldName, fieldLegal, fieldAlias} {
		for _, n := range w.get(w.t, x) {
			name := text(n.to)
			if name == "" {
				continue
			}
			w.take(n)
			if name == e.Name || slices.ContainsFunc(e.Aliases, func(a graph.Name) bool { return a.Text == name && a.Lang == n.to.Lang }) {
				continue
			}
			e.Aliases = append(e.Aliases, graph.Name{Text: name, Lang: n.to.Lang})
		}
	}
	if len(w.names(w.t)) == 0 {
		w.useName(w.t) // made of its parts
	}
}

// addresses fills in the website and the addresses that mean the same thing.
func (w *entryWriter) addresses(e *graph.Entry) {
	if address := w.address(w.t.node); address != "" {
		e.SameAs = append(e.SameAs, address)
	}
	for _, s := range w.get(w.t, fieldSameAs) {
		if address := w.address(s.to); address != "" {
			w.take(s)
			e.SameAs = append(e.SameAs, address)
		}
	}
	slices.Sort(e.SameAs)
	e.SameAs = slices.Compact(e.SameAs)
	if s := w.first(w.t, fieldWebsite, func(e edge) bool { return w.address(e.to) != "" }); s != nil {
		e.Website = w.address(s.to)
		w.take(*s)
	}
}

// date reads a field that is one date.
func (w *entryWriter) date(x field) string {
	e := w.first(w.t, x, func(e edge) bool { _, ok := day(e.to); return ok })
	if e == nil {
		return ""
	}
	w.take(*e)
	date, _ := day(e.to)
	return date
}

// links gives the identifiers of the entries that a field leads to.
func (w *entryWriter) links(x field, kind graph.Kind) []string {
	var out []string
	for _, e := range w.get(w.t, x) {
		if slug := w.slug(e, kind); slug != "" && slug != w.t.id.Slug() {
			w.take(e)
			out = append(out, slug)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// slug gives the entry of a kind that an edge leads to, also by its name.
func (rd *reading) slug(e edge, kind graph.Kind) string {
	if t := rd.at(e.to); t != nil {
		if t.id.Kind() == kind {
			return t.id.Slug()
		}
		return ""
	}
	if ids := rd.held.Lookup(kind, text(e.to)); len(ids) == 1 {
		return ids[0].Slug()
	}
	return ""
}

// only gives the one value that a list has; several are for a person to judge,
// so that they are left.
func (w *entryWriter) only(x field, kind graph.Kind) string {
	var found []edge
	slugs := map[string]bool{}
	for _, e := range w.get(w.t, x) {
		if slug := w.slug(e, kind); slug != "" && slug != w.t.id.Slug() {
			found = append(found, e)
			slugs[slug] = true
		}
	}
	if len(slugs) != 1 {
		for _, e := range found {
			e.f.why = "several where an entry has one, and nothing says which"
		}
		return ""
	}
	for _, e := range found {
		w.take(e)
	}
	return w.slug(found[0], kind)
}

func (w *entryWriter) actor(e graph.Entry) {
	x := graph.Actor{Entry: e, Kind: w.t.detail, Parent: w.only(fieldParent, graph.KindActor), Replaces: w.only(fieldReplaces, graph.KindActor)}
	if x.Kind == "" {
		x.Kind = "other"
	}
	x.From, x.To = w.date(fieldFrom), w.date(fieldTo)
	for _, from := range w.t.into {
		if from = w.at(from.node); from.id.Kind() != graph.KindActor || from == w.t {
			continue
		}
		for _, m := range w.get(from, fieldMemberOf) {
			if w.at(m.to) != w.t {
				continue
			}
			w.take(m)
			if !slices.ContainsFunc(x.Members, func(x graph.Member) bool { return x.Actor == from.id.Slug() }) {
				x.Members = append(x.Members, graph.Member{Actor: from.id.Slug()})
			}
		}
	}
	x.Support = w.supported()
	w.a.Actors = append(w.a.Actors, x)
}

func (w *entryWriter) topic(e graph.Entry) {
	x := graph.Topic{Entry: e, Broader: w.links(fieldBroader, graph.KindTopic), Related: w.links(fieldRelated, graph.KindTopic)}
	if s := w.first(w.t, fieldScheme, func(e edge) bool { return w.label(e.to) != "" || w.address(e.to) != "" }); s != nil {
		w.takeLabel(*s)
		x.Note = "of the scheme " + orAddress(w.label(s.to), w.address(s.to))
	}
	x.Support = w.supported()
	w.a.Topics = append(w.a.Topics, x)
}

func orAddress(label, address string) string {
	if label == "" {
		return address
	}
	return label
}

func (w *entryWriter) instrument(e graph.Entry) {
	x := graph.Instrument{Entry: e, Kind: "other", Adopted: w.date(fieldAdopted)}
	if n := w.first(w.t, fieldIdentifier, func(e edge) bool { return text(e.to) != "" }); n != nil {
		x.Identifier = text(n.to)
		w.take(*n)
	}
	for _, f := range w.get(w.t, fieldForm) {
		if kind := names.Fold(text(f.to)); slices.Contains(graph.InstrumentKinds, kind) {
			x.Kind = kind
			w.take(f)
			break
		}
	}
	x.Support = w.supported()
	w.a.Instruments = append(w.a.Instruments, x)
}

var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)

func (w *entryWriter) place(e graph.Entry) {
	x := graph.Place{Entry: e, Kind: w.t.detail}
	if x.Kind == "country" {
		if n := w.first(w.t, fieldIdentifier, func(e edge) bool { return countryCode.MatchString(text(e.to)) }); n != nil {
			x.Code = text(n.to)
			w.take(*n)
		}
	} else {
		country, said := w.countryOf(w.t)
		x.Country = country
		for _, e := range said {
			w.takeLabel(e)
		}
	}
	x.Support = w.supported()
	w.a.Places = append(w.a.Places, x)
}

// countryOf finds the country of a city or region, with what says it: what it
// lies in, or its address.
func (rd *reading) countryOf(t *thing) (slug string, said []edge) {
	for _, e := range rd.get(t, fieldCountry) {
		if slug := rd.countrySlug(e); slug != "" {
			return slug, []edge{e}
		}
	}
	for _, e := range rd.get(t, fieldAddress) {
		at := rd.at(e.to)
		if at == nil {
			continue
		}
		for _, c := range rd.get(at, fieldCountry) {
			if slug := rd.countrySlug(c); slug != "" {
				return slug, []edge{e, c}
			}
		}
	}
	return "", nil
}

func (rd *reading) countrySlug(e edge) string {
	slug := rd.slug(e, graph.KindPlace)
	if t := rd.at(e.to); t != nil && t.emit && t.detail == "country" || slug != "" && rd.held.Place(slug).Kind == "country" {
		return slug
	}
	return ""
}
