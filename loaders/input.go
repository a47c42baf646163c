// Package loaders runs the pipeline from files to the store: read, lint,
// resolve who is who, turn into quads, put; and reports what was accepted,
// what was rejected and why.
//
// A record or authority entry is loaded as a whole or not at all. What has an
// error is left out and what the store held of it stays.
package loaders

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/participations"
	"dialograph/loaders/record"
	"dialograph/loaders/source"
)

// Input is one file or address to read.
type Input struct {
	Name     string            // as problems name it
	Columns  map[string]string // of a table: which header stands for which of its columns; nil leaves it to the headers
	open     func() (io.ReadCloser, error)
	document func() (*source.Document, error) // of a press statement
	err      error
}

func (in Input) read() ([]record.Document, []record.Problem) {
	err := in.err
	var r io.ReadCloser
	if err == nil {
		r, err = in.open()
	}
	if err != nil {
		return nil, []record.Problem{{File: in.Name, Problem: graph.Problem{Severity: graph.Error, Message: reason(err)}}}
	}
	defer r.Close()
	if IsTable(in.Name) {
		return participations.Read(in.Name, r, in.Columns)
	}
	return record.Read(in.Name, r)
}

// reason shortens the errors of the file system to what a person needs.
func reason(err error) string {
	switch {
	case os.IsNotExist(err):
		return "does not exist"
	case os.IsPermission(err):
		return "may not be read"
	}
	return err.Error()
}

var endings = []string{".yaml", ".yml", ".json", ".jsonl", ".ndjson"}

// Files gives the inputs that paths name: a file itself, a directory all
// record and authority files below it, in order of their names.
// A file that is named twice is read once.
func Files(paths ...string) []Input {
	seen := map[string]bool{}
	return slices.DeleteFunc(allFiles(paths), func(in Input) bool {
		path, err := filepath.Abs(in.Name)
		twice := err == nil && seen[path]
		seen[path] = true
		return twice
	})
}

func allFiles(paths []string) []Input {
	var out []Input
	for _, path := range paths {
		if IsAddress(path) {
			out = append(out, statement(path))
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			out = append(out, Input{Name: path, err: err})
		case info.IsDir():
			out = append(out, directory(path)...)
		case !info.Mode().IsRegular():
			out = append(out, Input{Name: path, err: fmt.Errorf("is not a regular file")})
		case IsDocument(path):
			out = append(out, statement(path))
		default:
			out = append(out, Input{Name: path, open: func() (io.ReadCloser, error) { return os.Open(path) }})
		}
	}
	return out
}

// statement is a press statement, read when names are known.
func statement(path string) Input {
	return Input{Name: path, document: func() (*source.Document, error) {
		return OpenDocument(context.Background(), path, source.FetchOptions{})
	}}
}

func directory(dir string) []Input {
	var out []Input
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			out = append(out, Input{Name: path, err: err})
			return nil
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != dir {
			return filepath.SkipDir // such as what extraction proposed last
		}
		if !entry.IsDir() && isData(path) {
			if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
				out = append(out, Input{Name: path, err: cmp.Or(err, fmt.Errorf("is not a regular file"))})
				return nil
			}
			out = append(out, Input{Name: path, open: func() (io.ReadCloser, error) { return os.Open(path) }})
		}
		return nil
	})
	if err != nil || len(out) == 0 {
		out = append(out, Input{Name: dir, err: fmt.Errorf("holds no file that ends in %s", strings.Join(endings, ", "))})
	}
	return out
}

func isData(path string) bool {
	return slices.Contains(endings, strings.ToLower(filepath.Ext(path)))
}

// FromFS gives all record and authority files of a file system, under a prefix
// that problems show.
func FromFS(fsys fs.FS, prefix string) ([]Input, error) {
	var out []Input
	err := fs.WalkDir(fsys, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && isData(path) {
			out = append(out, Input{Name: prefix + path, open: func() (io.ReadCloser, error) { return fsys.Open(path) }})
		}
		return err
	})
	return out, err
}
