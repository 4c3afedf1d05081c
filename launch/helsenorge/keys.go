package helsenorge

import (
	"context"
	"errors"
	"sync"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/launch"
)

// discovered are the keys at the address that the discovery document names.
type discovered struct {
	metadata *oauth.Metadata
	cfg      launch.JWKSConfig

	mu     sync.Mutex
	jwks   *launch.JWKS
	url    string
	closed bool
}

// Key implements [launch.Keys].
func (d *discovered) Key(ctx context.Context, kid string) (launch.PublicKey, error) {
	s, err := d.metadata.Get(ctx)
	if err != nil {
		return launch.PublicKey{}, launch.Refuse(launch.KindKeysUnavailable, "the provider's discovery document", err)
	}
	jwks, err := d.at(s.JWKS)
	if err != nil {
		return launch.PublicKey{}, launch.Refuse(launch.KindKeysUnavailable, "an address of the provider's keys", err)
	}
	return jwks.Key(ctx, kid)
}

// at gives the client for the address. When the provider moves its keys, the old
// ones are let go.
func (d *discovered) at(url string) (*launch.JWKS, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, errors.New("helsenorge: the profile is closed")
	}
	if d.jwks != nil && d.url == url {
		return d.jwks, nil
	}
	cfg := d.cfg
	cfg.URL = url
	jwks, err := launch.NewJWKS(cfg)
	if err != nil {
		return nil, err
	}
	if d.jwks != nil {
		go func(old *launch.JWKS) { _ = old.Close() }(d.jwks) // ends its fetch, if one runs
	}
	d.jwks, d.url = jwks, url
	return jwks, nil
}

// Close ends a running fetch.
func (d *discovered) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.jwks == nil {
		return nil
	}
	return d.jwks.Close()
}
