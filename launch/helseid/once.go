package helseid

import (
	"io"
	"net/http"
	"strings"
)

// once keeps net/http from sending the request again by itself, with the same
// proof, when a connection that was open already breaks under it. It does so for
// the safe methods and with an Idempotency-Key, but not for a request whose body
// it cannot have again; an empty body of unknown length is not written. Over
// HTTP/2 it repeats only what the server has not looked at, so an origin that
// is known to speak it gets no empty body.
func (a attempts) once(r *http.Request) {
	r.GetBody = nil
	_, modern := a.shared.modern.Load(origin(r.URL))
	if bodiless := r.Body == nil || r.Body == http.NoBody; bodiless && !modern && lacksBody(r.Method) {
		r.Body = io.NopCloser(strings.NewReader(""))
	}
}

// lacksBody are methods for which net/http looks whether an unknown body is empty.
func lacksBody(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodDelete:
		return true
	}
	return false
}

// note remembers an origin that speaks HTTP/2.
func (a attempts) note(resp *http.Response, r *http.Request) {
	if resp.ProtoMajor >= 2 {
		a.shared.modern.Store(origin(r.URL), true)
	}
}
