package jose_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/jose/jwetest"
)

var wrappings = []string{"RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"}

func decrypter(tb testing.TB, algorithm string) (*jose.Decrypter, []byte) {
	d, err := jose.GenerateDecrypter(algorithm)
	require.NoError(tb, err)
	public, err := d.Public()
	require.NoError(tb, err)
	return d, public
}

func open(token string, d *jose.Decrypter) (string, error) {
	e, err := jose.ParseEnvelope(token)
	if err != nil {
		return "", err
	}
	plain, err := e.Open(d)
	return string(plain), err
}

func TestEnvelopesOpen(t *testing.T) {
	for _, algorithm := range wrappings {
		d, public := decrypter(t, algorithm)
		for _, enc := range []string{"A128GCM", "A256GCM"} {
			for _, header := range []map[string]any{nil, {"typ": "JWT", "cty": "JWT"}, {"cty": "jwt"}} {
				plain, err := open(jwetest.Seal(public, jwetest.Draft{Enc: enc, Header: header, Plain: []byte("a.b.c")}), d)
				require.NoError(t, err, "%s %s %v", algorithm, enc, header)
				assert.Equal(t, "a.b.c", plain)
			}
		}
	}
}

// What everybody can see in the header or count: N46, H-36, RFC 7516, section 4.1.
func TestEnvelopeHeaders(t *testing.T) {
	d, public := decrypter(t, "ECDH-ES+A256KW")
	var key map[string]any
	require.NoError(t, json.Unmarshal(public, &key))
	epk := map[string]any{"kty": "EC", "crv": "P-256", "x": key["x"], "y": key["y"]}
	with := func(name string, value any) map[string]any {
		c := map[string]any{"kty": epk["kty"], "crv": epk["crv"], "x": epk["x"], "y": epk["y"]}
		c[name] = value
		return map[string]any{"epk": c}
	}
	cases := map[string]map[string]any{
		"N46 no kid": {"kid": nil}, "N46 alg RSA1_5": {"alg": "RSA1_5", "epk": nil}, "N46 alg dir": {"alg": "dir", "epk": nil},
		"N46 zip": {"zip": "DEF"}, "H-36 zip in other letters": {"zip": "def"},
		"H-36 PBES2 with 2147483647 rounds": {"alg": "PBES2-HS256+A128KW", "p2c": 2147483647, "p2s": "c2FsdHNhbHQ", "epk": nil},
		"p2c beside another alg":            {"p2c": 1}, "empty kid": {"kid": ""}, "kid is a number": {"kid": 7}, "kid of 257": {"kid": strings.Repeat("k", 257)},
		"alg none": {"alg": "none"}, "no alg": {"alg": nil}, "alg is a list": {"alg": []string{"ECDH-ES+A256KW"}}, "alg in small letters": {"alg": "ecdh-es+a256kw"},
		"RSA-OAEP with SHA-1": {"alg": "RSA-OAEP", "epk": nil}, "A256KW": {"alg": "A256KW", "epk": nil}, "A256GCMKW": {"alg": "A256GCMKW", "epk": nil},
		"ECDH-ES+A128KW": {"alg": "ECDH-ES+A128KW"}, "CBC": {"enc": "A256CBC-HS512"}, "A192GCM": {"enc": "A192GCM"}, "no enc": {"enc": nil},
		"crit": {"crit": []string{"exp"}}, "jku": {"jku": "https://evil.example"}, "jwk": {"jwk": key}, "x5c": {"x5c": []string{""}}, "x5u": {"x5u": "https://evil.example"},
		"apu": {"apu": "QWxpY2U"}, "iss beside": {"iss": "https://portal.example"}, "cty of something else": {"cty": "json"}, "typ of something else": {"typ": "at+jwt"},
		"typ is a list": {"typ": []string{"JWT"}}, "no epk": {"epk": nil}, "epk is a text": {"epk": "x"}, "epk on another curve": with("crv", "P-384"),
		"epk of type OKP": with("kty", "OKP"), "epk with a private part": with("d", key["x"]), "epk not on the curve": with("y", key["x"]),
		"epk with a short coordinate": with("x", "AA"), "epk with both 0": {"epk": map[string]any{"kty": "EC", "crv": "P-256",
			"x": strings.Repeat("A", 43), "y": strings.Repeat("A", 43)}},
		"the other algorithm of the family": {"alg": "ECDH-ES"}, "RSA with an epk": {"alg": "RSA-OAEP-256"},
	}
	for name, header := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := open(jwetest.Seal(public, jwetest.Draft{Header: header, Plain: []byte("a.b.c")}), d)
			require.ErrorIs(t, err, jose.ErrMalformed)
		})
	}
}

// A key is for its one algorithm. RFC 8725, section 3.1.
func TestOneAlgorithmPerDecryptionKey(t *testing.T) {
	d, public := decrypter(t, "ECDH-ES+A256KW")
	other := []byte(strings.Replace(string(public), "ECDH-ES+A256KW", "ECDH-ES", 1))
	_, err := open(jwetest.Seal(other, jwetest.Draft{Plain: []byte("a.b.c")}), d)
	require.ErrorIs(t, err, jose.ErrMalformed)
	require.ErrorContains(t, err, "the key's own algorithm, ECDH-ES+A256KW")
}

func TestEnvelopeStructure(t *testing.T) {
	d, public := decrypter(t, "ECDH-ES+A256KW")
	good := jwetest.Seal(public, jwetest.Draft{Plain: []byte("a.b.c")})
	_, err := open(good, d)
	require.NoError(t, err)
	part := func(i int, text string) string {
		p := strings.Split(good, ".")
		p[i] = text
		return strings.Join(p, ".")
	}
	at := strings.Split(good, ".")
	cases := map[string]string{
		"empty": "", "three segments": "a.b.c", "six segments": good + ".", "no header": part(0, ""), "no key": part(1, ""), "no iv": part(2, ""),
		"no content": part(3, ""), "no tag": part(4, ""), "short tag": part(4, at[4][:16]), "iv of 16 bytes": part(2, "AAAAAAAAAAAAAAAAAAAAAA"),
		"key too long": part(1, at[1]+"AAAAAAAAAAA"[:8]), "new line": good + "\n", "new line inside": part(3, at[3][:2]+"\n"+at[3][2:]), "padding": part(4, at[4]+"=="),
		"other alphabet": part(4, "+/"+at[4][2:]), "header null": part(0, "bnVsbA"), "header a list": part(0, "W10"),
		"header twice":       part(0, base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"dir","alg":"ECDH-ES+A256KW","enc":"A256GCM","kid":"x"}`))),
		"JSON serialization": `{"protected":"` + at[0] + `","ciphertext":"` + at[3] + `"}`,
	}
	for name, token := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := open(token, d)
			require.ErrorIs(t, err, jose.ErrMalformed)
		})
	}
	for _, token := range []string{strings.Repeat(".", 1_000_000), part(3, strings.Repeat("A", jose.MaxEncrypted))} {
		_, err := open(token, d)
		require.ErrorIs(t, err, jose.ErrTooLarge)
	}
}

// Once the private key is in use, there is one answer, letter for letter.
func TestDecryptionFailuresLookAlike(t *testing.T) {
	texts := map[string]bool{}
	for _, algorithm := range wrappings {
		d, public := decrypter(t, algorithm)
		_, other := decrypter(t, algorithm)
		good := jwetest.Seal(public, jwetest.Draft{Plain: []byte("a.b.c")})
		tokens := map[string]string{"for another key": jwetest.Seal(other, jwetest.Draft{Plain: []byte("a.b.c")}),
			"header changed": jwetest.Seal(public, jwetest.Draft{Plain: []byte("a.b.c")})}
		tokens["header changed"] = reheaded(good, `"kid":`, ` "kid":`)
		for i, name := range []string{"", "wrapped key", "iv", "content", "tag"} {
			if p := strings.Split(good, "."); i > 0 && p[i] != "" {
				p[i] = flipped(p[i])
				tokens[name+" changed"] = strings.Join(p, ".")
			}
		}
		if algorithm == "RSA-OAEP-256" {
			tokens["content key too short"] = jwetest.Seal(public, jwetest.Draft{ContentKey: []byte("sixteen bytes ok"), Plain: []byte("a.b.c")})
		}
		for name, token := range tokens {
			_, err := open(token, d)
			require.ErrorIs(t, err, jose.ErrDecryption, "%s: %s", algorithm, name)
			texts[err.Error()] = true
		}
	}
	assert.Len(t, texts, 1)
}

func flipped(segment string) string {
	data, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		panic(err)
	}
	data[len(data)/2] ^= 1
	return base64.RawURLEncoding.EncodeToString(data)
}

func reheaded(token, old, replacement string) string {
	header, rest, _ := strings.Cut(token, ".")
	data, err := base64.RawURLEncoding.DecodeString(header)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(data), old, replacement, 1))) + "." + rest
}

func TestDecrypterKeys(t *testing.T) {
	for _, algorithm := range wrappings {
		d, public := decrypter(t, algorithm)
		private, err := d.Private()
		require.NoError(t, err)
		again, err := jose.ParseDecrypter(private)
		require.NoError(t, err)
		assert.Equal(t, d.ID(), again.ID())
		assert.Equal(t, algorithm, again.Algorithm())
		assert.NotContains(t, string(public), `"d"`)
		assert.Contains(t, string(public), `"use":"enc"`)
		edit := func(name string, value any) []byte {
			var m map[string]any
			require.NoError(t, json.Unmarshal(private, &m))
			if m[name] = value; value == nil {
				delete(m, name)
			}
			data, err := json.Marshal(m)
			require.NoError(t, err)
			return data
		}
		unnamed, err := jose.ParseDecrypter(edit("kid", nil))
		require.NoError(t, err)
		assert.Equal(t, d.ID(), unnamed.ID(), "the thumbprint of RFC 7638")
		_, err = jose.ParseDecrypter(edit("key_ops", []string{"unwrapKey", "deriveKey"}))
		require.NoError(t, err)
		for _, bad := range [][]byte{public, edit("alg", nil), edit("alg", "RSA1_5"), edit("alg", "ES256"), edit("use", "sig"), edit("key_ops", []string{"sign"}),
			edit("d", nil), edit("d", "AA"), []byte(`[]`), []byte(`{"kty":"oct","alg":"ECDH-ES","k":"AAAA"}`), edit("alg", "ECDH-ES")[:20]} {
			_, err := jose.ParseDecrypter(bad)
			require.ErrorIs(t, err, jose.ErrKeyUnusable)
		}
	}
	_, err := jose.GenerateDecrypter("dir")
	require.ErrorIs(t, err, jose.ErrAlgorithm)
}

// The published vectors use a shared secret, and ECDH-ES+A128KW with CBC and
// without kid. None of that is taken: all 34 are refused, the two good ones, 50
// and 67, too. With their algorithms let in, the same front and the same library
// give each of the 34 its published verdict.
func TestWycheproofEncryption(t *testing.T) {
	refused, asLabelled, valid := 0, 0, 0
	for _, g := range vectors(t, "json_web_crypto_test.json") {
		for _, v := range g.Tests {
			if v.JWE == nil {
				continue
			}
			token := string(v.JWE)
			_ = json.Unmarshal(v.JWE, &token)
			_, err := jose.ParseEnvelope(token)
			require.ErrorIs(t, err, jose.ErrMalformed, "vector %d", v.ID)
			refused++
			_, err = jose.OpenVector(token, g.Private)
			if assert.Equal(t, v.Result == "valid", err == nil, "vector %d: %s: %v", v.ID, v.Comment, err) {
				asLabelled++
			}
			if err == nil {
				valid++
			}
		}
	}
	assert.Equal(t, 34, refused)
	assert.Equal(t, 34, asLabelled)
	assert.Equal(t, 2, valid)
}

// Opens only what was sealed: no other spelling, no changed byte.
func FuzzEnvelope(f *testing.F) {
	d, public := decrypter(f, "ECDH-ES")
	good := jwetest.Seal(public, jwetest.Draft{Plain: []byte("a.b.c")})
	f.Add(good)
	f.Add("....")
	f.Fuzz(func(t *testing.T, token string) {
		plain, err := open(token, d)
		if err == nil && token != good {
			t.Fatalf("%q opens to %q", token, plain)
		}
	})
}
