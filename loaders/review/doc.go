// Package review holds what lies between extraction and a person's correction
// of a record: a [Folder] of records with what extraction last proposed beside
// each, [Merge] for when extraction proposes anew, and [Page] and [Text], which
// show a document next to what was read from it; [Index] lists them.
//
//	DIR/ID.yaml             the record, for a person to correct
//	DIR/.extracted/ID.yaml  what extraction last proposed
//	DIR/.extracted/ID.txt   the text that its passages count in
//
// A person's word stands: what a person changed, added, removed or commented on
// is never overwritten, and a record marked as reviewed is not touched at all.
// Where extraction then proposes something else, a warning says so, once: from
// then on it is the last proposal, and [Item.Changes] shows the difference.
//
// Surprising: a record whose file a person deleted does not come back as long as
// its proposal is there; a record without a proposal counts as written by a
// person from end to end; and a statement whose value a person changed keeps the
// passages it cites, since those that extraction found are for another value.
package review
