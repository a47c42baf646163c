// Package graph says what the things of cyber diplomacy are, when they are
// valid and how they are identified: events, participations, instruments,
// passages, and the authority entries that names resolve to.
//
// The two documents a person edits are [Record] (one event, with everything
// that a source says of it) and [Authority] (who and what the names mean).
// [Record.Problems] and [Authority.Problems] list every fault with its path.
//
// Surprising: a Record holds names as its author wrote them, and beside each a
// Ref that the resolver fills in at load time. The Ref is not part of the file.
//
// The package is pure: no input, no output, no logging, and it imports nothing
// but the standard library and the EDTF dates beside it.
package graph
