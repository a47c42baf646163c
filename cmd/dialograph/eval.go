package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dialograph/loaders"
	"dialograph/loaders/evaluate"
	"dialograph/loaders/extract"
	"dialograph/loaders/source"

	"github.com/spf13/cobra"
)

func (a *app) evalCommand() *cobra.Command {
	var texts, gold string
	var verbose bool
	cmd := &cobra.Command{
		Use:   "eval --texts DIR --gold DIR",
		Short: "Score extraction against gold annotations",
		Long: `Eval reads each text for which there is a gold annotation of the same name
(NAME.txt, NAME.yaml) and prints precision, recall and F1 by field and the
macro-F1 over all fields (docs/reading.md).`,
		Example: `  dialograph eval --texts statements/texts --gold statements/gold
  dialograph eval --texts statements/texts --gold statements/gold --verbose`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if texts == "" || gold == "" {
				return usageError{fmt.Errorf("dialograph eval wants --texts and --gold; see dialograph eval --help")}
			}
			return a.eval(cmd.Context(), texts, gold, verbose)
		},
	}
	cmd.Flags().StringVar(&texts, "texts", "", "folder of the texts")
	cmd.Flags().StringVar(&gold, "gold", "", "folder of the annotations")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "name what is missed and what is too much")
	return cmd
}

func (a *app) eval(ctx context.Context, texts, gold string, verbose bool) error {
	paths, err := filepath.Glob(filepath.Join(gold, "*.yaml"))
	if err != nil || len(paths) == 0 {
		return fmt.Errorf("%s holds no annotation that ends in .yaml", gold)
	}
	x, err := a.extractor()
	if err != nil {
		return err
	}
	var score evaluate.Score
	var failed error
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		notes, err := scoreOne(ctx, x, &score, path, filepath.Join(texts, name+".txt"))
		if err != nil {
			fmt.Fprintln(a.err, err)
			failed = errRejected
			continue
		}
		if verbose {
			fmt.Fprintf(a.out, "== %s\n", name)
			for _, note := range notes {
				fmt.Fprintf(a.out, "   %s\n", note)
			}
		}
	}
	if len(score.Fields()) == 0 {
		return failed
	}
	if err := a.printScore(&score); err != nil {
		return err
	}
	return failed
}

func scoreOne(ctx context.Context, x *extract.Extractor, score *evaluate.Score, gold, text string) ([]string, error) {
	file, err := os.Open(gold)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	want, err := evaluate.ReadGold(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", gold, err)
	}
	d, err := loaders.OpenDocument(ctx, text, source.FetchOptions{})
	if err != nil {
		return nil, err
	}
	return score.Add(x.Extract(d).Records, want), nil
}

func (a *app) printScore(score *evaluate.Score) error {
	if a.json {
		type field struct {
			Name      string  `json:"name"`
			Precision float64 `json:"precision"`
			Recall    float64 `json:"recall"`
			F1        float64 `json:"f1"`
			TP        int     `json:"tp"`
			FP        int     `json:"fp"`
			FN        int     `json:"fn"`
		}
		out := struct {
			MacroF1 float64 `json:"macro_f1"`
			Fields  []field `json:"fields"`
		}{MacroF1: score.MacroF1()}
		for _, f := range score.Fields() {
			out.Fields = append(out.Fields, field{f.Name, f.Precision(), f.Recall(), f.F1(), f.TP, f.FP, f.FN})
		}
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	for _, f := range score.Fields() {
		fmt.Fprintf(a.out, "%-20s P %.3f  R %.3f  F1 %.3f   tp %d fp %d fn %d\n", f.Name, f.Precision(), f.Recall(), f.F1(), f.TP, f.FP, f.FN)
	}
	fmt.Fprintf(a.out, "macro-F1 %.3f\n", score.MacroF1())
	return nil
}
