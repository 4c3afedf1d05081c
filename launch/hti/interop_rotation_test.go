package hti_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// rotated are the algorithms that both parties must manage through a rotation.
// PS256 is not HTI's: they have agreed on it.
var rotated = []string{"ES256", "RS256", "PS256"}

// A tool made with jose keeps up with our ring: it takes what we sign before,
// at and after a rotation, from keys that it kept for as long as we told it,
// and nothing by the old key once that is gone.
func TestJoseFollowsOurKeyRing(t *testing.T) {
	for _, algorithm := range rotated {
		t.Run(algorithm, func(t *testing.T) {
			p := newPeer(t)
			old, err := launch.ParseSigningKey(p.generate(algorithm).Private)
			require.NoError(t, err)
			ring, err := launch.NewKeyRing(launch.KeyRingConfig{Store: launch.NewMemoryKeys(), Algorithm: algorithm, First: old, Now: p.Now})
			require.NoError(t, err)
			tool := joseTool(t, p, ring, algorithm)
			portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: ring, Now: p.Now})
			require.NoError(t, err)
			mint := func() string {
				out, err := portal.Mint(message())
				require.NoError(t, err)
				return out.Token()
			}

			tick(t, ring)
			assert.Equal(t, old.Public().ID(), tool.takes(mint()), "before")
			takeOver, err := ring.Rotate(t.Context())
			require.NoError(t, err)
			tool.wait(ring, takeOver.Add(-time.Second))
			last := mint()
			assert.Equal(t, old.Public().ID(), tool.takes(last), "a second before")
			tool.wait(ring, takeOver)
			first := tool.takes(mint())
			assert.NotEqual(t, old.Public().ID(), first, "the new key, at once")
			assert.Equal(t, old.Public().ID(), tool.takes(last), "what the old key signed just before")
			tool.restart()
			assert.Equal(t, old.Public().ID(), tool.takes(last), "by a tool that knows nothing yet, too")
			assert.Equal(t, first, tool.takes(mint()))
			tool.wait(ring, takeOver.Add(time.Hour))
			assert.Equal(t, first, tool.takes(mint()), "after")
			assert.Equal(t, "ERR_JWKS_NO_MATCHING_KEY", tool.refuses(signedNow(t, p, old)), "the old key is gone")
			assert.Less(t, tool.fetched.Load(), int32(20), "it kept what it had")
			assert.Greater(t, tool.fetched.Load(), int32(2), "and did not keep it for ever")
		})
	}
}

// joseClient is the tool that jose plays.
type joseClient struct {
	*peer
	algorithm string
	url       string
	fetched   atomic.Int32
}

func joseTool(t testing.TB, p *peer, ring *launch.KeyRing, algorithm string) *joseClient {
	c := &joseClient{peer: p, algorithm: algorithm}
	published := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.fetched.Add(1)
		ring.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(published.Close)
	c.url = published.URL
	c.restart()
	return c
}

// restart forgets what was fetched.
func (c *joseClient) restart() { c.ask("trust", map[string]any{"jwks": c.url}) }

func (c *joseClient) verify(token string) answer {
	return c.ask("verify", map[string]any{"token": token, "issuer": "https://portal.example", "audience": "https://tool.example", "algorithms": []string{c.algorithm}})
}

// takes gives the kid of the key that the message was checked with.
func (c *joseClient) takes(token string) any {
	c.t.Helper()
	a := c.verify(token)
	require.Empty(c.t, a.Refused)
	require.Equal(c.t, c.algorithm, a.Header["alg"])
	require.Equal(c.t, "Patient/7f0b6c1e9a", a.Payload["sub"])
	return a.Header["kid"]
}

func (c *joseClient) refuses(token string) string {
	c.t.Helper()
	return c.verify(token).Refused
}

// wait lets the time pass minute by minute, as a portal and a tool at work do.
func (c *joseClient) wait(ring *launch.KeyRing, until time.Time) {
	c.t.Helper()
	for c.Now().Before(until) {
		c.to(minTime(c.Now().Add(time.Minute), until))
		tick(c.t, ring)
	}
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func tick(t testing.TB, ring *launch.KeyRing) {
	t.Helper()
	require.NoError(t, ring.Tick(t.Context()))
}

func signedNow(t testing.TB, p *peer, key launch.SigningKey) string {
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: p.Now})
	require.NoError(t, err)
	out, err := portal.Mint(message())
	require.NoError(t, err)
	return out.Token()
}

// We keep up with a portal made with jose: a new key works at once, the old one
// as long as it is published, and not after that.
func TestWeFollowJosesRotation(t *testing.T) {
	for _, algorithm := range rotated {
		t.Run(algorithm, func(t *testing.T) {
			p := newPeer(t)
			old, fresh := p.generate(algorithm).KID, p.generate(algorithm).KID
			publish := func(kids ...string) string { return p.ask("publish", map[string]any{"kids": kids}).URL }
			keys, err := launch.NewJWKS(launch.JWKSConfig{URL: publish(old), AllowLoopback: true, Now: p.Now})
			require.NoError(t, err)
			defer func() { require.NoError(t, keys.Close()) }()
			profile, err := hti.New(hti.Config{Audience: "https://tool.example",
				Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys, Algorithms: []string{algorithm}}}})
			require.NoError(t, err)
			accept := func(token string) error {
				_, _, err := profile.Accept(t.Context(), form(token), p.Now())
				return err
			}

			require.NoError(t, accept(p.sign(old, "before-the-rotation")))
			require.ErrorIs(t, accept(p.sign(fresh, "not-published-yet-1")), launch.KindUnknownKey)
			publish(old, fresh)
			p.pass(time.Minute)
			require.NoError(t, accept(p.sign(fresh, "during-by-the-new-key")))
			require.NoError(t, accept(p.sign(old, "during-by-the-old-key")))
			publish(fresh)
			require.NoError(t, accept(p.sign(old, "as-long-as-it-may-be-kept")))
			p.pass(10 * time.Minute)
			require.NoError(t, accept(p.sign(fresh, "after-by-the-new-key")))
			require.ErrorIs(t, accept(p.sign(old, "after-by-the-old-key")), launch.KindUnknownKey)
		})
	}
}

// The tool's own keys change, too: a portal made with jose encrypts to the old
// one until it has heard of the new one, and both open meanwhile.
func TestJoseFollowsOurDecryptionKeys(t *testing.T) {
	p := newPeer(t)
	signer := p.generate("ES256").KID
	keys, err := launch.NewJWKS(launch.JWKSConfig{URL: p.ask("publish", map[string]any{"kids": []string{signer}}).URL, AllowLoopback: true, Now: p.Now})
	require.NoError(t, err)
	defer func() { require.NoError(t, keys.Close()) }()
	accept := func(token string, open ...hti.DecryptionKey) error {
		profile, err := hti.New(hti.Config{Audience: "https://tool.example", DecryptionKeys: open,
			Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
		require.NoError(t, err)
		_, _, err = profile.Accept(t.Context(), form(token), p.Now())
		return err
	}
	for _, change := range [][2]string{{"ECDH-ES", "ECDH-ES"}, {"RSA-OAEP-256", "RSA-OAEP-256"}, {"RSA-OAEP-256", "ECDH-ES+A256KW"}} {
		t.Run(change[0]+" to "+change[1], func(t *testing.T) {
			old, toOld := sealedBy(t, p, signer, change[0])
			fresh, toFresh := sealedBy(t, p, signer, change[1])
			require.NoError(t, accept(toOld, old), "before")
			require.ErrorIs(t, accept(toFresh, old), launch.KindUnknownKey, "too early")
			require.NoError(t, accept(toOld, old, fresh), "during")
			require.NoError(t, accept(toFresh, old, fresh), "during")
			require.NoError(t, accept(toFresh, fresh), "after")
			require.ErrorIs(t, accept(toOld, fresh), launch.KindUnknownKey, "too late")
		})
	}
}

// sealedBy makes a key of the tool's, and a message that jose encrypted to it.
func sealedBy(t testing.TB, p *peer, signer, algorithm string) (hti.DecryptionKey, string) {
	key, err := hti.GenerateDecryptionKey(algorithm)
	require.NoError(t, err)
	public, err := key.PublicJWK()
	require.NoError(t, err)
	sealed := p.ask("encrypt", map[string]any{"token": p.sign(signer, "sealed-0123456789abcdef"), "jwk": json.RawMessage(public)})
	return key, sealed.Token
}
