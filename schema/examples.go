package schema

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed examples/*.graphql
var exampleFiles embed.FS

// Example is a query to start from.
type Example struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	About string `json:"about"`
	Query string `json:"query"`
	// Variables is a JSON object, "" where the query takes none.
	Variables string `json:"variables,omitempty"`
}

// ID is the name of an example without its number, by which requests may name it.
func (e Example) ID() string {
	_, id, _ := strings.Cut(e.Name, "-")
	return id
}

// Examples gives the worked examples in their order. The first two comment
// lines of a file are its title and what it is about; a third may give variables.
func Examples() ([]Example, error) {
	files, err := fs.Glob(exampleFiles, "examples/*.graphql")
	if err != nil {
		return nil, err
	}
	var out []Example
	for _, file := range files {
		data, err := exampleFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		lines := strings.SplitN(string(data), "\n", 3)
		if len(lines) < 3 || !strings.HasPrefix(lines[0], "# ") || !strings.HasPrefix(lines[1], "# ") {
			return nil, fmt.Errorf("%s: the first two lines are comments: its title and what it is about", file)
		}
		e := Example{Name: strings.TrimSuffix(path.Base(file), ".graphql"), Title: lines[0][2:], About: lines[1][2:], Query: lines[2]}
		if rest, ok := strings.CutPrefix(e.Query, "# variables: "); ok {
			e.Variables, e.Query, _ = strings.Cut(rest, "\n")
		}
		out = append(out, e)
	}
	return out, nil
}

// ExamplesJSON is the examples as the page reads them.
func ExamplesJSON() ([]byte, error) {
	list, err := Examples()
	if err != nil {
		return nil, err
	}
	return json.Marshal(list)
}
