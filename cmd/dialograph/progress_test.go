package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	var shown bytes.Buffer
	p := &progress{w: io.Discard, to: &shown, next: time.Now().Add(time.Hour)}
	p.Write(make([]byte, 3<<20))
	p.wipe()
	if shown.Len() > 0 {
		t.Errorf("a short write shows %q", shown.String())
	}
	p.next = time.Now().Add(-time.Second)
	p.Write(make([]byte, 2<<20))
	p.Write([]byte("at once again: not shown"))
	if got := shown.String(); got != "\r5 MB written" {
		t.Errorf("shown: %q", got)
	}
	p.wipe()
	if !strings.HasSuffix(shown.String(), "\r\x1b[K") {
		t.Errorf("the line is not wiped: %q", shown.String())
	}
}

// A stream that is no terminal gets nothing but what it is meant to get.
func TestNoProgressWithoutATerminal(t *testing.T) {
	var out, errOut bytes.Buffer
	a := &app{out: &out, err: &errOut}
	err := a.withProgress(&out, func(w io.Writer) error {
		if _, ok := w.(*progress); ok {
			t.Error("progress is shown to no one")
		}
		return nil
	})
	if err != nil || errOut.Len() > 0 {
		t.Error(err, errOut.String())
	}
}
