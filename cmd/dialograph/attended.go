package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
)

func (a *app) attendedCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "attended NAME",
		Short: "Who attended an event, or what someone attended",
		Long: `Attended takes an event, a person or an actor, by identifier or by any of its
names, and lists who took part in it, or what it took part in: with side, role,
position, and the source that says so. A name that fits several things lists
them instead, and the exit status is 1.`,
		Example: `  dialograph attended event/eu-rok-cyber-dialogue-07
  dialograph attended KISA
  dialograph attended "Kang Yoo-sik"`,
		Args: wants(1, 1, "one name or identifier"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.attended(cmd.Context(), args[0]) },
	}
}

// attendanceRow is one participation as the table and JSON show it.
type attendanceRow struct {
	Date     string `json:"date"`
	Event    string `json:"event"`
	Status   string `json:"status"` // held, planned …
	Person   string `json:"person,omitempty"`
	Actor    string `json:"actor,omitempty"`
	Side     string `json:"side,omitempty"`
	Role     string `json:"role"`
	Position string `json:"position,omitempty"`
	Says     string `json:"says,omitempty"`   // the passage
	Source   string `json:"source,omitempty"` // its publisher or address
}

func (a *app) attended(ctx context.Context, name string) error {
	snap, err := a.snapshot(ctx)
	if err != nil {
		return err
	}
	thing, err := a.oneThing(snap, name)
	if err != nil {
		return err
	}
	var rows []attendanceRow
	switch x := thing.(type) {
	case *index.Event, *index.Person:
		rows = participationRows(snap.ParticipationsOf(thing))
	case *index.Actor:
		rows = actorRows(snap, x)
	default:
		return fmt.Errorf("%s is neither an event, a person nor an actor", thing.NodeID())
	}
	if a.json {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		return enc.Encode(rows)
	}
	a.printAttendance(thing, rows)
	return nil
}

// unlessHeld marks an event that is not known to have taken place.
func unlessHeld(status string) string {
	if status == "held" {
		return ""
	}
	return " (" + status + ")"
}

func participationRows(list []*index.Participation) []attendanceRow {
	rows := []attendanceRow{}
	for _, p := range list {
		rows = append(rows, rowOf(p))
	}
	return rows
}

// actorRows lists what an actor took part in: itself, through those who took
// part for it, or as a side of which nobody is named.
func actorRows(snap *index.Snapshot, a *index.Actor) []attendanceRow {
	rows := []attendanceRow{}
	for _, e := range snap.Attended(a, false) {
		named := false
		for _, p := range e.Participations {
			if p.Actor == a || p.Side == a {
				rows = append(rows, rowOf(p))
				named = true
			}
		}
		if !named {
			rows = append(rows, attendanceRow{Date: e.Date.Value.String(), Event: e.Name, Status: e.As.Status, Side: a.Name, Role: "side"})
		}
	}
	return rows
}

// oneThing finds the one event, person or actor that a name means.
func (a *app) oneThing(snap *index.Snapshot, name string) (index.Named, error) {
	if n, ok := snap.Node(graph.ID(name)).(index.Named); ok {
		return n, nil
	}
	hits := snap.Search(name, []graph.Kind{graph.KindEvent, graph.KindPerson, graph.KindActor})
	if len(hits) == 0 {
		return nil, fmt.Errorf("nothing in the graph is called %q", name)
	}
	exact := slices.DeleteFunc(slices.Clone(hits), func(h index.Hit) bool { return h.How != "exact" })
	if len(exact) == 1 {
		return exact[0].Thing, nil
	}
	if len(exact) == 0 && (len(hits) == 1 || hits[0].Score > hits[1].Score+0.1) {
		return hits[0].Thing, nil
	}
	if len(exact) > 0 {
		hits = exact
	}
	fmt.Fprintf(a.err, "%q fits several things; give one of these identifiers:\n", name)
	for _, h := range hits[:min(len(hits), 10)] {
		fmt.Fprintf(a.err, "  %-40s %s\n", h.Thing.NodeID(), h.Thing.Self().Name)
	}
	return nil, errRejected
}

func rowOf(p *index.Participation) attendanceRow {
	row := attendanceRow{Date: p.Event.Date.Value.String(), Event: p.Event.Name, Status: p.Event.As.Status, Person: p.As.Person, Actor: p.As.Organisation, Role: p.As.Role, Position: p.As.Position}
	if p.Actor != nil {
		row.Actor = p.Actor.Name
	}
	if p.Person != nil {
		row.Person = p.Person.Name
	}
	switch {
	case p.Side != nil:
		row.Side = p.Side.Name
	case p.Delegation != nil:
		row.Side = p.Delegation.Name
	default:
		row.Side = p.As.Side
	}
	if len(p.Evidence.Passages()) > 0 {
		row.Says = p.Evidence.Passages()[0].Exact
	}
	if len(p.Evidence.Sources()) > 0 {
		s := p.Evidence.Sources()[0]
		row.Source = cmp.Or(s.As.Publisher, s.As.URL, s.Name)
	}
	return row
}

func (a *app) printAttendance(thing index.Named, rows []attendanceRow) {
	e, isEvent := thing.(*index.Event)
	if isEvent {
		fmt.Fprintf(a.out, "%s, %s%s\n", e.Name, cmp.Or(e.Date.Value.String(), "date unknown"), unlessHeld(e.As.Status))
	} else {
		fmt.Fprintf(a.out, "%s (%s)\n", thing.Self().Name, thing.NodeID())
	}
	if len(rows) == 0 {
		fmt.Fprintln(a.out, "no participation is recorded")
		return
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	var columns []table.ColumnConfig
	for name, width := range map[string]int{"Position": 40, "Actor": 36, "Event": 44, "Source": 30} {
		columns = append(columns, table.ColumnConfig{Name: name, WidthMax: width, WidthMaxEnforcer: text.WrapSoft})
	}
	t.SetColumnConfigs(columns)
	if isEvent {
		t.AppendHeader(table.Row{"Side", "Role", "Person", "Actor", "Position", "Source"})
	} else {
		t.AppendHeader(table.Row{"Date", "Event", "Side", "Role", "Person", "Actor", "Source"})
	}
	for _, r := range rows {
		role := strings.ReplaceAll(r.Role, "-", " ")
		if isEvent {
			t.AppendRow(table.Row{r.Side, role, r.Person, r.Actor, r.Position, r.Source})
		} else {
			t.AppendRow(table.Row{r.Date, r.Event + unlessHeld(r.Status), r.Side, role, r.Person, r.Actor, r.Source})
		}
	}
	fmt.Fprintln(a.out, t.Render())
}
