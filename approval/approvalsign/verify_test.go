package approvalsign_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/internal/jcs"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// forge signs with the right key and any header.
func forge(t testing.TB, key approvalsign.SigningKey, header string) string {
	t.Helper()
	payload, err := jcs.Canonical(declaration(t), strictjson.Document())
	require.NoError(t, err)
	signature, err := signer(t, key).SignDetached([]byte(header), payload)
	require.NoError(t, err)
	return signature
}

// Each case is signed with the vendor's own key, and one thing in the header is not as it should be.
func TestVerifyRefusesHeaders(t *testing.T) {
	key := generate(t, approvalsign.ES256)
	keys := public(t, key)
	good := header(t, sign(t, declaration(t), key))
	swap := func(old, new string) string {
		require.Equal(t, 1, strings.Count(good, old), old)
		return strings.Replace(good, old, new, 1)
	}
	add := func(member string) string { return strings.TrimSuffix(good, "}") + "," + member + "}" }
	_, err := approvalsign.Verify(declaration(t), forge(t, key, good), keys, all)
	require.NoError(t, err)
	cases := []struct {
		name, header string
		want         error
	}{
		{"alg none", swap(`"alg":"ES256"`, `"alg":"none"`), approvalsign.ErrAlgorithm},
		{"alg HS256", swap(`"alg":"ES256"`, `"alg":"HS256"`), approvalsign.ErrAlgorithm},
		{"alg in lower case", swap(`"alg":"ES256"`, `"alg":"es256"`), approvalsign.ErrAlgorithm},
		{"no alg", swap(`"alg":"ES256",`, ``), approvalsign.ErrAlgorithm},
		{"an algorithm that is not the key's", swap(`"alg":"ES256"`, `"alg":"EdDSA"`), approvalsign.ErrAlgorithm},
		{"no kid", swap(`"kid":"`+key.ID()+`",`, ``), approvalsign.ErrUnknownKey},
		{"an empty kid", swap(key.ID(), ``), approvalsign.ErrUnknownKey},
		{"another kid", swap(key.ID(), `other`), approvalsign.ErrUnknownKey},
		{"kid that is a number", swap(`"`+key.ID()+`"`, `1`), approvalsign.ErrMalformed},
		{"crit", add(`"crit":["exp"],"exp":1`), approvalsign.ErrHeader},
		{"crit of what is there", add(`"crit":["affirmation"]`), approvalsign.ErrHeader},
		{"b64", add(`"b64":true`), approvalsign.ErrHeader},
		{"b64 false", add(`"b64":false,"crit":["b64"]`), approvalsign.ErrHeader},
		{"jwk", add(`"jwk":{}`), approvalsign.ErrHeader},
		{"jku", add(`"jku":"https://evil.example"`), approvalsign.ErrHeader},
		{"x5c", add(`"x5c":[]`), approvalsign.ErrHeader},
		{"cty", add(`"cty":"json"`), approvalsign.ErrHeader},
		{"iat", add(`"iat":1`), approvalsign.ErrHeader},
		{"the same member twice", add(`"typ":"verktoy-declaration+jws"`), approvalsign.ErrMalformed},
		{"no typ", swap(`"typ":"verktoy-declaration+jws",`, ``), approvalsign.ErrType},
		{"another typ", swap(`verktoy-declaration+jws`, `JWT`), approvalsign.ErrType},
		{"typ with a prefix", swap(`verktoy-declaration+jws`, `application/verktoy-declaration+jws`), approvalsign.ErrType},
		{"typ in capitals", swap(`verktoy-declaration+jws`, `VERKTOY-DECLARATION+JWS`), approvalsign.ErrType},
		{"no affirmation", good[:strings.Index(good, `,"affirmation"`)] + "}", approvalsign.ErrAffirmation},
		{"an affirmation that is a text", good[:strings.Index(good, `,"affirmation"`)] + `,"affirmation":"yes"}`, approvalsign.ErrAffirmation},
		{"no statement", swap(`"statement":`, `"s":`), approvalsign.ErrAffirmation},
		{"an empty statement", swap(approvalsign.Statement()["nb"], ` `), approvalsign.ErrAffirmation},
		{"an identity number", swap(approvalsign.Statement()["nb"], `13116900216`), approvalsign.ErrAffirmation},
		{"a member more", swap(`"statement":`, `"place":"Oslo","statement":`), approvalsign.ErrAffirmation},
		{"somebody else", swap(`Kari`, `Ola`), approvalsign.ErrSignatory},
		{"another title", swap(`daglig leder`, `sekretær`), approvalsign.ErrSignatory},
		{"no time", swap(`"2026-11-22T09:30:15Z"`, `""`), approvalsign.ErrAffirmation},
		{"a time in a zone", swap(`09:30:15Z`, `10:30:15+01:00`), approvalsign.ErrAffirmation},
		{"parts of a second", swap(`09:30:15Z`, `09:30:15.5Z`), approvalsign.ErrAffirmation},
		{"no such day", swap(`2026-11-22`, `2026-11-31`), approvalsign.ErrAffirmation},
		{"a time as a number", swap(`"2026-11-22T09:30:15Z"`, `1`), approvalsign.ErrAffirmation},
		{"not JSON", `{`, approvalsign.ErrMalformed},
		{"a list", `[]`, approvalsign.ErrMalformed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := approvalsign.Verify(declaration(t), forge(t, key, c.header), keys, all)
			require.ErrorIs(t, err, c.want)
			require.ErrorIs(t, err, approvalsign.ErrRefused)
			assert.Empty(t, got)
			assert.NotContains(t, err.Error(), "13116900216")
		})
	}
}

func TestVerifyRefusesSignatures(t *testing.T) {
	key, other := generate(t, approvalsign.ES256), generate(t, approvalsign.ES256)
	signature := sign(t, declaration(t), key)
	first, last, _ := strings.Cut(signature, "..")
	payload, err := jcs.Canonical(declaration(t), strictjson.Document())
	require.NoError(t, err)
	cases := []struct {
		name, signature string
		want            error
	}{
		{"empty", "", approvalsign.ErrMalformed},
		{"the payload in it", first + "." + base64.RawURLEncoding.EncodeToString(payload) + "." + last, approvalsign.ErrMalformed},
		{"a line break at the end", signature + "\n", approvalsign.ErrMalformed},
		{"padding", signature + "=", approvalsign.ErrMalformed},
		{"JSON serialization", `{"protected":"` + first + `","signature":"` + last + `"}`, approvalsign.ErrMalformed},
		{"too large", signature + strings.Repeat("A", 16<<10), approvalsign.ErrMalformed},
		{"no signature", first + "..", approvalsign.ErrMalformed},
		{"another header", strings.Replace(signature, first, first[:len(first)-4], 1), approvalsign.ErrMalformed},
		{"zeros", first + ".." + strings.Repeat("A", len(last)), approvalsign.ErrSignature},
		{"cut off", signature[:len(signature)-22], approvalsign.ErrSignature},
		{"of another key", sign(t, declaration(t), other), approvalsign.ErrUnknownKey},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := approvalsign.Verify(declaration(t), c.signature, public(t, key), all)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// No edit of one character of a signature verifies.
func TestNoEditOfTheSignatureVerifies(t *testing.T) {
	key := generate(t, approvalsign.EdDSA)
	signature, keys := sign(t, declaration(t), key), public(t, key)
	tried := 0
	for i := range signature {
		for _, c := range []byte("Aa-.") {
			if signature[i] == c {
				continue
			}
			edited := signature[:i] + string(c) + signature[i+1:]
			_, err := approvalsign.Verify(declaration(t), edited, keys, all)
			require.ErrorIs(t, err, approvalsign.ErrRefused, "%d", i)
			tried++
		}
	}
	assert.Greater(t, tried, 1000)
}

func TestVerifyNeedsKeysAndAlgorithms(t *testing.T) {
	key := generate(t, approvalsign.ES256)
	keys, signature := public(t, key), sign(t, declaration(t), key)
	cases := []struct {
		name       string
		keys       approvalsign.Keys
		algorithms []string
		want       error
	}{
		{"zero keys", approvalsign.Keys{}, all, approvalsign.ErrConfig},
		{"no algorithms", keys, nil, approvalsign.ErrConfig},
		{"an algorithm that is not ours", keys, []string{approvalsign.ES256, "RS256"}, approvalsign.ErrConfig},
		{"none", keys, []string{"none"}, approvalsign.ErrConfig},
		{"only others", keys, []string{approvalsign.PS256, approvalsign.EdDSA}, approvalsign.ErrAlgorithm},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := approvalsign.Verify(declaration(t), signature, c.keys, c.algorithms)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// What a published key says of itself holds.
func TestVerifyHonoursWhatAKeyIsFor(t *testing.T) {
	key := generate(t, approvalsign.ES256)
	signature := sign(t, declaration(t), key)
	cases := []struct {
		name string
		edit func(map[string]any)
		want error
	}{
		{"as it is", func(map[string]any) {}, nil},
		{"for encryption", func(k map[string]any) { k["use"] = "enc" }, approvalsign.ErrKeyUnusable},
		{"for signing only", func(k map[string]any) { k["key_ops"] = []string{"sign"} }, approvalsign.ErrKeyUnusable},
		{"without alg", func(k map[string]any) { delete(k, "alg") }, approvalsign.ErrKeyUnusable},
		{"of another algorithm", func(k map[string]any) { k["alg"] = "ES384" }, approvalsign.ErrKeyUnusable},
		{"without kid", func(k map[string]any) { delete(k, "kid") }, approvalsign.ErrUnknownKey},
	}
	spare, err := generate(t, approvalsign.EdDSA).PublicJWKS()
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var set, more struct {
				Keys []map[string]any `json:"keys"`
			}
			jwks, err := key.PublicJWKS()
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(jwks, &set))
			require.NoError(t, json.Unmarshal(spare, &more))
			c.edit(set.Keys[0])
			set.Keys = append(set.Keys, more.Keys...)
			data, err := json.Marshal(set)
			require.NoError(t, err)
			_, err = approvalsign.Verify(declaration(t), signature, keySet(t, data), all)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// A message without kid could take the only key that has none either. A signature that is kept for years must name its key.
func TestVerifyWantsAKeyID(t *testing.T) {
	key := generate(t, approvalsign.ES256)
	jwks, err := key.PublicJWKS()
	require.NoError(t, err)
	nameless := strings.Replace(string(jwks), `"kid":"`+key.ID()+`",`, "", 1)
	require.NotEqual(t, string(jwks), nameless)
	without := strings.Replace(header(t, sign(t, declaration(t), key)), `"kid":"`+key.ID()+`",`, "", 1)
	_, err = approvalsign.Verify(declaration(t), forge(t, key, without), keySet(t, []byte(nameless)), all)
	require.ErrorIs(t, err, approvalsign.ErrUnknownKey)
}
