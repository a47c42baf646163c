package record

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"dialograph/graph"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// MaxSize is the largest file, or line of a JSON Lines file, that is read.
const MaxSize = 16 << 20

// Document is one record or authority file as read, with the lines its values
// stand on. Exactly one of Record and Authority is set.
type Document struct {
	File      string
	Record    *graph.Record
	Authority *graph.Authority

	number   int            // in the file, from 1
	lines    map[string]int // by path, where it is not that of what is around
	comments map[string]comment
}

type comment struct{ head, line, foot string }

// Problem is a fault with the file and line it stands on. Line 0 is the file
// as a whole; so is Document 0.
type Problem struct {
	File     string
	Line     int
	Document int // which document of the file, from 1
	graph.Problem
}

// String gives "file:line: path: severity: message".
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Problem)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Problem)
}

// Placed makes a document of a record that was read from a file of another
// form: which document of the file it is, from 1, and on which lines its values
// stand, by path ("" is the whole).
func Placed(file string, number int, r *graph.Record, lines map[string]int) Document {
	return Document{File: file, Record: r, number: number, lines: lines}
}

// Number tells which document of its file this is, from 1.
func (d *Document) Number() int { return d.number }

// Line returns the line of path, or of the nearest thing around it.
func (d *Document) Line(path string) int {
	for {
		if line, ok := d.lines[path]; ok || path == "" {
			return line
		}
		cut := strings.LastIndexAny(path, ".[")
		path = path[:max(cut, 0)]
	}
}

// Problems gives the faults of the document's content.
func (d *Document) Problems() []Problem {
	var list []graph.Problem
	if d.Record != nil {
		list = d.Record.Problems()
	} else {
		list = d.Authority.Problems()
	}
	out := make([]Problem, len(list))
	for i, p := range list {
		out[i] = d.At(p)
	}
	return out
}

// At puts a fault in the document's place.
func (d *Document) At(p graph.Problem) Problem {
	return Problem{File: d.File, Line: d.Line(p.Path), Document: d.number, Problem: p}
}

// Read reads the documents of one file. The name's ending chooses the format:
// .yaml, .yml, .json, .jsonl or .ndjson. Documents with a fault of form
// (unknown key, wrong type) are left out, unless it stands in one entry of an
// authority file; faults of content are included in the problems but the
// document is returned.
func Read(name string, r io.Reader) ([]Document, []Problem) {
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonl", ".ndjson":
		return readLines(name, r)
	case ".yaml", ".yml", ".json":
	default:
		return nil, []Problem{whole(name, "unknown ending; want .yaml, .yml, .json, .jsonl or .ndjson")}
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if err != nil {
		return nil, []Problem{whole(name, err.Error())}
	}
	if p := checkText(name, data); p != nil {
		return nil, []Problem{*p}
	}
	if strings.EqualFold(path.Ext(name), ".json") {
		f := &file{name: name}
		f.json(data, 1)
		return f.end()
	}
	return readYAML(name, data)
}

func whole(name, message string) Problem {
	return Problem{File: name, Problem: graph.Problem{Severity: graph.Error, Message: message}}
}

// checkText refuses what is too large, binary or not UTF-8.
func checkText(name string, data []byte) *Problem {
	if len(data) > MaxSize {
		p := whole(name, fmt.Sprintf("is larger than the limit of %d MiB", MaxSize>>20))
		return &p
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		p := whole(name, fmt.Sprintf("is a binary file (NUL at byte %d)", i))
		p.Line = 1 + bytes.Count(data[:i], []byte("\n"))
		return &p
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			p := whole(name, fmt.Sprintf("is not UTF-8 (byte 0x%02x at offset %d)", data[i], i))
			p.Line = 1 + bytes.Count(data[:i], []byte("\n"))
			return &p
		}
		i += size
	}
	return nil
}

func readYAML(name string, data []byte) ([]Document, []Problem) {
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithV4Defaults(),
		yaml.WithPlugin(loaderlimits.New(loaderlimits.AliasNone())))
	if err != nil {
		return nil, []Problem{whole(name, err.Error())}
	}
	f := &file{name: name}
	for {
		var node yaml.Node
		err := loader.Load(&node)
		if errors.Is(err, io.EOF) {
			return f.end()
		}
		if err != nil {
			f.problems = append(f.problems, yamlProblem(name, err))
			return f.end()
		}
		if node.Kind == yaml.DocumentNode && len(node.Content) == 1 {
			f.take(node.Content[0])
		}
	}
}

// file gathers the documents of one file.
type file struct {
	name     string
	count    int // documents seen, good or bad
	docs     []Document
	problems []Problem
}

func (f *file) end() ([]Document, []Problem) {
	if len(f.docs) == 0 && len(f.problems) == 0 {
		f.problems = append(f.problems, whole(f.name, "holds no record and no authority file"))
	}
	return f.docs, f.problems
}

// yamlProblem turns a YAML syntax error into a problem with its line.
func yamlProblem(name string, err error) Problem {
	p := whole(name, "is not valid YAML: "+oneLine(err.Error()))
	var le *yaml.LoadError
	if errors.As(err, &le) {
		p.Line = le.Mark.Line
		p.Message = "is not valid YAML: " + oneLine(le.Message)
	}
	return p
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// take decodes one top-level node: a document, or a list of documents.
func (f *file) take(node *yaml.Node) {
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			f.take(item)
		}
		return
	}
	f.count++
	doc, faults := decodeDocument(f.name, f.count, node)
	f.problems = append(f.problems, faults...)
	if len(faults) > 0 && (doc.Authority == nil || !inEntries(faults)) {
		return
	}
	f.docs = append(f.docs, doc)
	f.problems = append(f.problems, doc.Problems()...)
}

// inEntries tells whether all faults stand in entries of an authority file: the
// other entries can be used.
func inEntries(faults []Problem) bool {
	return !slices.ContainsFunc(faults, func(p Problem) bool {
		head, _, deeper := strings.Cut(p.Path, ".")
		return !deeper || !strings.HasSuffix(head, "]") || strings.HasPrefix(head, "sources[")
	})
}

// fail counts a document that cannot be read at all.
func (f *file) fail(p Problem) {
	f.count++
	p.Document = f.count
	f.problems = append(f.problems, p)
}

func readLines(name string, r io.Reader) ([]Document, []Problem) {
	f := &file{name: name}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), MaxSize)
	line := 0
	for scanner.Scan() {
		line++
		data := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\ufeff")))
		if len(data) == 0 {
			continue
		}
		if p := checkText(name, data); p != nil {
			p.Line = line
			f.fail(*p)
			continue
		}
		f.json(data, line)
	}
	if err := scanner.Err(); err != nil {
		p := whole(name, fmt.Sprintf("after line %d: %v", line, err))
		if errors.Is(err, bufio.ErrTooLong) {
			p.Message = fmt.Sprintf("line is longer than the limit of %d MiB", MaxSize>>20)
		}
		p.Line = line + 1
		f.problems = append(f.problems, p)
	}
	return f.end()
}
