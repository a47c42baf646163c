package jsonld

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"

	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// maxDocument is how many bytes a document may have.
const maxDocument = 256 << 20

// Read reads a document and hands each statement to visit. Relative IRIs are
// resolved against base; without one they are faults.
func Read(r io.Reader, base string, visit func(rdf.Statement) error) error {
	limited := &io.LimitedReader{R: r, N: maxDocument + 1}
	decoder := json.NewDecoder(limited)
	var document any
	err := decoder.Decode(&document)
	if err == nil {
		if _, trailing := decoder.Token(); !errors.Is(trailing, io.EOF) {
			err = errors.New("more follows the document")
		}
	}
	if limited.N == 0 {
		err = fmt.Errorf("the document is larger than %d bytes", maxDocument)
	}
	if err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	switch document.(type) {
	case map[string]any, []any:
	default:
		return fmt.Errorf("read JSON-LD: want an object or a list, not %v", document)
	}
	expanded, err := expand(document, base)
	if err != nil {
		return fmt.Errorf("read JSON-LD: %w", err)
	}
	w := &walker{visit: visit}
	return w.nodes(expanded, rdf.Node{})
}

// expand has json-gold write every name and value in full. json-gold panics on
// some documents that are not JSON-LD.
func expand(document any, base string) (expanded []any, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the document is not JSON-LD: %v", fault)
		}
	}()
	options := ld.NewJsonLdOptions(base)
	options.DocumentLoader = offline{}
	return ld.NewJsonLdProcessor().Expand(document, options)
}

// walker makes statements of an expanded document (JSON-LD 1.1 Processing,
// section 8.1).
type walker struct {
	visit  func(rdf.Statement) error
	blanks rdf.Blanks
}

func (w *walker) nodes(list []any, graph rdf.Node) error {
	for _, item := range list {
		node, ok := item.(map[string]any)
		if !ok {
			return fmt.Errorf("want an object, not %v", item)
		}
		if _, err := w.node(node, graph); err != nil {
			return err
		}
	}
	return nil
}

// node visits what is said of a node, and in it, and gives its term.
func (w *walker) node(node map[string]any, graph rdf.Node) (rdf.Node, error) {
	subject, err := w.term(node["@id"])
	if err != nil {
		return subject, err
	}
	for _, key := range slices.Sorted(maps.Keys(node)) {
		values, _ := node[key].([]any)
		switch key {
		case "@graph":
			err = w.nodes(values, subject)
		case "@included":
			err = w.nodes(values, graph)
		case "@type":
			err = w.types(subject, values, graph)
		case "@reverse":
			reverse, _ := node[key].(map[string]any)
			err = w.reverse(subject, reverse, graph)
		case "@id", "@index":
		default:
			err = w.values(subject, key, values, graph)
		}
		if err != nil {
			return subject, err
		}
	}
	return subject, nil
}

// term makes a node of an "@id" or a type; nil is a new blank node.
func (w *walker) term(id any) (rdf.Node, error) {
	text, ok := id.(string)
	if label, labelled := strings.CutPrefix(text, "_:"); labelled {
		return w.blanks.Labelled(label), nil
	}
	switch {
	case id == nil:
		return w.blanks.New(), nil
	case !ok || !strings.Contains(text, ":"):
		return rdf.Node{}, fmt.Errorf("%q is no absolute IRI, and there is no base", fmt.Sprint(id))
	}
	return rdf.Node{Term: rdf.IRI(text)}, nil
}

func (w *walker) emit(subject rdf.Node, predicate string, object, graph rdf.Node) error {
	if strings.HasPrefix(predicate, "_:") || !strings.Contains(predicate, ":") {
		return fmt.Errorf("the property %q is no absolute IRI", predicate)
	}
	return w.visit(rdf.Statement{Subject: subject, Predicate: predicate, Object: object, Graph: graph})
}

func (w *walker) types(subject rdf.Node, types []any, graph rdf.Node) error {
	for _, t := range types {
		object, err := w.term(t)
		if err == nil {
			err = w.emit(subject, vocab.Type, object, graph)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) reverse(object rdf.Node, properties map[string]any, graph rdf.Node) error {
	for _, predicate := range slices.Sorted(maps.Keys(properties)) {
		values, _ := properties[predicate].([]any)
		for _, value := range values {
			subject, err := w.value(value, graph)
			if err == nil {
				err = w.emit(subject, predicate, object, graph)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walker) values(subject rdf.Node, predicate string, values []any, graph rdf.Node) error {
	for _, value := range values {
		object, err := w.value(value, graph)
		if err == nil {
			err = w.emit(subject, predicate, object, graph)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) value(value any, graph rdf.Node) (rdf.Node, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return rdf.Node{}, fmt.Errorf("want an object, not %v", value)
	}
	if v, ok := object["@value"]; ok {
		term, err := literal(v, object)
		return rdf.Node{Term: term}, err
	}
	if list, ok := object["@list"].([]any); ok {
		return w.list(list, graph)
	}
	return w.node(object, graph)
}

// list makes the cells of a list and gives its head.
func (w *walker) list(items []any, graph rdf.Node) (rdf.Node, error) {
	head := rdf.Node{Term: rdf.IRI(vocab.RDF + "nil")}
	for _, item := range slices.Backward(items) {
		cell := w.blanks.New()
		first, err := w.value(item, graph)
		if err == nil {
			err = w.emit(cell, vocab.RDF+"first", first, graph)
		}
		if err == nil {
			err = w.emit(cell, vocab.RDF+"rest", head, graph)
		}
		if err != nil {
			return head, err
		}
		head = cell
	}
	return head, nil
}

// literal makes a term of a value object (JSON-LD 1.1 Processing, section 8.6).
func literal(value any, object map[string]any) (rdf.Term, error) {
	datatype, _ := object["@type"].(string)
	language, _ := object["@language"].(string)
	if datatype == "@json" {
		return rdf.Term{}, fmt.Errorf("a value is of the type @json, which is not read")
	}
	if datatype != "" && !strings.Contains(datatype, ":") {
		return rdf.Term{}, fmt.Errorf("the datatype %q is no absolute IRI", datatype)
	}
	typed := func(text, usual string) (rdf.Term, error) {
		if datatype != "" {
			usual = datatype
		}
		return rdf.Typed(text, usual), nil
	}
	switch v := value.(type) {
	case string:
		if language != "" {
			return rdf.LangText(v, language), nil
		}
		return typed(v, vocab.String)
	case bool:
		return typed(strconv.FormatBool(v), vocab.Boolean)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e21 && datatype != vocab.XSD+"double" {
			return typed(strconv.FormatFloat(v+0, 'f', 0, 64), vocab.Integer) // +0 turns -0 into 0
		}
		return typed(ld.GetCanonicalDouble(v), vocab.XSD+"double")
	}
	return rdf.Term{}, fmt.Errorf("%v is no value", value)
}
