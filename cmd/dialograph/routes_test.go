package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"dialograph/schema/exporthttp"
	"dialograph/seeds/seedstest"

	"github.com/klauspost/compress/zstd"
	"github.com/rs/zerolog"
)

// served is the server over the built-in records.
func served(t *testing.T) *httptest.Server {
	t.Helper()
	s := serving{timeout: time.Minute, maxCost: 1e6, introspection: true}
	handler, err := s.handler(zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	handler.Holder.Swap(seedstest.Snapshot(t))
	a := &app{log: zerolog.Nop()}
	exports := &exporthttp.Handler{Schema: handler.Schema, Holder: handler.Holder, Dir: t.TempDir(), Generator: "test", Log: zerolog.Nop()}
	mux, err := a.routes(handler, exports, s)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// fetch sends a request and gives the answer with its body, as it came and
// unpacked.
func fetch(t *testing.T, method, address, body string, header ...string) (r *http.Response, raw, unpacked []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Accept-Encoding", "identity")
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	r, err = http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatalf("%s %s: %v", method, address, err)
	}
	defer r.Body.Close()
	if raw, err = io.ReadAll(r.Body); err != nil {
		t.Fatalf("%s %s: %v", method, address, err)
	}
	unpacked = raw
	switch r.Header.Get("Content-Encoding") {
	case "gzip":
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err == nil {
			unpacked, err = io.ReadAll(z)
		}
		if err != nil {
			t.Fatal(err)
		}
	case "zstd":
		z, err := zstd.NewReader(bytes.NewReader(raw))
		if err == nil {
			unpacked, err = io.ReadAll(z)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if r.ContentLength >= 0 && method != http.MethodHead && r.StatusCode != http.StatusNotModified && int(r.ContentLength) != len(raw) {
		t.Errorf("%s %s: Content-Length %d of %d bytes", method, address, r.ContentLength, len(raw))
	}
	return r, raw, unpacked
}

// An answer is the same however it is packed, HEAD tells of it, and who has it
// is told so.
func TestAnswersOnTheWire(t *testing.T) {
	server := served(t)
	for name, path := range map[string]string{
		"an answer, long":     "/graphql?query=" + url.QueryEscape(`{ events(first: 100) { nodes { id name participations { nodes { person { name } } } } } }`),
		"an answer, short":    "/graphql?query=" + url.QueryEscape(`{ stats { events } }`),
		"a table":             "/export/events.csv",
		"an answer as a file": "/q/who-attended.json",
	} {
		t.Run(name, func(t *testing.T) {
			first, _, want := fetch(t, http.MethodGet, server.URL+path, "")
			tag := first.Header.Get("ETag")
			if first.StatusCode != http.StatusOK || tag == "" || int(first.ContentLength) != len(want) {
				t.Fatalf("%d %q %d %.300s", first.StatusCode, tag, first.ContentLength, want)
			}
			for _, coding := range []string{"gzip", "zstd", "gzip, zstd;q=0.5", "br"} {
				r, raw, got := fetch(t, http.MethodGet, server.URL+path, "", "Accept-Encoding", coding)
				if !bytes.Equal(got, want) {
					t.Errorf("%s: another answer", coding)
				}
				if packed := r.Header.Get("Content-Encoding"); len(want) > 2000 && coding != "br" && (packed == "" || len(raw) >= len(want)) {
					t.Errorf("%s: %q with %d of %d bytes", coding, packed, len(raw), len(want))
				} else if packed != "" && !strings.HasPrefix(r.Header.Get("ETag"), "W/") {
					t.Errorf("%s: packed, and yet the tag is %s", coding, r.Header.Get("ETag"))
				}
				for _, known := range []string{tag, r.Header.Get("ETag"), "*"} {
					if r, raw, _ := fetch(t, http.MethodGet, server.URL+path, "", "Accept-Encoding", coding, "If-None-Match", known); r.StatusCode != http.StatusNotModified || len(raw) > 0 || r.Header.Get("ETag") == "" {
						t.Errorf("%s, with %s: %d, %d bytes", coding, known, r.StatusCode, len(raw))
					}
				}
				if r, raw, _ := fetch(t, http.MethodHead, server.URL+path, "", "Accept-Encoding", coding); r.StatusCode != http.StatusOK || len(raw) > 0 || r.ContentLength >= 0 && int(r.ContentLength) != len(want) {
					t.Errorf("%s, HEAD: %d, Content-Length %d of %d", coding, r.StatusCode, r.ContentLength, len(want))
				}
			}
		})
	}
}

// Requests side by side, alone and in batches, each get their own answer.
func TestAnswersSideBySide(t *testing.T) {
	server := served(t)
	const query = `query A($id: ID!, $names: Boolean = true) { node(id: $id) { ... on Entity { id name @include(if: $names) } } } query B($id: ID!) { node(id: $id) { id } }`
	snap := seedstest.Snapshot(t)
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			x := snap.Actors[i%7]
			one := fmt.Sprintf(`{"query":%q,"operationName":"%s","variables":{"id":%q,"names":%t}}`, query, "AB"[i%2:i%2+1], x.ID, i%4 == 0)
			data := fmt.Sprintf(`{"data":{"node":{"id":%q}}`, x.ID)
			if i%4 == 0 {
				data = fmt.Sprintf(`{"data":{"node":{"id":%q,"name":%q}}`, x.ID, x.Name)
			}
			if _, _, got := fetch(t, http.MethodPost, server.URL+"/graphql", one); !bytes.HasPrefix(got, []byte(data)) {
				t.Errorf("got %.300s, want %s", got, data)
			}
			if _, _, got := fetch(t, http.MethodPost, server.URL+"/graphql", "["+one+","+one+"]", "Accept-Encoding", "gzip"); bytes.Count(got, []byte(data)) != 2 {
				t.Errorf("got %.300s, want %s twice", got, data)
			}
		})
	}
	all.Wait()
}
