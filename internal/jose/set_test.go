package jose_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

type jwk map[string]any

func (k jwk) with(name string, value any) jwk {
	c := maps.Clone(k)
	if value == nil {
		delete(c, name)
	} else {
		c[name] = value
	}
	return c
}

func public(t testing.TB, algorithm, kid string) jwk {
	data, err := signer(t, algorithm).Public().MarshalJSON()
	require.NoError(t, err)
	var k jwk
	require.NoError(t, json.Unmarshal(data, &k))
	k["kid"] = kid
	return k
}

func set(t testing.TB, keys ...jwk) []byte {
	data, err := json.Marshal(map[string]any{"keys": keys})
	require.NoError(t, err)
	return data
}

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// Rows K-1 to K-10: the bad key beside a good one.
func TestSetWithOneBadKey(t *testing.T) {
	ec, rs, good := public(t, "ES256", "bad"), public(t, "RS256", "bad"), public(t, "ES256", "good")
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	require.NoError(t, err)
	huge := append([]byte{0x80}, make([]byte, 1024)...)
	huge[1024] = 1
	cases := []struct {
		name string
		key  jwk
		want error // of the key "bad"; nil: it is good
	}{
		{"nothing wrong", ec, nil},
		{"no alg, to be bound", ec.with("alg", nil), nil},
		{"key_ops verify", ec.with("key_ops", []string{"verify"}), nil},
		{"unknown kty", jwk{"kty": "LMS", "kid": "bad"}, jose.ErrUnknownKey},
		{"unknown curve", ec.with("crv", "secp256k1"), jose.ErrUnknownKey},
		{"alg ES521", ec.with("alg", "ES521"), jose.ErrUnknownKey},
		{"alg RSA1_5", rs.with("alg", "RSA1_5").with("use", "enc"), jose.ErrUnknownKey},
		{"alg HS256 on an EC key", ec.with("alg", "HS256"), jose.ErrUnknownKey},
		{"use enc", ec.with("use", "enc"), jose.ErrKeyUnusable},
		{"use not a string", ec.with("use", 1), jose.ErrKeyUnusable},
		{"key_ops encrypt", ec.with("key_ops", []string{"encrypt"}), jose.ErrKeyUnusable},
		{"alg of another curve", ec.with("alg", "ES384"), jose.ErrKeyUnusable},
		{"alg of another type", ec.with("alg", "RS256"), jose.ErrKeyUnusable},
		{"not on the curve", ec.with("y", ec["x"]), jose.ErrKeyUnusable},
		{"short coordinate", ec.with("x", b64(make([]byte, 31))), jose.ErrKeyUnusable},
		{"other curve", ec.with("crv", "P-384"), jose.ErrKeyUnusable},
		{"RSA with EC members", ec.with("kty", "RSA"), jose.ErrKeyUnusable},
		{"private EC key", ec.with("d", b64([]byte{1})), jose.ErrKeyUnusable},
		{"RSA of 1024 bits", rs.with("n", b64(small.N.Bytes())), jose.ErrKeyUnusable},
		{"RSA of 8200 bits", rs.with("n", b64(huge)), jose.ErrKeyUnusable},
		{"RSA exponent 1", rs.with("e", "AQ"), jose.ErrKeyUnusable},
		{"RSA exponent 65536", rs.with("e", b64([]byte{1, 0, 0})), jose.ErrKeyUnusable},
		{"ROCA", rs.with("n", b64(weakModulus().Bytes())), jose.ErrKeyUnusable},
		{"padding in a coordinate", ec.with("x", ec["x"].(string)+"="), jose.ErrKeyUnusable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, err := jose.ParseSet(set(t, c.key, good))
			require.NoError(t, err)
			_, err = s.Key("good")
			require.NoError(t, err, "the neighbour stays")
			_, err = s.Key("bad")
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, c.want)
		})
	}
}

// weakModulus is a power of 65537 modulo every small prime, as a ROCA key's is.
func weakModulus() *big.Int {
	return new(big.Int).Exp(big.NewInt(65537), big.NewInt(129), nil)
}

func TestWholeSetRefused(t *testing.T) {
	good := public(t, "ES256", "a")
	many := make([]jwk, jose.MaxKeys+1)
	for i := range many {
		many[i] = good.with("kid", fmt.Sprint(i))
	}
	cases := []struct {
		name string
		data []byte
		want error
	}{
		{"two keys, one kid", set(t, good, public(t, "ES384", "a")), jose.ErrKeyUnusable},
		{"the same key twice", set(t, good, good), jose.ErrKeyUnusable},
		{"shared secret", set(t, good, jwk{"kty": "oct", "k": "AAAA", "kid": "s"}), jose.ErrKeyUnusable},
		{"101 keys", set(t, many...), jose.ErrSet},
		{"256 KiB and more", append(set(t, good), []byte(strings.Repeat(" ", jose.MaxSet))...), jose.ErrSet},
		{"no keys", set(t), jose.ErrSet},
		{"no usable key", set(t, good.with("use", "enc")), jose.ErrSet},
		{"keys is an object", []byte(`{"keys":{}}`), jose.ErrSet},
		{"a key is a string", []byte(`{"keys":["a"]}`), jose.ErrSet},
		{"HTML", []byte(`<html>`), jose.ErrSet},
		{"truncated", set(t, good)[:40], jose.ErrSet},
		{"a member twice", []byte(`{"keys":[],"keys":[]}`), jose.ErrSet},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := jose.ParseSet(c.data)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// Rows N24 and K-8: published private keys are named, in sets that are refused, too; shared secrets are not.
func TestN24_K8_ExposedKeys(t *testing.T) {
	ec, rs, good := public(t, "ES256", "ec"), public(t, "RS256", "rs"), public(t, "ES256", "good")
	for _, c := range []struct {
		name string
		data []byte
		want []string
		err  error
	}{
		{"none", set(t, ec, good), nil, nil},
		{"EC", set(t, ec.with("d", "AQ"), good), []string{"ec"}, nil},
		{"RSA, one of its primes", set(t, good, rs.with("q", "AQ"), ec.with("d", "AQ")), []string{"rs", "ec"}, nil},
		{"other primes", set(t, rs.with("oth", []string{}), good), []string{"rs"}, nil},
		{"d is not a string", set(t, ec.with("d", nil).with("d", 1), good), []string{"ec"}, nil},
		{"no kid", set(t, ec.with("kid", nil).with("d", "AQ"), good), []string{""}, nil},
		{"long kid", set(t, ec.with("kid", strings.Repeat("k", 257)).with("d", "AQ"), good), []string{""}, nil},
		{"of a type that nobody knows", set(t, jwk{"kty": "LMS", "kid": "x", "d": "AQ"}, good), []string{"x"}, nil},
		{"of a curve that nobody knows", set(t, ec.with("crv", "secp256k1").with("d", "AQ"), good), []string{"ec"}, nil},
		{"for encryption", set(t, ec.with("use", "enc").with("d", "AQ"), good), []string{"ec"}, nil},
		{"the only key", set(t, ec.with("d", "AQ")), []string{"ec"}, jose.ErrSet},
		{"two with one kid", set(t, ec.with("d", "AQ"), ec), []string{"ec"}, jose.ErrKeyUnusable},
		{"a shared secret", set(t, good, jwk{"kty": "oct", "k": "AAAA", "kid": "s"}), nil, jose.ErrKeyUnusable},
		{"no set", []byte(`{"keys":{"d":1}}`), nil, jose.ErrSet},
		{"keys that are none", []byte(`{"keys":["d"]}`), nil, jose.ErrSet},
	} {
		_, got, err := jose.ReadSet(c.data)
		assert.Equal(t, c.want, got, c.name)
		require.ErrorIs(t, err, c.err, c.name)
	}
}

func TestKeyWithoutID(t *testing.T) {
	nameless := public(t, "ES256", "").with("kid", nil)
	s, err := jose.ParseSet(set(t, nameless))
	require.NoError(t, err)
	_, err = s.Key("")
	require.NoError(t, err, "the only key, and it has no kid")
	s, err = jose.ParseSet(set(t, nameless, public(t, "ES256", "b")))
	require.NoError(t, err)
	_, err = s.Key("")
	require.ErrorIs(t, err, jose.ErrUnknownKey, "several keys")
}

// RFC 8725, section 3.1: one key, one algorithm.
func TestKeyBoundToOneAlgorithm(t *testing.T) {
	s := signer(t, "RS256")
	data, err := json.Marshal(public(t, "RS256", "r").with("alg", nil))
	require.NoError(t, err)
	unbound, err := jose.ParseKey(data)
	require.NoError(t, err)
	token, err := s.Sign("", []byte("x"))
	require.NoError(t, err)
	m, err := jose.Parse(token, jose.Algorithms())
	require.NoError(t, err)
	require.ErrorIs(t, m.Verify(unbound), jose.ErrKeyUnusable)
	require.ErrorIs(t, m.Verify(unbound.Bind("PS256")), jose.ErrAlgorithm)
	require.ErrorIs(t, m.Verify(unbound.Bind("ES256")), jose.ErrKeyUnusable)
	require.NoError(t, m.Verify(s.Public()))
	require.NoError(t, m.Verify(s.Public().Bind("PS256")), "a key that names its algorithm keeps it")
}

// RFC 7638, section 3.1; RFC 8037, appendix A.3.
func TestThumbprint(t *testing.T) {
	k, err := jose.ParseKey([]byte(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"EdDSA"}`))
	require.NoError(t, err)
	print, err := k.Thumbprint()
	require.NoError(t, err)
	assert.Equal(t, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", print)
}

// RFC 8037, appendix A.4.
func TestEdDSAVector(t *testing.T) {
	k, err := jose.ParseKey([]byte(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"EdDSA"}`))
	require.NoError(t, err)
	m, err := jose.Parse("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."+
		"hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg", []string{"EdDSA"})
	require.NoError(t, err)
	assert.NoError(t, m.Verify(k))
}
