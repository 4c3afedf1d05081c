package oauth

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// ErrMetadata is what a server's metadata could not be had for, or not used. ErrIssuer is one
// of them: the document is another issuer's.
var (
	ErrMetadata = errors.New("oauth: no server metadata")
	ErrIssuer   = fmt.Errorf("%w: want an issuer that equals the configured one letter for letter", ErrMetadata)
)

// wellKnown is where the document stands, after the issuer. OpenID Connect Discovery 1.0, section 4.
const wellKnown = "/.well-known/openid-configuration"

// Limits on how long metadata is kept without looking again, how long it serves
// after that while the server fails, and how soon a fetch that failed is tried again.
const (
	minAge, maxAge            = time.Minute, 24 * time.Hour
	maxStale                  = 24 * time.Hour
	firstBackoff, lastBackoff = time.Second, 5 * time.Minute
	fetchTimeout              = 5 * time.Second
)

// MetadataConfig says whose metadata it is. Issuer is required.
type MetadataConfig struct {
	// Issuer is the server's issuer, letter for letter; https.
	Issuer string
	// Client sends the requests. Nil means one of [NewClient].
	Client Doer
	// AllowLoopback allows http addresses on this machine, for tests and demonstrations.
	AllowLoopback bool
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Metadata fetches and keeps a server's metadata. One fetch runs at a time for
// all callers. The document is kept for 24 hours, less if the server's
// Cache-Control says so, never under a minute; while the server fails, the old
// one serves for 24 hours more. It starts nothing before the first call.
type Metadata struct {
	cfg MetadataConfig

	mu       sync.Mutex
	clock    steady
	server   *Server
	reason   error         // why there is no newer document
	refresh  time.Duration // fetch in the background from here on
	expires  time.Duration // fetch before use from here on
	stale    time.Duration // do not use from here on
	retry    time.Duration // no fetch before
	failures int           // in a row
	flight   chan struct{} // closed when the running fetch is over; nil: none runs
	cancel   context.CancelFunc
	closed   bool
	flights  sync.WaitGroup
}

// NewMetadata checks the configuration. Nothing is fetched yet.
func NewMetadata(cfg MetadataConfig) (*Metadata, error) {
	if !outbound.Secure(cfg.Issuer, cfg.AllowLoopback) || strings.Contains(cfg.Issuer, "?") {
		return nil, errors.New("oauth: invalid MetadataConfig: field Issuer is not an https address " +
			"without query (http needs AllowLoopback and a loopback host)")
	}
	if cfg.Client == nil {
		cfg.Client = NewClient()
	}
	cfg.Client = outbound.Staying(cfg.Client)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Metadata{cfg: cfg, clock: steady{now: cfg.Now, last: cfg.Now()}}, nil
}

// Get gives the metadata. It waits for a fetch only when there is nothing to
// give yet, or the document is past its age and the server answered the last
// time. A caller whose context ends returns at once; the fetch goes on for the
// others. The error is [ErrMetadata], and the context's if it was that.
func (m *Metadata) Get(ctx context.Context) (Server, error) {
	if wait := m.plan(); wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return Server{}, fmt.Errorf("%w in time: %w", ErrMetadata, ctx.Err())
		}
	}
	return m.look()
}

// plan starts a fetch if one is due, and gives what to wait for, nil for nothing.
func (m *Metadata) plan() <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.read()
	due := now >= m.retry
	switch {
	case m.server == nil || now >= m.stale:
		return m.start(due)
	case now >= m.expires:
		if flight := m.start(due); m.failures == 0 {
			return flight
		}
	case now >= m.refresh:
		m.start(due)
	}
	return nil
}

func (m *Metadata) look() (Server, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.server != nil && m.clock.read() < m.stale:
		s := *m.server
		s.DPoPAlgorithms, s.ClientAlgorithms = slices.Clone(s.DPoPAlgorithms), slices.Clone(s.ClientAlgorithms)
		return s, nil
	case m.reason != nil:
		return Server{}, m.reason
	}
	return Server{}, ErrMetadata
}

// start gives the running fetch, or a new one if that is due, or nil.
func (m *Metadata) start(due bool) <-chan struct{} {
	if m.flight == nil && due && !m.closed {
		ctx, cancel := context.WithTimeout(context.Background(), fetchTimeout)
		m.flight, m.cancel = make(chan struct{}), cancel
		m.flights.Go(func() { m.fly(ctx, cancel) })
	}
	return m.flight
}

func (m *Metadata) fly(ctx context.Context, cancel context.CancelFunc) {
	defer cancel()
	server, age, err := m.fetch(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.read()
	if err != nil {
		m.failed(now, err)
	} else {
		m.server, m.reason, m.failures, m.retry = &server, nil, 0, 0
		m.refresh, m.expires, m.stale = now+age*3/4, now+age, now+age+maxStale
	}
	close(m.flight)
	m.flight = nil
}

func (m *Metadata) failed(now time.Duration, err error) {
	wait := min(firstBackoff<<min(m.failures, 16), lastBackoff)
	wait += time.Duration(rand.Int64N(int64(wait) / 5)) // so that many clients do not come back together
	m.failures++
	m.reason, m.retry = err, now+wait
}

// Close ends a running fetch and waits for it; nothing is fetched after it.
func (m *Metadata) Close() error {
	m.mu.Lock()
	m.closed = true
	if m.flight != nil {
		m.cancel()
	}
	m.mu.Unlock()
	m.flights.Wait()
	return nil
}

// steady counts the time that passed by a clock that may be put forward and
// back: a step back counts as nothing, one forward once.
type steady struct {
	now    func() time.Time
	last   time.Time
	passed time.Duration
}

func (s *steady) read() time.Duration {
	at := s.now()
	s.passed += min(max(at.Sub(s.last), 0), maxAge+maxStale)
	s.last = at
	return s.passed
}
