package oppgave

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

const (
	fhirJSON  = "application/fhir+json"
	plainJSON = "application/json"

	maxAnswer  = 1 << 20  // bytes that are read of a good answer
	maxRefusal = 64 << 10 // and of another
)

// call is one request.
type call struct {
	op           Operation
	method, path string
	body         []byte // nil for none
	kind         string // of the body
}

// send gives the body of a good answer. The error is an [*Error].
func (d *Deliverer) send(ctx context.Context, k call) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, d.cfg.Timeout)
	defer cancel()
	body, err := d.try(ctx, k)
	var e *Error
	if errors.As(err, &e) {
		d.cfg.Logger.WarnContext(ctx, "oppgave: no good answer", "operation", k.op, "status", e.Status, "code", e.Code())
		return nil, e
	}
	d.cfg.Logger.DebugContext(ctx, "oppgave: answered", "operation", k.op)
	return body, nil
}

func (d *Deliverer) try(ctx context.Context, k call) ([]byte, error) {
	r, err := d.request(ctx, k)
	if err != nil {
		return nil, unwritten(k.op)
	}
	client := &remembering{next: d.cfg.HTTP}
	resp, err := outbound.Send(client, r)
	if err != nil {
		return nil, k.noAnswer(client.err, err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch {
	case outbound.Elsewhere(resp, r.URL.String()):
		return nil, &Error{Operation: k.op, kind: ErrAnswer, what: "it came from another address; the HTTP client must follow no redirect"}
	case resp.StatusCode < 200 || resp.StatusCode > 204:
		return nil, d.refusal(k, resp)
	}
	return k.read(resp)
}

func (d *Deliverer) request(ctx context.Context, k call) (*http.Request, error) {
	var body io.Reader
	if k.body != nil {
		body = bytes.NewReader(k.body)
	}
	r, err := http.NewRequestWithContext(ctx, k.method, d.cfg.Address+k.path, body)
	if err != nil || nationalid.Contains(k.path) {
		return nil, errors.New("oppgave: no address")
	}
	r.Header.Set("Accept", fhirJSON+", "+plainJSON)
	if k.body != nil {
		r.Header.Set("Content-Type", k.kind)
	}
	return r, nil
}

// remembering keeps the client's own error, of which [outbound.Send] gives the gist.
type remembering struct {
	next Doer
	err  error
}

func (m *remembering) Do(r *http.Request) (*http.Response, error) {
	resp, err := m.next.Do(r)
	m.err = err
	return resp, err
}

// noAnswer makes an error of the gist, and of the client's own if that promises
// to hold nothing of the request.
func (k call) noAnswer(own, gist error) *Error {
	e := &Error{Operation: k.op, kind: ErrUnavailable, what: gist.Error(), cause: errors.Unwrap(gist)}
	var careful interface{ OutcomeUnknown() bool }
	if errors.As(own, &careful) && !nationalid.Contains(own.Error()) {
		e.what = own.Error()
	}
	return e
}

// refusal makes an error of an answer that is not good.
func (d *Deliverer) refusal(k call, resp *http.Response) *Error {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal)) // without a body there is no code
	code := d.cfg.Wire.Code(body)
	if !codeForm.MatchString(code) { // whatever Config.Wire.Code gave
		code = ""
	}
	e := &Error{Operation: k.op, Status: resp.StatusCode, code: code, wait: d.asked(resp.Header)}
	e.what, e.kind = refused(resp.StatusCode, code)
	return e
}

// asked is how long the API asks to wait, in seconds or as a date; zero if it
// does not. RFC 9110, section 10.2.3.
func (d *Deliverer) asked(h http.Header) time.Duration {
	text := h.Get("Retry-After")
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(d.cfg.Now()), 0)
	}
	return 0
}

func (k call) read(resp *http.Response) ([]byte, error) {
	body, err := strictjson.Read(resp.Body, strictjson.Limits{Bytes: maxAnswer})
	if err == nil || k.op == OpCreate || k.op == OpUpdate { // done, whatever comes of the answer
		return body, nil
	}
	var large *strictjson.Error
	if errors.As(err, &large) {
		return nil, &Error{Operation: k.op, Status: resp.StatusCode, kind: ErrAnswer, what: large.Error()}
	}
	gist := outbound.Cut(err)
	return nil, &Error{Operation: k.op, kind: ErrUnavailable, what: gist.Error(), cause: gist.Unwrap()}
}
