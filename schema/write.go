package schema

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/graphql-go/graphql"
)

// object writes the next thing of a level.
func (x *execution) object(l *level) error {
	i := l.next
	l.next++
	x.out = append(x.out, '{')
	for n, f := range l.selection.fields {
		if n > 0 {
			x.out = append(x.out, ',')
		}
		x.out = append(x.out, f.key...)
		if f.typename != "" {
			x.out = append(x.out, f.typename...)
			continue
		}
		if f.reader.text != nil {
			if err := x.text(f.out, f.reader.text(l.things[i])); err != nil {
				return err
			}
			continue
		}
		c := &l.columns[n]
		var v any
		if c.values != nil {
			v = c.values[i]
		} else if v = f.reader.read(l.things[i]); f.out.list != nil {
			v = known(v)
		}
		if err := x.value(f.out, c, v); err != nil {
			return err
		}
	}
	x.out = append(x.out, '}')
	return nil
}

// value writes a value of a form.
func (x *execution) value(s *form, c *column, v any) error {
	switch {
	case v == nil:
		return x.null(s)
	case s.list != nil:
		return x.list(s, c, v)
	case s.leaf != nil:
		return x.leaf(s, v)
	case s.object != nil:
		return x.object(c.below)
	}
	return x.object(c.byType[x.types.builder.typeOf(v)])
}

// text writes a text or a token; "" is null where it may be.
func (x *execution) text(s *form, v string) error {
	switch name, ok := s.names[v]; {
	case v == "" && !s.nonNull:
		x.out = append(x.out, "null"...)
	case s.text:
		x.out = appendText(x.out, v)
	case ok:
		x.out = append(x.out, name...)
	default:
		return x.leaf(s, v)
	}
	return nil
}

func (x *execution) null(s *form) error {
	if s.nonNull {
		return errNotOurs
	}
	x.out = append(x.out, "null"...)
	return nil
}

func (x *execution) list(s *form, c *column, v any) error {
	if texts, ok := v.([]string); ok && s.list.text {
		if err := x.countWritten(len(texts)); err != nil {
			return err
		}
		x.out = append(x.out, '[')
		for i, t := range texts {
			if i > 0 {
				x.out = append(x.out, ',')
			}
			x.out = appendText(x.out, t)
		}
		x.out = append(x.out, ']')
		return nil
	}
	items, ok := v.([]any)
	if !ok {
		if items, ok = itemsOf(v); !ok {
			return errNotOurs
		}
		if err := x.countWritten(len(items)); err != nil {
			return err
		}
	}
	x.out = append(x.out, '[')
	for i, item := range items {
		if i > 0 {
			x.out = append(x.out, ',')
		}
		if err := x.value(s.list, c, item); err != nil {
			return err
		}
	}
	x.out = append(x.out, ']')
	return nil
}

// countWritten counts the items of a list that is read when it is written.
func (x *execution) countWritten(items int) error {
	if x.items += items; x.items > maxItems {
		return errNotOurs
	}
	return nil
}

// leaf writes a scalar or the name of an enumeration's value.
func (x *execution) leaf(s *form, v any) error {
	switch v := v.(type) {
	case string:
		if s.text {
			x.out = appendText(x.out, v)
			return nil
		}
		if name, ok := s.names[v]; ok {
			x.out = append(x.out, name...)
			return nil
		}
	case int:
		if s.number && v == int(int32(v)) {
			x.out = strconv.AppendInt(x.out, int64(v), 10)
			return nil
		}
	case bool:
		if s.leaf == graphql.Boolean {
			x.out = strconv.AppendBool(x.out, v)
			return nil
		}
	}
	if v = s.leaf.Serialize(v); nullish(v) {
		return x.null(s)
	}
	if text, ok := v.(string); ok {
		x.out = appendText(x.out, text)
		return nil
	}
	raw, err := json.Marshal(v)
	x.out = append(x.out, raw...)
	return err
}

// appendText writes a JSON string as encoding/json does, with "&", "<" and ">"
// as they are.
func appendText(out []byte, s string) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	from := 0
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if b >= ' ' && b != '"' && b != '\\' {
				i++
				continue
			}
			out = append(out, s[from:i]...)
			switch b {
			case '"', '\\':
				out = append(out, '\\', b)
			case '\n':
				out = append(out, `\n`...)
			case '\r':
				out = append(out, `\r`...)
			case '\t':
				out = append(out, `\t`...)
			case '\b':
				out = append(out, `\b`...)
			case '\f':
				out = append(out, `\f`...)
			default:
				out = append(out, '\\', 'u', '0', '0', hex[b>>4], hex[b&0xf])
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			out = append(out, s[from:i]...)
			if size == 1 {
				out = append(out, `\ufffd`...)
			} else {
				out = append(out, `\u202`...)
				out = append(out, hex[r&0xf])
			}
			from = i + size
		}
		i += size
	}
	return append(append(out, s[from:]...), '"')
}
