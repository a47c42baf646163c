package schema

import (
	"context"
	"reflect"

	"dialograph/graph/index"
)

// Gathered are the things that an answer was made of, each once, in the order in
// which they were met.
type Gathered struct {
	Things []index.Thing

	seen map[index.Thing]bool
}

type gatheredKey struct{}

// Gathering gives a context in which executions note the things that they read:
// what a field gives, and the items of its lists; of two who met also the events,
// of a path its stations.
func Gathering(ctx context.Context) (context.Context, *Gathered) {
	g := &Gathered{seen: map[index.Thing]bool{}}
	return context.WithValue(ctx, gatheredKey{}, g), g
}

func gathering(ctx context.Context) *Gathered {
	g, _ := ctx.Value(gatheredKey{}).(*Gathered)
	return g
}

// take notes the things of a value.
func (g *Gathered) take(v any) {
	switch v := v.(type) {
	case *connection:
		for _, e := range v.edges {
			g.take(e.node)
			g.take(e.value)
		}
	case index.Pair:
		g.take(v.A)
		g.take(v.B)
		g.take(v.Events)
	case index.CoAttendee:
		g.take(v.Who)
		g.take(v.Events())
	case index.Path:
		g.take(v.Hops)
	case index.Hop:
		g.take(v.From)
		g.take(v.To)
	case index.Thing:
		if !g.seen[v] {
			g.seen[v] = true
			g.Things = append(g.Things, v)
		}
	case nil:
	default:
		if list := reflect.ValueOf(v); list.Kind() == reflect.Slice {
			for i := range list.Len() {
				g.take(list.Index(i).Interface())
			}
		}
	}
}
