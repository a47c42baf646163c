package bench

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"time"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/rs/zerolog"
)

// Options say what is measured, and how long.
type Options struct {
	Questions   []string // by name; all of them if empty
	Rounds      int      // of each contender, interleaved
	Round       time.Duration
	Connections int
	Seed        uint64
	// Examples are documents without variables, asked in turn as question Q8; of
	// Known, the snapshot that they are about.
	Examples map[string]string
	Known    *index.Snapshot
	// Profiles is a directory for a CPU profile of each question as this endpoint
	// answers it, client included, of rounds that do not count. "" is none.
	Profiles string
}

func (o Options) wants(name string) bool {
	return len(o.Questions) == 0 || slices.Contains(o.Questions, name)
}

// Contender is one that answers.
type Contender string

// The contenders.
const (
	Constant  Contender = "constant"   // 2 KB that are always the same
	Hand      Contender = "hand"       // a handler written for the question
	GraphQLGo Contender = "graphql-go" // its executor, documents cached
	Ours      Contender = "dialograph" // this endpoint
)

// Contenders are all, in the order of tables.
func Contenders() []Contender { return []Contender{Constant, Hand, GraphQLGo, Ours} }

// Result is what one contender did on one question.
type Result struct {
	Events      int           `json:"events"` // of the graph
	Question    string        `json:"question"`
	About       string        `json:"about"`
	Contender   Contender     `json:"contender"`
	PerSecond   float64       `json:"requests_per_second"` // median of the rounds
	Median      time.Duration `json:"median_ns"`
	P99         time.Duration `json:"p99_ns"`
	Allocations float64       `json:"allocations_per_request,omitempty"` // of the handler alone
}

// Run compares the answers to all questions over a snapshot, then measures.
// Errors are of the network, or answers that differ.
func Run(ctx context.Context, snap *index.Snapshot, o Options) ([]Result, error) {
	api, err := schema.New()
	if err != nil {
		return nil, err
	}
	list, err := questions(snap, o.Seed)
	if err != nil {
		return nil, err
	}
	var out []Result
	for _, q := range list {
		if !o.wants(q.name) {
			continue
		}
		results, err := measure(ctx, api, snap, q, o)
		if err != nil {
			return out, fmt.Errorf("%s: %w", q.name, err)
		}
		out = append(out, results...)
	}
	if len(o.Examples) > 0 && o.wants("Q8") {
		results, err := measure(ctx, api, o.Known, examples(o.Examples), o)
		if err != nil {
			return out, fmt.Errorf("Q8: %w", err)
		}
		out = append(out, results...)
	}
	return out, nil
}

func measure(ctx context.Context, api *schema.Schema, snap *index.Snapshot, q question, o Options) ([]Result, error) {
	bodies, err := q.bodies()
	if err != nil {
		return nil, err
	}
	handlers := map[Contender]http.Handler{Constant: constant(), GraphQLGo: byGraphQLGo(api, snap), Ours: ours(api, snap)}
	if q.hand != nil {
		handlers[Hand] = byHand(snap, q)
	}
	if err := sameAnswers(bodies, handlers); err != nil {
		return nil, err
	}
	rates, times := map[Contender][]float64{}, map[Contender][]time.Duration{}
	for round := -1; round < o.Rounds; round++ { // the first warms up
		for _, c := range Contenders() {
			if handlers[c] == nil {
				continue
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			took, err := once(handlers[c], bodies, o)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c, err)
			}
			if round >= 0 {
				rates[c] = append(rates[c], float64(len(took))/o.Round.Seconds())
				times[c] = append(times[c], took...)
			}
		}
	}
	if o.Profiles != "" {
		path := filepath.Join(o.Profiles, fmt.Sprintf("%s-%d.pprof", q.name, len(snap.Events)))
		if err := profile(path, func() error { _, err := once(handlers[Ours], bodies, o); return err }, o.Rounds); err != nil {
			return nil, err
		}
	}
	var out []Result
	for _, c := range Contenders() {
		if handlers[c] == nil {
			continue
		}
		slices.Sort(rates[c])
		slices.Sort(times[c])
		r := Result{Events: len(snap.Events), Question: q.name, About: q.about, Contender: c, PerSecond: rates[c][len(rates[c])/2], Allocations: allocations(handlers[c], bodies)}
		if n := len(times[c]); n > 0 {
			r.Median, r.P99 = times[c][n/2], times[c][n*99/100]
		}
		out = append(out, r)
	}
	return out, nil
}

// profile writes a CPU profile of doing something so many times.
func profile(path string, do func() error, times int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return errors.Join(err, f.Close())
	}
	for range times {
		err = errors.Join(err, do())
	}
	pprof.StopCPUProfile()
	return errors.Join(err, f.Close())
}

// once serves a handler on loopback for one round.
func once(h http.Handler, bodies [][]byte, o Options) ([]time.Duration, error) {
	address, stop, err := loopback(h)
	if err != nil {
		return nil, err
	}
	defer stop()
	return client{address, o.Connections}.run(requests(address, bodies), o.Round)
}

// loopback serves a handler until it is stopped.
func loopback(h http.Handler) (address string, stop func() error, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	return listener.Addr().String(), server.Close, nil
}

// sameAnswers asks all contenders but the constant the same, and compares.
func sameAnswers(bodies [][]byte, handlers map[Contender]http.Handler) error {
	for _, body := range bodies {
		var first any
		for _, c := range []Contender{Hand, GraphQLGo, Ours} {
			if handlers[c] == nil {
				continue
			}
			w := ask(handlers[c], body)
			var got struct {
				Data   any
				Errors json.RawMessage
			}
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Errors != nil {
				return fmt.Errorf("%s fails on %s: %.300s", c, body, w.Body)
			}
			if first == nil {
				first = got.Data
			} else if !reflect.DeepEqual(first, got.Data) {
				text, _ := json.Marshal(first)
				return fmt.Errorf("%s answers %s with %.500s, by hand it is %.500s", c, body, w.Body, text)
			}
		}
	}
	return nil
}

func ask(h http.Handler, body []byte) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// allocations is how many the handler makes a request, without the network.
func allocations(h http.Handler, bodies [][]byte) float64 {
	const rounds = 4
	list := make([]*http.Request, 0, rounds*len(bodies))
	for range rounds {
		for _, body := range bodies {
			r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			list = append(list, r)
		}
	}
	w := &nowhere{header: http.Header{}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, r := range list {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / float64(len(list))
}

type nowhere struct{ header http.Header }

func (w *nowhere) Header() http.Header         { return w.header }
func (w *nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (w *nowhere) WriteHeader(int)             {}

func constant() http.Handler {
	body := []byte(`{"data":"` + strings.Repeat("x", 2000) + `"}`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	})
}

func byHand(snap *index.Snapshot, q question) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request struct{ Variables map[string]any }
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"data": q.hand(snap, request.Variables)})
	})
}

// byGraphQLGo runs graphql-go's executor; documents are parsed and validated once.
func byGraphQLGo(api *schema.Schema, snap *index.Snapshot) http.Handler {
	var known sync.Map
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request graphqlhttp.Request
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		document, ok := known.Load(request.Query)
		if !ok {
			parsed, err := parser.Parse(parser.ParseParams{Source: request.Query})
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			if v := graphql.ValidateDocument(api.GraphQL(), parsed, nil); !v.IsValid {
				http.Error(w, v.Errors[0].Message, http.StatusBadRequest)
				return
			}
			document = parsed
			known.Store(request.Query, document)
		}
		result, _ := api.Execute(r.Context(), snap, document.(*ast.Document), "", request.Variables)
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(result)
	})
}

// ours is the endpoint as serve has it, limits and log included.
func ours(api *schema.Schema, snap *index.Snapshot) http.Handler {
	holder := &index.Holder{}
	holder.Swap(snap)
	return &graphqlhttp.Handler{Schema: api, Holder: holder, Log: zerolog.New(io.Discard).With().Timestamp().Logger()}
}

// WriteTable writes results as a Markdown table: requests a second, with the
// ratio to the hand-written handler and to graphql-go.
func WriteTable(w io.Writer, results []Result) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "| events | question | constant | hand | graphql-go | dialograph | of hand | of graphql-go | median | p99 | allocations |")
	fmt.Fprintln(b, "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	for i := 0; i < len(results); {
		by := map[Contender]Result{}
		q := results[i]
		for ; i < len(results) && results[i].Question == q.Question && results[i].Events == q.Events; i++ {
			by[results[i].Contender] = results[i]
		}
		us := by[Ours]
		hand, ofHand := "–", "–"
		if h := by[Hand].PerSecond; h > 0 {
			hand, ofHand = fmt.Sprintf("%.0f", h), fmt.Sprintf("%.2f", us.PerSecond/h)
		}
		fmt.Fprintf(b, "| %d | %s %s | %.0f | %s | %.0f | %.0f | %s | %.1f | %s | %s | %.0f |\n", q.Events, q.Question, q.About, by[Constant].PerSecond, hand, by[GraphQLGo].PerSecond, us.PerSecond,
			ofHand, us.PerSecond/cmp.Or(by[GraphQLGo].PerSecond, 1), us.Median.Round(time.Microsecond), us.P99.Round(time.Microsecond), us.Allocations)
	}
	return b.Flush()
}
