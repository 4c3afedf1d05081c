package cataloguetest

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
)

// Client reaches the API at [API.Address] without a network; other addresses are errors. It has no time limit of its own and leaves
// nothing running: make as many as you like.
func (a *API) Client() *http.Client { return &http.Client{Transport: network{a}} }

// network calls the handler where it is called from. The handler heeds its context.
type network struct{ api *API }

var errNoRoute = errors.New("cataloguetest: no such address in this test")

// RoundTrip implements [http.RoundTripper].
func (n network) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }()
	}
	if r.URL.Scheme+"://"+r.URL.Host != n.api.cfg.Address {
		return nil, errNoRoute
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in, err := arriving(r)
	if err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	answered := call(n.api, w, in)
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

// arriving is the request as a server sees it.
func arriving(r *http.Request) (*http.Request, error) {
	in := r.Clone(r.Context())
	in.RequestURI, in.RemoteAddr = r.URL.RequestURI(), "192.0.2.1:1234"
	in.URL = &url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	in.Body = http.NoBody
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		in.Body = io.NopCloser(bytes.NewReader(body))
	}
	if r.URL.Scheme == "https" {
		in.TLS = &tls.ConnectionState{HandshakeComplete: true}
	}
	return in, nil
}

// call says whether the handler came to its end.
func call(handler http.Handler, w http.ResponseWriter, r *http.Request) (answered bool) {
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			panic(p)
		}
	}()
	handler.ServeHTTP(w, r)
	return true
}
