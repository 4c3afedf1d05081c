package jose_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

func signer(t testing.TB, algorithm string) *jose.Signer {
	s, err := jose.Generate(algorithm)
	require.NoError(t, err)
	return s
}

func TestSignThenVerify(t *testing.T) {
	for _, algorithm := range jose.Algorithms() {
		t.Run(algorithm, func(t *testing.T) {
			s := signer(t, algorithm)
			token, err := s.Sign("JWT", []byte(`{"a":1}`))
			require.NoError(t, err)
			m, err := jose.Parse(token, []string{algorithm})
			require.NoError(t, err)
			require.NoError(t, m.Verify(s.Public()))
			assert.Equal(t, `{"a":1}`, string(m.Payload))
			assert.Equal(t, s.Public().ID, m.KeyID)
			assert.Equal(t, "JWT", m.Type)
			assert.Equal(t, token, m.String())
			require.ErrorIs(t, m.Verify(signer(t, algorithm).Public()), jose.ErrSignature)
		})
	}
}

func TestPrivateKeyRoundTrip(t *testing.T) {
	for _, algorithm := range []string{"ES256", "ES512", "PS384", "EdDSA"} {
		s := signer(t, algorithm)
		data, err := s.Private()
		require.NoError(t, err)
		again, err := jose.ParseSigner(data)
		require.NoError(t, err)
		assert.Equal(t, s.Public().ID, again.Public().ID)
		token, err := again.Sign("", []byte("x"))
		require.NoError(t, err)
		m, err := jose.Parse(token, []string{algorithm})
		require.NoError(t, err)
		assert.NoError(t, m.Verify(s.Public()))
	}
}

func TestParseSignerRefuses(t *testing.T) {
	s := signer(t, "ES256")
	public, err := s.Public().MarshalJSON()
	require.NoError(t, err)
	private, err := s.Private()
	require.NoError(t, err)
	for name, data := range map[string]string{
		"nothing":           ``,
		"a list":            `[]`,
		"a public key":      string(public),
		"a shared secret":   `{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ","alg":"HS256"}`,
		"another algorithm": strings.Replace(string(private), "ES256", "ES384", 1),
		"no algorithm":      strings.Replace(string(private), `"alg":"ES256",`, "", 1),
		"a member twice":    strings.Replace(string(private), `{`, `{"alg":"ES256",`, 1),
	} {
		_, err := jose.ParseSigner([]byte(data))
		require.ErrorIs(t, err, jose.ErrKeyUnusable, name)
	}
}

func TestParseRefuses(t *testing.T) {
	s := signer(t, "ES256")
	good, err := s.Sign("JWT", []byte(`{"a":1}`))
	require.NoError(t, err)
	part := strings.Split(good, ".")
	enc := base64.RawURLEncoding.EncodeToString
	header := func(text string) string { return enc([]byte(text)) + "." + part[1] + "." + part[2] }
	cases := []struct {
		name, token string
		want        error
	}{
		{"empty", "", jose.ErrMalformed},
		{"two segments", part[0] + "." + part[1], jose.ErrMalformed},
		{"four segments", good + ".", jose.ErrMalformed},
		{"no header", "." + part[1] + "." + part[2], jose.ErrMalformed},
		{"no signature", part[0] + "." + part[1] + ".", jose.ErrMalformed},
		{"padding", good + "==", jose.ErrMalformed},
		{"line break in a segment", part[0] + ".\r\n" + part[1] + "." + part[2], jose.ErrMalformed},
		{"space in front", " " + good, jose.ErrMalformed},
		{"standard alphabet", part[0] + ".+/8." + part[2], jose.ErrMalformed},
		{"unused bits", part[0] + ".eyJhIjoxfR." + part[2], jose.ErrMalformed},
		{"header is a list", header(`[]`), jose.ErrMalformed},
		{"header is null", header(`null`), jose.ErrMalformed},
		{"alg twice", header(`{"alg":"none","alg":"ES256"}`), jose.ErrMalformed},
		{"kid is a number", header(`{"alg":"ES256","kid":1}`), jose.ErrMalformed},
		{"typ is a list", header(`{"alg":"ES256","typ":["JWT"]}`), jose.ErrMalformed},
		{"no alg", header(`{"kid":"a"}`), jose.ErrAlgorithm},
		{"alg null", header(`{"alg":null}`), jose.ErrAlgorithm},
		{"alg list", header(`{"alg":["ES256"]}`), jose.ErrAlgorithm},
		{"alg none", header(`{"alg":"none"}`), jose.ErrAlgorithm},
		{"alg es256", header(`{"alg":"es256"}`), jose.ErrAlgorithm},
		{"ALG", header(`{"ALG":"ES256"}`), jose.ErrAlgorithm},
		{"too large", strings.Repeat(".", jose.MaxMessage+1), jose.ErrTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := jose.Parse(c.token, []string{"ES256"})
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestVerifyRefusesHeaders(t *testing.T) {
	s := signer(t, "ES256")
	for _, member := range []string{`"crit":[]`, `"crit":["b64"],"b64":true`, `"b64":false`, `"jwk":{}`, `"jku":"https://x.example"`,
		`"x5u":"https://x.example"`, `"x5c":[]`, `"zip":"DEF"`, `"cty":"JWT"`, `"Typ":"JWT"`} {
		token, err := s.SignHeader([]byte(`{"alg":"ES256",`+member+`}`), []byte(`{}`))
		require.NoError(t, err)
		m, err := jose.Parse(token, []string{"ES256"})
		require.NoError(t, err, member)
		require.ErrorIs(t, m.Verify(s.Public()), jose.ErrHeader, member)
	}
}

// One spelling: whatever parses prints the same, and no change of a good message verifies.
func FuzzParse(f *testing.F) {
	s := signer(f, "ES256")
	good, err := s.Sign("JWT", []byte(`{"iss":"https://portal.example"}`))
	require.NoError(f, err)
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add("a.b.c")
	f.Add("eyJhbGciOiJFUzI1NiJ9..AA")
	f.Fuzz(func(t *testing.T, token string) {
		m, err := jose.Parse(token, []string{"ES256"})
		if err != nil {
			return
		}
		if m.String() != token {
			t.Fatalf("%q prints as %q", token, m.String())
		}
		if m.Verify(s.Public()) == nil && token != good {
			t.Fatalf("%q is accepted", token)
		}
	})
}

// A proof of RFC 9449 brings its key in the header: who wants such a message
// names the member, and nobody else gets past it.
func TestVerifyTakesNamedHeadersOnly(t *testing.T) {
	s := signer(t, "ES256")
	key, err := s.Public().MarshalJSON()
	require.NoError(t, err)
	token, err := s.SignHeader([]byte(`{"alg":"ES256","typ":"dpop+jwt","jwk":`+string(key)+`,"ver":"1"}`), []byte(`{}`))
	require.NoError(t, err)
	m, err := jose.Parse(token, []string{"ES256"})
	require.NoError(t, err)
	require.ErrorIs(t, m.Verify(s.Public()), jose.ErrHeader)
	require.ErrorIs(t, m.Verify(s.Public(), "jwk"), jose.ErrHeader)
	require.NoError(t, m.Verify(s.Public(), "jwk", "ver"))
	require.ErrorIs(t, m.Verify(signer(t, "ES256").Public(), "jwk", "ver"), jose.ErrSignature)
	version, there := m.Header("ver")
	require.True(t, there)
	assert.Equal(t, "1", version.Text)
	_, there = m.Header("crit")
	assert.False(t, there)
}

func TestNewKeyRefuses(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	require.NoError(t, err)
	good, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	k, err := jose.NewKey("thumbprint", "RS256", &good.PublicKey)
	require.NoError(t, err)
	assert.Equal(t, "thumbprint", k.ID)
	for name, bad := range map[string]struct {
		algorithm string
		public    crypto.PublicKey
	}{"too small": {"RS256", &small.PublicKey}, "another type": {"ES256", &good.PublicKey}, "no algorithm": {"", &good.PublicKey}, "a shared secret": {"HS256", []byte("x")}} {
		_, err := jose.NewKey("", bad.algorithm, bad.public)
		require.ErrorIs(t, err, jose.ErrKeyUnusable, name)
	}
}
