package oidcpeer_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/oidcpeer"
)

// started is what a tool knows when it has sent the citizen to log in.
type started struct{ verifier, state, nonce string }

func (s started) fields() url.Values {
	sum := sha256.Sum256([]byte(s.verifier))
	return url.Values{"client_id": {"tool"}, "response_type": {"code"}, "response_mode": {"form_post"}, "redirect_uri": {comeBack},
		"scope": {"openid offline_access"}, "state": {s.state}, "nonce": {s.nonce}, "ui_locales": {"nb"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}
}

func start() started { return started{rand.Text() + rand.Text(), rand.Text(), rand.Text()} }

// push sends the request to the PAR endpoint and gives where the citizen goes.
func (r *rig) push(t *testing.T, s started) string {
	t.Helper()
	code, _, answer := r.post(t, "pushed_authorization_request_endpoint", with(r.assertion(t, "tool", nil), s.fields()), "")
	require.Equal(t, http.StatusCreated, code, answer)
	uri, _ := answer["request_uri"].(string)
	require.NotEmpty(t, uri)
	return r.authorize(url.Values{"client_id": {"tool"}, "request_uri": {uri}})
}

func (r *rig) authorize(query url.Values) string {
	endpoint, _ := r.metadata["authorization_endpoint"].(string)
	return endpoint + "?" + query.Encode()
}

func (r *rig) exchange(t *testing.T, s started, code string) (int, map[string]any) {
	t.Helper()
	fields := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {comeBack}, "code_verifier": {s.verifier}}
	status, _, answer := r.post(t, "token_endpoint", with(r.assertion(t, "tool", nil), fields), "")
	return status, answer
}

// claims checks an ID token with the provider's published key.
func (r *rig) claims(t *testing.T, token any) (claims map[string]any) {
	t.Helper()
	text, _ := token.(string)
	m, err := jose.Parse(text, []string{"RS256"})
	require.NoError(t, err)
	published, err := json.Marshal(r.get(t, r.metadata["jwks_uri"].(string)))
	require.NoError(t, err)
	set, err := jose.ParseSet(published)
	require.NoError(t, err)
	k, err := set.Key(m.KeyID)
	require.NoError(t, err)
	require.NoError(t, m.Verify(k))
	require.NoError(t, json.Unmarshal(m.Payload, &claims))
	return claims
}

func TestLogin(t *testing.T) {
	r, s := newRig(t), start()
	answer, err := oidcpeer.NewBrowser(t).Login(t.Context(), r.push(t, s))
	require.NoError(t, err)
	assert.Equal(t, comeBack, answer.Action)
	assert.Equal(t, s.state, answer.Fields.Get("state"))
	assert.Equal(t, r.Issuer, answer.Fields.Get("iss"))
	assert.Len(t, answer.Fields, 3, "code, state and iss")

	code, got := r.exchange(t, s, answer.Fields.Get("code"))
	require.Equal(t, 200, code, got)
	assert.Equal(t, "Bearer", got["token_type"])
	claims := r.claims(t, got["id_token"])
	assert.Equal(t, s.nonce, claims["nonce"])
	assert.Equal(t, r.Issuer, claims["iss"])
	assert.Equal(t, "tool", claims["aud"])
	assert.Equal(t, "5e0d7a9c-patient", claims["sub"])
	assert.Equal(t, "b1c4-parent", claims["actor_sub"])
	assert.Equal(t, "parent", claims["representation"])

	code, got = r.exchange(t, s, answer.Fields.Get("code"))
	assert.Equal(t, 400, code, "a code is good once")
	assert.Equal(t, "invalid_grant", got["error"])
}

func TestRefreshAndRevoke(t *testing.T) {
	r, s := newRig(t), start()
	answer, err := oidcpeer.NewBrowser(t).Login(t.Context(), r.push(t, s))
	require.NoError(t, err)
	_, got := r.exchange(t, s, answer.Fields.Get("code"))
	refresh := func() (int, map[string]any) {
		token, _ := got["refresh_token"].(string)
		fields := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
		code, _, answer := r.post(t, "token_endpoint", with(r.assertion(t, "tool", nil), fields), "")
		return code, answer
	}
	code, again := refresh()
	require.Equal(t, 200, code, again)
	require.NotEmpty(t, again["refresh_token"])
	got = again

	fields := url.Values{"token": {got["refresh_token"].(string)}}
	code, _, _ = r.post(t, "revocation_endpoint", with(r.assertion(t, "tool", nil), fields), "")
	assert.Equal(t, 200, code)
	code, again = refresh()
	assert.Equal(t, 400, code)
	assert.Equal(t, "invalid_grant", again["error"])
}

func TestCancelledLogin(t *testing.T) {
	r, s := newRig(t), start()
	answer, err := oidcpeer.NewBrowser(t).Cancel(t.Context(), r.push(t, s))
	require.NoError(t, err)
	assert.Equal(t, "access_denied", answer.Fields.Get("error"))
	assert.Equal(t, s.state, answer.Fields.Get("state"))
	assert.Empty(t, answer.Fields.Get("code"))
}

// The citizen who is logged in already is not asked again.
func TestSecondLoginKeepsTheSession(t *testing.T) {
	r, b := newRig(t), oidcpeer.NewBrowser(t)
	_, err := b.Login(t.Context(), r.push(t, start()))
	require.NoError(t, err)
	answer, err := b.Cancel(t.Context(), r.push(t, start()))
	require.NoError(t, err)
	assert.NotEmpty(t, answer.Fields.Get("code"), "there was no page to cancel on")
}

// Each row is a good request with one thing wrong.
func TestLoginRefusals(t *testing.T) {
	r, now := newRig(t), time.Now().Unix()
	cases := []struct {
		name      string
		assertion map[string]any
		fields    map[string]string
		status    int
		want      string
	}{
		{name: "assertion for another audience", assertion: map[string]any{"aud": "https://other.example"}, status: 401, want: "invalid_client"},
		{name: "assertion for two audiences", assertion: map[string]any{"aud": []string{r.Issuer, "https://other.example"}}, status: 401, want: "invalid_client"},
		{name: "expired assertion", assertion: map[string]any{"iat": now - 300, "nbf": now - 300, "exp": now - 200}, status: 401, want: "invalid_client"},
		{name: "assertion that is good for two minutes", assertion: map[string]any{"exp": now + 120, "iat": now}, status: 401, want: "invalid_client"},
		{name: "assertion in HelseID's dialect", assertion: map[string]any{"typ": "client-authentication+jwt"}, status: 401, want: "invalid_client"},
		{name: "assertion without nbf", assertion: map[string]any{"nbf": nil}, status: 401, want: "invalid_client"},
		{name: "plain PKCE", fields: map[string]string{"code_challenge_method": "plain"}, status: 400, want: "invalid_request"},
		{name: "no PKCE", fields: map[string]string{"code_challenge": "", "code_challenge_method": ""}, status: 400, want: "invalid_request"},
		{name: "another address to come back to", fields: map[string]string{"redirect_uri": "https://evil.example/cb"}, status: 400, want: "invalid_request"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			fields := start().fields()
			for name, value := range c.fields {
				fields.Set(name, value)
			}
			code, _, answer := r.post(t, "pushed_authorization_request_endpoint", with(r.assertion(t, "tool", c.assertion), fields), "")
			assert.Equal(t, c.status, code)
			assert.Equal(t, c.want, answer["error"], answer)
		})
	}
}

func TestAssertionsAreGoodOnce(t *testing.T) {
	r := newRig(t)
	assertion := r.assertion(t, "tool", nil)
	code, _, _ := r.post(t, "pushed_authorization_request_endpoint", with(assertion, start().fields()), "")
	require.Equal(t, http.StatusCreated, code)
	code, _, answer := r.post(t, "pushed_authorization_request_endpoint", with(assertion, start().fields()), "")
	assert.Equal(t, 401, code)
	assert.Equal(t, "invalid_client", answer["error"])
}

// A request in the address itself gets nowhere, and a wrong verifier gets no token.
func TestOnlyPushedRequestsAndOwnVerifiers(t *testing.T) {
	r, s := newRig(t), start()
	answer, err := oidcpeer.NewBrowser(t).Login(t.Context(), r.authorize(s.fields()))
	require.NoError(t, err)
	assert.Equal(t, "invalid_request", answer.Fields.Get("error"))

	answer, err = oidcpeer.NewBrowser(t).Login(t.Context(), r.push(t, s))
	require.NoError(t, err)
	code, got := r.exchange(t, start(), answer.Fields.Get("code"))
	assert.Equal(t, 400, code)
	assert.Equal(t, "invalid_grant", got["error"])

	_, err = oidcpeer.NewBrowser(t).Login(t.Context(), r.authorize(url.Values{"client_id": {"nobody"}}))
	assert.ErrorIs(t, err, oidcpeer.ErrPage)
}
