package launch_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
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
	age    string
	err    error
	hold   chan struct{}
	calls  atomic.Int32
}

// set changes what the server says.
func (i *issuer) set(edit func(*issuer)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	edit(i)
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
	i.mu.Lock()
	hold := i.hold
	i.mu.Unlock()
	i.calls.Add(1)
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.err != nil {
		return nil, i.err
	}
	header := http.Header{"Cache-Control": {i.cache}, "Age": {i.age}}
	return &http.Response{StatusCode: i.status, Header: header, Body: io.NopCloser(strings.NewReader(i.body)), Request: r}, nil
}

func newIssuer(t testing.TB, keys ...launch.SigningKey) (*issuer, *launch.JWKS) {
	i := &issuer{at: start, status: 200, body: jwksOf(t, keys...)}
	return i, i.jwks(t)
}

func (i *issuer) jwks(t testing.TB, edits ...func(*launch.JWKSConfig)) *launch.JWKS {
	cfg := launch.JWKSConfig{URL: "https://portal.example/jwks", Client: i, Now: i.Now}
	for _, edit := range edits {
		edit(&cfg)
	}
	j, err := launch.NewJWKS(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func jwksOf(t testing.TB, keys ...launch.SigningKey) string {
	public := make([]launch.PublicKey, len(keys))
	for i, k := range keys {
		public[i] = k.Public()
	}
	w := httptest.NewRecorder()
	launch.JWKSHandler(public...).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	return w.Body.String()
}

func signingKey(t testing.TB) launch.SigningKey {
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

func TestAmbiguousSetIsUnusable(t *testing.T) {
	key := signingKey(t)
	i, j := newIssuer(t, key)
	one := strings.TrimSuffix(strings.TrimPrefix(i.body, `{"keys":[`), `]}`)
	i.body = `{"keys":[` + one + `,` + one + `]}`
	_, err := j.Key(t.Context(), key.Public().ID())
	require.ErrorIs(t, err, launch.KindKeyUnusable)
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
