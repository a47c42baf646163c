//go:build race

package source

// raced tells that the race detector runs, with which the tests of large
// documents take a minute; nothing in them runs at once.
const raced = true
