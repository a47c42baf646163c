package foreign

import (
	"regexp"
	"strings"

	"dialograph/graph/edtf"
	"dialograph/graph/rdf"
)

// dayForm is an ISO 8601 date, perhaps with a time of day, as schema.org and
// XML Schema write them.
var dayForm = regexp.MustCompile(`^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:Z|[+-]\d\d:\d\d)?$|^(\d{4}-\d\d-\d\d)[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?$`)

// day reads a date, cut to its day, as the place where the event was would
// have it; false for what is none.
func day(n rdf.Node) (string, bool) {
	if !n.Literal {
		return "", false
	}
	m := dayForm.FindStringSubmatch(strings.TrimSpace(n.Value))
	if m == nil {
		return "", false
	}
	date := m[1] + m[2]
	_, err := edtf.Parse(date)
	return date, err == nil
}
