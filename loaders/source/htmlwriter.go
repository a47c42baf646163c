package source

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlWriter turns nodes into text and blocks.
type htmlWriter struct {
	builder
	run       []byte // the words since the last block ended
	kind      BlockKind
	number    int                 // of the item of an ordered list that has begun, else 0
	kept      map[*html.Node]bool // the nodes that belong to the text; nil leaves that to their names
	inArticle int
	forms     bool // keep forms: the whole page is one
}

// write writes a node, after a heading if the text does not have it.
func write(n *html.Node, heading string, kept map[*html.Node]bool) *builder {
	w := htmlWriter{kind: Paragraph, kept: kept, forms: kept == nil && pageIsForm(n)}
	w.node(n)
	w.flush()
	if heading == "" || strings.Contains(strings.ReplaceAll(w.text.String(), "\u00a0", " "), heading) {
		return &w.builder
	}
	titled := htmlWriter{kind: Paragraph, kept: kept, forms: w.forms}
	titled.add(Heading, heading)
	titled.node(n)
	titled.flush()
	return &titled.builder
}

// pageIsForm tells of a page whose whole text stands in a form, as ASP.NET makes.
func pageIsForm(n *html.Node) bool {
	outside := htmlWriter{kind: Paragraph}
	outside.node(n)
	outside.flush()
	return outside.text.Len() < littleText
}

func (w *htmlWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if w.kept == nil || w.kept[n] || strings.TrimFunc(n.Data, isSpace) == "" {
			w.words(n.Data)
		}
		return
	case html.DocumentNode:
		w.children(n)
		return
	case html.ElementNode:
	default:
		return
	}
	if invisible(n) || around(n) || w.kept == nil && w.aside(n) || w.kept != nil && !w.kept[n] && n.DataAtom != atom.Br {
		return
	}
	if n.DataAtom == atom.Article || n.DataAtom == atom.Main {
		w.inArticle++
		defer func() { w.inArticle-- }()
	}
	switch n.DataAtom {
	case atom.Br:
		w.run = append(w.run, '\n')
	case atom.Pre, atom.Listing, atom.Xmp:
		w.flush()
		w.run = append(w.run, preformatted(n)...)
		w.flush()
	case atom.Li:
		w.as(n, Item)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.as(n, Heading)
	case atom.Caption:
		w.as(n, Caption)
	case atom.Td, atom.Th, atom.Dt, atom.Dd:
		w.as(n, cellKind(n))
	default:
		switch {
		case isCaption(n):
			w.as(n, Caption)
		case block(n):
			w.flush()
			w.children(n)
			w.flush()
		default:
			w.children(n)
		}
	}
}

func (w *htmlWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

// as writes an element whose words are blocks of a kind.
func (w *htmlWriter) as(n *html.Node, kind BlockKind) {
	w.flush()
	before, number := w.kind, w.number
	w.kind, w.number = kind, 0
	if kind == Item && n.Parent != nil && n.Parent.DataAtom == atom.Ol {
		w.number = itemNumber(n)
	}
	w.children(n)
	w.flush()
	w.kind, w.number = before, number
}

// itemNumber counts the items of a list up to one.
func itemNumber(li *html.Node) int {
	n := 1
	if start, err := strconv.Atoi(attr(li.Parent, "start")); err == nil && start > 0 && start < 1000 {
		n = start
	}
	for s := li.PrevSibling; s != nil && n < 1000; s = s.PrevSibling {
		if s.DataAtom == atom.Li {
			n++
		}
	}
	return n
}

// words appends text as HTML shows it: white space collapses, a no-break space
// does not, and what has no width is not there.
func (w *htmlWriter) words(text string) {
	for _, r := range text {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			if n := len(w.run); n > 0 && w.run[n-1] != ' ' && w.run[n-1] != '\n' {
				w.run = append(w.run, ' ')
			}
		case '\u00ad', '\u200b', '\ufeff', 0:
		case '\u0085', '\u2028', '\u2029', '\v':
			w.run = append(w.run, ' ')
		default:
			w.run = utf8.AppendRune(w.run, r)
		}
	}
}

// flush ends a block. Only the first block in an item has its sign.
func (w *htmlWriter) flush() {
	words := strings.TrimFunc(string(w.run), isSpace)
	w.run = w.run[:0]
	if words == "" {
		return
	}
	switch {
	case w.kind == Item && w.number > 0 && isProse(words) && !paragraphNumber.MatchString(words):
		w.add(Paragraph, strconv.Itoa(w.number)+". "+words)
	default:
		w.add(w.kind, words)
	}
	if w.kind == Item {
		w.kind = Paragraph
	}
}

// isProse tells a numbered paragraph from an item of a numbered list.
func isProse(words string) bool {
	last, _ := utf8.DecodeLastRuneInString(words)
	return utf8.RuneCountInString(words) > 120 && strings.ContainsRune(".!?。”\"", last)
}

// preformatted gives the text of an element as it stands.
func preformatted(n *html.Node) string {
	var b strings.Builder
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else if n.DataAtom == atom.Br {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(n)
	return strings.ReplaceAll(strings.ReplaceAll(newlines(b.String()), "\x00", ""), "\u00ad", "")
}

// cellKind tells a cell of a table from a cell that a page is laid out with.
func cellKind(n *html.Node) BlockKind {
	if first(n, func(c *html.Node) bool { return c != n && (block(c) || c.DataAtom == atom.Br) }) != nil {
		return Paragraph
	}
	if utf8.RuneCountInString(textOf(n, 1000)) > 250 {
		return Paragraph
	}
	if onlyCell(n) {
		return Paragraph
	}
	return Cell
}

func onlyCell(n *html.Node) bool {
	for s := n.Parent.FirstChild; s != nil; s = s.NextSibling {
		if s != n && s.Type == html.ElementNode {
			return false
		}
	}
	return true
}

// invisible elements have no words of the page, or words that nobody sees.
func invisible(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return n.Type == html.CommentNode
	}
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed,
		atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Datalist, atom.Rt, atom.Rp, atom.Audio, atom.Video, atom.Canvas,
		atom.Noframes, atom.Noembed, atom.Frameset, atom.Dialog:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// around tells of an element that says of itself that it stands around the text
// of a page.
func around(n *html.Node) bool {
	if n.DataAtom == atom.Nav || n.DataAtom == atom.Menu {
		return true
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog":
		return true
	}
	return hasClass(n, "breadcrumb", "breadcrumbs", "cookie-banner", "skip-link", "social-share", "sharedaddy", "pagination") ||
		hasID(n, "footer", "header", "gnb", "lnb", "snb", "nav", "sidebar", "menu", "breadcrumb", "skip", "skipnav")
}

// aside tells of an element that usually stands around the text of a page.
func (w *htmlWriter) aside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Aside:
		return true
	case atom.Form:
		return !w.forms
	case atom.Header, atom.Footer:
		return w.inArticle == 0
	case atom.Ul, atom.Ol, atom.Div, atom.Td, atom.Dl:
		return w.inArticle == 0 && isMenu(n)
	}
	return false
}

// isMenu tells of an element whose words are nearly all links, several of them.
func isMenu(n *html.Node) bool {
	const enough, enoughNodes = 4000, 2000
	var linked, words, links, nodes int
	var visit func(*html.Node, bool)
	visit = func(n *html.Node, inLink bool) {
		if nodes++; words > enough || nodes > enoughNodes {
			return
		}
		if n.Type == html.TextNode {
			count := len(strings.TrimSpace(n.Data))
			words += count
			if inLink {
				linked += count
			}
			return
		}
		if n.DataAtom == atom.A && attr(n, "href") != "" {
			links++
			inLink = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, inLink)
		}
	}
	visit(n, false)
	return links >= 3 && words <= enough && nodes <= enoughNodes && words-linked < 60 && linked*10 > words*8
}

func hasClass(n *html.Node, names ...string) bool {
	class := attr(n, "class")
	if class == "" {
		return false
	}
	for _, c := range strings.Fields(class) {
		for _, name := range names {
			if strings.EqualFold(c, name) {
				return true
			}
		}
	}
	return false
}

func hasID(n *html.Node, names ...string) bool {
	id := attr(n, "id")
	for _, name := range names {
		if strings.EqualFold(id, name) {
			return true
		}
	}
	return false
}

// block tells of an element that begins and ends a line of its own.
func block(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div,
		atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P,
		atom.Pre, atom.Listing, atom.Xmp, atom.Search, atom.Section, atom.Summary, atom.Table, atom.Caption, atom.Tbody, atom.Thead, atom.Tfoot,
		atom.Tr, atom.Td, atom.Th, atom.Ul, atom.Option, atom.Optgroup:
		return n.Type == html.ElementNode
	}
	return false
}
