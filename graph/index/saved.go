package index

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	"dialograph/graph/rdf"
)

// A saved set of quads is a file that can be made again at any time:
//
//	dialograph quads 2\n
//	the revision of the store that it was read from\n
//	number of terms, of IRIs, of kinds of literals, of rows  (uvarint each)
//	kinds: lengths of datatype and language tag, then both   (uvarints, UTF-8)
//	lengths of the values of terms, in their order           (uvarints)
//	kinds of the literals                                    (uvarints)
//	the values                                               (UTF-8)
//	rows in their order: subject as the difference to the
//	last, predicate, object, graph                           (uvarints)
//	SHA-256 of all that
const savedMagic = "dialograph quads 2\n"

// ErrStale tells that a saved set is of another revision.
var ErrStale = errors.New("is of another revision of the store")

// save writes the set, and the revision of the store that it was read from.
func (q *quadSet) save(w io.Writer, revision string) error {
	s := &saver{sum: sha256.New()}
	s.b = bufio.NewWriterSize(io.MultiWriter(w, s.sum), 256<<10)
	s.b.WriteString(savedMagic + revision + "\n")
	t := q.terms
	for _, n := range []int{t.len(), t.iris(), len(t.kinds), len(q.rows)} {
		s.number(uint64(n))
	}
	for _, k := range t.kinds {
		s.number(uint64(len(k.datatype)))
		s.number(uint64(len(k.lang)))
		s.b.WriteString(k.datatype + k.lang)
	}
	for i := range t.len() {
		s.number(t.starts[i+1] - t.starts[i])
	}
	for _, k := range t.kindOf {
		s.number(uint64(k))
	}
	s.b.WriteString(t.text)
	last := uint32(0)
	for _, r := range q.rows {
		s.number(uint64(r.s - last))
		s.number(uint64(r.p))
		s.number(uint64(r.o))
		s.number(uint64(r.g))
		last = r.s
	}
	if err := s.b.Flush(); err != nil {
		return err
	}
	_, err := w.Write(s.sum.Sum(nil))
	return err
}

// saver writes numbers and texts; the writer keeps the first error.
type saver struct {
	b   *bufio.Writer
	sum hash.Hash
	buf [binary.MaxVarintLen64]byte
}

func (s *saver) number(n uint64) { s.b.Write(s.buf[:binary.PutUvarint(s.buf[:], n)]) }

// loadQuads reads what save wrote.
func loadQuads(data []byte, revision string) (*quadSet, error) {
	rest, ok := bytes.CutPrefix(data, []byte(savedMagic))
	if !ok {
		return nil, errors.New("is no saved set of quads of this version")
	}
	if rest, ok = bytes.CutPrefix(rest, []byte(revision+"\n")); !ok {
		return nil, ErrStale
	}
	if len(rest) < sha256.Size {
		return nil, errors.New("ends early")
	}
	body := data[:len(data)-sha256.Size]
	sum := make(chan [sha256.Size]byte, 1)
	go func() { sum <- sha256.Sum256(body) }()
	l := &savedLoader{rest: rest[:len(rest)-sha256.Size]}
	q := l.quads()
	if s := <-sum; !bytes.Equal(s[:], data[len(body):]) {
		return nil, errors.New("has another checksum than it says")
	}
	if l.err != nil {
		return nil, l.err
	}
	q.orders()
	return q, nil
}

// quads reads all that follows the revision.
func (l *savedLoader) quads() *quadSet {
	count, iris, kinds, rows := l.count(1), l.number(), l.count(2), l.count(4) // each takes so many bytes at least
	t := l.terms(count, iris, kinds)
	q := &quadSet{terms: t}
	if l.err != nil {
		return nil
	}
	q.rows = make([]row, 0, rows)
	last := uint32(0)
	for range rows {
		r := row{last + l.below(count-uint64(last)), l.below(count), l.below(count), l.below(count)}
		if n := len(q.rows); n > 0 && r.s == last && !q.rows[n-1].less(r) {
			l.fail("rows are not in order")
		}
		if l.err != nil {
			return nil
		}
		last = r.s
		q.rows = append(q.rows, r)
	}
	if len(l.rest) > 0 {
		l.fail("has more than it says")
	}
	return q
}

func (l *savedLoader) terms(count, iris, kinds uint64) *terms {
	if iris > count {
		l.fail("says that %d of %d terms are IRIs", iris, count)
		return nil
	}
	t := &terms{starts: make([]uint64, 1, count+1), kindOf: make([]uint32, 0, count-iris)}
	for range kinds {
		datatype, lang := l.number(), l.number()
		t.kinds = append(t.kinds, kind{l.text(datatype), l.text(lang)})
		if k := t.kinds[len(t.kinds)-1]; k.datatype != "" && k.lang != "" {
			l.fail("has literals of the type %s and of the language %s", k.datatype, k.lang)
		}
	}
	size := uint64(0)
	for range count {
		if size += l.count(1); l.err != nil {
			return nil
		}
		t.starts = append(t.starts, size)
	}
	for range count - iris {
		t.kindOf = append(t.kindOf, l.below(kinds))
	}
	if t.text = l.text(size); l.err != nil {
		return nil
	}
	for i := uint32(1); i < uint32(count); i++ {
		if rdf.CompareTerms(t.term(i-1), t.term(i)) >= 0 {
			l.fail("terms are not in order")
			return nil
		}
	}
	t.hash()
	return t
}

func (r row) less(other row) bool {
	switch {
	case r.s != other.s:
		return r.s < other.s
	case r.p != other.p:
		return r.p < other.p
	case r.o != other.o:
		return r.o < other.o
	}
	return r.g < other.g
}

// savedLoader reads numbers and texts until the first fault.
type savedLoader struct {
	rest []byte
	err  error
}

func (l *savedLoader) fail(format string, args ...any) {
	if l.err == nil {
		l.err = fmt.Errorf(format, args...)
	}
}

func (l *savedLoader) number() uint64 {
	n := uint64(0)
	for i := 0; i < len(l.rest) && i < binary.MaxVarintLen64; i++ {
		b := l.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			l.rest = l.rest[i+1:]
			return n
		}
	}
	l.fail("ends early")
	l.rest = nil
	return 0
}

// count reads how many things follow that take so many bytes each at least.
func (l *savedLoader) count(bytes int) uint64 {
	n := l.number()
	if n > uint64(len(l.rest)/bytes+1) || n >= uint64(anyTerm) {
		l.fail("says that %d things follow, which have no room", n)
		return 0
	}
	return n
}

// below reads a number below a bound.
func (l *savedLoader) below(bound uint64) uint32 {
	n := l.number()
	if n >= bound {
		l.fail("has the number %d where %d are", n, bound)
		return 0
	}
	return uint32(n)
}

func (l *savedLoader) text(n uint64) string {
	if n > uint64(len(l.rest)) {
		l.fail("ends early")
		return ""
	}
	out := string(l.rest[:n])
	l.rest = l.rest[n:]
	return out
}
