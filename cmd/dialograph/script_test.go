package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what scripts compare with files of their own")

// TestMain lets scripts call the program itself as "dialograph".
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"dialograph": func() {
			os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.LookupEnv))
		},
	})
}

// TestScripts runs testdata/script/*.txtar. Each script begins in an empty
// folder with a copy of testdata/base: "base", which holds an authority file
// and the record talks-01; "kept.graphql", which asks for what is stored of
// that record; and "good.yaml", the record talks-02.
//
// Besides the commands of testscript there are
//
//	status N COMMAND…      runs a command that must end with that exit status
//	fill FILE TIMES TEXT   appends the text so many times; \n, \x00 … as in Go
//	stretch FILE SIZE      makes the file that large, with zero bytes
//
// The condition [race] holds under go test -race.
//
// go test -run TestScripts -update rewrites what a script compares with a file
// of its own (cmp stdout want.txt).
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else go test -race waits a second after each command
			return os.CopyFS(env.WorkDir, os.DirFS("testdata/base"))
		},
		Condition: func(name string) (bool, error) {
			if name != "race" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return underRace(), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "fill": fill, "stretch": stretch},
	})
}

// underRace tells whether the race detector is on.
func underRace() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s ended with exit status %d, want %d", args[1], got, want)
	}
}

func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fill FILE TIMES TEXT")
	}
	times, err := strconv.Atoi(args[1])
	ts.Check(err)
	text, err := strconv.Unquote(`"` + args[2] + `"`)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
	ts.Check(err)
	for range times {
		_, err := f.WriteString(text)
		ts.Check(err)
	}
	ts.Check(f.Close())
}

func stretch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: stretch FILE SIZE")
	}
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}
