package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	journalName  = "journal.log"
	appliedName  = "applied"
	journalMagic = "dialograph journal 1\n"
	maxFrame     = 1 << 30
)

// fileJournal is a file of checksummed frames. The position of an entry is its
// offset after the header.
type fileJournal struct {
	dir  string
	file *os.File
	size int64
}

// openFileJournal opens or creates the journal of a directory. A frame that a
// crash left unfinished at the end is cut off: it was never acknowledged.
func openFileJournal(dir string) (*fileJournal, error) {
	path := filepath.Join(dir, journalName)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	j := &fileJournal{dir: dir, file: file}
	if err := j.recover(); err != nil {
		file.Close()
		return nil, fmt.Errorf("journal %s: %w; put a copy of it back, or move the directory away and load the records again", path, err)
	}
	return j, nil
}

func (j *fileJournal) recover() error {
	info, err := j.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < int64(len(journalMagic)) {
		if applied, err := j.applied(); err != nil || applied > 0 {
			return errors.Join(err, fmt.Errorf("is empty, but entries up to %d had been acknowledged: it is damaged or was cut", applied))
		}
		return j.start()
	}
	head := make([]byte, len(journalMagic))
	if _, err := j.file.ReadAt(head, 0); err != nil {
		return err
	}
	if string(head) != journalMagic {
		return fmt.Errorf("is not a dialograph journal of version 1")
	}
	j.size = info.Size()
	return j.cutTorn()
}

// cutTorn removes an unfinished frame from the end. One that stands before what
// the quad store has already followed was acknowledged once: that is damage.
func (j *fileJournal) cutTorn() error {
	err := j.scan(0, func(int64, int64, []byte) error { return nil })
	var torn *tornError
	if !errors.As(err, &torn) {
		return err
	}
	applied, err := j.applied()
	if err != nil {
		return err
	}
	if torn.at < applied {
		return fmt.Errorf("entry at offset %d is damaged; entries up to %d had been acknowledged", torn.at, applied)
	}
	j.size = int64(len(journalMagic)) + torn.at
	return j.file.Truncate(j.size)
}

func (j *fileJournal) start() error {
	if err := j.file.Truncate(0); err != nil {
		return err
	}
	if _, err := j.file.WriteAt([]byte(journalMagic), 0); err != nil {
		return err
	}
	j.size = int64(len(journalMagic))
	if err := j.file.Sync(); err != nil {
		return err
	}
	return syncDir(j.dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, os.ErrInvalid) {
		return err
	}
	return nil
}

// append writes frames with one sync. If that fails, the disk being full, the
// file is cut back to what it was, so that nothing half-written stays.
func (j *fileJournal) append(frames [][]byte) ([]int64, int64, error) {
	var buf []byte
	var at []int64
	for _, f := range frames {
		at = append(at, j.next()+int64(len(buf)))
		buf = append(buf, frame(f)...)
	}
	_, err := j.file.WriteAt(buf, j.size)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return nil, 0, fmt.Errorf("append to the journal: %w", errors.Join(err, j.file.Truncate(j.size)))
	}
	j.size += int64(len(buf))
	return at, j.next(), nil
}

func (j *fileJournal) next() int64 { return j.size - int64(len(journalMagic)) }

// tornError is a frame at the very end that was not written completely.
type tornError struct{ at int64 }

func (e *tornError) Error() string { return fmt.Sprintf("unfinished entry at offset %d", e.at) }

func (j *fileJournal) section(from int64) io.Reader {
	head := int64(len(journalMagic))
	return io.NewSectionReader(j.file, head+from, j.size-head-from)
}

func (j *fileJournal) scan(from int64, visit func(int64, int64, []byte) error) error {
	r := bufio.NewReaderSize(j.section(from), 1<<20)
	for at := from; at < j.next(); {
		payload, err := readFrame(r, at, j.next())
		if err != nil {
			return err
		}
		next := at + frameHeader + int64(len(payload))
		if err := visit(at, next, payload); err != nil {
			return err
		}
		at = next
	}
	return nil
}

func (j *fileJournal) read(at int64) ([]byte, error) {
	return readFrame(j.section(at), at, j.next())
}

// readFrame reads the frame at an offset. What does not check is torn where
// nothing can follow it, and damage anywhere else.
func readFrame(r io.Reader, at, size int64) ([]byte, error) {
	var head [frameHeader]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, &tornError{at}
	}
	length := int64(binary.LittleEndian.Uint32(head[:4]))
	end := at + frameHeader + length
	if length > maxFrame || end > size {
		return nil, &tornError{at}
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(r, payload); err != nil {
		return nil, &tornError{at}
	}
	if crc32.Checksum(payload, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		if end == size {
			return nil, &tornError{at}
		}
		return nil, fmt.Errorf("entry at offset %d is damaged: wrong checksum", at)
	}
	return payload, nil
}

func (j *fileJournal) applied() (int64, error) {
	mark, err := readApplied(j.dir)
	return mark.Position, err
}

// readApplied reads the marker: a position, and the revision where it is known.
func readApplied(dir string) (Mark, error) {
	data, err := os.ReadFile(filepath.Join(dir, appliedName))
	if errors.Is(err, os.ErrNotExist) {
		return Mark{}, nil
	}
	if err != nil {
		return Mark{}, err
	}
	position, revision, _ := strings.Cut(strings.TrimSpace(string(data)), " ")
	n, err := strconv.ParseInt(position, 10, 64)
	if err != nil {
		return Mark{}, nil // unreadable: follow the journal from its start, which is safe
	}
	return Mark{n, revision}, nil
}

// peekDirectory reads the marker of a directory. The revision counts where the
// journal ends at it.
func peekDirectory(dir string) (Mark, error) {
	mark, err := readApplied(dir)
	if err != nil || mark.Revision == "" {
		return mark, err
	}
	info, err := os.Stat(filepath.Join(dir, journalName))
	if errors.Is(err, os.ErrNotExist) {
		return Mark{Position: mark.Position}, nil
	}
	if err != nil {
		return Mark{}, err
	}
	if info.Size() != int64(len(journalMagic))+mark.Position {
		mark.Revision = ""
	}
	return mark, nil
}

// setApplied replaces the marker as a whole, so that it is never half-written.
func (j *fileJournal) setApplied(next int64, revision string) error {
	if mark, err := readApplied(j.dir); err == nil && revision != "" && mark == (Mark{next, revision}) {
		return nil
	}
	tmp, err := os.CreateTemp(j.dir, appliedName+"-*")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(tmp, strings.TrimSpace(fmt.Sprint(next, " ", revision)))
	if err == nil {
		err = errors.Join(tmp.Chmod(0o644), tmp.Sync())
	}
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(j.dir, appliedName))
	}
	if err != nil {
		os.Remove(tmp.Name())
		return err
	}
	return syncDir(j.dir)
}

func (j *fileJournal) close() error { return j.file.Close() }
