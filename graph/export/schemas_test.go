package export_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dialograph/graph/export"
)

// xmllint finds GraphML and GEXF to be as their XML schemas want them, which
// JGraphT's jar holds. It is told of two differences:
//
//   - GraphML's schema wants identifiers without "/" and "~" (NMTOKEN), which no
//     reader minds; they are written with other signs for it.
//   - The jar has the schema of GEXF 1.2draft. What we write of 1.3 is the same in
//     another namespace, but for timerepresentation, which is left out for it.
func TestXMLSchemas(t *testing.T) {
	schemas := unpackSchemas(t)
	for name, x := range map[string]*export.Selection{"whole": whole(t), "awkward": awkward(t)} {
		for _, view := range export.Views() {
			for _, name := range []string{name + " graphml", name + " gexf"} {
				t.Run(fmt.Sprint(name, " ", view), func(t *testing.T) {
					_, syntax, _ := strings.Cut(name, " ")
					body, _ := write(t, x, export.Request{Format: format(t, syntax), View: view})
					if out, err := validate(schemas, syntax, body); err != nil {
						t.Errorf("%v\n%.3000s", err, out)
					}
				})
			}
		}
	}
}

// A schema that takes anything would prove nothing.
func TestXMLSchemasRefuse(t *testing.T) {
	schemas := unpackSchemas(t)
	for _, fault := range []struct{ syntax, old, with, want string }{
		{"graphml", `attr.type="string"`, `attr.type="text"`, "attr.type"},
		{"graphml", `<data key="n.label">`, `<data key="n.nothing">`, "n.nothing"},
		{"graphml", ` target="`, ` to="`, "'target' is required"},
		{"graphml", `    <edge id="`, `    <edge source="nobody" id="`, "redefined"},
		{"gexf", `type="string"`, `type="text"`, "text"},
		{"gexf", ` start="2020-05-01"`, ` start="May"`, "May"},
		{"gexf", ` weight="1"`, ` weight="much"`, "much"},
		{"gexf", `<nodes>`, `<nodes><attvalue for="x" value="x"/>`, "attvalue"},
	} {
		body, _ := write(t, awkward(t), export.Request{Format: format(t, fault.syntax), View: export.Attendance})
		wrong := strings.Replace(string(body), fault.old, fault.with, 1)
		if out, err := validate(schemas, fault.syntax, []byte(wrong)); err == nil || !strings.Contains(out, fault.want) {
			t.Errorf("%s with %s in place of %s: %v %s", fault.syntax, fault.with, fault.old, err, out)
		}
	}
}

// validate runs xmllint on a document, adapted as TestXMLSchemas says.
func validate(schemas, syntax string, body []byte) (string, error) {
	switch syntax {
	case "graphml":
		body = ends.ReplaceAllFunc(body, func(tag []byte) []byte {
			return identifier.ReplaceAllFunc(tag, func(b []byte) []byte {
				return otherSigns.ReplaceAllFunc(b, func(sign []byte) []byte { return fmt.Appendf(nil, "_%X_", sign) })
			})
		})
	case "gexf":
		for _, r := range [][2]string{
			{`xmlns="http://gexf.net/1.3" version="1.3"`, `xmlns="http://www.gexf.net/1.2draft" version="1.2"`},
			{` timerepresentation="interval"`, ``},
		} {
			if !bytes.Contains(body, []byte(r[0])) {
				return "", fmt.Errorf("the document has no %s", r[0])
			}
			body = bytes.Replace(body, []byte(r[0]), []byte(r[1]), 1)
		}
	}
	cmd := exec.Command("xmllint", "--nonet", "--noout", "--schema", filepath.Join(schemas, syntax+".xsd"), "-")
	cmd.Stdin = bytes.NewReader(body)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

var (
	ends       = regexp.MustCompile(`(?m)^ *<(node|edge) .*$`)
	identifier = regexp.MustCompile(`="[^"]*"`)
	otherSigns = regexp.MustCompile(`[^="\w.:-]`)
)

// unpackSchemas puts the schemas into a folder, from the jar that testdata/schemas
// names and .ci/run fetches: they are not ours to keep here.
func unpackSchemas(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed (libxml2-utils)")
	}
	folder := filepath.Join("testdata", "schemas")
	list, err := os.ReadFile(filepath.Join(folder, "jar.sha256"))
	if err != nil {
		t.Fatal(err)
	}
	want, name, _ := strings.Cut(strings.TrimSpace(string(list)), "  ")
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Skipf("%s is not at hand; .ci/run fetches it: %v", name, err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
		t.Fatalf("%s has the SHA-256 %x, want %s", name, sum, want)
	}
	jar, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, file := range []string{"graphml.xsd", "xlink.xsd", "gexf.xsd", "viz.xsd"} {
		f, err := jar.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
