package launch_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
)

func verifierConfig(keys launch.Keys) launch.VerifierConfig {
	return launch.VerifierConfig{Audience: "tool", Issuers: []launch.Issuer{{ID: "system", Keys: keys}}, Types: []string{"JWT"},
		Algorithms: []string{"ES256"}, MaxLifetime: 300e9, IDOptional: true}
}

// Further header members are for who names them; those with a key in them are for nobody.
func TestVerifierHeaders(t *testing.T) {
	signer, err := jose.Generate("ES256")
	require.NoError(t, err)
	data, err := signer.Public().MarshalJSON()
	require.NoError(t, err)
	key, err := launch.ParsePublicKey(data)
	require.NoError(t, err)
	keys, err := launch.NewStaticKeys(key)
	require.NoError(t, err)
	claims, err := json.Marshal(map[string]any{"iss": "system", "aud": "tool", "iat": start.Unix(), "exp": start.Unix() + 60})
	require.NoError(t, err)
	token, err := signer.SignHeader([]byte(`{"alg":"ES256","typ":"JWT","kid":"`+key.ID()+`","typ_2":"sync","ver":1}`), claims)
	require.NoError(t, err)

	for _, c := range []struct {
		headers []string
		want    error
	}{{nil, launch.KindHeader}, {[]string{"typ_2"}, launch.KindHeader}, {[]string{"ver", "typ_2"}, nil}} {
		cfg := verifierConfig(keys)
		cfg.Headers = c.headers
		v, err := launch.NewVerifier(cfg)
		require.NoError(t, err)
		got, err := v.Verify(t.Context(), token, start)
		require.ErrorIs(t, err, c.want)
		if c.want == nil {
			text, there := got.Header("typ_2")
			assert.True(t, there)
			assert.Equal(t, "sync", text)
			_, there = got.Header("ver")
			assert.False(t, there, "a number")
			_, there = got.Header("cty")
			assert.False(t, there)
		}
	}
	for _, never := range []string{"jwk", "jku", "x5c", "x5u", "crit", "b64", "zip", "enc"} {
		cfg := verifierConfig(keys)
		cfg.Headers = []string{never}
		_, err := launch.NewVerifier(cfg)
		require.ErrorContains(t, err, "field Headers may not hold", never)
	}
}

func TestNewPublicKey(t *testing.T) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	key, err := launch.NewPublicKey("certificate-1", "ES256", private.Public())
	require.NoError(t, err)
	assert.Equal(t, "certificate-1", key.ID())
	_, err = launch.NewPublicKey("certificate-1", "RS256", private.Public())
	require.ErrorIs(t, err, launch.KindKeyUnusable)
	_, err = launch.NewPublicKey("certificate-1", "ES256", nil)
	require.ErrorIs(t, err, launch.KindKeyUnusable)
}
