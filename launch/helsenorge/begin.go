package helsenorge

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/launch"
)

// Begin pushes the request and gives the address with the reference to it: what
// goes through the browser says nothing. RFC 9126; Helsenorge, /par.
func (p *Profile) Begin(ctx context.Context, l launch.Login, _ time.Time) (string, error) {
	s, err := p.server(ctx)
	if err != nil {
		return "", err
	}
	answer, err := p.push(ctx, s, l)
	var refused *launch.Error
	switch {
	case errors.As(err, &refused):
		return "", refused
	case err != nil:
		return "", launch.Refuse(launch.KindLoginUnavailable,
			"PAR to be accepted: the redirect address as it is registered (204019 if not), the key as registered, the clock right", err)
	}
	reference := answer.Text("request_uri")
	if reference == "" || len(reference) > maxReference {
		return "", launch.Refuse(launch.KindLoginUnavailable, "a request_uri in the answer to PAR", nil)
	}
	return authorizeAddress(s.Authorization, p.cfg.ClientID, reference)
}

// maxReference is the greatest length of a request_uri that goes into an address.
const maxReference = 2048

// Scopes. Nothing else is asked for: what a tool may have is its registration's.
const scope, offlineScope = "openid", "openid offline_access"

// Anybody can start logins: at most so many are prepared at once, and for so long
// after a failure a request is not sent twice, so that strangers do not make a
// provider that is ill more so.
const maxPushing, illness = 64, 30 // seconds

// push sends the request again if the provider fails, once and with a new
// assertion: a pushed request that nobody goes on with does nothing.
func (p *Profile) push(ctx context.Context, s oauth.Server, l launch.Login) (*oauth.Answer, error) {
	select {
	case p.pushing <- struct{}{}:
		defer func() { <-p.pushing }()
	default:
		return nil, launch.Refuse(launch.KindLoginUnavailable, "fewer than 64 logins that begin at once", nil)
	}
	form := url.Values{
		"client_id": {p.cfg.ClientID}, "redirect_uri": {p.cfg.RedirectURI},
		"response_type": {"code"}, "response_mode": {"form_post"}, "scope": {scope}, "ui_locales": {"nb"},
		"state": {l.State.Reveal()}, "nonce": {l.Nonce.Reveal()},
		"code_challenge": {l.Challenge()}, "code_challenge_method": {"S256"},
	}
	if p.cfg.Offline {
		form.Set("scope", offlineScope)
	}
	answer, err := p.post(ctx, s, s.PAR, form)
	if now := p.cfg.Now().Unix(); failed(err) && ctx.Err() == nil && now-p.ill.Load() >= illness {
		if answer, err = p.post(ctx, s, s.PAR, form); failed(err) {
			p.ill.Store(now)
		}
	}
	return answer, err
}

// failed says whether it is the provider that failed, and not the request that it refused.
func failed(err error) bool {
	var e *oauth.Error
	return errors.As(err, &e) && (e.Status == 0 || e.Status >= http.StatusInternalServerError)
}

// post sends a form with a new client assertion. Helsenorge, "client assertion".
func (p *Profile) post(ctx context.Context, s oauth.Server, endpoint string, form url.Values) (*oauth.Answer, error) {
	assertion, err := p.assertion(s)
	if err != nil {
		return nil, err
	}
	form.Set("client_assertion_type", oauth.AssertionType)
	form.Set("client_assertion", assertion)
	return oauth.Post(ctx, p.cfg.Client, endpoint, form, nil)
}

func (p *Profile) assertion(s oauth.Server) (string, error) {
	audience := p.cfg.Audience
	if audience == "" {
		audience = s.Issuer
	}
	assertion, err := oauth.Helsenorge().Assertion(p.cfg.Key, p.cfg.ClientID, audience, p.cfg.Now())
	switch {
	case errors.Is(err, oauth.ErrAssertion):
		return "", launch.Refuse(launch.KindLoginUnavailable, "a Config.Key that signs with RS256 or PS512", err)
	case err != nil:
		return "", launch.Refuse(launch.KindLoginUnavailable, "a Config.Key that can sign now", err)
	}
	return assertion, nil
}

func authorizeAddress(endpoint, clientID, reference string) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", launch.Refuse(launch.KindLoginUnavailable, "an authorization address", nil)
	}
	query := u.Query()
	query.Set("client_id", clientID)
	query.Set("request_uri", reference)
	u.RawQuery = query.Encode()
	return u.String(), nil
}
