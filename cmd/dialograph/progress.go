package main

import (
	"fmt"
	"io"
	"time"
)

// withProgress runs a write. On a terminal it shows how much was written, from
// the second second on, in a line that it wipes at the end.
func (a *app) withProgress(w io.Writer, write func(io.Writer) error) error {
	if !isTerminal(a.err) || a.json || isTerminal(w) {
		return write(w)
	}
	p := &progress{w: w, to: a.err, next: time.Now().Add(time.Second)}
	defer p.wipe()
	return write(p)
}

type progress struct {
	w, to io.Writer
	n     int64
	next  time.Time
	shown bool
}

const progressEvery = 200 * time.Millisecond

func (p *progress) Write(b []byte) (int, error) {
	n, err := p.w.Write(b)
	p.n += int64(n)
	if now := time.Now(); now.After(p.next) {
		p.next, p.shown = now.Add(progressEvery), true
		fmt.Fprintf(p.to, "\r%d MB written", p.n>>20)
	}
	return n, err
}

func (p *progress) wipe() {
	if p.shown {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}
