// Package retrying sends a request again when that can do no harm, and says so
// when nobody can know what a request did.
//
// [New] makes a [Client] over anything that sends one attempt. It repeats GET,
// HEAD and OPTIONS (the safe methods of RFC 9110, section 9.2.1), every request
// with an Idempotency-Key, and every attempt that surely was never sent. PUT and
// DELETE are idempotent by the letter, but repeating one after a minute may undo
// what somebody else wrote in between, so they need the key like POST and PATCH.
//
// What is repeated for: no answer, 429, and 5xx but 501 and 505. A request that
// may have been carried out and is not safe ends in an [*Error] that is
// [ErrOutcomeUnknown]; a 4xx is the server's word that it was not, and given to
// the caller as it is. Redirects are not followed by this package.
//
// The loop is hashicorp/go-retryablehttp's. Its policies, logger and errors are
// not used: it repeats POST, has no jitter, waits an hour when asked to, and
// writes addresses into logs and errors.
package retrying

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// Bounds of a call.
const (
	MaxBody     = 10 << 20 // bytes of an answer by default, and of a request that must be kept to be sent again
	MaxAttempts = 5
	firstWait   = 200 * time.Millisecond
	lastWait    = 10 * time.Second
)

// Config says how to send. Next is required.
type Config struct {
	// Next sends one attempt: a new request with a new body each time, whose
	// header it may change. Its error should be an [*outbound.Fault], [Final] or
	// [Later]; any other counts as a request that may have been carried out. It
	// follows no redirect.
	Next outbound.Doer
	// Timeout is for a whole call: attempts, waits, and reading the answer. The
	// context may end sooner. Zero means 30 s.
	Timeout time.Duration
	// MaxAnswer is the size of an answer, in bytes. Zero means [MaxBody].
	MaxAnswer int64
	// EventHeader gets a random identifier, the same in all attempts, unless the
	// caller has set it. Empty means none.
	EventHeader string
	// Logger gets a line at Debug for every attempt, and one at Warn for a call
	// that ends without an answer or with one of 5xx: method, host, status or
	// failure, number of attempts, duration, and the identifier if it was made
	// here. Nil means none.
	Logger *slog.Logger
	// Event makes identifiers. Required with EventHeader.
	Event func() string
	// Now is the clock for dates in Retry-After and durations in the log. Nil means [time.Now].
	Now func() time.Time
}

// Client sends requests, as [*http.Client] does.
type Client struct{ cfg Config }

var _ outbound.Doer = (*Client)(nil)

// New checks the configuration.
func New(cfg Config) (*Client, error) {
	if cfg.Timeout == 0 {
		cfg.Timeout = 30 * time.Second
	}
	if cfg.MaxAnswer == 0 {
		cfg.MaxAnswer = MaxBody
	}
	if cfg.Next == nil || cfg.Timeout < 0 || cfg.MaxAnswer < 0 || cfg.EventHeader != "" && cfg.Event == nil {
		return nil, errors.New("retrying: want Next, a Timeout and a MaxAnswer that are not negative, and Event with EventHeader")
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Client{cfg}, nil
}

// Do sends the request, again if need be. The body of the answer gives
// [ErrTooLarge] beyond Config.MaxAnswer, ends with the call's time, and must be closed.
// An error is an [*Error].
func (c *Client) Do(r *http.Request) (*http.Response, error) {
	call, err := c.begin(r)
	if err != nil {
		return nil, err
	}
	resp, err := call.client().Do(&retryablehttp.Request{Request: call.request})
	if err != nil {
		call.cancel()
		fault := call.fault(err)
		call.failed(slog.String("failure", fault.Error()))
		return nil, fault
	}
	if resp.StatusCode >= 500 {
		call.failed(slog.Int("status", resp.StatusCode))
	}
	resp.Request = r // and not the attempt's, which has credentials
	resp.Body = &body{from: resp.Body, left: c.cfg.MaxAnswer, cancel: call.cancel}
	return resp, nil
}

// client is the loop for one call: it takes its decisions from the call.
func (c *call) client() *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient: &http.Client{Transport: c, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		RetryMax:   MaxAttempts - 1, CheckRetry: c.check, Backoff: c.backoff, ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// ErrTooLarge is what reading beyond Config.MaxAnswer gives.
var ErrTooLarge = errors.New("want a smaller answer")

// body bounds an answer in size, and ends the call's time when it is closed.
type body struct {
	from   io.ReadCloser
	left   int64
	cancel func()
}

// Read gives [ErrTooLarge] instead of the first byte beyond the limit.
func (b *body) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, ErrTooLarge
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left+1)])
	if b.left -= int64(n); b.left < 0 {
		return n - 1, ErrTooLarge
	}
	if err != nil && err != io.EOF {
		return n, outbound.Cut(err)
	}
	return n, err
}

// Close ends the call.
func (b *body) Close() error {
	defer b.cancel()
	if err := b.from.Close(); err != nil {
		return outbound.Cut(err)
	}
	return nil
}
