package participations

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/edtf"
	"dialograph/graph/names"

	"golang.org/x/text/language"
)

// chosen gives the value of a vocabulary that a text is, whatever its case,
// spaces and hyphens.
func chosen(text string, vocabulary []string) (string, error) {
	for _, v := range vocabulary {
		if fold(v) == fold(text) {
			return v, nil
		}
	}
	return "", fmt.Errorf("%q is not one of %s", text, strings.Join(vocabulary, ", "))
}

// someOrder matches a date whose order of day and month only a person could tell.
var someOrder = regexp.MustCompile(`^[0-9]{1,2}[/. -][0-9]{1,2}[/. -](?:[0-9]{2}|[0-9]{4})$`)

// date checks a date. It stays as it is written.
func date(text string) (string, error) {
	if someOrder.MatchString(text) {
		return "", fmt.Errorf("%q does not say which is the day and which the month; write the year first, as in 2021-04-03", text)
	}
	if _, err := edtf.Parse(text); err != nil {
		return "", fmt.Errorf("%w; want a date such as 2021-04-03, 2021-04 or 2021-04-03/2021-04-05 (EDTF)", err)
	}
	return text, nil
}

func languageTag(text string) (string, error) {
	if _, err := language.Parse(text); err != nil {
		return "", fmt.Errorf("%q is not the tag of a language, such as en or ko (BCP 47)", text)
	}
	return text, nil
}

func anything(text string) (string, error) { return text, nil }

// address checks what may be the address of a source. False means that it is
// words.
func address(text string) (bool, error) {
	if !strings.Contains(text, "://") && !strings.HasPrefix(strings.ToLower(text), "www.") {
		return false, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return false, fmt.Errorf("%q is not an absolute http or https address", text)
	}
	return true, nil
}

var (
	mailAddress = regexp.MustCompile(`[\pL\pN_.%+-]+@[\pL\pN-]+\.[\pL\pN.-]+`)
	phoneNumber = regexp.MustCompile(`(?:^|[\s(:;,])(?:\+|00)[1-9][0-9 ()/.-]{5,}[0-9]`)
)

// contacts names the contact details in a text; "" for none.
func contacts(text string) string {
	switch {
	case strings.Contains(text, "@") && mailAddress.MatchString(text):
		return "an e-mail address"
	case strings.ContainsAny(text, "+0") && phoneNumber.MatchString(text):
		return "a telephone number"
	}
	return ""
}

// identifier tells whether a text is the identifier of a thing of a kind.
func identifier(text string, kind graph.Kind) bool {
	id := graph.ID(text)
	return id.Kind() == kind && id.Slug() != ""
}

// same tells whether two names are one, as names are compared.
func same(a, b string) bool { return nameKey(a) == nameKey(b) }

func nameKey(name string) string {
	if f := names.Fold(name); f != "" {
		return f
	}
	return name
}

// said is one of the values that rows give for something.
type said struct {
	value   string
	row     *row // the first that says it
	support []string
}

// values are the different values that rows give for something, in their order.
type values []said

// add notes that a row says a value. Of each source, the first place counts.
func (v *values) add(value string, x *row, support []string) {
	if value == "" {
		return
	}
	i := slices.IndexFunc(*v, func(s said) bool { return s.value == value })
	if i < 0 {
		*v = append(*v, said{value: value, row: x})
		i = len(*v) - 1
	}
	s := &(*v)[i]
	s.support = cite(s.support, support)
}

// cite adds the supports of sources that are not cited yet.
func cite(list, more []string) []string {
	cited := map[string]bool{}
	for _, s := range list {
		cited[sourceOf(s)] = true
	}
	for _, s := range more {
		if !cited[sourceOf(s)] {
			list = append(list, s)
		}
	}
	return list
}

func sourceOf(support string) string {
	id, _, _ := strings.Cut(support, "#")
	return id
}

// one is the value where rows agree, else "".
func (v values) one() string {
	if len(v) == 1 {
		return v[0].value
	}
	return ""
}

// first is the value of the first row that gives one.
func (v values) first() said {
	if len(v) == 0 {
		return said{}
	}
	return v[0]
}

// claim keeps all values of which none is preferred.
func (v values) claim(field string) graph.Claim {
	c := graph.Claim{Field: field, Note: "Rows of the table disagree."}
	for _, s := range v {
		c.Values = append(c.Values, graph.Value{Value: s.value, Support: s.support})
	}
	return c
}
