package oauth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/refresh"
)

// ErrMetadata is what a server's metadata could not be had for, or not used. ErrIssuer is one
// of them: the document is another issuer's.
var (
	ErrMetadata = errors.New("oauth: no server metadata")
	ErrIssuer   = fmt.Errorf("%w: want an issuer that equals the configured one letter for letter, slash included", ErrMetadata)
)

// wellKnown is where the document stands, after the issuer. OpenID Connect Discovery 1.0, section 4.
const wellKnown = "/.well-known/openid-configuration"

// fetchTimeout is for one fetch.
const fetchTimeout = 5 * time.Second

// MetadataConfig says whose metadata it is. Issuer is required.
type MetadataConfig struct {
	// Issuer is the server's issuer, letter for letter, slash included; https.
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

	mu     sync.Mutex
	when   refresh.Schedule
	flight refresh.Flight
	server *Server
	reason error // why there is no newer document
}

// NewMetadata checks the configuration. Nothing is fetched yet.
func NewMetadata(cfg MetadataConfig) (*Metadata, error) {
	if fault := IssuerFault(cfg.Issuer, cfg.AllowLoopback); fault != "" {
		return nil, errors.New("oauth: invalid MetadataConfig: field Issuer " + fault)
	}
	if cfg.Client == nil {
		cfg.Client = NewClient()
	}
	cfg.Client = outbound.Staying(cfg.Client)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Metadata{cfg: cfg, when: refresh.NewSchedule(cfg.Now)}, nil
}

// IssuerFault says what an issuer is that cannot be one; "" if nothing is wrong.
// A slash at the end is not: some issuers have one.
func IssuerFault(issuer string, loopback bool) string {
	switch {
	case !outbound.Secure(issuer, loopback) || strings.Contains(issuer, "?"):
		return "is not an https address without query (http needs AllowLoopback and a loopback host)"
	case strings.Contains(issuer, "/.well-known/"):
		return "is the address of a document: want the issuer alone, without /.well-known/ and what follows"
	}
	return ""
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
	now := m.when.Read()
	phase := m.when.At(now)
	if phase == refresh.Fresh {
		return nil
	}
	flight := m.flight.Start(m.when.Due(now), fetchTimeout, m.fly)
	if phase == refresh.Aging || phase == refresh.Old && m.when.Failures > 0 {
		return nil
	}
	return flight
}

func (m *Metadata) look() (Server, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.when.At(m.when.Read()) != refresh.Missing:
		s := *m.server
		s.DPoPAlgorithms, s.ClientAlgorithms = slices.Clone(s.DPoPAlgorithms), slices.Clone(s.ClientAlgorithms)
		return s, nil
	case m.reason != nil:
		return Server{}, m.reason
	}
	return Server{}, ErrMetadata
}

func (m *Metadata) fly(ctx context.Context) {
	server, age, err := m.fetch(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.reason = err; err != nil {
		m.when.Failed()
	} else {
		m.server = &server
		m.when.Fetched(age, refresh.MaxStale)
	}
	m.flight.Land()
}

// Close ends a running fetch and waits for it; nothing is fetched after it.
func (m *Metadata) Close() error {
	m.mu.Lock()
	m.flight.Close()
	m.mu.Unlock()
	m.flight.Wait()
	return nil
}
