package launch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// issuer is a key server without a network, and its clock.
type issuer struct {
	mu     sync.Mutex
	at     time.Time
	body   string
	status int
	cache  string
	err    error
	hold   chan struct{}
	calls  atomic.Int32
}

func (i *issuer) Now() time.Time {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.at
}

func (i *issuer) pass(d time.Duration) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.at = i.at.Add(d)
}

func (i *issuer) Do(r *http.Request) (*http.Response, error) {
	i.calls.Add(1)
	if i.hold != nil {
		select {
		case <-i.hold:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	if i.err != nil {
		return nil, i.err
	}
	return &http.Response{StatusCode: i.status, Header: http.Header{"Cache-Control": {i.cache}},
		Body: io.NopCloser(strings.NewReader(i.body)), Request: r}, nil
}

func newIssuer(t *testing.T, keys ...launch.SigningKey) (*issuer, *launch.JWKS) {
	i := &issuer{at: start, status: 200, body: jwksOf(t, keys...)}
	return i, i.jwks(t)
}

func (i *issuer) jwks(t *testing.T) *launch.JWKS {
	j, err := launch.NewJWKS(launch.JWKSConfig{URL: "https://portal.example/jwks", Client: i, Now: i.Now})
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func jwksOf(t *testing.T, keys ...launch.SigningKey) string {
	public := make([]launch.PublicKey, len(keys))
	for i, k := range keys {
		public[i] = k.Public()
	}
	w := httptest.NewRecorder()
	launch.JWKSHandler(public...).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	return w.Body.String()
}

func signingKey(t *testing.T) launch.SigningKey {
	k, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	return k
}

func TestNewJWKSRefuses(t *testing.T) {
	for name, cfg := range map[string]launch.JWKSConfig{
		"empty":                 {},
		"http":                  {URL: "http://portal.example/jwks"},
		"http with loopback on": {URL: "http://portal.example/jwks", AllowLoopback: true},
		"loopback not allowed":  {URL: "http://127.0.0.1/jwks"},
		"file":                  {URL: "file:///etc/passwd"},
		"user":                  {URL: "https://a:b@portal.example/"},
		"interval":              {URL: "https://portal.example/", MinInterval: time.Millisecond},
		"stale":                 {URL: "https://portal.example/", MaxStale: 25 * time.Hour},
		"timeout":               {URL: "https://portal.example/", Timeout: -1},
	} {
		_, err := launch.NewJWKS(cfg)
		require.ErrorContains(t, err, "invalid JWKSConfig", name)
	}
	_, err := launch.NewJWKS(launch.JWKSConfig{URL: "http://[::1]:8080/jwks", AllowLoopback: true})
	assert.NoError(t, err)
}

// Rows N17 and N20: nobody from outside drives our requests.
func TestUnknownIssuerFetchesNothing(t *testing.T) {
	x := newTool(t)
	i := &issuer{at: start, status: 200, body: string(x.portal.JWKS())}
	x.Profiles = []launch.Profile{x.profile(t, i.jwks(t))}
	h := x.handler(t)
	for n := range 50 {
		d := x.portal.Draft()
		d.Claims["iss"] = fmt.Sprintf("https://attacker%d.example", n)
		d.Header["jku"] = "https://portal.example/jwks"
		assert.Equal(t, 403, post(h, x.portal.Sign(d)).Code)
		d.Claims["iss"], d.Header["alg"] = x.portal.Issuer(), "none"
		assert.Equal(t, 403, post(h, x.portal.Sign(d)).Code)
	}
	assert.Zero(t, i.calls.Load())
}

func TestUnknownKidsFetchOnce(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	_, err := j.Key(t.Context(), key.Public().ID())
	require.NoError(t, err)
	require.Equal(t, int32(1), i.calls.Load())
	for n := range 200 {
		_, err := j.Key(t.Context(), fmt.Sprintf("kid-%d", n))
		require.ErrorIs(t, err, launch.KindUnknownKey)
	}
	assert.LessOrEqual(t, i.calls.Load(), int32(2), "at most one extra")
	i.pass(29 * time.Second)
	_, _ = j.Key(t.Context(), "another")
	assert.Equal(t, int32(2), i.calls.Load())
	i.pass(time.Second)
	_, _ = j.Key(t.Context(), "another")
	assert.Equal(t, int32(3), i.calls.Load(), "after 30 s one more")
}

func TestColdStartFetchesOnce(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	i.hold = make(chan struct{})
	var all sync.WaitGroup
	var good, begun atomic.Int32
	for range 1000 {
		all.Go(func() {
			begun.Add(1)
			if _, err := j.Key(t.Context(), key.Public().ID()); err == nil {
				good.Add(1)
			}
		})
	}
	for begun.Load() < 1000 {
		runtime.Gosched()
	}
	close(i.hold)
	all.Wait()
	assert.Equal(t, int32(1000), good.Load())
	assert.Equal(t, int32(1), i.calls.Load())
}

// Rows J3 and J4: a new key works at once, a removed one no longer than the cache.
func TestRotation(t *testing.T) {
	old, fresh := signingKey(t), signingKey(t)
	i, j := newIssuer(t, old)
	_, err := j.Key(t.Context(), old.Public().ID())
	require.NoError(t, err)
	i.body = jwksOf(t, fresh)
	_, err = j.Key(t.Context(), fresh.Public().ID())
	require.NoError(t, err)
	assert.Equal(t, int32(2), i.calls.Load())
	_, err = j.Key(t.Context(), old.Public().ID())
	require.ErrorIs(t, err, launch.KindUnknownKey, "replaced, not merged")
}

// Row J11: an age within a minute and a day.
func TestCacheControl(t *testing.T) {
	for header, age := range map[string]time.Duration{
		"": 10 * time.Minute, "public, max-age=120": 2 * time.Minute, "max-age=0": time.Minute, "max-age=-5": time.Minute, "MAX-AGE=\"300\"": 5 * time.Minute,
		"max-age=99999999": 24 * time.Hour, "max-age=99999999999999999999": 24 * time.Hour, "max-age=x": time.Minute, "no-store": time.Minute, "no-cache": time.Minute,
	} {
		key := signingKey(t)
		i, j := newIssuer(t, key)
		i.cache = header
		look := func() {
			_, err := j.Key(t.Context(), key.Public().ID())
			require.NoError(t, err)
		}
		look()
		i.pass(age*3/4 - time.Second)
		look()
		assert.Equal(t, int32(1), i.calls.Load(), "%q: fresh", header)
		i.pass(age - age*3/4 + time.Second)
		look()
		assert.Equal(t, int32(2), i.calls.Load(), "%q: old", header)
	}
}

// Near the end of their age, keys are fetched again while the old ones serve.
func TestRefreshInTheBackground(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	_, err := j.Key(t.Context(), key.Public().ID())
	require.NoError(t, err)
	i.pass(8 * time.Minute)
	i.hold = make(chan struct{})
	for range 100 {
		_, err = j.Key(t.Context(), key.Public().ID())
		require.NoError(t, err, "does not wait")
	}
	close(i.hold)
	for i.calls.Load() < 2 {
		runtime.Gosched()
	}
	require.NoError(t, j.Close())
	assert.Equal(t, int32(2), i.calls.Load())
}

// A kid that cannot be one is not even looked up.
func TestLongKidIsNotLookedUp(t *testing.T) {
	x := newTool(t)
	spy := &spying{Keys: x.portal.Keys()}
	x.Profiles = []launch.Profile{x.profile(t, spy)}
	h := x.handler(t)
	for kid, asked := range map[string]int{strings.Repeat("k", 257): 0, "": 0, strings.Repeat("k", 256): 1} {
		spy.asked = 0
		d := x.portal.Draft()
		d.Header["kid"] = kid
		assert.Equal(t, 403, post(h, x.portal.Sign(d)).Code)
		assert.Equal(t, asked, spy.asked)
	}
}

type spying struct {
	launch.Keys
	asked int
}

func (s *spying) Key(ctx context.Context, kid string) (launch.PublicKey, error) {
	s.asked++
	return s.Keys.Key(ctx, kid)
}

// A source that breaks its promise gives no launch.
func TestKeySourcesOfOthers(t *testing.T) {
	for name, c := range map[string]struct {
		keys launch.Keys
		want int
	}{
		"zero key":    {source{}, 403},
		"plain error": {source{err: errors.New("down")}, 503},
	} {
		x := newTool(t)
		x.Profiles = []launch.Profile{x.profile(t, c.keys)}
		assert.Equal(t, c.want, post(x.handler(t), x.portal.Good()).Code, name)
	}
}

type source struct{ err error }

func (s source) Key(context.Context, string) (launch.PublicKey, error) {
	return launch.PublicKey{}, s.err
}

// Rows J5 and J6: bad answers leave the last good set in use, for a day.
func TestOutage(t *testing.T) {
	faults := map[string]func(i *issuer){
		"down":      func(i *issuer) { i.err = errors.New("connection refused") },
		"500":       func(i *issuer) { i.status = 500 },
		"404":       func(i *issuer) { i.status = 404 },
		"redirect":  func(i *issuer) { i.status = 302 },
		"HTML":      func(i *issuer) { i.body = "<html>" },
		"no keys":   func(i *issuer) { i.body = `{"keys":[]}` },
		"truncated": func(i *issuer) { i.body = i.body[:50] },
		"too large": func(i *issuer) { i.body += strings.Repeat(" ", 256<<10) },
		"a secret":  func(i *issuer) { i.body = `{"keys":[{"kty":"oct","k":"AAAA","kid":"x"}]}` },
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			key := signingKey(t)
			i, j := newIssuer(t, key)
			_, err := j.Key(t.Context(), key.Public().ID())
			require.NoError(t, err)
			fault(i)
			for range 23 * 6 {
				i.pass(10 * time.Minute)
				_, err := j.Key(t.Context(), key.Public().ID())
				require.NoError(t, err)
			}
			require.NoError(t, j.Close())
			i.pass(61 * time.Minute)
			_, err = j.Key(t.Context(), key.Public().ID())
			require.Error(t, err, "after a day")
		})
	}
}

// Row J7: an issuer that hangs delays one caller, not all that come after him.
func TestHangingIssuerDelaysNobody(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	_, err := j.Key(t.Context(), key.Public().ID())
	require.NoError(t, err)
	i.err = errors.New("time out")
	i.pass(time.Hour)
	_, err = j.Key(t.Context(), key.Public().ID())
	require.NoError(t, err, "old keys serve")
	i.hold = make(chan struct{}) // never closed: whoever waits for the fetch waits for its time limit
	i.pass(time.Hour)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		_, err = j.Key(ended, key.Public().ID())
		require.NoError(t, err, "did not wait")
	}
	require.NoError(t, j.Close())
	assert.Equal(t, int32(3), i.calls.Load())
}

func TestKeysDownAndNeverSeen(t *testing.T) {
	x := newTool(t)
	i := &issuer{at: start, err: errors.New("connection refused")}
	x.Profiles = []launch.Profile{x.profile(t, i.jwks(t))}
	h := x.handler(t)
	for range 20 {
		w := post(h, x.portal.Good())
		assert.Equal(t, http.StatusServiceUnavailable, w.Code)
		assert.Equal(t, "30", w.Header().Get("Retry-After"))
	}
	assert.Equal(t, int32(1), i.calls.Load(), "waits before it tries again")
	assert.Contains(t, x.log.String(), "kind=keys_unavailable")
	i.err, i.status, i.body = nil, 200, string(x.portal.JWKS())
	i.pass(2 * time.Second)
	assert.Equal(t, 303, post(h, x.portal.Good()).Code)
}

func TestAmbiguousSetIsUnusable(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	one := strings.TrimSuffix(strings.TrimPrefix(i.body, `{"keys":[`), `]}`)
	i.body = `{"keys":[` + one + `,` + one + `]}`
	_, err := j.Key(t.Context(), key.Public().ID())
	require.ErrorIs(t, err, launch.KindKeyUnusable)
}

// Row J12: a caller that gives up does not take the others' fetch with him.
func TestCallerGivesUp(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	i.hold = make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := j.Key(ctx, key.Public().ID())
	require.ErrorIs(t, err, launch.KindKeysUnavailable)
	close(i.hold)
	_, err = j.Key(t.Context(), key.Public().ID())
	require.NoError(t, err)
	assert.Equal(t, int32(1), i.calls.Load())
}

// Row J14: nothing is fetched after Close, and a running fetch ends.
func TestCloseEndsTheFetch(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	i.hold = make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = j.Key(ctx, key.Public().ID())
	require.NoError(t, j.Close())
	require.NoError(t, j.Close())
	before := i.calls.Load()
	close(i.hold)
	i.pass(time.Hour)
	_, err := j.Key(t.Context(), key.Public().ID())
	require.ErrorIs(t, err, launch.KindKeysUnavailable)
	assert.Equal(t, before, i.calls.Load())
}

// Row J9: our own client follows nothing; another's answer from elsewhere is refused.
func TestRedirects(t *testing.T) {
	key := signingKey(t)
	mux := http.NewServeMux()
	mux.HandleFunc("/jwks", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/moved", http.StatusFound) })
	var followed atomic.Int32
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		followed.Add(1)
		launch.JWKSHandler(key.Public()).ServeHTTP(w, r)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	var log bytes.Buffer
	for _, client := range []launch.Doer{nil, server.Client()} {
		j, err := launch.NewJWKS(launch.JWKSConfig{URL: server.URL + "/jwks", AllowLoopback: true, Client: client, Now: now,
			Logger: slog.New(slog.NewTextHandler(&log, nil))})
		require.NoError(t, err)
		_, err = j.Key(t.Context(), key.Public().ID())
		require.ErrorIs(t, err, launch.KindKeysUnavailable)
		require.NoError(t, j.Close())
	}
	assert.Equal(t, 2, strings.Count(log.String(), "issuer keys not available"))
	assert.Equal(t, int32(1), followed.Load(), "by the other client only")
	j, err := launch.NewJWKS(launch.JWKSConfig{URL: server.URL + "/moved", AllowLoopback: true, Now: now})
	require.NoError(t, err)
	_, err = j.Key(t.Context(), key.Public().ID())
	require.NoError(t, err)
}

func TestJWKSHandler(t *testing.T) {
	key := signingKey(t)
	h := launch.JWKSHandler(key.Public())
	w := serve(h, httptest.NewRequest("GET", "/jwks", nil))
	assert.Equal(t, 200, w.Code)
	assert.Equal(t, "application/jwk-set+json", w.Header().Get("Content-Type"))
	assert.Equal(t, "public, max-age=600", w.Header().Get("Cache-Control"))
	assert.Contains(t, w.Body.String(), key.Public().ID())
	assert.NotContains(t, w.Body.String(), `"d"`)
	_, err := launch.ParseStaticKeys(w.Body.Bytes())
	require.NoError(t, err)
	head := serve(h, httptest.NewRequest("HEAD", "/jwks", nil))
	assert.Equal(t, 200, head.Code)
	assert.Empty(t, head.Body.String())
	r := httptest.NewRequest("GET", "/jwks", nil)
	r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	assert.Equal(t, http.StatusNotModified, serve(h, r).Code)
	refused := serve(h, httptest.NewRequest("POST", "/jwks", nil))
	assert.Equal(t, http.StatusMethodNotAllowed, refused.Code)
	assert.Equal(t, "GET, HEAD", refused.Header().Get("Allow"))
	assert.Panics(t, func() { launch.JWKSHandler(launch.PublicKey{}) })
	assert.JSONEq(t, `{"keys":[]}`, serve(launch.JWKSHandler(), httptest.NewRequest("GET", "/", nil)).Body.String())
}
