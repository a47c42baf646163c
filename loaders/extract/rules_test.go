package extract

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"

	"github.com/rogpeppe/go-internal/txtar"
)

// Every rule has an id of its own, an example that it matches and one that it
// does not.
func TestRulesMatchTheirExamples(t *testing.T) {
	x := BuiltIn(t)
	seen := map[string]bool{}
	for _, r := range x.rules.rules {
		if r.ID == "" || seen[r.ID] || r.Example == "" || r.Not == "" {
			t.Errorf("rule %q: want an id of its own, an example and one that does not match", r.ID)
		}
		seen[r.ID] = true
		if r.Shape != "" {
			if r.Cue != "" || r.Take != "" {
				t.Errorf("%s has a shape and a cue", r.ID)
			}
			if gave := rulesOf(t, x, r.Example); !gave[r.ID] {
				t.Errorf("%s does not match its example %q, which gives %v", r.ID, r.Example, gave)
			}
			if rulesOf(t, x, r.Not)[r.ID] {
				t.Errorf("%s matches %q", r.ID, r.Not)
			}
			continue
		}
		if !slices.Contains([]string{"after", "before", "either", "before-or-after"}, r.Take) {
			t.Errorf("%s: take is %q", r.ID, r.Take)
		}
		if !matched(t, x, r, r.Example) {
			t.Errorf("%s does not match its example %q", r.ID, r.Example)
		}
		if matched(t, x, r, r.Not) {
			t.Errorf("%s matches %q", r.ID, r.Not)
		}
	}
}

// rulesOf gives the rules of all findings of a text, HTML where it begins with a
// tag.
func rulesOf(t *testing.T, x *Extractor, text string) map[string]bool {
	t.Helper()
	name := "example.txt"
	if strings.HasPrefix(text, "<") {
		name = "example.html"
	}
	d, err := source.Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, f := range x.Extract(d).Findings {
		out[f.Rule] = true
	}
	return out
}

// Whatever is found in the test statements names a rule of rules.yaml.
func TestFindingsNameRules(t *testing.T) {
	x := BuiltIn(t)
	known := map[string]bool{}
	for _, r := range x.rules.rules {
		known[r.ID] = true
	}
	paths, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("found no statements: %v", err)
	}
	for _, path := range paths {
		file, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for id := range rulesOf(t, x, string(file.Files[0].Data)) {
			if !known[id] {
				t.Errorf("%s: a finding names the rule %q, which rules.yaml does not have", path, id)
			}
		}
	}
}

func matched(t *testing.T, x *Extractor, r *rule, text string) bool {
	t.Helper()
	d, err := source.Read("example.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	rd := newReading(x, d)
	rd.sentences()
	for _, s := range rd.sents {
		for _, c := range s.cues {
			if c.rule != r {
				continue
			}
			switch {
			case r.Finds == "chair":
				taken := map[*person]bool{}
				rd.chairsAt(s, c, taken)
				if len(rd.chairs) > 0 {
					return true
				}
			case r.Finds == "outcome":
				rd.outcomeIn(s)
				if len(rd.outcomes) > 0 && rd.outcomes[0].rule == r.ID {
					return true
				}
			case r.Finds == "topic":
				if rd.gives(s, c) {
					return true
				}
			case r.Finds == "chair-pair":
				group := rd.peopleAfter(s, c.last, 6)
				if r.Take == "before" {
					group = rd.peopleBefore(s, c.first, 6)
				}
				if rd.facing(group) {
					return true
				}
			default:
				for _, b := range s.of(bodyChunk) {
					if _, ok := rd.governs(s, []cue{c}, b); ok {
						return true
					}
				}
			}
		}
	}
	return false
}

// gives tells whether a cue of discussion finds a topic.
func (rd *reading) gives(s *sentence, c cue) bool {
	rd.found = map[string]bool{}
	rd.topics, rd.event.main = nil, &meeting{s: s, c: &chunk{}}
	if c.rule.Take == "before" {
		rd.phrases(s, rd.subjectStart(s, c.first), c.first, c)
	} else {
		rd.phrases(s, c.last, rd.objectEnd(s, c.last), c)
	}
	return len(rd.topics) > 0
}

// Dates in prose, and how they are understood. The day after a stroke is the
// end of a range.
func TestDates(t *testing.T) {
	l, err := readLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"on 24 November 2020":        "2020-11-24",
		"on November 24, 2020":       "2020-11-24",
		"on Tuesday, 20 May":         "XXXX-05-20",
		"the 14th of December 2023":  "2023-12-14",
		"24.11.2020":                 "2020-11-24",
		"2020-11-24":                 "2020-11-24",
		"24/11/2020":                 "2020-11-24",
		"12/25/2020":                 "2020-12-25",
		"on 24–25 June 2021":         "2021-06-24/2021-06-25",
		"on September 5-6, 2018":     "2018-09-05/2018-09-06",
		"from 30 May to 1 June 2021": "2021-05-30/2021-06-01",
		"on Tuesday 9 December and Wednesday 10 December": "XXXX-12-09/XXXX-12-10",
		"in November 2020":                   "2020-11",
		"Nov. 24, 2020":                      "2020-11-24",
		"call +32 2 29 88093 or write":       "",
		"the 6th dialogue, which may follow": "",
		"On 31 people came":                  "",
	} {
		var got []string
		for _, m := range l.dates(gazetteer.Tokens(text, 0, len(text))) {
			got = append(got, m.edtf())
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q gives %q, want %q", text, g, want)
		}
	}
}

// A weekday or a day without a year is told from the day of publication.
func TestDatesFromPublication(t *testing.T) {
	l, err := readLexicon()
	if err != nil {
		t.Fatal(err)
	}
	told := day{2024, 11, 7} // a Thursday
	for text, want := range map[string]string{
		"on Wednesday":   "2024-11-06",
		"on Thursday":    "2024-11-07",
		"on Friday":      "2024-11-01",
		"yesterday":      "2024-11-06",
		"today":          "2024-11-07",
		"on 29 December": "2023-12-29",
		"on 6 November":  "2024-11-06",
	} {
		list := l.dates(gazetteer.Tokens(text, 0, len(text)))
		if len(list) != 1 {
			t.Errorf("%q gives %d dates", text, len(list))
			continue
		}
		if got := list[0].inYear(told, true).edtf(); got != want {
			t.Errorf("%q, told on 7 November 2024, is %s, want %s", text, got, want)
		}
	}
}
