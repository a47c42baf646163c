package schema

import (
	"context"
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// request is one execution of one document over one snapshot.
type request struct {
	ctx     context.Context // ends the work; graphql-go itself would leave it running
	snap    *index.Snapshot
	batches map[batchKey]*batch
	lookups int // batched look-ups so far
	items   int // items of lists so far
	notes   []string

	// What a citation of the whole answer needs: the sources of everything read,
	// and where the citations stand.
	sources map[*index.Source]bool // nil where none is asked for
	cited   map[string]string      // response key -> format

	gathered *Gathered // nil where nobody wants to know

	choosing bool // Select wants the lists themselves
	lists    []*connection
	unknown  []string
}

// maxItems bounds the items of all lists of one answer: lists in lists multiply.
const maxItems = 100_000

// check is called before each field. It stops what takes too long or too much.
func (r *request) check() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if r.items > maxItems {
		return userErrorf("LIMIT", "the answer would hold more than %d items; ask for fewer with first, and for the next page with after", maxItems)
	}
	return nil
}

// note tells the query's author something, once.
func (r *request) note(text string) {
	if !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

// noteMissing tells of an identifier that nothing has, and what it may have
// meant.
func (r *request) noteMissing(id graph.ID) {
	text := fmt.Sprintf("there is no %q", id)
	hits := r.snap.Search(strings.ReplaceAll(id.Slug(), "-", " "), kindsLike(id))
	if len(hits) > 0 {
		text += fmt.Sprintf("; did you mean %q?", hits[0].Thing.NodeID())
	} else {
		text += "; search finds identifiers by name"
	}
	r.note(text)
	r.unknown = append(r.unknown, text)
}

// kindsLike is the kind of an identifier, if it is one that can be searched for.
func kindsLike(id graph.ID) []graph.Kind {
	if slices.Contains(entityKinds, id.Kind()) {
		return []graph.Kind{id.Kind()}
	}
	return nil
}

// noteNames tells what the names in a filter fit, where that is not one thing:
// a filter that finds nothing may only be misspelt.
func (r *request) noteNames(v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			r.noteNames(x)
		}
	case map[string]any:
		for key, x := range v {
			if name, ok := x.(string); ok && key == "name" {
				r.noteName(name)
			} else if id, ok := x.(string); ok && key == "id" {
				if r.snap.Node(graph.ID(id)) == nil {
					r.noteMissing(graph.ID(id))
				}
			} else {
				r.noteNames(x)
			}
		}
	}
}

func (r *request) noteName(name string) {
	note, found := "", 0
	for _, kind := range entityKinds {
		fits := r.snap.Lookup(kind, name)
		if found += len(fits); len(fits) > 1 {
			ids := make([]string, len(fits))
			for i, n := range fits {
				ids[i] = string(n.NodeID())
			}
			slices.Sort(ids)
			note = fmt.Sprintf("the name %q fits %s; all of them count", name, strings.Join(ids, ", "))
		}
	}
	if found == 0 {
		note = fmt.Sprintf("nothing is called %q; search finds names that are like it", name)
		r.unknown = append(r.unknown, note)
	}
	if note != "" {
		r.note(note)
	}
}

// count adds the items of a value, if it is a list, and passes it on.
func (r *request) count(v any) any {
	if r.sources != nil {
		r.back(v)
	}
	if r.gathered != nil {
		r.gathered.take(v)
	}
	switch v := v.(type) {
	case nil:
	case *connection:
		r.items += len(v.edges)
		if r.choosing {
			r.lists = append(r.lists, v)
		}
	default:
		if list := reflect.ValueOf(v); list.Kind() == reflect.Slice {
			r.items += list.Len()
		}
	}
	return v
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	r, _ := ctx.Value(requestKey{}).(*request)
	return r
}

// args are the arguments of a field, with their defaults.
type args map[string]any

func (a args) text(name string) string { s, _ := a[name].(string); return s }
func (a args) flag(name string) bool   { b, _ := a[name].(bool); return b }

// number gives an integer argument, or the given one where it is absent.
func (a args) number(name string, or int) int {
	if n, ok := a[name].(int); ok {
		return n
	}
	return or
}

// given tells that the query itself gives an argument: graphql-go mixes
// defaults in. look marks such arguments.
func (a args) given(name string) bool { return a.flag("given " + name) }

func (a args) texts(name string) []string { return texts(a[name]) }

func texts(v any) []string {
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	out := []string{}
	for _, x := range list {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// typ collects the fields of one object type, what they cost, and how our own
// executor reads them.
type typ struct {
	fields  graphql.Fields
	costs   map[string]fieldCost
	readers map[string]reader
}

// types are the declared types by name.
type types map[string]*typ

func newType() *typ { return &typ{graphql.Fields{}, map[string]fieldCost{}, map[string]reader{}} }

// reader is how a field is read without graphql-go: by read, with or look.
type reader struct {
	read func(any) any
	text func(any) string // beside read: the same without a detour
	with func(*request, any, args) (any, error)
	look func(*request, []any, args) ([]any, error)
}

// read declares a field that is read from the thing at hand.
func read[P any](t *typ, name string, out graphql.Output, doc string, from func(P) any) {
	t.readers[name] = reader{read: func(x any) any { return from(x.(P)) }}
	t.fields[name] = &graphql.Field{
		Name: name, Type: out, Description: doc,
		Resolve: func(p graphql.ResolveParams) (v any, err error) {
			defer recovered(&err)
			r := requestOf(p.Context)
			if err := r.check(); err != nil {
				return nil, err
			}
			return r.count(known(from(p.Source.(P)))), nil
		},
	}
}

// readText declares a field that is a text, or a token of an enumeration; where
// it may be null, "" is.
func readText[P any](t *typ, name string, out graphql.Output, doc string, from func(P) string) {
	_, required := out.(*graphql.NonNull)
	read(t, name, out, doc, func(x P) any {
		if s := from(x); s != "" || required {
			return s
		}
		return nil
	})
	t.readers[name] = reader{read: t.readers[name].read, text: func(x any) string { return from(x.(P)) }}
}

// readWith declares a field that is read from the thing at hand and from
// arguments.
func readWith[P any](t *typ, name string, out graphql.Output, doc string, config graphql.FieldConfigArgument, from func(*request, P, args) (any, error)) {
	t.readers[name] = reader{with: func(r *request, x any, a args) (any, error) { return from(r, x.(P), a) }}
	t.fields[name] = &graphql.Field{
		Name: name, Type: out, Description: doc, Args: config,
		Resolve: func(p graphql.ResolveParams) (v any, err error) {
			defer recovered(&err)
			r := requestOf(p.Context)
			if err := r.check(); err != nil {
				return nil, err
			}
			if v, err = from(r, p.Source.(P), p.Args); err != nil {
				return nil, err
			}
			return r.count(known(v)), nil
		},
	}
}

// readIn declares a field that is read from the thing at hand and from what the
// snapshot knows of it.
func readIn[P any](t *typ, name string, out graphql.Output, doc string, from func(*index.Snapshot, P) any) {
	readWith(t, name, out, doc, nil, func(r *request, x P, _ args) (any, error) { return from(r.snap, x), nil })
}

// look declares a field that is looked up, once for all things of a level.
func look[P any](t *typ, name string, out graphql.Output, doc string, config graphql.FieldConfigArgument, from func(*request, []P, args) ([]any, error)) {
	if t.costs[name].weight == 0 {
		t.weighs(name, 1)
	}
	looked := func(r *request, things []any, a args) ([]any, error) {
		r.noteNames(a["where"])
		parents := make([]P, len(things))
		for i, x := range things {
			parents[i], _ = x.(P) // the root of a query is nil
		}
		return from(r, parents, a)
	}
	t.readers[name] = reader{look: looked}
	t.fields[name] = &graphql.Field{
		Name: name, Type: out, Description: doc, Args: config,
		Resolve: func(p graphql.ResolveParams) (any, error) {
			r := requestOf(p.Context)
			if err := r.check(); err != nil {
				return nil, err
			}
			key := batchKey{p.Info.FieldASTs[0], p.Info.ParentType.Name()}
			b := r.batch(key)
			at := b.add(p.Source)
			markGiven(p)
			return func() (v any, err error) {
				defer recovered(&err)
				b.run(r, func(things []any) ([]any, error) { return looked(r, things, p.Args) }, key)
				if v, err = b.result(at); err != nil {
					return nil, err
				}
				return r.count(v), nil
			}, nil
		},
	}
}

// markGiven notes which arguments the query itself gives a value.
func markGiven(p graphql.ResolveParams) {
	for _, a := range p.Info.FieldASTs[0].Arguments {
		if v, ok := a.Value.(*ast.Variable); ok && p.Info.VariableValues[v.Name.Value] == nil {
			continue
		}
		p.Args["given "+a.Name.Value] = true
	}
}

// each makes a look-up of many of a look-up of one that costs nothing to repeat.
func each[P any](from func(*request, P, args) (any, error)) func(*request, []P, args) ([]any, error) {
	return func(r *request, parents []P, a args) ([]any, error) {
		out := make([]any, len(parents))
		for i, p := range parents {
			v, err := from(r, p, a)
			if err != nil {
				return nil, err
			}
			out[i] = known(v)
		}
		return out, nil
	}
}

// batchKey is a field as the document asks for it, of one type.
type batchKey struct {
	field  *ast.Field
	parent string
}

// batch gathers the things of one level whose field is asked for, until the
// first of their results is needed.
type batch struct {
	things  []any
	results []any
	err     error
	done    bool
}

func (r *request) batch(key batchKey) *batch {
	b := r.batches[key]
	if b == nil {
		b = &batch{}
		r.batches[key] = b
	}
	return b
}

func (b *batch) add(x any) int {
	b.things = append(b.things, x)
	return len(b.things) - 1
}

func (b *batch) run(r *request, from func([]any) ([]any, error), key batchKey) {
	if b.done {
		return
	}
	b.done = true
	delete(r.batches, key) // the next level starts anew
	r.lookups++
	if b.results, b.err = from(b.things); b.err == nil {
		b.err = r.ctx.Err() // a look-up that was stopped gives less than it should
	}
}

func (b *batch) result(at int) (any, error) {
	if b.err != nil {
		return nil, b.err
	}
	return b.results[at], nil
}

// known turns a nil pointer in an interface into nil.
func known(v any) any {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return nil
	}
	return v
}

// internalError is a fault of ours: its text is for the log, not for a client.
type internalError struct {
	cause any
	stack []byte
}

func (e *internalError) Error() string { return "internal error" }

// Detail says what happened, for the log.
func (e *internalError) Detail() string { return fmt.Sprintf("%v\n%s", e.cause, e.stack) }

func recovered(err *error) {
	if cause := recover(); cause != nil {
		*err = &internalError{cause, debug.Stack()}
	}
}

func list(of graphql.Type) graphql.Output { return must(graphql.NewList(must(of))) }

func must(t graphql.Type) *graphql.NonNull { return graphql.NewNonNull(t) }
