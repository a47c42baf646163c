// Package dialograph_test keeps the rules of the whole project: which package
// may import which, and that the built-in data is sound.
package dialograph_test

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dialograph/graph"
	"dialograph/loaders"
	"dialograph/loaders/source"
	"dialograph/seeds"
)

// importRules say what a package below a folder must not import: arrows point
// inward, and a library that might be replaced is imported in one place.
var importRules = []struct{ below, not, why string }{
	{"graph/store", "dialograph/graph/index", "the store knows nothing of its readers"},
	{"graph/store", "dialograph/loaders", "the store knows nothing of files"},
	{"graph", "dialograph/loaders", "graph is the inner package"},
	{"graph", "dialograph/schema", "graph is the inner package"},
	{"schema", "dialograph/loaders", "the API reads snapshots only"},
	{"schema", "dialograph/graph/store", "the API reads snapshots only"},
	{"loaders", "dialograph/schema", "loading knows nothing of the API"},
	{"", "dialograph/cmd", "commands are the outermost package"},
	{"graph/vocab", "dialograph/", "the vocabulary depends on nothing"},
}

// soleImporters are the only packages that may import a library.
var soleImporters = map[string][]string{
	"github.com/cayleygraph":            {"graph/store"},
	"github.com/piprate/json-gold":      {"graph/jsonld"},
	"go.etcd.io/bbolt":                  {"graph/store"},
	"github.com/hidal-go":               {"graph/store"},
	"github.com/jackc/pgx":              {"graph/store"},
	"github.com/graphql-go":             {"schema", "schema/graphqlhttp", "schema/bench"}, // bench compares
	"github.com/mozillazg/go-unidecode": {"graph/names"},
	"github.com/spf13":                  {"cmd/dialograph"},
	"github.com/jedib0t":                {"cmd/dialograph"},
	"github.com/klippa-app":             {"loaders/source"},
	"github.com/tetratelabs/wazero":     {"loaders/source"},
	"codeberg.org/readeck":              {"loaders/source"},
	"github.com/markusmobius":           {"loaders/source"},
	"github.com/wlynxg":                 {"loaders/source"},
	"github.com/hbollon/go-edlib":       {"loaders/suggest", "schema/graphqlhttp"},
	"github.com/cespare/xxhash":         {"graph/index"},
	"golang.org/x/sys":                  {"graph/image"},
	"unsafe":                            {"graph/image"},
}

func TestImports(t *testing.T) {
	eachImport(t, func(file, dir, path string) {
		for _, r := range importRules {
			if within(dir, r.below) && strings.HasPrefix(path, r.not) {
				t.Errorf("%s imports %s: %s", file, path, r.why)
			}
		}
		for library, dirs := range soleImporters {
			if strings.HasPrefix(path, library) && !slices.Contains(dirs, dir) {
				t.Errorf("%s imports %s; only %s may", file, path, strings.Join(dirs, ", "))
			}
		}
		if dir == "graph" && strings.Contains(path, ".") {
			t.Errorf("%s imports %s; package graph knows the standard library only", file, path)
		}
	})
}

func within(dir, below string) bool {
	return below == "" || dir == below || strings.HasPrefix(dir, below+"/")
}

// eachImport visits the imports of every file that is not a test.
func eachImport(t *testing.T, visit func(file, dir, path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && file != ".") {
			return filepath.SkipDir
		}
		dir := filepath.ToSlash(filepath.Dir(file))
		if filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || strings.HasSuffix(dir, "test") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			visit(file, dir, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func readSeeds(t *testing.T) *loaders.Batch {
	t.Helper()
	inputs, err := loaders.FromFS(seeds.FS, "seeds/")
	if err != nil {
		t.Fatal(err)
	}
	b := loaders.Read(inputs)
	b.Resolve(loaders.Known{})
	return b
}

// Every seed lints without an error, every name in it is known and means one
// thing, and every warning about the corpus is explained.
func TestSeedsAreSound(t *testing.T) {
	b := readSeeds(t)
	for _, p := range append(b.Problems, b.Notes()...) {
		t.Error(p)
	}
	explained := explanations(t)
	used := map[string]bool{}
	for _, p := range b.Review() {
		rule, subject := ruleOf(p.Message), subjectOf(p.Message, explained)
		if subject == "" {
			t.Errorf("%s\n\tis not explained in seeds/explained.tsv", p)
		}
		used[rule+"\t"+subject] = true
	}
	for key := range explained {
		if rule, _, _ := strings.Cut(key, "\t"); !used[key] && rule != "same-office" {
			t.Errorf("seeds/explained.tsv explains a warning that no longer stands: %s", key)
		}
	}
}

func ruleOf(message string) string {
	rule, _, _ := strings.Cut(strings.TrimPrefix(message, "["), "]")
	return rule
}

// subjectOf gives the explained record or entry that a warning is about.
func subjectOf(message string, explained map[string]string) string {
	for key := range explained {
		rule, subject, _ := strings.Cut(key, "\t")
		if rule == ruleOf(message) && slices.Contains(words.FindAllString(message, -1), subject) {
			return subject
		}
	}
	return ""
}

var words = regexp.MustCompile(`[a-z0-9]+(-[a-z0-9]+)*`)

func explanations(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open("seeds/explained.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 3 || fields[2] == "" {
			t.Fatalf("seeds/explained.tsv: %q: want rule, subject and why, separated by tabs", lines.Text())
		}
		out[fields[0]+"\t"+fields[1]] = fields[2]
	}
	return out
}

// Contact details of people never enter the repository's data: no telephone
// numbers, no e-mail addresses.
func TestSeedsHoldNoContacts(t *testing.T) {
	contact := regexp.MustCompile(`\+\d{1,3}[ ()\d]{7,}|[\w.]+@[\w-]+\.\w+`)
	err := fs.WalkDir(seeds.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := seeds.FS.ReadFile(path)
		for i, line := range strings.Split(string(data), "\n") {
			if found := contact.FindString(line); found != "" && !strings.Contains(line, "url:") {
				t.Errorf("seeds/%s:%d: %q looks like a contact", path, i+1, found)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shared gives the folder of material that lies beside the project.
func shared(t *testing.T) string {
	t.Helper()
	dir := cmp.Or(os.Getenv("DIALOGRAPH_SHARED"), filepath.Join("..", "shared"))
	if _, err := os.Stat(filepath.Join(dir, "seeds")); err != nil {
		t.Skipf("the founding documents are not at hand (DIALOGRAPH_SHARED): %v", err)
	}
	return dir
}

// Each passage of the seeds is the stretch of the document that it says it is,
// for the documents that are at hand.
func TestPassagesAreTheirDocuments(t *testing.T) {
	texts := map[string][]rune{}
	files, err := filepath.Glob(filepath.Join(shared(t), "seeds", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := source.Text(data)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		texts[hex.EncodeToString(sum[:])] = []rune(text)
	}
	compared := 0
	for _, d := range readSeeds(t).Documents {
		if d.Record == nil {
			continue
		}
		for _, s := range d.Record.Sources {
			compared += comparePassages(t, d.Record.ID, s, texts[s.SHA256])
		}
	}
	if compared < 40 {
		t.Errorf("only %d passages were compared with a document", compared)
	}
}

func comparePassages(t *testing.T, record string, s graph.Source, text []rune) int {
	if text == nil {
		return 0
	}
	for _, p := range s.Passages {
		span, err := p.Span()
		if err != nil || span.End > len(text) {
			t.Errorf("%s %s: %s is outside the document", record, s.ID, p.Char)
			continue
		}
		if got := string(text[span.Start:span.End]); got != p.Exact {
			t.Errorf("%s %s %s:\n got %q\nwant %q", record, s.ID, p.Char, p.Exact, got)
		}
	}
	return len(s.Passages)
}

// What the repository holds speaks of the project alone.
func TestNoMachinePaths(t *testing.T) {
	bad := regexp.MustCompile(`/wor` + `k/|/roo` + `t/|proxy\.gol` + `ang|registry\.np` + `mjs`)
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{".git", "node_modules", ".venv", "dist", "bin"}, entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if entry.Name() == ".git" { // of a second working tree: it says where the first is
			return nil
		}
		data, err := os.ReadFile(path)
		if err == nil && !strings.HasSuffix(path, ".sum") {
			if found := bad.Find(data); found != nil {
				t.Errorf("%s holds %q", path, found)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(fmt.Errorf("walk the repository: %w", err))
	}
}
