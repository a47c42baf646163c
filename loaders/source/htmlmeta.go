package source

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"
)

// metadata fills in what a page says of itself.
func (p *page) metadata(d *Document) {
	m := p.meta()
	ld := p.linkedData()
	d.URL = firstOf(httpURL(p.canonical()), httpURL(m["og:url"]))
	d.Publisher = firstOf(oneLine(m["og:site_name"]), ld.publisher, hostOf(d.URL))
	d.Language = firstOf(languageTag(p.lang()), languageTag(m["og:locale"]), languageTag(m["content-language"]))
	d.Title = p.title(m, ld, d)
	d.Published = firstOf(ld.published, dateIn(m["article:published_time"]), dateIn(m["dc.date.issued"]), dateIn(m["dcterms.issued"]), dateIn(m["dc.date"]),
		dateIn(m["citation_publication_date"]), dateIn(m["pubdate"]), dateIn(m["publishdate"]), dateIn(m["date"]), p.timeElement(), p.labelled(dateLabel, dateIn))
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, isSpace), " ")
}

// meta gives the contents of meta elements by their lower-case names, the first
// of each.
func (p *page) meta() map[string]string {
	m := map[string]string{}
	for _, n := range all(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Meta }) {
		content := strings.TrimSpace(attr(n, "content"))
		for _, key := range []string{"property", "name", "http-equiv", "itemprop"} {
			name := strings.ToLower(strings.TrimSpace(attr(n, key)))
			if name != "" && content != "" && m[name] == "" {
				m[name] = content
			}
		}
	}
	return m
}

func (p *page) canonical() string {
	n := first(p.root, func(n *html.Node) bool {
		return n.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "canonical")
	})
	if n == nil {
		return ""
	}
	return attr(n, "href")
}

// httpURL gives an absolute address on the web, "" for anything else.
func httpURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	return u.String()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

func (p *page) lang() string {
	n := first(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Html })
	if n == nil {
		return ""
	}
	return firstOf(attr(n, "lang"), attr(n, "xml:lang"))
}

func languageTag(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// linked is what a page says in JSON-LD.
type linked struct{ headline, published, publisher string }

// linkedData reads the JSON-LD of a page. The first thing with a date of
// publication counts; a page often describes its site and its pictures too.
func (p *page) linkedData() linked {
	var out linked
	for _, n := range all(p.root, func(n *html.Node) bool {
		return n.DataAtom == atom.Script && strings.HasPrefix(strings.ToLower(attr(n, "type")), "application/ld+json")
	}) {
		var value any
		if n.FirstChild == nil || json.Unmarshal([]byte(n.FirstChild.Data), &value) != nil {
			continue
		}
		out.read(value, 0)
	}
	return out
}

func (l *linked) read(value any, depth int) {
	if depth > 20 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			l.read(item, depth+1)
		}
	case map[string]any:
		if date, _ := v["datePublished"].(string); date != "" && l.published == "" {
			l.published = dateIn(date)
		}
		if headline, _ := v["headline"].(string); headline != "" && l.headline == "" {
			l.headline = oneLine(html.UnescapeString(headline))
		}
		if publisher, _ := v["publisher"].(map[string]any); publisher != nil && l.publisher == "" {
			name, _ := publisher["name"].(string)
			l.publisher = oneLine(html.UnescapeString(name))
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			l.read(v[key], depth+1)
		}
	}
}

// title finds what the document is called. Legacy pages name the menu in their
// title element, so what the page shows as its heading comes first.
func (p *page) title(m map[string]string, ld linked, d *Document) string {
	raw := ""
	if n := first(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Title }); n != nil && n.FirstChild != nil {
		raw = oneLine(n.FirstChild.Data)
	}
	site := siteNames{d.Publisher, hostOf(d.URL)}
	if parts := titleParts(raw); len(parts) > 1 {
		site = append(site, parts[len(parts)-1])
	}
	heading := func(fits func(*html.Node) bool) string {
		for _, n := range all(p.root, fits) {
			if words := textOf(n, 400); words != "" && len(words) < 400 && !site.has(words) && !isGeneric(words) {
				return words
			}
		}
		return ""
	}
	return firstOf(
		site.cut(oneLine(m["og:title"])),
		ld.headline,
		heading(func(n *html.Node) bool { return n.DataAtom == atom.H1 }),
		p.labelled(titleLabel, oneLine),
		heading(isTitled),
		site.cut(raw),
		heading(func(n *html.Node) bool { return n.DataAtom == atom.H2 || n.DataAtom == atom.H3 }),
	)
}

// isTitled tells of an element that a content system marks as the title.
func isTitled(n *html.Node) bool {
	return hasClass(n, "entry-title", "post-title", "article-title", "view-title", "view_title", "view_tit", "subject", "board-title", "board_tit",
		"bo_v_tit", "bo_tit", "headline", "title_view", "news-title")
}

// siteNames are the names of a site, which pages add to their titles.
type siteNames []string

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func (names siteNames) has(words string) bool {
	w := letters(words)
	for _, name := range names {
		if n := letters(name); n != "" && (w == n || len(w) >= 3 && strings.Contains(name, ".") && strings.Contains(n, w)) {
			return true
		}
	}
	return false
}

var titleSeparator = regexp.MustCompile(`\s*[|｜]\s*|\s+(?:[-–—:«»<>·]|::)\s+`)

func titleParts(title string) []string { return titleSeparator.Split(title, -1) }

// cut takes names of the site and of menus off a title; "" if nothing is left. A
// dash may also belong to the title: only a part that names the site goes.
func (names siteNames) cut(title string) string {
	for {
		cuts := titleSeparator.FindAllStringIndex(title, -1)
		if len(cuts) == 0 {
			if isGeneric(title) {
				return ""
			}
			return title
		}
		head, last := cuts[0], cuts[len(cuts)-1]
		bar := strings.ContainsAny(title[last[0]:last[1]], "|｜")
		switch end, start := title[last[1]:], title[:head[0]]; {
		case names.has(end) || isGeneric(end) || end == "":
			title = title[:last[0]]
		case names.has(start) || isGeneric(start) || start == "":
			title = title[head[1]:]
		case bar && len(end) < len(title[:last[0]]):
			title = title[:last[0]]
		default:
			return title
		}
	}
}

// isGeneric tells of words that name a part of a site rather than a document.
func isGeneric(words string) bool {
	switch letters(words) {
	case "", "view", "home", "main", "news", "pressrelease", "pressreleases", "press", "details", "detail", "statement", "statements", "mediareleases",
		"mediarelease", "untitled", "untitleddocument", "index", "article", "list", "보도자료", "상세보기", "報道発表", "newsroom", "search", "menu":
		return true
	}
	return false
}

var (
	dateLabel  = regexp.MustCompile(`(?i)^(?:date|published|publication date|date of publication|release date|published on|posted|registered|등록일|작성일|게시일|배포일|掲載日|公開日|日付|发布时间|发布日期)\s*[:：]?$`)
	titleLabel = regexp.MustCompile(`(?i)^(?:title|subject|제목|件名|标题)\s*[:：]?$`)
)

// labelled gives the value after a label: in dt and dd, th and td, or two
// elements that follow one another.
func (p *page) labelled(label *regexp.Regexp, read func(string) string) string {
	value := ""
	first(p.root, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Dt, atom.Th, atom.Td, atom.Span, atom.Strong, atom.B, atom.Div, atom.P, atom.Em:
		default:
			return false
		}
		if n.FirstChild == nil || !label.MatchString(textOf(n, 60)) {
			return false
		}
		for s := n.NextSibling; s != nil; s = s.NextSibling {
			switch {
			case s.Type == html.ElementNode:
				value = read(textOf(s, 300))
				return value != ""
			case s.Type == html.TextNode && strings.Trim(s.Data, " :：\r\n\t\u00a0") != "":
				value = read(s.Data)
				return value != ""
			}
		}
		return false
	})
	return value
}

// timeElement reads a time element: one that is marked as the date of
// publication, or else the first in the text of the page.
func (p *page) timeElement() string {
	read := func(n *html.Node) string { return firstOf(dateIn(attr(n, "datetime")), dateIn(textOf(n, 60))) }
	marked := first(p.root, func(n *html.Node) bool {
		return (attr(n, "itemprop") == "datePublished" || n.DataAtom == atom.Time && (hasClass(n, "published", "entry-date") || attr(n, "pubdate") != "")) && (read(n) != "" || dateIn(attr(n, "content")) != "")
	})
	if marked != nil {
		return firstOf(dateIn(attr(marked, "content")), read(marked))
	}
	within := p.ownMains()
	if len(within) == 0 {
		within = []*html.Node{p.root}
	}
	if n := first(within[0], func(n *html.Node) bool { return n.DataAtom == atom.Time && read(n) != "" }); n != nil {
		return read(n)
	}
	return ""
}

// dateLine finds a date that stands for itself near the beginning of a text.
func dateLine(d *Document) string {
	for _, b := range d.Blocks[:min(len(d.Blocks), 8)] {
		if words := d.Text[b.Start:b.End]; onlyDate(words) {
			return dateIn(words)
		}
	}
	return ""
}

// guessedDate asks a library that knows how many sites mark their dates.
func (p *page) guessedDate() (date string) {
	if !p.simple {
		return ""
	}
	defer func() {
		if recover() != nil { // a page that the library does not survive is read without it
			date = ""
		}
	}()
	found, err := htmldate.FromDocument(p.root, htmldate.Options{UseOriginalDate: true, SkipExtensiveSearch: true})
	if err != nil || found.IsZero() {
		return ""
	}
	return found.Format(time.DateOnly)
}
