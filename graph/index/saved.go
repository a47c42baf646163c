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
//	dialograph quads 1\n
//	the revision of the store that it was read from\n
//	number of terms, number of rows              (uvarint each)
//	terms in their order: kind, length of value, and of datatype or tag,
//	then their bytes                             (uvarints and UTF-8)
//	rows in their order: subject as the difference to the last, predicate,
//	object, graph                                (uvarints)
//	SHA-256 of all that
const savedMagic = "dialograph quads 1\n"

// The kinds of terms in a saved set.
const (
	savedIRI = iota
	savedText
	savedTyped
	savedTagged
)

// ErrStale tells that a saved set is of another revision.
var ErrStale = errors.New("is of another revision of the store")

// Save writes the set, and the revision of the store that it was read from.
func (q *Quads) Save(w io.Writer, revision string) error {
	s := &saver{sum: sha256.New()}
	s.b = bufio.NewWriterSize(io.MultiWriter(w, s.sum), 256<<10)
	s.b.WriteString(savedMagic + revision + "\n")
	s.number(uint64(len(q.terms)))
	s.number(uint64(len(q.rows)))
	for _, t := range q.terms {
		switch {
		case !t.Literal:
			s.term(savedIRI, t.Value, "")
		case t.Lang != "":
			s.term(savedTagged, t.Value, t.Lang)
		case t.Datatype != "":
			s.term(savedTyped, t.Value, t.Datatype)
		default:
			s.term(savedText, t.Value, "")
		}
	}
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

func (s *saver) term(kind uint64, value, more string) {
	s.number(kind)
	s.number(uint64(len(value)))
	if kind == savedTyped || kind == savedTagged {
		s.number(uint64(len(more)))
	}
	s.b.WriteString(value)
	s.b.WriteString(more)
}

// LoadQuads reads a saved set of a revision. What is damaged in any way is an
// error, and so is another revision (ErrStale).
func LoadQuads(data []byte, revision string) (*Quads, error) {
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
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], data[len(body):]) {
		return nil, errors.New("has another checksum than it says")
	}
	l := &savedLoader{rest: string(rest[:len(rest)-sha256.Size]), more: map[string]string{}}
	q := &Quads{iris: map[string]uint32{}}
	terms, rows := l.count(3), l.count(4) // each takes so many bytes at least
	q.terms, q.rows = make([]rdf.Term, 0, terms), make([]row, 0, rows)
	for range terms {
		t := l.term()
		if n := len(q.terms); n > 0 && rdf.CompareTerms(q.terms[n-1], t) >= 0 {
			l.fail("terms are not in order")
		}
		if l.err != nil {
			return nil, l.err
		}
		if !t.Literal {
			q.iris[t.Value] = uint32(len(q.terms))
		}
		q.terms = append(q.terms, t)
	}
	last := uint32(0)
	for range rows {
		r := row{last + l.below(terms-uint64(last)), l.below(terms), l.below(terms), l.below(terms)}
		if n := len(q.rows); n > 0 && r.s == last && !q.rows[n-1].less(r) {
			l.fail("rows are not in order")
		}
		if l.err != nil {
			return nil, l.err
		}
		last = r.s
		q.rows = append(q.rows, r)
	}
	if l.rest != "" {
		return nil, errors.New("has more than it says")
	}
	q.orders()
	return q, nil
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
	rest string
	more map[string]string // datatypes and tags, each once
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
	l.rest = ""
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
	out := l.rest[:n]
	l.rest = l.rest[n:]
	return out
}

func (l *savedLoader) term() rdf.Term {
	kind, length, more := l.number(), l.number(), uint64(0)
	if kind == savedTyped || kind == savedTagged {
		more = l.number()
	}
	t := rdf.Term{Value: l.text(length), Literal: kind != savedIRI}
	name := l.text(more)
	if known, ok := l.more[name]; ok {
		name = known
	} else {
		l.more[name] = name
	}
	switch kind {
	case savedIRI, savedText:
	case savedTyped:
		t.Datatype = name
	case savedTagged:
		t.Lang = name
	default:
		l.fail("has a term of kind %d", kind)
	}
	return t
}
