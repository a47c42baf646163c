package schema

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/graphql-go/graphql"
)

// A text is written as encoding/json writes it.
func FuzzAppendText(f *testing.F) {
	for b := range 256 {
		f.Add(string([]byte{'a', byte(b), 'z'}))
	}
	for _, s := range []string{"", `"\/`, "<a href='x'>&amp;</a>", "사이버 대화", "\u2027\u2028\u2029\u202a", "\ufffd", "\xe2\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\U0010ffff\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := marshalled(t, s)
		if got := appendText([]byte("x"), s); string(got) != "x"+want {
			t.Errorf("%q is written %s, want %s", s, got[1:], want)
		}
		var back string
		if err := json.Unmarshal(appendText(nil, s), &back); err != nil || utf8.ValidString(s) && back != s {
			t.Errorf("%q comes back as %q: %v", s, back, err)
		}
	})
}

// marshalled is a value as encoding/json writes it, with "&", "<" and ">".
func marshalled(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// Values of scalars are written as encoding/json writes what graphql-go makes of
// them; what it makes null of is null.
func TestLeaves(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	values := []any{"", "a\n<b>", "1", "x", true, false, 0, -1, 1 << 30, math.MaxInt32, math.MinInt32, math.MaxInt32 + 1, math.MinInt32 - 1, math.MaxInt, math.MinInt,
		int64(7), int64(math.MaxInt32) + 1, uint8(3), 0.0, math.Copysign(0, -1), 1.5, 1e21, 1e-7, 123456789.125, math.MaxFloat64, math.SmallestNonzeroFloat64, math.NaN(), float32(0.1)}
	for _, scalar := range []*graphql.Scalar{graphql.String, graphql.ID, graphql.Int, graphql.Float, graphql.Boolean} {
		for _, v := range values {
			x := execution{request: &request{}, types: s, workspace: &workspace{}}
			if err := x.leaf(s.formOf(scalar), v); err != nil {
				t.Errorf("%s of %v: %v", scalar, v, err)
			}
			want := "null"
			if made := scalar.Serialize(v); !nullish(made) {
				want = marshalled(t, made)
			}
			if string(x.out) != want {
				t.Errorf("%s of %T %v is written %s, want %s", scalar, v, v, x.out, want)
			}
			x.out = nil
			if err := x.leaf(s.formOf(graphql.NewNonNull(scalar)), v); (err == nil) == (want == "null") || err == nil && string(x.out) != want {
				t.Errorf("%s! of %T %v is written %s, %v; want %s", scalar, v, v, x.out, err, want)
			}
		}
	}
	for _, v := range []float64{math.Inf(1), math.Inf(-1)} {
		x := execution{request: &request{}, types: s, workspace: &workspace{}}
		if err := x.leaf(s.formOf(graphql.Float), v); err == nil {
			t.Errorf("%v is written %s; JSON has no such number", v, x.out)
		}
	}
}
