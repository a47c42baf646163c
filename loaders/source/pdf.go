package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// What a PDF may cost.
const (
	pdfTimeout  = 60 * time.Second
	pdfMemory   = 3072 // pages of 64 KiB that the engine may have: 192 MiB
	maxPages    = 2_000
	maxPDFChars = 8 << 20
)

// readPDF reads the text of a PDF, page after page.
func (d *Document) readPDF(ctx context.Context, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, pdfTimeout)
	defer cancel()
	e, err := openEngine()
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	pages, err := e.pages(ctx, data, d)
	if e.close(); ctx.Err() != nil {
		return fmt.Errorf("read PDF: it takes too long: %w", ctx.Err())
	}
	if err != nil {
		return fmt.Errorf("read PDF: %w", err)
	}
	d.MediaType = "application/pdf"
	var b builder
	for _, p := range paragraphsOf(pages) {
		b.add(p.kind, p.words)
	}
	if len(b.blocks) == 0 {
		return errors.New("the PDF has no text; it may be a scan")
	}
	b.into(d)
	return nil
}

// engine is PDFium, compiled to WebAssembly: whatever a hostile file makes of
// it, it has its own memory, no files and no network.
type engine struct {
	cache wazero.CompilationCache
	pool  pdfium.Pool
}

// openEngine compiles PDFium, which takes seconds, or loads what was compiled
// before from the user's cache directory.
func openEngine() (*engine, error) {
	e := &engine{cache: compilationCache()}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(pdfMemory).WithCloseOnContextDone(true)
	if e.cache != nil {
		config = config.WithCompilationCache(e.cache)
	}
	var err error
	e.pool, err = webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig:      wazero.NewFSConfig(), // none of our files
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		e.close()
		return nil, err
	}
	return e, nil
}

// compilationCache is nil where the user has no cache directory.
func compilationCache() wazero.CompilationCache {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	dir = filepath.Join(dir, "dialograph", "pdfium")
	if os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return cache
}

func (e *engine) close() {
	if e.pool != nil {
		e.pool.Close() //nolint:errcheck // nothing is left to be lost
	}
	if e.cache != nil {
		e.cache.Close(context.Background())
	}
}

// pages reads the lines of each page. When the time is over, the engine is
// stopped from outside: PDFium itself knows no time.
func (e *engine) pages(ctx context.Context, data []byte, d *Document) (pages [][]pdfLine, err error) {
	instance, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, err
	}
	module, err := moduleOf(instance)
	if err != nil {
		return nil, err
	}
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		module.CloseWithExitCode(context.Background(), 1) //nolint:errcheck // it ends either way
	})
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the PDF engine does not survive the file: %v", fault)
		}
		if !stop() {
			<-stopped
		}
	}()
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, pdfError(err)
	}
	document := opened.Document
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document})
	if err != nil {
		return nil, err
	}
	if count.PageCount > maxPages {
		return nil, fmt.Errorf("it has %d pages, more than %d", count.PageCount, maxPages)
	}
	d.Title = pdfTitle(instance, document)
	chars := 0
	for i := range count.PageCount {
		lines, n, err := pdfPage(instance, document, i)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, pdfError(err))
		}
		if chars += n; chars > maxPDFChars {
			return nil, fmt.Errorf("it has more than %d letters", maxPDFChars)
		}
		pages = append(pages, lines)
	}
	return pages, nil
}

// moduleOf finds the WebAssembly module of an instance. Closing it is safe at any
// time and ends a call that runs; the library's own Kill fails (v1.17.2).
func moduleOf(instance pdfium.Pdfium) (api.Module, error) {
	if i, ok := instance.(interface{ GetImplementation() any }); ok {
		if v := reflect.Indirect(reflect.ValueOf(i.GetImplementation())); v.Kind() == reflect.Struct {
			if field := v.FieldByName("Module"); field.IsValid() && field.CanInterface() {
				if module, ok := field.Interface().(api.Module); ok {
					return module, nil
				}
			}
		}
	}
	return nil, errors.New("this version of the PDF engine cannot be stopped")
}

func pdfError(err error) error {
	switch {
	case errors.Is(err, pdferrors.ErrPassword):
		return errors.New("it is encrypted and needs a password")
	case errors.Is(err, pdferrors.ErrSecurity):
		return errors.New("it is encrypted in a way that is not read")
	case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile):
		return errors.New("it is damaged, or no PDF")
	}
	// An engine that gives up says where in its code, over many lines.
	if first, _, more := strings.Cut(err.Error(), "\n"); more {
		return fmt.Errorf("the PDF engine does not survive the file, or has too little memory for it: %s", first)
	}
	return err
}

// pdfTitle is what the file calls itself, unless that is the name of another
// file. The date in a PDF is when it was printed, which says nothing here.
func pdfTitle(instance pdfium.Pdfium, document references.FPDF_DOCUMENT) string {
	title, err := instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: document, Tag: "Title"})
	if err != nil {
		return ""
	}
	words := oneLine(strings.Map(printable, title.Value))
	if strings.HasPrefix(words, "Microsoft Word") || fileName.MatchString(words) {
		return ""
	}
	return words
}

var fileName = regexp.MustCompile(`(?i)\.(?:docx?|odt|rtf|indd|pdf|html?|hwpx?|tmp)$`)

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// pdfLine is a line of a page, with its place in points; the origin is at the
// bottom left. All is zero where the engine does not know.
type pdfLine struct {
	words                    string
	left, right, top, bottom float64
	size                     float64 // of the letters
	hyphen                   bool    // the line ends with a hyphen that the engine took away
}

// pdfPage reads the lines of a page. PDFium ends lines with CRLF, but
// after a hyphen it joins the next line and puts U+FFFE, or U+0002, between.
func pdfPage(instance pdfium.Pdfium, document references.FPDF_DOCUMENT, index int) ([]pdfLine, int, error) {
	page, err := instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: index})
	if err != nil {
		return nil, 0, err
	}
	defer instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page}) //nolint:errcheck
	text, err := instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page.Page}})
	if err != nil {
		return nil, 0, err
	}
	defer instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) //nolint:errcheck
	count, err := instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil || count.Count == 0 {
		return nil, 0, err
	}
	if count.Count > maxPDFChars {
		return nil, 0, fmt.Errorf("it has more than %d letters", maxPDFChars)
	}
	all, err := instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text.TextPage, StartIndex: 0, Count: count.Count})
	if err != nil {
		return nil, 0, err
	}
	return linesOf(instance, text.TextPage, all.Text), count.Count, nil
}

func linesOf(instance pdfium.Pdfium, page references.FPDF_TEXTPAGE, text string) []pdfLine {
	var lines []pdfLine
	var words strings.Builder
	first, last, at := -1, -1, 0 // in units of UTF-16, as the engine counts
	end := func(hyphen bool) {
		l := pdfLine{words: strings.TrimFunc(words.String(), isSpace), hyphen: hyphen}
		if first >= 0 {
			l.locate(instance, page, first, last)
		}
		lines = append(lines, l)
		words.Reset()
		first, last = -1, -1
	}
	for _, r := range text {
		switch {
		case r == '\n':
			end(false)
		case r == '\x02', r == '\ufffe':
			end(true)
		case r < ' ' && r != '\t', r == '\u00ad', r == '\ufeff':
		default:
			if !isSpace(r) {
				if first < 0 {
					first = at
				}
				last = at
			}
			words.WriteRune(r)
		}
		at += max(1, utf16.RuneLen(r))
	}
	end(false)
	return lines
}

// locate asks where the first and the last letter of a line stand.
func (l *pdfLine) locate(instance pdfium.Pdfium, page references.FPDF_TEXTPAGE, first, last int) {
	box := func(index int) (left, right, top, bottom, size float64) {
		char, err := instance.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: page, NTextIndex: index})
		if err != nil {
			return
		}
		b, err := instance.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: page, Index: char.CharIndex})
		if err != nil {
			return
		}
		if s, err := instance.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: page, Index: char.CharIndex}); err == nil {
			size = s.FontSize
		}
		return b.Left, b.Right, b.Top, b.Bottom, size
	}
	left, _, top, bottom, size := box(first)
	_, right, _, lastBottom, _ := box(last)
	l.left, l.right, l.top, l.bottom, l.size = left, right, top, min(bottom, lastBottom), math.Abs(size)
}
