package participations

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/source"
)

// table is the rows of a file with their places in its text.
type table struct {
	doc *source.Document
	layout
	rows  []*row
	lines []int // the byte at which each line of the text begins
}

// row is one row: its cells as they are, and where each begins and ends.
type row struct {
	table  *table
	line   int
	cells  []string
	bounds [][2]int // bytes of the text
}

// delimiters are what may stand between cells, the likeliest first.
const delimiters = ",;\t"

// readTable reads a file. Its text is that of a source: UTF-8, line ends as LF,
// so that places in it are places in a source.
func readTable(name string, r io.Reader, choice map[string]string) (*table, error) {
	data, err := io.ReadAll(io.LimitReader(r, source.MaxSize+1))
	if err != nil {
		return nil, err
	}
	doc, err := source.Read(name, data)
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), name+": "))
	}
	if doc.MediaType != "text/plain" {
		return nil, fmt.Errorf("is no table but a document (%s)", doc.MediaType)
	}
	t := &table{doc: doc, lines: []int{0}}
	for i := range len(doc.Text) {
		if doc.Text[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t, t.read(choice)
}

func (t *table) read(choice map[string]string) error {
	r := reader(t.doc.Text, delimiterOf(t.doc.Text, choice))
	var header *row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("is not valid CSV, so that no row is certain: %w", err)
		}
		x := t.row(r, cells)
		switch {
		case header == nil:
			header = x
		case !x.empty():
			t.rows = append(t.rows, x)
		}
	}
	if header == nil || len(t.rows) == 0 {
		return errors.New("has no rows below its header")
	}
	t.layout = layoutOf(header.cells, choice, func(i int) bool {
		return slices.ContainsFunc(t.rows, func(x *row) bool { return x.raw(i) != "" })
	})
	return nil
}

func reader(text string, delimiter rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter, -1
	return r
}

// delimiterOf is the sign that makes the most known headers of the first line.
func delimiterOf(text string, choice map[string]string) rune {
	best, most := ',', 0
	for _, d := range delimiters {
		header, err := reader(text, d).Read()
		if n := recognised(header, choice); err == nil && n > most {
			best, most = d, n
		}
	}
	return best
}

// lineOf gives the line of an error in the form of a table, 0 for none.
func lineOf(err error) int {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return p.Line
	}
	return 0
}

// row puts cells in their places.
func (t *table) row(r *csv.Reader, cells []string) *row {
	x := &row{table: t, cells: cells, bounds: make([][2]int, len(cells))}
	end := int(r.InputOffset())
	for i := len(cells) - 1; i >= 0; i-- {
		line, column := r.FieldPos(i)
		start := t.lines[line-1] + column - 1
		x.line, x.bounds[i] = line, trim(t.doc.Text, start, end)
		end = start - 1 // before the delimiter
	}
	return x
}

// trim leaves the white space around a stretch of a text out.
func trim(text string, start, end int) [2]int {
	inner := strings.TrimSpace(text[start:end])
	if inner == "" {
		return [2]int{start, start}
	}
	start += strings.Index(text[start:end], inner)
	return [2]int{start, start + len(inner)}
}

func (x *row) empty() bool {
	return !slices.ContainsFunc(x.cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// raw is a cell as it is, "" where the row ends before it.
func (x *row) raw(i int) string {
	if i >= len(x.cells) {
		return ""
	}
	return strings.TrimSpace(x.cells[i])
}

// text is what a column says: without the apostrophe that keeps a spreadsheet
// from taking it for a formula.
func (x *row) text(column string) string {
	i, ok := x.table.at[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(plain(x.raw(i)))
}

func plain(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@\t\r'", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// list is what a column says, as items joined with "|"; "\|" is part of an item,
// and so is "\\". Items are as they stand, white space and all.
func (x *row) list(column string) []string {
	if x.text(column) == "" {
		return nil
	}
	cell := plain(x.cells[x.table.at[column]])
	out, escaped := []string{""}, false
	for _, r := range cell {
		last := len(out) - 1
		switch {
		case escaped || r != '\\' && r != '|':
			if escaped && r != '\\' && r != '|' {
				out[last] += `\` // written by hand: a backslash like any sign
			}
			out[last] += string(r)
			escaped = false
		case r == '\\':
			escaped = true
		default:
			out = append(out, "")
		}
	}
	if escaped {
		out[len(out)-1] += `\`
	}
	return out
}

// words are the items of a list that are not empty, trimmed.
func (x *row) words(column string) []string {
	var out []string
	for _, item := range x.list(column) {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// stretches are the parts of the row's text that were read: cells of columns
// that are not known, or refused, are in none.
func (x *row) stretches() []graph.Span {
	read := map[int]bool{}
	for _, i := range x.table.at {
		read[i] = true
	}
	var out []graph.Span
	open, start, end := false, 0, 0
	for i, b := range x.bounds {
		switch {
		case b[0] == b[1]: // nothing there
		case !read[i] && open:
			out, open = append(out, x.table.doc.Span(start, end)), false
		case !read[i]:
		case open:
			end = b[1]
		default:
			open, start, end = true, b[0], b[1]
		}
	}
	if open {
		out = append(out, x.table.doc.Span(start, end))
	}
	return out
}

// cell is where the words of a column stand, without quotation marks around.
func (x *row) cell(column string) graph.Span {
	b := x.bounds[x.table.at[column]]
	if text := x.table.doc.Text; b[1]-b[0] > 2 && text[b[0]] == '"' {
		b = trim(text, b[0]+1, b[1]-1)
	}
	return x.table.doc.Span(b[0], b[1])
}

func mediaType(name string) string {
	if slices.Contains([]string{".tsv", ".tab"}, strings.ToLower(filepath.Ext(name))) {
		return "text/tab-separated-values"
	}
	return "text/csv"
}
