package edtf_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"dialograph/graph/edtf"
)

// TestAgainstNpmEdtf asks the npm package edtf 4.11.1 for a second opinion on the
// expressions of dates.tsv and invalid.txt, on 500 samples of its own generator for each of
// levels 0 and 1, and on as many expressions one character away from these. It
// compares whether an expression is accepted, and the first and last day.
// `npm ci` in testdata/oracle installs what it needs.
func TestAgainstNpmEdtf(t *testing.T) {
	counts := map[string]int{}
	for _, v := range askOracle(t, "500", "1") {
		difference := v.difference()
		if difference == "" {
			counts["agree"]++
			continue
		}
		reason := v.exception()
		if reason == "" {
			t.Errorf("%q: %s", v.EDTF, difference)
			continue
		}
		counts[reason]++
	}
	for _, e := range exceptions {
		if counts[e.reason] == 0 {
			t.Errorf("exception %q was not needed: remove it", e.reason)
		}
	}
	for reason, n := range counts {
		t.Logf("%5d %s", n, reason)
	}
}

// exceptions are the accepted differences from npm edtf, each as narrow as it can be.
var exceptions = []struct {
	reason string
	holds  func(v verdict) bool
}{
	{"npm rolls 29 February of a common year over to 1 March; the day does not exist", func(v verdict) bool {
		_, err := edtf.Parse(v.EDTF)
		return strings.Contains(v.EDTF, "-02-29") && err != nil && strings.Contains(err.Error(), "day 29 does not exist")
	}},
	{"npm computes the year 0000 from 1900, which has no 29 February; 0000 is a leap year", func(v verdict) bool {
		return strings.Contains(v.EDTF, "0000-02-")
	}},
	{"npm accepts a negative year zero with unspecified parts", func(v verdict) bool {
		return strings.HasPrefix(v.EDTF, "-0000-")
	}},
	{"npm refuses an interval that starts and ends in the same time (2020-12/2020); the end is not wholly before the start", func(v verdict) bool {
		return strings.HasPrefix(v.Error, "invalid upper bound") && strings.Contains(v.EDTF, "/")
	}},
	{"npm has no days for years beyond the range of a JavaScript Date", func(v verdict) bool {
		return v.Type == "Year" && v.Min == nil && v.Max == nil
	}},
	{"npm gives min after max for months and days unspecified in a negative year", func(v verdict) bool {
		return v.Min != nil && v.Max != nil && *v.Min > *v.Max && strings.HasPrefix(v.EDTF, "-")
	}},
	{"npm loses the sign of a negative year at the end of a season", func(v verdict) bool {
		return v.Type == "Season" && strings.HasPrefix(v.EDTF, "-") && near(v.Min, edtf.MustParse(v.EDTF).Earliest)
	}},
	{"npm takes -000X and -00XX for the years from 0000 on; we read those before 0000", func(v verdict) bool {
		return v.EDTF == "-000X" || v.EDTF == "-00XX"
	}},
	{"a day of an unknown month is of level 2, which npm is not asked for; press reports need it", func(v verdict) bool {
		return v.Error != "" && dayOfAnyMonth.MatchString(v.EDTF)
	}},
	{"npm turns a date-time into an instant in UTC; we keep the day as written", func(v verdict) bool {
		return offsetTime.MatchString(v.EDTF) && v.withinOneDay()
	}},
}

var dayOfAnyMonth = regexp.MustCompile(`^-?\d{4}-XX-\d\d$`)

var offsetTime = regexp.MustCompile(`T(24:00:00|\d\d:\d\d:\d\d[+-])`)

// verdict is one line of oracle.mjs.
type verdict struct {
	EDTF, Type, Error string
	Min, Max          *int64
	Skipped           map[string]int
}

// difference says how Parse and npm edtf differ, "" when they agree.
func (v verdict) difference() string {
	d, err := edtf.Parse(v.EDTF)
	switch {
	case err != nil && v.Error != "":
		return ""
	case err != nil:
		return "npm accepts it, we say: " + err.Error()
	case v.Error != "":
		return "we accept it, npm says: " + v.Error
	}
	ours, theirs := day(d.Earliest())+" to "+day(d.Latest()), npmDay(v.Min)+" to "+npmDay(v.Max)
	if ours != theirs {
		return "we read " + ours + ", npm " + theirs
	}
	return ""
}

func (v verdict) exception() string {
	for _, e := range exceptions {
		if e.holds(v) {
			return e.reason
		}
	}
	return ""
}

// withinOneDay reports whether both read a range and its bounds are a day apart at most.
func (v verdict) withinOneDay() bool {
	d, err := edtf.Parse(v.EDTF)
	if err != nil || v.Error != "" {
		return false
	}
	return near(v.Min, d.Earliest) && near(v.Max, d.Latest)
}

func near(npm *int64, bound func() (time.Time, bool)) bool {
	at, ok := bound()
	if npm == nil || !ok {
		return npm == nil && !ok
	}
	const day = 24 * time.Hour
	return at.Sub(time.UnixMilli(*npm).UTC().Truncate(day)).Abs() <= day
}

func npmDay(ms *int64) string {
	if ms == nil {
		return "-"
	}
	return day(time.UnixMilli(*ms).UTC(), true)
}

// askOracle runs oracle.mjs on the tables and its own samples. It skips the
// test where Node or the package is not installed.
func askOracle(t *testing.T, count, seed string) []verdict {
	t.Helper()
	dir := filepath.Join("testdata", "oracle")
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "edtf")); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the npm package edtf is not installed: run `npm ci` in graph/edtf/" + filepath.ToSlash(dir))
	}
	cmd := exec.Command(node, "oracle.mjs", count, seed)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "TZ=UTC")
	cmd.Stdin = strings.NewReader(strings.Join(tableExpressions(t), "\n"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run oracle.mjs: %v\n%s", err, stderr.String())
	}
	return readVerdicts(t, out)
}

// tableExpressions returns the expressions of the tables that fit on a line.
func tableExpressions(t *testing.T) []string {
	var all []string
	for _, row := range table(t, "dates.tsv") {
		all = append(all, row[0])
	}
	for _, row := range table(t, "invalid.txt") {
		expression, err := strconv.Unquote(row[0])
		if err != nil {
			t.Fatalf("invalid.txt: unquote %s: %v", row[0], err)
		}
		if expression != "" && !strings.Contains(expression, "\n") {
			all = append(all, expression)
		}
	}
	return all
}

func readVerdicts(t *testing.T, out []byte) []verdict {
	var all []verdict
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var v verdict
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("read %s: %v", lines.Text(), err)
		}
		if v.Skipped == nil {
			all = append(all, v)
			continue
		}
		for reason, n := range v.Skipped {
			t.Logf("%5d skipped: %s", n, reason)
		}
	}
	return all
}
