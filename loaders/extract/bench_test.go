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

// BenchmarkNames reads documents in which every sentence names somebody new, so
// that time for each byte can be compared.
func BenchmarkNames(b *testing.B) {
	x := extract.BuiltIn(b)
	for _, size := range []int{500, 1000, 2000, 4000} {
		var text strings.Builder
		text.WriteString("Latvia and Chile held the second Latvia-Chile Cyber Dialogue in Riga on 2 May 2024.\n\n")
		for i := range size {
			name := strings.NewReplacer("0", "a", "1", "e", "2", "i", "3", "o", "4", "u", "5", "an", "6", "en", "7", "in", "8", "on", "9", "un").Replace(fmt.Sprint(i))
			fmt.Fprintf(&text, "The Latvian delegation was led by Ms. K%s B%s, Director for Cyber Policy. Representatives of the Agency for P%s Affairs took part. ", name, name, name)
		}
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				d, err := source.Read("statement.txt", []byte(text.String()))
				if err != nil {
					b.Fatal(err)
				}
				x.Extract(d)
			}
		})
	}
}
