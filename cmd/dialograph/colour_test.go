package main

import (
	"os"
	"testing"
)

// The log is coloured on a terminal only, and there not with NO_COLOR. The null
// device stands for a terminal: both are character devices.
func TestColour(t *testing.T) {
	terminal, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, c := range []struct {
		name    string
		out     *os.File
		env     map[string]string
		colours bool
	}{
		{"a terminal", terminal, nil, true},
		{"a terminal, NO_COLOR set", terminal, map[string]string{"NO_COLOR": "1"}, false},
		{"a terminal, NO_COLOR empty", terminal, map[string]string{"NO_COLOR": ""}, true},
		{"a file", file, nil, false},
	} {
		a := &app{err: c.out, env: func(key string) (string, bool) { v, ok := c.env[key]; return v, ok }}
		if got := a.colour(); got != c.colours {
			t.Errorf("%s: colours are %v, want %v", c.name, got, c.colours)
		}
	}
}
