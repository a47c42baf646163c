package store

import (
	"context"
	"fmt"

	"dialograph/graph/rdf"
)

// Report is what Check found. Faults are sentences; there are at most a hundred.
type Report struct {
	Units  int
	Quads  int
	Faults []string
}

const maxFaults = 100

func (r *Report) faultf(format string, args ...any) {
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
	}
}

// Check compares the journal with the quad store: each quad of a live unit is
// stored once, and nothing else is.
func (s *Store) Check(ctx context.Context) (Report, error) {
	var report Report
	journalled := map[rdf.Quad]bool{} // value: seen in the store
	err := s.Units(ctx, func(u rdf.Unit) error {
		report.Units++
		for _, q := range u.Quads {
			journalled[q] = false
		}
		return nil
	})
	if err != nil {
		return report, err
	}
	err = s.Stored(ctx, func(q rdf.Quad) error {
		report.Quads++
		seen, ok := journalled[q]
		switch {
		case !ok:
			report.faultf("the store holds a quad that the journal does not: %s", rdf.AppendNQuad(nil, q))
		case seen:
			report.faultf("the store holds a quad twice: %s", rdf.AppendNQuad(nil, q))
		}
		if ok {
			journalled[q] = true
		}
		return nil
	})
	if err != nil {
		return report, err
	}
	for q, seen := range journalled {
		if !seen {
			report.faultf("the journal holds a quad that the store does not: %s", rdf.AppendNQuad(nil, q))
		}
	}
	return report, nil
}
