package helsenorge

import (
	"context"
	"errors"
	"net/url"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/launch"
)

// Extender prolongs a refresh token. Helsenorge has an endpoint /extend for it,
// whose form is not published: this is where a tool that has been told puts it.
type Extender interface {
	// Extend gives new tokens for a refresh token. The profile calls it whenever
	// [Profile.Fresh] needs it; where one session has several tabs, the tool sees
	// to it that only one of them does at a time. [ErrEnded] says that the
	// provider refuses the token for good.
	Extend(ctx context.Context, p *Profile, refresh launch.Secret) (launch.Tokens, error)
}

// AssumedExtend prolongs in the way that the token endpoint suggests: a form with
// the refresh token and a client assertion, answered like a token request. That
// is an assumption, which the simulator shares.
type AssumedExtend struct {
	// Endpoint is the address of /extend. Required.
	Endpoint string
}

var _ Extender = AssumedExtend{}

// Extend implements [Extender]. It sends one request and never repeats it.
func (a AssumedExtend) Extend(ctx context.Context, p *Profile, refresh launch.Secret) (launch.Tokens, error) {
	if err := noEndpoint(a, p.cfg.AllowLoopback); err != nil {
		return launch.Tokens{}, err
	}
	server, err := p.server(ctx)
	if err != nil {
		return launch.Tokens{}, err
	}
	answer, err := p.post(ctx, server, a.Endpoint, url.Values{"refresh_token": {refresh.Reveal()}})
	if err != nil {
		return launch.Tokens{}, extendFailed(err)
	}
	if answer.Text("access_token") == "" {
		return launch.Tokens{}, launch.Refuse(launch.KindLoginUnavailable, "an access token in the answer to /extend", nil)
	}
	return *tokens(answer, p.cfg.Now()), nil
}

// noEndpoint is an error if the extender is the assumed one, and has no address to go to.
func noEndpoint(e Extender, loopback bool) error {
	if a, is := e.(AssumedExtend); is && !outbound.Secure(a.Endpoint, loopback) {
		return errors.New("helsenorge: field Endpoint of AssumedExtend is not an https address")
	}
	return nil
}

// extendFailed tells a refusal, after which the person must start again, from a provider that fails.
func extendFailed(err error) error {
	var e *oauth.Error
	if errors.As(err, &e) && e.Code == "invalid_grant" { // RFC 6749, section 5.2
		return ErrEnded
	}
	return launch.Refuse(launch.KindLoginUnavailable, "the tokens to be prolonged", err)
}
