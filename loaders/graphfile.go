package loaders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/jsonld"
	"dialograph/graph/rdf"
	"dialograph/graph/turtle"
	"dialograph/graph/vocab"
	"dialograph/loaders/foreign"
	"dialograph/loaders/record"
)

// graphEndings are those of files of RDF, and the media types that they mean.
var graphEndings = map[string]string{".nq": "application/n-quads", ".trig": "application/trig", ".jsonld": "application/ld+json", ".ttl": "text/turtle", ".nt": "application/n-triples"}

// mediaType gives that of a file of RDF, "" for any other.
func mediaType(path string) string { return graphEndings[strings.ToLower(filepath.Ext(path))] }

// IsGraph tells whether a path is a file of RDF, as export or others write it.
func IsGraph(path string) bool {
	return !IsAddress(path) && mediaType(path) != ""
}

// graphFile is a file of RDF: records and authority entries of ours as units, as
// they stand, with the identities that the exporting graph gave them; and what
// others say.
type graphFile struct {
	name     string
	units    []rdf.Unit
	others   foreign.File
	problems []record.Problem
	rejected int
}

// readGraph reads RDF and finds the units that quads of ours are made of. What
// looks like ours and is not part of one is reported and left out.
func readGraph(base rdf.Base, in Input) graphFile {
	g := graphFile{name: in.Name}
	fault := func(format string, args ...any) {
		g.problems = append(g.problems, record.Problem{File: in.Name, Problem: graph.Problem{Severity: graph.Error, Message: fmt.Sprintf(format, args...)}})
		g.rejected++
	}
	quads, others, err := in.statements(base)
	if err != nil {
		fault("%v", err)
		return g
	}
	g.others = others
	view, err := index.ReadQuads(context.Background(), rdf.Units{{Quads: quads}}.Quads)
	if err != nil {
		fault("%v", err)
		return g
	}
	s := splitter{base: base, view: view}
	for _, iri := range view.Subjects(vocab.Type, vocab.Record) {
		r := rdf.ToRecord(base, view, base.ID(iri).Slug())
		if problems := errorsOf(r.Problems()); len(problems) > 0 {
			fault("%s: %s", base.ID(iri), problems[0])
			continue
		}
		g.units = append(g.units, s.record(r))
	}
	g.units = append(g.units, s.entries()...)
	if left := s.left(g.units); len(left) > 0 {
		line := strings.TrimSpace(string(rdf.AppendNQuad(nil, left[0])))
		if g.rejected == 0 {
			fault("%d of %d quads are not part of a record or authority entry and were left out; the first is %s", len(left), view.Len(), line)
		}
	}
	return g
}

// statements reads a file: the quads of ours, and what others say.
func (in Input) statements(base rdf.Base) ([]rdf.Quad, foreign.File, error) {
	others := foreign.File{Name: filepath.Base(in.Name), MediaType: mediaType(in.Name), Base: base}
	if in.err != nil {
		return nil, others, fmt.Errorf("%s", reason(in.err))
	}
	r, err := in.open()
	if err != nil {
		return nil, others, fmt.Errorf("%s", reason(err))
	}
	defer r.Close()
	var quads []rdf.Quad
	sum := sha256.New()
	err = readStatements(base, in.Name, io.TeeReader(r, sum), func(line int, s rdf.Statement) error {
		if q, err := s.Quad(); err == nil && isOurs(base, q) {
			quads = append(quads, q)
			return nil
		}
		others.Statements = append(others.Statements, foreign.Statement{Statement: s, Line: line})
		return nil
	})
	others.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return quads, others, err
}

// isOurs tells whether a quad is one that export could have written.
func isOurs(base rdf.Base, q rdf.Quad) bool {
	return base.ID(q.Subject) != "" && base.ID(q.Graph) != ""
}

// readStatements reads RDF in the syntax that the ending of a name tells.
func readStatements(base rdf.Base, name string, r io.Reader, visit func(line int, s rdf.Statement) error) error {
	var err error
	switch strings.ToLower(filepath.Ext(name)) {
	case ".trig":
		err = turtle.ReadLines(r, string(base), turtle.TriG, visit)
	case ".ttl":
		err = turtle.ReadLines(r, string(base), turtle.Turtle, visit)
	case ".jsonld":
		err = jsonld.Read(r, string(base), func(s rdf.Statement) error { return visit(0, s) })
	case ".nt":
		err = rdf.ReadLines(r, func(line int, s rdf.Statement) error {
			if s.Graph != (rdf.Node{}) {
				return fmt.Errorf("a statement of N-Triples names no graph; this is N-Quads (.nq)")
			}
			return visit(line, s)
		})
	default:
		err = rdf.ReadLines(r, visit)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, r) // for the digest of the whole
	}
	return err
}

func errorsOf(problems []graph.Problem) []graph.Problem {
	return slices.DeleteFunc(problems, func(p graph.Problem) bool { return p.Severity != graph.Error })
}

// splitter finds the quads of each unit.
type splitter struct {
	base rdf.Base
	view *index.Quads
}

// record is the unit of a record: with the provisional entries that it speaks
// of, as far as the record or its sources say them.
func (s splitter) record(r *graph.Record) rdf.Unit {
	u := rdf.RecordUnit(s.base, r, nil)
	own := map[string]bool{s.base.IRI(graph.NewID(graph.KindRecord, r.ID)): true}
	for _, q := range u.Quads {
		own[q.Graph] = true
	}
	for _, cited := range u.Cites {
		own[cited] = true
	}
	seen := map[string]bool{}
	var more []rdf.Quad
	var follow func(iri string)
	follow = func(iri string) {
		if seen[iri] || len(s.view.Stated(iri, vocab.Provisional)) == 0 {
			return
		}
		seen[iri] = true
		for _, q := range s.view.About(iri) {
			if own[q.Graph] {
				more = append(more, q)
				if !q.Object.Literal {
					follow(q.Object.Value) // the body above, say, made by the same record
				}
			}
		}
	}
	for _, q := range u.Quads {
		if !q.Object.Literal {
			follow(q.Object.Value)
		}
	}
	u.Quads = append(u.Quads, more...)
	slices.SortFunc(u.Quads, rdf.Compare)
	u.Quads = slices.Compact(u.Quads)
	return u
}

// entryClasses are the classes of authority entries and their kinds.
var entryClasses = []struct {
	class string
	kind  graph.Kind
}{
	{vocab.Organization, graph.KindActor}, {vocab.Person, graph.KindPerson}, {vocab.Concept, graph.KindTopic}, {vocab.Legislation, graph.KindInstrument},
	{vocab.Project, graph.KindInitiative}, {vocab.Place, graph.KindPlace}, {vocab.EventSeries, graph.KindSeries}, {vocab.Judgement, graph.KindJudgement},
}

// entries are the units of the authority entries that are not provisional only,
// and of what describes the authority files.
func (s splitter) entries() []rdf.Unit {
	var out []rdf.Unit
	if editors := rdf.EditorsUnit(s.base); len(s.view.About(editors.Quads[0].Subject)) > 0 {
		out = append(out, editors)
	}
	for _, c := range entryClasses {
		for _, iri := range s.view.Subjects(vocab.Type, c.class) {
			id := s.base.ID(iri)
			if id.Kind() != c.kind {
				continue
			}
			if u := rdf.EntryUnit(s.base, s.view, id); holds(u, iri) {
				out = append(out, u)
			}
		}
	}
	return out
}

// holds tells whether a unit says anything of its entry itself.
func holds(u rdf.Unit, iri string) bool {
	return slices.ContainsFunc(u.Quads, func(q rdf.Quad) bool { return q.Subject == iri })
}

// left are the quads that are in no unit.
func (s splitter) left(units []rdf.Unit) []rdf.Quad {
	in := map[rdf.Quad]bool{}
	for _, u := range units {
		for _, q := range u.Quads {
			in[q] = true
		}
	}
	var out []rdf.Quad
	s.view.Each(func(q rdf.Quad) {
		if !in[q] {
			out = append(out, q)
		}
	})
	return out
}
