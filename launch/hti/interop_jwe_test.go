package hti_test

import (
	"encoding/json"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// signedByJose is a message that npm's jose signed, and its keys.
func signedByJose(t *testing.T, edit func(claims map[string]any)) (token string, keys launch.Keys) {
	claims := map[string]any{"iss": "https://portal.example", "aud": "https://tool.example", "jti": "hD0c1vK2tZr5mYw8qLx3Pg",
		"iat": interopDay.Unix(), "exp": interopDay.Add(2 * time.Minute).Unix(), "sub": "Patient/7f0b6c1e9a", "resource": "Task/58c1"}
	if edit != nil {
		edit(claims)
	}
	var signed struct {
		Token string
		JWKS  json.RawMessage
	}
	jose(t, map[string]any{"do": "sign", "alg": "ES256", "claims": claims}, &signed)
	keys, err := launch.ParseStaticKeys(signed.JWKS)
	require.NoError(t, err)
	return signed.Token, keys
}

func TestWeReadJosesEnvelope(t *testing.T) {
	token, keys := signedByJose(t, nil)
	cases := []struct {
		name, alg, crv, enc string
		header              map[string]any
		want                error
	}{
		{name: "RSA-OAEP-256", alg: "RSA-OAEP-256", enc: "A256GCM"},
		{name: "RSA-OAEP-256, A128GCM", alg: "RSA-OAEP-256", enc: "A128GCM"},
		{name: "ECDH-ES", alg: "ECDH-ES", crv: "P-256", enc: "A256GCM", header: map[string]any{"cty": "JWT"}},
		{name: "ECDH-ES, A128GCM, P-384", alg: "ECDH-ES", crv: "P-384", enc: "A128GCM"},
		{name: "ECDH-ES+A256KW", alg: "ECDH-ES+A256KW", crv: "P-256", enc: "A128GCM", header: map[string]any{"typ": "JWT"}},
		{name: "ECDH-ES+A256KW, A256GCM, P-521", alg: "ECDH-ES+A256KW", crv: "P-521", enc: "A256GCM"},
		{name: "CBC is not taken", alg: "ECDH-ES", crv: "P-256", enc: "A256CBC-HS512", want: launch.KindMalformed},
		{name: "A192GCM is not taken", alg: "RSA-OAEP-256", enc: "A192GCM", want: launch.KindMalformed},
		{name: "more in the header", alg: "ECDH-ES", crv: "P-256", enc: "A256GCM", header: map[string]any{"iss": "https://portal.example"}, want: launch.KindMalformed},
		{name: "another kid", alg: "ECDH-ES", crv: "P-256", enc: "A256GCM", header: map[string]any{"kid": "other"}, want: launch.KindUnknownKey},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var made struct{ JWK json.RawMessage }
			jose(t, map[string]any{"do": "generate", "alg": c.alg, "crv": c.crv}, &made)
			key, err := hti.ParseDecryptionKey(made.JWK)
			require.NoError(t, err)
			public, err := key.PublicJWK()
			require.NoError(t, err)
			var sealed struct{ Token string }
			jose(t, map[string]any{"do": "encrypt", "token": token, "jwk": json.RawMessage(public), "enc": c.enc, "header": c.header}, &sealed)
			profile, err := hti.New(hti.Config{Audience: "https://tool.example", DecryptionKeys: []hti.DecryptionKey{key},
				Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
			require.NoError(t, err)
			l, _, err := profile.Accept(t.Context(), form(sealed.Token), interopDay)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "Patient/7f0b6c1e9a", l.Patient.String())
		})
	}
}

// The example of HTI 1.1, with the times and the sub that its rules want.
func TestWeReadJosesVersion11(t *testing.T) {
	token, keys := signedByJose(t, func(c map[string]any) {
		delete(c, "resource")
		c["sub"], c["fhir-version"] = "Patient/9", "STU3"
		c["task"] = map[string]any{"resourceType": "Task", "id": "11", "definitionReference": map[string]any{"reference": "ActivityDefinition/8"},
			"status": "requested", "intent": "plan", "for": map[string]any{"reference": "Patient/9"}}
	})
	profile, err := hti.New(hti.Config{Audience: "https://tool.example", Versions: []string{hti.Version11},
		Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
	require.NoError(t, err)
	l, _, err := profile.Accept(t.Context(), form(token), interopDay)
	require.NoError(t, err)
	assert.Equal(t, "Patient/9", l.Patient.String())
	assert.Equal(t, "Task/11", l.Task.String())
	assert.Equal(t, "ActivityDefinition/8", l.Definition)
}

func TestJoseReadsOurVersion11(t *testing.T) {
	key, err := launch.GenerateSigningKey()
	require.NoError(t, err)
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: func() time.Time { return interopDay }})
	require.NoError(t, err)
	m := message()
	m.Version, m.Definition = hti.Version11, "https://tool.example/ActivityDefinition/sleep"
	out, err := portal.Mint(m)
	require.NoError(t, err)
	var got struct{ Payload map[string]any }
	jose(t, map[string]any{"do": "verify", "token": out.Token(), "jwks": published(t, key), "issuer": "https://portal.example",
		"audience": "https://tool.example", "at": interopDay}, &got)
	assert.Equal(t, "R4", got.Payload["fhir-version"])
	assert.Equal(t, "Patient/7f0b6c1e9a", got.Payload["sub"])
	assert.Equal(t, map[string]any{"resourceType": "Task", "id": "58c1", "instantiatesCanonical": m.Definition, "intent": "plan", "status": "requested",
		"for": map[string]any{"reference": "Patient/7f0b6c1e9a"}}, got.Payload["task"])
	for _, name := range []string{"resource", "definition", "patient", "intent", "hti-version"} {
		assert.NotContains(t, got.Payload, name)
	}
}

func published(t *testing.T, key launch.SigningKey) string {
	server := httptest.NewServer(launch.JWKSHandler(key.Public()))
	t.Cleanup(server.Close)
	return server.URL
}
