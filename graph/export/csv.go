package export

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// ListSeparator stands between the items of a list in a cell of CSV and Excel;
// one that is part of an item is written "\|".
const ListSeparator = "|"

// writeCSV writes a table as CSV (RFC 4180, UTF-8, with a header). Texts that a
// spreadsheet would take for a formula get an apostrophe before them.
func writeCSV(w io.Writer, t *Table) error {
	b := bufio.NewWriterSize(w, 64<<10)
	line := make([]byte, 0, 4096)
	for i, c := range t.Columns {
		line = comma(line, i)
		line = append(line, c.Name...)
	}
	b.Write(append(line, "\r\n"...))
	err := t.Each(func(row []any) error {
		line = line[:0]
		for i, cell := range row {
			line = appendCell(comma(line, i), cell)
		}
		_, err := b.Write(append(line, "\r\n"...))
		return err
	})
	if err != nil {
		return err
	}
	return b.Flush()
}

func comma(line []byte, i int) []byte {
	if i > 0 {
		line = append(line, ',')
	}
	return line
}

func appendCell(line []byte, cell any) []byte {
	switch v := cell.(type) {
	case string:
		return appendText(line, v)
	case int:
		return strconv.AppendInt(line, int64(v), 10)
	case float64:
		return strconv.AppendFloat(line, v, 'g', -1, 64)
	case bool:
		return strconv.AppendBool(line, v)
	case []string:
		return appendText(line, joinList(v))
	}
	return line
}

func appendText(line []byte, s string) []byte {
	quoted := strings.ContainsAny(s, ",\"\r\n") || s != "" && (s[0] == ' ' || s[len(s)-1] == ' ')
	if quoted {
		line = append(line, '"')
	}
	if looksLikeFormula(s) {
		line = append(line, '\'')
	}
	if !quoted {
		return append(line, s...)
	}
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			line = append(line, '"')
		}
		line = append(line, s[i])
	}
	return append(line, '"')
}

// looksLikeFormula tells whether a spreadsheet may run a text. A text that begins
// with an apostrophe gets another, so that the first can be taken off again.
func looksLikeFormula(s string) bool { return s != "" && strings.ContainsRune("=+-@\t\r'", rune(s[0])) }

func joinList(list []string) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = escapeItem.Replace(s)
	}
	return strings.Join(parts, ListSeparator)
}

var escapeItem = strings.NewReplacer(`\`, `\\`, "|", `\|`)
