// Package outbound is what every HTTP request of ours to somebody else shares: a
// client that stays where it was sent, and errors that hold neither address nor
// content.
//
// [Client] makes a client, [Send] sends a request once with any, and its [*Fault]
// says in fixed words why there is no answer and whether the request surely was
// not carried out. The errors of net/http name the whole address, and some quote
// what the server sent: none of that is let through.
//
// Not done here: limits on the body, retries, statuses.
package outbound

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// Fault says why there is no answer, in words of ours alone.
type Fault struct {
	// What happened.
	What string
	// NotSent is true when the request surely was not carried out: it never had a connection.
	NotSent bool

	cause error // context.Canceled, context.DeadlineExceeded or nil
}

// Error says what happened.
func (f *Fault) Error() string { return f.What }

// Unwrap gives [context.Canceled] or [context.DeadlineExceeded], if it was one of them.
func (f *Fault) Unwrap() error { return f.cause }

// Send sends the request once. An error is a [*Fault].
func Send(client Doer, r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, cut(err, true)
	}
	var t trace
	resp, err := client.Do(r.WithContext(t.watch(r.Context())))
	switch {
	case err == nil && resp != nil && resp.Body != nil:
		return resp, nil
	case err == nil:
		return nil, &Fault{What: "the client gave no answer"}
	case resp != nil && resp.Body != nil:
		_ = resp.Body.Close()
	}
	return nil, cut(err, t.unsent())
}

// Cut is the error without what it may tell of the request or the answer, for
// an answer that broke off while it was read.
func Cut(err error) *Fault { return cut(err, false) }

func cut(err error, unsent bool) *Fault {
	f := &Fault{NotSent: unsent || neverConnected(err), What: what(err)}
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, cause) {
			f.cause = cause
		}
	}
	return f
}

func what(err error) string {
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "the call was given up"
	case errors.As(err, &network) && network.Timeout():
		return "no answer in time"
	case errors.As(err, new(*net.DNSError)):
		return "the host's address was not found"
	case errors.As(err, new(*tls.CertificateVerificationError)):
		return "the host's certificate is not trusted"
	case neverConnected(err):
		return "no connection"
	}
	return "the connection broke, or the answer was not HTTP"
}

// neverConnected knows the errors from before a connection stands.
func neverConnected(err error) bool {
	var op *net.OpError
	return errors.As(err, new(*net.DNSError)) || errors.As(err, new(*tls.CertificateVerificationError)) ||
		errors.As(err, &op) && op.Op == "dial"
}

// trace sees whether a request was given a connection. Who sends it by other
// means than net/http asks for none, and nothing is known then.
type trace struct{ asked, got atomic.Bool }

func (t *trace) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { t.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { t.got.Store(true) },
	})
}

func (t *trace) unsent() bool { return t.asked.Load() && !t.got.Load() }
