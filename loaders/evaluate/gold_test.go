package evaluate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// smallest has every key that a gold file needs.
const smallest = `
event: {name: null, series_parties: [], ordinal: null, date: null, city: null, mode: null, is_meeting: false}
chairs: []
participants: []
topics: []
references: []
next_session: null
`

func TestReadGoldNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, gold, want string }{
		{"the smallest", smallest, ""},
		{"unknown keys", smallest + "noted: !me {at: 2024-05-31 10:00:00}\nmust_not: []\n", ""},
		{"an anchor", strings.Replace(smallest, "chairs: []\nparticipants: []", "chairs: &none []\nparticipants: *none", 1), ""},
		{"nothing", "", "read gold: the file is empty"},
		{"two documents", smallest + "---\n" + smallest, "read gold: the file holds more than one document"},
		{"a list", "[]", "read gold: line 1: the file is a list; want keys and values"},
		{"a key that is missing", strings.Replace(smallest, "city: null, ", "", 1), `read gold: line 2: event has no key "city"`},
		{"several faults", "event: {}\n" + smallest[strings.Index(smallest, "chairs"):], `read gold: line 1: event has no key "is_meeting"
line 1: event has no key "name"
line 1: event has no key "ordinal"
line 1: event has no key "date"
line 1: event has no key "city"
line 1: event has no key "mode"
line 1: event has no key "series_parties"`},
		{"null for a list", strings.Replace(smallest, "chairs: []", "chairs:", 1), `read gold: line 3: chairs is ""; want a list`},
		{"a text for a list", smallest + "optional: {event: {city: Seoul}}", `read gold: line 8: optional.event.city is "Seoul"; want a list`},
		{"a chair without a side", strings.Replace(smallest, "chairs: []", "chairs: [{person: A, position: B, organisation: C}]", 1),
			`read gold: line 3: chairs[0] has no key "side"`},
		{"neither true nor false", strings.Replace(smallest, "is_meeting: false", "is_meeting: 1", 1),
			`read gold: line 2: event.is_meeting is "1"; want true or false`},
		{"a number as a topic", strings.Replace(smallest, "topics: []", "topics: [2019]", 1),
			`read gold: line 5: topics[0] is "2019", which is no text; want a name, in quotes if need be, or a mapping with a name`},
		{"no such day", strings.Replace(smallest, "date: null", "date: 2019-02-29", 1),
			`read gold: line 2: event.date cannot be used: read "2019-02-29": there is no such day`},
		{"a merge", strings.Replace(smallest, "event: {", "event: {<<: {a: b}, ", 1),
			"read gold: line 2: event merges other keys with <<, which is not read here; write them out"},
		{"an anchor in itself", strings.Replace(smallest, "name: null", "name: &a [*a]", 1),
			"read gold: line 2: event.name cannot be used: it is nested more than 8 deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if _, err := ReadGold(strings.NewReader(c.gold)); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadScalar(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{"2019-10-11", "2019-10-11"},
		{"2019-10-11T09:30:00Z", "2019-10-11 09:30:00+00:00"},
		{"7", "7"},
		{"010", "8"},
		{"12:30", "750"},
		{"1.50", "1.5"},
		{"1.0e+16", "1e+16"},
		{"yes", "True"},
		{"~", "None"},
		{"7th", "7th"},
		{"2019-10", "2019-10"},
	} {
		v, err := readScalar(c.yaml)
		if err != nil || v.String() != c.want {
			t.Errorf("readScalar(%q)\n got %q, %v\nwant %q", c.yaml, v, err, c.want)
		}
	}
}
