package graphqlhttp

import (
	"fmt"

	"github.com/graphql-go/graphql/language/ast"
)

// Limits bound what one request may ask for. They are checked on the parsed
// document before validation, because graphql-go's validation overflows the
// stack on a fragment that includes itself and is quadratic in depth.
type Limits struct {
	Body       int64 // bytes of a request
	Tokens     int   // of a document
	Depth      int   // of selections; introspection queries need 15
	Selections int   // fields, with fragments written out
	Aliases    int
	Repeats    int   // of a field in one place; validation compares them pairwise
	Lists      int   // in each other; validation is quadratic in them
	Variables  int   // depth of the values of variables
	Batch      int   // requests sent together
	Cost       int64 // of one request or batch, as schema.Cost tells it before it runs
}

// DefaultLimits fit every query of the documentation several times over.
func DefaultLimits() Limits {
	return Limits{Body: 1 << 20, Tokens: 10_000, Depth: 20, Selections: 3_000, Aliases: 100, Repeats: 100, Lists: 12, Variables: 16, Batch: 10, Cost: 1_000_000}
}

// limitError is a request that asks too much. It names what and the limit.
type limitError struct{ message string }

func (e *limitError) Error() string { return e.message }

func limitf(format string, args ...any) error { return &limitError{fmt.Sprintf(format, args...)} }

// parse reads a document and checks it against the limits.
func (l Limits) parse(query string) (*ast.Document, error) {
	document, err := l.read(query)
	if err != nil {
		return nil, err
	}
	w := &walker{limits: l, fragments: map[string]*ast.FragmentDefinition{}, open: map[string]bool{}, cost: map[string]measure{}}
	for _, d := range document.Definitions {
		if f, ok := d.(*ast.FragmentDefinition); ok && f.Name != nil {
			w.fragments[f.Name.Value] = f
		}
	}
	for _, d := range document.Definitions {
		var set *ast.SelectionSet
		switch d := d.(type) {
		case *ast.OperationDefinition:
			set = d.SelectionSet
		case *ast.FragmentDefinition:
			set = d.SelectionSet
		}
		m, err := w.set(set, 1)
		if err != nil {
			return nil, err
		}
		if err := w.check(m); err != nil {
			return nil, err
		}
	}
	return document, nil
}

// maxWord is how long a name or number of a document may be. Unknown names are
// compared with all known ones to suggest what was meant.
const maxWord = 256

// maxString is how many characters a text in a document may have; variables may be
// longer.
const maxString = 16 << 10

// measure is what a selection set comes to with its fragments written out.
type measure struct{ depth, selections, aliases int }

type walker struct {
	limits    Limits
	fragments map[string]*ast.FragmentDefinition
	open      map[string]bool // fragments being walked
	cost      map[string]measure
}

func (w *walker) check(m measure) error {
	switch {
	case m.depth > w.limits.Depth:
		return limitf("the query is %d levels deep; the limit is %d", m.depth, w.limits.Depth)
	case m.selections > w.limits.Selections:
		return limitf("the query selects %d fields with its fragments written out; the limit is %d", m.selections, w.limits.Selections)
	case m.aliases > w.limits.Aliases:
		return limitf("the query has %d aliases; the limit is %d", m.aliases, w.limits.Aliases)
	}
	return nil
}

func (w *walker) set(set *ast.SelectionSet, depth int) (measure, error) {
	var total measure
	if set == nil {
		return total, nil
	}
	if depth > w.limits.Depth {
		return total, limitf("the query is more than %d levels deep", w.limits.Depth)
	}
	repeats := map[string]int{}
	for _, s := range set.Selections {
		if f, ok := s.(*ast.Field); ok {
			if repeats[f.Name.Value]++; repeats[f.Name.Value] > w.limits.Repeats {
				return total, limitf("the field %q stands more than %d times in one place", f.Name.Value, w.limits.Repeats)
			}
		}
		m, err := w.selection(s, depth)
		if err != nil {
			return total, err
		}
		total.depth = max(total.depth, m.depth)
		total.selections += m.selections
		total.aliases += m.aliases
		if total.selections > w.limits.Selections || total.aliases > w.limits.Aliases {
			return total, w.check(total)
		}
	}
	return total, nil
}

func (w *walker) selection(s ast.Selection, depth int) (measure, error) {
	switch s := s.(type) {
	case *ast.Field:
		m, err := w.set(s.SelectionSet, depth+1)
		m.depth++
		m.selections++
		if s.Alias != nil {
			m.aliases++
		}
		return m, err
	case *ast.InlineFragment:
		return w.set(s.SelectionSet, depth)
	case *ast.FragmentSpread:
		return w.fragment(s.Name.Value, depth)
	}
	return measure{}, nil
}

func (w *walker) fragment(name string, depth int) (measure, error) {
	if w.open[name] {
		return measure{}, limitf("the fragment %q includes itself", name)
	}
	if m, ok := w.cost[name]; ok {
		return m, nil
	}
	f := w.fragments[name]
	if f == nil {
		return measure{}, nil // validation reports it
	}
	w.open[name] = true
	m, err := w.set(f.SelectionSet, depth)
	delete(w.open, name)
	w.cost[name] = m
	return m, err
}

// nested tells how deep a value of JSON is.
func nested(v any) int {
	deepest := 0
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			deepest = max(deepest, nested(x))
		}
	case []any:
		for _, x := range v {
			deepest = max(deepest, nested(x))
		}
	default:
		return 0
	}
	return deepest + 1
}
