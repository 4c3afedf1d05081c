package helsenorge_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

// signers are Helsenorge's system and somebody else; the first has a certificate.
var signers = sync.OnceValue(func() (all [2]*jose.Signer) {
	for i := range all {
		var err error
		if all[i], err = jose.Generate("RS256"); err != nil {
			panic(err)
		}
	}
	return all
})

// certificate holds the key; nobody looks at the rest.
var certificate = sync.OnceValue(func() *x509.Certificate {
	data, err := signers()[0].Public().MarshalJSON()
	if err != nil {
		panic(err)
	}
	var jwk struct{ N string }
	if err := json.Unmarshal(data, &jwk); err != nil {
		panic(err)
	}
	n, err := base64.RawURLEncoding.DecodeString(jwk.N)
	if err != nil {
		panic(err)
	}
	return signedCertificate(&rsa.PublicKey{N: new(big.Int).SetBytes(n), E: 65537})
})

func signedCertificate(public *rsa.PublicKey) *x509.Certificate {
	authority, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: today.Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, authority)
	if err != nil {
		panic(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return c
}

// call is a message before it is signed, and how it travels.
type call struct {
	header, claims map[string]any
	signer         *jose.Signer
	http           http.Header
}

func thumbprint() string {
	sum := sha1.Sum(certificate().Raw)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

func goodCall() *call {
	return &call{
		header: map[string]any{"alg": "RS256", "typ": "JWT", "kid": thumbprint(), "ver": "1", "typ_2": "system_ws_sync"},
		claims: map[string]any{"iss": "sikkerhet.helsenorge.no", "aud": "vaart-verktoey", "iat": today.Unix(), "exp": today.Add(5 * time.Minute).Unix(),
			"scp": "verktoy/les verktoy/skriv", "client_id": "c-1", "client_name": "Tjeneste", "endusertype": "system", "sub": "00000000000"},
		signer: signers()[0],
	}
}

func (c *call) token(t testing.TB) string {
	header, err := json.Marshal(c.header)
	require.NoError(t, err)
	claims, err := json.Marshal(c.claims)
	require.NoError(t, err)
	token, err := c.signer.SignHeader(header, claims)
	require.NoError(t, err)
	return token
}

func certificateKeys(t testing.TB) launch.Keys {
	keys, err := helsenorge.NewCertificateKeys(certificate())
	require.NoError(t, err)
	return keys
}

func bearerConfig(t testing.TB) helsenorge.BearerConfig {
	return helsenorge.BearerConfig{Audience: "vaart-verktoey", Keys: certificateKeys(t), Scopes: []string{"verktoy/les"},
		Types: []string{"system_ws_sync"}, Now: func() time.Time { return today }}
}

func TestBearer(t *testing.T) {
	for name, header := range map[string]func(token string) http.Header{
		"Authorization":  func(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} },
		"a small letter": func(token string) http.Header { return http.Header{"Authorization": {"bearer " + token}} },
		"beside another kind": func(token string) http.Header {
			return http.Header{"Authorization": {"Basic eDp5"}, "X-Authorization": {"Bearer " + token}}
		},
	} {
		guard, err := helsenorge.NewBearer(bearerConfig(t))
		require.NoError(t, err)
		var got *helsenorge.System
		h := guard(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = helsenorge.SystemFrom(r.Context()) }))
		r := httptest.NewRequest(http.MethodPost, "https://tool.example/events", nil)
		r.Header = header(goodCall().token(t))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(t, http.StatusOK, w.Code, name)
		require.NotNil(t, got, name)
		assert.Equal(t, "c-1", got.ClientID)
		assert.Equal(t, "Tjeneste", got.ClientName)
		assert.Equal(t, "system", got.UserType)
		assert.Equal(t, []string{"verktoy/les", "verktoy/skriv"}, got.Scopes)
		assert.Equal(t, "00000000000", got.Subject.Reveal())
		assert.Equal(t, today.Add(5*time.Minute), got.Expires)
	}
	assert.Nil(t, helsenorge.SystemFrom(t.Context()))
}

func TestBearerRefuses(t *testing.T) {
	other := func(c *call) { c.signer = signers()[1] }
	cases := []struct {
		name string
		edit func(*call)
		code int
		kind launch.Kind
	}{
		{"no token", func(c *call) { c.http = http.Header{} }, 401, launch.KindRequest},
		{"basic alone", func(c *call) { c.http = http.Header{"Authorization": {"Basic eDp5"}} }, 401, launch.KindRequest},
		{"two headers", func(c *call) { c.http = http.Header{"Authorization": {"Bearer a", "Bearer b"}} }, 401, launch.KindRequest},
		{"two tokens", func(c *call) {
			c.http = http.Header{"Authorization": {"Bearer a"}, "X-Authorization": {"Bearer b"}}
		}, 401, launch.KindRequest},
		{"no message", func(c *call) { c.http = http.Header{"Authorization": {"Bearer x"}} }, 401, launch.KindMalformed},
		{"empty alg", func(c *call) { c.header["alg"] = "" }, 401, launch.KindAlgorithm},
		{"alg none", func(c *call) { c.header["alg"] = "none" }, 401, launch.KindAlgorithm},
		{"PS256", func(c *call) { c.header["alg"] = "PS256" }, 401, launch.KindAlgorithm},
		{"another signer", other, 401, launch.KindSignature},
		{"another certificate", func(c *call) { c.header["kid"] = strings.Repeat("0", 40) }, 401, launch.KindUnknownKey},
		{"no kid", func(c *call) { delete(c.header, "kid") }, 401, launch.KindUnknownKey},
		{"another typ", func(c *call) { c.header["typ"] = "at+jwt" }, 401, launch.KindType},
		{"another typ_2", func(c *call) { c.header["typ_2"] = "bruker_ws" }, 401, launch.KindType},
		{"no typ_2", func(c *call) { delete(c.header, "typ_2") }, 401, launch.KindType},
		{"typ_2 is a number", func(c *call) { c.header["typ_2"] = 1 }, 401, launch.KindType},
		{"a header with a key", func(c *call) { c.header["jku"] = "https://evil.example" }, 401, launch.KindHeader},
		{"another issuer", func(c *call) { c.claims["iss"] = "https://evil.example" }, 401, launch.KindIssuer},
		{"for somebody else", func(c *call) { c.claims["aud"] = "another" }, 401, launch.KindAudience},
		{"too late", func(c *call) {
			c.claims["exp"], c.claims["iat"] = today.Add(-11*time.Second).Unix(), today.Add(-time.Minute).Unix()
		}, 401, launch.KindExpired},
		{"too early", func(c *call) { c.claims["nbf"] = today.Add(11 * time.Second).Unix() }, 401, launch.KindNotYetValid},
		{"for a day", func(c *call) { c.claims["exp"] = today.Add(24 * time.Hour).Unix() }, 401, launch.KindLifetime},
		{"another scope", func(c *call) { c.claims["scp"] = "verktoy/skriv" }, 403, launch.KindClaims},
		{"a scope that begins so", func(c *call) { c.claims["scp"] = "verktoy/lesalt" }, 403, launch.KindClaims},
		{"no scope", func(c *call) { delete(c.claims, "scp") }, 403, launch.KindClaims},
		{"scp is a list", func(c *call) { c.claims["scp"] = []string{"verktoy/les"} }, 401, launch.KindClaims},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var log bytes.Buffer
			cfg := bearerConfig(t)
			cfg.Logger = slog.New(slog.NewTextHandler(&log, nil))
			guard, err := helsenorge.NewBearer(cfg)
			require.NoError(t, err)
			h := guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("let in") }))
			m := goodCall()
			c.edit(m)
			token := m.token(t)
			r := httptest.NewRequest(http.MethodPost, "https://tool.example/events", nil)
			if r.Header = m.http; m.http == nil {
				r.Header = http.Header{"Authorization": {"Bearer " + token}}
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, c.code, w.Code)
			assert.Contains(t, log.String(), "kind="+string(c.kind)+" ")
			assert.True(t, strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer"), "RFC 6750, section 3")
			assert.NotContains(t, log.String()+w.Body.String(), token)
		})
	}
}

type noKeys struct{}

func (noKeys) Key(context.Context, string) (launch.PublicKey, error) {
	return launch.PublicKey{}, errors.New("disk")
}

func TestBearerCannotDecide(t *testing.T) {
	cfg := bearerConfig(t)
	cfg.Keys = noKeys{}
	guard, err := helsenorge.NewBearer(cfg)
	require.NoError(t, err)
	r := httptest.NewRequest(http.MethodPost, "https://tool.example/events", nil)
	r.Header.Set("Authorization", "Bearer "+goodCall().token(t))
	w := httptest.NewRecorder()
	guard(http.NotFoundHandler()).ServeHTTP(w, r)
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	assert.Equal(t, "30", w.Header().Get("Retry-After"))
}

func TestNewBearerRefuses(t *testing.T) {
	_, err := helsenorge.NewBearer(helsenorge.BearerConfig{})
	for _, field := range []string{"field Audience is empty", "field Keys is nil", "field Scopes is empty", "field Types is empty"} {
		require.ErrorContains(t, err, field)
	}
	cfg := bearerConfig(t)
	cfg.MaxLifetime = -1
	_, err = helsenorge.NewBearer(cfg)
	require.ErrorContains(t, err, "field MaxLifetime is not positive")
}

// However the thumbprint is written.
func TestCertificateKeys(t *testing.T) {
	keys := certificateKeys(t)
	one, two := sha1.Sum(certificate().Raw), sha256.Sum256(certificate().Raw)
	for _, kid := range []string{thumbprint(), strings.ToLower(thumbprint()), base64.RawURLEncoding.EncodeToString(one[:]),
		base64.RawURLEncoding.EncodeToString(two[:]), hex.EncodeToString(two[:]), thumbprint()[:2] + ":" + thumbprint()[2:]} {
		_, err := keys.Key(t.Context(), kid)
		require.NoError(t, err, kid)
	}
	for _, kid := range []string{"", "x", thumbprint()[1:]} {
		_, err := keys.Key(t.Context(), kid)
		require.ErrorIs(t, err, launch.KindUnknownKey)
	}
	_, err := helsenorge.NewCertificateKeys()
	require.ErrorContains(t, err, "no certificate")
	_, err = helsenorge.NewCertificateKeys(certificate(), nil)
	require.ErrorContains(t, err, "certificate 1 is nil")
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	require.NoError(t, err)
	_, err = helsenorge.NewCertificateKeys(signedCertificate(&small.PublicKey))
	require.ErrorIs(t, err, launch.KindKeyUnusable)
}
