package browser_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"math/big"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

const (
	clientID  = "5f2a1c7e-0d3b-4f53-9f53-5e1f3f0f7a11"
	startPath = "/uthopp/start"
	startAt   = toolURL + startPath
	callback  = toolURL + "/uthopp/callback"
	arrived   = toolURL + "/task"
)

// rsaKeys are the tool's and the simulator's, made once: that takes a while.
var rsaKeys = sync.OnceValue(func() (keys [2]*rsa.PrivateKey) {
	for i := range keys {
		var err error
		if keys[i], err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			panic(err)
		}
	}
	return keys
})

// signingKey writes an RSA key as a JWK, for RS256, and reads it. RFC 7518, section 6.3.
func signingKey(t *testing.T, key *rsa.PrivateKey) launch.SigningKey {
	t.Helper()
	members := map[string]string{"kty": "RSA", "alg": "RS256"}
	for name, n := range map[string]*big.Int{"n": key.N, "e": big.NewInt(int64(key.E)), "d": key.D, "p": key.Primes[0], "q": key.Primes[1],
		"dp": key.Precomputed.Dp, "dq": key.Precomputed.Dq, "qi": key.Precomputed.Qinv} {
		members[name] = base64.RawURLEncoding.EncodeToString(n.Bytes())
	}
	jwk, err := json.Marshal(members)
	require.NoError(t, err)
	signer, err := launch.ParseSigningKey(jwk)
	require.NoError(t, err)
	return signer
}

// world is a simulated Helsenorge on one site and a tool on another.
type world struct {
	*web
	sim  *launchtest.Helsenorge
	tool *tool
	log  *buffer
}

// around are middlewares of the two sites. Nil means none.
type around struct {
	tool, portal func(http.Handler) http.Handler
}

// newWorld makes one. The clock is the machine's, for all of them: the browser
// has no other, and judges the ages of cookies and certificates by it.
func newWorld(t *testing.T, a around) *world {
	t.Helper()
	w := &world{web: newWeb(t), tool: &tool{begun: map[string]*launch.Launch{}, sessions: map[string]*launch.Launch{}}, log: &buffer{}}
	key := signingKey(t, rsaKeys()[0])
	keys, err := launch.NewStaticKeys(key.Public())
	require.NoError(t, err)
	w.sim = launchtest.NewHelsenorge(t, launchtest.HelsenorgeConfig{Portal: portalURL, Key: rsaKeys()[1],
		Clients: []launchtest.HelsenorgeClient{{ID: clientID, Name: "Søvn steg for steg", RedirectURIs: []string{callback}, Keys: keys, OnBehalf: true}}})
	w.site(t, portalHost, wrap(portalSite(w.sim), a.portal))
	w.site(t, toolHost, wrap(w.tool.routes(w.logins(t, key)), a.tool))
	return w
}

func wrap(site http.Handler, with func(http.Handler) http.Handler) http.Handler {
	if with == nil {
		return site
	}
	return with(site)
}

// logins is the tool's handler of launches. It reaches Helsenorge's API within
// the process; only what the browser does goes over the network.
func (w *world) logins(t *testing.T, key launch.SigningKey) http.Handler {
	t.Helper()
	log := slog.New(slog.NewTextHandler(w.log, nil))
	profile, err := helsenorge.New(helsenorge.Config{Issuer: w.sim.Issuer(), ClientID: clientID, Key: key, RedirectURI: callback,
		StartPath: startPath, Claims: helsenorge.AssumedClaims(), Client: w.sim.Client(), Logger: log})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, profile.Close()) })
	cookies, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	handler, err := launch.NewHandler(launch.HandlerConfig{Logins: []launch.LoginProfile{profile}, CookieKeys: []launch.CookieKey{cookies},
		Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{}), Policy: launch.Policy{Acting: []launch.Acting{launch.ActingParent}},
		OnLaunch: w.tool.begin, Running: w.tool.running, Logger: log})
	require.NoError(t, err)
	return handler
}

// buffer is a log that several goroutines may write to.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
