package schema

import (
	"fmt"
	"strconv"
	"strings"

	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// claimArgs is the argument that says which values count where sources disagree.
func (b *schemaBuilder) claimArgs(standard index.Claims, doc string) graphql.FieldConfigArgument {
	return graphql.FieldConfigArgument{"claims": {Type: b.claims, DefaultValue: string(standard), Description: doc}}
}

// claimFields declares the fields of an event that sources may disagree about.
func (b *schemaBuilder) claimFields(t *typ) {
	single := func(name string, out graphql.Output, doc string, preferred func(*index.Event) any, claimed func(*request, *index.Event, string, args) any) {
		field := name
		if name == "place" {
			field = "city"
		}
		readWith(t, name, out, doc, b.claimArgs(index.PreferredClaims, "Which value, where sources disagree: ALL is asked for with claimed."),
			func(r *request, e *index.Event, a args) (any, error) {
				return singleClaim(r, e, field, a, preferred, claimed)
			})
	}
	said := func(e *index.Event) *index.EventText { return &e.As }
	single("ordinal", graphql.Int, "Its number in the series.", func(e *index.Event) any { return positive(said(e).Ordinal) }, func(_ *request, _ *index.Event, value string, _ args) any {
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			return nil
		}
		return n
	})
	single("date", b.uncertainDate, "When, how sure, and which passage says so.", func(e *index.Event) any {
		if e.Date.IsZero() {
			return nil
		}
		return &e.Date
	}, func(_ *request, e *index.Event, _ string, a args) any { return dateOrNil(e.DateAs(claimsOf(a))) })
	single("mode", b.eventMode, "How the participants met.", func(e *index.Event) any { return text(said(e).Mode) }, func(_ *request, _ *index.Event, value string, _ args) any {
		for _, mode := range graph.EventModes {
			if mode == value {
				return value
			}
		}
		return nil
	})
	single("venue", graphql.String, "The building.", func(e *index.Event) any { return text(said(e).Venue) }, func(_ *request, _ *index.Event, value string, _ args) any { return text(value) })
	single("place", b.place, "The city, or the country where no city is known.", func(e *index.Event) any { return e.Place() }, func(r *request, _ *index.Event, value string, _ args) any {
		if found := r.snap.Lookup(graph.KindPlace, value); len(found) == 1 {
			return found[0]
		}
		return nil
	})
	readWith(t, "claimed", list(b.claimedValue), "Every value that sources give for one of its own fields; the record's own where they do not disagree.", graphql.FieldConfigArgument{
		"field":  {Type: must(b.claimField), Description: "Which field."},
		"claims": {Type: b.claims, DefaultValue: string(index.AllClaims), Description: "Which values count where sources disagree."},
	}, func(_ *request, e *index.Event, a args) (any, error) {
		return claimedValues(e, a.text("field"), claimsOf(a)), nil
	})
}

func dateOrNil(d index.Date) any {
	if d.IsZero() {
		return nil
	}
	return &d
}

// singleClaim gives the one value of a field that counts, or null.
func singleClaim(r *request, e *index.Event, field string, a args, preferred func(*index.Event) any, claimed func(*request, *index.Event, string, args) any) (any, error) {
	claims := claimsOf(a)
	if claims == index.AllClaims {
		return nil, userErrorf("BAD_ARGUMENT", "claims: a field with one value cannot give ALL; ask for claimed(field: %s)", upper(field))
	}
	c := e.Conflict(field)
	if c == nil || claims == "" || claims == index.PreferredClaims {
		return preferred(e), nil
	}
	values := c.Select(claims)
	if len(values) == 0 {
		if claims == index.MajorityClaims {
			r.note(fmt.Sprintf("sources are evenly divided about the %s of %s, so there is no majority", field, e.ID))
		}
		return nil, nil
	}
	return claimed(r, e, values[0].Value, a), nil
}

// claimedValues gives the values of a field with what says them.
func claimedValues(e *index.Event, field string, claims index.Claims) []index.ClaimedValue {
	if c := e.Conflict(field); c != nil {
		return orNone(c.Select(claims))
	}
	x := &e.As
	value := map[string]string{"name": x.Name, "date": x.Date, "mode": x.Mode, "venue": x.Venue}[field]
	switch {
	case field == "ordinal" && x.Ordinal != 0:
		value = strconv.Itoa(x.Ordinal)
	case field == "city" && e.City != nil:
		value = e.City.Name
	}
	if value == "" {
		return []index.ClaimedValue{}
	}
	return []index.ClaimedValue{{Value: value, Preferred: true, Evidence: e.FieldEvidence(field)}}
}
