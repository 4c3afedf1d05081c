package helsenorge_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/oidcpeer"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

// foreign is npm's oidc-provider with our tool as its client, which wants pushed
// requests, S256, form_post and Helsenorge's client assertions. It is another
// process with the machine's clock, so these tests use that one, too.
func foreign(t *testing.T, claims map[string]any) (*world, *oidcpeer.Peer) {
	key, err := toolKey().Public().MarshalJSON()
	require.NoError(t, err)
	set, err := json.Marshal(map[string]any{"keys": []json.RawMessage{key}})
	require.NoError(t, err)
	peer := oidcpeer.Start(t, oidcpeer.Config{Subject: "5e0d7a9c-patient", Claims: claims, Clients: []oidcpeer.Client{{ID: clientID, Keys: set,
		Algorithm: "RS256", Type: "JWT", Lifetime: 119 * time.Second, Scope: "openid offline_access", RedirectURIs: []string{callback}}}})
	return newWorld(t, options{
		profile: func(c *helsenorge.Config) {
			c.Issuer, c.Client, c.AllowLoopback, c.Now, c.Offline = peer.Issuer, nil, true, nil, true
		},
		handler: func(c *launch.HandlerConfig) {
			c.Now, c.Policy.Acting = nil, []launch.Acting{launch.ActingParent}
			c.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{})
		},
	}), peer
}

// through starts the tool, logs in at the peer, and posts the answer to the tool.
func (w *world) through(t *testing.T, visit func(*oidcpeer.Browser, string) (*oidcpeer.Answer, error)) *httptest.ResponseRecorder {
	start := httptest.NewRecorder()
	w.tool.ServeHTTP(start, httptest.NewRequest(http.MethodGet, startAt+"?task=58c1", nil))
	require.Equal(t, http.StatusSeeOther, start.Code, w.log)
	answer, err := visit(oidcpeer.NewBrowser(t), start.Header().Get("Location"))
	require.NoError(t, err)
	require.Equal(t, callback, answer.Action)
	r := httptest.NewRequest(http.MethodPost, callback, strings.NewReader(answer.Fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range start.Result().Cookies() {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	end := httptest.NewRecorder()
	w.tool.ServeHTTP(end, r)
	return end
}

func TestOIDCProviderLogsIn(t *testing.T) {
	w, peer := foreign(t, map[string]any{"actor_sub": "b1c4-parent", "representation": "2", "pid": "00000000000"})
	require.NoError(t, w.profile.Check(t.Context()))
	login := func(b *oidcpeer.Browser, address string) (*oidcpeer.Answer, error) {
		return b.Login(t.Context(), address)
	}
	end := w.through(t, login)
	require.Equal(t, http.StatusSeeOther, end.Code, w.log)
	require.Len(t, w.launches, 1)
	l := w.launches[0]
	assert.Equal(t, "Patient/5e0d7a9c-patient", l.Patient.String())
	assert.Equal(t, "RelatedPerson/b1c4-parent", l.Actor.String())
	assert.Equal(t, launch.ActingParent, l.Acting)
	assert.Equal(t, peer.Issuer, l.Issuer)
	assert.Equal(t, url.Values{"task": {"58c1"}}, l.Context)
	assert.Equal(t, "00000000000", l.NationalID.Reveal())

	s := w.profile.NewSession(l)
	require.False(t, s.Refresh.IsZero())
	require.NoError(t, w.profile.Logout(t.Context(), s), "revoked at the provider")
	require.Equal(t, http.StatusSeeOther, w.through(t, login).Code, "again, with new assertions")
	for _, secret := range []string{s.Access.Reveal(), s.Refresh.Reveal()} {
		assert.NotContains(t, w.log.String(), secret)
	}
}

func TestOIDCProviderLoginIsStopped(t *testing.T) {
	w, _ := foreign(t, map[string]any{"actor_sub": "b1c4-parent", "representation": "2"})
	end := w.through(t, func(b *oidcpeer.Browser, address string) (*oidcpeer.Answer, error) {
		return b.Cancel(t.Context(), address)
	})
	assert.Equal(t, http.StatusForbidden, end.Code)
	assert.Contains(t, end.Body.String(), "Innloggingen ble ikke fullført")
	assert.Empty(t, w.launches)
}

// A provider that is good for others and does not say who is logged in is not good for us.
func TestOIDCProviderWithoutTheClaims(t *testing.T) {
	w, _ := foreign(t, map[string]any{})
	end := w.through(t, func(b *oidcpeer.Browser, address string) (*oidcpeer.Answer, error) {
		return b.Login(t.Context(), address)
	})
	assert.Equal(t, http.StatusForbidden, end.Code)
	assert.Contains(t, w.log.String(), "kind=claims ")
}
