package loaders

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/loaders/foreign"
	"dialograph/loaders/record"
)

func (g graphFile) hasOthers() bool { return len(g.others.Statements) > 0 }

// readOthers reads what files of RDF say that is not a graph of ours, as
// documents of the batch. What has no place comes back, and is told in warnings.
func (b *Batch) readOthers(graphs []graphFile, known Known) []foreign.Left {
	var left []foreign.Left
	known.Names = nil // what the graph does not hold is no entry of it
	for i := range graphs {
		g := &graphs[i]
		if !g.hasOthers() {
			continue
		}
		result := foreign.Read(g.others, b.authority(known))
		docs := documentsOf(g.name, result)
		b.Documents = append(b.Documents, docs...)
		for _, d := range docs {
			b.Problems = append(b.Problems, slices.DeleteFunc(d.Problems(), func(p record.Problem) bool { return p.Severity != graph.Error })...)
			if fault := known.keeps(d, result.Ours); fault != "" {
				b.Problems = append(b.Problems, d.At(graph.Problem{Severity: graph.Error, Message: fault}))
			}
		}
		g.report(result, len(docs) == 0)
		if i > 0 {
			relabel(result.Left, i)
		}
		left = append(left, result.Left...)
	}
	return left
}

// documentsOf makes documents of what a file says, the authority first.
func documentsOf(file string, result foreign.Result) []record.Document {
	var docs []record.Document
	if a := result.Authority; a != nil {
		lines := map[string]int{}
		a.EachEntry(func(id graph.ID, path string, _ *graph.Entry) { lines[path] = result.Lines[id] })
		docs = append(docs, record.Document{Authority: a}.Placed(file, 1, lines))
	}
	for i, r := range result.Records {
		line := result.Lines[graph.NewID(graph.KindEvent, r.ID)]
		docs = append(docs, record.New(r).Placed(file, i+2, map[string]int{"": line}))
	}
	return docs
}

// keeps says why the graph keeps the record that it holds of an event, "" where
// it does not: it is from elsewhere, or holds more than the file can say.
// A record that a person reviewed is a matter of the batch.
func (k Known) keeps(d record.Document, ours bool) string {
	if d.Record == nil {
		return ""
	}
	held, ok := k.Sessions[d.Record.ID]
	switch {
	case !ok || held.Reviewed:
	case ours && held.content != contentOf(d.Record):
		return fmt.Sprintf("the graph holds event/%s with what each source says, which this file would take away; load a .trig or .nq export", d.Record.ID)
	case !ours && !held.shares(d.Record.Sources):
		return fmt.Sprintf("the graph holds event/%s from another source", d.Record.ID)
	}
	return ""
}

// shares tells whether the record rests on one of the sources.
func (s Session) shares(list []graph.Source) bool {
	return slices.ContainsFunc(s.Sources, func(x graph.Source) bool {
		return slices.ContainsFunc(list, func(y graph.Source) bool { return rdf.SourceID(x) == rdf.SourceID(y) })
	})
}

// report tells what became of the statements of others.
func (g *graphFile) report(result foreign.Result, none bool) {
	warn := func(line int, format string, args ...any) {
		g.problems = append(g.problems, record.Problem{File: g.name, Line: line, Problem: graph.Problem{Severity: graph.Warning, Message: fmt.Sprintf(format, args...)}})
	}
	if none && len(g.units) == 0 && len(result.Left) == len(g.others.Statements) {
		g.problems = append(g.problems, record.Problem{File: g.name, Problem: graph.Problem{Severity: graph.Error,
			Message: fmt.Sprintf("says nothing that has a place here, in %s (docs/exports.md lists what has)", statements(len(result.Left)))}})
		g.rejected++
	}
	if result.Ours {
		warn(0, "an export without graphs does not say which source makes which statement: its records are taken as unreviewed, its entries as said by this file; load a .trig, .nq or .jsonld export to bring sources and reviews back")
	}
	for _, note := range result.Notes {
		warn(0, "%s", note)
	}
	type group struct{ term, why string }
	var order []group
	count, first := map[group]int{}, map[group]foreign.Left{}
	for _, l := range result.Left {
		at := group{foreign.Short(l.Predicate), l.Why}
		if count[at]++; count[at] == 1 {
			order, first[at] = append(order, at), l
		}
	}
	for _, at := range order {
		n, l := fmt.Sprintf("%s of %s", statements(count[at]), at.term), first[at]
		switch at.why {
		case foreign.Contact:
			warn(l.Line, "%s left out: %s (nor are they repeated here)", n, at.why)
		case "":
			warn(l.Line, "%s left out, for want of a place here; the first is %s", n, example(l))
		default:
			warn(l.Line, "%s left out: %s; the first is %s", n, at.why, example(l))
		}
	}
}

func statements(n int) string {
	if n == 1 {
		return "1 statement"
	}
	return fmt.Sprintf("%d statements", n)
}

// example writes a statement in a line that a person can take in.
func example(l foreign.Left) string {
	line := []rune(strings.TrimSpace(string(rdf.AppendStatement(nil, l.Statement.Statement))))
	if len(line) > 200 {
		line = append(line[:200], '…')
	}
	return string(line)
}

// relabel keeps the blank nodes of a further file apart.
func relabel(list []foreign.Left, file int) {
	for i := range list {
		s := &list[i].Statement.Statement
		for _, n := range []*rdf.Node{&s.Subject, &s.Object, &s.Graph} {
			if n.Blank != "" {
				n.Blank = fmt.Sprintf("f%d-%s", file+1, n.Blank)
			}
		}
	}
}

// WriteLeft writes the statements of others that were left out as N-Quads, each
// once; contact details are counted only.
func (r Report) WriteLeft(w io.Writer) error {
	var out []byte
	contacts := 0
	for _, l := range r.left {
		if l.Why == foreign.Contact {
			contacts++
			continue
		}
		out = rdf.AppendStatement(out, l.Statement.Statement)
	}
	if contacts > 0 {
		out = fmt.Appendf(out, "# and %s with contact details, which are not repeated\n", statements(contacts))
	}
	_, err := w.Write(out)
	return err
}
