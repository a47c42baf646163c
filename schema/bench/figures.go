package bench

import (
	"bufio"
	"fmt"
	"io"
)

// Figure is something else that was measured of a graph.
type Figure struct {
	Events int     `json:"events"`
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
}

// WriteFigures writes figures as a Markdown table.
func WriteFigures(w io.Writer, list []Figure) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "| events | | |")
	fmt.Fprintln(b, "|---:|---|---:|")
	for _, f := range list {
		fmt.Fprintf(b, "| %d | %s | %.3g %s |\n", f.Events, f.Name, f.Value, f.Unit)
	}
	return b.Flush()
}
