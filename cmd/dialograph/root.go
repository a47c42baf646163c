package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/graph/vocab"
	"dialograph/loaders"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v4"
)

// Exit statuses.
const (
	statusOK       = 0
	statusRejected = 1 // something was rejected or failed
	statusUsage    = 2 // the command line is wrong
)

// errRejected ends a command with status 1 after it has said what was wrong.
var errRejected = errors.New("something was rejected")

// usageError ends a command with status 2.
type usageError struct{ error }

// app is what the commands share: the streams, the settings, the logger.
type app struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) (string, bool)
	log      zerolog.Logger

	data, base, config  string
	logFormat, logLevel string
	json                bool

	saving  sync.WaitGroup // of snapshots, beside what a command does
	oneSave sync.Mutex

	summing  sync.Once
	sum      string // of the running program; see app.program
	sumError error
}

// run runs the command line and returns the exit status.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer, env func(string) (string, bool)) int {
	a := &app{in: in, out: out, err: errOut, env: env}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	a.saving.Wait()
	var usage usageError
	switch {
	case err == nil:
		return statusOK
	case errors.Is(err, errRejected):
		return statusRejected
	case errors.As(err, &usage):
		fmt.Fprintf(errOut, "dialograph: %v\n", err)
		return statusUsage
	default:
		fmt.Fprintf(errOut, "dialograph: %v\n", err)
		return statusRejected
	}
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "dialograph",
		Short: "Who attended which cyber dialogue, for which side, in which role, and which sentence says so",
		Long: `dialograph loads records of cyber dialogues into a graph in which every edge
cites what says it, and answers questions about them over GraphQL.`,
		Example: `  dialograph serve                          # built-in records, GraphQL at http://127.0.0.1:8080/
  dialograph attended KISA                  # what someone attended
  dialograph lint my-records/               # check records before loading them`,
		SilenceUsage: true, SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.settle(cmd) },
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Args:              noArgs,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.data, "data", "", "where the graph is kept: a directory, :memory: or postgres://… (default: the user's data directory)")
	flags.StringVar(&a.base, "base-iri", vocab.DefaultBase, "IRI under which things are identified; it ends in a slash")
	flags.StringVar(&a.config, "config", "", "YAML file with the same settings (data: …, addr: …)")
	flags.StringVar(&a.logFormat, "log-format", "console", "console or json")
	flags.StringVar(&a.logLevel, "log-level", "info", "debug, info, warn or error")
	flags.BoolVar(&a.json, "json", false, "print the result as JSON")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
	})
	root.AddCommand(a.serveCommand(), a.loadCommand(), a.lintCommand(), a.extractCommand(), a.reviewCommand(), a.evalCommand(), a.queryCommand(), a.exportCommand(), a.generateCommand(), a.benchCommand(), a.attendedCommand(),
		a.checkCommand(), a.retractCommand(), a.rebuildCommand(), a.versionCommand())
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}

// noArgs refuses arguments and unknown commands.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := fmt.Sprintf("; see %s --help", cmd.CommandPath())
	cmd.SuggestionsMinimumDistance = 2
	if list := cmd.SuggestionsFor(args[0]); len(list) > 0 {
		hint = fmt.Sprintf("; did you mean %s?", strings.Join(list, " or "))
	}
	if cmd.HasParent() {
		return usageError{fmt.Errorf("%s takes no argument %q", cmd.CommandPath(), args[0])}
	}
	return usageError{fmt.Errorf("unknown command %q%s", args[0], hint)}
}

// wants checks the number of arguments; most is -1 for any number.
func wants(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return usageError{fmt.Errorf("%s wants %s; see %s --help", cmd.CommandPath(), what, cmd.CommandPath())}
		}
		return nil
	}
}

// settle takes each setting from its flag, else from the environment
// (DIALOGRAPH_LOG_LEVEL), else from the configuration file, and makes the logger.
func (a *app) settle(cmd *cobra.Command) error {
	if path, ok := a.env("DIALOGRAPH_CONFIG"); ok && a.config == "" {
		a.config = path
	}
	file, err := readConfig(a.config)
	if err != nil {
		return usageError{err}
	}
	if err := knownSettings(cmd.Root(), a.config, file); err != nil {
		return usageError{err}
	}
	var bad error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" || f.Name == "config" {
			return
		}
		value, ok := a.env("DIALOGRAPH_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_")))
		if !ok {
			value, ok = file[f.Name]
		}
		if ok {
			if err := f.Value.Set(value); err != nil && bad == nil {
				bad = usageError{fmt.Errorf("setting %s=%q: %w", f.Name, value, err)}
			}
		}
	})
	if bad != nil {
		return bad
	}
	if !strings.HasSuffix(a.base, "/") || !strings.Contains(a.base, "://") {
		return usageError{fmt.Errorf("--base-iri %q: want an absolute IRI that ends in a slash", a.base)}
	}
	return a.makeLogger()
}

func readConfig(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	settings := map[string]string{}
	if err := yaml.Load(data, &settings); err != nil {
		return nil, fmt.Errorf("configuration %s: %w", path, err)
	}
	return settings, nil
}

// knownSettings refuses settings of a file that no command has.
func knownSettings(root *cobra.Command, path string, file map[string]string) error {
	known := map[string]bool{}
	note := func(f *pflag.Flag) { known[f.Name] = true }
	root.PersistentFlags().VisitAll(note)
	for _, c := range root.Commands() {
		c.Flags().VisitAll(note)
	}
	for name := range file {
		if !known[name] {
			return fmt.Errorf("configuration %s: there is no setting %q", path, name)
		}
	}
	return nil
}

func (a *app) makeLogger() error {
	level, err := zerolog.ParseLevel(a.logLevel)
	if err != nil || a.logLevel == "" {
		return usageError{fmt.Errorf("--log-level %q: want debug, info, warn or error", a.logLevel)}
	}
	var w io.Writer = a.err
	switch a.logFormat {
	case "json":
	case "console":
		w = zerolog.ConsoleWriter{Out: a.err, NoColor: !a.colour(), TimeFormat: "15:04:05"}
	default:
		return usageError{fmt.Errorf("--log-format %q: want console or json", a.logFormat)}
	}
	a.log = zerolog.New(w).Level(level).With().Timestamp().Logger()
	return nil
}

// colour tells whether to colour: only on a terminal, and not with NO_COLOR.
func (a *app) colour() bool {
	if v, ok := a.env("NO_COLOR"); ok && v != "" {
		return false
	}
	return isTerminal(a.err)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (a *app) iris() rdf.Base { return rdf.Base(a.base) }

// location is where the graph is kept.
func (a *app) location() (string, error) {
	if a.data != "" {
		return a.data, nil
	}
	dir, ok := a.env("XDG_DATA_HOME")
	if !ok || dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", usageError{fmt.Errorf("no data directory is known; give one with --data")}
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "dialograph"), nil
}

// existing is the location of a graph that must be there already.
func (a *app) existing() (string, error) {
	location, err := a.location()
	if err == nil && !store.Exists(location) {
		err = fmt.Errorf("there is no graph in %s", location)
	}
	return location, err
}

// open opens the store for this command alone.
func (a *app) open(ctx context.Context) (*store.Store, error) {
	location, err := a.location()
	if err != nil {
		return nil, err
	}
	return a.openAt(ctx, location)
}

func (a *app) openAt(ctx context.Context, location string) (*store.Store, error) {
	s, err := store.Open(ctx, location)
	if err != nil {
		return nil, err
	}
	if err := loaders.CheckBase(s, a.iris()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}
