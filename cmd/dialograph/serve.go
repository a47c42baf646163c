package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dialograph/graph"
	"dialograph/graph/index"
	"dialograph/graph/rdf"
	"dialograph/graph/store"
	"dialograph/schema"
	"dialograph/schema/exporthttp"
	"dialograph/schema/graphqlhttp"
	"dialograph/web"

	"github.com/klauspost/compress/gzhttp"
	"github.com/rs/cors"
	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

// serving is how the endpoint is served.
type serving struct {
	addr          string
	origins       []string
	queries       string
	queriesOnly   bool
	introspection bool
	page          bool
	timeout       time.Duration
	maxCost       int64
}

func (a *app) serveCommand() *cobra.Command {
	var s serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer GraphQL queries over HTTP",
		Long: `Serve answers GraphQL at /graphql, with a page to try queries at /. An empty data
directory is first filled with the built-in records. Other processes may load
into the same directory or database meanwhile: serve notices and shows the new
graph, each query seeing one or the other.`,
		Example: `  dialograph serve
  dialograph serve --addr :9000 --data /srv/dialograph
  dialograph serve --data :memory:
  dialograph serve --cors-origin https://notebooks.example.org
  dialograph serve --queries queries/ --queries-only --introspection=false --page=false`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), s) },
	}
	flags := cmd.Flags()
	flags.StringVar(&s.addr, "addr", "127.0.0.1:8080", "address to listen on")
	flags.StringSliceVar(&s.origins, "cors-origin", nil, "web origin whose pages may ask (repeatable; * for any); none by default")
	flags.StringVar(&s.queries, "queries", "", "directory of GraphQL documents (*.graphql) that clients may name (documentId) beside the built-in ones")
	flags.BoolVar(&s.queriesOnly, "queries-only", false, "run no documents but those and the built-in ones")
	flags.BoolVar(&s.introspection, "introspection", true, "answer questions about the schema itself")
	flags.BoolVar(&s.page, "page", true, "serve the query page at /")
	flags.DurationVar(&s.timeout, "timeout", 10*time.Second, "how long a query may take")
	flags.Int64Var(&s.maxCost, "max-cost", graphqlhttp.DefaultLimits().Cost, "how much a query may cost (extensions.cost of an answer tells)")
	return cmd
}

// handler makes the GraphQL endpoint.
func (s serving) handler(log zerolog.Logger) (*graphqlhttp.Handler, error) {
	h, err := newGraphQL(log)
	if err != nil {
		return nil, err
	}
	h.Timeout, h.Limits.Cost, h.NoIntrospection, h.OnlyDocuments = s.timeout, s.maxCost, !s.introspection, s.queriesOnly
	if s.queries != "" {
		texts, err := builtInQueries()
		if err != nil {
			return nil, err
		}
		if err := addQueries(texts, s.queries); err != nil {
			return nil, usageError{fmt.Errorf("--queries %s: %w", s.queries, err)}
		}
		if h.Documents, err = graphqlhttp.NewDocuments(texts); err != nil {
			return nil, usageError{fmt.Errorf("--queries %s: %w", s.queries, err)}
		}
	}
	if s.timeout <= 0 || s.maxCost <= 0 {
		return nil, usageError{errors.New("--timeout and --max-cost must be greater than 0")}
	}
	return h, nil
}

// builtInQueries gives the worked examples by name, without their number.
func builtInQueries() (map[string]string, error) {
	examples, err := schema.Examples()
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, e := range examples {
		texts[e.ID()] = e.Query
	}
	return texts, nil
}

// addQueries reads the documents of a directory; one is named as its file
// without the ending.
func addQueries(texts map[string]string, dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return errors.New("does not exist")
	}
	files, err := fs.Glob(os.DirFS(dir), "*.graphql")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("no file there ends in .graphql")
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return err
		}
		texts[strings.TrimSuffix(file, ".graphql")] = string(text)
	}
	return nil
}

// cors lets pages of the given origins ask; without any, browsers keep them from
// it.
func (s serving) cors(next http.Handler) http.Handler {
	if len(s.origins) == 0 {
		return next
	}
	return cors.New(cors.Options{
		AllowedOrigins: s.origins, AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: []string{"Content-Type", "Accept", "If-None-Match", "Range", "X-Request-Id"}, ExposedHeaders: []string{"ETag", "X-Request-Id", "X-Snapshot", "Content-Disposition", "Link"}, MaxAge: 600,
	}).Handler(next)
}

const (
	watchEvery    = 200 * time.Millisecond // a directory
	askEvery      = time.Second            // a database
	saveAfter     = 10 * time.Second       // without a change
	shutdownAfter = 10 * time.Second
	exportTimeout = 5 * time.Minute
)

func (a *app) serve(ctx context.Context, s serving) error {
	location, err := a.location()
	if err != nil {
		return err
	}
	handler, err := s.handler(a.log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return fmt.Errorf("%w; --addr chooses another address", err)
	}
	defer listener.Close()
	start := time.Now()
	position, err := a.refresh(ctx, location, handler.Holder)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "dialograph-exports-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	exports := &exporthttp.Handler{Schema: handler.Schema, Holder: handler.Holder, Dir: dir, Timeout: exportTimeout, Generator: generator(), Log: a.log}
	mux, err := a.routes(handler, exports, s)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: max(s.timeout, exportTimeout) + 50*time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) }}
	a.log.Info().Str("address", "http://"+listener.Addr().String()+"/").Str("graphql", "http://"+listener.Addr().String()+"/graphql").Str("data", store.Describe(location)).Str("page", page(s)).Str("took", time.Since(start).Round(10*time.Microsecond).String()).Msg("ready")
	go a.watch(ctx, location, handler.Holder, position)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	a.log.Info().Msg("stopping; waiting for queries to end")
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownAfter)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		return err
	}
	a.log.Info().Msg("stopped")
	return nil
}

// refresh makes the snapshot of a store the current one, and returns how far the
// store had come.
func (a *app) refresh(ctx context.Context, location string, holder *index.Holder) (int64, error) {
	start := time.Now()
	snap, position, err := a.current(ctx, location)
	if err != nil {
		return 0, err
	}
	holder.Swap(snap)
	a.log.Info().Int("quads", snap.Quads.Len()).Int("events", len(snap.Events)).Str("snapshot", snap.Hash).Str("took", time.Since(start).Round(10*time.Microsecond).String()).Msg("snapshot")
	return position, nil
}

// watch swaps the snapshot when another process has changed the store.
func (a *app) watch(ctx context.Context, location string, holder *index.Holder, seen int64) {
	every := watchEvery
	if store.IsPostgres(location) {
		every = askEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	var unsaved time.Time // since when there is something to save
	collectSeldom()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !unsaved.IsZero() && time.Since(unsaved) > saveAfter {
			unsaved = time.Time{}
			a.saving.Go(func() { a.saveAdded(ctx, location, holder.Current(), seen) })
		}
		mark, err := store.Peek(ctx, location)
		position := mark.Position
		if err == nil && position == seen {
			continue
		}
		if err == nil && a.follow(ctx, location, holder, seen, position) {
			seen, unsaved = position, time.Now()
			continue
		}
		if err == nil {
			collectOften()
			position, err = a.refresh(ctx, location, holder)
			collectSeldom()
		}
		switch {
		case errors.Is(err, store.ErrLocked): // someone is loading; look again later
		case err != nil:
			a.log.Error().Err(err).Msg("the changed store could not be read; the old snapshot stays")
		default:
			seen, unsaved = position, time.Time{}
		}
	}
}

// mostFollowed is how many units are added to a snapshot at once; more are read
// as a whole.
const mostFollowed = 1000

var errNotFollowed = errors.New("cannot be added")

// follow adds what came to the store between two positions to the snapshot, where
// that can be done; the store is not opened.
func (a *app) follow(ctx context.Context, location string, holder *index.Holder, from, to int64) bool {
	start, snap := time.Now(), holder.Current()
	var units []rdf.Unit
	err := store.Changes(ctx, location, from, to, func(u rdf.Unit, deleted bool) error {
		if deleted || len(units) == mostFollowed {
			return errNotFollowed
		}
		units = append(units, u)
		return nil
	})
	if err != nil {
		if !errors.Is(err, errNotFollowed) {
			a.log.Warn().Err(err).Msg("the changes could not be read by themselves; the store is read as a whole")
		}
		return false
	}
	more, ok := snap.With(units, start)
	if !ok {
		return false
	}
	holder.Swap(more)
	a.log.Info().Int("quads", more.Quads.Len()).Int("events", len(more.Events)).Int("units", len(units)).Str("snapshot", more.Hash).Str("took", time.Since(start).Round(10*time.Microsecond).String()).Msg("added to the snapshot")
	return true
}

func (a *app) routes(handler *graphqlhttp.Handler, exports *exporthttp.Handler, s serving) (http.Handler, error) {
	examples, err := schema.ExamplesJSON()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", handler)
	mux.Handle("/export/", exports)
	mux.Handle("/q/", &exporthttp.Queries{GraphQL: handler, Names: handler.Documents.Names, Variables: handler.Documents.Variables, Exports: exports})
	if s.page {
		mux.Handle("/", web.Handler(examples))
	}
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) { writeMetrics(w, handler.Schema.Runs()) })
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if handler.Holder.Current() == nil {
			http.Error(w, "loading", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.HandleFunc("GET /id/{kind}/{slug...}", func(w http.ResponseWriter, r *http.Request) {
		describe(w, handler.Holder.Current(), graph.NewID(graph.Kind(r.PathValue("kind")), r.PathValue("slug")))
	})
	return a.logged(s.cors(gzhttp.GzipHandler(mux))), nil
}

// page names the page that is served at /.
func page(s serving) string {
	if !s.page {
		return "none"
	}
	if web.Built() {
		return "GraphiQL"
	}
	return "plain; make web builds GraphiQL"
}

// describe answers with every quad about a thing.
func describe(w http.ResponseWriter, snap *index.Snapshot, id graph.ID) {
	quads := snap.Quads.Match(index.Pattern{Subject: snap.Base.IRI(id)})
	if len(quads) == 0 {
		http.Error(w, fmt.Sprintf("there is no %s", id), http.StatusNotFound)
		return
	}
	var body []byte
	for _, q := range quads {
		body = rdf.AppendNQuad(body, q)
	}
	w.Header().Set("Content-Type", "application/n-quads; charset=utf-8")
	w.Write(body)
}

// logged logs a line for each request but those that the GraphQL handler logs,
// and keeps a panic from reaching the client.
func (a *app) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		defer func() {
			if cause := recover(); cause != nil {
				a.log.Error().Interface("cause", cause).Str("path", r.URL.Path).Msg("a request failed")
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
		if r.URL.Path != "/graphql" {
			a.log.Info().Str("method", r.Method).Str("path", r.URL.Path).Str("took", time.Since(start).Round(10*time.Microsecond).String()).Msg("http")
		}
	})
}

// writeMetrics tells how many operations were run, and by what, in the text
// format of Prometheus (version 0.0.4).
func writeMetrics(w http.ResponseWriter, runs *schema.Runs) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	fmt.Fprintf(w, `# HELP dialograph_operations_total GraphQL operations by what ran them.
# TYPE dialograph_operations_total counter
dialograph_operations_total{executor="dialograph"} %d
dialograph_operations_total{executor="graphql-go"} %d
`, runs.Own.Load(), runs.FellBack.Load())
}
