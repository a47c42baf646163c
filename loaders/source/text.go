// Package source reads documents into the normalised text that passages count
// their code points in: plain text, HTML, PDF and DOCX, from files, bytes and
// addresses.
//
// A Document has its text, the blocks the text is made of, and what it says of
// itself. Passages cuts the blocks into sentences. What surprises: a document
// whose bytes do not decode is an error, never a text with replaced letters; and
// the text of anything but plain text is made here, so a change of this package
// may move the offsets that older records count.
package source

import (
	"bytes"
)

// Text gives the normalised text of a plain text document in UTF-8: without a
// byte-order mark, line ends as LF, nothing else changed.
func Text(data []byte) (string, error) {
	mark := []byte("\ufeff")
	offset := 0
	if bytes.HasPrefix(data, mark) {
		data, offset = data[len(mark):], len(mark)
	}
	text, _, err := valid(data, offset)
	if err != nil {
		return "", err
	}
	return newlines(text), nil
}
