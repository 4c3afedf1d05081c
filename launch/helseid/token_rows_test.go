package helseid_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
)

// R8 to R12 of facts/security.md 2.4, but R10, which is about the stub.

// R8: 1000 calls whose first attempt fails, with tokens that last for a few of
// them: the stub refuses any jti twice, any long life, any wrong audience, htu or ath.
func TestR8_FreshAssertionAndProofForEachAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStub()
		s.lifetime, s.tokenNonce, s.apiNonce = 60, "t-0", "a-0"
		known := map[string]bool{}
		s.onAPI = func(w http.ResponseWriter, r *http.Request) {
			s.count(func() { s.tokenNonce, s.apiNonce = fmt.Sprint("t-", s.calls/7), fmt.Sprint("a-", s.calls/5) })
			if event := r.Header.Get("nhn-event-id"); !known[event] {
				known[event] = true
				w.WriteHeader(503)
			}
		}
		c := s.client(t, func(cfg *helseid.Config) { cfg.Now = s.running() })
		for range 1000 {
			code, _, err := do(t, c, s.request(t, "GET"))
			require.NoError(t, err)
			require.Equal(t, 200, code)
		}
		for _, reason := range s.wrong {
			require.Contains(t, reason, "the nonce")
		}
		ids := map[any]bool{}
		for _, p := range s.proofs {
			ids[p["jti"]] = true
		}
		for _, a := range s.assertions {
			ids[a["jti"]] = true
			assert.LessOrEqual(t, number(t, a, "exp")-number(t, a, "iat"), int64(60))
			assert.Equal(t, s.issuer, a["aud"])
		}
		assert.Len(t, ids, len(s.proofs)+len(s.assertions))
		assert.Greater(t, len(s.proofs), 2000)
		assert.Greater(t, len(s.assertions), 2)
	})
}

// R8: net/http sends a safe request again by itself when a kept connection breaks; the proof must not be the same.
func TestR8_FreshProofWhenAKeptConnectionBreaks(t *testing.T) {
	key := []string{"Idempotency-Key", "k1"}
	for _, c := range []struct {
		method string
		header []string
		body   bool
	}{{"GET", nil, false}, {"HEAD", nil, false}, {"OPTIONS", nil, false}, {"GET", key, false}, {"DELETE", key, false}, {"POST", key, true}, {"GET", nil, true}} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			s, client := served(t)
			for i := range 3 {
				r := s.request(t, c.method, c.header...)
				if !c.body {
					r.Body, r.GetBody, r.ContentLength = nil, nil, 0
				}
				if i > 0 { // the first call opens the connection
					s.onAPI = func(w http.ResponseWriter, r *http.Request) { s.count(func() { s.onAPI = nil }); drop(w, r) }
				}
				_, _, err := do(t, client, r)
				require.NoError(t, err)
			}
			assert.Equal(t, 5, s.calls)
			assert.Empty(t, s.wrong)
			assert.Empty(t, strings.Join(s.lengths, ""), "an empty body is not written")
		})
	}
}

// Over HTTP/2 too, and there is no empty body once that is known.
func TestR8_OverHTTP2(t *testing.T) {
	s := newStub()
	server := httptest.NewUnstartedServer(s)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	s.issuer, s.apiHost = server.URL, strings.TrimPrefix(server.URL, "https://")
	c := s.client(t, func(c *helseid.Config) { c.HTTP = server.Client() })
	var lengths []int64
	s.onAPI = func(_ http.ResponseWriter, r *http.Request) {
		assert.Equal(t, 2, r.ProtoMajor)
		lengths = append(lengths, r.ContentLength)
	}
	for range 3 {
		r := s.request(t, "GET")
		r.Body, r.GetBody, r.ContentLength = nil, nil, 0
		_, _, err := do(t, c, r)
		require.NoError(t, err)
	}
	assert.Equal(t, []int64{0, 0}, lengths[1:])
	assert.Empty(t, s.wrong)
}

func TestR9_NonceAtTheTokenEndpoint(t *testing.T) {
	s := newStub()
	s.tokenNonce = "t-1"
	c := s.client(t)
	_, _, err := do(t, c, s.request(t, "POST"))
	require.NoError(t, err)
	assert.Equal(t, []string{"token: the nonce"}, s.wrong)
	assert.Len(t, s.forms, 2)
	assert.NotEqual(t, s.forms[0]["client_assertion"], s.forms[1]["client_assertion"])
	s.pass(10 * time.Minute)
	_, _, err = do(t, c, s.request(t, "POST"))
	require.NoError(t, err)
	assert.Len(t, s.forms, 3, "the nonce is kept")
}

func TestR9_NonceAtTheAPI(t *testing.T) {
	s := newStub()
	s.apiNonce = "a-1"
	c := s.client(t)
	_, body, err := do(t, c, s.request(t, "POST"))
	require.NoError(t, err)
	assert.Equal(t, canary, body, "the body is sent again")
	assert.Equal(t, []string{"API: the nonce"}, s.wrong)
	assert.Equal(t, 2, s.calls)
	assert.Len(t, s.forms, 1, "a nonce is no reason for a new token")
}

// A nonce that comes with a 200 is used from then on, and at its origin only.
func TestR9_NewestNoncePerOrigin(t *testing.T) {
	s := newStub()
	c := s.client(t, func(c *helseid.Config) { c.APIs = append(c.APIs, "other.example") })
	s.onAPI = func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("DPoP-Nonce", fmt.Sprint("n-", s.calls)) }
	for range 3 {
		_, _, err := do(t, c, s.request(t, "GET"))
		require.NoError(t, err)
	}
	s.apiHost = "other.example"
	_, _, err := do(t, c, s.request(t, "GET"))
	require.NoError(t, err)
	var nonces []any
	for _, p := range s.proofs[1:] {
		nonces = append(nonces, p["nonce"])
	}
	assert.Equal(t, []any{nil, "n-1", "n-2", nil}, nonces)
}

func TestR9_NewestNonceAtTheTokenEndpoint(t *testing.T) {
	s := newStub()
	c := s.client(t)
	s.onToken = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("DPoP-Nonce", "t-2")
		reply(w, 200, map[string]any{"access_token": "token-1", "token_type": "dpop", "expires_in": 31})
	}
	for range 2 {
		_, _, err := do(t, c, s.request(t, "GET"))
		require.NoError(t, err)
		s.pass(10 * time.Second)
	}
	for _, p := range s.proofs {
		if p["htu"] == s.issuer+"/connect/token" && p["nonce"] == "t-2" {
			return
		}
	}
	assert.Fail(t, "no token request with the nonce that came with a 200")
}

func TestR9_OneRepeatOnly(t *testing.T) {
	s := newStub()
	s.onAPI = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("DPoP-Nonce", fmt.Sprint("n-", s.calls))
		w.Header().Set("WWW-Authenticate", `DPoP error="use_dpop_nonce"`)
		w.WriteHeader(401)
	}
	code, _, err := do(t, s.client(t), s.request(t, "POST"))
	require.NoError(t, err)
	assert.Equal(t, []int{401, 2}, []int{code, s.calls})

	s = newStub()
	s.onToken = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("DPoP-Nonce", fmt.Sprint("n-", len(s.forms)))
		reply(w, 400, map[string]any{"error": "use_dpop_nonce"})
	}
	_, _, err = do(t, s.client(t), s.request(t, "POST"))
	var e *helseid.TokenError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "use_dpop_nonce", e.Code)
	assert.Len(t, s.forms, 2)
}

func TestR9_ANonceMustBeOne(t *testing.T) {
	for name, nonce := range map[string]string{"space": "a b", "quote": `a"`, "long": strings.Repeat("a", 1025), "none": ""} {
		s := newStub()
		s.onAPI = func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("DPoP-Nonce", nonce) }
		c := s.client(t)
		for range 2 {
			_, _, err := do(t, c, s.request(t, "GET"))
			require.NoError(t, err)
		}
		assert.NotContains(t, s.proofs[2], "nonce", name)
	}
}

// R11: 100 callers at expiry make one request; no call leaves with a token that ends within the margin.
func TestR11_TokenCache(t *testing.T) {
	for name, c := range map[string]struct {
		lifetime int
		margin   time.Duration
	}{"60 s": {60, 0}, "300 s": {300, 0}, "20 s with a margin of 5 s": {20, 5 * time.Second}} {
		t.Run(name, func(t *testing.T) {
			s := newStub()
			s.lifetime = c.lifetime
			client := s.client(t, func(cfg *helseid.Config) { cfg.Margin = c.margin })
			margin := max(c.margin, 5*time.Second)
			if c.margin == 0 {
				margin = 30 * time.Second
			}
			for round := 1; round <= 5; round++ {
				var callers sync.WaitGroup
				for range 100 {
					callers.Go(func() {
						resp, err := client.Do(s.request(t, "GET"))
						if assert.NoError(t, err) {
							_ = resp.Body.Close()
						}
					})
				}
				callers.Wait()
				require.Len(t, s.forms, round)
				s.pass(time.Duration(c.lifetime)*time.Second - margin - time.Second)
				_, _, err := do(t, client, s.request(t, "GET"))
				require.NoError(t, err)
				require.Len(t, s.forms, round, "used while it is good")
				s.pass(time.Second)
			}
			assert.Greater(t, s.least, margin)
			assert.Empty(t, s.wrong)
		})
	}
}

// An API that takes a token no longer gets the request once more with a new one: 401, and 403 as NHN's do.
func TestR11_RefusedTokens(t *testing.T) {
	for _, code := range []int{401, 403} {
		s := newStub()
		c := s.client(t)
		_, _, err := do(t, c, s.request(t, "GET"))
		require.NoError(t, err)
		s.onAPI = func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.Header.Get("Authorization"), "-0") {
				w.WriteHeader(code)
				return
			}
			_, _ = io.Copy(w, r.Body)
		}
		got, body, err := do(t, c, s.request(t, "POST"))
		require.NoError(t, err)
		assert.Equal(t, []any{200, canary}, []any{got, body})
		assert.Equal(t, []int{3, 2}, []int{s.calls, len(s.forms)})
	}
}

// HelseID is down when the API takes a token no longer: the API's answer is the
// caller's, whole, and the request is not sent again for want of a token.
func TestR11_RefusedWhileHelseIDIsDown(t *testing.T) {
	for _, code := range []int{401, 403} {
		for _, method := range []string{"GET", "POST"} {
			t.Run(fmt.Sprint(method, code), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s, log := newStub(), &bytes.Buffer{}
					c := s.client(t, func(cfg *helseid.Config) { cfg.Now, cfg.Logger = s.running(), slog.New(slog.NewTextHandler(log, nil)) })
					_, _, err := do(t, c, s.request(t, "GET"))
					require.NoError(t, err)
					s.onToken = status(503)
					s.onAPI = func(w http.ResponseWriter, _ *http.Request) { reply(w, code, "why not") }
					got, body, err := do(t, c, s.request(t, method))
					require.NoError(t, err)
					assert.Equal(t, []any{code, "\"why not\"\n"}, []any{got, body})
					assert.Equal(t, 2, s.calls, "sent once")
					assert.Equal(t, 1, strings.Count(log.String(), "\n"), "a WARN, since the answer does not tell")
					assert.Contains(t, log.String(), `level=WARN msg="an API refused the access token, and there is no other" host=api.example`)

					s.onToken, s.onAPI = nil, nil
					got, _, err = do(t, c, s.request(t, method))
					require.NoError(t, err)
					assert.Equal(t, 200, got)
				})
			})
		}
	}
}

// Where a new token does not help, the API means something else: no storm of token requests.
func TestR11_RefusedWhateverTheToken(t *testing.T) {
	s := newStub()
	s.onAPI = status(403)
	c := s.client(t)
	for range 50 {
		code, _, err := do(t, c, s.request(t, "GET"))
		require.NoError(t, err)
		assert.Equal(t, 403, code)
	}
	assert.Equal(t, []int{2, 51}, []int{len(s.forms), s.calls})
	s.pass(31 * time.Second)
	_, _, err := do(t, c, s.request(t, "GET"))
	require.NoError(t, err)
	assert.Len(t, s.forms, 3, "after a while it is doubted again")
}

// R12: the client's keys rotate, on a node of their own, while calls go on.
func TestR12_KeyRotationDuringTheLoad(t *testing.T) {
	s := newStub()
	s.lifetime = 31
	var passed atomic.Int64 // the ring's clock: the stub holds its own while it looks at the ring
	now := func() time.Time { return start.Add(time.Duration(passed.Load())) }
	ring, err := launch.NewKeyRing(launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: now,
		MaxAge: time.Minute, MaxToken: time.Minute, MaxStale: time.Minute, Skew: 10 * time.Second, RotateEvery: 5 * time.Minute})
	require.NoError(t, err)
	require.NoError(t, ring.Tick(t.Context()))
	c := s.client(t, func(cfg *helseid.Config) { cfg.Key = ring })
	kids := map[string]bool{}
	s.keys = func(kid string) *jose.Key { kids[kid] = true; return published(t, ring, kid) }

	for range 200 { // 100 minutes, twenty rotations
		var callers sync.WaitGroup
		for range 8 {
			callers.Go(func() {
				resp, err := c.Do(s.request(t, "POST"))
				if assert.NoError(t, err) {
					_ = resp.Body.Close()
				}
			})
		}
		callers.Go(func() { assert.NoError(t, ring.Tick(t.Context())) })
		callers.Wait()
		s.pass(30 * time.Second)
		passed.Add(int64(30 * time.Second))
	}
	assert.Empty(t, s.wrong)
	assert.Equal(t, 1600, s.calls)
	assert.Greater(t, len(kids), 10)
}

// published looks a key up as HelseID would, in what the ring serves.
func published(t *testing.T, ring *launch.KeyRing, kid string) *jose.Key {
	w := httptest.NewRecorder()
	ring.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/jwks.json", nil))
	set, err := jose.ParseSet(w.Body.Bytes())
	if !assert.NoError(t, err) {
		return nil
	}
	key, err := set.Key(kid)
	assert.NoError(t, err)
	return key
}
