package vocab_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/graphtest"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/seeds"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite docs/ontology.md and docs/ontology.ttl")

const base = rdf.Base(vocab.DefaultBase)

// Every constant that names a term is in the table, and the table names
// nothing else.
func TestTableHoldsTheConstants(t *testing.T) {
	own := constants(t, "terms.go", "DG")
	borrowed := constants(t, "vocab.go", "RDF", "Schema", "ORG", "PROV", "SKOS", "DCTerms", "OA")
	constants := slices.DeleteFunc(append(own, borrowed...), func(iri string) bool { return iri == vocab.LangStr })
	var table []string
	for _, c := range vocab.Classes() {
		table = append(table, c.IRI)
	}
	for _, p := range vocab.Properties() {
		table = append(table, p.IRI)
	}
	slices.Sort(constants)
	slices.Sort(table)
	if diff := cmp.Diff(constants, table); diff != "" {
		t.Errorf("constants and table differ (-constants +table):\n%s", diff)
	}
}

// constants gives the IRIs of the constants of a file that are written as a
// namespace and a local name.
func constants(t *testing.T, file string, namespaces ...string) []string {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		sum, ok := n.(*ast.BinaryExpr)
		if !ok || sum.Op != token.ADD {
			return true
		}
		namespace, isName := sum.X.(*ast.Ident)
		local, isText := sum.Y.(*ast.BasicLit)
		if isName && isText && slices.Contains(namespaces, namespace.Name) {
			out = append(out, namespaceOf(namespace.Name)+strings.Trim(local.Value, `"`))
		}
		return true
	})
	return out
}

func namespaceOf(constant string) string { return vocab.Prefixes()[strings.ToLower(constant)] }

// The table is complete in itself: what a class bears is described, what is
// described is borne, and every closed list is one that records are held to.
func TestTableIsSound(t *testing.T) {
	o := newOntology()
	lists := enumerations()
	for _, c := range o.classes {
		for _, u := range c.Uses {
			if o.properties[u.Property].IRI == "" {
				t.Errorf("%s bears %s, which is not described", c.Label, u.Property)
			}
			if len(o.rangeOf(u)) == 0 {
				t.Errorf("%s of %s has no range", u.Property, c.Label)
			}
			if u.Values != "" && len(values(u)) == 0 {
				t.Errorf("%s of %s: graph/enum.go has no %s", u.Property, c.Label, u.Values)
			}
			delete(lists, u.Values)
		}
	}
	for name := range lists {
		t.Errorf("no property takes its values from graph.%s", name)
	}
	for _, p := range vocab.Properties() {
		if p.IRI != vocab.Type && len(o.bearers(p.IRI)) == 0 {
			t.Errorf("no class bears %s", p.IRI)
		}
	}
}

// The seed data uses nothing but what the ontology describes, as it describes
// it, and all of it but what is marked optional.
func TestSeedsFitTheOntology(t *testing.T) {
	quads := seedQuads(t)
	o := newOntology()
	for _, fault := range o.faults(quads) {
		t.Error(fault)
	}
	used := map[string]bool{}
	for _, q := range quads {
		used[q.Predicate] = true
		if q.Predicate == vocab.Type {
			used[q.Object.Value] = true
		}
	}
	for _, c := range o.classes {
		if !used[c.IRI] {
			t.Errorf("no seed is a %s", c.IRI)
		}
	}
	for _, p := range vocab.Properties() {
		if !used[p.IRI] && !p.Optional {
			t.Errorf("no seed has %s, and it is not marked optional", p.IRI)
		}
	}
}

// So does every record that the linter accepts.
func TestRecordsFitTheOntology(t *testing.T) {
	o := newOntology()
	rapid.Check(t, func(t *rapid.T) {
		for _, fault := range o.faults(rdf.FromRecord(base, graphtest.Record(t))) {
			t.Error(fault)
		}
	})
}

func seedQuads(t *testing.T) []rdf.Quad {
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	var quads []rdf.Quad
	for _, u := range units(inputs) {
		quads = append(quads, u.Quads...)
	}
	return quads
}

func units(inputs []loaders.Input) []rdf.Unit {
	b := loaders.Read(inputs)
	b.Resolve(loaders.Known{})
	return slices.Collect(b.Units(base))
}

func TestDocumentsAreCurrent(t *testing.T) {
	for _, name := range []string{"ontology.md", "ontology.ttl"} {
		path := filepath.Join("../../docs", name)
		want := document(t, name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(got), string(want)); diff != "" {
			t.Errorf("docs/%s is not current; go test ./graph/vocab -update rewrites it (-is +should be):\n%s", name, diff)
		}
	}
}

// A reader that is not ours can read what we wrote.
func TestRapperReadsTheDocuments(t *testing.T) {
	rapper, err := exec.LookPath("rapper")
	if err != nil {
		t.Skip("rapper is not installed (Debian: raptor2-utils)")
	}
	example := filepath.Join(t.TempDir(), "example.trig")
	if err := os.WriteFile(example, []byte(exampleTriG(t)), 0o644); err != nil {
		t.Fatal(err)
	}
	for syntax, file := range map[string]string{"turtle": "../../docs/ontology.ttl", "trig": example} {
		if out, err := exec.Command(rapper, "-q", "-c", "-i", syntax, file).CombinedOutput(); err != nil {
			t.Errorf("rapper -i %s %s: %v\n%s", syntax, file, err, out)
		}
	}
}
