package review

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/loaders/record"
)

// Folder is where records wait for a person. It is made when something is put
// into it.
type Folder struct{ Dir string }

// Outcome is what became of a record that was put into a folder.
type Outcome struct {
	Did  Did
	File string // of the record
	// Beside names the record that already stands for the session: this one
	// comes from another document and has a file of its own.
	Beside   string
	Problems []record.Problem // where a person's value stays against that of extraction
}

// Did is what Put did with a record.
type Did string

// What Put does.
const (
	New       Did = "new"       // there was no such record
	Unchanged Did = "unchanged" // extraction proposes what it did before, or what the record already says
	Updated   Did = "updated"   // the record has taken over something, and everything that a person did not touch
	Kept      Did = "kept"      // the record stays as a person left it; the problems say why
)

// String gives "FILE: what was done".
func (o Outcome) String() string {
	if o.Beside != "" {
		return fmt.Sprintf("%s: %s (another document on %s)", o.File, o.Did, o.Beside)
	}
	return fmt.Sprintf("%s: %s", o.File, o.Did)
}

const hidden = ".extracted"

func (f Folder) recordFile(name string) string { return filepath.Join(f.Dir, name+".yaml") }
func (f Folder) proposalFile(name string) string {
	return filepath.Join(f.Dir, hidden, name+".yaml")
}
func (f Folder) textFile(name string) string { return filepath.Join(f.Dir, hidden, name+".txt") }

// Put writes an extracted record and the text of its document, or merges them
// with what is there. A file that cannot be read is a problem of the outcome
// and left alone; an error is a fault of the file system or an id that is no
// slug.
func (f Folder) Put(r *graph.Record, text string) (Outcome, error) {
	if err := graph.CheckSlug(r.ID); err != nil {
		return Outcome{}, fmt.Errorf("put a record into %s: id %w", f.Dir, err)
	}
	if err := os.MkdirAll(filepath.Join(f.Dir, hidden), 0o777); err != nil {
		return Outcome{}, err
	}
	name, err := f.nameFor(r, text)
	if err != nil {
		return Outcome{}, fmt.Errorf("put record %s: %w", r.ID, err)
	}
	p := put{Folder: f, name: name, theirs: r, text: text, Outcome: Outcome{File: f.recordFile(name)}}
	if name != r.ID {
		p.Beside = r.ID
		p.warn("another document on the session of %s.yaml; put the two together by hand", r.ID)
	}
	if err := p.do(); err != nil {
		return Outcome{}, fmt.Errorf("put record %s: %w", r.ID, err)
	}
	return p.Outcome, nil
}

// nameFor finds the file that stands for a record's document: the record's id,
// with the first digits of the document's SHA-256 where another document has it.
// Such a file comes after the first by name, so that the first is the one that
// stands when the folder is loaded; earlier versions wrote ID.HASH, which came
// before it.
func (f Folder) nameFor(r *graph.Record, text string) (string, error) {
	taken := false
	files := []string{f.recordFile(r.ID), f.proposalFile(r.ID)}
	var others []string
	for _, sign := range []string{beside, "."} {
		found, err := filepath.Glob(filepath.Join(f.Dir, hidden, r.ID+sign+"????????.yaml"))
		if err != nil {
			return "", err
		}
		others = append(others, found...)
	}
	for _, file := range append(others, files[1], files[0]) {
		stored, _, problems, err := readRecord(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		own := file == files[0] || file == files[1]
		if stored != nil && sharesDocument(stored.Record, r) || stored == nil && len(problems) > 0 && own && !taken {
			return nameOf(file), nil
		}
		taken = taken || own
	}
	if !taken {
		return r.ID, nil
	}
	return r.ID + beside + digestOf(r, text)[:8], nil
}

// beside stands between the id and the digits of another document. No id has it.
const beside = "_"

// splitName parts the name of a record's files into its id and the digits of the
// document, which may be missing.
func splitName(name string) (id, digits string) {
	if i := strings.IndexAny(name, beside+"."); i >= 0 {
		return name[:i], name[i+1:]
	}
	return name, ""
}

func nameOf(file string) string {
	base := filepath.Base(file)
	return base[:len(base)-len(".yaml")]
}

func sharesDocument(a, b *graph.Record) bool {
	return slices.ContainsFunc(b.Sources, func(s graph.Source) bool {
		return slices.ContainsFunc(a.Sources, func(t graph.Source) bool { return sameDocument(s, t) })
	})
}

func digestOf(r *graph.Record, text string) string {
	for _, s := range r.Sources {
		if len(s.SHA256) >= 8 && graph.CheckSlug(s.SHA256) == nil {
			return s.SHA256
		}
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// put is one record on its way into a folder.
type put struct {
	Folder
	Outcome
	name   string
	theirs *graph.Record
	text   string
}

func (p *put) warn(format string, args ...any) {
	p.Problems = append(p.Problems, record.Problem{File: p.File, Problem: graph.Problem{Severity: graph.Warning, Message: fmt.Sprintf(format, args...)}})
}

func (p *put) do() error {
	base, _, faults, err := readRecord(p.proposalFile(p.name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	mine, file, more, err := readRecord(p.File)
	gone := errors.Is(err, fs.ErrNotExist)
	if err != nil && !gone {
		return err
	}
	damaged := append(faults, more...)
	switch {
	case len(damaged) > 0:
		p.Did, p.Problems = Kept, append(p.Problems, damaged...)
		return nil
	case gone && base != nil:
		p.Did = Kept
		p.warn("was deleted by a person; delete %s too to have it extracted again", p.proposalFile(p.name))
		return nil
	case gone:
		p.Did = New
		return p.write(p.theirs, nil, nil)
	case base == nil:
		return p.beforeProposal(mine)
	case mine.Record.Review == "reviewed":
		return p.reviewed(base.Record, mine)
	default:
		return p.merge(base.Record, mine, file)
	}
}

// beforeProposal is a record that has no proposal: somebody wrote it.
func (p *put) beforeProposal(mine *record.Document) error {
	p.Did = Unchanged
	for _, c := range Changes(p.theirs, mine.Record) {
		p.Did = Kept
		p.differs(mine, c)
	}
	return p.writeProposal()
}

func (p *put) differs(mine *record.Document, c Change) {
	message := fmt.Sprintf("extraction says %q, the record %q, which stays", c.Was, c.Is)
	switch {
	case c.Was == "":
		message = fmt.Sprintf("extraction does not say %q; it stays", c.Is)
	case c.Is == "":
		message = fmt.Sprintf("extraction says %q, the record does not; it stays as it is", c.Was)
	}
	p.Problems = append(p.Problems, mine.At(graph.Problem{Path: c.Path, Severity: graph.Warning, Message: message}))
}

// reviewed reports what extraction proposes now and did not before, where the
// record says otherwise.
func (p *put) reviewed(base *graph.Record, mine *record.Document) error {
	p.Did = Unchanged
	if sameRecord(base, p.theirs) {
		return p.writeProposal()
	}
	stood := Changes(base, mine.Record)
	for _, c := range Changes(p.theirs, mine.Record) {
		if c.Path != "review" && !slices.Contains(stood, c) {
			p.Did = Kept
			p.differs(mine, c)
		}
	}
	return p.writeProposal()
}

func (p *put) merge(base *graph.Record, mine *record.Document, file []byte) error {
	root, err := parse(file)
	if err != nil {
		return fmt.Errorf("%s: %w", p.File, err)
	}
	m := newMerger(base, mine.Record, p.theirs, commentsOf(root))
	merged := m.record()
	changed := !same(reflect.ValueOf(*merged), reflect.ValueOf(*mine.Record))
	switch {
	case changed:
		p.Did = Updated
		if err := p.write(merged, file, m.moved); err != nil {
			return err
		}
	case len(m.problems) > 0:
		p.Did = Kept
	default:
		p.Did = Unchanged
	}
	doc := mine
	if again, _, _, err := readRecord(p.File); changed && err == nil && again != nil {
		doc = again // problems give the lines of the file as it is now
	}
	for _, problem := range m.problems {
		p.Problems = append(p.Problems, doc.At(problem))
	}
	return p.writeProposal()
}

// write writes the record, with the comments of the file it was, and then the
// proposal: it is what says that the record is up to date.
func (p *put) write(r *graph.Record, file []byte, moved map[string]string) error {
	data, err := encode(r)
	if file != nil && err == nil {
		data, err = writeWith(r, file, moved)
	}
	if err != nil {
		return err
	}
	if err := writeFile(p.File, data); err != nil {
		return err
	}
	if file != nil {
		return nil
	}
	return p.writeProposal()
}

func (p *put) writeProposal() error {
	data, err := encode(p.theirs)
	if err != nil {
		return err
	}
	if err := writeFile(p.textFile(p.name), []byte(p.text)); err != nil {
		return err
	}
	return writeFile(p.proposalFile(p.name), data)
}

func encode(r *graph.Record) ([]byte, error) {
	var b bytes.Buffer
	err := record.Write(&b, record.New(r))
	return b.Bytes(), err
}

// readRecord reads a file that should hold one record. Problems are those that
// leave no record; what else is wrong with it is for a person to see to.
func readRecord(file string) (*record.Document, []byte, []record.Problem, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, nil, err
	}
	docs, problems := record.Read(file, bytes.NewReader(data))
	if len(docs) == 1 && docs[0].Record != nil && docs[0].Number() == 1 && !slices.ContainsFunc(problems, func(p record.Problem) bool { return p.Document != 1 }) {
		return &docs[0], data, nil, nil
	}
	problems = slices.DeleteFunc(problems, func(p record.Problem) bool { return p.Severity != graph.Error })
	if len(problems) == 0 {
		problems = []record.Problem{{File: file, Problem: graph.Problem{Severity: graph.Error, Message: "does not hold one record"}}}
	}
	return nil, data, problems, nil
}

// writeFile replaces a file as a whole, or not at all. What already is there is
// not written again.
func writeFile(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // nothing, once it has its name
	_, err = temp.Write(data)
	if err = cmp.Or(err, temp.Chmod(0o644), temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(temp.Name(), path)
}
