package turtle

import "strings"

// iriParts are the components of an IRI reference (RFC 3986, section 3), as
// they are written: net/url would change escapes.
type iriParts struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

func splitIRI(iri string) iriParts {
	var p iriParts
	rest := iri
	if i := strings.IndexAny(rest, ":/?#"); i > 0 && rest[i] == ':' && isScheme(rest[:i]) {
		p.scheme, rest = rest[:i], rest[i+1:]
	}
	rest, p.fragment, p.hasFragment = strings.Cut(rest, "#")
	rest, p.query, p.hasQuery = strings.Cut(rest, "?")
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		p.hasAuthority = true
		slash := strings.IndexByte(after, '/')
		if slash < 0 {
			slash = len(after)
		}
		p.authority, rest = after[:slash], after[slash:]
	}
	p.path = rest
	return p
}

func isScheme(s string) bool {
	for i, c := range []byte(s) {
		if !isLetter(int(c)) && (i == 0 || !isDigit(int(c)) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}

func (p iriParts) String() string {
	var b strings.Builder
	if p.scheme != "" {
		b.WriteString(p.scheme + ":")
	}
	if p.hasAuthority {
		b.WriteString("//" + p.authority)
	}
	b.WriteString(p.path)
	if p.hasQuery {
		b.WriteString("?" + p.query)
	}
	if p.hasFragment {
		b.WriteString("#" + p.fragment)
	}
	return b.String()
}

// resolve gives the IRI that a relative reference means (RFC 3986, section
// 5.2.2).
func (p iriParts) resolve(ref iriParts) iriParts {
	switch {
	case ref.hasAuthority:
		ref.path = removeDots(ref.path)
	case ref.path != "":
		if ref.path[0] != '/' {
			ref.path = p.merge(ref.path)
		}
		ref.path = removeDots(ref.path)
	default:
		ref.path = p.path
		if !ref.hasQuery {
			ref.query, ref.hasQuery = p.query, p.hasQuery
		}
	}
	if !ref.hasAuthority {
		ref.authority, ref.hasAuthority = p.authority, p.hasAuthority
	}
	ref.scheme = p.scheme
	return ref
}

func (p iriParts) merge(path string) string {
	if p.hasAuthority && p.path == "" {
		return "/" + path
	}
	return p.path[:strings.LastIndexByte(p.path, '/')+1] + path
}

// removeDots takes the segments . and .. out of a path (RFC 3986, section
// 5.2.4).
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	rooted := strings.HasPrefix(path, "/")
	var kept []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case s == "..":
			kept = kept[:max(len(kept)-1, 0)]
		case s != ".":
			kept = append(kept, s)
			continue
		}
		if last {
			kept = append(kept, "")
		}
	}
	clean := strings.Join(kept, "/")
	if rooted {
		return "/" + clean
	}
	return clean
}
