package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/graph/store"
	"dialograph/graph/synthetic"
	"dialograph/loaders/source"
	"dialograph/schema/bench"

	"github.com/spf13/cobra"
)

// benching says what to measure.
type benching struct {
	events    []int
	seed      uint64
	questions []string
	rounds    int
	round     time.Duration
	clients   int
	plot      string
	profiles  string
}

func (a *app) benchCommand() *cobra.Command {
	var o benching
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure the endpoint beside handlers written by hand and graphql-go",
		Long: `Bench makes a synthetic data set in memory (see generate), saves its snapshot,
maps it as a server that starts does, and asks questions of it over HTTP on
loopback: of a constant answer, of a handler written by hand for the question,
of graphql-go's executor, and of this endpoint. It first compares their answers.
Rounds are interleaved; the table has medians, in requests a second. Client and
server share the machine, so read ratios before numbers. A second table has what
the graph took to build, hold, save and export, how long the first answers took,
whole exports over HTTP beside such by hand (Q7), how long a record takes to be
added and what a client notices of it, and the reading of a statement. Q8 asks the worked
examples of the built-in records.`,
		Example: `  dialograph bench --events 20000
  dialograph bench --events 2000,20000 --questions Q2,Q3 --plot growth.svg
  dialograph bench --events 2000 --json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.bench(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.IntSliceVar(&o.events, "events", []int{2000}, "how many events the data set has; several sizes show growth")
	flags.Uint64Var(&o.seed, "seed", 1, "of the data set and the questions")
	flags.StringSliceVar(&o.questions, "questions", nil, "only these, such as Q1,Q3")
	flags.IntVar(&o.rounds, "rounds", 5, "of each")
	flags.DurationVar(&o.round, "round", time.Second, "how long a round is")
	flags.IntVar(&o.clients, "clients", 8, "connections at once")
	flags.StringVar(&o.profiles, "profiles", "", "directory for a CPU profile of each question, as go tool pprof reads it")
	flags.StringVar(&o.plot, "plot", "", "file for a plot of growth (SVG)")
	return cmd
}

// benchmarks is what a run gives.
type benchmarks struct {
	Results []bench.Result `json:"results"`
	Figures []bench.Figure `json:"figures"`
}

func (a *app) bench(ctx context.Context, o benching) error {
	if o.rounds < 1 || o.round <= 0 || o.clients < 1 || len(o.events) == 0 {
		return usageError{errors.New("--rounds, --round, --clients and --events must be more than nothing")}
	}
	for _, q := range o.questions {
		if !slices.Contains(bench.QuestionNames(), q) {
			return usageError{fmt.Errorf("--questions: there is no %q; there are %s", q, strings.Join(bench.QuestionNames(), ", "))}
		}
	}
	if o.profiles != "" {
		if err := os.MkdirAll(o.profiles, 0o755); err != nil {
			return fmt.Errorf("--profiles: %w", err)
		}
	}
	var out benchmarks
	for i, events := range o.events {
		set, err := synthetic.New(events, o.seed)
		if err != nil {
			return usageError{fmt.Errorf("--events: %w", err)}
		}
		collectOften()
		made, figures, err := a.measureGraph(ctx, set)
		if err != nil {
			return err
		}
		snap, starting, err := bench.Start(ctx, made)
		if err != nil {
			return err
		}
		figures = append(figures, starting...)
		collectSeldom() // as a server does
		options := bench.Options{Questions: o.questions, Rounds: o.rounds, Round: o.round, Connections: o.clients, Seed: o.seed, Profiles: o.profiles}
		if i == 0 {
			if options.Known, err = a.builtIn(ctx); err == nil {
				options.Examples, err = builtInQueries()
			}
			if err != nil {
				return err
			}
		}
		a.log.Info().Int("events", events).Msg("asks")
		results, err := bench.Run(ctx, snap, options)
		if err != nil {
			return err
		}
		out.Results, out.Figures = append(out.Results, results...), append(out.Figures, figures...)
		if len(o.questions) == 0 || slices.Contains(o.questions, "Q7") {
			figures, err := bench.Exports(ctx, snap, o.rounds)
			if err != nil {
				return err
			}
			out.Figures = append(out.Figures, figures...)
		}
		if len(o.questions) == 0 || slices.Contains(o.questions, "Q1") {
			figures, err := bench.Adding(ctx, snap, set, o.rounds)
			if err != nil {
				return err
			}
			out.Figures = append(out.Figures, figures...)
		}
		if i == 0 {
			speed, err := a.measureReading(options.Known, o.rounds)
			if err != nil {
				return err
			}
			out.Figures = append(out.Figures, speed)
		}
	}
	if o.plot != "" {
		if err := writeFile(o.plot, func(w io.Writer) error { return bench.WritePlot(w, out.Results) }); err != nil {
			return err
		}
	}
	if a.json {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	if err := bench.WriteTable(a.out, out.Results); err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	return bench.WriteFigures(a.out, out.Figures)
}

// builtIn is the snapshot of the built-in records.
func (a *app) builtIn(ctx context.Context) (*index.Snapshot, error) {
	s, err := store.Open(ctx, store.Memory)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if err := a.seed(ctx, s); err != nil {
		return nil, err
	}
	return index.Build(ctx, a.iris(), s, time.Now())
}

// measureReading extracts records from a text of the built-in passages, one core
// at work, and gives the median.
func (a *app) measureReading(known *index.Snapshot, rounds int) (bench.Figure, error) {
	x, err := a.extractor()
	if err != nil {
		return bench.Figure{}, err
	}
	const size = 100 << 10
	var text strings.Builder
	for text.Len() < size {
		for p := range known.Passages() {
			if text.WriteString(p.Exact + "\n\n"); text.Len() >= size {
				break
			}
		}
	}
	var speeds []float64
	for range rounds {
		start := time.Now()
		d, err := source.Read("statement.txt", []byte(text.String()))
		if err != nil {
			return bench.Figure{}, err
		}
		x.Extract(d)
		speeds = append(speeds, float64(text.Len())/(1<<20)/time.Since(start).Seconds())
	}
	slices.Sort(speeds)
	return bench.Figure{Events: len(known.Events), Name: "read a statement of 100 KB", Value: speeds[len(speeds)/2], Unit: "MB/s"}, nil
}

// measureGraph builds the snapshot of a set, and measures that and its exports.
func (a *app) measureGraph(ctx context.Context, set *synthetic.Set) (*index.Snapshot, []bench.Figure, error) {
	var figures []bench.Figure
	figure := func(name string, value float64, unit string) {
		figures = append(figures, bench.Figure{Events: set.Len(), Name: name, Value: value, Unit: unit})
	}
	before, start := heap(), time.Now()
	quads, err := index.ReadQuads(ctx, set.Quads(a.iris()))
	if err != nil {
		return nil, nil, err
	}
	n := float64(quads.Len())
	figure("make the set and index its quads", n/time.Since(start).Seconds(), "quads/s")
	indexed := heap()
	start = time.Now()
	snap := index.New(a.iris(), quads, time.Now())
	figure("build the snapshot of indexed quads", n/time.Since(start).Seconds(), "quads/s")
	built := heap()
	figure("quads", n, "")
	figure("indexed quads, strings included", float64(indexed-before)/n, "bytes/quad")
	figure("snapshot beside them", float64(built-indexed)/n, "bytes/quad")
	figure("all of it", float64(built-before)/(1<<20), "MB")
	a.log.Info().Int("events", set.Len()).Int("quads", quads.Len()).Msg("made the data set and its snapshot")
	x := export.Whole(snap)
	for _, name := range []string{"participations.parquet", "graph.graphml"} {
		r, err := export.ParseName(name)
		if err != nil {
			return nil, nil, err
		}
		start := time.Now()
		m, err := export.Write(ctx, io.Discard, x, r, generator())
		if err != nil {
			return nil, nil, err
		}
		took := time.Since(start).Seconds()
		switch {
		case m.Rows != nil:
			figure("export "+name, float64(*m.Rows)/took, "rows/s")
		default:
			figure("export "+name, float64(m.Bytes)/took/(1<<20), "MB/s")
		}
	}
	return snap, figures, nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
