package oauth_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/oauth"
)

var start = time.Date(2026, 11, 2, 8, 0, 0, 700, time.UTC)

func signer(t *testing.T, algorithm string) *jose.Signer {
	t.Helper()
	s, err := jose.Generate(algorithm)
	require.NoError(t, err)
	return s
}

func claims(t *testing.T, token string, s *jose.Signer) (*jose.Message, map[string]any) {
	t.Helper()
	m, err := jose.Parse(token, jose.Algorithms())
	require.NoError(t, err)
	require.NoError(t, m.Verify(s.Public()))
	found := map[string]any{}
	require.NoError(t, json.Unmarshal(m.Payload, &found))
	return m, found
}

// The table of facts/launch.md 6.1: three dialects that stay apart.
func TestDialects(t *testing.T) {
	for name, c := range map[string]struct {
		dialect   oauth.Dialect
		algorithm string
		typ       string
		most      float64 // seconds
		nbf       bool
	}{
		"Helsenorge RS256": {oauth.Helsenorge(), "RS256", "JWT", 119, true},
		"Helsenorge PS512": {oauth.Helsenorge(), "PS512", "JWT", 119, true},
		"HelseID PS256":    {oauth.HelseID(), "PS256", "client-authentication+jwt", 60, true},
		"HelseID ES256":    {oauth.HelseID(), "ES256", "client-authentication+jwt", 60, true},
		"SMART ES384":      {oauth.SMART(), "ES384", "JWT", 300, false},
		"SMART RS384":      {oauth.SMART(), "RS384", "JWT", 300, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := signer(t, c.algorithm)
			token, err := c.dialect.Assertion(s, "client", "https://issuer.example", start)
			require.NoError(t, err)
			m, found := claims(t, token, s)
			assert.Equal(t, []string{c.typ, c.algorithm, s.Public().ID}, []string{m.Type, m.Algorithm, m.KeyID})
			assert.Equal(t, "client", found["iss"])
			assert.Equal(t, "client", found["sub"])
			assert.Equal(t, "https://issuer.example", found["aud"], "alone, as a string")
			assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, found["jti"])
			assert.EqualValues(t, start.Unix(), found["iat"])
			assert.LessOrEqual(t, found["exp"].(float64)-found["iat"].(float64), c.most)
			names := []string{"aud", "exp", "iat", "iss", "jti", "sub"}
			if c.nbf {
				assert.Equal(t, found["iat"], found["nbf"])
				names = []string{"aud", "exp", "iat", "iss", "jti", "nbf", "sub"}
			}
			assert.Equal(t, names, slices.Sorted(maps.Keys(found)))
		})
	}
}

func TestHelseIDAssertionLivesHalfAMinute(t *testing.T) {
	s := signer(t, "ES256")
	token, err := oauth.HelseID().Assertion(s, "client", "aud", start)
	require.NoError(t, err)
	_, found := claims(t, token, s)
	assert.EqualValues(t, 30, found["exp"].(float64)-found["iat"].(float64))
}

// N56: one assertion an attempt.
func TestN56_AssertionsHaveTheirOwnID(t *testing.T) {
	s, seen := signer(t, "ES256"), map[any]bool{}
	for range 1000 {
		token, err := oauth.HelseID().Assertion(s, "client", "aud", start)
		require.NoError(t, err)
		_, found := claims(t, token, s)
		seen[found["jti"]] = true
	}
	assert.Len(t, seen, 1000)
}

func TestAssertionWithMoreClaims(t *testing.T) {
	s, more := signer(t, "ES256"), map[string]any{"details": map[string]string{"a": "b"}, "aud": "evil", "exp": 1}
	token, err := oauth.HelseID().AssertionWith(s, "client", "aud", start, more)
	require.NoError(t, err)
	_, found := claims(t, token, s)
	assert.Equal(t, map[string]any{"a": "b"}, found["details"])
	assert.Equal(t, "aud", found["aud"], "its own claims stay")
	assert.EqualValues(t, start.Unix()+30, found["exp"])
	assert.Equal(t, "evil", more["aud"], "the caller's map too")
}

type signFunc func(typ string, payload []byte) (string, error)

func (f signFunc) Sign(typ string, payload []byte) (string, error) { return f(typ, payload) }

func TestAssertionRefuses(t *testing.T) {
	es, rs := signer(t, "ES256"), signer(t, "RS256")
	for name, c := range map[string]struct {
		dialect  oauth.Dialect
		signer   oauth.Signer
		client   string
		audience string
		want     string
	}{
		"zero dialect":         {oauth.Dialect{}, es, "client", "aud", "a dialect"},
		"no signer":            {oauth.HelseID(), nil, "client", "aud", "a signer"},
		"no client":            {oauth.HelseID(), es, "", "aud", "a client id"},
		"no audience":          {oauth.HelseID(), es, "client", "", "an audience"},
		"ES256 at Helsenorge":  {oauth.Helsenorge(), es, "client", "aud", "[RS256 PS512]"},
		"RS256 at HelseID":     {oauth.HelseID(), rs, "client", "aud", "[PS256 PS384 PS512 ES256 ES384 ES512]"},
		"RS256 at SMART":       {oauth.SMART(), rs, "client", "aud", "[RS384 ES384]"},
		"lives 120 s":          {longer(oauth.Helsenorge(), 120*time.Second), rs, "client", "aud", "1m59s"},
		"lives 61 s":           {longer(oauth.HelseID(), 61*time.Second), es, "client", "aud", "1m0s"},
		"lives 0 s":            {longer(oauth.HelseID(), 0), es, "client", "aud", "from a second"},
		"signer without a typ": {oauth.HelseID(), signFunc(func(_ string, p []byte) (string, error) { return es.Sign("", p) }), "client", "aud", "the type asked for"},
		"signer of nonsense":   {oauth.HelseID(), signFunc(func(string, []byte) (string, error) { return "kanarifugl", nil }), "client", "aud", "compact messages"},
	} {
		t.Run(name, func(t *testing.T) {
			token, err := c.dialect.Assertion(c.signer, c.client, c.audience, start)
			require.ErrorIs(t, err, oauth.ErrAssertion)
			assert.Contains(t, err.Error(), c.want)
			assert.NotContains(t, err.Error(), "kanarifugl")
			assert.Empty(t, token)
		})
	}
}

func longer(d oauth.Dialect, lifetime time.Duration) oauth.Dialect {
	d.Lifetime = lifetime
	return d
}

func TestAssertionPassesTheSignersErrorOn(t *testing.T) {
	locked := errors.New("key store locked")
	_, err := oauth.HelseID().Assertion(signFunc(func(string, []byte) (string, error) { return "", locked }), "client", "aud", start)
	require.ErrorIs(t, err, locked)
}
