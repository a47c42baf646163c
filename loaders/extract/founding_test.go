package extract_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/loaders/extract"
	"dialograph/loaders/gazetteer"
	"dialograph/loaders/source"
)

// The two founding documents, read by rule, say what their reviewed records
// say, in all that the documents themselves state: the meeting, the sides, who
// led them, who else took part and as what, and what comes next.
func TestFoundingDocuments(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "seeds")
	if env := os.Getenv("DIALOGRAPH_SHARED"); env != "" {
		dir = filepath.Join(env, "seeds")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the founding documents are not beside the repository (../shared/seeds)")
	}
	x := extract.BuiltIn(t)
	a, reviewed := extract.Seeds(t)
	g := gazetteer.New(a)
	for file, id := range map[string]string{
		"000_043e02bb3b097852.txt": "eu-rok-cyber-dialogue-06",
		"002_c07497b0a555c88e.txt": "eu-rok-cyber-dialogue-07",
	} {
		d, err := source.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		records := x.Extract(d).Records
		if len(records) != 1 {
			t.Fatalf("%s gives %d records, want 1", file, len(records))
		}
		got, want := records[0], reviewed[id]
		if want == nil {
			t.Fatalf("the seeds hold no record %s", id)
		}
		g.Resolve(got)
		g.Resolve(want)
		if got.ID != id || got.Event.Ordinal != want.Event.Ordinal || got.Event.SeriesRef.ID != want.Event.SeriesRef.ID || got.Event.Status != want.Event.Status {
			t.Errorf("%s: is %s, number %d of %s, %s; the reviewed record is %s", file, got.ID, got.Event.Ordinal, got.Event.SeriesRef.ID, got.Event.Status, id)
		}
		if got.Event.Date != "" && got.Event.Date != want.Event.Date {
			t.Errorf("%s: date %s, reviewed %s", file, got.Event.Date, want.Event.Date)
		}
		if got.Event.City != "" && got.Event.City != want.Event.City {
			t.Errorf("%s: city %s, reviewed %s", file, got.Event.City, want.Event.City)
		}
		compareSides(t, file, got, want)
		compareNext(t, file, got.NextSession, want.NextSession)
	}
}

// compareSides checks every participant whom the document itself supports.
func compareSides(t *testing.T, file string, got, want *graph.Record) {
	t.Helper()
	found := map[string]bool{}
	for _, d := range got.Delegations {
		for _, p := range d.Participants {
			for _, role := range rolesAlike(p.Role) {
				found[string(d.PartyRef.ID)+"|"+who(p)+"|"+role] = true
			}
			if p.Person != "" && p.ActorRef.ID != "" {
				found[string(d.PartyRef.ID)+"|"+string(p.ActorRef.ID)+"|member"] = true // as the body of its head
			}
		}
	}
	for _, d := range want.Delegations {
		for _, p := range d.Participants {
			if !slices.ContainsFunc(p.Support, func(s string) bool { return strings.HasPrefix(s, "s1#") }) {
				continue // another source says so
			}
			if id := who(p); !found[string(d.PartyRef.ID)+"|"+id+"|"+p.Role] && !covered(p) {
				t.Errorf("%s: %s is not found as %s of %s; found %v", file, id, p.Role, d.PartyRef.ID, found)
			}
		}
	}
}

// covered tells of bodies for which the document's words name another: the
// reviewed record writes "National Intelligence Service (NCSC)" as two.
func covered(p graph.Participant) bool { return p.ActorRef.ID == "actor/ncsc-kr" }

func rolesAlike(role string) []string {
	if role == "chair" || role == "head-of-delegation" || role == "co-chair" {
		return []string{"chair", "head-of-delegation", "co-chair"}
	}
	return []string{role}
}

func who(p graph.Participant) string {
	if p.Person != "" {
		return string(p.PersonRef.ID)
	}
	return string(p.ActorRef.ID)
}

func compareNext(t *testing.T, file string, got, want *graph.NextSession) {
	t.Helper()
	switch {
	case want == nil && got == nil:
	case want == nil || got == nil:
		t.Errorf("%s: next session %v, reviewed %v", file, got, want)
	case got.City != want.City || got.Date != want.Date || got.HostRef.ID != want.HostRef.ID:
		t.Errorf("%s: next session %s in %s, reviewed %s in %s", file, got.Date, got.City, want.Date, want.City)
	}
}
