package outbound

import (
	"net"
	"net/http"
	"net/url"
	"time"
)

// Doer sends a request, as [*http.Client] does.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// maxHeader is the greatest size of an answer's header, in bytes.
const maxHeader = 64 << 10

// Transport is a transport of its own with a cap on the answer's header. With
// keep, connections stay open for a minute and a half after use.
func Transport(keep bool) *http.Transport {
	return &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: !keep, ForceAttemptHTTP2: true,
		MaxResponseHeaderBytes: maxHeader, TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConnsPerHost: 16, IdleConnTimeout: 90 * time.Second}
}

// Client is a client with a transport of its own, for the few requests that
// keys, metadata and tokens need: no connection stays open, no redirect is
// followed, and each request ends after timeout.
func Client(timeout time.Duration) *http.Client {
	return &http.Client{Transport: Transport(false), Timeout: timeout, CheckRedirect: stay}
}

// Staying gives a client that follows no redirect: an [*http.Client] is copied
// and told so. Any other Doer is given as it is; see [Elsewhere].
func Staying(client Doer) Doer {
	if c, is := client.(*http.Client); is && c != nil {
		own := *c
		own.CheckRedirect = stay
		return &own
	}
	return client
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Elsewhere says whether the answer came from another address than the one that was asked.
func Elsewhere(resp *http.Response, asked string) bool {
	return resp.Request != nil && resp.Request.URL != nil && resp.Request.URL.String() != asked
}

// Secure says whether the address is https, or http on this machine if that is
// allowed, with a host and without user information or fragment.
func Secure(address string, loopback bool) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || u.Opaque != "" {
		return false
	}
	return u.Scheme == "https" || loopback && u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
