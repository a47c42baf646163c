package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"dialograph/graph/rdf"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
)

// How many quads one ApplyDeltas takes: at first few, then twice as many each time,
// up to a number beyond which they would take much memory. Small batches write the
// same pages of bbolt again and again; but a large first one would have it sort
// tens of thousands of new buckets into one page (docs/performance.md). In memory
// large ones are of no use.
const (
	firstBatch = 10_000
	mostBatch  = 120_000
)

// maxLiteral is the longest text of one statement, in bytes: far above any
// passage, and below what a line of the journal may hold with all escaped.
const maxLiteral = 1 << 20

// quadStore keeps to the rules under which Cayley does not lose data: terms are
// checked before, additions and deletions never share a batch, and nobody else
// works while one iterates: not even a second reader, for memstore's readers
// race with each other.
type quadStore struct {
	mu    sync.Mutex
	qs    cayley.QuadStore
	batch int // how many quads the last full batch had
	most  int // how many one may have
}

var ignoring = cayley.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}

// apply adds quads, which were checked when their units were put, then deletes
// quads. After an error the handle must not be
// used again: Cayley does not undo what a failed batch left in its caches.
func (s *quadStore) apply(ctx context.Context, add, remove []rdf.Quad) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.batches(ctx, add, cayley.Add); err != nil {
		return fmt.Errorf("add quads: %w", err)
	}
	if err := s.batches(ctx, remove, cayley.Delete); err != nil {
		return fmt.Errorf("delete quads: %w", err)
	}
	return nil
}

// checkQuad refuses what Cayley's backends store differently or not at all.
func checkQuad(q rdf.Quad) error {
	if err := q.Check(); err != nil {
		return err
	}
	if len(q.Object.Value) > maxLiteral {
		return fmt.Errorf("object of <%s> <%s> has %d bytes; the limit is %d", q.Subject, q.Predicate, len(q.Object.Value), maxLiteral)
	}
	if strings.ContainsRune(q.Object.Value, 0) {
		return fmt.Errorf("object of <%s> <%s> holds a NUL character", q.Subject, q.Predicate)
	}
	return nil
}

// batches applies quads batch by batch; each is made while the one before it is
// applied.
func (s *quadStore) batches(ctx context.Context, quads []rdf.Quad, action cayley.Procedure) error {
	next := func(into []cayley.Delta) []cayley.Delta {
		most := min(max(firstBatch, 2*s.batch), s.most)
		n := min(len(quads), most)
		if n == most {
			s.batch = most
		}
		into = slices.Grow(into[:0], n)
		for _, q := range quads[:n] {
			into = append(into, cayley.Delta{Quad: toCayley(q), Action: action})
		}
		quads = quads[n:]
		return into
	}
	var making sync.WaitGroup
	var spare []cayley.Delta
	for batch := next(nil); len(batch) > 0; batch, spare = spare, batch {
		if err := ctx.Err(); err != nil {
			return err
		}
		making.Go(func() { spare = next(spare) })
		err := s.qs.ApplyDeltas(batch, ignoring)
		making.Wait()
		if err != nil {
			return err
		}
	}
	return nil
}

// each visits every quad. Values are looked up once each, not once a quad.
func (s *quadStore) each(ctx context.Context, visit func(rdf.Quad) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	it := s.qs.QuadsAllIterator().Iterate()
	defer it.Close()
	terms := newTermReader(s.qs)
	for n := 0; it.Next(ctx); n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err() // iterators of Cayley's do not look
		}
		ref := it.Result()
		var parts [4]*rdf.Term
		for i, d := range quad.Directions {
			term, err := terms.read(ref, d)
			if err != nil {
				return err
			}
			parts[i] = term
		}
		if err := visit(rdf.Quad{Subject: parts[0].Value, Predicate: parts[1].Value, Object: *parts[2], Graph: parts[3].Value}); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return ctx.Err() // a cancelled iteration ends early without an error
}

// termReader looks each term up once. In a directory they are numbers, for which
// a map of numbers is much quicker.
type termReader struct {
	qs      cayley.QuadStore
	numbers map[kv.Int64Value]*rdf.Term
	others  map[any]*rdf.Term
}

func newTermReader(qs cayley.QuadStore) *termReader {
	return &termReader{qs, map[kv.Int64Value]*rdf.Term{}, map[any]*rdf.Term{}}
}

func (t *termReader) read(of cayley.Ref, d quad.Direction) (*rdf.Term, error) {
	r, err := t.qs.QuadDirection(of, d)
	if err != nil {
		return nil, fmt.Errorf("read the %s of a quad: %w", d, err)
	}
	if r == nil {
		return nil, fmt.Errorf("a quad has no %s", d)
	}
	n, numbered := r.(kv.Int64Value)
	if numbered {
		if x := t.numbers[n]; x != nil {
			return x, nil
		}
	} else if x := t.others[r.Key()]; x != nil {
		return x, nil
	}
	v, err := t.qs.NameOf(r)
	if err != nil {
		return nil, err
	}
	x, err := fromCayley(v)
	if err != nil {
		return nil, err
	}
	if numbered {
		t.numbers[n] = &x
	} else {
		t.others[r.Key()] = &x
	}
	return &x, nil
}

func (s *quadStore) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.qs.Close()
}

// Cayley's SQL backends read the four characters \x00 as a NUL, so that
// sequence never reaches them.
const (
	hexEscape  = `\x`
	keptEscape = `\x5cx`
)

func toCayley(q rdf.Quad) quad.Quad {
	return quad.Quad{Subject: quad.IRI(q.Subject), Predicate: quad.IRI(q.Predicate), Object: toValue(q.Object), Label: quad.IRI(q.Graph)}
}

// toValue keeps literals as typed text: Cayley's native numbers and times do
// not come back as they were.
func toValue(t rdf.Term) quad.Value {
	if !t.Literal {
		return quad.IRI(t.Value)
	}
	text := quad.String(strings.ReplaceAll(t.Value, hexEscape, keptEscape))
	switch {
	case t.Lang != "":
		return quad.LangString{Value: text, Lang: t.Lang}
	case t.Datatype != "":
		return quad.TypedString{Value: text, Type: quad.IRI(t.Datatype)}
	}
	return text
}

func fromCayley(v quad.Value) (rdf.Term, error) {
	plain := func(s quad.String) string { return strings.ReplaceAll(string(s), keptEscape, hexEscape) }
	switch v := v.(type) {
	case quad.IRI:
		return rdf.IRI(string(v)), nil
	case quad.String:
		return rdf.Text(plain(v)), nil
	case quad.TypedString:
		return rdf.Typed(plain(v.Value), string(v.Type)), nil
	case quad.LangString:
		return rdf.LangText(plain(v.Value), v.Lang), nil
	}
	return rdf.Term{}, fmt.Errorf("the store holds a value of type %T that dialograph never writes", v)
}
