package review

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/record"
)

// Item is a record of a folder, with all that a reviewer looks at.
type Item struct {
	Name     string // of its files; the id, unless another document has that
	File     string
	State    string // unreviewed | needs-review | reviewed
	Record   *graph.Record
	Proposed *graph.Record // what extraction last proposed; nil for what a person wrote
	Text     string        // of the document; "" where it is not at hand
	Changes  []Change      // what a person made of the proposal
	Problems []record.Problem
}

// Items lists the records of a folder by name. Files that cannot be read are
// problems; so is a record whose id is not the name of its file. What is wrong
// within a record is among the item's own problems.
func (f Folder) Items() ([]Item, []record.Problem, error) {
	entries, err := os.ReadDir(f.Dir)
	if err != nil {
		return nil, nil, err
	}
	var items []Item
	var problems []record.Problem
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".yaml")
		if !ok || e.IsDir() || strings.HasPrefix(name, ".") {
			continue
		}
		item, faults, err := f.item(name)
		problems = append(problems, faults...)
		if err != nil {
			problems = append(problems, record.Problem{File: f.recordFile(name), Problem: graph.Problem{Severity: graph.Error, Message: err.Error()}})
		}
		if item != nil {
			items = append(items, *item)
		}
	}
	return items, problems, nil
}

// Item reads one record of a folder, by its id or the name of its file without
// the ending.
func (f Folder) Item(name string) (Item, []record.Problem, error) {
	id, digits := splitName(name)
	if err := graph.CheckSlug(id); err != nil {
		return Item{}, nil, fmt.Errorf("open record in %s: id %w", f.Dir, err)
	}
	if digits != "" && graph.CheckSlug(digits) != nil {
		return Item{}, nil, fmt.Errorf("open record in %s: %q is not the name of a record", f.Dir, name)
	}
	item, problems, err := f.item(name)
	if item == nil {
		return Item{}, problems, err
	}
	return *item, problems, err
}

func (f Folder) item(name string) (*Item, []record.Problem, error) {
	doc, _, faults, err := readRecord(f.recordFile(name))
	if err != nil || doc == nil {
		return nil, faults, err
	}
	item := &Item{Name: name, File: f.recordFile(name), State: doc.Record.Review, Record: doc.Record, Problems: doc.Problems()}
	var problems []record.Problem
	if id, _ := splitName(name); id != doc.Record.ID {
		problems = append(problems, doc.At(graph.Problem{Path: "id", Severity: graph.Warning, Message: fmt.Sprintf("%q is not the name of the file", doc.Record.ID)}))
	}
	proposal, _, faults, err := readRecord(f.proposalFile(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	problems = append(problems, faults...)
	if proposal != nil {
		item.Proposed = proposal.Record
		item.Changes = Changes(proposal.Record, doc.Record)
	}
	text, err := os.ReadFile(f.textFile(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	item.Text = string(text)
	return item, problems, nil
}
