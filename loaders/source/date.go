package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"dialograph/graph/edtf"
)

// dateForms are the ways in which pages write a date. A form with two numbers
// below thirteen before the year is not here: 05/06/2025 is two dates.
var dateForms = []struct {
	form             *regexp.Regexp
	year, month, day int // groups
}{
	{regexp.MustCompile(`\b((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:$|[^0-9])`), 1, 2, 3},
	{regexp.MustCompile(`\b((?:19|20)[0-9]{2})[./]\s?([0-9]{1,2})[./]\s?([0-9]{1,2})(?:$|[^0-9])`), 1, 2, 3},
	{regexp.MustCompile(`((?:19|20)[0-9]{2})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일]`), 1, 2, 3},
	{regexp.MustCompile(`\b([0-9]{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+((?:19|20)[0-9]{2})\b`), 3, 2, 1},
	{regexp.MustCompile(`\b([A-Za-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)[0-9]{2})\b`), 3, 1, 2},
	{regexp.MustCompile(`\b([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?((?:19|20)[0-9]{2})\b`), 3, 2, 1},
	{regexp.MustCompile(`^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:$|T|[0-9]{6}$)`), 1, 2, 3},
}

var months = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

// dateIn gives the first day that a short text names, in EDTF; "" for none. A
// time of day and its zone are left aside: the day is that of the place.
func dateIn(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 300 {
		return ""
	}
	for _, f := range dateForms {
		m := f.form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		month, err := strconv.Atoi(m[f.month])
		if err != nil {
			month = months[strings.ToLower(m[f.month])[:3]]
		}
		day, _ := strconv.Atoi(m[f.day])
		date := fmt.Sprintf("%s-%02d-%02d", m[f.year], month, day)
		if _, err := edtf.Parse(date); err == nil {
			return date
		}
	}
	if _, err := edtf.Parse(text); err == nil && len(text) <= 10 && len(text) >= 4 && strings.Trim(text, "0123456789-") == "" {
		return text
	}
	return ""
}

var weekday = regexp.MustCompile(`(?i)^(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)day,?\s+|posted on:?\s+|published:?\s+|date:?\s+)`)

// onlyDate tells whether words are a date and nothing else.
func onlyDate(words string) bool {
	if len(words) > 60 {
		return false
	}
	words = weekday.ReplaceAllString(strings.TrimSpace(words), "")
	for _, f := range dateForms {
		if at := f.form.FindStringIndex(words); at != nil && at[0] == 0 && strings.Trim(words[at[1]:], " .)(") == "" {
			return true
		}
	}
	return false
}
