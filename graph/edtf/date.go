package edtf

import (
	"cmp"
	"math"
	"strings"
	"time"
)

// Precision names the coarsest part of a date that is known.
type Precision string

// The precisions. Unspecified digits count as not known: 1985-04-XX has the
// precision of a month, 1985-XX-XX and 1985-XX of a year, 198X of a decade.
const (
	Day      Precision = "day"
	Month    Precision = "month"
	Season   Precision = "season"
	Year     Precision = "year"
	Decade   Precision = "decade"
	Century  Precision = "century"
	Interval Precision = "interval"
)

// Date is a parsed EDTF expression: the text and the range of days it may mean.
// The zero value is the unknown date, and String gives "" for it. Two Dates are
// equal (==) when their expressions are the same.
type Date struct {
	text        string
	first, last int64 // days since 1970-01-01; set only where the bound is known
	start, end  bound
	precision   Precision
	approximate bool
	uncertain   bool
}

// bound says what is known about one end of the range of a Date.
type bound uint8

const (
	unknown bound = iota // may be any day
	known                // the day in first or last
	open                 // unbounded
)

// String returns the expression as it was given to Parse, "" for the zero Date.
func (d Date) String() string { return d.text }

// IsZero reports whether d is the unknown date.
func (d Date) IsZero() bool { return d.text == "" }

// Precision returns the precision of d, "" for the zero Date.
func (d Date) Precision() Precision { return d.precision }

// Approximate reports whether d, or an end of the interval d, is marked ~ or %.
func (d Date) Approximate() bool { return d.approximate }

// Uncertain reports whether d, or an end of the interval d, is marked ? or %.
func (d Date) Uncertain() bool { return d.uncertain }

// Earliest returns the first day, at midnight UTC, that d may mean. It returns
// false where the start is open or unknown.
func (d Date) Earliest() (time.Time, bool) { return midnight(d.first, d.start) }

// Latest returns the last day, at midnight UTC, that d may mean. It returns false
// where the end is open or unknown.
func (d Date) Latest() (time.Time, bool) { return midnight(d.last, d.end) }

// Certain reports whether every day that d may mean is inside the window w. An
// open end of w is unbounded. An open or unknown end of d is inside only if w is
// open on that side, and nothing is certainly inside an unknown end of w.
func (d Date) Certain(w Date) bool {
	starts := w.start == open || w.start == known && d.start == known && w.first <= d.first
	ends := w.end == open || w.end == known && d.end == known && d.last <= w.last
	return starts && ends
}

// Possible reports whether some day that d may mean may be inside the window w:
// whether the two ranges share a day, open and unknown ends being unbounded.
func (d Date) Possible(w Date) bool {
	return d.firstDay() <= w.lastDay() && w.firstDay() <= d.lastDay()
}

// Days gives the first and the last day that d may mean, counted from
// 1970-01-01; the least and the greatest int64 where they are open or unknown.
func (d Date) Days() (first, last int64) { return d.firstDay(), d.lastDay() }

// Compare orders dates for sorting; it returns -1, 0 or +1, and 0 only for equal
// dates. It looks at the earliest day (open or unknown first), then at the latest
// day (open or unknown last), then at the expression. The zero Date comes last.
func Compare(a, b Date) int {
	if a.IsZero() || b.IsZero() {
		return cmp.Compare(zeroRank(a), zeroRank(b))
	}
	if c := cmp.Compare(a.firstDay(), b.firstDay()); c != 0 {
		return c
	}
	if c := cmp.Compare(a.lastDay(), b.lastDay()); c != 0 {
		return c
	}
	return strings.Compare(a.text, b.text)
}

// MarshalText returns the expression, empty for the zero Date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.text), nil }

// UnmarshalText sets d to the parsed text, and to the zero Date when text is empty.
// On an error d stays as it was.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// firstDay is first, or a day before all others where the start is not known.
func (d Date) firstDay() int64 {
	if d.start != known {
		return math.MinInt64
	}
	return d.first
}

// lastDay is last, or a day after all others where the end is not known.
func (d Date) lastDay() int64 {
	if d.end != known {
		return math.MaxInt64
	}
	return d.last
}

func zeroRank(d Date) int {
	if d.IsZero() {
		return 1
	}
	return 0
}

const secondsPerDay = 24 * 60 * 60

// midnight returns the start of a day counted from 1970-01-01, and whether the
// bound is known.
func midnight(day int64, b bound) (time.Time, bool) {
	if b != known {
		return time.Time{}, false
	}
	return time.Unix(day*secondsPerDay, 0).UTC(), true
}

// dayNumber counts the days from 1970-01-01 to the given day of the proleptic
// Gregorian calendar, in which year 0 is 1 BC. Months and days beyond their range
// carry over, as in time.Date.
func dayNumber(year, month, day int) int64 {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
}
