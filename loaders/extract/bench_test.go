package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"dialograph/loaders/extract"
	"dialograph/loaders/source"
)

// BenchmarkExtract reads documents of growing length, made of the paragraphs of
// the test statements, so that time for each byte can be compared.
func BenchmarkExtract(b *testing.B) {
	x := extract.BuiltIn(b)
	var all strings.Builder
	for _, a := range archives(b, "statements") {
		all.WriteString(a.text)
		all.WriteString("\n\n")
	}
	for _, size := range []int{1 << 10, 10 << 10, 100 << 10, 1 << 20, 10 << 20} {
		text := strings.Repeat(all.String(), size/all.Len()+1)[:size]
		text = strings.ToValidUTF8(text, "")
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				d, err := source.Read("statement.txt", []byte(text))
				if err != nil {
					b.Fatal(err)
				}
				x.Extract(d)
			}
		})
	}
}
