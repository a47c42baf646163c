package extract

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dialograph/graph/edtf"
	"dialograph/loaders/gazetteer"
)

// moment is a date as a text gives it. Zero parts are not given.
type moment struct {
	first, last int // tokens, half open
	from, to    day // to is zero where only one day is given
	weekday     int // 0 for Sunday, -1 where none is named
	relative    int // days from the publication: 0 today, -1 yesterday; noRelative
}

type day struct{ year, month, day int }

const noRelative = 1 << 10

func (d day) isZero() bool { return d == day{} }

// edtf writes a day, with X for a year that is not known.
func (d day) edtf() string {
	year := "XXXX"
	if d.year > 0 {
		year = fmt.Sprintf("%04d", d.year)
	}
	switch {
	case d.month == 0 && d.year == 0:
		return ""
	case d.month == 0:
		return year
	case d.day == 0:
		return fmt.Sprintf("%s-%02d", year, d.month)
	default:
		return fmt.Sprintf("%s-%02d-%02d", year, d.month, d.day)
	}
}

func (m moment) edtf() string {
	if m.to.isZero() || m.to == m.from {
		return m.from.edtf()
	}
	return m.from.edtf() + "/" + m.to.edtf()
}

// written gives the date as EDTF. Days that no interval can hold, because the
// year is unknown or they are in the wrong order, are given by the first, with
// a note on the other.
func (m moment) written() (date, note string) {
	whole := m.edtf()
	if _, err := edtf.Parse(whole); err == nil || whole == "" {
		return whole, ""
	}
	if _, err := edtf.Parse(m.from.edtf()); err != nil {
		return "", ""
	}
	return m.from.edtf(), "The text goes on to " + m.to.edtf() + "."
}

// hasYear tells whether the text gives the year too.
func (m moment) hasYear() bool { return m.from.year > 0 }

// dates finds the dates of a sentence: day and month in either order, with a
// range and without a year, figures as 24.11.2020 and 2020-11-24, weekdays,
// yesterday.
func (l *lexicon) dates(toks []gazetteer.Token) []moment {
	var out []moment
	for i := 0; i < len(toks); {
		if !l.mayBeDate(toks[i]) {
			i++
			continue
		}
		if m, ok := l.dateAt(toks, i); ok {
			if n := len(out); n > 0 && follows(out[n-1], m) && m.first == out[n-1].last+1 && (toks[m.first-1].Fold == "and" || toks[m.first-1].Fold == "-" || toks[m.first-1].Fold == "to") {
				// "Tuesday 9 December and Wednesday 10 December"
				out[n-1].to, out[n-1].last = m.from, m.last
				if out[n-1].from.year == 0 {
					out[n-1].from.year = m.from.year
				}
				i = m.last
				continue
			}
			out = append(out, m)
			i = m.last
			continue
		}
		i++
	}
	return out
}

// mayBeDate tells whether a date may begin with a token.
func (l *lexicon) mayBeDate(t gazetteer.Token) bool {
	switch t.Class {
	case gazetteer.Number:
		return true
	case gazetteer.Capital, gazetteer.Upper:
		_, weekday := l.weekday[t.Fold]
		return weekday || l.month[t.Fold] > 0 || t.Fold == "today" || t.Fold == "yesterday"
	case gazetteer.Lower:
		return t.Fold == "today" || t.Fold == "yesterday" || t.Fold == "day"
	}
	return false
}

// follows tells whether a date is that of a day soon after another.
func follows(a, b moment) bool {
	return a.to.isZero() && b.to.isZero() && a.from.month > 0 && a.from.day > 0 && a.from.month == b.from.month && b.from.day > a.from.day && b.from.day-a.from.day <= 6 &&
		(a.from.year == b.from.year || a.from.year == 0)
}

// dateReader walks over the tokens of a date.
type dateReader struct {
	l    *lexicon
	toks []gazetteer.Token
	at   int
}

func (l *lexicon) dateAt(toks []gazetteer.Token, i int) (moment, bool) {
	if i >= len(toks) {
		return moment{}, false
	}
	m := moment{first: i, weekday: -1, relative: noRelative}
	r := dateReader{l, toks, i}
	if w, ok := r.weekday(); ok {
		m.weekday, m.last = w, r.at
		if m2, ok := l.dateAt(toks, r.skipSigns()); ok && m2.weekday < 0 && m2.from.day > 0 {
			m2.first, m2.weekday = i, w
			return m2, true
		}
		return m, true
	}
	switch toks[i].Fold {
	case "day":
		if i == 0 || toks[i-1].Fold != "the" || i+1 >= len(toks) || toks[i+1].Fold != "before" || i+2 < len(toks) && toks[i+2].Class != gazetteer.Sign {
			return m, false
		}
		m.relative, m.last = -1, i+2
		return m, true
	case "today", "yesterday":
		if toks[i].Fold == "yesterday" {
			m.relative = -1
		} else {
			m.relative = 0
		}
		m.last = i + 1
		return m, true
	}
	for _, form := range []func(*dateReader, *moment) bool{(*dateReader).figures, (*dateReader).dayFirst, (*dateReader).monthFirst, (*dateReader).monthYear} {
		r.at = i
		if form(&r, &m) {
			m.last = r.at
			r.closing(&m)
			m.last = r.at
			return m, true
		}
		m.from, m.to = day{}, day{}
	}
	return m, false
}

// closing takes the weekday that may follow in brackets.
func (r *dateReader) closing(m *moment) {
	if r.sign("(") {
		if w, ok := r.weekday(); ok && r.sign(")") {
			m.weekday = w
			return
		}
		r.at = m.last
	}
}

func (r *dateReader) tok() string {
	if r.at < len(r.toks) {
		return r.toks[r.at].Fold
	}
	return ""
}

func (r *dateReader) sign(s string) bool {
	if r.tok() == s {
		r.at++
		return true
	}
	return false
}

func (r *dateReader) skipSigns() int {
	for r.tok() == "," || r.tok() == "the" || r.tok() == "." {
		r.at++
	}
	return r.at
}

func (r *dateReader) weekday() (int, bool) {
	w, ok := r.l.weekday[r.tok()]
	if !ok || r.toks[r.at].Class == gazetteer.Lower || r.toks[r.at].Class == gazetteer.Sign {
		return 0, false
	}
	if len(r.tok()) == 3 && r.tok() == "sun" {
		return 0, false
	}
	r.at++
	return w, true
}

func (r *dateReader) month() (int, bool) {
	if r.at >= len(r.toks) {
		return 0, false
	}
	m, ok := r.l.month[r.tok()]
	if !ok || r.toks[r.at].Class == gazetteer.Lower {
		return 0, false
	}
	r.at++
	if r.tok() == "." && !r.toks[r.at].Spaced {
		r.at++
	}
	return m, true
}

// number reads a day: 7, 07, 7th.
func (r *dateReader) number() (int, bool) {
	text := r.tok()
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		text = strings.TrimSuffix(text, suffix)
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 31 || len(text) > 2 {
		return 0, false
	}
	r.at++
	return n, true
}

func (r *dateReader) year() (int, bool) {
	start := r.at
	r.sign(",")
	text := r.tok()
	n, err := strconv.Atoi(text)
	if err != nil || len(text) != 4 || n < 1950 || n > 2100 {
		r.at = start
		return 0, false
	}
	r.at++
	return n, true
}

// to reads the sign or word between the two ends of a range.
func (r *dateReader) to() bool {
	switch r.tok() {
	case "-", "to", "and", "&", "/", "until", "through":
		r.at++
		return true
	}
	return false
}

// figures reads 2020-11-24, 24.11.2020 and 24/11/2020.
func (r *dateReader) figures(m *moment) bool {
	text := r.tok()
	if parts := strings.Split(text, "."); len(parts) == 3 {
		r.at++
		d, ok := dayOf(parts[2], parts[1], parts[0])
		m.from = d
		return ok
	}
	if r.at+4 >= len(r.toks) {
		return false
	}
	a, s1, b, s2, c := r.toks[r.at].Fold, r.toks[r.at+1].Fold, r.toks[r.at+2].Fold, r.toks[r.at+3].Fold, r.toks[r.at+4].Fold
	if s1 != s2 || s1 != "-" && s1 != "/" && s1 != "." || r.toks[r.at+1].Spaced && s1 != "." {
		return false
	}
	r.at += 5
	if len(a) == 4 {
		d, ok := dayOf(a, b, c)
		m.from = d
		return ok
	}
	d, ok := dayOf(c, b, a)
	if !ok {
		d, ok = dayOf(c, a, b) // the American order
	}
	m.from = d
	return ok && len(c) == 4
}

func dayOf(year, month, date string) (day, bool) {
	y, err1 := strconv.Atoi(year)
	mo, err2 := strconv.Atoi(month)
	d, err3 := strconv.Atoi(date)
	ok := err1 == nil && err2 == nil && err3 == nil && y >= 1950 && y <= 2100 && mo >= 1 && mo <= 12 && d >= 1 && d <= 31
	return day{y, mo, d}, ok
}

// dayFirst reads 24 November 2020, 24-25 November, 30 May to 1 June 2021, the
// 14th of December.
func (r *dateReader) dayFirst(m *moment) bool {
	d1, ok := r.number()
	if !ok {
		return false
	}
	r.sign("of")
	if month, ok := r.month(); ok {
		y, _ := r.year()
		m.from = day{y, month, d1}
		mark := r.at
		if r.to() {
			if d2, ok := r.number(); ok {
				r.sign("of")
				if month2, ok := r.month(); ok {
					y2, _ := r.year()
					m.from.year = max(m.from.year, y2)
					if y > 0 {
						m.from.year = y
					}
					m.to = day{y2, month2, d2}
					return true
				}
			}
		}
		r.at = mark
		return true
	}
	if !r.to() {
		return false
	}
	d2, ok := r.number()
	if !ok {
		return false
	}
	r.sign("of")
	month, ok := r.month()
	if !ok {
		return false
	}
	y, _ := r.year()
	m.from, m.to = day{y, month, d1}, day{y, month, d2}
	return true
}

// monthFirst reads November 24, 2020, November 24-25 and May 30-June 1, 2021.
func (r *dateReader) monthFirst(m *moment) bool {
	month, ok := r.month()
	if !ok {
		return false
	}
	r.sign("the")
	d1, ok := r.number()
	if !ok {
		return false
	}
	m.from = day{0, month, d1}
	mark := r.at
	if r.to() {
		month2, other := r.month()
		if d2, ok := r.number(); ok && (other || d2 > d1) {
			if !other {
				month2 = month
			}
			m.to = day{0, month2, d2}
			mark = r.at
		}
	}
	r.at = mark
	if y, ok := r.year(); ok {
		m.from.year = y
		if !m.to.isZero() {
			m.to.year = y
		}
	}
	return true
}

// monthYear reads November 2020.
func (r *dateReader) monthYear(m *moment) bool {
	month, ok := r.month()
	if !ok {
		return false
	}
	r.sign("of")
	y, ok := r.year()
	m.from = day{y, month, 0}
	return ok
}

// inYear gives a date the year that is nearest before a day on which it was
// told, or soonest after for what is to come.
func (m moment) inYear(told day, past bool) moment {
	if told.year == 0 {
		return m
	}
	reference := time.Date(told.year, time.Month(max(told.month, 1)), max(told.day, 1), 0, 0, 0, 0, time.UTC)
	set := func(d *day) {
		if d.isZero() || d.year > 0 {
			return
		}
		d.year = told.year
		here := time.Date(d.year, time.Month(d.month), max(d.day, 1), 0, 0, 0, 0, time.UTC)
		if past && here.After(reference.AddDate(0, 0, 1)) {
			d.year--
		}
		if !past && here.Before(reference.AddDate(0, 0, -1)) {
			d.year++
		}
	}
	if m.from.month > 0 {
		set(&m.from)
		if !m.to.isZero() && m.to.year == 0 {
			m.to.year = m.from.year
		}
		return m
	}
	switch {
	case m.relative != noRelative:
		m.from = dayAt(reference.AddDate(0, 0, m.relative))
	case m.weekday >= 0:
		back := (int(reference.Weekday()) - m.weekday + 7) % 7
		if !past {
			back = -((m.weekday - int(reference.Weekday()) + 7) % 7)
		}
		m.from = dayAt(reference.AddDate(0, 0, -back))
	}
	return m
}

func dayAt(t time.Time) day { return day{t.Year(), int(t.Month()), t.Day()} }
