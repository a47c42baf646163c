package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// spare is how many bytes of garbage may gather before it is collected, where less
// is in use than that. What is mapped is no part of the heap, so a server over a
// mapped snapshot would collect every few requests.
const spare = 64 << 20

// collectSeldom lets garbage gather up to what is spare, or as much as is in use. An
// operator's GOGC stays as it is.
func collectSeldom() {
	if os.Getenv("GOGC") != "" {
		return
	}
	runtime.GC()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(int(max(100, 100*spare/max(live[0].Value.Uint64(), 1<<20))))
}

// collectOften is for work that needs much memory, such as making a snapshot.
func collectOften() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(100)
	}
}
