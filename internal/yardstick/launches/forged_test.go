package launches

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// counter serves a key set and counts how often it is asked for it.
type counter struct {
	body     []byte
	requests atomic.Int64
}

func (c *counter) Do(r *http.Request) (*http.Response, error) {
	c.requests.Add(1)
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/jwk-set+json"}},
		Body: io.NopCloser(bytes.NewReader(c.body)), Request: r}, nil
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) { return c.Do(r) }

func (p *Portal) publish(t *testing.T) *counter {
	key, err := p.keys.Key(t.Context(), p.kid)
	require.NoError(t, err)
	body, err := json.Marshal(map[string]any{"keys": []any{key}})
	require.NoError(t, err)
	return &counter{body: body}
}

// remote makes a profile that fetches the portal's keys from the counter.
func remote(t *testing.T, c *counter, clock func() time.Time) launch.Profile {
	keys, err := launch.NewJWKS(launch.JWKSConfig{URL: issuer + "/jwks.json", Client: c, Now: clock})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, keys.Close()) })
	profile, err := hti.New(hti.Config{Audience: audience, Issuers: []hti.Issuer{{ID: issuer, Keys: keys}}})
	require.NoError(t, err)
	return profile
}

// attacker signs what it likes with a key of its own.
func attacker(t *testing.T) *Portal {
	signer, err := jose.Generate("ES256")
	require.NoError(t, err)
	return &Portal{raw: signer}
}

// foreign are issuers that are not the agreed one, near to it and far.
var foreign = []string{"https://portal.example/", "https://portal.example.evil.example", "http://portal.example", "HTTPS://PORTAL.EXAMPLE",
	"https://portal.example@evil.example", "https://portal.example#", "https://evil.example", "https://portal.exаmple", " https://portal.example", ""}

// 10,000 forgeries under other issuers' names: nothing goes out, not even the first time.
func TestForeignIssuersCauseNoRequest(t *testing.T) {
	p, err := NewPortal()
	require.NoError(t, err)
	c := p.publish(t)
	profile, evil := remote(t, c, now), attacker(t)
	random := rand.New(rand.NewPCG(20260921, 4))
	for i := range 10_000 {
		claims := goodClaims()
		claims["iss"] = foreign[i%len(foreign)]
		_, _, err := profile.Accept(t.Context(), form(evil.forge(t, random, claims)), clock)
		require.ErrorIs(t, err, launch.KindIssuer, "iss %q", claims["iss"])
	}
	assert.Zero(t, c.requests.Load())
}

func (p *Portal) forge(t *testing.T, random *rand.Rand, claims map[string]any) string {
	token, _ := p.sign(t, map[string]any{"alg": "ES256", "kid": fmt.Sprintf("k%x", random.Uint64()), "typ": "JWT"}, claims)
	return token
}

// 10,000 forgeries under the agreed issuer's name, 20 a second, each with
// another kid: the first fetch of the keys, and then at most one in 30 seconds.
func TestUnknownKidsCauseFewRequests(t *testing.T) {
	p, err := NewPortal()
	require.NoError(t, err)
	c, at := p.publish(t), clock
	profile, evil := remote(t, c, func() time.Time { return at }), attacker(t)
	random := rand.New(rand.NewPCG(20260921, 5))
	for i := range 10_000 {
		at = clock.Add(time.Duration(i) * 50 * time.Millisecond)
		_, _, err := profile.Accept(t.Context(), form(evil.forge(t, random, goodClaims())), at)
		require.ErrorIs(t, err, launch.KindUnknownKey)
	}
	assert.LessOrEqual(t, c.requests.Load(), int64(2+at.Sub(clock)/(30*time.Second)))
	assert.NotZero(t, c.requests.Load())
	t.Log(c.requests.Load(), "requests in", at.Sub(clock))
}

// What this is compared with: a key set that asks for every unknown kid, but
// for those that come while it is asking.
func TestOthersAskForEveryForgery(t *testing.T) {
	p, err := NewPortal()
	require.NoError(t, err)
	c, evil := p.publish(t), attacker(t)
	ctx := oidc.ClientContext(context.Background(), &http.Client{Transport: c})
	keys := oidc.NewRemoteKeySet(ctx, issuer+"/jwks.json")
	random := rand.New(rand.NewPCG(20260921, 6))
	for range 200 {
		_, err := keys.VerifySignature(ctx, evil.forge(t, random, goodClaims()))
		require.Error(t, err)
	}
	t.Log("go-oidc: requests for 200 forgeries:", c.requests.Load())
	assert.Greater(t, c.requests.Load(), int64(100))
}
