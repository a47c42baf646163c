package evaluate

import (
	"fmt"
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"The Ministry of Foreign Affairs", "ministry of foreign affairs"},
		{"Dávid Ólafsson", "david olafsson"},
		{"Britain’s Foreign & Commonwealth Office", "britain foreign and commonwealth office"},
		{"Supreme Prosecutors' Office", "supreme prosecutors office"},
		{"ＮＩＳＣ ﬁle №5", "nisc file no5"},
		{"국가 5", "5"},
		{"a" + strings.Repeat("\u0301", 40) + "b", "ab"},
		{"the", "the"},
		{"", ""},
	} {
		if got := fold(c.name); got != c.want {
			t.Errorf("fold(%q)\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"capacity building", "Capacity-Building", 1},
		{"cyber threats", "the cyber threat", 1},
		{"cyber sanctions", "cyber defence", 0.5},
		{"ways to increase cyber cooperation", "cyber cooperation", 2.0 * 2 / (4 + 2)},
		{"human rights", "outer space", 0},
		{"related issues", "related issues", 0}, // nothing but stop words
		{"", "5G", 0},
	} {
		if got := overlap(c.a, c.b); got != c.want {
			t.Errorf("overlap(%q, %q)\n got %v\nwant %v", c.a, c.b, got, c.want)
		}
	}
}

func TestParty(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"U.S.", "us"},
		{"The United States of America", "us"},
		{"South Korea", "rok"},
		{"Republic of Korea", "rok"},
		{"the Netherlands", "netherlands"},
		{"European Union", "eu"},
		{"Baltic States", "baltic states"},
		{"Britain", "britain"}, // not in the table
		{"", ""},
	} {
		if got := party(c.name); got != c.want {
			t.Errorf("party(%q)\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestStripCountry(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"U.S. Department of State", "department state"},
		{"Ministry of Foreign Affairs of the Republic of Korea", "ministry foreign affairs"},
		{"Korean National Police Agency", "national police agency"},
		{"Korea Internet & Security Agency", "internet security agency"},
		{"Australian Cyber Security Centre", "cyber security centre"},
		{"Embassy of the Netherlands", "embassy"},
		{"Embassy of Japan", "embassy japan"}, // only "Japanese" is in the table
		{"EU", ""},
		{"Eucom", "eucom"}, // whole words only
	} {
		if got := stripCountry(c.name); got != c.want {
			t.Errorf("stripCountry(%q)\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestSamePerson(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Mr Robert Strayer", "Robert Strayer", true},
		{"Akahori Takeshi", "Takeshi AKAHORI", true},
		{"Moon Duk-ho", "Duk Ho Moon", true},
		{"Moon Duk-ho", "Moon Dukho", true},
		{"H.E. Ambassador Tobias Feakin", "Dr. Tobias Feakin", true},
		{"Lorena Boix Alonso", "Lorena Biox Alonso", true}, // two names in common
		{"Robert Strayer", "Robert Taylor", false},
		{"Strayer", "Robert Strayer", false},
		{"Ambassador", "Ambassador", false}, // no name at all
	} {
		if got := samePerson(c.a, c.b); got != c.want {
			t.Errorf("samePerson(%q, %q)\n got %v\nwant %v", c.a, c.b, got, c.want)
		}
	}
}

func TestSameOrg(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Department of State", "U.S. Department of State", true},
		{"Ministry of Foreign Affairs", "Ministry of Foreign Affairs of Japan", true}, // three words of four
		{"Ministry of Justice", "Ministry of Justice of Japan", false},                // two of three
		{"Ministry of Foreign Affairs", "Japanese Ministry of Foreign Affairs", true},
		{"Ministry of Economy, Trade and Industry", "Ministry of Economy, Trade & Industry (METI)", true},
		{"Ministry of Defense", "Ministry of Justice", false},
		{"European Union", "EU", false}, // as bodies, not as parties
		{"UK", "uk", true},
		{"", "", true},
	} {
		if got := sameOrg(c.a, c.b); got != c.want {
			t.Errorf("sameOrg(%q, %q)\n got %v\nwant %v", c.a, c.b, got, c.want)
		}
	}
}

func TestMatchIsGreedy(t *testing.T) {
	same := func(found, gold string) bool { return strings.Contains(gold, found) }
	pairs, extra, missed := match([]string{"a", "a", "ab", "c"}, []string{"ab", "xa", "y"}, same)
	got := fmt.Sprint(pairs, extra, missed)
	if want := "[{a ab} {a xa}] [ab c] [y]"; got != want {
		t.Errorf("match\n got %s\nwant %s", got, want)
	}
}
