package graphqlhttp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync"

	"dialograph/graph/index"
	"dialograph/schema"

	"github.com/graphql-go/graphql/gqlerrors"
)

// answer is the body of a response.
type answer struct {
	Data       []byte // JSON; "null" where a field that must not be null failed
	Errors     []errorShape
	Extensions map[string]any
	plain      []byte // the extensions of most answers, as JSON
	result     schema.Answer
}

type errorShape struct {
	Message    string         `json:"message"`
	Locations  any            `json:"locations,omitempty"`
	Path       []any          `json:"path,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

// answer is the body that tells of a fault.
func (f *fault) answer() answer {
	a := answer{Extensions: f.extensions}
	for _, e := range f.errors {
		a.Errors = append(a.Errors, errorShape{Message: e.Message, Locations: e.Locations, Extensions: map[string]any{"code": f.code}})
	}
	if len(a.Errors) == 0 {
		a.Errors = []errorShape{{Message: f.message, Extensions: map[string]any{"code": f.code}}}
	}
	return a
}

func (h *Handler) refuse(w http.ResponseWriter, media string, f *fault) {
	status := f.status
	if media == mediaJSON && (len(f.errors) > 0 || f.code == "PERSISTED_QUERY_NOT_FOUND") {
		status = http.StatusOK // clients that only know application/json expect it
	}
	h.write(w, media, status, false, f.answer())
}

// appendTo writes the answer as JSON. The data is that already.
func (a answer) appendTo(out *bytes.Buffer) error {
	next := byte('{')
	field := func(name string) {
		out.WriteByte(next)
		out.WriteString(name)
		next = ','
	}
	encode := func(name string, v any) error {
		field(name)
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		err := enc.Encode(v)
		out.Truncate(out.Len() - 1) // the end of line
		return err
	}
	var err error
	if len(a.Data) > 0 {
		field(`"data":`)
		out.Write(a.Data)
	}
	if len(a.Errors) > 0 {
		err = encode(`"errors":`, a.Errors)
	}
	if a.plain != nil {
		field(`"extensions":`)
		out.Write(a.plain)
	} else if len(a.Extensions) > 0 {
		err = errors.Join(err, encode(`"extensions":`, a.Extensions))
	}
	out.WriteString("}\n")
	return err
}

// write sends one answer, or those of a batch.
func (h *Handler) write(w http.ResponseWriter, media string, status int, batch bool, answers ...answer) {
	buf := buffers.Get().(*bytes.Buffer)
	defer putBack(buf)
	var err error
	for i, a := range answers {
		if batch {
			buf.WriteByte("[,"[min(i, 1)])
		}
		err = errors.Join(err, a.appendTo(buf))
		a.result.Free()
	}
	if batch {
		buf.WriteString("]\n")
	}
	body := buf.Bytes()
	if err != nil {
		h.Log.Error().Err(err).Msg("the answer could not be written as JSON")
		body, status = []byte(`{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}`), http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(body)
}

// buffers are for bodies, of requests and of answers.
var buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

// mostKept is how large a buffer may be that waits for the next body.
const mostKept = 64 << 10

func putBack(b *bytes.Buffer) {
	if b.Cap() <= mostKept {
		b.Reset()
		buffers.Put(b)
	}
}

// run executes a request under the deadline of the context. A dry run only
// tells the cost.
func (h *Handler) run(ctx context.Context, snap *index.Snapshot, p *prepared) (answer, *fault) {
	extensions := func() map[string]any {
		return map[string]any{"snapshot": snap.Hash, "cost": shownCost(p.cost, h.limits().Cost)}
	}
	var a answer
	if p.dry() {
		a.Extensions = extensions()
		a.Data = []byte("{}")
		a.Extensions["dryRun"] = true
		if p.cost.Heaviest != "" {
			a.Extensions["heaviest"] = p.cost.Heaviest
		}
		return a, nil
	}
	result, err := p.ready.operation.Run(ctx, snap, p.request.Variables)
	h.cache.weigh(p)
	if err != nil {
		h.Log.Error().Err(err).Msg("an answer could not be written as JSON")
		return a, faultf(http.StatusInternalServerError, "INTERNAL", "internal error")
	}
	if result.Fault != "" {
		h.Log.Error().Str("detail", result.Fault).Msg("our executor failed; graphql-go ran the operation")
	}
	a.result, a.Data, a.Errors = result, result.Data, h.shape(ctx, result.Errors)
	if len(result.Notes) == 0 {
		plain := append(make([]byte, 0, 128), `{"cost":{"estimated":`...)
		plain = append(strconv.AppendInt(plain, p.cost.Total, 10), `,"limit":`...)
		plain = append(strconv.AppendInt(plain, h.limits().Cost, 10), `},"snapshot":"`...)
		a.plain = append(append(plain, snap.Hash...), `"}`...) // of hexadecimal digits
	} else {
		a.Extensions = extensions()
		a.Extensions["notes"] = result.Notes
	}
	return a, nil
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
			message, code = "the query took too long and was stopped; ask for smaller pages with first", "TIMEOUT"
		}
		out = append(out, errorShape{Message: message, Locations: e.Locations, Path: e.Path, Extensions: map[string]any{"code": code}})
	}
	return out
}
