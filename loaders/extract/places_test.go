package extract_test

import (
	"testing"

	"dialograph/loaders/extract"
)

// A city is written with an article only where that is part of its name.
func TestArticleOfPlace(t *testing.T) {
	x := extract.BuiltIn(t)
	for sentence, want := range map[string]string{
		"Latvia and Chile held the Latvia-Chile Cyber Dialogue in The Hague.":                  "The Hague",
		"Latvia and Chile held the Latvia-Chile Cyber Dialogue in the Hague on 2 May 2024.":    "The Hague",
		"Latvia and Chile held the Latvia-Chile Cyber Dialogue in Riga. The Riga talks ended.": "Riga",
	} {
		records := x.Extract(read(t, "text.txt", sentence)).Records
		if len(records) != 1 || records[0].Event.City != want {
			t.Errorf("%q gives %d records, want one in %s", sentence, len(records), want)
		}
	}
}
