package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// What a DOCX may cost. It is compressed, so its size says little.
const (
	maxPart      = 32 << 20 // bytes of one part, uncompressed
	maxParts     = 5_000
	maxXMLDepth  = 256
	maxXMLTokens = 10_000_000
	maxDOCXText  = 16 << 20
)

// readDOCX reads the main part of a Word document: what is shown of it, without
// deleted text, comments, footnotes, headers and footers.
func (d *Document) readDOCX(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("read ZIP archive: %w", err)
	}
	if len(archive.File) > maxParts {
		return fmt.Errorf("the ZIP archive has more than %d files", maxParts)
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	if parts["word/document.xml"] == nil {
		return fmt.Errorf("is a ZIP archive, but not a Word document (DOCX)")
	}
	r := docxReader{styles: map[string]docxStyle{}, formats: map[string]string{}}
	for _, part := range []struct {
		name string
		read func(*xml.Decoder) error
	}{
		{"word/styles.xml", r.readStyles},
		{"word/numbering.xml", r.readNumbering},
		{"docProps/core.xml", func(x *xml.Decoder) error { return readCore(x, d) }},
		{"word/document.xml", r.readBody},
	} {
		if err := readPart(parts[part.name], part.read); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	d.MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	d.Language = firstOf(d.Language, languageTag(r.language))
	r.into(d)
	return nil
}

func readPart(file *zip.File, read func(*xml.Decoder) error) error {
	if file == nil {
		return nil
	}
	part, err := file.Open()
	if err != nil {
		return err
	}
	defer part.Close()
	limited := &limitedReader{part, maxPart}
	if err := read(xml.NewDecoder(limited)); err != nil {
		if limited.left < 0 {
			return errTooLarge
		}
		return err
	}
	return nil
}

var errTooLarge = fmt.Errorf("is larger than %s when it is uncompressed", size(maxPart))

// limitedReader fails, rather than ends, at its limit.
type limitedReader struct {
	r    io.Reader
	left int64
}

func (l *limitedReader) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// tokens gives the elements and texts of a part, with the names of the elements
// around each; the names have no prefix.
func tokens(x *xml.Decoder, visit func(path []string, t xml.Token) error) error {
	var path []string
	for n := 0; ; n++ {
		t, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n > maxXMLTokens {
			return fmt.Errorf("has more than %d elements", maxXMLTokens)
		}
		if s, ok := t.(xml.StartElement); ok {
			if path = append(path, s.Name.Local); len(path) > maxXMLDepth {
				return fmt.Errorf("is nested deeper than %d elements", maxXMLDepth)
			}
		}
		if err := visit(path, t); err != nil {
			return err
		}
		if _, ok := t.(xml.EndElement); ok && len(path) > 0 {
			path = path[:len(path)-1]
		}
	}
}

func readCore(x *xml.Decoder, d *Document) error {
	return tokens(x, func(path []string, t xml.Token) error {
		text, ok := t.(xml.CharData)
		if !ok || len(path) != 2 {
			return nil
		}
		switch path[1] {
		case "title":
			d.Title = oneLine(d.Title + string(text))
		case "created":
			d.Published = firstOf(d.Published, dateIn(string(text)))
		case "language":
			d.Language = firstOf(d.Language, languageTag(string(text)))
		}
		return nil
	})
}

// docxStyle is what the style of a paragraph says of its kind.
type docxStyle struct {
	name, base, numbering string
	outline               bool
}

// docxReader collects the paragraphs of a document.
type docxReader struct {
	builder
	styles   map[string]docxStyle
	formats  map[string]string // of numbers, by number and level: "3/0" is "bullet"
	language string
	open     []docxParagraph
	cells    []docxCell
}

// docxParagraph is a paragraph that is being read; a text box has paragraphs
// inside a paragraph.
type docxParagraph struct {
	words            strings.Builder
	style, numbering string
	level            string
	outline          bool
}

type docxCell struct{ paragraphs []string }

func (r *docxReader) readStyles(x *xml.Decoder) error {
	id := ""
	return tokens(x, func(path []string, t xml.Token) error {
		s, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		style := r.styles[id]
		switch s.Name.Local {
		case "style":
			id, style = value(s, "styleId"), docxStyle{}
		case "name":
			style.name = strings.ToLower(value(s, "val"))
		case "basedOn":
			style.base = value(s, "val")
		case "numId":
			style.numbering = value(s, "val")
		case "outlineLvl":
			style.outline = value(s, "val") != "9"
		case "lang":
			if len(path) > 1 && path[1] == "docDefaults" {
				r.language = value(s, "val")
			}
			return nil
		default:
			return nil
		}
		if id != "" {
			r.styles[id] = style
		}
		return nil
	})
}

func (r *docxReader) readNumbering(x *xml.Decoder) error {
	abstract := map[string]map[string]string{}
	id, level, number := "", "", ""
	return tokens(x, func(path []string, t xml.Token) error {
		s, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch s.Name.Local {
		case "abstractNum":
			id = value(s, "abstractNumId")
			abstract[id] = map[string]string{}
		case "lvl":
			level = value(s, "ilvl")
		case "numFmt":
			if abstract[id] != nil {
				abstract[id][level] = value(s, "val")
			}
		case "num":
			number, id = value(s, "numId"), ""
		case "abstractNumId":
			for level, format := range abstract[value(s, "val")] {
				if len(r.formats) < maxParts {
					r.formats[number+"/"+level] = format
				}
			}
		}
		return nil
	})
}

func value(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// unseen elements hold what Word does not show, or shows elsewhere.
var unseen = map[string]bool{"del": true, "moveFrom": true, "instrText": true, "delText": true, "delInstrText": true, "Fallback": true,
	"footnote": true, "endnote": true, "comment": true, "pPrChange": true, "rPrChange": true, "tblPrChange": true}

func (r *docxReader) readBody(x *xml.Decoder) error {
	skipped, hidden := 0, false
	return tokens(x, func(path []string, t xml.Token) error {
		if r.text.Len() > maxDOCXText {
			return fmt.Errorf("has more than %s of text", size(maxDOCXText))
		}
		switch t := t.(type) {
		case xml.StartElement:
			if skipped > 0 || unseen[t.Name.Local] {
				skipped++
				return nil
			}
			switch t.Name.Local {
			case "r":
				hidden = false
			case "vanish":
				hidden = len(path) > 2 && path[len(path)-3] == "r" && value(t, "val") != "0" && value(t, "val") != "false"
			default:
				r.start(t)
			}
		case xml.EndElement:
			if skipped > 0 {
				skipped--
				return nil
			}
			r.end(t.Name.Local)
		case xml.CharData:
			if skipped == 0 && !hidden && len(path) > 0 && path[len(path)-1] == "t" {
				r.words(string(t))
			}
		}
		return nil
	})
}

func (r *docxReader) words(s string) {
	if len(r.open) == 0 {
		return
	}
	s = strings.Map(func(c rune) rune {
		switch c {
		case '\u00ad', '\u200b', '\ufeff':
			return -1
		case '\t', '\r', '\n':
			return ' '
		}
		return c
	}, s)
	r.open[len(r.open)-1].words.WriteString(s)
}

func (r *docxReader) start(t xml.StartElement) {
	if t.Name.Local == "tc" {
		r.cells = append(r.cells, docxCell{})
		return
	}
	if t.Name.Local == "p" {
		r.open = append(r.open, docxParagraph{})
		return
	}
	if len(r.open) == 0 {
		return
	}
	p := &r.open[len(r.open)-1]
	switch t.Name.Local {
	case "pStyle":
		p.style = value(t, "val")
	case "numId":
		p.numbering = value(t, "val")
	case "ilvl":
		p.level = value(t, "val")
	case "outlineLvl":
		p.outline = value(t, "val") != "9"
	case "tab", "ptab":
		p.words.WriteByte(' ')
	case "br", "cr":
		p.words.WriteByte('\n')
	case "noBreakHyphen":
		p.words.WriteByte('-')
	}
}

func (r *docxReader) end(name string) {
	switch name {
	case "p":
		if len(r.open) > 0 {
			p := &r.open[len(r.open)-1]
			r.open = r.open[:len(r.open)-1]
			r.paragraph(p)
		}
	case "tc":
		if len(r.cells) > 0 {
			cell := r.cells[len(r.cells)-1]
			r.cells = r.cells[:len(r.cells)-1]
			r.cell(cell)
		}
	}
}

// paragraph ends one. In a cell, what has no style of its own waits for the end
// of the cell: alone it is a cell, among others a paragraph.
func (r *docxReader) paragraph(p *docxParagraph) {
	words := collapse(p.words.String())
	if strings.TrimFunc(words, isSpace) == "" {
		return
	}
	kind, format := r.kind(p)
	if kind == Paragraph && len(r.cells) > 0 {
		c := &r.cells[len(r.cells)-1]
		c.paragraphs = append(c.paragraphs, words)
		return
	}
	if len(r.cells) > 0 {
		r.cell(r.cells[len(r.cells)-1])
		r.cells[len(r.cells)-1].paragraphs = nil
	}
	if kind == Item && format != "bullet" && isProse(words) {
		kind = Paragraph // a numbered paragraph; its number is not part of it
	}
	r.add(kind, words)
}

func (r *docxReader) cell(c docxCell) {
	kind := Cell
	if len(c.paragraphs) > 1 || len(c.paragraphs) == 1 && len(c.paragraphs[0]) > 500 {
		kind = Paragraph
	}
	for _, words := range c.paragraphs {
		r.add(kind, words)
	}
}

// collapse makes one space of several, as HTML does.
func collapse(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for i := range len(s) {
		if s[i] == ' ' && space {
			continue
		}
		space = s[i] == ' '
		b.WriteByte(s[i])
	}
	return b.String()
}

// kind reads the kind of a paragraph from its own properties, then from its
// style and the styles that one is based on.
func (r *docxReader) kind(p *docxParagraph) (BlockKind, string) {
	numbering := p.numbering
	if p.outline {
		return Heading, ""
	}
	for id, steps := p.style, 0; id != "" && steps < 10; steps++ {
		style := r.styles[id]
		name := firstOf(style.name, strings.ToLower(id))
		switch {
		case style.outline, strings.HasPrefix(name, "heading"), name == "title", name == "subtitle":
			return Heading, ""
		case strings.Contains(name, "caption"):
			return Caption, ""
		case strings.HasPrefix(name, "list bullet"), strings.HasPrefix(name, "listbullet"):
			return Item, "bullet"
		}
		numbering = firstOf(numbering, style.numbering)
		id = style.base
	}
	if n, err := strconv.Atoi(numbering); err != nil || n == 0 {
		return Paragraph, ""
	}
	format := r.formats[numbering+"/"+firstOf(p.level, "0")]
	if format == "none" {
		return Paragraph, ""
	}
	return Item, format
}
