package store

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/memstore"
	hbolt "github.com/hidal-go/hidalgo/kv/bbolt"
	bolt "go.etcd.io/bbolt"
)

// Memory is the location of a store that lives as long as the process.
const Memory = ":memory:"

// ErrLocked is wrapped by the error for a store that another process writes to.
var ErrLocked = errors.New("another dialograph process is using it")

// backend is where a store keeps its journal and quads.
type backend struct {
	journal journal
	most    int                              // how many quads one batch takes at most
	open    func() (cayley.QuadStore, error) // opens the quads, made if absent
	wipe    func() error                     // removes the quads; they are closed
	unlock  func() error
}

func openBackend(location string) (*backend, error) {
	switch {
	case location == Memory:
		return &backend{
			journal: &memoryJournal{},
			most:    firstBatch,
			open:    func() (cayley.QuadStore, error) { return memstore.New(), nil },
			wipe:    func() error { return nil },
			unlock:  func() error { return nil },
		}, nil
	case IsPostgres(location):
		return openPostgres(location)
	default:
		return openDirectory(location)
	}
}

// IsPostgres tells whether a location is the address of a PostgreSQL database.
func IsPostgres(location string) bool {
	return strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://")
}

// Exists tells whether a store was ever made at a location. Of a database it is
// not known without connecting, so the answer is yes.
func Exists(location string) bool {
	if location == Memory || IsPostgres(location) {
		return true
	}
	_, err := os.Stat(filepath.Join(location, journalName))
	return err == nil
}

// Describe gives a location as it may be shown: without a password.
func Describe(location string) string {
	if !IsPostgres(location) {
		return location
	}
	u, err := url.Parse(location)
	if err != nil {
		return "postgres://…"
	}
	return u.Redacted()
}

const (
	boltName   = "quads.bolt"
	writerName = "writer"
)

// openDirectory opens a local store: journal.log, applied, quads.bolt.
func openDirectory(dir string) (*backend, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is a file; want a directory", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	lock, err := lockDirectory(dir)
	if err != nil {
		return nil, err
	}
	j, err := openFileJournal(dir)
	if err != nil {
		lock()
		return nil, err
	}
	path := filepath.Join(dir, boltName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		// The quads were thrown away, or never made: follow the whole journal.
		if err := j.setApplied(0, ""); err != nil {
			return nil, errors.Join(err, j.close(), lock())
		}
	}
	return &backend{
		journal: j,
		most:    mostBatch,
		open:    func() (cayley.QuadStore, error) { return openBolt(path) },
		wipe:    func() error { return removeIfThere(path) },
		unlock:  lock,
	}, nil
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// lockWait is how long to wait for another process to finish.
const lockWait = 3 * time.Second

// lockDirectory takes the directory for this process. The lock is bbolt's lock
// on a small file, which works on every system and ends with the process.
func lockDirectory(dir string) (unlock func() error, err error) {
	note := filepath.Join(dir, writerName)
	db, err := bolt.Open(filepath.Join(dir, "lock"), 0o644, &bolt.Options{Timeout: lockWait})
	if errors.Is(err, bolt.ErrTimeout) {
		who, _ := os.ReadFile(note)
		return nil, fmt.Errorf("%s: %w%s", dir, ErrLocked, strings.TrimRight(string(who), "\n"))
	}
	if err != nil {
		return nil, err
	}
	os.WriteFile(note, fmt.Appendf(nil, " (process %d, since %s)\n", os.Getpid(), time.Now().UTC().Format(time.RFC3339)), 0o644)
	return func() error { os.Remove(note); return db.Close() }, nil
}

// openBolt opens Cayley over bbolt with our own settings: a mapping so large
// that it is never moved under a reader (which deadlocks), and no bloom filter
// (which costs 300 MB and gains nothing).
func openBolt(path string) (cayley.QuadStore, error) {
	db, err := hbolt.Open(path, &bolt.Options{Timeout: time.Second, InitialMmapSize: mapSize(), FreelistType: bolt.FreelistMapType})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w; dialograph rebuild makes it anew from the journal", path, err)
	}
	options := cayley.Options{kv.OptNoBloom: true}
	if err := kv.Init(db, options); err != nil && !errors.Is(err, cayley.ErrDatabaseExists) {
		return nil, errors.Join(err, db.Close())
	}
	qs, err := kv.New(db, options)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	return qs, nil
}

// mapSize is address space only, but on Windows bbolt makes the file that long.
func mapSize() int {
	const small, large int64 = 256 << 20, 64 << 30
	if runtime.GOOS == "windows" || strconv.IntSize < 64 {
		return int(small)
	}
	return int(large & math.MaxInt)
}
