package schema

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
)

// Schema is the GraphQL API. It is made once and serves every snapshot.
type Schema struct {
	graphql graphql.Schema
	types   types
	builder *schemaBuilder
	forms   sync.Map // graphql.Type -> *form
	runs    Runs
}

// New builds the schema from the declarations of this package.
func New() (*Schema, error) {
	currentIntrospection()
	b := &schemaBuilder{enums: newEnums(), types: types{}}
	b.inputs = newInputs(b.enums)
	b.pageInfo = b.newPageInfo()
	b.declare()
	s, err := graphql.NewSchema(graphql.SchemaConfig{Query: b.query(), Types: b.all()})
	if err != nil {
		return nil, fmt.Errorf("build the GraphQL schema: %w", err)
	}
	warm(&s)
	return &Schema{graphql: s, types: b.types, builder: b}, nil
}

// warm makes graphql-go fill the tables that it would otherwise fill, without a
// lock, when the first requests arrive side by side.
func warm(s *graphql.Schema) {
	for _, t := range s.TypeMap() {
		switch t := t.(type) {
		case *graphql.Enum:
			t.Serialize("")
			t.ParseValue("")
		case graphql.Abstract:
			s.IsPossibleType(t, s.QueryType())
		}
	}
}

// GraphQL gives the schema for validation and introspection, as a copy of its
// own: graphql-go writes to it.
func (s *Schema) GraphQL() *graphql.Schema {
	own := s.graphql
	return &own
}

// Report tells what an execution did beside its answer.
type Report struct {
	Lookups int      // batched look-ups
	Notes   []string // on names in filters that fit nothing, or several things
}

// Execute runs a parsed and validated document over a snapshot.
func (s *Schema) Execute(ctx context.Context, snap *index.Snapshot, document *ast.Document, operation string, variables map[string]any) (*graphql.Result, Report) {
	r := &request{ctx: ctx, snap: snap, batches: map[batchKey]*batch{}, gathered: gathering(ctx)}
	result := s.execute(r, document, operation, variables)
	return result, r.report()
}

func (r *request) report() Report {
	slices.Sort(r.notes)
	return Report{r.lookups, r.notes}
}

// Runs tells how many operations were run, and how.
func (s *Schema) Runs() *Runs { return &s.runs }

func (s *Schema) execute(r *request, document *ast.Document, operation string, variables map[string]any) *graphql.Result {
	// graphql-go answers as soon as a context ends and leaves its work running
	// beside, so it never sees the end; the fields do.
	own := context.WithValue(context.WithoutCancel(r.ctx), requestKey{}, r)
	result := graphql.Execute(graphql.ExecuteParams{Schema: s.graphql, AST: document, OperationName: operation, Args: variables, Context: own})
	r.citations(result)
	return result
}

// Cause finds why a field failed below graphql-go's wrappings: the code for the
// client, and of a fault of ours the detail for the log, which a client must
// not see.
func Cause(err gqlerrors.FormattedError) (code, detail string) {
	cause := err.OriginalError()
	for cause != nil {
		switch e := cause.(type) {
		case *internalError:
			return "INTERNAL", e.Detail()
		case *UserError:
			return e.Code, ""
		case *gqlerrors.Error:
			cause = e.OriginalError
		case gqlerrors.FormattedError:
			cause = e.OriginalError()
		default:
			return "EXECUTION", ""
		}
	}
	return "EXECUTION", ""
}

// schemaBuilder makes the types; they refer to each other, so fields are filled
// in after all of them exist.
type schemaBuilder struct {
	enums
	inputs
	types    types
	pageInfo *graphql.Object

	node, entity                                                                                                                                                                                    *graphql.Interface
	event, series, actor, person, topic, instrument, initiative, place, source                                                                                                                      *graphql.Object
	participation, delegation, passage, discussion, reference, outcome, quotation, threat, hiatus, planned, neighbour                                                                               *graphql.Object
	conflict, membership, judgement, resource                                                                                                                                                       *graphql.Object
	statement, literal, uncertainDate, sameAnswer, nameUse, coNetwork, centrality, community, highlight, claimedValue, count, position, name, coverage, yearCount, candidate, hop, path, facetCount *graphql.Object
	statementObject                                                                                                                                                                                 *graphql.Union
	coAttendance, comparison, stats, kindCount, facetResult                                                                                                                                         *graphql.Object

	events, participations, topics, references, people, actors, passages, statements, coAttendees, parties, allSeries, allTopics, instruments, initiatives, places, sources, hits, conflicts, coAttendances, centralities, communities *graphql.Object

	fill []func()
}

// object makes a type whose fields are declared later.
func (b *schemaBuilder) object(name, doc string, interfaces []*graphql.Interface, declare func(*typ)) *graphql.Object {
	t := newType()
	b.types[name] = t
	b.fill = append(b.fill, func() { declare(t) })
	return graphql.NewObject(graphql.ObjectConfig{Name: name, Description: doc, Interfaces: interfaces,
		Fields: graphql.FieldsThunk(func() graphql.Fields { return t.fields })})
}

func (b *schemaBuilder) all() []graphql.Type {
	return []graphql.Type{b.event, b.series, b.actor, b.person, b.topic, b.instrument, b.initiative, b.place, b.source, b.participation, b.delegation,
		b.passage, b.discussion, b.reference, b.outcome, b.quotation, b.threat, b.hiatus, b.planned, b.neighbour, b.conflict, b.membership, b.judgement, b.resource, b.literal}
}

// resource stands for a node that has no type of its own in the schema.
type resource struct{ id, iri string }

// typeOf gives the GraphQL type of a thing.
func (b *schemaBuilder) typeOf(v any) *graphql.Object {
	switch v.(type) {
	case *index.Event:
		return b.event
	case *index.Series:
		return b.series
	case *index.Actor:
		return b.actor
	case *index.Person:
		return b.person
	case *index.Topic:
		return b.topic
	case *index.Instrument:
		return b.instrument
	case *index.Initiative:
		return b.initiative
	case *index.Place:
		return b.place
	case *index.Source:
		return b.source
	case *index.Participation:
		return b.participation
	case *index.Delegation:
		return b.delegation
	case *index.Passage:
		return b.passage
	case *index.Discussion:
		return b.discussion
	case *index.Reference:
		return b.reference
	case *index.Outcome:
		return b.outcome
	case *index.Quotation:
		return b.quotation
	case *index.Threat:
		return b.threat
	case *index.Hiatus:
		return b.hiatus
	case *index.Planned:
		return b.planned
	case *index.Neighbour:
		return b.neighbour
	case *index.Conflict:
		return b.conflict
	case *index.Membership:
		return b.membership
	case *index.Judgement:
		return b.judgement
	case resource:
		return b.resource
	case literalValue:
		return b.literal
	}
	return nil
}

func (b *schemaBuilder) resolveType(p graphql.ResolveTypeParams) *graphql.Object {
	return b.typeOf(p.Value)
}
