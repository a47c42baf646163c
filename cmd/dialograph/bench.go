package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/synthetic"
	"dialograph/schema/bench"

	"github.com/spf13/cobra"
)

// benching says what to measure.
type benching struct {
	events    int
	seed      uint64
	questions []string
	rounds    int
	round     time.Duration
	clients   int
}

func (a *app) benchCommand() *cobra.Command {
	var o benching
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure the endpoint beside handlers written by hand and graphql-go",
		Long: `Bench makes a synthetic data set in memory (see generate) and asks questions of
it over HTTP on loopback: of a constant answer, of a handler written by hand for
the question, of graphql-go's executor, and of this endpoint. It first compares
their answers. Rounds are interleaved; the table has medians, in requests a
second. Client and server share the machine, so read ratios before numbers.`,
		Example: `  dialograph bench --events 20000
  dialograph bench --events 2000 --questions Q2,Q3 --json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.bench(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.IntVar(&o.events, "events", 2000, "how many events the data set has")
	flags.Uint64Var(&o.seed, "seed", 1, "of the data set and the questions")
	flags.StringSliceVar(&o.questions, "questions", nil, "only these, such as Q1,Q3")
	flags.IntVar(&o.rounds, "rounds", 5, "of each")
	flags.DurationVar(&o.round, "round", time.Second, "how long a round is")
	flags.IntVar(&o.clients, "clients", 8, "connections at once")
	return cmd
}

func (a *app) bench(ctx context.Context, o benching) error {
	if o.rounds < 1 || o.round <= 0 || o.clients < 1 {
		return usageError{errors.New("--rounds, --round and --clients must be more than nothing")}
	}
	set, err := synthetic.New(o.events, o.seed)
	if err != nil {
		return usageError{fmt.Errorf("--events: %w", err)}
	}
	start := time.Now()
	quads, err := index.ReadQuads(ctx, func(ctx context.Context, visit func(rdf.Quad) error) error {
		return set.Units(a.iris(), func(u rdf.Unit) error {
			for _, q := range u.Quads {
				if err := visit(q); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	})
	if err != nil {
		return err
	}
	snap := index.New(a.iris(), quads, time.Now())
	a.log.Info().Int("events", len(snap.Events)).Int("quads", quads.Len()).Str("took", time.Since(start).Round(time.Millisecond).String()).Msg("made the data set and its snapshot")
	results, err := bench.Run(ctx, snap, bench.Options{Questions: o.questions, Rounds: o.rounds, Round: o.round, Connections: o.clients, Seed: o.seed})
	if err != nil {
		return err
	}
	if a.json {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		return enc.Encode(results)
	}
	return bench.WriteTable(a.out, results)
}
