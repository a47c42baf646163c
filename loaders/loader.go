package loaders

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/loaders/foreign"
	"dialograph/loaders/record"

	"github.com/rs/zerolog"
)

// Loader puts documents into a store.
type Loader struct {
	Store *store.Store
	Base  rdf.Base
	Log   zerolog.Logger

	// Names are further entries by which press statements are read, such as the
	// built-in ones, so that a text is understood the same whatever the store
	// holds. Nil means none.
	Names *graph.Authority
}

// Report says what a load did. Problems are the reasons of what was rejected,
// and warnings; Notes are names that were new or stayed unresolved.
type Report struct {
	Records   int              `json:"records"`
	Entries   int              `json:"entries"`
	Quads     int              `json:"quads"`
	Added     int              `json:"added"`
	Replaced  int              `json:"replaced"`
	Unchanged int              `json:"unchanged"`
	Rejected  int              `json:"rejected"`
	Left      int              `json:"left,omitempty"` // statements of others that have no place here
	Problems  []record.Problem `json:"-"`
	Notes     []record.Problem `json:"-"`
	Took      time.Duration    `json:"-"`

	left []foreign.Left
}

// quadsAtOnce is about how many quads one Put takes: enough to fill the store's
// batches, few enough to keep the memory small.
const quadsAtOnce = 100_000

// Load reads, checks and stores inputs. The error is of the store; faults of
// the inputs are in the report.
func (l *Loader) Load(ctx context.Context, inputs []Input) (Report, error) {
	start := time.Now()
	var graphs []graphFile
	inputs = slices.DeleteFunc(slices.Clone(inputs), func(in Input) bool {
		if IsGraph(in.Name) {
			graphs = append(graphs, readGraph(l.Base, in))
		}
		return IsGraph(in.Name)
	})
	b := Read(inputs)
	known, err := l.known(ctx, b.asksForSessions() || slices.ContainsFunc(graphs, graphFile.hasOthers))
	if err != nil {
		return Report{}, fmt.Errorf("read what the store holds: %w", err)
	}
	left := b.readOthers(graphs, known)
	b.Resolve(known)
	report := Report{Rejected: b.Rejected, Problems: b.Problems, Notes: b.Notes(), Left: len(left), left: left}
	for _, g := range graphs {
		report.Problems, report.Rejected = append(report.Problems, g.problems...), report.Rejected+g.rejected
	}
	for _, g := range graphs {
		if err := l.put(ctx, slices.Values(g.units), &report); err != nil {
			return report, err
		}
	}
	if len(b.Documents) > 0 {
		if err := l.put(ctx, b.Units(l.Base), &report); err != nil {
			return report, err
		}
	}
	report.Took = time.Since(start)
	l.Log.Info().Int("records", report.Records).Int("entries", report.Entries).Int("quads", report.Quads).
		Int("added", report.Added).Int("replaced", report.Replaced).Int("unchanged", report.Unchanged).
		Int("rejected", report.Rejected).Str("took", report.Took.Round(10*time.Microsecond).String()).Msg("loaded")
	return report, nil
}

// put stores units as they come, so that not the quads of all are in memory.
func (l *Loader) put(ctx context.Context, units iter.Seq[rdf.Unit], report *Report) error {
	var some []rdf.Unit
	quads := 0
	flush := func() error {
		changes, err := l.Store.Put(ctx, some)
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		report.count(some, changes)
		clear(some)
		some, quads = some[:0], 0
		return nil
	}
	for u := range units {
		some, quads = append(some, u), quads+len(u.Quads)
		if quads >= quadsAtOnce {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if len(some) == 0 {
		return nil
	}
	return flush()
}

// CheckBase refuses a store that was loaded under another base IRI.
func CheckBase(s *store.Store, base rdf.Base) error {
	editors := rdf.EditorsUnit(base)
	u, ok, err := s.Unit(editors.Key)
	if err != nil || !ok || len(u.Quads) == 0 || u.Quads[0].Subject == editors.Quads[0].Subject {
		return err
	}
	was := strings.TrimSuffix(u.Quads[0].Subject, editors.Key)
	return fmt.Errorf("the graph was loaded under the base IRI %s; give it with --base-iri", was)
}

func (r *Report) count(units []rdf.Unit, changes []store.Change) {
	for i, u := range units {
		r.Quads += len(u.Quads)
		switch kind := graph.ID(u.Key).Kind(); kind {
		case graph.KindRecord:
			r.Records++
		case graph.KindSource:
			continue // what describes the authority files comes with every load
		default:
			r.Entries++
		}
		switch changes[i] {
		case store.Added:
			r.Added++
		case store.Replaced:
			r.Replaced++
		default:
			r.Unchanged++
		}
	}
}

// known reads the entries and events that the store holds. Provisional entries
// do not count: each record makes its own. Records are read only for those who
// need sessions: they are most of a store.
func (l *Loader) known(ctx context.Context, sessions bool) (Known, error) {
	k := Known{Names: l.Names, Events: map[string]bool{}, Sessions: map[string]Session{}}
	quads, err := index.ReadQuads(ctx, func(ctx context.Context, visit func(rdf.Quad) error) error {
		return l.Store.UnitsAt(ctx, func(key string) bool {
			id, ok := strings.CutPrefix(key, "record/")
			if ok {
				k.Events[id] = true
			}
			return !ok || sessions
		}, func(u rdf.Unit) error {
			if id, ok := strings.CutPrefix(u.Key, "record/"); ok {
				k.Sessions[id] = sessionOf(l.Base, id, u)
				return nil
			}
			return rdf.Units{u}.Quads(ctx, visit)
		})
	})
	if err == nil && quads.Len() > 0 {
		k.Authority = rdf.ToAuthority(l.Base, quads.View())
	}
	return k, err
}

// Retract removes a source: every statement that it alone supports, and the
// records that rest on no other. It returns the keys of the units it changed.
func (l *Loader) Retract(ctx context.Context, source graph.ID) ([]string, error) {
	iri := l.Base.IRI(source)
	var changed []rdf.Unit
	var gone, keys []string
	err := l.Store.Units(ctx, func(u rdf.Unit) error {
		rest, cites := rdf.Without(l.Base, u, iri)
		switch {
		case !cites:
			return nil
		case len(rest.Cites) == 0 && strings.HasPrefix(u.Key, "record/"):
			gone = append(gone, u.Key)
		default:
			changed = append(changed, rest)
		}
		keys = append(keys, u.Key)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := l.Store.Delete(ctx, gone); err != nil {
		return nil, err
	}
	_, err = l.Store.Put(ctx, changed)
	return keys, err
}
