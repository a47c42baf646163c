package export_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/export"
	"dialograph/graph/jsonld"
	"dialograph/graph/rdf"
	"dialograph/graph/turtle"

	"github.com/piprate/json-gold/ld"
)

// The canonical form of a dataset, as tools of others make it, is the same after
// each of N-Quads, TriG, JSON-LD and N-Quads, written and read in turn; that of the
// triples is the same in N-Triples and Turtle. The time that json-gold (URDNA2015)
// takes grows with the square of the quads, so that it has five events; so does that
// of rdf-canonize (RDFC-1.0), but only with those of one graph.
func TestCanonicalFormStays(t *testing.T) {
	five := part(t, 5)
	for _, of := range []struct {
		name      string
		selection *export.Selection
		canonical func(*testing.T, []byte) string
		triples   bool
	}{
		{"json-gold, five events", five, jsonGold, true},
		{"json-gold, awkward", awkward(t), jsonGold, true},
		{"rdf-canonize, five events", five, rdfCanonize, true},
		{"rdf-canonize, awkward", awkward(t), rdfCanonize, true},
		{"rdf-canonize, whole", whole(t), rdfCanonize, false},
	} {
		t.Run(of.name, func(t *testing.T) {
			x := of.selection
			original := quadsOf(t, x, false)
			t.Log(len(original), "quads")
			want := of.canonical(t, nQuadsOf(original))
			same := func(path, want string, quads []rdf.Quad) {
				t.Helper()
				if got := of.canonical(t, nQuadsOf(quads)); hash(got) != hash(want) {
					t.Errorf("after %s the canonical form has the hash %s, want %s", path, hash(got), hash(want))
				}
			}
			quads := readBack(t, "nq", exported(t, x, "nq"))
			quads = readBack(t, "trig", rewritten(t, "trig", x, quads))
			quads = readBack(t, "jsonld", rewritten(t, "jsonld", x, quads))
			same("nq, trig, jsonld, nq", want, readBack(t, "nq", nQuadsOf(quads)))
			for _, format := range []string{"trig", "jsonld"} {
				same(format, want, readBack(t, format, exported(t, x, format)))
			}
			if !of.triples {
				return
			}
			want = of.canonical(t, nQuadsOf(quadsOf(t, x, true)))
			for _, format := range []string{"nt", "ttl"} {
				same(format, want, readBack(t, format, exported(t, x, format)))
			}
		})
	}
}

// The lines of our N-Quads are those of the canonical form (RDFC-1.0), which they
// therefore need no more.
func TestNQuadsAreCanonical(t *testing.T) {
	for name, x := range map[string]*export.Selection{"whole": whole(t), "awkward": awkward(t)} {
		body := exported(t, x, "nq")
		if want, got := sorted([]byte(rdfCanonize(t, body))), sorted(body); !slices.Equal(want, got) {
			i := 0
			for i < len(got) && i < len(want) && got[i] == want[i] {
				i++
			}
			t.Errorf("%s: %d lines, rdf-canonize has %d; line %d is\n%s\nwant\n%s", name, len(got), len(want), i+1, at(got, i), at(want, i))
		}
	}
}

func at(lines []string, i int) string {
	if i == len(lines) {
		return "(the end)"
	}
	return lines[i]
}

// jsonGold makes the canonical form of N-Quads, which it reads itself.
func jsonGold(t *testing.T, nQuads []byte) string {
	t.Helper()
	dataset, err := ld.ParseNQuads(string(nQuads))
	if err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.Format = "application/n-quads"
	form, err := ld.NewJsonLdApi().Normalize(dataset, options)
	if err != nil {
		t.Fatal(err)
	}
	return form.(string)
}

func rdfCanonize(t *testing.T, nQuads []byte) string {
	t.Helper()
	cmd := node(t, "canonize.mjs")
	cmd.Stdin = bytes.NewReader(nQuads)
	return string(output(t, cmd))
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func exported(t *testing.T, x *export.Selection, name string) []byte {
	t.Helper()
	body, _ := write(t, x, export.Request{Format: format(t, name)})
	return body
}

// rewritten writes quads that were read.
func rewritten(t *testing.T, name string, x *export.Selection, quads []rdf.Quad) []byte {
	t.Helper()
	slices.SortFunc(quads, rdf.CompareInGraph)
	var b bytes.Buffer
	err := jsonld.Write(&b, slices.Values(quads))
	if name == "trig" {
		b.Reset()
		err = turtle.WriteTriG(&b, string(x.Snapshot.Base), slices.Values(quads))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readBack reads a syntax with our readers.
func readBack(t *testing.T, name string, body []byte) []rdf.Quad {
	t.Helper()
	var out []rdf.Quad
	take := func(s rdf.Statement) error {
		q, err := s.Quad()
		out = append(out, q)
		return err
	}
	var err error
	switch r := bytes.NewReader(body); name {
	case "nq", "nt":
		return readNQuads(t, body)
	case "trig":
		err = turtle.Read(r, "", turtle.TriG, take)
	case "ttl":
		err = turtle.Read(r, "", turtle.Turtle, take)
	case "jsonld":
		err = jsonld.Read(r, "", take)
	}
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return out
}

func readNQuads(t *testing.T, body []byte) []rdf.Quad {
	t.Helper()
	var out []rdf.Quad
	if err := rdf.ReadNQuads(string(body), func(q rdf.Quad) error { out = append(out, q); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func nQuadsOf(quads []rdf.Quad) []byte {
	var out []byte
	for _, q := range quads {
		out = rdf.AppendNQuad(out, q)
	}
	return out
}

// quadsOf are the quads of a selection, or its triples, each once.
func quadsOf(t *testing.T, x *export.Selection, triples bool) []rdf.Quad {
	t.Helper()
	var out []rdf.Quad
	err := x.EachQuad(func(q rdf.Quad) error {
		if triples {
			q.Graph = ""
		}
		out = append(out, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(out, rdf.Compare)
	return slices.Compact(out)
}

// lines are quads as sorted lines.
func lines(quads []rdf.Quad) []string { return sorted(nQuadsOf(quads)) }

func sorted(nQuads []byte) []string {
	out := strings.Split(strings.TrimSuffix(string(nQuads), "\n"), "\n")
	slices.Sort(out)
	return out
}
