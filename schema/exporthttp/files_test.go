package exporthttp_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dialograph/graph/index"
	"dialograph/schema/graphqlhttp"
)

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// However many small answers are asked for, few files are kept: each takes a
// block of the disk and an entry in memory.
func TestSmallFilesGo(t *testing.T) {
	h, q := newHandlers(t)
	h.MaxBytes = 1 << 20
	for i := range 40 {
		if w := get(q, fmt.Sprintf("/q/pairs.json?least=%d", 1000+i)); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if files := filesIn(t, h.Dir); len(files) == 0 || len(files) > 16 {
		t.Errorf("%d files are kept of a mebibyte", len(files))
	}
}

// Who asked for a file gets it, though others come and push it out at once.
func TestFilesPushedOutAreSent(t *testing.T) {
	h, q := newHandlers(t)
	h.MaxBytes = 1
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for k := range 20 {
				if w := get(q, fmt.Sprintf("/q/pairs.json?least=%d", 1000+100*i+k)); w.Code != 200 {
					t.Errorf("got %d %s", w.Code, w.Body)
				}
			}
		})
	}
	all.Wait()
	if files := filesIn(t, h.Dir); len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
}

// A file that was taken from the directory, as cleaners of old files do, is
// written anew.
func TestFilesTakenAreWrittenAnew(t *testing.T) {
	h, q := newHandlers(t)
	want := get(q, "/q/pairs.csv").Body.String()
	for _, f := range filesIn(t, h.Dir) {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	if w := get(q, "/q/pairs.csv"); w.Code != 200 || w.Body.String() != want {
		t.Errorf("got %d %.200s, want %.200s", w.Code, w.Body, want)
	}
}

// An answer with errors is not kept, of whichever status.
func TestFailuresAreNotKept(t *testing.T) {
	h, q := newHandlers(t)
	for _, url := range []string{"/q/broken.json", "/q/broken.csv", "/q/pairs.json?least=many", "/q/none.json", "/q/one.json?x=1", "/q/one.csv.manifest.json?x=1"} {
		if w := get(q, url); w.Code < 400 || w.Header().Get("ETag") != "" {
			t.Errorf("%s: %d with tag %q", url, w.Code, w.Header().Get("ETag"))
		}
	}
	if files := filesIn(t, h.Dir); len(files) > 0 {
		t.Errorf("%v are kept", files)
	}
}

// The answer of a query has an entity tag, ranges and a head, as other files do.
func TestAnswersOverHTTP(t *testing.T) {
	_, q := newHandlers(t)
	first := get(q, "/q/one.json")
	tag := first.Header().Get("ETag")
	if w := get(q, "/q/one.json", "If-None-Match", `"other", W/`+tag); tag == "" || w.Code != 304 || w.Body.Len() > 0 {
		t.Errorf("with its tag %q: %d, %d bytes", tag, w.Code, w.Body.Len())
	}
	if w := get(q, "/q/one.json", "If-None-Match", `"other"`); w.Code != 200 || w.Body.String() != first.Body.String() {
		t.Errorf("with another tag: %d", w.Code)
	}
	if w := send(q, "HEAD", "/q/one.json"); w.Code != 200 || w.Body.Len() > 0 || w.Header().Get("Content-Length") != fmt.Sprint(first.Body.Len()) || w.Header().Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
	}
	if w := get(q, "/q/one.json", "Range", "bytes=2-5", "If-Range", tag); w.Code != 206 || w.Body.String() != first.Body.String()[2:6] {
		t.Errorf("a range: %d %q", w.Code, w.Body)
	}
	if w := get(q, "/q/one.json", "Range", "bytes=2-5", "If-Range", `"other"`); w.Code != 200 || w.Body.String() != first.Body.String() {
		t.Errorf("a range of another answer: %d %q", w.Code, w.Body)
	}
}

// What fails through no fault of the query's author says so by its status, and
// may be asked for again.
func TestFailuresOfOurs(t *testing.T) {
	h, q := newHandlers(t)
	api := q.GraphQL.(*graphqlhttp.Handler)
	api.Timeout = time.Nanosecond
	if w := get(q, "/q/pairs.csv"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "TIMEOUT") {
		t.Errorf("too late: %d %.200s", w.Code, w.Body)
	}
	api.Timeout = 0
	h.Holder = &index.Holder{} // of the files, not of the queries: another graph than is asked
	h.Holder.Swap(&index.Snapshot{Hash: "another"})
	if w := get(q, "/q/pairs.csv"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "CHANGED") {
		t.Errorf("of another graph: %d %.200s", w.Code, w.Body)
	}
	h.Holder = api.Holder
	if w := get(q, "/q/pairs.csv"); w.Code != http.StatusOK {
		t.Errorf("asked again: %d %.200s", w.Code, w.Body)
	}
}
