// Package record reads, lints and writes the files that people edit: dialogue
// records and authority files, as YAML, JSON and JSON Lines (docs/records.md).
//
// [Read] never stops at the first fault: it returns every document that could
// be understood and every [Problem] with its file, line and path.
//
// Surprising: scalars are taken as written, whatever YAML thinks of them, so
// 0123 stays 0123 and a date stays a date; and anchors, aliases and tags are
// refused, which leaves a YAML bomb nothing to expand.
package record
