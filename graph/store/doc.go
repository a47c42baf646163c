// Package store holds quads durably. It is the only importer of Cayley.
//
// What is loaded, replaced and retracted is a unit: the quads of one record or
// authority entry. Each change is first appended to a journal, which is the
// truth; the quad store is derived from it. What was journalled but not yet
// applied is applied on open, and [Rebuild] makes the quads anew.
//
// Three backends share that: a local directory (bbolt), memory, and
// PostgreSQL. storetest is the suite that all of them pass.
//
// Surprising: Cayley's key-value backends corrupt data when one batch adds and
// deletes, when a batch fails and the handle is used again, or when a reader
// works beside a deleting writer (docs/decisions/0003). So adds and deletes are
// separate batches, any error closes the store, and one lock covers a whole
// iteration. And duplicate additions leave nodes behind: never read "all
// nodes" as "all live nodes".
package store
