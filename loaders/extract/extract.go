// Package extract reads a press statement as a desk officer would and writes
// down a dialogue record in which every value cites its passage. It uses no
// language model and no network: names come from the authority files, words
// from lexicon.yaml, rules from rules.yaml. The few words that make sense in one
// place of one shape alone stand there.
//
// A statement is read in steps, each of which only adds: sentences and their
// words; states, bodies, people with their positions, dates, places and
// meetings, recognised by name or by form; the meeting that the text reports;
// and then, rule by rule, who chaired, who took part, what was discussed, what
// was referred to and what comes next.
//
// Surprising: a bare capitalised name is a person only where a rule expects
// one; whoever is quoted, photographed or to be rung up is no participant; and
// a text that reports no meeting gives no record, with the reason in
// [Result.Reason].
package extract

import (
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
)

// Extractor reads statements. It is read only and may be used by several
// goroutines.
type Extractor struct {
	gaz        *gazetteer.Gazetteer
	matcher    *gazetteer.Matcher
	lexicon    *lexicon
	rules      *ruleSet
	states     map[string]state // by slug
	placeState map[string]string
	series     []graph.Series
	articled   map[string]bool // places whose name begins with an article, without it: Hague
}

// New makes an extractor that knows the entries of an authority.
func New(a *graph.Authority) (*Extractor, error) {
	l, err := readLexicon()
	if err != nil {
		return nil, err
	}
	gaz := gazetteer.New(a)
	l.learn(gaz)
	rules, err := readRules(l)
	if err != nil {
		return nil, err
	}
	x := &Extractor{gaz: gaz, lexicon: l, rules: rules, states: map[string]state{}, placeState: map[string]string{}, series: a.Series, articled: map[string]bool{}}
	gaz.EachName(func(kind graph.Kind, _ graph.ID, text string) { x.noteArticle(kind, text) })
	for _, s := range l.states {
		x.states[s.slug] = s
	}
	for _, actor := range a.Actors {
		if actor.Kind == "state" || actor.Kind == "union" || l.is("groups", key(actor.Name)) || l.is("groups", key(actor.Acronym)) {
			x.states[actor.ID] = state{actor.ID, actor.Name}
		}
		if actor.Kind == "state" || actor.Kind == "union" {
			x.placeState[actor.Country] = actor.ID
		}
	}
	x.matcher = x.gaz.Matcher()
	for _, n := range l.names {
		x.noteArticle(n.kind, n.text)
		slug := n.slug
		if _, known := x.states[slug]; known && n.kind == graph.KindActor {
			x.matcher.Add(n.kind, graph.NewID(graph.KindActor, slug), n.text)
			continue
		}
		x.matcher.Add(n.kind, graph.NewID(n.kind, slug), n.text)
	}
	return x, nil
}

// noteArticle remembers the names of places that begin with an article.
func (x *Extractor) noteArticle(kind graph.Kind, name string) {
	if rest, ok := strings.CutPrefix(key(name), "the "); ok && kind == graph.KindPlace {
		x.articled[rest] = true
	}
}

// isParty tells whether one of some ids is of a state, union or alliance.
func (x *Extractor) isParty(ids []graph.ID) bool {
	for _, id := range ids {
		if _, ok := x.states[id.Slug()]; ok && id.Kind() == graph.KindActor {
			return true
		}
	}
	return false
}

// Result is what a document gave.
type Result struct {
	Records  []*graph.Record
	Reason   string // why there is no record
	Findings []Finding
	Passages []graph.Span // every passage in order, those too that gave nothing
}

// Finding is one value with the rule that found it and the passage that says it.
type Finding struct {
	Rule       string
	Field      string // of the record, such as event.date
	Value      string
	Span       graph.Span
	Candidates []graph.ID // where a name fits several entries
}

// Extract reads a document.
func (x *Extractor) Extract(d *source.Document) *Result {
	rd := newReading(x, d)
	rd.sentences()
	rd.published()
	return rd.result(rd.main())
}

func newReading(x *Extractor, d *source.Document) *reading {
	st := &statement{x: x, doc: d, acronyms: map[string]*body{}, meetingNames: map[string]string{}, looked: map[string][]graph.ID{}, labels: map[string]bool{}, last: map[string]*body{}, reported: map[*meeting]bool{}}
	return st.reading(nil)
}

// statement is one document with what is named in it.
type statement struct {
	x        *Extractor
	doc      *source.Document
	all      []*sentence
	acronyms map[string]*body
	// meetingNames are acronyms that the text has explained as those of meetings.
	meetingNames map[string]string
	looked       map[string][]graph.ID // bodies by name
	labels       map[string]bool       // whether a phrase is a label of a concept
	last         map[string]*body      // the body named last, by its head: ministry, agency
	told         day                   // when the document was published
	toldFrom     *sentence
	toldGuessed  bool              // the year of told is inferred
	reported     map[*meeting]bool // further meetings, which have records of their own
}

// reading is one meeting that a statement reports, as it is being read.
type reading struct {
	*statement
	sents      []*sentence // that speak of this meeting
	event      event
	own        map[*meeting]bool // those of event.same
	found      map[string]bool   // topics and references so far
	chairs     []*participation
	members    []*participation
	seats      seats
	topics     []*subject
	refs       []*subject
	findings   []Finding
	quotations []*quotation
	outcomes   []*outcome
	hiatus     *pause
	threats    []*threat
	next       *sequel
	before     []*previous
	reason     string
}

// reading begins to read some sentences for a meeting.
func (st *statement) reading(sents []*sentence) *reading {
	return &reading{statement: st, sents: sents, own: map[*meeting]bool{}, found: map[string]bool{}, seats: newSeats()}
}

func (rd *reading) lex() *lexicon { return rd.x.lexicon }

// sentences splits the document and recognises what is in each passage.
func (rd *reading) sentences() {
	passages := rd.doc.Passages()
	for i, p := range passages {
		s := newSentence(i, rd.doc.Text, p, rd.doc.Blocks[p.Block].Kind)
		s.found = rd.x.matcher.Find(s.toks)
		for _, m := range rd.lex().dates(s.toks) {
			s.add(&chunk{kind: dateChunk, first: m.first, last: m.last, date: m})
		}
		rd.parties(s)
		rd.knownPlaces(s)
		rd.knownReferences(s)
		rd.bodies(s)
		rd.people(s)
		rd.meetings(s)
		s.cues = rd.x.rules.cues(s)
		rd.sents = append(rd.sents, s)
	}
	rd.sents = rd.sents[:rd.contactsFrom()]
	rd.all = rd.sents
}

// knownReferences marks the instruments and initiatives that the authority
// files know, so that no "and" within their names parts topics.
func (rd *reading) knownReferences(s *sentence) {
	for _, m := range s.found {
		if m.Kind == graph.KindInstrument || m.Kind == graph.KindInitiative {
			s.add(&chunk{kind: referenceChunk, first: m.First, last: m.Last})
		}
	}
}

// knownPlaces finds the cities that the authority files or the lexicon know.
func (rd *reading) knownPlaces(s *sentence) {
	for _, m := range s.found {
		if m.Kind != graph.KindPlace {
			continue
		}
		id := m.IDs[0]
		country := rd.lex().cities[names.Fold(s.line(m.First, m.Last))]
		if p := rd.x.gaz.Place(id.Slug()); p.ID != "" {
			if p.Kind != "city" && country == "" {
				continue
			}
			if slug := rd.x.placeState[p.Country]; slug != "" && p.Kind == "city" {
				country = slug
			}
		}
		name := s.line(m.First, m.Last)
		if s.fold(m.First-1) == "the" && rd.x.articled[key(name)] {
			m.First-- // names are found without their article
			name = "The " + name
		}
		s.add(&chunk{kind: placeChunk, first: m.First, last: m.Last, place: &place{name: name, country: country}})
	}
}

// result puts the records together: that of the meeting that the text is about,
// and those of the others.
func (rd *reading) result(others []*reading) *Result {
	r := &Result{Reason: rd.reason}
	for _, s := range rd.all {
		r.Passages = append(r.Passages, s.passage.Span)
	}
	if rd.reason != "" {
		return r
	}
	seen := map[string]bool{}
	for _, each := range append([]*reading{rd}, others...) {
		if rec := each.record(); !seen[rec.ID] {
			seen[rec.ID] = true
			r.Records = append(r.Records, rec)
			r.Findings = append(r.Findings, each.findings...)
		}
	}
	return r
}
