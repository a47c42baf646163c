package graph

import (
	"fmt"
	"strings"
	"unicode"
)

// Kind is the first part of an identifier: what sort of thing it names.
type Kind string

// The kinds of things in the graph. The first ten are entities: they have
// names and can be searched for.
const (
	KindEvent      Kind = "event"
	KindSeries     Kind = "series"
	KindActor      Kind = "actor"
	KindPerson     Kind = "person"
	KindTopic      Kind = "topic"
	KindInstrument Kind = "instrument"
	KindInitiative Kind = "initiative"
	KindPlace      Kind = "place"
	KindSource     Kind = "source"
	KindRecord     Kind = "record"

	KindPassage       Kind = "passage"
	KindDelegation    Kind = "delegation"
	KindParticipation Kind = "participation"
	KindDiscussion    Kind = "discussion"
	KindReference     Kind = "reference"
	KindOutcome       Kind = "outcome"
	KindQuotation     Kind = "quotation"
	KindThreat        Kind = "threat"
	KindHiatus        Kind = "hiatus"
	KindPlanned       Kind = "planned"
	KindSequence      Kind = "sequence"
	KindClaim         Kind = "claim"
	KindCitation      Kind = "citation"
	KindName          Kind = "name"
	KindPosition      Kind = "position"
	KindMembership    Kind = "membership"
	KindCount         Kind = "count"
	KindJudgement     Kind = "judgement"
)

// ID is a readable, stable identifier of the form kind/slug, such as
// event/eu-rok-cyber-dialogue-06. Under a base IRI it becomes an absolute IRI.
type ID string

// NewID joins a kind and a slug.
func NewID(kind Kind, slug string) ID { return ID(string(kind) + "/" + slug) }

// Kind returns the part before the first slash, or "" where there is none.
func (id ID) Kind() Kind {
	kind, _, ok := strings.Cut(string(id), "/")
	if !ok {
		return ""
	}
	return Kind(kind)
}

// Slug returns the part after the first slash.
func (id ID) Slug() string {
	_, slug, _ := strings.Cut(string(id), "/")
	return slug
}

// CheckSlug says why s cannot be the slug of a curated entry: it must be made
// of lower-case ASCII letters, digits and single hyphens.
func CheckSlug(s string) error {
	if s == "" {
		return fmt.Errorf("is empty")
	}
	if len(s) > 120 {
		return fmt.Errorf("%q is longer than 120 characters", s)
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return fmt.Errorf("%q: only a-z, 0-9 and hyphens are allowed, not %q", s, r)
		}
	}
	if strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") || strings.Contains(s, "--") {
		return fmt.Errorf("%q: hyphens stand singly between letters or digits", s)
	}
	return nil
}

// Slug makes an identifier part from any text: letters and digits of every
// script in lower case, everything else a single hyphen. Letters outside ASCII
// stay, so that two Korean names never fall together; IRIs escape them.
func Slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
