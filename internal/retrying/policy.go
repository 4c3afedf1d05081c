package retrying

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// check decides about an attempt: repeat it, give the answer to the caller, or end in an error.
func (c *call) check(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if err != nil {
		return c.checkFailure(ctx, err)
	}
	if !transient(resp.StatusCode) {
		return false, nil
	}
	c.maybe = c.maybe || resp.StatusCode >= 500
	repeat := c.again && c.attempts < MaxAttempts
	asked, named := c.retryAfter(resp.Header)
	if repeat && c.plan(ctx, asked) {
		_ = resp.Body.Close()
		return true, nil
	}
	late := named && asked >= c.left(ctx)
	if !(repeat && late) && (c.safe || !c.maybe) {
		return false, nil
	}
	_ = resp.Body.Close()
	e := c.error(nil)
	if e.Status = resp.StatusCode; late {
		e.RetryAfter = asked
	}
	return false, e
}

// checkFailure decides about an attempt without an answer.
func (c *call) checkFailure(ctx context.Context, err error) (bool, error) {
	sent, again := wasSent(err), c.again
	c.maybe = c.maybe || sent
	var mark unsent
	switch {
	case errors.As(err, &mark):
		again = mark.again
	case !sent:
		again = true
	}
	if ctx.Err() == nil && again && c.attempts < MaxAttempts && c.plan(ctx, 0) {
		return true, nil
	}
	return false, c.error(err)
}

// wasSent says whether the attempt may have been carried out.
func wasSent(err error) bool {
	var fault *outbound.Fault
	if errors.As(err, &fault) && fault.NotSent {
		return false
	}
	return !errors.As(err, new(unsent))
}

// transient statuses say that the same request may do better later.
func transient(status int) bool {
	return status == http.StatusTooManyRequests ||
		status >= 500 && status != http.StatusNotImplemented && status != http.StatusHTTPVersionNotSupported
}

// plan sets the wait before the next attempt: what the server asked for, or
// longer from time to time, with jitter. It is false when that is beyond the deadline.
func (c *call) plan(ctx context.Context, asked time.Duration) bool {
	wait := min(firstWait<<(c.attempts-1), lastWait)
	wait = wait/2 + time.Duration(rand.Int64N(int64(wait/2)))
	if asked > 0 {
		wait += asked
	}
	if wait >= c.left(ctx) {
		return false
	}
	c.wait = wait
	return true
}

func (c *call) left(ctx context.Context) time.Duration {
	deadline, _ := ctx.Deadline() // there always is one
	return time.Until(deadline)
}

func (c *call) backoff(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return c.wait }

// mostAsked is the longest wait that is read from an answer.
const mostAsked = 365 * 24 * time.Hour

// retryAfter reads how long the server asks to wait, in seconds or as a date; it
// is false if that is nothing of the kind. RFC 9110, section 10.2.3.
func (c *call) retryAfter(h http.Header) (time.Duration, bool) {
	text := h.Get("Retry-After")
	if n, err := strconv.ParseUint(text, 10, 63); err == nil {
		return time.Duration(min(n, uint64(mostAsked/time.Second))) * time.Second, true
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(c.cfg.Now()), 0), mostAsked), true
}

// error makes the call's error of an attempt's.
func (c *call) error(err error) *Error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) { // net/http puts the address around it
		err = wrapped.Err
	}
	if err != nil && !errors.As(err, new(*outbound.Fault)) && !errors.As(err, new(unsent)) {
		err = outbound.Cut(err)
	}
	var mark unsent
	if errors.As(err, &mark) {
		err = mark.error
	}
	return &Error{Attempts: c.attempts, Unknown: c.maybe && !c.safe, sent: c.maybe, cause: err}
}

// fault makes sure that what the loop gives is an error of ours: between two attempts it gives the context's.
func (c *call) fault(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return c.error(err)
}
