// Package index is the immutable, typed view that readers get of the store's
// quads: a [Snapshot], built as a whole, swapped as a whole, never changed.
//
// It is built from quads alone, so that every start proves that what was
// written can be read. Things are linked by pointers; lists are sorted by
// identifier, or by date where they have one.
//
// Surprising: everything a Snapshot returns is shared. Do not change it.
package index
