package hti_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// nodeDir is VERKTOY_TEST_NODE, a folder whose node_modules has npm's jose.
func nodeDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("VERKTOY_TEST_NODE")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_NODE is empty, want a folder with node_modules/jose")
		}
		t.Skip("no node: VERKTOY_TEST_NODE is empty")
	}
	return dir
}

// jose runs npm's jose as the other party.
func jose(t *testing.T, input map[string]any, answer any) {
	t.Helper()
	dir := nodeDir(t)
	script, err := os.Open("testdata/jose.mjs")
	require.NoError(t, err)
	defer script.Close()
	in, err := json.Marshal(input)
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "--input-type=module")
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, script, os.Stderr
	cmd.Env = append(os.Environ(), "INPUT="+string(in))
	out, err := cmd.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, answer))
}

var interopDay = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

func TestJoseReadsOurMessage(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	published := httptest.NewServer(launch.JWKSHandler(key.Public()))
	defer published.Close()
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: func() time.Time { return interopDay }})
	require.NoError(t, err)
	message, err := portal.Mint(hti.Message{Audience: "https://tool.example", Actor: launch.Party{Type: "Patient", ID: "7f0b6c1e9a"},
		Task: launch.Party{Type: "Task", ID: "58c1"}, Definition: "https://tool.example/ActivityDefinition/sleep", Intent: "perform"})
	require.NoError(t, err)

	var got struct {
		Payload map[string]any
		Header  map[string]any
	}
	jose(t, map[string]any{"do": "verify", "token": message.Token(), "jwks": published.URL, "issuer": "https://portal.example",
		"audience": "https://tool.example", "at": interopDay}, &got)
	assert.Equal(t, "Patient/7f0b6c1e9a", got.Payload["sub"])
	assert.Equal(t, "Task/58c1", got.Payload["resource"])
	assert.Equal(t, "https://tool.example/ActivityDefinition/sleep", got.Payload["definition"])
	assert.Equal(t, "2.0", got.Payload["hti-version"])
	assert.Equal(t, message.MessageID, got.Payload["jti"])
	assert.Equal(t, key.Public().ID(), got.Header["kid"], "the thumbprint of RFC 7638")
}

func TestWeReadJosesMessage(t *testing.T) {
	claims := func() map[string]any {
		return map[string]any{"iss": "https://portal.example", "aud": "https://tool.example", "jti": "hD0c1vK2tZr5mYw8qLx3Pg",
			"iat": interopDay.Unix(), "exp": interopDay.Add(2 * time.Minute).Unix(), "sub": "Patient/7f0b6c1e9a", "resource": "Task/58c1"}
	}
	cases := []struct {
		name, alg string
		header    map[string]any
		edit      func(map[string]any)
		want      error
	}{
		{name: "ES256", alg: "ES256"},
		{name: "ES384", alg: "ES384"},
		{name: "ES512", alg: "ES512"},
		{name: "RS256", alg: "RS256"},
		{name: "RS512", alg: "RS512"},
		{name: "PS256 is not HTI's", alg: "PS256", want: launch.KindAlgorithm},
		{name: "too long a life", alg: "ES256", edit: func(c map[string]any) { c["exp"] = interopDay.Add(time.Hour).Unix() }, want: launch.KindLifetime},
		{name: "another tool", alg: "ES256", edit: func(c map[string]any) { c["aud"] = "https://other.example" }, want: launch.KindAudience},
		{name: "embedded jku", alg: "ES256", header: map[string]any{"jku": "https://evil.example/jwks"}, want: launch.KindHeader},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			said := claims()
			if c.edit != nil {
				c.edit(said)
			}
			var signed struct {
				Token string
				JWKS  json.RawMessage
			}
			jose(t, map[string]any{"do": "sign", "alg": c.alg, "header": c.header, "claims": said}, &signed)
			keys, err := launch.ParseStaticKeys(signed.JWKS)
			require.NoError(t, err)
			profile, err := hti.New(hti.Config{Audience: "https://tool.example", Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
			require.NoError(t, err)
			l, _, err := profile.Accept(t.Context(), url.Values{"token": {signed.Token}}, interopDay)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "Patient/7f0b6c1e9a", l.Patient.String())
		})
	}
}
