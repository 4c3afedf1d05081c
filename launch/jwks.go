package launch

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// Doer sends an HTTP request. [*http.Client] is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// JWKSConfig says where an issuer publishes its keys. URL is required.
type JWKSConfig struct {
	// URL is https; http only on this machine and with AllowLoopback.
	URL string
	// AllowLoopback allows http://127.0.0.1 and its like, for tests and demonstrations.
	AllowLoopback bool
	// Client sends the requests. Nil means a client of our own that follows no
	// redirects; an answer from another address than URL is refused anyway.
	Client Doer
	// Timeout is for one fetch. Zero means 5 s.
	Timeout time.Duration
	// MinInterval is the least time between two fetches because of an unknown
	// kid. Zero means 30 s; less than a second is refused.
	MinInterval time.Duration
	// MaxStale is how long old keys serve when the issuer cannot be reached.
	// Zero means 24 h, which is the most.
	MaxStale time.Duration
	// Logger gets a warning when the keys cannot be had, and word when they can again. Nil means none.
	Logger *slog.Logger
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Limits on how long keys are kept without looking again.
const (
	minAge, defaultAge, maxAge = time.Minute, 10 * time.Minute, 24 * time.Hour
	firstBackoff, lastBackoff  = time.Second, 5 * time.Minute
)

// JWKS fetches and keeps an issuer's published keys. One fetch runs at a time,
// however many callers wait; the issuer's Cache-Control is honoured within a
// minute and 24 hours; a set replaces the one before it whole; an answer that is
// no good leaves the last good set in use. It starts nothing before the first call.
type JWKS struct {
	cfg JWKSConfig

	mu       sync.Mutex
	set      *jose.Set
	reason   *Error    // why there is no newer set
	refresh  time.Time // fetch in the background from here on
	expires  time.Time // fetch before use from here on
	stale    time.Time // do not use from here on
	retry    time.Time // no fetch before
	unknown  time.Time // no fetch because of an unknown kid before
	failures int
	flight   chan struct{} // closed when the running fetch is over; nil: none runs
	cancel   context.CancelFunc
	closed   bool
}

var _ Keys = (*JWKS)(nil)

// NewJWKS checks the configuration; the error names every fault. Nothing is fetched yet.
func NewJWKS(cfg JWKSConfig) (*JWKS, error) {
	defaultTo(&cfg.Timeout, 5*time.Second)
	defaultTo(&cfg.MinInterval, 30*time.Second)
	defaultTo(&cfg.MaxStale, maxAge)
	var f faults
	f.check(secure(cfg.URL, cfg.AllowLoopback), "field URL is not an https address (http needs AllowLoopback and a loopback host)")
	f.check(cfg.Timeout > 0, "field Timeout is negative")
	f.check(cfg.MinInterval >= time.Second, "field MinInterval is less than a second")
	f.check(within(cfg.MaxStale, maxAge), "field MaxStale is not within 0 and 24 h")
	if cfg.Client == nil {
		cfg.Client = &http.Client{Transport: http.DefaultTransport, CheckRedirect: noRedirect}
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &JWKS{cfg: cfg}, f.err("JWKSConfig")
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func defaultTo(d *time.Duration, value time.Duration) {
	if *d == 0 {
		*d = value
	}
}

// Key implements [Keys]. It waits for a fetch only when there is no other way:
// nothing fetched yet, keys past their age, or a kid that nobody knows. A
// caller whose context ends returns at once; the fetch goes on for the others.
func (j *JWKS) Key(ctx context.Context, kid string) (PublicKey, error) {
	if wait := j.plan(kid); wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return PublicKey{}, Refuse(KindKeysUnavailable, "the issuer's keys in time", ctx.Err())
		}
	}
	return j.look(kid)
}

// plan starts a fetch if one is due, and gives what to wait for, nil for nothing.
func (j *JWKS) plan(kid string) <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.cfg.Now()
	due := !now.Before(j.retry)
	switch {
	case j.set == nil || !now.Before(j.stale):
		return j.start(due)
	case j.unknownKey(kid):
		if due = due && j.flight == nil && !now.Before(j.unknown); due {
			j.unknown = now.Add(j.cfg.MinInterval)
		}
		return j.start(due)
	case !now.Before(j.expires):
		if flight := j.start(due); j.failures == 0 {
			return flight
		}
	case !now.Before(j.refresh):
		j.start(due)
	}
	return nil
}

func (j *JWKS) unknownKey(kid string) bool {
	_, err := fromSet(j.set, kid)
	return err != nil && asError(err, "", "").Kind == KindUnknownKey
}

// start gives the running fetch, or a new one if that is due, or nil.
func (j *JWKS) start(due bool) <-chan struct{} {
	if j.flight == nil && due && !j.closed {
		ctx, cancel := context.WithTimeout(context.Background(), j.cfg.Timeout)
		j.flight, j.cancel = make(chan struct{}), cancel
		go j.fly(ctx, cancel)
	}
	return j.flight
}

func (j *JWKS) fly(ctx context.Context, cancel context.CancelFunc) {
	defer cancel()
	set, age, err := j.fetch(ctx)
	j.mu.Lock()
	defer j.mu.Unlock()
	if err != nil {
		j.failed(err)
	} else {
		j.fetched(set, age)
	}
	close(j.flight)
	j.flight = nil
}

func (j *JWKS) fetched(set *jose.Set, age time.Duration) {
	now := j.cfg.Now()
	if j.failures > 0 {
		j.cfg.Logger.Info("issuer keys available again", "url", j.cfg.URL)
	}
	j.set, j.reason, j.failures, j.retry = set, nil, 0, time.Time{}
	j.refresh, j.expires, j.stale = now.Add(age*3/4), now.Add(age), now.Add(max(age, j.cfg.MaxStale))
}

func (j *JWKS) failed(err *Error) {
	if j.failures == 0 {
		j.cfg.Logger.Warn("issuer keys not available", "url", j.cfg.URL, "want", err.Want, "cause", err.Unwrap())
	}
	wait := min(firstBackoff<<min(j.failures, 16), lastBackoff)
	wait += time.Duration(rand.Int64N(int64(wait) / 5)) // so that many tools do not come back together
	j.failures++
	j.reason, j.retry = err, j.cfg.Now().Add(wait)
}

func (j *JWKS) look(kid string) (PublicKey, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.set != nil && j.cfg.Now().Before(j.stale) {
		return fromSet(j.set, kid)
	}
	if j.reason != nil {
		return PublicKey{}, j.reason
	}
	return PublicKey{}, Refuse(KindKeysUnavailable, "the issuer's keys", nil)
}

// Close ends a running fetch and waits for it; nothing is fetched after it.
func (j *JWKS) Close() error {
	j.mu.Lock()
	j.closed = true
	flight := j.flight
	if flight != nil {
		j.cancel()
	}
	j.mu.Unlock()
	if flight != nil {
		<-flight
	}
	return nil
}
