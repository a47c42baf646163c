package evaluate

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// kind is the type that Python gives a value.
type kind int

const (
	none kind = iota // also the zero value: what is not there
	text
	boolean
	integer
	float
	date
	moment // a date with a time of day
	list
	mapping
)

// value is a YAML value as PyYAML loads it.
type value struct {
	kind   kind
	plain  string  // what str() gives of it; empty for none, lists and mappings
	number float64 // of a boolean, integer or float
	items  []value // of a list or mapping
	keys   []value // of a mapping, one an item
}

func textValue(s string) value { return value{kind: text, plain: s} }

func textList(items []string) value {
	v := value{kind: list}
	for _, s := range items {
		v.items = append(v.items, textValue(s))
	}
	return v
}

// is tells whether the value is this text.
func (v value) is(s string) bool { return v.kind == text && v.plain == s }

// given tells whether there is a value at all; an empty text is one.
func (v value) given() bool { return v.kind != none }

// truth is what Python's bool() gives: false for null, an empty text, 0, no and [].
func (v value) truth() bool {
	switch v.kind {
	case none:
		return false
	case text:
		return v.plain != ""
	case boolean, integer, float:
		return v.number != 0
	case list, mapping:
		return len(v.items) > 0
	default:
		return true
	}
}

// name gives the text that stands for the value in comparisons: none if it is
// not true.
func (v value) name() string {
	if !v.truth() {
		return ""
	}
	return v.String()
}

// String is what Python's str() gives.
func (v value) String() string {
	switch v.kind {
	case none, list, mapping:
		return v.repr()
	default:
		return v.plain
	}
}

// equalsOrdinal tells whether Python finds an event's ordinal equal to the value;
// 0 is an ordinal that is not given.
func (v value) equalsOrdinal(n int) bool {
	switch v.kind {
	case none:
		return n == 0
	case boolean, integer, float:
		return n != 0 && v.number == float64(n)
	default:
		return false
	}
}

// repr is what Python's repr() gives, which is how a value stands in the text of
// a list or mapping. A moment does not: it is not loaded there.
func (v value) repr() string {
	switch v.kind {
	case none:
		return "None"
	case text:
		return repr(v.plain)
	case date:
		day, _ := time.Parse(time.DateOnly, v.plain)
		return fmt.Sprintf("datetime.date(%d, %d, %d)", day.Year(), day.Month(), day.Day())
	case list:
		return "[" + strings.Join(reprs(v.items), ", ") + "]"
	case mapping:
		pairs := reprs(v.items)
		for i, key := range v.keys {
			pairs[i] = key.repr() + ": " + pairs[i]
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	default:
		return v.plain
	}
}

func reprs(items []value) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = item.repr()
	}
	return out
}

// repr quotes a text as Python does.
func repr(s string) string {
	quote := '\''
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	var b strings.Builder
	b.WriteRune(quote)
	for _, r := range s {
		b.WriteString(escape(r, quote))
	}
	b.WriteRune(quote)
	return b.String()
}

func escape(r, quote rune) string {
	switch {
	case r == quote || r == '\\':
		return `\` + string(r)
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case unicode.IsPrint(r):
		return string(r)
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	default:
		return fmt.Sprintf(`\U%08x`, r)
	}
}
