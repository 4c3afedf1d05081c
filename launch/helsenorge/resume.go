package helsenorge

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/launch"
)

// Resume exchanges the code, once, and makes a launch of the ID token.
func (p *Profile) Resume(ctx context.Context, l launch.Login, form url.Values, now time.Time) (*launch.Launch, error) {
	s, err := p.server(ctx)
	if err != nil {
		return nil, err
	}
	if err := answered(s, form); err != nil {
		return nil, err
	}
	answer, err := p.exchange(ctx, s, form.Get("code"), l)
	if err != nil {
		return nil, launch.Refuse(launch.KindLoginUnavailable, "the code to be exchanged for tokens", err)
	}
	t := tokens(answer, now)
	got, err := p.launch(ctx, answer.Text("id_token"), l, now)
	if err != nil {
		p.Discard(ctx, &launch.Launch{Tokens: t})
		return nil, err
	}
	got.Tokens = t
	p.missed(got)
	return got, nil
}

// missed tells of what was asked for and did not come.
func (p *Profile) missed(l *launch.Launch) {
	if p.cfg.Offline && l.Tokens.Refresh.IsZero() {
		p.cfg.Logger.Warn("Helsenorge gave no refresh token: is offline_access granted?")
	}
	if p.cfg.Claims.NationalID != "" && l.NationalID.IsZero() {
		p.cfg.Logger.Warn("the ID token has no national identity number: is it granted, and is this its claim?", "claim", p.cfg.Claims.NationalID)
	}
}

// Discard ends the tokens of a launch that is refused. It implements [launch.Discarder].
func (p *Profile) Discard(ctx context.Context, l *launch.Launch) {
	if err := p.Logout(ctx, p.NewSession(l)); err != nil {
		p.cfg.Logger.Warn("the tokens of a launch that was refused could not be ended", "cause", err)
	}
}

// maxCode is the greatest length of a code that is sent on.
const maxCode = 4096

// answered reads the provider's answer in the form. What it says of an error in
// its own words is not read: anybody can send it.
func answered(s oauth.Server, form url.Values) error {
	// RFC 9207, section 2.4: an answer of another issuer is a mix-up.
	if form.Has("iss") && form.Get("iss") != s.Issuer || !form.Has("iss") && s.IssParameter {
		return launch.Refuse(launch.KindIssuer, "iss to be the issuer with which the login began", nil)
	}
	switch code := form.Get("code"); form.Get("error") {
	case "":
		if code == "" || len(code) > maxCode {
			return launch.Refuse(launch.KindRequest, "a code or an error", nil)
		}
		return nil
	// RFC 6749, section 4.1.2.1; OpenID Connect Core, section 3.1.2.6.
	case "access_denied", "login_required", "interaction_required", "consent_required", "account_selection_required":
		return launch.Refuse(launch.KindLogin, "a login", nil)
	default:
		return launch.Refuse(launch.KindLoginUnavailable, "a code", nil)
	}
}

// exchange is never repeated: a code is good once, and a second use ends what
// the first one gave. RFC 6749, section 4.1.2. No client_id: Helsenorge, /token.
func (p *Profile) exchange(ctx context.Context, s oauth.Server, code string, l launch.Login) (*oauth.Answer, error) {
	answer, err := p.post(ctx, s, s.Token, url.Values{"grant_type": {"authorization_code"}, "code": {code},
		"code_verifier": {l.Verifier.Reveal()}, "redirect_uri": {p.cfg.RedirectURI}})
	switch {
	case err != nil:
		return nil, err
	case !strings.EqualFold(answer.Text("token_type"), "Bearer") || answer.Text("access_token") == "" || answer.Text("id_token") == "":
		return nil, &oauth.Error{Status: answer.Status, Want: "want an access token of type Bearer and an ID token"}
	}
	return answer, nil
}

// tokenLife is that of an access token, unless the answer says something else. Helsenorge, /token.
const tokenLife = 30 * time.Minute

func tokens(answer *oauth.Answer, now time.Time) *launch.Tokens {
	life, there := answer.Seconds("expires_in")
	if !there {
		life = tokenLife
	}
	return &launch.Tokens{Access: launch.NewSecret(answer.Text("access_token")), Refresh: launch.NewSecret(answer.Text("refresh_token")),
		Expires: now.Add(life).UTC().Truncate(time.Microsecond)}
}
