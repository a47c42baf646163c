package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"dialograph/graph"
	"dialograph/graph/store"
	"dialograph/loaders"
	"dialograph/loaders/participations"
	"dialograph/seeds"

	"github.com/spf13/cobra"
)

func (a *app) loadCommand() *cobra.Command {
	var seeded bool
	var columns map[string]string
	var left string
	cmd := &cobra.Command{
		Use:   "load PATH…",
		Short: "Load records, authority files, press statements and exported graphs",
		Long: `Load reads records and authority files (docs/records.md) and stores those
without errors. Each is stored as a whole or not at all; loading the same again
changes nothing, a changed one replaces exactly its own statements. What has an
error is listed and left out, and the exit status is then 1.

A press statement – a file or an address, as extract reads it – is extracted
first. Its record is unreviewed, and refused if the graph holds the session as a
person reviewed it, or from another source.

A graph that export wrote (.nq, .trig, .jsonld) is loaded as it stands, with the
identities that it has. RDF of others (.ttl and .nt too) is loaded as far as
schema.org, ORG, FOAF and SKOS mean what we do; docs/exports.md has the table.
Statements that have no place are counted and named; --left writes them out.

A table of participations (.csv, .tsv), one row for each, gives an unreviewed
record of each event: what export wrote, or a table made by hand. It has columns
for the event, the person or the body, and the role; docs/records.md lists them
all. --columns says what other headers mean. An event with a bad row is left out
as a whole, and one that the graph holds from elsewhere is not replaced.`,
		Example: `  dialograph load seeds/
  dialograph load statement.txt             # extract, and store what it gives
  dialograph load --seeds                   # the built-in records
  dialograph load graph.nq                  # a graph that export wrote
  dialograph load participations.csv        # who took part in what, as a table
  dialograph load --columns event=Meeting,person=Who participations.csv
  dialograph load --left left.nq event.jsonld  # an organiser's page as schema.org
  dialograph load --data :memory: draft.yaml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && !seeded {
				return usageError{fmt.Errorf("dialograph load wants files, directories or --seeds; see dialograph load --help")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkColumns(columns); err != nil {
				return err
			}
			return a.load(cmd.Context(), args, seeded, columns, left)
		},
	}
	columnsFlag(cmd, &columns)
	cmd.Flags().BoolVar(&seeded, "seeds", false, "load the built-in records too")
	cmd.Flags().StringVar(&left, "left", "", "write the statements of others that have no place here to this file, as N-Quads")
	return cmd
}

func columnsFlag(cmd *cobra.Command, columns *map[string]string) {
	cmd.Flags().StringToStringVar(columns, "columns", nil, "which `headers` of tables mean what (event=Meeting,person=Who); columns are "+participations.Names())
	cmd.Flags().Lookup("columns").DefValue = ""
}

func checkColumns(columns map[string]string) error {
	if err := participations.Check(columns); err != nil {
		return usageError{fmt.Errorf("--columns: %w", err)}
	}
	return nil
}

func (a *app) load(ctx context.Context, paths []string, seeded bool, columns map[string]string, left string) error {
	var inputs []loaders.Input
	if seeded {
		built, err := loaders.FromFS(seeds.FS, "seeds/")
		if err != nil {
			return err
		}
		inputs = built
	}
	inputs = append(inputs, loaders.Files(paths...)...)
	for i := range inputs {
		inputs[i].Columns = columns
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if s.Len() == 0 && !seeded && !slices.ContainsFunc(paths, loaders.IsGraph) {
		a.log.Warn().Msg("the graph is empty, so names are only looked up in the files given; --seeds loads the built-in entries too")
	}
	loader := &loaders.Loader{Store: s, Base: a.iris(), Log: a.log}
	if slices.ContainsFunc(paths, loaders.IsDocument) {
		known, err := builtIn()
		if err != nil {
			return err
		}
		loader.Names = known.Authority
	}
	report, err := loader.Load(ctx, inputs)
	if err != nil {
		return err
	}
	if err := writeLeft(report, left); err != nil {
		return err
	}
	if err := a.printLoad(report); err != nil {
		return err
	}
	return s.Close()
}

// writeLeft writes what was left of files of others, if a file is given.
func writeLeft(report loaders.Report, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("--left: %w", err)
	}
	return errors.Join(report.WriteLeft(f), f.Close())
}

func (a *app) printLoad(r loaders.Report) error {
	if a.json {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		err := enc.Encode(struct {
			loaders.Report
			Problems []problemLine `json:"problems"`
		}{r, problemLines(append(r.Problems, r.Notes...))})
		if err != nil {
			return err
		}
	}
	for _, p := range append(r.Problems, r.Notes...) {
		fmt.Fprintln(a.err, p)
	}
	if !a.json {
		fmt.Fprintf(a.out, "%d records and %d authority entries: %d added, %d replaced, %d unchanged, %d rejected\n", r.Records, r.Entries, r.Added, r.Replaced, r.Unchanged, r.Rejected)
	}
	if r.Rejected > 0 {
		return errRejected
	}
	return nil
}

func (a *app) retractCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "retract SOURCE…",
		Short: "Remove a source and what it alone supports",
		Long: `Retract removes sources, given by identifier (source/…) or address: every
statement that a source alone supports, and the records that rest on no other.
Statements that another source supports too stay. Loading a record that cites
the source brings its statements back.`,
		Example: `  dialograph retract source/nbc1tv.com-0a1b2c3d4e
  dialograph retract https://nbc1tv.com/mobile/article.html?no=9475`,
		Args: wants(1, -1, "at least one source"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.retract(cmd.Context(), args) },
	}
}

func (a *app) retract(ctx context.Context, sources []string) error {
	location, err := a.existing()
	if err != nil {
		return err
	}
	s, err := a.openAt(ctx, location)
	if err != nil {
		return err
	}
	defer s.Close()
	loader := &loaders.Loader{Store: s, Base: a.iris(), Log: a.log}
	var failed error
	for _, text := range sources {
		keys, err := loader.Retract(ctx, sourceID(text))
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			fmt.Fprintf(a.err, "%s: nothing in the graph cites this source; retract takes the address or identifier of a source\n", text)
			failed = errRejected
			continue
		}
		fmt.Fprintf(a.out, "%s: retracted from %d records and entries\n", text, len(keys))
		for _, key := range keys {
			fmt.Fprintf(a.out, "  %s\n", key)
		}
	}
	if failed != nil {
		return failed
	}
	return s.Close()
}

func (a *app) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rebuild",
		Short:   "Make the quad store anew from the journal",
		Long:    "Rebuild throws the quad store away and makes it anew from the journal of loaded records, which is the truth.",
		Example: "  dialograph rebuild --data /srv/dialograph",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			location, err := a.existing()
			if err != nil {
				return err
			}
			s, err := store.Rebuild(cmd.Context(), location)
			if err != nil {
				return err
			}
			defer s.Close()
			fmt.Fprintf(a.out, "rebuilt from %d units of the journal\n", s.Len())
			return s.Close()
		},
	}
}

// sourceID takes an identifier, or makes it of an address.
func sourceID(text string) graph.ID {
	if id := graph.ID(text); id.Kind() == graph.KindSource {
		return id
	}
	return sourceOf(text)
}
