package image

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// graph is of every kind that there is an image of.
type graph struct {
	Text   string
	Nodes  []*node
	First  named
	Any    any
	ByWord [2][]uint32
	Flag   bool
	Small  int8
	Number float64
	Empty  []*node
	None   *node
	inside struct{ words []string }
}

type named interface{ name() string }

type node struct {
	Name  string
	To    []named
	Self  *node
	One   [1]*node
	Size  uint16
	Lists [][]string
}

type spot struct {
	Name string
	At   *node
}

func (n *node) name() string { return n.Name }
func (p *spot) name() string { return p.Name }

var types = []any{(*node)(nil), (*spot)(nil)}

func write(t interface{ Fatal(...any) }, root *graph, title string) []byte {
	var b bytes.Buffer
	if err := Write(&b, title, root, types...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func file(t interface{ Fatal(...any) }, dir string, data []byte) string {
	f, err := os.CreateTemp(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// made gives a graph in which things point at each other, at random.
func made(t *rapid.T) *graph {
	long := strings.Repeat("a long text of which others are parts. ", least/20)
	texts := rapid.SampledFrom([]string{"", "é", "explicit", long[39:78], long[:7], strings.Repeat("x", 300)})
	g := &graph{Text: long, Number: rapid.Float64().Draw(t, "number"), Small: -3, Empty: []*node{}, Flag: true}
	for i := range rapid.IntRange(0, 40).Draw(t, "nodes") {
		g.Nodes = append(g.Nodes, &node{Name: texts.Draw(t, "name"), Size: uint16(i)})
	}
	g.inside.words = append(g.inside.words, texts.Draw(t, "word"))
	g.ByWord[1] = rapid.SliceOf(rapid.Uint32()).Draw(t, "numbers")
	if len(g.Nodes) == 0 {
		return g
	}
	any := rapid.SampledFrom(g.Nodes)
	for _, n := range g.Nodes {
		n.Self, n.One[0] = n, any.Draw(t, "one")
		for range rapid.IntRange(0, 3).Draw(t, "links") {
			if rapid.Bool().Draw(t, "place") {
				n.To = append(n.To, &spot{texts.Draw(t, "place"), any.Draw(t, "at")})
			} else {
				n.To = append(n.To, any.Draw(t, "to"))
			}
		}
		n.Lists = append(n.Lists, nil, []string{}, []string{texts.Draw(t, "a"), texts.Draw(t, "b")})
	}
	g.First, g.Any = any.Draw(t, "first"), any.Draw(t, "any")
	return g
}

// What was written comes back the same, with things that were one still one:
// where the file is mapped at the address that it was written for, and where it is not.
func TestValuesComeBack(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		g := made(t)
		path := file(t, dir, write(t, g, "a title"))
		for _, address := range []uint64{wished, wished + 1<<30} {
			back, err := readAt[graph](path, "a title", address, types)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(g, back) {
				t.Fatalf("%+v came back as %+v", g, back)
			}
			for i, n := range back.Nodes {
				if n.Self != n || n.One[0] != back.Nodes[g.Nodes[i].One[0].Size] {
					t.Fatalf("node %d points at other nodes than before", i)
				}
			}
			runtime.GC()
			again := write(t, back, "a title")
			if third, err := readAt[graph](file(t, dir, again), "a title", address, types); err != nil || !reflect.DeepEqual(g, third) {
				t.Fatalf("an image of what was read is of something else: %v", err)
			}
		}
	})
}

// small is a graph of which every byte can be tried.
func small() *graph {
	a, b := &node{Name: "a"}, &node{Name: "b"}
	a.To, b.Self = []named{b, &spot{"p", a}}, a
	return &graph{Text: "text", Nodes: []*node{a, b}, First: a}
}

// Whatever byte is another one, and wherever the file is cut or goes on, that is
// an error, and no pointer is followed.
func TestDamageIsFound(t *testing.T) {
	data := write(t, small(), "a title")
	dir := t.TempDir()
	try := func(what string, data []byte) {
		t.Helper()
		path := file(t, dir, data)
		if _, err := Read[graph](path, "a title", types...); err == nil {
			t.Errorf("%s is not found", what)
		}
		os.Remove(path)
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(data); i += step {
		if i > 256 && i < page-step {
			continue // the rest of the first page is alike
		}
		for _, bit := range []byte{1, 0x80} {
			other := bytes.Clone(data)
			other[i] ^= bit
			try(fmt.Sprintf("bit %#x of byte %d", bit, i), other)
		}
	}
	for i := 0; i < len(data); i += 8 * step {
		try(fmt.Sprintf("an end at %d of %d", i, len(data)), data[:i])
	}
	try("a word more", append(bytes.Clone(data), make([]byte, 8)...))
	try("a part twice", append(bytes.Clone(data), data[page:]...))
}

// An image of another title, or of another type, is told from a damaged one.
func TestOthers(t *testing.T) {
	path := file(t, t.TempDir(), write(t, small(), "a title"))
	if _, err := Read[graph](path, "another title", types...); !errors.Is(err, ErrOther) {
		t.Errorf("another title: %v", err)
	}
	if _, err := Read[node](path, "a title", types...); !errors.Is(err, ErrOther) {
		t.Errorf("another type: %v", err)
	}
	if _, err := Read[graph](path, "a title", types[1], types[0]); !errors.Is(err, ErrOther) {
		t.Errorf("other types of interfaces: %v", err)
	}
	if _, err := Read[graph](path+"-", "a title", types...); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Read[graph](path, strings.Repeat("long ", page), types...); err == nil {
		t.Error("a title of many pages is taken")
	}
}

// What there is no image of is named by its path.
func TestTitle(t *testing.T) {
	dir := t.TempDir()
	data := write(t, small(), "of this\nand that")
	if title, err := Title(file(t, dir, data)); err != nil || title != "of this\nand that" {
		t.Errorf("the title is %q, %v", title, err)
	}
	data[0]++
	if title, err := Title(file(t, dir, data)); !errors.Is(err, ErrOther) {
		t.Errorf("of a file that is no image the title is %q, %v", title, err)
	}
	if title, err := Title(file(t, dir, data[:page-1])); err == nil {
		t.Errorf("of a file that is cut the title is %q", title)
	}
	if _, err := Title(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestWhatHasNoImage(t *testing.T) {
	type bad struct {
		A []struct{ Words map[string]int }
	}
	if err := Write(io.Discard, "", &bad{}); err == nil || !strings.Contains(err.Error(), ".A.Words is a map[string]int") {
		t.Errorf("a map: %v", err)
	}
	type call struct{ F func() }
	if err := Write(io.Discard, "", &call{}); err == nil || !strings.Contains(err.Error(), ".F is a func()") {
		t.Errorf("a function: %v", err)
	}
	g := small()
	g.Any = new(int)
	if err := Write(io.Discard, "", g, types...); err == nil || !strings.Contains(err.Error(), "not named") {
		t.Errorf("a value of another type: %v", err)
	}
	if err := Write(io.Discard, "", g, node{}); err == nil || !strings.Contains(err.Error(), "only pointers") {
		t.Errorf("a type that is no pointer: %v", err)
	}
	if err := Write(full{}, "", small(), types...); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("a full disk: %v", err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// Whatever a file has, reading it ends with an error or with the values.
func FuzzRead(f *testing.F) {
	data := write(f, small(), "a title")
	f.Add(data)
	f.Add(data[:page])
	f.Add(append(bytes.Clone(data[:page]), make([]byte, 48)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := file(t, t.TempDir(), data)
		g, err := Read[graph](path, "a title", types...)
		if err == nil && len(g.Nodes) != 2 {
			t.Errorf("it has %d nodes", len(g.Nodes))
		}
	})
}
