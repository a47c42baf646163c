package review

import (
	"reflect"
	"strings"

	"dialograph/graph"
)

// field is a field of a document's struct that files hold, under its key.
// Fields that the resolver fills in have no key.
type field struct {
	key   string
	index int
}

func fields(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		if key, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); key != "" && key != "-" {
			out = append(out, field{key, i})
		}
	}
	return out
}

// isEntry tells what is merged field by field. A series is one value.
func isEntry(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t != reflect.TypeFor[graph.SeriesName]()
}

func isEmpty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

// same tells whether two values would be written alike.
func same(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Struct:
		for _, f := range fields(a.Type()) {
			if !same(a.Field(f.index), b.Field(f.index)) {
				return false
			}
		}
		return true
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return same(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !same(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		if a.Len() != b.Len() {
			return false
		}
		for _, k := range a.MapKeys() {
			if other := b.MapIndex(k); !other.IsValid() || !same(a.MapIndex(k), other) {
				return false
			}
		}
		return true
	default:
		return a.Equal(b)
	}
}

// clone copies a record with everything that is written of it.
func clone(r *graph.Record) *graph.Record {
	out := copied(reflect.ValueOf(*r)).Interface().(graph.Record)
	return &out
}

func copied(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch {
	case v.Kind() == reflect.Struct:
		for _, f := range fields(v.Type()) {
			out.Field(f.index).Set(copied(v.Field(f.index)))
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		out.Set(reflect.New(v.Type().Elem()))
		out.Elem().Set(copied(v.Elem()))
	case v.Kind() == reflect.Slice && v.Len() > 0:
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(copied(v.Index(i)))
		}
	case v.Kind() == reflect.Map && v.Len() > 0:
		out.Set(reflect.MakeMap(v.Type()))
		for _, k := range v.MapKeys() {
			out.SetMapIndex(k, copied(v.MapIndex(k)))
		}
	case v.Kind() != reflect.Slice && v.Kind() != reflect.Map && v.Kind() != reflect.Pointer:
		out.Set(v)
	}
	return out
}

// eachSupport visits every list of supports of a value.
func eachSupport(v reflect.Value, visit func(list []string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachSupport(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachSupport(v.Index(i), visit)
		}
	case reflect.Struct:
		for _, f := range fields(v.Type()) {
			if list, ok := v.Field(f.index).Interface().([]string); ok && f.key == "support" {
				visit(list)
				continue
			}
			eachSupport(v.Field(f.index), visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			visit(v.MapIndex(k).Interface().([]string))
		}
	}
}
