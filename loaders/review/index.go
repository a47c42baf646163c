package review

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed index.html
var indexHTML string

// IndexName is the file of the page that lists the others.
const IndexName = "index.html"

// PageName is the file of an item's page. No name of an item ends in "_", so
// that none is taken for the list.
func PageName(item Item) string {
	if name := item.Name + ".html"; !strings.EqualFold(name, IndexName) {
		return name
	}
	return item.Name + "_.html"
}

// Index writes an HTML page that lists items, each linked with its page: what is
// still to be reviewed, what a person changed, what is wrong.
func Index(w io.Writer, items []Item) error {
	reviewed := 0
	for _, item := range items {
		if item.State == "reviewed" {
			reviewed++
		}
	}
	t, err := template.New("index").Funcs(template.FuncMap{"page": PageName}).Parse(indexHTML)
	if err != nil {
		return fmt.Errorf("parse the template of the list: %w", err)
	}
	err = t.Execute(w, struct {
		Items    []Item
		Reviewed int
		CSS      template.CSS
		Policy   string // the page runs and loads nothing
	}{items, reviewed, template.CSS(pageCSS), fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src %s", hash(pageCSS))})
	if err != nil {
		return fmt.Errorf("write the list of records: %w", err)
	}
	return nil
}
