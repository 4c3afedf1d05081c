package hti_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose/jwetest"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func decryptionKey(tb testing.TB, algorithm string) (hti.DecryptionKey, []byte) {
	key, err := hti.GenerateDecryptionKey(algorithm)
	require.NoError(tb, err)
	public, err := key.PublicJWK()
	require.NoError(tb, err)
	return key, public
}

func encrypted(tb testing.TB, p *launchtest.Portal, keys ...hti.DecryptionKey) launch.Profile {
	profile, err := hti.New(hti.Config{Audience: p.Audience(), Issuers: []hti.Issuer{{ID: p.Issuer(), Keys: p.Keys()}},
		Versions: []string{"2.0", "1.1"}, DecryptionKeys: keys})
	require.NoError(tb, err)
	return profile
}

func seal(public []byte, token string, header map[string]any) string {
	return jwetest.Seal(public, jwetest.Draft{Plain: []byte(token), Header: header})
}

// The signed message inside is judged as it is outside: the whole matrix, in an envelope.
func TestEncryptedMatrix(t *testing.T) {
	p := fakePortal(t)
	ran := 0
	for _, algorithm := range []string{"RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"} {
		key, public := decryptionKey(t, algorithm)
		profile := encrypted(t, p, key)
		for _, c := range launchtest.Cases() {
			l, until, err := profile.Accept(t.Context(), form(seal(public, c.Message(p), map[string]any{"cty": "JWT"})), clock)
			ran++
			if want := wantWithBoth(c); want != "" {
				require.ErrorIs(t, err, want, "%s: %s", algorithm, c.Name)
				continue
			}
			require.NoError(t, err, "%s: %s", algorithm, c.Name)
			assert.Equal(t, c.Want == "", l.Profile == "hti/2.0")
			assert.False(t, until.IsZero())
		}
	}
	assert.GreaterOrEqual(t, ran, 600)
}

func TestEnvelope(t *testing.T) {
	p := fakePortal(t)
	key, public := decryptionKey(t, "ECDH-ES")
	second, secondPublic := decryptionKey(t, "RSA-OAEP-256")
	_, strange := decryptionKey(t, "")
	profile := encrypted(t, p, key, second)
	old, _ := draft11(p)
	good := p.Good()
	changed := seal(public, good, nil)
	changed = changed[:len(changed)-4] + "AAAA"
	cases := []struct {
		name, token string
		want        launch.Kind
	}{
		{"encrypted", seal(public, good, nil), ""},
		{"to the second key", seal(secondPublic, p.Good(), nil), ""},
		{"HTI 1.1 inside", seal(public, p.Sign(old), map[string]any{"typ": "JWT"}), ""},
		{"not encrypted", p.Good(), ""},
		{"N46 no kid", seal(public, good, map[string]any{"kid": nil}), launch.KindMalformed},
		{"N46 alg RSA1_5", seal(secondPublic, good, map[string]any{"alg": "RSA1_5"}), launch.KindMalformed},
		{"N46 alg dir", seal(public, good, map[string]any{"alg": "dir", "epk": nil}), launch.KindMalformed},
		{"N46 zip", seal(public, good, map[string]any{"zip": "DEF"}), launch.KindMalformed},
		{"H-36 PBES2 with 2147483647 rounds", seal(public, good, map[string]any{"alg": "PBES2-HS256+A128KW", "p2c": 2147483647, "p2s": "AAAA", "epk": nil}), launch.KindMalformed},
		{"a kid that is not the tool's", seal(strange, good, nil), launch.KindUnknownKey},
		{"the other key's kid", seal(public, good, map[string]any{"kid": second.ID()}), launch.KindMalformed},
		{"tag changed", changed, launch.KindMalformed},
		{"two envelopes", seal(public, seal(public, good, nil), nil), launch.KindMalformed},
		{"not signed inside", seal(public, `{"iss":"https://portal.example","sub":"Patient/7"}`, nil), launch.KindMalformed},
		{"alg none inside", seal(public, "eyJhbGciOiJub25lIn0.e30.AA", nil), launch.KindAlgorithm},
		{"S-5 four segments", "a.b.c.d", launch.KindMalformed},
		{"too large", seal(public, strings.Repeat("a", 24<<10), nil), launch.KindTooLarge},
		{"too large inside", seal(public, strings.Repeat("a", 17<<10), nil), launch.KindTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l, _, err := profile.Accept(t.Context(), form(c.token), clock)
			if c.want != "" {
				require.ErrorIs(t, err, c.want)
				assert.Nil(t, l)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "Patient/7f0b6c1e9a", l.Patient.String())
		})
	}
	_, _, err := profileFor(t, p).Accept(t.Context(), form(seal(public, good, nil)), clock)
	require.ErrorIs(t, err, launch.KindMalformed, "a tool without decryption keys")
}

// What went wrong behind the private key cannot be told from outside.
func TestDecryptionFailuresLookAlike(t *testing.T) {
	p := fakePortal(t)
	texts := map[string]bool{}
	for _, algorithm := range []string{"RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"} {
		key, public := decryptionKey(t, algorithm)
		_, other := decryptionKey(t, algorithm)
		profile := encrypted(t, p, key)
		changed := strings.Split(seal(public, p.Good(), nil), ".")
		changed[3] = "AAAA" + changed[3][4:]
		for _, token := range []string{seal(other, p.Good(), map[string]any{"kid": key.ID()}), strings.Join(changed, ".")} {
			_, _, err := profile.Accept(t.Context(), form(token), clock)
			require.ErrorIs(t, err, launch.KindMalformed)
			texts[err.Error()] = true
			texts[launch.Explain(t.Context(), profile, form(token), clock).String()[:24]] = true
		}
	}
	assert.Len(t, texts, 2, "one text, one first line")
}

func TestDecryptionKeys(t *testing.T) {
	p := fakePortal(t)
	key, _ := decryptionKey(t, "")
	_, err := hti.New(hti.Config{Audience: "a", Issuers: []hti.Issuer{{ID: "i", Keys: p.Keys()}}, DecryptionKeys: []hti.DecryptionKey{key, key, {}}})
	require.ErrorContains(t, err, "is listed twice; decryption key 2 is the zero DecryptionKey")
	private, err := key.PrivateJWK()
	require.NoError(t, err)
	again, err := hti.ParseDecryptionKey(private)
	require.NoError(t, err)
	assert.Equal(t, key.ID(), again.ID())
	_, err = hti.ParseDecryptionKey([]byte(`{"kty":"oct","k":"c2VjcmV0"}`))
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "c2VjcmV0")
	_, err = hti.GenerateDecryptionKey("RSA1_5")
	require.Error(t, err)
	var zero hti.DecryptionKey
	_, err = zero.PublicJWK()
	require.Error(t, err)
	_, err = zero.PrivateJWK()
	require.Error(t, err)
	assert.Empty(t, zero.ID())

	var jwk struct{ D string }
	require.NoError(t, json.Unmarshal(private, &jwk))
	require.NotEmpty(t, jwk.D)
	var all strings.Builder
	log := slog.New(slog.NewJSONHandler(&all, nil))
	for _, v := range []any{key, &key, []hti.DecryptionKey{key}, hti.Config{DecryptionKeys: []hti.DecryptionKey{key}}.DecryptionKeys, struct{ K, k hti.DecryptionKey }{key, key}} {
		_, _ = fmt.Fprintf(&all, "%v %+v %#v %s %x", v, v, v, v, v)
		data, err := json.Marshal(v)
		require.NoError(t, err)
		all.Write(data)
		log.Info("x", "v", v)
	}
	assert.NotContains(t, all.String(), jwk.D)
	assert.Contains(t, all.String(), "[redacted]")
}

// No changed byte of an envelope is accepted: what is outside the encryption is authenticated with it.
func TestNoChangedByteOfAnEnvelopeIsAccepted(t *testing.T) {
	p := fakePortal(t)
	key, public := decryptionKey(t, "ECDH-ES+A256KW")
	profile := encrypted(t, p, key)
	good := seal(public, p.Good(), nil)
	tried := 0
	for at := range len(good) {
		for _, c := range []string{"A", "-", ".", "\n", "="} {
			if token := good[:at] + c + good[at+1:]; token != good {
				_, _, err := profile.Accept(t.Context(), form(token), clock)
				require.Error(t, err, "byte %d", at)
				tried++
			}
		}
	}
	assert.Greater(t, tried, 4000)
}
