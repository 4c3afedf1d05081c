package launches

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// values are what a header member or a claim is set to; nil takes it away.
func values() []any {
	at := clock.Unix()
	return []any{nil, json.RawMessage("null"), "", "JWT", "jwt", "at+jwt", "ES256", "none", "HS256", issuer, issuer + "/", audience, "x", true, 0, -1, at - 1, at, at + 1,
		at + 9, at + 11, at + 119, at + 299, at + 301, float64(at) + 0.5, 1e300, []any{}, []any{audience}, []any{audience, "x"}, []any{1},
		map[string]any{}, strings.Repeat("j", 16), strings.Repeat("j", 300), "1", json.RawMessage("1e3"), json.RawMessage(`"\u00e6"`)}
}

var headerNames = []string{"alg", "kid", "typ", "crit", "b64", "jwk", "jku", "x5c", "cty", "ALG", "zip", "nonce"}

var claimNames = []string{"iss", "aud", "exp", "iat", "nbf", "jti", "sub", "name", "ISS", "x"}

// Messages with a good signature whose header and claims have up to three
// changes: everybody says the same of them, but for the known differences.
func TestVerdictsAgree(t *testing.T) {
	j := newJudges(t)
	random := rand.New(rand.NewPCG(20260921, 2))
	seen, accepted := make([]int, len(differences)), 0
	for i := range 20_000 {
		header, claims := j.p.header(), goodClaims()
		for range random.IntN(4) {
			change(random, header, claims)
		}
		token, read := j.p.sign(t, header, claims)
		known, err := j.compare(token, read)
		require.NoError(t, err, "message %d: %v %v", i, header, claims)
		count(seen, known)
		if j.verktoy(token) == nil {
			accepted++
		}
	}
	assert.Greater(t, accepted, 1000)
	t.Logf("%d accepted", accepted)
	for i, d := range differences {
		t.Logf("%6d %s %s: %s", seen[i], d.judge, d.kind, d.why)
		if d.kind != launch.KindTooLarge && d.kind != launch.KindMalformed { // TestSpellingsAgree's
			assert.NotZero(t, seen[i], "no message shows this difference: %s", d.why)
		}
	}
}

func count(seen, known []int) {
	for _, i := range known {
		seen[i]++
	}
}

func change(random *rand.Rand, header, claims map[string]any) {
	of, names := claims, claimNames
	if random.IntN(3) == 0 {
		of, names = header, headerNames
	}
	name, all := names[random.IntN(len(names))], values()
	if of[name] = all[random.IntN(len(all))]; of[name] == nil {
		delete(of, name)
	}
}

func (p *Portal) header() map[string]any {
	return map[string]any{"alg": "ES256", "kid": p.kid, "typ": "JWT"}
}

func goodClaims() map[string]any {
	return map[string]any{"iss": issuer, "aud": audience, "iat": clock.Unix(), "exp": clock.Unix() + 120,
		"jti": "hD0c1vK2tZr5mYw8qLx3Pg", "sub": "Patient/7f0b6c1e9a", "resource": "Task/58c1", "hti-version": "2.0"}
}

// sign gives the message, and its claims as JSON has them.
func (p *Portal) sign(t *testing.T, header, claims map[string]any) (string, map[string]any) {
	h, err := json.Marshal(header)
	require.NoError(t, err)
	c, err := json.Marshal(claims)
	require.NoError(t, err)
	token, err := p.raw.SignHeader(h, c)
	require.NoError(t, err)
	var read map[string]any
	require.NoError(t, json.Unmarshal(c, &read))
	return token, read
}

// One message in other spellings, and with other bytes: where we and another
// differ, it is we who refuse.
func TestSpellingsAgree(t *testing.T) {
	j := newJudges(t)
	good, claims := j.p.sign(t, j.p.header(), goodClaims())
	random := rand.New(rand.NewPCG(20260921, 3))
	seen := make([]int, len(differences))
	for i := range 20_000 {
		token := mutate(random, good)
		known, err := j.compare(token, claims)
		require.NoError(t, err, "change %d: %q", i, token)
		require.Error(t, j.verktoy(token))
		count(seen, known)
	}
	large := goodClaims()
	large["x"] = strings.Repeat("x", 16<<10)
	token, claims := j.p.sign(t, j.p.header(), large)
	known, err := j.compare(token, claims)
	require.NoError(t, err)
	count(seen, known)
	for i, d := range differences {
		shown := d.kind == launch.KindTooLarge || d.kind == launch.KindMalformed
		assert.Equal(t, shown, seen[i] > 0, "%s: %d times", d.why, seen[i])
	}
}
