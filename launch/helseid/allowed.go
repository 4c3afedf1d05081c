package helseid

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// allowed lets a request pass to the API hosts alone: whoever gets a token and
// its proof may use them for a moment, and a request with a person's data must
// not go astray.
func (c *Client) allowed(r *http.Request) error {
	cfg := &c.shared.cfg
	switch {
	case r.URL == nil || !outbound.Secure(r.URL.Scheme+"://"+r.URL.Host, cfg.AllowLoopback) || r.URL.User != nil || r.URL.Opaque != "":
		return fmt.Errorf("%w: want an https address with a path, without user information", ErrNotAllowed)
	case !slices.Contains(cfg.APIs, plainHost(r.URL.Host)):
		return fmt.Errorf("%w: want one of the hosts in Config.APIs", ErrNotAllowed)
	case r.Host != "" && plainHost(r.Host) != plainHost(r.URL.Host):
		return fmt.Errorf("%w: want no other Host than the address has", ErrNotAllowed)
	case r.RequestURI != "":
		return fmt.Errorf("%w: want a client's request, without RequestURI", ErrNotAllowed)
	}
	if err := wellFormed(r); err != nil {
		return fmt.Errorf("%w: %w", ErrNotAllowed, err)
	}
	if err := c.source.org.check(cfg.MultiTenant); err != nil {
		return &Error{err: noToken(fmt.Errorf("%w: give Config.Organisation or use Client.For", err), false)}
	}
	return nil
}

// wellFormed refuses what net/http would: it does so when there is a connection
// already, and then nobody could tell that nothing was sent.
func wellFormed(r *http.Request) error {
	bodiless := r.Body == nil || r.Body == http.NoBody
	switch target := r.URL.RequestURI(); {
	case r.Method != "" && !isToken(r.Method):
		return errors.New("want a method without spaces and signs") // RFC 9110, section 9.1
	case !strings.HasPrefix(target, "/") || strings.ContainsFunc(target, func(c rune) bool { return c <= ' ' || c == 0x7f }):
		return errors.New("want an escaped path and query, and the path from its slash on")
	case len(r.Trailer) > 0:
		return errors.New("want no Trailer: it is there only when the body was sent")
	case bodiless && r.ContentLength > 0:
		return errors.New("want no ContentLength without a Body")
	}
	return wellFormedHeader(r.Header)
}

// wellFormedHeader looks at names and values (RFC 9110, sections 5.1 and 5.5) and
// at what belongs to the connection (RFC 9113, section 8.2.2).
func wellFormedHeader(h http.Header) error {
	for name, values := range h {
		if !isToken(name) {
			return errors.New("want header names without spaces and signs")
		}
		if slices.ContainsFunc(values, notValue) {
			return errors.New("want header values without line breaks and other control characters")
		}
	}
	if h.Get("Upgrade") != "" || !only(h["Transfer-Encoding"], "chunked") || !only(h["Connection"], "close", "keep-alive") {
		return errors.New("want no header about the connection: Upgrade, Transfer-Encoding, Connection other than close")
	}
	return nil
}

func notValue(value string) bool {
	return strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f })
}

// only says whether there is no value, or one of these.
func only(values []string, good ...string) bool {
	return len(values) == 0 || len(values) == 1 && (values[0] == "" || slices.Contains(good, strings.ToLower(values[0])))
}

// isToken says whether a text is one, as methods and header names are. RFC 9110, section 5.6.2.
func isToken(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(c rune) bool {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", c)
	})
}

// taken are the headers that no identifier of a call may go into: what is set
// here or by net/http, and what means something else to who reads it.
var taken = []string{"Authorization", "Dpop", "Host", "Content-Length", "Cookie", "Content-Type", "Idempotency-Key",
	"User-Agent", "Connection", "Upgrade", "Transfer-Encoding", "Trailer"}

func eventHeader(name string) bool {
	return name == "" || isToken(name) && !slices.Contains(taken, http.CanonicalHeaderKey(name))
}
