package record

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
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

	lines    map[string]int
	comments map[string]comment
}

type comment struct{ head, line, foot string }

// Problem is a fault with the file and line it stands on. Line 0 is the file
// as a whole.
type Problem struct {
	File string
	Line int
	graph.Problem
}

// String gives "file:line: path: severity: message".
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Problem)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Problem)
}

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
	return Problem{File: d.File, Line: d.Line(p.Path), Problem: p}
}

// Read reads the documents of one file. The name's ending chooses the format:
// .yaml, .yml, .json, .jsonl or .ndjson. Documents with a fault of form
// (unknown key, wrong type) are left out; faults of content are included in
// the problems but the document is returned.
func Read(name string, r io.Reader) ([]Document, []Problem) {
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonl", ".ndjson":
		return readLines(name, r)
	case ".yaml", ".yml", ".json":
	default:
		return nil, []Problem{whole(name, "unknown ending; want .yaml, .yml, .json, .jsonl or .ndjson")}
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, []Problem{whole(name, err.Error())}
	}
	if p := checkText(name, data); p != nil {
		return nil, []Problem{*p}
	}
	if strings.EqualFold(path.Ext(name), ".json") {
		return readJSON(name, data, 1)
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
	var docs []Document
	var problems []Problem
	for {
		var node yaml.Node
		err := loader.Load(&node)
		if errors.Is(err, io.EOF) {
			return empty(name, docs, problems)
		}
		if err != nil {
			return docs, append(problems, yamlProblem(name, err))
		}
		if node.Kind == yaml.DocumentNode && len(node.Content) == 1 {
			docs, problems = take(name, node.Content[0], docs, problems)
		}
	}
}

func empty(name string, docs []Document, problems []Problem) ([]Document, []Problem) {
	if len(docs) == 0 && len(problems) == 0 {
		problems = append(problems, whole(name, "holds no record and no authority file"))
	}
	return docs, problems
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
func take(name string, node *yaml.Node, docs []Document, problems []Problem) ([]Document, []Problem) {
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			docs, problems = take(name, item, docs, problems)
		}
		return docs, problems
	}
	doc, faults := decodeDocument(name, node)
	if len(faults) > 0 {
		return docs, append(problems, faults...)
	}
	return append(docs, doc), append(problems, doc.Problems()...)
}

func readLines(name string, r io.Reader) ([]Document, []Problem) {
	var docs []Document
	var problems []Problem
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), MaxSize)
	line := 0
	for scanner.Scan() {
		line++
		data := bytes.TrimSpace(scanner.Bytes())
		if len(data) == 0 {
			continue
		}
		if p := checkText(name, data); p != nil {
			p.Line = line
			problems = append(problems, *p)
			continue
		}
		d, p := readJSON(name, data, line)
		docs, problems = append(docs, d...), append(problems, p...)
	}
	if err := scanner.Err(); err != nil {
		p := whole(name, fmt.Sprintf("after line %d: %v", line, err))
		if errors.Is(err, bufio.ErrTooLong) {
			p.Message = fmt.Sprintf("line is longer than the limit of %d MiB", MaxSize>>20)
		}
		p.Line = line + 1
		problems = append(problems, p)
	}
	return empty(name, docs, problems)
}
