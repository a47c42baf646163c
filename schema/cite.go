package schema

import (
	"dialograph/graph"
	"dialograph/graph/citation"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// citeField declares the citations of a thing's sources.
func (b *schemaBuilder) citeField(t *typ, doc string, of func(any) []*index.Source) {
	readWith(t, "cite", must(graphql.String), doc, b.citeArgs(), func(_ *request, x any, a args) (any, error) {
		return cite(of(x), a.text("format")), nil
	})
}

func (b *schemaBuilder) citeArgs() graphql.FieldConfigArgument {
	return graphql.FieldConfigArgument{"format": {Type: b.citation, DefaultValue: "BIBTEX", Description: "How."}}
}

// citeQuery declares the citations of a whole answer. The field is read before
// the others, so it leaves its place empty; citations fills it in.
func (b *schemaBuilder) citeQuery(t *typ) {
	config := with(b.citeArgs(), "of", many(graphql.ID), "Only the sources behind these things; without it, those behind everything else in the same answer.")
	t.fields["cite"] = &graphql.Field{
		Name: "cite", Type: must(graphql.String), Args: config,
		Description: "The sources behind an answer, for a bibliography: ask for it beside the other fields of a query.",
		Resolve: func(p graphql.ResolveParams) (any, error) {
			r := requestOf(p.Context)
			format, _ := p.Args["format"].(string)
			if ids, ok := p.Args["of"].([]any); ok {
				behind := &request{snap: r.snap, sources: map[*index.Source]bool{}}
				for _, id := range texts(ids) {
					x := r.snap.Node(graph.ID(id))
					if x == nil {
						return nil, userErrorf("NOT_FOUND", "of: there is no %q; search finds identifiers such as event/eu-rok-cyber-dialogue-07", id)
					}
					behind.back(x)
				}
				return cite(behind.behind(), format), nil
			}
			if r.sources == nil {
				r.sources, r.cited = map[*index.Source]bool{}, map[string]string{}
			}
			name := p.Info.FieldName
			if alias := p.Info.FieldASTs[0].Alias; alias != nil {
				name = alias.Value
			}
			r.cited[name] = format
			return "", nil
		},
	}
}

// citations fills the citations of a whole answer in.
func (r *request) citations(result *graphql.Result) {
	data, ok := result.Data.(map[string]any)
	if !ok || len(r.cited) == 0 {
		return
	}
	for name, format := range r.cited {
		data[name] = cite(r.behind(), format)
	}
}

func (r *request) behind() []*index.Source {
	out := make([]*index.Source, 0, len(r.sources))
	for s := range r.sources {
		out = append(out, s)
	}
	return out
}

func cite(sources []*index.Source, format string) string {
	list := make([]citation.Source, len(sources))
	for i, s := range sources {
		list[i] = citation.Source{ID: s.ID, Source: s.As}
	}
	if format == "CSL_JSON" {
		return citation.CSL(list)
	}
	return citation.BibTeX(list)
}

// back notes the sources behind a value that is read.
func (r *request) back(v any) {
	switch v := v.(type) {
	case *connection:
		for _, e := range v.edges {
			r.back(e.node)
			r.back(e.value)
		}
		return
	case *index.Source:
		r.sources[v] = true
		return
	case *index.Passage:
		r.back(v.Source)
		return
	case []any:
		for _, x := range v {
			r.back(x)
		}
		return
	}
	for _, s := range sourcesOf(v) {
		r.sources[s] = true
	}
}

// sourcesOf gives the sources behind a thing or a relation.
func sourcesOf(v any) []*index.Source {
	switch v := v.(type) {
	case *index.Event:
		return v.Sources
	case *index.Participation:
		return v.Evidence.Sources()
	case *index.Delegation:
		return v.Evidence.Sources()
	case *index.Discussion:
		return v.Evidence.Sources()
	case *index.Reference:
		return v.Evidence.Sources()
	case *index.Outcome:
		return v.Evidence.Sources()
	case *index.Quotation:
		return v.Evidence.Sources()
	case *index.Threat:
		return v.Evidence.Sources()
	case *index.Hiatus:
		return v.Evidence.Sources()
	case *index.Planned:
		return v.Evidence.Sources()
	case *index.Neighbour:
		return v.Evidence.Sources()
	case *index.Membership:
		return v.Evidence.Sources()
	case *index.Judgement:
		return v.Evidence.Sources()
	case *index.Position:
		return v.Evidence.Sources()
	case *index.Count:
		return v.Evidence.Sources()
	case *index.Date:
		return v.Evidence.Sources()
	case *index.Statement:
		return v.Evidence.Sources()
	case index.Hop:
		return v.Evidence.Sources()
	case index.Path:
		return joined(v.Hops)
	case index.CoAttendee:
		return joined(v.Events())
	case index.Pair:
		return joined(v.Events)
	case *index.Conflict:
		return joined(v.Values)
	case index.ClaimedValue:
		return v.Evidence.Sources()
	case index.Named:
		return v.Self().Evidence.Sources()
	}
	return listSources(v)
}

func joined[T any](list []T) []*index.Source {
	var out []*index.Source
	for _, x := range list {
		out = append(out, sourcesOf(x)...)
	}
	return out
}

// listSources gives the sources behind the items of the lists that fields give.
func listSources(v any) []*index.Source {
	switch v := v.(type) {
	case []*index.Source:
		return v
	case []*index.Passage:
		var out []*index.Source
		for _, p := range v {
			out = append(out, p.Source)
		}
		return out
	case []*index.Event:
		return joined(v)
	case []*index.Participation:
		return joined(v)
	case []*index.Delegation:
		return joined(v)
	case []*index.Outcome:
		return joined(v)
	case []*index.Quotation:
		return joined(v)
	case []*index.Threat:
		return joined(v)
	case []*index.Planned:
		return joined(v)
	case []*index.Neighbour:
		return joined(v)
	case []*index.Conflict:
		return joined(v)
	case []*index.Judgement:
		return joined(v)
	case []*index.Position:
		return joined(v)
	case []*index.Membership:
		return joined(v)
	case []*index.Count:
		return joined(v)
	case []*index.Actor:
		return joined(v)
	case []*index.Topic:
		return joined(v)
	case []index.Path:
		return joined(v)
	case []index.Hop:
		return joined(v)
	case []index.ClaimedValue:
		return joined(v)
	case []index.Named:
		return joined(v)
	}
	return nil
}
