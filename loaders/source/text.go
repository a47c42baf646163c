// Package source reads documents into the normalised text that passages count
// their code points in.
package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Text gives the normalised text of a plain text document in UTF-8: without a
// byte-order mark, line ends as LF, nothing else changed.
func Text(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return "", fmt.Errorf("the document is not UTF-8")
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), nil
}
