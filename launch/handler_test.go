package launch_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

var start = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

func now() time.Time { return start }

// tool is a handler with everything it needs, to be changed before it is made.
type tool struct {
	launch.HandlerConfig
	portal   *launchtest.Portal
	log      *bytes.Buffer
	launches []*launch.Launch
}

// onePortal for all tests: making RSA keys takes time, and the portal does not change.
var onePortal = sync.OnceValue(func() *launchtest.Portal { return launchtest.NewPortal(&testing.T{}, launchtest.Config{Now: now}) })

func newTool(t testing.TB) *tool {
	x := &tool{portal: onePortal(), log: &bytes.Buffer{}}
	x.HandlerConfig = launch.HandlerConfig{
		Profiles: []launch.Profile{x.profile(t, x.portal.Keys())},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: now}),
		Policy:   launch.Policy{BearerReason: "a test"},
		OnLaunch: func(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
			x.launches = append(x.launches, l)
			http.Redirect(w, r, "/task", http.StatusSeeOther)
		},
		Logger: slog.New(slog.NewTextHandler(x.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:    now,
	}
	return x
}

func (x *tool) profile(t testing.TB, keys launch.Keys) launch.Profile {
	p, err := hti.New(hti.Config{Audience: x.portal.Audience(), Issuers: []hti.Issuer{{ID: x.portal.Issuer(), Keys: keys}}})
	require.NoError(t, err)
	return p
}

func (x *tool) handler(t testing.TB) *launch.Handler {
	h, err := launch.NewHandler(x.HandlerConfig)
	require.NoError(t, err)
	return h
}

const formType = "application/x-www-form-urlencoded"

func request(method, target, body string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", formType)
	return r
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func post(h http.Handler, token string) *httptest.ResponseRecorder {
	return serve(h, request(http.MethodPost, "https://tool.example/launch", url.Values{"token": {token}}.Encode()))
}

func TestNewHandlerRefuses(t *testing.T) {
	x := newTool(t)
	good := x.HandlerConfig
	for name, c := range map[string]struct {
		edit func(*launch.HandlerConfig)
		want string
	}{
		"no profiles":    {func(c *launch.HandlerConfig) { c.Profiles = nil }, "fields Profiles and Logins are empty"},
		"no replay":      {func(c *launch.HandlerConfig) { c.Replay = nil }, "field Replay is nil"},
		"replay of nil":  {func(c *launch.HandlerConfig) { c.Replay = (*launch.MemoryReplay)(nil) }, "field Replay is nil"},
		"no OnLaunch":    {func(c *launch.HandlerConfig) { c.OnLaunch = nil }, "field OnLaunch is nil"},
		"zero policy":    {func(c *launch.HandlerConfig) { c.Policy = launch.Policy{} }, "profile hti gives bearer launches: to accept them, write why in Policy.BearerReason"},
		"blank reason":   {func(c *launch.HandlerConfig) { c.Policy.BearerReason = " \t" }, "profile hti gives bearer"},
		"profile twice":  {func(c *launch.HandlerConfig) { c.Profiles = append(c.Profiles, c.Profiles[0]) }, "profile hti is there twice"},
		"nil profile":    {func(c *launch.HandlerConfig) { c.Profiles = []launch.Profile{nil} }, "profile 0 is nil"},
		"profile of nil": {func(c *launch.HandlerConfig) { c.Profiles = []launch.Profile{(*struct{ launch.Profile })(nil)} }, "profile 0 is nil"},
		"portal":         {func(c *launch.HandlerConfig) { c.Portal = "http://portal.example" }, "field Portal is not an https address"},
		"script":         {func(c *launch.HandlerConfig) { c.Portal = "javascript:alert(1)" }, "field Portal is not an https address"},
		"bad timeout":    {func(c *launch.HandlerConfig) { c.ReadTimeout = -1 }, "field ReadTimeout"},
	} {
		cfg := good
		c.edit(&cfg)
		_, err := launch.NewHandler(cfg)
		require.ErrorContains(t, err, c.want, name)
	}
	_, err := launch.NewHandler(launch.HandlerConfig{})
	assert.EqualError(t, err, "launch: invalid HandlerConfig: fields Profiles and Logins are empty; field Replay is nil; field OnLaunch is nil")
}

// A refusal is no dead end where the host has said where the tool is found.
func TestARefusalLinksToThePortal(t *testing.T) {
	x := newTool(t)
	assert.NotContains(t, post(x.handler(t), "none").Body.String(), "<a ")
	x.Portal = "https://portal.example/mine?a=1&b=2"
	page := post(x.handler(t), "none").Body.String()
	assert.Contains(t, page, `<a href="https://portal.example/mine?a=1&amp;b=2">Til siden der du finner verktøyet</a>`)
}

func TestBearerReasonIsLogged(t *testing.T) {
	x := newTool(t)
	x.handler(t)
	assert.Contains(t, x.log.String(), `reason="a test"`)
}

// Rows E-1 to E-4, N01 to N05: requests that are no launch.
func TestE1toE4_Requests(t *testing.T) {
	x := newTool(t)
	x.Profiles = append(x.Profiles, other{})
	h := x.handler(t)
	token := x.portal.Good()
	form := "token=" + token
	typed := func(kind string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Content-Type", kind) }
	}
	cases := []struct {
		name, method, target, body string
		edit                       func(*http.Request)
		want                       int
	}{
		{"GET with the token in the address", "GET", "/launch?" + form, "", nil, 405},
		{"HEAD", "HEAD", "/launch?" + form, "", nil, 405},
		{"PUT", "PUT", "/launch", form, nil, 405},
		{"token in the address", "POST", "/launch?" + form, "", nil, 400},
		{"token in body and address", "POST", "/launch?" + form, form, nil, 400},
		{"another profile's fields in the address", "POST", "/launch?launch=1", form, nil, 400},
		{"field twice", "POST", "/launch", form + "&" + form, nil, 400},
		{"another field twice", "POST", "/launch", form + "&a=1&a=2", nil, 400},
		{"any field in body and address", "POST", "/launch?a=1", form + "&a=1", nil, 400},
		{"two profiles", "POST", "/launch", form + "&launch=1", nil, 400},
		{"no field of a profile", "POST", "/launch", "a=b", nil, 400},
		{"empty", "POST", "/launch", "", nil, 400},
		{"broken escape", "POST", "/launch", form + "&a=%zz", nil, 400},
		{"semicolons", "POST", "/launch", "a=1;" + form, nil, 400},
		{"broken address", "POST", "/launch?a=%zz", form, nil, 400},
		{"JSON", "POST", "/launch", `{"token":"x"}`, typed("application/json"), 415},
		{"text", "POST", "/launch", form, typed("text/plain"), 415},
		{"multipart", "POST", "/launch", form, typed("multipart/form-data; boundary=x"), 415},
		{"no content type", "POST", "/launch", form, func(r *http.Request) { r.Header.Del("Content-Type") }, 415},
		{"compressed", "POST", "/launch", form, func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }, 415},
		{"more than 64 KiB", "POST", "/launch", form + "&a=" + strings.Repeat("a", 64<<10), nil, 413},
		{"more than 64 KiB, length not said", "POST", "/launch", strings.Repeat("a", 64<<10+1), func(r *http.Request) { r.ContentLength = -1 }, 413},
		{"a good launch", "POST", "/launch?theme=dark", form, typed("application/x-www-form-urlencoded; charset=UTF-8"), 303},
	}
	kindOf := map[int]string{303: "msg=\"launch accepted\"", 400: "kind=request", 405: "kind=request", 413: "kind=too_large", 415: "kind=request"}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x.log.Reset()
			r := request(c.method, "https://tool.example"+c.target, c.body)
			if c.edit != nil {
				c.edit(r)
			}
			w := serve(h, r)
			assert.Equal(t, c.want, w.Code)
			assert.Contains(t, x.log.String(), kindOf[c.want]+" ")
			assert.NotContains(t, w.Body.String(), token)
			assert.NotContains(t, x.log.String(), token)
			if c.want == 405 {
				assert.Equal(t, "POST", w.Header().Get("Allow"))
			}
		})
	}
	assert.Len(t, x.launches, 1)
}

// other is a profile that matches another field.
type other struct{}

func (other) ID() string                  { return "other" }
func (other) Assurance() launch.Assurance { return launch.Authenticated }
func (other) Match(form url.Values) bool  { return form.Has("launch") }
func (other) Accept(context.Context, url.Values, time.Time) (*launch.Launch, time.Time, error) {
	return nil, time.Time{}, errors.New("not an *Error")
}

func TestProfilesErrorIsARefusal(t *testing.T) {
	x := newTool(t)
	x.Profiles = []launch.Profile{other{}}
	w := serve(x.handler(t), request("POST", "https://tool.example/launch", "launch=1"))
	assert.Equal(t, http.StatusBadRequest, w.Code)
}

// given is a profile that accepts whatever the test gives.
type given struct {
	other
	launch launch.Launch
}

func (g given) Accept(context.Context, url.Values, time.Time) (*launch.Launch, time.Time, error) {
	return &g.launch, start.Add(time.Minute), nil
}

func TestPolicy(t *testing.T) {
	full := launch.Launch{Profile: "given", Issuer: "i", MessageID: "0123456789abcdef", Acting: launch.ActingSelf,
		Assurance: launch.Authenticated, Issued: start, Expires: start.Add(time.Minute)}
	cases := []struct {
		name   string
		edit   func(*launch.Launch)
		policy launch.Policy
		want   launch.Kind
	}{
		{"zero policy, login, self", func(*launch.Launch) {}, launch.Policy{}, ""},
		{"zero policy, bearer", func(l *launch.Launch) { l.Assurance = launch.Bearer }, launch.Policy{}, launch.KindAssurance},
		{"bearer with a reason", func(l *launch.Launch) { l.Assurance = launch.Bearer }, launch.Policy{BearerReason: "x"}, ""},
		{"no assurance", func(l *launch.Launch) { l.Assurance = 0 }, launch.Policy{BearerReason: "x"}, launch.KindAssurance},
		{"zero policy, parent", func(l *launch.Launch) { l.Acting = launch.ActingParent }, launch.Policy{}, launch.KindRepresentation},
		{"zero policy, role unknown", func(l *launch.Launch) { l.Acting = "" }, launch.Policy{}, launch.KindRepresentation},
		{"parent listed", func(l *launch.Launch) { l.Acting = launch.ActingParent }, launch.Policy{Acting: []launch.Acting{launch.ActingParent}}, ""},
		{"other role listed", func(l *launch.Launch) { l.Acting = launch.ActingProxy }, launch.Policy{Acting: []launch.Acting{launch.ActingParent}}, launch.KindRepresentation},
		{"no message id", func(l *launch.Launch) { l.MessageID = "" }, launch.Policy{}, launch.KindClaims},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x := newTool(t)
			l := full
			c.edit(&l)
			x.Profiles, x.Policy = []launch.Profile{given{launch: l}}, c.policy
			x.Replay = counting{x.Replay, new(atomic.Int32)}
			w := serve(x.handler(t), request("POST", "https://tool.example/launch", "launch=1"))
			if c.want == "" {
				assert.Equal(t, http.StatusSeeOther, w.Code)
				return
			}
			assert.Equal(t, http.StatusForbidden, w.Code)
			assert.Contains(t, x.log.String(), "kind="+string(c.want)+" ")
			assert.Zero(t, x.Replay.(counting).calls.Load(), "refused before the store is asked")
		})
	}
}

type counting struct {
	launch.ReplayStore
	calls *atomic.Int32
}

func (c counting) Consume(ctx context.Context, issuer, id string, until time.Time) (bool, error) {
	c.calls.Add(1)
	return c.ReplayStore.Consume(ctx, issuer, id, until)
}

// Row E-8: 50 at once, exactly one passes.
func TestE8_AtOnce(t *testing.T) {
	x := newTool(t)
	var passed atomic.Int32
	x.OnLaunch = func(w http.ResponseWriter, _ *http.Request, _ *launch.Launch) {
		passed.Add(1)
		w.WriteHeader(http.StatusSeeOther)
	}
	x.Logger = nil
	h := x.handler(t)
	for round := range 200 {
		token := x.portal.Good()
		passed.Store(0)
		var ready atomic.Int32
		var refused atomic.Int32
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				for ready.Add(1); ready.Load() < 50; {
					runtime.Gosched()
				}
				if post(h, token).Code == http.StatusForbidden {
					refused.Add(1)
				}
			})
		}
		all.Wait()
		require.Equal(t, int32(1), passed.Load(), "round %d", round)
		require.Equal(t, int32(49), refused.Load(), "round %d", round)
	}
}

func TestE9_N36_N38_Replay(t *testing.T) {
	x := newTool(t)
	clock := start
	x.Now = func() time.Time { return clock }
	x.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: x.Now})
	h := x.handler(t)
	d := x.portal.Draft()
	token := x.portal.Sign(d)
	broken := token[:len(token)-10] + "AAAAAAAAAA"
	assert.Equal(t, 403, post(h, broken).Code)
	assert.Equal(t, 303, post(h, token).Code, "a bad signature with its id did not use it up")
	assert.Equal(t, 403, post(h, token).Code)
	assert.Equal(t, 403, post(h, launchtest.Twin(token)).Code, "the signature's twin is the same message")
	d.Claims["iat"] = start.Unix() + 1
	assert.Equal(t, 403, post(h, x.portal.Sign(d)).Code, "another message with the same jti")
	clock = start.Add(119 * time.Second)
	x.log.Reset()
	assert.Equal(t, 403, post(h, token).Code)
	assert.Contains(t, x.log.String(), "kind=replayed", "a second before exp")
	clock = start.Add(2*time.Minute + 10*time.Second)
	assert.Equal(t, 403, post(h, token).Code, "at exp and skew")
	assert.Len(t, x.launches, 1)
}

func TestE10_SameIDFromAnotherIssuer(t *testing.T) {
	x := newTool(t)
	second := launchtest.NewPortal(t, launchtest.Config{Issuer: "https://second.example", Now: now})
	p, err := hti.New(hti.Config{Audience: x.portal.Audience(), Issuers: []hti.Issuer{
		{ID: x.portal.Issuer(), Keys: x.portal.Keys()}, {ID: second.Issuer(), Keys: second.Keys()}}})
	require.NoError(t, err)
	x.Profiles = []launch.Profile{p}
	h := x.handler(t)
	a, b := x.portal.Draft(), second.Draft()
	b.Claims["jti"] = a.Claims["jti"]
	assert.Equal(t, 303, post(h, x.portal.Sign(a)).Code)
	assert.Equal(t, 303, post(h, second.Sign(b)).Code)
}

// A store that began after the message was issued cannot know whether it was used.
func TestE11_MessageFromBeforeARestart(t *testing.T) {
	x := newTool(t)
	token := x.portal.Good()
	later := start.Add(1500 * time.Millisecond)
	x.Now = func() time.Time { return later }
	x.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: x.Now})
	assert.Equal(t, 403, post(x.handler(t), token).Code)
	assert.Contains(t, x.log.String(), "kind=replayed")
	later = start.Add(500 * time.Millisecond)
	x.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: x.Now})
	assert.Equal(t, 303, post(x.handler(t), token).Code, "issued in the same second")
}

type down struct{}

func (down) Consume(context.Context, string, string, time.Time) (bool, error) {
	return true, errors.New("connection refused")
}

func TestE12_N39_StoreDown(t *testing.T) {
	x := newTool(t)
	x.Replay = down{}
	w := post(x.handler(t), x.portal.Good())
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	assert.Equal(t, "30", w.Header().Get("Retry-After"))
	assert.Empty(t, x.launches)
	assert.Contains(t, x.log.String(), "kind=replay_unavailable")
	assert.Contains(t, x.log.String(), `cause="connection refused"`)
}

var referenceForm = regexp.MustCompile(`[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}`)

func TestE23_ErrorPages(t *testing.T) {
	x := newTool(t)
	h := x.handler(t)
	d := x.portal.Draft()
	d.Claims["aud"] = `"><script>alert(1)</script>`
	d.Claims["intent"] = "marked\r\nSet-Cookie: a=b"
	token := x.portal.Sign(d)
	for accept, want := range map[string]struct{ lang, title string }{
		"":                               {"nb", "Vi fikk ikke startet verktøyet"},
		"nb-NO,nb;q=0.9,en;q=0.5":        {"nb", "Vi fikk ikke startet verktøyet"},
		"no":                             {"nb", "Vi fikk ikke startet verktøyet"},
		"nn":                             {"nn", "Vi fekk ikkje starta verktøyet"},
		"nn-NO, nb;q=0.8":                {"nn", "Vi fekk ikkje starta verktøyet"},
		"en-GB,en;q=0.9,nb;q=0.1":        {"en", "We could not start the tool"},
		"de, en;q=0.5":                   {"en", "We could not start the tool"},
		"de, fr;q=0.9":                   {"nb", "Vi fikk ikke startet verktøyet"},
		"en;q=0, nn;q=0.1":               {"nn", "Vi fekk ikkje starta verktøyet"},
		"en;q=999,nn;q=x":                {"nb", "Vi fikk ikke startet verktøyet"},
		"<script>":                       {"nb", "Vi fikk ikke startet verktøyet"},
		strings.Repeat("x,", 500) + "en": {"en", "We could not start the tool"},
	} {
		x.log.Reset()
		r := request("POST", "https://tool.example/launch", url.Values{"token": {token}}.Encode())
		r.Header.Set("Accept-Language", accept)
		w := serve(h, r)
		page := w.Body.String()
		assert.Equal(t, http.StatusForbidden, w.Code)
		assert.Contains(t, page, `<html lang="`+want.lang+`">`, accept)
		assert.Contains(t, page, want.title)
		ref := referenceForm.FindString(page)
		require.NotEmpty(t, ref)
		assert.Contains(t, x.log.String(), "ref="+ref)
		assert.Contains(t, x.log.String(), "kind=audience")
		for _, value := range []string{"alert(1)", "marked", "Set-Cookie", "Patient/", "portal.example", "audience", "launch:", token} {
			assert.NotContains(t, page, value)
		}
		assert.NotContains(t, x.log.String(), "marked")
		assert.NotContains(t, x.log.String(), "Patient/")
		assertHardened(t, w.Header())
		assert.Contains(t, w.Header().Get("Content-Security-Policy"), "default-src 'none'")
		assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
	}
}

func assertHardened(t *testing.T, h http.Header) {
	assert.Equal(t, "no-store", h.Get("Cache-Control"))
	assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"))
	assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
	assert.Contains(t, h.Get("Content-Security-Policy"), "frame-ancestors 'none'")
}

// Every kind has a page in every language, and no page says which check it was.
func TestEveryKindHasAPage(t *testing.T) {
	kinds := []launch.Kind{launch.KindRequest, launch.KindTooLarge, launch.KindMalformed, launch.KindAlgorithm, launch.KindIssuer, launch.KindUnknownKey,
		launch.KindKeyUnusable, launch.KindKeysUnavailable, launch.KindSignature, launch.KindHeader, launch.KindType, launch.KindAudience,
		launch.KindExpired, launch.KindNotYetValid, launch.KindLifetime, launch.KindClaims, launch.KindPersonalData, launch.KindAssurance,
		launch.KindRepresentation, launch.KindState, launch.KindNonce, launch.KindReturnURL, launch.KindReplayed, launch.KindReplayUnavailable}
	for _, kind := range kinds {
		x := newTool(t)
		x.Profiles = []launch.Profile{refusing{kind: kind}}
		h := x.handler(t)
		for _, lang := range []string{"nb", "nn", "en"} {
			r := request("POST", "https://tool.example/launch", "launch=1")
			r.Header.Set("Accept-Language", lang)
			w := serve(h, r)
			assert.Equal(t, launch.Refuse(kind, "", nil).Status(), w.Code)
			assert.Equal(t, 3, strings.Count(w.Body.String(), "<p"), "what, do, reference: %s %s", kind, lang)
			assert.NotContains(t, w.Body.String(), "<p></p>", "%s %s", kind, lang)
			if strings.Contains(string(kind), "_") {
				assert.NotContains(t, w.Body.String(), string(kind))
			}
			assert.NotContains(t, w.Body.String(), "WANTED")
		}
	}
}

type refusing struct {
	other
	kind launch.Kind
}

func (r refusing) Accept(context.Context, url.Values, time.Time) (*launch.Launch, time.Time, error) {
	return nil, time.Time{}, launch.Refuse(r.kind, "WANTED", nil)
}

// A number, an address or a name in the message is nowhere afterwards.
func TestPersonalDataIsNowhere(t *testing.T) {
	number := launchtest.IdentityNumber()
	for _, sub := range []string{number, "Patient/" + number, number[:6] + " " + number[6:], "kari.nordmann@example.org", "Kari Nordmann"} {
		x := newTool(t)
		d := x.portal.Draft()
		d.Claims["sub"] = sub
		token := x.portal.Sign(d)
		_, _, err := x.Profiles[0].Accept(t.Context(), url.Values{"token": {token}}, start)
		require.ErrorIs(t, err, launch.KindPersonalData)
		w := post(x.handler(t), token)
		assert.Equal(t, http.StatusForbidden, w.Code)
		assert.Contains(t, x.log.String(), "kind=personal_data")
		for _, text := range []string{err.Error(), x.log.String(), w.Body.String()} {
			for _, value := range []string{sub, number, number[:6], "nordmann", "Nordmann", token} {
				assert.NotContains(t, text, value)
			}
		}
	}
}

func TestE20_Success(t *testing.T) {
	x := newTool(t)
	token := x.portal.Good()
	w := post(x.handler(t), token)
	assert.Equal(t, http.StatusSeeOther, w.Code)
	assert.Equal(t, "/task", w.Header().Get("Location"))
	assertHardened(t, w.Header())
	assert.NotContains(t, w.Body.String(), token)
	require.Len(t, x.launches, 1)
	assert.Contains(t, x.log.String(), `msg="launch accepted" profile=hti/2.0 issuer=https://portal.example message=`+x.launches[0].MessageID)
	assert.NotContains(t, x.log.String(), "Patient/")
}
