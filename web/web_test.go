package web

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const examplesJSON = `[{"name":"who-attended"}]`

// freshCheckout is what dist holds before a build, afterBuild what it holds afterwards.
var (
	freshCheckout = fstest.MapFS{".gitkeep": {}}
	afterBuild    = fstest.MapFS{
		".gitkeep":                  {},
		"index.html":                {Data: []byte("<title>GraphiQL page</title>")},
		"assets/index-Ab12.js":      {Data: []byte("script")},
		"assets/index-Cd34.css":     {Data: []byte("style")},
		"assets/codicon-Ef56.ttf":   {Data: []byte("font")},
		"assets/folder/nested.js":   {Data: []byte("nested")},
		"assets/unknown-Gh78.thing": {Data: []byte("thing")},
	}
)

func get(dist fs.FS, method, target string) *http.Response {
	recorder := httptest.NewRecorder()
	handler := newHandler(dist, embeddedPlain, []byte(examplesJSON))
	handler.ServeHTTP(recorder, httptest.NewRequest(method, target, nil))
	return recorder.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("read answer: %v", err)
	}
	return string(content)
}

func TestRoutes(t *testing.T) {
	const (
		html    = "text/html; charset=utf-8"
		script  = "text/javascript; charset=utf-8"
		forever = "public, max-age=31536000, immutable"
	)
	cases := []struct {
		about       string
		dist        fs.FS
		target      string
		contentType string
		caching     string
		contains    string
	}{
		{"the built page", afterBuild, "/", html, "no-cache", "GraphiQL page"},
		{"the built page by name", afterBuild, "/index.html", html, "no-cache", "GraphiQL page"},
		{"a script", afterBuild, "/assets/index-Ab12.js", script, forever, "script"},
		{"a style sheet", afterBuild, "/assets/index-Cd34.css", "text/css; charset=utf-8", forever, "style"},
		{"a font", afterBuild, "/assets/codicon-Ef56.ttf", "font/ttf", forever, "font"},
		{"a file of unknown type", afterBuild, "/assets/unknown-Gh78.thing", "application/octet-stream", forever, "thing"},
		{"the examples", afterBuild, "/examples.json", "application/json", "no-cache", examplesJSON},
		{"the icon", afterBuild, "/favicon.svg", "image/svg+xml", "no-cache", "<svg"},
		{"the plain page", freshCheckout, "/", html, "no-cache", "make web"},
		{"the plain page by name", freshCheckout, "/index.html", html, "no-cache", "make web"},
		{"the script of the plain page", freshCheckout, "/fallback.js", script, "no-cache", "fetch('examples.json')"},
		{"the examples without a build", freshCheckout, "/examples.json", "application/json", "no-cache", examplesJSON},
		{"the icon without a build", freshCheckout, "/favicon.svg", "image/svg+xml", "no-cache", "<svg"},
	}
	for _, c := range cases {
		t.Run(c.about, func(t *testing.T) {
			response := get(c.dist, http.MethodGet, c.target)
			if response.StatusCode != http.StatusOK {
				t.Fatalf("GET %s: got status %d, want 200", c.target, response.StatusCode)
			}
			if got := response.Header.Get("Content-Type"); got != c.contentType {
				t.Errorf("GET %s: got type %q, want %q", c.target, got, c.contentType)
			}
			if got := response.Header.Get("Cache-Control"); got != c.caching {
				t.Errorf("GET %s: got Cache-Control %q, want %q", c.target, got, c.caching)
			}
			if got := body(t, response); !strings.Contains(got, c.contains) {
				t.Errorf("GET %s: got %q, want a text with %q", c.target, got, c.contains)
			}
		})
	}
}

func TestEverythingElseIsNotFound(t *testing.T) {
	targets := []string{
		"/.gitkeep", "/graphql", "/index", "/fallback.html", "/web.go", "/public/favicon.svg", "/favicon.ico",
		"/assets", "/assets/", "/assets/missing.js", "/assets/folder", "/assets/folder/nested.js",
		"/assets/..%2Findex.html", "/assets/%2E%2E%2F.gitkeep",
	}
	for _, target := range targets {
		for name, dist := range map[string]fs.FS{"built": afterBuild, "not built": freshCheckout} {
			if got := get(dist, http.MethodGet, target).StatusCode; got != http.StatusNotFound {
				t.Errorf("GET %s (%s): got status %d, want 404", target, name, got)
			}
		}
	}
}

func TestOnlyReading(t *testing.T) {
	if got := get(afterBuild, http.MethodPost, "/").StatusCode; got != http.StatusMethodNotAllowed {
		t.Errorf("POST /: got status %d, want 405", got)
	}
	response := get(afterBuild, http.MethodHead, "/")
	if response.StatusCode != http.StatusOK || body(t, response) != "" {
		t.Errorf("HEAD /: got status %d with a body, want 200 without", response.StatusCode)
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	want := map[string]string{
		"Content-Security-Policy": contentSecurityPolicy,
		"X-Content-Type-Options":  "nosniff",
		"Referrer-Policy":         "no-referrer",
	}
	for _, target := range []string{"/", "/assets/index-Ab12.js", "/examples.json", "/nothing-here"} {
		response := get(afterBuild, http.MethodGet, target)
		for name, value := range want {
			if got := response.Header.Get(name); got != value {
				t.Errorf("GET %s: got %s %q, want %q", target, name, got, value)
			}
		}
	}
}

func TestPolicyForbidsInlineScripts(t *testing.T) {
	if strings.Contains(contentSecurityPolicy, "script-src") || !strings.HasPrefix(contentSecurityPolicy, "default-src 'self';") {
		t.Errorf("scripts must be governed by default-src 'self', got %q", contentSecurityPolicy)
	}
}

// TestPagesKeepToThePolicy reads our own pages: every script has an address, and no address names another host.
func TestPagesKeepToThePolicy(t *testing.T) {
	pages := map[string]string{"fallback.html": body(t, get(freshCheckout, http.MethodGet, "/"))}
	if Built() {
		index, err := fs.ReadFile(dist(), "index.html")
		if err != nil {
			t.Fatal(err)
		}
		pages["dist/index.html"] = string(index)
	}
	scriptTag := regexp.MustCompile(`<script[^>]*>`)
	forbidden := regexp.MustCompile(`(src|href)="(https?:)?//|\son[a-z]+="`)
	for name, page := range pages {
		for _, tag := range scriptTag.FindAllString(page, -1) {
			if !strings.Contains(tag, "src=") {
				t.Errorf("%s has an inline script: %s", name, tag)
			}
		}
		if found := forbidden.FindString(page); found != "" {
			t.Errorf("%s must load nothing from another host and have no inline handler, got %s", name, found)
		}
	}
}

func TestBuilt(t *testing.T) {
	if !built(afterBuild) {
		t.Error("dist with index.html: got not built")
	}
	if built(freshCheckout) {
		t.Error("dist with .gitkeep only: got built")
	}
}

// TestHandler uses the folder as it is embedded, built or not.
func TestHandler(t *testing.T) {
	recorder := httptest.NewRecorder()
	Handler(nil).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/", nil))
	plain := strings.Contains(recorder.Body.String(), "make web")
	if recorder.Code != http.StatusOK || plain == Built() {
		t.Errorf("GET /: got status %d, plain page %t, GraphiQL built %t", recorder.Code, plain, Built())
	}
	recorder = httptest.NewRecorder()
	Handler(nil).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/examples.json", nil))
	if got := recorder.Body.String(); got != "[]" {
		t.Errorf("GET /examples.json without examples: got %q, want []", got)
	}
}
