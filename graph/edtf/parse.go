package edtf

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Parse reads one EDTF expression of level 0 or 1 and keeps it as given. It
// refuses the empty string, days that do not exist, intervals whose end is wholly
// before their start, and everything of level 2; the error says which.
func Parse(s string) (Date, error) {
	d, err := parse(s)
	if err != nil {
		return Date{}, fmt.Errorf("parse EDTF date %q: %w", s, err)
	}
	d.text = s
	return d, nil
}

// MustParse is Parse for expressions in code and tests; it panics on an error.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func parse(s string) (Date, error) {
	if err := checkCharacters(s); err != nil {
		return Date{}, err
	}
	if start, end, ok := strings.Cut(s, "/"); ok {
		return parseInterval(start, end)
	}
	return parseSingle(s)
}

// checkCharacters refuses what no expression of level 0 or 1 contains, so that the
// error can say what is wrong rather than where.
func checkCharacters(s string) error {
	if s == "" {
		return errors.New("the expression is empty")
	}
	for i, r := range s {
		switch {
		case '0' <= r && r <= '9', strings.ContainsRune("-/.:+TZYX?~%", r):
		case r == 'x':
			return errors.New("an unspecified digit is written with a capital X")
		case strings.ContainsRune("[]{},", r):
			return levelTwo("a set of dates")
		case r == 'E' && s[0] == 'Y':
			return levelTwo("an exponential year")
		case r == 'S' && i > 0:
			return levelTwo("a number of significant digits")
		default:
			return fmt.Errorf("the character %q has no place in a date", r)
		}
	}
	return nil
}

// parseInterval reads the two ends of start/end.
func parseInterval(start, end string) (Date, error) {
	if strings.Contains(end, "/") {
		return Date{}, errors.New("an interval has one start and one end")
	}
	a, err := parseEnd(start)
	if err != nil {
		return Date{}, fmt.Errorf("start of the interval: %w", err)
	}
	b, err := parseEnd(end)
	if err != nil {
		return Date{}, fmt.Errorf("end of the interval: %w", err)
	}
	if a.start == known && b.end == known && b.last < a.first {
		return Date{}, fmt.Errorf("the end %s is before the start %s", end, start)
	}
	return Date{
		first: a.first, start: a.start,
		last: b.last, end: b.end,
		precision:   Interval,
		approximate: a.approximate || b.approximate,
		uncertain:   a.uncertain || b.uncertain,
	}, nil
}

// parseEnd reads one end of an interval: a date, ".." for open, "" for unknown.
func parseEnd(s string) (Date, error) {
	switch {
	case s == "..":
		return Date{start: open, end: open}, nil
	case s == "":
		return Date{}, nil
	case strings.HasPrefix(s, "Y"):
		return Date{}, errors.New("a year with the prefix Y stands alone")
	case strings.Contains(s, "X"):
		return Date{}, levelTwo("an unspecified digit in an interval")
	}
	d, err := parseSingle(s)
	if err == nil && d.precision == Season {
		return Date{}, errors.New("a season stands alone")
	}
	return d, err
}

// parseSingle reads an expression that is not an interval.
func parseSingle(s string) (Date, error) {
	body, mark := cutQualification(s)
	if err := checkQualification(body, mark); err != nil {
		return Date{}, err
	}
	d, err := parseUnqualified(body)
	if err != nil {
		return Date{}, err
	}
	if mark != 0 && d.precision == Season {
		return Date{}, errors.New("a season takes no qualification at level 1")
	}
	d.approximate = mark == '~' || mark == '%'
	d.uncertain = mark == '?' || mark == '%'
	return d, nil
}

const qualifications = "?~%"

// cutQualification splits a final ?, ~ or % off; mark is 0 where there is none.
func cutQualification(s string) (body string, mark byte) {
	last := len(s) - 1
	if last >= 0 && strings.IndexByte(qualifications, s[last]) >= 0 {
		return s[:last], s[last]
	}
	return s, 0
}

// checkQualification refuses a qualification in body, which is the expression
// without its final mark, and a mark where level 1 has none.
func checkQualification(body string, mark byte) error {
	at := strings.IndexAny(body, qualifications)
	switch {
	case at >= 0 && at == len(body)-1:
		return errors.New("one qualification is enough; % is both ? and ~")
	case at >= 0:
		return levelTwo("the qualification of a part")
	case mark == 0:
		return nil
	case strings.Contains(body, "X"):
		return errors.New("an unspecified date takes no qualification at level 1")
	case strings.Contains(body, "T"):
		return errors.New("a date-time takes no qualification at level 1")
	case strings.HasPrefix(body, "Y"):
		return errors.New("a year with the prefix Y takes no qualification at level 1")
	}
	return nil
}

func parseUnqualified(s string) (Date, error) {
	if strings.HasPrefix(s, "Y") {
		return parseLongYear(s[len("Y"):])
	}
	day, clock, ok := strings.Cut(s, "T")
	if !ok {
		return parseCalendarDate(s)
	}
	if err := checkClock(clock); err != nil {
		return Date{}, err
	}
	d, err := parseCalendarDate(day)
	if err == nil && d.precision != Day {
		return Date{}, errors.New("a time of day needs a whole date before it")
	}
	return d, err
}

// The number of digits a year with the prefix Y may have. ISO 8601-2 sets no upper
// limit; nine holds its own example, Y170000002.
const minLongYear, maxLongYear = 5, 9

// parseLongYear reads what follows the prefix Y.
func parseLongYear(s string) (Date, error) {
	digits, negative := strings.CutPrefix(s, "-")
	year, ok := number(digits)
	switch {
	case len(digits) > maxLongYear:
		return Date{}, fmt.Errorf("a year of more than %d digits is not supported", maxLongYear)
	case !ok:
		return Date{}, fmt.Errorf("%q after the prefix Y is not a year", s)
	case len(digits) < minLongYear || digits[0] == '0':
		return Date{}, errors.New("a year with the prefix Y has more than four digits and no leading zero")
	}
	if negative {
		year = -year
	}
	return months(year, 1, 12, Year), nil
}

// parseCalendarDate reads year, year-month, year-season or year-month-day with the
// unspecified digits of level 1.
func parseCalendarDate(s string) (Date, error) {
	digits, negative := strings.CutPrefix(s, "-")
	if len(digits) < 4 {
		return Date{}, errors.New("a year has four digits")
	}
	if rest, ok := strings.CutPrefix(s, "XXXX-"); ok {
		return parseDayOfAnyYear(rest)
	}
	d, year, err := parseYear(digits[:4], negative)
	if err != nil || len(digits) == 4 {
		return d, err
	}
	month, day, hasDay, err := cutMonthDay(digits[4:])
	switch {
	case err != nil:
		return Date{}, err
	case d.precision != Year:
		return Date{}, levelTwo("an unspecified year with a month")
	case month == "XX" && (!hasDay || day == "XX"):
		return d, nil
	case month == "XX":
		return parseDayOfAnyMonth(year, day)
	case hasDay:
		return parseDay(year, month, day)
	}
	return parseMonth(year, month)
}

// parseYear reads the four characters of a year, of which the last one or two may
// be X. It returns the years meant, and the year itself where no digit is X.
func parseYear(field string, negative bool) (d Date, year int, err error) {
	digits := strings.TrimRight(field, "X")
	n, ok := number(digits)
	if strings.Contains(digits, "X") || len(digits) < 2 {
		return Date{}, 0, levelTwo(fmt.Sprintf("the unspecified digits of year %s", field))
	}
	if !ok {
		return Date{}, 0, fmt.Errorf("%q is not a year", field)
	}
	precision, size := Year, 1
	switch len(digits) {
	case 3:
		precision, size = Decade, 10
	case 2:
		precision, size = Century, 100
	}
	first, last := n*size, n*size+size-1
	if negative {
		first, last = -last, min(-first, -1)
	}
	if first > last {
		return Date{}, 0, errors.New("year -0000 does not exist")
	}
	return between(dayNumber(first, 1, 1), dayNumber(last+1, 1, 1)-1, precision), first, nil
}

// cutMonthDay splits "-MM" or "-MM-DD" into its parts without looking at them.
func cutMonthDay(s string) (month, day string, hasDay bool, err error) {
	switch {
	case len(s) == len("-MM") && s[0] == '-':
		return s[1:3], "", false, nil
	case len(s) == len("-MM-DD") && s[0] == '-' && s[3] == '-':
		return s[1:3], s[4:6], true, nil
	}
	return "", "", false, fmt.Errorf("%q after the year is not -MM or -MM-DD", s)
}

// seasons gives the first of the three months of each season. They are the
// quarters of the year, as in the npm package edtf; ISO 8601-2 gives no months.
var seasons = map[int]int{
	21: 1,  // spring
	22: 4,  // summer
	23: 7,  // autumn
	24: 10, // winter
}

// parseMonth reads what follows the year when no day does: a month or a season.
func parseMonth(year int, field string) (Date, error) {
	n, err := part("month", field)
	if err != nil {
		return Date{}, err
	}
	if first, ok := seasons[n]; ok {
		return months(year, first, 3, Season), nil
	}
	switch {
	case 1 <= n && n <= 12:
		return months(year, n, 1, Month), nil
	case 25 <= n && n <= 41:
		return Date{}, levelTwo(fmt.Sprintf("season %s", field))
	}
	return Date{}, fmt.Errorf("month %s does not exist", field)
}

// parseDay reads month and day of a year; the day may be XX.
func parseDay(year int, monthField, dayField string) (Date, error) {
	month, err := part("month", monthField)
	if err != nil {
		return Date{}, err
	}
	if month < 1 || month > 12 {
		return Date{}, fmt.Errorf("month %s does not exist", monthField)
	}
	whole := months(year, month, 1, Month)
	if dayField == "XX" {
		return whole, nil
	}
	day, err := part("day", dayField)
	if err != nil {
		return Date{}, err
	}
	n := whole.first + int64(day) - 1
	if n < whole.first || n > whole.last {
		return Date{}, fmt.Errorf("day %s does not exist in that month", dayField)
	}
	return between(n, n, Day), nil
}

// parseDayOfAnyMonth reads the day of year-XX-day: a page gives the year and the
// day but not the month. Every day between the first and the last is possible.
func parseDayOfAnyMonth(year int, field string) (Date, error) {
	day, err := part("day", field)
	if err != nil {
		return Date{}, err
	}
	if day < 1 || day > 31 {
		return Date{}, fmt.Errorf("day %s does not exist", field)
	}
	return between(dayNumber(year, 1, day), dayNumber(year, 12, day), Year), nil
}

// parseDayOfAnyYear reads month and day of XXXX-month-day; a leap year is one.
func parseDayOfAnyYear(s string) (Date, error) {
	month, day, ok := strings.Cut(s, "-")
	if !ok || strings.Contains(s, "X") {
		return Date{}, levelTwo("an unspecified year without a month and a day")
	}
	if _, err := parseDay(2000, month, day); err != nil {
		return Date{}, err
	}
	return Date{precision: Day}, nil
}

// part reads a month or a day of two digits. name is for the error.
func part(name, field string) (int, error) {
	if strings.Contains(field, "X") {
		return 0, levelTwo(fmt.Sprintf("the unspecified digits of %s %s", name, field))
	}
	n, ok := number(field)
	if !ok {
		return 0, fmt.Errorf("%q is not a %s", field, name)
	}
	return n, nil
}

// number reads decimal digits and nothing else.
func number(digits string) (int, bool) {
	n, err := strconv.ParseUint(digits, 10, 63)
	return int(n), err == nil
}

// months returns the range of count months from the given one.
func months(year, first, count int, p Precision) Date {
	return between(dayNumber(year, first, 1), dayNumber(year, first+count, 1)-1, p)
}

func between(first, last int64, p Precision) Date {
	return Date{first: first, last: last, start: known, end: known, precision: p}
}

func levelTwo(what string) error {
	return fmt.Errorf("%s: level 2 is not supported", what)
}
