package oidcpeer_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var forItself = url.Values{"grant_type": {"client_credentials"}, "scope": {"nhn:tool/read"}}

// dpop makes a proof for a request. RFC 9449, section 4.2.
func (r *rig) dpop(t *testing.T, method, address string, more map[string]any) string {
	t.Helper()
	jwk, err := json.Marshal(r.proof.Public())
	require.NoError(t, err)
	header, err := json.Marshal(map[string]any{"typ": "dpop+jwt", "alg": "ES256", "jwk": json.RawMessage(jwk)})
	require.NoError(t, err)
	claims := map[string]any{"jti": rand.Text(), "htm": method, "htu": address, "iat": time.Now().Unix()}
	maps.Copy(claims, more)
	payload, err := json.Marshal(claims)
	require.NoError(t, err)
	token, err := r.proof.SignHeader(header, payload)
	require.NoError(t, err)
	return token
}

func (r *rig) token(t *testing.T, more map[string]any) (int, http.Header, map[string]any) {
	t.Helper()
	proof := r.dpop(t, "POST", r.metadata["token_endpoint"].(string), more)
	return r.post(t, "token_endpoint", with(r.assertion(t, "system", nil), forItself), proof)
}

// bound gives an access token, after the nonce.
func (r *rig) bound(t *testing.T) string {
	t.Helper()
	code, header, answer := r.token(t, nil)
	require.Equal(t, 400, code)
	require.Equal(t, "use_dpop_nonce", answer["error"])
	require.NotEmpty(t, header.Get("DPoP-Nonce"))

	code, _, answer = r.token(t, map[string]any{"nonce": header.Get("DPoP-Nonce")})
	require.Equal(t, 200, code, answer)
	assert.Equal(t, "DPoP", answer["token_type"])
	assert.Equal(t, "nhn:tool/read", answer["scope"])
	assert.Positive(t, answer["expires_in"])
	return answer["access_token"].(string)
}

// call asks the API with a token and a proof.
func (r *rig) call(t *testing.T, scheme, token, proof string) (int, http.Header, map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.Resource, nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", scheme+" "+token)
	request.Header.Set("DPoP", proof)
	return send(t, request)
}

func ath(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func TestBoundTokenAtTheAPI(t *testing.T) {
	r := newRig(t)
	token := r.bound(t)
	code, header, _ := r.call(t, "DPoP", token, r.dpop(t, "GET", r.Resource, map[string]any{"ath": ath(token)}))
	assert.Equal(t, 401, code)
	assert.Equal(t, `DPoP error="use_dpop_nonce"`, header.Get("WWW-Authenticate"))

	nonce := header.Get("DPoP-Nonce")
	good := r.dpop(t, "GET", r.Resource, map[string]any{"ath": ath(token), "nonce": nonce})
	code, _, answer := r.call(t, "DPoP", token, good)
	assert.Equal(t, 200, code)
	assert.Equal(t, map[string]any{"client": "system", "scope": "nhn:tool/read"}, answer)

	other := *r
	other.proof = key(t, "ES256")
	cases := []struct {
		name, scheme, proof, want string
	}{
		{"used proof", "DPoP", good, "invalid_dpop_proof"},
		{"Bearer", "Bearer", r.dpop(t, "GET", r.Resource, map[string]any{"ath": ath(token), "nonce": nonce}), "invalid_token"},
		{"no proof", "DPoP", "", "invalid_dpop_proof"},
		{"no ath", "DPoP", r.dpop(t, "GET", r.Resource, map[string]any{"nonce": nonce}), "invalid_dpop_proof"},
		{"another token's ath", "DPoP", r.dpop(t, "GET", r.Resource, map[string]any{"ath": ath("x"), "nonce": nonce}), "invalid_dpop_proof"},
		{"another method", "DPoP", r.dpop(t, "POST", r.Resource, map[string]any{"ath": ath(token), "nonce": nonce}), "invalid_dpop_proof"},
		{"another address", "DPoP", r.dpop(t, "GET", r.Issuer, map[string]any{"ath": ath(token), "nonce": nonce}), "invalid_dpop_proof"},
		{"an old proof", "DPoP", r.dpop(t, "GET", r.Resource, map[string]any{"ath": ath(token), "nonce": nonce, "iat": time.Now().Unix() - 3600}), "invalid_dpop_proof"},
		{"another key", "DPoP", other.dpop(t, "GET", r.Resource, map[string]any{"ath": ath(token), "nonce": nonce}), "invalid_token"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, header, _ := r.call(t, c.scheme, token, c.proof)
			assert.Equal(t, 401, code)
			assert.Equal(t, `DPoP error="`+c.want+`"`, header.Get("WWW-Authenticate"))
		})
	}
}

func TestSystemRefusals(t *testing.T) {
	r, now := newRig(t), time.Now().Unix()
	_, header, _ := r.token(t, nil)
	nonce, endpoint := header.Get("DPoP-Nonce"), r.metadata["token_endpoint"].(string)
	cases := []struct {
		name             string
		assertion, proof map[string]any
		scope            string
		status           int
		want             string
	}{
		{name: "assertion in Helsenorge's dialect", assertion: map[string]any{"typ": "JWT"}, status: 401, want: "invalid_client"},
		{name: "assertion that is good for 61 s", assertion: map[string]any{"iat": now, "exp": now + 61}, status: 401, want: "invalid_client"},
		{name: "scope of another client", scope: "offline_access", status: 400, want: "invalid_scope"},
		{name: "proof for another address", proof: map[string]any{"htu": r.Issuer}, status: 400, want: "invalid_dpop_proof"},
		{name: "proof for another method", proof: map[string]any{"htm": "GET"}, status: 400, want: "invalid_dpop_proof"},
		{name: "made-up nonce", proof: map[string]any{"nonce": "made-up"}, status: 400, want: "use_dpop_nonce"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			claims := map[string]any{"nonce": nonce}
			maps.Copy(claims, c.proof)
			fields := with(r.assertion(t, "system", c.assertion), forItself)
			if c.scope != "" {
				fields.Set("scope", c.scope)
			}
			code, _, answer := r.post(t, "token_endpoint", fields, r.dpop(t, "POST", endpoint, claims))
			assert.Equal(t, c.status, code)
			assert.Equal(t, c.want, answer["error"], answer)
		})
	}
	t.Run("no proof", func(t *testing.T) {
		code, _, answer := r.post(t, "token_endpoint", with(r.assertion(t, "system", nil), forItself), "")
		assert.Equal(t, 400, code)
		assert.Equal(t, "invalid_grant", answer["error"], answer)
	})
}
