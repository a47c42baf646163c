package source

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// docx makes a Word document of its body and other parts, given as name and text.
func docx(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	parts = append(parts, "word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	docxStyles = `<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Own"><w:name w:val="Our heading"/><w:basedOn w:val="1"/></w:style>
<w:style w:styleId="Bild"><w:name w:val="caption"/></w:style></w:styles>`
	docxNumbers = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`
	docxCore = `<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:dcterms="t"><dc:title>Joint Statement</dc:title><dcterms:created>2020-11-25T09:00:00Z</dcterms:created></cp:coreProperties>`
)

func para(properties, words string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:t xml:space="preserve">` + words + `</w:t></w:r></w:p>`
}

func TestDOCX(t *testing.T) {
	item := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	numbered := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>`
	long := "The two sides agreed to hold the seventh Cyber Dialogue in Seoul in 2021, and to deepen the cooperation of their computer emergency response teams until then."
	d, err := Read("a.docx", docx(t,
		para(`<w:pStyle w:val="Own"/>`, "Joint Statement")+
			`<w:p><w:r><w:t>The EU </w:t></w:r><w:del><w:r><w:delText>once </w:delText><w:t>once</w:t></w:r></w:del><w:ins><w:r><w:t>and the Republic of Korea</w:t></w:r></w:ins><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:hyperlink><w:r><w:t xml:space="preserve"> held a </w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>Cyber</w:t><w:tab/><w:t>Dialogue.</w:t><w:commentReference w:id="0"/></w:r></w:p>`+
			para("", "They discussed:")+para(item, "norms;")+para(item, "capacity building.")+para(numbered, long)+
			`<w:p><w:r><w:t>Seoul</w:t><w:br/><w:t>24 November 2020</w:t></w:r></w:p>`+
			`<w:tbl><w:tr><w:tc>`+para("", "Head")+`</w:tc><w:tc>`+para("", "Yoo Joon-gu")+`</w:tc></w:tr></w:tbl>`+
			`<w:p><w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice>`+`<w:txbxContent>`+para("", "In a box, once.")+`</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>`+para("", "In a box, once.")+`</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`+
			para(`<w:pStyle w:val="Bild"/>`, "The two heads of delegation."),
		"word/styles.xml", docxStyles, "word/numbering.xml", docxNumbers, "docProps/core.xml", docxCore,
		"word/comments.xml", `<w:comments xmlns:w="w"><w:comment>`+para("", "Is this so?")+`</w:comment></w:comments>`))
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, d)
	want := `title     Joint Statement
publisher
published 2020-11-25
language  en-GB
url

heading   Joint Statement
paragraph The EU and the Republic of Korea held a Cyber Dialogue.
paragraph They discussed:
item      norms;
item      capacity building.
paragraph ` + long + `
heading   Seoul
heading   24 November 2020
cell      Head
cell      Yoo Joon-gu
paragraph In a box, once.
caption   The two heads of delegation.
`
	if diff := cmp.Diff(want, show(d)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestHostileDOCX(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("large documents take long")
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"bomb":     {docx(t, strings.Repeat(" ", maxPart+1)), "when it is uncompressed"},
		"deep":     {docx(t, strings.Repeat("<w:sdt>", 300)), "nested deeper"},
		"torn":     {docx(t, "<w:p><w:r><w:t>ok"), "word/document.xml"},
		"no text":  {docx(t, ""), "has no text"},
		"entities": {docx(t, "&lol;"), "entity"},
		"large":    {docx(t, strings.Repeat(para("", strings.Repeat("a", 1<<20)), 20)), "more than 16 MiB of text"},
	} {
		if _, err := Read(name+".docx", c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}
