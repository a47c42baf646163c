package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/schema"

	"github.com/spf13/cobra"
)

// exporting says what to export, and where to.
type exporting struct {
	format, table, network, where, out string
}

func (a *app) exportCommand() *cobra.Command {
	var o exporting
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the graph, or a part of it, in a format of other tools",
		Long: `Export writes the graph for notebooks and other tools. With --output, a manifest
stands beside the file: counts, the hash of the graph, the filter, the file's
SHA-256. The same graph and filter give the same bytes.

` + formatsHelp(),
		Example: `  dialograph export --format csv --table participations
  dialograph export --format graphml --network co-attendance -o met.graphml
  dialograph export --format nq --where '{"series": {"name": "EU-Japan Cyber Dialogue"}}' -o eu-japan.nq`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.export(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.format, "format", "f", "", "how to write it (by default told by the name of the output)")
	flags.StringVar(&o.table, "table", "", "which table, for csv, parquet and arrow (by default the one that the output is called like, else participations): "+strings.Join(export.TableNames(), ", "))
	flags.StringVar(&o.network, "network", "", "which network: full, attendance, co-attendance, co-attendance-people or topics")
	flags.StringVar(&o.where, "where", "", "which events: an EventWhere of the GraphQL API as JSON")
	flags.StringVarP(&o.out, "output", "o", "", "file to write; standard output if not given")
	return cmd
}

func formatsHelp() string {
	var b strings.Builder
	b.WriteString("Formats:\n")
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "  %-13s %s\n", f.Name, f.About)
	}
	return b.String()
}

// request reads the flags.
func (o exporting) request() (export.Request, error) {
	name := o.format
	if name == "" && o.out != "" {
		base := filepath.Base(o.out)
		name = strings.TrimPrefix(filepath.Ext(base), ".")
		for _, f := range export.Formats() {
			if strings.HasSuffix(base, "."+f.Name) && len(f.Name) > len(name) {
				name = f.Name // of two endings the longer, as in graph.ftm.json
			}
		}
	}
	if name == "" {
		return export.Request{}, usageError{errors.New("give a --format, or an --output whose name ends in one")}
	}
	format, err := export.FormatOf(name)
	if err != nil {
		return export.Request{}, usageError{fmt.Errorf("--format: %w", err)}
	}
	view, err := export.ParseView(o.network)
	if err != nil {
		return export.Request{}, usageError{fmt.Errorf("--network: %w", err)}
	}
	table := o.table
	if format.Of == export.TableShape && table == "" {
		table = "participations"
		if named, err := export.ParseName(filepath.Base(o.out)); err == nil && named.Table != "" {
			table = named.Table // as in events.csv, graph.edges.parquet
		}
	}
	if format.Of != export.TableShape && table != "" {
		return export.Request{}, usageError{fmt.Errorf("--table: %s is not one table", format.Name)}
	}
	request := export.Request{Format: format, Table: table, View: view}
	if o.network != "" {
		if err := request.CheckView(); err != nil {
			return export.Request{}, usageError{fmt.Errorf("--network: %w", err)}
		}
	}
	return request, nil
}

func (a *app) export(ctx context.Context, o exporting) error {
	request, err := o.request()
	if err != nil {
		return err
	}
	var where map[string]any
	if o.where != "" {
		if err := json.Unmarshal([]byte(o.where), &where); err != nil {
			return usageError{fmt.Errorf("--where: want a JSON object: %w", err)}
		}
	}
	snap, err := a.snapshot(ctx)
	if err != nil {
		return err
	}
	selection, err := a.selection(ctx, snap, where, o.where)
	if err != nil {
		return usageError{fmt.Errorf("--where: %w", err)}
	}
	if o.out == "" {
		return a.withProgress(a.out, func(w io.Writer) error {
			_, err := export.Write(ctx, w, selection, request, generator())
			return err
		})
	}
	return a.exportFile(ctx, selection, request, o.out)
}

// selection is what a filter selects; everything without one.
func (a *app) selection(ctx context.Context, snap *index.Snapshot, where map[string]any, filter string) (*export.Selection, error) {
	if where == nil {
		return export.Whole(snap), nil
	}
	api, err := schema.New()
	if err != nil {
		return nil, err
	}
	chosen, err := api.Select(ctx, snap, where, nil)
	if err != nil {
		return nil, err
	}
	if len(chosen.Unknown) > 0 {
		return nil, errors.New(chosen.Unknown[0])
	}
	for _, note := range chosen.Notes {
		a.log.Warn().Msg(note)
	}
	return export.Part(snap, chosen.Events, chosen.Participations, filter), nil
}

// exportFile writes a file and its manifest.
func (a *app) exportFile(ctx context.Context, x *export.Selection, r export.Request, path string) error {
	start := time.Now()
	var manifest export.Manifest
	err := writeFile(path, func(f io.Writer) error {
		return a.withProgress(f, func(w io.Writer) (err error) {
			manifest, err = export.Write(ctx, w, x, r, generator())
			return err
		})
	})
	if err != nil {
		return err
	}
	manifest.File = filepath.Base(path)
	data, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	if err = os.WriteFile(path+".manifest.json", append(data, '\n'), 0o644); err != nil {
		return err
	}
	if a.json {
		_, err = fmt.Fprintf(a.out, "%s\n", data)
		return err
	}
	a.log.Info().Str("file", path).Int64("bytes", manifest.Bytes).Str("snapshot", manifest.Snapshot).Str("took", time.Since(start).Round(time.Millisecond).String()).Msg("exported")
	return nil
}

func generator() string { return "dialograph " + version() }
