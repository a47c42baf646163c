package schema

import (
	"context"
	"errors"
	"regexp"

	"dialograph/graph/index"

	"github.com/graphql-go/graphql/language/parser"
)

// Chosen is what filters chose.
type Chosen struct {
	Events         []*index.Event         // by date
	Participations []*index.Participation // in these events
	Notes          []string               // on names that fit nothing, or several things
	Unknown        []string               // those of the notes that are on what is not there
}

const selecting = `query($where: EventWhere, $of: ParticipationWhere) { events(where: $where, first: 0) { totalCount } attendance(where: $of, first: 0) { totalCount } }`

// variableFault is how graphql-go begins what is wrong in a variable.
var variableFault = regexp.MustCompile(`(?s)^Variable "\$\w+" got invalid value .*?\.\n`)

// Select chooses events by an EventWhere and participations in them by a
// ParticipationWhere, both as JSON gives them and read as variables of a query
// are. Without a where for participations, all in the events count.
func (s *Schema) Select(ctx context.Context, snap *index.Snapshot, events, participations map[string]any) (Chosen, error) {
	document, err := parser.Parse(parser.ParseParams{Source: selecting})
	if err != nil {
		return Chosen{}, err
	}
	within := map[string]any{"event": events}
	if participations != nil {
		within = map[string]any{"and": []any{participations, within}}
	}
	variables := map[string]any{"where": events, "of": within}
	if events == nil {
		variables["where"] = map[string]any{}
		within["event"] = map[string]any{}
	}
	r := &request{ctx: ctx, snap: snap, batches: map[batchKey]*batch{}, choosing: true}
	result := s.execute(r, document, "", variables)
	if len(result.Errors) > 0 {
		return Chosen{}, errors.New(variableFault.ReplaceAllString(result.Errors[0].Message, ""))
	}
	out := Chosen{Notes: r.notes, Unknown: r.unknown}
	for _, c := range r.lists { // one of the two, as its field
		c.read()
		out.Events, out.Participations = append(out.Events, c.events...), append(out.Participations, c.participations...)
	}
	return out, nil
}
