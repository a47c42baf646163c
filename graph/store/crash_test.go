package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"dialograph/graph/rdf"
	"dialograph/graph/store"
)

// loadDir makes the test binary a process that loads until it is killed.
const loadDir = "DIALOGRAPH_TEST_LOAD"

func TestMain(m *testing.M) {
	if location := os.Getenv(loadDir); location != "" {
		if err := loadForever(location); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

const crashQuads = 40 // of a unit

// version is unit i with the words of a version in every quad.
func version(i, v int) rdf.Unit {
	u := rdf.Unit{Key: fmt.Sprintf("record/r%d", i), Cites: []string{"https://example.org/s"}}
	for n := range crashQuads {
		u.Quads = append(u.Quads, rdf.Quad{Subject: fmt.Sprintf("https://example.org/r%d", i), Predicate: fmt.Sprintf("https://example.org/p%02d", n), Object: rdf.Text(strconv.Itoa(v)), Graph: "https://example.org/s"})
	}
	return u
}

// loadForever replaces twenty units again and again and prints the version once
// it is acknowledged.
func loadForever(location string) error {
	s, err := store.Open(context.Background(), location)
	if err != nil {
		return err
	}
	for v := 1; ; v++ {
		var units []rdf.Unit
		for i := range 20 {
			units = append(units, version(i, v))
		}
		if _, err := s.Put(context.Background(), units); err != nil {
			return err
		}
		fmt.Println(v)
	}
}

// A process killed in the middle of a load leaves every unit wholly in one
// version, none older than what was acknowledged, and the quads as the journal.
func TestKilledWhileLoading(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	rounds := 5
	locations := map[string]string{"directory": t.TempDir()}
	if address := os.Getenv("DIALOGRAPH_TEST_POSTGRES"); address != "" {
		locations["postgres"] = freshDatabase(t, address)
	}
	for name, location := range locations {
		t.Run(name, func(t *testing.T) {
			for round := range rounds {
				acknowledged := killLoader(t, location, time.Duration(30+40*round)*time.Millisecond)
				checkWhole(t, location, acknowledged)
			}
		})
	}
}

// killLoader starts a loader, kills it some time after its first acknowledgement
// and returns the last version that it acknowledged.
func killLoader(t *testing.T, location string, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), loadDir+"="+location)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		v, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the loader says: %s", lines.Text())
		}
		if last == 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
		last = v
	}
	cmd.Wait()
	return last
}

func checkWhole(t *testing.T, location string, acknowledged int) {
	t.Helper()
	ctx := context.Background()
	s := reopen(t, location)
	defer s.Close()
	counts := map[string]map[string]int{}
	err := s.Stored(ctx, func(q rdf.Quad) error {
		if counts[q.Subject] == nil {
			counts[q.Subject] = map[string]int{}
		}
		counts[q.Subject][q.Object.Value]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(counts) != 20 {
		t.Errorf("%d units are there, want 20", len(counts))
	}
	for subject, versions := range counts {
		for v, n := range versions {
			number, _ := strconv.Atoi(v)
			if len(versions) != 1 || n != crashQuads || number < 1 {
				t.Errorf("%s is there in part: %v", subject, versions)
			}
		}
	}
	report, err := s.Check(ctx)
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("check: %v %v", report.Faults, err)
	}
	t.Logf("acknowledged version %d, found %v", acknowledged, counts["https://example.org/r0"])
}

// reopen waits for a killed process's lock to be released.
func reopen(t *testing.T, location string) *store.Store {
	t.Helper()
	for range 20 {
		s, err := store.Open(context.Background(), location)
		if err == nil {
			return s
		}
		if !errors.Is(err, store.ErrLocked) {
			t.Fatal(err)
		}
	}
	t.Fatal("the lock of the killed process stays")
	return nil
}

// A full disk makes a load fail, and what was there before stays whole.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs ulimit")
	}
	dir := t.TempDir()
	// Blocks of 512 or 1024 bytes, as the shell has it: the quads get 16 or 32 MB,
	// the step in which bbolt lets its file grow.
	cmd := exec.Command("sh", "-c", `ulimit -f 40000 && exec "$0" -test.run='^$'`, os.Args[0])
	cmd.Env = append(os.Environ(), loadDir+"="+dir)
	out, err := cmd.CombinedOutput()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err == nil || !strings.HasPrefix(lines[len(lines)-1], "error ") {
		t.Fatalf("the loader should have failed with an error; it said %q, %v", lines[len(lines)-1], err)
	}
	t.Log(lines[len(lines)-1])
	checkWhole(t, dir, len(lines)-1)
}

// An unfinished entry at the end is cut off; damage before it is an error that
// names the place.
func TestDamagedJournal(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	for v := range 3 {
		if _, err := s.Put(ctx, []rdf.Unit{version(v, 1)}); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	path := filepath.Join(dir, "journal.log")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(data []byte) {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(append(append([]byte{}, whole...), 0xff, 0, 0, 0, 1, 2, 3)) // torn
	s, err = store.Open(ctx, dir)
	if err != nil || s.Len() != 3 {
		t.Fatalf("torn tail: %v", err)
	}
	s.Close()
	for _, at := range []int{60, 22, len(whole) - 3} {
		bad := append([]byte{}, whole...)
		bad[at] ^= 0xff
		write(bad)
		if s, err := store.Open(ctx, dir); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("damage at byte %d: got %v", at, err)
			s.Close()
		}
	}
	write(whole)
	s, err = store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

// What is derived can be thrown away: without its quads or its marker a store
// makes them anew from the journal. A journal that lost entries is an error.
func TestLostFiles(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	load := func() {
		s, err := store.Open(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for v := range 3 {
			if _, err := s.Put(ctx, []rdf.Unit{version(v, 1)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	load()
	for _, name := range []string{"quads.bolt", "applied"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(ctx, dir)
		if err != nil {
			t.Fatalf("without %s: %v", name, err)
		}
		report, err := s.Check(ctx)
		if err != nil || len(report.Faults) > 0 || report.Quads != 3*crashQuads {
			t.Errorf("without %s: %+v, %v", name, report, err)
		}
		s.Close()
	}
	path := filepath.Join(dir, "journal.log")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	first := len("dialograph journal 1\n") + 8 + int(whole[21]) + int(whole[22])<<8 + int(whole[23])<<16
	for name, size := range map[string]int{"all": 0, "all but the first entry": first} {
		if err := os.WriteFile(path, whole[:size], 0o644); err != nil {
			t.Fatal(err)
		}
		if s, err := store.Open(ctx, dir); err == nil || !strings.Contains(err.Error(), "acknowledged") {
			t.Errorf("%s cut from the journal: got %v", name, err)
			s.Close()
		}
	}
}
