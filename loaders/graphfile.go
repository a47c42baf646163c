package loaders

import (
	"context"
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
	"dialograph/loaders/record"
)

// graphEndings are the files of quads that say what says what.
var graphEndings = []string{".nq", ".trig", ".jsonld"}

// IsGraph tells whether a path is a file of quads, as export writes them.
func IsGraph(path string) bool {
	return !IsAddress(path) && slices.Contains(graphEndings, strings.ToLower(filepath.Ext(path)))
}

// graphFile is a file of quads as units: its records and authority entries as
// they stand, with the identities that the exporting graph gave them.
type graphFile struct {
	units    []rdf.Unit
	problems []record.Problem
	rejected int
}

// readGraph reads quads and finds the units that they are made of. What is not
// part of one is reported and left out.
func readGraph(base rdf.Base, in Input) graphFile {
	var g graphFile
	fault := func(format string, args ...any) {
		g.problems = append(g.problems, record.Problem{File: in.Name, Problem: graph.Problem{Severity: graph.Error, Message: fmt.Sprintf(format, args...)}})
		g.rejected++
	}
	quads, err := in.quads(base)
	if err != nil {
		fault("%v", err)
		return g
	}
	view, err := index.ReadQuads(context.Background(), func(_ context.Context, visit func(rdf.Quad) error) error {
		for _, q := range quads {
			if err := visit(q); err != nil {
				return err
			}
		}
		return nil
	})
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

// quads reads the quads of a file.
func (in Input) quads(base rdf.Base) ([]rdf.Quad, error) {
	if in.err != nil {
		return nil, fmt.Errorf("%s", reason(in.err))
	}
	r, err := in.open()
	if err != nil {
		return nil, fmt.Errorf("%s", reason(err))
	}
	defer r.Close()
	return readQuads(base, in.Name, r)
}

// readQuads reads quads in the syntax that the ending of a name tells.
func readQuads(base rdf.Base, name string, r io.Reader) ([]rdf.Quad, error) {
	var out []rdf.Quad
	take := func(q rdf.Quad) error {
		if q.Graph == "" {
			return fmt.Errorf("the statement about %s names no graph, so nothing says it", q.Subject)
		}
		out = append(out, q)
		return nil
	}
	statement := func(s rdf.Statement) error {
		q, err := s.Quad()
		if err != nil {
			return err
		}
		return take(q)
	}
	var err error
	switch strings.ToLower(filepath.Ext(name)) {
	case ".trig":
		err = turtle.Read(r, string(base), turtle.TriG, statement)
	case ".jsonld":
		err = jsonld.Read(r, string(base), statement)
	default:
		err = rdf.ReadNQuads(r, take)
	}
	return out, err
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
