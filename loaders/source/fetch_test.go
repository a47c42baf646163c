package source

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestFetch(t *testing.T) {
	var agent string
	mux := http.NewServeMux()
	mux.HandleFunc("/korean", func(w http.ResponseWriter, r *http.Request) {
		agent = r.UserAgent()
		w.Header().Set("Content-Type", "text/html; charset=euc-kr")
		w.Write(encoded(t, "<p>The head was Mr. 김철수.</p>", "euc-kr"))
	})
	mux.HandleFunc("/plain", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, "<html> is said in a text.")
	})
	mux.Handle("/moved", http.RedirectHandler("/korean#part", http.StatusFound))
	mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusFound))
	mux.Handle("/file", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
	mux.HandleFunc("/large", func(w http.ResponseWriter, r *http.Request) {
		for range 100 {
			fmt.Fprint(w, strings.Repeat("a ", 1000))
		}
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	local := FetchOptions{AllowPrivate: true}

	d, err := Fetch(t.Context(), server.URL+"/moved", local)
	if err != nil || d.Text != "The head was Mr. 김철수." || d.URL != server.URL+"/korean" || d.Publisher != "127.0.0.1" {
		t.Errorf("got %+v, %v", d, err)
	}
	if agent != userAgent {
		t.Errorf("the user agent is %q", agent)
	}
	if d, err := Fetch(t.Context(), server.URL+"/plain", local); err != nil || d.MediaType != "text/plain" {
		t.Errorf("got %+v, %v", d, err)
	}
	for _, c := range []struct {
		address string
		options FetchOptions
		want    string
	}{
		{server.URL + "/korean", FetchOptions{}, "127.0.0.1 is not a public address"},
		{strings.Replace(server.URL, "127.0.0.1", "localhost", 1), FetchOptions{}, "is not a public address"},
		{strings.Replace(server.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1), FetchOptions{}, "is not a public address"},
		{server.URL + "/none", local, "404 Not Found"},
		{server.URL + "/loop", local, "more than 5 redirects"},
		{server.URL + "/file", local, "only http and https"},
		{server.URL + "/large", FetchOptions{AllowPrivate: true, MaxSize: 1000}, "is larger than 1000 bytes"},
		{server.URL + "/slow", FetchOptions{AllowPrivate: true, Timeout: 50 * time.Millisecond}, "deadline exceeded"},
		{"ftp://example.org/a", local, "only http and https"},
		{"file:///etc/passwd", local, "only http and https"},
		{"http://", local, "no host"},
		{"http://user:secret@example.org/", local, "user name"},
	} {
		_, err := Fetch(t.Context(), c.address, c.options)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v, want %q", c.address, err, c.want)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Fetch(cancelled, server.URL+"/korean", local); err == nil {
		t.Error("a cancelled fetch went on")
	}
}

func TestPublicAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "::ffff:8.8.8.8": true, "64:ff9b::808:808": true, "2002:808:808::1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "0.1.2.3": false, "224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false, "::1": false, "::": false,
		"fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12::1": false, "ff02::1": false, "fec0::1": false, "2001:db8::1": false,
		"::ffff:10.0.0.1": false, "::ffff:127.0.0.1": false, "::127.0.0.1": false, "64:ff9b::a00:1": false, "64:ff9b::7f00:1": false,
		"64:ff9b:1::a00:1": false, "2002:7f00:1::1": false, "2001::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: public is %t, want %t", address, got, want)
		}
	}
}
