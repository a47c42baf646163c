package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// MaxSize is the largest document that is read, in bytes.
const MaxSize = 32 << 20

// ReadFile reads a document from a file.
func ReadFile(path string) (*Document, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := limited(file, MaxSize)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return Read(path, data)
}

// limited reads everything, or fails when there is more than a limit.
func limited(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("is larger than %s", size(limit))
	}
	return data, err
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

// Read reads a document from its bytes. What it is shows in the bytes, and
// where they leave it open, in the ending of its name.
func Read(name string, data []byte) (*Document, error) {
	return read(context.Background(), name, data, "")
}

// read knows what a server says of a document too: its Content-Type, or "".
func read(ctx context.Context, name string, data []byte, contentType string) (*Document, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%s: is larger than %s", name, size(MaxSize))
	}
	sum := sha256.Sum256(data)
	d := &Document{Name: name, SHA256: hex.EncodeToString(sum[:])}
	if err := d.read(ctx, data, contentType); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(d.Blocks) == 0 {
		return nil, fmt.Errorf("%s: has no text", name)
	}
	return d, nil
}

func (d *Document) read(ctx context.Context, data []byte, contentType string) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return fmt.Errorf("is empty")
	}
	switch {
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return d.readPDF(ctx, data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return d.readDOCX(data)
	}
	if kind := foreign(data); kind != "" {
		return fmt.Errorf("is %s, which is not read; save it as text, HTML, DOCX or PDF", kind)
	}
	media, parameters, _ := mime.ParseMediaType(contentType)
	if isHTML(data, media, strings.ToLower(filepath.Ext(d.Name))) {
		return d.readHTML(data, parameters["charset"])
	}
	return d.readText(data, parameters["charset"])
}

func (d *Document) readText(data []byte, declared string) error {
	text, name, err := decode(data, declared)
	if err != nil {
		return err
	}
	if at := strings.IndexByte(text, 0); at >= 0 {
		return fmt.Errorf("is not a text: it has a zero byte at byte %d of its text", at)
	}
	d.MediaType, d.Encoding = "text/plain", name
	d.Text = newlines(text)
	d.Blocks = blocksOf(d.Text)
	return nil
}

// foreign names what a document is when it is nothing that is read here.
func foreign(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "an old Office, HWP or encrypted document"
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return "a document in RTF"
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return "compressed with gzip"
	}
	kind := http.DetectContentType(data)
	for _, prefix := range []string{"image/", "audio/", "video/", "font/", "application/x-rar", "application/wasm"} {
		// A short text may begin like one of these, so it must not be a text.
		if strings.HasPrefix(kind, prefix) && bytes.ContainsAny(data[:min(len(data), 512)], "\x00\x01\x02\x03") {
			return kind
		}
	}
	return ""
}

// pageStart matches how a page begins, after white space, comments and the XML
// declaration.
var pageStart = regexp.MustCompile(`(?is)^(?:\s|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|table|article|main|section|header|h[1-6]|p|ul|ol|font|center|br|a|span|b)(?:[\s>/])`)

// pageSign matches what stands somewhere in a page, whatever it begins with.
var pageSign = regexp.MustCompile(`(?i)<(?:html|head|body|p|div|table|br|li|h[1-6])(?:\s[^<>]*)?/?>`)

// isHTML tells a page by what it begins with, and by what it is called only if
// it has an element at all.
func isHTML(data []byte, media, ending string) bool {
	head := data[:min(len(data), 4096)]
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil) // enough of UTF-16 to see the elements
	} else if isUTF16(head[:len(head)/2*2]) != "" {
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	if media == "text/plain" {
		return false
	}
	if pageStart.Match(head) {
		return true
	}
	if media == "text/html" || media == "application/xhtml+xml" {
		return true
	}
	switch ending {
	case ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".do":
		return pageSign.Match(data[:min(len(data), 64<<10)])
	}
	return false
}
