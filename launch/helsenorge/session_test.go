package helsenorge_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// session is a session with a refresh token, at a provider that can prolong it.
func session(t *testing.T) (*world, helsenorge.Session) {
	w := newWorld(t, options{profile: func(c *helsenorge.Config) {
		c.Offline = true
		c.Extend = helsenorge.AssumedExtend{Endpoint: "https://eksternapi.helsenorge.example/sts/oidcprov/v1/extend"}
	}})
	require.Equal(t, w.sim.Address(launchtest.EndpointExtend), "https://eksternapi.helsenorge.example/sts/oidcprov/v1/extend")
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
	return w, w.profile.NewSession(w.launches[0])
}

func TestLogoutEndsTheTokens(t *testing.T) {
	w, s := session(t)
	require.True(t, w.sim.Active(s.Access.Reveal()))
	require.NoError(t, w.profile.Logout(t.Context(), s))
	assert.False(t, w.sim.Active(s.Access.Reveal()))
	require.NoError(t, w.profile.Logout(t.Context(), s), "twice is no error")

	w = newWorld(t, options{}) // without a refresh token
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
	s = w.profile.NewSession(w.launches[0])
	w.sim.Fail(launchtest.EndpointRevoke, 503, 1)
	require.NoError(t, w.profile.Logout(t.Context(), s), "tried once more")
	assert.False(t, w.sim.Active(s.Access.Reveal()))
	w.sim.Fail(launchtest.EndpointRevoke, 503, 2)
	require.ErrorIs(t, w.profile.Logout(t.Context(), s), launch.KindLoginUnavailable)
	require.NoError(t, w.profile.Logout(t.Context(), helsenorge.Session{}), "nothing to end")
}

// Half an hour without the person ends the session, whatever the tokens say.
func TestInactivity(t *testing.T) {
	w, s := session(t)
	for range 3 {
		w.sim.Advance(29 * time.Minute)
		var err error
		s, err = w.profile.Seen(s)
		require.NoError(t, err)
	}
	w.sim.Advance(30*time.Minute - time.Second)
	_, err := w.profile.Seen(s)
	require.NoError(t, err)
	w.sim.Advance(time.Second)
	_, err = w.profile.Seen(s)
	require.ErrorIs(t, err, helsenorge.ErrEnded)
	s.Expires = time.Time{} // a provider that does not say
	_, err = w.profile.Fresh(t.Context(), s)
	require.ErrorIs(t, err, helsenorge.ErrEnded)
	s.LastSeen = w.sim.Now()
	_, err = w.profile.Fresh(t.Context(), s)
	require.ErrorIs(t, err, helsenorge.ErrEnded, "a token whose end is not known is not good for ever")
}

// A person who does something every five minutes stays for as long as that, and
// not for half an hour.
func TestActiveSessionGoesOn(t *testing.T) {
	w, s := session(t)
	for range 24 {
		w.sim.Advance(5 * time.Minute)
		var err error
		s, err = w.profile.Seen(s)
		require.NoError(t, err)
		s, err = w.profile.Fresh(t.Context(), s)
		require.NoError(t, err)
		require.True(t, w.sim.Active(s.Access.Reveal()))
	}
	assert.GreaterOrEqual(t, w.sim.Count(launchtest.EndpointExtend), 6)
	assert.LessOrEqual(t, w.sim.Count(launchtest.EndpointExtend), 12)
}

// A provider that fails costs nothing while the token in hand is good.
func TestExtendFailsForAMoment(t *testing.T) {
	w, s := session(t)
	w.sim.Advance(16 * time.Minute)
	w.sim.Fail(launchtest.EndpointExtend, 503, 1)
	same, err := w.profile.Fresh(t.Context(), s)
	require.NoError(t, err)
	assert.Equal(t, s.Access.Reveal(), same.Access.Reveal())
	fresh, err := w.profile.Fresh(t.Context(), s)
	require.NoError(t, err)
	assert.NotEqual(t, s.Access.Reveal(), fresh.Access.Reveal())
	w.sim.Advance(29*time.Minute + 45*time.Second)
	fresh.LastSeen = w.sim.Now()
	w.sim.Fail(launchtest.EndpointExtend, 400, 1)
	_, err = w.profile.Fresh(t.Context(), fresh)
	require.ErrorIs(t, err, launch.KindLoginUnavailable, "not every 400 is the end")
}

func TestSealedSession(t *testing.T) {
	w, s := session(t)
	key, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	sealed, err := s.Seal(key)
	require.NoError(t, err)
	assert.NotContains(t, sealed, s.Access.Reveal())
	again, err := helsenorge.OpenSession(key, sealed)
	require.NoError(t, err)
	assert.Equal(t, s.Access.Reveal(), again.Access.Reveal())
	assert.Equal(t, s.Refresh.Reveal(), again.Refresh.Reveal())
	assert.True(t, s.Expires.Equal(again.Expires) && s.LastSeen.Equal(again.LastSeen))
	require.NoError(t, w.profile.Logout(t.Context(), again))
	other, err := launch.GenerateCookieKey()
	require.NoError(t, err)
	_, err = helsenorge.OpenSession(other, sealed)
	require.ErrorIs(t, err, helsenorge.ErrSealed)
	_, err = s.Seal(launch.CookieKey{})
	require.ErrorContains(t, err, "zero CookieKey")
	_, err = json.Marshal(s)
	require.ErrorContains(t, err, "Session.Seal", "not with its tokens redacted")
}

func TestFreshTokens(t *testing.T) {
	w, s := session(t)
	same, err := w.profile.Fresh(t.Context(), s)
	require.NoError(t, err)
	assert.Equal(t, s.Access.Reveal(), same.Access.Reveal(), "still good")
	w.sim.Advance(29*time.Minute + 31*time.Second)
	s, err = w.profile.Seen(s)
	require.NoError(t, err)
	fresh, err := w.profile.Fresh(t.Context(), s)
	require.NoError(t, err)
	assert.NotEqual(t, s.Access.Reveal(), fresh.Access.Reveal())
	assert.True(t, w.sim.Active(fresh.Access.Reveal()))
	assert.Equal(t, s.LastSeen, fresh.LastSeen, "prolonging is not the person's doing")
	assert.False(t, fresh.Refresh.IsZero())
	require.NoError(t, w.profile.Logout(t.Context(), fresh))
	w.sim.Advance(29*time.Minute + 31*time.Second)
	fresh, err = w.profile.Seen(fresh)
	require.NoError(t, err)
	_, err = w.profile.Fresh(t.Context(), fresh)
	require.ErrorIs(t, err, helsenorge.ErrEnded, "the provider refuses it for good")
}

func TestFreshWithoutExtend(t *testing.T) {
	w := newWorld(t, options{profile: func(c *helsenorge.Config) { c.Offline = true }})
	require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
	s := w.profile.NewSession(w.launches[0])
	w.sim.Advance(29*time.Minute + 31*time.Second)
	s, err := w.profile.Seen(s)
	require.NoError(t, err)
	_, err = w.profile.Fresh(t.Context(), s)
	require.ErrorIs(t, err, helsenorge.ErrEnded)
}

type extender struct {
	tokens launch.Tokens
	err    error
}

func (e extender) Extend(context.Context, *helsenorge.Profile, launch.Secret) (launch.Tokens, error) {
	return e.tokens, e.err
}

// An extender that gives no new refresh token leaves the old one in use.
func TestOwnExtender(t *testing.T) {
	broken := errors.New("down")
	for _, e := range []extender{{tokens: launch.Tokens{Access: launch.NewSecret("new")}}, {err: broken}} {
		w := newWorld(t, options{profile: func(c *helsenorge.Config) { c.Offline, c.Extend = true, e }})
		require.Equal(t, http.StatusOK, w.login(t, "per", "").Status)
		s := w.profile.NewSession(w.launches[0])
		s.Expires = today
		fresh, err := w.profile.Fresh(t.Context(), s)
		require.ErrorIs(t, err, e.err)
		if e.err == nil {
			assert.Equal(t, "new", fresh.Access.Reveal())
			assert.Equal(t, s.Refresh, fresh.Refresh)
			assert.Equal(t, today.Add(30*time.Minute), fresh.Expires, "documented, unless it says otherwise")
		}
	}
}

func TestAssumedExtendRefuses(t *testing.T) {
	w, s := session(t)
	_, err := helsenorge.AssumedExtend{}.Extend(t.Context(), w.profile, s.Refresh)
	require.ErrorContains(t, err, "field Endpoint of AssumedExtend is not an https address")
	w.sim.Fail(launchtest.EndpointExtend, 503, 1)
	s.Expires = today
	_, err = w.profile.Fresh(t.Context(), s)
	require.ErrorIs(t, err, launch.KindLoginUnavailable)
}
