package catalogueapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// call is one request.
type call struct {
	op     Operation
	path   string
	query  url.Values
	body   []byte // nil for what is no POST
	key    string // Idempotency-Key, "" for none
	status []int  // the good ones
	most   int    // bytes of an answer
}

const (
	maxAnswer  = 1 << 20
	maxPage    = 8 << 20
	maxRefusal = 64 << 10
)

// send gives the body of a good answer. The error is an [*Error].
func (c *Client) send(ctx context.Context, k call) ([]byte, error) {
	body, err := c.try(ctx, k)
	e := &Error{}
	if errors.As(err, &e) {
		c.cfg.Logger.WarnContext(ctx, "catalogueapi: no good answer", "operation", k.op, "status", e.Status, "code", e.Code, "outcomeUnknown", e.unknown)
		return nil, err
	}
	c.cfg.Logger.DebugContext(ctx, "catalogueapi: answered", "operation", k.op)
	return body, err
}

func (c *Client) try(ctx context.Context, k call) ([]byte, error) {
	r, err := c.request(ctx, k)
	if err != nil {
		return nil, err
	}
	client := &remembering{next: c.cfg.HTTP}
	resp, err := outbound.Send(client, r)
	if err != nil {
		return nil, k.noAnswer(client.err, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if outbound.Elsewhere(resp, r.URL.String()) {
		return nil, &Error{Operation: k.op, kind: ErrAnswer, what: "it came from another address; the HTTP client must follow no redirect", unknown: k.changes()}
	}
	if !slices.Contains(k.status, resp.StatusCode) {
		return nil, c.refusal(k, resp)
	}
	return k.read(resp)
}

func (c *Client) request(ctx context.Context, k call) (*http.Request, error) {
	address, method := c.cfg.Address+strings.ReplaceAll(k.path, "{version}", c.cfg.Version), http.MethodGet
	var body io.Reader
	if k.body != nil {
		method, body = http.MethodPost, bytes.NewReader(k.body)
	}
	if len(k.query) > 0 {
		address += "?" + k.query.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil || personal(k) {
		return nil, k.invalid("want an address without an identity number; see Config.Paths and Config.Wire")
	}
	r.Header.Set("Accept", "application/json")
	if k.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if k.key != "" {
		r.Header.Set("Idempotency-Key", k.key)
	}
	return r, nil
}

// personal says whether a call's address may hold an identity number: proxies and servers keep addresses in their logs.
func personal(k call) bool {
	for name, values := range k.query {
		if nationalid.Contains(name) || slices.ContainsFunc(values, nationalid.Contains) {
			return true
		}
	}
	return nationalid.Contains(k.path)
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

// changes says whether the call changes anything.
func (k call) changes() bool { return k.op == OpInvite }

func (k call) invalid(what string) *Error {
	return &Error{Operation: k.op, kind: ErrInvalid, what: what}
}

// noAnswer makes the error of the client's own and the gist of it.
func (k call) noAnswer(own, gist error) *Error {
	var fault *outbound.Fault
	unsent := errors.As(gist, &fault) && fault.NotSent
	e := &Error{Operation: k.op, kind: ErrUnavailable, what: gist.Error(), unknown: k.changes() && !unsent, cause: errors.Unwrap(gist)}
	var knows interface{ OutcomeUnknown() bool }
	if errors.As(own, &knows) {
		e.unknown, e.cause = k.changes() && knows.OutcomeUnknown(), own
		if text := own.Error(); !nationalid.Contains(text) {
			e.what = text
		}
	}
	return e
}

// refusal makes an error of an answer that is not good.
func (c *Client) refusal(k call, resp *http.Response) *Error {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal)) // without a body there is no code
	code := c.cfg.Wire.Code(body)
	if !codeForm.MatchString(code) {
		code = ""
	}
	r := refused(resp.StatusCode, code)
	return &Error{Operation: k.op, Status: resp.StatusCode, Code: code, kind: r.kind, what: r.do, unknown: k.changes() && maybeDone(resp.StatusCode)}
}

// maybeDone statuses leave open whether the request was carried out. 501 and 505 say that it was not understood at all.
func maybeDone(status int) bool {
	return status < 400 || status >= 500 && status != http.StatusNotImplemented && status != http.StatusHTTPVersionNotSupported
}

func (k call) read(resp *http.Response) ([]byte, error) {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return nil, k.unusable(resp.StatusCode, "want Content-Type application/json", nil)
	}
	body, err := strictjson.Read(resp.Body, strictjson.Limits{Bytes: k.most})
	var large *strictjson.Error
	switch {
	case errors.As(err, &large):
		return nil, k.unusable(resp.StatusCode, large.Error(), nil)
	case err != nil:
		gist := outbound.Cut(err)
		return nil, k.unusable(resp.StatusCode, gist.Error(), gist.Unwrap())
	}
	return body, nil
}

// unusable is a good status with an answer that is not: what was asked for has been done.
func (k call) unusable(status int, what string, cause error) *Error {
	return &Error{Operation: k.op, Status: status, kind: ErrAnswer, what: what, unknown: k.changes(), cause: cause}
}
