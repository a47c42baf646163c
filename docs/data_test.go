package docs_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/index"
	"dialograph/seeds/seedstest"
)

// The page on the data is made from the data.
func TestDataPageIsCurrent(t *testing.T) {
	p := dataPage{snap: seedstest.Snapshot(t)}
	p.write()
	current(t, "data.md", p.b.String())
	current(t, "data.svg", yearsPlot(p.years()))
}

// current compares a generated file with what it should be, or rewrites it.
func current(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("docs/%s is not current; go test ./docs -update rewrites it", path)
	}
}

type dataPage struct {
	snap *index.Snapshot
	b    strings.Builder
}

func (p *dataPage) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func (p *dataPage) write() {
	p.line("# The built-in data\n\nMade from the seeds by `go test ./docs -update`; a test keeps it current.\n")
	p.counts()
	p.line("\n## Sessions by year\n\n![Sessions by year, held and planned](data.svg)\n")
	p.coverage()
	p.conflicts()
	p.publishers()
	p.explained()
}

func (p *dataPage) counts() {
	s := p.snap
	held, participations, chairs := 0, 0, 0
	for _, e := range s.Events {
		if e.As.Status == "held" {
			held++
		}
		participations += len(e.Participations)
		for _, x := range e.Participations {
			if strings.Contains(x.As.Role, "chair") || x.As.Role == "head-of-delegation" {
				chairs++
			}
		}
	}
	p.line("| what | how many |\n|---|---:|")
	for _, row := range []struct {
		what string
		n    int
	}{
		{"sessions held", held}, {"sessions known only from a notice, planned or cancelled", len(s.Events) - held}, {"series", len(s.Series)},
		{"participations", participations}, {"of which chairs and heads of delegation", chairs}, {"actors", len(s.Actors)}, {"people", len(s.People)},
		{"topics", len(s.Topics)}, {"instruments", len(s.Instruments)}, {"initiatives", len(s.Initiatives)}, {"places", len(s.Places)},
		{"sources", len(s.Sources)}, {"passages", s.Counts[graph.KindPassage]}, {"conflicts between sources", len(s.Conflicts)}, {"judgements", len(s.Judgements)}, {"quads", s.Quads.Len()},
	} {
		p.line("| %s | %d |", row.what, row.n)
	}
}

// years counts events held and others by year.
func (p *dataPage) years() map[int][2]int {
	out := map[int][2]int{}
	for _, e := range p.snap.Events {
		day, ok := e.Date.Value.Earliest()
		if !ok {
			continue
		}
		n := out[day.Year()]
		if e.As.Status == "held" {
			n[0]++
		} else {
			n[1]++
		}
		out[day.Year()] = n
	}
	return out
}

func (p *dataPage) coverage() {
	p.line("## Coverage by series\n\nOrdinals are those that sources give; missing ones lie below the highest seen.\n")
	p.line("| series | sessions | first | last | missing ordinals | longest gap |\n|---|---:|---|---|---|---|")
	series := slices.Clone(p.snap.Series)
	slices.SortFunc(series, func(a, b *index.Series) int {
		return cmp.Or(-cmp.Compare(len(p.snap.Sessions(a)), len(p.snap.Sessions(b))), strings.Compare(a.Name, b.Name))
	})
	for _, s := range series {
		sessions := p.snap.Sessions(s)
		if len(sessions) == 0 {
			continue
		}
		byDate := slices.Clone(sessions)
		slices.SortFunc(byDate, func(a, b *index.Event) int { return edtf.Compare(a.Date.Value, b.Date.Value) })
		p.line("| %s | %d | %s | %s | %s | %s |", s.Name, len(sessions), dateText(byDate[0]), dateText(byDate[len(byDate)-1]), missing(sessions), gap(byDate))
	}
}

func dateText(e *index.Event) string { return e.Date.Value.String() }

func missing(sessions []*index.Event) string {
	have, highest := map[int]bool{}, 0
	for _, e := range sessions {
		have[e.As.Ordinal] = true
		highest = max(highest, e.As.Ordinal)
	}
	var out []string
	for n := 1; n <= highest; n++ {
		if !have[n] {
			out = append(out, fmt.Sprint(n))
		}
	}
	return strings.Join(out, ", ")
}

func gap(events []*index.Event) string {
	longest, text := 0.0, ""
	for i := 1; i < len(events); i++ {
		a, ok1 := events[i-1].Date.Value.Earliest()
		b, ok2 := events[i].Date.Value.Earliest()
		if years := b.Sub(a).Hours() / 24 / 365.25; ok1 && ok2 && years > longest {
			longest, text = years, fmt.Sprintf("%.1f years after %s", years, dateText(events[i-1]))
		}
	}
	return text
}

func (p *dataPage) conflicts() {
	p.line("\n## Where sources disagree\n\nEvery value stays, each with its source; the preferred one is in bold.\n\n| about | field | values |\n|---|---|---|")
	for _, c := range p.snap.Conflicts {
		var values []string
		for _, v := range c.Values {
			text := strings.ReplaceAll(v.Value, "|", "/")
			if v.Preferred {
				text = "**" + text + "**"
			}
			values = append(values, text)
		}
		p.line("| %s | %s | %s |", c.Of.Self().Name, c.Field, strings.Join(values, "; "))
	}
}

func (p *dataPage) publishers() {
	count := map[string]int{}
	for _, s := range p.snap.Sources {
		count[cmp.Or(s.As.Publisher, "(no publisher given)")]++
	}
	var list []string
	for name := range count {
		list = append(list, name)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(-cmp.Compare(count[a], count[b]), strings.Compare(a, b)) })
	p.line("\n## Sources by publisher\n\n%d publishers; those with at least three pages:\n\n| publisher | pages |\n|---|---:|", len(list))
	for _, name := range list {
		if count[name] >= 3 {
			p.line("| %s | %d |", name, count[name])
		}
	}
}

func (p *dataPage) explained() {
	p.line("\n## Warnings that stand\n\n`dialograph lint seeds` gives these warnings; a person has looked at each (`seeds/explained.tsv`).\n\n| rule | about | why it stands |\n|---|---|---|")
	data, _ := os.ReadFile("../seeds/explained.tsv")
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if !strings.HasPrefix(line, "#") {
			p.line("| %s |", strings.ReplaceAll(line, "\t", " | "))
		}
	}
}

// yearsPlot draws events by year as stacked bars.
func yearsPlot(years map[int][2]int) string {
	first, last, most := 9999, 0, 1
	for y, n := range years {
		first, last, most = min(first, y), max(last, y), max(most, n[0]+n[1])
	}
	const bar, height, left, top = 44, 220, 30, 34
	width := left + (last-first+1)*bar + 20
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", width, height+top+40)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="#ffffff"/>`+"\n")
	fmt.Fprintf(&b, `<rect x="%d" y="8" width="12" height="12" fill="#2f6f9f"/><text x="%d" y="18">held</text><rect x="%d" y="8" width="12" height="12" fill="#d9a441"/><text x="%d" y="18">known from a notice only</text>`+"\n", left, left+18, left+70, left+88)
	for y := first; y <= last; y++ {
		n := years[y]
		x := left + (y-first)*bar
		held, other := n[0]*height/most, n[1]*height/most
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#2f6f9f"/>`, x+6, top+height-held, bar-12, held)
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#d9a441"/>`, x+6, top+height-held-other, bar-12, other)
		if n[0]+n[1] > 0 {
			fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">%d</text>`, x+bar/2, top+height-held-other-4, n[0]+n[1])
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">%d</text>`+"\n", x+bar/2, top+height+18, y)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
