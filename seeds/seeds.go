// Package seeds is the reviewed data that every binary carries: records of real
// sessions and the authority files that their names resolve to. The words are
// ours, the facts are the cited sources'; only passages and what stands under
// as_written are quoted.
package seeds

import "embed"

// FS holds the files as they lie in this folder.
//
//go:embed actors initiatives instruments judgements people places records series topics
var FS embed.FS
