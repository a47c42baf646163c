// Package exporthttp serves exports of the current graph, and the answers of
// known queries as tables, over HTTP as notebooks read them: by a URL that ends
// in the name of a file.
package exporthttp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"dialograph/graph/export"
	"dialograph/graph/index"
	"dialograph/schema"

	"github.com/rs/zerolog"
)

// Handler serves /export/NAME, /export/NAME.manifest.json, /export/graph (by
// Accept) and /export/ (what there is). Exports are written to files of Dir
// first, so that they have a length, an entity tag and ranges (RFC 9110); the
// files asked for last are kept.
type Handler struct {
	Schema    *schema.Schema
	Holder    *index.Holder
	Dir       string // for files; made by the caller, who removes it
	MaxBytes  int64  // of files kept, each of which counts as 64 KiB at least; zero means a gigabyte
	Timeout   time.Duration
	Generator string
	Log       zerolog.Logger

	mu    sync.Mutex
	files []file // the one asked for last at the end
}

// file is an export that was written.
type file struct {
	key      string
	path     string
	manifest export.Manifest
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "exports are read with GET", http.StatusMethodNotAllowed)
		return
	}
	snap := h.Holder.Current()
	if snap == nil {
		http.Error(w, "the graph is still being loaded", http.StatusServiceUnavailable)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/export/")
	if name == "" {
		h.list(w, r)
		return
	}
	name, wantsManifest := strings.CutSuffix(name, ".manifest.json")
	if name == "graph" {
		w.Header().Add("Vary", "Accept")
		negotiated, ok := negotiate(r.Header.Get("Accept"))
		if !ok {
			http.Error(w, "none of these media types is an export; /export/ lists them", http.StatusNotAcceptable)
			return
		}
		name = negotiated
	}
	request, err := export.ParseName(name)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	h.export(w, r, snap, request, wantsManifest)
}

func (h *Handler) export(w http.ResponseWriter, r *http.Request, snap *index.Snapshot, request export.Request, wantsManifest bool) {
	parameters, err := readParameters(r.URL.Query())
	if err == nil {
		request.View, err = export.ParseView(parameters.network)
	}
	if err == nil && parameters.network != "" {
		err = request.CheckView()
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	ctx, cancel := h.limited(r.Context())
	defer cancel()
	key := fileKey(snap.Hash, request.Name(), string(request.View), parameters.String())
	f, data, err := h.file(key, func(out io.Writer) (export.Manifest, error) {
		selection, err := h.selection(ctx, snap, parameters)
		if err != nil {
			return export.Manifest{}, err
		}
		return export.Write(ctx, out, selection, request, h.Generator)
	})
	if err == nil {
		defer data.Close()
	}
	h.answer(ctx, w, r, request.Name(), f, data, err, wantsManifest)
}

// limited gives a context that ends with the timeout.
func (h *Handler) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if h.Timeout > 0 {
		return context.WithTimeout(ctx, h.Timeout)
	}
	return ctx, func() {}
}

// answer sends a file, its manifest, or why there is none.
func (h *Handler) answer(ctx context.Context, w http.ResponseWriter, r *http.Request, name string, f file, data io.ReadSeeker, err error, wantsManifest bool) {
	var bad *badFilter
	switch {
	case errors.As(err, &bad):
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	case err != nil && ctx.Err() != nil:
		http.Error(w, "the export took too long; select less", http.StatusServiceUnavailable)
		return
	case err != nil:
		h.Log.Error().Err(err).Str("file", name).Msg("an export failed")
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	if wantsManifest {
		w.Header().Set("ETag", `W/"`+f.manifest.SHA256[:32]+`-manifest"`)
		writeJSON(w, r, f.manifest)
		return
	}
	serve(w, r, f, data)
}

// serve sends a file with its entity tag, ranges and what it is called. The tag
// is weak where the answer may be compressed on its way.
func serve(w http.ResponseWriter, r *http.Request, f file, data io.ReadSeeker) {
	tag := `"` + f.manifest.SHA256[:32] + `"`
	if coding := r.Header.Get("Accept-Encoding"); r.Header.Get("Range") == "" && (strings.Contains(coding, "gzip") || strings.Contains(coding, "zstd")) {
		tag = "W/" + tag
	}
	header := w.Header()
	header.Set("ETag", tag)
	header.Set("Cache-Control", "no-cache")
	header.Set("Content-Type", f.manifest.MediaType)
	disposition := "attachment"
	if f.manifest.Format == answerFormat {
		disposition = "inline" // to be read in a browser
	}
	header.Set("Content-Disposition", fmt.Sprintf("%s; filename=%q", disposition, f.manifest.File))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Snapshot", f.manifest.Snapshot)
	header.Set("Link", fmt.Sprintf("<%s>; rel=describedby", manifestOf(r, f)))
	http.ServeContent(w, r, "", time.Time{}, data)
}

// manifestOf is the address of the manifest of a file.
func manifestOf(r *http.Request, f file) string {
	u := *r.URL
	u.Path = path.Join(path.Dir(u.Path), f.manifest.File+".manifest.json")
	return u.RequestURI()
}

// writeJSON sends a value, or 304 to who has it by its entity tag.
func writeJSON(w http.ResponseWriter, r *http.Request, v any) {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body.Bytes()))
}

// badFilter is a filter that cannot be read.
type badFilter struct{ error }

// fileKey is what makes a file another one.
func fileKey(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// file gives what was written before, or writes it. It is open: who reads it reads
// on when others take its place.
func (h *Handler) file(key string, write func(io.Writer) (export.Manifest, error)) (file, *os.File, error) {
	if f, data, ok := h.kept(key); ok {
		return f, data, nil
	}
	out, err := os.CreateTemp(h.Dir, "export-*")
	if err != nil {
		return file{}, nil, err
	}
	manifest, err := write(out)
	if err = errors.Join(err, out.Close()); err != nil {
		return file{}, nil, errors.Join(err, os.Remove(out.Name()))
	}
	f := file{key, out.Name(), manifest}
	data, err := os.Open(f.path)
	if err != nil {
		return f, nil, err
	}
	h.keep(f)
	return f, data, nil
}

func (h *Handler) selection(ctx context.Context, snap *index.Snapshot, p parameters) (*export.Selection, error) {
	if p.whole() {
		return export.Whole(snap), nil
	}
	chosen, err := h.Schema.Select(ctx, snap, p.events, p.participations)
	if err != nil {
		return nil, &badFilter{err}
	}
	if len(chosen.Unknown) > 0 {
		return nil, &badFilter{errors.New(chosen.Unknown[0])}
	}
	if p.participations != nil {
		with := map[*index.Event]bool{}
		for _, x := range chosen.Participations {
			with[x.Event] = true
		}
		chosen.Events = slices.DeleteFunc(slices.Clone(chosen.Events), func(e *index.Event) bool { return !with[e] })
	}
	return export.Part(snap, chosen.Events, chosen.Participations, p.String()), nil
}

// kept opens a file that was written before. One that someone took from the
// directory is written anew.
func (h *Handler) kept(key string) (file, *os.File, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := slices.IndexFunc(h.files, func(f file) bool { return f.key == key })
	if i < 0 {
		return file{}, nil, false
	}
	f := h.files[i]
	h.files = slices.Delete(h.files, i, i+1)
	data, err := os.Open(f.path)
	if err != nil {
		return file{}, nil, false
	}
	h.files = append(h.files, f)
	return f, data, true
}

// leastCounted is what a file counts at least: its block on a disk, its entry
// and its manifest. It bounds how many small files clients can ask for.
const leastCounted = 64 << 10

func (f file) counted() int64 {
	return leastCounted + f.manifest.Bytes + int64(len(f.manifest.Filter))
}

// keep remembers a file and removes those asked for longest ago.
func (h *Handler) keep(f file) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.files = append(h.files, f)
	most := h.MaxBytes
	if most == 0 {
		most = 1 << 30
	}
	total := int64(0)
	for i := len(h.files) - 1; i >= 0; i-- {
		if total += h.files[i].counted(); total > most && i < len(h.files)-1 {
			for _, old := range h.files[:i+1] {
				_ = os.Remove(old.path) // removed with its directory otherwise
			}
			h.files = slices.Clone(h.files[i+1:])
			return
		}
	}
}

// list tells what there is.
func (h *Handler) list(w http.ResponseWriter, r *http.Request) {
	type entry struct {
		Name      string `json:"name"`
		MediaType string `json:"media_type"`
		About     string `json:"about"`
	}
	var out struct {
		Files      []entry          `json:"files"`
		Tables     []string         `json:"tables"`
		Networks   []export.View    `json:"networks"`
		Parameters []parameterEntry `json:"parameters"`
	}
	for _, f := range export.Formats() {
		r := export.Request{Format: f, Table: "TABLE"}
		out.Files = append(out.Files, entry{filepath.Base(r.Name()), f.MediaType, f.About})
	}
	out.Tables, out.Networks, out.Parameters = export.TableNames(), export.Views(), parameterList()
	writeJSON(w, r, out)
}
