package extract_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// No test statement has the mail address or telephone number of anybody: those
// in contact lines are made up, and look it.
func TestStatementsHoldNoContacts(t *testing.T) {
	mail := regexp.MustCompile(`[\w.%+-]+@[\w-]+(?:\.[\w-]+)+`)
	phone := regexp.MustCompile(`(?m)(?:^|[\s(:])\+\d[\d ()/.-]{5,}\d`)
	paths, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("found no statements: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range mail.FindAllString(string(text), -1) {
			if !strings.HasSuffix(found, "@example.org") {
				t.Errorf("%s: has the mail address %s", path, found)
			}
		}
		for _, found := range phone.FindAllString(string(text), -1) {
			if strings.ContainsAny(found, "123456789") {
				t.Errorf("%s: has the telephone number %s", path, found)
			}
		}
	}
}
