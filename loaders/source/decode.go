package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	utf16 "golang.org/x/text/encoding/unicode"
)

// decode gives the text of bytes in UTF-8, and the encoding they were in. What
// is declared is followed, except that bytes which are valid UTF-8 are UTF-8
// whatever a page says of itself. Nothing is replaced: bytes that do not decode
// are an error.
func decode(data []byte, declared string) (text, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return valid(data[3:], 3)
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return "", "", fmt.Errorf("the text is in UTF-32, which is not read")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return strict(data, "utf-16le", 2)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return strict(data, "utf-16be", 2)
	}
	if name := isUTF16(data); name != "" {
		return strict(data, name, 0)
	}
	_, canonical := charset.Lookup(declared)
	if canonical == "utf-16le" || canonical == "utf-16be" || canonical == "replacement" {
		canonical = "" // the words of the declaration itself would not be readable
	}
	if canonical == "iso-2022-jp" || canonical == "" && isISO2022JP(data) {
		return strict(data, "iso-2022-jp", 0)
	}
	if utf8.Valid(data) || canonical == "utf-8" || damagedUTF8(data) {
		return valid(data, 0)
	}
	if canonical != "" {
		return strict(data, canonical, 0)
	}
	return detect(data)
}

// valid takes UTF-8 as it is. The offset is of the data in the document.
func valid(data []byte, offset int) (string, string, error) {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return "", "", fmt.Errorf("the text is not valid UTF-8 at byte %d", offset+i)
		}
		i += size
	}
	return string(data), "utf-8", nil
}

// strict decodes bytes after a prefix, or says which byte does not decode.
func strict(data []byte, name string, prefix int) (string, string, error) {
	enc, err := encodingOf(name)
	if err != nil {
		return "", "", err
	}
	out, err := enc.NewDecoder().Bytes(data[prefix:])
	if err == nil && !bytes.ContainsFunc(out, undecoded) {
		return string(out), name, nil
	}
	return "", "", fmt.Errorf("the text does not decode as %s at byte %d", name, prefix+firstUndecoded(data[prefix:], enc))
}

// undecoded tells of a code point that stands for bytes without a meaning.
func undecoded(r rune) bool {
	return r == utf8.RuneError || r >= 0x80 && r < 0xa0 && r != 0x85
}

func firstUndecoded(data []byte, enc encoding.Encoding) int {
	decoder := enc.NewDecoder()
	var out [utf8.UTFMax]byte
	for at := 0; at < len(data); {
		var written, read int
		for room := 1; room <= len(out) && read == 0; room++ { // one letter at a time
			written, read, _ = decoder.Transform(out[:room], data[at:], true)
		}
		if bytes.ContainsFunc(out[:written], undecoded) || read == 0 {
			return at
		}
		at += read
	}
	return len(data)
}

func encodingOf(name string) (encoding.Encoding, error) {
	switch name {
	case "utf-16le":
		return utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), nil
	case "utf-16be":
		return utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM), nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil || enc == encoding.Replacement {
		return nil, fmt.Errorf("the text is in the encoding %q, which is not read", name)
	}
	return enc, nil
}

// isUTF16 knows UTF-16 without a mark by the zero bytes of its Latin letters and
// spaces, which stand on one side only.
func isUTF16(data []byte) string {
	if len(data)%2 != 0 {
		return ""
	}
	var zeros [2]int
	head := data[:min(len(data), 4096)]
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[0] == 0 && zeros[1] > len(head)/20:
		return "utf-16le"
	case zeros[1] == 0 && zeros[0] > len(head)/20:
		return "utf-16be"
	}
	return ""
}

func isISO2022JP(data []byte) bool {
	for _, sign := range []string{"\x1b$B", "\x1b$@", "\x1b(J"} {
		if bytes.Contains(data, []byte(sign)) {
			return !bytes.ContainsFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
		}
	}
	return false
}

// damagedUTF8 tells whether bytes are UTF-8 but for a few; no other encoding
// makes many of its sequences by chance.
func damagedUTF8(data []byte) bool {
	var good, bad int
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else if size > 1 {
			good++
		}
		data = data[size:]
	}
	return good > 3*bad
}

// detect finds the encoding of a text that does not say. A detector proposes; the
// proposal stands only if everything decodes and the words look like words.
func detect(data []byte) (string, string, error) {
	first := bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
	guess := chardet.Detect(sample(data, first))
	name := detected[strings.ToLower(guess.Encoding)]
	if name != "" && guess.Confidence > 0.5 {
		text, _, err := strict(data, name, 0)
		if err == nil && plausible(text, name) {
			return text, name, nil
		}
	}
	return "", "", fmt.Errorf("the text is not UTF-8 and does not say in which encoding it is; first at byte %d", first)
}

// sample takes what is enough to know an encoding by.
func sample(data []byte, first int) []byte {
	const enough = 64 << 10
	if first+enough < len(data) {
		return data[first : first+enough]
	}
	return data[max(0, min(first, len(data)-enough)):]
}

// detected gives the name by which the web knows what the detector finds. Those
// that differ from windows-1252 only where Western text has nothing are read as it.
var detected = map[string]string{
	"euc-kr": "euc-kr", "cp949": "euc-kr", "uhc": "euc-kr",
	"shift_jis": "shift_jis", "cp932": "shift_jis", "euc-jp": "euc-jp", "iso-2022-jp": "iso-2022-jp",
	"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5",
	"windows-1251": "windows-1251", "iso-8859-5": "iso-8859-5", "koi8-r": "koi8-r",
	"windows-1252": "windows-1252", "iso-8859-1": "windows-1252", "iso-8859-15": "windows-1252", "iso-8859-9": "windows-1252",
	"ascii": "windows-1252",
}

// plausible tells whether a decoded text looks like one of the languages that
// are written in an encoding.
func plausible(text, name string) bool {
	var letters, expected int
	for _, r := range text {
		if r < utf8.RuneSelf || !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch name {
		case "windows-1252":
			expected++
		case "windows-1251", "iso-8859-5", "koi8-r":
			if unicode.Is(unicode.Cyrillic, r) {
				expected++
			}
		case "euc-kr":
			if unicode.Is(unicode.Hangul, r) {
				expected++
			}
		default:
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
				expected++
			}
		}
	}
	if expected*10 < letters*7 {
		return false
	}
	return name != "windows-1252" || !oddLatin(text)
}

// oddLatin finds what Latin letters make when they are bytes of something else:
// a capital or a sign right after another letter beyond ASCII.
func oddLatin(text string) bool {
	last := 'a'
	for _, r := range text {
		beyond := r >= utf8.RuneSelf && last >= utf8.RuneSelf
		if beyond && unicode.IsLetter(r) && !unicode.IsLetter(last) && strings.ContainsRune(oddSigns, last) ||
			beyond && unicode.IsLetter(last) && (strings.ContainsRune(oddSigns, r) || unicode.IsUpper(r) && unicode.IsLower(last)) ||
			beyond && strings.ContainsRune(oddSigns, r) && strings.ContainsRune(oddSigns, last) {
			return true
		}
		last = r
	}
	return false
}

const oddSigns = "¤¦¨¬¯±²³´µ¶¸¹º¼½¾¿×÷ª¢£¥¡"

// newlines makes every line end LF.
func newlines(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
