package export

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// xmlWriter writes elements; the first error stays.
type xmlWriter struct {
	b *bufio.Writer
}

func newXML(w io.Writer) *xmlWriter {
	x := &xmlWriter{bufio.NewWriterSize(w, 64<<10)}
	x.b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	return x
}

// line writes a line of markup; arguments are escaped.
func (x *xmlWriter) line(format string, args ...string) {
	escaped := make([]any, len(args))
	for i, a := range args {
		escaped[i] = escapeXML(a)
	}
	fmt.Fprintf(x.b, format+"\n", escaped...)
}

// escapeXML escapes what XML 1.0 gives a meaning; what it cannot hold at all
// becomes U+FFFD. Ends of lines, those of XML 1.1 too, are written by their
// number: some readers make one "\n" of each.
func escapeXML(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x20 || strings.ContainsRune(`&<>"`, r) || r >= 0x7F && r <= 0x9F || r == 0x2028 || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF
	}) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n' || r == '\t' || r == '\r' || r >= 0x7F && r <= 0x9F || r == 0x2028:
			fmt.Fprintf(&b, "&#%d;", r)
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain writes a cell as text; false where it is empty.
func plain(cell any) (string, bool) {
	switch v := cell.(type) {
	case string:
		return v, true
	case int:
		return strconv.Itoa(v), true
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), true
	case bool:
		return strconv.FormatBool(v), true
	case []string:
		return joinList(v), true
	}
	return "", false
}

// attributes are the columns of nodes or edges that are not part of the format
// itself.
func attributes(t *Table, own ...string) []int {
	var out []int
	for i, c := range t.Columns {
		skip := false
		for _, name := range own {
			skip = skip || c.Name == name
		}
		if !skip {
			out = append(out, i)
		}
	}
	return out
}

// at gives a cell by the name of its column.
func at(t *Table, row []any, name string) string {
	for i, c := range t.Columns {
		if c.Name == name {
			s, _ := plain(row[i])
			return s
		}
	}
	return ""
}

// writeGraphML writes a network as GraphML 1.1. Edges of co-attendance have no
// direction. The identifier of an edge also stands in its data: igraph takes one
// end for it otherwise.
func writeGraphML(w io.Writer, n *Network) error {
	x := newXML(w)
	nodes, edges := n.nodes(), n.edges()
	nodeKeys, edgeKeys := attributes(nodes, "id"), attributes(edges, "source", "target")
	x.line(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">`)
	keys := func(of string, t *Table, list []int) {
		for _, i := range list {
			c := t.Columns[i]
			x.line(`  <key id="%s" for="%s" attr.name="%s" attr.type="%s"><desc>%s</desc></key>`, of[:1]+"."+c.Name, of, c.Name, graphMLTypes[c.Type], c.Doc)
		}
	}
	keys("node", nodes, nodeKeys)
	keys("edge", edges, edgeKeys)
	x.line(`  <graph id="%s" edgedefault="%s">`, string(n.View), direction(n))
	data := func(of string, t *Table, list []int, row []any) {
		for _, i := range list {
			if s, ok := plain(row[i]); ok {
				x.line(`      <data key="%s">%s</data>`, of+"."+t.Columns[i].Name, s)
			}
		}
	}
	err := nodes.Each(func(row []any) error {
		x.line(`    <node id="%s">`, at(nodes, row, "id"))
		data("n", nodes, nodeKeys, row)
		x.line(`    </node>`)
		return nil
	})
	if err == nil {
		err = edges.Each(func(row []any) error {
			x.line(`    <edge id="%s" source="%s" target="%s">`, at(edges, row, "id"), at(edges, row, "source"), at(edges, row, "target"))
			data("e", edges, edgeKeys, row)
			x.line(`    </edge>`)
			return nil
		})
	}
	x.line("  </graph>\n</graphml>")
	if err != nil {
		return err
	}
	return x.b.Flush()
}

var graphMLTypes = map[Type]string{Text: "string", Integer: "long", Float: "double", Boolean: "boolean", List: "string"}

func direction(n *Network) string {
	if n.View == CoAttendance || n.View == CoAttendancePeople {
		return "undirected"
	}
	return "directed"
}

// writeGEXF writes a network as GEXF 1.3, in which events and what happened at
// them have their time.
func writeGEXF(w io.Writer, n *Network) error {
	x := newXML(w)
	nodes, edges := n.nodes(), n.edges()
	nodeKeys, edgeKeys := attributes(nodes, "id", "label", "start", "end"), attributes(edges, "id", "source", "target", "weight", "start", "end")
	x.line(`<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd">`)
	x.line(`  <meta><creator>dialograph</creator><description>%s, snapshot %s</description></meta>`, "Network "+string(n.View), n.snapshot)
	x.line(`  <graph defaultedgetype="%s" mode="dynamic" timeformat="date" timerepresentation="interval">`, direction(n))
	keys := func(class string, t *Table, list []int) {
		x.line(`    <attributes class="%s">`, class)
		for _, i := range list {
			x.line(`      <attribute id="%s" title="%s" type="%s"/>`, t.Columns[i].Name, t.Columns[i].Name, gexfTypes[t.Columns[i].Type])
		}
		x.line(`    </attributes>`)
	}
	keys("node", nodes, nodeKeys)
	keys("edge", edges, edgeKeys)
	values := func(t *Table, list []int, row []any) {
		x.line(`        <attvalues>`)
		for _, i := range list {
			if s, ok := plain(row[i]); ok {
				x.line(`          <attvalue for="%s" value="%s"/>`, t.Columns[i].Name, s)
			}
		}
		x.line(`        </attvalues>`)
	}
	x.line(`    <nodes>`)
	err := nodes.Each(func(row []any) error {
		fmt.Fprintf(x.b, "      <node id=\"%s\" label=\"%s\"%s>\n", escapeXML(at(nodes, row, "id")), escapeXML(at(nodes, row, "label")), span(nodes, row))
		values(nodes, nodeKeys, row)
		x.line(`      </node>`)
		return nil
	})
	x.line("    </nodes>\n    <edges>")
	if err == nil {
		err = edges.Each(func(row []any) error {
			fmt.Fprintf(x.b, "      <edge id=\"%s\" source=\"%s\" target=\"%s\" weight=\"%s\"%s>\n", escapeXML(at(edges, row, "id")), escapeXML(at(edges, row, "source")),
				escapeXML(at(edges, row, "target")), at(edges, row, "weight"), span(edges, row))
			values(edges, edgeKeys, row)
			x.line(`      </edge>`)
			return nil
		})
	}
	x.line("    </edges>\n  </graph>\n</gexf>")
	if err != nil {
		return err
	}
	return x.b.Flush()
}

var gexfTypes = map[Type]string{Text: "string", Integer: "long", Float: "double", Boolean: "boolean", List: "string"}

// span gives the time attributes of a row.
func span(t *Table, row []any) string {
	out := ""
	for _, name := range []string{"start", "end"} {
		if day := at(t, row, name); day != "" {
			out += fmt.Sprintf(` %s="%s"`, name, day)
		}
	}
	return out
}
