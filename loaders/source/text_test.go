package source

import "testing"

func TestText(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"nothing to change": {"A sentence.\n\n• an item\u00a0here\n", "A sentence.\n\n• an item\u00a0here\n"},
		"line ends":         {"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"},
		"byte-order mark":   {"\ufeffone", "one"},
	} {
		got, err := Text([]byte(c.data))
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, c.want)
		}
	}
	if _, err := Text([]byte("caf\xe9")); err == nil {
		t.Error("text that is not UTF-8 was accepted")
	}
}
