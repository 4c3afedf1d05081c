package launchtest_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// start opens a tab and logs a citizen in, up to the answer that goes to the tool.
func (a *handTool) tab(b *launchtest.Browser, citizen, patient string) *launchtest.Callback {
	a.t.Helper()
	tab, err := b.Start(a.t.Context(), toolStart)
	require.NoError(a.t, err)
	require.True(a.t, tab.AtHelsenorge())
	c, err := tab.Choose(a.t.Context(), citizen, patient)
	require.NoError(a.t, err)
	return c
}

func (a *handTool) send(c *launchtest.Callback) *launchtest.Page {
	a.t.Helper()
	page, err := c.Post(a.t.Context())
	require.NoError(a.t, err)
	return page
}

func TestHelsenorgeTwoTabs(t *testing.T) {
	a := newHandTool(t)
	b := a.browser()
	first, second := a.tab(b, "per", ""), a.tab(b, "kari", "ola")
	assert.Equal(t, "welcome "+a.h.Subject(toolID, "ola"), a.send(second).Body)
	assert.Equal(t, "welcome "+a.h.Subject(toolID, "per"), a.send(first).Body)
}

// A portal may start a tool by a form instead of a link.
func TestHelsenorgeFromAForm(t *testing.T) {
	a := newHandTool(t)
	b := a.browser()
	page, err := b.Type(t.Context(), toolStart) // where the portal's answer to its form leads
	require.NoError(t, err)
	tab := b.At(page)
	require.True(t, tab.AtHelsenorge())
	c, err := tab.Choose(t.Context(), "per", "")
	require.NoError(t, err)
	assert.Equal(t, "welcome "+a.h.Subject(toolID, "per"), a.send(c).Body)
	assert.False(t, b.At(a.send(c)).AtHelsenorge(), "the tool's page is no login")
}

func TestHelsenorgeCallbackInAnotherBrowser(t *testing.T) {
	a := newHandTool(t)
	page, err := a.tab(a.browser(), "per", "").PostFrom(t.Context(), a.browser())
	require.NoError(t, err)
	assert.Equal(t, http.StatusForbidden, page.Status)
	b := a.browser()
	c := a.tab(b, "per", "")
	b.DropCookies()
	assert.Equal(t, http.StatusForbidden, a.send(c).Status, "without its cookies")
}

func TestHelsenorgeCallbackAgain(t *testing.T) {
	a := newHandTool(t)
	c := a.tab(a.browser(), "per", "")
	assert.Equal(t, http.StatusOK, a.send(c).Status)
	access := a.last()["access_token"].(string)
	assert.Equal(t, http.StatusForbidden, a.send(c).Status, "the hand-written tool tries the code again")
	assert.False(t, a.h.Active(access))
}

func TestHelsenorgeCallbackFields(t *testing.T) {
	for name, iss := range map[string][]string{"off": nil, "on": {"https://eksternapi.helsenorge.example/sts/oidcprov/v3"}} {
		a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.CallbackIssuer = iss != nil })
		c := a.tab(a.browser(), "per", "")
		assert.Equal(t, callback, c.Action, name)
		assert.Equal(t, iss, c.Fields["iss"], name)
		assert.Len(t, c.Fields["code"], 1)
		assert.Contains(t, a.verifier, c.Fields.Get("state"))
	}
}

func TestHelsenorgeErrorsAtTheLogin(t *testing.T) {
	a := newHandTool(t)
	tab, err := a.browser().Start(t.Context(), toolStart)
	require.NoError(t, err)
	stopped, err := tab.Cancel(t.Context())
	require.NoError(t, err)
	inactive := a.tab(a.browser(), "nils", "")
	for c, text := range map[*launchtest.Callback]string{stopped: "Innbygger avbrøt innloggingen", inactive: "Innbygger er ikke digitalt aktiv"} {
		assert.Equal(t, []string{"access_denied"}, c.Fields["error"])
		assert.Equal(t, []string{text}, c.Fields["error_description"])
		assert.Contains(t, a.verifier, c.Fields.Get("state"))
		assert.NotContains(t, c.Fields, "code")
		page := a.send(c)
		assert.Equal(t, http.StatusForbidden, page.Status)
		assert.Equal(t, "you stopped\n", page.Body)
	}
	require.NoError(t, a.h.SetDigitallyActive("nils", true))
	assert.Contains(t, a.tab(a.browser(), "nils", "").Fields, "code")
	require.EqualError(t, a.h.SetDigitallyActive("nobody", true), "launchtest: no such citizen")
}

func TestHelsenorgeChoosesOnlyWhomItMay(t *testing.T) {
	a := newHandTool(t)
	choose := func(citizen, patient string) error {
		tab, err := a.browser().Start(t.Context(), toolStart)
		require.NoError(t, err)
		_, err = tab.Choose(t.Context(), citizen, patient)
		return err
	}
	require.ErrorContains(t, choose("nobody", ""), "a citizen who can log in")
	require.ErrorContains(t, choose("ola", ""), "a citizen who can log in")
	require.ErrorContains(t, choose("kari", "per"), "somebody whom the citizen may act for")
	require.ErrorContains(t, choose("per", "ola"), "did not ask for whom")
	require.NoError(t, a.h.AddClient(registered(t, func(c *launchtest.HelsenorgeClient) { c.OnBehalf = false })))
	require.ErrorContains(t, choose("kari", "ola"), "did not ask for whom")
	require.NoError(t, choose("kari", ""))
}

func TestHelsenorgePagesCountOnce(t *testing.T) {
	a := newHandTool(t)
	tab, err := a.browser().Start(t.Context(), toolStart)
	require.NoError(t, err)
	_, err = tab.Choose(t.Context(), "per", "")
	require.NoError(t, err)
	_, err = tab.Choose(t.Context(), "per", "")
	require.ErrorContains(t, err, "a login page that was not used")
	tab, err = a.browser().Start(t.Context(), toolStart)
	require.NoError(t, err)
	a.h.Advance(10 * time.Minute)
	_, err = tab.Choose(t.Context(), "per", "")
	require.ErrorContains(t, err, "has not expired")
}

// A login that waits for the choice cannot be taken back to the page before it, where everybody is on offer.
func TestHelsenorgePagesGoForward(t *testing.T) {
	a := newHandTool(t)
	b := a.browser()
	tab, err := b.Start(t.Context(), toolStart)
	require.NoError(t, err)
	portal := a.h.Address(launchtest.EndpointAuthorize)
	early, err := b.Post(t.Context(), portal, a.h.Address(launchtest.EndpointChoose), url.Values{"tx": {field(t, tab.Page, "tx")}, "cancel": {"1"}})
	require.NoError(t, err)
	assert.Equal(t, http.StatusBadRequest, early.Status)
	page, err := b.Post(t.Context(), portal, a.h.Address(launchtest.EndpointLogin), url.Values{"tx": {field(t, tab.Page, "tx")}, "citizen": {"kari"}})
	require.NoError(t, err)
	tx := field(t, page, "tx")
	back, err := b.Post(t.Context(), portal, a.h.Address(launchtest.EndpointLogin), url.Values{"tx": {tx}, "citizen": {"per"}})
	require.NoError(t, err)
	assert.Equal(t, http.StatusBadRequest, back.Status)
	nobody, err := b.Post(t.Context(), portal, a.h.Address(launchtest.EndpointChoose), url.Values{"tx": {tx}})
	require.NoError(t, err)
	assert.Equal(t, http.StatusBadRequest, nobody.Status)
	tab, err = b.Start(t.Context(), toolStart)
	require.NoError(t, err)
	page, err = b.Post(t.Context(), portal, a.h.Address(launchtest.EndpointLogin), url.Values{"tx": {field(t, tab.Page, "tx")}, "citizen": {"kari"}})
	require.NoError(t, err)
	page, err = b.Post(t.Context(), portal, a.h.Address(launchtest.EndpointChoose), url.Values{"tx": {field(t, page, "tx")}, "cancel": {"1"}})
	require.NoError(t, err)
	assert.Equal(t, "access_denied", field(t, page, "error"))
}

func field(t *testing.T, page *launchtest.Page, name string) string {
	t.Helper()
	found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page.Body)
	require.NotNil(t, found, "no field %s in a page with status %d", name, page.Status)
	return html.UnescapeString(found[1])
}

func TestHelsenorgePages(t *testing.T) {
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) {
		c.ReferrerPolicy = "no-referrer"
		c.Clients = []launchtest.HelsenorgeClient{registered(t, func(c *launchtest.HelsenorgeClient) { c.Name = `<b>"Søvn"</b>` })}
	})
	b := a.browser()
	_, err := b.Login(t.Context(), toolStart, "per", "")
	require.NoError(t, err)
	tab, err := b.Start(t.Context(), toolStart)
	require.NoError(t, err)
	body, header := tab.Page.Body, tab.Page.Header
	assert.NotContains(t, body, "<b>")
	assert.NotContains(t, body, "Ola", "who cannot log in")
	assert.Less(t, strings.Index(body, "Fortsett som Per Eksempel"), strings.Index(body, "Logg inn som Kari"))
	assert.NotContains(t, body, "<script", "nothing happens by itself")
	for _, secret := range a.h.Secrets() {
		assert.NotContains(t, body, secret)
	}
	assert.Equal(t, "no-referrer", header.Get("Referrer-Policy"))
	assert.Equal(t, "no-store", header.Get("Cache-Control"))
	assert.Contains(t, header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
}

// The page that posts by itself has a nonce for its script, and a button without one.
func TestHelsenorgeCallbackPage(t *testing.T) {
	a := newHandTool(t)
	b := a.browser()
	tab, err := b.Start(t.Context(), toolStart)
	require.NoError(t, err)
	send := func(tab *launchtest.LoginTab, citizen string) *launchtest.Page {
		page, err := b.Post(t.Context(), a.h.Address(launchtest.EndpointAuthorize), a.h.Address(launchtest.EndpointLogin),
			url.Values{"tx": {field(t, tab.Page, "tx")}, "citizen": {citizen}})
		require.NoError(t, err)
		return page
	}
	page := send(tab, "per")
	nonce := regexp.MustCompile(`script-src 'nonce-([A-Z0-9]{26})'`).FindStringSubmatch(page.Header.Get("Content-Security-Policy"))
	require.NotNil(t, nonce)
	assert.Contains(t, page.Body, `<script nonce="`+nonce[1]+`">document.getElementById("callback").submit()</script>`)
	assert.Contains(t, page.Body, "<button>Gå videre til verktøyet</button>")
	assert.Empty(t, page.Header.Get("Referrer-Policy"))
	assert.Contains(t, page.Header.Get("Content-Security-Policy"), "form-action https: 'self' https://tool.example")
	tab, err = b.Start(t.Context(), toolStart)
	require.NoError(t, err)
	page = send(tab, "nils")
	assert.NotContains(t, page.Body, "<script", "the citizen reads it first")
	assert.Contains(t, page.Body, "Du er ikke digitalt aktiv på Helsenorge")
}

func TestHelsenorgeToolThatDoesNotStart(t *testing.T) {
	a := newHandTool(t)
	a.h.Fail(launchtest.EndpointPAR, http.StatusServiceUnavailable, 1)
	tab, err := a.browser().Start(t.Context(), toolStart)
	require.NoError(t, err)
	assert.False(t, tab.AtHelsenorge())
	assert.Equal(t, http.StatusServiceUnavailable, tab.Page.Status)
	_, err = tab.Choose(t.Context(), "per", "")
	require.EqualError(t, err, `launchtest: the browser is not at the page that is needed: want the form "login", the page at tool.example/start has status 503`)
	_, err = tab.Cancel(t.Context())
	require.ErrorContains(t, err, `want the form "login"`)
	_, err = a.browser().Login(t.Context(), toolStart, "nobody", "")
	require.ErrorContains(t, err, "the simulator answered 400")
	_, err = a.browser().Login(t.Context(), "https://elsewhere.example/", "per", "")
	require.ErrorContains(t, err, "no such host")
}

func TestHelsenorgeFails(t *testing.T) {
	a := newHandTool(t)
	for status, code := range map[int]string{400: "invalid_request", 401: "invalid_client", 403: "access_denied", 500: "server_error", 503: "temporarily_unavailable"} {
		a.h.Fail(launchtest.EndpointPAR, status, 2)
		for range 2 {
			assertRefused(t, a.post(launchtest.EndpointPAR, a.pushForm("state-0123", strings.Repeat("v", 43))), status, code, "ordered")
		}
		form := a.pushForm("state-0123", strings.Repeat("v", 43))
		assert.Equal(t, http.StatusCreated, a.post(launchtest.EndpointPAR, form).status)
	}
	a.h.Fail(launchtest.EndpointPAR, 503, 1)
	form := a.pushForm("state-0123", strings.Repeat("v", 43))
	require.Equal(t, 503, a.post(launchtest.EndpointPAR, form).status)
	assertRefused(t, a.post(launchtest.EndpointPAR, form), http.StatusUnauthorized, "invalid_client", "jti was not used before")
	a.h.Fail(launchtest.EndpointDiscovery, 500, 1)
	assert.Equal(t, 500, a.get(a.h.Address(launchtest.EndpointDiscovery)).status)
	assert.Equal(t, 200, a.get(a.h.Address(launchtest.EndpointDiscovery)).status)
	a.h.Fail(launchtest.EndpointLogin, 503, 1)
	tab, err := a.browser().Start(t.Context(), toolStart)
	require.NoError(t, err)
	_, err = tab.Choose(t.Context(), "per", "")
	require.ErrorContains(t, err, "the simulator answered 503")
	assert.Panics(t, func() { a.h.Fail("nowhere", 500, 1) })
	assert.Panics(t, func() { a.h.Fail(launchtest.EndpointPAR, 200, 1) })
	assert.Panics(t, func() { a.h.Delay("nowhere", 1) })
	assert.Panics(t, func() { a.h.Misbehave("badly") })
}

func TestHelsenorgeIsSlow(t *testing.T) {
	a := newHandTool(t)
	ran := 0
	for _, e := range launchtest.Endpoints() {
		ran++
		a.h.Delay(e, time.Minute)
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			_, err := send(t.Context(), a, e, url.Values{})
			require.NoError(t, err)
			assert.Equal(t, time.Minute, time.Since(began), e)
		})
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			ctx, cancel := contextWithin(t, time.Second)
			defer cancel()
			_, err := send(ctx, a, e, url.Values{})
			require.ErrorIs(t, err, ctx.Err())
			assert.Equal(t, time.Second, time.Since(began), e)
		})
		a.h.Delay(e, 0)
	}
	assert.Equal(t, 11, ran)
}

func TestHelsenorgeKeepsWhatCame(t *testing.T) {
	a := newHandTool(t)
	a.h.Fail(launchtest.EndpointPAR, 503, 1)
	_, err := a.browser().Start(t.Context(), toolStart)
	require.NoError(t, err)
	a.h.Advance(time.Second)
	c := a.tab(a.browser(), "kari", "ola")
	a.send(c)
	jtis := a.h.JTIs(launchtest.EndpointPAR)
	require.Len(t, jtis, 2)
	assert.NotEqual(t, jtis[0], jtis[1])
	assert.Len(t, a.h.JTIs(launchtest.EndpointToken), 1)
	var steps []string
	for _, s := range a.h.Requests() {
		steps = append(steps, fmt.Sprintf("%s %s %d %s", s.Endpoint, s.Client, s.Status, s.Refused))
		assert.NotZero(t, s.At)
	}
	assert.Equal(t, []string{"par " + toolID + " 503 no failure, which was ordered", "par " + toolID + " 201 ", "authorize " + toolID + " 200 ",
		"login " + toolID + " 200 ", "choose " + toolID + " 200 ", "token " + toolID + " 200 "}, steps)
	form := a.pushForm("state-0123", strings.Repeat("v", 43))
	nobody := a.assertion()
	nobody.claims["iss"] = "Kari Nordmann"
	form.Set("client_assertion", nobody.sign(t))
	a.post(launchtest.EndpointPAR, form)
	assert.Empty(t, a.h.Requests()[6].Client, "not registered")
}

func TestHelsenorgeSecrets(t *testing.T) {
	a := newHandTool(t)
	c := a.tab(a.browser(), "kari", "ola")
	assert.Contains(t, a.h.Secrets(), c.Fields.Get("code"), "as soon as it is there")
	a.send(c)
	secrets := a.h.Secrets()
	state := c.Fields.Get("state")
	got := a.last()
	for name, secret := range map[string]any{"code": c.Fields.Get("code"), "state": state, "nonce": "nonce-" + state, "verifier": a.verifier[state],
		"access token": got["access_token"], "refresh token": got["refresh_token"], "id token": got["id_token"],
		"identity number": launchtest.SyntheticNumber("098418")} {
		assert.Contains(t, secrets, secret, name)
	}
	assert.Equal(t, 1, strings.Count(strings.Join(secrets, "\n"), "urn:ietf:params:oauth:request_uri:"))
	assert.Equal(t, 2+1, countAssertions(secrets), "two assertions and an ID token")
	refused := a.pushForm("a-state-that-is-refused", strings.Repeat("v", 43))
	refused.Set("ui_locales", "en")
	a.post(launchtest.EndpointPAR, refused)
	assert.Contains(t, a.h.Secrets(), "a-state-that-is-refused", "seen, though refused")
	assert.Len(t, a.h.Secrets(), len(secrets)+3)
	a.pushForm("short", "")
	assert.NotContains(t, a.h.Secrets(), "short")
	a = newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.ForgetSecrets = true })
	a.send(a.tab(a.browser(), "per", ""))
	assert.Empty(t, a.h.Secrets())
}

func countAssertions(secrets []string) (n int) {
	for _, s := range secrets {
		if strings.Count(s, ".") == 2 && strings.HasPrefix(s, "eyJ") {
			n++
		}
	}
	return n
}

// Many citizens at once, while somebody turns all the knobs.
func TestHelsenorgeAtOnce(t *testing.T) {
	a := newHandTool(t)
	const many = 8
	var ready, good atomic.Int32
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			ready.Add(1)
			for ready.Load() < many {
			}
			citizen := []string{"per", "kari"}[i%2]
			if page, err := a.browser().Login(t.Context(), toolStart, citizen, ""); err == nil && page.Body == "welcome "+a.h.Subject(toolID, citizen) {
				good.Add(1)
			}
			a.h.Fail(launchtest.EndpointRevoke, 503, 1)
			a.h.Delay(launchtest.EndpointRevoke, 0)
			a.h.Misbehave()
			a.h.Advance(time.Millisecond)
			a.h.Requests()
			a.h.Secrets()
			a.h.JWKS()
		})
	}
	all.Wait()
	assert.EqualValues(t, many, good.Load())
}

// One code, tried by many at once: one gets tokens, and the others end them.
func TestHelsenorgeCodeAtOnce(t *testing.T) {
	a := newHandTool(t)
	code, verifier := a.code()
	const many = 8
	forms := make([]url.Values, many)
	for i := range forms {
		forms[i] = a.tokenForm(code, verifier)
	}
	var ready, good atomic.Int32
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			ready.Add(1)
			for ready.Load() < many {
			}
			if status, err := send(t.Context(), a, launchtest.EndpointToken, forms[i]); err == nil && status == http.StatusOK {
				good.Add(1)
			}
		})
	}
	all.Wait()
	assert.EqualValues(t, 1, good.Load())
}

// The same over a real network: http on this machine.
func TestHelsenorgeServed(t *testing.T) {
	api, portal := httptest.NewServer(nil), httptest.NewServer(nil)
	defer api.Close()
	defer portal.Close()
	a := newHandTool(t, func(c *launchtest.HelsenorgeConfig) { c.API, c.Portal = api.URL, portal.URL })
	api.Config.Handler, portal.Config.Handler = a.h.APIHandler(), a.h.PortalHandler()
	a.client = api.Client()
	b := a.h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": a}, Others: api.Client().Transport})
	page, err := b.Login(t.Context(), toolStart, "kari", "gerd")
	require.NoError(t, err)
	assert.Equal(t, "welcome "+a.h.Subject(toolID, "gerd"), page.Body)
	resp, err := a.client.Head(a.h.Address(launchtest.EndpointJWKS))
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Empty(t, body)
	assert.Equal(t, http.StatusOK, resp.StatusCode)
}
