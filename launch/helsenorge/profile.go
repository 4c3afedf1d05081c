package helsenorge

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/launch"
)

// Profile is a tool's login at Helsenorge. It does not change and may be used
// concurrently. [Profile.Close] it when the tool stops.
type Profile struct {
	cfg      Config
	callback string
	metadata *oauth.Metadata
	keys     *discovered
	verifier *launch.Verifier
	pushing  chan struct{} // has an item for every login that is being prepared
	ill      atomic.Int64  // when PAR last failed twice, in seconds since 1970
}

var _ launch.LoginProfile = (*Profile)(nil)

// New checks the configuration; the error names every fault. Nothing is fetched
// before the first login: see [Profile.Check].
func New(cfg Config) (*Profile, error) {
	cfg = cfg.withDefaults()
	if err := cfg.faults(); err != nil {
		return nil, fmt.Errorf("helsenorge: invalid Config: %w", err)
	}
	p := &Profile{cfg: cfg, pushing: make(chan struct{}, maxPushing)}
	var err, wrong error
	p.metadata, err = oauth.NewMetadata(oauth.MetadataConfig{Issuer: cfg.Issuer, Client: cfg.Client, AllowLoopback: cfg.AllowLoopback, Now: cfg.Now})
	p.keys = &discovered{metadata: p.metadata, cfg: launch.JWKSConfig{Client: cfg.Client, AllowLoopback: cfg.AllowLoopback, Logger: cfg.Logger, Now: cfg.Now}}
	p.verifier, wrong = launch.NewVerifier(launch.VerifierConfig{Audience: cfg.ClientID, Types: []string{"JWT", ""}, Algorithms: cfg.Algorithms,
		Issuers: []launch.Issuer{{ID: cfg.Issuer, Keys: p.keys}}, Headers: cfg.Headers, MaxLifetime: cfg.MaxLifetime, IDOptional: true, AllowPersonalData: true})
	if err = errors.Join(err, wrong); err != nil {
		return nil, fmt.Errorf("helsenorge: invalid Config: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	u, err := url.Parse(cfg.RedirectURI)
	if err != nil {
		return nil, err
	}
	p.callback = u.Path
	p.warn()
	return p, nil
}

func (p *Profile) warn() {
	if !p.cfg.Claims.Confirmed {
		p.cfg.Logger.Warn("the names of claims that say who is logged in are assumed: ask Norsk helsenett, then set Claims.Confirmed",
			"actor", p.cfg.Claims.Actor, "relation", p.cfg.Claims.Relation)
	}
}

// ID is "helsenorge", the constant of the same name.
func (p *Profile) ID() string { return ID }

// Assurance is [launch.Authenticated].
func (p *Profile) Assurance() launch.Assurance { return launch.Authenticated }

// Issuer is the provider.
func (p *Profile) Issuer() string { return p.cfg.Issuer }

// StartPath is the path of the address that Helsenorge opens.
func (p *Profile) StartPath() string { return p.cfg.StartPath }

// CallbackPath is the path of the redirect address.
func (p *Profile) CallbackPath() string { return p.callback }

// Check fetches the provider's addresses and keys, and signs with the tool's key. A
// tool that calls it when it starts hears at once of an address that is wrong or
// closed and of a key that Helsenorge does not take, and does not make its first
// citizen wait. Whether client, key and redirect address are registered shows
// only at the first login. The error is a [*launch.Error].
func (p *Profile) Check(ctx context.Context) error {
	s, err := p.server(ctx)
	if err != nil {
		return err
	}
	if _, err := p.assertion(s); err != nil {
		return err
	}
	if s.Revocation == "" {
		p.cfg.Logger.Warn("the provider names no revocation endpoint: tokens cannot be ended at logout")
	}
	_, err = p.keys.Key(ctx, "none")
	if errors.Is(err, launch.KindKeysUnavailable) {
		return err
	}
	return nil
}

// Close ends what is running for the profile.
func (p *Profile) Close() error {
	err := errors.Join(p.keys.Close(), p.metadata.Close())
	if c, is := p.cfg.Client.(*http.Client); is {
		c.CloseIdleConnections()
	}
	return err
}

// server gives the provider's addresses, all that a login needs.
func (p *Profile) server(ctx context.Context) (oauth.Server, error) {
	s, err := p.metadata.Get(ctx)
	switch {
	case errors.Is(err, oauth.ErrIssuer):
		return s, launch.Refuse(launch.KindLoginUnavailable, "a discovery document of the configured issuer", err)
	case err != nil:
		return s, launch.Refuse(launch.KindLoginUnavailable, "the provider's discovery document", err)
	}
	if s.PAR == "" {
		s.PAR = p.cfg.PAR
	}
	if s.PAR == "" || s.Authorization == "" || s.JWKS == "" {
		return s, launch.Refuse(launch.KindLoginUnavailable, "a discovery document with addresses for PAR (or the field PAR), authorization and keys", nil)
	}
	return s, nil
}
