package schema

import (
	"fmt"

	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// networkTypes declares the co-attendance network, its members and communities.
func (b *schemaBuilder) networkTypes() {
	b.centrality = b.object("Centrality", "The place of an actor or person in the co-attendance network.", nil, func(t *typ) {
		read(t, "entity", must(b.entity), "Whose place.", func(m *index.NetworkMember) any { return m.Who })
		read(t, "events", must(graphql.Int), "Held events at which it took part.", func(m *index.NetworkMember) any { return m.Events })
		read(t, "degree", must(graphql.Int), "How many others it met.", func(m *index.NetworkMember) any { return m.Degree })
		read(t, "strength", must(graphql.Int), "How often it met others, added up over all of them.", func(m *index.NetworkMember) any { return m.Strength })
		read(t, "betweenness", must(graphql.Float), "The share of the shortest paths between others that lead through it, from 0 to 1, rounded to six digits.", func(m *index.NetworkMember) any { return rounded(m.Betweenness) })
		read(t, "community", b.community, "The community that it belongs to.", func(m *index.NetworkMember) any { return m.Community })
	})
	b.community = b.object("Community", "A group that met among itself more than with others.", nil, func(t *typ) {
		read(t, "number", must(graphql.Int), "From 1, the largest first. It may change with the graph.", func(c *index.Community) any { return c.Number })
		read(t, "size", must(graphql.Int), "How many members.", func(c *index.Community) any { return len(c.Members) })
		look(t, "members", must(b.centralities), "Its members, those who met others most often first.", paging(10), each(func(_ *request, c *index.Community, a args) (any, error) {
			return page(c.Members, asGiven(memberID), a, 10, func(m *index.NetworkMember) edge { return edge{node: m} })
		}))
	})
	b.coNetwork = b.object("CoAttendanceNetwork", "Who met whom at events that were held.", nil, func(t *typ) {
		read(t, "size", must(graphql.Int), "How many actors or people.", func(n *index.Network) any { return len(n.Members) })
		read(t, "pairs", must(graphql.Int), "How many pairs met at least once.", func(n *index.Network) any { return n.Pairs })
		read(t, "modularity", must(graphql.Float), "How clearly the communities stand apart: 0 is chance, above 0.3 is clear.", func(n *index.Network) any { return rounded(n.Modularity) })
		read(t, "exact", must(graphql.Boolean), "Whether betweenness counts all shortest paths; on large networks it is estimated from a sample.", func(n *index.Network) any { return n.Exact })
		look(t, "centrality", must(b.centralities), "The members with their centrality; the highest degree first if no order is given.", with(paging(10), "orderBy", many(b.inputs.centralityOrder), "In which order."),
			each(func(_ *request, n *index.Network, a args) (any, error) {
				return page(n.Members, centralityOrdering(a["orderBy"]), a, 10, func(m *index.NetworkMember) edge { return edge{node: m} })
			}))
		look(t, "communities", must(b.communities), "The communities (Louvain method, edges weighted by events), the largest first.", paging(10), each(func(_ *request, n *index.Network, a args) (any, error) {
			o := ordering[*index.Community]{keys: []orderKey[*index.Community]{{of: func(c *index.Community) string { return number(c.Number) }}}}
			return page(n.Communities, o, a, 10, func(c *index.Community) edge { return edge{node: c} })
		}))
	})
}

func memberID(m *index.NetworkMember) string { return string(m.Who.NodeID()) }

func rounded(x float64) float64 { return float64(int64(x*1e6+0.5)) / 1e6 }

// centralityOrdering reads CentralityOrder keys.
func centralityOrdering(v any) ordering[*index.NetworkMember] {
	of := map[string]func(*index.NetworkMember) string{
		"DEGREE":      func(m *index.NetworkMember) string { return number(m.Degree) },
		"STRENGTH":    func(m *index.NetworkMember) string { return number(m.Strength) },
		"EVENTS":      func(m *index.NetworkMember) string { return number(m.Events) },
		"BETWEENNESS": func(m *index.NetworkMember) string { return fmt.Sprintf("%.9f", m.Betweenness) },
		"NAME":        func(m *index.NetworkMember) string { return m.Who.Self().Name },
	}
	if v == nil {
		v = []any{map[string]any{"field": "DEGREE", "direction": "DESC"}}
	}
	return ordered(v, of, "DEGREE", memberID)
}

// networkField declares the entry to the network.
func (b *schemaBuilder) networkField(t *typ) {
	config := graphql.FieldConfigArgument{"kind": {Type: b.coKind, DefaultValue: string(graph.KindActor), Description: "Of actors or of people."}}
	look(t.weighs("network", 5000), "network", must(b.coNetwork), "The co-attendance network of all events that were held: who is central, and which communities there are. It is computed once a snapshot.", config,
		each(func(r *request, _ any, a args) (any, error) { return networkOf(r, graph.Kind(a.text("kind"))) }))
}

func networkOf(r *request, kind graph.Kind) (*index.Network, error) {
	n, ok := r.snap.Network(r.ctx, kind)
	if !ok {
		return nil, r.ctx.Err()
	}
	return n, nil
}

// centralityField declares the place of an actor or person in its network.
func (b *schemaBuilder) centralityField(t *typ) {
	look(t.weighs("centrality", 100), "centrality", b.centrality, "Its place in the co-attendance network; null where it took part in no event that was held.", nil, func(r *request, things []index.Named, _ args) ([]any, error) {
		out := make([]any, len(things))
		for i, x := range things {
			n, err := networkOf(r, x.NodeID().Kind())
			if err != nil {
				return nil, err
			}
			out[i] = known(n.Member(x.NodeID()))
		}
		return out, nil
	})
}
