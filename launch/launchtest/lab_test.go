package launchtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// labOutcomes are the cases that end otherwise where a profile takes every
// algorithm, has leeway on exp and leaves the claims of HTI alone.
var labOutcomes = map[string]launch.Kind{
	"PS256, which HTI does not list": "", "EdDSA, which HTI does not list": "", "exp 5 s ago": "", "exp a second ago": "", "exp now": "",
	"PS256 with a salt of 20 bytes": launch.KindSignature, "PS256 with the longest salt": launch.KindSignature, "Ed25519 with S + L": launch.KindSignature,
	"typ of another kind of launch": "", "exp before iat": launch.KindClaims, "exp is iat": launch.KindClaims,
}

// The token rows under a profile that is not HTI's: all algorithms, ten seconds of leeway, a type of its own.
func TestMatrixLab(t *testing.T) {
	p := onePortal()
	v, err := launch.NewVerifier(launch.VerifierConfig{Audience: p.Audience(), Issuers: []launch.Issuer{{ID: p.Issuer(), Keys: p.Keys()}},
		Types: []string{"JWT", "launch+jwt"}, Algorithms: []string{"ES256", "ES384", "ES512", "EdDSA", "PS256", "RS256", "RS384", "RS512"},
		MaxLifetime: 2 * time.Minute, Skew: 10 * time.Second, ExpirySkew: 10 * time.Second})
	require.NoError(t, err)
	used, ran := map[string]bool{}, 0
	for _, c := range launchtest.Cases() {
		if !labRow(c) {
			continue
		}
		want, otherwise := labOutcomes[c.Name]
		if used[c.Name] = otherwise; !otherwise {
			want = c.Want
		}
		ran++
		t.Run(c.String(), func(t *testing.T) {
			_, err := v.Verify(t.Context(), c.Message(p), start)
			if want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, want)
		})
	}
	assert.Greater(t, ran, 150)
	for name := range labOutcomes {
		assert.True(t, used[name], "no case %q", name)
	}
}

// labRow leaves out what a verifier without a profile does not look at.
func labRow(c launchtest.Case) bool {
	for _, id := range c.Rows {
		switch {
		case strings.HasPrefix(id, "C-14"), id == "C-15", id == "C-21", id == "C-22", id == "N42":
			return false
		case strings.ContainsAny(id[:1], "SHGTC"):
			return true
		}
	}
	return false
}
