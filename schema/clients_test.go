package schema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The tests in this file drive the server with clients that nobody here wrote.
// In testdata/clients, `npm ci` installs those for Node; `python3 -m venv .venv`
// and `.venv/bin/pip install -r requirements.txt` the one for Python.
var clientsDir = filepath.Join("testdata", "clients")

// call is what one call of a client gave.
type call struct {
	Data        json.RawMessage
	Errors      []clientError
	Status      int
	Thrown      string
	RefusedHere string
	Sent        int
}

type clientError struct {
	Message    string
	Path       []any
	Extensions struct{ Code string }
}

// exchange is one request as it went over the wire, and what came back.
type exchange struct {
	Method      string
	Query, Hash bool
	Status      int
	Message     string
	Code        string
}

const sixthChairs = `"name":"6th EU-Republic of Korea Cyber Dialogue"`

func TestGraphQLRequest(t *testing.T) {
	var got map[string]call
	runNode(t, &got, "clients.mjs", "request", serve(t))
	for _, name := range []string{"variables", "get", "older"} {
		if c := got[name]; c.Thrown != "" || len(c.Errors) > 0 || !strings.Contains(string(c.Data), sixthChairs) || !strings.Contains(string(c.Data), `"role":"CHAIR"`) {
			t.Errorf("%s: got %+v, data %s", name, c, c.Data)
		}
	}
	for name, want := range map[string]struct {
		status        int
		code, message string
	}{
		"unknownField":      {400, "INVALID", `Did you mean "events"`},
		"olderUnknownField": {200, "INVALID", `Did you mean "events"`},
		"syntax":            {400, "SYNTAX", ""},
		"missingVariable":   {200, "", "$id"},
		"wrongCursor":       {200, "", "first"},
		"twoOperations":     {400, "BAD_REQUEST", "2 operations"},
	} {
		c := got[name]
		if len(c.Errors) != 1 || c.Status != want.status || !strings.Contains(c.Errors[0].Message, want.message) {
			t.Errorf("%s: got %+v, want status %d and a message with %q", name, c, want.status, want.message)
			continue
		}
		if code := c.Errors[0].Extensions.Code; code == "" || want.code != "" && code != want.code {
			t.Errorf("%s: got the code %q, want %q", name, code, want.code)
		}
	}
}

func TestApolloClient(t *testing.T) {
	var got struct {
		First, Cached json.RawMessage
		Errors        []clientError
		Wire          []exchange
	}
	runNode(t, &got, "clients.mjs", "apollo", serve(t))
	if !strings.Contains(string(got.First), sixthChairs) || !bytes.Equal(got.First, got.Cached) {
		t.Errorf("got %s, then from its cache %s", got.First, got.Cached)
	}
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "INVALID" {
		t.Errorf("an unknown field: got %+v", got.Errors)
	}
	if len(got.Wire) != 2 {
		t.Errorf("it sent %d requests, want 2 as one is in its cache: %+v", len(got.Wire), got.Wire)
	}
}

// Apollo Client sends the hash of a document first, the document when the
// server does not know it, and from then on the hash alone.
func TestApolloPersistedQueries(t *testing.T) {
	type asked struct {
		Data  json.RawMessage
		Error string
		Wire  []exchange
	}
	var got struct {
		Post, Get struct{ Unknown, Known asked }
		Mismatch  asked
	}
	runNode(t, &got, "clients.mjs", "persisted", serve(t))
	for method, pair := range map[string]struct{ Unknown, Known asked }{"POST": got.Post, "GET": got.Get} {
		for name, a := range map[string]asked{"unknown": pair.Unknown, "known": pair.Known} {
			if a.Error != "" || !strings.Contains(string(a.Data), sixthChairs) {
				t.Errorf("%s, %s: got %s %s", method, name, a.Data, a.Error)
			}
		}
		if w := pair.Unknown.Wire; len(w) != 2 || w[0].Query || w[0].Method != method || w[0].Message != "PersistedQueryNotFound" || w[0].Code != "PERSISTED_QUERY_NOT_FOUND" || !w[1].Query || !w[1].Hash || w[1].Code != "" {
			t.Errorf("%s: at first it sent %+v", method, w)
		}
		if w := pair.Known.Wire; len(w) != 1 || w[0].Query || w[0].Method != method || !w[0].Hash || w[0].Status != 200 || w[0].Code != "" {
			t.Errorf("%s: then it sent %+v", method, w)
		}
	}
	if w := got.Mismatch.Wire; len(w) != 1 || w[0].Code != "PERSISTED_QUERY_MISMATCH" {
		t.Errorf("a hash of another document: got %+v", w)
	}
}

func TestPythonGql(t *testing.T) {
	var got struct {
		Types                                              []string
		SDL                                                string
		Valid, UnknownField, UnknownArgument, RefusedThere call
	}
	runPython(t, &got, "clients.py", serve(t))
	for _, want := range []string{"Query", "Event", "EventWhere", "Entity", "EventKind"} {
		if !slices.Contains(got.Types, want) {
			t.Errorf("the schema that it downloaded lacks %s", want)
		}
	}
	for _, want := range []string{"first: Int = 20", "match: DateMatch = POSSIBLE", "type Event implements Node & Entity {", "union StatementObject ="} {
		if !strings.Contains(got.SDL, want) {
			t.Errorf("the schema that it downloaded lacks %q", want)
		}
	}
	if c := got.Valid; c.Sent != 1 || !strings.Contains(string(c.Data), "6th EU-Republic of Korea") {
		t.Errorf("a valid query: got %+v, data %s", c, c.Data)
	}
	for name, c := range map[string]call{"unknown field": got.UnknownField, "unknown argument": got.UnknownArgument} {
		if c.RefusedHere == "" || c.Sent != 0 {
			t.Errorf("%s: got %+v, want it refused before it is sent", name, c)
		}
	}
	if c := got.RefusedThere; len(c.Errors) != 1 || c.Sent != 1 || c.Errors[0].Extensions.Code == "" {
		t.Errorf("a value out of range: got %+v", c)
	}
}

// serve starts a server on the seeds and gives its address.
func serve(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(newHandler(t))
	t.Cleanup(server.Close)
	return server.URL
}

// runNode runs a script of testdata/clients and reads the JSON that it prints.
// It skips the test where Node or the packages are not installed.
func runNode(t *testing.T, out any, args ...string) {
	t.Helper()
	run(t, out, nodeCommand(t, args...))
}

func nodeCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join(clientsDir, "node_modules", "graphql")); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the npm packages are not installed: run `npm ci` in schema/" + filepath.ToSlash(clientsDir))
	}
	cmd := exec.Command(node, args...)
	cmd.Dir = clientsDir
	return cmd
}

// runPython does the same with the Python that DIALOGRAPH_TEST_PYTHON names, or
// that of a virtual environment beside the script.
func runPython(t *testing.T, out any, args ...string) {
	t.Helper()
	python := os.Getenv("DIALOGRAPH_TEST_PYTHON")
	if python == "" {
		beside, err := filepath.Abs(filepath.Join(clientsDir, ".venv", "bin", "python"))
		if err != nil {
			t.Fatal(err)
		}
		python = beside
	}
	if out, err := exec.Command(python, "-c", "import gql, gql.transport.requests").CombinedOutput(); err != nil {
		t.Skipf("the Python package gql is not at hand (DIALOGRAPH_TEST_PYTHON, or a .venv in schema/%s): %v %s", filepath.ToSlash(clientsDir), err, out)
	}
	cmd := exec.Command(python, args...)
	cmd.Dir = clientsDir
	run(t, out, cmd)
}

func run(t *testing.T, out any, cmd *exec.Cmd) {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	printed, err := cmd.Output()
	if err != nil {
		t.Fatalf("run %s: %v\n%s", cmd, err, stderr.String())
	}
	if err := json.Unmarshal(printed, out); err != nil {
		t.Fatalf("read what %s printed: %v\n%s", cmd, err, printed)
	}
}
