package multiset_test

import (
	"testing"

	"dialograph/graph/multiset"

	"pgregory.net/rapid"
)

// Items may come and go in any order; what is left decides, and how often.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOf(rapid.SampledFrom([]string{"", "a", "b", "c"}))
		stay, leave := items.Draw(t, "stay"), items.Draw(t, "go")
		var sum, want multiset.Sum
		for _, x := range leave {
			sum = sum.Plus(multiset.Of([]byte(x)))
		}
		for i, x := range stay {
			sum = sum.Plus(multiset.Of([]byte(x)))
			want = multiset.Of([]byte(stay[len(stay)-1-i])).Plus(want)
		}
		for _, x := range leave {
			sum = sum.Minus(multiset.Of([]byte(x)))
		}
		if sum != want {
			t.Errorf("%s, want %s", sum, want)
		}
		if again, err := multiset.Parse(sum.Text()); err != nil || again != sum {
			t.Errorf("%s is read as %s: %v", sum.Text(), again, err)
		}
	})
	a := multiset.Of([]byte("a"))
	if a.Plus(a) == a || a.String() == a.Plus(a).String() {
		t.Error("two of an item are as one")
	}
}

func TestParseRefuses(t *testing.T) {
	whole := multiset.Of(nil).Text()
	for _, text := range []string{"", whole[:63], whole[:32], whole + "00", "g" + whole[1:]} {
		if _, err := multiset.Parse(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
