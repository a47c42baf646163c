package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// What a page may cost. The parser itself refuses pages nested deeper than 512
// elements.
const (
	maxTags       = 500_000
	maxToken      = 4 << 20   // bytes of one tag, text or script
	maxReopened   = 2_000_000 // elements such as <b> that the parser opens again in every paragraph
	maxGuessNodes = 30_000    // beyond these, libraries that guess take too long and are not asked
	maxGuessCost  = 50 << 20  // bytes of text, each counted once for every element around it
)

// Below this many bytes of text, what readability finds is not believed.
const littleText = 200

func (d *Document) readHTML(data []byte, declared string) error {
	if declared == "" {
		declared = metaCharset(data)
	}
	text, name, err := decode(data, declared)
	if err != nil {
		return err
	}
	if err := checkPage(text); err != nil {
		return err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return fmt.Errorf("parse HTML: %w", err)
	}
	d.MediaType, d.Encoding = "text/html", name
	p := &page{root: root, simple: simpleEnough(root)}
	p.metadata(d)
	p.mainText(d.Title).into(d)
	d.Published = firstOf(d.Published, dateLine(d), p.guessedDate())
	return nil
}

// metaCharset gives the encoding that a page declares in its first bytes, "" if
// it declares none.
func metaCharset(data []byte) string {
	head := data[:min(len(data), 4096)]
	if bytes.HasPrefix(head, []byte("<?xml")) {
		if _, after, ok := bytes.Cut(head[:min(len(head), 200)], []byte("encoding=")); ok && len(after) > 1 {
			if name, _, ok := bytes.Cut(after[1:], after[:1]); ok {
				return string(name)
			}
		}
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom != atom.Meta {
				continue
			}
			n := &html.Node{Attr: t.Attr}
			if name := attr(n, "charset"); name != "" {
				return name
			}
			if strings.EqualFold(attr(n, "http-equiv"), "content-type") {
				_, name, _ := strings.Cut(strings.ToLower(attr(n, "content")), "charset=")
				name = strings.Trim(name, " \"';")
				if _, known := charset.Lookup(name); known != "" {
					return name
				}
			}
		}
	}
}

// checkPage reads the tags of a page once before a tree is made of it, so that
// the tree cannot be much larger than the page.
func checkPage(text string) error {
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxToken)
	var tags, open, reopened int
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return fmt.Errorf("read HTML: %w", z.Err())
		case html.StartTagToken:
			tags++
			name, _ := z.TagName()
			if formatting[string(name)] {
				open++
			} else {
				reopened += open
			}
		case html.EndTagToken:
			tags++
			if name, _ := z.TagName(); formatting[string(name)] && open > 0 {
				open--
			} else {
				reopened += open
			}
		}
		if tags > maxTags {
			return fmt.Errorf("read HTML: the page has more than %d tags", maxTags)
		}
		if reopened > maxReopened {
			return fmt.Errorf("read HTML: the page has too many elements such as <b> and <font> that are not closed")
		}
	}
}

// formatting elements are opened again by the parser where a paragraph cut them.
var formatting = setOf(`a b big code em font i nobr s small strike strong tt u`)

// page is a parsed page.
type page struct {
	root   *html.Node
	simple bool // enough for libraries that guess
}

func simpleEnough(root *html.Node) bool {
	nodes, cost := 0, 0
	var visit func(*html.Node, int)
	visit = func(n *html.Node, depth int) {
		nodes++
		if n.Type == html.TextNode {
			cost += len(n.Data) * depth
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, depth+1)
		}
	}
	visit(root, 0)
	return nodes <= maxGuessNodes && cost <= maxGuessCost
}

// mainText writes the text of a page without what stands around it. If the
// title stands on the page but not in that text, it begins with the title.
func (p *page) mainText(title string) *builder {
	heading := ""
	if p.shows(title) {
		heading = title
	}
	own := p.ownText(heading)
	top, kept := p.article()
	if top == nil {
		return own
	}
	found := write(top, heading, kept)
	if n := found.text.Len(); n < littleText || n*10 < own.text.Len()*6 && len(p.ownMains()) > 0 {
		return own
	}
	return found
}

// article is what readability takes for the text of the page: the element that
// has it all, and the nodes inside that belong to it. The library rewrites the
// tree that it is given – it makes paragraphs of divisions and glues lines – so
// only its choice is taken, and the page is written as it was.
func (p *page) article() (top *html.Node, kept map[*html.Node]bool) {
	if !p.simple {
		return nil, nil
	}
	defer func() {
		if recover() != nil { // a page that the library does not survive is read without it
			top, kept = nil, nil
		}
	}()
	var texts []*html.Node
	parser := readability.NewParser()
	found, err := parser.ParseAndMutate(marked(p.root, &texts), &url.URL{Scheme: "https", Host: "page.invalid", Path: "/"})
	if err != nil || found.Node == nil {
		return nil, nil
	}
	kept = map[*html.Node]bool{}
	for _, n := range chosen(found.Node, texts) {
		if top == nil {
			top = n
		}
		for ; n != nil && !kept[n]; n = n.Parent {
			kept[n] = true
		}
	}
	top = wholeOf(top, kept)
	if top == nil || top.Parent == nil {
		return top, kept
	}
	// A picture beside the text has the heads of delegation in its caption.
	for _, caption := range all(top.Parent, isCaption) {
		for n := range caption.Descendants() {
			for ; n != nil && !kept[n]; n = n.Parent {
				kept[n] = true
			}
		}
	}
	return wholeOf(top, kept), kept
}

// wholeOf gives the element around everything that is kept.
func wholeOf(n *html.Node, kept map[*html.Node]bool) *html.Node {
	for n != nil && n.Parent != nil && !onlyKept(n, kept) {
		n = n.Parent
	}
	return n
}

func isCaption(n *html.Node) bool {
	return n.DataAtom == atom.Figcaption || hasClass(n, "wp-caption-text", "caption", "photo-caption", "image-caption")
}

// firstMark is the first of the code points, for private use, by which a text of
// a page is known again wherever it is moved. There are more of them than a page
// has nodes that is given to readability.
const firstMark = '\U000F0000'

// marked copies a tree, with a mark before each text.
func marked(n *html.Node, texts *[]*html.Node) *html.Node {
	out := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: slices.Clone(n.Attr)}
	if n.Type == html.TextNode && strings.TrimFunc(n.Data, isSpace) != "" {
		out.Data = string(firstMark+rune(len(*texts))) + n.Data
		*texts = append(*texts, n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out.AppendChild(marked(c, texts))
	}
	return out
}

// chosen gives the texts of the page that an article was made from.
func chosen(article *html.Node, texts []*html.Node) []*html.Node {
	var out []*html.Node
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.TextNode {
			for _, r := range n.Data {
				if i := int(r - firstMark); i >= 0 && i < len(texts) {
					out = append(out, texts[i])
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(article)
	return out
}

// onlyKept tells whether everything kept stands in one element: no element
// around it has another child that is kept.
func onlyKept(n *html.Node, kept map[*html.Node]bool) bool {
	for parent := n.Parent; parent != nil; n, parent = parent, parent.Parent {
		for s := parent.FirstChild; s != nil; s = s.NextSibling {
			if s != n && kept[s] {
				return false
			}
		}
	}
	return true
}

// ownText writes what the page itself marks as its text, or else its body,
// without menus, forms and the like.
func (p *page) ownText(heading string) *builder {
	var best *builder
	for _, n := range p.ownMains() {
		if b := write(n, heading, nil); best == nil || b.text.Len() > best.text.Len() {
			best = b
		}
	}
	if best != nil && best.text.Len() >= littleText {
		return best
	}
	return write(p.root, heading, nil)
}

// ownMains are the elements by which a page marks its text: main, or articles
// that do not stand in each other.
func (p *page) ownMains() []*html.Node {
	mains := all(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Main || attr(n, "role") == "main" })
	if len(mains) > 0 {
		return mains
	}
	return all(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Article })
}

// shows tells whether an element of the body has just these words.
func (p *page) shows(words string) bool {
	if words == "" {
		return false
	}
	found := first(p.root, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.P, atom.Div, atom.Td, atom.Th, atom.Dt, atom.Dd, atom.Strong, atom.B, atom.Span, atom.Caption, atom.Li:
			return textOf(n, len(words)+20) == words
		}
		return false
	})
	return found != nil
}

// all gives the elements that fit, without looking inside them.
func all(n *html.Node, fits func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.ElementNode && fits(n) {
			out = append(out, n)
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(n)
	return out
}

// first gives the first element that fits, nil for none.
func first(n *html.Node, fits func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && fits(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := first(c, fits); found != nil {
			return found
		}
	}
	return nil
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf gives the words of an element in one line; of one with more bytes than
// a limit, only the beginning.
func textOf(n *html.Node, limit int) string {
	var b strings.Builder
	nodes := 0
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if nodes++; b.Len() > 2*limit || nodes > 1000 {
			return
		}
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data[:min(len(n.Data), 2*limit)])
		case invisible(n):
		default:
			if block(n) || n.DataAtom == atom.Br {
				b.WriteByte(' ')
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				visit(c)
			}
		}
	}
	visit(n)
	words := strings.Join(strings.FieldsFunc(strings.ToValidUTF8(b.String(), ""), isSpace), " ")
	return words
}
