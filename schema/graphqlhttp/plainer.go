package graphqlhttp

import (
	"regexp"
	"strings"
)

// plainer gives a document that means the same in the part of the language that
// graphql-go reads: without comments, after which its lexer loses its place if
// they hold letters outside ASCII, and without arguments and input fields that
// are null, which it does not know. Lines stay lines, so that errors name the
// right one.
func plainer(query string) string {
	var b, code strings.Builder
	flush := func() {
		b.WriteString(withoutNulls(code.String()))
		code.Reset()
	}
	for query != "" {
		switch {
		case query[0] == '#':
			end := strings.IndexAny(query, "\r\n")
			if end < 0 {
				end = len(query)
			}
			query = query[end:]
		case strings.HasPrefix(query, `"""`):
			n := closing(query, `"""`)
			flush()
			b.WriteString(query[:n])
			query = query[n:]
		case query[0] == '"':
			n := closing(query, `"`)
			flush()
			b.WriteString(query[:n])
			query = query[n:]
		default:
			code.WriteByte(query[0])
			query = query[1:]
		}
	}
	flush()
	return b.String()
}

var (
	nullValue   = regexp.MustCompile(`\b[_A-Za-z]\w*\s*:\s*null\b|\s*=\s*null\b`)
	noArguments = regexp.MustCompile(`\([\s,]*\)`)
)

func withoutNulls(code string) string {
	if !strings.Contains(code, "null") {
		return code
	}
	return noArguments.ReplaceAllStringFunc(nullValue.ReplaceAllStringFunc(code, linesOf), linesOf)
}

// linesOf keeps the line ends of what is taken out.
func linesOf(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) }

// closing gives the length of a string that begins with quote, its end included.
func closing(s, quote string) int {
	for i := len(quote); i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], quote):
			return i + len(quote)
		}
	}
	return len(s)
}
