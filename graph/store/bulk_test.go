package store

import (
	"dialograph/graph/rdf"

	"github.com/cayleygraph/quad"
)

// CayleyBulk writes quads by Cayley's own bulk path: no journal, no check, no
// units. It is what a load is compared with.
func CayleyBulk(s *Store, units []rdf.Unit) error {
	var quads []quad.Quad
	for _, u := range units {
		for _, q := range u.Quads {
			quads = append(quads, toCayley(q))
		}
	}
	w, err := s.quads.qs.NewQuadWriter()
	if err != nil {
		return err
	}
	if _, err := quad.CopyBatch(w, quad.NewReader(quads), quad.DefaultBatch); err != nil {
		return err
	}
	return w.Close()
}
