package review

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/names"
)

// identity says what an entry is: entries with the same strict key are the
// same, failing that those with the same loose key, failing that those that are
// kin: they alone cite just the same passages, or have a participant in common.
type identity struct {
	strict, loose string
	kin           []string
}

// identify tells what an entry of a list is.
//
//	participant   the person, else the organisation, and the role; then whatever the role
//	delegation    the party; then a participant in common
//	topic, reference, threat   the name and kind; then the name
//	outcome       the text
//	quotation     who is quoted on what
//	neighbour     the record it names, else the name
//	claim, value  the field; the value
//	source        its document: URL or SHA-256
//	passage       the range
func identify(v reflect.Value) identity {
	switch x := v.Interface().(type) {
	case graph.Participant:
		return identity{strict: words(who(x.Person, x.Organisation), x.Role, fold(x.Side), fold(x.Organisation)), loose: who(x.Person, x.Organisation), kin: cited(x.Support)}
	case graph.Delegation:
		id := identity{strict: fold(x.Party)}
		for _, p := range x.Participants {
			id.kin = append(id.kin, who(p.Person, p.Organisation))
		}
		return id
	case graph.Mention:
		return identity{strict: words(fold(x.Name), x.Kind), loose: fold(x.Name), kin: cited(x.Support)}
	case graph.Outcome:
		return identity{strict: fold(x.Text), kin: cited(x.Support)}
	case graph.Quotation:
		return identity{strict: words(who(x.Person, x.Organisation), fold(x.About)), kin: cited(x.Support)}
	case graph.Neighbour:
		return identity{strict: cmp.Or(x.Event, fold(x.Name)), loose: fold(x.Name), kin: cited(x.Support)}
	case graph.Claim:
		return identity{strict: x.Field}
	case graph.Value:
		return identity{strict: x.Value}
	case graph.Source:
		return identity{strict: words(x.URL, x.SHA256), loose: x.ID} // ids are aligned by document before
	case graph.Passage:
		return identity{strict: x.Char}
	}
	return identity{strict: title(v)}
}

func words(list ...string) string { return strings.Join(list, "\x00") }

func fold(name string) string { return cmp.Or(names.Fold(name), name) }

func who(person, organisation string) string {
	if person != "" {
		return words("person", cmp.Or(names.FoldUnordered(person), person))
	}
	return words("organisation", fold(organisation))
}

// cited gives the passages that an entry cites, as one word; whole sources say
// nothing of what an entry is.
func cited(support []string) []string {
	passages := slices.DeleteFunc(slices.Clone(support), func(s string) bool { return !strings.Contains(s, "#") })
	if len(passages) == 0 {
		return nil
	}
	slices.Sort(passages)
	return []string{strings.Join(passages, " ")}
}

// pair finds, for each entry of a list, which of another it is; -1 for none.
func pair(a, b reflect.Value) []int {
	all := func(n int) []int {
		out := make([]int, n)
		for i := range out {
			out[i] = i
		}
		return out
	}
	out := slices.Repeat([]int{-1}, a.Len())
	for i, j := range pairWithin(a, all(a.Len()), b, all(b.Len())) {
		out[i] = j
	}
	return out
}

// pairWithin pairs some entries of a list with some of another, the surest first.
func pairWithin(a reflect.Value, left []int, b reflect.Value, right []int) map[int]int {
	out := map[int]int{}
	left, right = slices.Clone(left), slices.Clone(right)
	one := func(i, j int) {
		out[i] = j
		right = slices.DeleteFunc(right, func(k int) bool { return k == j })
	}
	rounds := []func(x, y reflect.Value) bool{
		same,
		func(x, y reflect.Value) bool { return identify(x).strict == identify(y).strict },
		func(x, y reflect.Value) bool {
			return identify(x).loose != "" && identify(x).loose == identify(y).loose
		},
	}
	for _, alike := range rounds {
		for _, i := range left {
			if _, done := out[i]; done {
				continue
			}
			if k := slices.IndexFunc(right, func(j int) bool { return alike(a.Index(i), b.Index(j)) }); k >= 0 {
				one(i, right[k])
			}
		}
	}
	left = slices.DeleteFunc(left, func(i int) bool { _, done := out[i]; return done })
	for _, i := range left {
		kin := func(list reflect.Value, among []int, of reflect.Value) []int {
			return slices.DeleteFunc(slices.Clone(among), func(j int) bool { return !areKin(list.Index(j), of) })
		}
		if js := kin(b, right, a.Index(i)); len(js) == 1 && len(kin(a, left, b.Index(js[0]))) == 1 {
			one(i, js[0])
		}
	}
	return out
}

func areKin(a, b reflect.Value) bool {
	return slices.ContainsFunc(identify(a).kin, func(k string) bool { return slices.Contains(identify(b).kin, k) })
}

// title names an entry in a line.
func title(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case graph.Participant:
		return cmp.Or(x.Person, x.Organisation) + " (" + x.Role + ")"
	case graph.Delegation:
		return x.Party
	case graph.Mention:
		return x.Name
	case graph.Outcome:
		return x.Text
	case graph.Quotation:
		return cmp.Or(x.Person, x.Organisation) + " on " + x.About
	case graph.Hiatus:
		return filled(x.Length, x.Reason)
	case graph.NextSession:
		return filled(x.Date, x.City, x.Country, x.Host, x.Note)
	case graph.Neighbour:
		return x.Name
	case graph.Claim:
		return x.Field
	case graph.Value:
		return x.Value
	case graph.Source:
		return cmp.Or(x.URL, x.Title, x.ID)
	case graph.Passage:
		return x.Exact
	}
	return ""
}

// filled joins the texts that are given.
func filled(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), ", ")
}
