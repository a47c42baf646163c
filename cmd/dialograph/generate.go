package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/graph/synthetic"

	"github.com/spf13/cobra"
)

func (a *app) generateCommand() *cobra.Command {
	var events int
	var seed uint64
	var format, out string
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write a synthetic data set of any size, for benchmarks",
		Long: `Generate writes records of made-up events with the authority entries that they
speak of: nothing in them is true. The same number and seed give the same bytes.
As nq they are quads; as jsonl, records and authority files a line each. Both
are read by dialograph load.`,
		Example: `  dialograph generate --events 2000 -o small.nq && dialograph load --data /tmp/small small.nq
  dialograph generate --events 20000 --format jsonl -o medium.jsonl`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := synthetic.New(events, seed)
			if err != nil {
				return usageError{fmt.Errorf("--events: %w", err)}
			}
			write := map[string]func(context.Context, io.Writer, *synthetic.Set) error{"nq": a.generateQuads, "jsonl": generateRecords}[format]
			if write == nil {
				return usageError{fmt.Errorf("--format %q: want nq or jsonl", format)}
			}
			if out == "" {
				return a.withProgress(a.out, func(w io.Writer) error { return write(cmd.Context(), w, set) })
			}
			return writeFile(out, func(f io.Writer) error {
				return a.withProgress(f, func(w io.Writer) error { return write(cmd.Context(), w, set) })
			})
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&events, "events", 2000, "how many events")
	flags.Uint64Var(&seed, "seed", 1, "another one gives another set")
	flags.StringVarP(&format, "format", "f", "nq", "nq or jsonl")
	flags.StringVarP(&out, "output", "o", "", "file to write; standard output if not given")
	return cmd
}

func (a *app) generateQuads(ctx context.Context, w io.Writer, set *synthetic.Set) error {
	b := bufio.NewWriterSize(w, 256<<10)
	var line []byte
	err := set.Units(a.iris(), func(u rdf.Unit) error {
		for _, q := range u.Quads {
			line = rdf.AppendNQuad(line[:0], q)
			if _, err := b.Write(line); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	return errors.Join(err, b.Flush())
}

func generateRecords(ctx context.Context, w io.Writer, set *synthetic.Set) error {
	b := bufio.NewWriterSize(w, 256<<10)
	enc := json.NewEncoder(b)
	err := set.Authorities(func(x *graph.Authority) error { return errors.Join(ctx.Err(), enc.Encode(x)) })
	for i := 0; i < set.Len() && err == nil; i++ {
		err = errors.Join(ctx.Err(), enc.Encode(set.Record(i)))
	}
	return errors.Join(err, b.Flush())
}

// writeFile writes beside a file and renames at the end, so that a file that is
// there is whole.
func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = errors.Join(f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
