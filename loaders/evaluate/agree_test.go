package evaluate

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dialograph/graph"

	"github.com/google/go-cmp/cmp"
)

// scoreCases scores each case for itself, and all together.
const scoreCases = `
def rows(t): return [dict(Name=f, TP=tp, FP=fp, FN=fn, Rates=[p, r, f1]) for f, p, r, f1, tp, fp, fn in t.rows()]
total, out = score.Tally(), []
for case in json.load(sys.stdin.buffer):
    t, notes = score.Tally(), []
    try:
        score.score_one(case["Records"], yaml.safe_load(case["Gold"]), t, notes)
        out.append(dict(Fields=rows(t), Notes=notes))
    except Exception as e:
        out.append(dict(Failed=repr(e)))
    for field, counts in t.c.items():
        total.add(field, *counts)
print(json.dumps(dict(Cases=out, Total=rows(total))))
`

// scoreCase is a gold file and what was extracted from its text.
type scoreCase struct {
	Name    string
	Gold    string
	Records []*graph.Record
}

// verdict is what became of a case.
type verdict struct {
	Fields []rated
	Notes  []string
	Failed string
}

type rated struct {
	Field
	Rates []float64 // precision, recall, F1
}

func rate(fields []Field) []rated {
	var out []rated
	for _, f := range fields {
		out = append(out, rated{f, []float64{f.Precision(), f.Recall(), f.F1()}})
	}
	return out
}

// TestAgreesWithScorePy makes records out of the golds, with more or fewer
// mistakes, and scores them here and there.
func TestAgreesWithScorePy(t *testing.T) {
	cases := append(cornerCases(), scoreCasesOf(t)...)
	var want struct {
		Cases []verdict
		Total []rated
	}
	python(t, scoreCases, cases, &want)
	var total Score
	for i, c := range cases {
		got := verdict{}
		if gold, err := ReadGold(strings.NewReader(c.Gold)); err != nil {
			got.Failed = err.Error()
		} else {
			var score Score
			got.Notes = append([]string{}, score.Add(c.Records, gold)...)
			got.Fields = rate(score.Fields())
			total.Add(c.Records, gold)
		}
		if diff := cmp.Diff(want.Cases[i], got); diff != "" {
			t.Errorf("%s (-score.py +here):\n%s\nof gold:\n%s", c.Name, diff, c.Gold)
		}
	}
	if diff := cmp.Diff(want.Total, rate(total.Fields())); diff != "" {
		t.Errorf("all together (-score.py +here):\n%s", diff)
	}
	for _, f := range total.Fields() {
		if f.TP == 0 || f.FP == 0 || f.FN == 0 && f.Name != "must_not" {
			t.Errorf("the cases do not try %+v in every way", f)
		}
	}
	t.Logf("%d cases, macro-F1 %.3f, %+v", len(cases), total.MacroF1(), total.Fields())
}

// cornerCases are those that chance seldom finds.
func cornerCases() []scoreCase {
	gold := func(edits ...string) string { return strings.NewReplacer(edits...).Replace(smallest) }
	record := func(e graph.Event) *graph.Record { e.Status = "held"; return &graph.Record{Event: e} }
	withTopic := record(graph.Event{})
	withTopic.Topics = []graph.Mention{{Name: "None"}, {Name: "?"}}
	withNext := record(graph.Event{})
	withNext.NextSession = &graph.NextSession{Country: "Fiji", Host: "Oslo"}
	return []scoreCase{
		{"an empty city and a name that folds to nothing", gold("city: null", "city: ''"), []*graph.Record{record(graph.Event{City: "?"})}},
		{"the ordinal weighs more than the whole name", gold("name: null", "name: Talks", "ordinal: null", "ordinal: 3"),
			[]*graph.Record{record(graph.Event{Name: "Talks", City: "Oslo"}), record(graph.Event{Ordinal: 3})}},
		{"no ordinal is an ordinal in common", gold("name: null", "name: Talks"),
			[]*graph.Record{record(graph.Event{Name: "Talks", Ordinal: 3}), record(graph.Event{City: "Oslo"})}},
		{"of two as close the first", gold("name: null", "name: Talks"),
			[]*graph.Record{record(graph.Event{Name: "Talks", City: "Oslo"}), record(graph.Event{Name: "Talks"})}},
		{"an optional date with a time", gold("date: null", "date: 2020-01-01") + "optional: {event: {date: [2019-10-11 10:00:00]}}",
			[]*graph.Record{record(graph.Event{Date: "2019-10-11"})}},
		{"an optional topic of no name", smallest + "optional: {topics: [{name: null}]}", []*graph.Record{withTopic}},
		{"a topic of no name", gold("topics: []", "topics: [{name: null}]"), []*graph.Record{withTopic}},
		{"a date of blanks", gold("next_session: null", "next_session: {place: null, date: 'i  O'}"), []*graph.Record{withNext}},
	}
}

// scoreCasesOf gives the cases of each gold: nothing extracted, everything right,
// and mistakes in the record, in half of the cases also in gold.
func scoreCasesOf(t *testing.T) []scoreCase {
	t.Helper()
	golds := goldTexts(t)
	m := &mutator{Rand: rand.New(rand.NewPCG(7, 12)), texts: namesIn(t, golds)}
	var out []scoreCase
	for _, text := range golds {
		gold := readGold(t, text)
		out = append(out, scoreCase{"nothing", text, []*graph.Record{}}, scoreCase{"perfect", text, []*graph.Record{perfect(gold)}})
		for i := range 32 {
			changed := text
			if i%2 == 1 {
				changed = m.goldText(t, text)
			}
			out = append(out, scoreCase{fmt.Sprintf("case %d", len(out)), changed, m.records(gold)})
		}
	}
	return out
}

func goldTexts(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(statements(t), "gold", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("found no golds: %v", err)
	}
	var out []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	return out
}

// namesIn gives the texts that stand in golds.
func namesIn(t *testing.T, golds []string) []string {
	t.Helper()
	var values []value
	for _, text := range golds {
		g := readGold(t, text)
		values = append(values, g.event.name, g.event.city)
		for _, c := range g.chairs {
			values = append(values, c.person, c.position, c.organisation, c.side)
		}
		for _, p := range g.participants {
			values = append(values, p.name, p.side)
		}
		for _, list := range [][]value{g.topics, g.references, g.mustNot, g.event.parties, g.optional.participants, g.optional.topics} {
			values = append(values, list...)
		}
	}
	return namesOf(values)
}

const compareNames = `
def compare(a, b):
    return dict(Fold=score.norm(a), Overlap=score.overlap(a, b), Party=score.party(a), Stripped=score.strip_country(a),
                Person=score.same_person(a, b), Org=score.same_org(a, b), Repr=repr(a))
print(json.dumps([compare(a, b) for a, b in json.load(sys.stdin.buffer)]))
`

// comparison is what is found of two names.
type comparison struct {
	Fold, Party, Stripped, Repr string
	Overlap                     float64
	Person, Org                 bool
}

func TestComparesNamesAsScorePy(t *testing.T) {
	m := &mutator{Rand: rand.New(rand.NewPCG(3, 4)), texts: namesIn(t, goldTexts(t))}
	for _, c := range countries {
		m.texts = append(m.texts, c.name, c.name+" "+pick(m, countries).name)
	}
	m.texts = append(m.texts, "e u s", "e u k", "u s a u s", "İstanbul K ŉ ´a`", "a/c ℀ … ﷺ", "x\u0315\u0300\u05aey", "the the us",
		"a"+strings.Repeat("\u0301", 50)+"b", "dialogues issues its")
	var pairs [][2]string
	for range 6000 {
		a := pick(m, m.texts)
		b := a
		m.text(&b)
		if m.often(30) {
			b = pick(m, m.texts)
		}
		if m.often(50) {
			m.text(&a)
		}
		pairs = append(pairs, [2]string{a, b})
	}
	var want []comparison
	python(t, compareNames, pairs, &want)
	for i, p := range pairs {
		a, b := p[0], p[1]
		got := comparison{Fold: fold(a), Overlap: overlap(a, b), Party: party(a), Stripped: stripCountry(a),
			Person: samePerson(a, b), Org: sameOrg(a, b), Repr: repr(a)}
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("%q and %q (-score.py +here):\n%s", a, b, diff)
		}
	}
}

const readScalars = `
def read(s):
    loader = yaml.SafeLoader("")
    try:
        v = loader.construct_object(yaml.ScalarNode(loader.resolve(yaml.ScalarNode, s, (True, False)), s))
        return dict(Text=str(v), Truth=bool(v), Equals=[n for n in range(-3, 100) if n and v == n])
    except Exception:
        return dict(Failed=True)
print(json.dumps([read(s) for s in json.load(sys.stdin.buffer)]))
`

// understood is what a plain scalar is taken for.
type understood struct {
	Text   string
	Truth  bool
	Equals []int // ordinals
	Failed bool
}

func TestReadsScalarsAsPyYAML(t *testing.T) {
	m := &mutator{Rand: rand.New(rand.NewPCG(5, 6))}
	scalars := []string{"", "~", "null", "Null", "nULL", "yes", "On", "y", "TRUE", "0", "-0", "+7", "007", "08", "0o7", "0b11", "0b_", "0x1F",
		"1_000", "12:30", "1:30:15", "-1:30", "1:30.5", "190:20:30.15", "1.", ".5", "-.5", "1.5e3", "1.5e+3", "1.0e+400", "1.0e-400",
		".inf", "-.Inf", "+.INF", ".nan", "0.0", "-0.0", "0.0001", "0.00001", "9999999999999999.0", "1.0e+15", "1.0e+22", "123456789.123456789",
		"2019-10-11", "2019-1-1", "2019-02-29", "0000-01-01", "2019-10-11 1:02:03", "2019-10-11t10:00:60", "2019-1-1 10:00:00.5",
		"2019-10-11T10:00:00.1234567Z", "2019-10-11 10:00:00 +2", "2019-10-11 10:00:00-02:30", "2019-10-11 10:00:00-00:00",
		"2019-10-11 10:00:00+24:00", "99999999999999999999999", "Seoul", "7th", "2019-10", "XXXX-02-27"}
	for range 8000 {
		var b strings.Builder
		for range 1 + m.IntN(7) {
			b.WriteString(pick(m, []string{"0", "1", "2", "5", "9", "10", "30", "-", "+", "_", ":", ".", "e", "x", "b", "2019", "-1", " ", "T"}))
		}
		scalars = append(scalars, b.String())
	}
	var want []understood
	python(t, readScalars, scalars, &want)
	for i, s := range scalars {
		if diff := cmp.Diff(want[i], understand(s)); diff != "" {
			t.Errorf("%q (-PyYAML +here):\n%s", s, diff)
		}
	}
}

func understand(s string) understood {
	v, err := readScalar(s)
	if err != nil {
		return understood{Failed: true}
	}
	out := understood{Text: v.String(), Truth: v.truth(), Equals: []int{}}
	for n := -3; n < 100; n++ {
		if n != 0 && v.equalsOrdinal(n) {
			out.Equals = append(out.Equals, n)
		}
	}
	return out
}
