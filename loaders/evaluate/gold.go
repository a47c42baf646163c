package evaluate

import (
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"
)

// Gold is what a careful reader takes from one statement.
type Gold struct {
	event        goldEvent
	chairs       []goldChair
	participants []goldParticipant
	topics       []value
	references   []value
	nextSession  *goldNextSession
	mustNot      []value // names that must never appear as participants
	optional     goldOptional
}

// goldEvent is the meeting that a statement reports, if it reports one.
type goldEvent struct {
	isMeeting                       bool
	name, ordinal, date, city, mode value
	parties                         []value
}

type goldChair struct{ person, position, organisation, side value }

type goldParticipant struct {
	kind, name, side, role value
	accept                 []value // other names that are as good
}

type goldNextSession struct{ place, date value }

// goldOptional is what counts neither way.
type goldOptional struct {
	date, city, mode     []value // of the event
	chairs, participants []value
	topics, references   []value
	nextSession          bool // whatever is said of it
}

// ReadGold reads one gold file. Keys that scoring does not need are left alone.
func ReadGold(r io.Reader) (*Gold, error) {
	top, err := readDocument(r)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	var faults []error
	g := decodeGold(entry{node: top, faults: &faults})
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	return g, nil
}

func readDocument(r io.Reader) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(r, yaml.WithV4Defaults())
	if err != nil {
		return nil, err
	}
	var document, another yaml.Node
	if err := loader.Load(&document); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("the file is empty")
		}
		return nil, err
	}
	if err := loader.Load(&another); !errors.Is(err, io.EOF) {
		return nil, errors.New("the file holds more than one document")
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, errors.New("the file is empty")
	}
	return document.Content[0], nil
}

func decodeGold(top entry) *Gold {
	return &Gold{
		event:        decodeEvent(top.need("event")),
		chairs:       decodeAll(top.need("chairs").list(), decodeChair),
		participants: decodeAll(top.need("participants").list(), decodeParticipant),
		topics:       decodeAll(top.need("topics").list(), entry.named),
		references:   decodeAll(top.need("references").list(), entry.named),
		nextSession:  decodeNextSession(top.need("next_session")),
		mustNot:      decodeAll(top.may("must_not").list(), entry.value),
		optional:     decodeOptional(top.may("optional")),
	}
}

func decodeEvent(e entry) goldEvent {
	return goldEvent{
		isMeeting: e.need("is_meeting").boolean(),
		name:      e.need("name").value(),
		ordinal:   e.need("ordinal").value(),
		date:      e.need("date").value(),
		city:      e.need("city").value(),
		mode:      e.need("mode").value(),
		parties:   decodeAll(e.need("series_parties").list(), entry.value),
	}
}

func decodeChair(e entry) goldChair {
	return goldChair{
		person:       e.need("person").value(),
		position:     e.need("position").value(),
		organisation: e.need("organisation").value(),
		side:         e.need("side").value(),
	}
}

func decodeParticipant(e entry) goldParticipant {
	return goldParticipant{
		kind:   e.need("kind").value(),
		name:   e.need("name").value(),
		side:   e.need("side").value(),
		role:   e.need("role").value(),
		accept: decodeAll(e.may("accept").list(), entry.value),
	}
}

// decodeNextSession gives nil where a statement announces no session.
func decodeNextSession(e entry) *goldNextSession {
	if !e.truth() {
		return nil
	}
	return &goldNextSession{place: e.need("place").value(), date: e.need("date").value()}
}

func decodeOptional(e entry) goldOptional {
	event := e.may("event")
	return goldOptional{
		date:         decodeAll(event.may("date").list(), entry.date),
		city:         decodeAll(event.may("city").list(), entry.value),
		mode:         decodeAll(event.may("mode").list(), entry.value),
		chairs:       decodeAll(e.may("chairs").list(), entry.text),
		participants: decodeAll(e.may("participants").list(), entry.text),
		topics:       decodeAll(e.may("topics").list(), entry.mention),
		references:   decodeAll(e.may("references").list(), entry.mention),
		nextSession:  e.has("next_session"),
	}
}

func decodeAll[T any](entries []entry, decode func(entry) T) []T {
	out := make([]T, len(entries))
	for i, e := range entries {
		out[i] = decode(e)
	}
	return out
}
