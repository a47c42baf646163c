// Package graphqlhttp serves a schema over HTTP (GraphQL over HTTP, draft of
// 2025): GET and POST, JSON, one shape of errors, limits that are on by default.
package graphqlhttp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"dialograph/graph/index"
	"dialograph/schema"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/rs/zerolog"
)

const (
	mediaResponse = "application/graphql-response+json"
	mediaJSON     = "application/json"
)

// Handler serves GraphQL requests. Its fields are set before it is used; without
// Limits it has the default ones.
type Handler struct {
	Schema  *schema.Schema
	Holder  *index.Holder
	Limits  Limits
	Timeout time.Duration // of one request; zero means ten seconds
	Log     zerolog.Logger

	cache documentCache
}

func (h *Handler) limits() Limits {
	if h.Limits == (Limits{}) {
		return DefaultLimits()
	}
	return h.Limits
}

// Request is a GraphQL request as clients send it.
type Request struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

// fault is a request that is not answered: an HTTP status, a stable code and a
// message for the person who wrote it.
type fault struct {
	status  int
	code    string
	message string
	errors  []gqlerrors.FormattedError // of a document that is not valid
}

func faultf(status int, code, format string, args ...any) *fault {
	return &fault{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

// ServeHTTP implements http.Handler. It logs one line a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	operation := h.guarded(rec, r)
	h.Log.Info().Str("operation", operation[:min(len(operation), 100)]).Int("status", rec.status).Int("bytes", rec.bytes).Str("took", time.Since(start).Round(10*time.Microsecond).String()).Msg("graphql")
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
	request, f := h.read(w, r)
	if f != nil {
		h.refuse(w, media, f)
		return ""
	}
	document, operation, f := h.prepare(request)
	if f == nil && r.Method == http.MethodGet && operation.Operation != ast.OperationTypeQuery {
		w.Header().Set("Allow", "POST")
		f = faultf(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "a %s is not run over GET; use POST", operation.Operation)
	}
	if f != nil {
		h.refuse(w, media, f)
		return request.OperationName
	}
	h.execute(w, r, media, request, document, operation)
	if operation.Name != nil {
		return operation.Name.Value
	}
	return ""
}

// accepted chooses the media type of the answer.
func accepted(header string) (string, bool) {
	if header == "" {
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

func (h *Handler) read(w http.ResponseWriter, r *http.Request) (*Request, *fault) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return fromURL(r)
	case http.MethodPost:
		return h.fromBody(w, r)
	}
	w.Header().Set("Allow", "GET, HEAD, POST")
	return nil, faultf(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "%s is not allowed; use GET or POST", r.Method)
}

func fromURL(r *http.Request) (*Request, *fault) {
	q := r.URL.Query()
	request := &Request{Query: q.Get("query"), OperationName: q.Get("operationName")}
	for name, to := range map[string]*map[string]any{"variables": &request.Variables, "extensions": &request.Extensions} {
		if text := q.Get(name); text != "" {
			if err := json.Unmarshal([]byte(text), to); err != nil {
				return nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "%s is not a JSON object: %v", name, err)
			}
		}
	}
	return request, wanted(request)
}

func wanted(r *Request) *fault {
	if strings.TrimSpace(r.Query) == "" {
		return faultf(http.StatusBadRequest, "BAD_REQUEST", `there is no query; send {"query": "{ stats { events } }"}`)
	}
	return nil
}

func (h *Handler) fromBody(w http.ResponseWriter, r *http.Request) (*Request, *fault) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != mediaJSON {
		return nil, faultf(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "send the request as %s, not %q", mediaJSON, r.Header.Get("Content-Type"))
	}
	if charset, ok := params["charset"]; ok && !strings.EqualFold(charset, "utf-8") {
		return nil, faultf(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "send the request as UTF-8, not %s", charset)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.limits().Body))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, faultf(http.StatusRequestEntityTooLarge, "LIMIT", "the request is larger than %d bytes", h.limits().Body)
	}
	if err != nil {
		return nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "the request could not be read")
	}
	request := &Request{}
	if err := json.Unmarshal(body, request); err != nil {
		return nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "the request is not a JSON object with query and operationName (texts), variables and extensions (objects)%s", jsonPlace(err))
	}
	return request, wanted(request)
}

// jsonPlace says where JSON is wrong, without the names of our types.
func jsonPlace(err error) string {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf(": %v", syntax)
	case errors.As(err, &typ) && typ.Field != "":
		return fmt.Sprintf(": %s is a %s", typ.Field, typ.Value)
	}
	return ""
}

// prepare parses, limits and validates the document, and finds the operation.
func (h *Handler) prepare(r *Request) (*ast.Document, *ast.OperationDefinition, *fault) {
	if depth := nested(r.Variables); depth > h.limits().Variables {
		return nil, nil, faultf(http.StatusBadRequest, "LIMIT", "variables are nested %d deep; the limit is %d", depth, h.limits().Variables)
	}
	document, f := h.cache.get(r.Query, h.check)
	if f != nil {
		return nil, nil, f
	}
	var found []*ast.OperationDefinition
	for _, d := range document.Definitions {
		if o, ok := d.(*ast.OperationDefinition); ok && (r.OperationName == "" || o.Name != nil && o.Name.Value == r.OperationName) {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 1:
		return document, found[0], nil
	case r.OperationName != "":
		return nil, nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "the document has no operation %q", r.OperationName)
	default:
		return nil, nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "the document has %d operations; name one with operationName", len(found))
	}
}

func (h *Handler) check(query string) (*ast.Document, *fault) {
	document, err := h.limits().parse(query)
	var limit *limitError
	if errors.As(err, &limit) {
		return nil, faultf(http.StatusBadRequest, "LIMIT", "%s; ask for less, or in several queries", limit.message)
	}
	if err != nil {
		f := faultf(http.StatusBadRequest, "SYNTAX", "the query cannot be read")
		f.errors = gqlerrors.FormatErrors(err)
		return nil, f
	}
	result, ok := h.validate(document)
	if !ok {
		return nil, faultf(http.StatusBadRequest, "SYNTAX", "the query cannot be read: a type or a name is missing in it")
	}
	if !result.IsValid {
		f := faultf(http.StatusBadRequest, "INVALID", "the query does not fit the schema")
		f.errors = result.Errors
		return nil, f
	}
	return document, nil
}

// validate checks a document against the schema. graphql-go's parser lets some
// broken documents pass, such as a variable without a type, on which its
// validation then panics: these are not documents.
func (h *Handler) validate(document *ast.Document) (result graphql.ValidationResult, ok bool) {
	defer func() {
		if cause := recover(); cause != nil {
			h.Log.Warn().Interface("cause", cause).Msg("a document could not be validated")
			ok = false
		}
	}()
	return graphql.ValidateDocument(h.Schema.GraphQL(), document, nil), true
}

// answer is the body of a response.
type answer struct {
	Data       json.RawMessage `json:"data,omitempty"` // "null" where a field that must not be null failed
	Errors     []errorShape    `json:"errors,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

type errorShape struct {
	Message    string         `json:"message"`
	Locations  any            `json:"locations,omitempty"`
	Path       []any          `json:"path,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

func (h *Handler) refuse(w http.ResponseWriter, media string, f *fault) {
	a := answer{}
	for _, e := range f.errors {
		a.Errors = append(a.Errors, errorShape{Message: e.Message, Locations: e.Locations, Extensions: map[string]any{"code": f.code}})
	}
	if len(a.Errors) == 0 {
		a.Errors = []errorShape{{Message: f.message, Extensions: map[string]any{"code": f.code}}}
	}
	status := f.status
	if media == mediaJSON && len(f.errors) > 0 {
		status = http.StatusOK // clients that only know application/json expect it
	}
	h.write(w, media, status, a)
}

func (h *Handler) write(w http.ResponseWriter, media string, status int, a any) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(a)
	body := buf.Bytes()
	if err != nil {
		h.Log.Error().Err(err).Msg("the answer could not be written as JSON")
		body, status = []byte(`{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}`), http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(body)
}

// execute runs the document under a deadline and writes the answer.
func (h *Handler) execute(w http.ResponseWriter, r *http.Request, media string, request *Request, document *ast.Document, operation *ast.OperationDefinition) {
	timeout := h.Timeout
	if timeout == 0 {
		timeout = 10 * time.Second
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	snap := h.Holder.Current()
	if snap == nil {
		h.refuse(w, media, faultf(http.StatusServiceUnavailable, "NOT_READY", "the graph is still being loaded"))
		return
	}
	result, report := h.Schema.Execute(ctx, snap, document, request.OperationName, request.Variables)
	a := answer{Errors: h.shape(ctx, result.Errors), Extensions: map[string]any{"snapshot": snap.Hash}}
	if len(report.Notes) > 0 {
		a.Extensions["notes"] = report.Notes
	}
	status := http.StatusOK
	if result.Data == nil {
		a.Data = json.RawMessage("null")
		h.write(w, media, status, a)
		return
	}
	data, err := inOrder(document, operation, result.Data)
	if err != nil {
		h.Log.Error().Err(err).Msg("an answer could not be written as JSON")
		h.refuse(w, media, faultf(http.StatusInternalServerError, "INTERNAL", "internal error"))
		return
	}
	a.Data = data
	h.write(w, media, status, a)
}

// maxErrors is how many errors one answer shows: a query that is stopped fails
// in every field that was still to be read.
const maxErrors = 20

// shape gives errors their public form; faults of ours go to the log.
func (h *Handler) shape(ctx context.Context, list []gqlerrors.FormattedError) []errorShape {
	var out []errorShape
	for _, e := range list[:min(len(list), maxErrors)] {
		code, detail := schema.Cause(e)
		if detail != "" {
			h.Log.Error().Str("detail", detail).Msg("a field failed")
		}
		message := e.Message
		if ctx.Err() != nil {
			message, code = "the query took too long and was stopped", "TIMEOUT"
		}
		out = append(out, errorShape{Message: message, Locations: e.Locations, Path: e.Path, Extensions: map[string]any{"code": code}})
	}
	return out
}

// documentCache keeps documents that were parsed and found valid.
type documentCache struct {
	mu   sync.Mutex
	docs map[string]*ast.Document
	size int
}

const (
	cachedDocuments = 1000
	cachedBytes     = 16 << 20
)

func (c *documentCache) get(query string, check func(string) (*ast.Document, *fault)) (*ast.Document, *fault) {
	c.mu.Lock()
	document, ok := c.docs[query]
	c.mu.Unlock()
	if ok {
		return document, nil
	}
	document, f := check(query)
	if f != nil {
		return nil, f
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.docs == nil || len(c.docs) >= cachedDocuments || c.size+len(query) > cachedBytes {
		c.docs, c.size = map[string]*ast.Document{}, 0
	}
	c.docs[query] = document
	c.size += len(query)
	return document, nil
}
