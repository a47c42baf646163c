package image

import (
	"bufio"
	"fmt"
	"hash/crc32"
	"io"
	"unsafe"
)

// Write writes an image of all that a root reaches. The title says what it is made
// from; types are those that the values of interfaces have, such as (*T)(nil).
func Write[T any](to io.Writer, title string, root *T, types ...any) error {
	l, err := layoutsOf[T](types)
	if err != nil {
		return err
	}
	begins, err := head(title, l)
	if err != nil {
		return err
	}
	if unsafe.Sizeof(uintptr(0)) != word {
		return fmt.Errorf("pointers have %d bytes here; images have %d", unsafe.Sizeof(uintptr(0)), word)
	}
	w := &writer{layouts: l, out: bufio.NewWriterSize(to, block), next: page, texts: map[string]uint64{}, placed: newAddresses()}
	w.write(begins)
	w.place(l.root, 1, unsafe.Pointer(root))
	for x, ok := w.queue.take(); ok && w.err == nil; x, ok = w.queue.take() {
		w.values(x)
	}
	if w.err != nil {
		return w.err
	}
	return w.finish()
}

type writer struct {
	*layouts
	out    *bufio.Writer
	err    error
	at     uint64 // how much is written
	next   uint64 // where the next value will stand
	sum    uint32 // of the block that is being written
	sums   []uint64
	bitmap []uint64
	buffer []byte
	queue  queue
	placed *addresses
	texts  map[string]uint64 // where short ones are
	long   []stretch         // of which other texts are parts
}

// run is values of a type, one after the other, that have a place in the file.
type run struct {
	of   *layout
	n    int
	from unsafe.Pointer
	at   uint64
}

// stretch is a long text.
type stretch struct {
	from   uintptr
	length int
	at     uint64
}

// least is how long a text is of which others may be parts.
const least = 64 << 10

// letter is the layout of what texts have.
var letter = layout{size: 1}

// place chooses the place of values.
func (w *writer) place(of *layout, n int, from unsafe.Pointer) uint64 {
	at := (w.next + word - 1) &^ (word - 1)
	w.next = at + uint64(n)*uint64(of.size)
	w.queue.put(run{of, n, from, at})
	return at
}

// values writes a run.
func (w *writer) values(r run) {
	w.write(make([]byte, r.at-w.at))
	if len(r.of.places) == 0 {
		w.write(unsafe.Slice((*byte)(r.from), uintptr(r.n)*r.of.size))
		return
	}
	for i := range r.n {
		from := unsafe.Add(r.from, uintptr(i)*r.of.size)
		w.buffer = append(w.buffer[:0], unsafe.Slice((*byte)(from), r.of.size)...)
		for _, p := range r.of.places {
			w.point(p, unsafe.Add(from, p.at))
		}
		w.write(w.buffer)
	}
}

// header is what a slice or a string is: a string has no room for more.
type header struct {
	from      unsafe.Pointer
	len, room int
}

// point corrects one place of the value in the buffer, of which the original is
// given.
func (w *writer) point(p place, original unsafe.Pointer) {
	switch p.what {
	case text:
		if s := *(*string)(original); s != "" {
			w.set(p.at, w.text(s))
		} else {
			w.put(p.at, 0)
		}
	case pointer:
		w.set(p.at, w.thing(*(*unsafe.Pointer)(original), p.of))
	case list:
		h := (*header)(original)
		w.put(p.at+2*word, uint64(h.len))
		switch {
		case h.from == nil:
		case h.len == 0:
			w.set(p.at, page) // not nil, though nothing
		default:
			w.set(p.at, w.place(p.of, h.len, h.from))
		}
	case either:
		table := *(*uintptr)(original)
		if table == 0 {
			return
		}
		of := w.of[table]
		if of == nil {
			w.fail("an interface has a value of a type that was not named")
			return
		}
		w.mark(p.at)
		w.set(p.at+word, w.thing(*(*unsafe.Pointer)(unsafe.Add(original, word)), of))
	}
}

// thing gives the place of what a pointer points at; 0 if it is nil.
func (w *writer) thing(from unsafe.Pointer, of *layout) uint64 {
	if from == nil {
		return 0
	}
	at := w.placed.find(uintptr(from), of.number)
	if *at == 0 {
		*at = w.place(of, 1, from)
	}
	return *at
}

// text gives the place of a text.
func (w *writer) text(s string) uint64 {
	from := uintptr(unsafe.Pointer(unsafe.StringData(s)))
	for _, x := range w.long {
		if from >= x.from && from+uintptr(len(s)) <= x.from+uintptr(x.length) {
			return x.at + uint64(from-x.from)
		}
	}
	if len(s) >= least {
		at := w.place(&letter, len(s), unsafe.Pointer(unsafe.StringData(s)))
		w.long = append(w.long, stretch{from, len(s), at})
		return at
	}
	at, known := w.texts[s]
	if !known {
		at = w.place(&letter, len(s), unsafe.Pointer(unsafe.StringData(s)))
		w.texts[s] = at
	}
	return at
}

// set writes the address of a place to the value in the buffer.
func (w *writer) set(to uintptr, at uint64) {
	if at == 0 {
		w.put(to, 0)
		return
	}
	w.put(to, wished+at)
	w.mark(to)
}

func (w *writer) put(to uintptr, x uint64) { appendWord(w.buffer[:to], x) }

// mark enters a word of the value in the buffer in the bitmap.
func (w *writer) mark(to uintptr) {
	i := (w.at + uint64(to)) / word
	for uint64(len(w.bitmap)) <= i/64 {
		w.bitmap = append(w.bitmap, 0)
	}
	w.bitmap[i/64] |= 1 << (i % 64)
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

// write writes and sums up.
func (w *writer) write(b []byte) {
	for len(b) > 0 {
		part := b[:min(uint64(len(b)), block-w.at%block)]
		if _, err := w.out.Write(part); err != nil && w.err == nil {
			w.err = err
		}
		w.sum = crc32.Update(w.sum, castagnoli, part)
		if w.at += uint64(len(part)); w.at%block == 0 {
			w.endBlock()
		}
		b = b[len(part):]
	}
}

func (w *writer) endBlock() {
	w.sums, w.sum = append(w.sums, uint64(w.sum)), 0
}

// finish writes what follows the values.
func (w *writer) finish() error {
	w.write(make([]byte, -w.at%word))
	f := footer{End: w.at, Bits: bitsFor(w.at), Tables: uint64(len(w.tables))}
	w.bitmap = append(w.bitmap, make([]uint64, f.Bits-uint64(len(w.bitmap)))...)
	var b []byte
	for _, x := range w.bitmap {
		if b = appendWord(b, x); len(b) >= block {
			w.write(b)
			b = b[:0]
		}
	}
	for _, t := range w.tables {
		b = appendWord(b, uint64(t))
	}
	w.write(b)
	if w.at%block != 0 {
		w.endBlock()
	}
	b = b[:0]
	for _, s := range w.sums {
		b = appendWord(b, s)
	}
	f.Sums = uint64(len(w.sums))
	for _, x := range []uint64{f.End, f.Bits, f.Tables, f.Sums} {
		b = appendWord(b, x)
	}
	b = appendWord(b, uint64(crc32.Checksum(b, castagnoli)))
	if w.err != nil {
		return w.err
	}
	if _, err := w.out.Write(b); err != nil {
		return err
	}
	return w.out.Flush()
}

// queue has runs that wait to be written, the first first. What was taken is
// given free in pieces.
type queue struct {
	pieces [][]run
	taken  int // of the first piece
}

const piece = 4096

func (q *queue) put(r run) {
	if n := len(q.pieces); n == 0 || len(q.pieces[n-1]) == piece {
		q.pieces = append(q.pieces, make([]run, 0, piece))
	}
	last := &q.pieces[len(q.pieces)-1]
	*last = append(*last, r)
}

func (q *queue) take() (run, bool) {
	if len(q.pieces) > 0 && q.taken == piece {
		q.pieces[0] = nil
		q.pieces, q.taken = q.pieces[1:], 0
	}
	if len(q.pieces) == 0 || q.taken == len(q.pieces[0]) {
		return run{}, false
	}
	q.taken++
	return q.pieces[0][q.taken-1], true
}

// addresses knows where the values of pointers stand: a hash table with nothing
// but numbers, because there may be tens of millions.
type addresses struct {
	slots []slot
	taken int
}

type slot struct {
	from   uintptr // 0 if the slot is free
	layout uint64
	at     uint64
}

func newAddresses() *addresses { return &addresses{slots: make([]slot, 1<<10)} }

// find gives where the place of a value is kept, for it to be set if it is 0. That
// holds until the next call.
func (a *addresses) find(from uintptr, layout uint64) *uint64 {
	if a.taken*4 >= len(a.slots)*3 {
		old := a.slots
		a.slots, a.taken = make([]slot, 2*len(old)), 0
		for _, s := range old {
			if s.from != 0 {
				*a.find(s.from, s.layout) = s.at
			}
		}
	}
	mask := uint64(len(a.slots) - 1)
	for i := (uint64(from) ^ layout<<56) * 0x9E3779B97F4A7C15 >> 20 & mask; ; i = (i + 1) & mask {
		s := &a.slots[i]
		if s.from == 0 {
			a.taken++
			s.from, s.layout = from, layout
			return &s.at
		}
		if s.from == from && s.layout == layout {
			return &s.at
		}
	}
}
