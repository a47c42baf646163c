package export

import (
	"fmt"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// rowType is a struct with a field for each column: what the Parquet library
// makes its schema of.
func rowType(t *Table) reflect.Type {
	fields := make([]reflect.StructField, len(t.Columns))
	for i, c := range t.Columns {
		f := reflect.StructField{Name: fmt.Sprintf("C%d", i)}
		switch c.Type {
		case Integer:
			f.Type, f.Tag = reflect.TypeFor[*int64](), tag(c.Name, "optional")
		case Float:
			f.Type, f.Tag = reflect.TypeFor[*float64](), tag(c.Name, "optional")
		case Boolean:
			f.Type, f.Tag = reflect.TypeFor[*bool](), tag(c.Name, "optional")
		case List:
			f.Type, f.Tag = reflect.TypeFor[[]string](), tag(c.Name, "list")
		default:
			f.Type, f.Tag = reflect.TypeFor[*string](), tag(c.Name, "optional,dict")
		}
		fields[i] = f
	}
	return reflect.StructOf(fields)
}

func tag(name, options string) reflect.StructTag {
	return reflect.StructTag(`parquet:"` + name + `,` + options + `"`)
}

const rowGroup = 20_000 // rows held in memory

// writeParquet writes a table as Parquet with zstd; lists are lists of strings,
// empty cells are null. Its metadata names the table.
func writeParquet(w io.Writer, t *Table) error {
	typ := rowType(t)
	out := parquet.NewWriter(w, parquet.SchemaOf(reflect.New(typ).Interface()), parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("dialograph", "1", "0"), parquet.KeyValueMetadata("table", t.Name), parquet.KeyValueMetadata("description", t.Doc))
	err := t.Each(func(row []any) error {
		v := reflect.New(typ)
		for i, cell := range row {
			if cell != nil {
				setField(v.Elem().Field(i), cell)
			}
		}
		return out.Write(v.Interface())
	})
	if err != nil {
		return err
	}
	return out.Close()
}

func setField(f reflect.Value, cell any) {
	switch v := cell.(type) {
	case int:
		n := int64(v)
		f.Set(reflect.ValueOf(&n))
	case float64:
		f.Set(reflect.ValueOf(&v))
	case bool:
		f.Set(reflect.ValueOf(&v))
	case string:
		f.Set(reflect.ValueOf(&v))
	case []string:
		f.Set(reflect.ValueOf(v))
	}
}
