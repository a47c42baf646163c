// Package suggest says which differing names may mean one person or one body.
// It proposes and never merges: a [Suggestion] carries a judgement with the
// verdict "unsure", which [File] collects for an editor to decide.
//
// Spelling alone is never enough. A [rule] asks for a likeness of the names and
// for something beside it: the meeting, the office, the body, the side. The
// weaker the one, the stronger the other has to be; the tables personRules and
// bodyRules read from top to bottom.
//
// Surprising: whom one source names side by side are two people, however alike
// they are written. Sides decide: a person of another side, or a ministry of
// another state, is never suggested. An open judgement "unsure" does not end the
// question; its id is used again, so that a new file replaces it. The keys under
// which romanisations fall together are coarse and not for showing; Chinese
// characters are not read at all.
package suggest
