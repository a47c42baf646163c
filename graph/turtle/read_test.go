package turtle_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"dialograph/graph/rdf"
	"dialograph/graph/turtle"
)

// A fault is named with its place and its value.
func TestFaults(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"<http://a/s> <http://a/p>\n  é:b .", `line 2, column 3: é:b: the prefix "é:" is not declared`},
		{"<http://a/s> <http://a/p> <b> .", "line 1, column 27: <b> is relative, and there is no base"},
		{"<http://a/s> <http://a/p> \"x\"", "line 1, column 30: want \".\", not the end"},
		{"<http://a/s> <http://a/p> \"x\ny\" .", `line 1, column 27: string "\"x" is not closed on its line`},
		{"<http://a/s> <http://a/p> 'x\\q' .", `line 1, column 27: the string "x\\q": \q is no escape`},
		{"<http://a/s> <http://a/p> '\\uD83D\\uDE00' .", `line 1, column 27: the string "\\uD83D\\uDE00": \uD83D is no character`},
		{"<http://a/s> <http://a/ p> 1 .", `line 1, column 14: IRI "<http://a/" holds the character ' '`},
		{"<http://a/s> <http://a/\xff> 1 .", `line 1, column 14: IRI "http://a/\xff" is not UTF-8`},
		{"<http://a/s> maybe 1 .", "line 1, column 14: want a predicate, not maybe"},
		{"<http://a/s> a (1 [ a 2 ) .", `line 1, column 25: want "]", not ")"`},
		{"GRAPH (1) { }", `line 1, column 7: want the name of a graph, not "("`},
		{"<http://a/s> a \"x\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .", `line 1, column 21: "x" is an rdf:langString without a language tag`},
		{"<http://a/s> a " + strings.Repeat("[ a ", 600), "line 1, column 2016: brackets nest deeper than 500"},
		{"<http://a/s> a " + strings.Repeat("( ", 600), "line 1, column 1016: brackets nest deeper than 500"},
	} {
		_, err := readAll(x.text, "", turtle.TriG)
		if err == nil || err.Error() != x.want {
			t.Errorf("%.80q:\n got %v\nwant %s", x.text, err, x.want)
		}
	}
}

// An error of the caller or of what is read from comes back as it was.
func TestErrorsOfOthers(t *testing.T) {
	stop := errors.New("stop")
	text := "<http://a/s> <http://a/p> 1, 2 ."
	err := turtle.Read(strings.NewReader(text), "", turtle.Turtle, func(rdf.Statement) error { return stop })
	if !errors.Is(err, stop) || err.Error() != "line 1, column 28: stop" {
		t.Errorf("got %v, want %v", err, stop)
	}
	broken := io.MultiReader(strings.NewReader(text), iotest.ErrReader(stop))
	n := 0
	err = turtle.Read(broken, "", turtle.Turtle, func(rdf.Statement) error { n++; return nil })
	if !errors.Is(err, stop) || n != 2 {
		t.Errorf("got %d statements and %v, want 2 and %v", n, err, stop)
	}
}

// How the bytes arrive makes no difference, and a byte order mark none either.
func TestReadsInPieces(t *testing.T) {
	text := "\uFEFF@prefix é: <http://a/é#> . é:s é:p \"\"\"x\"\"y\\U0001F6E1\"\"\"@EN-gb, 1.e0, -.5, 7. # 統\n_:anon1 a [], é:a\\.b.c, é:%41 ."
	want := mustRead(t, text, "", turtle.Turtle)
	var got []rdf.Statement
	err := turtle.Read(iotest.OneByteReader(strings.NewReader(text)), "", turtle.Turtle, func(s rdf.Statement) error { got = append(got, s); return nil })
	if err != nil || nQuads(got) != nQuads(want) {
		t.Errorf("got %v %v, want %v", got, err, want)
	}
	const expected = `<http://a/é#s> <http://a/é#p> "x\"\"y🛡"@en-gb  .
<http://a/é#s> <http://a/é#p> "1.e0"^^<http://www.w3.org/2001/XMLSchema#double>  .
<http://a/é#s> <http://a/é#p> "-.5"^^<http://www.w3.org/2001/XMLSchema#decimal>  .
<http://a/é#s> <http://a/é#p> "7"^^<http://www.w3.org/2001/XMLSchema#integer>  .
_:anon_anon1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> _:anon1  .
_:anon_anon1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a/é#a.b.c>  .
_:anon_anon1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a/é#%41>  .
`
	if s := nQuads(got); s != expected {
		t.Errorf("got\n%swant\n%s", s, expected)
	}
}

// The examples of RFC 3986, section 5.4, and some that it has not.
func TestResolves(t *testing.T) {
	const rfc = "http://a/b/c/d;p?q"
	for _, x := range []struct{ base, ref, want string }{
		{rfc, "g:h", "g:h"}, {rfc, "g", "http://a/b/c/g"}, {rfc, "./g", "http://a/b/c/g"}, {rfc, "g/", "http://a/b/c/g/"},
		{rfc, "/g", "http://a/g"}, {rfc, "//g", "http://g"}, {rfc, "?y", "http://a/b/c/d;p?y"}, {rfc, "g?y", "http://a/b/c/g?y"},
		{rfc, "#s", "http://a/b/c/d;p?q#s"}, {rfc, "g#s", "http://a/b/c/g#s"}, {rfc, "g?y#s", "http://a/b/c/g?y#s"}, {rfc, ";x", "http://a/b/c/;x"},
		{rfc, "g;x", "http://a/b/c/g;x"}, {rfc, "g;x?y#s", "http://a/b/c/g;x?y#s"}, {rfc, "", "http://a/b/c/d;p?q"}, {rfc, ".", "http://a/b/c/"},
		{rfc, "./", "http://a/b/c/"}, {rfc, "..", "http://a/b/"}, {rfc, "../", "http://a/b/"}, {rfc, "../g", "http://a/b/g"},
		{rfc, "../..", "http://a/"}, {rfc, "../../", "http://a/"}, {rfc, "../../g", "http://a/g"}, {rfc, "../../../g", "http://a/g"},
		{rfc, "../../../../g", "http://a/g"}, {rfc, "/./g", "http://a/g"}, {rfc, "/../g", "http://a/g"}, {rfc, "g.", "http://a/b/c/g."},
		{rfc, ".g", "http://a/b/c/.g"}, {rfc, "g..", "http://a/b/c/g.."}, {rfc, "..g", "http://a/b/c/..g"}, {rfc, "./../g", "http://a/b/g"},
		{rfc, "./g/.", "http://a/b/c/g/"}, {rfc, "g/./h", "http://a/b/c/g/h"}, {rfc, "g/../h", "http://a/b/c/h"}, {rfc, "g;x=1/./y", "http://a/b/c/g;x=1/y"},
		{rfc, "g;x=1/../y", "http://a/b/c/y"}, {rfc, "g?y/./x", "http://a/b/c/g?y/./x"}, {rfc, "g?y/../x", "http://a/b/c/g?y/../x"},
		{rfc, "g#s/./x", "http://a/b/c/g#s/./x"}, {rfc, "g#s/../x", "http://a/b/c/g#s/../x"}, {rfc, "http:g", "http:g"},
		{"http://a", "b", "http://a/b"}, {"http://a", "", "http://a"}, {"http://a/b//c/d", "../e", "http://a/b//e"}, {"urn:x:y", "#z", "urn:x:y#z"},
		{"urn:x:y", "z", "urn:z"}, {"http://a/é?", "%c3%a9", "http://a/%c3%a9"}, {"http://a/b?q#f", "", "http://a/b?q"}, {"http://a/b", "?", "http://a/b?"},
	} {
		got, err := readAll("<http://a/s> <http://a/p> <"+x.ref+"> .", x.base, turtle.Turtle)
		if err != nil || len(got) != 1 || got[0].Object.Value != x.want {
			t.Errorf("%q against %s: got %v %v, want %s", x.ref, x.base, got, err, x.want)
		}
	}
}

// Whatever is read, reading ends, without a panic, and says where it failed.
func FuzzRead(f *testing.F) {
	f.Add("@prefix a: <http://a/> . a:s a:p 'x'@en, 1, -2.5, 1e3, true ; a [ a:q ( 1 \"\"\"y\n\"\"\" ) ] .", true)
	f.Add("PREFIX : <http://a/> BASE <http://b> GRAPH :g { <c#d> :\\~e%20 _:f. } { [] :p 'a\\u00e9'^^:t }", true)
	f.Add("<http://a/s> <http://a/p> <http://a/o> .", false)
	f.Fuzz(func(t *testing.T, text string, trig bool) {
		syntax := turtle.Turtle
		if trig {
			syntax = turtle.TriG
		}
		got, err := readAll(text, "http://a/b", syntax)
		if err != nil && !position.MatchString(err.Error()) {
			t.Errorf("%q: %v names no place", text, err)
		}
		again, err := readAll(nQuadsAsTriG(got), "", turtle.TriG)
		if err != nil || len(again) != len(got) {
			t.Errorf("%q was read as %v, then as %v: %v", text, got, again, err)
		}
	})
}

// nQuadsAsTriG writes statements as TriG without any short form.
func nQuadsAsTriG(statements []rdf.Statement) string {
	var b strings.Builder
	for _, s := range statements {
		graph := s.Graph
		s.Graph = rdf.Node{}
		line := nQuads([]rdf.Statement{s})
		switch {
		case graph.Blank != "":
			line = "_:" + graph.Blank + " { " + line + " }\n"
		case graph.Value != "":
			line = "<" + graph.Value + "> { " + line + " }\n"
		}
		b.WriteString(line)
	}
	return b.String()
}
