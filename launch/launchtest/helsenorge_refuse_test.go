package launchtest_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// assertRefused wants an OAuth error (RFC 6749, section 5.2) that nobody keeps.
func assertRefused(t *testing.T, got reply, status int, code, want string) {
	t.Helper()
	assert.Equal(t, status, got.status)
	assert.Equal(t, code, got.text("error"))
	assert.Contains(t, got.text("error_description"), want)
	assert.Equal(t, "no-store", got.header.Get("Cache-Control"))
}

func set(name string, values ...string) func(url.Values) {
	return func(form url.Values) { form[name] = values }
}

func TestHelsenorgePushedRequestRules(t *testing.T) {
	a := newHandTool(t)
	long := strings.Repeat("x", 1001)
	cases := []struct {
		name string
		edit func(url.Values)
		code string
		want string
	}{
		{"no client_id", set("client_id"), "invalid_request", "client_id"},
		{"no redirect_uri", set("redirect_uri"), "invalid_request", "redirect_uri"},
		{"a redirect_uri that is not registered", set("redirect_uri", "https://attacker.example/callback"), "invalid_request", "204019 - Fant ingen match på RedirectUri"},
		{"redirect_uri with a slash more", set("redirect_uri", callback+"/"), "invalid_request", "204019"},
		{"redirect_uri with a query", set("redirect_uri", callback+"?a=b"), "invalid_request", "204019"},
		{"redirect_uri in capitals", set("redirect_uri", strings.ToUpper(callback)), "invalid_request", "204019"},
		{"no response_type", set("response_type"), "unsupported_response_type", "response_type code"},
		{"response_type id_token", set("response_type", "code id_token"), "unsupported_response_type", "response_type code"},
		{"no response_mode", set("response_mode"), "invalid_request", "response_mode form_post"},
		{"response_mode query", set("response_mode", "query"), "invalid_request", "response_mode form_post"},
		{"no state", set("state"), "invalid_request", "a state of 10 to 1000"},
		{"state of 9", set("state", "123456789"), "invalid_request", "a state of 10 to 1000"},
		{"state of 1001", set("state", long), "invalid_request", "a state of 10 to 1000"},
		{"state with a line break", set("state", "0123456789\n"), "invalid_request", "a state of 10 to 1000 visible"},
		{"no nonce", set("nonce"), "invalid_request", "a nonce of 10 to 1000"},
		{"nonce of 9", set("nonce", "123456789"), "invalid_request", "a nonce of 10 to 1000"},
		{"nonce of 1001", set("nonce", long), "invalid_request", "a nonce of 10 to 1000"},
		{"no ui_locales", set("ui_locales"), "invalid_request", "ui_locales nb"},
		{"ui_locales nn", set("ui_locales", "nn"), "invalid_request", "ui_locales nb"},
		{"no scope", set("scope"), "invalid_scope", "openid"},
		{"scope without openid", set("scope", "offline_access openidx"), "invalid_scope", "openid"},
		{"no challenge", set("code_challenge"), "invalid_request", "code_challenge that is"},
		{"challenge of 42", set("code_challenge", strings.Repeat("A", 42)), "invalid_request", "code_challenge that is"},
		{"challenge with padding", set("code_challenge", strings.Repeat("A", 43)+"="), "invalid_request", "code_challenge that is"},
		{"challenge with unused bits", set("code_challenge", strings.Repeat("A", 42)+"B"), "invalid_request", "code_challenge that is"},
		{"no challenge method", set("code_challenge_method"), "invalid_request", "S256"},
		{"plain challenge", set("code_challenge_method", "plain"), "invalid_request", "S256"},
		{"a request_uri", set("request_uri", "https://tool.example/r"), "invalid_request", "neither request_uri nor request"},
		{"a request object", set("request", "e30.e30."), "invalid_request", "neither request_uri nor request"},
		{"state twice", set("state", "0123456789", "0123456789"), "invalid_request", "the field state once"},
		{"an unknown field twice", set("x", "a", "b"), "invalid_request", "every field once"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			form := a.pushForm("state-0123", strings.Repeat("v", 43))
			c.edit(form)
			assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusBadRequest, c.code, c.want)
		})
	}
	require.NotEmpty(t, cases)
}

func TestHelsenorgePushedRequestTakesTheLimits(t *testing.T) {
	a := newHandTool(t)
	for _, n := range []int{10, 1000} {
		form := a.pushForm(strings.Repeat("s", n), strings.Repeat("v", 43))
		form.Set("nonce", strings.Repeat("n", n))
		form.Set("something", "else") // RFC 6749, section 3.1: unknown fields are ignored
		got := a.post(launchtest.EndpointPAR, form)
		assert.Equal(t, http.StatusCreated, got.status, got.body)
		assert.True(t, strings.HasPrefix(got.text("request_uri"), "urn:ietf:params:oauth:request_uri:"))
		assert.InDelta(t, 60, got.members["expires_in"], 0)
		assert.Equal(t, "no-store", got.header.Get("Cache-Control"))
	}
}

func TestHelsenorgeClientAssertionRules(t *testing.T) {
	claim := func(name string, value any) func(*assertion) {
		return func(a *assertion) {
			a.claims[name] = value
			if value == nil {
				delete(a.claims, name)
			}
		}
	}
	header := func(name string, value any) func(*assertion) {
		return func(a *assertion) {
			a.header[name] = value
			if value == nil {
				delete(a.header, name)
			}
		}
	}
	at := start.Unix()
	cases := []struct {
		name string
		edit func(*assertion)
		want string
	}{
		{"alg RS512", header("alg", "RS512"), "signed with RS256 or PS512"},
		{"alg none", header("alg", "none"), "signed with RS256 or PS512"},
		{"no typ", header("typ", nil), "typ JWT"},
		{"typ of HelseID", header("typ", "client-authentication+jwt"), "typ JWT"},
		{"another key", func(a *assertion) { a.key = strangeKey() }, "a signature by the registered key"},
		{"a kid that is not registered", header("kid", "k2"), "a key that is registered"},
		{"no kid, though the key has one", header("kid", nil), "a key that is registered"},
		{"a key in the header", header("jku", "https://attacker.example/jwks"), "no header but alg, kid and typ"},
		{"crit", header("crit", []string{"exp"}), "no header but alg, kid and typ"},
		{"no iss", claim("iss", nil), "the iss of a registered client"},
		{"an unknown iss", claim("iss", "nobody"), "the iss of a registered client"},
		{"no sub", claim("sub", nil), "sub is its iss"},
		{"another sub", claim("sub", "nobody"), "sub is its iss"},
		{"no aud", claim("aud", nil), "an assertion with aud"},
		{"aud is the token endpoint", claim("aud", "https://eksternapi.helsenorge.example/sts/oidcprov/v3/token"), "an assertion with aud"},
		{"aud with a slash", claim("aud", "https://eksternapi.helsenorge.example/sts/oidcprov/v3/"), "an assertion with aud"},
		{"two aud", claim("aud", []string{"sikkerhet.helsenorge.no", "https://attacker.example"}), "an assertion with aud"},
		{"no iat", claim("iat", nil), "iat, nbf and exp"},
		{"no nbf", claim("nbf", nil), "iat, nbf and exp"},
		{"no exp", claim("exp", nil), "iat, nbf and exp"},
		{"exp is a text", claim("exp", "soon"), "iat, nbf and exp"},
		{"exp 120 s after iat", claim("exp", at+120), "less than 120 s"},
		{"exp is iat", claim("exp", at), "less than 120 s"},
		{"expired now", func(a *assertion) { a.claims["iat"], a.claims["exp"] = at-60, at }, "has not expired"},
		{"iat 11 s ahead", claim("iat", at+11), "iat and nbf have come"},
		{"nbf 11 s ahead", claim("nbf", at+11), "iat and nbf have come"},
		{"no jti", claim("jti", nil), "jti is a GUID"},
		{"jti is no GUID", claim("jti", "1"), "jti is a GUID"},
	}
	a := newHandTool(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			draft, form := a.assertion(), a.pushForm("state-0123", strings.Repeat("v", 43))
			c.edit(&draft)
			form.Set("client_assertion", draft.sign(t))
			assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusUnauthorized, "invalid_client", c.want)
		})
	}
	require.NotEmpty(t, cases)
}

func TestHelsenorgeClientAssertionTakesTheLimits(t *testing.T) {
	a := newHandTool(t)
	at := start.Unix()
	for name, edit := range map[string]func(*assertion){
		"fixed aud":              func(a *assertion) { a.claims["aud"] = "sikkerhet.helsenorge.no" },
		"aud in a list":          func(d *assertion) { d.claims["aud"] = []string{a.h.Issuer()} },
		"PS512":                  func(a *assertion) { a.header["alg"] = "PS512" },
		"exp 119 s after iat":    func(a *assertion) { a.claims["exp"] = at + 119 },
		"iat and nbf 10 s ahead": func(a *assertion) { a.claims["iat"], a.claims["nbf"] = at+10, at+10 },
		"a fraction":             func(a *assertion) { a.claims["iat"] = float64(at) + 0.5 },
	} {
		t.Run(name, func(t *testing.T) {
			draft, form := a.assertion(), a.pushForm("state-0123", strings.Repeat("v", 43))
			edit(&draft)
			form.Set("client_assertion", draft.sign(t))
			assert.Equal(t, http.StatusCreated, a.post(launchtest.EndpointPAR, form).status)
		})
	}
}

func TestHelsenorgeClientAssertionMalformed(t *testing.T) {
	a := newHandTool(t)
	good := a.assertion().sign(t)
	parts := strings.Split(good, ".")
	twice := encode([]byte(`{"iss":"` + toolID + `","iss":"` + toolID + `"}`))
	for name, text := range map[string]string{
		"empty": "", "two segments": parts[0] + "." + parts[1], "padding": good + "=", "a line break": parts[0] + ".\n" + parts[1] + "." + parts[2],
		"no JSON": parts[0] + "." + encode([]byte("x")) + "." + parts[2], "a member twice": parts[0] + "." + twice + "." + parts[2],
		"another payload": parts[0] + "." + encode(bytes.Replace(unbase64(t, parts[1]), []byte(`"exp":`), []byte(`"exp":1`), 1)) + "." + parts[2],
	} {
		t.Run(name, func(t *testing.T) {
			form := a.pushForm("state-0123", strings.Repeat("v", 43))
			form.Set("client_assertion", text)
			got := a.post(launchtest.EndpointPAR, form)
			assert.Equal(t, http.StatusUnauthorized, got.status)
			assert.Equal(t, "invalid_client", got.text("error"))
		})
	}
	form := a.pushForm("state-0123", strings.Repeat("v", 43))
	form.Set("client_assertion_type", "jwt")
	assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusUnauthorized, "invalid_client", "client_assertion_type urn:")
	form = a.pushForm("state-0123", strings.Repeat("v", 43))
	form.Set("client_id", "nobody")
	assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusUnauthorized, "invalid_client", "client_id that is the assertion's iss")
}

func unbase64(t *testing.T, s string) []byte {
	data, err := base64.RawURLEncoding.DecodeString(s)
	require.NoError(t, err)
	return data
}

func TestHelsenorgeTakesAJTIOnce(t *testing.T) {
	a := newHandTool(t)
	form := a.pushForm("state-0123", strings.Repeat("v", 43))
	require.Equal(t, http.StatusCreated, a.post(launchtest.EndpointPAR, form).status)
	assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusUnauthorized, "invalid_client", "jti was not used before")
	token := a.tokenForm("x", strings.Repeat("v", 43))
	token.Set("client_assertion", form.Get("client_assertion"))
	assertRefused(t, a.post(launchtest.EndpointToken, token), http.StatusUnauthorized, "invalid_client", "jti was not used before")
	form = a.pushForm("state-0123", strings.Repeat("v", 43))
	form.Set("ui_locales", "en")
	require.Equal(t, http.StatusBadRequest, a.post(launchtest.EndpointPAR, form).status)
	form.Set("ui_locales", "nb")
	assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusUnauthorized, "invalid_client", "jti was not used before")
}

func TestHelsenorgeInvalidClientStatus(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.InvalidClient = http.StatusBadRequest })
	form := a.pushForm("state-0123", strings.Repeat("v", 43))
	form.Del("client_assertion")
	assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusBadRequest, "invalid_client", "client_assertion")
}

// otherKeys are key sources that cannot serve.
type otherKeys struct{ err error }

func (k otherKeys) Key(context.Context, string) (launch.PublicKey, error) {
	return launch.PublicKey{}, k.err
}

// oneKey is a key of any kid.
type oneKey struct{ key launch.PublicKey }

func (k oneKey) Key(context.Context, string) (launch.PublicKey, error) { return k.key, nil }

func TestHelsenorgeClientKeys(t *testing.T) {
	with := func(keys launch.Keys) *handTool {
		return newHandTool(t, func(c *launchtest.HelsenorgeConfig) {
			c.Clients = []launchtest.HelsenorgeClient{registered(t, func(c *launchtest.HelsenorgeClient) { c.Keys = keys })}
		})
	}
	push := func(a *handTool) reply {
		return a.post(launchtest.EndpointPAR, a.pushForm("state-0123", strings.Repeat("v", 43)))
	}
	assert.Equal(t, http.StatusCreated, push(with(keysOf(t, jwkOf(toolKey(), "", "")))).status, "a key without kid")
	assert.Equal(t, http.StatusCreated, push(with(keysOf(t, jwkOf(toolKey(), "k1", "RS256")))).status, "a key for RS256")
	assertRefused(t, push(with(keysOf(t, jwkOf(toolKey(), "k1", "PS512")))), http.StatusUnauthorized, "invalid_client", "registered key")
	elliptic, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	assertRefused(t, push(with(oneKey{elliptic.Public()})), http.StatusUnauthorized, "invalid_client", "a registered key that is RSA")
	unusable := launch.Refuse(launch.KindKeyUnusable, "a good key", nil)
	assertRefused(t, push(with(otherKeys{unusable})), http.StatusUnauthorized, "invalid_client", "a key that is registered")
	assertRefused(t, push(with(otherKeys{nil})), http.StatusUnauthorized, "invalid_client", "a key that is registered")
	down := push(with(otherKeys{errors.New("down")}))
	assertRefused(t, down, http.StatusServiceUnavailable, "temporarily_unavailable", "the client's keys")
	assert.NotEmpty(t, down.header.Get("Retry-After"))
}

func TestHelsenorgeTakesFormsOnly(t *testing.T) {
	a := newHandTool(t)
	send := func(method, address, kind, body, authorization string) reply {
		r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
		require.NoError(t, err)
		r.Header.Set("Content-Type", kind)
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		return a.do(r)
	}
	const form = "application/x-www-form-urlencoded"
	ran := 0
	for _, e := range []launchtest.Endpoint{launchtest.EndpointPAR, launchtest.EndpointToken, launchtest.EndpointRevoke, launchtest.EndpointExtend,
		launchtest.EndpointIntrospect} {
		ran++
		at, body := a.h.Address(e), a.signed(url.Values{}).Encode()
		get := send(http.MethodGet, at, form, "", "")
		assertRefused(t, get, http.StatusMethodNotAllowed, "invalid_request", "POST")
		assert.Equal(t, "POST", get.header.Get("Allow"))
		assertRefused(t, send(http.MethodPost, at, "application/json", "{}", ""), http.StatusUnsupportedMediaType, "invalid_request", "form-urlencoded")
		assertRefused(t, send(http.MethodPost, at+"?code=x", form, body, ""), http.StatusBadRequest, "invalid_request", "none in the address")
		assertRefused(t, send(http.MethodPost, at, form, "%", ""), http.StatusBadRequest, "invalid_request", "a form that can be read")
		assertRefused(t, send(http.MethodPost, at, form, "a="+strings.Repeat("a", 64<<10), ""), http.StatusRequestEntityTooLarge, "invalid_request", "64 KiB")
		assertRefused(t, send(http.MethodPost, at, form, body, "Basic eDp5"), http.StatusUnauthorized, "invalid_client", "no Authorization header")
	}
	assert.Equal(t, 5, ran)
	assert.Equal(t, http.StatusNotFound, a.get("https://eksternapi.helsenorge.example/sts/oidcprov/v2/authorize").status, "the portal's path at the API")
	assert.Equal(t, http.StatusNotFound, a.get("https://tjenester.helsenorge.example/sts/oidcprov/v3/token").status, "the API's path at the portal")
}

func TestHelsenorgeClientReachesNobodyElse(t *testing.T) {
	a := newHandTool(t)
	for _, address := range []string{"https://helsenorge.example", "http://eksternapi.helsenorge.example", "https://eksternapi.helsenorge.example:8443"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/callback?code=x", nil)
		require.NoError(t, err)
		resp, err := a.client.Do(r)
		if err == nil {
			resp.Body.Close()
		}
		var failed *url.Error
		require.ErrorAs(t, err, &failed)
		require.EqualError(t, failed.Err, "launchtest: no such host in this network: "+address)
	}
}

func TestHelsenorgeRequestURI(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) {
		c.Clients = append(c.Clients, registered(t, func(c *launchtest.HelsenorgeClient) { c.ID = "other" }))
	})
	authorize := func(query url.Values) reply {
		return a.get(a.h.Address(launchtest.EndpointAuthorize) + "?" + query.Encode())
	}
	push := func() url.Values {
		got := a.post(launchtest.EndpointPAR, a.pushForm("state-0123", strings.Repeat("v", 43)))
		return url.Values{"client_id": {toolID}, "request_uri": {got.text("request_uri")}}
	}
	refused := func(name string, query url.Values, want string) {
		got := authorize(query)
		assert.Equal(t, http.StatusBadRequest, got.status, name)
		assert.Contains(t, got.body, want, name)
		assert.Empty(t, got.header.Get("Location"), name)
	}
	const unknown, two = "a request_uri of this client that was not used and has not expired", "client_id and request_uri, once each, and nothing else"
	query := push()
	assert.Equal(t, http.StatusOK, authorize(query).status)
	refused("a second time", query, unknown)
	query = push()
	refused("another client", url.Values{"client_id": {"other"}, "request_uri": query["request_uri"]}, unknown)
	assert.Equal(t, http.StatusOK, authorize(query).status, "the other client did not use it up")
	query = push()
	a.h.Advance(time.Minute)
	refused("after a minute", query, unknown)
	refused("made up", url.Values{"client_id": {toolID}, "request_uri": {"urn:ietf:params:oauth:request_uri:x"}}, unknown)
	refused("no request_uri", url.Values{"client_id": {toolID}}, two)
	refused("no client_id", url.Values{"request_uri": push()["request_uri"]}, two)
	query = push()
	query.Set("state", "state-0123")
	refused("more than two", query, two)
	refused("twice", url.Values{"client_id": {toolID, toolID}, "request_uri": push()["request_uri"]}, two)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.h.Address(launchtest.EndpointAuthorize), nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusMethodNotAllowed, a.do(r).status)
}
