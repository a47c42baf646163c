package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// No class of the lexicon lists a word twice, so that what is taken out is out.
func TestLexiconListsEachWordOnce(t *testing.T) {
	var raw map[string]any
	if err := yaml.Load(lexiconFile, &raw); err != nil {
		t.Fatal(err)
	}
	for class, value := range raw {
		list, _ := value.([]any)
		seen := map[string]bool{}
		for _, w := range list {
			if k := key(fmt.Sprint(w)); seen[k] {
				t.Errorf("%s lists %q twice", class, w)
			} else {
				seen[k] = true
			}
		}
	}
}

// Every class that the code or a rule names is in the lexicon, and every class
// of the lexicon is named.
func TestLexiconClassesAreNamed(t *testing.T) {
	l, err := readLexicon()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`(?:\.is\(|hasClass\(rd\.lex\(\), |\.classes\[)"([^"]+)"`)
	var code strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
		for _, m := range asked.FindAllStringSubmatch(string(text), -1) {
			if l.classes[m[1]] == nil {
				t.Errorf("%s names the class %q, which the lexicon does not have", file, m[1])
			}
		}
	}
	for class := range l.classes {
		if !strings.Contains(code.String(), `"`+class+`"`) && !slices.ContainsFunc(strings.Fields(string(rulesFile)), func(w string) bool { return w == "@"+class }) {
			t.Errorf("nothing names the class %q", class)
		}
	}
}
