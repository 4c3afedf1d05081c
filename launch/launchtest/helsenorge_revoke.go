package launchtest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// revoke ends a token; with a refresh token, all that came of the login. RFC 7009, section 2.
func (h *Helsenorge) revoke(x *exchange, client HelsenorgeClient) error {
	if !x.form.Has("token") {
		return invalid("token")
	}
	if err := h.endToken(x.form.Get("token"), client.ID); err != nil {
		return err
	}
	x.w.Header().Set("Cache-Control", "no-store")
	x.w.WriteHeader(http.StatusOK)
	return nil
}

func (h *Helsenorge) endToken(text, client string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.state.tokens[text]
	switch {
	case t == nil: // unknown tokens are as good as revoked
	case t.grant.client != client:
		return refuse(http.StatusBadRequest, "unauthorized_client", "a token of this client")
	case t.refresh:
		t.grant.revoked = true
	default:
		t.revoked = true
	}
	return nil
}

// extend prolongs a refresh token. That the real one exists is all that is
// public; this one takes refresh_token and answers like the token endpoint, with
// the same refresh token and without an ID token (assumption).
func (h *Helsenorge) extend(x *exchange, client HelsenorgeClient) error {
	if !x.form.Has("refresh_token") {
		return invalid("refresh_token")
	}
	answer, err := h.prolong(x.form.Get("refresh_token"), client.ID, x.now)
	if err != nil {
		return err
	}
	x.json(http.StatusOK, answer)
	return nil
}

func (h *Helsenorge) prolong(text, client string, now time.Time) (map[string]any, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.state.tokens[text]
	if !t.active(now) || !t.refresh || t.grant.client != client {
		return nil, invalidGrant("a refresh token of this client that is still good")
	}
	t.expires = now.Add(h.cfg.AccessLife)
	access := h.newToken(&token{grant: t.grant, expires: t.expires})
	return map[string]any{"access_token": access, "refresh_token": text, "token_type": "Bearer",
		"expires_in": int(h.cfg.AccessLife / time.Second), "scope": t.grant.scope()}, nil
}

// introspect tells what an access token is. RFC 7662; Helsenorge, "/introspect" (trial).
func (h *Helsenorge) introspect(x *exchange, client HelsenorgeClient) error {
	if !x.form.Has("token") {
		return invalid("token")
	}
	x.json(http.StatusOK, h.described(x.form.Get("token"), client, x.now))
	return nil
}

func (h *Helsenorge) described(text string, client HelsenorgeClient, now time.Time) map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.state.tokens[text]
	if !t.active(now) || t.refresh || t.grant.client != client.ID {
		return map[string]any{"active": false}
	}
	answer := map[string]any{"active": true, "scope": strings.Join(client.Grants, " "), "client_id": client.ID, "token_type": "Bearer", "aud": []string{},
		"exp": t.expires.Unix(), "iss": fixedAudience, "sub": h.subject(client.ID, t.grant.patient)}
	if slices.Contains(client.Grants, GrantNationalID) {
		patient, _ := h.citizen(t.grant.patient)
		answer["pid"] = patient.NationalID
	}
	return answer
}

// Active says whether an API of Helsenorge would take this access token now.
func (h *Helsenorge) Active(accessToken string) bool {
	now := h.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.state.tokens[accessToken]
	return t.active(now) && !t.refresh
}
