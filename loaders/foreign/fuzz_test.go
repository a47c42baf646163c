package foreign

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/graph/jsonld"
	"dialograph/graph/names"
	"dialograph/graph/rdf"
	"dialograph/graph/turtle"
	"dialograph/graph/vocab"

	"github.com/rogpeppe/go-internal/txtar"
)

// known is what the graph holds when a file is read.
func known() *graph.Authority {
	return &graph.Authority{Actors: []graph.Actor{{Entry: graph.Entry{ID: "utopia", Name: "Utopia", SameAs: []string{"https://utopia.example"}}, Kind: "state", Country: "ut"}},
		Places: []graph.Place{{Entry: graph.Entry{ID: "ut", Name: "Utopia"}, Kind: "country"}}}
}

// Every statement of the files that cases are made of has a place, or is left.
func TestNothingIsDropped(t *testing.T) {
	archives, err := filepath.Glob("../testdata/others/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("found no archives: %v", err)
	}
	for _, path := range archives {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range a.Files {
			file := File{Name: x.Name, SHA256: strings.Repeat("0", 64), Base: vocab.DefaultBase}
			take := func(line int, s rdf.Statement) error {
				file.Statements = append(file.Statements, Statement{s, line})
				return nil
			}
			switch filepath.Ext(x.Name) {
			case ".jsonld":
				err = jsonld.Read(bytes.NewReader(x.Data), vocab.DefaultBase, func(s rdf.Statement) error { return take(0, s) })
			case ".ttl", ".trig", ".nt":
				err = turtle.ReadLines(bytes.NewReader(x.Data), vocab.DefaultBase, turtle.TriG, take)
			}
			if err != nil {
				t.Fatal(err)
			}
			check(t, file)
		}
	}
}

// Whatever others say, in whatever order: see check.
func FuzzRead(f *testing.F) {
	v := newWords()
	event, organization, name := v.object("schema:Event"), v.object("schema:Organization"), v.predicate("schema:name")
	f.Add([]byte{0, 0, event, 0, 0, name, 1, 1, 0, v.predicate("schema:startDate"), 6, 0, 0, v.predicate("schema:organizer"), v.objects() - 2, 0, 1, 0, organization, 0, 1, name, 2, 0})
	f.Add([]byte{0, 0, organization, 0, 0, name, 1, 1, 0, v.predicate("schema:member"), v.objects() - 2, 0, 1, 0, organization, 0, 1, v.predicate("schema:parentOrganization"), v.objects() - 3, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		file := File{Name: "file", SHA256: strings.Repeat("0", 64), Base: vocab.DefaultBase}
		for line := 1; len(data) >= 4 && line < 200; line++ {
			file.Statements = append(file.Statements, Statement{v.statement(data[:4]), line})
			data = data[4:]
		}
		check(t, file)
	})
}

// words are what the statements of a fuzzed file are made of.
type words struct {
	nodes      []rdf.Node
	predicates []string
	terms      []rdf.Node // objects that are no nodes
}

func newWords() words {
	v := words{predicates: []string{"rdf:type"}}
	for _, r := range Rules() {
		v.predicates = append(v.predicates, r.Terms...)
	}
	v.predicates = append(append(v.predicates, slices.Sorted(maps.Keys(inverses))...), "schema:email", "schema:contactPoint", "schema:image")
	slices.Sort(v.predicates[1:])
	v.predicates = slices.Compact(v.predicates)
	for _, text := range []string{"", "Ann More", "Utopia", "Ministry of Foreign Affairs", "Chair", "mail ann@more.example", "2024-05-20T10:00:00Z", "2024-05", "2024-02-30", "UT", "treaty", "a, b", "EventCancelled"} {
		v.terms = append(v.terms, rdf.Node{Term: rdf.Text(text)})
	}
	v.terms = append(v.terms, rdf.Node{Term: rdf.LangText("Utopie", "fr")}, rdf.Node{Term: rdf.LangText("The talks", "en")})
	for _, c := range Classes() {
		v.terms = append(v.terms, rdf.Node{Term: rdf.IRI(vocab.Expand(c.IRI))})
	}
	for _, iri := range []string{"https://utopia.example/", "https://talks.example/1", "https://talks.example/2", vocab.DefaultBase + "actor/utopia", vocab.DefaultBase + "event/talks", "mailto:a@b.example"} {
		v.nodes = append(v.nodes, rdf.Node{Term: rdf.IRI(iri)})
	}
	v.nodes = append(v.nodes, rdf.BlankNode("a"), rdf.BlankNode("b"), rdf.BlankNode("c"), rdf.BlankNode("d"))
	return v
}

func (v words) objects() byte { return byte(len(v.terms) + len(v.nodes)) }

func (v words) predicate(term string) byte { return byte(slices.Index(v.predicates, term)) }

func (v words) object(class string) byte {
	return byte(slices.Index(v.terms, rdf.Node{Term: rdf.IRI(vocab.Expand(class))}))
}

func (v words) statement(b []byte) rdf.Statement {
	prefix, local, _ := strings.Cut(v.predicates[int(b[1])%len(v.predicates)], ":")
	objects := append(slices.Clone(v.terms), v.nodes...)
	graphs := []rdf.Node{{}, {}, {Term: rdf.IRI("https://press.example/1")}, {Term: rdf.IRI("https://press.example/2")}}
	return rdf.Statement{Subject: v.nodes[int(b[0])%len(v.nodes)], Predicate: prefixes()[prefix] + local, Object: objects[int(b[2])%len(objects)], Graph: graphs[int(b[3])%len(graphs)]}
}

// check wants each statement of a file listed as left, or its text in what the
// file became; and that to be valid, and to hold no way to reach anybody.
func check(t *testing.T, file File) {
	t.Helper()
	r := Read(file, known())
	said := stringsOf(t, r, known())
	left := map[Statement]int{}
	for _, l := range r.Left {
		left[l.Statement]++
	}
	for _, s := range file.Statements {
		if left[s]--; left[s] >= 0 || !s.Object.Literal {
			continue
		}
		if !holds(said, s.Object.Value) {
			t.Errorf("%s is neither left nor in what the file became: %q", rdf.AppendStatement(nil, s.Statement), said)
		}
	}
	for _, text := range said {
		if contactForm.MatchString(text) {
			t.Errorf("%q looks like a contact", text)
		}
	}
	for _, p := range problemsOf(r) {
		t.Error(p)
	}
}

// holds tells whether a text, or what it means, is among those said.
func holds(said []string, value string) bool {
	value = strings.Join(strings.Fields(value), " ")
	if date, ok := day(rdf.Node{Term: rdf.Text(value)}); ok {
		value = date
	}
	in := func(text string) bool {
		return slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, text) })
	}
	term := word(rdf.Node{Term: rdf.Text(value)})
	for _, meant := range []string{value, names.Fold(value), roleWords[names.Fold(value)], statuses[term], modes[term]} {
		if in(meant) && (meant != "" || value == "") {
			return true
		}
	}
	for _, part := range strings.Split(value, ",") {
		if !in(strings.TrimSpace(part)) {
			return false
		}
	}
	return true
}

// stringsOf gives every text of what a file became, and of what was known.
func stringsOf(t *testing.T, values ...any) []string {
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for key, x := range v {
				if key != "Left" && key != "Lines" && key != "Notes" {
					walk(x)
				}
			}
		}
	}
	for _, v := range values {
		text, err := json.Marshal(v)
		var decoded any
		if err == nil {
			err = json.Unmarshal(text, &decoded)
		}
		if err != nil {
			t.Fatal(err)
		}
		walk(decoded)
	}
	return out
}

func problemsOf(r Result) []graph.Problem {
	var out []graph.Problem
	if r.Authority != nil {
		out = r.Authority.Problems()
	}
	for _, x := range r.Records {
		out = append(out, x.Problems()...)
	}
	return slices.DeleteFunc(out, func(p graph.Problem) bool { return p.Severity != graph.Error })
}
