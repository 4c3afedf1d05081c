package launchtest_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// insides are the rows that need more than the outside of a tool: its clock, its store, its settings.
var insides = []struct {
	rows []string
	name string
	test func(*testing.T)
}{
	{[]string{"E-5"}, "body that does not come", slowBody},
	{[]string{"N05"}, "fields of two kinds of launch", twoProfiles},
	{[]string{"E-1", "N05"}, "fields of another kind of launch in the address", otherInAddress},
	{[]string{"E-2", "N04"}, "any field in address and body", fieldInAddress},
	{[]string{"E-2", "N04"}, "form that cannot be read", brokenForm},
	{[]string{"E-3", "N02"}, "compressed form", compressedForm},
	{[]string{"E-7", "N66"}, "in a frame, or by a script, as the browser says", framesAndScripts},
	{[]string{"H-29", "N19"}, "kid of 257 characters is looked up nowhere", longKid},
	{[]string{"N36"}, "used message just before and just after its end", replayAtTheEnd},
	{[]string{"N37", "E-11"}, "used message after a restart", restart},
	{[]string{"N39", "E-12"}, "replay store down", storeDown},
	{[]string{"N39", "E-12"}, "replay store full", storeFull},
	{[]string{"N39", "E-12"}, "replay store slow", storeSlow},
	{[]string{"N40", "E-13"}, "keys down, and stale", staleKeys},
	{[]string{"E-22"}, "OnLaunch panics", panics},
	{[]string{"E-22"}, "context of the request ends", contextEnds},
	{[]string{"N61"}, "acting for another, and not allowed", actingRefused},
	{[]string{"N62"}, "bearer launches without a reason", bearerRefused},
	{[]string{"N62"}, "launch of which less is known than its profile says", lessThanSaid},
	{[]string{"C-16", "N32"}, "launch without an id to remember", nothingToRemember},
	{[]string{"N67"}, "our own key set", ownKeySet},
	{[]string{"N46"}, "encrypted messages", encrypted},
}

func TestMatrixInside(t *testing.T) {
	require.NotEmpty(t, insides)
	for _, i := range insides {
		t.Run(strings.Join(i.rows, " ")+": "+i.name, i.test)
	}
}

func slowBody(t *testing.T) {
	x := newTool(t)
	x.ReadTimeout = 20 * time.Millisecond
	server := httptest.NewServer(x.handler(t))
	defer server.Close()
	body, never := io.Pipe()
	defer func() { _ = never.Close() }()
	patience, end := context.WithTimeout(t.Context(), 5*time.Second)
	defer end()
	context.AfterFunc(patience, func() { _ = never.Close() }) // for a tool that would wait for ever
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, body)
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := server.Client().Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	assert.Equal(t, http.StatusRequestTimeout, resp.StatusCode)
}

// other is a profile that matches another field.
type other struct{}

func (other) ID() string                  { return "other" }
func (other) Assurance() launch.Assurance { return launch.Authenticated }
func (other) Match(form url.Values) bool  { return form.Has("launch") }
func (other) Accept(context.Context, url.Values, time.Time) (*launch.Launch, time.Time, error) {
	return nil, time.Time{}, errors.New("not to be asked")
}

func twoProfiles(t *testing.T) {
	x := newTool(t)
	x.Profiles = append(x.Profiles, other{})
	w := postForm(x.handler(t), form(onePortal().Good())+"&launch=1")
	assert.Equal(t, http.StatusBadRequest, w.Code)
	assert.Contains(t, x.log.String(), "kind=request ")
	assert.Empty(t, x.launches)
}

func replayAtTheEnd(t *testing.T) {
	x := newTool(t)
	clock := start
	x.Now = func() time.Time { return clock }
	x.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: x.Now})
	h := x.handler(t)
	token := onePortal().Good()
	require.Equal(t, http.StatusSeeOther, post(h, token).Code)
	for at, kind := range map[time.Duration]string{119 * time.Second: "replayed", 120 * time.Second: "expired", 130 * time.Second: "expired"} {
		clock = start.Add(at)
		x.log.Reset()
		assert.Equal(t, http.StatusForbidden, post(h, token).Code)
		assert.Contains(t, x.log.String(), "kind="+kind+" ", at)
	}
}

func restart(t *testing.T) {
	x := newTool(t)
	token := onePortal().Good()
	require.Equal(t, http.StatusSeeOther, post(x.handler(t), token).Code)
	later := func() time.Time { return start.Add(2 * time.Second) }
	x.Now, x.Replay = later, launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: later})
	x.log.Reset()
	assert.Equal(t, http.StatusForbidden, post(x.handler(t), token).Code)
	assert.Contains(t, x.log.String(), "kind=replayed ")
}

type down struct{}

func (down) Consume(context.Context, string, string, time.Time) (bool, error) {
	return true, errors.New("down")
}

func storeDown(t *testing.T) {
	x := newTool(t)
	x.Replay = down{}
	assert.Equal(t, http.StatusServiceUnavailable, post(x.handler(t), onePortal().Good()).Code)
	assert.Contains(t, x.log.String(), "kind=replay_unavailable ")
	assert.Empty(t, x.launches)
}

// patient answers when its caller has waited for long enough, if it says how long.
type patient struct{}

func (patient) Consume(ctx context.Context, _, _ string, _ time.Time) (bool, error) {
	if _, limited := ctx.Deadline(); !limited {
		return true, nil
	}
	<-ctx.Done()
	return true, ctx.Err()
}

func storeSlow(t *testing.T) {
	x := newTool(t)
	x.Replay, x.ReplayTimeout = patient{}, time.Millisecond
	assert.Equal(t, http.StatusServiceUnavailable, post(x.handler(t), onePortal().Good()).Code)
	assert.Contains(t, x.log.String(), "kind=replay_unavailable ")
	assert.Empty(t, x.launches)
}

func storeFull(t *testing.T) {
	x := newTool(t)
	x.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Max: 1, Now: now})
	h := x.handler(t)
	first := onePortal().Good()
	assert.Equal(t, http.StatusSeeOther, post(h, first).Code)
	assert.Equal(t, http.StatusServiceUnavailable, post(h, onePortal().Good()).Code)
	assert.Equal(t, http.StatusForbidden, post(h, first).Code, "still remembered")
}

func staleKeys(t *testing.T) {
	clock, fail := start, false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if fail {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(onePortal().JWKS())
	}))
	defer server.Close()
	keys, err := launch.NewJWKS(launch.JWKSConfig{URL: server.URL, AllowLoopback: true, MaxStale: time.Hour, Now: func() time.Time { return clock }})
	require.NoError(t, err)
	defer func() { require.NoError(t, keys.Close()) }()
	_, err = keys.Key(t.Context(), "ec")
	require.NoError(t, err)
	fail = true
	clock = start.Add(59 * time.Minute)
	_, err = keys.Key(t.Context(), "ec")
	require.NoError(t, err, "stale, and not for too long: an hour")
	clock = start.Add(2 * time.Hour)
	_, err = keys.Key(t.Context(), "ec")
	require.ErrorIs(t, err, launch.KindKeysUnavailable)
}

func panics(t *testing.T) {
	x := newTool(t)
	x.OnLaunch = func(http.ResponseWriter, *http.Request, *launch.Launch) { panic("a secret") }
	h := x.handler(t)
	token := onePortal().Good()
	w := post(h, token)
	assert.Equal(t, http.StatusInternalServerError, w.Code)
	assert.NotContains(t, w.Body.String()+x.log.String(), "a secret")
	assert.NotContains(t, x.log.String(), token)
	assert.Equal(t, http.StatusForbidden, post(h, token).Code, "it stays used")
}

func contextEnds(t *testing.T) {
	x := newTool(t)
	ended, end := context.WithCancel(t.Context())
	end()
	r := httptest.NewRequestWithContext(ended, http.MethodPost, "https://tool.example/launch", strings.NewReader(form(onePortal().Good())))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	x.handler(t).ServeHTTP(w, r)
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	assert.Empty(t, x.launches)
}

func actingRefused(t *testing.T) {
	for _, c := range launchtest.Cases() {
		if c.Acting == "" {
			continue
		}
		x := newTool(t)
		token := c.Message(onePortal())
		assert.Equal(t, http.StatusForbidden, post(x.handler(t), token).Code)
		assert.Contains(t, x.log.String(), "kind=representation ", c.Name)
		x.Policy.Acting = []launch.Acting{c.Acting}
		assert.Equal(t, http.StatusSeeOther, post(x.handler(t), token).Code, "what was refused is not used")
	}
}

func bearerRefused(t *testing.T) {
	x := newTool(t)
	x.Policy.BearerReason = ""
	_, err := launch.NewHandler(x.HandlerConfig)
	require.ErrorContains(t, err, "gives bearer launches")
}

func ownKeySet(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	h := launch.JWKSHandler(key.Public())
	ask := func(method, etag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/.well-known/jwks.json", nil)
		r.Header.Set("If-None-Match", etag)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	w := ask(http.MethodGet, "")
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, http.StatusNotModified, ask(http.MethodGet, w.Header().Get("ETag")).Code)
	head := ask(http.MethodHead, "")
	assert.Equal(t, http.StatusOK, head.Code)
	assert.Empty(t, head.Body.String())
	assert.Equal(t, http.StatusMethodNotAllowed, ask(http.MethodPost, "").Code)
	assert.NotContains(t, w.Body.String(), `"d"`)
}

// encrypted: a tool that expects no encryption takes none, whatever the header says.
func encrypted(t *testing.T) {
	x := newTool(t)
	h := x.handler(t)
	for _, header := range []string{`{"alg":"RSA-OAEP-256","enc":"A256GCM"}`, `{"alg":"RSA1_5","enc":"A256GCM","kid":"tool"}`,
		`{"alg":"dir","enc":"A256GCM","kid":"tool"}`, `{"alg":"RSA-OAEP-256","enc":"A256GCM","zip":"DEF","kid":"tool"}`} {
		assert.Equal(t, http.StatusBadRequest, post(h, base64.RawURLEncoding.EncodeToString([]byte(header))+".AAAA.AAAA.AAAA.AAAA").Code, header)
	}
}
