package vocab_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/template"

	"dialograph/graph/vocab"
)

// document fills the template of one of the documents from the table.
func document(t *testing.T, name string) []byte {
	o := newOntology()
	functions := template.FuncMap{
		"term": short, "terms": shortList, "quote": quote, "own": own, "local": local, "link": link, "values": values,
		"times": times, "value": o.value, "bearers": o.bearers, "ranges": o.ranges, "constraint": o.constraint,
		"anchor": anchor, "dg": func() string { return vocab.DG }, "base": func() string { return vocab.DefaultBase },
		"prefixes": prefixes, "lists": lists, "record": func() string { return exampleRecord(t) }, "trig": func() string { return exampleTriG(t) },
	}
	parsed, err := template.New(name + ".tmpl").Funcs(functions).ParseFiles(filepath.Join("testdata", name+".tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, map[string]any{"Classes": vocab.Classes(), "Properties": vocab.Properties()}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// prefix is a short name of a namespace.
type prefix struct{ Name, IRI string }

// prefixes are those of the package and those that only the documents need.
func prefixes() []prefix {
	list := []prefix{
		{"owl", "http://www.w3.org/2002/07/owl#"}, {"sh", "http://www.w3.org/ns/shacl#"}, {"shape", "https://dialograph.example/shapes#"},
	}
	for name, iri := range vocab.Prefixes() {
		list = append(list, prefix{name, iri})
	}
	slices.SortFunc(list, func(a, b prefix) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// short writes an IRI as prefix:local.
func short(iri string) string {
	for _, p := range prefixes() {
		if local, ok := strings.CutPrefix(iri, p.IRI); ok {
			return p.Name + ":" + local
		}
	}
	return "<" + iri + ">"
}

// local is the part of a term after its prefix.
func local(iri string) string {
	_, name, _ := strings.Cut(short(iri), ":")
	return name
}

// anchor is where Markdown puts a heading.
func anchor(heading string) string { return strings.ReplaceAll(heading, " ", "-") }

func shortList(separator string, iris []string) string {
	var out []string
	for _, iri := range iris {
		out = append(out, short(iri))
	}
	return strings.Join(out, separator)
}

// quote writes a string literal as Turtle does.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(s) + `"`
}

func own(iri string) bool { return strings.HasPrefix(iri, vocab.DG) }

// link tells whether values of a range are things rather than literals.
func link(ranges []string) bool {
	return !slices.ContainsFunc(ranges, func(iri string) bool {
		return strings.HasPrefix(iri, vocab.XSD) || iri == vocab.LangStr || iri == vocab.EDTF
	})
}

// times says how often a thing has a property.
func times(u vocab.Use) string {
	switch {
	case u.Required && u.Many:
		return "1 or more"
	case u.Required:
		return "1"
	case u.Many:
		return "any number"
	}
	return "0 or 1"
}

// value says in a table cell what the values of a property are.
func (o ontology) value(u vocab.Use) string {
	if list := values(u); list != nil {
		return strings.Join(list, ", ")
	}
	return "`" + shortList("`, `", o.rangeOf(u)) + "`"
}

// constraint writes what SHACL says of a property of a class.
func (o ontology) constraint(u vocab.Use) string {
	parts := []string{"sh:path " + short(u.Property)}
	if u.Required {
		parts = append(parts, "sh:minCount 1")
	}
	if !u.Many {
		parts = append(parts, "sh:maxCount 1")
	}
	parts = append(parts, typed(o.rangeOf(u)))
	if list := values(u); list != nil {
		var quoted []string
		for _, v := range list {
			quoted = append(quoted, quote(v))
		}
		parts = append(parts, "sh:in ( "+strings.Join(quoted, " ")+" )")
	}
	return strings.Join(parts, " ; ")
}

func typed(ranges []string) string {
	key := "sh:datatype"
	if link(ranges) {
		key = "sh:class"
	}
	if len(ranges) == 1 {
		return key + " " + short(ranges[0])
	}
	var options []string
	for _, iri := range ranges {
		options = append(options, fmt.Sprintf("[ %s %s ]", key, short(iri)))
	}
	return "sh:or ( " + strings.Join(options, " ") + " )"
}

// closedList is a closed list of values and where it holds.
type closedList struct {
	Property string
	Classes  []string
	Values   []string
}

// lists gives the closed lists in the order of the classes, each once.
func lists() []closedList {
	var out []closedList
	for _, c := range vocab.Classes() {
		for _, u := range c.Uses {
			list := values(u)
			same := slices.IndexFunc(out, func(l closedList) bool { return l.Property == u.Property && slices.Equal(l.Values, list) })
			switch {
			case list == nil:
			case same >= 0:
				out[same].Classes = append(out[same].Classes, c.IRI)
			default:
				out = append(out, closedList{u.Property, []string{c.IRI}, list})
			}
		}
	}
	return out
}

// exampleRecord is the record of testdata/example.yaml, without the authority
// file that follows it.
func exampleRecord(t *testing.T) string {
	text, err := os.ReadFile("testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	record, _, _ := strings.Cut(string(text), "---\n")
	return record
}
