package bench

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"dialograph/graph/edtf"
	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/schema"
	"dialograph/schema/exporthttp"

	"github.com/rs/zerolog"
)

// exported is a whole export as a question (Q7): over HTTP, by one client.
type exported struct {
	file string
	hand func(io.Writer, *index.Snapshot) error
}

var exports = []exported{{"participations.csv", handCSV}, {"graph.nq", handNQuads}}

// Exports reads whole exports over loopback: of as many bytes that are always
// the same, of a handler written for the export, of ours when it is asked for the
// first time, and again. It compares what the last three give. Figures are
// medians of the rounds.
func Exports(ctx context.Context, snap *index.Snapshot, rounds int) ([]Figure, error) {
	api, err := schema.New()
	if err != nil {
		return nil, err
	}
	var out []Figure
	for _, x := range exports {
		list, err := x.measure(ctx, api, snap, rounds)
		if err != nil {
			return nil, fmt.Errorf("Q7: %s: %w", x.file, err)
		}
		out = append(out, list...)
	}
	return out, nil
}

func (x exported) measure(ctx context.Context, api *schema.Schema, snap *index.Snapshot, rounds int) ([]Figure, error) {
	holder := &index.Holder{}
	holder.Swap(snap)
	hand := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := x.hand(w, snap); err != nil {
			panic(http.ErrAbortHandler) // the client sees that it ends early
		}
	})
	took := map[string][]float64{} // megabytes a second
	for round := range rounds + 1 {
		dir, err := os.MkdirTemp("", "dialograph-bench-")
		if err != nil {
			return nil, err
		}
		ours := &exporthttp.Handler{Schema: api, Holder: holder, Dir: dir, MaxBytes: 1 << 40, Generator: "dialograph bench", Log: zerolog.New(io.Discard)}
		err = x.round(ctx, round == 0, hand, ours, func(name string, speed float64) { took[name] = append(took[name], speed) })
		if removed := os.RemoveAll(dir); err == nil {
			err = removed
		}
		if err != nil {
			return nil, err
		}
	}
	var out []Figure
	for _, name := range []string{"constant", "hand", "dialograph", "dialograph again"} {
		list := took[name]
		slices.Sort(list)
		out = append(out, Figure{Events: len(snap.Events), Name: "Q7 " + x.file + ", " + name, Value: list[len(list)/2], Unit: "MB/s"})
	}
	return out, nil
}

// round asks each once. The first round compares and is not counted.
func (x exported) round(ctx context.Context, compare bool, hand, ours http.Handler, note func(string, float64)) error {
	var size int64
	var sums [][]byte
	for _, c := range []struct {
		name string
		of   http.Handler
	}{{"dialograph", ours}, {"dialograph again", ours}, {"hand", hand}, {"constant", nil}} {
		if c.of == nil {
			c.of = repeated(size)
		}
		sum := sha256.New()
		to := io.Discard
		if compare {
			to = sum
		}
		start := time.Now()
		n, err := fetch(ctx, c.of, "/export/"+x.file, to)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		size = n
		if !compare {
			note(c.name, float64(n)/(1<<20)/time.Since(start).Seconds())
		} else if sums = append(sums, sum.Sum(nil)); len(sums) <= 3 && string(sums[0]) != string(sums[len(sums)-1]) {
			return fmt.Errorf("%s gives something else", c.name)
		}
	}
	return nil
}

// fetch serves a handler on loopback and reads one answer of it.
func fetch(ctx context.Context, h http.Handler, path string, to io.Writer) (int64, error) {
	address, stop, err := loopback(h)
	if err != nil {
		return 0, err
	}
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return 0, err
	}
	answer, err := (&http.Transport{DisableCompression: true}).RoundTrip(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the server answers %s", answer.Status)
	}
	return io.Copy(to, answer.Body)
}

// repeated answers with so many bytes.
func repeated(size int64) http.Handler {
	block := []byte(strings.Repeat("x", 64<<10))
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
		for left := size; left > 0; left -= int64(len(block)) {
			w.Write(block[:min(left, int64(len(block)))])
		}
	})
}

// handCSV writes participations as a handler of this one table would.
func handCSV(to io.Writer, s *index.Snapshot) error {
	w := csv.NewWriter(to)
	w.UseCRLF = true
	w.Write([]string{"id", "event", "event_name", "event_status", "date", "date_earliest", "date_latest", "year", "person", "person_name", "actor", "actor_name", "side", "side_name", "role", "position", "as_written", "candidates", "note", "evidence", "quotes", "sources"})
	for _, e := range s.Events {
		var date, first, last, year string
		if !e.Date.IsZero() {
			date = e.Date.Value.String()
		}
		from, ok1 := e.Date.Value.Earliest()
		to, ok2 := e.Date.Value.Latest()
		if ok1 {
			first = from.Format(time.DateOnly)
		}
		if ok2 {
			last = to.Format(time.DateOnly)
		}
		if ok1 && ok2 && (from.Year() == to.Year() || e.Date.Value.Precision() == edtf.Interval) {
			year = strconv.Itoa(from.Year())
		}
		for _, p := range e.Participations {
			person, actor, side, sideName := "", "", "", ""
			if p.Person != nil {
				person = string(p.Person.ID)
			}
			if p.Actor != nil {
				actor = string(p.Actor.ID)
			}
			if p.Side != nil {
				side, sideName = string(p.Side.ID), p.Side.Name
			}
			var candidates, evidence, quotes, sources []string
			for _, c := range p.Candidates {
				candidates = append(candidates, string(c.NodeID()))
			}
			for _, x := range p.Evidence.Passages() {
				evidence, quotes = append(evidence, string(x.ID)), append(quotes, x.Exact)
			}
			for _, x := range p.Evidence.Sources() {
				sources = append(sources, x.As.URL)
			}
			w.Write([]string{string(p.ID), string(e.ID), e.Name, e.As.Status, date, first, last, year, person, p.PersonName(), actor, p.ActorName(), side, sideName, p.As.Role, p.As.Position, p.As.AsWritten,
				strings.Join(candidates, export.ListSeparator), p.As.Note, strings.Join(evidence, export.ListSeparator), strings.Join(quotes, export.ListSeparator), strings.Join(sources, export.ListSeparator)})
		}
	}
	w.Flush()
	return w.Error()
}

// handNQuads writes all quads as a simple writer would.
func handNQuads(to io.Writer, s *index.Snapshot) error {
	w := bufio.NewWriterSize(to, 64<<10)
	escape := strings.NewReplacer("\\", `\\`, "\"", `\"`, "\n", `\n`, "\r", `\r`)
	s.Quads.Each(func(q rdf.Quad) {
		w.WriteString("<" + q.Subject + "> <" + q.Predicate + "> ")
		switch o := q.Object; {
		case !o.Literal:
			w.WriteString("<" + o.Value + ">")
		case o.Lang != "":
			w.WriteString(`"` + escape.Replace(o.Value) + `"@` + o.Lang)
		case o.Datatype != "":
			w.WriteString(`"` + escape.Replace(o.Value) + `"^^<` + o.Datatype + ">")
		default:
			w.WriteString(`"` + escape.Replace(o.Value) + `"`)
		}
		w.WriteString(" <" + q.Graph + "> .\n")
	})
	return w.Flush()
}
