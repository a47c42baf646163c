package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders"
	"dialograph/loaders/extract"
	"dialograph/loaders/record"
	"dialograph/loaders/review"
	"dialograph/loaders/source"

	"github.com/spf13/cobra"
)

// extraction is the settings of the command extract.
type extraction struct {
	format  string
	out     string
	explain bool
	private bool
}

func (a *app) extractCommand() *cobra.Command {
	var e extraction
	cmd := &cobra.Command{
		Use:   "extract FILE|URL…",
		Short: "Read press statements and print the dialogue records that they give",
		Long: `Extract reads press statements – plain text, HTML, PDF, DOCX, or addresses of
the web – and prints a dialogue record for each meeting that they report. Every
value cites its passage. Nothing is stored; a person reviews the record and
loads it (docs/reading.md). A text that reports no meeting gives none, and the
reason goes to standard error.`,
		Example: `  dialograph extract statement.txt
  dialograph extract --format json page.html https://example.org/press/42
  dialograph extract --explain statement.txt   # what each passage gave, and by which rule
  dialograph extract --out drafts/ *.txt       # records as files for a person to correct
  dialograph review drafts/`,
		Args: wants(1, -1, "at least one file or address"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.extract(cmd.Context(), args, e) },
	}
	cmd.Flags().StringVar(&e.format, "format", "yaml", "yaml or json; json prints one array")
	cmd.Flags().StringVar(&e.out, "out", "", "write records into this folder; what a person changed there stays")
	cmd.Flags().BoolVar(&e.explain, "explain", false, "print the text with what each passage gave")
	cmd.Flags().BoolVar(&e.private, "allow-private", false, "also fetch from private and loopback addresses")
	return cmd
}

func (a *app) extract(ctx context.Context, paths []string, e extraction) error {
	if e.format != "yaml" && e.format != "json" {
		return usageError{fmt.Errorf("--format %q: want yaml or json", e.format)}
	}
	x, err := a.extractor()
	if err != nil {
		return err
	}
	var failed error
	out := &recordPrinter{w: a.out, json: e.format == "json" || a.json}
	for _, path := range paths {
		d, err := loaders.OpenDocument(ctx, path, source.FetchOptions{AllowPrivate: e.private})
		if err != nil {
			fmt.Fprintln(a.err, refused(err))
			failed = errRejected
			continue
		}
		r := x.Extract(d)
		if r.Reason != "" {
			fmt.Fprintf(a.err, "%s: gives no record: %s\n", path, r.Reason)
		}
		if e.explain {
			a.explainText(d, r)
		}
		switch {
		case e.out != "":
			err = a.put(e.out, d, r)
		case !e.explain:
			err = out.print(r.Records)
		}
		if errors.Is(err, errRejected) {
			failed = err
		} else if err != nil {
			return err
		}
	}
	if !e.explain && e.out == "" {
		failed = errors.Join(failed, out.close())
	}
	return failed
}

// refused names the flag that fetches from an address which is not public.
func refused(err error) string {
	if strings.Contains(err.Error(), "is not a public address") {
		return err.Error() + " (--allow-private)"
	}
	return err.Error()
}

// extractor knows the names of the built-in authority files.
func (a *app) extractor() (*extract.Extractor, error) {
	known, err := builtIn()
	if err != nil {
		return nil, err
	}
	return extract.New(known.Authority)
}

// recordPrinter prints records as they come, so that none is kept: YAML
// documents, or the items of one JSON array.
type recordPrinter struct {
	w    io.Writer
	json bool
	n    int
}

func (p *recordPrinter) print(records []*graph.Record) error {
	for _, r := range records {
		if err := p.one(r); err != nil {
			return err
		}
		p.n++
	}
	return nil
}

func (p *recordPrinter) one(r *graph.Record) error {
	if !p.json {
		if p.n > 0 {
			fmt.Fprintln(p.w, "---")
		}
		return record.Write(p.w, record.New(r))
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("  ", "  ")
	if err := enc.Encode(r); err != nil {
		return err
	}
	before := ",\n  "
	if p.n == 0 {
		before = "[\n  "
	}
	_, err := fmt.Fprint(p.w, before, strings.TrimSuffix(b.String(), "\n"))
	return err
}

func (p *recordPrinter) close() error {
	if !p.json {
		return nil
	}
	end := "\n]\n"
	if p.n == 0 {
		end = "[]\n"
	}
	_, err := fmt.Fprint(p.w, end)
	return err
}

// put writes the records of a document into a folder for review.
func (a *app) put(dir string, d *source.Document, r *extract.Result) error {
	var failed error
	for _, rec := range r.Records {
		outcome, err := review.Folder{Dir: dir}.Put(rec, d.Text)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.out, outcome)
		for _, p := range outcome.Problems {
			fmt.Fprintln(a.err, p)
			if p.Severity == graph.Error {
				failed = errRejected
			}
		}
	}
	return failed
}

// explainText prints each passage with what it gave, the silent ones too.
func (a *app) explainText(d *source.Document, r *extract.Result) {
	fmt.Fprintf(a.out, "%s\n", d.Name)
	for _, span := range r.Passages {
		var found []extract.Finding
		for _, f := range r.Findings {
			if f.Span.Start >= span.Start && f.Span.End <= span.End {
				found = append(found, f)
			}
		}
		mark := "·"
		if len(found) > 0 {
			mark = ">"
		}
		fmt.Fprintf(a.out, "%s [%d,%d) %s\n", mark, span.Start, span.End, strings.Join(strings.Fields(d.Slice(span)), " "))
		for _, f := range found {
			fmt.Fprintf(a.out, "    %-22s %-28s %s%s\n", f.Rule, f.Field, f.Value, candidates(f.Candidates))
		}
	}
}

func candidates(ids []graph.ID) string {
	if len(ids) == 0 {
		return ""
	}
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = string(id)
	}
	slices.Sort(parts)
	return " (unresolved: " + strings.Join(parts, ", ") + ")"
}

// reviewing is the settings of the command review.
type reviewing struct {
	html    string
	suggest string
}

func (a *app) reviewCommand() *cobra.Command {
	var r reviewing
	cmd := &cobra.Command{
		Use:   "review DIR [RECORD…]",
		Short: "Show extracted records beside their text",
		Long: `Review shows the records that extract --out wrote: without names a list with
what a person changed, with names each record beside its text. --html writes
pages that show both side by side, each value linked with its passage. Set
"review: reviewed" in a record when it is right: extraction then never touches
it again.`,
		Example: `  dialograph extract --out drafts/ statement.txt
  dialograph review drafts/
  dialograph review drafts/ eu-rok-cyber-dialogue-06
  dialograph review drafts/ --html pages/
  dialograph review drafts/ --suggest judgements.yaml   # who may be whom, for a person to decide
  dialograph load drafts/`,
		Args: wants(1, -1, "a folder"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.review(args[0], args[1:], r) },
	}
	cmd.Flags().StringVar(&r.html, "html", "", "write a page for each record into this folder, and index.html, which lists them")
	cmd.Flags().StringVar(&r.suggest, "suggest", "", "write names that may mean the same into this file, as judgements to decide")
	return cmd
}

func (a *app) review(dir string, names []string, r reviewing) error {
	folder := review.Folder{Dir: dir}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is no folder; extract --out makes one", dir)
	}
	items, problems, err := folder.Items()
	if err != nil {
		return err
	}
	var failed error
	for _, p := range problems {
		fmt.Fprintln(a.err, p)
		if p.Severity == graph.Error {
			failed = errRejected
		}
	}
	if len(names) > 0 {
		known := items
		items = nil
		for _, name := range names {
			i := slices.IndexFunc(known, func(item review.Item) bool { return item.Name == name })
			if i < 0 {
				return usageError{fmt.Errorf("there is no record %q in %s", name, dir)}
			}
			items = append(items, known[i])
		}
	}
	switch {
	case r.suggest != "":
		err = a.suggest(r.suggest, items)
	case r.html != "":
		err = a.reviewPages(r.html, items, len(names) == 0)
	case len(names) > 0:
		for _, item := range items {
			err = errors.Join(err, review.Text(a.out, item))
		}
	default:
		a.reviewList(items)
	}
	return errors.Join(err, failed)
}

func (a *app) reviewList(items []review.Item) {
	for _, item := range items {
		fmt.Fprintf(a.out, "%-40s %-12s %s\n", item.Name, item.State, item.Record.Event.Name)
		for _, c := range item.Changes {
			fmt.Fprintf(a.out, "    changed: %s\n", c)
		}
		for _, p := range item.Problems {
			fmt.Fprintf(a.out, "    %s\n", p)
		}
	}
	fmt.Fprintf(a.out, "%d records\n", len(items))
}

// reviewPages writes a page for each record and, where these are all, one that
// lists them.
func (a *app) reviewPages(dir string, items []review.Item, all bool) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, item := range items {
		err := a.writePage(filepath.Join(dir, review.PageName(item)), func(w io.Writer) error { return review.Page(w, item) })
		if err != nil {
			return err
		}
	}
	if !all {
		return nil
	}
	return a.writePage(filepath.Join(dir, review.IndexName), func(w io.Writer) error { return review.Index(w, items) })
}

func (a *app) writePage(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	fmt.Fprintln(a.out, path)
	return nil
}
