package launchtest

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"time"
)

// token exchanges a code. RFC 6749, section 4.1.3; Helsenorge, "/token authorization_code".
func (h *Helsenorge) token(x *exchange, client HelsenorgeClient) error {
	if done, err := h.oddToken(x); done || err != nil {
		return err
	}
	switch {
	case x.form.Get("grant_type") != "authorization_code":
		return refuse(http.StatusBadRequest, "unsupported_grant_type", "grant_type authorization_code")
	case h.cfg.RefuseClientID && x.form.Has("client_id"):
		return invalid("no client_id beside the client assertion")
	case !x.form.Has("code") || !x.form.Has("redirect_uri"):
		return invalid("code and redirect_uri")
	case !verifierForm.MatchString(x.form.Get("code_verifier")):
		return invalid("a code_verifier of 43 to 128 unreserved characters")
	}
	c, err := h.redeem(x, client)
	if err != nil {
		return err
	}
	idToken, err := h.idToken(c, x.now)
	if err != nil {
		return err
	}
	answer := h.issue(c.grant, x.now)
	answer["id_token"] = idToken
	if h.misbehaves(BadTokenWithoutIDToken) {
		delete(answer, "id_token")
	}
	if h.misbehaves(BadTokenType) {
		answer["token_type"] = "DPoP"
	}
	x.json(http.StatusOK, answer)
	return nil
}

// oddToken gives the answers that no token endpoint should give. The code stays unused.
func (h *Helsenorge) oddToken(x *exchange) (done bool, err error) {
	switch {
	case h.misbehaves(BadTokenHTML):
		x.w.Header().Set("Content-Type", "text/html")
		_, _ = x.w.Write([]byte("<!doctype html><title>Vedlikehold</title>"))
		return true, nil
	case h.misbehaves(BadTokenHuge):
		x.w.Header().Set("Content-Type", "application/json")
		_, _ = x.w.Write(append([]byte(`{"access_token":"`), bytes.Repeat([]byte("a"), 10<<20)...))
		return true, nil
	case h.misbehaves(BadTokenFails):
		return true, refuse(http.StatusInternalServerError, "server_error", "no failure, which was ordered")
	case h.misbehaves(BadTokenInvalidGrant):
		return true, invalidGrant("no failure, which was ordered")
	case h.misbehaves(BadTokenNever):
		<-x.r.Context().Done()
		return true, x.r.Context().Err()
	}
	return false, nil
}

func invalidGrant(want string) error {
	return refuse(http.StatusBadRequest, "invalid_grant", want)
}

// redeem takes a code, once. Every try of its own client uses it up; the second
// ends what came of the first (RFC 6749, section 4.1.2).
func (h *Helsenorge) redeem(x *exchange, client HelsenorgeClient) (*issuedCode, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.state.codes[x.form.Get("code")]
	if c == nil || c.grant.client != client.ID {
		return nil, invalidGrant("a code that was given to this client")
	}
	if c.used {
		c.grant.revoked = true
		return nil, invalidGrant("a code that was not used before; what it gave is revoked")
	}
	c.used = true
	switch {
	case !x.now.Before(c.expires):
		return nil, invalidGrant("a code that has not expired")
	case x.form.Get("redirect_uri") != c.pushed.redirectURI:
		return nil, invalidGrant("the redirect_uri of the pushed request")
	case !proves(x.form.Get("code_verifier"), c.pushed.challenge):
		return nil, invalidGrant("the code_verifier of the pushed code_challenge")
	}
	return c, nil
}

// issue gives new tokens for a grant, as the members of an answer.
func (h *Helsenorge) issue(g *grant, now time.Time) map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	expires := now.Add(h.cfg.AccessLife)
	access := h.newToken(&token{grant: g, expires: expires})
	answer := map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": int(h.cfg.AccessLife / time.Second), "scope": g.scope()}
	if g.offline {
		answer["refresh_token"] = h.newToken(&token{grant: g, refresh: true, expires: expires})
	}
	return answer
}

func (h *Helsenorge) newToken(t *token) string {
	text := rand.Text() + rand.Text()
	h.state.tokens[text] = t
	h.secret(text)
	return text
}

func (g *grant) scope() string {
	if g.offline {
		return "openid offline_access"
	}
	return "openid"
}
