package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"dialograph/graph/multiset"
	"dialograph/graph/rdf"
)

// ErrClosed is wrapped by the error of a store that was closed, by its user or
// by an earlier error. Opening it again follows the journal.
var ErrClosed = errors.New("the store is closed")

// Store holds units of quads. One process at a time has it open.
type Store struct {
	mu      sync.Mutex // one writer; readers of quads have the lock of quads
	backend *backend
	codec   *codec
	quads   *quadStore
	catalog map[string]catalogEntry
	citing  map[string]map[string]bool // source -> keys of the units that cite it
	next    int64
	sum     multiset.Sum // of the live units
	broken  error
}

type catalogEntry struct {
	at     int64
	digest [32]byte
	cites  []string
}

// Open opens the store at a location: ":memory:", the address of a PostgreSQL
// database (postgres://…), or a directory, which is made if it is absent. What
// was journalled but not applied is applied.
func Open(ctx context.Context, location string) (*Store, error) {
	b, err := openBackend(location)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{backend: b}
	if err := s.start(ctx); err != nil {
		return nil, fmt.Errorf("open store: %w", errors.Join(err, s.Close()))
	}
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	var err error
	if s.codec, err = newCodec(); err != nil {
		return err
	}
	if err := s.openQuads(); err != nil {
		return err
	}
	return s.follow(ctx)
}

func (s *Store) openQuads() error {
	qs, err := s.backend.open()
	if err != nil {
		return err
	}
	s.quads = &quadStore{qs: qs, most: s.backend.most}
	return nil
}

// follow reads the journal into the catalogue and applies what the quad store
// has not seen.
func (s *Store) follow(ctx context.Context) error {
	applied, err := s.backend.journal.applied()
	if err != nil {
		return err
	}
	s.catalog, s.citing, s.next, s.sum = map[string]catalogEntry{}, map[string]map[string]bool{}, 0, multiset.Sum{}
	versions := map[string][]int64{} // of units changed since, oldest first
	err = s.backend.journal.scan(0, func(at, next int64, frame []byte) error {
		e, err := unmarshal(frame)
		if err != nil {
			return err
		}
		if at >= applied {
			if old, ok := s.catalog[e.key]; ok {
				versions[e.key] = append(versions[e.key], old.at)
			} else {
				versions[e.key] = append(versions[e.key], -1)
			}
		}
		s.record(e, at)
		s.next = next
		return nil
	})
	switch {
	case err != nil:
		return err
	case applied > s.next:
		return fmt.Errorf("the journal ends at %d, but entries up to %d had been acknowledged: it is damaged or was cut", s.next, applied)
	case applied == s.next:
		return s.backend.journal.setApplied(s.next, s.sum.Text()) // earlier versions noted no revision
	}
	return s.catchUp(ctx, versions)
}

// catchUp brings the quad store to the journal's end for the units that have
// changed since it last followed, whatever part of that was already applied.
func (s *Store) catchUp(ctx context.Context, versions map[string][]int64) error {
	var add, remove []rdf.Quad
	var cites []string
	for key, old := range versions {
		for _, at := range old {
			if at < 0 {
				continue
			}
			e, quads, err := s.readEntry(at)
			if err != nil {
				return err
			}
			remove, cites = append(remove, quads...), append(cites, e.cites...)
		}
		live, ok := s.catalog[key]
		if !ok {
			continue
		}
		_, quads, err := s.readEntry(live.at)
		if err != nil {
			return err
		}
		add = append(add, quads...)
		if len(remove) == 0 && len(add) >= mostBatch { // nothing to compare with: no need to keep them
			if err := s.quads.apply(ctx, add, nil); err != nil {
				return err
			}
			add = add[:0]
		}
	}
	return s.bring(ctx, add, remove, cites)
}

// record enters a journal entry in the catalogue.
func (s *Store) record(e entry, at int64) {
	for _, c := range s.catalog[e.key].cites {
		delete(s.citing[c], e.key)
	}
	if old, ok := s.catalog[e.key]; ok {
		s.sum = s.sum.Minus(sumOf(e.key, old.digest))
	}
	if e.op == opDelete {
		delete(s.catalog, e.key)
		return
	}
	s.sum = s.sum.Plus(sumOf(e.key, e.digest))
	s.catalog[e.key] = catalogEntry{at: at, digest: e.digest, cites: e.cites}
	for _, c := range e.cites {
		if s.citing[c] == nil {
			s.citing[c] = map[string]bool{}
		}
		s.citing[c][e.key] = true
	}
}

func (s *Store) readEntry(at int64) (entry, []rdf.Quad, error) {
	frame, err := s.backend.journal.read(at)
	if err != nil {
		return entry{}, nil, err
	}
	e, err := unmarshal(frame)
	if err != nil {
		return entry{}, nil, err
	}
	quads, err := s.codec.quads(e)
	return e, quads, err
}

// Change says what a Put did with one unit.
type Change string

const (
	Added     Change = "added"
	Replaced  Change = "replaced"
	Unchanged Change = "unchanged"
)

// Put stores units, each as a whole: one that is there already is replaced by
// exactly what is given, one that is the same is left alone. The units of one
// call are durable together; what a crash interrupts is finished by the next
// Open. A unit with a quad that cannot be stored makes the call fail before
// anything is written.
func (s *Store) Put(ctx context.Context, units []rdf.Unit) ([]Change, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return nil, s.broken
	}
	all, changes, err := s.entries(units)
	if err != nil {
		return nil, err
	}
	var entries []entry
	var add []rdf.Quad
	for i, u := range units {
		if changes[i] != Unchanged {
			entries, add = append(entries, all[i]), append(add, u.Quads...)
		}
	}
	return changes, s.commit(ctx, entries, add)
}

// entries checks units and makes their journal entries, several at once, and
// tells what each is to the store.
func (s *Store) entries(units []rdf.Unit) ([]entry, []Change, error) {
	seen := make(map[string]bool, len(units))
	for _, u := range units {
		if u.Key == "" || seen[u.Key] {
			return nil, nil, fmt.Errorf("unit %q has no key or is given twice", u.Key)
		}
		seen[u.Key] = true
	}
	entries, changes, faults := make([]entry, len(units)), make([]Change, len(units)), make([]error, len(units))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(units)) {
		workers.Go(func() {
			var text []byte // of one unit at a time
			for i := int(next.Add(1)) - 1; i < len(units); i = int(next.Add(1)) - 1 {
				text = appendNQuads(text[:0], units[i].Quads)
				entries[i], changes[i], faults[i] = s.entry(units[i], text)
			}
		})
	}
	workers.Wait()
	for _, err := range faults { // the first in order
		if err != nil {
			return nil, nil, err
		}
	}
	return entries, changes, nil
}

func (s *Store) entry(u rdf.Unit, text []byte) (entry, Change, error) {
	for _, q := range u.Quads {
		if err := checkQuad(q); err != nil {
			return entry{}, "", fmt.Errorf("unit %s: %w", u.Key, err)
		}
	}
	e, change := entry{op: opPut, key: u.Key, cites: u.Cites, digest: sha256.Sum256(text)}, Added
	if old, known := s.catalog[u.Key]; known {
		if old.digest == e.digest {
			return e, Unchanged, nil
		}
		change = Replaced
	}
	e.body = s.codec.compress(text)
	return e, change, nil
}

// Delete removes units. A key that is not there is passed over.
func (s *Store) Delete(ctx context.Context, keys []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	var entries []entry
	for _, key := range keys {
		if _, ok := s.catalog[key]; ok {
			entries = append(entries, entry{op: opDelete, key: key})
		}
	}
	return s.commit(ctx, entries, nil)
}

// commit journals entries and brings the quads after them. From the moment the
// journal has them they hold, whatever happens to the quads.
func (s *Store) commit(ctx context.Context, entries []entry, add []rdf.Quad) error {
	if len(entries) == 0 {
		return nil
	}
	remove, cites, err := s.replacedBy(entries)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	frames := make([][]byte, len(entries))
	for i, e := range entries {
		frames[i] = e.marshal()
	}
	at, next, err := s.backend.journal.append(frames)
	if err != nil {
		return err
	}
	for i, e := range entries {
		s.record(e, at[i])
	}
	s.next = next
	// The journal has it: from here on a cancelled caller must not leave the
	// quads half way.
	if err := s.bring(context.WithoutCancel(ctx), add, remove, cites); err != nil {
		s.broken = fmt.Errorf("%w after an error; the journal holds the change, and opening it again applies it: %w", ErrClosed, err)
		return s.broken
	}
	return nil
}

// replacedBy gives the quads of the units that entries replace or delete.
func (s *Store) replacedBy(entries []entry) (quads []rdf.Quad, cites []string, err error) {
	for _, e := range entries {
		old, ok := s.catalog[e.key]
		if !ok {
			continue
		}
		_, q, err := s.readEntry(old.at)
		if err != nil {
			return nil, nil, err
		}
		quads, cites = append(quads, q...), append(cites, old.cites...)
	}
	return quads, cites, nil
}

// bring adds quads, and deletes those that no unit supports any longer.
func (s *Store) bring(ctx context.Context, add, remove []rdf.Quad, cites []string) error {
	if len(remove) > 0 {
		var err error
		if remove, err = s.unsupported(remove, add, cites); err != nil {
			return err
		}
	}
	if err := s.quads.apply(ctx, add, remove); err != nil {
		return err
	}
	return s.backend.journal.setApplied(s.next, s.sum.Text())
}

// unsupported filters the quads that are in no live unit. Only units that cite
// a source in common can share one; those just written are in keep.
func (s *Store) unsupported(quads, keep []rdf.Quad, cites []string) ([]rdf.Quad, error) {
	gone := make(map[rdf.Quad]bool, len(quads))
	for _, q := range quads {
		gone[q] = true
	}
	for _, q := range keep {
		delete(gone, q)
	}
	keys := map[string]bool{}
	for _, c := range cites {
		for key := range s.citing[c] {
			keys[key] = true
		}
	}
	for key := range keys {
		_, live, err := s.readEntry(s.catalog[key].at)
		if err != nil {
			return nil, err
		}
		for _, q := range live {
			delete(gone, q)
		}
	}
	out := make([]rdf.Quad, 0, len(gone))
	for q := range gone {
		out = append(out, q)
	}
	slices.SortFunc(out, rdf.Compare)
	return out, nil
}

func (s *Store) keys() []string {
	keys := make([]string, 0, len(s.catalog))
	for key := range s.catalog {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Unit gives the live unit of a key as the journal has it.
func (s *Store) Unit(key string) (rdf.Unit, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return rdf.Unit{}, false, s.broken
	}
	known, ok := s.catalog[key]
	if !ok {
		return rdf.Unit{}, false, nil
	}
	e, quads, err := s.readEntry(known.at)
	return rdf.Unit{Key: key, Cites: e.cites, Quads: quads}, err == nil, err
}

// Len is the number of live units.
func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.catalog)
}

// Revision names the state of the store: it changes with every change and is
// the same wherever the same units are. It is the sum (see multiset) of them.
func (s *Store) Revision() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sum.Text()
}

// sumOf is what a unit adds to the revision.
func sumOf(key string, digest [32]byte) multiset.Sum {
	return multiset.Of(append([]byte(key+" "), digest[:]...))
}

// Close releases the store. Closing it again does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.backend == nil {
		return nil
	}
	var err error
	if s.quads != nil {
		err = s.quads.close()
	}
	err = errors.Join(err, s.backend.journal.close(), s.backend.unlock())
	s.backend = nil
	s.broken = ErrClosed
	return err
}
