package graphqlhttp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
)

// Request is a GraphQL request as clients send it. DocumentID names a document
// that the server knows, in place of Query.
type Request struct {
	Query         string         `json:"query,omitempty"`
	DocumentID    string         `json:"documentId,omitempty"`
	OperationName string         `json:"operationName,omitempty"`
	Variables     map[string]any `json:"variables,omitempty"`
	Extensions    map[string]any `json:"extensions,omitempty"`
}

// read gives the requests that a client sends: one, or over POST a batch.
func (h *Handler) read(w http.ResponseWriter, r *http.Request) (requests []Request, batch bool, f *fault) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		request, f := fromURL(r)
		return []Request{request}, false, f
	case http.MethodPost:
		return h.fromBody(w, r)
	}
	w.Header().Set("Allow", "GET, HEAD, POST")
	return nil, false, faultf(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "%s is not allowed; use GET or POST", r.Method)
}

func fromURL(r *http.Request) (Request, *fault) {
	q := r.URL.Query()
	request := Request{Query: q.Get("query"), DocumentID: q.Get("documentId"), OperationName: q.Get("operationName")}
	for name, to := range map[string]*map[string]any{"variables": &request.Variables, "extensions": &request.Extensions} {
		if text := q.Get(name); text != "" {
			if err := json.Unmarshal([]byte(text), to); err != nil {
				return request, faultf(http.StatusBadRequest, "BAD_REQUEST", "%s is not a JSON object%s", name, jsonPlace(err))
			}
		}
	}
	return request, nil
}

func (h *Handler) fromBody(w http.ResponseWriter, r *http.Request) (requests []Request, batch bool, f *fault) {
	media, params, err := mediaJSON, map[string]string(nil), error(nil)
	if header := r.Header.Get("Content-Type"); header != mediaJSON {
		media, params, err = mime.ParseMediaType(header)
	}
	if err != nil || media != mediaJSON {
		return nil, false, faultf(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "send the request as %s, not %q", mediaJSON, r.Header.Get("Content-Type"))
	}
	if charset, ok := params["charset"]; ok && !strings.EqualFold(charset, "utf-8") {
		return nil, false, faultf(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "send the request as UTF-8, not %s", charset)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer putBack(buf)
	_, err = buf.ReadFrom(http.MaxBytesReader(w, r.Body, h.limits().Body))
	body := buf.Bytes() // what is read of it is copied
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, false, faultf(http.StatusRequestEntityTooLarge, "LIMIT", "the request is larger than %d bytes", h.limits().Body)
	}
	if err != nil {
		return nil, false, faultf(http.StatusBadRequest, "BAD_REQUEST", "the request could not be read")
	}
	if bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("[")) {
		requests, f = h.fromList(body)
		return requests, true, f
	}
	var request Request
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, false, notARequest(err)
	}
	return []Request{request}, false, nil
}

// fromList reads a batch; it counts the requests before it reads them.
func (h *Handler) fromList(body []byte) ([]Request, *fault) {
	var list []json.RawMessage
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, notARequest(err)
	}
	switch most := h.limits().Batch; {
	case len(list) == 0:
		return nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "the batch has no request")
	case len(list) > most:
		return nil, faultf(http.StatusBadRequest, "LIMIT", "the batch has %d requests; the limit is %d", len(list), most)
	}
	requests := make([]Request, len(list))
	for i, raw := range list {
		if err := json.Unmarshal(raw, &requests[i]); err != nil {
			return nil, notARequest(err)
		}
	}
	return requests, nil
}

func notARequest(err error) *fault {
	return faultf(http.StatusBadRequest, "BAD_REQUEST", "the request is not a JSON object with query and operationName (texts), variables and extensions (objects), or a list of such%s", jsonPlace(err))
}

// jsonPlace says where JSON is wrong, without the names of our types.
func jsonPlace(err error) string {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf(": %v, at byte %d", syntax, syntax.Offset)
	case errors.As(err, &typ) && typ.Field != "":
		return fmt.Sprintf(": %s is a %s", typ.Field, typ.Value)
	}
	return ""
}
