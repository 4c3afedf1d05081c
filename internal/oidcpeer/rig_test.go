package oidcpeer_test

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/oidcpeer"
)

// rig is a provider with two clients: one in Helsenorge's dialect and one in HelseID's.
type rig struct {
	*oidcpeer.Peer
	login, system, proof *jose.Signer
	metadata             map[string]any
}

const comeBack = "https://tool.example/cb"

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{login: key(t, "RS256"), system: key(t, "PS256"), proof: key(t, "ES256")}
	r.Peer = oidcpeer.Start(t, oidcpeer.Config{
		Clients: []oidcpeer.Client{
			{ID: "tool", Keys: keys(t, r.login), Algorithm: "RS256", Type: "JWT", Lifetime: 119 * time.Second,
				Scope: "openid offline_access", RedirectURIs: []string{comeBack}},
			{ID: "system", Keys: keys(t, r.system), Algorithm: "PS256", Type: "client-authentication+jwt", Lifetime: time.Minute,
				Scope: "nhn:tool/read nhn:tool/write", DPoP: true},
		},
		Subject: "5e0d7a9c-patient",
		Claims:  map[string]any{"actor_sub": "b1c4-parent", "representation": "parent"},
	})
	r.metadata = r.get(t, r.Issuer+"/.well-known/openid-configuration")
	return r
}

func key(t *testing.T, algorithm string) *jose.Signer {
	t.Helper()
	k, err := jose.Generate(algorithm)
	require.NoError(t, err)
	return k
}

func keys(t *testing.T, signers ...*jose.Signer) json.RawMessage {
	t.Helper()
	var public []*jose.Key
	for _, s := range signers {
		public = append(public, s.Public())
	}
	set, err := jose.MarshalSet(public)
	require.NoError(t, err)
	return set
}

func (r *rig) get(t *testing.T, address string) (answer map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	code, _, answer := send(t, request)
	require.Equal(t, 200, code, address)
	return answer
}

// post sends a form to the endpoint of this name, and the header if it is not empty.
func (r *rig) post(t *testing.T, endpoint string, fields url.Values, proof string) (int, http.Header, map[string]any) {
	t.Helper()
	address, known := r.metadata[endpoint].(string)
	require.True(t, known, endpoint)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(fields.Encode()))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if proof != "" {
		request.Header.Set("DPoP", proof)
	}
	return send(t, request)
}

func send(t *testing.T, request *http.Request) (int, http.Header, map[string]any) {
	t.Helper()
	client := http.Client{Timeout: 30 * time.Second}
	response, err := client.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	answer := map[string]any{}
	if len(body) > 0 {
		require.NoError(t, json.Unmarshal(body, &answer), "%s", body)
	}
	return response.StatusCode, response.Header, answer
}

// assertion is a good one of the client, with claims put over it. The provider's
// clock is the machine's, so the times are, too.
func (r *rig) assertion(t *testing.T, client string, edit map[string]any) string {
	t.Helper()
	signer, typ := r.login, "JWT"
	if client == "system" {
		signer, typ = r.system, "client-authentication+jwt"
	}
	now := time.Now().Unix()
	claims := map[string]any{"iss": client, "sub": client, "aud": r.Issuer, "jti": rand.Text(), "iat": now, "nbf": now, "exp": now + 60}
	maps.Copy(claims, edit)
	if given, there := edit["typ"]; there {
		typ, _ = given.(string)
		delete(claims, "typ")
	}
	return sign(t, signer, typ, claims)
}

func sign(t *testing.T, signer *jose.Signer, typ string, claims map[string]any) string {
	t.Helper()
	payload, err := json.Marshal(claims)
	require.NoError(t, err)
	token, err := signer.Sign(typ, payload)
	require.NoError(t, err)
	return token
}

// with adds a client's assertion to a form.
func with(assertion string, fields url.Values) url.Values {
	fields = maps.Clone(fields)
	fields.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	fields.Set("client_assertion", assertion)
	return fields
}
