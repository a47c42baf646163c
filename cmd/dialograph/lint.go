package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dialograph/graph"
	"dialograph/loaders"
	"dialograph/loaders/record"
	"dialograph/seeds"

	"github.com/spf13/cobra"
)

func (a *app) lintCommand() *cobra.Command {
	var alone, names, format bool
	var columns map[string]string
	cmd := &cobra.Command{
		Use:   "lint PATH…",
		Short: "List every problem of records and authority files, with file, line and path",
		Long: `Lint reads records and authority files (docs/records.md) and lists all their
problems at once. Names are looked up in the files given and in the built-in
authority files. Tables of participations are read as load reads them. Nothing is
stored.`,
		Example: `  dialograph lint seeds/
  dialograph lint --names draft.yaml        # also names that are new or ambiguous
  dialograph lint --columns event=Meeting,person=Who table.csv
  dialograph lint --format draft.yaml       # rewrite it in the canonical layout`,
		Args: wants(1, -1, "at least one file or directory"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkColumns(columns); err != nil {
				return err
			}
			if format {
				return a.format(args)
			}
			return a.lint(args, columns, alone, names)
		},
	}
	columnsFlag(cmd, &columns)
	cmd.Flags().BoolVar(&alone, "alone", false, "do not use the built-in authority files")
	cmd.Flags().BoolVar(&names, "names", false, "also list names that are new or stay unresolved")
	cmd.Flags().BoolVar(&format, "format", false, "rewrite YAML files in the canonical layout")
	return cmd
}

func (a *app) lint(paths []string, columns map[string]string, alone, names bool) error {
	inputs := loaders.Files(paths...)
	for i := range inputs {
		inputs[i].Columns = columns
	}
	batch := loaders.Read(inputs)
	known := loaders.Known{}
	if !alone {
		built, err := builtIn()
		if err != nil {
			return err
		}
		known = built
	}
	batch.Resolve(known)
	problems := append(batch.Problems, batch.Review()...)
	if names {
		problems = append(problems, batch.Notes()...)
	}
	return a.report(problems, batch.Rejected, len(batch.Documents))
}

// builtIn gives what the seeds define, as something already known.
func builtIn() (loaders.Known, error) {
	entries, records, err := seeded()
	known := loaders.Known{Authority: entries, Events: map[string]bool{}}
	for _, r := range records {
		known.Events[r.ID] = true
	}
	return known, err
}

// seeded gives the entries and records of the seeds.
func seeded() (*graph.Authority, []*graph.Record, error) {
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		return nil, nil, err
	}
	entries, records := loaders.Read(inputs).Contents()
	return entries, records, nil
}

// report prints problems and a last line, and ends with status 1 if something
// was rejected.
func (a *app) report(problems []record.Problem, rejected, accepted int) error {
	errorsFound, warnings := 0, 0
	for _, p := range problems {
		if p.Severity == graph.Error {
			errorsFound++
		} else {
			warnings++
		}
	}
	if a.json {
		if err := printProblems(a.out, problems); err != nil {
			return err
		}
	} else {
		for _, p := range problems {
			fmt.Fprintln(a.out, p)
		}
		fmt.Fprintf(a.out, "%d documents accepted, %d records or entries rejected; %d errors, %d warnings\n", accepted, rejected, errorsFound, warnings)
	}
	if errorsFound > 0 || rejected > 0 {
		return errRejected
	}
	return nil
}

// problemLine is a problem as JSON has it.
type problemLine struct {
	File     string         `json:"file"`
	Line     int            `json:"line,omitempty"`
	Path     string         `json:"path,omitempty"`
	Severity graph.Severity `json:"severity"`
	Message  string         `json:"message"`
}

func problemLines(problems []record.Problem) []problemLine {
	out := make([]problemLine, len(problems))
	for i, p := range problems {
		out[i] = problemLine{p.File, p.Line, p.Path, p.Severity, p.Message}
	}
	return out
}

func printProblems(w io.Writer, problems []record.Problem) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(problemLines(problems))
}

// format rewrites files that can be read without an error.
func (a *app) format(paths []string) error {
	var failed error
	for _, in := range loaders.Files(paths...) {
		if err := a.formatFile(in.Name); err != nil {
			fmt.Fprintln(a.err, err)
			failed = errRejected
		}
	}
	return failed
}

func (a *app) formatFile(path string) error {
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".yaml" && ext != ".yml" {
		return fmt.Errorf("%s: only YAML files are formatted (left as it is)", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	docs, problems := record.Read(path, file)
	file.Close()
	for _, p := range problems {
		if p.Severity == graph.Error {
			return fmt.Errorf("%s (left as it is)", p)
		}
	}
	return replaceFile(path, func(w io.Writer) error { return record.Write(w, docs...) })
}

// replaceFile writes a file anew, as a whole and with the rights that it had.
func replaceFile(path string, write func(io.Writer) error) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".dialograph-*")
	if err != nil {
		return err
	}
	err = errors.Join(write(tmp), tmp.Chmod(info.Mode().Perm()), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
	return err
}
