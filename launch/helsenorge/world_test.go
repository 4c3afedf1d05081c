package helsenorge_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

var today = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

const (
	toolSite  = "https://tool.example"
	startPath = "/uthopp/start"
	startAt   = toolSite + startPath
	callback  = toolSite + "/uthopp/callback"
	clientID  = "5f2a1c7e-0d3b-4f53-9f53-5e1f3f0f7a11"
)

// toolKey and simKey are made once: RSA keys take a while.
var toolKey = sync.OnceValue(func() launch.SigningKey { return newKey("RS256") })

var simKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func newKey(algorithm string) launch.SigningKey {
	signer, err := jose.Generate(algorithm)
	if err != nil {
		panic(err)
	}
	private, err := signer.Private()
	if err != nil {
		panic(err)
	}
	key, err := launch.ParseSigningKey(private)
	if err != nil {
		panic(err)
	}
	return key
}

// world is a simulated Helsenorge, a tool, and what came of it.
type world struct {
	sim      *launchtest.Helsenorge
	cfg      helsenorge.Config
	handler  launch.HandlerConfig
	profile  *helsenorge.Profile
	log      *buffer
	launches []*launch.Launch
	tool     http.Handler
}

// options change a world before it is made.
type options struct {
	sim     func(*launchtest.HelsenorgeConfig)
	client  func(*launchtest.HelsenorgeClient)
	profile func(*helsenorge.Config)
	handler func(*launch.HandlerConfig)
}

func newWorld(t testing.TB, o options) *world {
	keys, err := launch.NewStaticKeys(toolKey().Public())
	require.NoError(t, err)
	client := launchtest.HelsenorgeClient{ID: clientID, RedirectURIs: []string{callback}, Keys: keys, OnBehalf: true, Refresh: true,
		Grants: []string{launchtest.GrantNationalID}}
	change(o.client, &client)
	sim := launchtest.HelsenorgeConfig{Clients: []launchtest.HelsenorgeClient{client}, Key: simKey(), Now: func() time.Time { return today }}
	change(o.sim, &sim)
	w := &world{sim: launchtest.NewHelsenorge(t, sim), log: &buffer{}}
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.cfg = helsenorge.Config{Issuer: w.sim.Issuer(), ClientID: clientID, Key: toolKey(), RedirectURI: callback, StartPath: startPath,
		Claims: helsenorge.AssumedClaims(), Client: w.sim.Client(), Logger: log, Now: w.sim.Now}
	change(o.profile, &w.cfg)
	w.profile, err = helsenorge.New(w.cfg)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.profile.Close()) })
	key, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	w.handler = launch.HandlerConfig{Logins: []launch.LoginProfile{w.profile}, CookieKeys: []launch.CookieKey{key},
		Replay: launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: w.sim.Now}), Logger: log, Now: w.sim.Now,
		OnLaunch: func(rw http.ResponseWriter, r *http.Request, l *launch.Launch) {
			w.launches = append(w.launches, l)
			http.Redirect(rw, r, "/task", http.StatusSeeOther)
		}}
	change(o.handler, &w.handler)
	w.tool = site(t, w.handler)
	return w
}

func change[T any](edit func(*T), value *T) {
	if edit != nil {
		edit(value)
	}
}

// site is the tool's whole web site.
func site(t testing.TB, cfg launch.HandlerConfig) http.Handler {
	h, err := launch.NewHandler(cfg)
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/uthopp/", h)
	mux.HandleFunc("GET /task", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("your task")) })
	return mux
}

func (w *world) browser() *launchtest.Browser { return w.browserTo(w.tool) }

func (w *world) browserTo(tool http.Handler) *launchtest.Browser {
	return w.sim.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{toolSite: tool}})
}

// login goes all the way with a new browser.
func (w *world) login(t testing.TB, citizen, patient string) *launchtest.Page {
	page, err := w.browser().Login(t.Context(), startAt, citizen, patient)
	require.NoError(t, err)
	return page
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
