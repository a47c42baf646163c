package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// What a sheet of Excel holds.
const (
	sheetRows = 1 << 20
	cellRunes = 32767
)

// writeXLSX writes tables as the sheets of a workbook. Texts are texts, never
// formulas. A table with more rows than a sheet holds goes on in further
// sheets; a text longer than a cell ends with "…". The compressed workbook is held
// in memory.
func writeXLSX(w io.Writer, tables []*Table) error {
	f := excelize.NewFile()
	defer f.Close()
	for _, t := range tables {
		if err := addSheets(f, t); err != nil {
			return fmt.Errorf("sheet %s: %w", t.Name, err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	f.SetActiveSheet(0)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return err
	}
	return inOrder(w, b.Bytes())
}

// inOrder writes the parts of a workbook by name and without the time: the
// library writes them in any order.
func inOrder(w io.Writer, workbook []byte) error {
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		to, err := out.Create(part.Name)
		if err != nil {
			return err
		}
		from, err := part.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, from); err != nil {
			return err
		}
		if err := from.Close(); err != nil {
			return err
		}
	}
	return out.Close()
}

func addSheets(f *excelize.File, t *Table) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	number, row := 0, sheetRows
	var sheet *excelize.StreamWriter
	cells := make([]any, len(t.Columns))
	next := func() error {
		if sheet != nil {
			if err := sheet.Flush(); err != nil {
				return err
			}
		}
		number, row = number+1, 1
		name := t.Name
		if number > 1 {
			name = fmt.Sprintf("%s %d", t.Name, number)
		}
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
		if sheet, err = f.NewStreamWriter(name); err != nil {
			return err
		}
		if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return err
		}
		for i, c := range t.Columns {
			cells[i] = excelize.Cell{StyleID: bold, Value: c.Name}
		}
		return sheet.SetRow("A1", cells)
	}
	if err := next(); err != nil {
		return err
	}
	err = t.Each(func(values []any) error {
		if row == sheetRows {
			if err := next(); err != nil {
				return err
			}
		}
		row++
		for i, v := range values {
			cells[i] = sheetCell(v)
		}
		return sheet.SetRow(fmt.Sprintf("A%d", row), cells)
	})
	if err != nil {
		return err
	}
	return sheet.Flush()
}

func sheetCell(v any) any {
	switch v := v.(type) {
	case string:
		return cut(v)
	case []string:
		return cut(joinList(v))
	}
	return v
}

func cut(s string) string {
	if utf8.RuneCountInString(s) <= cellRunes {
		return s
	}
	return string([]rune(s)[:cellRunes-1]) + "…"
}
