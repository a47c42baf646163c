package export

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

var arrowTypes = map[Type]arrow.DataType{
	Text: arrow.BinaryTypes.String, Integer: arrow.PrimitiveTypes.Int64, Float: arrow.PrimitiveTypes.Float64, Boolean: arrow.FixedWidthTypes.Boolean, List: arrow.ListOf(arrow.BinaryTypes.String),
}

// writeArrow writes a table as an Arrow IPC file (Feather version 2).
func writeArrow(w io.Writer, t *Table) error {
	fields := make([]arrow.Field, len(t.Columns))
	for i, c := range t.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowTypes[c.Type], Nullable: true, Metadata: arrow.NewMetadata([]string{"description"}, []string{c.Doc})}
	}
	metadata := arrow.NewMetadata([]string{"table", "description"}, []string{t.Name, t.Doc})
	schema := arrow.NewSchema(fields, &metadata)
	out, err := ipc.NewFileWriter(w, ipc.WithSchema(schema))
	if err != nil {
		return err
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	rows := 0
	flush := func() error {
		record := b.NewRecordBatch()
		defer record.Release()
		rows = 0
		return out.Write(record)
	}
	err = t.Each(func(row []any) error {
		for i, cell := range row {
			appendArrow(b.Field(i), cell)
		}
		if rows++; rows == rowGroup {
			return flush()
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	return out.Close()
}

func appendArrow(b array.Builder, cell any) {
	if cell == nil {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.StringBuilder:
		b.Append(cell.(string))
	case *array.Int64Builder:
		b.Append(int64(cell.(int)))
	case *array.Float64Builder:
		b.Append(cell.(float64))
	case *array.BooleanBuilder:
		b.Append(cell.(bool))
	case *array.ListBuilder:
		b.Append(true)
		items := b.ValueBuilder().(*array.StringBuilder)
		for _, s := range cell.([]string) {
			items.Append(s)
		}
	}
}
