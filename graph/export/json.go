package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// jsonWriter writes JSON piece by piece.
type jsonWriter struct {
	b   *bufio.Writer
	enc *json.Encoder
	buf bytes.Buffer
}

func newJSON(w io.Writer) *jsonWriter {
	j := &jsonWriter{b: bufio.NewWriterSize(w, 64<<10)}
	j.enc = json.NewEncoder(&j.buf)
	j.enc.SetEscapeHTML(false)
	return j
}

func (j *jsonWriter) text(s string) { j.b.WriteString(s) }

func (j *jsonWriter) value(v any) error {
	j.buf.Reset()
	if err := j.enc.Encode(v); err != nil {
		return err
	}
	_, err := j.b.Write(bytes.TrimRight(j.buf.Bytes(), "\n"))
	return err
}

// list writes the rows of a table as objects of a list.
func (j *jsonWriter) list(t *Table, object func(row []any) any) error {
	j.text("[")
	first := true
	err := t.Each(func(row []any) error {
		if !first {
			j.text(",")
		}
		first = false
		j.text("\n")
		return j.value(object(row))
	})
	j.text("\n]")
	return err
}

// fields are the cells of a row by the names of their columns; empty ones are
// left out.
func fields(t *Table, row []any) map[string]any {
	out := make(map[string]any, len(row))
	for i, cell := range row {
		if cell != nil {
			out[t.Columns[i].Name] = cell
		}
	}
	return out
}

// writeNodeLink writes a network as node-link JSON, which networkx reads with
// node_link_graph(data, edges="links").
func writeNodeLink(w io.Writer, n *Network) error {
	j := newJSON(w)
	undirected := direction(n) == "undirected"
	j.text(`{"directed":`)
	if err := j.value(!undirected); err != nil {
		return err
	}
	j.text(`,"multigraph":`)
	if err := j.value(!undirected); err != nil {
		return err
	}
	j.text(`,"graph":`)
	if err := j.value(map[string]string{"network": string(n.View), "snapshot": n.snapshot}); err != nil {
		return err
	}
	nodes, edges := n.nodes(), n.edges()
	j.text(`,"nodes":`)
	if err := j.list(nodes, func(row []any) any { return fields(nodes, row) }); err != nil {
		return err
	}
	j.text(`,"links":`)
	err := j.list(edges, func(row []any) any {
		f := fields(edges, row)
		if !undirected {
			f["key"] = f["id"] // of a multigraph
		}
		return f
	})
	if err != nil {
		return err
	}
	j.text("}\n")
	return j.b.Flush()
}

// writeCytoscape writes a network as Cytoscape JSON (cyjs), which Cytoscape,
// Cytoscape.js and networkx.cytoscape_graph read.
func writeCytoscape(w io.Writer, n *Network) error {
	j := newJSON(w)
	j.text(`{"format_version":"1.0","generated_by":"dialograph","data":`)
	if err := j.value(map[string]any{"name": "dialograph " + string(n.View), "snapshot": n.snapshot}); err != nil {
		return err
	}
	undirected := direction(n) == "undirected"
	j.text(`,"directed":`)
	if err := j.value(!undirected); err != nil {
		return err
	}
	j.text(`,"multigraph":`)
	if err := j.value(!undirected); err != nil {
		return err
	}
	nodes, edges := n.nodes(), n.edges()
	j.text(`,"elements":{"nodes":`)
	err := j.list(nodes, func(row []any) any {
		f := fields(nodes, row)
		f["name"], f["value"] = f["label"], f["id"]
		return map[string]any{"data": f}
	})
	if err != nil {
		return err
	}
	j.text(`,"edges":`)
	err = j.list(edges, func(row []any) any {
		f := fields(edges, row)
		f["interaction"], f["key"] = f["relation"], f["id"]
		return map[string]any{"data": f}
	})
	if err != nil {
		return err
	}
	j.text("}}\n")
	return j.b.Flush()
}
