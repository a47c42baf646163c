package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/loaders/source"

	"github.com/spf13/cobra"
)

func (a *app) checkCommand() *cobra.Command {
	var documents string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify the journal, the quads and the quotations",
		Long: `Check verifies that the journal and the quad store agree quad by quad, that the
graph of every quad is a passage, source or record that is described, and that
quotations are sound: each is as long as its range, and those of one source that
overlap agree. With --documents it also compares each quotation with its stretch
of the source, for the documents whose digest a source states.`,
		Example: `  dialograph check
  dialograph check --documents statements/  # compare quotations with the documents`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), documents) },
	}
	cmd.Flags().StringVar(&documents, "documents", "", "folder of source documents to compare quotations with")
	return cmd
}

// checkReport is what check found.
type checkReport struct {
	Units    int      `json:"units"`
	Quads    int      `json:"quads"`
	Passages int      `json:"passages"`
	Compared int      `json:"compared"` // passages compared with their document
	Faults   []string `json:"faults"`
}

func (a *app) check(ctx context.Context, documents string) error {
	location, err := a.existing()
	if err != nil {
		return err
	}
	s, err := a.openAt(ctx, location)
	if err != nil {
		return err
	}
	defer s.Close()
	stored, err := s.Check(ctx)
	if err != nil {
		return err
	}
	snap, err := index.Build(ctx, a.iris(), s, time.Now())
	if err != nil {
		return err
	}
	report := checkReport{Units: stored.Units, Quads: stored.Quads, Passages: snap.Counts[graph.KindPassage], Faults: append(stored.Faults, snap.Faults()...)}
	if documents != "" {
		texts, err := readDocuments(documents)
		if err != nil {
			return err
		}
		for p := range snap.Passages() {
			text, ok := texts[p.Source.As.SHA256]
			if !ok {
				continue
			}
			report.Compared++
			if p.End > len(text) || string(text[p.Start:p.End]) != p.Exact {
				report.Faults = append(report.Faults, fmt.Sprintf("%s: the words are not those of the document", p.ID))
			}
		}
	}
	return a.printCheck(report)
}

func (a *app) printCheck(r checkReport) error {
	if a.json {
		if r.Faults == nil {
			r.Faults = []string{}
		}
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(r); err != nil {
			return err
		}
	} else {
		for _, f := range r.Faults {
			fmt.Fprintln(a.out, f)
		}
		fmt.Fprintf(a.out, "%d units, %d quads, %d passages (%d compared with their document): %d faults\n", r.Units, r.Quads, r.Passages, r.Compared, len(r.Faults))
	}
	if len(r.Faults) > 0 {
		return errRejected
	}
	return nil
}

// readDocuments reads the plain texts of a folder, by the digest of their bytes.
func readDocuments(dir string) (map[string][]rune, error) {
	texts := map[string][]rune{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, err := source.Text(data)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		sum := sha256.Sum256(data)
		texts[hex.EncodeToString(sum[:])] = []rune(text)
		return nil
	})
	return texts, err
}
