package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"
)

const maxDepth = 64

// json reads one JSON value, a document or an array of documents. JSON is
// turned into the same nodes as YAML, so that both have one decoder.
func (f *file) json(data []byte, firstLine int) {
	p := &jsonParser{dec: json.NewDecoder(bytes.NewReader(data)), data: data, line: firstLine}
	p.dec.UseNumber()
	node, err := p.value(0)
	if err == nil {
		if _, more := p.dec.Token(); !errors.Is(more, io.EOF) {
			err = fmt.Errorf("something follows the first value")
		}
	}
	if err != nil {
		problem := whole(f.name, "is not valid JSON: "+err.Error())
		problem.Line = p.here()
		f.fail(problem)
		return
	}
	f.take(node)
}

type jsonParser struct {
	dec  *json.Decoder
	data []byte
	pos  int // how far lines are counted
	line int
}

// here returns the line that the decoder has come to.
func (p *jsonParser) here() int {
	to := int(p.dec.InputOffset())
	p.line += bytes.Count(p.data[p.pos:to], []byte("\n"))
	p.pos = to
	return p.line
}

func (p *jsonParser) value(depth int) (*yaml.Node, error) {
	token, err := p.dec.Token()
	if errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("is nested more than %d deep", maxDepth)
	}
	node := &yaml.Node{Kind: yaml.ScalarNode, Line: p.here()}
	switch t := token.(type) {
	case json.Delim:
		return node, p.compound(node, t, depth)
	case string:
		node.Tag, node.Value, node.Style = "!!str", t, yaml.DoubleQuotedStyle
	case json.Number:
		node.Value = t.String()
	case bool:
		node.Value = fmt.Sprint(t)
	case nil:
		node.Tag, node.Value = "!!null", "null"
	}
	return node, nil
}

func (p *jsonParser) compound(node *yaml.Node, open json.Delim, depth int) error {
	node.Kind = yaml.SequenceNode
	if open == '{' {
		node.Kind = yaml.MappingNode
	}
	for p.dec.More() {
		child, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		node.Content = append(node.Content, child)
	}
	_, err := p.dec.Token()
	return err
}
