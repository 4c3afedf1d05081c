package launchtest

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
)

// Route lets [HelseID.Client] reach a handler at an address such as
// https://api.helseid.example. It panics on an address that is not http or
// https, or has a path, as [http.Handle] does on a bad pattern.
func (h *HelseID) Route(address string, handler http.Handler) {
	origin, is := bareOrigin(address)
	if !is {
		panic("launchtest: Route wants an https or http address without a path")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.routes[origin] = handler
}

// Client reaches the issuer, and what [HelseID.Route] has added, without a
// network; other addresses are errors. It has no time limit of its own and
// keeps nothing: make as many as you like.
func (h *HelseID) Client() *http.Client { return &http.Client{Transport: helseIDNetwork{h}} }

// helseIDNetwork calls handlers where they are called from, so that nothing is
// left running. A handler is waited for, so it has to heed its context.
type helseIDNetwork struct{ h *HelseID }

var errNoRoute = errors.New("launchtest: no such address in this test")

// RoundTrip implements [http.RoundTripper].
func (n helseIDNetwork) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }()
	}
	handler := n.find(r.URL)
	if handler == nil {
		return nil, errNoRoute
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	answered := serve(handler, w, arriving(r))
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if !answered {
		return nil, io.ErrUnexpectedEOF
	}
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

func (n helseIDNetwork) find(u *url.URL) http.Handler {
	origin, _ := bareOrigin(u.Scheme + "://" + u.Host)
	n.h.mu.Lock()
	defer n.h.mu.Unlock()
	return n.h.routes[origin]
}

// arriving is the request as a server sees it: names of the header in one
// spelling, the path alone, a body, and whether TLS was used.
func arriving(r *http.Request) *http.Request {
	in := r.Clone(r.Context())
	in.Header = http.Header{}
	for name, values := range r.Header {
		for _, value := range values {
			in.Header.Add(name, value)
		}
	}
	in.RequestURI, in.RemoteAddr = r.URL.RequestURI(), "192.0.2.1:1234"
	in.URL = &url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	if r.URL.Scheme == "https" {
		in.TLS = &tls.ConnectionState{HandshakeComplete: true}
	}
	return in
}

// serve says whether the handler came to its end.
func serve(handler http.Handler, w http.ResponseWriter, r *http.Request) (answered bool) {
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			panic(p)
		}
	}()
	handler.ServeHTTP(w, r)
	return true
}
