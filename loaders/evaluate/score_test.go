package evaluate

import (
	"fmt"
	"strings"
	"testing"

	"dialograph/graph"

	"github.com/google/go-cmp/cmp"
)

const talks = `
event: {name: Third Talks, series_parties: [Utopia, Japan], ordinal: 3, date: 2024-05-31, city: Seoul, mode: '', is_meeting: yes}
chairs:
- {person: Thomas More, position: Ambassador for Cyber Affairs, organisation: null, side: Utopia}
participants:
- {name: Ministry of Defense, kind: organisation, role: member, side: Utopia}
- {name: Ministry of Defense, kind: organisation, role: member, side: Japan}
- {name: National Police Agency, kind: organisation, role: observer, side: Japan}
topics: [cyber threats]
references: [{name: Joint Statement, kind: instrument}]
next_session: {place: Tokyo, date: 2025}
must_not: [Press Office]
optional: {topics: [human rights]}
`

func readGold(t *testing.T, text string) *Gold {
	t.Helper()
	gold, err := ReadGold(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return gold
}

// lines writes each field as "name tp fp fn".
func lines(fields []Field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, fmt.Sprintf("%s %d %d %d", f.Name, f.TP, f.FP, f.FN))
	}
	return out
}

func TestScore(t *testing.T) {
	other := &graph.Record{Event: graph.Event{Status: "held", Name: "Second Talks", Ordinal: 2}}
	planned := &graph.Record{Event: graph.Event{Status: "planned", Name: "Third Talks", Ordinal: 3}}
	found := &graph.Record{
		Event: graph.Event{Status: "held", Ordinal: 3, Date: "2024-05-31?", City: "Tokyo", Mode: "unknown"},
		Delegations: []graph.Delegation{
			{Party: "Japan", Participants: []graph.Participant{
				{Organisation: "Ministry of Defense", Role: "accompanied"},
				{Organisation: "Press Office", Role: "member"},
			}},
			{Party: "Utopia", Participants: []graph.Participant{
				{Person: "Mr. More, Thomas", Position: "Ambassador", Role: "chair"},
				{Organisation: "National Police Agency", Role: "member"},
			}},
		},
		Topics:      []graph.Mention{{Name: "the cyber threat"}, {Name: "human rights"}, {Name: "fishing"}},
		NextSession: &graph.NextSession{City: "Tokyo", Date: "2025-03"},
	}
	var score Score
	notes := score.Add([]*graph.Record{other, planned, found}, readGold(t, talks))
	want := []string{
		"is_meeting 1 0 0",
		"parties 2 0 0",
		"ordinal 1 0 0",
		"date 1 0 0",
		"city 0 1 1",
		"chairs 1 0 0",
		"chair.position 0 1 1",
		"chair.side 1 0 0",
		"participant.side 1 1 1",
		"participants 2 1 1",
		"participant.role 1 1 1",
		"must_not 0 1 0",
		"topics 1 1 0",
		"references 0 0 1",
		"next_session 1 0 0",
	}
	if diff := cmp.Diff(want, lines(score.Fields())); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	wantNotes := []string{
		"part+ ['Press Office']",
		"part- Ministry of Defense",
		"must_not! Press Office",
		"topics+ fishing",
		"references- Joint Statement",
	}
	if diff := cmp.Diff(wantNotes, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// A field that nothing was said of has not come up; one that was looked for in
// vain has, with a precision of 1.
func TestScoreOfNothing(t *testing.T) {
	var score Score
	if got := score.MacroF1(); got != 0 {
		t.Errorf("macro-F1 before anything was added is %v; want 0", got)
	}
	score.Add(nil, readGold(t, smallest))
	want := []string{"is_meeting 0 0 0", "parties 0 0 0", "chairs 0 0 0", "participant.side 0 0 0", "participants 0 0 0",
		"must_not 0 0 0", "topics 0 0 0", "references 0 0 0"}
	if diff := cmp.Diff(want, lines(score.Fields())); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if got := score.MacroF1(); got != 1 {
		t.Errorf("macro-F1 is %v; want 1", got)
	}
}

func TestFieldRates(t *testing.T) {
	for _, c := range []struct {
		field                 Field
		precision, recall, f1 float64
	}{
		{Field{}, 1, 1, 1},
		{Field{TP: 3, FP: 1, FN: 3}, 0.75, 0.5, 0.6},
		{Field{FP: 2, FN: 2}, 0, 0, 0},
		{Field{FN: 2}, 1, 0, 0},
	} {
		if f := c.field; f.Precision() != c.precision || f.Recall() != c.recall || f.F1() != c.f1 {
			t.Errorf("%+v\n got %v %v %v\nwant %v %v %v", f, f.Precision(), f.Recall(), f.F1(), c.precision, c.recall, c.f1)
		}
	}
}
