package launch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// recorder keeps what a JWKS tells.
type recorder struct {
	mu      sync.Mutex
	log     bytes.Buffer
	changes []launch.JWKSChange
	during  func()
}

func (r *recorder) listen(c *launch.JWKSConfig) {
	c.Logger = slog.New(slog.NewTextHandler(&r.log, nil))
	c.OnChange = func(change launch.JWKSChange) {
		if r.during != nil {
			r.during()
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.changes = append(r.changes, change)
	}
}

// states are those that were told, without what was told of private keys.
func (r *recorder) states() (states []launch.JWKSState) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.changes {
		if len(c.Exposed) == 0 {
			states = append(states, c.State)
		}
	}
	return states
}

// counted is a real key server that counts.
type counted struct {
	*httptest.Server
	calls atomic.Int32
}

func serveKeys(t testing.TB, answer http.HandlerFunc) *counted {
	c := &counted{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.calls.Add(1)
		answer(w, r)
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *counted) jwks(t testing.TB, edits ...func(*launch.JWKSConfig)) *launch.JWKS {
	cfg := launch.JWKSConfig{URL: c.URL, AllowLoopback: true, Now: now}
	for _, edit := range edits {
		edit(&cfg)
	}
	j, err := launch.NewJWKS(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func keyServer(t testing.TB, body string) (*counted, *launch.JWKS) {
	c := serveKeys(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
	return c, c.jwks(t)
}

// drip writes a byte a millisecond until the other side is gone.
func drip(r *http.Request, w io.Writer) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for r.Context().Err() == nil {
		<-tick.C
		if _, err := w.Write([]byte(" ")); err != nil {
			return
		}
		if f, is := w.(http.Flusher); is {
			f.Flush()
		}
	}
}

func slowHeader(w http.ResponseWriter, r *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nX-Slow:")
	drip(&http.Request{}, conn)
}

func TestJ7_SlowAnswersEnd(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"header": slowHeader,
		"body":   func(w http.ResponseWriter, r *http.Request) { drip(r, w) },
		"hang":   func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			c := serveKeys(t, answer)
			j := c.jwks(t, func(c *launch.JWKSConfig) { c.Timeout = 30 * time.Millisecond })
			_, err := j.Key(t.Context(), "kid")
			require.ErrorIs(t, err, launch.KindKeysUnavailable)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.Equal(t, int32(1), c.calls.Load())
		})
	}
}

// The fetch runs apart: known kids are answered while it hangs, before and after the keys' age.
func TestJ7_HangingIssuerDelaysNobody(t *testing.T) {
	key := signingKey(t)
	synctest.Test(t, func(t *testing.T) {
		i, j := newIssuer(t, key)
		has(t, j, key)
		i.set(func(i *issuer) { i.hold = make(chan struct{}) })
		i.pass(8 * time.Minute)
		for range 100 {
			_, err := j.Key(ended(t), key.Public().ID())
			require.NoError(t, err, "refreshed in the background")
		}
		synctest.Wait() // the fetch hangs
		require.NoError(t, j.Close())
		assert.Equal(t, int32(2), i.calls.Load())
	})
	i, j := newIssuer(t, key)
	has(t, j, key)
	i.set(func(i *issuer) { i.err = errors.New("time out") })
	i.pass(11 * time.Minute)
	has(t, j, key) // waits, once, because nobody asked in time
	i.set(func(i *issuer) { i.hold = make(chan struct{}) })
	i.pass(10 * time.Minute)
	for range 100 {
		_, err := j.Key(ended(t), key.Public().ID())
		require.NoError(t, err, "old keys serve")
	}
}

func TestJ8_Size(t *testing.T) {
	member := `{"kty":"EC","crv":"P-256","kid":"%d"}`
	keys := make([]string, 10_000)
	for n := range keys {
		keys[n] = fmt.Sprintf(member, n)
	}
	for name, body := range map[string]string{
		"256 KiB and a byte": `{"keys":[]}` + strings.Repeat(" ", 256<<10),
		"10 000 keys":        `{"keys":[` + strings.Join(keys, ",") + `]}`,
		"10 000 small keys":  `{"keys":[` + strings.TrimSuffix(strings.Repeat(`{},`, 10_000), ",") + `]}`,
		"128 MiB":            strings.Repeat(strings.Repeat("x", 1<<20), 128),
	} {
		t.Run(name, func(t *testing.T) {
			i, j := newIssuer(t)
			i.body = body
			assertRefusedWithin(t, j, 2<<20)
		})
	}
}

func assertRefusedWithin(t *testing.T, j *launch.JWKS, most uint64) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := j.Key(t.Context(), "kid")
	runtime.ReadMemStats(&after)
	require.ErrorIs(t, err, launch.KindKeysUnavailable)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, most, "bytes allocated")
}

func TestJ8_Bomb(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 8 {
		_, _ = z.Write(make([]byte, 1<<20))
	}
	require.NoError(t, z.Close())
	c := serveKeys(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb.Bytes())
	})
	assertRefusedWithin(t, c.jwks(t), 2<<20)
	assert.Equal(t, int32(1), c.calls.Load())
}

func TestJ8_Header(t *testing.T) {
	c := serveKeys(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Large", strings.Repeat("x", 1<<20)) })
	assertRefusedWithin(t, c.jwks(t), 4<<20) // the server's part included
}

// followedBy is a client that follows redirects and cannot be told not to.
type followedBy struct{ *http.Client }

func TestJ9_Redirects(t *testing.T) {
	key := signingKey(t)
	target := serveKeys(t, launch.JWKSHandler(key.Public()).ServeHTTP)
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, location := range []string{target.URL, "/moved", "http://169.254.169.254/latest"} {
			moved := atomic.Int32{}
			c := serveKeys(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/moved" {
					moved.Add(1)
				}
				http.Redirect(w, r, location, status)
			})
			for _, client := range []launch.Doer{nil, c.Client()} {
				j := c.jwks(t, func(cfg *launch.JWKSConfig) { cfg.Client = client })
				_, err := j.Key(t.Context(), key.Public().ID())
				require.ErrorIs(t, err, launch.KindKeysUnavailable)
			}
			assert.Zero(t, moved.Load())
		}
	}
	assert.Zero(t, target.calls.Load(), "nobody followed")
	c := serveKeys(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target.URL, http.StatusFound) })
	j := c.jwks(t, func(cfg *launch.JWKSConfig) { cfg.Client = followedBy{c.Client()} })
	_, err := j.Key(t.Context(), key.Public().ID())
	require.ErrorIs(t, err, launch.KindKeysUnavailable, "an answer from elsewhere")
	has(t, target.jwks(t), key)
}

// The host's own client is not changed.
func TestClientIsCopied(t *testing.T) {
	mine := &http.Client{}
	_, err := launch.NewJWKS(launch.JWKSConfig{URL: "https://portal.example/", Client: mine})
	require.NoError(t, err)
	assert.Nil(t, mine.CheckRedirect)
}

func TestJ10_OnlyHTTPS(t *testing.T) {
	for address, loopbackToo := range map[string]bool{
		"http://portal.example/jwks": false, "http://127.0.0.1/jwks": true, "http://[::1]:8080/jwks": true, "http://localhost/jwks": true,
		"http://127.0.0.1.portal.example/": false, "http://localhost.portal.example/": false, "http://10.0.0.1/": false, "ftp://127.0.0.1/": false, "//127.0.0.1/": false,
	} {
		_, err := launch.NewJWKS(launch.JWKSConfig{URL: address})
		require.ErrorContains(t, err, "field URL is not an https address", address)
		_, err = launch.NewJWKS(launch.JWKSConfig{URL: address, AllowLoopback: true})
		assert.Equal(t, loopbackToo, err == nil, address)
	}
}

// Row J13, over the handler: one portal's server hangs, the other's launches pass.
func TestJ13_OneIssuerHangs(t *testing.T) {
	x := newTool(t)
	second := launchtest.NewPortal(t, launchtest.Config{Issuer: "https://second.example", Now: now})
	hanging := serveKeys(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, good := keyServer(t, string(second.JWKS()))
	stuck := hanging.jwks(t)
	p, err := hti.New(hti.Config{Audience: x.portal.Audience(), Issuers: []hti.Issuer{
		{ID: x.portal.Issuer(), Keys: stuck}, {ID: second.Issuer(), Keys: good}}})
	require.NoError(t, err)
	x.Profiles = []launch.Profile{p}
	h := x.handler(t)
	waiting := make(chan int)
	go func() { waiting <- post(h, x.portal.Good()).Code }()
	for hanging.calls.Load() == 0 {
		runtime.Gosched()
	}
	for range 20 {
		require.Equal(t, 303, post(h, second.Good()).Code)
	}
	require.NoError(t, stuck.Close())
	assert.Equal(t, 503, <-waiting)
}

// Row J14, with real connections: nothing of ours is left, and no connection open.
func TestJ14_NoGoroutineLeft(t *testing.T) {
	key := signingKey(t)
	before := runtime.NumGoroutine()
	for range 5 {
		closed := make(chan struct{}, 1)
		server := httptest.NewUnstartedServer(launch.JWKSHandler(key.Public()))
		server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateClosed {
				closed <- struct{}{}
			}
		}
		server.Start()
		j, err := launch.NewJWKS(launch.JWKSConfig{URL: server.URL, AllowLoopback: true, Now: now})
		require.NoError(t, err)
		has(t, j, key)
		require.NoError(t, j.Close())
		select {
		case <-closed:
		case <-time.After(10 * time.Second):
			t.Fatal("the connection is still open")
		}
		server.Close()
	}
	goroutinesBackTo(t, before)
}

// goroutinesBackTo waits until no more than so many run.
func goroutinesBackTo(t testing.TB, most int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for runtime.NumGoroutine() > most && ctx.Err() == nil {
		<-look.C
	}
	if runtime.NumGoroutine() > most {
		stacks := make([]byte, 1<<20)
		t.Fatalf("%d goroutines, want %d:\n%s", runtime.NumGoroutine(), most, stacks[:runtime.Stack(stacks, true)])
	}
}

// 10 000 forged messages with random kids and issuers: nobody from outside drives our requests.
func TestN17_ForgedMessagesFetchNothing(t *testing.T) {
	x := newTool(t)
	c := serveKeys(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(x.portal.JWKS()) })
	x.Profiles, x.Logger = []launch.Profile{x.profile(t, c.jwks(t))}, nil
	h := x.handler(t)
	d := x.portal.Draft()
	for n := range 10_000 {
		d.Header["kid"], d.Claims["iss"] = fmt.Sprintf("kid-%d", n), fmt.Sprintf("https://portal%d.example", n)
		switch n % 4 {
		case 1:
			d.Claims["iss"] = x.portal.Issuer() + "/"
		case 2:
			d.Claims["iss"], d.Header["jku"] = strings.ToUpper(x.portal.Issuer()), c.URL
		}
		require.Equal(t, http.StatusForbidden, post(h, forged(t, d)).Code)
	}
	d = x.portal.Draft()
	d.Header["alg"] = "none"
	require.Equal(t, http.StatusForbidden, post(h, x.portal.Sign(d)).Code)
	assert.Zero(t, c.calls.Load())
	require.Equal(t, http.StatusSeeOther, post(h, x.portal.Good()).Code)
	assert.Equal(t, int32(1), c.calls.Load())
}

// forged is the message with a signature that nobody made.
func forged(t testing.TB, d *launchtest.Draft) string {
	header, err := json.Marshal(d.Header)
	require.NoError(t, err)
	claims, err := json.Marshal(d.Claims)
	require.NoError(t, err)
	encode := base64.RawURLEncoding.EncodeToString
	return encode(header) + "." + encode(claims) + "." + encode(bytes.Repeat([]byte{7}, 64))
}

// Row N20, over the handler and a real server: 200 unknown kids of a known issuer.
func TestN20_UnknownKidsOfAKnownIssuer(t *testing.T) {
	x := newTool(t)
	c := serveKeys(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(x.portal.JWKS()) })
	x.Profiles = []launch.Profile{x.profile(t, c.jwks(t))}
	h := x.handler(t)
	d := x.portal.Draft()
	for n := range 200 {
		d.Header["kid"] = fmt.Sprintf("kid-%d", n)
		require.Equal(t, http.StatusForbidden, post(h, x.portal.Sign(d)).Code)
	}
	assert.LessOrEqual(t, c.calls.Load(), int32(2))
}
