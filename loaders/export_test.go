package loaders

import (
	"slices"

	"dialograph/graph/rdf"
)

// ReadAll reads inputs as Load does, with nothing known but what they hold, and
// gives the documents, and all that there is to report of them.
func ReadAll(base rdf.Base, inputs []Input) (*Batch, Report) {
	var graphs []graphFile
	b := Read(slices.DeleteFunc(slices.Clone(inputs), func(in Input) bool {
		if IsGraph(in.Name) {
			graphs = append(graphs, readGraph(base, in))
		}
		return IsGraph(in.Name)
	}))
	left := b.readOthers(graphs, Known{})
	b.Resolve(Known{})
	r := Report{Problems: b.Problems, Notes: b.Notes(), Rejected: b.Rejected, Left: len(left), left: left}
	for _, g := range graphs {
		r.Problems, r.Rejected = append(r.Problems, g.problems...), r.Rejected+g.rejected
	}
	return b, r
}
