package report

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// Doer sends a request with what proves who the tool is, as [*http.Client] does,
// and launch/helseid's client. It should not log addresses.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Wire writes reports as their receiver wants them: [EPRWire], [StatusWire] or
// one of the host's.
type Wire interface {
	// Request gives the method, the path below [HTTPConfig.Address] ("" or with a
	// slash first, without a query) and the JSON body. ok is false for a report that
	// the receiver has no word for: it counts as delivered. An error means that the
	// report can never be sent; its text is not kept.
	Request(r Report) (method, path string, body []byte, ok bool, err error)
}

// HTTPConfig says where reports go and how. Address, HTTP and Wire are required.
type HTTPConfig struct {
	// Address is where the receiver is: https, without a query.
	Address string
	// HTTP sends the requests. An [*http.Client] is copied and told to follow no
	// redirect.
	HTTP Doer
	// Wire writes the requests.
	Wire Wire
	// AllowLoopback allows http addresses on this machine, for tests and
	// demonstrations.
	AllowLoopback bool
	// Now is the clock for dates in Retry-After. Nil means [time.Now].
	Now func() time.Time
}

// HTTPSender is a [Sender] over HTTP. It may be used from many goroutines.
type HTTPSender struct{ cfg HTTPConfig }

var _ Sender = (*HTTPSender)(nil)

// NewHTTPSender reports all faults of the configuration at once.
func NewHTTPSender(cfg HTTPConfig) (*HTTPSender, error) {
	var faults []string
	if !outbound.Secure(cfg.Address, cfg.AllowLoopback) || strings.Contains(cfg.Address, "?") {
		faults = append(faults, "field Address is not an https address without query (http needs AllowLoopback and a loopback host)")
	}
	if unset.Is(cfg.HTTP) {
		faults = append(faults, "field HTTP is nil")
	}
	if unset.Is(cfg.Wire) {
		faults = append(faults, "field Wire is nil")
	}
	if len(faults) > 0 {
		return nil, errors.New("report: invalid HTTPConfig: " + strings.Join(faults, "; "))
	}
	cfg.Address, cfg.HTTP = strings.TrimSuffix(cfg.Address, "/"), outbound.Staying(cfg.HTTP)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &HTTPSender{cfg}, nil
}

// Send implements [Sender]. The report's id is sent as Idempotency-Key. Statuses
// from 200 to 299 mean that the receiver has the report. Those from 400 to 499
// refuse it, but for 401, 403, 408, 425 and 429: these, and all others, are about
// the sender, the way or the moment, and are tried again. The error is a
// [*SendError].
func (s *HTTPSender) Send(ctx context.Context, r Report) error {
	method, path, body, ok, err := s.cfg.Wire.Request(r)
	switch {
	case err != nil || ok && !goodPath(path):
		return &SendError{code: "cannot-be-written", refused: true}
	case !ok:
		return nil
	}
	request, err := http.NewRequestWithContext(ctx, method, s.cfg.Address+path, bytes.NewReader(body))
	if err != nil {
		return &SendError{code: "cannot-be-written", refused: true}
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", r.ID)
	resp, err := outbound.Send(s.cfg.HTTP, request)
	if err != nil {
		return &SendError{code: "no-answer", cause: errors.Unwrap(err)}
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxAnswer)) // so that the connection can be used again
	if outbound.Elsewhere(resp, request.URL.String()) {
		return &SendError{Status: resp.StatusCode, code: "redirected"}
	}
	return s.judge(resp)
}

// goodPath keeps to the address, and out of it what logs must not hold.
func goodPath(path string) bool {
	return (path == "" || path[0] == '/') && !strings.ContainsAny(path, "?#") && !nationalid.Contains(path)
}

const maxAnswer = 64 << 10

func (s *HTTPSender) judge(resp *http.Response) error {
	status := resp.StatusCode
	if status >= 200 && status < 300 {
		return nil
	}
	e := &SendError{Status: status, code: "http-" + strconv.Itoa(status)}
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
	default:
		e.refused = status >= 400 && status < 500
	}
	e.after = retryAfter(resp.Header.Get("Retry-After"), s.cfg.Now())
	return e
}

var seconds = regexp.MustCompile(`^[0-9]{1,9}$`)

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3).
func retryAfter(text string, now time.Time) time.Duration {
	if seconds.MatchString(text) {
		n, _ := strconv.Atoi(text) // nine digits fit
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
