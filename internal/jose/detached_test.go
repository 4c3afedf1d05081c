package jose_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

func TestDetachedMessages(t *testing.T) {
	large := bytes.Repeat([]byte("x"), underrace.Cases(1<<20))
	for _, algorithm := range jose.Algorithms() {
		t.Run(algorithm, func(t *testing.T) {
			signer, err := jose.Generate(algorithm)
			require.NoError(t, err)
			token, err := signer.SignDetached([]byte(`{"alg":"`+algorithm+`"}`), large)
			require.NoError(t, err)
			m, err := jose.ParseDetached(token, large, []string{algorithm})
			require.NoError(t, err)
			require.NoError(t, m.Verify(signer.Public()))
			assert.Equal(t, strings.Replace(token, "..", "."+base64.RawURLEncoding.EncodeToString(large)+".", 1), m.String())
			other, err := jose.ParseDetached(token, large[1:], []string{algorithm})
			require.NoError(t, err)
			require.ErrorIs(t, other.Verify(signer.Public()), jose.ErrSignature)
		})
	}
}

// A detached message is the message without its payload, and nothing else.
func TestDetachedMessageIsTheOther(t *testing.T) {
	signer, err := jose.Generate("EdDSA")
	require.NoError(t, err)
	whole, err := signer.Sign("", []byte("payload"))
	require.NoError(t, err)
	parts := strings.Split(whole, ".")
	m, err := jose.ParseDetached(parts[0]+".."+parts[2], []byte("payload"), []string{"EdDSA"})
	require.NoError(t, err)
	require.NoError(t, m.Verify(signer.Public()))
}

func TestParseDetachedRefuses(t *testing.T) {
	signer, err := jose.Generate("ES256")
	require.NoError(t, err)
	payload := []byte("payload")
	token, err := signer.SignDetached([]byte(`{"alg":"ES256"}`), payload)
	require.NoError(t, err)
	header, signature, _ := strings.Cut(token, "..")
	cases := []struct {
		name, token string
		want        error
	}{
		{"with its payload", header + "." + base64.RawURLEncoding.EncodeToString(payload) + "." + signature, jose.ErrMalformed},
		{"empty", "", jose.ErrMalformed},
		{"dots only", "..", jose.ErrMalformed},
		{"no header", ".." + signature, jose.ErrMalformed},
		{"no signature", header + "..", jose.ErrMalformed},
		{"three dots", header + "..." + signature, jose.ErrMalformed},
		{"a fourth segment", token + "." + signature, jose.ErrMalformed},
		{"a dot in the header", "a." + token, jose.ErrMalformed},
		{"padding", token + "=", jose.ErrMalformed},
		{"a line break", token + "\n", jose.ErrMalformed},
		{"JSON serialization", `{"payload":"","signature":".."}`, jose.ErrMalformed},
		{"too large", token + strings.Repeat("A", jose.MaxMessage), jose.ErrTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := jose.ParseDetached(c.token, payload, []string{"ES256"})
			require.ErrorIs(t, err, c.want)
		})
	}
	_, err = jose.ParseDetached(token, payload, nil)
	require.ErrorIs(t, err, jose.ErrAlgorithm)
}
