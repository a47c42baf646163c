// Package participations reads a table of who took part in what, as CSV, into
// dialogue records: one of each event (docs/records.md, "A table of
// participations").
//
// [Read] takes what dialograph exports and what people write by hand; [Columns]
// are the headers it knows. Nothing is guessed: a date in an order that only a
// person could tell, a role that is not in the vocabulary and a column that is
// not known are named with their line.
//
// Surprising: a quote whose place in its source is not known is a passage of the
// table, which is where it was read, beside the source as a whole; and where the
// rows of an event disagree on it, no value wins – the record has a claim.
package participations
