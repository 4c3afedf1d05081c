package launch

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/refresh"
	"github.com/verktoykatalog/verktoy/internal/unset"
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
	// Client sends the requests. Nil means a client of our own. Redirects are
	// never followed: an [*http.Client] is copied and told so, and from any other
	// Doer an answer from another address than URL is refused.
	Client Doer
	// Timeout is for one fetch. Zero means 5 s.
	Timeout time.Duration
	// MinInterval is the least time between two fetches because of an unknown
	// kid. Zero means 30 s; less than a second is refused.
	MinInterval time.Duration
	// MaxStale is how long keys that are past their age still serve while the
	// issuer cannot be reached; it begins with an alarm, see [JWKSStale]. Zero
	// means 1 h; at most 24 h.
	MaxStale time.Duration
	// Logger gets a line for every [JWKSChange]. Nil means none.
	Logger *slog.Logger
	// OnChange is told every [JWKSChange], one at a time and in order: the place
	// for an alarm or a metric. It runs where a launch is being checked or keys
	// are being fetched, so it should be quick; it must not call Close. Nil means nobody.
	OnChange func(JWKSChange)
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// defaultStale and mostStale bound [JWKSConfig.MaxStale].
const defaultStale, mostStale = time.Hour, refresh.MaxStale

// JWKS fetches and keeps an issuer's published keys. One fetch runs at a time,
// however many callers wait; the issuer's Cache-Control is honoured within a
// minute and 24 hours; a set replaces the one before it whole; an answer that is
// no good leaves the last good set in use, for its age and [JWKSConfig.MaxStale].
// It starts nothing before the first call, and a clock that leaps neither stops
// it nor makes it fetch without end.
type JWKS struct {
	cfg JWKSConfig

	mu      sync.Mutex
	when    refresh.Schedule
	flight  refresh.Flight
	set     *jose.Set
	reason  *Error        // why there is no newer set
	unknown time.Duration // no fetch because of an unknown kid before
	state   JWKSState
	exposed []string     // kids of the private keys that were seen last
	news    []JWKSChange // not told yet
	telling bool
}

var _ Keys = (*JWKS)(nil)

// NewJWKS checks the configuration; the error names every fault. Nothing is fetched yet.
func NewJWKS(cfg JWKSConfig) (*JWKS, error) {
	defaultTo(&cfg.Timeout, 5*time.Second)
	defaultTo(&cfg.MinInterval, 30*time.Second)
	defaultTo(&cfg.MaxStale, defaultStale)
	var f faults
	f.check(outbound.Secure(cfg.URL, cfg.AllowLoopback), "field URL is not an https address (http needs AllowLoopback and a loopback host)")
	f.check(cfg.Timeout > 0, "field Timeout is negative")
	f.check(cfg.MinInterval >= time.Second, "field MinInterval is less than a second")
	f.check(within(cfg.MaxStale, mostStale), "field MaxStale is not within 0 and 24 h")
	if err := f.err("JWKSConfig"); err != nil {
		return nil, err
	}
	if unset.Is(cfg.Client) {
		cfg.Client = outbound.Client(cfg.Timeout)
	}
	cfg.Client = outbound.Staying(cfg.Client)
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.OnChange == nil {
		cfg.OnChange = func(JWKSChange) {}
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &JWKS{cfg: cfg, when: refresh.NewSchedule(cfg.Now), state: JWKSGood}, nil
}

func defaultTo(d *time.Duration, value time.Duration) {
	if *d == 0 {
		*d = value
	}
}

// Key implements [Keys]. It waits for a fetch only when there is no other way:
// nothing fetched yet, keys past their age, or a kid that nobody knows. A
// caller whose context ends returns at once; the fetch goes on for the others.
// A kid that is not in the set is [KindUnknownKey] while the issuer answers, and
// [KindKeysUnavailable] while it does not: it may have published the key since.
func (j *JWKS) Key(ctx context.Context, kid string) (PublicKey, error) {
	wait, news := j.plan(kid)
	if news {
		j.tell()
	}
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return PublicKey{}, Refuse(KindKeysUnavailable, "the issuer's keys in time", ctx.Err())
		}
	}
	return j.look(kid)
}

// plan starts a fetch if one is due, and gives what to wait for, nil for nothing.
func (j *JWKS) plan(kid string) (wait <-chan struct{}, news bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.when.Read()
	news = j.judge(now)
	due, phase := j.when.Due(now), j.when.At(now)
	switch {
	case phase == refresh.Missing:
		return j.start(due), news
	case j.unknownKey(kid):
		if due = due && !j.flight.Running() && now >= j.unknown; due {
			j.unknown = now + j.cfg.MinInterval
		}
		return j.start(due), news
	case phase == refresh.Old:
		if flight := j.start(due); j.when.Failures == 0 {
			return flight, news
		}
	case phase == refresh.Aging:
		j.start(due)
	}
	return nil, news
}

func (j *JWKS) unknownKey(kid string) bool {
	_, err := fromSet(j.set, kid)
	return err != nil && asError(err, "", "").Kind == KindUnknownKey
}

func (j *JWKS) look(kid string) (PublicKey, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.when.At(j.when.Read()) == refresh.Missing:
		if j.reason == nil {
			return PublicKey{}, Refuse(KindKeysUnavailable, "the issuer's keys", nil)
		}
		return PublicKey{}, j.reason
	case j.when.Failures > 0 && j.unknownKey(kid):
		return PublicKey{}, j.reason
	}
	return fromSet(j.set, kid)
}

// Close ends a running fetch and waits for it; nothing is fetched after it, and
// with a nil [JWKSConfig.Client] no connection is left open.
func (j *JWKS) Close() error {
	j.mu.Lock()
	j.flight.Close()
	j.mu.Unlock()
	j.flight.Wait()
	return nil
}
