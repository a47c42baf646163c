package evaluate

import (
	"slices"
	"strings"

	"dialograph/graph"
)

// Score counts over statements. Its zero value is ready to use.
type Score struct{ fields []Field }

// Fields gives the fields that came up, in the order in which they first did.
func (s *Score) Fields() []Field { return slices.Clone(s.fields) }

// MacroF1 is the mean of the fields' F1; 0 if no statement was added.
func (s *Score) MacroF1() float64 {
	if len(s.fields) == 0 {
		return 0
	}
	sum := 0.0
	for _, f := range s.fields {
		sum += f.F1()
	}
	return sum / float64(len(s.fields))
}

// count adds to a field. A field has come up even if nothing is added to it.
func (s *Score) count(name string, tp, fp, fn int) {
	i := slices.IndexFunc(s.fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		i = len(s.fields)
		s.fields = append(s.fields, Field{Name: name})
	}
	f := &s.fields[i]
	f.TP, f.FP, f.FN = f.TP+tp, f.FP+fp, f.FN+fn
}

// value scores a field that has one value. What is among also is right too, but
// if gold has no value counts neither way.
func (s *Score) value(name, found string, gold value, also []value, same func(string, value) bool) {
	missed := 0
	if gold.given() {
		missed = 1
	}
	switch {
	case !isGiven(found):
		if gold.given() {
			s.count(name, 0, 0, 1)
		}
	case gold.given() && same(found, gold):
		s.count(name, 1, 0, 0)
	case slices.ContainsFunc(also, func(a value) bool { return same(found, a) }):
		if gold.given() {
			s.count(name, 1, 0, 0)
		}
	default:
		s.count(name, 0, 1, missed)
	}
}

// isGiven tells whether a record says anything in a field.
func isGiven(found string) bool { return found != "" && found != "unknown" }

// The ways in which one value is the same as gold's.

func sameName(found string, gold value) bool { return sameText(found, gold.name()) }

func sameNumber(found string, gold value) bool { return found == gold.String() }

// sameDate compares dates apart from how sure they are.
func sameDate(found string, gold value) bool {
	const doubt = "?~%"
	return strings.TrimRight(found, doubt) == strings.TrimRight(gold.String(), doubt)
}

func samePosition(found string, gold value) bool { return overlap(found, gold.name()) >= 0.6 }

func sameOffice(found string, gold value) bool {
	return sameOrg(found, gold.name()) || samePosition(found, gold)
}

// Add scores the records extracted from one statement. The notes name each item
// that was added or missed.
func (s *Score) Add(records []*graph.Record, gold *Gold) (notes []string) {
	held := slices.DeleteFunc(slices.Clone(records), func(r *graph.Record) bool { return r.Event.Status != "held" })
	s.meeting(len(held) > 0, gold.event.isMeeting)
	t := statement{score: s, gold: gold, record: closest(held, gold)}
	t.event()
	t.chairs()
	t.members()
	t.forbidden()
	t.mentions("topics", 0.5, t.record.Topics, gold.topics, gold.references, gold.optional.topics)
	t.mentions("references", 0.6, t.record.References, gold.references, gold.topics, gold.optional.references)
	t.nextSession()
	return t.notes
}

// meeting scores whether a meeting was reported at all.
func (s *Score) meeting(found, gold bool) {
	s.count("is_meeting", one(found && gold), one(found && !gold), one(!found && gold))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// closest gives the record that gold speaks of, judged by ordinal and name; of
// records that are as close, the first. Without records it gives an empty one.
func closest(records []*graph.Record, gold *Gold) *graph.Record {
	best, most := &graph.Record{}, -1.0
	for _, r := range records {
		near := overlap(r.Event.Name, gold.event.name.name())
		if gold.event.ordinal.equalsOrdinal(r.Event.Ordinal) {
			near += 2
		}
		if near > most {
			best, most = r, near
		}
	}
	return best
}
