package schema

import (
	"context"
	"errors"
	"reflect"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
)

// Operation is an operation of a valid document that is run over snapshots. Our
// own executor runs it: field by field for all things of a level, and writes
// JSON as it goes. Where it cannot, graphql-go does: for introspection, for
// citations of a whole answer, and where something fails, so that errors are
// worded in one place.
type Operation struct {
	schema     *Schema
	document   *ast.Document
	definition *ast.OperationDefinition
	directed   bool // directives read variables: the plan is made each time
	plan       *plan
}

// Operation makes an operation of a document ready. It can be run many times,
// by several at once.
func (s *Schema) Operation(document *ast.Document, definition *ast.OperationDefinition) *Operation {
	o := &Operation{schema: s, document: document, definition: definition, directed: directed(document)}
	if !o.directed {
		o.plan = s.newPlan(document, definition, nil)
	}
	return o
}

// Planned tells how many fields the operation has been made ready for so far: a
// field counts once for each way to it, of each type. It keeps some 700 bytes of
// each, and runs over other things add to them.
func (o *Operation) Planned() int64 {
	if o.plan == nil {
		return 0
	}
	return o.plan.fields.Load()
}

// Answer is what a run gave.
type Answer struct {
	Data   []byte // JSON, fields in the order in which they are asked for; "null" where a field that must not be null failed
	Errors []gqlerrors.FormattedError
	Fault  string // of our executor, where graphql-go answered for it; for the log
	Report

	space *workspace // of which Data is a part
}

// Free gives the memory of Data back for the next run: whoever calls it makes no
// use of Data afterwards. It need not be called.
func (a *Answer) Free() {
	if a.space != nil {
		a.space.putBack()
		a.Data, a.space = nil, nil
	}
}

// Runs counts what was run.
type Runs struct {
	Own      atomic.Int64 // by our executor
	FellBack atomic.Int64 // by graphql-go
}

// Run runs the operation over a snapshot.
func (o *Operation) Run(ctx context.Context, snap *index.Snapshot, variables map[string]any) (Answer, error) {
	r := &request{ctx: ctx, snap: snap, gathered: gathering(ctx)}
	space, fault := o.own(r, variables)
	if space != nil {
		o.schema.runs.Own.Add(1)
		return Answer{Data: space.out, Report: r.report(), space: space}, nil
	}
	o.schema.runs.FellBack.Add(1)
	a, err := o.fallBack(ctx, snap, variables)
	a.Fault = fault
	return a, err
}

// fallBack has graphql-go run the operation.
func (o *Operation) fallBack(ctx context.Context, snap *index.Snapshot, variables map[string]any) (Answer, error) {
	name := ""
	if o.definition.Name != nil {
		name = o.definition.Name.Value
	}
	result, report := o.schema.Execute(ctx, snap, o.document, name, variables)
	a := Answer{Data: []byte("null"), Errors: result.Errors, Report: report}
	if result.Data == nil {
		return a, nil
	}
	var err error
	a.Data, err = inOrder(o.document, o.definition, result.Data)
	return a, err
}

// own runs the operation without graphql-go; it gives up at the first error,
// without an answer. The fault is a panic.
func (o *Operation) own(r *request, given map[string]any) (answer *workspace, fault string) {
	space := workspaces.Get().(*workspace)
	defer func() {
		if cause := recover(); cause != nil { // graphql-go meets it again, and tells of it, unless it is ours alone
			answer, fault = nil, (&internalError{cause, debug.Stack()}).Detail()
		}
		if answer == nil {
			space.putBack()
		}
	}()
	p := o.plan
	if p == nil && !o.directed {
		return nil, ""
	}
	variables, ok := o.schema.variables(o.definition.VariableDefinitions, given)
	if !ok {
		return nil, ""
	}
	if o.directed {
		if p = o.schema.newPlan(o.document, o.definition, variables); p == nil {
			return nil, ""
		}
	}
	x := execution{request: r, variables: variables, types: o.schema, workspace: space}
	root := &level{selection: p.root, things: []any{nil}}
	if err := x.fill(root); err != nil {
		return nil, ""
	}
	if err := x.object(root); err != nil || r.ctx.Err() != nil {
		return nil, ""
	}
	return space, ""
}

// workspace is memory that one run after the other makes use of.
type workspace struct {
	out     []byte
	columns []column
	values  []any
}

var workspaces = sync.Pool{New: func() any { return &workspace{} }}

// What a workspace has at most when it waits for the next run.
const (
	mostOut   = 64 << 10
	mostTaken = 4 << 10
)

// taken takes n zero items of a list; a list that is too short is replaced, and
// what was taken of it stays with its takers.
func taken[T any](list *[]T, n int) []T {
	if cap(*list)-len(*list) < n {
		*list = make([]T, 0, max(2*cap(*list), n, 32))
	}
	from := len(*list)
	*list = (*list)[:from+n]
	return (*list)[from : from+n : from+n]
}

func (w *workspace) putBack() {
	if cap(w.out) > mostOut || cap(w.columns) > mostTaken || cap(w.values) > mostTaken {
		return
	}
	clear(w.columns)
	clear(w.values)
	w.out, w.columns, w.values = w.out[:0], w.columns[:0], w.values[:0]
	workspaces.Put(w)
}

// execution is one run of a plan.
type execution struct {
	*request
	types     *Schema
	variables map[string]any
	*workspace
}

// level is all things of an answer for which the same is selected, in the order
// in which they are written.
type level struct {
	selection *selection
	things    []any
	columns   []column
	next      int // to be written
}

// column is what a field gave for each thing of a level. Fields that are simply
// read, and have none below, are read when they are written.
type column struct {
	values []any // lists of things with fields are []any
	below  *level
	byType map[*graphql.Object]*level

	expected int // things below, for a start
}

var errNotOurs = errors.New("left to graphql-go")

// fill reads the fields of a level for all of its things, then the levels below.
func (x *execution) fill(l *level) error {
	l.columns = taken(&x.columns, len(l.selection.fields))
	for i, f := range l.selection.fields {
		if f.typename != "" || f.reader.read != nil && f.sets == nil {
			continue
		}
		if err := x.read(l, f, &l.columns[i]); err != nil {
			return err
		}
	}
	for i := range l.columns {
		c := &l.columns[i]
		if c.below != nil && len(c.below.things) > 0 {
			if err := x.fill(c.below); err != nil {
				return err
			}
		}
		for _, below := range c.byType {
			if err := x.fill(below); err != nil {
				return err
			}
		}
	}
	return nil
}

// read reads one field for all things of a level, and finds the things below.
func (x *execution) read(l *level, f *planned, c *column) (err error) {
	if err := x.check(); err != nil {
		return err
	}
	switch {
	case f.reader.look != nil:
		x.lookups++
		if c.values, err = f.reader.look(x.request, l.things, f.args.with(x.variables)); err != nil {
			return err
		}
		if err := x.ctx.Err(); err != nil {
			return err // a look-up that was stopped gives less than it should
		}
	case f.reader.with != nil:
		c.values = taken(&x.values, len(l.things))
		a := f.args.with(x.variables)
		for i, thing := range l.things {
			if c.values[i], err = f.reader.with(x.request, thing, a); err != nil {
				return err
			}
		}
	default:
		c.values = taken(&x.values, len(l.things))
		for i, thing := range l.things {
			c.values[i] = f.reader.read(thing)
		}
	}
	composite := f.out.composite()
	c.expected = len(l.things)
	for i, v := range c.values {
		if v = known(v); v != nil && composite {
			if v, err = x.below(f, f.out, c, x.counted(v)); err != nil {
				return err
			}
		} else if v != nil {
			v = x.counted(v)
		}
		c.values[i] = v
	}
	return x.check()
}

// counted counts the items of a value, and notes it where someone gathers.
func (x *execution) counted(v any) any {
	if x.gathered != nil {
		return x.count(v)
	}
	if c, ok := v.(*connection); ok {
		x.items += len(c.edges)
	}
	return v
}

// below adds the things of a value to the level below, and gives the value with
// its lists as []any.
func (x *execution) below(f *planned, s *form, c *column, v any) (any, error) {
	if s.list != nil {
		items, ok := itemsOf(v)
		if !ok {
			return nil, errNotOurs
		}
		c.expected = max(c.expected, len(items))
		if x.gathered == nil {
			x.items += len(items)
		}
		for i, item := range items {
			if item = known(item); item != nil {
				var err error
				if item, err = x.below(f, s.list, c, item); err != nil {
					return nil, err
				}
			}
			items[i] = item
		}
		return items, nil
	}
	if s.object != nil {
		if c.below == nil {
			selection := f.of(s.object)
			if selection == nil {
				return nil, errNotOurs
			}
			c.below = &level{selection: selection, things: taken(&x.values, c.expected)[:0]}
		}
		c.below.things = append(c.below.things, v)
		return v, nil
	}
	t := x.types.builder.typeOf(v)
	if t == nil {
		return nil, errNotOurs
	}
	l := c.byType[t]
	if l == nil {
		selection := f.of(t)
		if selection == nil {
			return nil, errNotOurs
		}
		if c.byType == nil {
			c.byType = map[*graphql.Object]*level{}
		}
		l = &level{selection: selection}
		c.byType[t] = l
	}
	l.things = append(l.things, v)
	return v, nil
}

// itemsOf gives the items of a list as a slice of its own.
func itemsOf(v any) ([]any, bool) {
	switch v := v.(type) {
	case []any:
		return append([]any(nil), v...), true
	case []*edge:
		return anys(v), true
	case []*index.Event:
		return anys(v), true
	case []*index.Participation:
		return anys(v), true
	case []*index.Passage:
		return anys(v), true
	case []*index.Source:
		return anys(v), true
	}
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice {
		return nil, false
	}
	out := make([]any, r.Len())
	for i := range out {
		out[i] = r.Index(i).Interface()
	}
	return out, true
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}
