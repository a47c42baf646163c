package index

import (
	"slices"
	"testing"

	"dialograph/graph/edtf"
)

func claimed(value string, preferred bool, sources int) ClaimedValue {
	var list []*Source
	for range sources {
		list = append(list, &Source{})
	}
	return ClaimedValue{Value: value, Preferred: preferred, Evidence: NewEvidence(nil, list)}
}

func TestClaims(t *testing.T) {
	values := []ClaimedValue{claimed("2011-11-01", true, 1), claimed("2011-11-23", false, 2)}
	e := &Event{As: EventText{Ordinal: 3}, Conflicts: []*Conflict{{Field: "event.date", Values: values}, {Field: "event.ordinal", Values: []ClaimedValue{claimed("3", true, 1), claimed("4", false, 1)}}}}
	e.Date.Value, _ = edtf.Parse("2011-11-01")
	for claims, want := range map[Claims][]string{
		AllClaims: {"2011-11-01", "2011-11-01", "2011-11-23"}, PreferredClaims: {"2011-11-01"}, "": {"2011-11-01"}, MajorityClaims: {"2011-11-23"}, Undisputed: nil,
	} {
		var got []string
		for _, d := range e.dates(claims) {
			got = append(got, d.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("dates %s: got %v, want %v", claims, got, want)
		}
		if d := e.DateAs(claims); claims != AllClaims && (len(want) == 0) != d.IsZero() || len(want) == 1 && d.Value.String() != want[0] {
			t.Errorf("date %s: got %v, want %v", claims, d.Value, want)
		}
	}
	for claims, want := range map[Claims][]int{AllClaims: {3, 3, 4}, PreferredClaims: {3}, MajorityClaims: nil, Undisputed: nil} {
		if got := e.ordinals(claims); !slices.Equal(got, want) {
			t.Errorf("ordinals %s: got %v, want %v (sources are evenly divided)", claims, got, want)
		}
	}
	undisputed := &Event{As: EventText{Ordinal: 5}}
	for _, claims := range []Claims{AllClaims, PreferredClaims, MajorityClaims, Undisputed} {
		if got := undisputed.ordinals(claims); !slices.Equal(got, []int{5}) {
			t.Errorf("%s: got %v of an event that no source disputes, want 5", claims, got)
		}
	}
}
