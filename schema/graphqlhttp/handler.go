// Package graphqlhttp serves a schema over HTTP (GraphQL over HTTP, draft of
// 2025): GET and POST, JSON, one shape of errors, limits that are on by default.
package graphqlhttp

import (
	"context"
	"crypto/rand"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"dialograph/graph/index"
	"dialograph/schema"

	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/rs/zerolog"
)

const (
	mediaResponse = "application/graphql-response+json"
	mediaJSON     = "application/json"
)

// Handler serves GraphQL requests. Its fields are set before it is used; what is
// zero has a default, said beside it.
type Handler struct {
	Schema  *schema.Schema
	Holder  *index.Holder
	Limits  Limits        // DefaultLimits
	Timeout time.Duration // of one request: ten seconds
	Log     zerolog.Logger

	// Documents are known before any client sends them. With OnlyDocuments no
	// other document is run.
	Documents     Documents
	OnlyDocuments bool
	// NoIntrospection refuses queries about the schema itself.
	NoIntrospection bool

	cache documentCache
}

func (h *Handler) limits() Limits {
	if h.Limits == (Limits{}) {
		return DefaultLimits()
	}
	return h.Limits
}

// fault is a request that is not answered: an HTTP status, a stable code and a
// message for the person who wrote it.
type fault struct {
	status  int
	code    string
	message string
	errors  []gqlerrors.FormattedError // of a document that is not valid

	extensions map[string]any
}

func faultf(status int, code, format string, args ...any) *fault {
	return &fault{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

// ServeHTTP implements http.Handler. It logs one line a request, with the
// request's id, which is the client's (X-Request-Id) or a new one.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	id := requestID(r)
	w.Header().Set("X-Request-Id", id)
	operation := h.guarded(rec, r)
	h.Log.Info().Str("id", id).Str("operation", operation[:min(len(operation), 100)]).Int("status", rec.status).Int("bytes", rec.bytes).Str("took", time.Since(start).Round(10*time.Microsecond).String()).Msg("graphql")
}

var clientID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); clientID.MatchString(id) {
		return id
	}
	return rand.Text()
}

// guarded keeps a panic from reaching the client.
func (h *Handler) guarded(w *recorder, r *http.Request) (operation string) {
	defer func() {
		if cause := recover(); cause != nil {
			h.Log.Error().Interface("cause", cause).Bytes("stack", debug.Stack()).Msg("a query failed")
			if w.bytes == 0 {
				h.refuse(w, mediaJSON, faultf(http.StatusInternalServerError, "INTERNAL", "internal error"))
			}
		}
	}()
	return h.serve(w, r)
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status, bytes int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// serve answers a request and returns the name of its operation, "" if it has
// none.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request) string {
	w.Header().Add("Vary", "Accept")
	media, ok := accepted(r.Header.Get("Accept"))
	if !ok {
		h.refuse(w, mediaJSON, faultf(http.StatusNotAcceptable, "NOT_ACCEPTABLE", "this endpoint answers as %s or %s", mediaResponse, mediaJSON))
		return ""
	}
	requests, batch, f := h.read(w, r)
	if f != nil {
		h.refuse(w, media, f)
		return ""
	}
	snap := h.Holder.Current()
	if snap == nil {
		h.refuse(w, media, faultf(http.StatusServiceUnavailable, "NOT_READY", "the graph is still being loaded"))
		return ""
	}
	timeout := h.Timeout
	if timeout == 0 {
		timeout = 10 * time.Second
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	if batch {
		h.batch(ctx, w, media, snap, requests)
		return fmt.Sprintf("batch of %d", len(requests))
	}
	return h.single(ctx, w, r, media, snap, &requests[0])
}

func (h *Handler) single(ctx context.Context, w http.ResponseWriter, r *http.Request, media string, snap *index.Snapshot, request *Request) string {
	p, f := h.prepare(request)
	if f == nil && r.Method != http.MethodPost && p.operation.Operation != ast.OperationTypeQuery {
		w.Header().Set("Allow", "POST")
		f = faultf(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "a %s is not run over GET; use POST", p.operation.Operation)
	}
	if f != nil {
		h.refuse(w, media, f)
		return request.OperationName
	}
	tag := ""
	if r.Method != http.MethodPost {
		tag = p.tag(snap, media)
		w.Header().Set("Cache-Control", "no-cache") // may be kept, must be asked for
		if noneMatch(r.Header.Get("If-None-Match"), tag) {
			w.Header().Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return p.name()
		}
	}
	a, f := h.run(ctx, snap, p)
	if f != nil {
		h.refuse(w, media, f)
		return p.name()
	}
	if tag != "" && len(a.Errors) == 0 {
		w.Header().Set("ETag", tag)
	}
	h.write(w, media, http.StatusOK, false, a)
	return p.name()
}

// batch answers several requests with a list of answers, in their order. They
// share one deadline, one snapshot and one limit of cost.
func (h *Handler) batch(ctx context.Context, w http.ResponseWriter, media string, snap *index.Snapshot, requests []Request) {
	answers := make([]answer, len(requests))
	var cost int64
	for i := range requests {
		p, f := h.prepare(&requests[i])
		if f == nil {
			if cost += p.cost.Total; cost > h.limits().Cost {
				f = faultf(http.StatusBadRequest, "COST", "the requests of the batch up to this one may cost %d together; the limit is %d; send it by itself", cost, h.limits().Cost)
			}
		}
		if f == nil {
			answers[i], f = h.run(ctx, snap, p)
		}
		if f != nil {
			answers[i] = f.answer()
		}
	}
	h.write(w, media, http.StatusOK, true, answers...)
}

// accepted chooses the media type of the answer.
func accepted(header string) (string, bool) {
	switch header {
	case "", mediaJSON, "*/*":
		return mediaJSON, true
	}
	best, quality := "", 0.0
	for _, part := range strings.Split(header, ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			q, _ = strconv.ParseFloat(text, 64)
		}
		if charset, ok := params["charset"]; ok && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		switch media {
		case mediaResponse:
		case mediaJSON, "*/*", "application/*":
			media = mediaJSON
		default:
			continue
		}
		if q > quality {
			best, quality = media, q
		}
	}
	return best, best != ""
}
