package helseid_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// step is one proof by hand, to be made wrong in one place.
type step struct {
	signer *jose.Signer
	header map[string]any
	claims map[string]any
	edit   func(proof string) string // of the finished one
	send   func(r *http.Request)     // of the request with it
}

func sum(token string) string {
	s := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(s[:])
}

func publicJWK(t *testing.T, s *jose.Signer) map[string]any {
	t.Helper()
	data, err := s.Public().MarshalJSON()
	require.NoError(t, err)
	jwk := map[string]any{}
	require.NoError(t, json.Unmarshal(data, &jwk))
	delete(jwk, "alg")
	return jwk
}

func newStep(t *testing.T, signer *jose.Signer) *step {
	return &step{signer: signer, header: map[string]any{"typ": "dpop+jwt", "alg": "ES256", "jwk": publicJWK(t, signer)},
		claims: map[string]any{"jti": "0123456789abcdef", "htm": "GET", "htu": "https://api.example/a", "iat": start.Unix(), "ath": sum("token-1")},
		edit:   func(p string) string { return p }, send: func(*http.Request) {}}
}

func (p *step) request(t *testing.T) *http.Request {
	t.Helper()
	header, err := json.Marshal(p.header)
	require.NoError(t, err)
	payload, err := json.Marshal(p.claims)
	require.NoError(t, err)
	proof, err := p.signer.SignHeader(header, payload)
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), "GET", "https://api.example/a?q=1", nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "DPoP token-1")
	r.Header.Set("DPoP", p.edit(proof))
	p.send(r)
	return r
}

// R10: the stub refuses whatever is wrong with a proof, so that a client that passes it is right.
func TestR10_TheStubRefusesWrongProofs(t *testing.T) {
	signer, err := jose.Generate("ES256")
	require.NoError(t, err)
	thumbprint, err := signer.Public().Thumbprint()
	require.NoError(t, err)
	drop := func(of func(*step) map[string]any, name string) func(*testing.T, *step) {
		return func(_ *testing.T, p *step) { delete(of(p), name) }
	}
	put := func(of func(*step) map[string]any, name string, value any) func(*testing.T, *step) {
		return func(_ *testing.T, p *step) { of(p)[name] = value }
	}
	header := func(p *step) map[string]any { return p.header }
	claims := func(p *step) map[string]any { return p.claims }
	edit := func(f func(string) string) func(*testing.T, *step) { return func(_ *testing.T, p *step) { p.edit = f } }
	send := func(f func(*http.Request)) func(*testing.T, *step) { return func(_ *testing.T, p *step) { p.send = f } }

	for name, c := range map[string]struct {
		edit func(*testing.T, *step)
		want string
	}{
		"no typ":              {drop(header, "typ"), "typ"},
		"wrong typ":           {put(header, "typ", "JWT"), "typ"},
		"no alg":              {drop(header, "alg"), "ES256"},
		"none":                {put(header, "alg", "none"), "ES256"},
		"RS256":               {put(header, "alg", "RS256"), "ES256"},
		"HS256":               {put(header, "alg", "HS256"), "ES256"},
		"no jwk":              {drop(header, "jwk"), "jwk"},
		"jwk no object":       {put(header, "jwk", "key"), "key"},
		"crit":                {put(header, "crit", []string{"a"}), "header"},
		"private jwk":         {privateJWK, "secret"},
		"other's jwk":         {otherJWK, "signature"},
		"other key":           {otherKey, "the key of the token"},
		"no jti":              {drop(claims, "jti"), "jti"},
		"short jti":           {put(claims, "jti", "a"), "jti"},
		"jti no string":       {put(claims, "jti", 1), "jti"},
		"no htm":              {drop(claims, "htm"), "htm"},
		"wrong htm":           {put(claims, "htm", "POST"), "htm"},
		"htm in lower case":   {put(claims, "htm", "get"), "htm"},
		"no htu":              {drop(claims, "htu"), "htu"},
		"other host":          {put(claims, "htu", "https://evil.example/a"), "htu"},
		"other path":          {put(claims, "htu", "https://api.example/b"), "htu"},
		"http":                {put(claims, "htu", "http://api.example/a"), "htu"},
		"htu with query":      {put(claims, "htu", "https://api.example/a?q=1"), "htu"},
		"no iat":              {drop(claims, "iat"), "iat"},
		"iat as text":         {put(claims, "iat", "1"), "iat"},
		"an hour ago":         {put(claims, "iat", start.Add(-time.Hour).Unix()), "iat"},
		"in an hour":          {put(claims, "iat", start.Add(time.Hour).Unix()), "iat"},
		"no ath":              {drop(claims, "ath"), "ath"},
		"other token's ath":   {put(claims, "ath", sum("token-2")), "ath"},
		"wrong signature":     {edit(func(p string) string { return p[:len(p)-8] + "AAAAAAAA" }), "signature"},
		"no signature":        {edit(func(p string) string { return p[:strings.LastIndexByte(p, '.')+1] }), "compact"},
		"two in one":          {edit(func(p string) string { return p + ", " + p }), "compact"},
		"no proof":            {send(func(r *http.Request) { r.Header.Del("DPoP") }), "one proof"},
		"two proofs":          {send(func(r *http.Request) { r.Header.Add("DPoP", r.Header.Get("DPoP")) }), "one proof"},
		"Bearer":              {send(func(r *http.Request) { r.Header.Set("Authorization", "Bearer token-1") }), "scheme DPoP"},
		"two tokens":          {send(func(r *http.Request) { r.Header.Add("Authorization", "DPoP token-1") }), "scheme DPoP"},
		"no token":            {send(func(r *http.Request) { r.Header.Del("Authorization") }), "scheme DPoP"},
		"a token that is not": {send(func(r *http.Request) { r.Header.Set("Authorization", "DPoP token-3") }), "living token"},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := newStub(), newStep(t, signer)
			s.granted["token-1"] = grant{thumbprint, start.Add(time.Minute)}
			c.edit(t, p)
			refuses(t, s, p.request(t), c.want)
		})
	}
}

func refuses(t *testing.T, s *stub, r *http.Request, want string) {
	t.Helper()
	resp, err := s.Do(r)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, http.StatusUnauthorized, resp.StatusCode)
	require.Len(t, s.wrong, 1)
	assert.Contains(t, s.wrong[0], want)
}

// R10: a good one passes, once, and not without the nonce that is wanted.
func TestR10_TheStubTakesAGoodProofOnce(t *testing.T) {
	signer, err := jose.Generate("ES256")
	require.NoError(t, err)
	thumbprint, err := signer.Public().Thumbprint()
	require.NoError(t, err)
	s, p := newStub(), newStep(t, signer)
	s.granted["token-1"] = grant{thumbprint, start.Add(time.Minute)}
	resp, err := s.Do(p.request(t))
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Empty(t, s.wrong)
	refuses(t, s, p.request(t), "jti, once")

	s, p = newStub(), newStep(t, signer)
	s.granted["token-1"], s.apiNonce = grant{thumbprint, start.Add(time.Minute)}, "n-1"
	refuses(t, s, p.request(t), "the nonce")
	s.wrong = nil
	s.pass(2 * time.Minute)
	refuses(t, s, p.request(t), "living token")
}

func privateJWK(t *testing.T, p *step) {
	private, err := p.signer.Private()
	require.NoError(t, err)
	p.header["jwk"] = json.RawMessage(private)
}

func otherJWK(t *testing.T, p *step) {
	other, err := jose.Generate("ES256")
	require.NoError(t, err)
	p.header["jwk"] = publicJWK(t, other)
}

func otherKey(t *testing.T, p *step) {
	other, err := jose.Generate("ES256")
	require.NoError(t, err)
	p.signer, p.header["jwk"] = other, publicJWK(t, other)
}
