package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
)

// systemKey is a system's key, and the address where it is published.
func systemKey(t *testing.T) (launch.SigningKey, string) {
	t.Helper()
	key, err := launch.GenerateSigningKeyFor("PS256")
	require.NoError(t, err)
	published := httptest.NewServer(launch.JWKSHandler(key.Public()))
	t.Cleanup(published.Close)
	return key, published.URL
}

// epr is launch/helseid at the command, as a vendor has it.
func epr(t *testing.T, said map[string]string, key launch.Signer, cfg helseid.Config) *helseid.Client {
	t.Helper()
	cfg.Issuer, cfg.ClientID, cfg.Key, cfg.AllowLoopback, cfg.HTTP = said["helseid"], "my-epr", key, true, client
	cfg.APIs = []string{strings.TrimPrefix(said["echo"], "http://")}
	c, err := helseid.New(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, c.Close()) })
	return c
}

// who calls the API and gives its answer.
func who(t *testing.T, c *helseid.Client, said map[string]string) (caller, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, said["echo"]+"/Task/1?patient=x", nil)
	require.NoError(t, err)
	resp, err := c.Do(r)
	if err != nil {
		return caller{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, string(body))
	var got caller
	return got, json.Unmarshal(body, &got)
}

func ordered(t *testing.T, said map[string]string, name, body string) {
	t.Helper()
	status, answer := post(t, said["admin"]+name, "application/json", body)
	require.Equal(t, http.StatusNoContent, status, answer)
}

func TestSystemCalls(t *testing.T) {
	key, published := systemKey(t)
	said, end := command(t, "-system-client", "my-epr", "-system-jwks", published, "-system-scope", "nhn:task/read", "-organisation", "910000004")
	c := epr(t, said, key, helseid.Config{Scopes: []string{"nhn:task/read"}})
	want := caller{"my-epr", []string{"nhn:task/read"}, organisation{Parent: "910000004"}}
	for _, o := range [][2]string{{}, {"helseid/keys", `{"action":"rotate"}`}, {"helseid/expire", `{}`}, {"helseid/nonce", `{"action":"demand"}`},
		{"helseid/nonce", `{"action":"offer"}`}, {"helseid/expire", `{}`}, {"helseid/fail", `{"endpoint":"echo","status":503,"times":1}`},
		{"helseid/slow", `{"endpoint":"echo","milliseconds":1}`}, {"helseid/slow", `{"endpoint":"echo","milliseconds":0}`}} {
		if o[0] != "" {
			ordered(t, said, o[0], o[1])
		}
		got, err := who(t, c, said)
		require.NoError(t, err, o)
		assert.Equal(t, want, got, o)
	}
	log := end()
	for _, line := range []string{"endpoint=token status=200", "endpoint=echo status=200", "the nonce in DPoP-Nonce (use_dpop_nonce)", "(invalid_token)", "endpoint=echo status=503"} {
		assert.Contains(t, log, line)
	}
	assert.NotContains(t, log, "patient")
	assert.NotContains(t, log, "eyJ", "no message")
}

// A rotated key is published beside the one before.
func TestRotatedKey(t *testing.T) {
	_, published := systemKey(t)
	said, _ := command(t, "-system-client", "my-epr", "-system-jwks", published, "-system-scope", "s", "-organisation", "910000004")
	address := discover(t, said["helseid"]+"/.well-known/openid-configuration")["jwks_uri"].(string)
	assert.Len(t, discover(t, address)["keys"], 1)
	ordered(t, said, "helseid/keys", `{"action":"rotate"}`)
	assert.Len(t, discover(t, address)["keys"], 2)
}

func TestSystemOfManyCustomers(t *testing.T) {
	key, published := systemKey(t)
	said, end := command(t, "-system-client", "my-epr", "-system-jwks", published, "-system-scope", "nhn:task/read", "-system-scope", "nhn:task/write",
		"-organisation", "910000004", "-multi-tenant", "-customer", "999999999", "-customer", "910000012=nhn:task/write")
	c := epr(t, said, key, helseid.Config{MultiTenant: true, Scopes: []string{"nhn:task/read", "nhn:task/write"}})
	good, err := c.For(helseid.Organisation{Parent: "999999999", Child: "910000020"})
	require.NoError(t, err)
	got, err := who(t, good, said)
	require.NoError(t, err)
	assert.Equal(t, caller{"my-epr", []string{"nhn:task/read", "nhn:task/write"}, organisation{"999999999", "910000020", "910000004"}}, got)

	unsigned, err := c.For(helseid.Organisation{Parent: "910000012"})
	require.NoError(t, err)
	_, err = who(t, unsigned, said)
	var rejected *helseid.RejectedScopeError
	require.ErrorAs(t, err, &rejected)
	assert.Equal(t, []string{"nhn:task/write"}, rejected.Scopes)

	stranger, err := c.For(helseid.Organisation{Parent: "910000020"})
	require.NoError(t, err)
	_, err = who(t, stranger, said)
	var refused *helseid.TokenError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, "invalid_request", refused.Code)
	assert.Contains(t, end(), "an organisation that has delegated to the client's owner (invalid_request)")
}

// One order moves the clock of both.
func TestOneClock(t *testing.T) {
	key, published := systemKey(t)
	said, _ := command(t, "-system-client", "my-epr", "-system-jwks", published, "-system-scope", "s", "-organisation", "910000004")
	ordered(t, said, "clock", `{"seconds":3600}`)
	_, err := who(t, epr(t, said, key, helseid.Config{Scopes: []string{"s"}}), said)
	var refused *helseid.TokenError
	require.ErrorAs(t, err, &refused, "the assertion is an hour old")
	assert.Equal(t, "invalid_client", refused.Code)
	later := func() time.Time { return time.Now().Add(time.Hour) } // real time: the command's
	_, err = who(t, epr(t, said, key, helseid.Config{Scopes: []string{"s"}, Now: later}), said)
	require.NoError(t, err)
}

func TestOrdersAboutHelseIDThatAreNoGood(t *testing.T) {
	_, published := systemKey(t)
	said, _ := command(t, "-system-client", "my-epr", "-system-jwks", published, "-system-scope", "s", "-organisation", "910000004")
	cases := []struct{ name, body, want string }{
		{"keys", `{}`, `want {"action": "rotate"}`},
		{"keys", `{"action":"rotate","times":1}`, `want {"action": "rotate"}`},
		{"expire", `{"action":"x"}`, "want {}"},
		{"expire", ``, "want one JSON object"},
		{"expire", `null`, "want one JSON object"},
		{"expire", `{}{}`, "want one JSON object"},
		{"expire", `{"a":1}`, "want one JSON object"},
		{"expire", strings.Repeat(" ", maxOrder) + "{}", "want a body of at most 64 KiB"},
		{"nonce", `{}`, `want {"action": "demand"}`},
		{"fail", `{"endpoint":"par","status":503,"times":1}`, "an endpoint of discovery, jwks, token, echo"},
		{"fail", `{"endpoint":"token","status":200,"times":1}`, "400 to 599"},
		{"fail", `{"endpoint":"token","status":503}`, "1 to 1000"},
		{"fail", `{"endpoint":"token","status":503,"times":1001}`, "1 to 1000"},
		{"slow", `{"endpoint":"token"}`, "0 to 600000"},
		{"slow", `{"endpoint":"token","milliseconds":600001}`, "0 to 600000"},
	}
	for _, c := range cases {
		status, answer := post(t, said["admin"]+"helseid/"+c.name, "application/json", c.body)
		assert.Equal(t, http.StatusBadRequest, status, c)
		assert.Contains(t, answer["error"], c.want, c)
	}
	require.NotEmpty(t, cases)
	status, answer := post(t, said["admin"]+"helseid/expire", "text/plain", "{}")
	assert.Equal(t, http.StatusUnsupportedMediaType, status, answer)

	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, said["admin"]+"helseid/expire", strings.NewReader("{}"))
	require.NoError(t, err)
	r.Host = "rebound.example"
	r.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(r)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, http.StatusForbidden, resp.StatusCode)
}

func TestSystemOnTheCommandLine(t *testing.T) {
	keys := `{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"k","alg":"ES256"}]}` // RFC 7515, appendix A.3
	good := write(t, keys)
	system := func(args ...string) []string {
		return append([]string{"-system-client", "c", "-system-scope", "s", "-organisation", "910000004", "-system-jwks", good}, args...)
	}
	const address = ": want a loopback address and port"
	cases := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"client alone", []string{"-system-client", "c"}, 2, "-system-jwks: want the system's public keys; -system-scope: want at least one scope; " +
			"-organisation: want an organisation number, nine digits"},
		{"all the world", []string{"-helseid-addr", "0.0.0.0:0", "-echo-addr", ":0"}, 2, "-helseid-addr" + address},
		{"all the world's API", system("-echo-addr", ":0"), 2, "-echo-addr" + address},
		{"no port that there is", system("-echo-addr", "127.0.0.1:99999"), 1, "99999"},
		{"check digit", system("-organisation", "910000005"), 2, "-organisation: want an organisation number"},
		{"a scope with a space", system("-system-scope", "a b"), 2, "-system-scope: want one scope in each"},
		{"customer without -multi-tenant", system("-customer", "999999999"), 2, "-customer: want -multi-tenant, too"},
		{"-multi-tenant without customer", system("-multi-tenant"), 2, "-multi-tenant: want a -customer, too"},
		{"customer's number", system("-multi-tenant", "-customer", "99999999"), 2, "-customer: want an organisation number"},
		{"customer without scope", system("-multi-tenant", "-customer", "999999999="), 2, "-customer: want an organisation number, nine digits, or that and =SCOPE,SCOPE"},
		{"customer with another scope", system("-multi-tenant", "-customer", "999999999=other"), 2, "-customer: want scopes that are a -system-scope"},
		{"customer twice", system("-multi-tenant", "-customer", "999999999", "-customer", "999999999=s"), 2, "-customer: want each organisation once"},
		{"keys over http", system("-system-jwks", "http://epr.example/jwks"), 2, "-system-jwks: want a file, an https address, or http on this machine"},
		{"both keys are missing", append(system("-system-jwks", "missing.json"), "-client", "c", "-redirect", "http://localhost:1/", "-jwks", "gone.json"), 2,
			"-jwks: open gone.json: no such file or directory; -system-jwks: open missing.json"},
	}
	for name := range systemFlags {
		args := []string{"-" + name, "127.0.0.1:0"}
		if name == "multi-tenant" {
			args = args[:1]
		}
		cases = append(cases, struct {
			name string
			args []string
			code int
			want string
		}{name + " alone", args, 2, "-system-client: want the ID of the system that the other flags are about"})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			assert.Equal(t, c.code, run(t.Context(), append(unservable(), c.args...), &stdout, &stderr))
			assert.Contains(t, stderr.String(), c.want)
			assert.Empty(t, stdout.String())
		})
	}
	require.NotEmpty(t, cases)
}

// Who opens the portal itself is told where to go.
func TestFrontOfThePortal(t *testing.T) {
	said, _ := command(t)
	resp, err := client.Get(said["portal"])
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, resp.StatusCode)
	assert.Contains(t, string(body), "begins at the tool")
}
