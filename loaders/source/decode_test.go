package source

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

const (
	korean   = "제6차 한-EU 사이버정책협의회가 11월 24일 개최되었다. 양측은 사이버 안보 위협에 대한 의견을 교환하고 협력을 강화하기로 하였다.\n"
	japanese = "第6回日EUサイバー対話が11月24日に開催されました。双方はサイバー空間における脅威について意見交換を行い、協力を強化することで一致しました。\n"
	chinese  = "第六次中欧网络对话于11月24日举行。双方就网络安全威胁交换了意见，并同意加强合作。\n"
	russian  = "Шестой диалог по вопросам кибербезопасности состоялся 24 ноября. Стороны обменялись мнениями об угрозах.\n"
	french   = "Le sixième dialogue sur la cybersécurité s’est tenu à Séoul – les délégations ont réaffirmé leur coopération.\n"
	english  = "The Republic of Korea\u00a0– and Britain’s officials – held their 6th Cyber Dialogue.\n"
)

func encoded(t testing.TB, text, name string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Text that does not say its encoding is read as it was written.
func TestUndeclaredEncodings(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"utf-8", korean}, {"euc-kr", korean}, {"shift_jis", japanese}, {"euc-jp", japanese}, {"iso-2022-jp", japanese},
		{"gb18030", chinese}, {"windows-1251", russian}, {"windows-1252", french}, {"windows-1252", english}, {"utf-16le", english}, {"utf-16be", english},
	} {
		d, err := Read("a.txt", encoded(t, c.text, c.name))
		if err != nil || d.Text != c.text || d.Encoding != c.name {
			t.Errorf("%s: got %+v, %v; want %q", c.name, d, err, c.text)
		}
	}
	for name, data := range map[string][]byte{
		"utf-8":    append([]byte("\xef\xbb\xbf"), korean...),
		"utf-16le": append([]byte("\xff\xfe"), encoded(t, korean, "utf-16le")...),
		"utf-16be": append([]byte("\xfe\xff"), encoded(t, korean, "utf-16be")...),
	} {
		if d, err := Read("a.txt", data); err != nil || d.Text != korean {
			t.Errorf("%s with a mark: got %+v, %v", name, d, err)
		}
	}
}

// What a page or a server declares is followed, but valid UTF-8 is UTF-8.
func TestDeclaredEncodings(t *testing.T) {
	for _, head := range []string{`<meta charset="euc-kr">`, `<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">`} {
		page := "<html><head>" + head + "</head><body><p>The head of delegation was Mr. 김철수.</p></body></html>"
		for name, data := range map[string][]byte{"EUC-KR": encoded(t, page, "euc-kr"), "UTF-8 in truth": []byte(page)} {
			d, err := Read("a", data)
			if err != nil || !strings.Contains(d.Text, "Mr. 김철수.") {
				t.Errorf("%s, %s: got %+v, %v", head, name, d, err)
			}
		}
	}
}

// Text that cannot be decoded is an error that names the byte.
func TestUndecodable(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"damaged UTF-8":            {[]byte(korean + "\xff" + korean), "not valid UTF-8 at byte 152"},
		"damaged, with a mark":     {[]byte("\xef\xbb\xbfok \xff" + korean), "at byte 6"},
		"few letters in a Western": {append([]byte("The head was Mr. "), encoded(t, "김철수", "euc-kr")...), "does not say in which encoding it is; first at byte 17"},
		"declared, but not so":     {append([]byte(`<meta charset="euc-kr"><p>ok `), 0xff, 0xff), "does not decode as euc-kr at byte 29"},
		"half a UTF-16 letter":     {[]byte("\xff\xfea\x00b"), "at byte 4"},
		"zero bytes":               {[]byte("ab\x00\x01\x02\x03cde"), "zero byte at byte 2"},
		"UTF-32":                   {[]byte("\xff\xfe\x00\x00a\x00\x00\x00"), "UTF-32"},
	} {
		if name == "damaged UTF-8" {
			c.want = "not valid UTF-8 at byte " + strconv.Itoa(len(korean))
		}
		if d, err := Read("a", c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %+v, %v; want %q", name, d, err, c.want)
		}
	}
}

func TestForeign(t *testing.T) {
	for data, want := range map[string]string{
		"":                                 "is empty",
		" \n ":                             "is empty",
		"\u200b":                           "has no text",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "old Office",
		`{\rtf1 text}`:                     "RTF",
		"\x1f\x8b\x08\x00":                 "gzip",
		"\x89PNG\r\n\x1a\n\x00\x00":        "image/png",
		"PK\x05\x06" + strings.Repeat("\x00", 18): "not a Word document",
		"PK\x03\x04 and nothing":                  "ZIP",
	} {
		if _, err := Read("a", []byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", data, err, want)
		}
	}
	if _, err := Read("a", bytes.Repeat([]byte("a"), MaxSize+1)); err == nil {
		t.Error("a document beyond the limit was read")
	}
}
