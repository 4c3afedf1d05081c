package helseid_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
)

func TestCheck(t *testing.T) {
	s := newStub()
	c := s.client(t)
	require.NoError(t, c.Check(t.Context()))
	assert.Equal(t, []int{1, 1, 0}, []int{s.metadata, len(s.forms), s.calls})
	_, _, err := do(t, c, s.request(t, "GET"))
	require.NoError(t, err)
	assert.Len(t, s.forms, 1, "the token that was checked is used")
}

func TestCheckRefuses(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		edit func(*stub)
		want string
	}{
		"HelseID is down": {t.Context(), func(s *stub) { s.onToken = status(503) }, "helseid: no access token: the server failed, status 503"},
		"wrong client": {t.Context(), func(s *stub) {
			s.onToken = func(w http.ResponseWriter, _ *http.Request) { reply(w, 401, map[string]any{"error": "invalid_client"}) }
		}, `helseid: no access token: the server refused, status 401, error "invalid_client"`},
		"clock": {t.Context(), func(s *stub) {
			s.onToken = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Date", s.now().Add(5*time.Minute).Format(http.TimeFormat))
				reply(w, 401, map[string]any{"error": "invalid_client"})
			}
		}, "; this machine's clock is 5m0s behind the server's"},
		"rejected": {t.Context(), func(s *stub) { s.answer = map[string]any{"rejected_scope": "nhn:api/a"} }, "must sign the API's terms of use"},
		"given up": {ended, func(*stub) {}, "context canceled"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStub()
			client := s.client(t)
			c.edit(s)
			err := client.Check(c.ctx)
			require.ErrorIs(t, err, helseid.ErrToken)
			require.ErrorContains(t, err, c.want)
			assert.NotContains(t, err.Error(), "outcome unknown")
			require.NoError(t, client.Close(), "a request that nobody waits for goes on until then")
			assert.LessOrEqual(t, len(s.forms), 1, "asked once")
			if c.ctx == ended {
				require.ErrorIs(t, err, context.Canceled)
			}
		})
	}
}

// A multi-tenant client without an organisation has no token to ask for: metadata and key are looked at.
func TestCheckWithoutAnOrganisation(t *testing.T) {
	s := newStub()
	require.NoError(t, s.client(t, func(c *helseid.Config) { c.MultiTenant = true }).Check(t.Context()))
	assert.Equal(t, []int{1, 0}, []int{s.metadata, len(s.forms)})
	ring := newRing(t, "ES256", time.Minute, false)
	err := s.client(t, func(c *helseid.Config) { c.MultiTenant, c.Key = true, ring }).Check(t.Context())
	require.ErrorIs(t, err, launch.ErrKeysStale)
	err = s.client(t, func(c *helseid.Config) { c.MultiTenant, c.Issuer = true, "https://other.example" }).Check(t.Context())
	require.ErrorContains(t, err, "slash included")
}

func newRing(t *testing.T, algorithm string, life time.Duration, confirm bool) *launch.KeyRing {
	ring, err := launch.NewKeyRing(launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Now: func() time.Time { return start }, Algorithm: algorithm, MaxToken: life, Confirm: confirm})
	require.NoError(t, err)
	return ring
}

// failing is a key that does not sign: a device, say.
type failing struct{}

func (failing) Sign(string, []byte) (string, error) { return "", errors.New("the device is off") }

// A key that cannot sign yet does not stop New. Check and calls say what to do, and nothing is tried twice.
func TestKeysThatDoNotSign(t *testing.T) {
	tick := func(ring *launch.KeyRing) *launch.KeyRing {
		require.NoError(t, ring.Tick(context.Background()))
		return ring
	}
	for name, c := range map[string]struct {
		key  func() launch.Signer
		want string
		is   error
	}{
		"never ticked":   {func() launch.Signer { return newRing(t, "", 0, false) }, "call KeyRing.Tick before and every few minutes, or KeyRing.Run", launch.ErrKeysStale},
		"not confirmed":  {func() launch.Signer { return tick(newRing(t, "", 0, true)) }, "register the ring's key with HelseID and call KeyRing.Confirm", launch.ErrNoSigningKey},
		"short life":     {func() launch.Signer { return tick(newRing(t, "", time.Second, false)) }, "want a KeyRingConfig.MaxToken of half a minute or more", launch.ErrTokenLife},
		"RS256":          {func() launch.Signer { return tick(newRing(t, "RS256", 0, false)) }, "want a key for one of the server's algorithms, [PS256", helseid.ErrToken},
		"another signer": {func() launch.Signer { return failing{} }, "the key could not sign: the device is off", helseid.ErrToken},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStub()
				key := c.key()
				client := s.client(t, func(cfg *helseid.Config) { cfg.Key = key })
				began := time.Now()
				for _, err := range []error{client.Check(t.Context()), doErr(t, client, s.request(t, "POST"))} {
					require.ErrorIs(t, err, helseid.ErrToken)
					require.ErrorIs(t, err, c.is)
					require.ErrorContains(t, err, c.want)
				}
				var e *helseid.Error
				require.ErrorAs(t, doErr(t, client, s.request(t, "GET")), &e)
				assert.Equal(t, 1, e.Attempts)
				assert.Zero(t, time.Since(began), "nothing to wait for")
				assert.Zero(t, len(s.forms)+s.calls)
			})
		})
	}
}

func doErr(t *testing.T, c helseid.Doer, r *http.Request) error {
	_, _, err := do(t, c, r)
	return err
}

// Once the ring knows its keys, the next call works: nothing is held against it.
func TestARingThatIsTickedLate(t *testing.T) {
	s := newStub()
	ring := newRing(t, "", 0, false)
	c := s.client(t, func(cfg *helseid.Config) { cfg.Key = ring })
	s.keys = func(kid string) *jose.Key { return published(t, ring, kid) }
	for range 5 {
		require.ErrorIs(t, c.Check(t.Context()), launch.ErrKeysStale)
	}
	require.NoError(t, ring.Tick(t.Context()))
	require.NoError(t, c.Check(t.Context()))
}

// Another issuer's metadata does not become ours within the call.
func TestAnotherIssuerIsAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStub()
		c := s.client(t, func(c *helseid.Config) { c.Issuer = "https://helseid.example/" })
		_, _, err := do(t, c, s.request(t, "GET"))
		var e *helseid.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 1, e.Attempts)
		require.ErrorContains(t, err, "letter for letter, slash included")
		assert.Equal(t, 1, s.metadata)
	})
}

// A call that failed for want of a token is one WARN.
func TestOneWarningForACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, log := newStub(), &bytes.Buffer{}
		s.onToken = status(503)
		c := s.client(t, func(cfg *helseid.Config) { cfg.Now, cfg.Logger = s.running(), slog.New(slog.NewTextHandler(log, nil)) })
		_, _, err := do(t, c, s.request(t, "POST"))
		require.ErrorIs(t, err, helseid.ErrToken)
		assert.Equal(t, 1, strings.Count(log.String(), "\n"), log.String())
		assert.Contains(t, log.String(), `msg="call to an API failed" method=POST host=api.example`)
		assert.Contains(t, log.String(), "no access token: the server failed, status 503")
		log.Reset()
		s.onToken = nil
		time.Sleep(time.Minute) // the bubble's
		_, _, err = do(t, c, s.request(t, "POST"))
		require.NoError(t, err)
		assert.Empty(t, log.String(), "and a good one is none")
	})
}
