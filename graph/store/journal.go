package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"

	"dialograph/graph/rdf"

	"github.com/klauspost/compress/zstd"
)

// journal is an append-only sequence of entries. Positions grow and are chosen
// by the journal; the first is 0. An entry is durable when append returns.
type journal interface {
	// append gives the position of each entry and of what will come next.
	append(frames [][]byte) (at []int64, next int64, err error)
	// scan visits the entries from a position on, in order.
	scan(from int64, visit func(at, next int64, frame []byte) error) error
	read(at int64) ([]byte, error)
	// applied is the first position that the quad store has not followed yet.
	applied() (int64, error)
	// setApplied notes it, and the revision of what is before it.
	setApplied(next int64, revision string) error
	close() error
}

type operation byte

const (
	opPut    operation = 1
	opDelete operation = 2
)

// entry is what one journal frame holds.
type entry struct {
	op     operation
	key    string
	digest [32]byte
	cites  []string
	body   []byte // compressed N-Quads
}

// codec compresses and restores the quads of entries.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec() (*codec, error) {
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0)) // works for several at once
	return &codec{enc, dec}, err
}

func (c *codec) compress(text []byte) []byte { return c.enc.EncodeAll(text, nil) }

func appendNQuads(text []byte, quads []rdf.Quad) []byte {
	for _, q := range quads {
		text = rdf.AppendNQuad(text, q)
	}
	return text
}

func (c *codec) quads(e entry) ([]rdf.Quad, error) {
	if e.op != opPut {
		return nil, nil
	}
	lines, err := c.dec.DecodeAll(e.body, nil)
	if err != nil {
		return nil, fmt.Errorf("journal entry %s: %w", e.key, err)
	}
	if sha256.Sum256(lines) != e.digest {
		return nil, fmt.Errorf("journal entry %s does not have its digest %s", e.key, hex.EncodeToString(e.digest[:4]))
	}
	quads := make([]rdf.Quad, 0, bytes.Count(lines, []byte("\n")))
	err = rdf.ReadNQuads(string(lines), func(q rdf.Quad) error { quads = append(quads, q); return nil })
	return quads, err
}

// marshal lays an entry out: operation, digest, key, cited sources, body.
func (e entry) marshal() []byte {
	b := append([]byte{byte(e.op)}, e.digest[:]...)
	b = appendString(b, e.key)
	b = binary.AppendUvarint(b, uint64(len(e.cites)))
	for _, c := range e.cites {
		b = appendString(b, c)
	}
	return append(b, e.body...)
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func unmarshal(b []byte) (entry, error) {
	var e entry
	if len(b) < 33 || (b[0] != byte(opPut) && b[0] != byte(opDelete)) {
		return e, fmt.Errorf("journal entry of unknown form")
	}
	e.op = operation(b[0])
	copy(e.digest[:], b[1:33])
	r := bytes.NewBuffer(b[33:])
	e.key = readString(r)
	n, _ := binary.ReadUvarint(r)
	for range min(n, uint64(r.Len())) {
		e.cites = append(e.cites, readString(r))
	}
	e.body = r.Bytes()
	return e, nil
}

func readString(r *bytes.Buffer) string {
	n, err := binary.ReadUvarint(r)
	if err != nil || n > uint64(r.Len()) {
		return ""
	}
	return string(r.Next(int(n)))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// frameHeader is the length of the payload and its CRC-32C.
const frameHeader = 8

func frame(payload []byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(payload)))
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(payload, castagnoli))
	return append(b, payload...)
}

// memoryJournal keeps entries as long as the process lives.
type memoryJournal struct {
	frames [][]byte
	upTo   int64
}

func (j *memoryJournal) append(frames [][]byte) ([]int64, int64, error) {
	var at []int64
	for _, f := range frames {
		at = append(at, int64(len(j.frames)))
		j.frames = append(j.frames, f)
	}
	return at, int64(len(j.frames)), nil
}

func (j *memoryJournal) scan(from int64, visit func(int64, int64, []byte) error) error {
	for i := from; i < int64(len(j.frames)); i++ {
		if err := visit(i, i+1, j.frames[i]); err != nil {
			return err
		}
	}
	return nil
}

func (j *memoryJournal) read(at int64) ([]byte, error) { return j.frames[at], nil }
func (j *memoryJournal) applied() (int64, error)       { return j.upTo, nil }
func (j *memoryJournal) close() error                  { return nil }

func (j *memoryJournal) setApplied(next int64, _ string) error {
	j.upTo = next
	return nil
}
