package edtf_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dialograph/graph/edtf"

	"pgregory.net/rapid"
)

func TestPropertyStringKeepsTheExpression(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := expressions().Draw(t, "expression")
		d, err := edtf.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if d.String() != s {
			t.Errorf("Parse(%q).String() = %q", s, d)
		}
		var back edtf.Date
		text, err := d.MarshalText()
		if err == nil {
			err = back.UnmarshalText(text)
		}
		if err != nil || back != d {
			t.Errorf("%q came back from text as %q (%v)", s, back, err)
		}
	})
}

func TestPropertyEarliestIsNotAfterLatest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkRange(t, dates().Draw(t, "date")) })
}

func TestPropertyCertainImpliesPossible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, w := dates().Draw(t, "date"), dates().Draw(t, "window")
		if d.Certain(w) && !d.Possible(w) {
			t.Errorf("%q is certainly but not possibly in %q", d, w)
		}
		if d.Possible(w) != w.Possible(d) {
			t.Errorf("%q and %q disagree whether they overlap", d, w)
		}
	})
}

// Every day that a date may mean, looked at one by one, gives the same answers.
func TestPropertyOverlapAgreesWithPlainScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, w := closed().Draw(t, "date"), closed().Draw(t, "window")
		every, some := scan(d, w)
		if d.Certain(w) != every || d.Possible(w) != some {
			t.Errorf("%q in %q: certain %t, possible %t; day by day %t, %t", d, w, d.Certain(w), d.Possible(w), every, some)
		}
	})
}

func TestPropertyCompareIsTotalOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := datesOrZero().Draw(t, "a"), datesOrZero().Draw(t, "b"), datesOrZero().Draw(t, "c")
		if edtf.Compare(a, b) != -edtf.Compare(b, a) {
			t.Errorf("Compare(%q, %q) = %d, reversed %d", a, b, edtf.Compare(a, b), edtf.Compare(b, a))
		}
		if (edtf.Compare(a, b) == 0) != (a == b) {
			t.Errorf("Compare(%q, %q) = %d, equal %t", a, b, edtf.Compare(a, b), a == b)
		}
		if edtf.Compare(a, b) <= 0 && edtf.Compare(b, c) <= 0 && edtf.Compare(a, c) > 0 {
			t.Errorf("%q, %q, %q are not in order", a, b, c)
		}
	})
}

// scan asks of each day of d whether it is inside w.
func scan(d, w edtf.Date) (every, some bool) {
	first, _ := d.Earliest()
	last, _ := d.Latest()
	from, _ := w.Earliest()
	to, _ := w.Latest()
	every = true
	for at := first; !at.After(last); at = at.AddDate(0, 0, 1) {
		inside := !at.Before(from) && !at.After(to)
		every, some = every && inside, some || inside
	}
	return every, some
}

func dates() *rapid.Generator[edtf.Date] {
	return rapid.Map(expressions(), edtf.MustParse)
}

func datesOrZero() *rapid.Generator[edtf.Date] {
	return rapid.OneOf(dates(), rapid.Just(edtf.Date{}))
}

// closed draws dates of a few years with a known start and end.
func closed() *rapid.Generator[edtf.Date] {
	return dates().Filter(func(d edtf.Date) bool {
		_, hasFirst := d.Earliest()
		_, hasLast := d.Latest()
		return hasFirst && hasLast && !strings.HasPrefix(d.String(), "Y") && d.Precision() != edtf.Century
	})
}

// expressions draws valid expressions of all kinds. The years lie close together so
// that dates meet often.
func expressions() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.Map(simple(), func(p point) string { return p.text }),
		rapid.Map(simple(), func(p point) string { return p.text }),
		special(),
		intervals(),
	)
}

// point is a date without X, written with less or more of it, and its place in time.
type point struct {
	text string
	at   time.Time
}

// simple draws a year, month or day with an optional qualification.
func simple() *rapid.Generator[point] {
	return rapid.Custom(func(t *rapid.T) point {
		at := time.Date(2018, 1, rapid.IntRange(1, 4*365).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		layout := rapid.SampledFrom([]string{"2006", "2006-01", time.DateOnly, time.DateOnly}).Draw(t, "layout")
		mark := rapid.SampledFrom([]string{"", "", "?", "~", "%"}).Draw(t, "mark")
		return point{at.Format(layout) + mark, at}
	})
}

// special draws what stands alone and is not qualified.
func special() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		sign := rapid.SampledFrom([]string{"", "", "-"}).Draw(t, "sign")
		year := rapid.IntRange(2015, 2022).Draw(t, "year")
		month := rapid.IntRange(1, 12).Draw(t, "month")
		long := rapid.IntRange(10_000, 999_999_999).Draw(t, "long year")
		return rapid.SampledFrom([]string{
			fmt.Sprintf("%s%d-XX", sign, year),
			fmt.Sprintf("%s%d-XX-XX", sign, year),
			fmt.Sprintf("%s%d-%02d-XX", sign, year, month),
			fmt.Sprintf("%s%03dX", sign, year/10),
			fmt.Sprintf("%s%02dXX", sign, year/100),
			fmt.Sprintf("%s%d-%d", sign, year, 20+rapid.IntRange(1, 4).Draw(t, "season")),
			fmt.Sprintf("Y%s%d", sign, long),
			fmt.Sprintf("%d-%02d-15T10:30:00+09:00", year, month),
		}).Draw(t, "special")
	})
}

// intervals draws two points in order; either may give way to an open or unknown end.
func intervals() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		a, b := simple().Draw(t, "start"), simple().Draw(t, "end")
		if b.at.Before(a.at) {
			a, b = b, a
		}
		start := rapid.SampledFrom([]string{a.text, a.text, "..", ""}).Draw(t, "start as")
		end := rapid.SampledFrom([]string{b.text, b.text, "..", ""}).Draw(t, "end as")
		return start + "/" + end
	})
}
