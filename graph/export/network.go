package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/index"
)

// View is which network is made of a selection.
type View string

// The networks. Empty means Full.
const (
	Full               View = "full"                 // everything that has a name, and every relation
	Attendance         View = "attendance"           // who took part in what: actors and people with events
	CoAttendance       View = "co-attendance"        // who met whom: actors, weighted by events
	CoAttendancePeople View = "co-attendance-people" // the same of people
	Topics             View = "topics"               // what was taken up: events with topics
)

// Views are all networks.
func Views() []View {
	return []View{Full, Attendance, CoAttendance, CoAttendancePeople, Topics}
}

// ParseView reads the name of a view.
func ParseView(name string) (View, error) {
	if name == "" {
		return Full, nil
	}
	if !slices.Contains(Views(), View(name)) {
		return "", fmt.Errorf("there is no network %q; there are full, attendance, co-attendance, co-attendance-people and topics", name)
	}
	return View(name), nil
}

// Node is a thing in a network.
type Node struct {
	Thing index.Named
	Date  index.Date // of an event
}

// Edge is a relation of two things, with what says it. Its identifier is that
// of the relation in the graph where it is a thing of its own there.
type Edge struct {
	ID             string
	Source, Target graph.ID
	Relation       string // as in paths: ATTENDED, PARTY_TO …; MET in the networks of co-attendance
	Event          *index.Event
	Events         []*index.Event // at which two met
	Role, Position string
	Side           *index.Actor
	Stance         string
	Weight         int
	Date           index.Date
	Evidence       index.Evidence
}

// Network is a network of a selection. Its nodes are in the order of their
// identifiers.
type Network struct {
	View  View
	Nodes []Node

	snapshot string
	each     func(visit func(*Edge) error) error
}

// EachEdge visits the edges, always in the same order.
func (n *Network) EachEdge(visit func(*Edge) error) error { return n.each(visit) }

// Network makes a network of the selection. The networks of co-attendance are
// made as a whole; the others are read edge by edge.
func (x *Selection) Network(view View) *Network {
	n := &Network{View: cmp.Or(view, Full), snapshot: x.Snapshot.Hash}
	switch n.View {
	case Attendance:
		n.each = x.attended
	case CoAttendance, CoAttendancePeople:
		n.each = x.met(n.View)
	case Topics:
		n.each = x.tookUp
	default:
		n.each = x.related
	}
	n.Nodes = x.nodesOf(n)
	return n
}

// nodesOf gives the things of a network: in the full one all, in the others
// those that have an edge.
func (x *Selection) nodesOf(n *Network) []Node {
	s := x.Snapshot
	var out []Node
	add := func(t index.Named) {
		node := Node{Thing: t}
		if e, ok := t.(*index.Event); ok {
			node.Date = e.Date
		}
		out = append(out, node)
	}
	if n.View == Full {
		addAll(x, x.Events, add)
		addAll(x, s.Series, add)
		addAll(x, s.Actors, add)
		addAll(x, s.People, add)
		addAll(x, s.Topics, add)
		addAll(x, s.Instruments, add)
		addAll(x, s.Initiatives, add)
		addAll(x, s.Places, add)
	} else {
		seen := map[graph.ID]bool{}
		end := func(id graph.ID) {
			if t, ok := s.Node(id).(index.Named); ok && !seen[id] {
				seen[id] = true
				add(t)
			}
		}
		_ = n.each(func(e *Edge) error { // no visit fails
			end(e.Source)
			end(e.Target)
			return nil
		})
	}
	slices.SortFunc(out, func(a, b Node) int { return cmp.Compare(a.Thing.NodeID(), b.Thing.NodeID()) })
	return out
}

func addAll[T index.Named](x *Selection, list []T, add func(index.Named)) {
	for _, n := range part(x, list) {
		add(n)
	}
}

// attended visits who took part in what.
func (x *Selection) attended(visit func(*Edge) error) error {
	for _, p := range x.Participations {
		edge := Edge{ID: string(p.ID), Target: p.Event.ID, Relation: string(index.Attended), Event: p.Event, Role: p.As.Role, Position: p.As.Position, Side: p.Side, Weight: 1, Date: p.Event.Date, Evidence: p.Evidence}
		if p.Person != nil && x.has(p.Person.ID) {
			e := edge
			e.Source = p.Person.ID
			if err := visit(&e); err != nil {
				return err
			}
		}
		if p.Person != nil {
			edge.ID += "~actor" // the body took part through the person
		}
		if p.Actor != nil && x.has(p.Actor.ID) {
			edge.Source = p.Actor.ID
			if err := visit(&edge); err != nil {
				return err
			}
		}
	}
	return nil
}

// tookUp visits what events took up.
func (x *Selection) tookUp(visit func(*Edge) error) error {
	for _, e := range x.Events {
		for _, d := range e.Topics {
			if d.Topic == nil || !x.has(d.Topic.ID) {
				continue
			}
			if err := visit(&Edge{ID: string(d.ID), Source: e.ID, Target: d.Topic.ID, Relation: string(index.Discussed), Event: e, Stance: d.As.Stance, Weight: 1, Date: e.Date, Evidence: d.Evidence}); err != nil {
				return err
			}
		}
	}
	return nil
}

// met gives the pairs that took part in the same events. Where things without any
// event were selected, all events count.
func (x *Selection) met(view View) func(func(*Edge) error) error {
	at := x
	if x.among && len(x.Events) == 0 {
		at = Whole(x.Snapshot)
	}
	present := map[*index.Event][]index.Named{}
	for _, p := range at.Participations {
		if view == CoAttendancePeople && p.Person != nil && x.has(p.Person.ID) {
			present[p.Event] = append(present[p.Event], p.Person)
		} else if view == CoAttendance && p.Actor != nil && x.has(p.Actor.ID) {
			present[p.Event] = append(present[p.Event], p.Actor)
		}
	}
	met := map[[2]graph.ID][]*index.Event{}
	for _, e := range at.Events {
		who := byID(present[e])
		who = slices.CompactFunc(who, func(a, b index.Named) bool { return a.NodeID() == b.NodeID() })
		for i, a := range who {
			for _, b := range who[i+1:] {
				pair := [2]graph.ID{a.NodeID(), b.NodeID()}
				met[pair] = append(met[pair], e)
			}
		}
	}
	pairs := make([][2]graph.ID, 0, len(met))
	for pair := range met {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b [2]graph.ID) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return func(visit func(*Edge) error) error {
		for _, pair := range pairs {
			events := met[pair]
			edge := &Edge{ID: edgeID(pair[0], "MET", pair[1]), Source: pair[0], Target: pair[1], Relation: "MET", Events: events, Weight: len(events), Date: events[0].Date}
			for _, e := range events {
				edge.Evidence = edge.Evidence.Merge(index.NewEvidence(nil, e.Sources))
			}
			if err := visit(edge); err != nil {
				return err
			}
		}
		return nil
	}
}

// edgeID names an edge that is no thing of its own in the graph.
func edgeID(from graph.ID, relation string, to graph.ID) string {
	return string(from) + "~" + strings.ToLower(relation) + "~" + string(to)
}

// related visits every relation of the selection.
func (x *Selection) related(visit func(*Edge) error) error {
	if err := x.attended(visit); err != nil {
		return err
	}
	if err := x.tookUp(visit); err != nil {
		return err
	}
	for _, e := range x.Events {
		for _, edge := range eventEdges(x.Snapshot, e) {
			if !x.has(edge.Source) || !x.has(edge.Target) {
				continue
			}
			if err := visit(&edge); err != nil {
				return err
			}
		}
	}
	for _, edge := range x.standing() {
		if err := visit(&edge); err != nil {
			return err
		}
	}
	return nil
}

// eventEdges are the relations of an event but for who took part and what it
// took up.
func eventEdges(s *index.Snapshot, e *index.Event) []Edge {
	var out []Edge
	add := func(id string, from, to graph.ID, relation, stance string, evidence index.Evidence) {
		if id == "" {
			id = edgeID(from, relation, to)
		}
		out = append(out, Edge{ID: id, Source: from, Target: to, Relation: relation, Event: e, Stance: stance, Weight: 1, Date: e.Date, Evidence: evidence})
	}
	for _, d := range e.Delegations {
		if d.Party != nil {
			add(string(d.ID), d.Party.ID, e.ID, string(index.PartyTo), "", d.Evidence)
		}
	}
	for _, r := range e.References {
		if r.Target != nil {
			add(string(r.ID), e.ID, r.Target.NodeID(), string(index.Referenced), r.As.Stance, r.Evidence)
		}
	}
	if e.Series != nil {
		add("", e.ID, e.Series.ID, string(index.InSeries), "", e.FieldEvidence("series"))
	}
	if p := e.Place(); p != nil {
		add("", e.ID, p.ID, "HELD_IN", "", e.FieldEvidence("city").Merge(e.FieldEvidence("country")))
	}
	for _, h := range e.Hosts {
		add("", h.ID, e.ID, "HOSTED", "", e.FieldEvidence("hosts"))
	}
	for _, n := range e.PrecededBy {
		if before := s.EventOf(n); before != nil {
			add(string(n.ID), before.ID, e.ID, string(index.Preceded), "", n.Evidence)
		}
	}
	return out
}

// standing are the relations that hold apart from events.
func (x *Selection) standing() []Edge {
	s := x.Snapshot
	var out []Edge
	add := func(id string, from, to index.Named, relation string, evidence index.Evidence) {
		if !x.has(from.NodeID()) || !x.has(to.NodeID()) {
			return
		}
		if id == "" {
			id = edgeID(from.NodeID(), relation, to.NodeID())
		}
		out = append(out, Edge{ID: id, Source: from.NodeID(), Target: to.NodeID(), Relation: relation, Weight: 1, Evidence: evidence})
	}
	for _, a := range byID(part(x, s.Actors)) {
		if a.Parent != nil {
			add("", a, a.Parent, string(index.UnitOf), a.Evidence)
		}
		if a.Replaces != nil {
			add("", a, a.Replaces, "REPLACES", a.Evidence)
		}
		if a.Country != nil {
			add("", a, a.Country, "OF_COUNTRY", a.Evidence)
		}
		for _, m := range a.MemberOf {
			add(string(m.ID), a, m.Of, string(index.MemberOf), m.Evidence)
		}
	}
	for _, p := range byID(part(x, s.People)) {
		seen := map[graph.ID]index.Evidence{}
		var order []*index.Actor
		for _, held := range s.OfPerson(p).Positions {
			if held.Actor != nil {
				if _, ok := seen[held.Actor.ID]; !ok {
					order = append(order, held.Actor)
				}
				seen[held.Actor.ID] = seen[held.Actor.ID].Merge(held.Evidence)
			}
		}
		for _, a := range order {
			add("", p, a, string(index.ActedFor), seen[a.ID])
		}
	}
	for _, t := range byID(part(x, s.Topics)) {
		for _, up := range t.Broader {
			add("", t, up, "BROADER", t.Evidence)
		}
	}
	for _, p := range byID(part(x, s.Places)) {
		if p.Country != nil {
			add("", p, p.Country, "LIES_IN", p.Evidence)
		}
	}
	for _, i := range byID(part(x, s.Instruments)) {
		if i.Parent != nil {
			add("", i, i.Parent, "PART_OF", i.Evidence)
		}
	}
	return out
}

func (n *Network) nodes() *Table {
	columns := []column[Node]{
		text("id", "kind/slug.", func(n Node) string { return string(n.Thing.NodeID()) }),
		text("kind", "event, actor, person, topic …", func(n Node) string { return string(n.Thing.NodeID().Kind()) }),
		text("label", "Its name.", func(n Node) string { return n.Thing.Self().Name }),
		text("acronym", "Its acronym.", func(n Node) string { return n.Thing.Self().Acronym }),
		text("sort", "What sort of event, actor, instrument, initiative, place or series it is.", func(n Node) string { return sortOf(n.Thing) }),
		text("country", "The country of an actor, event or place; whom a person acts for.", func(n Node) string { return countryOf(n.Thing) }),
		text("date", "When an event was (EDTF).", func(n Node) string { return edtfOf(n.Date) }),
		text("start", "The first day that it may have been.", func(n Node) string { return day(n.Date.Value.Earliest()) }),
		text("end", "The last day that it may have been.", func(n Node) string { return day(n.Date.Value.Latest()) }),
		known("year", "Its year, where it is known.", func(n Node) int { return yearOf(n.Date) }),
		text("iri", "The IRI in RDF exports.", func(n Node) string { return n.Thing.Self().IRI }),
	}
	return tableOf("nodes", "The things of the network "+string(n.View)+", by identifier.", n.Nodes, columns...)
}

func sortOf(n index.Named) string {
	switch n := n.(type) {
	case *index.Event:
		return n.As.Kind
	case *index.Series:
		return n.Kind
	case *index.Actor:
		return n.Kind
	case *index.Instrument:
		return n.Kind
	case *index.Initiative:
		return n.Kind
	case *index.Place:
		return n.Kind
	}
	return ""
}

func countryOf(n index.Named) string {
	switch n := n.(type) {
	case *index.Event:
		return nameOf(n.Country)
	case *index.Actor:
		return nameOf(n.Country)
	case *index.Person:
		return nameOf(n.Country)
	case *index.Place:
		return nameOf(n.Country)
	}
	return ""
}

func (n *Network) edges() *Table {
	columns := slices.Concat([]column[*Edge]{
		text("id", "The relation's identifier; made of both ends where it is no thing of its own.", func(e *Edge) string { return e.ID }),
		text("source", "Where it starts.", func(e *Edge) string { return string(e.Source) }),
		text("target", "Where it ends.", func(e *Edge) string { return string(e.Target) }),
		text("relation", "ATTENDED, PARTY_TO, DISCUSSED …", func(e *Edge) string { return e.Relation }),
		integer("weight", "How many events it stands for.", func(e *Edge) int { return e.Weight }),
		text("role", "As what someone took part.", func(e *Edge) string { return e.Role }),
		text("position", "The office held.", func(e *Edge) string { return e.Position }),
		text("side", "For which side.", func(e *Edge) string { return idOf(e.Side) }),
		text("stance", "What an event did with a topic or reference.", func(e *Edge) string { return e.Stance }),
		list("events", "The events that it belongs to.", func(e *Edge) []string {
			if e.Event != nil {
				return []string{string(e.Event.ID)}
			}
			return ids(e.Events)
		}),
		text("date", "When the event was (EDTF); of two who met, when they first did.", func(e *Edge) string { return edtfOf(e.Date) }),
		text("start", "The first day that may be meant.", func(e *Edge) string { return day(e.Date.Value.Earliest()) }),
		text("end", "The last day that may be meant; of two who met, of the last event.", func(e *Edge) string {
			if len(e.Events) > 0 {
				return day(e.Events[len(e.Events)-1].Date.Value.Latest())
			}
			return day(e.Date.Value.Latest())
		}),
		known("year", "Its year, where it is known.", func(e *Edge) int { return yearOf(e.Date) }),
	}, evidenceColumns(func(e *Edge) index.Evidence { return e.Evidence }))
	return streamed("edges", "The relations of the network "+string(n.View)+".", n.each, columns...)
}
