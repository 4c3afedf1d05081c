package launchtest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// code logs per in, up to the code that is on its way to the tool.
func (a *handTool) code() (code, verifier string) {
	a.t.Helper()
	tab, err := a.browser().Start(a.t.Context(), toolStart)
	require.NoError(a.t, err)
	c, err := tab.Choose(a.t.Context(), "per", "")
	require.NoError(a.t, err)
	a.mu.Lock()
	defer a.mu.Unlock()
	return c.Fields.Get("code"), a.verifier[c.Fields.Get("state")]
}

func TestHelsenorgeTokenRules(t *testing.T) {
	a := newHandTool(t)
	cases := []struct {
		name, code, want string
		edit             func(url.Values)
	}{
		{"no grant_type", "unsupported_grant_type", "grant_type authorization_code", set("grant_type")},
		{"refresh_token", "unsupported_grant_type", "grant_type authorization_code", set("grant_type", "refresh_token")},
		{"no code", "invalid_request", "code and redirect_uri", set("code")},
		{"no redirect_uri", "invalid_request", "code and redirect_uri", set("redirect_uri")},
		{"no verifier", "invalid_request", "a code_verifier of 43 to 128", set("code_verifier")},
		{"a verifier of 42", "invalid_request", "a code_verifier of 43 to 128", set("code_verifier", strings.Repeat("v", 42))},
		{"a verifier of 129", "invalid_request", "a code_verifier of 43 to 128", set("code_verifier", strings.Repeat("v", 129))},
		{"a verifier with a plus", "invalid_request", "a code_verifier of 43 to 128", set("code_verifier", strings.Repeat("+", 43))},
		{"code twice", "invalid_request", "the field code once", set("code", "a", "b")},
		{"an unknown code", "invalid_grant", "a code that was given to this client", set("code", "x")},
		{"another verifier", "invalid_grant", "the code_verifier of the pushed code_challenge", set("code_verifier", strings.Repeat("v", 43))},
		{"another redirect_uri", "invalid_grant", "the redirect_uri of the pushed request", set("redirect_uri", callback+"/")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			form := a.tokenForm(a.code())
			c.edit(form)
			assertRefused(t, a.post(launchtest.EndpointToken, form), http.StatusBadRequest, c.code, c.want)
		})
	}
	require.NotEmpty(t, cases)
}

func TestHelsenorgeCodeCountsOnce(t *testing.T) {
	a := newHandTool(t)
	code, verifier := a.code()
	got := a.post(launchtest.EndpointToken, a.tokenForm(code, verifier))
	require.Equal(t, http.StatusOK, got.status, got.body)
	assert.Equal(t, "no-store", got.header.Get("Cache-Control"))
	require.True(t, a.h.Active(got.text("access_token")))
	assertRefused(t, a.post(launchtest.EndpointToken, a.tokenForm(code, verifier)), http.StatusBadRequest, "invalid_grant", "not used before")
	assert.False(t, a.h.Active(got.text("access_token")), "what the code gave is revoked")
	extended := a.post(launchtest.EndpointExtend, a.signed(url.Values{"refresh_token": {got.text("refresh_token")}}))
	assertRefused(t, extended, http.StatusBadRequest, "invalid_grant", "still good")
}

func TestHelsenorgeCodeIsUsedUpByAWrongVerifier(t *testing.T) {
	a := newHandTool(t)
	code, verifier := a.code()
	a.post(launchtest.EndpointToken, a.tokenForm(code, strings.Repeat("v", 43)))
	assertRefused(t, a.post(launchtest.EndpointToken, a.tokenForm(code, verifier)), http.StatusBadRequest, "invalid_grant", "not used before")
}

func TestHelsenorgeCodeLivesAMinute(t *testing.T) {
	for wait, status := range map[time.Duration]int{time.Minute - time.Second: http.StatusOK, time.Minute: http.StatusBadRequest} {
		a := newHandTool(t)
		code, verifier := a.code()
		a.h.Advance(wait)
		assert.Equal(t, status, a.post(launchtest.EndpointToken, a.tokenForm(code, verifier)).status, wait)
	}
}

func TestHelsenorgeCodeIsOneClients(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) {
		c.Clients = append(c.Clients, registered(t, func(c *launchtest.HelsenorgeClient) { c.ID = "other" }))
	})
	code, verifier := a.code()
	theirs, form := a.assertion(), a.tokenForm(code, verifier)
	theirs.claims["iss"], theirs.claims["sub"] = "other", "other"
	form.Set("client_assertion", theirs.sign(t))
	assertRefused(t, a.post(launchtest.EndpointToken, form), http.StatusBadRequest, "invalid_grant", "given to this client")
	assert.Equal(t, http.StatusOK, a.post(launchtest.EndpointToken, a.tokenForm(code, verifier)).status, "the other client did not use it up")
}

func TestHelsenorgeClientIDAtTheTokenEndpoint(t *testing.T) {
	form := func(a *handTool) url.Values {
		form := a.tokenForm(a.code())
		form.Set("client_id", toolID)
		return form
	}
	a := newHandTool(t)
	assert.Equal(t, http.StatusOK, a.post(launchtest.EndpointToken, form(a)).status)
	a = newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.RefuseClientID = true })
	assertRefused(t, a.post(launchtest.EndpointToken, form(a)), http.StatusBadRequest, "invalid_request", "no client_id beside")
}

func TestHelsenorgeRefreshTokenIsForWhoMayAndAsks(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) {
		c.Clients = []launchtest.HelsenorgeClient{registered(t, func(c *launchtest.HelsenorgeClient) { c.Refresh = false })}
	})
	got := a.post(launchtest.EndpointToken, a.tokenForm(a.code()))
	assert.Equal(t, "openid", got.text("scope"))
	assert.NotContains(t, got.members, "refresh_token")
}

// tokens logs per in.
func (a *handTool) tokens() (access, refresh string) {
	a.t.Helper()
	got := a.post(launchtest.EndpointToken, a.tokenForm(a.code()))
	require.Equal(a.t, http.StatusOK, got.status, got.body)
	return got.text("access_token"), got.text("refresh_token")
}

func (a *handTool) revoke(token string) reply {
	return a.post(launchtest.EndpointRevoke, a.signed(url.Values{"token": {token}}))
}

func TestHelsenorgeRevoke(t *testing.T) {
	a := newHandTool(t)
	access, refresh := a.tokens()
	other, _ := a.tokens()
	assert.Equal(t, http.StatusOK, a.revoke(access).status)
	assert.False(t, a.h.Active(access))
	assert.Equal(t, http.StatusOK, a.revoke(access).status, "a second time")
	assert.Equal(t, http.StatusOK, a.revoke("unknown").status)
	assert.True(t, a.h.Active(other), "another login's")
	got := a.post(launchtest.EndpointExtend, a.signed(url.Values{"refresh_token": {refresh}}))
	require.Equal(t, http.StatusOK, got.status)
	assert.Equal(t, http.StatusOK, a.revoke(refresh).status)
	assert.False(t, a.h.Active(got.text("access_token")), "with the refresh token ends all that came of the login")
	assertRefused(t, a.post(launchtest.EndpointExtend, a.signed(url.Values{"refresh_token": {refresh}})), http.StatusBadRequest, "invalid_grant", "still good")
	assertRefused(t, a.post(launchtest.EndpointRevoke, a.signed(url.Values{})), http.StatusBadRequest, "invalid_request", "token")
	assertRefused(t, a.post(launchtest.EndpointRevoke, url.Values{"token": {other}}), http.StatusUnauthorized, "invalid_client", "client_assertion_type")
	assert.True(t, a.h.Active(other))
}

func TestHelsenorgeTokensAreOneClients(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) {
		c.Clients = append(c.Clients, registered(t, func(c *launchtest.HelsenorgeClient) { c.ID = "other" }))
	})
	access, refresh := a.tokens()
	as := func(form url.Values) url.Values {
		theirs := a.assertion()
		theirs.claims["iss"], theirs.claims["sub"] = "other", "other"
		a.signed(form).Set("client_assertion", theirs.sign(t))
		return form
	}
	assertRefused(t, a.post(launchtest.EndpointRevoke, as(url.Values{"token": {access}})), http.StatusBadRequest, "unauthorized_client", "a token of this client")
	assertRefused(t, a.post(launchtest.EndpointExtend, as(url.Values{"refresh_token": {refresh}})), http.StatusBadRequest, "invalid_grant", "of this client")
	assert.Equal(t, false, a.post(launchtest.EndpointIntrospect, as(url.Values{"token": {access}})).members["active"])
	assert.True(t, a.h.Active(access))
}

func TestHelsenorgeTokensEndAndAreExtended(t *testing.T) {
	a := newHandTool(t)
	access, refresh := a.tokens()
	a.h.Advance(30*time.Minute - time.Second)
	assert.True(t, a.h.Active(access))
	got := a.post(launchtest.EndpointExtend, a.signed(url.Values{"refresh_token": {refresh}}))
	require.Equal(t, http.StatusOK, got.status, got.body)
	a.h.Advance(time.Second)
	assert.False(t, a.h.Active(access))
	assert.True(t, a.h.Active(got.text("access_token")))
	assert.Equal(t, refresh, got.text("refresh_token"))
	assert.NotContains(t, got.members, "id_token")
	byAccess := a.post(launchtest.EndpointExtend, a.signed(url.Values{"refresh_token": {got.text("access_token")}}))
	assertRefused(t, byAccess, http.StatusBadRequest, "invalid_grant", "a refresh token")
	a.h.Advance(30 * time.Minute)
	assertRefused(t, a.post(launchtest.EndpointExtend, a.signed(url.Values{"refresh_token": {refresh}})), http.StatusBadRequest, "invalid_grant", "still good")
	assertRefused(t, a.post(launchtest.EndpointExtend, a.signed(url.Values{})), http.StatusBadRequest, "invalid_request", "refresh_token")
}

func TestHelsenorgeIntrospect(t *testing.T) {
	a := newHandTool(t)
	access, refresh := a.tokens()
	ask := func(token string) map[string]any {
		return a.post(launchtest.EndpointIntrospect, a.signed(url.Values{"token": {token}})).members
	}
	got := ask(access)
	assert.Equal(t, true, got["active"])
	assert.Equal(t, launchtest.GrantNationalID, got["scope"])
	assert.Equal(t, "sikkerhet.helsenorge.no", got["iss"])
	assert.Equal(t, a.h.Subject(toolID, "per"), got["sub"])
	assert.Equal(t, launchtest.SyntheticNumber("128275"), got["pid"])
	for _, token := range []string{refresh, "unknown"} {
		assert.Equal(t, map[string]any{"active": false}, ask(token))
	}
	a.revoke(access)
	assert.Equal(t, map[string]any{"active": false}, ask(access))
	assertRefused(t, a.post(launchtest.EndpointIntrospect, a.signed(url.Values{})), http.StatusBadRequest, "invalid_request", "token")
}
