package bench

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/schema/graphqlhttp"
)

// question is a document that is asked again and again, with other variables.
type question struct {
	name, about, document string
	variables             []map[string]any
	// hand answers without GraphQL, as a handler written for this question would.
	hand      func(*index.Snapshot, map[string]any) any
	documents []string // in place of one document with variables
}

// bodies are the requests of a question.
func (q question) bodies() ([][]byte, error) {
	var out [][]byte
	add := func(r graphqlhttp.Request) error {
		body, err := json.Marshal(r)
		out = append(out, body)
		return err
	}
	for _, v := range q.variables {
		if err := add(graphqlhttp.Request{Query: q.document, Variables: v}); err != nil {
			return nil, err
		}
	}
	for _, text := range q.documents {
		if err := add(graphqlhttp.Request{Query: text}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// examples are many documents asked in turn. graphql-go's parser takes letters
// beyond ASCII in comments amiss, so they are left out.
func examples(texts map[string]string) question {
	q := question{name: "Q8", about: fmt.Sprintf("%d worked examples in turn", len(texts))}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		q.documents = append(q.documents, comment.ReplaceAllString(texts[name], ""))
	}
	return q
}

var comment = regexp.MustCompile(`(?m)^\s*#.*$`)

// asked is how many different sets of variables a question has.
const asked = 64

// QuestionNames are the names of all questions.
func QuestionNames() []string { return []string{"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"} }

// questions are those of the benchmark over a snapshot. Half of the things that
// they ask for are the most popular ones, half are any.
func questions(s *index.Snapshot, seed uint64) ([]question, error) {
	if len(s.Events) == 0 || len(s.Actors) == 0 || len(s.Topics) == 0 || len(s.People) == 0 {
		return nil, fmt.Errorf("the graph has no events, actors, topics or people to ask for")
	}
	r := rand.New(rand.NewPCG(seed, seed))
	actors, topics := popular(r, s.Actors, func(a *index.Actor) int { return len(s.EventsOf(a)) }), popular(r, s.Topics, func(t *index.Topic) int { return len(s.EventsOf(t)) })
	events := popular(r, s.Events, func(*index.Event) int { return 0 })
	ids := func(list []graph.ID) (out []map[string]any) {
		for _, id := range list {
			out = append(out, map[string]any{"id": string(id)})
		}
		return out
	}
	var ranges, words []map[string]any
	for _, id := range topics {
		year := 2004 + r.IntN(20)
		ranges = append(ranges, map[string]any{"topic": string(id), "from": fmt.Sprint(year), "to": fmt.Sprint(year + 1)})
	}
	for i := range asked {
		name := s.People[r.IntN(len(s.People))].Name
		if i%2 == 0 {
			name = s.Actors[r.IntN(len(s.Actors))].Name
		}
		words = append(words, map[string]any{"text": name})
	}
	return []question{
		{name: "Q1", about: "event by id", document: `query ($id: ID!) { event(id: $id) { id name date { edtf } place { name } series { name } participations(first: 10) { nodes { role person { name } actor { name } } } topics(first: 10) { nodes { name } } } }`, variables: ids(events), hand: handEvent},
		{name: "Q2", about: "actor by id, its 20 newest events", document: `query ($id: ID!) { actor(id: $id) { name events(first: 20, orderBy: [{field: DATE, direction: DESC}]) { nodes { id name date { edtf } } } } }`, variables: ids(actors), hand: handNewest},
		{name: "Q3", about: "actor, 10 bodies it met most", document: `query ($id: ID!) { actor(id: $id) { name coAttendees(first: 10) { edges { count node { id name } } } } }`, variables: ids(actors), hand: handMet},
		{name: "Q4", about: "topic, instruments of its events", document: `query ($id: ID!) { topic(id: $id) { name events(first: 0) { totalCount facets(by: [INSTRUMENT], first: 100) { values { value count } } } } }`, variables: ids(topics), hand: handInstruments},
		{name: "Q5", about: "events by date and topic, 50 with chairs", document: `query ($topic: ID!, $from: String!, $to: String!) { events(first: 50, where: {date: {from: $from, to: $to}, topic: [{id: $topic}]}) { nodes { id name date { edtf } participations(first: 10, where: {role: [CHAIR]}) { nodes { person { name } } } } } }`, variables: ranges, hand: handChairs},
		{name: "Q6", about: "10 people and actors by name", document: `query ($text: String!) { search(text: $text, kinds: [PERSON, ACTOR], first: 10) { edges { matched node { id name } } } }`, variables: words, hand: handSearch},
	}, nil
}

// popular draws identifiers: half are those with the most, half are any.
func popular[T index.Thing](r *rand.Rand, list []T, weight func(T) int) []graph.ID {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b T) int { return cmp.Compare(weight(b), weight(a)) })
	out := make([]graph.ID, asked)
	for i := range out {
		if i%2 == 0 {
			out[i] = sorted[i/2%len(sorted)].NodeID()
		} else {
			out[i] = list[r.IntN(len(list))].NodeID()
		}
	}
	return out
}

// The answers by hand: plain structs in the shape of the answer, read from the
// snapshot's structs without caches, and written by encoding/json.

type named struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

type dated struct {
	EDTF string `json:"edtf"`
}

type nodes[T any] struct {
	Nodes []T `json:"nodes"`
}

func dateOf(e *index.Event) *dated {
	if e.Date.IsZero() {
		return nil
	}
	return &dated{e.Date.Value.String()}
}

func nameOf[P interface {
	comparable
	index.Named
}](x P) *named {
	var none P
	if x == none {
		return nil
	}
	return &named{Name: x.Self().Name}
}

func get[T index.Thing](s *index.Snapshot, v map[string]any, name string) T {
	x, _ := index.Get[T](s, graph.ID(v[name].(string)))
	return x
}

func handEvent(s *index.Snapshot, v map[string]any) any {
	type participation struct {
		Role   string `json:"role"`
		Person *named `json:"person"`
		Actor  *named `json:"actor"`
	}
	type event struct {
		ID             string               `json:"id"`
		Name           string               `json:"name"`
		Date           *dated               `json:"date"`
		Place          *named               `json:"place"`
		Series         *named               `json:"series"`
		Participations nodes[participation] `json:"participations"`
		Topics         nodes[*named]        `json:"topics"`
	}
	e := get[*index.Event](s, v, "id")
	out := event{ID: string(e.ID), Name: e.Name, Date: dateOf(e), Place: nameOf(e.Place()), Series: nameOf(e.Series)}
	for _, p := range e.Participations[:min(10, len(e.Participations))] {
		out.Participations.Nodes = append(out.Participations.Nodes, participation{roleNames[p.As.Role], nameOf(p.Person), nameOf(p.Actor)})
	}
	for _, d := range e.Topics[:min(10, len(e.Topics))] {
		out.Topics.Nodes = append(out.Topics.Nodes, nameOf(d.Topic))
	}
	return map[string]event{"event": out}
}

var roleNames = map[string]string{"chair": "CHAIR", "co-chair": "CO_CHAIR", "head-of-delegation": "HEAD_OF_DELEGATION", "member": "MEMBER", "accompanied": "ACCOMPANIED",
	"observer": "OBSERVER", "organiser": "ORGANISER", "host": "HOST", "speaker": "SPEAKER", "signatory": "SIGNATORY"}

type listed struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Date *dated `json:"date"`
}

func handNewest(s *index.Snapshot, v map[string]any) any {
	type actor struct {
		Name   string        `json:"name"`
		Events nodes[listed] `json:"events"`
	}
	a := get[*index.Actor](s, v, "id")
	out := actor{Name: a.Name, Events: nodes[listed]{Nodes: []listed{}}}
	events := s.EventsOf(a)
	for end := len(events); end > 0 && len(out.Events.Nodes) < 20; {
		day := end - 1 // of one day, the first identifier first
		for day > 0 && events[day-1].Date.Value.String() == events[end-1].Date.Value.String() {
			day--
		}
		for _, e := range events[day:min(end, day+20-len(out.Events.Nodes))] {
			out.Events.Nodes = append(out.Events.Nodes, listed{string(e.ID), e.Name, dateOf(e)})
		}
		end = day
	}
	return map[string]actor{"actor": out}
}

func handMet(s *index.Snapshot, v map[string]any) any {
	type edge struct {
		Count int    `json:"count"`
		Node  *named `json:"node"`
	}
	type actor struct {
		Name        string `json:"name"`
		CoAttendees struct {
			Edges []edge `json:"edges"`
		} `json:"coAttendees"`
	}
	a := get[*index.Actor](s, v, "id")
	counts := map[*index.Actor]int{}
	for _, e := range s.EventsOf(a) {
		seen := make([]*index.Actor, 0, 8)
		for _, p := range e.Participations {
			if p.Actor != nil && p.Actor != a && !slices.Contains(seen, p.Actor) {
				seen = append(seen, p.Actor)
				counts[p.Actor]++
			}
		}
	}
	out := actor{Name: a.Name}
	out.CoAttendees.Edges = []edge{}
	for who, n := range counts {
		out.CoAttendees.Edges = append(out.CoAttendees.Edges, edge{n, &named{string(who.ID), who.Name}})
	}
	list := out.CoAttendees.Edges
	slices.SortFunc(list, func(x, y edge) int { return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Node.ID, y.Node.ID)) })
	out.CoAttendees.Edges = list[:min(10, len(list))]
	return map[string]actor{"actor": out}
}

func handInstruments(s *index.Snapshot, v map[string]any) any {
	type value struct {
		Value string `json:"value"`
		Count int    `json:"count"`
	}
	type facet struct {
		Values []value `json:"values"`
	}
	type topic struct {
		Name   string `json:"name"`
		Events struct {
			TotalCount int     `json:"totalCount"`
			Facets     []facet `json:"facets"`
		} `json:"events"`
	}
	t := get[*index.Topic](s, v, "id")
	events := s.EventsOf(t)
	counts := map[*index.Instrument]int{}
	for _, e := range events {
		seen := make([]*index.Instrument, 0, 4)
		for _, r := range e.References {
			if i, ok := r.Target.(*index.Instrument); ok && !slices.Contains(seen, i) {
				seen = append(seen, i)
				counts[i]++
			}
		}
	}
	list := []value{}
	for i, n := range counts {
		list = append(list, value{i.Name, n})
	}
	slices.SortFunc(list, func(x, y value) int { return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Value, y.Value)) })
	out := topic{Name: t.Name}
	out.Events.TotalCount = len(events)
	out.Events.Facets = []facet{{list[:min(100, len(list))]}}
	return map[string]topic{"topic": out}
}

func handChairs(s *index.Snapshot, v map[string]any) any {
	type chair struct {
		Person *named `json:"person"`
	}
	type event struct {
		listed
		Participations nodes[chair] `json:"participations"`
	}
	from, to := v["from"].(string)+"-01-01", v["to"].(string)+"-12-31"
	out := nodes[event]{Nodes: []event{}}
	for _, e := range s.EventsOf(get[*index.Topic](s, v, "topic")) {
		last, ok1 := e.Date.Value.Latest()
		first, ok2 := e.Date.Value.Earliest()
		if !ok1 || !ok2 || last.Format("2006-01-02") < from || first.Format("2006-01-02") > to {
			continue
		}
		x := event{listed: listed{string(e.ID), e.Name, dateOf(e)}, Participations: nodes[chair]{Nodes: []chair{}}}
		for _, p := range e.Participations {
			if p.As.Role == "chair" && len(x.Participations.Nodes) < 10 {
				x.Participations.Nodes = append(x.Participations.Nodes, chair{nameOf(p.Person)})
			}
		}
		if out.Nodes = append(out.Nodes, x); len(out.Nodes) == 50 {
			break
		}
	}
	return map[string]nodes[event]{"events": out}
}

func handSearch(s *index.Snapshot, v map[string]any) any {
	type edge struct {
		Matched string `json:"matched"`
		Node    *named `json:"node"`
	}
	out := struct {
		Edges []edge `json:"edges"`
	}{Edges: []edge{}}
	found := s.Find(v["text"].(string), []graph.Kind{graph.KindPerson, graph.KindActor}, index.Window{First: 10, Last: -1})
	for _, h := range found.Hits {
		out.Edges = append(out.Edges, edge{h.Matched, &named{string(h.Thing.NodeID()), h.Thing.Self().Name}})
	}
	return map[string]any{"search": out}
}
