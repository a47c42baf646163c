package edtf_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dialograph/graph/edtf"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/*.tsv")

func TestDates(t *testing.T) {
	runTable(t, "dates.tsv", 1, func(in []string) []string {
		d := edtf.MustParse(in[0])
		return []string{
			day(d.Earliest()), day(d.Latest()), string(d.Precision()),
			strconv.FormatBool(d.Approximate()), strconv.FormatBool(d.Uncertain()),
		}
	})
}

func TestOverlap(t *testing.T) {
	runTable(t, "overlap.tsv", 2, func(in []string) []string {
		d, w := edtf.MustParse(in[0]), edtf.MustParse(in[1])
		return []string{strconv.FormatBool(d.Certain(w)), strconv.FormatBool(d.Possible(w))}
	})
}

func TestInvalid(t *testing.T) {
	for _, row := range table(t, "invalid.txt") {
		expression, err := strconv.Unquote(row[0])
		if err != nil {
			t.Fatalf("invalid.txt: unquote %s: %v", row[0], err)
		}
		d, err := edtf.Parse(expression)
		if err == nil {
			t.Errorf("Parse(%q) = %s to %s, want an error about %q", expression, day(d.Earliest()), day(d.Latest()), row[1])
			continue
		}
		if !strings.Contains(err.Error(), row[1]) {
			t.Errorf("Parse(%q): error %q, want it to contain %q", expression, err, row[1])
		}
		if !d.IsZero() {
			t.Errorf("Parse(%q) = %q with its error, want the zero Date", expression, d)
		}
	}
}

func TestErrorNamesTheValue(t *testing.T) {
	_, err := edtf.Parse("2020-13")
	const want = `parse EDTF date "2020-13": month 13 does not exist`
	if err == nil || err.Error() != want {
		t.Errorf("Parse: error %v, want %s", err, want)
	}
}

func TestMustParsePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error(`MustParse("soon") did not panic`)
		}
	}()
	edtf.MustParse("soon")
}

func TestZeroDateIsUnknown(t *testing.T) {
	var zero edtf.Date
	if !zero.IsZero() || zero.String() != "" || zero.Precision() != "" {
		t.Errorf("zero Date: IsZero %t, String %q, Precision %q", zero.IsZero(), zero, zero.Precision())
	}
	if day(zero.Earliest()) != "-" || day(zero.Latest()) != "-" {
		t.Errorf("zero Date: %s to %s, want no bounds", day(zero.Earliest()), day(zero.Latest()))
	}
	window := edtf.MustParse("2020")
	if zero.Certain(window) || !zero.Possible(window) {
		t.Errorf("zero Date in 2020: certain %t, possible %t, want false, true", zero.Certain(window), zero.Possible(window))
	}
}

func TestCompareSorts(t *testing.T) {
	want := []string{
		"../2019", "/2020", "../..", "/", "-0044", "2019", "2020-01-01", "2020-01",
		"2020", "2020?", "2020/..", "2020-01-02", "Y12345", "",
	}
	dates := make([]edtf.Date, 0, len(want))
	for _, s := range slices.Backward(want) {
		dates = append(dates, parseOrZero(t, s))
	}
	slices.SortFunc(dates, edtf.Compare)
	for i, d := range dates {
		if d.String() != want[i] {
			t.Fatalf("sorted: %q, want %q", dates, want)
		}
	}
}

func TestTextRoundTrip(t *testing.T) {
	type meeting struct {
		Date edtf.Date `json:"date"`
		Next edtf.Date `json:"next,omitzero"`
		Note edtf.Date `json:"note"`
	}
	const text = `{"date":"2020-11-24/2020-11-25?","note":""}`
	var m meeting
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	if m.Date != edtf.MustParse("2020-11-24/2020-11-25?") {
		t.Errorf("unmarshalled date is %q", m.Date)
	}
	got, err := json.Marshal(m)
	if err != nil || string(got) != text {
		t.Errorf("marshalled %s (%v), want %s", got, err, text)
	}
}

func TestUnmarshalKeepsDateOnError(t *testing.T) {
	d := edtf.MustParse("2020")
	if err := d.UnmarshalText([]byte("2020-13")); err == nil || d.String() != "2020" {
		t.Errorf("UnmarshalText: error %v, date %q, want an error and 2020", err, d)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"dates.tsv", "overlap.tsv", "invalid.txt"} {
		for _, row := range table(f, name) {
			f.Add(strings.Trim(row[0], `"`))
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := edtf.Parse(s)
		if err != nil {
			return
		}
		if again := edtf.MustParse(d.String()); again != d || d.String() != s {
			t.Errorf("Parse(%q) = %+v, parsed again %+v", s, d, again)
		}
		checkRange(t, d)
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"2020", "2020-11-24", "2020-11-24?/2020-11-25?", "2020-11-24T10:30:00+01:00", "20XX", "2020-13"} {
		b.Run(strings.ReplaceAll(s, "/", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = edtf.Parse(s)
			}
		})
	}
}

func ExampleDate_Certain() {
	window := edtf.MustParse("2020/..")
	for _, s := range []string{"2020-11-24", "201X", "2019/2020", "20XX?"} {
		d, err := edtf.Parse(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(d, "certain:", d.Certain(window), "possible:", d.Possible(window))
	}
	// Output:
	// 2020-11-24 certain: true possible: true
	// 201X certain: false possible: false
	// 2019/2020 certain: false possible: true
	// parse EDTF date "20XX?": an unspecified date takes no qualification at level 1
}

// checkRange fails when the range of d is upside down.
func checkRange(t interface{ Errorf(string, ...any) }, d edtf.Date) {
	first, hasFirst := d.Earliest()
	last, hasLast := d.Latest()
	if hasFirst && hasLast && last.Before(first) {
		t.Errorf("%q: earliest %s is after latest %s", d, day(first, true), day(last, true))
	}
}

// runTable reads inputs from the first columns of a table and compares the others
// with what answer gives for them, or rewrites them with -update.
func runTable(t *testing.T, name string, inputs int, answer func([]string) []string) {
	for _, row := range table(t, name) {
		got := answer(row[:inputs])
		if !*update && !slices.Equal(row[inputs:], got) {
			t.Errorf("%s: %s: got %s, want %s", name, row[:inputs], got, row[inputs:])
		}
	}
	if *update {
		rewrite(t, name, inputs, answer)
	}
}

// table returns the rows of a file in testdata, without comments.
func table(t testing.TB, name string) [][]string {
	t.Helper()
	var rows [][]string
	for line := range strings.Lines(read(t, name)) {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no rows", name)
	}
	return rows
}

func rewrite(t *testing.T, name string, inputs int, answer func([]string) []string) {
	var out strings.Builder
	for line := range strings.Lines(read(t, name)) {
		if !strings.HasPrefix(line, "#") {
			in := strings.Split(strings.TrimSuffix(line, "\n"), "\t")[:inputs]
			line = strings.Join(slices.Concat(in, answer(in)), "\t") + "\n"
		}
		out.WriteString(line)
	}
	if err := os.WriteFile(filepath.Join("testdata", name), []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func parseOrZero(t *testing.T, s string) edtf.Date {
	t.Helper()
	var d edtf.Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
	return d
}

// day renders a bound the way the tables do.
func day(at time.Time, ok bool) string {
	if !ok {
		return "-"
	}
	return at.Format(time.DateOnly)
}
