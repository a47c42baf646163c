package suggest

import (
	"regexp"
	"strings"

	"dialograph/graph"
)

// system is a way in which names of a language are written in Latin letters.
// Its key is one form for all romanisations: coarse, and not for showing.
type system struct {
	name        string
	familyFirst bool // in their own order
	whole       map[string]string
	replace     []replacement
}

type replacement struct {
	find *regexp.Regexp
	with string
}

// systemOf gives the system of a side, nil where names are written one way.
func systemOf(sides ...graph.ID) *system {
	for _, side := range sides {
		if s := systems[side.Slug()]; s != nil {
			return s
		}
	}
	return nil
}

var systems = map[string]*system{
	"republic-of-korea": korean, "democratic-peoples-republic-of-korea": korean, "north-korea": korean,
	"japan": japanese,
	"china": chinese, "taiwan": chinese, "singapore": chinese, "hong-kong": chinese,
	"ukraine": slavic, "russia": slavic, "russian-federation": slavic, "belarus": slavic,
}

// korean brings together the Revised and the McCune–Reischauer romanisation and
// what people make of their own names: Yoon, Youn, Yun; Kwon, Gwon; Lee, Rhee, Yi.
var korean = &system{
	name: "Korean", familyFirst: true,
	whole: variants(`i: lee yi rhee rhie ri li i
bag: park pak bak bahk
joe: choi choe choy
im: lim im rim yim leem
no: noh roh no ro
yu: ryu ryoo lyu yoo yu you
yang: ryang yang
beg: baek paik paek back baik
u: woo wu u`),
	replace: replacements(`oo u, ou u, ee i, eo o, eu u, wo o, o u, ui i, ai e, ae e, ay e, ch j, sh s, k g, t d, p b, r l, w(u) $1, ([aeiou])h([^aeiouyw]|$) $1$2`),
}

// japanese drops what long vowels and the systems Hepburn and Kunrei differ in.
var japanese = &system{
	name: "Japanese", familyFirst: true,
	replace: replacements(`ou o, oh([^aeiouy]|$) o$1, oo o, uu u, sh s, sy s, tch t, ch t, ty t, ts t, f h, j z, zy z, dz z, m([bpm]) n$1, l r`),
}

// chinese brings together pinyin and the system Wade–Giles.
var chinese = &system{
	name: "Chinese", familyFirst: true,
	replace: replacements(`hs x, sh x, ts z, tz z, zh j, ch j, q j, k g, t d, p b, ung ong, ien ian, ih i, yu u`),
}

// slavic brings together the ways to write Ukrainian and Russian names, and the
// Ukrainian and the Russian form of common given names.
var slavic = &system{
	name: "Slavic",
	whole: variants(`alexander: oleksandr aleksandr alexander olexander oleksander
dmitri: dmytro dmitri dmitry dmitriy dmitrii
sergei: serhiy serhii sergei sergey sergii sergiy
vladimir: volodymyr vladimir wolodymyr
andrei: andriy andrii andrei andrey
nikolai: mykola nikolai nikolay
elena: olena elena yelena
alexei: oleksiy oleksii alexei aleksei alexey
evgeny: yevhen evgeny yevgeny evgenii yevgeniy evhen
anna: hanna anna ganna
katerina: kateryna ekaterina katerina yekaterina
mikhail: mykhailo mikhail mykhaylo
pavel: pavlo pavel
natalia: natalia nataliya nataliia natalya
igor: ihor igor
oleg: oleh oleg`),
	replace: replacements(`shch sh, sch sh, kh h, x ks, g h, tz ts, c([^h]) ts$1, zh z, w v, ff$ v, f$ v, y i, j i, ia a, ie e, iu u, io o, ck k`),
}

// variants reads lines "form: spellings".
func variants(table string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(table) {
		form, spellings, _ := strings.Cut(strings.TrimSpace(line), ":")
		for _, s := range strings.Fields(spellings) {
			out[s] = form
		}
	}
	return out
}

// replacements reads "find with" pairs, in the order of use.
func replacements(table string) []replacement {
	var out []replacement
	for pair := range strings.SplitSeq(table, ", ") {
		find, with, _ := strings.Cut(pair, " ")
		out = append(out, replacement{regexp.MustCompile(find), with})
	}
	return out
}

// key gives the form that all romanisations of a word share.
func (s *system) key(word string) string {
	if s == nil {
		return word
	}
	if form, ok := s.whole[word]; ok {
		return form
	}
	for _, r := range s.replace {
		word = r.find.ReplaceAllString(word, r.with)
	}
	return squeeze(word)
}

// squeeze writes doubled letters once.
func squeeze(word string) string {
	var b strings.Builder
	var last rune
	for _, r := range word {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

var (
	hangulInitials = strings.Split("g kk n d tt r m b pp s ss  j jj ch k t p h", " ")
	hangulVowels   = strings.Split("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i", " ")
	hangulFinals   = strings.Split(" k k k n n n t l k m l l l p l m p p t t ng t t k t p t", " ")
)

// hangul romanises a word, syllable by syllable; "" where it is not Hangul.
func hangul(word string) []string {
	var out []string
	for _, r := range word {
		i := int(r - '가')
		if i < 0 || i >= 19*21*28 {
			return nil
		}
		out = append(out, hangulInitials[i/588]+hangulVowels[i%588/28]+hangulFinals[i%28])
	}
	return out
}

// cyrillic are the letters of Ukrainian and Russian as names.Words leaves them.
var cyrillic = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "h", "ґ", "g", "д", "d", "е", "e", "є", "ye", "ж", "zh", "з", "z", "и", "y", "і", "i", "ї", "i", "к", "k",
	"л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh",
	"щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya", "ё", "e", "й", "y",
)
