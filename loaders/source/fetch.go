package source

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// FetchOptions say how a document is fetched. The zero value is for addresses
// that somebody gave: it does not reach into the own network.
type FetchOptions struct {
	Timeout      time.Duration // of everything; zero means 30 seconds
	MaxSize      int64         // in bytes; zero, and anything larger, means MaxSize
	AllowPrivate bool          // reach private, loopback and link-local addresses too
}

const (
	fetchTimeout = 30 * time.Second
	maxRedirects = 5
	userAgent    = "dialograph/1 (+reads public statements)"
)

// Fetch reads the document at an address on the web. Its URL is the address that
// answered in the end.
//
// Every address that a name resolves to is checked when it is dialled, also
// after a redirect, so a name cannot point into the own network later. A proxy
// would dial in our place and defeat that; therefore those of the environment
// (HTTP_PROXY and others) are not used.
func Fetch(ctx context.Context, address string, o FetchOptions) (*Document, error) {
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = fetchTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", address, err)
	}
	if err := checkURL(request.URL); err != nil {
		return nil, fmt.Errorf("fetch %s: %w", request.URL.Redacted(), err)
	}
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Accept", "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5")
	d, err := o.get(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", address, withoutURL(err))
	}
	return d, nil
}

func (o FetchOptions) get(ctx context.Context, request *http.Request) (*Document, error) {
	client := o.client()
	defer client.CloseIdleConnections()
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	limit := int64(MaxSize)
	if o.MaxSize > 0 {
		limit = min(limit, o.MaxSize)
	}
	if response.ContentLength > limit {
		return nil, fmt.Errorf("is larger than %s", size(limit))
	}
	data, err := limited(response.Body, limit)
	if err != nil {
		return nil, err
	}
	final := *response.Request.URL
	final.Fragment, final.RawFragment = "", ""
	d, err := read(ctx, final.String(), data, response.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	d.URL = final.String()
	d.Publisher = firstOf(d.Publisher, hostOf(d.URL))
	return d, nil
}

func (o FetchOptions) client() *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !o.AllowPrivate {
		dialer.Control = refusePrivate
	}
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil,
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  fetchTimeout,
			MaxResponseHeaderBytes: 1 << 20,
		},
		CheckRedirect: func(request *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return fmt.Errorf("more than %d redirects", maxRedirects)
			}
			return checkURL(request.URL)
		},
	}
}

// withoutURL drops the address that package net/http puts before its errors.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("only http and https addresses are fetched, not %q", u.Scheme)
	case u.Hostname() == "":
		return errors.New("the address has no host")
	case u.User != nil:
		return errors.New("addresses with a user name are not fetched")
	}
	return nil
}

// refusePrivate is asked before each connection, with the address that the name
// resolved to.
func refusePrivate(network, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !isPublic(at.Addr()) {
		return fmt.Errorf("%s is not a public address; such are fetched only where that is allowed", at.Addr())
	}
	return nil
}

// notPublic are the blocks, beyond those that netip knows, which are not on the
// public internet: https://www.iana.org/assignments/iana-ipv4-special-registry and
// iana-ipv6-special-registry.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carrier-grade NAT
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), // IPv4-compatible
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), // Teredo and others
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("3fff::/20"),
	netip.MustParsePrefix("5f00::/16"),
	netip.MustParsePrefix("fec0::/10"), // site-local, of old
}

var (
	nat64   = netip.MustParsePrefix("64:ff9b::/96")
	sixToIV = netip.MustParsePrefix("2002::/16")
)

// isPublic tells whether an address is on the public internet. An IPv4 address
// inside one of IPv6 counts as itself.
func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	b := a.As16()
	switch {
	case nat64.Contains(a):
		return isPublic(netip.AddrFrom4([4]byte(b[12:])))
	case sixToIV.Contains(a):
		return isPublic(netip.AddrFrom4([4]byte(b[2:6])))
	}
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return false
	}
	for _, block := range notPublic {
		if block.Contains(a) {
			return false
		}
	}
	return true
}
