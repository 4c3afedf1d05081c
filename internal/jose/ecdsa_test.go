package jose_test

import (
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// R and S with leading zeros have fewer bytes in DER, and those with a high
// first bit have one more: of all signatures, one in 128 and three in four. In
// ES512, R and S are 521 bits in 66 bytes, and the sequence can be over 127 bytes.
func TestSignaturesOfAllLengths(t *testing.T) {
	for _, algorithm := range []string{"ES256", "ES384", "ES512"} {
		s := signer(t, algorithm)
		for i, short := 0, 0; short < underrace.Cases(2) || i < underrace.Cases(30); i++ {
			require.Less(t, i, 10_000, "%s: no signature with a leading zero comes", algorithm)
			token, err := s.Sign("JWT", []byte(`{"a":1}`))
			require.NoError(t, err)
			raw := signatureOf(t, token)
			if raw[0] == 0 || raw[len(raw)/2] == 0 {
				short++
			}
			m, err := jose.Parse(token, []string{algorithm})
			require.NoError(t, err)
			require.NoError(t, m.Verify(s.Public()), "%s, signature %x", algorithm, raw)
		}
	}
}

func TestSignaturesThatAreNone(t *testing.T) {
	for algorithm, order := range map[string]string{
		"ES256": "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
		"ES384": "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
	} {
		s := signer(t, algorithm)
		token, err := s.Sign("JWT", []byte(`{}`))
		require.NoError(t, err)
		n, _ := new(big.Int).SetString(order, 16)
		good := signatureOf(t, token)
		size := len(good) / 2
		r, sum := good[:size], good[size:]
		zero, one := make([]byte, size), append(make([]byte, size-1), 1)
		above := new(big.Int).Add(n, big.NewInt(1)).FillBytes(make([]byte, size))
		for name, raw := range map[string][]byte{
			"zeros": make([]byte, 2*size), "no r": join(zero, sum), "no s": join(r, zero), "r is one": join(one, sum), "one": join(one, one),
			"r is the order": join(n.Bytes(), sum), "s is the order": join(r, n.Bytes()), "more than the order": join(above, above),
			"one byte short": good[1:], "one byte more": join(good, []byte{0}), "zero in front of both": join([]byte{0}, r, []byte{0}, sum),
			"r only": r, "the wrong way round": join(sum, r), "ASN.1": join([]byte{0x30, 68, 2, 32}, r, []byte{2, 32}, sum),
		} {
			at := strings.LastIndexByte(token, '.')
			m, err := jose.Parse(token[:at+1]+base64.RawURLEncoding.EncodeToString(raw), []string{algorithm})
			require.NoError(t, err)
			require.ErrorIs(t, m.Verify(s.Public()), jose.ErrSignature, "%s %s", algorithm, name)
		}
	}
}

func signatureOf(t *testing.T, token string) []byte {
	raw, err := base64.RawURLEncoding.DecodeString(token[strings.LastIndexByte(token, '.')+1:])
	require.NoError(t, err)
	return raw
}

func join(parts ...[]byte) (all []byte) {
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}
