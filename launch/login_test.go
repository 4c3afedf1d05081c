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
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// provider is a login profile whose provider answers what the test says.
type provider struct {
	id       string
	begun    []launch.Login
	resumed  []launch.Login
	address  string // "" for the usual one
	beginErr error
	err      error
	acting   launch.Acting
}

const providerIssuer, providerOrigin = "https://login.example/v3", "https://portal.login.example"

func (p *provider) ID() string                  { return p.id }
func (p *provider) Assurance() launch.Assurance { return launch.Authenticated }
func (p *provider) Issuer() string              { return providerIssuer }
func (p *provider) StartPath() string           { return "/" + p.id + "/start" }
func (p *provider) CallbackPath() string        { return "/" + p.id + "/callback" }

func (p *provider) Begin(_ context.Context, l launch.Login, _ time.Time) (string, error) {
	p.begun = append(p.begun, l)
	if p.address != "" {
		return p.address, p.beginErr
	}
	return providerOrigin + "/authorize?request_uri=urn:1", p.beginErr
}

func (p *provider) Resume(_ context.Context, l launch.Login, form url.Values, _ time.Time) (*launch.Launch, error) {
	if p.err != nil {
		return nil, p.err
	}
	p.resumed = append(p.resumed, l)
	patient := launch.Party{Type: "Patient", ID: form.Get("code")}
	acting := p.acting
	if acting == "" {
		acting = launch.ActingSelf
	}
	return &launch.Launch{Profile: p.id, Actor: patient, Patient: patient, Acting: acting, Assurance: launch.Authenticated}, nil
}

// site is a tool with logins, and the browser's cookies.
type site struct {
	*tool
	provider *provider
	clock    time.Time
	handler  http.Handler
	jar      map[string]string
}

func newSite(t testing.TB, edit ...func(*launch.HandlerConfig)) *site {
	key, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	s := &site{tool: newTool(t), provider: &provider{id: "one"}, clock: start, jar: map[string]string{}}
	s.Logins, s.CookieKeys = []launch.LoginProfile{s.provider}, []launch.CookieKey{key}
	s.Now = func() time.Time { return s.clock }
	for _, e := range edit {
		e(&s.HandlerConfig)
	}
	s.handler = s.tool.handler(t)
	return s
}

// send lets the browser's cookies go along, and keeps those that come.
func (s *site) send(r *http.Request) *httptest.ResponseRecorder {
	for name, value := range s.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := serve(s.handler, r)
	for _, c := range w.Result().Cookies() {
		if s.jar[c.Name] = c.Value; c.MaxAge < 0 {
			delete(s.jar, c.Name)
		}
	}
	return w
}

func (s *site) start(query string) *httptest.ResponseRecorder {
	return s.send(httptest.NewRequest(http.MethodGet, "https://tool.example/one/start?"+query, nil))
}

func (s *site) callback(form url.Values) *httptest.ResponseRecorder {
	return s.send(request(http.MethodPost, "https://tool.example/one/callback", form.Encode()))
}

// begin starts a login and gives the answer that the provider would have posted.
func (s *site) begin(t testing.TB, code string) url.Values {
	w := s.start("")
	require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
	return url.Values{"code": {code}, "state": {s.provider.begun[len(s.provider.begun)-1].State.Reveal()}}
}

func TestLogin(t *testing.T) {
	s := newSite(t)
	w := s.start("task=58c1&x=%C3%B8")
	require.Equal(t, http.StatusSeeOther, w.Code)
	assert.Equal(t, providerOrigin+"/authorize?request_uri=urn:1", w.Header().Get("Location"))
	assertHardened(t, w.Header())
	login := s.provider.begun[0]
	cookies := w.Result().Cookies()
	require.Len(t, cookies, 1)
	c := cookies[0]
	assert.True(t, strings.HasPrefix(c.Name, "__Host-l-") && len(c.Name) == len("__Host-l-")+16, c.Name)
	assert.True(t, c.Secure && c.HttpOnly && c.Path == "/" && c.Domain == "" && c.SameSite == http.SameSiteNoneMode && c.MaxAge == 600, c)
	for _, secret := range []string{login.State.Reveal(), login.Nonce.Reveal(), login.Verifier.Reveal()} {
		assert.GreaterOrEqual(t, len(secret), 26)
		assert.NotContains(t, c.Name+c.Value+w.Header().Get("Location"), secret)
	}
	assert.GreaterOrEqual(t, len(login.Verifier.Reveal()), 43, "RFC 7636, section 4.1")

	w = s.callback(url.Values{"code": {"7f0b"}, "state": {login.State.Reveal()}})
	require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
	assert.Equal(t, "/task", w.Header().Get("Location"))
	assertHardened(t, w.Header())
	assert.Empty(t, s.jar, "the cookie is taken back")
	require.Len(t, s.launches, 1)
	l := s.launches[0]
	assert.Equal(t, providerIssuer, l.Issuer)
	assert.Equal(t, launch.Authenticated, l.Assurance)
	assert.Equal(t, url.Values{"task": {"58c1"}, "x": {"ø"}}, l.Context)
	assert.Len(t, l.MessageID, 24)
	require.Len(t, s.provider.resumed, 1)
	assert.Equal(t, login, s.provider.resumed[0], "the whole login comes back")
}

// RFC 7636, appendix B.
func TestChallenge(t *testing.T) {
	l := launch.Login{Verifier: launch.NewSecret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")}
	assert.Equal(t, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", l.Challenge())
}

func TestE15_N47_N48_CallbackRefuses(t *testing.T) {
	cases := []struct {
		name string
		edit func(s *site, form url.Values)
		want launch.Kind
		code int
	}{
		{"N47 no state", func(_ *site, f url.Values) { f.Del("state") }, launch.KindState, 403},
		{"empty state", func(_ *site, f url.Values) { f.Set("state", "") }, launch.KindState, 403},
		{"another state", func(_ *site, f url.Values) { f.Set("state", strings.Repeat("A", 26)) }, launch.KindState, 403},
		{"N48 another browser, or cookies blocked", func(s *site, _ url.Values) { clear(s.jar) }, launch.KindState, 403},
		{"a cookie with one letter changed", func(s *site, _ url.Values) {
			for name, value := range s.jar {
				s.jar[name] = value[:len(value)-3] + "AAA"
			}
		}, launch.KindState, 403},
		{"another login's cookie under this name", func(s *site, _ url.Values) {
			var mine string
			for mine = range s.jar {
			}
			s.start("")
			for name, value := range s.jar {
				if name != mine {
					s.jar[mine] = value
				}
			}
		}, launch.KindState, 403},
		{"ten minutes later", func(s *site, _ url.Values) { s.clock = s.clock.Add(10 * time.Minute) }, launch.KindState, 403},
		{"clock put back", func(s *site, _ url.Values) { s.clock = s.clock.Add(-time.Minute) }, launch.KindState, 403},
		{"N05 an HTI message beside it", func(_ *site, f url.Values) { f.Set("token", "x") }, launch.KindRequest, 400},
		{"N04 state twice", func(_ *site, f url.Values) { f.Add("state", f.Get("state")) }, launch.KindRequest, 400},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			form := s.begin(t, "7f0b")
			c.edit(s, form)
			w := s.callback(form)
			assert.Equal(t, c.code, w.Code)
			assert.Contains(t, s.log.String(), "kind="+string(c.want)+" ")
			assert.Empty(t, s.launches)
			assert.Empty(t, s.provider.resumed, "nothing is asked of the provider")
		})
	}
}

// The page for who has no cookie explains it, and leads back to the start on our own site.
func TestBlockedCookiesAreExplained(t *testing.T) {
	for lang, want := range map[string]string{"nb": "Sjekk at informasjonskapsler er tillatt", "nn": "Sjekk at informasjonskapslar er tillatne", "en": "Check that cookies are allowed"} {
		s := newSite(t)
		form := s.begin(t, "7f0b")
		clear(s.jar)
		r := request(http.MethodPost, "https://tool.example/one/callback", form.Encode())
		r.Header.Set("Accept-Language", lang)
		w := s.send(r)
		assert.Contains(t, w.Body.String(), want)
		assert.Contains(t, w.Body.String(), `href="/one/start"`)
		assert.NotContains(t, w.Body.String(), form.Get("state"))
	}
}

// E-15: a login is good once, whatever the browser keeps.
func TestE15_N33_UsedLogin(t *testing.T) {
	s := newSite(t)
	form := s.begin(t, "7f0b")
	kept := map[string]string{}
	for name, value := range s.jar {
		kept[name] = value
	}
	require.Equal(t, http.StatusSeeOther, s.callback(form).Code)
	w := s.callback(form)
	assert.Equal(t, 403, w.Code)
	assert.Contains(t, s.log.String(), "kind=state")
	s.jar = kept // a browser that did not take the cookie back
	w = s.callback(form)
	assert.Equal(t, 403, w.Code)
	assert.Contains(t, s.log.String(), "kind=replayed")
	assert.Len(t, s.launches, 1)
}

func TestN50_CallbackAgainInTheRunningSession(t *testing.T) {
	s := newSite(t)
	s.Running = func(_ *http.Request, issuer, messageID string) string {
		if len(s.launches) == 1 && issuer == s.launches[0].Issuer && messageID == s.launches[0].MessageID {
			return "/task"
		}
		return ""
	}
	s.handler = s.tool.handler(t)
	form := s.begin(t, "7f0b")
	require.Equal(t, http.StatusSeeOther, s.callback(form).Code)
	w := s.callback(form)
	assert.Equal(t, http.StatusSeeOther, w.Code)
	assert.Equal(t, "/task", w.Header().Get("Location"))
	assert.Len(t, s.launches, 1)
	other := s.begin(t, "82a1")
	clear(s.jar)
	assert.Equal(t, 403, s.callback(other).Code, "not that login's session")
}

func TestN49_E16_TwoTabs(t *testing.T) {
	for _, order := range [][2]int{{0, 1}, {1, 0}} {
		s := newSite(t)
		forms := []url.Values{s.begin(t, "first"), s.begin(t, "second")}
		for _, i := range order {
			require.Equal(t, http.StatusSeeOther, s.callback(forms[i]).Code)
			assert.Equal(t, forms[i].Get("code"), s.launches[len(s.launches)-1].Patient.ID)
		}
		assert.Empty(t, s.jar)
	}
}

// At most eight logins in one browser; the ninth takes the oldest one's room.
func TestManyTabs(t *testing.T) {
	s := newSite(t)
	var forms []url.Values
	for i := range 9 {
		s.clock = start.Add(time.Duration(i) * time.Second)
		forms = append(forms, s.begin(t, fmt.Sprint("tab", i)))
	}
	assert.Len(t, s.jar, 8)
	assert.Equal(t, 403, s.callback(forms[0]).Code)
	for _, f := range forms[1:] {
		assert.Equal(t, http.StatusSeeOther, s.callback(f).Code)
	}
	s = newSite(t)
	for i := range 8 {
		s.clock = start.Add(time.Duration(i) * time.Second)
		require.Equal(t, http.StatusSeeOther, s.start("x="+strings.Repeat("ø", 500)).Code)
	}
	size := 0
	for _, value := range s.jar {
		size += len(value)
	}
	assert.LessOrEqual(t, size, 6<<10)
	assert.NotEmpty(t, s.jar)
	s.clock = s.clock.Add(time.Hour)
	s.start("")
	assert.Len(t, s.jar, 1, "logins that are over are forgotten")
}

func TestStartRefuses(t *testing.T) {
	cases := []struct {
		name, method, query string
		header              [2]string
		code                int
	}{
		{name: "POST", method: http.MethodPost, code: 405},
		{name: "HEAD, which a mail scanner sends", method: http.MethodHead, code: 405},
		{name: "N01 a message in the address", query: "token=x", code: 400},
		{name: "an answer in the address", query: "code=x&state=y", code: 400},
		{name: "N04 a name twice", query: "task=1&task=2", code: 400},
		{name: "no query", query: "%zz", code: 400},
		{name: "a long query", query: "x=" + strings.Repeat("y", 1023), code: 400},
		{name: "N66 in a frame", header: [2]string{"Sec-Fetch-Dest", "iframe"}, code: 400},
		{name: "by a script", header: [2]string{"Sec-Fetch-Mode", "cors"}, code: 400},
		{name: "ahead of the person", header: [2]string{"Sec-Purpose", "prefetch;prerender"}, code: 400},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		s := newSite(t)
		if c.method == "" {
			c.method = http.MethodGet
		}
		r := httptest.NewRequest(c.method, "https://tool.example/one/start?"+strings.ReplaceAll(c.query, "%zz", "x"), nil)
		if c.query == "%zz" {
			r.URL.RawQuery = c.query
		}
		if c.header[0] != "" {
			r.Header.Set(c.header[0], c.header[1])
		}
		w := s.send(r)
		assert.Equal(t, c.code, w.Code, c.name)
		assert.Empty(t, s.provider.begun, c.name)
		assert.Empty(t, s.jar, c.name)
		assert.Contains(t, s.log.String(), "kind=request", c.name)
	}
}

// E-7: the provider's answer comes from the provider's page.
func TestE7_CallbackOrigin(t *testing.T) {
	for origin, code := range map[string]int{"": 303, "null": 303, providerOrigin: 303, "https://extra.example": 303,
		"https://evil.example": 403, "http://portal.login.example": 403, providerOrigin + ":444": 403, "https://login.example": 403} {
		s := newSite(t, func(c *launch.HandlerConfig) { c.CallbackOrigins = []string{"https://extra.example"} })
		r := request(http.MethodPost, "https://tool.example/one/callback", s.begin(t, "7f0b").Encode())
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		assert.Equal(t, code, s.send(r).Code, origin)
	}
}

// N64, E-18: the session that was there when the login began is OnLaunch's to end.
func TestN64_EarlierSession(t *testing.T) {
	s := newSite(t, func(c *launch.HandlerConfig) {
		c.Session = func(r *http.Request) string {
			cookie, err := r.Cookie("session")
			if err != nil {
				return ""
			}
			return cookie.Value
		}
	})
	form := s.begin(t, "first")
	require.Equal(t, http.StatusSeeOther, s.callback(form).Code)
	assert.True(t, s.launches[0].Earlier.IsZero())
	s.jar["session"] = "of-the-first"
	form = s.begin(t, "second")
	for _, sealed := range s.jar {
		assert.False(t, sealed != "of-the-first" && strings.Contains(sealed, "of-the-first"))
	}
	delete(s.jar, "session") // SameSite=Lax: not with what another site posts
	require.Equal(t, http.StatusSeeOther, s.callback(form).Code)
	assert.Equal(t, "of-the-first", s.launches[1].Earlier.Reveal())
	assert.NotContains(t, fmt.Sprintf("%+v", *s.launches[1]), "of-the-first")

	s.jar["session"] = strings.Repeat("x", 513)
	assert.Equal(t, http.StatusServiceUnavailable, s.start("").Code)
	assert.Contains(t, s.log.String(), "a Session of at most 512 bytes")
}

// Two processes, no state between them but the cookie keys; and a key that is changed.
func TestLoginAtAnotherNode(t *testing.T) {
	one, two := newSite(t), newSite(t)
	key, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	two.CookieKeys = []launch.CookieKey{key, one.CookieKeys[0]}
	two.handler = two.tool.handler(t)
	form := one.begin(t, "7f0b")
	two.jar = one.jar
	require.Equal(t, http.StatusSeeOther, two.callback(form).Code)
	assert.Equal(t, one.provider.begun[0], two.provider.resumed[0])

	three := newSite(t)
	form = one.begin(t, "7f0b")
	three.jar = one.jar
	assert.Equal(t, 403, three.callback(form).Code, "another tool's key")
}

// A cookie is one profile's.
func TestLoginOfAnotherProfile(t *testing.T) {
	s := newSite(t)
	s.Logins = append(s.Logins, &provider{id: "two"})
	s.handler = s.tool.handler(t)
	form := s.begin(t, "7f0b")
	w := s.send(request(http.MethodPost, "https://tool.example/two/callback", form.Encode()))
	assert.Equal(t, 403, w.Code)
	assert.Contains(t, s.log.String(), "kind=state")
	assert.Empty(t, s.launches)
}

func TestLoginErrors(t *testing.T) {
	cases := []struct {
		name string
		edit func(s *site)
		want launch.Kind
		code int
		page string
	}{
		{"N54 the person stopped", func(s *site) { s.provider.err = launch.Refuse(launch.KindLogin, "a login", nil) }, launch.KindLogin, 403, "Innloggingen ble ikke fullført"},
		{"N55 the provider is down", func(s *site) { s.provider.err = launch.Refuse(launch.KindLoginUnavailable, "an answer", io.EOF) }, launch.KindLoginUnavailable, 503, "akkurat nå"},
		{"an error of another make", func(s *site) { s.provider.err = io.EOF }, launch.KindLoginUnavailable, 503, "akkurat nå"},
		{"N51 another nonce", func(s *site) { s.provider.err = launch.Refuse(launch.KindNonce, "the login's", nil) }, launch.KindNonce, 403, "Noe stemte ikke"},
		{"N61 acting for another", func(s *site) { s.provider.acting = launch.ActingParent }, launch.KindRepresentation, 403, "på vegne av denne personen"},
		{"N39 replay store down", func(s *site) { s.Replay = down{}; s.handler = s.tool.handler(t) }, launch.KindReplayUnavailable, 503, "akkurat nå"},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			c.edit(s)
			w := s.start("task=58c1")
			require.Equal(t, http.StatusSeeOther, w.Code)
			w = s.callback(url.Values{"code": {"7f0b"}, "state": {s.provider.begun[0].State.Reveal()}})
			assert.Equal(t, c.code, w.Code)
			assert.Contains(t, w.Body.String(), c.page)
			assert.Contains(t, w.Body.String(), `href="/one/start?task=58c1"`, "the context is not lost")
			assert.Contains(t, s.log.String(), "kind="+string(c.want)+" ")
			assert.Empty(t, s.launches)
			assert.Empty(t, s.jar)
		})
	}
}

func TestBeginErrors(t *testing.T) {
	for err, want := range map[error]string{
		io.EOF: "kind=login_unavailable",
		launch.Refuse(launch.KindLoginUnavailable, "PAR", errors.New("status 500")): `cause="status 500"`,
	} {
		s := newSite(t)
		s.provider.beginErr = err
		w := s.start("task=58c1")
		assert.Equal(t, 503, w.Code)
		assert.Equal(t, "30", w.Header().Get("Retry-After"))
		assert.Contains(t, w.Body.String(), `href="/one/start?task=58c1"`)
		assert.Contains(t, s.log.String(), want)
		assert.Empty(t, s.jar)
	}
}

func TestNewHandlerRefusesLogins(t *testing.T) {
	s := newSite(t)
	good := s.HandlerConfig
	for name, c := range map[string]struct {
		edit func(*launch.HandlerConfig)
		want string
	}{
		"no cookie key":   {func(c *launch.HandlerConfig) { c.CookieKeys = nil }, "field CookieKeys is empty"},
		"zero cookie key": {func(c *launch.HandlerConfig) { c.CookieKeys = append(c.CookieKeys, launch.CookieKey{}) }, "cookie key 1 is the zero CookieKey"},
		"nil login":       {func(c *launch.HandlerConfig) { c.Logins = []launch.LoginProfile{nil} }, "login profile 0 is nil"},
		"twice":           {func(c *launch.HandlerConfig) { c.Logins = append(c.Logins, c.Logins[0]) }, "profile one is there twice"},
		"same paths":      {func(c *launch.HandlerConfig) { c.Logins = append(c.Logins, elsewhere{c.Logins[0]}) }, "path /one/start is another one's, too"},
		"same name":       {func(c *launch.HandlerConfig) { c.Logins = []launch.LoginProfile{&provider{id: "hti"}} }, "profile hti is there twice"},
		"bad path":        {func(c *launch.HandlerConfig) { c.Logins = []launch.LoginProfile{&provider{id: "/x"}} }, "a path does not begin with one slash"},
		"timeout":         {func(c *launch.HandlerConfig) { c.LoginTimeout = -1 }, "field LoginTimeout"},
	} {
		cfg := good
		c.edit(&cfg)
		_, err := launch.NewHandler(cfg)
		require.ErrorContains(t, err, c.want, name)
	}
	for _, size := range []int{0, 16, 31, 33} {
		_, err := launch.NewCookieKey(make([]byte, size))
		require.ErrorContains(t, err, "32 random bytes")
	}
}

// elsewhere has another name and the same paths.
type elsewhere struct{ launch.LoginProfile }

func (elsewhere) ID() string { return "elsewhere" }

// What ties a login to its browser prints nowhere.
func TestLoginSecretsArePrintedNowhere(t *testing.T) {
	s := newSite(t)
	form := s.begin(t, "7f0b")
	login := s.provider.begun[0]
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "login", login, "keys", s.CookieKeys, "state", login.State, "launch", &launch.Launch{NationalID: login.Nonce, Tokens: &launch.Tokens{Access: login.State}})
	fmt.Fprintf(&out, "%v %+v %#v %s %q", login, login, login, login.State, s.CookieKeys)
	require.Equal(t, http.StatusSeeOther, s.callback(form).Code)
	s.callback(form)
	text := out.String() + s.log.String()
	for _, secret := range []string{login.State.Reveal(), login.Nonce.Reveal(), login.Verifier.Reveal(), form.Get("code")} {
		assert.NotContains(t, text, secret)
	}
	assert.Contains(t, text, "[redacted]")
}
