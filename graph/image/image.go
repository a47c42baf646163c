// Package image keeps values in a file as they stand in memory, so that they can
// be mapped instead of made again: a graph of millions of things that takes a
// minute to make is there in the time that it takes to compare checksums.
//
// An image is a cache, of use only to the program that wrote it: keep what it was
// made from, and name that in the title. A file that is cut or damaged, has
// another title, or was written for values of another layout is an error and
// nothing more. Checksums find damage, not forgery, so keep images where nobody
// else can write.
//
// Values may hold numbers, texts, arrays, structs, pointers, slices, and
// interfaces over pointers of types that are named; not maps, functions or
// channels. They must not change while they are written. What was read
// cannot be written to: that ends the program.
//
// A file is a page of text, the values, a bitmap of the words that are pointers,
// what told the types of interfaces, and the CRC-32C (Castagnoli, RFC 3720) of
// each MiB. Pointers are right as they are where the file is mapped at
// the address that it was written for; where the system gives another one, or
// has loaded the program elsewhere, they are corrected by the bitmap.
package image

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// ErrOther tells that an image is of something else, or was written by another
// program.
var ErrOther = errors.New("is an image of something else")

const (
	magic   = "dialograph image 1\n"
	page    = 4096
	block   = 1 << 20 // has a checksum
	wished  = 1 << 44 // the address that images are written for; free on 64-bit systems
	word    = 8
	maxText = page - 256
)

// footer stands at the end of the file.
type footer struct {
	End    uint64 // of the values, which begin with the root on the second page
	Bits   uint64 // words of the bitmap
	Tables uint64 // words that tell the types of interfaces
	Sums   uint64 // checksums of all before
	Sum    uint64 // of the checksums and the numbers above
}

const footerSize = uint64(unsafe.Sizeof(footer{}))

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// head is what the file begins with.
func head(title string, l *layouts) ([]byte, error) {
	if len(title) > maxText {
		return nil, fmt.Errorf("the title has %d bytes; it may have %d", len(title), maxText)
	}
	out := make([]byte, page)
	copy(out, fmt.Sprintf("%s%x %s %s/%s\n%s\n", magic, l.sum(), runtime.Version(), runtime.GOOS, runtime.GOARCH, title))
	return out, nil
}

// Title reads the title of an image, whatever wrote it.
func Title(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	begins, err := firstPage(f)
	if err != nil {
		return "", err
	}
	text, ok := strings.CutPrefix(string(begins), magic)
	_, text, more := strings.Cut(text, "\n") // what wrote it
	title, _, ends := strings.Cut(text, "\n\x00")
	if !ok || !more || !ends {
		return "", ErrOther
	}
	return title, nil
}

func firstPage(f io.ReaderAt) ([]byte, error) {
	out := make([]byte, page)
	if n, err := f.ReadAt(out, 0); n < page {
		return nil, fmt.Errorf("ends early: %w", err)
	}
	return out, nil
}

// Read maps an image that Write wrote with the same title and the same types. The
// values stay mapped until the program ends; meanwhile the file may be replaced
// or removed, but not changed.
func Read[T any](path, title string, types ...any) (*T, error) {
	return readAt[T](path, title, wished, types)
}

// readAt is Read with the address at which the file is to be mapped.
func readAt[T any](path, title string, address uint64, types []any) (*T, error) {
	l, err := layoutsOf[T](types)
	if err != nil {
		return nil, err
	}
	want, err := head(title, l)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := open(f, want, address)
	if err != nil {
		return nil, err
	}
	if err = m.check(f); err == nil {
		err = m.settle(l)
	}
	if err != nil {
		m.release()
		return nil, err
	}
	return (*T)(unsafe.Pointer(&m.data[page])), nil
}

// mapped is a file in memory.
type mapped struct {
	memory
	foot footer
}

// memory is where a file is mapped, or was read to.
type memory struct {
	data    []byte
	protect func() error // from being written to
	release func()
}

// open maps a file that begins as it should, at an address if the system gives
// that.
func open(f *os.File, head []byte, address uint64) (*mapped, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	begins, err := firstPage(f)
	if err != nil {
		return nil, err
	}
	if string(begins) != string(head) {
		return nil, ErrOther
	}
	size := info.Size()
	if size < page+int64(footerSize) || size%word != 0 || size != int64(int(size)) {
		return nil, fmt.Errorf("has %d bytes, which no image has", size)
	}
	memory, err := mapFile(f, int(size), address)
	if err != nil {
		return nil, err
	}
	m := &mapped{memory: memory}
	m.foot = *(*footer)(unsafe.Pointer(&m.data[uint64(size)-footerSize]))
	return m, nil
}

// check compares the checksums. It reads the file: that is quicker than to have
// every page of it mapped now.
func (m *mapped) check(f io.ReaderAt) error {
	foot, size := m.foot, uint64(len(m.data))
	rest := size - footerSize
	for _, part := range []struct{ n, each uint64 }{{foot.Sums, word}, {foot.Tables, word}, {foot.Bits, word}, {foot.End, 1}} {
		if part.n > rest/part.each {
			return errors.New("has no room for what it says that it holds")
		}
		rest -= part.n * part.each
	}
	summed := size - footerSize - foot.Sums*word
	if rest != 0 || foot.End < page || foot.End%word != 0 || foot.Bits != bitsFor(foot.End) || foot.Sums != (summed+block-1)/block {
		return errors.New("has other parts than it says")
	}
	if uint64(crc32.Checksum(m.data[summed:size-word], castagnoli)) != foot.Sum {
		return errors.New("has another checksum than it says")
	}
	sums := words(m.data[summed:], foot.Sums)
	var damaged atomic.Int64
	onAllCores(foot.Sums, func() func(uint64) {
		buffer := make([]byte, block)
		return func(i uint64) {
			part := buffer[:min(block, summed-i*block)]
			if _, err := f.ReadAt(part, int64(i*block)); err != nil || uint64(crc32.Checksum(part, castagnoli)) != sums[i] {
				damaged.Store(int64(i) + 1)
			}
		}
	})
	if i := damaged.Load(); i > 0 {
		return fmt.Errorf("is damaged in its MiB %d: it has another checksum than it says", i)
	}
	return nil
}

// settle corrects pointers where the file is mapped or the program loaded
// elsewhere than when it was written.
func (m *mapped) settle(l *layouts) error {
	before := words(m.data[m.foot.End+m.foot.Bits*word:], m.foot.Tables)
	if len(before) != len(l.tables) {
		return ErrOther
	}
	moved, same := uint64(uintptr(unsafe.Pointer(&m.data[0])))-wished, true
	now := map[uint64]uint64{}
	for i, t := range l.tables {
		now[before[i]] = uint64(t)
		same = same && before[i] == uint64(t)
	}
	if moved != 0 || !same {
		values, bitmap := words(m.data, m.foot.End/word), words(m.data[m.foot.End:], m.foot.Bits)
		const part = block / 64 / word // of the bitmap, for a MiB of values
		onAllCores((m.foot.Bits+part-1)/part, func() func(uint64) {
			return func(n uint64) {
				first := n * part
				eachBit(bitmap[first:min(first+part, m.foot.Bits)], func(i uint64) {
					v := &values[first*64+i]
					if *v >= wished && *v < wished+m.foot.End {
						*v += moved
					} else {
						*v = now[*v]
					}
				})
			}
		})
	}
	return m.protect()
}

// onAllCores does things that are numbered from 0; each core has one that does
// them, one after the other.
func onAllCores(n uint64, worker func() func(uint64)) {
	var next atomic.Uint64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			do := worker()
			for i := next.Add(1) - 1; i < n; i = next.Add(1) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}

// words are the first so many words of data.
func words(data []byte, n uint64) []uint64 {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*uint64)(unsafe.Pointer(&data[:n*word][0])), n)
}

// bitsFor is how many words have a bit for each word up to an end.
func bitsFor(end uint64) uint64 { return (end/word + 63) / 64 }

func appendWord(b []byte, x uint64) []byte { return binary.NativeEndian.AppendUint64(b, x) }
