package extract

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed rules.yaml
var rulesFile []byte

// rule is one entry of rules.yaml; the file says what its keys mean.
type rule struct {
	ID      string `yaml:"id"`
	Finds   string `yaml:"finds"`
	Cue     string `yaml:"cue"`
	Take    string `yaml:"take"`
	Shape   string `yaml:"shape"`
	Value   string `yaml:"value"`
	Example string `yaml:"example"`
	Not     string `yaml:"not"`

	steps []step
}

// step is one element of a cue.
type step struct {
	words    map[string]bool
	class    map[string]bool
	party    bool
	optional bool
	gap      int // up to so many words of any kind
}

// ruleSet is the rules by the word with which their cue may begin, and those
// without a cue by their id.
type ruleSet struct {
	rules  []*rule
	begin  map[string][]*rule
	shapes map[string]*rule
}

func readRules(l *lexicon) (*ruleSet, error) {
	var rules []*rule
	if err := yaml.Load(rulesFile, &rules, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("rules.yaml: %w", err)
	}
	set := &ruleSet{rules: rules, begin: map[string][]*rule{}, shapes: map[string]*rule{}}
	for _, r := range rules {
		if r.Shape != "" && r.Cue == "" {
			set.shapes[r.ID] = r
			continue
		}
		if err := r.compile(l); err != nil {
			return nil, fmt.Errorf("rules.yaml: %s: %w", r.ID, err)
		}
		for word := range r.steps[0].all() {
			set.begin[word] = append(set.begin[word], r)
		}
	}
	return set, nil
}

func (s step) all() map[string]bool {
	if s.class != nil {
		return s.class
	}
	return s.words
}

func (r *rule) compile(l *lexicon) error {
	for _, text := range strings.Fields(r.Cue) {
		s := step{}
		text, s.optional = strings.CutSuffix(text, "?")
		switch {
		case strings.HasPrefix(text, ".."):
			n, err := strconv.Atoi(text[2:])
			if err != nil {
				return fmt.Errorf("%q: want a number after the points", text)
			}
			s.gap = n
		case text == "PARTY":
			s.party = true
		case strings.HasPrefix(text, "@"):
			if s.class = l.classes[text[1:]]; s.class == nil {
				return fmt.Errorf("there is no class %q", text[1:])
			}
		default:
			s.words = map[string]bool{}
			for _, w := range strings.Split(text, "|") {
				s.words[w] = true
			}
		}
		r.steps = append(r.steps, s)
	}
	if len(r.steps) == 0 || r.steps[0].optional || len(r.steps[0].all()) == 0 {
		return fmt.Errorf("a cue begins with words")
	}
	return nil
}

// cue is a place where a rule's words stand.
type cue struct {
	rule        *rule
	first, last int // tokens, half open
}

// shape gives a rule without a cue, as if its cue stood at some tokens. A shape
// that rules.yaml does not describe is a fault of this package.
func (set *ruleSet) shape(id string, first, last int) cue {
	r := set.shapes[id]
	if r == nil {
		panic("rules.yaml has no shape " + id)
	}
	return cue{r, first, last}
}

// cues finds the words of all rules in a sentence.
func (set *ruleSet) cues(s *sentence) []cue {
	var out []cue
	for i := range s.toks {
		if i > 0 && s.toks[i-1].Fold == "-" && !s.toks[i].Spaced && !s.toks[i-1].Spaced {
			continue // inside a compound
		}
		for _, r := range set.begin[s.word(i)] {
			if last, ok := r.match(s, i, 0); ok {
				out = append(out, cue{r, i, last})
			}
		}
	}
	return out
}

// match tells where a cue ends that begins at a token.
func (r *rule) match(s *sentence, at, n int) (int, bool) {
	if n == len(r.steps) {
		return at, true
	}
	p := r.steps[n]
	if p.gap > 0 {
		for skip := 0; skip <= p.gap && at+skip <= len(s.toks); skip++ {
			if last, ok := r.match(s, at+skip, n+1); ok {
				return last, true
			}
			if at+skip < len(s.toks) && (s.toks[at+skip].Fold == ";" || s.toks[at+skip].Fold == ".") {
				break
			}
		}
		return 0, false
	}
	if at < len(s.toks) {
		switch {
		case p.party:
			if c := s.chunkAt(at, partyChunk); c != nil {
				if last, ok := r.match(s, c.last, n+1); ok {
					return last, true
				}
			}
		case p.all()[s.word(at)]:
			if last, ok := r.match(s, at+s.width(at), n+1); ok {
				return last, true
			}
		}
	}
	if p.optional {
		return r.match(s, at, n+1)
	}
	return 0, false
}
