package extract

import (
	_ "embed"
	"fmt"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
	"dialograph/loaders/gazetteer"

	"go.yaml.in/yaml/v4"
)

//go:embed lexicon.yaml
var lexiconFile []byte

// lexicon is lexicon.yaml: the classes of words that rules and shapes speak of.
type lexicon struct {
	classes    map[string]map[string]bool
	meeting    map[string]string // noun -> kind of event
	ordinal    map[string]int
	month      map[string]int
	weekday    map[string]int
	bodies     map[string]string // plural head -> singular
	refKind    map[string]string // last word of an instrument -> kind
	stance     map[string]string
	generic    map[string]bool
	states     map[string]state  // folded name or demonym -> state
	cities     map[string]string // folded city -> state slug
	names      []spelling        // states, demonyms and cities to find
	plainFirst map[string]bool   // first words of the class plain-body
	common     map[string]bool   // words of which the names of things are made, so not of people

	wordSets
}

// wordSets are the classes that shapes look up most, by their names in the file.
type wordSets struct {
	held            map[string]bool
	planned         map[string]bool
	cancelled       map[string]bool
	postponed       map[string]bool
	beforeName      map[string]bool
	joinsPeople     map[string]bool
	joinsBodies     map[string]bool
	partsBodies     map[string]bool
	beforePosition  map[string]bool
	joinsOffice     map[string]bool
	functional      map[string]bool
	ministryFields  map[string]bool
	accredited      map[string]bool
	small           map[string]bool
	endsObject      map[string]bool
	adjectives      map[string]bool
	topicOpeners    map[string]bool
	topicClosers    map[string]bool
	notTopic        map[string]bool
	participles     map[string]bool
	hostile         map[string]bool
	ofSide          map[string]bool
	beforeSide      map[string]bool
	asVenue         map[string]bool
	sent            map[string]bool
	beginsClause    map[string]bool
	aboutPeople     map[string]bool
	noPartOfTopic   map[string]bool
	pointsElsewhere map[string]bool
	beforeConcept   map[string]bool
	history         map[string]bool
	plainOffice     map[string]bool
	afterNoThing    map[string]bool
	noThing         map[string]bool
	future          map[string]bool
	partsPeople     map[string]bool
	company         map[string]bool
	rank            map[string]bool
	speaksOfForums  map[string]bool
	beforeForum     map[string]bool
	otherDate       map[string]bool
	hybridWhat      map[string]bool
	virtualOther    map[string]bool
	meets           map[string]bool
}

// fill takes the classes out of the file's.
func (w *wordSets) fill(classes map[string]map[string]bool) error {
	for name, set := range map[string]*map[string]bool{
		"held":             &w.held,
		"planned":          &w.planned,
		"cancelled":        &w.cancelled,
		"postponed":        &w.postponed,
		"before-name":      &w.beforeName,
		"joins-people":     &w.joinsPeople,
		"joins-bodies":     &w.joinsBodies,
		"parts-bodies":     &w.partsBodies,
		"before-position":  &w.beforePosition,
		"joins-office":     &w.joinsOffice,
		"functional":       &w.functional,
		"ministry-fields":  &w.ministryFields,
		"accredited":       &w.accredited,
		"small":            &w.small,
		"ends-object":      &w.endsObject,
		"adjectives":       &w.adjectives,
		"topic-openers":    &w.topicOpeners,
		"topic-closers":    &w.topicClosers,
		"not-topic":        &w.notTopic,
		"participles":      &w.participles,
		"hostile":          &w.hostile,
		"of-side":          &w.ofSide,
		"before-side":      &w.beforeSide,
		"as-venue":         &w.asVenue,
		"sent":             &w.sent,
		"begins-clause":    &w.beginsClause,
		"about-people":     &w.aboutPeople,
		"no-part-of-topic": &w.noPartOfTopic,
		"points-elsewhere": &w.pointsElsewhere,
		"before-concept":   &w.beforeConcept,
		"history":          &w.history,
		"plain-office":     &w.plainOffice,
		"after-no-thing":   &w.afterNoThing,
		"no-thing":         &w.noThing,
		"future":           &w.future,
		"parts-people":     &w.partsPeople,
		"company":          &w.company,
		"rank":             &w.rank,
		"speaks-of-forums": &w.speaksOfForums,
		"before-forum":     &w.beforeForum,
		"other-date":       &w.otherDate,
		"hybrid-what":      &w.hybridWhat,
		"virtual-other":    &w.virtualOther,
		"meets":            &w.meets,
	} {
		if *set = classes[name]; *set == nil {
			return fmt.Errorf("there is no class %q", name)
		}
	}
	return nil
}

// state is a country or union that can be a side.
type state struct {
	slug string // of the actor
	name string
}

type spelling struct {
	text string
	kind graph.Kind
	slug string
}

func readLexicon() (*lexicon, error) {
	var raw map[string]any
	if err := yaml.Load(lexiconFile, &raw); err != nil {
		return nil, fmt.Errorf("lexicon.yaml: %w", err)
	}
	l := &lexicon{classes: map[string]map[string]bool{}, meeting: map[string]string{}, ordinal: map[string]int{}, month: map[string]int{}, weekday: map[string]int{},
		bodies: map[string]string{}, refKind: map[string]string{}, stance: map[string]string{}, generic: map[string]bool{}, states: map[string]state{}, cities: map[string]string{}, common: map[string]bool{}}
	for name, value := range raw {
		class := map[string]bool{}
		switch v := value.(type) {
		case []any:
			for _, w := range v {
				class[key(fmt.Sprint(w))] = true
			}
		case map[string]any:
			for w, x := range v {
				class[key(w)] = true
				l.entry(name, w, x)
			}
		default:
			return nil, fmt.Errorf("lexicon.yaml: %s is neither a list nor a mapping", name)
		}
		l.classes[name] = class
	}
	if err := l.fill(l.classes); err != nil {
		return nil, fmt.Errorf("lexicon.yaml: %w", err)
	}
	l.generic = l.classes["generic-topics"]
	l.plainFirst = map[string]bool{}
	for phrase := range l.classes["plain-body"] {
		first, _, _ := strings.Cut(phrase, " ")
		l.plainFirst[first] = true
	}
	return l, nil
}

// key is how tokens are compared: each word folded, signs kept.
func key(s string) string {
	if s == "'s" {
		return s // a token of its own only after a word
	}
	var parts []string
	for _, t := range gazetteer.Tokens(s, 0, len(s)) {
		parts = append(parts, t.Fold)
	}
	return strings.ReplaceAll(strings.Join(parts, " "), " - ", "-")
}

func (l *lexicon) entry(class, word string, value any) {
	number, _ := value.(int)
	text, _ := value.(string)
	switch class {
	case "meeting":
		l.meeting[key(word)] = text
	case "ordinals":
		l.ordinal[key(word)] = number
	case "months":
		l.month[key(word)] = number
	case "weekdays":
		l.weekday[key(word)] = number
	case "bodies":
		l.bodies[key(word)] = text
	case "stances":
		l.stance[key(word)] = text
	case "instrument":
		l.refKind[key(word)] = text
	case "countries", "regions":
		slug := graph.Slug(word)
		l.names = append(l.names, spelling{word, graph.KindActor, slug})
		l.states[names.Fold(word)] = state{slug, word}
		demonyms, _ := value.([]any)
		for _, d := range demonyms {
			l.names = append(l.names, spelling{fmt.Sprint(d), gazetteer.Demonym, slug})
		}
	case "capitals":
		l.names = append(l.names, spelling{word, graph.KindPlace, graph.Slug(word)})
		l.cities[names.Fold(word)] = graph.Slug(text)
	case "also":
		l.names = append(l.names, spelling{word, graph.KindActor, text})
	}
}

func (l *lexicon) is(class, word string) bool { return l.classes[class][word] }

// learn takes the words of the names of things, which are then not taken for
// the names of people.
func (l *lexicon) learn(g *gazetteer.Gazetteer) {
	people := map[string]bool{}
	g.EachName(func(kind graph.Kind, id graph.ID, text string) {
		if kind == graph.KindPerson && text == g.Person(id.Slug()).Name {
			for _, w := range names.Words(text) {
				people[w] = true
			}
		}
	})
	g.EachName(func(kind graph.Kind, _ graph.ID, text string) {
		if kind == graph.KindPerson || kind == gazetteer.Demonym {
			return
		}
		for _, w := range names.Words(text) {
			if !people[w] && len(w) > 2 {
				l.common[w] = true
			}
		}
	})
	for _, class := range []string{"meeting", "meeting-words", "ordinals", "months", "weekdays", "position", "position-words", "body", "bodies", "instrument", "countries", "capitals", "regions", "said"} {
		for w := range l.classes[class] {
			for _, part := range names.Words(w) {
				l.common[part] = true
			}
		}
	}
	for w := range l.classes["function-words"] {
		l.common[w] = true
	}
}
