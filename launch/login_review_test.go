package launch_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// discarding is a profile that can end what a login gave.
type discarding struct {
	*provider
	discarded []*launch.Launch
}

func (d *discarding) Discard(_ context.Context, l *launch.Launch) {
	d.discarded = append(d.discarded, l)
}

// Tokens of a launch that the policy refuses are nobody's: they are ended.
func TestPolicyRefusalDiscards(t *testing.T) {
	s := newSite(t)
	d := &discarding{provider: s.provider}
	s.Logins = []launch.LoginProfile{d}
	s.handler = s.tool.handler(t)
	require.Equal(t, http.StatusSeeOther, s.callback(s.begin(t, "7f0b")).Code)
	assert.Empty(t, d.discarded)
	s.provider.acting = launch.ActingParent
	require.Equal(t, http.StatusForbidden, s.callback(s.begin(t, "82a1")).Code)
	require.Len(t, d.discarded, 1)
	assert.Equal(t, "82a1", d.discarded[0].Patient.ID)
}

// lost is a profile that gives neither a launch nor an error.
type lost struct{ *provider }

func (lost) Resume(context.Context, launch.Login, url.Values, time.Time) (*launch.Launch, error) {
	return nil, nil
}

func TestResumeWithoutALaunch(t *testing.T) {
	s := newSite(t)
	s.Logins = []launch.LoginProfile{lost{s.provider}}
	s.handler = s.tool.handler(t)
	assert.Equal(t, http.StatusServiceUnavailable, s.callback(s.begin(t, "7f0b")).Code)
	assert.Contains(t, s.log.String(), "kind=login_unavailable ")
	assert.NotContains(t, s.log.String(), "panic")
}

// The origin is compared as browsers write it, whatever the address looks like.
func TestE7_OriginWithAPort(t *testing.T) {
	for address, origin := range map[string]string{
		"https://Portal.Login.example:443/authorize": "https://portal.login.example",
		"https://portal.login.example:8443/":         "https://portal.login.example:8443",
		"http://127.0.0.1:80/authorize":              "http://127.0.0.1",
	} {
		s := newSite(t)
		s.provider.address = address
		r := request(http.MethodPost, "https://tool.example/one/callback", s.begin(t, "7f0b").Encode())
		r.Header.Set("Origin", origin)
		assert.Equal(t, http.StatusSeeOther, s.send(r).Code, address)
	}
}

// A cookie stays within what browsers keep, whatever comes from outside.
func TestCookieFitsABrowser(t *testing.T) {
	for name, query := range map[string]string{
		"short names": strings.TrimSuffix(shortNames(146), "&"), // 1,021 bytes
		"ampersands":  "x=" + strings.Repeat("%26", 340),
		"bytes":       "x=" + strings.Repeat("\xff", 1022),
	} {
		s := newSite(t, func(c *launch.HandlerConfig) {
			c.Session = func(*http.Request) string { return strings.Repeat("\xff&", 256) }
		})
		require.LessOrEqual(t, len(query), 1024, name)
		r := request(http.MethodGet, "https://tool.example/one/start", "")
		r.URL.RawQuery = query
		w := s.send(r)
		require.Equal(t, http.StatusSeeOther, w.Code, name)
		c := w.Result().Cookies()[0]
		assert.LessOrEqual(t, len(c.Name)+len(c.Value), 4096, name)
		form := url.Values{"code": {"7f0b"}, "state": {s.provider.begun[0].State.Reveal()}}
		require.Equal(t, http.StatusSeeOther, s.callback(form).Code, name)
		want, err := url.ParseQuery(query)
		require.NoError(t, err)
		assert.Equal(t, want, s.launches[0].Context, name)
		assert.Equal(t, strings.Repeat("\xff&", 256), s.launches[0].Earlier.Reveal(), "byte for byte")
	}
}

// shortNames are so many names of three letters: "aaa=1&".
func shortNames(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	var b strings.Builder
	for i := range n {
		b.WriteString("a" + string(letters[i/26]) + string(letters[i%26]) + "=12&")
	}
	return b.String()
}

// While keys are changed, a process leaves the logins of others alone.
func TestStartLeavesOtherProcessesLogins(t *testing.T) {
	one, two := newSite(t), newSite(t)
	form := one.begin(t, "7f0b")
	two.jar = one.jar
	two.start("")
	require.Len(t, two.jar, 2)
	one.jar = two.jar
	assert.Equal(t, http.StatusSeeOther, one.callback(form).Code)
}

// What was refused in an address is not repeated in the page.
func TestRefusedAddressIsNotRepeated(t *testing.T) {
	s := newSite(t)
	w := s.start("code=CANARY&state=CANARY")
	assert.Equal(t, http.StatusBadRequest, w.Code)
	assert.NotContains(t, w.Body.String(), "CANARY")
	assert.Contains(t, w.Body.String(), `href="/one/start"`)
}

func TestNewHandlerRefusesWhatCannotMatch(t *testing.T) {
	s := newSite(t)
	good := s.HandlerConfig
	for name, edit := range map[string]func(*launch.HandlerConfig){
		"field CallbackOrigins: want origins":  func(c *launch.HandlerConfig) { c.CallbackOrigins = []string{"https://login.example/"} },
		"field CallbackOrigins":                func(c *launch.HandlerConfig) { c.CallbackOrigins = []string{"login.example"} },
		"CallbackOrigins":                      func(c *launch.HandlerConfig) { c.CallbackOrigins = []string{"https://login.example:443"} },
		"field Policy.Acting[1] is not one":    func(c *launch.HandlerConfig) { c.Policy.Acting = []launch.Acting{launch.ActingParent, "mother"} },
		"a path does not begin with one slash": func(c *launch.HandlerConfig) { c.Logins = []launch.LoginProfile{&provider{id: "one?x"}} },
	} {
		cfg := good
		edit(&cfg)
		_, err := launch.NewHandler(cfg)
		require.ErrorContains(t, err, name)
	}
}

func TestCookieKeySealsAnything(t *testing.T) {
	key, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	sealed := key.Seal("session", []byte("text"))
	got, good := key.Open("session", sealed)
	require.True(t, good)
	assert.Equal(t, "text", string(got))
	other, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	for name, open := range map[string]func() ([]byte, bool){
		"another name":  func() ([]byte, bool) { return key.Open("other", sealed) },
		"another key":   func() ([]byte, bool) { return other.Open("session", sealed) },
		"cut":           func() ([]byte, bool) { return key.Open("session", sealed[:len(sealed)-4]) },
		"no base64url":  func() ([]byte, bool) { return key.Open("session", sealed+"=") },
		"zero key":      func() ([]byte, bool) { return launch.CookieKey{}.Open("session", sealed) },
		"nothing there": func() ([]byte, bool) { return key.Open("session", "") },
	} {
		_, good := open()
		assert.False(t, good, name)
	}
	assert.Empty(t, launch.CookieKey{}.Seal("session", []byte("text")))
}
