// Package rdftest gives tests of RDF syntaxes what they need: the built-in
// quads, random ones with names in every script, and the readers of others.
package rdftest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
	"dialograph/loaders"
	"dialograph/seeds"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Base is the base of the built-in quads.
const Base = rdf.Base(vocab.DefaultBase)

// Seeds gives the quads of the built-in data, ordered by graph.
func Seeds(t testing.TB) []rdf.Quad {
	t.Helper()
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	batch := loaders.Read(inputs)
	batch.Resolve(loaders.Known{})
	var quads []rdf.Quad
	for u := range batch.Units(Base) {
		quads = append(quads, u.Quads...)
	}
	if len(quads) < 10_000 {
		t.Fatalf("the seeds have %d quads, want more", len(quads))
	}
	return Sorted(quads)
}

// Sample gives the quads of every eighth graph, for readers that take a second
// for a few thousand quads.
func Sample(quads []rdf.Quad) []rdf.Quad {
	var out []rdf.Quad
	graphs := 0
	for i, q := range quads {
		if i > 0 && q.Graph != quads[i-1].Graph {
			graphs++
		}
		if graphs%8 == 0 {
			out = append(out, q)
		}
	}
	return out
}

// Sorted orders quads by graph, each once.
func Sorted(quads []rdf.Quad) []rdf.Quad {
	slices.SortFunc(quads, rdf.CompareInGraph)
	return slices.Compact(quads)
}

var iris = []string{
	"http://a/s", "http://a/s/", "http://a", "http://a/?q=1#f", "http://a/é/統", "http://a/%41", "http://a/a'b", "urn:x:y", "tel:1",
	"mailto:a@b", "file:///a", "http://a/" + "x~!$&()*+,;=:@", "HTTP://A/B", "http://a/-", "http://a/1", "http://a/\U000E0001", "x:y:", "http://[::1]/",
	vocab.DefaultBase, vocab.DefaultBase + "event/x", vocab.DefaultBase + "event/a:b", vocab.DefaultBase + "a:b",
	vocab.DefaultBase + "/x", vocab.DefaultBase + "?q", vocab.DefaultBase + "#f", vocab.DefaultBase + "event/b?c#d",
	vocab.Schema, vocab.Schema + "a.", vocab.Schema + "a.b", vocab.Schema + "a/b", vocab.Schema + "é", vocab.Schema + "-a", vocab.Schema + "1", vocab.Schema + "a_-1",
	vocab.Type, vocab.Name, vocab.Event, vocab.RDF + "nil", vocab.RDF + "first", vocab.Integer, vocab.SameAs, vocab.EDTF,
}

// dotted are IRIs that rapper (those with dots, which RFC 3986 calls equal to
// shorter ones) or rdflib (the first) gives back changed.
var dotted = []string{"x:", "http://a/b/../c", vocab.DefaultBase + "../x", vocab.DefaultBase + "a/./b", vocab.DefaultBase + "a/..", vocab.DefaultBase + "./a", vocab.DefaultBase + "a/.b"}

func iri(t *rapid.T) string {
	list := slices.Concat(iris, dotted)
	if rapid.Bool().Draw(t, "one of ours") {
		list = nil
		for _, p := range vocab.Properties() {
			list = append(list, p.IRI)
		}
	}
	return rapid.SampledFrom(list).Draw(t, "IRI")
}

// Text draws text of any characters, control characters and line ends too.
func Text(t *rapid.T) string {
	if rapid.Bool().Draw(t, "odd") {
		return rapid.SampledFrom([]string{"", `"`, `"""`, `'''`, `\`, `\u0041`, "\x00\x01\x1f\x7f", "a\r\n\tb\b\f", "\u0085\u2028\u2029\uFEFF", "\uFFFE\uFFFF\U0010FFFF",
			"국가사이버안보센터", "مركز الأمن السيبراني", "🛡\u200D", "</script><!--", "@type", "_:b", "x:y", "schema:name", "true", "6", " "}).Draw(t, "text")
	}
	return rapid.String().Draw(t, "text")
}

func object(t *rapid.T) rdf.Term {
	switch rapid.IntRange(0, 8).Draw(t, "object") {
	case 0:
		return rdf.Typed(rapid.SampledFrom([]string{"0", "6", "-6", "+6", "06", "-0", "9007199254740993", "9007199254740992", "123456789012345678901234567890"}).Draw(t, "integer"), vocab.Integer)
	case 1:
		return rdf.Typed(rapid.SampledFrom([]string{"true", "false"}).Draw(t, "boolean"), vocab.Boolean)
	case 2:
		return rdf.LangText(Text(t), rapid.SampledFrom([]string{"en", "ko", "zh-hant-tw", "a-1", "prefix", "base"}).Draw(t, "language"))
	case 3:
		return rdf.Typed(Text(t), iri(t))
	case 4:
		return rdf.Typed(rapid.SampledFrom([]string{"1.5", "1.", "1e3", "-.5", "NaN", "1.0E0"}).Draw(t, "number"), vocab.XSD+rapid.SampledFrom([]string{"decimal", "double", "float"}).Draw(t, "type"))
	case 5, 6:
		return rdf.IRI(iri(t))
	}
	return rdf.Text(Text(t))
}

// Quads draws quads, ordered by graph. Some stand in the default graph.
func Quads(t *rapid.T) []rdf.Quad {
	var quads []rdf.Quad
	for range rapid.IntRange(0, 20).Draw(t, "quads") {
		q := rdf.Quad{Subject: iri(t), Predicate: iri(t), Object: object(t)}
		if rapid.IntRange(0, 4).Draw(t, "named") > 0 {
			q.Graph = iri(t)
		}
		quads = append(quads, q)
	}
	quads = slices.DeleteFunc(quads, func(q rdf.Quad) bool { return q.CheckTriple() != nil })
	return Sorted(quads)
}

// Collect gives the quads that a reader of statements hands over, ordered by
// graph.
func Collect(t Fataler, read func(visit func(rdf.Statement) error) error) []rdf.Quad {
	var quads []rdf.Quad
	err := read(func(s rdf.Statement) error {
		q, err := s.Quad()
		quads = append(quads, q)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return Sorted(quads)
}

// Diff shows the first quads in which two lists differ; it is "" where they are
// the same.
func Diff(want, got []rdf.Quad) string {
	if slices.Equal(want, got) {
		return ""
	}
	i := 0
	for i < min(len(want), len(got)) && want[i] == got[i] {
		i++
	}
	some := func(list []rdf.Quad) []rdf.Quad { return list[i:min(i+5, len(list))] }
	return fmt.Sprintf("%d quads, want %d; from quad %d on (-want +got):\n%s", len(got), len(want), i, cmp.Diff(some(want), some(got)))
}

// Odd are quads with IRIs of every form in every position, and with texts that
// hold every control character and letters of many scripts. Those with dots in
// their IRIs are not for all readers.
func Odd(withDots bool) []rdf.Quad {
	var quads []rdf.Quad
	list := iris
	if withDots {
		list = slices.Concat(iris, dotted)
	}
	for _, iri := range list {
		quads = append(quads, rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.IRI(iri), Graph: iri},
			rdf.Quad{Subject: iri, Predicate: vocab.SameAs, Object: rdf.IRI(iri), Graph: iri})
		if iri != vocab.Integer {
			quads = append(quads, rdf.Quad{Subject: iri, Predicate: iri, Object: rdf.Typed("x", iri)})
		}
	}
	text := func(id int, s string) {
		quads = append(quads, rdf.Quad{Subject: fmt.Sprintf("http://a/%d", id), Predicate: vocab.Name, Object: rdf.Text(s), Graph: "http://a/é統"})
	}
	for r := rune(1); r < 0xA0; r++ {
		text(int(r), "a"+string(r)+"b")
	}
	for r := rune(0xA0); r < unicode.MaxRune; r += 487 {
		if utf8.ValidRune(r) {
			text(int(r), string(r))
		}
	}
	return Sorted(quads)
}

// Fataler is what testing.T and rapid.T have in common.
type Fataler interface{ Fatal(args ...any) }

// rdflib writes the statements of a document as JSON, one a line: the value of
// subject, predicate, object and graph, then what kind of literal the object is.
const rdflib = `
import json, sys, rdflib, logging
logging.disable(logging.CRITICAL)
rdflib.NORMALIZE_LITERALS = False
d = rdflib.ConjunctiveGraph()
d.parse(sys.argv[1], format=sys.argv[2], publicID="x:document")
for s, p, o, g in d.quads((None, None, None, None)):
    g = g.identifier if isinstance(g, rdflib.Graph) else g
    lit = isinstance(o, rdflib.Literal)
    json.dump([str(s), str(p), str(o), str(g) if isinstance(g, rdflib.URIRef) and str(g) != "x:document" else "", "1" if lit else "",
               str(o.datatype or "") if lit else "", str(o.language or "") if lit else ""], sys.stdout)
    print()
`

// RDFLib reads a document with Python's rdflib (format trig, turtle or json-ld)
// and gives its quads, ordered by graph. It skips the test where there is none.
func RDFLib(t *testing.T, format string, document []byte) []rdf.Quad {
	t.Helper()
	python := "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import rdflib").Run(); err != nil {
		t.Skipf("rdflib is not installed (Debian: python3-rdflib): %v", err)
	}
	out := run(t, exec.Command(python, "-c", rdflib, file(t, document), format))
	var quads []rdf.Quad
	for lines := json.NewDecoder(bytes.NewReader(out)); ; {
		var x [7]string
		err := lines.Decode(&x)
		if errors.Is(err, io.EOF) {
			return Sorted(quads)
		}
		if err != nil {
			t.Fatal(err)
		}
		o := rdf.Typed(x[2], x[5])
		o.Literal, o.Lang = x[4] != "", strings.ToLower(x[6])
		quads = append(quads, rdf.Quad{Subject: x[0], Predicate: x[1], Object: o, Graph: x[3]})
	}
}

// Rapper reads a document with raptor's rapper (syntax trig or turtle) and
// gives its quads, ordered by graph. It skips the test where there is none.
func Rapper(t *testing.T, syntax string, document []byte) []rdf.Quad {
	t.Helper()
	rapper, err := exec.LookPath("rapper")
	if err != nil {
		t.Skip("rapper is not installed (Debian: raptor2-utils)")
	}
	out := run(t, exec.Command(rapper, "-q", "-i", syntax, "-o", "nquads", file(t, document), vocab.DefaultBase))
	var quads []rdf.Quad
	if err := rdf.ReadNQuads(string(out), func(q rdf.Quad) error { quads = append(quads, q); return nil }); err != nil {
		t.Fatal(fmt.Errorf("what rapper wrote: %w", err))
	}
	return Sorted(quads)
}

func file(t *testing.T, document []byte) string {
	f, err := os.CreateTemp(t.TempDir(), "document")
	if err == nil {
		_, err = f.Write(document)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

func run(t *testing.T, c *exec.Cmd) []byte {
	t.Helper()
	var out, faults bytes.Buffer
	c.Stdout, c.Stderr = &out, &faults
	if err := c.Run(); err != nil || faults.Len() > 0 {
		t.Fatalf("%s: %v\n%.2000s", c.Path, err, faults.String())
	}
	return out.Bytes()
}
