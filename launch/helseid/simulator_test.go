package helseid_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/oidcpeer"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

const apiAddress = "https://api.helseid.example"

// judged is our client at the simulated HelseID, which was written from the
// specifications by somebody else, and is as strict as it can be.
func judged(t *testing.T, sim launchtest.HelseIDConfig, cfg helseid.Config) (*launchtest.HelseID, *helseid.Client, *bytes.Buffer) {
	key, err := launch.GenerateSigningKeyFor("PS256")
	require.NoError(t, err)
	keys, err := launch.NewStaticKeys(key.Public())
	require.NoError(t, err)
	for i := range sim.Clients {
		sim.Clients[i].Keys = keys
	}
	sim.Nonces, sim.ExactHTU, sim.TokenLife = true, true, time.Minute
	h, err := launchtest.NewHelseID(sim)
	require.NoError(t, err)
	h.Route(apiAddress, h.Protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, _ := launchtest.HelseIDCallerFrom(r.Context())
		_ = json.NewEncoder(w).Encode(caller)
	}), "nhn:task/read"))
	log := &bytes.Buffer{}
	cfg.Issuer, cfg.ClientID, cfg.Key = "https://helseid-sts.helseid.example", "epr", key
	cfg.APIs, cfg.HTTP, cfg.Now = []string{"api.helseid.example"}, h.Client(), h.Now
	cfg.Logger = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if cfg.Scopes == nil {
		cfg.Scopes = []string{"nhn:task/read"}
	}
	c, err := helseid.New(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, c.Close()) })
	return h, c, log
}

func single() launchtest.HelseIDConfig {
	return launchtest.HelseIDConfig{Clients: []launchtest.HelseIDClient{{ID: "epr", Scopes: []string{"nhn:task/read"}, Organisation: "910000001"}}}
}

func get(t *testing.T, c *helseid.Client) (int, string) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, apiAddress+"/Task/1?patient=x", nil)
	require.NoError(t, err)
	answer, err := c.Do(r)
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(body)
}

// A whole day of calls: tokens end, nonces change, keys rotate, the service fails.
func TestAtTheSimulator(t *testing.T) {
	h, c, log := judged(t, single(), helseid.Config{})
	for i, trouble := range []func(){
		func() {}, func() {}, func() { h.MoveClock(31 * time.Second) }, h.DemandNonce, h.OfferNonce, func() {},
		func() { require.NoError(t, h.RotateKeys()) }, h.ExpireTokens, func() { h.MoveClock(time.Hour) },
		func() { h.Fail(launchtest.HelseIDProtected, 1, 503) }, func() {},
	} {
		trouble()
		code, body := get(t, c)
		assert.Equal(t, 200, code, i)
		assert.Contains(t, body, "910000001", "the token says whose system it is")
	}
	seen := map[string]bool{}
	for _, jti := range append(h.Assertions(), h.Proofs()...) {
		assert.False(t, seen[jti], "a jti twice")
		seen[jti] = true
	}
	secrets := h.Secrets()
	require.Greater(t, len(secrets), 10)
	for _, secret := range secrets {
		assert.NotContains(t, log.String(), secret)
	}
	assert.NotContains(t, log.String(), "patient=x")
}

func TestAtTheSimulatorForCustomers(t *testing.T) {
	sim := launchtest.HelseIDConfig{Clients: []launchtest.HelseIDClient{{ID: "epr", Scopes: []string{"nhn:task/read", "nhn:task/write"}, Organisation: "910000001", MultiTenant: true,
		Customers: []launchtest.HelseIDCustomer{{Organisation: "999999999"}, {Organisation: "910000020", Rejected: []string{"nhn:task/write"}}}}}}
	_, c, _ := judged(t, sim, helseid.Config{MultiTenant: true, Scopes: []string{"nhn:task/read", "nhn:task/write"}})
	good, err := c.For(helseid.Organisation{Parent: "999999999", Child: "315260183"})
	require.NoError(t, err)
	code, body := get(t, good)
	assert.Equal(t, 200, code)
	assert.Contains(t, body, "315260183")

	unsigned, err := c.For(helseid.Organisation{Parent: "910000020"})
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, apiAddress+"/Task/1", nil)
	require.NoError(t, err)
	_, err = unsigned.Do(r)
	var rejected *helseid.RejectedScopeError
	require.ErrorAs(t, err, &rejected)
	assert.Equal(t, []string{"nhn:task/write"}, rejected.Scopes)
	require.ErrorContains(t, err, "must sign the API's terms of use")
}

// The two ways to be set up wrongly are HelseID's to refuse, and our error to explain.
func TestAtTheSimulatorWithTheWrongTenancy(t *testing.T) {
	_, c, _ := judged(t, single(), helseid.Config{MultiTenant: true, Organisation: helseid.Organisation{Parent: "999999999"}})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, apiAddress+"/Task/1", nil)
	require.NoError(t, err)
	_, err = c.Do(r)
	var refused *helseid.TokenError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, "invalid_request", refused.Code)
	assert.Equal(t, 400, refused.Status)
}

// npm's oidc-provider gives tokens bound to our key, after a nonce, and an API of
// jose's takes them. It is another process with the machine's clock, so this test uses that one, too.
func TestOIDCProviderGivesBoundTokens(t *testing.T) {
	for _, algorithm := range []string{"PS256", "ES256"} {
		t.Run(algorithm, func(t *testing.T) {
			key, err := launch.GenerateSigningKeyFor(algorithm)
			require.NoError(t, err)
			public, err := key.Public().MarshalJSON()
			require.NoError(t, err)
			peer := oidcpeer.Start(t, oidcpeer.Config{Clients: []oidcpeer.Client{{ID: "epr", Keys: json.RawMessage(`{"keys":[` + string(public) + `]}`),
				Algorithm: algorithm, Type: "client-authentication+jwt", Lifetime: time.Minute, Scope: "nhn:tool/read", DPoP: true}}})
			host := strings.TrimPrefix(peer.Resource, "http://")
			host, _, _ = strings.Cut(host, "/")
			c, err := helseid.New(helseid.Config{Issuer: peer.Issuer, ClientID: "epr", Key: key, Scopes: []string{"nhn:tool/read"}, APIs: []string{host}, AllowLoopback: true})
			require.NoError(t, err)
			defer func() { assert.NoError(t, c.Close()) }()
			for range 3 {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, peer.Resource, nil)
				require.NoError(t, err)
				answer, err := c.Do(r)
				require.NoError(t, err)
				body, err := io.ReadAll(answer.Body)
				require.NoError(t, err)
				_ = answer.Body.Close()
				assert.Equal(t, 200, answer.StatusCode, string(body))
				assert.JSONEq(t, `{"client":"epr","scope":"nhn:tool/read"}`, string(body))
			}
		})
	}
}
