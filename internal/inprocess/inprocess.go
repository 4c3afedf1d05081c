// Package inprocess lets the HTTP clients of tests call handlers where they are, without a network.
package inprocess

import (
	"bytes"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
)

// Transport finds the handler that answers at an address; its error is the client's. Handlers are waited for, so they have to heed the
// request's context: nothing is left running. One that panics with [http.ErrAbortHandler] gives [io.ErrUnexpectedEOF], as a connection
// that ends does; other panics go through to the caller.
type Transport func(*url.URL) (http.Handler, error)

// RoundTrip implements [http.RoundTripper].
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }()
	}
	handler, err := t(r.URL)
	if err != nil {
		return nil, err
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in, err := arriving(r)
	if err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	answered := call(handler, w, in)
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

// arriving is the request as a server sees it: names of the header in one spelling, the path alone, a body, and whether TLS was used.
func arriving(r *http.Request) (*http.Request, error) {
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
	if r.URL.Scheme == "https" {
		in.TLS = &tls.ConnectionState{HandshakeComplete: true}
	}
	return in, carry(in, r.Body)
}

// carry reads the body before the handler does: one that breaks off never arrives.
func carry(in *http.Request, body io.Reader) error {
	in.Body = http.NoBody
	if body == nil {
		return nil
	}
	all, err := io.ReadAll(body)
	in.Body = io.NopCloser(bytes.NewReader(all))
	return err
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
