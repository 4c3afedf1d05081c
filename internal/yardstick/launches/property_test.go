package launches

import (
	"encoding/base64"
	"math/big"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// One message, one spelling: of 100,000 changes of one byte none is accepted.
func TestNoChangedByteIsAccepted(t *testing.T) {
	p, err := NewPortal()
	require.NoError(t, err)
	tokens, err := p.messages(20)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(20260921, 1))
	kinds := map[launch.Kind]int{}
	for i := range 100_000 {
		_, _, err := p.profile.Accept(t.Context(), form(mutate(random, tokens[i%len(tokens)])), clock)
		var refused *launch.Error
		require.ErrorAs(t, err, &refused, "change %d", i)
		kinds[refused.Kind]++
	}
	for _, kind := range []launch.Kind{launch.KindSignature, launch.KindMalformed, launch.KindAlgorithm, launch.KindIssuer, launch.KindUnknownKey} {
		assert.NotZero(t, kinds[kind], kind)
	}
	t.Log(kinds)
	for _, token := range tokens {
		_, _, err := p.profile.Accept(t.Context(), form(token), clock)
		require.NoError(t, err)
	}
}

func form(token string) url.Values { return url.Values{"token": {token}} }

// mutate changes, drops or puts in one byte, most often one that base64url has.
func mutate(random *rand.Rand, good string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= \r\n\x00"
	at, c := random.IntN(len(good)), alphabet[random.IntN(len(alphabet))]
	if random.IntN(10) == 0 {
		c = byte(random.IntN(256))
	}
	switch random.IntN(4) {
	case 0:
		return good[:at] + good[at+1:]
	case 1:
		return good[:at] + string([]byte{c}) + good[at:]
	}
	if c == good[at] {
		c ^= 0x01
	}
	return good[:at] + string([]byte{c}) + good[at+1:]
}

// Everybody can turn an ECDSA signature (r, s) into (r, n-s), which is as good.
// The message is the same, its id too, and used is used.
func TestTheTwinOfAUsedMessageIsRefused(t *testing.T) {
	p, err := NewPortal()
	require.NoError(t, err)
	tokens, err := p.messages(50)
	require.NoError(t, err)
	store := launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: now})
	for _, token := range tokens {
		other := twin(t, p, token)
		require.NotEqual(t, token, other)
		for i, message := range []string{token, other, token} {
			l, until, err := p.profile.Accept(t.Context(), form(message), clock)
			require.NoError(t, err)
			first, err := store.Consume(t.Context(), l.Issuer, l.MessageID, until)
			require.NoError(t, err)
			assert.Equal(t, i == 0, first)
		}
	}
}

func twin(t *testing.T, p *Portal, token string) string {
	at := strings.LastIndexByte(token, '.') + 1
	raw, err := base64.RawURLEncoding.DecodeString(token[at:])
	require.NoError(t, err)
	s := new(big.Int).SetBytes(raw[32:])
	s.Sub(p.public.Curve.Params().N, s).FillBytes(raw[32:])
	return token[:at] + base64.RawURLEncoding.EncodeToString(raw)
}
