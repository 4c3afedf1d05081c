package launchtest_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// From discovery to the call of an API.
func TestHelseID(t *testing.T) {
	l := newHIDLab(t)
	found := l.do(hidGet(t, hidIssuer+"/.well-known/openid-configuration"))
	assert.Equal(t, http.StatusOK, found.status)
	assert.Equal(t, hidIssuer, found.body["issuer"])
	assert.Equal(t, hidToken, found.body["token_endpoint"])
	assert.Equal(t, []any{"PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}, found.body["dpop_signing_alg_values_supported"])

	a := l.ask("single")
	require.Equal(t, http.StatusOK, a.status, a.body)
	assert.Equal(t, "no-store", a.header.Get("Cache-Control"))
	assert.Equal(t, "DPoP", a.body["token_type"])
	assert.EqualValues(t, 60, a.body["expires_in"])
	assert.Equal(t, "nhn:task/read", a.body["scope"])
	assert.NotContains(t, a.body, "rejected_scope")
	token := a.body["access_token"].(string)

	got := l.get(token)
	assert.Equal(t, http.StatusOK, got.status)
	assert.Equal(t, map[string]any{"Client": "single", "Scopes": []any{"nhn:task/read"}, "Parent": "910000001", "Child": "", "Supplier": ""}, hidCaller(t, l, token))
	assert.Equal(t, 1, l.Tokens())
	assert.Equal(t, 2, l.Calls())
	assert.Equal(t, 1, l.Requests(launchtest.HelseIDToken))
	assert.Equal(t, 2, l.Requests(launchtest.HelseIDProtected))
	assert.Equal(t, 1, l.Requests(launchtest.HelseIDDiscovery))
}

func hidGet(t testing.TB, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	return r
}

// hidCaller calls the API and gives whom it saw.
func hidCaller(t testing.TB, l *hidLab, token string) (caller map[string]any) {
	t.Helper()
	resp, err := l.client.Do(l.call(token, l.proofFor(http.MethodGet, hidTask, token).sign(t)))
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	require.Equal(t, http.StatusOK, resp.StatusCode)
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&caller))
	return caller
}

// The token is signed by a published key and bound to the proof's key. RFC 9449, section 6.1; RFC 7638, section 3.
func TestHelseIDToken(t *testing.T) {
	l := newHIDLab(t)
	m, err := jose.Parse(l.token(), []string{"ES256"})
	require.NoError(t, err)
	set, err := json.Marshal(l.do(hidGet(t, hidIssuer+string(launchtest.HelseIDJWKS))).body)
	require.NoError(t, err)
	keys, err := jose.ParseSet(set)
	require.NoError(t, err)
	key, err := keys.Key(m.KeyID)
	require.NoError(t, err)
	require.NoError(t, m.Verify(key))
	assert.Equal(t, "at+jwt", m.Type)
	var claims map[string]any
	require.NoError(t, json.Unmarshal(m.Payload, &claims))
	jwk := hidJWK(t, l.proof)
	thumbprint := hidHash(`{"crv":"P-256","kty":"EC","x":"` + jwk["x"].(string) + `","y":"` + jwk["y"].(string) + `"}`)
	assert.Equal(t, map[string]any{"jkt": thumbprint}, claims["cnf"])
	assert.EqualValues(t, l.now.Unix()+60, claims["exp"])
	assert.Equal(t, []any{"https://api.helseid.example"}, claims["aud"])
}

func TestHelseIDConfig(t *testing.T) {
	_, err := launchtest.NewHelseID(launchtest.HelseIDConfig{})
	assert.EqualError(t, err, "launchtest: invalid HelseIDConfig: field Clients is empty")
	_, err = launchtest.NewHelseID(launchtest.HelseIDConfig{Issuer: "https://helseid.example/sts", TokenLife: time.Millisecond, Window: time.Hour, Skew: -1,
		Clients: []launchtest.HelseIDClient{{Customers: []launchtest.HelseIDCustomer{{}}}, {}}})
	for _, want := range []string{"field Issuer is not", "field TokenLife is under", "field Window is not", "field Skew is not", "client 0: field ID is empty",
		"client 0: field Keys is nil", "client 0: field Scopes is empty", "client 0: field Organisation is not nine digits", "client 0: field Customers needs MultiTenant",
		"client 0: customer 0: field Organisation is not nine digits", "client 1 has the ID of another"} {
		assert.ErrorContains(t, err, want)
	}
}

// What else comes to the token endpoint. RFC 6749, sections 3.2, 4.4 and 5.2.
func TestHelseIDTokenRequests(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(r *http.Request)
		form map[string]string // "" takes a parameter away
		code string
		want int
	}{
		{name: "as it should be", want: 200},
		{name: "two scopes", form: map[string]string{"scope": "nhn:task/read nhn:task/write"}, want: 200},
		{name: "client_id beside", form: map[string]string{"client_id": "single"}, want: 200},
		{name: "resource", form: map[string]string{"resource": hidAPI}, want: 200},
		{name: "unknown parameter", form: map[string]string{"extra": "1"}, want: 200},
		{name: "GET", edit: func(r *http.Request) { r.Method = http.MethodGet }, code: "invalid_request", want: 400},
		{name: "JSON", edit: func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }, code: "invalid_request", want: 400},
		{name: "parameters in the address", edit: func(r *http.Request) { r.URL.RawQuery = "scope=x" }, code: "invalid_request", want: 400},
		{name: "no grant_type", form: map[string]string{"grant_type": ""}, code: "invalid_request", want: 400},
		{name: "authorization_code", form: map[string]string{"grant_type": "authorization_code"}, code: "unsupported_grant_type", want: 400},
		{name: "scope of nobody", form: map[string]string{"scope": "nhn:task/read nhn:other"}, code: "invalid_scope", want: 400},
		{name: "no scope", form: map[string]string{"scope": ""}, code: "invalid_scope", want: 400},
		{name: "unknown resource", form: map[string]string{"resource": "https://other.example"}, code: "invalid_target", want: 400},
		{name: "a secret beside", form: map[string]string{"client_secret": "a-secret-word"}, code: "invalid_request", want: 400},
		{name: "Authorization beside", edit: func(r *http.Request) { r.SetBasicAuth("single", "a-secret-word") }, code: "invalid_request", want: 400},
		{name: "client_id of another", form: map[string]string{"client_id": "many"}, code: "invalid_client", want: 401},
		{name: "no assertion", form: map[string]string{"client_assertion": ""}, code: "invalid_client", want: 401},
		{name: "no assertion type", form: map[string]string{"client_assertion_type": ""}, code: "invalid_client", want: 401},
		{name: "SAML", form: map[string]string{"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"}, code: "invalid_client", want: 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newHIDLab(t)
			form := hidForm(l.assertion("single").sign(t))
			for name, value := range c.form {
				if form.Set(name, value); value == "" {
					form.Del(name)
				}
			}
			r := l.tokenRequest(form, l.proofFor(http.MethodPost, hidToken, "").sign(t))
			if c.edit != nil {
				c.edit(r)
			}
			a := l.do(r)
			assert.Equal(t, c.want, a.status, a.body)
			assert.Equal(t, c.code, a.code())
			assert.Equal(t, "no-store", a.header.Get("Cache-Control"))
		})
	}
}

func TestHelseIDFormTooLarge(t *testing.T) {
	l := newHIDLab(t)
	form := hidForm(l.assertion("single").sign(t))
	form.Set("extra", strings.Repeat("x", 64<<10))
	a := l.do(l.tokenRequest(form, l.proofFor(http.MethodPost, hidToken, "").sign(t)))
	assert.Equal(t, "invalid_request", a.code())
	assert.Len(t, l.Proofs(), 1, "seen all the same")
}

func TestHelseIDRepeatedParameter(t *testing.T) {
	l := newHIDLab(t)
	form := hidForm(l.assertion("single").sign(t))
	form.Add("scope", "nhn:task/write")
	a := l.do(l.tokenRequest(form, l.proofFor(http.MethodPost, hidToken, "").sign(t)))
	assert.Equal(t, 400, a.status)
	assert.Equal(t, "invalid_request", a.code())
}

func TestHelseIDOtherAddresses(t *testing.T) {
	l := newHIDLab(t)
	assert.Equal(t, http.StatusNotFound, l.do(hidGet(t, hidIssuer+"/connect/authorize")).status)
	r := hidGet(t, hidIssuer+"/.well-known/openid-configuration")
	r.Method = http.MethodPost
	assert.Equal(t, http.StatusMethodNotAllowed, l.do(r).status)
}

// A refusal names the rule and nothing that was sent.
func TestHelseIDRefusalsHoldNoValues(t *testing.T) {
	l := newHIDLab(t)
	token := l.token()
	answers := []hidAnswer{
		l.ask("single", hidClaim("aud", "https://canary.example")), l.ask("canary-client"),
		l.do(l.call(token, l.proofFor(http.MethodGet, "https://canary.example", token).sign(t))),
		l.do(l.call("canary."+base64.RawURLEncoding.EncodeToString([]byte("canary"))+".x", l.proofFor(http.MethodGet, hidTask, token).sign(t))),
	}
	for _, a := range answers {
		require.GreaterOrEqual(t, a.status, 400)
		text := a.header.Get("WWW-Authenticate") + string(hidJSON(t, "", a.body))
		assert.NotContains(t, text, "canary")
		assert.True(t, strings.Contains(text, "wanted: "), text)
		for _, secret := range l.Secrets() {
			assert.NotContains(t, text, secret)
		}
	}
}
