package launchtest

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// cookieJar keeps a browser's cookies by the rules that decide about logins:
// Secure, the prefixes, Domain, Path, age and SameSite, which is Lax unless a
// cookie says otherwise. RFC 6265bis, sections 4.1.3, 5.6 and 5.7.
type cookieJar struct {
	mu   sync.Mutex
	kept []storedCookie
}

type storedCookie struct {
	cookie   http.Cookie
	host     string // of who set it, or its Domain
	hostOnly bool
	expires  time.Time // zero: with the browser
}

// visit is a request as the browser sees it.
type visit struct {
	url       *url.URL
	method    string
	crossSite bool
	now       time.Time
}

// set keeps the cookies of an answer that a browser would keep. All requests are
// for a whole page, and their answers may set cookies with any SameSite.
func (j *cookieJar) set(v visit, cookies []*http.Cookie) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range cookies {
		if stored, good := accept(v, *c); good {
			j.kept = slices.DeleteFunc(j.kept, stored.replaces)
			if stored.expires.IsZero() || v.now.Before(stored.expires) {
				j.kept = append(j.kept, stored)
			}
		}
	}
}

func accept(v visit, c http.Cookie) (storedCookie, bool) {
	secure := isSecure(&url.URL{Scheme: v.url.Scheme, Host: v.url.Host})
	s := storedCookie{cookie: c, host: v.url.Hostname(), hostOnly: c.Domain == ""}
	switch {
	case c.Secure && !secure,
		c.SameSite == http.SameSiteNoneMode && !c.Secure,
		strings.HasPrefix(c.Name, "__Secure-") && !c.Secure,
		strings.HasPrefix(c.Name, "__Host-") && (!c.Secure || c.Domain != "" || c.Path != "/"):
		return s, false
	}
	if c.Domain != "" {
		s.host = strings.TrimPrefix(strings.ToLower(c.Domain), ".")
	}
	if !under(v.url.Hostname(), s.host) {
		return s, false
	}
	if !strings.HasPrefix(c.Path, "/") {
		s.cookie.Path = defaultPath(v.url.Path)
	}
	s.expires = endOf(c, v.now)
	return s, true
}

func endOf(c http.Cookie, now time.Time) time.Time {
	switch {
	case c.MaxAge < 0:
		return now
	case c.MaxAge > 0:
		return now.Add(time.Duration(c.MaxAge) * time.Second)
	}
	return c.Expires
}

func defaultPath(path string) string {
	if last := strings.LastIndexByte(path, '/'); last > 0 {
		return path[:last]
	}
	return "/"
}

func (s storedCookie) replaces(old storedCookie) bool {
	return old.cookie.Name == s.cookie.Name && old.host == s.host && old.cookie.Path == s.cookie.Path
}

// of gives the cookies that a request carries.
func (j *cookieJar) of(v visit) []*http.Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	var sent []*http.Cookie
	for _, s := range j.kept {
		if s.goesTo(v) {
			sent = append(sent, &http.Cookie{Name: s.cookie.Name, Value: s.cookie.Value})
		}
	}
	return sent
}

func (s storedCookie) goesTo(v visit) bool {
	host := v.url.Hostname()
	switch {
	case s.hostOnly && host != s.host, !under(host, s.host),
		!s.expires.IsZero() && !v.now.Before(s.expires),
		s.cookie.Secure && !isSecure(&url.URL{Scheme: v.url.Scheme, Host: v.url.Host}),
		!pathMatches(v.url.Path, s.cookie.Path):
		return false
	}
	switch s.cookie.SameSite {
	case http.SameSiteNoneMode:
		return true
	case http.SameSiteStrictMode:
		return !v.crossSite
	}
	return !v.crossSite || v.method == http.MethodGet
}

func pathMatches(path, of string) bool {
	if path == "" {
		path = "/"
	}
	return path == of || strings.HasPrefix(path, of) && (strings.HasSuffix(of, "/") || path[len(of)] == '/')
}

// under says whether the host is the domain or below it. Addresses and names without a dot have nothing below them.
func under(host, domain string) bool {
	return host == domain || strings.Contains(domain, ".") && net.ParseIP(host) == nil && strings.HasSuffix(host, "."+domain)
}

// site is scheme and registrable domain, roughly: the last two labels. Browsers
// look into the public suffix list, which makes more sites, not fewer.
func site(u *url.URL) string {
	host := u.Hostname()
	if labels := strings.Split(host, "."); len(labels) > 2 && net.ParseIP(host) == nil {
		host = strings.Join(labels[len(labels)-2:], ".")
	}
	return u.Scheme + "://" + host
}
