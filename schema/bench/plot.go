package bench

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
)

// WritePlot draws requests a second against the size of the graph, both by powers
// of ten: for each question a line of ours and, dashed, one of the handler
// written by hand (SVG).
func WritePlot(w io.Writer, results []Result) error {
	results = slices.DeleteFunc(slices.Clone(results), func(r Result) bool { return r.Question == "Q8" }) // of another graph
	if len(results) == 0 {
		return fmt.Errorf("there is nothing to draw")
	}
	p := newPlot(results)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img" aria-label="Requests a second by size of the graph">`+"\n", width, height)
	fmt.Fprintf(b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	for d := p.low; d <= p.high; d++ {
		y := p.y(math.Pow10(d))
		fmt.Fprintf(b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%.0f</text>`+"\n", left, y, width-right, left-8, y+4, math.Pow10(d))
	}
	for _, n := range p.events {
		fmt.Fprintf(b, `<text x="%.1f" y="%d" text-anchor="middle">%d</text>`+"\n", p.x(n), height-bottom+20, n)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">events</text><text x="%d" y="20">requests a second: dialograph, and by hand (dashed)</text>`+"\n", (left+width-right)/2, height-8, left)
	for i, q := range p.questions {
		colour := colours[i%len(colours)]
		for _, line := range []struct {
			of   Contender
			dash string
		}{{Ours, ""}, {Hand, ` stroke-dasharray="5 4"`}} {
			path, last := "", 0.0
			for _, r := range results {
				if r.Question == q && r.Contender == line.of {
					last = p.y(r.PerSecond)
					path += fmt.Sprintf("%c%.1f %.1f", "ML"[min(len(path), 1)], p.x(r.Events), last)
					fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, p.x(r.Events), last, colour)
				}
			}
			if path != "" {
				fmt.Fprintf(b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"%s/>`+"\n", path, colour, line.dash)
			}
		}
		y := top + 20*i
		fmt.Fprintf(b, `<path d="M%d %dh24" stroke="%s" stroke-width="2"/><text x="%d" y="%d">%s</text>`+"\n", width-right+24, y, colour, width-right+54, y+4, html.EscapeString(q+" "+p.about[q]))
	}
	fmt.Fprintln(b, "</svg>")
	return b.Flush()
}

const (
	width, height            = 1000, 460
	left, right, top, bottom = 80, 360, 44, 52
)

// colours can be told apart by those who see few (Okabe and Ito).
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"}

type plot struct {
	events    []int
	questions []string
	about     map[string]string
	low, high int // powers of ten
}

func newPlot(results []Result) *plot {
	p := &plot{about: map[string]string{}}
	least, most := math.Inf(1), 1.0
	for _, r := range results {
		if !slices.Contains(p.events, r.Events) {
			p.events = append(p.events, r.Events)
		}
		if p.about[r.Question] == "" {
			p.questions = append(p.questions, r.Question)
			p.about[r.Question] = r.About
		}
		if r.Contender == Ours || r.Contender == Hand {
			least, most = math.Min(least, math.Max(r.PerSecond, 1)), math.Max(most, r.PerSecond)
		}
	}
	slices.Sort(p.events)
	p.low, p.high = int(math.Floor(math.Log10(least))), int(math.Ceil(math.Log10(most)))
	p.high = max(p.high, p.low+1)
	return p
}

func (p *plot) x(events int) float64 {
	first, last := math.Log10(float64(p.events[0])), math.Log10(float64(p.events[len(p.events)-1]))
	if first == last {
		return float64(left+width-right) / 2
	}
	return left + 20 + (math.Log10(float64(events))-first)/(last-first)*(width-right-left-40)
}

func (p *plot) y(perSecond float64) float64 {
	return top + (float64(p.high)-math.Log10(math.Max(perSecond, 1)))/float64(p.high-p.low)*(height-bottom-top)
}
