package retrying

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// IdempotencyKey is the header that makes a request safe to repeat: the server
// carries out one of all with the same key (draft-ietf-httpapi-idempotency-key-header).
const IdempotencyKey = "Idempotency-Key"

// call is one call of the client: its request, and what became of it so far. It
// is used by one goroutine.
type call struct {
	cfg      *Config
	request  *http.Request
	cancel   context.CancelFunc
	safe     bool // by method
	again    bool // may be repeated after it was sent
	event    string
	began    time.Time
	attempts int
	maybe    bool // an attempt may have been carried out
	wait     time.Duration
}

func (c *Client) begin(r *http.Request) (*call, error) {
	if r.URL == nil || r.URL.Host == "" || r.RequestURI != "" {
		return nil, &Error{cause: errors.New("want a client's request with a whole address")}
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.cfg.Timeout)
	safe := r.Method == "" || r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions
	call := &call{cfg: &c.cfg, request: r.Clone(ctx), cancel: cancel, began: c.cfg.Now(), safe: safe, again: safe || r.Header.Get(IdempotencyKey) != ""}
	if r.Method == "" {
		call.request.Method = http.MethodGet // says net/http
	}
	if call.request.Header == nil {
		call.request.Header = http.Header{}
	}
	if err := keepBody(call.request, r); err != nil {
		cancel()
		return nil, &Error{cause: err}
	}
	if name := c.cfg.EventHeader; name != "" && r.Header.Get(name) == "" {
		call.event = c.cfg.Event()
		call.request.Header.Set(name, call.event)
	}
	return call, nil
}

// keepBody makes the request's body one that can be had again, and closes the caller's.
func keepBody(r, from *http.Request) error {
	if from.Body == nil || from.Body == http.NoBody {
		r.Body, r.GetBody, r.ContentLength = nil, nil, 0
		return nil
	}
	defer func() { _ = from.Body.Close() }()
	r.Body = nil
	if from.GetBody != nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(from.Body, MaxBody+1))
	switch {
	case err != nil:
		return errors.New("the request's body could not be read")
	case len(data) > MaxBody:
		return errors.New("want a request body of at most 10 MiB, or one with GetBody")
	}
	r.ContentLength = int64(len(data))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	return nil
}

// RoundTrip sends one attempt and logs it.
func (c *call) RoundTrip(r *http.Request) (*http.Response, error) {
	c.attempts++
	attempt := r.Clone(r.Context())
	if r.GetBody != nil {
		var err error
		if attempt.Body, err = r.GetBody(); err != nil {
			return nil, Final(errors.New("the request's body could not be had again"))
		}
	}
	began := c.cfg.Now()
	resp, err := c.cfg.Next.Do(attempt)
	result := slog.Attr{}
	if err != nil {
		result = slog.String("failure", words(err))
	} else {
		result = slog.Int("status", resp.StatusCode)
	}
	c.log(slog.LevelDebug, "attempt to call an API", result, slog.Int("attempt", c.attempts), began)
	return resp, err
}

// failed logs the end of a call without an answer, or with one of 5xx.
func (c *call) failed(result slog.Attr) {
	c.log(slog.LevelWarn, "call to an API failed", result, slog.Int("attempts", c.attempts), c.began)
}

func (c *call) log(level slog.Level, message string, result, attempt slog.Attr, began time.Time) {
	attrs := []slog.Attr{slog.String("method", c.request.Method), slog.String("host", c.request.URL.Host), result, attempt,
		slog.Duration("duration", c.cfg.Now().Sub(began))}
	if c.event != "" {
		attrs = append(attrs, slog.String("event", c.event))
	}
	c.cfg.Logger.LogAttrs(c.request.Context(), level, message, attrs...)
}

// words is what an attempt's error says, if it is in words of ours.
func words(err error) string {
	var mark unsent
	if errors.As(err, new(*outbound.Fault)) || errors.As(err, &mark) {
		return err.Error()
	}
	return outbound.Cut(err).Error()
}
