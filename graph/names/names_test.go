package names

import (
	"slices"
	"testing"
)

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"The European External Action Service": "european external action service",
		"Supreme Prosecutors’ Office":          "supreme prosecutors office",
		"Korea Internet & Security Agency":     "korea internet and security agency",
		"U.S. Department\u00a0of State":        "us department of state",
		"Türkiye":                              "turkiye",
		"Łódź, Straße, Søren, Ærø":             "lodz strasse soren aero",
		"İstanbul ılık":                        "istanbul ilik",
		"국가사이버안보센터":                            "국가사이버안보센터",
		"が":                                    "が",
		"Ёлкин":                                "елкин",
		"ＣＥＲＴ－ＥＵ":                              "cert eu",
		"e\u0329\u0300 and \u0439":             "e and и",
		"The":                                  "the",
		"":                                     "",
	} {
		if got := Fold(name); got != want {
			t.Errorf("Fold(%q) = %q, want %q", name, got, want)
		}
	}
	if FoldUnordered("KANG Yoo-sik") != FoldUnordered("Yoo-sik Kang") {
		t.Error("family name first or last should fold the same, unordered")
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"The 3rd Łódź–Riga Talks": "3rd-lodz-riga-talks",
		"제6차 Cyber Dialogue":      "6-cyber-dialogue",
		"한국":                      "",
	} {
		if got := Slug(name, 24); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
	if got := Slug("one twelve two", 8); got != "one-two" {
		t.Errorf("cut to 8 bytes: %q, want the words that fit", got)
	}
}

func FuzzFoldIsStable(f *testing.F) {
	f.Add("The Łódź & Co.’s ＣＥＲＴ")
	f.Fuzz(func(t *testing.T, name string) {
		once := Fold(name)
		if twice := Fold("the x " + once); twice != "x "+once && once != "" {
			t.Errorf("Fold(%q) = %q, folded again %q", name, once, twice)
		}
	})
}

// Names of ASCII take a short way, which folds them as the long way does.
func FuzzFoldASCII(f *testing.F) {
	f.Add("The U.S. Department of State & Co.'s `x`-y")
	f.Fuzz(func(t *testing.T, name string) {
		words, ok := foldASCII(name)
		if !ok {
			return
		}
		if long := fold(name); !slices.Equal(words, long) {
			t.Errorf("foldASCII(%q) = %q, fold %q", name, words, long)
		}
	})
}
