package image

import (
	"crypto/sha256"
	"fmt"
	"math/bits"
	"reflect"
	"unsafe"
)

// layout says where in a value of a type there are pointers, and at what.
type layout struct {
	number uint64
	typ    reflect.Type
	size   uintptr
	places []place
}

// place is one of them.
type place struct {
	at   uintptr
	what what
	of   *layout // what it points at
}

type what byte

const (
	text what = iota
	pointer
	list
	either // an interface
)

// layouts are those of all types that a root reaches.
type layouts struct {
	root   *layout
	list   []*layout
	known  map[reflect.Type]*layout
	types  []reflect.Type        // of the values of interfaces
	tables []uintptr             // the first words of interfaces, by interface and type
	of     map[uintptr]*layout   // by those: what the value points at
	either map[reflect.Type]bool // interfaces whose tables are known
}

func layoutsOf[T any](types []any) (*layouts, error) {
	l := &layouts{known: map[reflect.Type]*layout{}, of: map[uintptr]*layout{}, either: map[reflect.Type]bool{}}
	for _, t := range types {
		typ := reflect.TypeOf(t)
		if typ == nil || typ.Kind() != reflect.Pointer {
			return nil, fmt.Errorf("a value of an interface is a %v; only pointers can be", typ)
		}
		l.types = append(l.types, typ)
	}
	root := reflect.TypeFor[T]()
	var err error
	l.root, err = l.layout(root, root.String())
	return l, err
}

// layout gives the layout of a type; path tells where it was found.
func (l *layouts) layout(t reflect.Type, path string) (*layout, error) {
	if known := l.known[t]; known != nil {
		return known, nil
	}
	if t.Align() > word {
		return nil, fmt.Errorf("%s: values of %s begin at multiples of %d", path, t, t.Align())
	}
	out := &layout{number: uint64(len(l.list)), typ: t, size: t.Size()}
	l.known[t] = out
	l.list = append(l.list, out)
	return out, l.find(out, t, 0, path)
}

// find finds the pointers in a part of a type.
func (l *layouts) find(in *layout, t reflect.Type, at uintptr, path string) error {
	add := func(w what, elem reflect.Type) error {
		p := place{at: at, what: w}
		var err error
		if elem != nil {
			p.of, err = l.layout(elem, path)
		}
		in.places = append(in.places, p)
		return err
	}
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return nil
	case reflect.String:
		return add(text, nil)
	case reflect.Pointer:
		return add(pointer, t.Elem())
	case reflect.Slice:
		return add(list, t.Elem())
	case reflect.Interface:
		if err := l.interfaces(t, path); err != nil {
			return err
		}
		return add(either, nil)
	case reflect.Array:
		for i := range t.Len() {
			if err := l.find(in, t.Elem(), at+uintptr(i)*t.Elem().Size(), path); err != nil {
				return err
			}
		}
		return nil
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if err := l.find(in, f.Type, at+f.Offset, path+"."+f.Name); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%s is a %s, of which there is no image", path, t)
}

// interfaces finds the first words of an interface: Go keeps there what type its
// value has.
func (l *layouts) interfaces(t reflect.Type, path string) error {
	if l.either[t] {
		return nil
	}
	l.either[t] = true
	for _, typ := range l.types {
		if !typ.Implements(t) {
			continue
		}
		value := reflect.New(t)
		value.Elem().Set(reflect.Zero(typ))
		table := *(*uintptr)(value.UnsafePointer())
		l.tables = append(l.tables, table)
		of, err := l.layout(typ.Elem(), path)
		if err != nil {
			return err
		}
		l.of[table] = of
	}
	return nil
}

// sum tells layouts apart.
func (l *layouts) sum() []byte {
	h := sha256.New()
	for _, x := range l.list {
		fmt.Fprintf(h, "%s %d", x.typ, x.size)
		for _, p := range x.places {
			fmt.Fprintf(h, " %d %d", p.at, p.what)
			if p.of != nil {
				fmt.Fprintf(h, " %d", p.of.number)
			}
		}
		fmt.Fprintln(h)
	}
	fmt.Fprintln(h, unsafe.Sizeof(uintptr(0)), l.types)
	return h.Sum(nil)[:16]
}

// eachBit visits the bits that are set.
func eachBit(words []uint64, visit func(uint64)) {
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			visit(uint64(i*64 + bits.TrailingZeros64(w)))
		}
	}
}
