package graphqlhttp

import "strings"

// withoutComments blanks the comments of a document: graphql-go's lexer loses
// its place after a comment with letters outside ASCII. Lines stay lines, so
// that errors name the right one.
func withoutComments(query string) string {
	var b strings.Builder
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
			b.WriteString(query[:n])
			query = query[n:]
		case query[0] == '"':
			n := closing(query, `"`)
			b.WriteString(query[:n])
			query = query[n:]
		default:
			b.WriteByte(query[0])
			query = query[1:]
		}
	}
	return b.String()
}

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
