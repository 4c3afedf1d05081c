package launchtest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestHelseIDExpiry(t *testing.T) {
	l := newHIDLab(t, func(c *launchtest.HelseIDConfig) { c.TokenLife = 300 * time.Second })
	token := l.token()
	l.MoveClock(299 * time.Second)
	assert.Equal(t, http.StatusOK, l.get(token).status)
	l.MoveClock(time.Second)
	a := l.get(token)
	assert.Equal(t, http.StatusUnauthorized, a.status)
	assert.Equal(t, "invalid_token", a.code())
	l.MoveClock(-time.Hour)
	assert.Equal(t, "invalid_token", l.get(token).code(), "not yet good")
}

func TestHelseIDExpireTokens(t *testing.T) {
	l := newHIDLab(t)
	token := l.token()
	l.ExpireTokens()
	assert.Equal(t, "invalid_token", l.get(token).code())
	assert.Equal(t, http.StatusOK, l.get(l.token()).status)
}

// Old tokens outlive a rotation, as their key stays published.
func TestHelseIDRotation(t *testing.T) {
	l := newHIDLab(t)
	old := l.token()
	require.NoError(t, l.RotateKeys())
	token := l.token()
	assert.NotEqual(t, old[:strings.IndexByte(old, '.')], token[:strings.IndexByte(token, '.')], "another kid")
	assert.Equal(t, http.StatusOK, l.get(old).status)
	assert.Equal(t, http.StatusOK, l.get(token).status)
	assert.Len(t, l.do(hidGet(t, hidIssuer+string(launchtest.HelseIDJWKS))).body["keys"], 2)
}

func TestHelseIDScopesAndAudiences(t *testing.T) {
	l := newHIDLab(t, func(c *launchtest.HelseIDConfig) { c.Audiences = []string{hidAPI, "urn:other-api"} })
	ok := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	ask := func(resource string) string {
		form := hidForm(l.assertion("single").sign(t))
		if resource != "" {
			form.Set("resource", resource)
		}
		return l.do(l.tokenRequest(form, l.proofFor(http.MethodPost, hidToken, "").sign(t))).body["access_token"].(string)
	}
	assert.Equal(t, http.StatusOK, l.get(ask("")).status)
	assert.Equal(t, http.StatusOK, l.get(ask(hidAPI)).status)
	assert.Equal(t, "invalid_token", l.get(ask("urn:other-api")).code())
	l.Route(hidAPI, l.ProtectAs("urn:other-api", ok))
	assert.Equal(t, http.StatusOK, l.get(ask("urn:other-api")).status)

	l.Route(hidAPI, l.Protect(ok, "nhn:task/read", "nhn:task/write"))
	a := l.get(ask(""))
	assert.Equal(t, http.StatusForbidden, a.status)
	assert.Equal(t, "insufficient_scope", a.code())
	assert.Contains(t, a.header.Get("WWW-Authenticate"), `scope="nhn:task/read nhn:task/write"`)
}

// What a planned failure got is used up: the same assertion and proof again are found out.
func TestHelseIDFail(t *testing.T) {
	l := newHIDLab(t)
	l.Fail(launchtest.HelseIDToken, 2, http.StatusServiceUnavailable)
	assertion, proof := l.assertion("single").sign(t), l.proofFor(http.MethodPost, hidToken, "").sign(t)
	send := func() hidAnswer { return l.do(l.tokenRequest(hidForm(assertion), proof)) }
	assert.Equal(t, http.StatusServiceUnavailable, send().status)
	assert.Equal(t, http.StatusServiceUnavailable, send().status)
	assert.Equal(t, "invalid_client", send().code())
	assert.Zero(t, l.Tokens())
	assert.Equal(t, 3, l.Requests(launchtest.HelseIDToken))

	token := l.token()
	l.Fail(launchtest.HelseIDProtected, 1, http.StatusBadGateway)
	proof = l.proofFor(http.MethodGet, hidTask, token).sign(t)
	assert.Equal(t, http.StatusBadGateway, l.do(l.call(token, proof)).status)
	assert.Zero(t, l.Calls())
	assert.Equal(t, "invalid_dpop_proof", l.do(l.call(token, proof)).code())
	assert.Equal(t, http.StatusOK, l.get(token).status)

	l.Fail(launchtest.HelseIDDiscovery, 1, http.StatusInternalServerError)
	assert.Equal(t, http.StatusInternalServerError, l.do(hidGet(t, hidIssuer+string(launchtest.HelseIDDiscovery))).status)
	assert.Equal(t, http.StatusOK, l.do(hidGet(t, hidIssuer+string(launchtest.HelseIDDiscovery))).status)
}

func TestHelseIDAnswer(t *testing.T) {
	l := newHIDLab(t)
	l.Answer(launchtest.HelseIDJWKS, 1, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(429)
	}))
	a := l.do(hidGet(t, hidIssuer+string(launchtest.HelseIDJWKS)))
	assert.Equal(t, "3600", a.header.Get("Retry-After"))

	l.Answer(launchtest.HelseIDToken, 1, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	resp, err := l.client.Do(l.tokenRequest(hidForm(l.assertion("single").sign(t)), l.proofFor(http.MethodPost, hidToken, "").sign(t)))
	if err == nil {
		_ = resp.Body.Close()
	}
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

// Slow answers end with the caller's patience.
func TestHelseIDSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newHIDLab(t)
		l.Slow(launchtest.HelseIDDiscovery, time.Minute)
		start := time.Now()
		assert.Equal(t, http.StatusOK, l.do(hidGet(t, hidIssuer+string(launchtest.HelseIDDiscovery))).status)
		assert.Equal(t, time.Minute, time.Since(start))

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start = time.Now()
		resp, err := l.client.Do(hidGet(t, hidIssuer+string(launchtest.HelseIDDiscovery)).WithContext(ctx))
		if err == nil {
			_ = resp.Body.Close()
		}
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, time.Second, time.Since(start))
		l.Slow(launchtest.HelseIDDiscovery, 0)
		start = time.Now()
		l.do(hidGet(t, hidIssuer+string(launchtest.HelseIDDiscovery)))
		assert.Zero(t, time.Since(start))
	})
}

// Only what has a route is reached, by its scheme, host and port.
func TestHelseIDNetwork(t *testing.T) {
	l := newHIDLab(t)
	for _, address := range []string{"https://unknown.example/", "http://api.helseid.example/", "https://api.helseid.example:8443/", "https://x.api.helseid.example/"} {
		resp, err := l.client.Do(hidGet(t, address))
		if err == nil {
			_ = resp.Body.Close()
		}
		assert.ErrorContains(t, err, "launchtest: no such address in this test", address)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	resp, err := l.client.Do(hidGet(t, hidIssuer).WithContext(ended))
	if err == nil {
		_ = resp.Body.Close()
	}
	assert.ErrorIs(t, err, context.Canceled)
	assert.PanicsWithValue(t, "launchtest: Route wants an https or http address without a path", func() { l.Route(hidAPI+"/path", nil) })
	boom := errors.New("boom")
	l.Route("http://loop.example:80", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(boom) }))
	assert.PanicsWithValue(t, boom, func() { _, _ = l.client.Do(hidGet(t, "http://loop.example/")) })
}

// The header's names reach a handler in one spelling, as over a network.
func TestHelseIDHeaderNames(t *testing.T) {
	l := newHIDLab(t)
	token := l.token()
	r := l.call(token, "")
	r.Header["DPoP"] = []string{l.proofFor(http.MethodGet, hidTask, token).sign(t)}
	assert.Equal(t, http.StatusOK, l.do(r).status)
}

// An API without TLS is another address than one with it.
func TestHelseIDPlainHTTP(t *testing.T) {
	l := newHIDLab(t)
	l.Route("http://api.helseid.example", l.Protect(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "nhn:task/read"))
	token := l.token()
	for scheme, want := range map[string]int{"http": http.StatusOK, "https": http.StatusUnauthorized} {
		r := l.call(token, l.proofFor(http.MethodGet, strings.Replace(hidTask, "https", scheme, 1), token).sign(t))
		r.URL.Scheme = "http"
		assert.Equal(t, want, l.do(r).status, scheme)
	}
}

// Over a network, and behind a mux that cuts the path.
func TestHelseIDRealServer(t *testing.T) {
	l := newHIDLab(t)
	ok := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewTLSServer(http.StripPrefix("/fhir", l.Protect(ok, "nhn:task/read")))
	defer server.Close()
	token := l.token()
	l.client = server.Client()
	for path, want := range map[string]int{"/fhir/Task": http.StatusOK, "/Task": http.StatusUnauthorized} {
		r := hidGet(t, server.URL+"/fhir/Task")
		r.Header.Set("Authorization", "DPoP "+token)
		r.Header.Set("DPoP", l.proofFor(http.MethodGet, server.URL+path, token).sign(t))
		assert.Equal(t, want, l.do(r).status, path)
	}
}

// Everything that a client must not log, good or not.
func TestHelseIDSecrets(t *testing.T) {
	l := newHIDLab(t)
	assertion, proof := l.assertion("single").sign(t), l.proofFor(http.MethodPost, hidToken, "").sign(t)
	token := l.do(l.tokenRequest(hidForm(assertion), proof)).body["access_token"].(string)
	bad := l.proofFor(http.MethodGet, "https://other.example", token).sign(t)
	l.do(l.call(token, bad))
	r := l.call("", "a-proof-that-is-none")
	r.Header.Set("Authorization", "Bearer a-bearer-token")
	l.do(r)
	form := hidForm("an-assertion-that-is-none")
	form.Set("client_secret", "a-client-secret")
	l.do(l.tokenRequest(form, ""))
	secrets := l.Secrets()
	for _, want := range []string{assertion, proof, token, bad, "a-proof-that-is-none", "a-bearer-token", "an-assertion-that-is-none", "a-client-secret"} {
		assert.Contains(t, secrets, want)
		for i, part := range strings.Split(want, ".") {
			if strings.Contains(want, ".") {
				assert.Equal(t, i > 0, slices.Contains(secrets, part), "payload and signature, not the header")
			}
		}
	}
	for _, s := range secrets {
		assert.GreaterOrEqual(t, len(s), 8)
	}
}

// Many at once, while the simulator is changed.
func TestHelseIDAtOnce(t *testing.T) {
	l := newHIDLab(t)
	const callers = 20
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			a := l.ask("single")
			if assert.Equal(t, http.StatusOK, a.status) {
				l.get(a.body["access_token"].(string))
			}
		})
	}
	wg.Go(func() { assert.NoError(t, l.RotateKeys()); l.MoveClock(time.Millisecond); l.Secrets(); l.Proofs() })
	wg.Wait()
	assert.Equal(t, callers, l.Tokens())
	assert.Equal(t, callers, l.Calls())
	assert.Len(t, l.Assertions(), callers)
	assert.Len(t, l.Proofs(), 2*callers)
}
