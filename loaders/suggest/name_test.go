package suggest

import (
	"testing"

	"pgregory.net/rapid"
)

// Which of two names comes first does not matter, and every name is exactly
// itself unless it has no letters or one part alone.
func TestComparisonIsSymmetric(t *testing.T) {
	word := rapid.SampledFrom([]string{"Jong-kwon", "Yoon", "Yun", "Youn", "윤종권", "Maciej", "Stadejek", "스타데예크", "J.", "Олександр", "Ъ", "으", "Mr", "Lee", "Smith", "Joan", "岡田隆", "-"})
	words := rapid.SliceOfN(rapid.OneOf(word, rapid.StringN(0, 6, -1)), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom([]*system{nil, korean, japanese, chinese, slavic}).Draw(t, "system")
		a, b := phrase(words.Draw(t, "a")), phrase(words.Draw(t, "b"))
		one, other := compareNames(parse(a, s), parse(b, s), s), compareNames(parse(b, s), parse(a, s), s)
		if one.level != other.level || one.score != other.score {
			t.Fatalf("%q and %q are %d, %g alike; the other way round %d, %g", a, b, one.level, one.score, other.level, other.score)
		}
		if own := compareNames(parse(a, s), parse(a, s), s); len(parse(a, s)) > 1 && own.level != exact {
			t.Fatalf("%q is not itself: %+v", a, own)
		}
	})
}

func phrase(words []string) string {
	text := ""
	for _, w := range words {
		text += w + " "
	}
	return text
}

func TestNamesAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		s    *system
		want likeness
	}{
		{"Maciej Stadejek", "Maciej Studziejewski", nil, akin},
		{"Maciej Stadejek", "Maciej Stachowiak", nil, akin},
		{"Maciej Stadejek", "Maciej Popowski", nil, oneName},
		{"Maciej Stadejek", "Maciej Stadajek", nil, misspelt},
		{"Maciej Stadejek", "마치에이 스타데예크", nil, akin},
		{"John Smith", "Joan Smith", nil, akin},
		{"Youn Jong-kwon", "Yun Jong Gwon", korean, variant},
		{"Youn Jong-kwon", "윤종권", korean, variant},
		{"Yoon Jong-kwon", "Yoo Jong-kwan", korean, akin},
		{"Kim Gunn", "Kim Sung-joo", korean, unlike},
		{"Lee Taewoo", "Tae Woo Lee", korean, exact},
		{"Nathaniel Fick", "Nate Fick", nil, variant},
		{"N. C. Fick", "Nathaniel Fick", nil, variant},
		{"Volodymyr Zelenskyi", "Владимир Зеленский", slavic, variant},
		{"Clara Neumann", "Maciej Stadejek", nil, unlike},
	} {
		if got := compareNames(parse(c.a, c.s), parse(c.b, c.s), c.s); got.level != c.want {
			t.Errorf("%s and %s: got likeness %d (%v), want %d", c.a, c.b, got.level, got.why, c.want)
		}
	}
}

func TestTitlesAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want officeLikeness
	}{
		{"Director for Security and Defense Policy", "Director for Security and Defence Policy", sameOffice},
		{"Deputy Managing Director for Security and Defence Policy", "Director for Security and Defence Policy", nearOffice},
		{"Ambassador in charge of Cyber Policy", "Ambassador in charge of Cyber Policy and Deputy Director-General [page cut off here]", nearOffice},
		{"Director", "Director", nearOffice},
		{"Director", "Director for Security Policy", otherOffice},
		{"Director for Security Policy", "Director for Trade", otherOffice},
		{"", "Director", unknownOffice},
	} {
		if got := titlesAlike(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
