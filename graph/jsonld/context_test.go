package jsonld_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"dialograph/graph/jsonld"
	"dialograph/graph/vocab"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite context.jsonld")

// The context has the prefixes and, from the table of the vocabulary, the type
// of the values of each property that has one.
func TestContext(t *testing.T) {
	want := contextOf(vocab.Prefixes(), vocab.Properties())
	if *update {
		if err := os.WriteFile("context.jsonld", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, string(jsonld.Context())); diff != "" && !*update {
		t.Errorf("context.jsonld (-want +got; -update rewrites it):\n%s", diff)
	}
}

func contextOf(prefixes map[string]string, properties []vocab.Property) string {
	var lines []string
	for _, p := range slices.Sorted(maps.Keys(prefixes)) {
		lines = append(lines, fmt.Sprintf("  %q: %q", p, prefixes[p]))
	}
	var typed []string
	for _, p := range properties {
		if t := typeOf(p); t != "" && p.IRI != vocab.Type {
			typed = append(typed, fmt.Sprintf("  %q: {\"@id\": %[1]q, \"@type\": %q}", compact(prefixes, p.IRI), t))
		}
	}
	slices.Sort(typed)
	return "{\n\"@context\": {\n" + strings.Join(append(lines, typed...), ",\n") + "\n}\n}\n"
}

func compact(prefixes map[string]string, iri string) string {
	for prefix, namespace := range prefixes {
		if local, ok := strings.CutPrefix(iri, namespace); ok {
			return prefix + ":" + local
		}
	}
	return iri
}

// typeOf gives the type that all values of a property have, where it needs to be
// said: texts, numbers and truth values show theirs.
func typeOf(p vocab.Property) string {
	var types []string
	add := func(ranges []string) {
		for _, r := range ranges {
			if class := slices.ContainsFunc(vocab.Classes(), func(c vocab.Class) bool { return c.IRI == r }); class {
				r = "@id"
			}
			types = append(types, compact(vocab.Prefixes(), r))
		}
	}
	for _, c := range vocab.Classes() {
		for _, u := range c.Uses {
			if u.Property == p.IRI && u.Range != nil {
				add(u.Range)
			} else if u.Property == p.IRI {
				add(p.Range)
			}
		}
	}
	slices.Sort(types)
	types = slices.Compact(types)
	if len(types) != 1 || slices.Contains([]string{vocab.String, vocab.Integer, vocab.Boolean, vocab.LangStr}, vocab.Expand(types[0])) {
		return ""
	}
	return types[0]
}
