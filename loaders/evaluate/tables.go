package evaluate

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// stopWords say nothing about what a name means.
var stopWords = wordSet("a an the of in on and or for to with by at from its their his her both other others as well " +
	"issues issue matters including regarding related")

// honorifics are no part of a person's name.
var honorifics = wordSet("mr mrs ms dr prof h e he hon ambassador amb sir lt gen ret general lieutenant")

// chairRoles are the roles of those who led a side or the session.
var chairRoles = []string{"chair", "co-chair", "head-of-delegation"}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// country is a way of naming a party, folded, and the name that all its ways
// share.
type country struct{ name, party string }

// countries stand in score.py's order: among names of one length it decides
// which is taken out of an organisation's name first.
var countries = []country{
	{"united states", "us"}, {"united states of america", "us"}, {"u s", "us"}, {"u s a", "us"}, {"usa", "us"},
	{"us", "us"}, {"american", "us"},
	{"united kingdom", "uk"}, {"u k", "uk"}, {"uk", "uk"}, {"british", "uk"}, {"great britain", "uk"},
	{"republic of korea", "rok"}, {"south korea", "rok"}, {"korea", "rok"}, {"rok", "rok"}, {"south korean", "rok"},
	{"korean", "rok"},
	{"european union", "eu"}, {"e u", "eu"}, {"eu", "eu"}, {"japanese", "japan"}, {"german", "germany"}, {"indian", "india"},
	{"french", "france"}, {"australian", "australia"}, {"ukrainian", "ukraine"}, {"dutch", "netherlands"},
	{"the netherlands", "netherlands"}, {"brazilian", "brazil"}, {"indonesian", "indonesia"}, {"singaporean", "singapore"},
	{"chinese", "china"}, {"latvian", "latvia"}, {"north atlantic treaty organization", "nato"},
	{"association of southeast asian nations", "asean"},
}

// countryWord finds one country's name as whole words.
type countryWord struct {
	name string
	word *regexp.Regexp
}

// countryWords are the countries, the longest name first.
var countryWords = longestFirst(countries)

func longestFirst(list []country) []countryWord {
	words := make([]countryWord, len(list))
	for i, c := range list {
		words[i] = countryWord{c.name, regexp.MustCompile(`\b` + c.name + `\b`)}
	}
	slices.SortStableFunc(words, func(a, b countryWord) int { return cmp.Compare(len(b.name), len(a.name)) })
	return words
}
