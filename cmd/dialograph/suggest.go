package main

import (
	"fmt"
	"os"
	"strings"

	"dialograph/loaders/record"
	"dialograph/loaders/review"
	"dialograph/loaders/suggest"
)

// suggest writes which names in records may mean whom, as judgements with the
// verdict "unsure". Nothing is merged until a person decides.
func (a *app) suggest(path string, items []review.Item) error {
	known, events, err := seeded()
	if err != nil {
		return err
	}
	suggester := suggest.New(known, events)
	var all []suggest.Suggestion
	for _, item := range items {
		for _, s := range suggester.For(item.Record) {
			fmt.Fprintf(a.out, "%s %s: %q may be %s: %s\n", item.Name, s.Path, s.B, s.A, strings.Join(s.Why, "; "))
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		fmt.Fprintln(a.out, "no name looks like that of somebody else")
		return nil
	}
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists already; it is not overwritten", path)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := record.Write(file, record.Document{Authority: suggest.File(all)}); err != nil {
		return err
	}
	return file.Close()
}
