// Package multiset sums up hashes, so that a set with something more or less has
// its sum from the one before: MSet-Add-Hash of Clarke, Devadas, van Dijk, Gassend
// and Suh, Incremental Multiset Hash Functions (2003), with SHA-256.
package multiset

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"
)

// Sum is the sum of what is in a multiset, the same in whichever order it came
// there. The zero value is that of none.
type Sum [4]uint64

// Of is the sum of one item.
func Of(item []byte) Sum {
	d := sha256.Sum256(item)
	return Sum{binary.LittleEndian.Uint64(d[:]), binary.LittleEndian.Uint64(d[8:]), binary.LittleEndian.Uint64(d[16:]), binary.LittleEndian.Uint64(d[24:])}
}

// Plus is the sum of both.
func (s Sum) Plus(other Sum) Sum {
	var carry uint64
	for i := range s {
		s[i], carry = bits.Add64(s[i], other[i], carry)
	}
	return s
}

// Minus is the sum without what the other has.
func (s Sum) Minus(other Sum) Sum {
	var borrow uint64
	for i := range s {
		s[i], borrow = bits.Sub64(s[i], other[i], borrow)
	}
	return s
}

// Text gives all of the sum in hexadecimal digits, as Parse reads it.
func (s Sum) Text() string { return fmt.Sprintf("%016x%016x%016x%016x", s[3], s[2], s[1], s[0]) }

// Parse reads what Text gives.
func Parse(text string) (Sum, error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != 32 {
		return Sum{}, fmt.Errorf("%q is no sum of 64 hexadecimal digits", text)
	}
	return Sum{binary.BigEndian.Uint64(b[24:]), binary.BigEndian.Uint64(b[16:]), binary.BigEndian.Uint64(b[8:]), binary.BigEndian.Uint64(b)}, nil
}

// String gives the first half in hexadecimal digits.
func (s Sum) String() string { return fmt.Sprintf("%016x%016x", s[3], s[2]) }
