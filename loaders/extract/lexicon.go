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
	generic    map[string]bool
	states     map[string]state  // folded name or demonym -> state
	cities     map[string]string // folded city -> state slug
	names      []spelling        // states, demonyms and cities to find
	plainFirst map[string]bool   // first words of the class plain-body
	common     map[string]bool   // words of which the names of things are made, so not of people
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
		bodies: map[string]string{}, refKind: map[string]string{}, generic: map[string]bool{}, states: map[string]state{}, cities: map[string]string{}, common: map[string]bool{}}
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
func (l *lexicon) learn(a *graph.Authority) {
	people := map[string]bool{}
	for _, p := range a.People {
		for _, w := range names.Words(p.Name) {
			people[w] = true
		}
	}
	add := func(e graph.Entry) {
		texts := []string{e.Name}
		for _, n := range e.Aliases {
			texts = append(texts, n.Text)
		}
		for _, text := range texts {
			for _, w := range names.Words(text) {
				if !people[w] && len(w) > 2 {
					l.common[w] = true
				}
			}
		}
	}
	for _, x := range a.Actors {
		add(x.Entry)
	}
	for _, x := range a.Topics {
		add(x.Entry)
	}
	for _, x := range a.Instruments {
		add(x.Entry)
	}
	for _, x := range a.Initiatives {
		add(x.Entry)
	}
	for _, x := range a.Series {
		add(x.Entry)
	}
	for _, x := range a.Places {
		add(x.Entry)
	}
	for _, class := range []string{"meeting", "meeting-words", "ordinals", "months", "weekdays", "position", "position-words", "body", "bodies", "instrument", "countries", "capitals", "regions", "said"} {
		for w := range l.classes[class] {
			for _, part := range names.Words(w) {
				l.common[part] = true
			}
		}
	}
	for _, w := range strings.Fields(functionWords) {
		l.common[w] = true
	}
}

// functionWords may begin a sentence or stand in a title with a capital.
const functionWords = `a an the this that these those it its they their them he she his her we our us you your i who which what when where why how
and or but nor so yet for of in on at by to from with without within into onto over under between among amid during before after since until while as if than
also both each all any some no not only other another many most several such same own more less least much very too first last next previous former new
is are was were be been being has have had do does did will would shall should can could may might must there here then thus hence therefore however moreover furthermore finally additionally
opening closing following regarding concerning including under press release releases news statement joint communique photo image caption source contact contacts home menu search back list page print share
date today yesterday tomorrow published updated posted category type view views hit hits english korean japanese read government governments officials delegates delegation delegations participants
republic kingdom federation union states state united ministry department mr mrs ms dr sir he leading heading chairing co chair chaired led headed speaking welcome welcoming building recalling reaffirming noting recognizing recognising
peace prosperity democracy freedom north south east west northern southern eastern western central pacific indo atlantic baltic nordic asia europe africa america asian european african american euro latin
team office website twitter facebook linkedin instagram youtube copyright rights reserved privacy terms policy minister president director ambassador general secretary head deputy
cyber security cybersecurity digital technology dialogue consultation consultations strategic partnership cooperation capacity agreement treaty convention agency service center centre university institute foundation company industry academia society
side sides parties party country countries nation nations world global regional national international local public private defense defence foreign affairs economy trade interior justice home internal external
accompanied accompanying alongside apart aside ahead below above about against along around because besides beyond despite down except inside near off opposite out outside past per plus round through throughout toward towards up upon via
views view topics topic agenda issues issue subjects subject cybercrime background information details detail note notes related links link topics tags tag share follow media contact spokesperson spokesman
monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter quarter half week month year years days day
discussions discussion exchanges exchange talks meeting meetings session sessions round working group groups visit event events summit conference forum workshop seminar
understanding later earlier meanwhile separately together afterwards subsequently further likewise similarly instead indeed still again once twice`
