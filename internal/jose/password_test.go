package jose_test

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jwe"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

var (
	passphrase = []byte("correct horse battery staple")
	secretText = []byte(`{"d":"canary"}`)
)

const few = 1_000

func TestSealedTextOpensWithItsPassphraseOnly(t *testing.T) {
	text, err := jose.SealPassword(secretText, passphrase, few)
	require.NoError(t, err)
	assert.NotContains(t, text, "canary")
	plain, err := jose.OpenPassword(text, passphrase)
	require.NoError(t, err)
	assert.Equal(t, secretText, plain)
	_, err = jose.OpenPassword(text, append(passphrase, 'x'))
	require.ErrorIs(t, err, jose.ErrPassword)
	again, err := jose.SealPassword(secretText, passphrase, few)
	require.NoError(t, err)
	assert.NotEqual(t, text, again, "salt, key and iv are new each time")
}

// Two implementations agree: what one seals, the other opens.
func TestAnotherLibraryReadsAndWritesTheSame(t *testing.T) {
	text, err := jose.SealPassword(secretText, passphrase, 10_000)
	require.NoError(t, err)
	plain, err := jwe.Decrypt([]byte(text), jwe.WithKey(jwa.PBES2_HS512_A256KW, passphrase))
	require.NoError(t, err)
	assert.Equal(t, secretText, plain)
	theirs, err := jwe.Encrypt(secretText, jwe.WithKey(jwa.PBES2_HS512_A256KW, passphrase), jwe.WithContentEncryption(jwa.A256GCM))
	require.NoError(t, err)
	plain, err = jose.OpenPassword(string(theirs), passphrase)
	require.NoError(t, err)
	assert.Equal(t, secretText, plain)
}

// RFC 3394, sections 4.3 and 4.6.
func TestKeyWrapVectors(t *testing.T) {
	const kek = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
	for key, wrapped := range map[string]string{
		"00112233445566778899AABBCCDDEEFF":                                 "64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7",
		"00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F": "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21",
	} {
		got, err := jose.WrapKey(unhex(t, kek), unhex(t, key))
		require.NoError(t, err)
		assert.Equal(t, unhex(t, wrapped), got)
		back, err := jose.UnwrapKey(unhex(t, kek), got)
		require.NoError(t, err)
		assert.Equal(t, unhex(t, key), back)
		got[0] ^= 1
		_, err = jose.UnwrapKey(unhex(t, kek), got)
		require.Error(t, err)
	}
	for _, n := range []int{0, 8, 16, 25} {
		_, err := jose.UnwrapKey(unhex(t, kek), make([]byte, n))
		require.Error(t, err, n)
	}
	_, err := jose.WrapKey(unhex(t, kek), make([]byte, 8))
	require.Error(t, err)
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	data, err := hex.DecodeString(s)
	require.NoError(t, err)
	return data
}

// No change of one character is unseen, and none makes us compute for long.
func TestEveryChangedCharacterIsFound(t *testing.T) {
	text, err := jose.SealPassword(secretText, passphrase, few)
	require.NoError(t, err)
	tried := 0
	for i := strings.Index(text, "."); i < len(text); i++ {
		for _, c := range "A-." {
			changed := text[:i] + string(c) + text[i+1:]
			if changed == text {
				continue
			}
			tried++
			_, err := jose.OpenPassword(changed, passphrase)
			require.Error(t, err, "character %d", i)
		}
	}
	assert.Greater(t, tried, 300)
}

func TestHeadersThatAreRefused(t *testing.T) {
	text, err := jose.SealPassword(secretText, passphrase, few)
	require.NoError(t, err)
	_, rest, _ := strings.Cut(text, ".")
	cases := []struct{ name, header string }{
		{"rounds for an hour", `{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":1000001}`},
		{"too few rounds", `{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":999}`},
		{"rounds below zero", `{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":-1}`},
		{"no rounds", `{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA"}`},
		{"another algorithm", `{"alg":"A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":1000}`},
		{"another encryption", `{"alg":"PBES2-HS512+A256KW","enc":"A256CBC-HS512","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":1000}`},
		{"short salt", `{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAA","p2c":1000}`},
		{"compressed", `{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":1000,"zip":"DEF"}`},
		{"rounds twice", `{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":1000,"p2c":1000}`},
		{"no JSON", `alg`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := jose.OpenPassword(base64.RawURLEncoding.EncodeToString([]byte(c.header))+"."+rest, passphrase)
			require.ErrorIs(t, err, jose.ErrMalformed)
			assert.NotContains(t, err.Error(), string(passphrase))
		})
	}
	for _, text := range []string{"", "a.b", "{}", "....", strings.Repeat("A", 1<<20+1)} {
		_, err := jose.OpenPassword(text, passphrase)
		require.ErrorIs(t, err, jose.ErrMalformed)
	}
}
