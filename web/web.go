// Package web serves the query page: GraphiQL with a list of worked examples.
//
// [Handler] is the page as an [http.Handler]; [Built] tells whether GraphiQL is in the binary. GraphiQL is
// built with Node into the folder dist (`make web`) and embedded from there.
//
// What may surprise you: dist is not committed, and a Go build embeds whatever the folder holds at that
// moment. Without it the same address serves fallback.html, a plain page with the same examples, so that
// Node is never needed to ask a question. The GraphQL endpoint itself is not here; both pages post to
// "graphql" on the same host.
package web

import (
	"bytes"
	"embed"
	"io/fs"
	"net/http"
	"path"
	"time"
)

// The pattern needs "all:" because a fresh checkout holds only .gitkeep.
//
//go:embed all:dist
var embeddedDist embed.FS

//go:embed fallback.html fallback.js public/favicon.svg
var embeddedPlain embed.FS

// contentSecurityPolicy lets the page load its own files and nothing else. Inline styles are allowed because
// the Monaco editor positions its lines with them; data addresses because GraphiQL's style sheet contains
// its fonts and icons.
const contentSecurityPolicy = "default-src 'self'; " +
	"style-src 'self' 'unsafe-inline'; " +
	"worker-src 'self'; " +
	"img-src 'self' data:; " +
	"font-src 'self' data:; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

const (
	// revalidate is for addresses whose content changes with the next build.
	revalidate = "no-cache"
	// keepForever is for assets: their names contain a hash of their content.
	keepForever = "public, max-age=31536000, immutable"
)

// contentTypes lists what a build contains. It is a literal, not [mime.TypeByExtension], because that
// depends on the machine, and browsers refuse a script with the wrong type.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".ttf":   "font/ttf",
	".woff":  "font/woff",
	".woff2": "font/woff2",
}

// Handler returns the page. The examples are the JSON text that /examples.json answers with: a list of
// objects with the members name, title, about, query and variables. None means an empty list.
func Handler(examples []byte) http.Handler {
	return newHandler(dist(), embeddedPlain, examples)
}

// Built reports whether GraphiQL is embedded. If not, [Handler] serves the plain page.
func Built() bool {
	return built(dist())
}

func dist() fs.FS {
	sub, err := fs.Sub(embeddedDist, "dist")
	if err != nil {
		panic(err) // Only a malformed folder name fails, and this one is a constant.
	}
	return sub
}

func built(dist fs.FS) bool {
	_, err := fs.Stat(dist, "index.html")
	return err == nil
}

// newHandler takes the file systems as parameters so that tests need no build.
func newHandler(dist, plain fs.FS, examples []byte) http.Handler {
	index := serveFile(plain, "fallback.html", revalidate)
	if built(dist) {
		index = serveFile(dist, "index.html", revalidate)
	}
	if len(examples) == 0 {
		examples = []byte("[]")
	}
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", index)
	mux.Handle("GET /index.html", index)
	mux.Handle("GET /fallback.js", serveFile(plain, "fallback.js", revalidate))
	mux.Handle("GET /favicon.svg", serveFile(plain, "public/favicon.svg", revalidate))
	mux.HandleFunc("GET /examples.json", func(w http.ResponseWriter, r *http.Request) {
		serveBytes(w, r, "examples.json", revalidate, examples)
	})
	mux.HandleFunc("GET /assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		// Not path.Join: it would resolve an escaped "../", which ReadFile rejects as it should.
		serveFile(dist, "assets/"+r.PathValue("name"), keepForever)(w, r)
	})
	return secure(mux)
}

// secure sets the headers that every answer carries, also "not found".
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", contentSecurityPolicy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

func serveFile(files fs.FS, name, caching string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		// ReadFile fails for a folder and for a name that leaves the file system.
		content, err := fs.ReadFile(files, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		serveBytes(w, r, name, caching, content)
	}
}

func serveBytes(w http.ResponseWriter, r *http.Request, name, caching string, content []byte) {
	contentType, known := contentTypes[path.Ext(name)]
	if !known {
		contentType = "application/octet-stream"
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", caching)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
