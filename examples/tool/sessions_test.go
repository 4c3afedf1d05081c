package main

import (
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

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func TestLogout(t *testing.T) {
	x := newTrial(t, "")
	x.login("per", "")
	before := x.browser.Cookies(outside + "/whoami")["session"]
	require.NotEmpty(t, before)
	page, err := x.browser.Post(t.Context(), outside+"/whoami", outside+"/logout", url.Values{})
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, page.Status)
	assert.Contains(t, page.Body, "You are logged out of this tool")
	assert.NotContains(t, x.browser.Cookies(outside+"/whoami"), "session")
	assert.Equal(t, http.StatusForbidden, x.ask(http.MethodGet, "/whoami", before, ""), "nor with a cookie that was kept")
	assert.Equal(t, 1, x.revoked())
	assert.NotContains(t, x.log.String(), "tokens")
	assert.Equal(t, http.StatusOK, x.ask(http.MethodPost, "/logout", before, ""), "twice is no fault")
	assert.Equal(t, 1, x.revoked())
}

// ask is a request with a session's cookie, as a page of the site that is named would send it.
func (x *trial) ask(method, path, session, site string) int {
	x.t.Helper()
	r, err := http.NewRequestWithContext(x.t.Context(), method, x.tool.URL+path, nil)
	require.NoError(x.t, err)
	r.AddCookie(&http.Cookie{Name: "session", Value: session})
	if site != "" {
		r.Header.Set("Sec-Fetch-Site", site)
	}
	resp, err := x.tool.Client().Do(r)
	require.NoError(x.t, err)
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	require.NoError(x.t, err)
	return resp.StatusCode
}

func TestNobodyElseLogsOut(t *testing.T) {
	x := newTrial(t, "")
	x.login("per", "")
	session := x.browser.Cookies(outside + "/whoami")["session"]
	_, err := x.browser.Post(t.Context(), "https://other.example/", outside+"/logout", url.Values{})
	require.NoError(t, err)
	for _, site := range []string{"cross-site", "same-site"} {
		assert.Equal(t, http.StatusForbidden, x.ask(http.MethodPost, "/logout", session, site))
	}
	assert.Equal(t, http.StatusMethodNotAllowed, x.ask(http.MethodGet, "/logout", session, ""))
	assert.Equal(t, http.StatusOK, x.ask(http.MethodGet, "/whoami", session, ""))
	assert.Zero(t, x.revoked())
}

// Whoever cannot be reached does not keep a citizen in.
func TestLogoutWithoutHelsenorge(t *testing.T) {
	x := newTrial(t, "")
	x.login("per", "")
	x.sim.Fail(launchtest.EndpointRevoke, http.StatusServiceUnavailable, 10)
	page, err := x.browser.Post(t.Context(), outside+"/whoami", outside+"/logout", url.Values{})
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, page.Status)
	assert.Equal(t, http.StatusForbidden, x.whoami())
	assert.Contains(t, x.log.String(), "its tokens at Helsenorge have not")
	for _, secret := range x.sim.Secrets() {
		assert.NotContains(t, x.log.String(), secret)
	}
}

func TestNextCitizenEndsTheSession(t *testing.T) {
	x := newTrial(t, "")
	x.login("per", "")
	before := x.browser.Cookies(outside + "/whoami")["session"]
	require.Equal(t, http.StatusOK, x.login("ine", "").Status)
	assert.Equal(t, http.StatusForbidden, x.ask(http.MethodGet, "/whoami", before, ""))
	assert.Equal(t, http.StatusOK, x.whoami())
	assert.Equal(t, 1, x.revoked())
}

// Half an hour without activity ends the session, and so does a working day with it.
func TestInactivity(t *testing.T) {
	x := newTrial(t, "")
	x.login("per", "")
	for range 3 {
		x.sim.Advance(30*time.Minute - time.Second)
		require.Equal(t, http.StatusOK, x.whoami())
	}
	x.sim.Advance(30 * time.Minute)
	assert.Equal(t, http.StatusForbidden, x.whoami())
	assert.Equal(t, 1, x.revoked())
	x.sim.Advance(-30 * time.Minute)
	assert.Equal(t, http.StatusForbidden, x.whoami(), "it does not come back")

	x = newTrial(t, "")
	x.login("per", "")
	session := x.browser.Cookies(outside + "/whoami")["session"]
	for range 8*60/20 - 1 {
		x.sim.Advance(20 * time.Minute)
		require.Equal(t, http.StatusOK, x.ask(http.MethodGet, "/whoami", session, ""))
	}
	x.sim.Advance(20 * time.Minute)
	assert.Equal(t, http.StatusForbidden, x.ask(http.MethodGet, "/whoami", session, ""))
}

// The rule holds for a portal's launches, too.
func TestInactivityAfterAMessage(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	portal := launchtest.NewPortal(t, launchtest.Config{Now: clock})
	published := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(portal.JWKS()) }))
	defer published.Close()
	cfg, err := load(write(t, strings.Replace(good, "http://127.0.0.1:9100/jwks.json", published.URL, 1)))
	require.NoError(t, err)
	cfg.now = clock
	tool, err := newTool(cfg, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer tool.close()
	send := func(r *http.Request) *http.Response {
		w := httptest.NewRecorder()
		tool.mux.ServeHTTP(w, r)
		return w.Result()
	}
	launched := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/launch", strings.NewReader(url.Values{"token": {portal.Good()}}.Encode()))
	launched.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	cookies := send(launched).Cookies()
	require.Len(t, cookies, 1)
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{30*time.Minute - 1, 200}, {30*time.Minute - 1, 200}, {30 * time.Minute, 403}} {
		now = now.Add(c.after)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/whoami", nil)
		r.AddCookie(cookies[0])
		assert.Equal(t, c.want, send(r).StatusCode)
	}
}
